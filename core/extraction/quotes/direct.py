"""Words in quotation marks that are somebody's speech, and who says them.

The marks are read from the text and the cue is looked for among the words beside them, so that the rules hold where
a parser is led astray by the marks. A passage is what one speaker says in one paragraph: parts that "he said" cuts
apart, sentences that follow, and following paragraphs that open the marks again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsdash.core.extraction import lexicon, syntax
from newsdash.core.extraction.quotes import speakers
from newsdash.core.extraction.quotes.cues import SPEECH_GROUPS, Cue, verb_cue
from newsdash.core.extraction.quotes.found import Found
from newsdash.core.extraction.quotes.nominal import source_phrase
from newsdash.core.extraction.quotes.page import FINITE_TAGS, Page
from newsdash.core.records import Span
from spacy.tokens import Token

_AFTER = 40  # tokens after a closing mark in which its cue stands
_BEFORE = 45
_SENTENCE = 7  # tokens of words that are a sentence, not a term
_STOPS = frozenset(".!?;")
_SIGNED = re.compile(r"[ \t]*[—–-]{1,2}[ \t]*(?=[A-Z])([^\n.:!?]{2,80}?)[ \t]*(?:$|\n)")
_LABEL = re.compile(r"(?:^|\n)[ \t]*([A-Z][^\n:.!?\"“”]{1,80}?):\s*$")


@dataclass(frozen=True)
class _Part:
    """One quoted stretch: its number, tokens first..last, and the lines of text beside it."""

    number: int
    first: int
    last: int


@dataclass(frozen=True)
class _Source:
    """Who says it: the words of the cue, the head of the speaker's phrase, or the phrase as it stands."""

    cue_span: Span | None
    speaker: Token | None
    speaker_span: Span | None = None


@dataclass
class _Passage:
    """Numbers of the quoted stretches, their source, and the passage before that lends its speaker."""

    parts: list[int]
    source: _Source | None
    after: _Passage | None = None


def find_direct(page: Page) -> list[Found]:
    """All passages of direct speech, in order."""
    passages: list[_Passage] = []
    for number, mark in enumerate(page.quoted):
        part = _part(page, number)
        if part.last <= part.first:
            continue
        before = passages[-1] if passages else None
        follows = before is not None and _joins(page, before.parts[-1], number)
        if before is not None and follows and page.quoted[before.parts[-1]].runs_on:
            before.parts.append(number)
            if before.source is None:
                before.source = _after(page, part)
            continue
        if before is not None and before.source is not None and _later(page, before.parts[-1], number):
            before.parts.append(number)
            continue
        if not _is_speech(page, part) or _is_reported(page, part) or (not follows and _is_fragment(page, part)):
            continue
        source = _source(page, part) or _sentence_before(page, part)
        alone = source is None and _stands_alone(page, part)
        goes_on = alone and before is not None and _next_paragraph(page, before.parts[-1], number)
        same = source is None or (
            before is not None
            and before.source is not None
            and source.cue_span == before.source.cue_span
            and not _begins_anew(page, before.parts[-1], number)
        )
        if before is not None and ((follows and same) or goes_on):
            before.parts.append(number)
        elif source is not None:
            passages.append(_Passage([number], source))
        elif alone:
            near = before is not None and page.text.count("\n", page.quoted[before.parts[-1]].end, mark.start) <= 3
            passages.append(_Passage([number], None, before if near else None))
    return [_found(page, passage) for passage in passages]


def _part(page: Page, number: int) -> _Part:
    mark = page.quoted[number]
    return _Part(number, page.token_at(mark.start), page.token_before(mark.end))


def _later(page: Page, before: int, number: int) -> bool:
    """Whether nothing but "; and, later," stands between the cue of a stretch and the next stretch."""
    gap = page.text[page.quoted[before].end : page.quoted[number].start].rpartition(";")
    words = page.doc[page.token_at(page.quoted[number].start - len(gap[2])) : page.token_at(page.quoted[number].start)]
    joined = any(t.lower_ == "and" for t in words) and all(t.pos_ in ("CCONJ", "ADV", "PUNCT") for t in words)
    return joined and "\n" not in gap[0] and len(gap[0]) < _AFTER and not set(gap[0]) & set(".!?")


