"""What the reader knows of the time at a place in the text, and what an undated clause takes from it.

What the text does not date stays ``unresolved``: nothing is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
from newsdash.core.extraction.events.calendar import is_one_day, shift
from newsdash.core.extraction.events.candidates import Candidate, noun_kind, verb_class
from newsdash.core.extraction.events.status import is_perfect, is_present_perfect
from newsdash.core.extraction.events.wording import goes_on, subject_key
from newsdash.core.extraction.mentions import MentionIndex
from newsdash.core.extraction.syntax import SUBJECTS, base_dep, subject
from newsdash.core.records import Relation, TimeExpression, When
from spacy.tokens import Token

_NOWHERE = -9  # no line
_NEWS_DAYS = 7  # an own date further back than this opens a look back
UNDATED = "no date in the text"
_SPEECH = frozenset({"say", "declare"})
_DEEDS = frozenset({"act", "phase", "light"})
_LATER = frozenset({"later", "eventually", "subsequently", "afterwards", "afterward"})
_AFTER = frozenset({"after", "because", "once", "since"})
_MARKED = frozenset({"case", "mark", "advmod"})
_SETTINGS = frozenset({"after", "following", "during", "in", "at", "under", "when", "once"})
_INSIDE = frozenset({"in", "during"})
_KNOWN = frozenset({"the", "that", "this", "those", "these"})
_LIVES = frozenset({"bear"})
_ASIDE = frozenset({"also", "elsewhere", "meanwhile", "separately", "too"})


@dataclass
class Story:
    """The dates found so far, by token index, and the thread of the telling.

    ``main`` is the day of the news, ``opening`` the sentence that tells it, ``news`` the verb with which an article
    opens; ``last`` the day told of last, in which line and by whom; ``then`` the time of the deed dated last;
    ``before`` that of the sentence before; ``looking_back`` is the line in which the text
    went back to an earlier time; ``last_fresh`` where it names a recent day for the last time; ``quoted`` are words in
    quotation marks; ``occasion`` says that the news was an occasion to speak.
    """

    published: str | None
    index: MentionIndex
    main: When | None
    own: dict[int, When]
    nouns: dict[int, When]
    fronted: dict[int, tuple[int, int]]
    vague: dict[int, str] = field(default_factory=dict)
    terms: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()
    opening: int = -1
    news: int = -1
    occasion: bool = False
    whens: dict[int, When] = field(default_factory=dict)
    anchors: dict[int, tuple[int, Relation, int | None]] = field(default_factory=dict)
    last: When | None = None
    then: When | None = None
    before: When | None = None
    deed: When | None = None
    deed_line: int = -1
    named: dict[str, When] = field(default_factory=dict)
    last_line: int = -1
    last_speech: bool = False
    last_subject: str = ""
    looking_back: int = _NOWHERE
    last_fresh: int = -1

    def remember(self, sentence: Sequence[Candidate]) -> None:
        """A dated main clause moves the thread of the telling; a clause below one may lead back to an earlier time."""
        moved = [c for c in sentence if self._moves(c)]
        dated = [c for c in sentence if c.status == "happened" and c.token.i in self.own]
        self.before = self.own[dated[0].token.i] if dated else None
        self.then = next((self.own[c.token.i] for c in dated if c.kind not in _SPEECH), self.then)
        told = [c for c in dated if c.role == "content" and c.kind in _DEEDS and is_one_day(self.own[c.token.i])]
        if told:
            self.deed, self.deed_line = self.own[told[-1].token.i], told[-1].line.number
        around = sentence[0].token.sent
        for i in range(around.start, around.end):
            when = self.nouns.get(i)
            if when is not None and when.start and when.end:
                self.named[around.doc[i].lemma_.lower()] = when
        self.named |= {c.token.lemma_.lower(): self.own[c.token.i] for c in dated if is_one_day(self.own[c.token.i])}
        for c in moved:
            when = self.own[c.token.i]
            self.looking_back = c.line.number if self.is_old(when) else _NOWHERE
            if is_one_day(when):
                self.last, self.last_line = when, c.line.number
                self.last_speech = c.kind in _SPEECH
                self.last_subject = subject_key(c, self.index)
        deed = any(c.role == "main" and c.kind in _DEEDS and c.status == "happened" for c in sentence)
        if deed or any(c.kind not in _SPEECH for c in moved):
            return
        if any(i in self.nouns and self.is_old(self.nouns[i]) for i in range(around.start, around.end)):
            self.looking_back = sentence[0].line.number  # "says bombs were used there before the war of 2003"
            return
        for c in sentence:  # "will ask who shot the president in 1994. The murder …"
            if c.token.i in self.own and self.is_old(self.own[c.token.i]):
                self.looking_back = c.line.number
                self.last = self.last if self.last_speech else None
                return

    def is_fresh(self, time: TimeExpression) -> bool:
        """A day or week that ended at most a week before the report, or has begun by then."""
        earliest = shift(self.published, -_NEWS_DAYS) if self.published else None
        if earliest is None or self.published is None or time.interval is None or time.value.endswith("_REF"):
            return False
        return time.type in ("DATE", "TIME") and time.interval[0] <= self.published and time.interval[1] >= earliest

    def _moves(self, c: Candidate) -> bool:
        main = c.role == "main" and c.status == "happened" and c.line.kind != "caption"
        return main and c.token.i in self.own

    def is_old(self, when: When) -> bool:
        """It ended more than a week before the report."""
        limit = shift(self.published, -_NEWS_DAYS) if self.published else None
        return bool(limit and when.end and when.end < limit)


def as_of(when: When, reason: str) -> When:
    """A date taken over from elsewhere: never exact, the reason put before the one it had."""
    certainty = "approximate" if when.certainty == "exact" else when.certainty
    return msgspec.structs.replace(when, certainty=certainty, reason=f"{reason}: {when.reason}")


def told_before(sequel: str, then: When) -> When:
    """The date of what a text tells right before a dated event."""
    return _until(then, f"told before “{sequel}”, so no later than then")


def _until(then: When, reason: str) -> When:
    """No later than another time."""
    return When(end=then.end, granularity=then.granularity, certainty="range", reason=f"{reason}: {then.reason}")


def inherit(c: Candidate, by_token: dict[int, Candidate], story: Story) -> When:
    """The date of a candidate that has none of its own, from its sentence, its paragraph or the lead."""
    if c.status in ("planned", "possible") or c.line.kind == "caption":
        return When(reason=UNDATED)
    if c.token.i in story.vague:
        return When(reason=f"“{story.vague[c.token.i]}” says not when")
    then = _pointed_back(c, story)
    if then is not None:
        return then
    had = any(a.lower_ == "had" and a.dep_ == "aux" for a in c.token.children)
    told = c.tense == "past" and not had
    head = by_token.get(c.token.head.i)
    named = _named(c, story) if told and c.kind not in _SPEECH and not is_perfect(c.token) else None
    if named is not None:
        return named
    if c.token.dep_ == "conj" and head is not None and head.tense == c.tense and told:
        joined = story.whens.get(head.token.i)
        if joined is not None and joined.certainty != "unresolved":
            sequel = not _has_subject(c) and head.token.i not in story.own and is_set_off(c.token)
            open_start = joined.start is None
            if not sequel and (
                open_start or is_one_day(joined) or head.token.i in story.fronted or not _has_subject(c)
            ):
                return as_of(joined, f"told in one breath with “{head.token.text}”")
            return When(reason=f"after “{head.token.text}”, no date in the text")
    outer = next((a for a in c.token.ancestors if a.i in by_token), None) if c.role != "main" and told else None
    when = story.whens.get(outer.i) if outer is not None else None
    if (
        outer is not None
        and when is not None
        and when.certainty != "unresolved"
        and _is_level(by_token[outer.i], when, story)
    ):
        if _lies_before(c, story):
            return _until(when, f"no later than “{outer.text}”")
        if c.role != "content" and when.start:
            return as_of(when, f"in the same sentence as “{outer.text}”")
    if c.role == "content" and c.status == "happened" and is_present_perfect(c.token):
        return _said_by_then(c, by_token, story)
    if told and not is_perfect(c.token) and c.kind != "state":
        return _told_on(c, story) or When(reason=UNDATED)
    if had and c.status == "happened":
        return _before_then(c, story) or When(reason=UNDATED)
    return When(reason=UNDATED)


def _said_by_then(c: Candidate, by_token: dict[int, Candidate], story: Story) -> When:
    """ "Said on Monday that ten people have fled": by then."""
    outer = next((a for a in c.token.ancestors if a.i in by_token), None)
    when = story.whens.get(outer.i) if outer is not None else None
    said = outer is not None and by_token[outer.i].kind == "say" and by_token[outer.i].tense == "past"
    if outer is None or when is None or not said or not is_one_day(when):
        return When(reason=UNDATED)
    return _until(when, f"no later than “{outer.text}”")


def _pointed_back(c: Candidate, story: Story) -> When | None:
    """ "Has since boycotted the sessions", "since then": from the time told of last; "at the time": at that time."""
    if c.status not in ("happened", "ongoing"):
        return None
    then = story.then
    since = any(x.lower_ == "since" and x.dep_ in ("advmod", "case") and _points(x) for x in _nearby(c.token))
    if since and then is not None and then.start and is_present_perfect(c.token):
        return When(
            start=then.start, end=story.published, granularity=then.granularity,
            certainty="range", reason=f"since then: {then.reason}",
        )  # fmt: skip
    if c.tense == "past" and any(x.lower_ == "time" and _is_then(x) for x in c.token.children):
        return as_of(story.before, "at that time") if story.before is not None else None
    return None


def _nearby(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        yield child
        if child.lower_ == "then":
            yield from child.children


def _points(since: Token) -> bool:
    """ "Since" alone or "since then", not "since 2004"."""
    return bool(since.head.lower_ == "then" or since.dep_ == "advmod")


def _is_then(time: Token) -> bool:
    words = {x.lower_ for x in time.children}
    return "at" in words and bool(words & {"the", "that"}) and words <= {"at", "the", "that", ",", "same"}


def _before_then(c: Candidate, story: Story) -> When | None:
    """The past perfect tells what was done before the time told of: "had resigned" after "On Monday …"."""
    then = _told_on(c, story)
    if then is None or then.end is None or then.certainty == "unresolved":
        return None
    return _until(then, "told in the past perfect, so no later than then")


def _is_level(outer: Candidate, when: When, story: Story) -> bool:
    """The clause above is told as done: "promised a vote next year after delegates agreed on it" dates no agreement."""
    ahead = story.published and (when.start or when.end or "") > story.published
    return outer.status not in ("planned", "possible") and not ahead


def _lies_before(c: Candidate, story: Story) -> bool:
    """What was done before the clause above it: "resigned after he lost", "said he lost", "the man who lost"."""
    if c.role == "subordinate":
        return any(m.dep_ == "mark" and m.lower_ in _AFTER for m in c.token.children)
    if c.role == "content":
        return c.sentence_number != story.opening and c.status == "happened" and c.kind in _DEEDS | {"declare"}
    return True


def _told_on(c: Candidate, story: Story) -> When | None:
    """Simple past without a date: the day told of last, else the day of the news."""
    speech = c.kind in _SPEECH
    if any(child.lower_ in _LATER and child.n_lefts == 0 for child in c.token.children):
        return None  # on some later day; "hours later" may be the same
    joined = (x for x in c.token.children if x.dep_ == "conj" and x.i in story.own and not is_perfect(x))
    sequel = next((x for x in joined if verb_class(x) not in _SPEECH), None)
    if sequel is not None and story.is_old(story.own[sequel.i]):  # "built a bomb, but gave it up in 1991"
        return told_before(sequel.text, story.own[sequel.i])
    if story.last is not None and speech == story.last_speech:
        if story.last_line == c.line.number:
            return as_of(story.last, "told on from the sentence before")
        if speech and story.last_line == c.line.number - 1 and goes_on(c, story.last_subject, story.index):
            story.last_line = c.line.number
            return as_of(story.last, "the same speaker goes on")
    aside = any(x.lower_ in _ASIDE for x in c.token.children)
    if not speech and story.deed is not None and story.deed_line == c.line.number and not aside:
        return as_of(story.deed, "told on from the sentence before")
    if c.token.lemma_ in _LIVES and c.token.tag_ == "VBN":
        return None  # "was born in Oslo"
    if c.token.i in story.quoted:
        return None  # the speaker's own story
    if _is_set_back(c, story) or _is_background(c, story):
        return When(reason="no date in the text, told among earlier events")
    if story.looking_back == c.line.number and (not speech or goes_on(c, story.last_subject, story.index)):
        return When(reason="no date in the text, told among earlier events")
    return story.main


def _named(c: Candidate, story: Story) -> When | None:
    """ "Ten were hurt in the attack": on the day of the attack told of, else of what the sentence before tells."""
    before = story.before if c.role in ("main", "content") else None
    for x in c.token.children:
        inside = x.dep_ in SUBJECTS or any(m.dep_ == "case" and m.lower_ in _INSIDE for m in x.children)
        known = any(m.dep_ == "det" and m.lower_ in _KNOWN for m in x.children)
        event = inside and known and noun_kind(x) is not None
        when = story.named.get(x.lemma_.lower(), None if x.dep_ in SUBJECTS else before) if event else None
        if when is not None:
            return as_of(when, f"the day of “{x.text}”")
    return None


def _is_set_back(c: Candidate, story: Story) -> bool:
    """ "Emerged as a rival after the 2003 war", "freed in 1945, he spent …": not on the day of the news."""
    parts = [x for x in c.token.children if base_dep(x) in ("obl", "advcl")]
    parts += [x for part in parts for x in part.children if x.dep_ == "nmod"]  # "emerged as a foe after the war"
    settings = (x for x in parts if any(m.dep_ in _MARKED and m.lower_ in _SETTINGS for m in x.children))
    dates = (story.own.get(t.i) or story.nouns.get(t.i) for child in settings for t in child.subtree)
    return any(when is not None and story.is_old(when) for when in dates)


def _is_background(c: Candidate, story: Story) -> bool:
    """After the last recent day that a text names, a paragraph goes on with the earlier times of the one before it."""
    if c.role != "main" or c.kind in _SPEECH or c.token.idx < story.last_fresh:
        return False
    if c.line.number != story.looking_back + 1 or any(x.lower_ in _ASIDE for x in c.token.children):
        return False
    who = subject(c.token)  # a new actor opens a new matter
    return who is None or not any(t.pos_ == "PROPN" for t in who.subtree)


def is_set_off(verb: Token) -> bool:
    """A comma before the "and": "lost his seat, and resigned": two events, of which the second has its own time."""
    return any(child.is_punct and verb.head.i < child.i < verb.i for child in verb.children)


def _has_subject(c: Candidate) -> bool:
    return any(child.dep_ in SUBJECTS for child in c.token.children)
