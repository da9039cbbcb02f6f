"""Our guideline for names (see MODEL.md), and the corpora brought to it.

A word's label is a set: bit k stands for `NAME_LABELS[k]`.  One bit = known; several = one of these; 0 = anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from newsdash.core.language.labels import NAME_TYPES
from newsdash.core.language.tokenizer import split
from newsdash.core.language.training.sentences import Sentence

OUTSIDE_BIT = 1
PLACES = ("GPE", "LOC", "FAC")
BAGGED = ("NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
"""What corpora with a class MISC may put there."""
ALIASES = {"PER": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "LOC", "FACILITY": "FAC"}
PRONOUNS = frozenset(
    [
        "i",
        "we",
        "he",
        "she",
        "it",
        "they",
        "you",
        "me",
        "us",
        "him",
        "her",
        "them",
        "my",
        "our",
        "his",
        "their",
        "your",
        "its",
        "who",
        "this",
        "that",
        "these",
        "those",
    ]
)


@dataclass(frozen=True)
class Convention:
    """How a corpus annotates: types it has beside PERSON and ORG, whether its places are typed, and so on.

    Where the outside is not sure, names were missed: a capitalised word within a sentence may be one.
    """

    annotates: tuple[str, ...]
    typed_places: bool = False
    misc_is_anything: bool = False
    outside_is_sure: bool = True
    drop: tuple[str, ...] = ()


ALL = ("PERSON", "ORG", *PLACES, *BAGGED)
CONVENTIONS = {
    "uner_ewt": Convention(("PERSON", "ORG", *PLACES)),
    "gum_names": Convention(ALL, typed_places=True, misc_is_anything=True, outside_is_sure=False, drop=("PRODUCT",)),
    "wikigold": Convention(ALL),
    "wnut17": Convention(("PERSON", "ORG", *PLACES, "PRODUCT", "WORK_OF_ART")),
    "btc": Convention(("PERSON", "ORG", *PLACES)),
    "crossner_ai": Convention(("PERSON", "ORG", *PLACES, "EVENT")),
    "crossner_literature": Convention(("PERSON", "ORG", *PLACES, "EVENT", "WORK_OF_ART")),
    "crossner_music": Convention(("PERSON", "ORG", *PLACES, "EVENT", "WORK_OF_ART")),
    "crossner_politics": Convention(("PERSON", "ORG", *PLACES, "EVENT")),
    "crossner_science": Convention(("PERSON", "ORG", *PLACES, "EVENT"), drop=("WORK_OF_ART",)),
    "redocred": Convention(("PERSON", "ORG", *PLACES, "NORP")),
    "re3d_open": Convention(("PERSON", "ORG", *PLACES)),
    "fewnerd_inter": Convention(
        ("PERSON", "ORG", *PLACES, "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"), typed_places=True
    ),
}


CARELESS = frozenset({"btc", "wnut17", "uner_ewt", "web"})
"""Corpora of tweets and web texts, which write names in lower case, too."""
GAZETTEER: set[str] = set()
"""Lower-case names of countries, states and cities (filled by `read_gazetteer`)."""
NATIONAL = ("an", "ans", "ese", "ish", "i", "is", "ic", "ist", "ists")
"""Endings of words that may be nationalities or groups though the list lacks them."""


def read_gazetteer(corpora: Path) -> None:
    """Read the names of places that are surely political ones (GeoNames, country codes)."""
    if not GAZETTEER:
        GAZETTEER.update(json.loads((corpora / "gazetteers" / "gpe_names.json").read_text("utf-8")))
        for country in json.loads((corpora / "gazetteers" / "countries.json").read_text("utf-8")):
            GAZETTEER.update(
                str(country[k]).lower() for k in ("CLDR display name", "official_name_en", "Capital") if country.get(k)
            )
        GAZETTEER.update(
            ("u.s.", "us", "usa", "u.s.a.", "uk", "u.k.", "uae", "washington", "united states of america", "eu")
        )


@cache
def word_list(name: str) -> frozenset[str]:
    """Words of ``lists/<name>.txt`` (one or more a line; "# " begins a comment)."""
    text = resources.files(__package__).joinpath(f"lists/{name}.txt").read_text("utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("# ") for w in line.split())


def begin(kind: str) -> int:
    """Bit of B of a type."""
    return 1 << (1 + 2 * NAME_TYPES.index(kind))


def inside(kind: str) -> int:
    """Bit of I of a type."""
    return 1 << (2 + 2 * NAME_TYPES.index(kind))


def trimmed(words: list[str], start: int, end: int, kind: str) -> tuple[int, int]:
    """The span without article, possessive, title and the like; (n, n) if nothing is left that could be a name."""
    titles = word_list("titles")
    while start < end:
        first = words[start].lower()
        if first in ("the", "a", "an") and not (
            end - start == 2 and words[start] == "The" and words[start + 1] == "Hague"
        ):
            if first != "the" and kind == "WORK_OF_ART":
                break
            if kind == "WORK_OF_ART" and words[start] == "The":
                break
            start += 1
        elif words[start] in "\"'“‘(,.:;-–—" or (kind == "PERSON" and end - start > 1 and first in titles):
            start += 1
        elif kind == "PERSON" and end - start > 2 and first in ("of", "for"):
            start += 2  # "Secretary of State Tony Blinken", the secretary already gone
        elif (
            kind == "PERSON"
            and end - start > 2
            and first in ("prime", "vice", "foreign", "defence", "defense", "former")
        ):
            start += 1
        else:
            break
    while end > start and (words[end - 1].lower() in ("'s", "’s", "'", "’") or words[end - 1] in '"”’,:;)-–—('):
        if words[end - 1] == ")" and "(" in words[start:end]:
            break
        end -= 1
    return start, end


def label(
    sentence: Sentence, ents: list[tuple[int, int, str]], missing: list[tuple[int, int]], source: str
) -> list[int]:
    """The sets of labels that the words may bear, for entities given in words."""
    how = CONVENTIONS[source]
    words = sentence.words
    norps, languages, titles = word_list("norps"), word_list("languages"), word_list("titles")
    absent = [k for k in BAGGED if k not in how.annotates]
    capital = [w[:1].isupper() for w in words]
    bits = []
    for i, w in enumerate(words):
        allowed = OUTSIDE_BIT
        if capital[i] and w in norps:
            allowed = begin("NORP") | (OUTSIDE_BIT if w in languages else 0)
            if i and words[i - 1] in norps:
                allowed |= inside("NORP")
        elif i and capital[i] and w != "I" and not how.outside_is_sure:
            allowed = 0
        elif absent:
            near = any(capital[max(0, i - 3) : i]) and any(capital[i + 1 : i + 4])
            beside = any(capital[max(0, i - 1) : i]) or any(capital[i + 1 : i + 2])
            for kind in absent:
                if kind == "NORP":
                    allowed |= begin(kind) if capital[i] and len(w) > 4 and w.endswith(NATIONAL) else 0
                elif (capital[i] and w != "I") or (w[:1].isdigit() and beside):
                    allowed |= begin(kind) | inside(kind)
                elif near:
                    allowed |= inside(kind)
        bits.append(allowed)
    for start, end, kind in ents:
        kind = ALIASES.get(kind, kind)
        if kind in how.drop or (kind == "MISC" and how.misc_is_anything):
            bits[start:end] = [0] * (end - start)
            continue
        a, b = trimmed(words, start, end, kind)
        named = any(w[:1].isupper() or w[:1].isdigit() for w in words[a:b])
        capitals = b - a == 1 and len(words[a]) > 1 and words[a].isupper()  # "US" and "WHO" are no pronouns
        pronoun = b - a == 1 and words[a].lower() in PRONOUNS and not capitals
        if a >= b or ((pronoun or not named) and source not in CARELESS):
            continue
        for i in (*range(start, a), *range(b, end)):
            if capital[i] and words[i].lower() not in titles and words[i].lower() != "the":
                bits[i] = 0
        if source == "re3d_open":
            where = described(words, a, b)
            if kind == "PERSON" and where:
                offices = [i for i in range(a, b - 1) if words[i].lower() in titles]
                where = (max(offices) + 1, b) if offices else where
            if where is None:
                bits[a:b] = [0] * (b - a)
                continue
            a, b = where
        kinds: tuple[str, ...] = (kind,)
        if kind == "MISC":
            kinds = BAGGED
            if all(w in norps or w == "-" for w in words[a:b]):
                kinds = ("NORP",)
        elif kind in ("ORG", "GPE", "LOC") and b - a == 1 and words[a] in norps:
            kinds = ("NORP",)
        elif kind in ("LOC", "GPE") and not how.typed_places:
            sure = " ".join(words[a:b]).replace(" .", ".").lower() in GAZETTEER
            kinds = ("GPE",) if sure and kind == "GPE" else PLACES if kind == "GPE" else ("LOC", "FAC")
        elif kind == "FAC" and not how.typed_places:
            kinds = ("LOC", "FAC")
        first, rest = 0, 0
        for k in kinds:
            first, rest = first | begin(k), rest | inside(k)
        if kind == "MISC" and kinds is BAGGED:
            first, rest = first | rest | OUTSIDE_BIT, rest | first | OUTSIDE_BIT
        bits[a:b] = [first] + [rest] * (b - a - 1)
    for start, end in missing:
        bits[start:end] = [0] * (end - start)
    return bits


def described(words: list[str], start: int, end: int) -> tuple[int, int] | None:
    """re3d marks descriptions ("the city of Mosul", "ISIL tactical units"): the name in it, or None when unclear."""
    inner = frozenset(["of", "for", "and", "the", "de", "al", "in", "on", "to", "bin"])
    lower = [not w[:1].isupper() and w.isalpha() and w not in inner for w in words[start:end]]
    if not any(lower):
        return start, end
    last = max(i for i, flag in enumerate(lower) if flag)
    rest = [i for i in range(last + 1, end - start) if words[start + i][:1].isupper()]
    return (start + rest[0], end) if rest and last + 1 < end - start else None


def convert(record: dict[str, Any], source: str) -> Sentence:
    """A record of an entity corpus, cut into our words and brought to our guideline."""
    text: str = record["text"]
    words, spaces = split(text)
    kept = [i for i, w in enumerate(words) if not w.isspace()]
    starts, ends, at = {}, {}, 0
    place: dict[int, int] = {}
    for i, w in enumerate(words):
        if not w.isspace():
            place[i] = len(place)
            starts[at], ends[at + len(w)] = place[i], place[i] + 1
        at += len(w) + spaces[i]
    sentence = Sentence(
        [words[i] for i in kept],
        [spaces[i] or (i + 1 < len(words) and words[i + 1].isspace()) for i in kept],
        str(record.get("doc", "")),
        source,
    )
    spans, at = [], 0
    for token, space in zip(record["tokens"], record["spaces"], strict=True):
        spans.append((at, at + len(token)))
        at += len(token) + bool(space)
    typed = {(a, b): kind for a, b, kind in record.get("ents_gpe") or []}
    how = CONVENTIONS[source]
    ents, missing = [], []
    for a, b, kind in record["ents"]:
        if kind == "LOC" and not how.typed_places:
            kind = typed.get((a, b), "GPE")  # "LOC" or "FAC" by a word in it ("River"), else most likely political
        where = starts.get(spans[a][0]), ends.get(spans[b - 1][1])
        if where[0] is None or where[1] is None:
            missing.append(touching(starts, spans[a][0], spans[b - 1][1]))
        else:
            ents.append((where[0], where[1], kind))
    for a, b in record.get("missing") or []:
        missing.append(touching(starts, spans[a][0], spans[b - 1][1]))
    for a, b, kind in record.get("extra") or []:
        if kind == "MISC":
            missing.append(touching(starts, spans[a][0], spans[b - 1][1]))
    return replace(sentence, names=label(sentence, ents, missing, source))


def touching(starts: dict[int, int], begin_char: int, end_char: int) -> tuple[int, int]:
    """Words that share characters with a span."""
    before = [i for at, i in starts.items() if at <= begin_char]
    hit = [i for at, i in starts.items() if begin_char <= at < end_char]
    first = max(before, default=0)
    return first, max(hit, default=first) + 1
