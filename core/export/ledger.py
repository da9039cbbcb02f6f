"""What every readable form of an analysis shows, in which order and words; the formats only lay it out."""

from __future__ import annotations

from collections.abc import Sequence

from newsdash.core.records import Analysis, Entity, Event, Mention, Quote, Stance, When

SIGN = {"for": "+", "against": "-", "neutral": "="}


def names(analysis: Analysis) -> dict[str, str]:
    """Entity id -> the name to show."""
    return {entity.id: entity.name for entity in analysis.entities}


def by_prominence(analysis: Analysis) -> list[Entity]:
    """Entities, the most prominent first."""
    return sorted(analysis.entities, key=lambda e: (-e.prominence, -len(e.mentions), e.mentions[0].start))


def occurrences(entity: Entity) -> tuple[Mention, ...]:
    """The places of the entity, each once: "Foo, the mayor of Bar" is one, though "Foo" is a mention, too."""
    found: list[Mention] = []
    for mention in sorted(entity.mentions, key=lambda m: (m.start, -m.end)):
        if not found or mention.end > found[-1].end:
            found.append(mention)
    return tuple(found)


def chronological(events: Sequence[Event]) -> list[Event]:
    """Dated events by their beginning (the more certain first), then the undated in the order of the text."""
    certainty = ("exact", "range", "approximate", "unresolved")
    return sorted(
        events,
        key=lambda e: (
            not is_dated(e.when),
            (e.when.start or e.when.end or "") if is_dated(e.when) else "",
            certainty.index(e.when.certainty),
            e.start,
        ),
    )


def is_dated(when: When) -> bool:
    """Whether the text dates the event; an unresolved one may still be known to be no later than its report."""
    return when.certainty != "unresolved" and bool(when.start or when.end)


def date_words(when: When) -> str:
    """The date as shown: "2026-02-27", "2026-02-23 … 2026-03-01" (all that time), "within 2026-02-23 … 2026-03-01"
    (some time in it), "about 2026-01", "by 2026-03-05", "from 2026-02-23", "undated"."""
    if not is_dated(when):
        return "undated"
    cut = {"year": 4, "decade": 4, "month": 7}.get(when.granularity, 10)
    if when.start is None:
        return f"by {(when.end or '')[:cut]}"
    start = when.start[:cut]
    if when.end is None:
        return f"from {start}"
    dates = start if start == when.end[:cut] else f"{start} … {when.end[:cut]}"
    return {"approximate": "about ", "range": "within "}.get(when.certainty, "") + dates


def by_holder(analysis: Analysis) -> dict[str, list[Stance]]:
    """Stances under the name of their holder, holders in the order of their first stance."""
    known = names(analysis)
    groups: dict[str, list[Stance]] = {}
    for stance in analysis.stances:
        groups.setdefault(known.get(stance.holder or "", stance.holder_text), []).append(stance)
    return groups


def stance_words(stance: Stance, known: dict[str, str]) -> str:
    """One line: act, target, issue."""
    target = known.get(stance.target or "", stance.target_text)
    issue = "" if stance.issue.casefold() == target.casefold() else stance.issue
    return ": ".join(part for part in (f"{stance.act} {target}".strip(), issue) if part)


def speaker_words(quote: Quote, analysis: Analysis, known: dict[str, str]) -> str:
    """Who is quoted: the entity's name, else the words of the text, else "unknown speaker"."""
    if quote.speaker is None:
        return "unknown speaker"
    words = analysis.article.text[quote.speaker.start : quote.speaker.end]
    return known.get(quote.speaker.entity or "", words)


def head(analysis: Analysis) -> list[str]:
    """Title and one line of what is known of the source."""
    article = analysis.article
    date = article.published or "publication date unknown"
    facts = [article.source, article.author, date, f"{len(article.text.split())} words"]
    return [article.title or article.path or "Untitled", " · ".join(fact for fact in facts if fact)]
