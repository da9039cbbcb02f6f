"""The day of the news: the day under which an article files what it does not date."""

from __future__ import annotations

from collections.abc import Sequence

from newsdash.core.extraction.events.calendar import is_clock, is_one_day, shift
from newsdash.core.extraction.events.candidates import Candidate, noun_kind
from newsdash.core.extraction.events.status import is_perfect
from newsdash.core.extraction.syntax import base_dep
from newsdash.core.records import Span, TimeExpression, When
from spacy.tokens import Doc

_PRESENTATIONS = frozenset(
    {
        "announce",
        "unveil",
        "reveal",
        "introduce",
        "launch",
        "release",
        "present",
        "show",
        "showcase",
        "debut",
        "demonstrate",
    }
)
_NO_NEWS = frozenset({"say", "mind", "weak", "state", "copula"})
_TOPICS = frozenset({"about", "against", "before", "of", "over"})
_NEWS_DAYS = 7  # a day that lies further back than this is no news of the day


def opening(candidates: Sequence[Candidate], lead: Span) -> Candidate | None:
    """The first main predicate of the lead."""
    return next((c for c in candidates if c.role == "main" and lead[0] <= c.token.idx < lead[1]), None)


def is_occasion(first: Candidate) -> bool:
    """The news is itself an occasion to speak: something was announced or presented.

    What is said in such an article was said there; elsewhere the statements are comments on the news.
    """
    if first.token.lemma_.lower() in _PRESENTATIONS:
        return True
    return any(noun_kind(child) == "speech" for child in first.token.children)


def day_of_the_lead(
    first_main: Candidate | None,
    own: dict[int, When],
    times: Sequence[TimeExpression],
    published: str | None,
    lead: Span,
) -> When | None:
    """The day of the news: the only recent day named in the lead, or the day of the paper for a lead that tells a deed
    in the simple past.

    A lead in the present perfect ("has returned to the table") tells of a state of things, not of a day.
    """
    if published is None:
        return None
    start, end = lead
    earliest = shift(published, -_NEWS_DAYS) or published
    days: dict[str, TimeExpression] = {}
    for time in times:
        if not start <= time.start < end or time.interval is None or time.type in ("DURATION", "SET"):
            continue
        if is_clock(time) or time.value.endswith("_REF"):
            continue
        if first_main is not None and _is_of_a_topic(first_main.token.doc, time):
            continue
        first, last = time.interval
        if last < earliest or first > published or not (first == last or _is_week(time)):
            continue  # long ago, to come, or too long to be the day of the news
        if first != last and not time.value.endswith("-WE"):
            return None
        days[first] = time
    told = own.get(first_main.token.i) if first_main else None
    if told is not None and told.start == published and _is_plain_present(first_main):
        days.pop(published, None)  # "faces a test on Tuesday": a day to come, on which nothing has been done
    if len(days) > 1 and is_one_day(told) and told and told.start in days:
        days = {told.start: days[told.start]}
    if len(days) == 1:
        day, time = next(iter(days.items()))
        until = time.interval[1] if time.interval else day
        return When(start=day, end=until, granularity="day", certainty="approximate" if until == day else "range",
                    reason=f"the day the lead speaks of (“{time.text}”: {time.reason})")  # fmt: skip
    if days or first_main is None or told or not _tells_a_deed(first_main):
        return None
    return When(start=published, end=published, granularity="day", certainty="approximate",
                reason=f"news of the day: the lead (“{first_main.token.text}”) names no day")  # fmt: skip


def _tells_a_deed(c: Candidate) -> bool:
    """ "Police arrested …": news of the day; "said", "learned", "had" may open a portrait or a comment."""
    return c.tense == "past" and not is_perfect(c.token) and c.kind not in _NO_NEWS


def _is_plain_present(c: Candidate | None) -> bool:
    """ "Faces", not "is visiting Oslo", "is a scene of chaos": on the day itself these tell the news."""
    return c is not None and c.token.tag_ in ("VBZ", "VBP")


def _is_of_a_topic(doc: Doc, time: TimeExpression) -> bool:
    """ "Has agreed to talks over Sunday's vote": the day of what the news is about, not that of the news."""
    day = doc.char_span(time.start, time.end, alignment_mode="expand")
    if day is None or day.root.dep_ != "nmod:poss" or base_dep(day.root.head) not in ("nmod", "obl"):
        return False
    cases = {c.lower_ for c in day.root.head.children if c.dep_ == "case"}
    return day.root.head.dep_ == "nmod" or bool(cases & _TOPICS)


def _is_week(time: TimeExpression) -> bool:
    return "-W" in time.value
