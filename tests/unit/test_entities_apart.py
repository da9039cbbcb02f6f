"""What is no actor, who is somebody else, and what counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from newsdash.core.export.ledger import occurrences
from newsdash.core.extraction.entities import find_entities

from tests.unit.test_entities import named, texts

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    "text",
    [
        "The workers used advanced drilling technology in the tunnel.",
        "Readers said it was a long game.",
        "Workers who seek public office made letters public.",
    ],
)
def test_a_thing_told_of_once_is_no_actor(nlp: Language, text: str) -> None:
    assert {e.type for e in find_entities(nlp(text))} <= {"PERSON"}


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The United States warned Norway. The region is poor.", "United States", "The region"),
        ("Members of the Tesla board met. Members of the Norwegian parliament protested.", "Members of the Tesla board", "Members of the Norwegian parliament"),
        ("Angry voters met in Oslo. The mayor thanked angry voters who had stayed at home.", "Angry voters", "angry voters who had stayed at home"),
    ],
)  # fmt: skip
def test_those_told_apart_by_what_follows_are_others(nlp: Language, text: str, one: str, other: str) -> None:
    assert other not in texts(named(find_entities(nlp(text)), one))


def test_his_mum_is_his_mother(nlp: Language) -> None:
    found = find_entities(nlp("Paul Meyer praised his mother. Meyer said that his mum had taught him."))
    assert {"his mother", "his mum"} <= texts(named(found, "his mother"))


def test_the_baby_is_who_was_called_a_child(nlp: Language) -> None:
    found = find_entities(nlp("Paul Meyer took his daughter, Anna, to Oslo. Meyer said that the baby was ill."))
    assert "the baby" not in texts(named(found, "Meyer"))


def test_a_party_and_its_state_are_nobody(nlp: Language) -> None:
    found = find_entities(nlp("Rep. Paul Meyer (R-S.C.) and Sen. Anna Weber (D-Vt.) spoke on Monday."))
    assert not any("R-S.C" in text or "D-Vt" in text for e in found for text in texts(e))


def test_one_place_counts_once(nlp: Language) -> None:
    found = find_entities(nlp("Anna Weber, the mayor of Oslo, resigned."))
    assert len(occurrences(named(found, "Anna Weber"))) == 1


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They passed the Homes for Veterans of Foreign Wars Act on Monday.", "Homes for Veterans of Foreign Wars Act", "LAW"),
        ("Workers left the cruise ship Osterfjord in Bergen.", "Osterfjord", "PRODUCT"),
    ],
)  # fmt: skip
def test_names_of_laws_and_ships(nlp: Language, text: str, name: str, kind: str) -> None:
    assert named(find_entities(nlp(text)), name).type == kind


def test_a_lawyer_for_somebody_is_his_lawyer(nlp: Language) -> None:
    found = find_entities(nlp("A lawyer for Paul Meyer, Anna Weber, spoke in Oslo. Meyer's attorney denied it."))
    assert "Meyer's attorney" in texts(named(found, "Anna Weber"))


@pytest.mark.parametrize(
    ("text", "one", "same"),
    [
        ("Angry voters met in Oslo. The mayor thanked the angry voters, who went home.", "Angry voters", "the angry voters"),
        ("Sen. Paul Meyer of Ohio, the committee's ranking Democrat, spoke in Oslo.", "Paul Meyer", "the committee's ranking Democrat"),
        ("Rep. Anna Weber of Texas, the majority leader, spoke in Oslo.", "Anna Weber", "the majority leader"),
    ],
)  # fmt: skip
def test_the_same_with_more_told_of_them(nlp: Language, text: str, one: str, same: str) -> None:
    assert same in texts(named(find_entities(nlp(text)), one))


def test_a_surname_that_is_a_country_is_a_person(nlp: Language) -> None:
    found = find_entities(nlp("Rep. Tom Jordan (R-Iowa) asked for papers. Jordan said on Monday that he was angry."))
    assert "Jordan" in texts(named(found, "Tom Jordan"))
    found = find_entities(nlp("Rep. Tom Jordan spoke of refugees in Jordan. Egypt and Jordan signed the treaty."))
    assert named(found, "Jordan").type == "GPE"


def test_a_land_is_not_in_the_name_of_another(nlp: Language) -> None:
    found = find_entities(nlp("Officials in West Virginia met a senator of Virginia. Laws of West Virginia are old."))
    assert len(occurrences(named(found, "Virginia"))) == 1


def test_a_hyphen_between_two_lands_joins_two_names(nlp: Language) -> None:
    found = find_entities(nlp("The Israel-Lebanon border was closed. Guinea-Bissau sent a note."))
    assert named(found, "Israel").id != named(found, "Lebanon").id
    assert named(found, "Guinea-Bissau").type == "GPE"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They met at the White House on Friday.", "FAC"),
        ("The agreement between the White House and Congress was signed.", "ORG"),
    ],
)
def test_a_house_is_a_body_unless_somebody_is_there(nlp: Language, text: str, kind: str) -> None:
    assert named(find_entities(nlp(text)), "White House").type == kind


def test_a_share_index_is_nobody(nlp: Language) -> None:
    found = find_entities(nlp("The Dow Jones Industrial Average fell. In London, the FTSE 100 rose. The Dow slipped."))
    assert not [e.name for e in found if e.type == "ORG"]
    assert named(find_entities(nlp("Dow said on Monday that it would close a plant in Oslo.")), "Dow").type == "ORG"


def test_a_part_of_the_world_has_its_adjective_and_its_short_name(nlp: Language) -> None:
    found = find_entities(
        nlp("Envoys met in the Middle East. The Mideast talks began as European ministers left Europe.")
    )
    assert "Mideast" in texts(named(found, "Middle East"))
    assert named(found, "Europe").type == "LOC"


def test_a_firm_named_after_a_part_of_the_world_is_a_firm(nlp: Language) -> None:
    found = find_entities(nlp("Royal Caribbean said its ships would return to the Caribbean in May."))
    assert named(found, "Royal Caribbean").type == "ORG"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Berg & Meyer, LLP sued Nordvik, Ltd. of Oslo on Monday.", "Berg & Meyer, LLP", "ORG"),
        ("Crowds chanted anti-American slogans. US troops left the city on Monday.", "US", "GPE"),
    ],
)
def test_the_name_that_is_shown(nlp: Language, text: str, name: str, kind: str) -> None:
    assert (name, kind) in {(e.name, e.type) for e in find_entities(nlp(text))}
