"""Events dated by other events: "hours after Trump ordered …", "The move comes less than a week after …"."""

from __future__ import annotations

from collections.abc import Iterator

from newsdash.core.extraction.events.calendar import NUMBERS, is_one_day, shift
from newsdash.core.extraction.events.candidates import Candidate, noun_kind
from newsdash.core.extraction.events.status import is_to_be
from newsdash.core.extraction.events.story import Story, as_of
from newsdash.core.records import Granularity, Relation, When
from spacy.tokens import Token

_MARKS: dict[str, Relation] = {
    "after": "after", "following": "after", "since": "after", "once": "after", "before": "before", "when": "same",
    "while": "during", "as": "during", "during": "during",
}  # fmt: skip
_SOON = frozenset({"hours", "hour", "minutes", "moments", "shortly", "immediately", "soon", "just", "seconds", "right"})
# how much of a date is known at a distance of so many days
_KNOWN: tuple[tuple[int, tuple[int, Granularity]], ...] = (
    (365, (4, "year")), (30, (7, "month")), (0, (10, "day")),
)  # fmt: skip
_SIZES = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365, "years": 365}


def relate(c: Candidate, by_token: dict[int, Candidate], previous: list[Candidate], story: Story) -> None:
    """Note the relation of a candidate to another event of its sentence, and what it says about both dates.

    A verb that only places ("the move comes after …") stands for the event of the sentence before.
    """
    for child in _clauses(c.token):
        found = _relation(child, by_token)
        if found is None:
            continue
        mark, relation = found
        places = c.kind == "place" and bool(previous)
        source = next((p for p in previous if p.role == "main"), previous[0]).token if places else c.token
        if source.i == child.i:
            continue
        story.anchors.setdefault(source.i, (child.i, relation, _distance(mark)))
        _date_by(source, mark, child, relation, story, reported=places)
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


def _date_by(source: Token, mark: Token, other: Token, relation: Relation, story: Story, *, reported: bool) -> None:
    whens = story.whens
    days = _distance(mark)
    mine, theirs = whens.get(source.i), whens.get(other.i) or story.nouns.get(other.i)
    open_mine = mine is None or mine.certainty == "unresolved"
    if mark.lower_ == "since" and mine is None and theirs is not None and theirs.start:
        whens[source.i] = When(
            start=theirs.start, granularity=theirs.granularity, certainty="range",
            reason=f"since “{other.text}”: {theirs.reason}",
        )  # fmt: skip
    elif reported and open_mine and days and story.published:
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
    elif theirs is None and days and relation in ("before", "after"):
        whens[other.i] = _at_a_distance(mine, days if relation == "before" else -days, source.text)


def _is_told(when: When | None, story: Story) -> bool:
    """A known day up to the report."""
    known = when is not None and is_one_day(when) and when.certainty != "unresolved"
    return bool(known and when and when.start and story.published and when.start <= story.published)


def _at_a_distance(when: When | None, days: int, name: str) -> When:
    """ "Returned on Friday, two months after he was fired": the month two months back."""
    reason = f"{abs(days)} days {'before' if days < 0 else 'after'} “{name}”"
    day = shift(when.start, days) if when is not None and when.start and is_one_day(when) else None
    if day is None or when is None:
        return When(reason=reason)
    digits, unit = next(known for size, known in _KNOWN if abs(days) >= size)
    reason = f"{reason}: {when.reason}"
    return When(start=day[:digits], end=day[:digits], granularity=unit, certainty="approximate", reason=reason)


def _distance(mark: Token) -> int | None:
    """Days between two events from the words before "after" or "before": "hours" 0, "less than a week" 7."""
    words = [mark.doc[i].lower_ for i in range(max(mark.sent.start, mark.i - 2), mark.i)]
    if not words:
        return None
    if words[-1] in _SOON:
        return 0
    size = _SIZES.get(words[-1])
    count = words[0] if len(words) > 1 else "a"
    number = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else NUMBERS.get(count)
    return size * number if size and number else None
