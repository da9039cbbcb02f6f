"""Markdown: the same ledger as the report, with the evidence quoted and its place in the text."""

from __future__ import annotations

import re
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
from newsdash.core.records import Analysis, Span

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def to_markdown(analysis: Analysis) -> str:
    """A Markdown document; the numbers in brackets are code point offsets into the article's text."""
    return "\n".join(_lines(analysis)) + "\n"


def _lines(analysis: Analysis) -> Iterator[str]:
    text = analysis.article.text
    known = names(analysis)
    title, facts = head(analysis)
    yield from (f"# {_plain(title)}", "", _plain(facts), "")
    for note in analysis.notes:
        yield from (f"> {_plain(note)}", "")
    yield from ("## Who", "", "| name | type | mentions | role | also |", "|---|---|---:|---|---|")
    for entity in by_prominence(analysis):
        others = "; ".join(alias for alias in entity.aliases if alias != entity.name)
        cells: tuple[str, ...] = (entity.name, entity.type, str(len(occurrences(entity))), entity.role or "", others)
        yield "| " + " | ".join(map(_plain, cells)) + " |"
    yield from ("", "## When", "", "| date | certainty | what | status | why | at |", "|---|---|---|---|---|---|")
    for event in chronological(analysis.events):
        when = event.when
        cells = (date_words(when), when.certainty, event.what, event.status, when.reason)
        yield "| " + " | ".join(map(_plain, cells)) + f" | {_at((event.start, event.end))} |"
    yield from ("", "## Who wants what")
    for holder, stances in by_holder(analysis).items():
        yield from ("", f"### {_plain(holder)}", "")
        for stance in stances:
            via = f", via {known[stance.via]}" if stance.via in known else ""
            reason = f": {stance.reason}" if stance.reason else ""
            words = _plain(f"{stance_words(stance, known)} ({stance.confidence}{via}{reason})")
            yield f"- **{SIGN[stance.polarity]}** {words}  "
            yield f"  “{_plain(text[slice(*stance.evidence)])}” {_at(stance.evidence)}"
    yield from ("", "## Who said what", "")
    for quote in analysis.quotes:
        speaker = _plain(speaker_words(quote, analysis, known))
        cue = f" *{_plain(text[slice(*quote.cue)])}*" if quote.cue else ""
        yield f"- **{speaker}**{cue}: {_plain(quote.text)} ({quote.kind}) {_at((quote.start, quote.end))}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(text))


def _at(span: Span) -> str:
    return f"({span[0]}–{span[1]})"
