"""Quotes: who says, writes or thinks what, in whose words, with the cue and the speaker.

``found`` is what the rules hand on, ``marks`` reads quotation marks, ``direct`` gives quoted passages a speaker,
``indirect`` finds reported words on the tree, ``headlines`` reads title lines, ``speakers`` and ``channels`` say who
and how. Which statements count follows the attribution corpora PolNeAR and PARC: words, thoughts and wishes that the
author gives to somebody else; not what stands inside those words again. What is only asked or offered ("urged
them to leave") tells a position and no words: stances read it, readers of quotes do not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as replace_found

from msgspec.structs import replace
from newsdash.core.extraction.mentions import MentionIndex, index_mentions
from newsdash.core.extraction.quotes import speakers
from newsdash.core.extraction.quotes.channels import channel_of
from newsdash.core.extraction.quotes.cues import all_cues
from newsdash.core.extraction.quotes.direct import find_direct
from newsdash.core.extraction.quotes.found import Found
from newsdash.core.extraction.quotes.headlines import find_in_headlines
from newsdash.core.extraction.quotes.indirect import find_indirect
from newsdash.core.extraction.quotes.nominal import find_nominal
from newsdash.core.extraction.quotes.page import FINITE_TAGS, Page, read_page
from newsdash.core.records import Entity, Quote, QuoteKind, Speaker
from spacy.tokens import Doc

_PRONOUN = 3  # letters of "he" and "she"
_NEAR = 300  # characters before a quote in which its speaker was last named


def find_quotes(doc: Doc, entities: Sequence[Entity]) -> tuple[Quote, ...]:
    """All attributed words, acts among them, in text order: what the stances are read from.

    A speaker without an entity keeps its words (anonymous sources).
    """
    return tuple(quote for quote, _ in _attributed(doc, entities))


def find_said(doc: Doc, entities: Sequence[Entity]) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """The same, and those of them that give somebody's words or thoughts, without what is only an act."""
    found = _attributed(doc, entities)
    return tuple(quote for quote, _ in found), tuple(quote for quote, act in found if not act)


def _attributed(doc: Doc, entities: Sequence[Entity]) -> list[tuple[Quote, bool]]:
    """Each quote, and whether it is only an act."""
    page = read_page(doc)
    index = index_mentions(entities)
    found = []
    for one in find_all(page):
        quote = _third_person(_quote(page, one, index), index)
        found.append((quote, one.act and quote.kind == "indirect"))
    return found


def find_all(page: Page) -> list[Found]:
    """What all rules find, without what stands inside another's content.

    A cue inside reported words ("she said she hopes that …", everything within quotation marks) adds nothing for a
    reader, unless it gives the words to a third person ("he wrote that the Pentagon said …").
    """
    direct = [*find_direct(page), *find_in_headlines(page)]
    used = {found.cue for found in direct if found.cue}
    others = [*find_indirect(page, tuple(c for c in all_cues(page) if c.span not in used))]
    others += [f for f in find_nominal(page) if f.cue not in used]
    everything = sorted([*direct, *(_continued(page, f) for f in others)], key=lambda f: (f.start, -f.end))
    longest, words = _longest(page, everything), _longest(page, [f for f in everything if not f.act])
    return [
        f
        for f in everything
        if f.cue is None
        or f.rule in ("direct", "headline")
        or not _within(page, f, words if f.rule == "clause" and _tells(page, f) else longest)
        or (f.relayed and page.inside[page.token_at(f.cue[0])] < 0)
    ]


def _tells(page: Page, found: Found) -> bool:
    """A finite verb: "promised to look into it, and said …" is no part of what was promised."""
    return found.cue is not None and page.tokens[page.token_at(found.cue[0])].tag_ in FINITE_TAGS


def _within(page: Page, found: Found, longest: list[Found | None]) -> bool:
    """Whether a cue stands in quotation marks or in another's content, which does not stand in its own again.

    "Tests found a rise, he said" is all his: what was found may be read to the end of the sentence.
    """
    at = page.token_at(found.cue[0]) if found.cue else 0
    around = longest[at]
    if page.inside[at] >= 0 or around is None or around.cue is None:
        return page.inside[at] >= 0 or around is not None
    return not any(start <= around.cue[0] < end for start, end in found.spans) or _size(around) >= _size(found)


def _third_person(quote: Quote, index: MentionIndex) -> Quote:
    """A pronoun's speaker is nobody whom the words name: "“Veldt kept her word,” she said" was said by another."""
    speaker = quote.speaker
    if speaker is None or speaker.end - speaker.start > _PRONOUN or speaker.entity is None:
        return quote
    named = (e.id for span in quote.spans for m, e in index.within(*span) if m.kind == "name")
    if speaker.entity not in named:
        return quote
    before = index.within(max(0, quote.start - _NEAR), quote.start)
    others = [e.id for m, e in before if m.kind == "name" and e.type == "PERSON" and e.id != speaker.entity]
    return replace(quote, speaker=replace(speaker, entity=others[-1] if others else None))


def _continued(page: Page, found: Found) -> Found:
    """With the sentence that goes on after the cue: "because “nobody knows,” she said. “We have no idea.”"."""
    if found.cue is None or found.cue[0] < found.end:
        return found
    number = next(iter(page.quoted_in(found.cue[1], found.cue[1] + _NEAR)), -1)
    if number < 1 or page.quoted[number - 1].end != found.end:
        return found
    mark = page.quoted[number]
    gap = page.text[found.cue[1] : mark.start]
    goes_on = gap.rstrip().endswith((".", ",")) and "\n" not in gap and len(gap) <= _NEAR // 3
    return replace_found(found, spans=(*found.spans, (mark.start, mark.end))) if goes_on else found


def _longest(page: Page, everything: list[Found]) -> list[Found | None]:
    """For each token the longest content that it stands in."""
    longest: list[Found | None] = [None] * len(page.tokens)
    for found in sorted(everything, key=_size):
        for start, end in found.spans:
            first, last = page.token_at(start), page.token_at(end)
            longest[first:last] = [found] * (last - first)
    return longest


def _size(found: Found) -> int:
    return sum(end - start for start, end in found.spans)


def _quote(page: Page, found: Found, index: MentionIndex) -> Quote:
    """The record of what a rule found."""
    kind: QuoteKind = "direct" if found.rule in ("direct", "continued") else "indirect"
    if kind == "indirect" and any(page.quoted_in(*span) for span in found.spans):
        kind = "mixed"
    speaker, phrase = None, ""
    if found.speaker is not None:
        span = found.speaker_span or speakers.phrase(found.speaker)
        entity = speakers.entity_of(found.speaker, span, index)
        speaker = Speaker(start=span[0], end=span[1], entity=entity.id if entity else None)
        phrase = page.text[span[0] : span[1]]
    return Quote(
        start=found.start,
        end=found.end,
        spans=found.spans,
        text=page.text[found.start : found.end],
        kind=kind,
        cue=found.cue,
        speaker=speaker,
        channel=channel_of(page, found, kind, phrase),
    )
