"""What is to be done by a date: "ordered the firm to pay within 30 days", "gave them until Sunday to leave"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
from newsdash.core.extraction.events.calendar import shift
from newsdash.core.extraction.events.candidates import Candidate, infinitive_candidate
from newsdash.core.extraction.events.layout import Layout
from newsdash.core.extraction.events.status import is_intended, is_to_be
from newsdash.core.records import Status, TimeExpression
from spacy.tokens import Doc, Token

_LENGTH = re.compile(r"P(?:T(?=\d{1,3}H))?(?P<count>\d{1,3})(?P<unit>[HDWMY])")
_HOURS = {"H": 1, "D": 24, "W": 168, "M": 730, "Y": 8766}
_WORKING = re.compile(r"(?i)\b(?:working|business)\b")
_GIVERS = frozenset({"give", "have", "grant", "allow"})
_UNSURE = frozenset({"threaten", "propose"})
_CLIMB = 6  # words from a date up to what is to be done by it
_TASKS = frozenset({"xcomp", "advcl"})
_NOT_DONE = frozenset({"have", "decline", "fail", "refuse"})  # "had to", "failed to"


def last_day_of_term(doc: Doc, time: TimeExpression, published: str | None) -> TimeExpression:
    """ "Within a week", "has 30 days to sign it": the last day of the term, counted from the report.

    A term of hours keeps all its days: "within 48 hours" may well be today.
    """
    length = _LENGTH.fullmatch(time.value)
    if length is None or published is None or time.interval:
        return time
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None or not (_is_within(doc, span.start) or handed_to(span.root, span.end) is not None):
        return time
    hours = int(length["count"]) * _HOURS[length["unit"]] * (7 / 5 if _WORKING.search(time.text) else 1)
    end = shift(published, -int(-hours // 24))
    if end is None:
        return time
    start, certainty = (published, "range") if length["unit"] == "H" else (end, "approximate")
    reason = f"within {time.text} of the report of {published}"
    return msgspec.structs.replace(
        time, type="DATE", value=end, interval=(start, end), certainty=certainty, reason=reason
    )


def _is_within(doc: Doc, first: int) -> bool:
    return first > 0 and doc[first - 1].lower_ == "within"


def handed_to(time: Token, end: int) -> Token | None:
    """What a term is given for: "study" in "gave the board 90 days to study it", "has until Friday to study it"."""
    giver = time.head
    had = giver.lemma_ == "have" and giver.tag_ == "VBD"  # "had 30 days to appeal": over
    if giver.lemma_ not in _GIVERS or had or time.i < giver.i:
        return None
    ahead = (c for c in (*time.children, *giver.children) if c.i >= end and c.dep_ in _TASKS | {"acl"})
    return next((c for c in ahead if is_to_be(c)), None)


def find_tasks(
    doc: Doc, candidates: Sequence[Candidate], times: Sequence[TimeExpression], published: str | None, layout: Layout
) -> Iterator[Candidate]:
    """Infinitives with a day to come of their own, below a verb that tells what was done: plans on their own."""
    by_token = {c.token.i: c for c in candidates}
    found: set[int] = set()
    for time in times:
        time = last_day_of_term(doc, time, published)
        if published is None or time.interval is None or time.interval[1] <= published or time.value.endswith("_REF"):
            continue
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        handed = handed_to(span.root, span.end)
        task = handed or _task_above(span.root, by_token)
        if task is None or task.i in by_token or task.i in found:
            continue
        above = next((by_token[a.i] for a in task.ancestors if a.i in by_token), None)
        if above is None or not (_sets(above) or (handed is not None and above.status == "happened")):
            continue
        found.add(task.i)
        status: Status = "possible" if above.token.lemma_ in _UNSURE else "planned"
        yield replace(infinitive_candidate(task, above.sentence_number, layout), status=status)


def _task_above(time: Token, by_token: dict[int, Candidate]) -> Token | None:
    at = time
    for _ in range(_CLIMB):
        if at.i in by_token or at.head.i == at.i:
            return None
        at = at.head
        if at.dep_ in _TASKS and is_to_be(at):
            return at
    return None


def _sets(above: Candidate) -> bool:
    """The predicate says that somebody ordered, promised or allowed it, not that he wishes or expects it."""
    fits = above.kind != "mind" and above.token.lemma_ not in _NOT_DONE
    return above.status == "happened" and fits and not is_intended(above.token)
