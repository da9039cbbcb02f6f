"""Learn which events are worth a line: ``python -m newsdash.core.extraction.training.events FOLDER...``.

Each FOLDER holds articles with a hand-made timeline (JSON: ``text``, ``published``, ``timeline`` with ``evidence``).
FOLDER*4 counts the articles of a folder four times; of a folder without a number those that are held back
(``articles.is_held``) are left out, to measure on. Writes ``data/event_weights.tsv``; the same input gives the same
bytes on one machine. Must be run again when the encoder changes, or when the rules of ``events`` choose others.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.events import read_story
from newsdash.core.extraction.events.candidates import Candidate
from newsdash.core.extraction.events.timeline import possible
from newsdash.core.extraction.events.worth import (
    LIMIT,
    NOT_RULED,
    RULED,
    SCALE,
    VECTORS,
    Trigger,
    features,
    seen,
    trigger,
)
from newsdash.core.extraction.lexicon import DATA
from newsdash.core.extraction.mentions import index_mentions
from newsdash.core.extraction.quotes import find_quotes
from newsdash.core.extraction.times import find_times
from newsdash.core.extraction.training.articles import annotated, is_held
from newsdash.core.language import load
from newsdash.core.records import Span
from numpy.typing import NDArray
from spacy.tokens import Doc

_LEAST = 8  # candidates that must have a feature
_SMALL = 20.0  # weight of the sum of squares: no feature decides alone
_SMALL_SEEN = 1000.0  # the same for the vectors
_STEPS = 12
_CHANCE = 0.425  # the least chance to be one of the annotator's events with which a candidate is listed
_NEAR = 0.5
_NEARLY = 0.05  # of two candidates that are so nearly as like the evidence the rules decide
_TRUST = 0.6  # the rules are right more often in articles, which are told less densely than the reports learned from
_HEADER = """# Which of the candidate events are listed: feature <tab> weight of a logistic regression.
# A candidate is listed when its weights add up to the limit or more; features are named in events/worth.py.
# The rows of the word and the clause have the weights of the values of their vectors.
# Learned by core/extraction/training/events.py; not to be changed by hand.
"""

Row = tuple[list[str], NDArray[np.float32], bool, int]


def articles(folder: Path, *, every: bool) -> Iterator[dict[str, Any]]:
    """The articles of a folder that have a timeline, by file name; every one, or those that are not held back."""
    for record in annotated(folder):
        if "timeline" in record and (every or not is_held(record["id"])):
            yield record


def examples(doc: Doc, record: dict[str, Any], weight: int) -> Iterator[Row]:
    """The features of each candidate of an article, and whether it tells one of the annotated events."""
    published = record["published"]
    entities, times = find_entities(doc), find_times(doc, published)
    index, quotes = index_mentions(entities), find_quotes(doc, entities)
    candidates, story, layout = read_story(doc, published, index, times, quotes)
    found, ruled = possible(doc, candidates, story, layout)
    told = _tellers(found, ruled, [_places(doc.text, item["evidence"]) for item in record["timeline"]])
    if not found:
        return
    vectors = np.concatenate(seen(found, *(doc.tensor * SCALE,) * 2), 1)
    for k, (row, vector) in enumerate(zip(features(found, ruled, story, layout), vectors, strict=True)):
        yield row, vector, k in told, weight


def _tellers(found: Sequence[Candidate], ruled: Container[Trigger], items: Sequence[Sequence[Span]]) -> set[int]:
    """Which candidates tell the annotated events, one each: those whose clause is most like the evidence come first."""
    fits = sorted(
        ((_alike(c.span, place) + _NEARLY * (trigger(c) in ruled), n, k)
         for n, places in enumerate(items) for place in places for k, c in enumerate(found) if _near(c.span, place)),
        key=lambda fit: (-fit[0], *fit[1:]),
    )  # fmt: skip
    told: dict[int, int] = {}
    for _, n, k in fits:
        if n not in told.values() and k not in told:
            told[k] = n
    return set(told)


def _alike(a: Span, b: Span) -> float:
    """The share of both that is in both."""
    return (min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def _places(text: str, phrase: str) -> list[Span]:
    return [(m.start(), m.end()) for m in re.finditer(re.escape(phrase), text)]


def _near(a: Span, b: Span) -> bool:
    """At least half of the shorter one is shared."""
    return min(a[1], b[1]) - max(a[0], b[0]) >= _NEAR * min(a[1] - a[0], b[1] - b[0])


def fit(rows: Sequence[Row]) -> tuple[dict[str, float], NDArray[np.float64]]:
    """A logistic regression by Newton's method: the weights of the features ("any" is free), and of the vectors."""
    count = Counter(name for row, *_ in rows for name in set(row))
    names = sorted(name for name, n in count.items() if n >= _LEAST)
    column = {name: i for i, name in enumerate(names)}
    plain = np.zeros((len(rows), len(names)))
    for k, (row, *_) in enumerate(rows):
        plain[k, [column[name] for name in row if name in column]] = 1
    table = np.hstack([plain, np.array([seen for _, seen, *_ in rows])])
    told = np.array([float(good) for *_, good, _ in rows])
    times = np.array([float(weight) for *_, weight in rows])
    small = np.full(table.shape[1], _SMALL)
    small[len(names) :] = _SMALL_SEEN
    small[column["any"]] = 1e-3
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (times * (chance - told)) + small * weights
        bend = (table * (times * chance * (1 - chance))[:, None]).T @ table + np.diag(small)
        weights -= np.linalg.solve(bend, slope)
    return dict(zip(names, weights.tolist(), strict=False)), weights[len(names) :]


def main() -> None:
    """Read the articles, learn, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", help="FOLDER or FOLDER*4")
    given = parser.parse_args()
    nlp = load()
    rows: list[Row] = []
    for named in given.folders:
        folder, _, weight = named.partition("*")
        records = list(articles(Path(folder), every=bool(weight)))
        docs = nlp.pipe([record["text"] for record in records])
        for doc, record in zip(docs, records, strict=True):
            rows.extend(examples(doc, record, int(weight or 1)))
    weights, seen = fit(rows)
    weights[RULED] += _TRUST
    weights[NOT_RULED] -= _TRUST
    lines = [f"{LIMIT}\t{math.log(_CHANCE / (1 - _CHANCE)):.3f}\n"]
    lines += [f"{name}\t{weight:.3f}\n" for name, weight in weights.items() if abs(weight) >= 0.01]
    for name, part in zip(VECTORS, np.split(seen, len(VECTORS)), strict=True):
        lines.append("\t".join([name, *(f"{weight:.4f}" for weight in part)]) + "\n")
    (DATA / "event_weights.tsv").write_text(_HEADER + "".join(lines), "utf-8")
    print(f"{len(rows)} candidates, {sum(row[2] for row in rows)} of them listed; {len(lines) - 1} weights")


if __name__ == "__main__":
    main()
