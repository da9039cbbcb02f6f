"""Actors that news describes rather than names: papers, measures, headlines, roles with titles, and types by context."""

from __future__ import annotations

import pytest
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.entities.names import Name
from newsdash.core.extraction.entities.types import settle_types
from newsdash.core.records import Entity
from spacy.language import Language


def with_text(entities: tuple[Entity, ...], text: str) -> Entity:
    """The entity one of whose mentions reads so."""
    return next(e for e in entities if any(m.text == text for m in e.mentions))


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        ("Paul Meyer signed the petition on Monday.", "the petition", "LAW"),
        ("The committee rejected the levy.", "the levy", "LAW"),
        ("Residents welcomed the closure of the port in June.", "the closure of the port", "EVENT"),
        ("Anna Weber's campaign denied the claim.", "Anna Weber's campaign", "ORG"),
        ("Two of his aides resigned on Monday.", "Two of his aides", "PERSON"),
        ("Growers spoke out against a sugar bill on Monday.", "a sugar bill", "LAW"),
        ("About 90 dockers left the hall.", "About 90 dockers", "PERSON"),
        ("The village sued the men who sold the mill in March.", "the men who sold the mill", "PERSON"),
        ("Prosecutors dropped the case on Monday.", "Prosecutors", "ORG"),
        ("Paul Meyer called on the ministry to pay.", "the ministry", "ORG"),
        ("Anna Weber thanked both negotiators.", "both negotiators", "PERSON"),
        ("The vote in the regional parliament was close.", "the regional parliament", "ORG"),
        ("Paul Meyer wrote about the boats of the sailors.", "the sailors", "PERSON"),
        ("The national weather service expects rain.", "The national weather service", "ORG"),
        ("The head of the smaller bank thanked Paul Meyer.", "The head of the smaller bank", "PERSON"),
        ("A retired officer there gave no name.", "A retired officer there", "PERSON"),
    ],
)
def test_what_is_done_things_to_is_an_actor(nlp: Language, text: str, phrase: str, kind: str) -> None:
    assert with_text(find_entities(nlp(text)), phrase).type == kind


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The police searched a ferry in Oslo. The ship was empty.", "a ferry", "The ship"),
        ("Anna Weber was jailed on Friday. The 54-year-old denied everything.", "Anna Weber", "The 54-year-old"),
        ("A ministry spokesman, Captain Paul Meyer, denied it.", "Paul Meyer", "A ministry spokesman"),
        ("Its chairman, Sen. Paul Meyer, said no.", "Paul Meyer", "Its chairman"),
        ("Army commander General Paul Meyer said no.", "Paul Meyer", "Army commander"),
        ("Anna Weber, 61, a retired dancer, said no.", "Anna Weber", "a retired dancer"),
        ("The Halland District Court freed him. The judges said no.", "Halland District Court", "The judges"),
        ("The transport minister resigned. Transport minister Paul Meyer gave no reason.", "Paul Meyer", "The transport minister"),
        ("Talks opened at the Oslo Space Agency (KXR). KXR declined to comment.", "Oslo Space Agency", "KXR"),
        (
            "Norwegian museum returns coins\n\nThe Halland Museum in Oslo said on Monday it would return the coins.",
            "Norwegian museum",
            "Halland Museum",
        ),
    ],
)  # fmt: skip
def test_one_actor_in_other_words(nlp: Language, text: str, one: str, other: str) -> None:
    found = find_entities(nlp(text))
    assert with_text(found, one) is with_text(found, other)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Police praised the environmental group Mar Claro on Monday.", "Mar Claro", "ORG"),
        ("Analysts at Tarn & Holm said sales fell.", "Tarn & Holm", "ORG"),
        ("The firm sells a tool called Verano.", "Verano", "PRODUCT"),
        ("Thousands joined Alianza Tormes on Monday.", "Alianza Tormes", "ORG"),
        ("They were taken to the island of Bressa on Monday.", "Bressa", "LOC"),
        ("Harbour Minister Elsa Tornquist said it had been warned.", "Elsa Tornquist", "PERSON"),
        ("A member of the council from the ruling party, Oskar Brandal, rejected that.", "Oskar Brandal", "PERSON"),
        ("Elsa Tornquist, a furniture maker who was asked to speak, refused.", "Elsa Tornquist", "PERSON"),
        ("Economists at the Tornquist Institute, a think-tank, said prices fell.", "Tornquist Institute", "ORG"),
        ("Observers from the Velmora Forum for Fair Elections left.", "Velmora Forum for Fair Elections", "ORG"),
        ("Where do the trams in leeds stop?", "leeds", "GPE"),
    ],
)
def test_the_words_beside_a_name_tell_its_type(nlp: Language, text: str, name: str, kind: str) -> None:
    assert with_text(find_entities(nlp(text)), name).type == kind


def test_an_edition_is_not_what_it_is_an_edition_of(nlp: Language) -> None:
    found = find_entities(nlp("Tirvana sells tablets. The Tirvana Store opened in Oslo, and Tirvana was pleased."))
    assert "Tirvana Store" not in {m.text for m in with_text(found, "Tirvana").mentions}


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Storms hit the Orvane Strait. The Orvane Strait Ports Agency closed it.", "Orvane Strait", "Orvane Strait Ports Agency"),
        ("Ministers of Tolmara met. Tolmaran growers joined the Tolmaran Farmers' Federation.", "Tolmara", "Tolmaran Farmers' Federation"),
    ],
)  # fmt: skip
def test_a_body_is_not_the_place_it_is_called_after(nlp: Language, text: str, one: str, other: str) -> None:
    assert other not in {m.text for m in with_text(find_entities(nlp(text)), one).mentions}


def test_a_firm_is_known_by_what_it_owns_wherever_that_stands(nlp: Language) -> None:
    doc = nlp("Velloran warned of delays. Velloran’s customers complained, and Velloran closed.")
    at = [token.i for token in doc if token.text == "Velloran"]
    tagged = [Name(i, i + 1, type_) for i, type_ in zip(at, ("PERSON", "ORG", "PERSON"), strict=True)]
    assert {name.type for name in settle_types(doc, tagged)} == {"ORG"}
