"""Descriptions that news gives in other words, joined to whom they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from newsdash.core.extraction.entities import find_entities

from tests.unit.test_entities import named, texts

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Hamas rejected the plan. The army said Hamas fighters had fired at a patrol.", "Hamas", "Hamas fighters"),
        ("Floods hit Baghdad on Friday. Schools in the Iraqi capital stayed closed.", "Baghdad", "the Iraqi capital"),
        ("Soldiers went to Somalia. The war-torn country needs food.", "Somalia", "The war-torn country"),
        ("A bridge fell in Kirkuk. Officials of the oil-rich city were worried.", "Kirkuk", "the oil-rich city"),
        ("Norway lost the match. The captain said his country was proud.", "Norway", "his country"),
        ("Ferries to Cyprus were full. Hotels on the island had no rooms.", "Cyprus", "the island"),
        ("Russian Defense Minister Anna Petrova spoke in Oslo. The Russian official praised the talks.", "Anna Petrova", "The Russian official"),
        ("NATO sent more planes. The alliance gave no number.", "NATO", "The alliance"),
        ("OPEC met in Vienna. The oil cartel did not cut production.", "OPEC", "The oil cartel"),
        ("The U.S. space agency delayed a launch. NASA said the weather was bad.", "NASA", "The U.S. space agency"),
        ("France's top negotiator is in Oslo. Marie Duval met Norwegian ministers there.", "Marie Duval", "France's top negotiator"),
        ("Hurricane Wilma reached Mexico. Hotels were destroyed by the storm.", "Hurricane Wilma", "the storm"),
        ("British Prime Minister Paul Meyer went to Cairo. The British leader met farmers.", "Paul Meyer", "The British leader"),
        ("The union accused the mayor of hiding a report. Mayor Anna Weber denied it.", "Anna Weber", "the mayor"),
        ("Paul Meyer went home. His lawyer, Ada Brandt, said her client was tired.", "Paul Meyer", "her client"),
        ("Culture Minister Ada Brandt met Sport Minister Paul Meyer. She thanked her colleague.", "Paul Meyer", "her colleague"),
        ("Ada Brandt of the Dune Watch Network spoke. Her group wants a fence.", "Dune Watch Network", "Her group"),
        ("A brewer bought the mill in May. The brewer, Halsen, gave no price.", "Halsen", "A brewer"),
        ("The smallest opposition party, the Harbour Front, said it would vote no.", "Harbour Front", "The smallest opposition party"),
        ("A baker from Hamar, Paul Meyer, said he had heard it.", "Paul Meyer", "A baker from Hamar"),
        ("Three divers came back. One of them, Paul Meyer, said it was dark.", "Paul Meyer", "One of them"),
        ("Norwegian President Paul Meyer flew home to Norway. He said his government would pay.", "Norway", "his government"),
    ],
)  # fmt: skip
def test_a_description_in_other_words(nlp: Language, text: str, name: str, told: str) -> None:
    assert told in texts(named(find_entities(nlp(text)), name))


@pytest.mark.parametrize(
    "sentence",
    [
        "Diplomats said Madrid was ready to pay.",
        "Lisbon called on Madrid to pay.",
        "The talks between Madrid and the rebels failed.",
        "Madrid's ambassador left the room.",
        "Reporters praised Madrid for its answer.",
    ],
)
def test_a_capital_that_acts_is_its_country(nlp: Language, sentence: str) -> None:
    assert "Madrid" in texts(named(find_entities(nlp(f"Spain lost a ship. {sentence}")), "Spain"))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Masked gunmen took two engineers. The kidnappers asked for money.", "Masked gunmen", "The kidnappers"),
        ("Angry demonstrators closed a road. Police arrested the protesters.", "Angry demonstrators", "the protesters"),
    ],
)
def test_two_words_for_one_group(nlp: Language, text: str, one: str, other: str) -> None:
    assert other in texts(named(find_entities(nlp(text)), one))


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Norway sent a team. The neighboring country sent two.", "Norway", "The neighboring country"),
        ("Floods hit Baghdad. Schools in the Iranian capital stayed closed.", "Baghdad", "the Iranian capital"),
    ],
)
def test_another_country_is_not_the_one_in_mind(nlp: Language, text: str, name: str, other: str) -> None:
    assert other not in texts(named(find_entities(nlp(text)), name))


@pytest.mark.parametrize("when", ["Monday", "last week", "late Tuesday", "April 6"])
def test_when_it_happened_is_no_part_of_who_did_it(nlp: Language, when: str) -> None:
    found = find_entities(nlp(f"The minister told local fishermen {when} that the harbor would close."))
    assert "local fishermen" in texts(named(found, "local fishermen"))
