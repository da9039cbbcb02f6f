"""The same actor across articles: joined by name, kept apart where something contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdash.core.extraction.entities import find_entities
from newsdash.core.records import Analysis, Article, Entity, Mention
from newsdash.core.story import explain_actors, join_actors

if TYPE_CHECKING:
    from spacy.language import Language


def entity(number: int, type_: str, *names: str, pronoun: str = "") -> Entity:
    """An entity with these names, one mention each."""
    mentions = [Mention(start=0, end=len(n), text=n, kind="name", reason="first mention") for n in names]
    if pronoun:
        mentions.append(Mention(start=0, end=len(pronoun), text=pronoun, kind="pronoun", reason="nearest"))
    return Entity(id=f"e{number}", name=names[0], type=type_, aliases=names, mentions=tuple(mentions))  # type: ignore[arg-type]


def article(name: str, *entities: Entity) -> Analysis:
    return Analysis(article=Article(id=name, text=name), entities=entities)


def actors(*analyses: Analysis) -> list[list[str | None]]:
    return [[e.actor for e in a.entities] for a in join_actors(analyses)]


def test_same_name_is_one_actor() -> None:
    one, other = actors(article("a", entity(1, "ORG", "Siemens")), article("b", entity(1, "ORG", "Siemens")))
    assert one == other != [None]


def test_table_names_are_one_actor() -> None:
    one, other = actors(article("a", entity(1, "GPE", "United States")), article("b", entity(1, "GPE", "America")))
    assert one == other


def test_nickname_and_full_given_name() -> None:
    one, other = actors(
        article("a", entity(1, "PERSON", "Tim Cook")), article("b", entity(1, "PERSON", "Timothy D. Cook"))
    )
    assert one == other


def test_given_names_that_differ_stay_apart() -> None:
    one, other = actors(
        article("a", entity(1, "PERSON", "Bill Clinton")), article("b", entity(1, "PERSON", "Hillary Clinton"))
    )
    assert one != other


def test_genders_that_differ_stay_apart() -> None:
    he, she = entity(1, "PERSON", "Kim Novak", pronoun="he"), entity(1, "PERSON", "Kim Novak", pronoun="she")
    one, other = actors(article("a", he), article("b", she))
    assert one != other


def test_two_entities_of_one_article_stay_two() -> None:
    first = article("a", entity(1, "PERSON", "John Smith"), entity(2, "PERSON", "J. Smith"))
    assert len(set(actors(first)[0])) == 2


def test_a_surname_alone_joins_only_when_it_is_clear() -> None:
    alone = article("b", entity(1, "PERSON", "Clinton"))
    (one,), (other,) = actors(article("a", entity(1, "PERSON", "Bill Clinton")), alone)
    assert one == other
    both = article("a", entity(1, "PERSON", "Bill Clinton"), entity(2, "PERSON", "Hillary Clinton"))
    (bill, hillary), (other,) = actors(both, alone)
    assert other not in (bill, hillary)


def test_initials_used_elsewhere() -> None:
    long_ = article("a", entity(1, "ORG", "Business Software Alliance"))
    one, other = actors(long_, article("b", entity(1, "ORG", "BSA")))
    assert one == other


def test_every_join_has_a_reason_and_ids_are_stable() -> None:
    story = [
        article("a", entity(1, "ORG", "Siemens")),
        article("b", entity(1, "ORG", "Siemens"), entity(2, "GPE", "Oslo")),
    ]
    joins = explain_actors(story)
    assert len(joins) == 3
    assert all(join.reason for join in joins)
    assert joins == explain_actors(story)


def test_from_text(nlp: Language) -> None:
    read = [
        article("a", *find_entities(nlp("Angela Merkel met Emmanuel Macron in Paris on Monday."))),
        article("b", *find_entities(nlp("Angela Merkel left Berlin. Merkel said she was tired."))),
    ]
    first, second = join_actors(read)
    merkel = {e.actor for a in (first, second) for e in a.entities if "Merkel" in e.name}
    assert len(merkel) == 1
    assert merkel.isdisjoint({e.actor for e in first.entities if "Macron" in e.name})
