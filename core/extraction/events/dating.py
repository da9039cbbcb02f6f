"""When each candidate happened: its own expression, another event, the story so far, the day of the news.

Every step says in words where a date comes from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

import msgspec
from newsdash.core.extraction.events.attachment import attach_times
from newsdash.core.extraction.events.calendar import first_day, is_one_day
from newsdash.core.extraction.events.candidates import Candidate, noun_kind
from newsdash.core.extraction.events.layout import Layout
from newsdash.core.extraction.events.lead import day_of_the_lead, is_occasion, opening
from newsdash.core.extraction.events.relations import relate
from newsdash.core.extraction.events.status import is_perfect, is_to_be
from newsdash.core.extraction.events.story import Story, inherit, told_before
from newsdash.core.extraction.mentions import MentionIndex
from newsdash.core.extraction.syntax import text_of
from newsdash.core.records import Quote, TimeExpression, When
from spacy.tokens import Doc


def date_candidates(
    doc: Doc,
    candidates: Sequence[Candidate],
    times: Sequence[TimeExpression],
    published: str | None,
    layout: Layout,
    index: MentionIndex,
    quotes: Sequence[Quote] = (),
) -> Story:
    """Date all candidates of a document; the dates are in ``Story.whens`` by token index."""
    text = text_of(doc)
    told = [  # a dateline dates the article
        t
        for t in times
        if layout.at(t.start).kind in ("body", "caption") and not layout.is_place_of_report(text, t.start)
    ]
    attached = attach_times(doc, {c.token.i: c for c in candidates}, told, published)
    first = opening(candidates, layout.lead)
    main = day_of_the_lead(first, attached.own, told, published, layout.lead)
    story = Story(
        published, index, main, attached.own, attached.nouns, attached.fronted, attached.vague, attached.terms
    )
    story.quoted = _quoted(candidates, quotes)
    if first is not None:
        story.opening = first.sentence_number
        story.news = first.token.i if layout.lines[-1].number else -1  # one paragraph is no article
        story.occasion = main is not None and is_occasion(first)
    story.last_fresh = max((t.start for t in told if story.is_fresh(t)), default=-1)
    previous: list[Candidate] = []
    for _, group in groupby(candidates, key=lambda c: c.sentence_number):
        sentence = list(group)
        _date_sentence(sentence, previous, story)
        previous = sentence
    _date_by_sequel(candidates, story)
    return story


def _date_by_sequel(candidates: Sequence[Candidate], story: Story) -> None:
    """What a paragraph tells before a dated event was done no later: "She chose the name … It was used by Thursday"."""
    sequel: Candidate | None = None
    for c in reversed(candidates):
        told = c.role == "main" and c.status == "happened" and c.tense == "past" and not is_perfect(c.token)
        if not told or c.token.i in story.quoted:
            continue
        when = story.whens[c.token.i]
        if c.token.i in story.own and when.start and when.end and story.published and when.end <= story.published:
            sequel = c
        elif (
            c.token.i != story.news
            and when.certainty == "unresolved"
            and sequel is not None
            and sequel.line.number == c.line.number
        ):
            story.whens[c.token.i] = told_before(sequel.token.text, story.whens[sequel.token.i])


def _quoted(candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> frozenset[int]:
    """The candidates that stand in quotation marks."""
    spans = sorted(span for quote in quotes if quote.kind == "direct" for span in quote.spans)
    starts = [start for start, _ in spans]
    before = ((c.token, bisect_right(starts, c.token.idx) - 1) for c in candidates)
    return frozenset(token.i for token, k in before if k >= 0 and token.idx < spans[k][1])


def _date_sentence(sentence: list[Candidate], previous: list[Candidate], story: Story) -> None:
    by_token = {c.token.i: c for c in sentence}
    for c in sentence:
        when = story.own.get(c.token.i)
        if when is not None and _runs_on(when, c, story.published):
            del story.own[c.token.i]  # "signed a guarantee until 2030": the date of what was signed
        elif when is not None and _contradicts(when, c, story.published):
            del story.own[c.token.i]
            story.whens[c.token.i] = When(reason=f"told as {c.status}, so not {when.reason}")
            foretold = _foretold(c, sentence)
            if foretold is not None and foretold.token.i not in story.own:
                story.own[foretold.token.i] = story.whens[foretold.token.i] = when
            planned = next((x for x in c.token.children if x.dep_ == "obj" and noun_kind(x) is not None), None)
            if planned is not None and when.start and when.start > (story.published or ""):
                story.nouns.setdefault(planned.i, when)  # "has called a strike on Friday": the strike's date
        elif when is not None:
            story.own[c.token.i] = story.whens[c.token.i] = _until_now(when, c, story.published)
    for c in sentence:
        if _when_clause(c) and c.token.head.i in story.own:
            story.whens.setdefault(c.token.i, story.own[c.token.head.i])
    for c in sentence:
        relate(c, by_token, previous, story)
    for c in sentence:
        if c.token.i not in story.whens:
            story.whens[c.token.i] = inherit(c, by_token, story)
    for c in sentence:
        if c.token.i in story.terms:
            above = next((a.i for a in c.token.ancestors if a.i in by_token), -1)
            story.whens[c.token.i] = _from_saying(story.whens[c.token.i], story.whens.get(above), story)
    story.remember(sentence)


def _from_saying(when: When, said: When | None, story: Story) -> When:
    """ "Said on Monday it would answer within 48 hours": the term runs from Monday, else from the day of the news."""
    said = said if is_one_day(said) else story.main
    if said is None or not is_one_day(said):
        return when
    first, report, end = (first_day(day or "") for day in (said.start, story.published, when.end))
    if first is None or report is None or end is None:
        return when
    last = (end - (report - first)).isoformat()
    start = said.start if when.start == story.published else last
    reason = f"{when.reason.partition(' of the report')[0]} of what was said on {said.start}"
    return msgspec.structs.replace(when, start=start, end=last, reason=reason)


def _when_clause(c: Candidate) -> bool:
    """ "… last Friday, when the minister warned the firm": what was done on the day just named."""
    if c.role != "subordinate" or c.token.i < c.token.head.i or c.tense != "past":
        return False
    first = c.token.left_edge
    return "when" in (first.lower_, first.nbor().lower_ if first.is_punct else "")


def _runs_on(when: When, c: Candidate, published: str | None) -> bool:
    """An end after the day of the paper is no date of what is told as past, but of a state: "was open until May"."""
    ahead = published and when.start is None and when.end and when.end > published
    return bool(c.status == "happened" and c.kind not in ("declare", "copula") and ahead)


def _contradicts(when: When, c: Candidate, published: str | None) -> bool:
    """What is told as done does not lie ahead (what is announced or planned may), what is to come does not lie back."""
    ahead = published and when.start and when.start > published
    done = c.status == "happened" and c.tense == "past" and c.kind not in ("declare", "mind", "weak", "place")
    foretells = c.kind != "say" and any(x.dep_ in ("xcomp", "ccomp") for x in c.token.children)
    over = published and when.end and len(when.end) == 10 and when.end < published
    to_come = c.status == "planned" and (c.tense == "future" or (c.role == "main" and is_to_be(c.token)))
    return bool((ahead and done and not foretells) or (over and to_come))


def _foretold(c: Candidate, sentence: Sequence[Candidate]) -> Candidate | None:
    """ "They estimated that by 2050 demand would double": the date to come is that of the content."""
    return next(
        (x for x in sentence if x.token.head.i == c.token.i and x.role == "content" and x.status == "planned"), None
    )


def _until_now(when: When, c: Candidate, published: str | None) -> When:
    """What happened "this week" happened before the paper came out; what "has run since 2015" ran until then."""
    if c.status != "happened" or published is None or when.start is None or when.start > published:
        return when
    # what is "fighting on since 2015" has no end yet
    since = when.end is None and when.reason.startswith(("since ", "for "))
    if since or (when.end and len(when.end) == 10 and when.end > published):
        certainty = "approximate" if when.certainty == "exact" else when.certainty  # a day or two of the week
        reason = f"{when.reason}, up to {published}"
        return msgspec.structs.replace(when, end=published, certainty=certainty, reason=reason)
    return when
