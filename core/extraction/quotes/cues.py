"""Cues: the verbs that attribute words or thoughts to somebody (table ``data/quote_cues.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from newsdash.core.extraction import lexicon
from newsdash.core.extraction.quotes.page import Page
from spacy.tokens import Token

_VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
SPEECH_GROUPS = frozenset({"say", "write", "tell", "ask", "promise", "order", "offer", "claim"})
MIND_GROUPS = frozenset({"think", "learn"})


@dataclass(frozen=True)
class Verb:
    """What the table knows of a cue verb; ``takes`` as explained there."""

    lemma: str
    group: str
    takes: str
    prepositions: frozenset[str]


@dataclass(frozen=True)
class Cue:
    """A cue verb in the text, with its particle if it has one."""

    token: Token
    particle: Token | None
    verb: Verb

    @property
    def span(self) -> tuple[int, int]:
        """The characters of the verb, and of the particle that follows it."""
        last = self.particle or self.token
        return self.token.idx, last.idx + len(last)


@cache
def verbs() -> dict[str, Verb]:
    """All cue verbs by lemma."""
    return {
        lemma: Verb(lemma, group, takes, frozenset(prepositions.split()))
        for lemma, group, takes, prepositions in (row + ("",) * (4 - len(row)) for row in lexicon.table("quote_cues"))
    }


@cache
def lemmas() -> dict[str, str]:
    """Every inflected form of the cue verbs, lower case -> lemma.

    Forms are spelled out here rather than taken from the parser's lemmatizer, which may guess wrongly.
    """
    irregular = {form: lemma for lemma, *forms in lexicon.table("quote_irregular") for form in forms}
    with_own_past = {lemma for lemma, *_ in lexicon.table("quote_irregular")}
    found = {}
    for verb in verbs():
        lemma = verb.partition(" ")[0]
        for form in _forms(lemma, lemma not in with_own_past):
            found[form] = lemma
    known = set(found.values())
    return found | {form: lemma for form, lemma in irregular.items() if lemma in known}


def _forms(lemma: str, regular_past: bool) -> set[str]:
    """Regular English inflection."""
    stem = lemma.removesuffix("e") if not lemma.endswith(("ee", "ye", "oe")) else lemma
    base = lemma[:-1] + "i" if lemma.endswith("y") and lemma[-2] not in "aeou" else lemma
    third = base + ("es" if base.endswith(("i", "s", "sh", "ch", "x", "z", "o")) else "s")
    found = {lemma, third, stem + "ing"}
    if regular_past:
        found.add((base if base.endswith("i") else stem) + "ed")
    return found


@cache
def _particles() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for lemma in verbs():
        verb, _, particle = lemma.partition(" ")
        if particle:
            found.setdefault(verb, set()).add(particle)
    return {verb: frozenset(particles) for verb, particles in found.items()}


def verb_cue(token: Token, *, by_form: bool = False) -> Cue | None:
    """The cue that a token is, None when it is none.

    ``by_form`` trusts an inflected form that stands beside quotation marks, whatever the tagger made of it.
    """
    lemma = lemmas().get(token.lower_)
    if (
        lemma is None
        or token.ent_type_ == "PERSON"
        or (token.tag_ not in _VERB_TAGS and not (by_form and token.lower_ != lemma and token.is_lower))
    ):
        return None
    if lemma in _particles() and token.i + 1 < len(token.doc):
        after = token.nbor()
        if after.lower_ in _particles()[lemma]:
            return Cue(token, after, verbs()[f"{lemma} {after.lower_}"])
    verb = verbs().get(lemma)
    if verb is None or (verb.group not in SPEECH_GROUPS and any(c.dep_ == "compound:prt" for c in token.children)):
        return None  # "called off the strike": another verb
    return Cue(token, None, verb)


def all_cues(page: Page) -> tuple[Cue, ...]:
    """The cue verbs of a text, in order."""
    return tuple(cue for token in page.tokens if (cue := verb_cue(token)))
