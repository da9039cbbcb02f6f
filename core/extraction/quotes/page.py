"""A parsed text with what all quote rules ask of it: sentences cut at line ends, and what stands in quotation marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsdash.core.extraction.quotes.marks import Quoted, quoted
from newsdash.core.extraction.syntax import text_of
from newsdash.core.records import Span
from spacy.tokens import Doc, Token

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STOPS = frozenset(".?!")
_EDGE = frozenset(",;:.–—-")  # punctuation that no content begins or ends with


REACH = 250
"""Tokens that a content reaches from its head at most: keeps one endless sentence from costing its square."""


@dataclass(frozen=True)
class Page:
    """``sentence[i]`` are the bounds (token indices) of the sentence of token i, never across a line end;
    ``inside[i]`` is the number of the quoted stretch that token i stands in, -1 for none."""

    doc: Doc
    tokens: tuple[Token, ...]
    text: str
    starts: tuple[int, ...]
    sentence: tuple[tuple[int, int], ...]
    quoted: tuple[Quoted, ...]
    inside: tuple[int, ...]

    def token_at(self, char: int) -> int:
        """Index of the first token that begins at or after a character."""
        return bisect_left(self.starts, char)

    def token_before(self, char: int) -> int:
        """Index of the last token that begins before a character, -1 for none."""
        return bisect_left(self.starts, char) - 1

    def quoted_in(self, start: int, end: int) -> tuple[int, ...]:
        """Numbers of the quoted stretches that lie inside start:end or reach into it."""
        first = bisect_right(self.quoted, start, key=lambda q: q.end)
        found = []
        for number in range(first, len(self.quoted)):
            if self.quoted[number].start >= end:
                break
            found.append(number)
        return tuple(found)

    def under(self, head: Token) -> set[int]:
        """The tokens under a head, in its sentence and within reach."""
        begin, end = self.sentence[head.i]
        first = max(head.left_edge.i, begin, head.i - REACH)
        last = min(head.right_edge.i + 1, end, head.i + REACH)
        return set(range(first, last))

    def finite(self, tokens: Iterable[int]) -> bool:
        """Whether there is a finite verb among the tokens: a clause, not a thing."""
        return any(self.tokens[i].tag_ in FINITE_TAGS for i in tokens)

    def with_marks(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Contents stretched over quotation marks that begin in them, or one blank after them, and end later."""
        found: list[Span] = []
        for start, end in spans:
            for number in self.quoted_in(start, min(end + 2, len(self.text))):
                mark = self.quoted[number]
                if mark.end > end and "\n" not in self.text[end : mark.start]:
                    end = mark.end
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return tuple(found)

    def spans(self, tokens: Iterable[int]) -> tuple[Span, ...]:
        """Character spans of runs of tokens, edge punctuation cut; gaps of punctuation alone do not divide a run."""
        doc = self.tokens
        runs: list[list[int]] = []
        for i in sorted(tokens):
            if doc[i].is_space:
                continue
            if runs and all(doc[j].is_punct or doc[j].is_space for j in range(runs[-1][-1] + 1, i)):
                runs[-1].append(i)
            else:
                runs.append([i])
        found = []
        for run in runs:
            while run and doc[run[-1]].text in _EDGE:
                run.pop()
            while run and doc[run[0]].text in _EDGE:
                run.pop(0)
            if any(not doc[i].is_punct for i in run):
                found.append((doc[run[0]].idx, doc[run[-1]].idx + len(doc[run[-1]])))
        return tuple(found)


def read_page(doc: Doc) -> Page:
    """Look the text over once."""
    text = text_of(doc)
    tokens = tuple(doc)  # a Doc makes its tokens anew each time it is walked
    starts = tuple(token.idx for token in tokens)
    marks = quoted(text)
    sentence: list[tuple[int, int]] = []
    begin = 0
    for i, token in enumerate(tokens):
        if i > begin and (token.is_sent_start or "\n" in tokens[i - 1].text_with_ws or _starts_sentence(tokens, i)):
            sentence += [(begin, i)] * (i - begin)
            begin = i
    sentence += [(begin, len(doc))] * (len(doc) - begin)
    inside = [-1] * len(doc)
    for number, mark in enumerate(marks):
        for i in range(bisect_left(starts, mark.start), bisect_left(starts, mark.end)):
            inside[i] = number
    return Page(doc, tokens, text, starts, tuple(sentence), marks, tuple(inside))


def _starts_sentence(doc: Sequence[Token], i: int) -> bool:
    """A capital after a full stop: seen in the words, in case the parser ran two sentences together."""
    before = doc[i - 1]
    if before.text not in _STOPS or not before.whitespace_ or i < 2:
        return False
    return doc[i].text[:1].isupper() or (doc[i].is_quote and i + 1 < len(doc) and doc[i + 1].text[:1].isupper())
