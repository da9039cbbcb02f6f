"""Gathered actors to records: ids, names, aliases, role phrases, prominence."""

from __future__ import annotations

from collections import Counter

from newsdash.core.extraction.entities.actors import Actor, Place
from newsdash.core.extraction.entities.knowledge import group_words, known_names, plain, titles
from newsdash.core.extraction.entities.salience import span_head, weight
from newsdash.core.extraction.entities.types import is_place_of
from newsdash.core.extraction.syntax import text_of
from newsdash.core.records import Entity, EntityType, Mention
from spacy.tokens import Doc

_LEAD = 0.25  # the first part of a text, where news puts who matters
_UNNAMED = 0.5  # who has no name weighs so much of one who has

# A title, a name with all that stands beside it, a description with its clause: where it stands, no alias
_WIDE = frozenset(
    {
        "title before the name",
        "name and role",
        "name and age",
        "with what stands before it",
        "with its clause",
        "with its place",
    }
)


def build(doc: Doc, actors: list[Actor]) -> tuple[Entity, ...]:
    """The entities in the order of their first mention; ids e1, e2, … in that order."""
    text = text_of(doc)
    kept = sorted(
        (a for a in actors if a.places and not _is_passing(a)), key=lambda a: (min(p.start for p in a.places), a.number)
    )
    ids = {actor.number: f"e{n}" for n, actor in enumerate(kept, 1)}
    scores = {actor.number: _score(doc, actor) for actor in kept}
    top = max(scores.values(), default=1.0)
    return tuple(_entity(doc, text, actor, ids, round(scores[actor.number] / top, 3)) for actor in kept)


def _is_passing(actor: Actor) -> bool:
    """A thing or a group that is mentioned once and does nothing."""
    return actor.passing and len({place.head for place in actor.places}) < 2


def _entity(doc: Doc, text: str, actor: Actor, ids: dict[int, str], prominence: float) -> Entity:
    places = _without_doubles(actor.places)
    mentions = tuple(_mention(doc, text, place) for place in places)
    told = [(place, " ".join(m.text.split())) for place, m in zip(places, mentions, strict=True)]
    return Entity(
        id=ids[actor.number],
        name=_name(actor, told),
        type=_type(actor),
        aliases=_aliases(doc, actor, told),
        mentions=mentions,
        role=_role(doc, told),
        members=tuple(ids[m] for m in actor.members if m in ids),
        prominence=prominence,
    )


def _without_doubles(places: list[Place]) -> list[Place]:
    seen: set[tuple[int, int]] = set()
    kept = []
    for place in sorted(places, key=lambda p: (p.start, p.end)):
        if (place.start, place.end) not in seen:
            seen.add((place.start, place.end))
            kept.append(place)
    return kept


def _mention(doc: Doc, text: str, place: Place) -> Mention:
    start, end = doc[place.start].idx + place.skipped, doc[place.end - 1].idx + len(doc[place.end - 1].text.rstrip())
    return Mention(start=start, end=end, text=text[start:end], kind=place.kind, reason=place.reason)


def _type(actor: Actor) -> EntityType:
    if actor.plural and not actor.named and actor.roles & group_words("as body"):
        return "ORG"  # "prosecutors said"
    return actor.type  # type: ignore[return-value]


def _name(actor: Actor, told: list[tuple[Place, str]]) -> str:
    """The fullest name that the text uses (for tables' names the one it uses most), else the first description."""
    if not actor.named and "camp" in actor.kinds:
        return actor.name
    names = Counter(text for place, text in told if place.kind == "name")
    known = [(n, known_names().get(plain(n))) for n in names if actor.type != "PERSON"]
    by_seat = {n for n, k in known if k is not None and k.form == "seat"}
    if by_seat and len(by_seat) < len(names):  # rather "Department of War" than "Pentagon"
        names = Counter({n: c for n, c in names.items() if n not in by_seat})
    for n, k in known:
        if k is not None and plain(k.name) == plain(n):
            return n
    shorter = Counter({n: c for n, c in names.items() if not is_place_of(plain(n))})
    names = shorter or names  # rather "Texas" than "State of Texas"
    if not names:
        first = known_names().get(plain(told[0][1])) if told[0][1].split()[-1][:1].isupper() else None
        return first.name if first is not None else told[0][1]  # "the States", but not "the states"
    if actor.type == "PERSON":
        return max(names, key=lambda n: (len(n.split()), names[n], n))
    long_ = [n for n in names if len(n) > 6 or " " in n] or list(names)
    best = max(long_, key=lambda n: (not _is_capitals(actor, n), names[n] * (1 + (" " in n)), len(n), n))
    return best.title() if _is_capitals(actor, best) else best


def _is_capitals(actor: Actor, name: str) -> bool:
    """A place as a dateline has it: "HARSUND"."""
    return actor.type == "GPE" and name.isupper() and len(name) > 4 and "." not in name


def _aliases(doc: Doc, actor: Actor, told: list[tuple[Place, str]]) -> tuple[str, ...]:
    """Distinct names, then names with the title or role before them, then role phrases."""
    names = Counter(text for place, text in told if place.kind == "name")
    found = dict.fromkeys(sorted(names, key=lambda n: (-names[n], -len(n), n)))
    ends = {place.end: place for place, _ in told if place.kind == "nominal"}
    for place, _ in told:
        if place.kind == "name" and place.start in ends:
            role = ends[place.start]
            found.setdefault(" ".join(doc[role.start : place.end].text.split()))
        elif place.kind == "name" and actor.type == "PERSON" and place.start:
            before = doc[place.start - 1]
            if before.lower_.rstrip(".") in titles() and before.text[:1].isupper():
                found.setdefault(" ".join(doc[place.start - 1 : place.end].text.split()))
    for place, text in told:
        if place.kind == "nominal" and place.reason not in _WIDE:
            found.setdefault(text)
    return tuple(found)


def _role(doc: Doc, told: list[tuple[Place, str]]) -> str | None:
    """The longest role phrase of a person that stood beside the name, without a determiner."""
    roles = [
        text
        for p, text in told
        if p.kind == "nominal" and p.reason in ("apposition", "role before the name") and doc[p.head].pos_ != "VERB"
    ]
    if not roles:
        return None
    best = max(roles, key=lambda r: (len(r), r))
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        best = best.removeprefix(article)
    return best or None


def _score(doc: Doc, actor: Actor) -> float:
    """How often, how early, and in which place of the sentence: subjects weigh most, and who has a name."""
    total, told = 0.0, 0
    for place in sorted(actor.places, key=lambda p: (p.start, -p.end)):
        if place.reason == "role and name" or place.reason in _WIDE or place.end <= told:
            continue  # "thousands of men" is told once, though "men" is a place of them, too
        told = place.end
        early = 1.5 if place.start < _LEAD * len(doc) else 1.0
        kind = {"name": 1.0, "nominal": 0.8, "pronoun": 0.5}[place.kind]
        total += weight(span_head(doc, place.start, place.end)) * early * kind
    return total if any(place.kind == "name" for place in actor.places) else total * _UNNAMED