def _is_fragment(page: Page, part: _Part) -> bool:
    """A few words after a comma that begin small: "told the police, “everything he did”"."""
    before = page.doc[part.first - 1].text if part.first else ""
    small = page.doc[part.first + 1].text[:1].islower()
    return before == "," and small and part.last - part.first < _SENTENCE - 1


def _begins_anew(page: Page, before: int, number: int) -> bool:
    """ "“…,” he said, suggesting a question: “Why …?”": a clause of its own brings other words."""
    a, b = page.quoted[before], page.quoted[number]
    gap = page.doc[page.token_at(a.end) : page.token_at(b.start)]
    own = any(t.tag_ == "VBG" and t.i > gap.start and t.nbor(-1).text == "," for t in gap)
    return own and gap[-1].text not in _STOPS and page.text[b.start + 1 : b.start + 2].isupper()


def _found(page: Page, passage: _Passage) -> Found:
    """The record of a passage; without a source of its own, its speaker is that of the passage before."""
    spans = tuple((page.quoted[n].start, page.quoted[n].end) for n in passage.parts)
    if passage.source is not None:
        source = passage.source
        return Found(spans, "direct", source.cue_span, source.speaker, source.speaker_span)
    above = passage.after
    while above is not None and above.source is None:
        above = above.after
    if above is None or above.source is None:
        return Found(spans, "continued")
    return Found(spans, "continued", None, above.source.speaker, above.source.speaker_span)


def _joins(page: Page, before: int, number: int) -> bool:
    """Whether a quoted stretch goes on with the one before: only its cue between, or a running paragraph's end."""
    a, b = page.quoted[before], page.quoted[number]
    between = page.text[a.end : b.start]
    if a.runs_on:
        return not between.strip()
    if "\n" in between:
        return False
    tokens = page.doc[page.token_at(a.end) : page.token_at(b.start)]
    stops = sum(t.text in _STOPS and t.i + 1 < tokens.end for t in tokens)
    return len(tokens) <= _AFTER and stops == 0


def _is_speech(page: Page, part: _Part) -> bool:
    """Words that stand as a sentence of their own, not a term or title in marks."""
    doc, text, mark = page.doc, page.text, page.quoted[part.number]
    left = text[max(0, mark.start - 80) : mark.start].rpartition("\n")[2].rstrip()
    inner = text[mark.start : mark.end].strip("“”\"'’‘«»` ")
    words = part.last - part.first
    finite = any(doc[i].tag_ in FINITE_TAGS for i in range(part.first + 1, part.last))
    closed = (
        inner[-1:] in tuple(".?!,…—-")
        or text[mark.end : mark.end + 1] in (",", ".")
        or page.quoted[part.number].runs_on
    )
    if not left or left[-1] in ':.!?…)”"':
        return (finite or inner[-1:] in tuple(".?!,")) and words > 1
    if left[-1] in ",—–-":
        return (finite and closed) or words > 6 or (closed and inner[:1].isupper() and inner[-1:] in tuple(".?!,"))
    before = doc[part.first - 1] if part.first else None
    if before is not None and inner[:1].isupper() and (finite or words > 5):
        return verb_cue(before) is not None or _addressed(before)
    return False


def _is_reported(page: Page, part: _Part) -> bool:
    """Words that end a reported clause: "said that in June, “prices fell”"."""
    doc = page.doc
    if not part.first or doc[part.first - 1].text != ",":
        return False
    for i in range(part.first - 2, max(page.sentence[part.first - 1][0], part.first - _BEFORE), -1):
        if doc[i].tag_ in FINITE_TAGS or page.inside[i] >= 0:
            return False
        if doc[i].lower_ == "that" and doc[i].tag_ == "IN":
            return i < part.first - 2 and verb_cue(doc[i - 1]) is not None  # "said that, “…”" is direct
    return False


