"""Pronouns: what they may stand for, the empty "it", and who speaks inside quotation marks."""

from __future__ import annotations

from dataclasses import dataclass

from newsdash.core.extraction.entities.actors import Actor
from newsdash.core.extraction.entities.roles import Layout
from spacy.tokens import Doc, Token

_OPEN, _CLOSE = "“«", "”»"
_NEAR_CUE = 14  # tokens between a quotation mark and the name of its speaker
_BEFORE = 32  # the same before the mark, where only a subject counts: "Foo resigned in a letter to …, stating: “I …”"
_UNNAMED = 1.0
_WEATHER = frozenset({"rain", "snow", "seem", "appear", "happen", "take", "matter", "turn"})


@dataclass(frozen=True)
class Pronoun:
    """Person (1 or 3), number, gender (m, f, n or "") and whether it is reflexive."""

    person: int
    plural: bool
    gender: str
    reflexive: bool = False

    def factor(self, actor: Actor) -> float:
        """How well an actor fits: 0 forbids."""
        if actor.passing:
            return 0.0
        if self.gender in ("m", "f"):
            if actor.type != "PERSON" or actor.plural:
                return 0.0
            if actor.gender:
                return (1.5 if actor.named else _UNNAMED) if actor.gender == self.gender else 0.0
            return 1.0 if actor.named else 0.6
        if self.gender == "n":
            if actor.type in ("PERSON", "NORP") or actor.plural:
                return 0.0
            return {"ORG": 1.0, "GPE": 0.8, "PRODUCT": 0.8}.get(actor.type, 0.4)
        if actor.type == "PERSON" and not actor.plural:
            return 0.0
        if actor.plural:
            return 1.5 if actor.type in ("PERSON", "ORG", "GPE", "NORP") else 0.4
        return {"ORG": 0.5, "NORP": 1.0, "GPE": 0.2}.get(actor.type, 0.0)


def _table() -> dict[str, Pronoun]:
    found: dict[str, Pronoun] = {}
    for words, person, plural, gender in (
        ("i me my mine", 1, False, ""),
        ("we us our ours", 1, True, ""),
        ("he him his", 3, False, "m"),
        ("she her hers", 3, False, "f"),
        ("it its", 3, False, "n"),
        ("they them their theirs", 3, True, ""),
    ):
        for word in words.split():
            found[word] = Pronoun(person, plural, gender)
    for word, plural, gender in (
        ("himself", False, "m"),
        ("herself", False, "f"),
        ("itself", False, "n"),
        ("themselves", True, ""),
    ):
        found[word] = Pronoun(3, plural, gender, True)
    return found


PRONOUNS = _table()
"""Lower-case pronoun -> what it may stand for."""


def is_empty_it(token: Token, kids: list[list[Token]]) -> bool:
    """The "it" of weather, time and "it is clear that"."""
    if token.dep_ in ("expl", "expl:pv"):
        return True
    if not token.dep_.startswith("nsubj"):
        return False
    verb = token.head
    clausal = any(c.dep_.partition(":")[0] in ("csubj", "ccomp") for c in kids[verb.i])
    if verb.lemma_ in _WEATHER and token.i < verb.i and (clausal or verb.lemma_ in ("rain", "snow", "seem", "appear")):
        return True
    copula = any(c.dep_ == "cop" for c in kids[verb.i])
    return copula and (
        any(c.dep_ in ("csubj", "ccomp", "advcl") for c in kids[verb.i]) and verb.pos_ in ("ADJ", "NOUN")
    )


def quoted_speakers(doc: Doc, layout: Layout) -> dict[int, int]:
    """Token inside quotation marks -> token of the person who says it: beside the marks, next to a verb of speech."""
    speakers: dict[int, int] = {}
    last: int | None = None
    for start, end in _quotations(layout.words):
        speaker = _beside(doc, layout, start, end)
        if speaker is None:
            speaker = last
        if speaker is not None:
            last = speaker
            for at in range(start, end):
                speakers[at] = speaker
    return speakers


def _quotations(words: list[str]) -> list[tuple[int, int]]:
    """Token spans between quotation marks; a paragraph break ends an unclosed one."""
    found, begun = [], -1
    for at, text in enumerate(words):
        if begun >= 0 and (text in _CLOSE or text in ('"', "''") or (text.isspace() and "\n" in text)):
            found.append((begun, at))
            begun = -1
        elif begun < 0 and (text in _OPEN or text in ('"', "``")):
            begun = at + 1
    if begun >= 0:
        found.append((begun, len(words)))
    return found


def _beside(doc: Doc, layout: Layout, start: int, end: int) -> int | None:
    """The nearest person after the closing mark, else before the opening one, in the same sentence part."""
    for at in range(end + 1, min(len(doc), end + _NEAR_CUE)):
        if doc[at].text in ('"', "“", ".") or doc[at].is_space:
            break
        if _may_speak(doc, layout, at):
            return at
    for at in range(start - 2, max(-1, start - _BEFORE), -1):
        if doc[at].text in ('"', "”", ".") or (doc[at].is_space and "\n" in doc[at].text):
            break
        if _may_speak(doc, layout, at) and doc[at].dep_.startswith("nsubj"):
            return at
    return None


def _may_speak(doc: Doc, layout: Layout, at: int) -> bool:
    number = layout.name_at[at]
    if number >= 0:
        return layout.names[number].type == "PERSON"
    return doc[at].lower_ in ("he", "she")
