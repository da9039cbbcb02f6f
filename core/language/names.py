"""Where names begin and end, as a reader expects: what the network leaves at their edges is cut off or joined."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from newsdash.core.language.labels import NAME_TYPES
from numpy.typing import NDArray

ARTICLES = frozenset({"the", "a", "an"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
THE_HAGUE = ["The", "Hague"]
"""The one place of the news whose article is part of its name in any sentence."""
UNITED_NATIONS = frozenset({("UN",), ("U.N.",), ("U.N",)})
"""Short forms that the network takes for a country, as they stand where "U.S." stands."""
LINKS = frozenset(
    {"of", "the", "and", "for", "in", "on", "at", "to", "by", "with", "from", "or", "said", "says", "told"}
)
"""Small words and verbs of saying (lower case) that end no name."""
_ACTORS = frozenset(NAME_TYPES.index(kind) for kind in ("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT"))
"""Types that the text as a whole may settle; of the others a list or a table has too many by mistake."""
_SURE = 4.0
"""What a place may say against a type, at most, as a log-probability."""
_PERSON, _FULL_PERSON = -0.05, -0.22
"""Mean log-probability of a person by one word, by several, below which it is taken for something else in an article;
on 390 articles of ``core/extraction/training`` 28 of 46 such people by one word were none."""
_OTHER = -3.0
"""Mean log-probability of what it is then, at least."""
_ARTICLE = 100
"""Words of an article, at least."""
PERSON, ORG, LAW, PRODUCT = (NAME_TYPES.index(kind) for kind in ("PERSON", "ORG", "LAW", "PRODUCT"))
_NUMBERED = re.compile(r"\d+(?:st|nd|d|rd|th)")
PARTIES = frozenset(NAME_TYPES.index(kind) for kind in ("PERSON", "ORG", "GPE", "LOC", "LAW"))


def bounded(words: Sequence[str], found: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Names (first word, end, index of the type) with tidy edges; the two parties of a court case are one LAW."""
    names = [
        (*tidy(words, start, end, NAME_TYPES[kind]), settled(words[start:end], kind))
        for start, end, kind in with_parties(words, with_who(words, found))
    ]
    names = [name for name in names if name[0] < name[1]]
    k = 0
    while k < len(names):
        start, end, kind = names[k]
        if k + 1 < len(names) and is_case(words, names[k], names[k + 1]):
            k += 1
            end, kind = names[k][1], LAW
        elif k + 1 < len(names) and is_firm(words, names[k], names[k + 1]):
            k += 1
            end, kind = names[k][1], ORG
        yield start, end, kind
        k += 1


def agreed(
    words: Sequence[str], found: Iterable[tuple[int, int, int]], likely: NDArray[np.float32]
) -> list[tuple[int, int, int]]:
    """The names, each with one type wherever the text has it: the one that is likeliest over all its places.

    `likely` [words, types] are log-probabilities of the type of each word. A place where the words around say clearly
    what the name is counts more than several where they leave it open. Articles have people by their full name before
    they have them by one word: where people are told so, a doubtful person by one word is something else.
    """
    names = list(found)
    places: dict[tuple[str, ...], list[tuple[int, int, int]]] = {}
    for start, end, kind in names:
        places.setdefault(tuple(words[start:end]), []).append((start, end, kind))
    full = {word for key, same in places.items() if len(key) > 1 and same[0][2] == PERSON for word in key}
    best: dict[tuple[str, ...], int] = {}
    for key, same in places.items():
        kinds = {kind for *_, kind in same}
        if kinds != {PERSON} and (len(kinds) == 1 or not kinds <= _ACTORS):
            continue
        total = sum(np.maximum(likely[start:end].mean(0), -_SURE) for start, end, _ in same)
        best[key] = max(kinds, key=lambda kind: float(total[kind]))
        by_one = len(key) == 1
        doubtful = float(total[PERSON]) < len(same) * (_PERSON if by_one else _FULL_PERSON)
        in_full = by_one and key[0] in full
        if best[key] == PERSON and doubtful and not in_full and len(words) > _ARTICLE and full.difference(key):
            other = max(_ACTORS - {PERSON}, key=lambda kind: float(total[kind]))
            best[key] = other if total[other] > len(same) * _OTHER else PERSON
    return [(start, end, best.get(tuple(words[start:end]), kind)) for start, end, kind in names]


