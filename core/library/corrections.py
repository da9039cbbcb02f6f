"""The reader is right: decisions that override the extraction, kept apart from it and laid over it.

A correction is anchored on the words of the article (its text never changes: its id is its content), not on ids
that a newer model may give to other things. So it survives a re-run: after it, the entity mentioned at these words,
the event or the stance whose evidence they are, is found again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, get_args

import msgspec
from newsdash.core.records import (
    Act,
    Analysis,
    Article,
    Entity,
    EntityType,
    Event,
    Mention,
    Polarity,
    Record,
    Span,
    Stance,
    When,
)

Action = Literal[
    "published",  # value: the publication date of the article
    "merge",  # the entity mentioned at `span` is the one mentioned at `other`
    "split",  # the mentions with the words `value` are an entity of their own
    "rename",  # value: the name to show
    "retype",  # value: the entity type
    "hide",  # the entity is not worth showing
    "redate",  # value: ISO date or start/end of the event
    "reject",  # there is no such stance
    "flip",  # the stance is the other way round
    "edit",  # value: JSON of the stance's fields that change (act, polarity, issue, target_text)
]
_EDITABLE = {"act": get_args(Act), "polarity": get_args(Polarity), "issue": None, "target_text": None}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_OPPOSITE: dict[str, Act] = {
    "supports": "opposes",
    "opposes": "supports",
    "praises": "criticises",
    "criticises": "praises",
    "agrees": "refuses",
    "refuses": "agrees",
}
_FLIPPED: dict[Polarity, Polarity] = {"for": "against", "against": "for", "neutral": "neutral"}


class Correction(Record, frozen=True, kw_only=True):
    """One decision of the reader. ``span`` are the words it is about.

    ``act`` and ``holder`` (as in the text) tell stances on one span apart.
    """

    action: Action
    span: Span
    value: str = ""
    other: Span | None = None
    act: str = ""
    holder: str = ""


def corrected_date(corrections: Sequence[Correction]) -> str | None:
    """The publication date that the reader set last, None when none was set."""
    dates = [c.value for c in corrections if c.action == "published"]
    return dates[-1] if dates else None


def dated(article: Article, corrections: Sequence[Correction]) -> Article:
    """The article with the date that the reader set last, or the one it came with."""
    own = corrected_date(corrections)
    found = dict(article.found)
    came_with = found.pop("published as given", None)
    if article.found.get("published") == "you":
        found.pop("published")
    else:
        came_with = article.published
    if own is None:
        return msgspec.structs.replace(article, published=came_with, found=found)
    if came_with:
        found["published as given"] = came_with
    found["published"] = "you"
    return msgspec.structs.replace(article, published=own, found=found)


def apply(analysis: Analysis, corrections: Sequence[Correction]) -> Analysis:
    """The analysis as the reader corrected it.

    What a correction is about and is not found any more stays as it is; so does all when its value has no sense.

    A corrected publication date is no part of this: it changes the input, so the article is read again with it.
    """
    for correction in corrections:
        analysis = _APPLY[correction.action](analysis, correction)
    return analysis


def entity_at(analysis: Analysis, span: Span) -> Entity | None:
    """The entity with the mention that shares most characters with the span, the shortest such mention.

    So a name inside a name ("Trump" in "the Trump administration") is itself and not what is around it.
    """
    best: tuple[tuple[int, int], Entity] | None = None
    for entity in analysis.entities:
        for mention in entity.mentions:
            shared = min(mention.end, span[1]) - max(mention.start, span[0])
            fit = (shared, mention.start - mention.end)
            if shared > 0 and (best is None or fit > best[0]):
                best = (fit, entity)
    return best[1] if best else None


def _merge(analysis: Analysis, correction: Correction) -> Analysis:
    a = entity_at(analysis, correction.span)
    b = entity_at(analysis, correction.other) if correction.other else None
    if a is None or b is None or a.id == b.id:
        return analysis
    joined = tuple(msgspec.structs.replace(m, reason="you merged it") for m in a.mentions)
    mentions = tuple(sorted((*b.mentions, *joined), key=lambda m: (m.start, m.end)))
    aliases = tuple(dict.fromkeys((*b.aliases, *a.aliases)))
    merged = msgspec.structs.replace(b, mentions=mentions, aliases=aliases)
    kept = tuple(merged if e.id == b.id else e for e in analysis.entities if e.id != a.id)
    return _relink(msgspec.structs.replace(analysis, entities=kept), {a.id: b.id})


def _split(analysis: Analysis, correction: Correction) -> Analysis:
    entity = entity_at(analysis, correction.span)
    if entity is None:
        return analysis
    mine = tuple(m for m in entity.mentions if m.text == correction.value)
    rest = tuple(m for m in entity.mentions if m.text != correction.value)
    if not mine or not rest:
        return analysis
    apart = msgspec.structs.replace(
        entity,
        id=f"{entity.id}-{mine[0].start}",
        name=correction.value,
        aliases=(correction.value,),
        mentions=tuple(msgspec.structs.replace(m, reason="you split it off") for m in mine),
        role=None,
        actor=None,
    )
    aliases = tuple(a for a in entity.aliases if a != correction.value)
    name = entity.name if entity.name != correction.value else (aliases or (rest[0].text,))[0]
    left = msgspec.structs.replace(entity, name=name, aliases=aliases, mentions=rest)
    entities = tuple(part for e in analysis.entities for part in ((left, apart) if e.id == entity.id else (e,)))
    return msgspec.structs.replace(_repoint(analysis, mine, entity.id, apart.id), entities=entities)


def _repoint(analysis: Analysis, mentions: Sequence[Mention], old: str, new: str) -> Analysis:
    """Quotes whose speaker span is one of the mentions, and stances held in their words, follow them."""
    spans = {(m.start, m.end) for m in mentions}
    words = {m.text for m in mentions}
    quotes = tuple(
        msgspec.structs.replace(q, speaker=msgspec.structs.replace(q.speaker, entity=new))
        if q.speaker and q.speaker.entity == old and any(s < q.speaker.end and q.speaker.start < e for s, e in spans)
        else q
        for q in analysis.quotes
    )
    stances = tuple(
        msgspec.structs.replace(
            s,
            holder=new if s.holder == old and s.holder_text in words else s.holder,
            target=new if s.target == old and s.target_text in words else s.target,
        )
        for s in analysis.stances
    )
    return msgspec.structs.replace(analysis, quotes=quotes, stances=stances)


def _rename(analysis: Analysis, correction: Correction) -> Analysis:
    return _change_entity(analysis, correction, lambda e: msgspec.structs.replace(e, name=correction.value))


def _retype(analysis: Analysis, correction: Correction) -> Analysis:
    if correction.value not in get_args(EntityType):
        return analysis
    return _change_entity(analysis, correction, lambda e: msgspec.structs.replace(e, type=correction.value))


def _change_entity(analysis: Analysis, correction: Correction, change: Callable[[Entity], Entity]) -> Analysis:
    found = entity_at(analysis, correction.span)
    if found is None:
        return analysis
    entities = tuple(change(e) if e.id == found.id else e for e in analysis.entities)
    return msgspec.structs.replace(analysis, entities=entities)


def _hide(analysis: Analysis, correction: Correction) -> Analysis:
    entity = entity_at(analysis, correction.span)
    if entity is None:
        return analysis
    entities = tuple(e for e in analysis.entities if e.id != entity.id)
    return _relink(msgspec.structs.replace(analysis, entities=entities), {entity.id: None})


def _relink(analysis: Analysis, new_ids: dict[str, str | None]) -> Analysis:
    """All references to entities follow; a reference to a hidden one becomes None or goes."""

    def link(entity: str | None) -> str | None:
        return new_ids.get(entity, entity) if entity is not None else None

    def links(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(new for old in ids if (new := link(old)) is not None))

    return msgspec.structs.replace(
        analysis,
        entities=tuple(
            msgspec.structs.replace(e, members=tuple(m for m in links(e.members) if m != e.id))
            for e in analysis.entities
        ),
        events=tuple(msgspec.structs.replace(e, actors=links(e.actors)) for e in analysis.events),
        quotes=tuple(
            msgspec.structs.replace(q, speaker=msgspec.structs.replace(q.speaker, entity=link(q.speaker.entity)))
            if q.speaker
            else q
            for q in analysis.quotes
        ),
        stances=tuple(
            msgspec.structs.replace(s, holder=link(s.holder), target=link(s.target), via=link(s.via))
            for s in analysis.stances
        ),
    )


def _redate(analysis: Analysis, correction: Correction) -> Analysis:
    start, _, end = correction.value.partition("/")
    if not _DATE.fullmatch(start) or (end and not _DATE.fullmatch(end)):
        return analysis
    best: tuple[int, Event] | None = None
    for event in analysis.events:
        shared = min(event.end, correction.span[1]) - max(event.start, correction.span[0])
        exact = (event.start, event.end) == correction.span
        if shared > 0 and (best is None or shared + exact > best[0]):
            best = (shared + exact, event)
    if best is None:
        return analysis
    granularity: Literal["year", "month", "day"] = "day" if len(start) > 7 else "month" if len(start) > 4 else "year"
    when = When(
        start=start,
        end=end or start,
        granularity=granularity,
        certainty="range" if end and end != start else "exact",
        reason="you set this date",
    )
    events = tuple(msgspec.structs.replace(e, when=when) if e.id == best[1].id else e for e in analysis.events)
    return msgspec.structs.replace(analysis, events=events)


def _meant(analysis: Analysis, correction: Correction) -> set[int]:
    """The places of the stances that are meant: those of the holder, or all on these words when he has none there.

    The act may have been turned around by a flip.
    """
    acts = {correction.act, _OPPOSITE.get(correction.act, "")}
    there = {
        n
        for n, s in enumerate(analysis.stances)
        if s.evidence == correction.span and (not correction.act or s.act in acts)
    }
    his = {n for n in there if analysis.stances[n].holder_text == correction.holder}
    return his or there


def _reject(analysis: Analysis, correction: Correction) -> Analysis:
    meant = _meant(analysis, correction)
    stances = tuple(s for n, s in enumerate(analysis.stances) if n not in meant)
    return msgspec.structs.replace(analysis, stances=stances)


def _flip(analysis: Analysis, correction: Correction) -> Analysis:
    return _change_stance(analysis, correction, {"polarity": None})


def _edit(analysis: Analysis, correction: Correction) -> Analysis:
    try:
        changes = msgspec.json.decode(correction.value, type=dict[str, str])
    except msgspec.DecodeError:
        return analysis
    allowed = {
        key: value
        for key, value in changes.items()
        if key in _EDITABLE and (_EDITABLE[key] is None or value in (_EDITABLE[key] or ()))
    }
    return _change_stance(analysis, correction, dict(allowed))


def _change_stance(analysis: Analysis, correction: Correction, changes: dict[str, str | None]) -> Analysis:
    def changed(stance: Stance) -> Stance:
        new = dict(changes)
        if "polarity" in new and new["polarity"] is None:
            new["polarity"] = _FLIPPED[stance.polarity]
            new["act"] = _OPPOSITE.get(stance.act, stance.act)  # nobody opposes what he is for
        return msgspec.structs.replace(stance, **new, confidence="high", reason="you corrected it")

    meant = _meant(analysis, correction)
    stances = tuple(changed(s) if n in meant else s for n, s in enumerate(analysis.stances))
    return msgspec.structs.replace(analysis, stances=stances)


_APPLY: dict[str, Callable[[Analysis, Correction], Analysis]] = {
    "published": lambda analysis, _: analysis,
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "retype": _retype,
    "hide": _hide,
    "redate": _redate,
    "reject": _reject,
    "flip": _flip,
    "edit": _edit,
}
