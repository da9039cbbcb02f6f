"""The lexicons of position-taking words, read from ``data/stance_*.tsv``."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from newsdash.core.extraction.lexicon import mapping, table, words
from newsdash.core.records import Act
from spacy.tokens import Token

PREPOSITIONS = frozenset(
    {"about", "across", "after", "against", "among", "around", "as", "at", "before", "behind", "between", "by",
     "despite", "for", "from", "in", "into", "of", "off", "on", "out", "over", "to", "toward", "towards", "under",
     "up", "upon", "with", "within", "without"}
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """How one word takes a position: which act, for or against its target, and where target and matter stand.

    ``sign`` is 1, -1 or 0 toward the target; ``open`` is True when the complement decides ("ordered to cease").
    ``words`` must follow the trigger; a last word that is a preposition brings the target.
    """

    act: Act
    sign: int
    open: bool
    targets: tuple[str, ...]
    matters: tuple[str, ...]
    words: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether it holds only with somebody to whom something is given or denied ("denied her entry")."""
        return self.targets == ("iobj",)


_SIGNS = {"+": 1, "-": -1, "0": 0, "c": 0}
# The side that an act takes by itself; what is demanded, ordered, asked, claimed or denied decides for the others.
SIDES: dict[Act, int] = {
    "supports": 1, "praises": 1, "offers": 1, "agrees": 1, "promises": 1,
    "opposes": -1, "criticises": -1, "warns": -1, "threatens": -1, "refuses": -1, "accuses": -1,
}  # fmt: skip


@cache
def verb_frames() -> dict[str, tuple[Frame, ...]]:
    """Lemma of the verb -> its frames, those with most further words first."""
    found: dict[str, list[Frame]] = {}
    for act, polarity, targets, matters, verbs in table("stance_acts"):
        for entry in verbs.split(","):
            lemma, *rest = entry.split()
            slots = tuple(s for s in targets.split() if s != "-")
            if rest and rest[-1] in PREPOSITIONS:
                slots = (rest[-1],)
            frame = Frame(
                cast("Act", act), _SIGNS[polarity], polarity == "c", slots, tuple(matters.split()), tuple(rest)
            )
            frames = found.setdefault(lemma, [])
            if all((f.words, f.given) != (frame.words, frame.given) for f in frames):  # the first row wins
                frames.append(frame)
    return {lemma: tuple(sorted(frames, key=lambda f: (-len(f.words), not f.given))) for lemma, frames in found.items()}


def _simple(name: str) -> dict[str, Frame]:
    found: dict[str, Frame] = {}
    for act, polarity, prepositions, entries in table(name):
        slots = tuple(p for p in prepositions.split() if p != "-")
        for word in entries.split(","):
            frame = Frame(cast("Act", act), _SIGNS[polarity], polarity == "c", slots, slots)
            found.setdefault(word.strip(), frame)
    return found


@cache
def noun_frames() -> dict[str, Frame]:
    """Lemma of the noun -> its frame."""
    return _simple("stance_nouns")


@cache
def adjective_frames() -> dict[str, Frame]:
    """Adjective -> its frame."""
    return _simple("stance_adjectives")


@cache
def sides() -> dict[str, tuple[tuple[tuple[str, ...], Frame], ...]]:
    """First word -> (all words, frame) of the phrases that put what stands before them on a side."""
    found: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    for act, polarity, phrase in table("stance_sides"):
        parts = tuple(phrase.split())
        frame = Frame(cast("Act", act), _SIGNS[polarity], False, (parts[-1],), ())
        found.setdefault(parts[0], []).append((parts, frame))
    return {first: tuple(entries) for first, entries in found.items()}


@cache
def effects() -> dict[str, tuple[int, int]]:
    """Lemma of a verb -> (sign of what it does to its object, weight of the judgement on its doer)."""
    found: dict[str, tuple[int, int]] = {}
    for sign, weight, verbs in table("stance_effects"):
        for lemma in verbs.split(","):
            found.setdefault(lemma.strip(), (_SIGNS[sign], int(weight)))
    return found


@cache
def valence() -> dict[str, int]:
    """Word form -> how strongly it judges, -4 to 4."""
    return {word: int(cells[0]) for word, cells in mapping("stance_valence").items()}


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the word classes of ``data/stance_words.tsv``. Raises KeyError for an unknown name."""
    return frozenset(word.strip() for word in mapping("stance_words")[name][0].split(","))


_ENDINGS = (
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("d", ""),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
)


def base_form(word: str, lemmas: Container[str]) -> str | None:
    """The lemma of an inflected verb, as a headline writes it ("Warns"), if it is among the lemmas."""
    word = word.lower()
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)] + instead
            if stem in lemmas:
                return stem
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in lemmas:  # banned -> ban
                return stem[:-1]
    return None


@cache
def _classed() -> frozenset[str]:
    return frozenset(word.strip() for _, entries in table("stance_words") for word in entries.split(","))


@lru_cache(maxsize=20_000)
def mended(lemma: str, form: str) -> str:
    """The lemma of a verb, taken from the form where no lexicon knows the lemma."""
    lexicons: tuple[Container[str], ...] = (verb_frames(), effects(), _classed())
    if any(lemma in known for known in lexicons):
        return lemma
    for known in lexicons:
        found = base_form(form, known)
        if found is not None:
            return found
    return lemma


def lemma_of(verb: Token) -> str:
    """The lemma in lower case, mended from the form where the lemmatizer gives a word that no lexicon knows."""
    return mended(verb.lemma_.lower(), verb.lower_)


def doers() -> frozenset[str]:
    """Lemmas of nouns for people and bodies that can hold a position."""
    return words("stance_doers")
