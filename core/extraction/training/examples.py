"""Sentences with marked spans and their polarity, parsed once and kept as arrays."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from newsdash.core.extraction.stances.network import Words, words_of
from spacy.language import Language
from spacy.tokens import Doc, Span

CLASSES = {"neg": 0, "neu": 1, "pos": 2}
_MOST_WORDS = 160  # longer sentences are cut; they are lists or broken text


@dataclass(frozen=True)
class Example:
    """One sentence. ``first`` (and ``second`` for pairs) are spans of words; ``label`` holds for first -> second.

    ``group`` keeps sentences of one article together when data are split.
    """

    words: Words
    first: tuple[int, int]
    second: tuple[int, int] | None
    label: int
    group: str


def records(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file, compressed or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def labelled(row: dict[str, Any]) -> Iterator[tuple[list[int], list[int] | None, int, str]]:
    """First and second span of characters, label and group of a record; of DSE2QA both directions."""
    if "target_span" in row:
        yield row["target_span"], None, CLASSES[row["polarity"]], "_".join(row["id"].split("_")[:4])
    elif row["p_span"] and row["q_span"]:
        sign, _, way = row["label5"].partition("_")
        for first, second, name in ((row["p_span"], row["q_span"], "pq"), (row["q_span"], row["p_span"], "qp")):
            yield first, second, CLASSES[sign] if way == name else CLASSES["neu"], row["text"]


def examples(nlp: Language, rows: list[dict[str, Any]]) -> Iterator[Example]:
    """Parse the records."""
    for doc, row in nlp.pipe(((r["text"], r) for r in rows), as_tuples=True, batch_size=128):
        words: Words | None = None  # both directions have the same
        for a, b, label, group in labelled(row):
            first, second = _tokens(doc, a), _tokens(doc, b) if b is not None else None
            if first is None or (b is not None and second is None):
                continue
            sentence = _cover(doc, first, second or first)
            if len(sentence):
                words = words or words_of(sentence)
                place = _shift(second, sentence) if second is not None else None
                yield Example(words, _shift(first, sentence), place, label, group)


def _tokens(doc: Doc, span: list[int]) -> Span | None:
    found = doc.char_span(span[0], span[1], alignment_mode="expand")
    return found if found is not None and len(found) else None


def _cover(doc: Doc, first: Span, second: Span) -> Span:
    """The sentences from the first to the second span, cut to a bounded length."""
    start = min(first[0].sent.start, second[0].sent.start)
    end = max(first[-1].sent.end, second[-1].sent.end)
    if end - start > _MOST_WORDS:
        start = max(start, min(first.start, second.start) - 20)
        end = min(end, start + _MOST_WORDS)
        if max(first.end, second.end) > end:
            return doc[0:0]
    return doc[start:end]


def _shift(span: Span, sentence: Span) -> tuple[int, int]:
    return span.start - sentence.start, span.end - sentence.start


def save(path: Path, kept: list[Example]) -> None:
    """Keep examples as arrays (vectors in half precision)."""
    sizes = np.array([len(e.words.lemmas) for e in kept])
    np.savez(
        path,
        sizes=sizes,
        vectors=np.concatenate([e.words.vectors for e in kept]).astype(np.float16),
        lexical=np.concatenate([e.words.lexical for e in kept]).astype(np.float16),
        lemmas=np.concatenate([e.words.lemmas for e in kept]).astype(np.int32),
        heads=np.concatenate([e.words.heads for e in kept]).astype(np.int16),
        roles=np.concatenate([e.words.roles for e in kept]).astype(np.int8),
        spans=np.array([(*e.first, *(e.second or (-1, -1))) for e in kept]),
        labels=np.array([e.label for e in kept]),
        groups=np.array([e.group for e in kept]),
    )


def load(path: Path) -> list[Example]:
    """What ``save`` kept."""
    with np.load(path) as a:
        d = {name: a[name] for name in a.files}
    ends = np.cumsum(d["sizes"])
    found = []
    for i, end in enumerate(ends):
        at = slice(end - d["sizes"][i], end)
        words = Words(d["vectors"][at], d["lexical"][at], d["lemmas"][at], d["heads"][at], d["roles"][at])
        a, b, c, e = (int(n) for n in d["spans"][i])
        found.append(Example(words, (a, b), (c, e) if c >= 0 else None, int(d["labels"][i]), str(d["groups"][i])))
    return found
