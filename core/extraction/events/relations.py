"""Events dated by other events: "hours after Trump ordered …", "The move comes less than a week after …"."""

from __future__ import annotations

from collections.abc import Iterator

from newsdash.core.extraction.events.calendar import UNIT_DAYS, count_of, is_one_day, moved, shift
from newsdash.core.extraction.events.candidates import Candidate, noun_kind
from newsdash.core.extraction.events.status import is_to_be
from newsdash.core.extraction.events.story import Story, as_of, inherit
from newsdash.core.records import Granularity, Relation, When
from spacy.tokens import Token

_MARKS: dict[str, Relation] = {
    "after": "after", "following": "after", "since": "after", "once": "after", "before": "before", "when": "same",
    "while": "during", "as": "during", "during": "during",
}  # fmt: skip
_SOON = frozenset({"hours", "hour", "minutes", "moments", "shortly", "immediately", "soon", "just", "seconds", "right"})
# how much of a date is known at a distance of so many units
_KNOWN: dict[str, tuple[int, Granularity]] = {
    "year": (4, "year"), "month": (7, "month"), "week": (10, "day"), "day": (10, "day"),
}  # fmt: skip
_NUMBER = 3  # words of the longest number looked for: "twenty-one"
_MOST = 1000
_HEDGES = frozenset({"less", "within", "under", "barely"})


def relate(c: Candidate, by_token: dict[int, Candidate], previous: list[Candidate], story: Story) -> None:
    """Note the relation of a candidate to another event of its sentence, and what it says about both dates.

    A verb that only places ("the move comes after …") stands for the event of the sentence before.
    """
    for child in _clauses(c.token):
        found = _relation(child, by_token)
        if found is None:
            continue
        mark, relation = found
        places = c.kind == "place" and bool(previous) and c.token.i not in story.own
        source = next((p for p in previous if p.role == "main"), previous[0]).token if places else c.token
        if source.i == child.i:
            continue
        story.anchors.setdefault(source.i, (child.i, relation, _distance(mark)))
        mine = story.whens.get(source.i)
        if mine is None and not places and c.role == "main" and noun_kind(child) is None:
            mine = inherit(c, by_token, story)
        _date_by(source, mark, child, relation, story, reported=places, done=c.status == "happened")
        length = None if _is_hedged(mark) else _length(mark)
        if relation in ("before", "after") and length is not None:
            way = -1 if relation == "after" else 1
            _date_other(mine or _reported(places, story), (way * length[0], length[1]), child, source.text, story)
        if places:
            story.whens.setdefault(c.token.i, story.whens.get(source.i) or When())


def _clauses(verb: Token) -> Iterator[Token]:
    """What hangs on a predicate and on its infinitives: "used it to aid a raid hours after he had ordered …"."""
    todo = [verb]
    while todo:
        for child in todo.pop().children:
            yield child
            if child.dep_ == "xcomp" or (child.dep_ == "advcl" and is_to_be(child)):
                todo.append(child)


def _relation(child: Token, by_token: dict[int, Candidate]) -> tuple[Token, Relation] | None:
    """The word that relates, and how, for an event clause or an event noun."""
    clause = child.dep_ in ("advcl", "advcl:relcl") and child.i in by_token
    noun = child.dep_ in ("obl", "nmod") and noun_kind(child) is not None
    if not clause and not noun:
        return None
    for g in child.children:
        if g.dep_ in ("mark", "case", "advmod") and g.lower_ in _MARKS:
            return g, _MARKS[g.lower_]
    return None


