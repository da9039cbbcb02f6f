"""Which of the dates that a text offers is the date of a listed event, or none of them.

The rules (``dating``) give each event one date or none. Beside theirs stand the dates of the expressions near the
event, the day of the news and that of the report. Each is told by plain features, and so is having no date; the
weights of a softmax over them are in ``data/event_dates.tsv``, learned on annotated articles (``training/dates.py``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsdash.core.extraction.events.attachment import Placed
from newsdash.core.extraction.events.calendar import first_day, is_one_day, last_day
from newsdash.core.extraction.events.candidates import Candidate
from newsdash.core.extraction.events.story import UNDATED, Story, as_of
from newsdash.core.extraction.events.worth import way
from newsdash.core.extraction.lexicon import mapping
from newsdash.core.records import When
from spacy.tokens import Token

_INSIDE, _BEFORE = 4, 4  # expressions in the sentence of the event, and dates told before it, that are weighed
_LOOKED_AT = 20  # expressions before the sentence among which these dates are
_FAR = 9  # steps in the tree from which on all are the same
_FIFTHS = 5
_AGES = ((1, "day"), (7, "week"), (31, "month"), (365, "year"))

Key = tuple[str | None, str | None] | None  # first and last day of a date, None for no date


@dataclass(frozen=True)
class Option:
    """A date that an event may have, and what is known of it, as names of features that hold."""

    when: When
    told: set[str]


def key_of(when: When) -> Key:
    """What makes two dates the same."""
    return None if when.certainty == "unresolved" else (when.start, when.end)


def choose_dates(chosen: Sequence[Candidate], story: Story) -> None:
    """Give each of the listed candidates (in text order) the likeliest of its dates, but leave what the text itself
    dates exactly. Without a day of the report nothing is weighed: all that was learned from had one.
    """
    if story.published is None:
        return
    weights = _weights()
    for c, options in list(weighed(chosen, story)):
        scores = [sum(weights.get(n, 0.0) for n in o.told) for o in options]
        best = options[scores.index(max(scores))].when
        if key_of(best) != key_of(date_of(c, story)):
            (story.nouns if c.kind == "noun" else story.whens)[c.token.i] = best


@cache
def _weights() -> dict[str, float]:
    return {name: float(cells[0]) for name, cells in mapping("event_dates").items()}


def date_of(c: Candidate, story: Story) -> When:
    """What the rules say."""
    return story.nouns[c.token.i] if c.kind == "noun" else story.whens.get(c.token.i, When())


def weighed(chosen: Sequence[Candidate], story: Story) -> Iterator[tuple[Candidate, list[Option]]]:
    """The candidates whose date is not exact, with their options; the first is to have no date."""
    rules = [date_of(c, story) for c in chosen]
    keys = [key_of(rule) for rule in rules]
    shares = {key: n / len(keys) for key, n in Counter(keys).items()}
    sentences = [p.sentence for p in story.placed]
    for k, c in enumerate(chosen):
        if rules[k].certainty != "exact":
            beside = [keys[n] if 0 <= n < len(keys) else () for n in (k - 1, k + 1)]
            first, last = (look(sentences, c.sentence_number) for look in (bisect_left, bisect_right))
            near = story.placed[first:last], story.placed[max(0, first - _LOOKED_AT) : first]
            yield c, _options(c, story, near, shares, beside)


def _options(
    c: Candidate,
    story: Story,
    near: tuple[Sequence[Placed], Sequence[Placed]],
    shares: dict[Key, float],
    beside: Sequence[Key | tuple[()]],
) -> list[Option]:
    rule = date_of(c, story)
    found: dict[Key, Option] = {}

    def offer(when: When, names: Iterator[str]) -> None:
        if when is not rule and c.status in ("planned", "possible", "ongoing") and _is_over(when, story):
            return  # what is to come, or goes on, has not been
        found.setdefault(key_of(when), Option(when, set())).told.update(names)

    by = f"by={way(rule)}"
    if rule.certainty != "unresolved":
        offer(rule, _by_rule(c, rule, by))
    inside = sorted(near[0], key=lambda p: abs(p.span.start - c.token.i))
    for rank, p in enumerate(inside[:_INSIDE]):
        offer(p.when, _inside(c, p, f"in rank={min(rank, 2)} of={min(len(inside), 3)}", story))
    before: set[Key] = set()
    for p in reversed(near[1]):
        if len(before) < _BEFORE and key_of(p.when) not in before:
            before.add(key_of(p.when))
            offer(p.when, _before(c, p, f"ago rank={len(before)} inside={min(len(inside), 2)}", story))
    day = story.published
    for name, when in (
        ("main", story.main),
        ("report", When(start=day, end=day, granularity="day", certainty="exact")),
    ):
        if when is not None:
            offer(when, (f"{name}{more}" for more in ("", f" status={c.status} kind={c.kind}", _clause(c), f" {by}")))
    options = [Option(When(reason=UNDATED), _none(c, by, len(inside), shares, beside))]
    for key, option in found.items():
        option.told.update(_of_any(c, option, shares, beside, key == key_of(rule), story))
        options.append(Option(_as_told(option.when, rule, story), option.told))
    return options


def _is_over(when: When, story: Story) -> bool:
    last = last_day(when.end or "")
    report = first_day(story.published or "")
    return last is not None and report is not None and last < report


def _as_told(when: When, rule: When, story: Story) -> When:
    """A date that no rule gave: never exact, and said to be near only."""
    for known in (rule, story.main or rule):
        if key_of(when) == key_of(known):
            return known
    return as_of(when, "told nearby" if when.reason else f"news of the report of {when.start}")


def _clause(c: Candidate) -> str:
    return f" role={c.role} tense={c.tense}"


def _by_rule(c: Candidate, rule: When, by: str) -> Iterator[str]:
    yield from ("rule", f"rule {by}")
    yield from (f"rule {by} certainty={rule.certainty}", f"rule {by} role={c.role}", f"rule {by} tense={c.tense}")


def _inside(c: Candidate, p: Placed, rank: str, story: Story) -> Iterator[str]:
    """Of an expression in the sentence of the event."""
    side = "after" if p.span.start > c.token.i else "before"
    yield from ("in", rank, f"in dep={p.span.root.dep_}")
    yield from (f"in {side} {_path(c.token, p.span.root)}", f"in {side} role={c.role}")
    yield f"in status={c.status} {_far(p.when, story)}"


def _before(c: Candidate, p: Placed, rank: str, story: Story) -> Iterator[str]:
    """Of a date told before the sentence of the event."""
    yield from ("ago", rank, f"ago sentences={min(c.sentence_number - p.sentence, 4)}")
    yield f"ago paragraphs={min(c.line.number - p.line.number, 3)} line={p.line.kind}"
    yield f"ago status={c.status} {_far(p.when, story)}"


def _of_any(
    c: Candidate, option: Option, shares: dict[Key, float], beside: Sequence[Key | tuple[()]], ruled: bool, story: Story
) -> Iterator[str]:
    """Of any date: how many of the events have it by rule, whether those beside this one do, and how far back it is."""
    key = key_of(option.when)
    share = f"share={_fifth(shares.get(key, 0.0))}"
    yield from (share, f"{share} ruled={ruled}", f"ruled={ruled}")
    if "main" in option.told:
        yield f"main {share} ruled={ruled}"
    yield from (f"before={beside[0] == key} after={beside[1] == key}", f"before={beside[0] == key} {c.status}")
    far = _far(option.when, story)
    yield from (f"{far} {c.status}", f"{far} tense={c.tense}")


def _none(c: Candidate, by: str, inside: int, shares: dict[Key, float], beside: Sequence[Key | tuple[()]]) -> set[str]:
    """Of having no date."""
    return {
        "none", f"none {by}", f"none {c.status}", f"none{_clause(c)}", f"none inside={min(inside, 2)}",
        f"none {c.status} inside={min(inside, 2)}", f"none before={beside[0] is None} after={beside[1] is None}",
        f"none share={_fifth(shares.get(None, 0.0))}",
    }  # fmt: skip


def _fifth(share: float) -> int:
    return min(int(share * _FIFTHS), _FIFTHS - 2)


def _far(when: When, story: Story) -> str:
    """How long before the report, or after."""
    report = first_day(story.published or "")
    if when.start is None or when.end is None:
        return "far=until" if when.start is None else "far=since"
    first, last = first_day(when.start), last_day(when.end)
    if report is None or first is None or last is None:
        return "far=unknown"
    if first > report:
        return "far=ahead"
    if last >= report:
        return "far=report" if is_one_day(when) else "far=around"
    days = (report - last).days
    return "far=" + next((name for limit, name in _AGES if days <= limit), "years")


def _path(a: Token, b: Token) -> str:
    """Steps in the tree from each of two words of a sentence up to the first that both hang on."""
    above = {a.i: 0}
    at, steps = a, 0
    while at.head.i != at.i and steps < _FAR:
        at, steps = at.head, steps + 1
        above.setdefault(at.i, steps)
    at, steps = b, 0
    while at.i not in above and at.head.i != at.i and steps < _FAR:
        at, steps = at.head, steps + 1
    return f"up={min(above.get(at.i, _FAR), 3)} down={min(steps, 4)}"