def _addressed(token: Token) -> bool:
    """The last word of who is told: "told reporters “…”"."""
    head = token
    for _ in range(4):
        if head.dep_ in ("obj", "iobj", "obl", "obl:tmod", "obl:unmarked", "nmod", "compound", "flat"):
            head = head.head
    cue = verb_cue(head)
    return cue is not None and "q" in cue.verb.takes and head.i != token.i


def _next_paragraph(page: Page, before: int, number: int) -> bool:
    """Whether a quoted stretch is the whole paragraph after the one that an attributed stretch belongs to."""
    a, b = page.quoted[before], page.quoted[number]
    between = page.text[a.end : b.start]
    line_end = page.text.find("\n", b.end)
    rest = page.text[b.end : line_end if line_end >= 0 else len(page.text)]
    return len(between) < 300 and between.rstrip().count("\n") == 0 and not rest.strip(" .")


def _stands_alone(page: Page, part: _Part) -> bool:
    """A quoted stretch that begins a line and has the length of a sentence."""
    mark = page.quoted[part.number]
    line_start = page.text.rfind("\n", 0, mark.start) + 1
    words = page.doc[part.first + 1 : part.last]
    capitals = sum(t.text[:1].isupper() for t in words if not t.is_punct)
    title = capitals > 0.6 * sum(not t.is_punct for t in words)
    return not title and not page.text[line_start : mark.start].strip() and part.last - part.first >= 6


def _source(page: Page, part: _Part) -> _Source | None:
    """Cue and speaker beside a quoted stretch: after it where its end asks for one, else before, else after."""
    mark = page.quoted[part.number]
    inner = page.text[mark.start : mark.end].rstrip("”\"'’»` ")
    left = page.text[: mark.start][-3:].rstrip()
    order = (_before, _after) if left.endswith(":") and not inner.endswith(",") else (_after, _before)
    for look in order:
        if (source := look(page, part)) is not None:
            return source
    return None


def _after(page: Page, part: _Part) -> _Source | None:
    doc, mark = page.doc, page.quoted[part.number]
    text = page.text
    inner = text[mark.start : mark.end].rstrip("”\"'’»` ")
    i = part.last + 1
    outside = False
    while i < len(doc) and doc[i].is_punct and doc[i].text in (",", "—", "–", "-", "--", ")"):
        outside, i = True, i + 1
    if signed := _SIGNED.match(text, mark.end):
        head = doc[min(page.token_at(signed.start(1)), len(doc) - 1)]
        return _Source(None, head, signed.span(1))
    if i >= len(doc) or "\n" in text[mark.end : doc[i].idx]:
        return None
    open_end = outside or inner.endswith((",", "?", "!", "—", "-", "…", "..."))
    limit = min(len(doc), i + _AFTER)
    first = None
    for j in range(i, limit):
        token = doc[j]
        if token.text in _STOPS or "\n" in token.text or page.inside[j] >= 0:
            break
        cue = verb_cue(token, by_form=True)
        if cue is not None and _introduces(cue) and token.tag_ != "VB" and token.dep_ != "acl:relcl":
            first = cue
            break
    if first is None:
        return None
    verb = first.token
    if not open_end and not (verb.i == i or (verb.i == i + 1 and doc[i].pos_ == "PRON" and doc[i].is_lower)):
        return None
    if (
        any(
            doc[k].tag_ in FINITE_TAGS and doc[k].dep_ not in ("acl:relcl", "aux", "aux:pass") for k in range(i, verb.i)
        )
        and not open_end
    ):
        return None
    return _Source(first.span, _speaker_after(page, first, i))


