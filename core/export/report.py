"""A readable report for the terminal and for screen readers: plain text, no colour, no boxes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from newsdash.core.export.ledger import (
    SIGN,
    by_holder,
    by_prominence,
    chronological,
    date_words,
    head,
    names,
    occurrences,
    speaker_words,
    stance_words,
)
from newsdash.core.export.plain import one_line
from newsdash.core.records import Analysis


def to_report(analysis: Analysis, width: int = 80) -> str:
    """Who, when, who wants what, who said what: one block each, wrapped to ``width`` cells."""
    return "\n".join(_lines(analysis, max(width, 40))) + "\n"


def _lines(analysis: Analysis, width: int) -> Iterator[str]:
    text = analysis.article.text
    known = names(analysis)
    title, facts = head(analysis)
    yield from _wrap(title, width, "", "")
    yield from _wrap(facts, width, "", "")
    for note in analysis.notes:
        yield from _wrap(note, width, "", "")
    yield from ("", f"WHO ({len(analysis.entities)})")
    for entity in by_prominence(analysis):
        others = [alias for alias in entity.aliases if alias != entity.name]
        role = f", {entity.role}" if entity.role else ""
        line = f"{entity.name}{role} [{entity.type}, {len(occurrences(entity))}x]"
        yield from _wrap(line + (f" also: {'; '.join(others)}" if others else ""), width, "  ", "      ")
    yield from ("", f"WHEN ({len(analysis.events)})")
    for event in chronological(analysis.events):
        reason = f" ({event.when.reason})" if event.when.reason else ""
        status = "" if event.status == "happened" else f" [{event.status}]"
        yield from _wrap(f"{date_words(event.when)}  {event.what}{status}{reason}", width, "  ", "      ")
    yield from ("", f"WHO WANTS WHAT ({len(analysis.stances)})")
    for holder, stances in by_holder(analysis).items():
        yield from _wrap(holder, width, "  ", "  ")
        for stance in stances:
            via = f", via {known[stance.via]}" if stance.via in known else ""
            evidence = text[stance.evidence[0] : stance.evidence[1]]
            line = f"{SIGN[stance.polarity]} {stance_words(stance, known)} [{stance.confidence}{via}]"
            reason = f" ({stance.reason})" if stance.reason else ""
            yield from _wrap(line + reason, width, "    ", "      ")
            yield from _wrap(f"“{evidence}”", width, "        ", "        ")
    yield from ("", f"WHO SAID WHAT ({len(analysis.quotes)})")
    for quote in analysis.quotes:
        cue = f" ({text[quote.cue[0] : quote.cue[1]]})" if quote.cue else ""
        line = f"{speaker_words(quote, analysis, known)}{cue}: {quote.text} [{quote.kind}]"
        yield from _wrap(line, width, "  ", "      ")


_ENDLESS = re.compile(r"(\S{400})(?=\S)")  # cutting a longer word line by line takes textwrap quadratic time


def _wrap(text: str, width: int, first: str, later: str) -> list[str]:
    return textwrap.wrap(
        _ENDLESS.sub(r"\1 ", one_line(text)),
        width,
        initial_indent=first,
        subsequent_indent=later,
        break_on_hyphens=False,
    ) or [""]