def with_who(words: Sequence[str], found: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The names, and the World Health Organization by its short form, which the network reads as a pronoun.

    Where the words beside it are in capitals, too (a headline), it may be the pronoun.
    """
    taken = {i for start, end, _ in found for i in range(start, end)}
    more = [
        (i, i + 1, ORG)
        for i, word in enumerate(words)
        if word == "WHO" and i not in taken and any(w.islower() for w in words[max(i - 1, 0) : i + 2])
    ]
    return sorted([*found, *more])


def with_parties(words: Sequence[str], found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The names, and the capitalised word on one side of "v." where the other side is a name."""
    taken = {i for start, end, _ in found for i in range(start, end)}
    cases = [i for i, word in enumerate(words[:-1]) if word == "v." and i and (i - 1 in taken) != (i + 1 in taken)]
    sides = [i - 1 if i + 1 in taken else i + 1 for i in cases]
    return sorted([*found, *((i, i + 1, PERSON) for i in sides if words[i][:1].isupper())])


def settled(words: Sequence[str], kind: int) -> int:
    """The type of a name: two joined by "&" are a firm ("Ernst & Young"), no person; "U.N." is no place.

    And what begins with a number in an order is a unit ("the 4th Alpine"), no thing.
    """
    firm = (kind == PERSON and "&" in words[1:-1]) or (kind == PRODUCT and bool(_NUMBERED.fullmatch(words[0])))
    return ORG if firm or tuple(words) in UNITED_NATIONS else kind


def is_firm(words: Sequence[str], first: tuple[int, int, int], second: tuple[int, int, int]) -> bool:
    """Whether two names with "&" between them are those of a firm's founders ("Ernst & Young")."""
    return words[first[1] : second[0]] == ["&"] and {first[2], second[2]} <= {PERSON, ORG}


def is_case(words: Sequence[str], first: tuple[int, int, int], second: tuple[int, int, int]) -> bool:
    """Whether two names are the parties of a case: "Roe v. Wade" (sport says "v" or "vs.")."""
    return (
        words[first[1] : second[0]] in (["v."], ["v", "."], ["v.", "the"])
        and first[2] in PARTIES
        and second[2] in PARTIES
    )


def tidy(words: Sequence[str], start: int, end: int, kind: str) -> tuple[int, int]:
    """A name without article before and possessive after it, and without loose punctuation at its ends."""
    if words[max(start - 1, 0) : start + 1] == THE_HAGUE:
        start -= 1
    while start < end:
        first = words[start]
        is_article = first.lower() in ARTICLES and kind != "WORK_OF_ART" and words[start : start + 2] != THE_HAGUE
        if is_article or first in ",;:)]-–—'’":
            start += 1
        else:
            break
    if (closed := unclosed(words, start, end)) is not None:
        end = closed
    while end > start and (words[end - 1] in POSSESSIVES or words[end - 1] in ",;:([-–—" or words[end - 1] in LINKS):
        end -= 1
    if start < end and not any(c.isalnum() for w in itertools.islice(words, start, end) for c in w):
        return end, end
    return start, end


def unclosed(words: Sequence[str], start: int, end: int) -> int | None:
    """The place of a bracket that opens in the name and does not close there, else None."""
    opened = [i for i in range(start, end) if words[i] in "(["]
    closed = sum(words[i] in ")]" for i in range(start, end))
    return opened[closed] if len(opened) > closed else None
