"""From dated candidates to the events of an article: chosen, worded, joined when told twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from newsdash.core.extraction.events.calendar import is_one_day, shift
from newsdash.core.extraction.events.candidates import Candidate, noun_candidate, noun_kind
from newsdash.core.extraction.events.layout import Layout
from newsdash.core.extraction.events.selection import choose, is_statement, lasts, noun_is_worth_a_line
from newsdash.core.extraction.events.status import is_present_perfect, is_up_to_now
from newsdash.core.extraction.events.story import UNDATED, Story, as_of, is_set_off
from newsdash.core.extraction.events.wording import (
    content_words,
    goes_on,
    participants,
    phrase,
    sides,
    subject_key,
    subject_words,
)
from newsdash.core.extraction.events.worth import Trigger, keep_listed, trigger
from newsdash.core.extraction.mentions import MentionIndex
from newsdash.core.extraction.syntax import SUBJECTS, subject, text_of
from newsdash.core.records import Event, Span, Status, When
from spacy.tokens import Doc, Token

_COMPARED = 6  # a retelling is looked for among the last events with the same word
_PASSAGE_GAP = 2  # sentences between the statements of one passage
_BACKGROUND_DAYS = 14  # what ended earlier than this before the news is background
_UNSURE = frozenset({"offer", "threaten", "propose", "demand", "consider", "ask", "request"})
_BEGINS = frozenset({"begin", "start", "open"})
_ENDS = frozenset({"end", "finish", "close", "conclude"})
_TURNS = frozenset({"but", "yet", "then", "later", "eventually", "finally", "afterwards", "subsequently"})
_ONCE = frozenset({"rule", "resign", "retire", "die", "occur", "happen"})
_SURE = {"exact": 0, "range": 1, "approximate": 1, "unresolved": 2}


@dataclass
class _Told:
    """An event in the making: the candidate that carries it and the places where it is told again."""

    candidate: Candidate
    when: When
    words: frozenset[str]
    subject: str
    own: frozenset[str]
    span: Span
    doer: str = ""
    target: str = ""
    passive: bool = False
    also: list[Span] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)


def build_events(
    doc: Doc,
    candidates: Sequence[Candidate],
    story: Story,
    index: MentionIndex,
    layout: Layout,
    published: str | None,
) -> tuple[Event, ...]:
    """Choose, join, word and number the events; relations between candidates become relations between events."""
    told = _joined(keep_listed(*possible(doc, candidates, story, layout), story, layout), story, index)
    _date_by_joined(told, story)
    _absorb_statements(told, candidates, story)
    _widen_to_sentence(told)
    _add_headline(doc, told, layout)
    ids = {i: f"v{n}" for n, t in enumerate(told, 1) for i in t.tokens}
    text = text_of(doc)
    return tuple(_event(text, t, story, index, ids, published) for t in told)


def possible(
    doc: Doc, candidates: Sequence[Candidate], story: Story, layout: Layout
) -> tuple[list[Candidate], set[Trigger]]:
    """Whatever may be listed, predicates and dated event nouns, in text order; and which of them the rules choose."""
    chosen = choose(candidates, story)
    taken = {c.token.i for c in chosen}
    nouns = [n for i in story.nouns if (n := noun_candidate(doc[i], layout)) is not None]
    chosen += [n for n in nouns if noun_is_worth_a_line(n, story, taken)]
    found = [c for c in (*candidates, *nouns) if c.line.kind in ("body", "caption") and not lasts(c, story)]
    return sorted(found, key=lambda c: (c.token.i, c.span)), {trigger(c) for c in chosen}


def _joined(chosen: Sequence[Candidate], story: Story, index: MentionIndex) -> list[_Told]:
    told: list[_Told] = []
    by_token: dict[int, _Told] = {}
    by_word: dict[str, list[_Told]] = {}
    for c in chosen:
        when = story.nouns[c.token.i] if c.kind == "noun" else story.whens.get(c.token.i, When())
        span = c.sentence if is_statement(c) else c.span
        doer, target, passive = sides(c, index)
        words, subject, own = content_words(c, index), subject_key(c, index), subject_words(c, index)
        new = _Told(c, when, words, subject, own, span, doer, target, passive, tokens=[c.token.i])
        before = by_token.get(c.token.head.i)
        if before is not None and _from_to(before, new):
            before.when = new.when = _range(before.when, new.when)
        if before is not None and _in_one_breath(before, new):
            before.span = (min(before.span[0], new.span[0]), max(before.span[1], new.span[1]))
            before.words |= new.words
            before.tokens.append(c.token.i)
            by_token[c.token.i] = before
            continue
        bucket = by_word.setdefault(c.token.lemma_.lower(), [])
        first = next((t for t in reversed(bucket[-_COMPARED:]) if _same_event(t, new)), None)
        if first is None:
            bucket.append(new)
            told.append(new)
        else:
            _join(first, new)
        by_token[c.token.i] = first or new
    return told


def _from_to(a: _Told, b: _Told) -> bool:
    """ "The fair begins on Monday and ends in June"."""
    told = a.when.start and b.when.end and a.when.start <= b.when.end
    lemmas = a.candidate.token.lemma_, b.candidate.token.lemma_
    return bool(told and lemmas[0] in _BEGINS and lemmas[1] in _ENDS and b.candidate.token.dep_ == "conj")


def _range(first: When, last: When) -> When:
    reason = f"{first.reason} to {last.reason}"
    return msgspec.structs.replace(first, end=last.end, granularity=last.granularity, certainty="range", reason=reason)


def _in_one_breath(a: _Told, b: _Told) -> bool:
    """Two deeds of one subject under one date in one sentence: "arrested and questioned the student"."""
    token = b.candidate.token
    return (
        token.dep_ == "conj"
        and a.span[0] <= token.head.idx < a.span[1]
        and a.candidate.status == b.candidate.status
        and (a.when.start, a.when.end) == (b.when.start, b.when.end)
        and noun_kind(token) is None
        and (
            not _has_clause(token)
            or (UNDATED in a.when.reason and UNDATED in b.when.reason and _is_listed(b.candidate))
        )
    )


def _has_clause(verb: Token) -> bool:
    return is_set_off(verb) or any(child.dep_ in SUBJECTS for child in verb.children)


def _is_listed(c: Candidate) -> bool:
    """ "Lawsuits were filed, lists were shut and homes raided": one undated passage, not "but later he moved"."""
    turns = any(child.lower_ in _TURNS for child in c.token.children)
    return c.status == "happened" and not turns


def _date_by_joined(told: Sequence[_Told], story: Story) -> None:
    """An event "hours after" another has the date that the other one got from its other telling."""
    by_token = {i: t for t in told for i in t.tokens}
    for t in told:
        other, relation, days = story.anchors.get(t.candidate.token.i, (-1, "same", None))
        anchor = by_token.get(other)
        if anchor is None or anchor is t or anchor.when.certainty == "unresolved" or t.when.certainty != "unresolved":
            continue
        if relation in ("same", "during") or days == 0:
            t.when = as_of(anchor.when, f"{relation} “{anchor.candidate.token.text}”")


def _absorb_statements(told: list[_Told], candidates: Sequence[Candidate], story: Story) -> None:
    """What an actor said right after an event of his, at the same time, is told in the same passage: its evidence."""
    carriers = {t.candidate.token.i: t for t in told}
    open_passage: _Told | None = None
    last_sentence = -9
    more: list[_Told] = []
    for c in candidates:
        carrier = carriers.get(c.token.i)
        if carrier is not None:
            if c.role == "main" and c.status == "happened":
                open_passage, last_sentence = carrier, c.sentence_number
        elif open_passage is not None and is_statement(c):
            near = c.sentence_number - last_sentence <= _PASSAGE_GAP
            when = story.whens[c.token.i]
            if near and _overlap(open_passage.when, when) and goes_on(c, open_passage.subject, story.index):
                open_passage.span = (open_passage.span[0], max(open_passage.span[1], c.sentence[1]))
                last_sentence = c.sentence_number
            elif story.occasion and when.certainty != "unresolved":
                words, subject = content_words(c, story.index), subject_key(c, story.index)
                own = subject_words(c, story.index)
                open_passage = _Told(c, when, words, subject, own, c.sentence, tokens=[c.token.i])
                last_sentence = c.sentence_number
                more.append(open_passage)
    told.extend(more)
    told.sort(key=lambda t: t.candidate.token.i)


def _widen_to_sentence(told: Sequence[_Told]) -> None:
    """Where a sentence tells one event, the whole of it is the evidence: who says so and on what occasion, too."""
    alone = Counter(t.candidate.sentence for t in told)
    for t in told:
        start, end = t.candidate.sentence
        if alone[start, end] == 1:
            t.span = (min(t.span[0], start), max(t.span[1], end))


def _same_event(a: _Told, b: _Told) -> bool:
    """The same word for it, of the same one, about the same things, at times that do not exclude each other."""
    if a.candidate.kind == "say" or a.candidate.status != b.candidate.status:
        return False
    same_time = (a.when.start, a.when.end) == (b.when.start, b.when.end)
    if same_time and is_one_day(a.when) and b.candidate.token.dep_ == "acl":
        return True  # "released it on Friday …, the footage released Friday"
    if a.subject != b.subject:
        return _mirrored(a, b) and bool(a.words & b.words) and _may_coincide(a.when, b.when)
    if same_time and (_is_told_once(b.candidate, b.subject) or (a.candidate.kind == "noun" and is_one_day(a.when))):
        return True  # "the overnight test", "Friday's test"
    if not a.subject.startswith("@") and a.words & a.own != b.words & b.own:
        return False  # "shares of the bank fell", "shares of the airline fell"
    mine, theirs = a.words - a.own, b.words - b.own
    if a.candidate.kind == "noun" and same_time:
        return mine <= theirs or theirs <= mine  # "the talks in March", "March's talks in Geneva"
    shared = len(mine & theirs)
    return shared > 1 and 2 * shared >= min(len(mine), len(theirs)) and _may_coincide(a.when, b.when)


def _is_told_once(c: Candidate, subject_key: str) -> bool:
    """ "The court ruled that …", "the accident occurred …": no second one on the same day."""
    who = subject(c.token)
    known = who is not None and (subject_key[:1] == "@" or any(child.lower_ == "the" for child in who.children))
    return known and c.token.lemma_ in _ONCE


def _mirrored(a: _Told, b: _Told) -> bool:
    """ "Police arrested the boy" and "the boy was arrested by police": one doer, and nobody else it was done to."""
    if a.passive == b.passive or not a.doer or a.doer != b.doer:
        return False
    return not a.target or not b.target or a.target == b.target


def _may_coincide(a: When, b: When) -> bool:
    known = [w for w in (a, b) if w.start and w.certainty != "unresolved"]
    return len(known) < 2 or _overlap(known[0], known[1])


def _overlap(a: When, b: When) -> bool:
    return (a.start or "") <= (b.end or b.start or "9") + "~" and (b.start or "") <= (a.end or a.start or "9") + "~"


def _join(first: _Told, again: _Told) -> None:
    """The better dated telling carries the event, the other one is further evidence."""
    if _SURE[again.when.certainty] < _SURE[first.when.certainty] and again.candidate.role == "main":
        first.also.append(first.span)
        first.candidate, first.when, first.span = again.candidate, again.when, again.span
    else:
        first.also.append(again.span)
        if _SURE[again.when.certainty] < _SURE[first.when.certainty]:
            first.when = again.when
    first.words |= again.words
    first.tokens.extend(again.tokens)


def _add_headline(doc: Doc, told: Sequence[_Told], layout: Layout) -> None:
    """The headline tells the event of the lead: where they share their words, the evidence begins with it."""
    head = layout.lines[0]
    if head.kind != "headline":
        return
    tokens = doc.char_span(head.start, head.end, alignment_mode="contract")
    if tokens is None:
        return
    words = {t.lemma_.lower() for t in tokens if not t.is_stop and not t.is_punct and len(t) > 2}
    start, end = layout.lead
    for t in told:
        if not start <= t.span[0] < end or t.candidate.role != "main":
            continue
        lead = {w for w in t.words if not w.startswith("@")}
        if len(words & lead) >= 2 or (words and 3 * len(words & lead) >= len(words)):
            t.span = (head.start, t.span[1])
            return


def _event(text: str, t: _Told, story: Story, index: MentionIndex, ids: dict[int, str], published: str | None) -> Event:
    c = t.candidate
    when = t.when
    anchor = story.anchors.get(c.token.i)
    own = ids[c.token.i]
    if when.certainty == "unresolved" and published and c.status in ("happened", "ongoing"):
        when = _no_later(c, when, published)
    if anchor is not None and ids.get(anchor[0], own) != own:
        when = msgspec.structs.replace(when, relative_to=ids[anchor[0]], relation=anchor[1])
    return Event(
        id=own,
        start=t.span[0],
        end=t.span[1],
        text=text[t.span[0] : t.span[1]],
        what=phrase(c, index, story.fronted.get(c.token.i)),
        actors=participants(c, index),
        status=_status(c, when, published),
        when=when,
        trigger=c.trigger,
        also=tuple(sorted(set(t.also))),
        background=_is_background(when, published),
    )


def _no_later(c: Candidate, when: When, published: str) -> When:
    """What a report tells without a date is still unresolved, but it was not after the report; "has resigned" says
    itself that it lies in the time up to now.
    """
    if is_present_perfect(c.token) and c.status == "happened":
        reason = f"told in the present perfect, so no later than the report of {published}"
        return msgspec.structs.replace(when, end=published, certainty="range", reason=reason)
    reason = f"{when.reason}; no later than the report of {published}"
    return msgspec.structs.replace(when, end=published, reason=reason)


def _status(c: Candidate, when: When, published: str | None) -> Status:
    """What has a date to come is a plan, whatever the tense of the verb: "promised to come", "is set for Friday"."""
    ahead = published and when.certainty != "unresolved" and (when.start or when.end or "") > published
    if ahead and c.status in ("happened", "ongoing"):
        return "possible" if c.token.lemma_ in _UNSURE else "planned"
    known = when.certainty != "unresolved" and when.start and when.end
    if c.status == "ongoing" and published and known and when.end and when.end < published[: len(when.end)]:
        return "happened"  # "last month a policeman is killed"
    if c.status == "ongoing" and c.kind == "say" and c.token.tag_ in ("VBZ", "VBP"):
        return "happened"  # "the minister says …": he has said it
    return "ongoing" if c.status == "happened" and is_up_to_now(c.token) else c.status


def _is_background(when: When, published: str | None) -> bool:
    """It was over well before the news of the day."""
    if published is None or when.certainty == "unresolved" or when.end is None:
        return False
    limit = shift(published, -_BACKGROUND_DAYS)
    return limit is not None and when.end + ("" if is_one_day(when) else "~") < limit
