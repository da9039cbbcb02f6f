"""How events are ordered and drawn: by date, beside their anchor, on a scale with gaps."""

from __future__ import annotations

from datetime import date

from newsdash.core.records import Event, When
from newsdash.tui.panes.order import tell
from newsdash.tui.panes.scale import Scale, chart
from newsdash.tui.words import day, when_long, when_short


def event(name: str, start: str | None = None, end: str | None = None, **when: object) -> Event:
    certainty = "unresolved" if start is None else "exact"
    given = {"granularity": "day", "certainty": certainty, **when}
    return Event(
        id=name, start=0, end=1, text="x", what=name, actors=(), status="happened", trigger=(0, 1),
        when=When(start=start, end=end or start, **given),  # type: ignore[arg-type]
    )  # fmt: skip


def names(*events: Event) -> list[str]:
    return ["  " * told.depth + told.event.id for told in tell(events)]


def test_dated_events_by_day_undated_last():
    assert names(event("b", "2026-03-02"), event("none"), event("a", "2026-03-01")) == ["a", "b", "none"]


def test_a_dated_event_leaves_its_undated_anchor():
    dated = event("dated", "2026-03-01", relative_to="open", relation="during")
    assert names(event("open"), dated) == ["dated", "open"]


def test_days_under_which_an_undated_event_is_filed_are_no_date():
    filed = event("filed", "2026-02-01", certainty="unresolved")
    assert names(filed, event("dated", "2026-03-01")) == ["dated", "filed"]
    assert when_short(filed.when) == ""
    assert when_long(filed.when) == "date not known"


def test_the_surer_date_comes_first():
    vague = event("vague", "2026-03-01", "2026-03-07", certainty="range")
    assert names(vague, event("sure", "2026-03-01")) == ["sure", "vague"]


def test_a_relative_event_stands_beside_its_anchor():
    after = event("after", relative_to="a", relation="after")
    before = event("before", relative_to="a", relation="before")
    assert names(after, before, event("a", "2026-03-01"), event("b", "2026-03-02")) == ["  before", "a", "  after", "b"]


def test_events_that_hang_on_each_other_are_all_told():
    assert sorted(names(event("a", relative_to="b"), event("b", relative_to="a"))) == ["a", "b"]


def test_a_long_chain_is_no_trouble():
    chain = [event("0", "2026-01-01"), *(event(str(n), relative_to=str(n - 1)) for n in range(1, 400))]
    assert len(tell(chain)) == 400


def test_scale_keeps_order_and_ends():
    spans = [(date(2025, 7, 1), date(2025, 7, 31)), (date(2026, 3, 1), date(2026, 3, 5))]
    scale = Scale(spans, 40)
    assert scale.cell(date(2025, 7, 1)) == 0
    assert scale.cell(date(2026, 3, 5)) == 39
    assert scale.cell(date(2025, 7, 31)) < scale.cell(date(2026, 3, 1))
    assert scale.gaps()


def test_chart_draws_days_intervals_and_gaps():
    spans = [(date(2025, 7, 1), date(2025, 7, 31)), (date(2026, 3, 5), date(2026, 3, 5))]
    line, labels = chart(spans, 30)
    words = "".join(sign for sign, _ in line)
    assert len(words) == 30
    assert "─" in words
    assert "┄" in words
    assert "█" in words
    assert labels[0][0].startswith("1 Jul 2025")


def test_dates_in_words():
    assert day("2026-03-05") == "5 Mar 2026"
    assert day("2025-07") == "Jul 2025"
    assert when_short(event("x", "2026-02-27").when) == "Fri 27 Feb"
    assert when_short(event("x", "2026-02-23", "2026-03-01", granularity="week").when) == "23 Feb–1 Mar"
    assert when_short(event("x", "2026-01", granularity="month").when) == "Jan"
    assert when_long(event("x").when) == "date not known"


def test_quiet_weeks_are_a_gap_however_wide_the_chart_is():
    spans = [(date(2026, 1, 5), date(2026, 1, 5)), (date(2026, 3, 2), date(2026, 3, 4)), (date(2026, 3, 6),) * 2]
    for width in (20, 200):
        line = "".join(text for text, _ in chart(spans, width)[0])
        assert "┄" in line
    assert "┄" not in line.partition("─")[2], "the day between is none"
