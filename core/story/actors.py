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
from newsdash.core.extraction.entities.forms import name_key, short_forms
from newsdash.core.extraction.entities.knowledge import known_names, titles
from newsdash.core.records import Analysis, Entity, content_id

_PEOPLE = "PERSON"
_MOST = 20  # people of one surname, or names with one short form, that are compared
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
    """Entities of several articles that are one actor; ``met`` is the number of the article it was last met in.

    ``id`` is given when the first of its articles is handed out and never changes; ``articles`` and ``entities`` are
    those of the articles in hand.
    """

    type: str
    name: str
    met: int = 0
    keys: set[str] = field(default_factory=set)
    gender: str = ""
    id: str = ""
    articles: set[int] = field(default_factory=set)
    entities: list[tuple[int, str, str]] = field(default_factory=list)


class ActorRegister:
    """The actors of a stream of articles: each call joins some more articles to those met before.

    Memory is bounded by ``most``, the number of actors kept in mind: beyond it those not met for longest are
    forgotten, and a later article that names one gets a new id.
    """

    def __init__(self, most: int = 200_000) -> None:
        self._most = most
        self._count = 0  # articles met so far
        self._groups: list[_Group] = []
        self._by_key: dict[str, _Group] = {}
        self._surnames: dict[str, list[_Group]] = {}
        self._longer: dict[str, list[_Group]] = {}  # short form -> groups with a longer name

    def join(self, analyses: Sequence[Analysis]) -> tuple[Analysis, ...]:
        """The analyses with ``Entity.actor`` set: equal ids for the same actor, stable for the same input."""
        ids = {(join.article, join.entity): join.actor for join in self.explain(analyses)}
        return tuple(
            msgspec.structs.replace(
                analysis,
                entities=tuple(msgspec.structs.replace(e, actor=ids[number, e.id]) for e in analysis.entities),
            )
            for number, analysis in enumerate(analyses)
        )

    def explain(self, analyses: Sequence[Analysis]) -> tuple[ActorJoin, ...]:
        """For every entity its actor and the reason, in the order of articles and entities."""
        first = self._count
        here: dict[int, _Group] = {}  # the groups that are met in these articles
        waiting: list[tuple[int, Entity, set[str]]] = []
        for number, analysis in enumerate(analyses, first):
            for entity in analysis.entities:
                keys = _keys(entity)
                if not keys or entity.members:
                    continue
                if entity.type == _PEOPLE and all(" " not in key for key in keys):
                    waiting.append((number, entity, keys))
                    continue
                group, reason = _find(entity, keys, number, self._by_key, self._surnames)
                self._add(group, number, entity, keys, reason, here)
        for number, entity, keys in waiting:
            group, reason = _by_surname(entity, keys, number, self._by_key, self._surnames)
            self._add(group, number, entity, keys, reason, here)
        self._count += len(analyses)
        self._join_short_forms(here)
        joins = _joins(analyses, first, list(here.values()))
        for group in here.values():
            group.articles, group.entities = set(), []
        if len(self._groups) > self._most:
            self._forget()
        return joins

    def _add(
        self, found: _Group | None, number: int, entity: Entity, keys: set[str], reason: str, here: dict[int, _Group]
    ) -> None:
        group = found
        if group is None:
            group, reason = _Group(entity.type, entity.name), "first mention"
            self._groups.append(group)
        here[id(group)] = group
        group.met = number
        group.articles.add(number)
        group.entities.append((number, entity.id, reason))
        group.gender = group.gender or _gender(entity)
        new = keys - group.keys
        group.keys |= keys
        self._index(group, new)

    def _index(self, group: _Group, keys: set[str]) -> None:
        for key in sorted(keys):
            self._by_key.setdefault(key, group)
            words = key.split()
            if group.type == _PEOPLE:
                if len(words) > 1 and words[-1] not in titles():
                    people = self._surnames.setdefault(words[-1], [])
                    if group not in people[:_MOST]:
                        people.append(group)
            else:
                for form in short_forms(key):
                    longer = self._longer.setdefault(form, [])
                    if len(longer) < _MOST and all(g is not group for g in longer):
                        longer.append(group)

    def _join_short_forms(self, here: dict[int, _Group]) -> None:
        """A short form that one article uses alone, and the long name that another one uses.

        Ids that were handed out stay: of two actors that both have one, none is changed.
        """
        for group in [g for g in here.values() if g.type != _PEOPLE]:
            for key in sorted(group.keys):
                wider = [g for g in self._longer.get(key, []) if g is not group and g.keys and g.type == group.type]
                if len(wider) == 1 and not wider[0].articles & group.articles and not (wider[0].id and group.id):
                    self._merge(wider[0], group, here)
                    break
        for group in [g for g in here.values() if g.type != _PEOPLE and g.keys and not g.id]:
            for form in sorted({form for key in group.keys for form in short_forms(key)}):
                short = self._by_key.get(form)
                alone = short is not None and short.id and all(g is group for g in self._longer.get(form, []))
                if alone and short is not None and short.type == group.type and not short.articles & group.articles:
                    self._merge(group, short, here)
                    break

    def _merge(self, into: _Group, short: _Group, here: dict[int, _Group]) -> None:
        into.entities += [(n, e, f"short for {into.name}") for n, e, _ in short.entities]
        into.articles |= short.articles
        into.id, into.met = into.id or short.id, max(into.met, short.met)
        into.keys |= short.keys
        for key in short.keys:
            if self._by_key.get(key) is short:
                self._by_key[key] = into
        short.keys, short.entities = set(), []
        here[id(into)] = into

    def _forget(self) -> None:
        """Keep the half of the actors that was met last."""
        kept = sorted((g for g in self._groups if g.keys), key=lambda g: g.met)[-(self._most // 2) :]
        self._groups, self._by_key, self._surnames, self._longer = kept, {}, {}, {}
        for group in kept:
            self._index(group, group.keys)


def join_actors(analyses: Sequence[Analysis]) -> tuple[Analysis, ...]:
    """The analyses with ``Entity.actor`` set: equal ids for the same actor, stable for the same input."""
    return ActorRegister().join(analyses)


def explain_actors(analyses: Sequence[Analysis]) -> tuple[ActorJoin, ...]:
    """For every entity its actor across the articles and the reason, in the order of articles and entities."""
    return ActorRegister().explain(analyses)


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
            for group in surnames.get(words[-1], ())[:_MOST]:
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


def _joins(analyses: Sequence[Analysis], first: int, groups: list[_Group]) -> tuple[ActorJoin, ...]:
    found: dict[tuple[int, str], ActorJoin] = {}
    for group in groups:
        if not group.entities:
            continue
        if not group.id:
            # the id comes from the name and from where it is first met, so that two people of one name stay apart
            number, entity, _ = min(group.entities)
            group.id = "a" + content_id(f"{group.type}\t{group.name}\t{number}\t{entity}")[:12]
        for n, e, reason in group.entities:
            found[(n, e)] = ActorJoin(n - first, e, group.id, reason)
    for n, analysis in enumerate(analyses, first):
        for lone in analysis.entities:
            if (n, lone.id) not in found:
                actor = "a" + content_id(f"{analysis.article.id}\t{lone.id}\t{lone.name}")[:12]
                found[(n, lone.id)] = ActorJoin(n - first, lone.id, actor, "only in this article")
    return tuple(found[(n, e.id)] for n, analysis in enumerate(analyses, first) for e in analysis.entities)
