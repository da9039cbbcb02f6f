"""The same actor across articles: joined by name, kept apart where something contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdash.core.extraction.entities import find_entities
from newsdash.core.records import Analysis, Article, Entity, Mention, to_json
from newsdash.core.story import ActorRegister, explain_actors, join_actors

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


def actors(*analyses: Analysis) -> list[list[str]]:
    return ids(join_actors(analyses))


def ids(joined: tuple[Analysis, ...]) -> list[list[str]]:
    """The actor id of each entity of each article."""
    return [[str(e.actor) for e in a.entities] for a in joined]


def test_same_name_is_one_actor() -> None:
    one, other = actors(article("a", entity(1, "ORG", "Siemens")), article("b", entity(1, "ORG", "Siemens")))
    assert one == other
    assert all(actor.startswith("a") for actor in one)


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


def test_ids_hold_over_a_stream_of_articles() -> None:
    story = [
        article("a", entity(1, "PERSON", "Bill Clinton"), entity(2, "ORG", "BSA")),
        article("b", entity(1, "ORG", "Siemens"), entity(2, "PERSON", "Clinton")),
        article("c", entity(1, "ORG", "Business Software Alliance"), entity(2, "ORG", "Siemens")),
    ]
    register = ActorRegister()
    (clinton, bsa), (siemens, surname), (alliance, again) = (
        one for analysis in story for one in ids(register.join([analysis]))
    )
    assert clinton == surname
    assert bsa == alliance
    assert siemens == again


def test_a_stream_keeps_only_so_many_actors_in_mind() -> None:
    register = ActorRegister(most=4)
    names = [f"Firm {chr(65 + n)}{chr(97 + n)}x" for n in range(8)]
    first = [ids(register.join([article(name, entity(1, "ORG", name))])) for name in names]
    later = [ids(register.join([article(f"again {name}", entity(1, "ORG", name))])) for name in reversed(names)]
    assert later[0] == first[-1]
    assert later[-1] != first[0]


def test_no_actor_is_no_field() -> None:
    assert b'"actor"' not in to_json(article("a", entity(1, "ORG", "Siemens")))
    assert b'"actor":"a' in to_json(*join_actors([article("a", entity(1, "ORG", "Siemens"))]))


def test_from_text(nlp: Language) -> None:
    read = [
        article("a", *find_entities(nlp("Angela Merkel met Emmanuel Macron in Paris on Monday."))),
        article("b", *find_entities(nlp("Angela Merkel left Berlin. Merkel said she was tired."))),
    ]
    first, second = join_actors(read)
    merkel = {e.actor for a in (first, second) for e in a.entities if "Merkel" in e.name}
    assert len(merkel) == 1
    assert merkel.isdisjoint({e.actor for e in first.entities if "Macron" in e.name})
