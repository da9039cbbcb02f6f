"""Articles and sentences annotated by hand as examples for the judge.

``annotated`` has whole articles in the schema of the project's gold (actors, timeline, positions, quotes), one a file:
invented ones written for this purpose, and some of Wikinews; and one a line, in ``reports.jsonl``, short ones of
public-domain news (Voice of America; actors and positions). ``fresh`` has more of the invented ones.

The others have one sentence of public-domain news (Voice of America) a line. ``marked.jsonl``: ``text`` and all its
``positions``: words of the holder, act, words of the target, polarity. ``positions.jsonl``: ``text`` and ``drafts``,
each with ``evidence`` and ``target`` (characters, None where there is none) and the ``act``, ``side`` and ``rule`` of
the rules' reading when it was judged, and ``judged``, what a reader made of it: None when there is no position at all,
else ``act``, ``side``, ``target``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.mentions import overlaps
from newsdash.core.extraction.quotes import find_quotes
from newsdash.core.extraction.stances import drafted
from newsdash.core.extraction.stances.openings import ACTS, Opening, Scene, Told, openings
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.records import Span
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

HERE = Path(__file__).parent
ARTICLES, FRESH, MARKED, JUDGED = HERE / "annotated", HERE / "fresh", HERE / "marked.jsonl", HERE / "positions.jsonl"
_HELD = 4  # one of so many articles is held back, to measure on and to find thresholds
_REPORT = "voa_"  # what ids of reports begin with
SIDES = {"against": 0, "neutral": 1, "for": 2}
_NEAR = 0.5  # share of the shorter span that two pieces of evidence for the same position have in common
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "her", "his", "in", "its", "of", "on", "or", "that", "the",
     "their", "this", "to", "with"}
)  # fmt: skip


@dataclass(frozen=True)
class Position:
    """One annotated position: side (0 to 2), number of the act."""

    side: int
    act: int


@dataclass(frozen=True)
class Example:
    """One article. ``fits[n]`` are the positions that opening n may tell, ``best[n]`` the one given to it alone, and
    ``right[m]`` those whose target option m is; ``words`` are the vectors of the words, in half precision. ``held``: it
    is held back, to measure on."""

    told: Told
    words: NDArray[np.float16]
    positions: tuple[Position, ...]
    fits: tuple[tuple[int, ...], ...]
    best: tuple[int | None, ...]
    right: tuple[tuple[int, ...], ...]
    held: bool

    @property
    def asks(self) -> bool:
        """Whether there is an opening, and an option for one."""
        return bool(self.fits and len(self.told.of))


def read(nlp: Language) -> Iterator[tuple[Doc, Example]]:
    """All articles, then all sentences, with their parses."""
    yield from _articles(nlp, (record for folder in (ARTICLES, FRESH) for record in annotated(folder)))
    for path, made in ((MARKED, of_marked), (JUDGED, of_judged)):
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for doc, line in nlp.pipe(((r["text"], r) for r in lines), as_tuples=True, batch_size=128):
            found = made(doc, line)
            if found is not None:
                yield doc, found


def held_back(nlp: Language) -> Iterator[Example]:
    """The articles that are held back, without the others."""
    return (example for _, example in _articles(nlp, held_records()))


def held_records() -> Iterator[dict[str, Any]]:
    """Their annotation."""
    return (record for folder in (ARTICLES, FRESH) for record in annotated(folder) if is_held(record["id"]))


def _articles(nlp: Language, records: Iterable[dict[str, Any]]) -> Iterator[tuple[Doc, Example]]:
    for doc, record in nlp.pipe(((r["text"], r) for r in records), as_tuples=True, batch_size=32):
        yield doc, of_article(doc, record)


def annotated(folder: Path) -> Iterator[dict[str, Any]]:
    """The annotated articles of a folder, one a file (``.json``), then one a line (``.jsonl``)."""
    for path in sorted(folder.glob("*.json")):
        yield json.loads(path.read_text("utf-8"))
    for path in sorted(folder.glob("*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def is_held(name: str) -> bool:
    """Whether the article of this id is held back. No report is: more is called a position there than in the gold."""
    return not name.startswith(_REPORT) and crc32(name.encode()) % _HELD == 0


def of_article(doc: Doc, record: dict[str, Any]) -> Example:
    """The openings of an article and the positions that its annotation has."""
    cast, told = _told(doc)
    gold = record["positions"]
    names = {a["name"]: {_bare(n) for n in (a["name"], *a["aliases"])} for a in record["actors"]}
    places = [_places(record["text"], g["evidence"]) for g in gold]
    fits = tuple(
        tuple(
            i for i, g in enumerate(gold)
            if any(_close(place, o.evidence) for place in places[i]) and _is(cast, o.holder, g["holder"], names)
        )
        for o in told.openings
    )  # fmt: skip
    right = tuple(
        tuple(i for i in fits[n] if _is(cast, party, gold[i]["target"], names))
        for party, n in zip(told.options, told.of.tolist(), strict=True)
    )
    positions = tuple(Position(SIDES[g["polarity"]], ACTS.index(g["act"])) for g in gold)
    return _example(doc, told, positions, fits, right, held=is_held(record["id"]))


def of_marked(doc: Doc, line: dict[str, Any]) -> Example | None:
    """The openings of a sentence and the positions marked in it; None when it has no openings."""
    cast, told = _told(doc)
    if not told.openings:
        return None
    marks = line["positions"]
    holders, targets = ([_words(line["text"], mark[k]) for mark in marks] for k in (0, 2))
    fits = tuple(tuple(i for i, at in enumerate(holders) if _stands(cast, o.holder, at)) for o in told.openings)
    right = tuple(
        tuple(i for i in fits[n] if _stands(cast, party, targets[i]))
        for party, n in zip(told.options, told.of.tolist(), strict=True)
    )
    positions = tuple(Position(SIDES[side], ACTS.index(act)) for _, act, _, side in marks)
    return _example(doc, told, positions, fits, right)


def of_judged(doc: Doc, line: dict[str, Any]) -> Example | None:
    """The drafts of a sentence that the rules still read as they did when it was judged; None when there are none."""
    cast = _cast(doc)
    kept: list[Opening] = []
    judged: list[dict[str, Any] | None] = []
    for opening in openings(cast, drafted(cast)):
        for draft in line["drafts"] if opening.draft is not None else ():
            same = opening.rule == draft["rule"] and abs(opening.holder.start - draft["holder"][0]) < 3
            if same and opening.evidence[0] < draft["evidence"][1] and draft["evidence"][0] < opening.evidence[1]:
                kept.append(opening)
                judged.append(draft["judged"])
                break
    if not kept:
        return None
    told = Scene(cast).tell(kept)
    number = {n: i for i, n in enumerate(n for n, j in enumerate(judged) if j is not None)}
    right = tuple(
        (number[n],) if n in number and _shares(party, (judged[n] or {}).get("target")) else ()
        for party, n in zip(told.options, told.of.tolist(), strict=True)
    )
    positions = tuple(Position(j["side"] + 1, ACTS.index(j["act"])) for j in judged if j is not None)
    fits = tuple((number[n],) if n in number else () for n in range(len(kept)))
    return _example(doc, told, positions, fits, right)


def of_raw(doc: Doc) -> Example:
    """The openings of a text that nobody annotated."""
    _, told = _told(doc)
    return _example(doc, told, (), ((),) * len(told.openings), ((),) * len(told.of))


def _told(doc: Doc) -> tuple[Cast, Told]:
    cast = _cast(doc)
    return cast, Scene(cast).tell(list(openings(cast, drafted(cast))))


def _cast(doc: Doc) -> Cast:
    entities = find_entities(doc)
    return Cast(doc, entities, find_quotes(doc, entities))


def _example(
    doc: Doc, told: Told, positions: tuple[Position, ...], fits: tuple[tuple[int, ...], ...],
    right: tuple[tuple[int, ...], ...], *, held: bool = False,
) -> Example:  # fmt: skip
    best = one_to_one(told, fits, right, len(positions))
    return Example(told, np.asarray(doc.tensor, np.float16), positions, fits, best, right, held)


def one_to_one(
    told: Told, fits: Sequence[Sequence[int]], right: Sequence[Sequence[int]], positions: int
) -> tuple[int | None, ...]:
    """Each position to one opening, as many as can be, rather to a draft and to one whose target is right."""
    aimed = {
        (n, i) for n, trait, found in zip(told.of.tolist(), told.traits, right, strict=True) if trait[0] for i in found
    }
    of: list[list[int]] = [[n for n, found in enumerate(fits) if i in found] for i in range(positions)]
    for i, found in enumerate(of):
        found.sort(key=lambda n: ((n, i) not in aimed, told.openings[n].draft is None))
    best: list[int | None] = [None] * len(fits)

    def give(i: int, tried: set[int]) -> bool:
        for n in of[i]:
            if n not in tried:
                tried.add(n)
                holder = best[n]
                if holder is None or give(holder, tried):
                    best[n] = i
                    return True
        return False

    for i in range(positions):
        give(i, set())
    return tuple(best)


def _places(text: str, words: str) -> list[Span]:
    return [(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]


def _close(a: Span, b: Span) -> bool:
    return min(a[1], b[1]) - max(a[0], b[0]) >= _NEAR * min(a[1] - a[0], b[1] - b[0])


def _words(text: str, words: str) -> Span:
    """Where words stand in a text as whole words; ValueError when they do not."""
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    at = found.start() if found is not None else text.index(words)
    return at, at + len(words)


def _stands(cast: Cast, party: Party, at: Span) -> bool:
    """Whether a party or a mention of its entity shares a character with a place."""
    entity = cast.by_id.get(party.entity or "")
    return _shares(party, at) or (entity is not None and any(overlaps((m.start, m.end), at) for m in entity.mentions))


def _shares(party: Party, target: Sequence[int] | None) -> bool:
    return target is not None and party.start < target[1] and target[0] < party.end


def _bare(name: str) -> str:
    words = re.sub(r"[’']s?$", "", name.strip()).lower().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def _is(cast: Cast, party: Party, name: str, names: dict[str, set[str]]) -> bool:
    """Whether a party is the actor of this name, or for what is no actor, has half of the content words of it."""
    entity = cast.by_id.get(party.entity or "")
    own = {_bare(party.text)}
    if entity is not None:
        own |= {_bare(n) for n in (entity.name, *entity.aliases)}
        own |= {_bare(m.text) for m in entity.mentions if m.kind != "pronoun"}
    if name in names:
        return bool(own & names[name])
    wanted = set(re.findall(r"\w+", name.lower())) - _SMALL
    for found in (set(re.findall(r"\w+", n)) - _SMALL for n in own):
        if wanted and found and 2 * len(wanted & found) >= min(len(wanted), len(found)):
            return True
    return False