def _sentence_before(page: Page, part: _Part) -> _Source | None:
    """Who speaks in the sentence that leads up to words without a cue.

    "Ruiz issued a statement. “We will …”", "Ruiz said the bridge was safe. “We will …”".
    """
    doc, last = page.doc, part.first - 1
    if last < 1 or doc[last].text not in (".", "!") or part.last - part.first < _SENTENCE:
        return None
    if "\n" in page.text[doc[last].idx : page.quoted[part.number].start]:
        return None
    for i in range(page.sentence[last][0], last):
        token = doc[i]
        if page.inside[i] >= 0 or token.tag_ not in FINITE_TAGS or token.dep_ in ("acl:relcl", "advcl", "aux"):
            continue
        thing = next((c.lemma_.lower() for c in token.children if c.dep_ == "obj"), "")
        if thing in lexicon.mapping("quote_nouns") and token.lemma_.lower() in lexicon.words("quote_support"):
            who = syntax.agent(token)
            return _Source(None, who) if who is not None and who.pos_ in ("PROPN", "PRON", "NOUN") else None
        cue = verb_cue(token)
        plain = cue is not None and all(page.inside[k] < 0 for k in range(page.sentence[last][0], last))
        if cue is not None and plain and _introduces(cue) and cue.verb.group in SPEECH_GROUPS:
            who = speakers.subject_of(cue, page)
            return _Source(None, who) if who is not None else None
    return None


def _introduces(cue: Cue) -> bool:
    return "q" in cue.verb.takes and cue.verb.group != "name"


def _speaker_after(page: Page, cue: Cue, begin: int) -> Token | None:
    """Subject of a cue after the words: "X said" or "said X"."""
    verb = cue.token
    if verb.i == begin or all(page.doc[k].pos_ in ("ADV", "AUX") for k in range(begin, verb.i)):
        for child in verb.children:
            if child.dep_ in syntax.SUBJECTS and child.i > verb.i:
                return child
        return speakers.inverted(verb, page)
    for child in verb.children:
        if child.dep_ in syntax.SUBJECTS and begin <= child.i < verb.i:
            return child
    head = speakers.beside(verb, page)
    if head is not None and head.i >= begin:
        return head
    for k in range(begin, verb.i):
        if page.doc[k].pos_ in ("PROPN", "PRON", "NOUN"):
            token = page.doc[k]
            return token.head if begin <= token.head.i < verb.i and token.head.pos_ in ("PROPN", "NOUN") else token
    return speakers.subject_of(cue, page)


def _before(page: Page, part: _Part) -> _Source | None:
    doc, mark = page.doc, page.quoted[part.number]
    i = part.first - 1
    while i >= 0 and doc[i].is_space:
        i -= 1
    if i < 0:
        return None
    last = doc[i]
    colon = last.text == ":" or last.text.endswith(":")
    broken = "\n" in page.text[last.idx + len(last) : mark.start]
    if broken and not colon and not (last.text == "," and i and verb_cue(doc[i - 1]) is not None):
        return None
    if last.is_punct and not colon and last.text not in (",", "—", "–", "-", "--"):
        return None
    begin = max(page.sentence[i][0], i - _BEFORE)
    for j in range(i, begin - 1, -1):
        token = doc[j]
        if (token.text in _STOPS and j < i) or (page.inside[j] >= 0 and j == i):
            break
        cue = verb_cue(token)
        if cue is not None and _introduces(cue) and page.inside[j] < 0:
            if not colon and any(doc[k].tag_ in FINITE_TAGS for k in range(j + 1, i)):
                break  # "said that A is B, “and C”": reported words that end in quoted ones
            if not colon and not last.is_punct and i - j > 6:
                break
            return _Source(cue.span, speakers.subject_of(cue, page))
    for j in range(begin, i):
        end = source_phrase(page, doc[j])
        if end is not None and doc[end].lower_ == "of" and end + 1 < i:  # "in the words of X, “…”"
            head = next((doc[k] for k in range(end + 1, i) if doc[k].pos_ in ("NOUN", "PROPN", "PRON")), None)
            while head is not None and head.dep_ in ("compound", "amod", "nmod:desc") and head.head.i < i:
                head = head.head
            return _Source((doc[j].idx, doc[end].idx + len(doc[end])), head)
    label = _LABEL.search(page.text, max(0, mark.start - 100), mark.start) if colon else None
    if label and not any(w.lower() in lexicon.words("quote_labels") for w in label[1].split()):
        head = doc[page.token_at(label.start(1))]
        colon_at = label.end(1)
        return _Source((colon_at, colon_at + 1), head, label.span(1))
    return None
