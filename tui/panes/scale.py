"""Days onto cells. Long quiet times are squeezed (by the logarithm of their length) and shown as gaps."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import log2

from newsdash.tui.signs import BLOCKS
from newsdash.tui.widgets.pieces import Piece
from newsdash.tui.words import day

Days = tuple[date, date]
_GAP = 14  # days without a date from which they are shown as a gap, however many cells they take


class Scale:
    """Which cell a day is drawn in."""

    def __init__(self, spans: Sequence[Days], width: int) -> None:
        self.width = max(1, width)
        self.points = sorted({d.toordinal() for span in spans for d in span})
        weights = [1.0 + log2(b - a) for a, b in zip(self.points, self.points[1:], strict=False)]
        total = sum(weights)
        self.places = [0.0]
        for weight in weights:
            self.places.append(self.places[-1] + weight / total * (self.width - 1))

    def cell(self, day: date) -> int:
        """The cell of a day, the nearest one for days outside."""
        ordinal = day.toordinal()
        if not self.points or ordinal <= self.points[0]:
            return 0
        if ordinal >= self.points[-1]:
            return round(self.places[-1])
        n = bisect_right(self.points, ordinal) - 1
        a, b = self.points[n], self.points[n + 1]
        part = (ordinal - a) / (b - a)
        return round(self.places[n] + part * (self.places[n + 1] - self.places[n]))

    def cells(self, span: Days) -> range:
        """The cells of an interval, at least one."""
        first = self.cell(span[0])
        return range(first, max(first, self.cell(span[1])) + 1)

    def gaps(self) -> set[int]:
        """The cells that stand for long times in which nothing is dated."""
        found: set[int] = set()
        for n, (a, b) in enumerate(zip(self.points, self.points[1:], strict=False)):
            inside = range(round(self.places[n]) + 1, round(self.places[n + 1]))
            if b - a >= _GAP:
                found |= set(inside)
        return found


def chart(spans: Sequence[Days], width: int, chosen: Days | None = None) -> list[list[Piece]]:
    """Two lines: how much is dated where (blocks for days, a line for longer intervals), and the dates below.

    The chosen interval is drawn heavy.
    """
    if not spans or width < 8:
        return [[], []]
    scale = Scale(spans, width)
    weight = [0.0] * width
    long = [False] * width
    for span, count in Counter(spans).items():
        covered = scale.cells(span)
        if (span[1] - span[0]).days <= 1:
            weight[covered[0]] += count
        else:
            for cell in covered:
                long[cell] = True
    top = max(weight)
    gaps = scale.gaps()
    mark = set(scale.cells(chosen)) if chosen else set()
    line: list[Piece] = []
    for cell in range(width):
        if weight[cell]:
            sign, style = BLOCKS[max(2, round(weight[cell] / top * 8))], "time"
        elif long[cell]:
            sign, style = "─", "range"
        elif cell in gaps:
            sign, style = "┄", "faint"
        else:
            sign, style = "·", "faint"
        if cell in mark:
            sign, style = (sign if weight[cell] else "━"), "accent chosen"
        line.append((sign, style))
    return [line, labels(scale, spans)]


def labels(scale: Scale, spans: Sequence[Days]) -> list[Piece]:
    """The dates under the chart: the first, the last and those between for which there is room."""
    points = [date.fromordinal(p) for p in scale.points]
    wide = (points[-1] - points[0]).days > 1200
    row = [" "] * scale.width
    taken: list[tuple[int, int]] = []
    said: set[str] = set()  # a year once, however many days in it are drawn

    def put(when: date, words: str, *, right: bool = False) -> bool:
        if words in said:
            return False
        place = scale.cell(when)
        start = max(0, min(place - (len(words) - 1 if right else 0), scale.width - len(words)))
        if any(start < end + 2 and begin < start + len(words) + 2 for begin, end in taken):
            return False
        row[start : start + len(words)] = words
        taken.append((start, start + len(words)))
        said.add(words)
        return True

    def name(when: date, year: bool) -> str:
        return str(when.year) if wide else day(when.isoformat(), year=year)

    first, last = points[0], points[-1]
    put(first, name(first, True))
    if last != first:
        put(last, name(last, last.year != first.year and len(name(last, True)) < scale.width // 3), right=True)
    for when in sorted({span[0] for span in spans} - {first}):
        put(when, name(when, False))
    return [("".join(row).rstrip(), "dim")]
