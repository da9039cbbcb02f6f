"""When each candidate happened: its own expression, another event, the story so far, the day of the paper.

Every step says in words where a date comes from. What the text does not date stays ``unresolved``; such a ``When``
may still carry the day under which the article files it (the day of its lead or its publication) as a suggestion,
so that a timeline can put the row somewhere; it must be shown as undated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from newsdash.core.extraction.events.calendar import is_one_day, shift, when_of
from newsdash.core.extraction.events.candidates import Candidate, noun_kind
from newsdash.core.extraction.events.layout import Layout
from newsdash.core.extraction.events.status import is_perfect
from newsdash.core.extraction.syntax import SUBJECTS, predicate_of
from newsdash.core.records import Relation, Span, TimeExpression, When
from spacy.tokens import Doc, Token

_CLIMB = 20  # steps from a time expression up to its predicate; longer chains are broken parses
_PREPOSITIONS = frozenset({"since", "until", "till", "through", "by", "before", "after", "from", "for", "within"})
_FRAMES = frozenset({"in", "at", "on", "during", "with", "by", "after", "following", "amid"})
_MARKS: dict[str, Relation] = {
    "after": "after", "following": "after", "since": "after", "once": "after", "before": "before", "when": "same",
    "while": "during", "as": "during", "during": "during",
}  # fmt: skip
_INSIDE = frozenset({"compound", "amod", "nummod", "nmod:poss", "nmod:unmarked", "nmod:desc", "obl:tmod"})
_SOON = frozenset({"hours", "hour", "minutes", "moments", "shortly", "immediately", "soon", "just", "seconds", "right"})
_NEWS_DAYS = 7  # a day that lies further back than this is no news of the day


@dataclass
class Story:
    """What the reader knows at a place in the text: the day of the lead and the day told of last."""

    published: str | None
    main: When | None = None
    last: When | None = None
    last_line: int = -1
    last_speech: bool = False


@dataclass(frozen=True)
class Dating:
    """The dates of candidates by token index, and the event nouns that carry a date of their own."""

    whens: dict[int, When]
    anchors: dict[int, tuple[int, Relation]]
    nouns: dict[int, When]
    own: frozenset[int] = field(default_factory=frozenset)


def date_candidates(
    doc: Doc,
    candidates: Sequence[Candidate],
    times: Sequence[TimeExpression],
    published: str | None,
    layout: Layout,
) -> Dating:
    """Date all candidates of a document."""
    by_token = {c.token.i: c for c in candidates}
    own, nouns = _own_times(doc, by_token, times)
    story = Story(published, _day_of_the_lead(candidates, own, times, published, layout.lead))
    whens: dict[int, When] = {}
    anchors: dict[int, tuple[int, Relation]] = {}
    sentence: list[Candidate] = []
    previous: list[Candidate] = []
    for c in [*candidates, None]:
        if sentence and (c is None or c.sentence_number != sentence[0].sentence_number):
            _date_sentence(sentence, previous, own, nouns, whens, anchors, story)
            previous, sentence = sentence, []
        if c is not None:
            sentence.append(c)
    return Dating(whens, anchors, nouns, frozenset(own))


# ------------------------------------------------------------------ time expressions and their predicates
def _own_times(
    doc: Doc, by_token: dict[int, Candidate], times: Sequence[TimeExpression]
) -> tuple[dict[int, When], dict[int, When]]:
    own: dict[int, When] = {}
    nouns: dict[int, When] = {}
    for time in times:
        if time.interval is None or time.type in ("DURATION", "SET"):
            continue
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        head = span.root
        preposition = _preposition(doc, span.start, head)
        when = when_of(time, preposition)
        if when is None:
            continue
        at = head
        while at.dep_ in _INSIDE and at.head.i > at.i and at.head.i not in by_token:
            at = at.head  # "a Wednesday media event": up to the head of the noun phrase
        if at.i != head.i and not noun_kind(at):
            continue  # "the 2007 model": the year is the thing's, not the event's
        inner: Token | None = None
        for _ in range(_CLIMB):
            if noun_kind(at) and not span.start <= at.i < span.end and at.i not in by_token:
                _keep(nouns, at.i, when)
                if not _frames(at):
                    break
            if at.i in by_token and not span.start <= at.i < span.end:
                _keep(own, at.i, when)
                inner = at
                break
            if at.head.i == at.i:
                break
            at = at.head
        if inner is not None and inner.dep_ == "acl:relcl" and not _has_relative_word(inner):
            outer = predicate_of(inner)
            if outer is not None and outer.i in by_token and outer.i not in own:
                # "brought the clock he made to school on Monday": the tree cannot tell whose the date is
                own[outer.i] = _as_of(when, "at the end of the sentence")
                own.pop(inner.i, None)
    return own, nouns


def _has_relative_word(clause: Token) -> bool:
    return any(t.tag_ in ("WP", "WDT", "WRB") for t in clause.lefts)


def _keep(found: dict[int, When], at: int, when: When | None) -> None:
    """Of several dates of one predicate the finest one stays, of equals the first."""
    if when is None:
        return
    order = ("minute", "hour", "day", "week", "month", "quarter", "year", "decade", "unknown")
    if at not in found or order.index(when.granularity) < order.index(found[at].granularity):
        found[at] = when


def _preposition(doc: Doc, first: int, head: Token) -> str:
    before = doc[first - 1].lower_ if first else ""
    if doc[first].lower_ in _PREPOSITIONS:
        return str(doc[first].lower_)
    if before in _PREPOSITIONS:
        return str(before)
    for child in head.children:
        if child.dep_ == "case" and child.lower_ in _PREPOSITIONS:
            return str(child.lower_)
    return ""


def _frames(noun: Token) -> bool:
    """The event a noun names is the setting of its predicate: "in a Wednesday letter", "at Friday's talks"."""
    return noun.dep_ == "obl" and any(c.dep_ == "case" and c.lower_ in _FRAMES for c in noun.children)


# ------------------------------------------------------------------ the day of the lead
def _day_of_the_lead(
    candidates: Sequence[Candidate],
    own: dict[int, When],
    times: Sequence[TimeExpression],
    published: str | None,
    lead: Span,
) -> When | None:
    """The day of the news: the only recent day named in the lead, or the day of the paper for a lead in simple past.

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
        first, last = time.interval
        if last < earliest or first > published or not (first == last or _is_week(time)):
            continue  # long ago, to come, or too long to be the day of the news
        if first != last:
            return None
        days[first] = time
    first_main = next((c for c in candidates if c.role == "main" and start <= c.token.idx < end), None)
    told = own.get(first_main.token.i) if first_main else None
    if len(days) > 1 and is_one_day(told) and told and told.start in days:
        days = {told.start: days[told.start]}
    if len(days) == 1:
        day, time = next(iter(days.items()))
        return When(start=day, end=day, granularity="day", certainty="approximate",
                    reason=f"the day the lead speaks of (“{time.text}”: {time.reason})")  # fmt: skip
    if days or first_main is None or told or first_main.tense != "past" or is_perfect(first_main.token):
        return None
    return When(start=published, end=published, granularity="day", certainty="approximate",
                reason=f"news of the day: the lead (“{first_main.token.text}”) names no day")  # fmt: skip


