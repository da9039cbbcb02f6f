"""Cues: the verbs, nouns and adjectives that attribute words or thoughts to somebody (tables ``data/quote_*.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from newsdash.core.extraction import lexicon
from newsdash.core.extraction.quotes.page import Page
from spacy.tokens import Token

_VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
SPEECH_GROUPS = frozenset({"say", "write", "tell", "ask", "promise", "order", "offer", "claim"})
MIND_GROUPS = frozenset({"think", "want", "learn"})


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
        """The characters of the verb, and of a particle that follows it."""
        last = self.particle if self.particle is not None and self.particle.i == self.token.i + 1 else self.token
        return self.token.idx, last.idx + len(last)


@cache
def verbs() -> dict[str, Verb]:
    """All cue verbs by lemma."""
    return {
        lemma: Verb(lemma, group, takes, frozenset(prepositions.split()))
        for lemma, group, takes, prepositions in (row + ("",) * (4 - len(row)) for row in lexicon.table("quote_cues"))
    }


@cache
def _particles() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for lemma in verbs():
        verb, _, particle = lemma.partition(" ")
        if particle:
            found.setdefault(verb, set()).add(particle)
    return {verb: frozenset(particles) for verb, particles in found.items()}


def verb_cue(token: Token) -> Cue | None:
    """The cue that a token is, None when it is none."""
    if token.tag_ not in _VERB_TAGS:
        return None
    lemma = token.lemma_.lower()
    if lemma in _particles():
        after = token.nbor() if token.i + 1 < len(token.doc) else None
        if after is not None and after.lower_ in _particles()[lemma] and after.tag_ in ("RP", "RB", "IN", "JJ"):
            return Cue(token, after, verbs()[f"{lemma} {after.lower_}"])
    verb = verbs().get(lemma)
    return Cue(token, None, verb) if verb else None


def all_cues(page: Page) -> tuple[Cue, ...]:
    """The cue verbs of a text, in order."""
    return tuple(cue for token in page.doc if (cue := verb_cue(token)))
