"""Actors as agencies and wikis report of them: short leads, capitals for countries, people named a sentence later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from newsdash.core.extraction.entities import find_entities

from tests.unit.test_entities import named, texts

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Karim al-Dawoudi spoke in Basra. Mr. Dawoudi left on Monday.", "Karim al-Dawoudi", "Dawoudi"),
        ("Timothy Marsh and Tim Marsh are one man. Tim was ill.", "Timothy Marsh", "Tim"),
        ("Kristin Halder opened the show. Kristen Halder was glad.", "Kristin Halder", "Kristen Halder"),
        ("Nabil Rashed, also known as Karim Amer, was freed.", "Nabil Rashed", "Karim Amer"),
        ("Hurricane Odette reached Tampa on Monday. Odette killed two people.", "Hurricane Odette", "Odette"),
        ("Members of the Dal Khalsa militant group met. Dal Khalsa denied it.", "Dal Khalsa", "the Dal Khalsa militant group"),
        ("Nepal voted on Sunday. The Himalayan nation has a new parliament.", "Nepal", "The Himalayan nation"),
        ("Iran denied the report. It had backed a move by Tehran to enrich uranium.", "Iran", "Tehran"),
        ("Officials fled. The United States National Security Council met.", "United States National Security Council",
         "National Security Council"),
        ("The crew left the space shuttle Endurance in Ohio. The space shuttle Endurance was old.",
         "space shuttle Endurance", "Endurance"),
        ("She was kept in Clearwater, Florida until she was eighteen.", "Clearwater", "Clearwater, Florida"),
        ("State Department spokesman, Sean Feld said Thursday the talks failed.", "Sean Feld", "State Department spokesman"),
    ],
)  # fmt: skip
def test_two_ways_to_call_one(nlp: Language, text: str, one: str, other: str) -> None:
    assert other in texts(named(find_entities(nlp(text)), one))


@pytest.mark.parametrize(
    ("text", "name", "described"),
    [
        ("A top Danish official has resigned. Colonel Jens Holm, who led the navy, gave no reason.", "Jens Holm",
         "A top Danish official"),
        ("A major oil company will leave Chad. Norton Petroleum has refused to pay more taxes.", "Norton Petroleum",
         "A major oil company"),
        ("A top Peruvian official has warned against the plan. Deputy Trade Minister Ana Rojas said it was too late.",
         "Ana Rojas", "A top Peruvian official"),
        ("A Danish exile group says it was robbed. The National Council of Jutland said little.",
         "National Council of Jutland", "A Danish exile group"),
        ("Kidnappers have released a Danish missionary. Police say Jens Holm was freed on Friday.", "Jens Holm",
         "a Danish missionary"),
        ("The leader of the Reform Party said he was ready. In his speech, Karel Dvorak said nothing of the war.",
         "Karel Dvorak", "The leader of the Reform Party"),
    ],
)  # fmt: skip
def test_who_opens_a_report_is_named_in_the_next_sentence(nlp: Language, text: str, name: str, described: str) -> None:
    assert described in texts(named(find_entities(nlp(text)), name))


@pytest.mark.parametrize(
    ("text", "whole", "bare"),
    [
        ("All eight female detainees were released on Monday.", "All eight female detainees", "female detainees"),
        (
            "The 275-member national assembly rejected the plan.",
            "The 275-member national assembly",
            "national assembly",
        ),
        ("Iran said its nuclear program was legal.", "its nuclear program", "nuclear program"),
        ("Some analysts disagreed with the ministry.", "Some analysts", "analysts"),
        ("A new Danish coalition took over.", "A new Danish coalition", "Danish coalition"),
        ("The mayor answered his critics.", "his critics", "critics"),
    ],
)
def test_a_description_goes_without_its_number_and_owner(nlp: Language, text: str, whole: str, bare: str) -> None:
    assert bare in texts(named(find_entities(nlp(text)), whole))


def test_a_role_is_no_adjective_no_day_and_no_half_of_a_title(nlp: Language) -> None:
    text = "Snow fell on the western U.S. city of Denver. On Tuesday Israeli Prime Minister Dan Levy called."
    told = {m.text for e in find_entities(nlp(text)) for m in e.mentions}
    assert not told & {"western", "western U.S.", "Tuesday", "Israeli Prime"}
    assert "Israeli Prime Minister" in told


def test_a_brand_is_a_name(nlp: Language) -> None:
    assert named(find_entities(nlp("Nobody owns the word qPhone yet.")), "qPhone").type == "PRODUCT"


def test_thousands_of_people_are_somebody(nlp: Language) -> None:
    assert (
        named(find_entities(nlp("Thousands of people have protested in Lima.")), "Thousands of people").type == "PERSON"
    )


def test_his_minister_is_somebody_else(nlp: Language) -> None:
    found = find_entities(nlp("Omar Haddad became his own man. Omar Haddad remains the boss of his minister."))
    assert "his minister" not in texts(named(found, "Omar Haddad"))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Danish President Jens Holm met aides on Monday. The 81-year-old leader was ill.", "Jens Holm",
         "The 81-year-old leader"),
        ("Jens Holm was arrested. The 46-year-old actor threw beans.", "Jens Holm", "The 46-year-old actor"),
        ("Peruvian officials closed the road on Monday. Authorities said nobody was hurt.", "Peruvian officials",
         "Authorities"),
        ("U.S. troops left the town. American forces had been there for a year.", "U.S. troops", "American forces"),
        ("The Grain Council met in Riga. The 15-member council took no vote.", "Grain Council", "The 15-member council"),
        ("Suspected Danish militants fled.", "Suspected Danish militants", "Danish militants"),
        ("The U.S. Meadow Care Administration is slow. The MCA said so.", "U.S. Meadow Care Administration", "MCA"),
        ("Three demonstrators were hurt. The protesters blamed nobody.", "Three demonstrators", "The protesters"),
        ("Japanese Premier Aki Mori met Lena Holt. The Japanese leader smiled.", "Aki Mori", "The Japanese leader"),
        ("Finnish troops crossed the lake. Finland said its troops were tired.", "Finnish troops", "its troops"),
        ("Thousands of Danes left. Some Danes stayed.", "Danes", "Thousands of Danes"),
        ("Leaders from Africa met. Aid will reach the continent soon.", "Africa", "the continent"),
    ],
)  # fmt: skip
def test_agencies_call_one_by_two_nouns(nlp: Language, text: str, one: str, other: str) -> None:
    assert other in texts(named(find_entities(nlp(text)), one))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Jens Holm was buried in Aarhus on Monday. Tributes to the cellist came from many lands.", "Jens Holm",
         "the cellist"),
        ("Jens Holm fell ill in Oslo. Doctors will see the former tennis player on Monday.", "Jens Holm",
         "the former tennis player"),
        ("The Nordic Water Alliance met in Oslo. The 12-member bloc said nothing.", "Nordic Water Alliance",
         "The 12-member bloc"),
        ("UNESCO director Jens Holm spoke in Oslo. Reporters say the UNESCO chief was ill.", "Jens Holm",
         "the UNESCO chief"),
        ("Following talks with his Danish counterpart (Jens Holm), the minister left.", "Jens Holm",
         "his Danish counterpart"),
        ("The Danish paper says Jens Holm - a trained architect - has left.", "Jens Holm", "a trained architect"),
        ("The Reform Party met. Mr. Holm left the dominant Reform Party faction in May.", "Reform Party",
         "the dominant Reform Party faction"),
    ],
)  # fmt: skip
def test_a_new_description_of_who_is_in_mind(nlp: Language, text: str, one: str, other: str) -> None:
    assert other in texts(named(find_entities(nlp(text)), one))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Police hold two women in Oslo. The two suspects said nothing.", "two women", "The two suspects"),
        ("Police arrested three men in Oslo. A lawyer says the suspects were asleep.", "three men", "the suspects"),
        ("Insurgents took a village. The militants left on Monday.", "Insurgents", "The militants"),
        ("The military government met. The junta refused to step down.", "The military government", "The junta"),
    ],
)  # fmt: skip
def test_a_new_description_of_a_group_in_mind(nlp: Language, text: str, one: str, other: str) -> None:
    assert any({one, other} <= set(texts(entity)) for entity in find_entities(nlp(text)))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Jens Holm went to Oslo. The ambassador was late.", "Jens Holm", "The ambassador"),  # a post
        ("Jens Holm said the tycoon was late.", "Jens Holm", "the tycoon"),  # nobody says so of himself
        ("Jens Holm met Karl Berg. Tributes to the cellist came.", "Karl Berg", "the cellist"),  # which of them?
        ("Six passengers died in Oslo. Police seek the attackers.", "Six passengers", "the attackers"),
    ],
)
def test_a_description_of_somebody_new(nlp: Language, text: str, one: str, other: str) -> None:
    assert not any({one, other} <= set(texts(entity)) for entity in find_entities(nlp(text)))


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Danish, Dutch and Greek negotiators met in Oslo.", "Danish, Dutch and Greek negotiators"),
        ("Officials say EU and Danish troops killed two men.", "EU and Danish troops"),
    ],
)
def test_a_list_before_one_noun_is_one_description(nlp: Language, text: str, listed: str) -> None:
    assert any(listed in texts(entity) for entity in find_entities(nlp(text)))