def _is_week(time: TimeExpression) -> bool:
    return "-W" in time.value


# ------------------------------------------------------------------ one sentence
def _date_sentence(
    sentence: list[Candidate],
    previous: list[Candidate],
    own: dict[int, When],
    nouns: dict[int, When],
    whens: dict[int, When],
    anchors: dict[int, tuple[int, Relation]],
    story: Story,
) -> None:
    by_token = {c.token.i: c for c in sentence}
    for c in sentence:
        if c.token.i in own:
            whens[c.token.i] = own[c.token.i]
    for c in sentence:
        _relate(c, by_token, previous, nouns, whens, anchors, story)
    for c in sentence:
        if c.token.i not in whens:
            whens[c.token.i] = _inherit(c, by_token, whens, story)
    for c in sentence:
        if c.role == "main" and c.token.i in own and is_one_day(own[c.token.i]) and c.tense == "past":
            story.last, story.last_line = own[c.token.i], c.line.number
            story.last_speech = c.kind in ("say", "declare")


def _relate(
    c: Candidate,
    by_token: dict[int, Candidate],
    previous: list[Candidate],
    nouns: dict[int, When],
    whens: dict[int, When],
    anchors: dict[int, tuple[int, Relation]],
    story: Story,
) -> None:
    """Relations to another event in the sentence, and what they say about both dates."""
    for child in c.token.children:
        mark = next((g for g in child.children if g.dep_ in ("mark", "case", "advmod") and g.lower_ in _MARKS), None)
        if mark is None:
            continue
        relation = _MARKS[mark.lower_]
        if child.i in by_token and child.dep_ in ("advcl", "advcl:relcl"):
            other = child.i
        elif noun_kind(child) and child.dep_ in ("obl", "nmod"):
            other = child.i
            if other in nouns and c.token.i not in whens and relation in ("same", "during"):
                whens[c.token.i] = _as_of(nouns[other], f"during “{child.text}”")
        else:
            continue
        place = c.kind == "place" and bool(previous)
        source = previous[0] if place else c
        if source.token.i == other:
            continue
        anchors.setdefault(source.token.i, (other, relation))
        days = _distance(c, mark, child)
        mine, theirs = whens.get(source.token.i), whens.get(other) or nouns.get(other)
        if place and (mine is None or mine.certainty == "unresolved") and days and story.published:
            # "The move comes less than a week after X": X lies in the days before the report
            start = shift(story.published, -days if relation == "after" else 0)
            end = shift(story.published, 0 if relation == "after" else days)
            reach = When(start=start, end=end, granularity="week" if days <= 7 else "unknown", certainty="range",
                         reason=f"within {days} days of “{source.token.text}”, reported {story.published}")  # fmt: skip
            whens[source.token.i] = reach
            whens.setdefault(other, reach)
        elif mine is None and theirs is not None and theirs.certainty != "unresolved":
            if relation in ("same", "during") or days == 0:
                whens[source.token.i] = _as_of(theirs, f"{mark.text} “{child.text}”")
            elif days and is_one_day(theirs) and theirs.start:
                day = shift(theirs.start, days if relation == "after" else -days)
                reason = f"{days} days {relation} “{child.text}” ({theirs.reason})"
                whens[source.token.i] = When(
                    start=day, end=day, granularity="day", certainty="approximate", reason=reason
                )
        elif mine is not None and theirs is None and (relation == "same" or days == 0) and other in by_token:
            whens[other] = _as_of(mine, f"“{c.token.text}” {mark.text} “{child.text}”")
        if place:
            whens.setdefault(c.token.i, whens.get(source.token.i) or When())


