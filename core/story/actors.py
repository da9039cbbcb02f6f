"""The same actor across articles.

Entities of different articles are one actor when their names agree as they would inside one article: the same
full name, a name from the same row of a table, initials of a longer name that is used elsewhere, and for people a full
name with compatible given names. A surname alone joins only when the story has one person of that surname.
Contradictions (type, gender, both in one article as two entities) forbid a join. Entities without a name stay in
their article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from newsdash.core.extraction.entities.actors import compatible_given
from newsdash.core.extraction.entities.knowledge import known_names, titles
from newsdash.core.extraction.entities.naming import name_key, short_forms
from newsdash.core.records import Analysis, Entity, content_id

_PEOPLE = "PERSON"
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_ORGANISED = frozenset({"ORG", "FAC", "PRODUCT", "NORP", "GPE"})  # types that one name is easily tagged with


@dataclass(frozen=True)
class ActorJoin:
    """Why an entity of an article belongs to an actor: article number, entity id, actor id, reason."""

    article: int
    entity: str
    actor: str
    reason: str


@dataclass
class _Group:
    """Entities of several articles that are one actor."""

    type: str
    name: str
    keys: set[str] = field(default_factory=set)
    gender: str = ""
    articles: set[int] = field(default_factory=set)
    entities: list[tuple[int, str, str]] = field(default_factory=list)


def join_actors(analyses: Sequence[Analysis]) -> tuple[Analysis, ...]:
    """The analyses with ``Entity.actor`` set: equal ids for the same actor, stable for the same input."""
    ids = {(join.article, join.entity): join.actor for join in explain_actors(analyses)}
    return tuple(
        msgspec.structs.replace(
            analysis,
            entities=tuple(msgspec.structs.replace(e, actor=ids.get((number, e.id))) for e in analysis.entities),
        )
        for number, analysis in enumerate(analyses)
    )


def explain_actors(analyses: Sequence[Analysis]) -> tuple[ActorJoin, ...]:
    """For every entity its actor across the articles and the reason, in the order of articles and entities."""
    groups: list[_Group] = []
    by_key: dict[str, _Group] = {}
    surnames: dict[str, list[_Group]] = {}
    waiting: list[tuple[int, Entity, set[str]]] = []
    for number, analysis in enumerate(analyses):
        for entity in analysis.entities:
            keys = _keys(entity)
            if not keys or entity.members:
                continue
            if entity.type == _PEOPLE and all(" " not in key for key in keys):
                waiting.append((number, entity, keys))
                continue
            group, reason = _find(entity, keys, number, by_key, surnames)
            if group is None:
                group, reason = _Group(entity.type, entity.name), "first mention"
                groups.append(group)
            _add(group, number, entity, keys, reason, by_key, surnames)
    for number, entity, keys in waiting:
        group, reason = _by_surname(entity, keys, number, by_key, surnames)
        if group is None:
            group, reason = _Group(entity.type, entity.name), "first mention"
            groups.append(group)
        _add(group, number, entity, keys, reason, by_key, surnames)
    return _joins(analyses, _joined_by_initials(groups))


def _keys(entity: Entity) -> set[str]:
    """Plain forms of the entity's names; the row of a table counts as one form, marked "="."""
    keys = set()
    for mention in entity.mentions:
        if mention.kind != "name" and not mention.reason.endswith("(table)"):
            continue
        key = name_key(mention.text, entity.type)
        known = known_names().get(key)
        if known is not None and known.form != "seat" and entity.type != _PEOPLE:
            keys.add("=" + known.name)
        elif mention.kind == "name" and key:
            keys.add(key)
    return keys


def _gender(entity: Entity) -> str:
    for mention in entity.mentions:
        if mention.kind == "pronoun":
            word = mention.text.lower()
            if word in ("he", "him", "his"):
                return "m"
            if word in ("she", "her", "hers"):
                return "f"
    return ""


def _fits(group: _Group, entity: Entity, number: int) -> bool:
    """No contradiction: type, gender, and not two entities of one article."""
    if number in group.articles:
        return False
    people = (group.type == _PEOPLE, entity.type == _PEOPLE)
    if people[0] != people[1]:
        return False
    if (
        group.type != entity.type
        and not {group.type, entity.type} <= _ORGANISED
        and not {group.type, entity.type} <= _PLACES
    ):
        return False
    gender = _gender(entity)
    return not (gender and group.gender and gender != group.gender)


