"""Which predicate or event noun a time expression dates, read from the tree above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from newsdash.core.extraction.events.calendar import (
    UNIT_DAYS,
    count_of,
    first_day,
    granularity_of,
    is_clock,
    is_one_day,
    last_day,
    moved,
    shift,
    when_of,
)
from newsdash.core.extraction.events.candidates import Candidate, noun_kind, verb_class
from newsdash.core.extraction.events.forward import is_set_for, lies_ahead, next_such
from newsdash.core.extraction.events.status import is_present_perfect, is_progressive
from newsdash.core.extraction.events.terms import handed_to, last_day_of_term
from newsdash.core.extraction.syntax import predicate_of, tense, text_of, told_before
from newsdash.core.records import Granularity, TimeExpression, When
from spacy.tokens import Doc, Span, Token

_CLIMB = 20  # steps from a time expression up to its predicate; longer chains are broken parses
_PREPOSITIONS = frozenset({"since", "until", "till", "through", "by", "before", "after", "from", "for", "within"})
_RELATING = frozenset({"since", "after", "before", "following", "until"})
_TOPICS = frozenset({"about", "against", "concerning", "like", "regarding", "than", "unlike"})
_FRAMES = frozenset({"in", "at", "on", "during", "with", "by", "after", "following", "amid"})
_INSIDE = frozenset({"compound", "amod", "nummod", "nmod:poss", "nmod:unmarked", "nmod:desc", "obl:tmod"})
_BOUNDED_AGO = re.compile(r"(?i)(?:less than|under|not) (?P<count>\w+) (?P<unit>day|week|month)s? ago|the past year")
_LENGTH = re.compile(r"P(?P<count>\d{1,3})(?P<unit>[DWMY])")
# how much of the first day of a length is known
_LASTING: dict[str, tuple[int, Granularity, str]] = {
    "D": (10, "day", "day"), "W": (10, "day", "week"), "M": (7, "month", "month"), "Y": (4, "year", "year"),
}  # fmt: skip
_UP_TO = frozenset({"to", "until", "till", "through"})
_AGAIN = re.compile(r"(?:,|and) (?:in|on)|,? ?and again(?: in| on)?")  # "in May and in July", "in May, and again in"
_FROM_FIGURE = re.compile(r"\bfrom [^,;]{0,12}\d")
_TO_FIGURE = re.compile(r" to (?:[a-z]+ ){0,3}[$£€]?\d[\d.,]*(?: [a-z%]+){0,3}? ?(?:in|by|on)? ?")
_FEW = {"PXD": 6, "PXW": 28}  # how far "the past few days", "the next few weeks" reach
_REACH = 80  # words between a date and its predicate; more is a broken parse
_COMPARISON = 16  # tokens before a date in which the word that makes it one of a comparison may stand
_FIGURES = frozenset({"$", "£", "€", "%", "percent", "cents", "cent", "pence", "points", "million", "billion", "up",
                      "down", "higher", "lower"})  # fmt: skip
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FRESH = 7  # days back to which a day is one of the news
_LONG_AGO = 365
_FRONT = 2  # tokens before a time expression that opens its sentence
_FINENESS = ("minute", "hour", "day", "week", "month", "quarter", "year", "decade", "unknown")


@dataclass(frozen=True)
class Attached:
    """Dates by token index: of predicates, of event nouns; the predicates whose date opens the sentence; and those
    that are told with a vague time ("recently"), with its words; those that are told with a term ("within 48 hours").
    """

    own: dict[int, When]
    nouns: dict[int, When]
    fronted: dict[int, tuple[int, int]]
    vague: dict[int, str]
    terms: frozenset[int]


def attach_times(
    doc: Doc, by_token: dict[int, Candidate], times: Sequence[TimeExpression], published: str | None
) -> Attached:
    """The dates of predicates and those of event nouns.

    Of several dates of one word the one nearest in the tree stays, of those the finest, of those the first.
    """
    own: dict[int, tuple[int, int, When]] = {}
    nouns: dict[int, tuple[int, int, When]] = {}
    fronted: dict[int, tuple[int, int]] = {}
    vague: dict[int, str] = {}
    terms: set[int] = set()
    for time in _ranges(doc, times, published):
        past = time.value == "PAST_REF" and time.interval is None
        if time.value == "PRESENT_REF" and time.interval:
            _attach_present(doc, time, by_token, own)
            continue
        if time.type == "DURATION" and time.interval is None:
            _attach_lasting(doc, time, by_token, own, published)
            taken = _taken_long(doc, time, by_token)
            vague.update({taken: time.text} if taken is not None else {})
        if not _names_a_day(time) and not _names_an_unknown_day(time) and not past:
            continue
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None or not len(span) or (_is_compared(span) and not _TO_FIGURE.search(time.text)):
            continue
        at = span.root
        if past:
            vague[at.head.i] = time.text
            continue
        if any(c.dep_ == "case" and c.lower_ in _TOPICS and c.i < span.start for c in at.children):
            continue  # "spoke about the Sept. 11 attacks"
        if at.dep_ == "nmod" and at.head.pos_ == "PROPN" and at.head.i + 2 == at.i and doc[at.i - 1].lower_ == "of":
            continue  # "the Ports Act of 1993": the year is part of the name
        first = _preposition(doc, span.start, at, time)
        when = when_of(time, first)
        if when is None:
            continue
        when = next_such(time, when, published) if is_set_for(first, time) else when
        setting = _right_before(span)
        if setting is not None:
            _keep(nouns, setting.i, when, 0)
            continue
        while at.dep_ in _INSIDE and at.head.i > at.i and at.head.i not in by_token:
            at = at.head  # "a Wednesday media event": up to the head of the noun phrase
        if _is_to_be(at, when, by_token, published):
            _keep(own, at.head.i, _about(when, at), 1)
        named = span.root.dep_ == "nmod:poss" and is_one_day(when)  # "Tuesday's arguments"
        if at.i != span.root.i and not noun_kind(at) and not named:
            continue  # "the 2007 model": the year is the thing's, not the event's
        if at.i != span.root.i and _lends_its_name(when, at, published):
            continue
        if span.root.dep_ == "nsubj" and verb_class(span.root.head) == "say":
            continue  # "said 7/7 survivor Jane Roe": days do not speak
        if at.i != span.root.i and at.i in by_token:  # "the last vote was before the 2014 protests"
            when = when_of(time, _preposition(doc, span.start, at, time)) or when
        task = handed_to(at, span.end)
        at = task if task is not None and task.i in by_token else at
        within = at.i != span.root.i  # "before next week's talks": the preposition is that of the talks
        framed = False
        fresh = _is_fresh(when, published)
        buried = 0  # nouns between; a day of the news, or "on" a day, dates the predicate all the same
        for step in range(_CLIMB):
            outside = not span.start <= at.i < span.end
            if outside and at.i in by_token:
                term = first == "within" or " of the report of " in time.reason
                if first == "within" and by_token[at.i].status not in ("planned", "possible"):
                    break  # "they came within two hours" tells no day
                terms.update({at.i} if term else ())
                when = next_such(time, when, published) if lies_ahead(by_token[at.i], first, time) else when
                _keep(own, at.i, when, step)
                if span.end <= at.i and span.start - at.sent.start <= _FRONT:
                    fronted[at.i] = span.start, span.end
                _share_with_outer(own, at, when, step, by_token)
                if at.dep_ != "acl" or not _frames(at.head) or _goes_with(at.head):
                    break  # "in a report published on Friday, the agency warned": the setting's date goes on up
            if outside and (noun_kind(at) or (named and not step)):
                plain = when_of(time, "") if within or first == "from" else when  # "the posts from Friday"
                if first != "since":  # "the biggest drop since 2019" was not then
                    _keep(nouns, at.i, plain or when, step)
                if at.head.i in by_token and at.head.i not in own and _may_be_the_predicates(at, span.start):
                    _keep(own, at.head.i, when, step + 1)
                if within and _is_told_by(at):  # "Friday's attack killed six", "a 2014 study found"
                    _keep(own, at.head.i, _about(when, at), step + 1)
                if not _frames(at):
                    break
                when, framed = _after(at, when), True
            if outside and at.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "since" for c in at.children):
                when = when_of(time, "since") or when  # "since taking over in May, she has closed two plants"
            if framed and at.dep_ == "advcl":
                break  # "began a rally to back him in this year's election"
            fresh = fresh or (is_one_day(when) and any(c.dep_ == "case" and c.lower_ == "on" for c in at.children))
            buried += outside and not fresh and at.pos_ in ("NOUN", "PROPN")
            if at.head.i == at.i or buried > 1:
                break  # "fell to within a point of its low of 6 August": the date of the low
            astray = None if step else told_before(at, at.head) or (_nearest(span, by_token) if _crosses(at) else None)
            at = astray or at.head
    return Attached(
        {i: found[2] for i, found in own.items()},
        {i: found[2] for i, found in nouns.items()},
        fronted,
        vague,
        frozenset(terms),
    )


def _right_before(span: Span) -> Token | None:
    """In "has shrunk since its collapse in 2009" the year is that of the collapse, wherever the tree hangs it."""
    if span.root.head.i >= span.end:
        return None  # "letters from 7/7 survivors"
    first = span.start - 1 if span.start and span.doc[span.start - 1].dep_ == "case" else span.start
    noun = span.doc[first - 1] if first > span.sent.start else None
    if noun is None or noun_kind(noun) is None:
        return None
    return noun if any(c.dep_ == "case" and c.lower_ in _RELATING for c in noun.children) else None


def _lends_its_name(when: When, noun: Token, published: str | None) -> bool:
    """ "The 9/11 bill": a day long past only names what was written or said because of it."""
    limit = shift(published, -_LONG_AGO) if published else None
    past = limit is not None and when.end is not None and when.end < limit
    return past and is_one_day(when) and noun_kind(noun) in ("document", "speech")


def _attach_present(
    doc: Doc, time: TimeExpression, by_token: dict[int, Candidate], own: dict[int, tuple[int, int, When]]
) -> None:
    """ "The site is currently closed": so it is on the day of the report."""
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    verb = by_token.get(span.root.head.i) if span is not None and len(span) else None
    if verb is not None and verb.token.dep_ == "conj" and verb.tense == "none":
        verb = by_token.get(verb.token.head.i)  # "is being searched and now cleared"
    when = when_of(msgspec.structs.replace(time, type="DATE", value=time.interval[0]), "") if time.interval else None
    if verb is None or verb.tense != "present" or verb.role != "main" or verb.kind in ("say", "mind"):
        return
    if when is not None and verb.status == "ongoing":
        _keep(own, verb.token.i, when, 0)


def _attach_lasting(
    doc: Doc,
    time: TimeExpression,
    by_token: dict[int, Candidate],
    own: dict[int, tuple[int, int, When]],
    published: str | None,
) -> None:
    """ "Has been waging a war for 15 years": since so long before the report."""
    length, span = _LENGTH.fullmatch(time.value), doc.char_span(time.start, time.end, alignment_mode="expand")
    if length is None or span is None or published is None or "for" not in (c.lower_ for c in span.root.children):
        return
    verb = next((by_token[a.i] for a in span.root.ancestors if a.i in by_token), None)
    if verb is None or not is_present_perfect(verb.token):
        return
    if is_progressive(verb.token) or verb.kind in ("copula", "state") or verb.status == "denied":
        digits, granularity, unit = _LASTING[length["unit"]]
        start = moved(published[:digits], -int(length["count"]), unit)
        reason = f"for “{time.text}”, counted back from {published}"
        _keep(own, verb.token.i, When(start=start, granularity=granularity, certainty="range", reason=reason), 0)


def _taken_long(doc: Doc, time: TimeExpression, by_token: dict[int, Candidate]) -> int | None:
    """ "Spent 30 years in the army", "worked there for two years": no deed of a day."""
    length, span = _LENGTH.fullmatch(time.value), doc.char_span(time.start, time.end, alignment_mode="expand")
    verb = by_token.get(span.root.head.i) if span is not None else None
    if length is None or verb is None or length["unit"] not in ("M", "Y") or verb.tense != "past":
        return None
    acts = verb.kind != "weak" or any(c.dep_ in ("obj", "aux:pass") for c in verb.token.children)
    return None if acts and verb.token.lemma_ != "spend" else verb.token.i


def _is_compared(span: Span) -> bool:
    """ "rose to $5 million from $4 million a year earlier": the date of the figure compared with, not of the rise."""
    doc, figure = span.doc, False
    for i in range(span.start - 1, max(span.sent.start, span.start - _COMPARISON) - 1, -1):
        word = doc[i].lower_
        if doc[i].tag_ in _FINITE:
            return False
        amount = any(doc[k].like_num or doc[k].is_currency for k in range(i + 1, min(i + 4, span.start)))
        if word == "to" and amount:
            return False  # "from 35 percent to 51 percent this year"
        if word in ("compared", "versus") or (word == "than" and i + 4 > span.start and not amount):
            return True
        figure = figure or word in _FIGURES
        if word == "from" and (amount or i + 2 >= span.start):
            return figure or any(doc[k].lower_ in _FIGURES for k in range(max(span.sent.start, i - 3), i))
    return False


def _crosses(token: Token) -> bool:
    """The arc up from a token crosses another one: English hardly has that, so the parse went astray."""
    low, high = sorted((token.i, token.head.i))
    if high - low > _REACH:
        return True
    return any(t.head.i == t.i or not low <= t.head.i <= high for t in token.doc[low + 1 : high])


def _nearest(span: Span, by_token: dict[int, Candidate]) -> Token | None:
    """The last predicate before a time expression in its sentence, else the first after it."""
    first, last = max(span.sent.start, span.start - _REACH), min(span.sent.end, span.end + _REACH)
    order = (*range(span.start - 1, first - 1, -1), *range(span.end, last))
    return next((span.doc[i] for i in order if i in by_token), None)


def _may_be_the_predicates(noun: Token, first: int) -> bool:
    """In "awarded a contract by the government in July" the tree cannot tell whether the date hangs too low."""
    argument = noun.dep_ in ("obj", "obl", "nsubj", "nsubj:pass", "obl:agent")
    return (
        argument and first > noun.i and verb_class(noun.head) in ("act", "light", "declare", "phase", "place", "cause")
    )


def _ranges(doc: Doc, times: Sequence[TimeExpression], published: str | None) -> list[TimeExpression]:
    """The time expressions, those of "from … to …" and "between … and …" as one, "the past few days" with its days."""
    text, found = text_of(doc), list[TimeExpression]()
    for time in times:
        last = found[-1] if found else None
        if last is not None and last.interval and time.interval and last.interval[0] <= time.interval[1]:
            before = text[max(0, last.start - 8) : last.start].lower().strip()
            link = text[last.end : time.start].lower().strip() if time.start - last.end < 20 else ""
            hours = is_clock(last) and is_clock(time)
            ranged = (before.endswith("from") and link in _UP_TO) or (before.endswith("between") and link == "and")
            adjoining = link == "and" and shift(last.interval[1], 1) == time.interval[0]  # "in May and June"
            ranged = ranged or _is_change(text, last, time) or adjoining or _is_repeated(last, time, link)
            if ranged and not hours:
                found[-1] = msgspec.structs.replace(
                    last,
                    end=time.end,
                    text=text[last.start : time.end],
                    interval=(last.interval[0], time.interval[1]),
                    certainty="range" if "unresolved" not in (last.certainty, time.certainty) else "unresolved",
                    reason=f"{last.reason} to {time.reason}",
                )
                continue
        time = last_day_of_term(doc, _within(time, published), published)
        found.append(_few(time, published))
    return found


def _few(time: TimeExpression, published: str | None) -> TimeExpression:
    """ "The past few days", "the next few weeks", "the coming days": so many at most before or after the report."""
    words = time.text.lower().split()
    way = -1 if {"past", "last"} & set(words) else 1 if {"next", "coming"} & set(words) else 0
    days = _FEW.get("PXD" if words[-2:] == ["coming", "days"] else time.value)
    edge = shift(published, way * days) if published and days and way else None
    if edge is None or published is None or time.interval is not None:
        return time
    reason = f"at most {days} days {'before' if way < 0 else 'after'} {published}"
    interval = (min(edge, published), max(edge, published))
    return msgspec.structs.replace(
        time, type="DATE", value=published, interval=interval, certainty="approximate", reason=reason
    )


def _is_change(text: str, first: TimeExpression, second: TimeExpression) -> bool:
    """ "Fell from 76 percent in 1996 to 61 in 2016": a change that took all the time between."""
    before = text[max(0, first.start - _REACH) : first.start].rpartition(". ")[2]
    return _TO_FIGURE.fullmatch(text[first.end : second.start]) is not None and _FROM_FIGURE.search(before) is not None


def _is_repeated(first: TimeExpression, second: TimeExpression, link: str) -> bool:
    """ "In 1997 and 2001", "2021 to 2024", "in May and again in July": one thing, done at both or in between."""
    if first.type != "DATE" or second.type != "DATE" or first.value >= second.value:
        return False
    units = {granularity_of(first.value), granularity_of(second.value)}
    years = units == {"year"} and link in ("and", "to")
    return years or (len(units) == 1 and _AGAIN.fullmatch(link) is not None)


def _within(time: TimeExpression, published: str | None) -> TimeExpression:
    """ "Less than two weeks ago" is any day since then, "in the past year" in the twelve months before the report."""
    found = _BOUNDED_AGO.fullmatch(time.text)
    if found is None or published is None or time.interval is None:
        return time
    number, unit = count_of(((found["count"] or "a").lower(),)), (found["unit"] or "year").lower()
    start = shift(published, -number * UNIT_DAYS[unit]) if number else None
    if start is None:
        return time
    reason = f"less than {number} {unit}s before {published}"
    return msgspec.structs.replace(time, interval=(start, published), certainty="range", reason=reason)


def _is_told_by(noun: Token) -> bool:
    """The noun is the subject of a verb in the past tense."""
    return noun.dep_ in ("nsubj", "nsubj:pass") and tense(noun.head) == "past" and noun.head.tag_.startswith("VB")


def _is_to_be(noun: Token, when: When, by_token: dict[int, Candidate], published: str | None) -> bool:
    """ "Next year's fair will be held in Oslo": what is planned for a thing of the future is planned for its time."""
    told = by_token.get(noun.head.i) if noun.dep_ in ("nsubj", "nsubj:pass") else None
    ahead = published is not None and when.start is not None and when.start > published
    return told is not None and told.status == "planned" and ahead


def _about(when: When, noun: Token) -> When:
    certainty = "approximate" if when.certainty == "exact" else when.certainty
    return msgspec.structs.replace(when, certainty=certainty, reason=f"about the time of “{noun.text}”: {when.reason}")


def _is_fresh(when: When, published: str | None) -> bool:
    """A day of the week before the report."""
    earliest = shift(published, -_FRESH) if published else None
    return bool(is_one_day(when) and when.start and earliest and published and earliest <= when.start <= published)


def _after(noun: Token, when: When) -> When:
    """ "Written after the 1999 shooting": some time after it; "after Monday's talks": about that day."""
    if not any(c.dep_ == "case" and c.lower_ in ("after", "following") for c in noun.children):
        return when
    if is_one_day(when):
        certainty = "approximate" if when.certainty == "exact" else when.certainty
        return msgspec.structs.replace(when, certainty=certainty, reason=f"after {when.reason}")
    return msgspec.structs.replace(when, end=None, certainty="range", reason=f"after {when.reason}")


def _names_a_day(time: TimeExpression) -> bool:
    """No bare length, not "now" or "recently", and more than a time of day, which leaves the day open."""
    if time.type == "DURATION" or time.value == "PAST_REF":
        return time.interval is not None and time.certainty == "range"  # "in the past three months", "a few days ago"
    calendar = time.type in ("DATE", "TIME") and time.interval is not None and time.value[:1].isdigit()
    return calendar and not is_clock(time)


def _names_an_unknown_day(time: TimeExpression) -> bool:
    """ "On Tuesday" without a publication date: a day of the calendar, only not known which."""
    return time.type in ("DATE", "TIME") and time.interval is None and time.value.startswith("XXXX-")


def _keep(found: dict[int, tuple[int, int, When]], at: int, when: When, step: int) -> None:
    new = (step, 2 * _FINENESS.index(when.granularity) + (when.certainty != "exact"), when)
    old = found.get(at)
    if old is None or _inside(when, old[2]) or (new[:2] < old[:2] and not _inside(old[2], when)):
        found[at] = new


def _inside(inner: When, outer: When) -> bool:
    """A closed interval within a longer one: "on the holiday - 6 February - this year"."""
    if not (inner.start and inner.end and outer.start and outer.end):
        return False
    first, start = first_day(inner.start), first_day(outer.start)
    last, end = last_day(inner.end), last_day(outer.end)
    if first is None or start is None or last is None or end is None:
        return False
    return start <= first and last <= end and (start, end) != (first, last)


def _share_with_outer(
    own: dict[int, tuple[int, int, When]], inner: Token, when: When, step: int, by_token: dict[int, Candidate]
) -> None:
    """In "brought the clock he made to school on Monday" the tree cannot tell whose the date is: the outer event's."""
    between = inner.doc[inner.left_edge.i : inner.i]
    if inner.dep_ != "acl:relcl" or any(t.tag_ in ("WP", "WP$", "WDT", "WRB") for t in between):
        return
    outer = predicate_of(inner)
    if outer is not None and outer.i in by_token and outer.i not in own:
        certainty = "approximate" if when.certainty == "exact" else when.certainty
        reason = f"{when.reason} (at the end of the sentence)"
        own[outer.i] = (step + 1, 0, msgspec.structs.replace(when, certainty=certainty, reason=reason))
        own.pop(inner.i)


def _preposition(doc: Doc, first: int, head: Token, time: TimeExpression) -> str:
    before = doc[first - 1].lower_ if first else ""
    if time.certainty == "range" and before == "from":
        return ""
    if doc[first].lower_ in _PREPOSITIONS:
        return str(doc[first].lower_)
    if before in _PREPOSITIONS:
        return str(before)
    for child in head.children:
        if (
            child.dep_ == "case"
            and child.lower_ in _PREPOSITIONS
            and not (child.lower_ == "from" and time.certainty == "range")
        ):
            return str(child.lower_)
    return ""


def _goes_with(noun: Token) -> bool:
    """ "Plans a tour, with the first show set for May": the date of the show."""
    return any(c.dep_ == "case" and c.lower_ == "with" for c in noun.children)


def _frames(noun: Token) -> bool:
    """The event a noun names is the setting of its predicate: "in a Wednesday letter", "at Friday's talks"."""
    cases = [c.lower_ for c in noun.children if c.dep_ == "case"]
    if noun.dep_ == "nmod":  # "rejected the claim in a ruling": the tree often hangs the setting too low
        return "in" in cases and noun_kind(noun) in ("document", "speech")
    return noun.dep_ == "obl" and any(case in _FRAMES for case in cases)