def _distance(c: Candidate, mark: Token, child: Token) -> int | None:
    """Days between two events from the words before "after" or "before": "hours" 0, "less than a week" 7."""
    doc = c.token.doc
    words = [doc[i].lower_ for i in range(max(0, mark.i - 3), mark.i)]
    if words and words[-1] in _SOON:
        return 0
    sizes = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365, "years": 365}
    numbers = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
               "nine": 9, "ten": 10}  # fmt: skip
    if words and words[-1] in sizes:
        count = words[-2] if len(words) > 1 else "a"
        number = numbers.get(count, int(count) if count.isascii() and count.isdigit() and len(count) < 4 else None)
        return sizes[words[-1]] * number if number else None
    return None


def _as_of(when: When, reason: str) -> When:
    certainty = "approximate" if when.certainty == "exact" else when.certainty
    return msgspec.structs.replace(when, certainty=certainty, reason=f"{reason}: {when.reason}")


def _inherit(
    c: Candidate,
    by_token: dict[int, Candidate],
    whens: dict[int, When],
    story: Story,
) -> When:
    """The date of a candidate that has none of its own."""
    if c.status in ("planned", "possible"):
        return When(reason="no date in the text")
    had = any(a.lower_ == "had" and a.dep_ == "aux" for a in c.token.children)
    head = by_token.get(c.token.head.i)
    if c.token.dep_ == "conj" and head is not None and head.tense == c.tense:
        joined = whens.get(head.token.i)
        if joined is not None and joined.certainty != "unresolved" and (is_one_day(joined) or not _has_subject(c)):
            return _as_of(joined, f"told in one breath with “{head.token.text}”")
    if c.role in ("subordinate", "relative") and c.tense == "past" and not had:
        for above in c.token.ancestors:
            if above.i in by_token:
                outer = whens.get(above.i)
                if outer is not None and outer.start and outer.certainty != "unresolved":
                    return _as_of(outer, f"in the same sentence as “{above.text}”")
                break
    if c.tense == "past" and not had and not is_perfect(c.token) and c.kind != "state":
        speech = c.kind in ("say", "declare")
        if story.last is not None and story.last_line == c.line.number and speech == story.last_speech:
            return _as_of(story.last, "told on from the sentence before")
        if story.main is not None:
            return story.main
    return _filed(story, had=had)


def _has_subject(c: Candidate) -> bool:
    return any(child.dep_ in SUBJECTS for child in c.token.children)


def _filed(story: Story, *, had: bool) -> When:
    """No date: unresolved, with the day under which the article files it as a suggestion."""
    day = story.main.start if story.main else story.published
    if had or day is None:
        return When(reason="no date in the text")
    return When(start=day, end=day, granularity="day", certainty="unresolved",
                reason=f"no date in the text; filed under {day}, the day of the report")  # fmt: skip
