"""Holders who stand against each other on one matter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from newsdash.core.records import Stance

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_SMALL = frozenset(
    ("the", "and", "any", "for", "that", "this", "which", "with", "from", "its", "their", "his", "her", "our", "not")
)
_ALIKE = 2 / 3  # of the words of the shorter issue that the longer one must have
_COMMON = 50  # stances whose issues share a word; a word in more of them tells nothing


def contrasts(stances: Sequence[Stance]) -> dict[int, tuple[int, ...]]:
    """For each stance (by its place) the places of those that contradict it; stances without any are left out.

    Two stances contradict each other when different holders are for and against what the same words name: at least
    the same words, or two and two thirds of those of the shorter issue; articles and endings are left aside.
    """
    words = [_words(stance.issue) for stance in stances]
    having: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(words):
        for word in found:
            having[word].append(place)
    against: dict[int, tuple[int, ...]] = {}
    for place, stance in enumerate(stances):
        if stance.polarity == "neutral":
            continue
        near = sorted({n for word in words[place] if len(having[word]) <= _COMMON for n in having[word]})
        others = tuple(n for n in near if _opposed(stance, stances[n]) and _alike(words[place], words[n]))
        if others:
            against[place] = others
    return against


def _words(issue: str) -> frozenset[str]:
    """The words that name the matter, without the endings that change with number and tense."""
    return frozenset(
        re.sub(r"(?:ing|ed|es|s)$", "", word) for word in _WORD.findall(issue.casefold()) if word not in _SMALL
    )


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or len(one & other) >= max(2, _ALIKE * min(len(one), len(other)))


def _opposed(one: Stance, other: Stance) -> bool:
    same = one.holder == other.holder if one.holder and other.holder else one.holder_text == other.holder_text
    return not same and {one.polarity, other.polarity} == {"for", "against"}
