"""Names that nobody has heard of: bodies, firms and clubs made up by rules, offices set before people.

Real news is full of bodies that no corpus has; what stands around them, and how such names are built, must do.
Sentences with a parse keep their words, so only sentences of the entity corpora are changed.
"""

from __future__ import annotations

import random
import string
from dataclasses import replace
from functools import cache
from importlib import resources

import numpy as np
from newsdash.core.language.labels import shape
from newsdash.core.language.pieces import Pieces
from newsdash.core.language.training.corpora import Encoded
from newsdash.core.language.training.guideline import OUTSIDE_BIT, begin, inside
from newsdash.core.language.training.swap import Pool, Word, spans

BODIES, OFFICES, ACRONYMS = 0.1, 0.05, 0.25
"""Shares: organisations that become made-up bodies, people who get an office, acronyms that get new letters."""
UPPER = shape("WHO")
LOWER = shape("of")


@cache
def rules() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The choices of each rule of ``lists/inventions.txt``."""
    text = resources.files(__package__).joinpath("lists/inventions.txt").read_text("utf-8")
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in text.splitlines():
        if not line.startswith("# "):
            name, _, choices = line.partition(" = ")
            found[name] = (*found.get(name, ()), *(tuple(c.split()) for c in choices.split(" | ")))
    return found


class Invent:
    """Puts made-up names into sentences without a parse."""

    def __init__(self, pool: Pool, pieces: Pieces) -> None:
        self.pool, self.pieces = pool, pieces

    def word(self, text: str) -> Word:
        """Pieces and shape of a word."""
        return self.pieces([text])[0], shape(text)

    def made(self, rule: str, rng: random.Random) -> list[Word]:
        """Words by a rule of the list."""
        if rule in ("GPE", "PERSON"):
            names = self.pool[rule, 1]
            return list(names[rng.randrange(len(names))])
        found: list[Word] = []
        for part in rng.choice(rules()[rule]):
            found += self.made(part[1:], rng) if part.startswith("$") else [self.word(part)]
        return found

    def acronym(self, rng: random.Random) -> Word:
        """Two to five capitals by chance."""
        return self.word("".join(rng.choices(string.ascii_uppercase, k=rng.choice((2, 3, 3, 3, 4, 4, 5)))))

    def __call__(self, s: Encoded, rng: random.Random) -> Encoded:
        """The sentence, or a copy with made-up names."""
        if s.parsed:
            return s
        changes: list[tuple[int, int, list[tuple[Word, int]]]] = []
        the = self.word("the")
        for start, end, kind in spans(s):
            new: list[tuple[Word, int]] = []
            before = int(s.shapes[start - 1]) if start else LOWER
            has_article = start > 0 and s.pieces[start - 1] == the[0]
            if kind == "ORG" and end - start == 1 and s.shapes[start] == UPPER and rng.random() < ACRONYMS:
                new = [(self.acronym(rng), begin("ORG"))]
            elif kind == "ORG" and before in (LOWER, shape(",")) and rng.random() < BODIES:
                words = self.made("BODY", rng)
                article = words[0] == the
                words = words[article:]
                new = [(the, OUTSIDE_BIT)] if article and start and not has_article else []
                new += [(w, inside("ORG") if i else begin("ORG")) for i, w in enumerate(words)]
            elif kind == "PERSON" and before == LOWER and not has_article and rng.random() < OFFICES:
                new = [(w, OUTSIDE_BIT) for w in self.made("OFFICE", rng)]
                end = start
            if new:
                changes.append((start, end, new))
        return spliced(s, changes) if changes else s


def spliced(s: Encoded, changes: list[tuple[int, int, list[tuple[Word, int]]]]) -> Encoded:
    """A sentence without parse, the words of each (start, end) replaced by others with their label sets."""
    rows = [((s.pieces[i], int(s.shapes[i])), int(s.names[i]), s.spaces[i]) for i in range(len(s.pieces))]
    for start, end, new in reversed(changes):
        last = rows[end - 1][2] if end > start else True
        rows[start:end] = [(word, bits, True) for word, bits in new[:-1]] + [(new[-1][0], new[-1][1], last)]
    unknown = np.full(len(rows), -1, np.int64)
    return replace(
        s,
        pieces=[word[0] for word, _, _ in rows],
        shapes=np.array([word[1] for word, _, _ in rows], np.int64),
        spaces=[space for _, _, space in rows],
        names=np.array([bits for _, bits, _ in rows], np.int64),
        tags=unknown, morphs=unknown, lemmas=unknown, deps=unknown, heads=np.full(len(rows), -2, np.int64),
    )  # fmt: skip
