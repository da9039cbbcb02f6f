"""Learn which date is an event's: ``python -m newsdash.core.extraction.training.dates FOLDER...``.

FOLDER and FOLDER*4 as in ``training/events``. The listed events whose words are those of an annotated one are the
examples: the options (``events/choice``) that agree with the annotated date are right. Prints how many are right in
the articles that are held back, then writes ``data/event_dates.tsv``; the same input gives the same bytes on one
machine. Must be run again when the rules of ``times`` or ``events`` change much, after ``training.events``.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.events.calendar import first_day, last_day
from newsdash.core.extraction.events.candidates import find_candidates
from newsdash.core.extraction.events.choice import date_of, key_of, weighed
from newsdash.core.extraction.events.dating import date_candidates
from newsdash.core.extraction.events.layout import read_layout
from newsdash.core.extraction.events.timeline import chosen_candidates
from newsdash.core.extraction.events.worth import keep_listed
from newsdash.core.extraction.lexicon import DATA
from newsdash.core.extraction.mentions import index_mentions
from newsdash.core.extraction.quotes import find_quotes
from newsdash.core.extraction.times import find_times
from newsdash.core.extraction.training.articles import annotated, held_records, is_held
from newsdash.core.language import load
from newsdash.core.records import Span, When
from spacy.tokens import Doc

_LEAST = 12  # events in which a feature must occur
_SMALL = 60.0  # weight of the sum of squares: no feature decides alone
_STEPS = 60
_NEAR = 0.5
_HEADER = """# Which of the dates that a text offers is an event's: feature <tab> weight of a softmax over its options.
# Features are named in events/choice.py. Learned by core/extraction/training/dates.py; not to be changed by hand.
"""


@dataclass(frozen=True)
class Example:
    """The options of an event: what is known of each, which are right, which the rules gave; how often it counts."""

    told: tuple[frozenset[str], ...]
    right: tuple[bool, ...]
    rule: int
    weight: int


def examples(doc: Doc, record: dict[str, Any], weight: int) -> Iterator[Example]:
    """The listed events of an article that are annotated."""
    published = record["published"]
    if published is None:
        return
    entities, times = find_entities(doc), find_times(doc, published)
    layout = read_layout(doc.text, times)
    candidates = tuple(find_candidates(doc, layout))
    quotes = find_quotes(doc, entities)
    story = date_candidates(doc, candidates, times, published, layout, index_mentions(entities), quotes)
    listed = keep_listed(chosen_candidates(doc, candidates, story, layout), story, layout)
    crowd = Counter(c.sentence for c in listed)
    places = [(span, item) for item in record["timeline"] for span in _places(doc.text, item["evidence"])]
    for c, options in weighed(listed, story):
        words = c.sentence if crowd[c.sentence] == 1 else c.span
        near = [(span, item) for span, item in places if _is_near(span, words)]
        about = [(end - start, n) for n, ((start, end), _) in enumerate(near) if start <= c.token.idx < end]
        if not about:
            continue
        item = near[min(about)[1]][1]  # the shortest evidence around the word that names the event
        keys = [key_of(o.when) for o in options]
        right = tuple(agrees(item, o.when) for o in options)
        yield Example(tuple(frozenset(o.told) for o in options), right, keys.index(key_of(date_of(c, story))), weight)


def agrees(item: dict[str, Any], when: When) -> bool:
    """Whether a date is the annotated one: its first and last day in the annotated unit. An annotated date without an
    end is its unit, or open when the thing goes on.
    """
    start, end = (None, None) if when.certainty == "unresolved" else (when.start, when.end)
    if not item["start"] and not item["end"]:
        return start is None
    if start is None and end is None:
        return False
    last = item["end"] or (item["start"] if item["status"] != "ongoing" else None)
    pairs = ((item["start"], first_day(start or end or ""), first_day), (last, last_day(end or start or ""), last_day))
    for told, day, bound in pairs:
        if told and (day is None or _unit(day.isoformat(), told, item) != _unit(str(bound(told)), told, item)):
            return False
    return True


def _unit(day: str, told: str, item: dict[str, Any]) -> str:
    """The unit of the annotation in which a day lies; a week is told by its year and number."""
    unit = item.get("granularity")
    if unit == "week":
        at = first_day(day)
        return f"{at:%G-%V}" if at is not None else day
    if unit == "decade":
        return day[:3]
    return day[: {"year": 4, "month": 7}.get(unit or "", len(told))]


def _places(text: str, words: str) -> list[Span]:
    return [(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]


def _is_near(a: Span, b: Span) -> bool:
    """At least half of the shorter one is shared."""
    return min(a[1], b[1]) - max(a[0], b[0]) >= _NEAR * min(a[1] - a[0], b[1] - b[0])


class Table:
    """Examples as one sparse table: the rows are options, one example after the other."""

    def __init__(self, data: Sequence[Example], column: dict[str, int]) -> None:
        """With these columns for features."""
        cells = [
            (row, column[name])
            for row, told in enumerate(told for e in data for told in e.told)
            for name in sorted(told)
            if name in column
        ]
        rows, columns = zip(*cells, strict=True)
        size = sum(len(e.told) for e in data), len(column)
        at = torch.tensor([rows, columns])
        self.cells = torch.sparse_coo_tensor(at, torch.ones(len(cells)), size, check_invariants=True).coalesce()
        self.of = torch.tensor([n for n, e in enumerate(data) for _ in e.told])
        self.right = torch.tensor([good for e in data for good in e.right])
        self.weight = torch.tensor([float(e.weight) for e in data])

    def loss(self, weights: torch.Tensor) -> torch.Tensor:
        """Minus the logarithm of the probability of the right options."""
        scores = torch.sparse.mm(self.cells, weights[:, None])[:, 0]
        every, good = (self._sums(torch.where(kept, scores.exp(), 0.0)) for kept in (self.right | True, self.right))
        return (self.weight * (every.log() - good.log())).sum()

    def _sums(self, x: torch.Tensor) -> torch.Tensor:
        return torch.zeros(len(self.weight)).index_add(0, self.of, x)


def fit(data: Sequence[Example]) -> dict[str, float]:
    """The weights of a softmax over the options; examples without a right option teach nothing."""
    kept = [e for e in data if any(e.right)]
    count = Counter(name for e in kept for name in {name for told in e.told for name in told})
    column = {name: k for k, name in enumerate(sorted(name for name, n in count.items() if n >= _LEAST))}
    table = Table(kept, column)
    weights = torch.zeros(len(column), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimiser.zero_grad()
        loss = table.loss(weights) + _SMALL * weights.square().sum() / 2
        loss.backward()
        return loss

    optimiser.step(step)
    return dict(zip(column, weights.tolist(), strict=True))


def share_right(data: Sequence[Example], weights: dict[str, float]) -> tuple[float, float]:
    """Per cent of the examples whose likeliest option is right, and whose rules are."""
    good = sum(e.right[best(e, weights)] for e in data)
    return 100 * good / len(data), 100 * sum(e.right[e.rule] for e in data) / len(data)


def best(e: Example, weights: dict[str, float]) -> int:
    """The number of the likeliest option, as ``events/choice`` has it."""
    scores = [sum(weights.get(n, 0.0) for n in told) for told in e.told]
    return scores.index(max(scores))


def read(records: Sequence[dict[str, Any]], weight: int) -> list[Example]:
    """The examples of these articles."""
    found: list[Example] = []
    for doc, record in load().pipe([(r["text"], r) for r in records], as_tuples=True, batch_size=64):
        found.extend(examples(doc, record, weight))
    return found


def main() -> None:
    """Read the articles, learn, measure, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", help="FOLDER or FOLDER*4")
    given = parser.parse_args()
    data: list[Example] = []
    for named in given.folders:
        folder, _, weight = named.partition("*")
        kept = [r for r in annotated(Path(folder)) if "timeline" in r and (weight or not is_held(r["id"]))]
        data.extend(read(kept, int(weight or 1)))
    weights = fit(data)
    held = read([r for r in held_records() if "timeline" in r], 1)
    right, by_rule = share_right(held, weights)
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in weights.items() if abs(weight) >= 0.01]
    (DATA / "event_dates.tsv").write_text(_HEADER + "".join(lines), "utf-8")
    print(f"{len(data)} events; of {len(held)} held back {right:.1f} % are right, {by_rule:.1f} % by the rules alone")


if __name__ == "__main__":
    main()