def _date_by(
    source: Token, mark: Token, other: Token, relation: Relation, story: Story, *, reported: bool, done: bool
) -> None:
    whens = story.whens
    days = _distance(mark)
    mine, theirs = whens.get(source.i), whens.get(other.i) or story.nouns.get(other.i)
    open_mine = mine is None or mine.certainty == "unresolved"
    if mark.lower_ == "since" and mine is None and theirs is not None and theirs.start:
        whens[source.i] = When(
            start=theirs.start, end=story.published if done else None, granularity=theirs.granularity,
            certainty="range", reason=f"since “{other.text}”: {theirs.reason}",
        )  # fmt: skip
    elif reported and open_mine and days and _is_hedged(mark) and story.published:
        start = shift(story.published, -days if relation == "after" else 0)
        end = shift(story.published, 0 if relation == "after" else days)
        reason = f"“{other.text}” and “{source.text}” lie within {days} days, reported {story.published}"
        granularity: Granularity = "week" if days == 7 else "unknown"
        whens[source.i] = When(start=start, end=end, granularity=granularity, certainty="range", reason=reason)
        if theirs is None or theirs.certainty == "unresolved":
            whens[other.i] = whens[source.i]
    elif reported and relation == "after" and source.i not in story.own and _is_told(theirs, story):
        reason = f"after “{other.text}” ({theirs.reason if theirs else ''}), reported {story.published}"
        start = theirs.start if theirs else None
        whens[source.i] = When(start=start, end=story.published, granularity="day", certainty="range", reason=reason)
    elif mine is None and theirs is not None and theirs.certainty != "unresolved":
        if relation in ("same", "during") or days == 0:
            whens[source.i] = as_of(theirs, f"{mark.text} “{other.text}”")
        elif days and is_one_day(theirs) and theirs.start:
            day = shift(theirs.start, days if relation == "after" else -days)
            reason = f"{days} days {relation} “{other.text}” ({theirs.reason})"
            whens[source.i] = When(start=day, end=day, granularity="day", certainty="approximate", reason=reason)
    elif mine is not None and theirs is None and (relation == "same" or days == 0):
        whens[other.i] = as_of(mine, f"“{source.text}” {mark.text} “{other.text}”")


def _date_other(mine: When | None, away: tuple[int, str], other: Token, name: str, story: Story) -> None:
    """The event "two months after" which something was done has its date from there, where it has none of its own."""
    dates = story.whens if noun_kind(other) is None else story.nouns
    if other.i not in dates:
        when = _at_a_distance(mine, *away, name)
        if when.start or dates is story.whens:
            dates[other.i] = when


def _reported(places: bool, story: Story) -> When | None:
    """ "It also comes eleven months after …": counted from the report."""
    day = story.published if places else None
    return When(start=day, end=day, certainty="approximate", reason=f"reported {day}") if day else None


def _is_hedged(mark: Token) -> bool:
    """ "Less than a week after": within it."""
    return any(t.lower_ in _HEDGES for t in mark.doc[max(mark.sent.start, mark.i - _NUMBER - 2) : mark.i])


def _is_told(when: When | None, story: Story) -> bool:
    """A known day up to the report."""
    known = when is not None and is_one_day(when) and when.certainty != "unresolved"
    return bool(known and when and when.start and story.published and when.start <= story.published)


def _at_a_distance(when: When | None, count: int, unit: str, name: str) -> When:
    """ "Returned on Friday, two months after he was fired": the month two months back; 1973, a year after: 1972."""
    reason = f"{abs(count)} {unit}{'' if abs(count) == 1 else 's'} {'before' if count < 0 else 'after'} “{name}”"
    digits, granularity = _KNOWN[unit]
    start, end = (when.start or "", when.end or "") if when is not None and when.certainty != "unresolved" else ("", "")
    if len(start) < digits or start[:digits] != end[:digits] or when is None:
        return When(reason=reason)
    day = moved(start[:digits], count, unit)
    reason = f"{reason}: {when.reason}"
    return When(start=day, end=day, granularity=granularity, certainty="approximate", reason=reason)


def _distance(mark: Token) -> int | None:
    """Days between two events from the words before "after" or "before": "hours" 0, "less than a week" 7."""
    if mark.i > mark.sent.start and mark.nbor(-1).lower_ in _SOON:
        return 0
    length = _length(mark)
    return length[0] * UNIT_DAYS[length[1]] if length else None


def _length(mark: Token) -> tuple[int, str] | None:
    """ "Eleven days after", "a year before": how many of which unit."""
    words = [t.lower_ for t in mark.doc[max(mark.sent.start, mark.i - _NUMBER - 1) : mark.i]]
    unit = words[-1].removesuffix("s") if words else ""
    if unit not in UNIT_DAYS:
        return None
    counts = (count_of(words[k:-1]) for k in range(len(words) - 1))
    count = next((n for n in counts if n), 1 if len(words) == 1 else None)
    return (count, unit) if count and count < _MOST else None
