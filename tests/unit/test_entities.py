"""Who is who in one article: names, roles, descriptions, groups and pronouns joined to their actor, with reasons."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.entities.knowledge import heads, known_names
from newsdash.core.records import Entity

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def named(entities: tuple[Entity, ...], text: str) -> Entity:
    """The one entity that has this mention."""
    found = [e for e in entities if any(m.text == text for m in e.mentions)]
    assert len(found) == 1, (text, [e.aliases for e in entities])
    return found[0]


def texts(entity: Entity) -> set[str]:
    return {m.text for m in entity.mentions}


def test_surname_and_pronoun_join_the_full_name(nlp: Language) -> None:
    found = find_entities(nlp("Angela Merkel visited Paris on Monday. Merkel said she would return in May."))
    merkel = named(found, "Angela Merkel")
    assert merkel.type == "PERSON"
    assert {"Merkel", "she"} <= texts(merkel)
    assert all(m.reason for m in merkel.mentions)


def test_two_people_of_one_surname_stay_two(nlp: Language) -> None:
    found = find_entities(nlp("Bill Clinton spoke first. Hillary Clinton spoke after him. She thanked the audience."))
    assert named(found, "Bill Clinton").id != named(found, "Hillary Clinton").id
    assert "She" in texts(named(found, "Hillary Clinton"))
    assert "him" in texts(named(found, "Bill Clinton"))


def test_a_role_before_the_name_is_a_role_phrase(nlp: Language) -> None:
    found = find_entities(nlp("U.S. Secretary of Defense Pete Hegseth met President Emmanuel Macron in Paris."))
    hegseth = named(found, "Pete Hegseth")
    assert hegseth.role == "U.S. Secretary of Defense"
    assert "U.S. Secretary of Defense Pete Hegseth" in hegseth.aliases


def test_apposition_names_the_role(nlp: Language) -> None:
    found = find_entities(
        nlp("Microsoft raised its prices. The company's chief executive, Satya Nadella, defended it.")
    )
    assert "The company's chief executive" in texts(named(found, "Satya Nadella"))
    assert {"its", "The company"} <= texts(named(found, "Microsoft"))


def test_acronym_in_brackets(nlp: Language) -> None:
    found = find_entities(nlp("The World Trade Organization (WTO) met in Geneva. The WTO will meet again in June."))
    wto = named(found, "World Trade Organization")
    assert "WTO" in wto.aliases


def test_names_of_one_country_are_one(nlp: Language) -> None:
    found = find_entities(nlp("The United States signed the treaty. U.S. officials said America would keep it."))
    assert {"United States", "U.S.", "America"} <= texts(named(found, "America"))


def test_a_building_stands_for_its_institution(nlp: Language) -> None:
    found = find_entities(nlp("The Department of Defense awarded a contract. The Pentagon said it would pay in May."))
    assert "Pentagon" in texts(named(found, "Department of Defense"))


def test_a_capital_stands_for_its_country_only_where_it_acts(nlp: Language) -> None:
    acting = find_entities(nlp("Russia sent a letter. Moscow denied the report on Friday."))
    assert "Moscow" in texts(named(acting, "Russia"))
    place = find_entities(nlp("Russia sent a letter. The two ministers met in Moscow on Friday."))
    assert "Moscow" not in texts(named(place, "Russia"))


def test_joint_actor_has_members(nlp: Language) -> None:
    found = find_entities(
        nlp("Israel criticised Iran on Monday. Iran answered Israel. Both countries refused to talk.")
    )
    both = named(found, "Both countries")
    assert set(both.members) == {named(found, "Israel").id, named(found, "Iran").id}


def test_unnamed_groups_that_act_are_actors(nlp: Language) -> None:
    found = find_entities(nlp("Federal agencies rejected the plan. Officials said it was late."))
    assert named(found, "Federal agencies").type == "ORG"
    assert named(found, "Officials").type == "PERSON"


def test_a_month_or_a_place_tells_an_event_apart(nlp: Language) -> None:
    found = find_entities(nlp("The May raid on Tripoli failed. The general regretted the January operation."))
    assert {named(found, "The May raid").type, named(found, "the January operation").type} == {"EVENT"}


def test_a_relative_is_one_person_before_and_after_the_name(nlp: Language) -> None:
    found = find_entities(
        nlp("Paul Meyer travelled with his father on Monday. His father, Karl Meyer, praised the hosts.")
    )
    father = named(found, "Karl Meyer")
    assert {"his father", "His father"} <= texts(father)
    assert father.id != named(found, "Paul Meyer").id


def test_a_possessor_is_not_what_it_possesses(nlp: Language) -> None:
    found = find_entities(nlp("Paul Meyer left early. With his mother, Meyer flew home."))
    assert "his mother" not in texts(named(found, "Paul Meyer"))


def test_a_headline_announces_who_is_named_later(nlp: Language) -> None:
    found = find_entities(nlp("Siemens manager leaves company\n\nAnna Schmidt, a manager at Siemens, left on Monday."))
    assert "Siemens manager" in texts(named(found, "Anna Schmidt"))


def test_political_camps_and_their_adjectives(nlp: Language) -> None:
    found = find_entities(nlp("The pro-democracy camp won nine seats. Pro-democracy lawmakers cheered."))
    camp = named(found, "The pro-democracy camp")
    assert camp.type == "NORP"
    assert "Pro-democracy" in texts(camp)
    assert all(e.type != "NORP" for e in find_entities(nlp("The refugee camp in Jordan was closed by the army.")))


def test_a_town_and_its_municipality_are_one(nlp: Language) -> None:
    found = find_entities(nlp("The Municipality of Livorno sued the school. Livorno won its case in the court."))
    livorno = named(found, "Municipality of Livorno")
    assert livorno.type == "GPE"
    assert livorno.name == "Livorno"


def test_a_company_in_the_name_of_another_is_not_mentioned(nlp: Language) -> None:
    found = find_entities(nlp("Apple Corps sued Apple on Monday. Apple said it would answer Apple Corps in court."))
    corps, apple = named(found, "Apple Corps"), named(found, "Apple")
    assert corps.id != apple.id
    starts = {m.start for m in corps.mentions if m.kind == "name"}
    assert starts.isdisjoint(m.start for m in apple.mentions)


def test_we_in_a_quote_is_the_organisation_of_its_speaker(nlp: Language) -> None:
    found = find_entities(nlp("“We will raise our prices,” said Satya Nadella, the chief executive of Microsoft."))
    later = find_entities(
        nlp("Microsoft chief executive Satya Nadella spoke on Monday. “We will raise our prices,” Nadella said.")
    )
    assert "We" in texts(named(later, "Microsoft"))
    assert all("We" not in texts(e) for e in found if e.type == "PERSON")


def test_a_thing_that_the_text_comes_back_to(nlp: Language) -> None:
    found = find_entities(
        nlp(
            "The ministers signed a treaty with Norway on Monday. The treaty will end the ban on crab. A boat lay outside."
        )
    )
    treaty = named(found, "The treaty")
    assert treaty.type == "LAW"
    assert "a treaty with Norway" in texts(treaty)
    assert all("A boat" not in texts(e) for e in found)


def test_an_old_treaty_is_not_the_new_one(nlp: Language) -> None:
    found = find_entities(
        nlp(
            "The old treaty with Norway expired in May. A new treaty with Norway was signed. The old treaty was unfair."
        )
    )
    old = named(found, "The old treaty with Norway")
    assert "The old treaty" in texts(old)
    assert "A new treaty with Norway" not in texts(old)


def test_a_number_tells_groups_apart(nlp: Language) -> None:
    found = find_entities(nlp("Some 300 dockers met on Monday. The dockers voted. About 40 dockers left the room."))
    assert "The dockers" in texts(named(found, "Some 300 dockers"))
    assert "About 40 dockers" not in texts(named(found, "Some 300 dockers"))


def test_people_in_general_are_nobody(nlp: Language) -> None:
    found = find_entities(nlp("People like music. No worker complained. Every visitor paid."))
    assert not found


def test_a_pair_has_the_names_of_its_members(nlp: Language) -> None:
    found = find_entities(nlp("Peru and Chile signed the accord. The two neighbours will share the port."))
    pair = named(found, "The two neighbours")
    assert "Peru and Chile" in texts(pair)
    assert pair.type == "GPE"


def test_halves_of_a_country(nlp: Language) -> None:
    found = find_entities(
        nlp("North Korea called South Korea on Monday. North and South Korea will talk. Both countries want peace.")
    )
    both = named(found, "North and South Korea")
    assert "Both countries" in texts(both)
    assert len(both.members) == 2


def test_a_company_goes_by_its_first_word(nlp: Language) -> None:
    found = find_entities(nlp("Kestrel Lines closed its office in Oslo. Kestrel said it would sell two ships."))
    assert "Kestrel" in texts(named(found, "Kestrel Lines"))


def test_a_newspaper_goes_by_its_last_word(nlp: Language) -> None:
    found = find_entities(nlp("The Washington Post published the letter. The Post said the letter was real."))
    assert "Post" in texts(named(found, "Washington Post"))


def test_a_bare_surname_is_who_is_named_most(nlp: Language) -> None:
    found = find_entities(
        nlp("Bill Clinton left Ohio. Bill Clinton met his daughter, Chelsea Clinton. Clinton will return on Friday.")
    )
    assert "Clinton" in texts(named(found, "Bill Clinton"))


def test_a_king_is_nobody_of_that_surname(nlp: Language) -> None:
    found = find_entities(nlp("Saddam Hussein spoke in Baghdad. King Hussein answered him. King Hussein went home."))
    assert all(not {"Saddam Hussein", "King Hussein"} <= {*e.aliases} for e in found)


def test_whose_president(nlp: Language) -> None:
    found = find_entities(
        nlp("Russian President Boris Yeltsin met French President Jacques Chirac. The Russian president was ill.")
    )
    assert "The Russian president" in texts(named(found, "Boris Yeltsin"))


def test_his_son_is_the_son_of_the_father(nlp: Language) -> None:
    found = find_entities(
        nlp("Tom Reed was arrested on Monday. His father, Karl Reed, was angry. Karl Reed wanted to see his son.")
    )
    assert "his son" in texts(named(found, "Tom Reed"))


def test_nobody_calls_himself_he(nlp: Language) -> None:
    found = find_entities(nlp("Paul Meyer lost the vote. “He worked hard,” Karl Braun said."))
    assert "He" in texts(named(found, "Paul Meyer"))


def test_whoever_speaks_means_himself(nlp: Language) -> None:
    found = find_entities(
        nlp("Paul Meyer lost the vote to Karl Braun. Meyer’s party is small. Braun said he was glad.")
    )
    assert "he" in texts(named(found, "Karl Braun"))


def test_a_possessive_before_its_subject(nlp: Language) -> None:
    found = find_entities(nlp("Sony fell in Tokyo. In its report on Monday, Toyota said sales were good."))
    assert "its" in texts(named(found, "Toyota"))


def test_a_town_with_its_state(nlp: Language) -> None:
    found = find_entities(nlp("Tom Reed, a teacher from Salem, Oregon, was elected. Salem is small."))
    assert "Salem, Oregon" in named(found, "Salem, Oregon").aliases
    assert "a teacher from Salem, Oregon" in texts(named(found, "Tom Reed"))


def test_a_name_before_a_coast_or_a_dateline_is_a_place(nlp: Language) -> None:
    found = find_entities(
        nlp("OSTBURG – The strike went on.\n\nMiners left Ostburg on Friday. Velmark’s coast was calm.")
    )
    assert named(found, "Ostburg").type == "GPE"
    assert named(found, "Velmark").type == "GPE"


def test_a_state_may_be_called_a_partner(nlp: Language) -> None:
    found = find_entities(nlp("Norway, a trading partner of both countries, praised the treaty."))
    assert any(text.startswith("a trading partner") for text in texts(named(found, "Norway")))


def test_a_misspelt_surname(nlp: Language) -> None:
    found = find_entities(nlp("Lydia Buchtmann wrote the report. Mr. Kern read it. Ms. Buchtman defended the report."))
    assert "Buchtman" in texts(named(found, "Lydia Buchtmann"))


def test_two_people_of_similar_names_stay_two(nlp: Language) -> None:
    found = find_entities(nlp("Peter Hansen met Peter Hanson in Oslo. Hansen was late. Hanson was angry."))
    assert named(found, "Peter Hansen").id != named(found, "Peter Hanson").id


def test_the_company_is_that_of_the_chief_who_speaks(nlp: Language) -> None:
    found = find_entities(
        nlp("Sony sued Nokia on Monday. Sony won twice. Nokia chief executive Tom Reed said the company would appeal.")
    )
    assert "the company" in texts(named(found, "Nokia"))


def test_a_former_president_is_not_the_president(nlp: Language) -> None:
    found = find_entities(nlp("President Anna Berg spoke in Oslo. The former president was not there."))
    assert "The former president" not in texts(named(found, "Anna Berg"))


def test_a_company_form_tells_a_company(nlp: Language) -> None:
    found = find_entities(nlp("Milton Carr Corp. bought two mines in Peru. Milton Carr said the price was fair."))
    carr = named(found, "Milton Carr Corp.")
    assert carr.type == "ORG"
    assert "Milton Carr" in texts(carr)


def test_a_title_cased_headline_has_the_names_of_the_text(nlp: Language) -> None:
    found = find_entities(
        nlp("Siemens Sues Nokia Over Patents\n\nSiemens sued Nokia in Berlin. Nokia said it would defend its patents.")
    )
    assert not [e.name for e in found if "Sues" in e.name]
    assert len([m for m in named(found, "Nokia").mentions if m.text == "Nokia"]) == 3


def test_no_pronoun_is_an_entity_of_its_own(nlp: Language) -> None:
    found = find_entities(nlp("He said that they knew it. She did not agree with him."))
    assert all(any(m.kind != "pronoun" for m in e.mentions) for e in found)


def test_prominence_and_ids_are_ordered_and_stable(nlp: Language) -> None:
    doc = nlp("Anna Schmidt founded Siemens. Schmidt led the company. She sold it to Bosch.")
    found = find_entities(doc)
    assert found == find_entities(doc)
    assert [e.id for e in found] == [f"e{n}" for n in range(1, len(found) + 1)]
    assert max(found, key=lambda e: e.prominence).name == "Anna Schmidt"
    assert all(0 <= e.prominence <= 1 for e in found)


def test_who_has_a_name_is_more_prominent(nlp: Language) -> None:
    found = find_entities(nlp("About 80 people cheered. Then, in the afternoon, Anna Schmidt spoke."))
    known = {e.name: e.prominence for e in found}
    assert known["Anna Schmidt"] > max(known[name] for name in known if "people" in name)


ODD = ["", "\n \n", "\x00", "[[[((", "1" * 3000, "last " * 500, "“" * 300, "it " * 500]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_only_texts(nlp: Language, text: str) -> None:
    find_entities(nlp(text))


WORDS = [
    "Mary",
    "Smith",
    "IBM",
    "the",
    "company",
    "said",
    "it",
    "(",
    ")",
    ",",
    ".",
    "’s",
    "and",
    "two",
    "sides",
    "“",
    "\n",
    "Mr.",
    "President",
    "of",
    "U.S.",
    "Paris",
    "she",
    "they",
    "both",
    "countries",
    "-",
    "é",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_mentions_are_evidence(nlp: Language, words: list[str]) -> None:
    text = " ".join(words)
    found = find_entities(nlp(text))
    ids = {e.id for e in found}
    for entity in found:
        assert entity.mentions
        assert set(entity.members) <= ids
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text != ""


def test_long_texts_cost_no_more_for_each_word(nlp: Language) -> None:
    piece = (
        "Mary Smith of IBM met John Brown. She said the company would pay him. Both sides agreed with the officials. "
    )
    short, long_ = nlp(piece * 10), nlp(piece * 120)

    def seconds(doc: Doc, times: int) -> float:
        """Processor time of the quickest of three runs."""
        runs = []
        for _ in range(3):
            begun = time.process_time()
            for _ in range(times):
                find_entities(doc)
            runs.append(time.process_time() - begun)
        return min(runs)

    assert seconds(long_, 1) < 2 * seconds(short, 12)


def test_tables_are_well_formed() -> None:
    types = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "LAW"}
    assert {head.type for head in heads().values()} <= types
    assert known_names()["dprk"].name == "North Korea"
    assert known_names()["department of war"].name == known_names()["pentagon"].name


def test_an_actor_is_also_mentioned_inside_a_compound(nlp: Language) -> None:
    text = (
        "Viktor Orban spoke in Budapest. Anti-Orban marchers met pro-Russian lawmakers. Orban said Russia was not told."
    )
    found = {e.name: [m.text for m in e.mentions] for e in find_entities(nlp(text))}
    assert "Orban" in found["Viktor Orban"]
    assert len(found["Viktor Orban"]) >= 3
    assert "Russian" in found["Russia"]
    for e in find_entities(nlp(text)):
        assert all(text[m.start : m.end] == m.text for m in e.mentions)


@pytest.mark.parametrize(
    ("text", "name", "mention"),
    [
        ("The council's Harbour Renewal Project began on Monday.", "Harbour Renewal Project", "The council's Harbour Renewal Project"),
        ("Republican Paul Meyer met Democrat Anna Weber.", "Paul Meyer", "Republican Paul Meyer"),
        ("Justice Anna Weber wrote the opinion.", "Anna Weber", "Justice Anna Weber"),
        ("Anna Weber, a Democrat, voted against the bill.", "Anna Weber", "a Democrat"),
        ("Paul Meyer, director of Siemens, and chairman of Bosch, spoke.", "Paul Meyer", "chairman of Bosch"),
        ("Anna Weber resigned as the club's honorary chair on Friday.", "Anna Weber", "the club's honorary chair"),
        ("Congress met. The House Budget Committee voted. The Budget Committee met again.", "House Budget Committee", "Budget Committee"),
        ("USS Lowell left port. The Lowell will return in May.", "USS Lowell", "Lowell"),
        ("Enrique Vega Nieto spoke in Lima. Vega Nieto left on Friday.", "Enrique Vega Nieto", "Vega Nieto"),
        ("Rep. Anna Weber spoke first. The lawmaker then left.", "Anna Weber", "The lawmaker"),
        ("The U.S. Court of Appeals met. The court of appeals ruled on Friday.", "U.S. Court of Appeals", "court of appeals"),
        ("Russia answered. The minister warned Moscow on Friday.", "Russia", "Moscow"),
    ],
)  # fmt: skip
def test_what_else_one_is_called(nlp: Language, text: str, name: str, mention: str) -> None:
    found = find_entities(nlp(text))
    assert any(mention in m for m in texts(named(found, name))), texts(named(found, name))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The Supreme Court refused. The district court had agreed.", "Supreme Court", "The district court"),
        ("Prime Minister Paul Meyer spoke. The minister of finance was ill.", "Paul Meyer", "The minister of finance"),
        ("French Foreign Minister Anna Weber left. Italy's defence minister stayed.", "Anna Weber", "Italy's defence minister"),
        ("The European Council met. The European Council on Foreign Relations wrote a paper.", "European Council", "European Council on Foreign Relations"),
        ("Former President Paul Meyer spoke. The president signed the bill.", "Paul Meyer", "The president"),
    ],
)  # fmt: skip
def test_two_that_are_called_alike_stay_two(nlp: Language, text: str, one: str, other: str) -> None:
    found = find_entities(nlp(text))
    assert other not in texts(named(found, one))


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("The new treaty expired in June.", "The new treaty", "LAW"),
        ("Eighteen states opposed the rule.", "Eighteen states", "GPE"),
        ("The minister spoke of complaints by angry customers of the bank.", "angry customers of the bank", "PERSON"),
        ("Police arrested two men who broke into the museum.", "two men who broke into the museum", "PERSON"),
        ("The Meyer campaign bought a full-page advertisement.", "The Meyer campaign", "ORG"),
        ("The minister attacked the ruling.", "the ruling", "LAW"),
    ],
)
def test_who_and_what_is_told_apart_has_an_entity(nlp: Language, text: str, mention: str, kind: str) -> None:
    assert named(find_entities(nlp(text)), mention).type == kind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Crowds gathered in Oslo on Fishermen Day to remember them.", "Fishermen Day", "EVENT"),
        ("Readers may write to www.harbournews.org before Friday.", "www.harbournews.org", "PRODUCT"),
        ("Judges of the Court of Appeals for the Tenth Circuit met.", "Court of Appeals for the Tenth Circuit", "ORG"),
        ("Reporters of USA Today wrote about it.", "USA Today", "ORG"),
        ("She works at the Hill State University of the US in spring.", "Hill State University", "ORG"),
        ("The camera broke, so let Canon deal with it.", "Canon", "ORG"),
    ],
)
def test_names_that_were_tagged_short_or_not_at_all(nlp: Language, text: str, name: str, kind: str) -> None:
    assert named(find_entities(nlp(text)), name).type == kind


def test_an_hour_is_nobody(nlp: Language) -> None:
    found = find_entities(nlp("The talks in Oslo began at 07:03 PM."))
    assert not [e.name for e in found if e.type == "PERSON"]


def test_a_group_told_of_again_without_its_description(nlp: Language) -> None:
    found = find_entities(nlp("The firm warned Windows users on Monday. It asked users to wait."))
    assert "users" in texts(named(found, "Windows users"))
