"""Headlines: "Clinton: …", "Poll: …", "X Warns Y …"; read by words, for parsers are no good at title case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsdash.core.extraction import lexicon
from newsdash.core.extraction.quotes.cues import lemmas, verbs
from newsdash.core.extraction.quotes.found import Found
from newsdash.core.extraction.quotes.page import Page

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_][\w’'.&-]*")
_LABEL = re.compile(r"\s*([^:\n“\"]{2,60}?)(:)\s+(?=\S)")
_LONGEST = 160  # characters of a headline
_SMALL = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "at", "for", "by", "with", "and", "or", "but", "as", "from", "over",
     "into", "after", "is", "his", "her", "its", "their", "vs", "that", "be", "no", "not"}
)  # fmt: skip
_ACTS = frozenset({"say", "write", "tell", "ask", "order", "promise", "claim", "offer", "blame", "oppose", "show"})
_PLURALS = frozenset(
    {"answers", "attacks", "claims", "calls", "charges", "demands", "doubts", "offers", "orders", "plans", "promises",
     "questions", "reports", "rules"}
)  # fmt: skip
_PEOPLE = ("PERSON", "ORG", "GPE", "NORP")


def find_in_headlines(page: Page) -> Iterator[Found]:
    """Quotes in the lines that look like headlines, the label before a colon first."""
    for match in _LINE.finditer(page.text):
        line, start = match.group(), match.start()
        titled = len(line) <= _LONGEST and _is_title(line)
        if not titled and start > 0:
            continue
        end = match.end() - (len(line) - len(line.rstrip(" \t.")))
        label = _LABEL.match(line)
        if (
            label is not None
            and len(line) <= _LONGEST
            and _may_speak(page, start + label.start(1), start + label.end(1))
        ):
            head = page.doc[page.token_before(start + label.end(1))]
            name = (start + label.start(1), start + label.end(1))
            yield Found(
                ((start + label.end(), end),), "headline", (start + label.start(2), start + label.end(2)), head, name
            )
        elif titled:
            yield from _in_title_case(page, start + (label.end() if label is not None else 0), end)


def _is_title(line: str) -> bool:
    """Most words, small ones apart, begin with a capital."""
    words = [w for w in _WORD.findall(line) if w.lower() not in _SMALL and not w[0].isdigit()]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _may_speak(page: Page, start: int, end: int) -> bool:
    """Whether a label before a colon is a person, an organisation, a place, a poll or the like."""
    tokens = [page.doc[i] for i in range(page.token_at(start), page.token_at(end))]
    if not tokens or len(tokens) > 6 or any(t.lower_ in lexicon.words("quote_labels") for t in tokens):
        return False
    last = tokens[-1]
    return last.ent_type_ in _PEOPLE or last.lower_ in _speaking_nouns()


@cache
def _speaking_nouns() -> frozenset[str]:
    return frozenset(
        noun for noun, (kind, *_) in lexicon.mapping("quote_nouns").items() if kind in ("poll", "document")
    )


def _in_title_case(page: Page, start: int, end: int) -> Iterator[Found]:
    """ "Silicon Valley Warns …": words up to a verb of saying in the third person, and what follows it."""
    first, stop = page.token_at(start), page.token_at(end)
    for i in range(first + 1, stop - 1):
        token = page.doc[i]
        verb = verbs().get(lemmas().get(token.lower_, ""))
        if verb is None or verb.group not in _ACTS or not token.text[0].isupper() or not token.lower_.endswith("s"):
            continue
        if page.inside[i] >= 0 or (token.lower_ in _PLURALS and token.tag_ != "VBZ"):
            continue
        begin = i
        while begin > first and page.doc[begin - 1].text not in (",", ";", ":", "—", "–", "-") and i - begin < 8:
            begin -= 1
        speaker = (page.doc[begin].idx, page.doc[i - 1].idx + len(page.doc[i - 1]))
        if begin == i or page.doc[begin].lower_ in ("as", "after", "why", "how", "if", "when", "what", "that"):
            return
        cue = (token.idx, token.idx + len(token))
        yield Found(((page.doc[i + 1].idx, end),), "headline", cue, page.doc[i - 1], speaker)
        return