def _find(
    entity: Entity, keys: set[str], number: int, by_key: dict[str, _Group], surnames: dict[str, list[_Group]]
) -> tuple[_Group | None, str]:
    for key in sorted(keys, key=lambda k: (-len(k), k)):
        if entity.type == _PEOPLE and " " not in key:
            continue
        group = by_key.get(key)
        if group is not None and _fits(group, entity, number):
            return group, f"same name: {key.lstrip('=')}"
    if entity.type == _PEOPLE:
        for key in sorted(keys):
            words = key.split()
            if len(words) < 2:
                continue
            for group in surnames.get(words[-1], ())[:20]:
                theirs = [k.split() for k in sorted(group.keys) if " " in k and k.split()[-1] == words[-1]]
                if theirs and all(compatible_given(words[0], t[0]) for t in theirs) and _fits(group, entity, number):
                    return group, f"same surname, given names agree: {group.name}"
    return None, ""


def _by_surname(
    entity: Entity, keys: set[str], number: int, by_key: dict[str, _Group], surnames: dict[str, list[_Group]]
) -> tuple[_Group | None, str]:
    """A person known by one word: the only person of that surname in the story, else the same single word."""
    for key in sorted(keys):
        people = surnames.get(key, [])
        if len(people) == 1 and _fits(people[0], entity, number):
            return people[0], f"only person of that surname: {people[0].name}"
        group = by_key.get(key)
        if not people and group is not None and _fits(group, entity, number):
            return group, f"same name: {key}"
    return None, ""


def _add(
    group: _Group,
    number: int,
    entity: Entity,
    keys: set[str],
    reason: str,
    by_key: dict[str, _Group],
    surnames: dict[str, list[_Group]],
) -> None:
    group.articles.add(number)
    group.entities.append((number, entity.id, reason))
    group.gender = group.gender or _gender(entity)
    for key in sorted(keys):
        group.keys.add(key)
        by_key.setdefault(key, group)
        words = key.split()
        if entity.type == _PEOPLE and len(words) > 1 and words[-1] not in titles():
            people = surnames.setdefault(words[-1], [])
            if group not in people[:20]:
                people.append(group)


def _joined_by_initials(groups: list[_Group]) -> list[_Group]:
    """A short form that one article uses alone, and the long name that another one uses."""
    longer: dict[str, list[_Group]] = {}
    for group in groups:
        if group.type != _PEOPLE:
            for key in group.keys:
                for form in short_forms(key):
                    longer.setdefault(form, []).append(group)
    gone: set[int] = set()
    for group in groups:
        if group.type == _PEOPLE or id(group) in gone:
            continue
        for key in sorted(group.keys):
            into = [g for g in longer.get(key, []) if g is not group and id(g) not in gone and g.type == group.type]
            if len({id(g) for g in into}) == 1 and not into[0].articles & group.articles:
                into[0].entities += [(n, e, f"short for {into[0].name}") for n, e, _ in group.entities]
                into[0].articles |= group.articles
                gone.add(id(group))
                break
    return [g for g in groups if id(g) not in gone]


def _joins(analyses: Sequence[Analysis], groups: list[_Group]) -> tuple[ActorJoin, ...]:
    found: dict[tuple[int, str], ActorJoin] = {}
    for group in groups:
        # the id comes from the name and from where it is first met, so that two people of one name stay apart
        number, entity, _ = min(group.entities)
        actor = "a" + content_id(f"{group.type}\t{group.name}\t{number}\t{entity}")[:12]
        for n, e, reason in group.entities:
            found[(n, e)] = ActorJoin(n, e, actor, reason)
    for n, analysis in enumerate(analyses):
        for lone in analysis.entities:
            if (n, lone.id) not in found:
                actor = "a" + content_id(f"{analysis.article.id}\t{lone.id}\t{lone.name}")[:12]
                found[(n, lone.id)] = ActorJoin(n, lone.id, actor, "only in this article")
    return tuple(found[(n, e.id)] for n, analysis in enumerate(analyses) for e in analysis.entities)
