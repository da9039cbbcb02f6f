"""Which happenings get a line on the timeline, who takes part, and what is one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.events import find_events
from newsdash.core.extraction.times import find_times

from tests.made import FRIDAY
from tests.made import event_of as the
from tests.made import read_events as events

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The ministers met on Monday.", "met", "happened"),
        ("The ministers will meet on Monday.", "meet", "planned"),
        ("The minister is going to resign.", "going", "planned"),
        ("The two governments are negotiating a treaty.", "negotiating", "ongoing"),
        ("The union could strike on Monday.", "strike", "possible"),
        ("The ministers did not meet on Monday.", "meet", "denied"),
        ("Nobody signed the treaty on Monday.", "signed", "denied"),
        ("The parliament threatened to block the treaty on 12 June 2026.", "block", "possible"),
        ("The company will move to Spain if the strike lasts.", "move", "possible"),
        ("The party has ruled the islands since 1994.", "ruled", "ongoing"),
        ("On Tuesday the guild says in a letter that the mill is unsafe.", "says", "happened"),
    ],
)
def test_status_comes_from_tense_modality_and_negation(nlp: Language, text: str, word: str, status: str) -> None:
    assert the(events(nlp, text), word).status == status


def test_what_somebody_merely_says_is_no_line_of_its_own(nlp: Language) -> None:
    found = events(nlp, "The army has attacked the town. Maria Lopez said the attack was wrong.")
    assert [e.status for e in found] == ["happened"]
    assert the(found, "attacked")


def test_the_same_event_told_twice_is_one_with_two_pieces_of_evidence(nlp: Language) -> None:
    text = (
        "President Lopez ordered the army to leave the town on Monday.\n\n"
        "The town is small.\n\nLopez ordered the army to leave the town."
    )
    ordered = the(events(nlp, text), "ordered")
    assert len(ordered.also) == 1


def test_who_takes_part(nlp: Language) -> None:
    doc = nlp("On Monday Germany signed a treaty with France.")
    entities = find_entities(doc)
    (event,) = find_events(doc, FRIDAY, entities, find_times(doc, FRIDAY), ())
    assert {e.name for e in entities if e.id in event.actors} >= {"Germany", "France"}


def test_a_headline_is_no_second_event(nlp: Language) -> None:
    found = events(nlp, "Court fines the national bank\n\nThe court fined the national bank on Monday.")
    assert len(found) == 1
    assert found[0].text.startswith("Court fines")


def test_a_sentence_that_tells_one_event_is_its_evidence(nlp: Language) -> None:
    text = "Police arrested the mayor on Tuesday, a witness said."
    assert the(events(nlp, text), "arrested").text == text.rstrip(".")


def test_a_deed_set_off_by_a_comma_is_an_event_of_its_own(nlp: Language) -> None:
    lead = "The election was held on Sunday.\n\n"
    found = events(nlp, lead + "Maria Lopez lost her seat in the north, and resigned as leader of the party.")
    assert the(found, "lost").when.start == "2026-03-01"
    assert the(found, "resigned").when.certainty == "unresolved"
    found = events(nlp, lead + "Police arrested and questioned the guard.")
    assert the(found, "arrested")


def test_one_subject_does_the_same_to_two_things(nlp: Language) -> None:
    text = "Maria Lopez received a medal from the mayor.\n\nMaria Lopez received a letter from the bank."
    assert len(events(nlp, text)) == 2


def test_a_caption_that_tells_a_deed_is_told_too(nlp: Language) -> None:
    text = "The court fined the bank on Tuesday.\n\n{} Image: Harbour Post.\n\nThe bank is small."
    assert the(events(nlp, text.format("The mayor opened the bridge on Monday.")), "opened").when.start == "2026-03-02"
    assert len(events(nlp, text.format("The mayor is holding a rope."))) == 1


def test_something_is_being_done(nlp: Language) -> None:
    assert the(events(nlp, "The port is being attacked by rebels."), "attacked").status == "ongoing"


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("The court ordered the mill on Tuesday to pay the weavers within 14 days.", "pay", "2026-03-17"),
        ("The mayor gave the brewery until 20 March to mend its chimney.", "mend", "2026-03-20"),
        ("On Monday the judge gave the bakers ten days to answer the complaint.", "answer", "2026-03-12"),
        ("The bishop has 30 days to sign the deed.", "sign", "2026-04-05"),
        ("The guild promised to reopen the canal by the end of March.", "reopen", "2026-03-31"),
    ],
)
def test_what_is_to_be_done_by_a_day_is_an_event_of_its_own(nlp: Language, text: str, word: str, day: str) -> None:
    found = the(events(nlp, text), word)
    assert (found.when.start or found.when.end, found.when.end, found.status) == (day, day, "planned")


def test_what_somebody_wishes_or_failed_to_do_is_one_event_with_its_wish(nlp: Language) -> None:
    assert len(events(nlp, "The owner failed to reopen the mill by the end of March.")) <= 1
    assert len(events(nlp, "The owner wants to reopen the mill by the end of March.")) == 1


def test_what_a_thing_could_do_is_an_opinion(nlp: Language) -> None:
    text = "Maria Lopez said the ban could weaken trade. Maria Lopez said the army could attack the port on Sunday."
    assert [e.status for e in events(nlp, text)] == ["possible"]


def test_a_plan_that_somebody_speaks_of(nlp: Language) -> None:
    assert the(events(nlp, "The company said it plans to build a plant."), "plans").status == "planned"


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("The police found a gun in the house.", "found", True),
        ("The judge found that the law was clear.", "found", False),
        ("The rate declined to 4 percent.", "declined", True),
        ("The minister declined to comment.", "declined", False),
        ("The bank reported a loss of $3 million.", "reported", True),
        ("The minister responded, “Never again.”", "responded", False),
        ("The decision was difficult.", "difficult", False),
        ("A bridge blew up in the north.", "blew", True),
        ("The union called for a strike.", "called", True),
        ("“The port is safe,” she continued.", "continued", False),
    ],
)
def test_a_verb_of_saying_may_tell_a_deed(nlp: Language, text: str, word: str, told: bool) -> None:
    assert any(e.text[e.trigger[0] - e.start : e.trigger[1] - e.start] == word for e in events(nlp, text)) == told


def test_the_place_of_the_report_is_no_part_of_the_event(nlp: Language) -> None:
    (event,) = events(nlp, "HARSUND, March 6 (Courier) — Dockers closed the port on Tuesday.")
    assert event.what == "Dockers closed the port on Tuesday"


def test_what_somebody_fears_is_no_event(nlp: Language) -> None:
    assert not events(nlp, "The minister feared that the rebels had taken the town.")


def test_what_was_said_to_go_on_goes_on(nlp: Language) -> None:
    found = events(nlp, "The minister said the two governments were negotiating a treaty.")
    assert the(found, "negotiating").status == "ongoing"


def test_the_same_dated_noun_is_one_event(nlp: Language) -> None:
    found = events(nlp, "Maria Lopez praised Tuesday's vote. The mayor was proud of Tuesday's vote in the council.")
    assert len([e for e in found if "vote" in e.text]) == 1


def test_a_headline_may_end_in_a_full_stop(nlp: Language) -> None:
    text = (
        "Mayor calls the port unsafe.\n\nMARHAVN, March 4 (Courier) — The mayor criticized the port on a walk along the "
        "quays with the dockers.\n\nAt the gate on Monday she met the union."
    )
    found = events(nlp, text)
    assert (the(found, "criticized").when.start, len(found)) == ("2026-03-02", 2)


def test_a_plan_told_without_its_teller(nlp: Language) -> None:
    found = events(nlp, "The board met on Tuesday. The old ships would be sold to the museum.")
    assert the(found, "sold").status == "planned"


def test_a_statement_is_named_by_who_made_it(nlp: Language) -> None:
    event = the(events(nlp, "“The port is safe and the ships sail,” the mayor said on Monday."), "said")
    assert event.what == "The mayor said on Monday"


def test_a_relative_clause_is_told_of_its_noun(nlp: Language) -> None:
    event = the(events(nlp, "The bank, which failed in June 2009, repaid the loan in April 2010."), "failed")
    assert event.what == "The bank failed in June 2009"


def test_a_date_in_front_stands_beside_the_words_only(nlp: Language) -> None:
    found = events(nlp, "On May 5, 2024, the board met in Harsund. Last year Maria Lopez left. Monday's vote was lost.")
    assert the(found, "met").what == "The board met in Harsund"
    assert the(found, "left").what == "Maria Lopez left"
    assert the(found, "lost").what == "Monday's vote was lost"


def test_not_only_denies_nothing(nlp: Language) -> None:
    event = the(events(nlp, "The visit was not only preceded by a letter on Monday, it led to a treaty."), "preceded")
    assert event.status == "happened"


def test_the_first_to_do_it_did_it(nlp: Language) -> None:
    event = the(events(nlp, "Lopez was the first minister to visit the port in 2024."), "visit")
    assert event.status == "happened"


def test_a_setting_is_no_event_of_its_own(nlp: Language) -> None:
    (event,) = events(nlp, "The agency warned the bank in a report published on Tuesday.")
    assert (event.when.start, event.what[:10]) == ("2026-03-03", "The agency")


def test_undated_clauses_in_a_list_are_one_passage(nlp: Language) -> None:
    text = "The fight has lasted. Lawsuits have been filed, accounts have been closed and homes have been raided."
    assert the(events(nlp, text), "filed").text.endswith("raided")
    text = "The boy was born in Norway but his parents moved him to Spain."
    assert the(events(nlp, text), "moved")


def test_what_an_event_would_do_is_no_plan(nlp: Language) -> None:
    found = events(nlp, "The minister said on Tuesday that a long strike would weaken the economy.")
    assert [e.status for e in found] == ["happened"]


def test_the_same_days_noun_is_one_event(nlp: Language) -> None:
    text = "Leaders condemned Tuesday's test. Japan called the test on Tuesday a threat to all its neighbours."
    assert len([e for e in events(nlp, text) if e.text[e.trigger[0] - e.start :].startswith("test")]) <= 1


def test_what_stands_above_the_place_of_the_report_is_headline(nlp: Language) -> None:
    text = (
        "Ministers weigh a plan.\n\nAfter the vote, the league aims to trade more.\n\nLIMA - Ministers met on Tuesday."
    )
    (event,) = events(nlp, text)
    assert event.when.start == "2026-03-03"


def test_a_participle_tells_the_same_day_again(nlp: Language) -> None:
    text = "The family released the film on Tuesday. The footage released Tuesday by the family did not show the mayor."
    assert the(events(nlp, text), "released").also


PIECES = [*"ab .,\n\x00“”()–1", "on Monday ", "said ", "will meet ", "the treaty ", "2025 ", "after ", "he signed "]
ODD = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(ODD)
def test_every_span_is_evidence_and_every_relation_leads_somewhere(nlp: Language, text: str) -> None:
    found = events(nlp, text)
    ids = {e.id for e in found}
    assert len(ids) == len(found)
    for e in found:
        assert text[e.start : e.end] == e.text
        assert e.start <= e.trigger[0] < e.trigger[1] <= len(text)
        assert e.what
        assert e.when.relative_to is None or e.when.relative_to in ids - {e.id}
        assert e.when.reason


def test_two_runs_give_the_same(nlp: Language) -> None:
    text = "The court fined the bank on Monday. The bank will appeal next week."
    assert events(nlp, text) == events(nlp, text)


@pytest.mark.parametrize(
    ("text", "word", "start", "end"),
    [
        ("The firm has opened six shops since 2019.", "opened", "2019", FRIDAY),
        ("The port was closed in 2011 and again in 2014.", "closed", "2011-01-01", "2014-12-31"),
        ("The mayor warned the firm in May, in June and in July.", "warned", "2025-05-01", "2025-07-31"),
        ("The bridge could reopen as early as Monday.", "reopen", "2026-03-09", "2026-03-09"),
        ("The drivers called a strike for Tuesday.", "called", "2026-03-10", "2026-03-10"),
        ("The fair, which opens on Wednesday, will be held in Harsund.", "opens", "2026-03-11", "2026-03-11"),
    ],
)
def test_spans_and_days_to_come(nlp: Language, text: str, word: str, start: str, end: str) -> None:
    when = the(events(nlp, text), word).when
    assert (when.start, when.end) == (start, end)


def test_dated_things_are_listed_before_undated_remarks(nlp: Language) -> None:
    text = (
        "The council closed the Harsund bridge on Tuesday.\n"
        '"We waited for an hour and nobody came," said a driver.\n'
        "The bridge is to be torn down on 14 April."
    )
    found = {e.text[e.trigger[0] - e.start : e.trigger[1] - e.start] for e in events(nlp, text)}
    assert {"closed", "torn"} <= found
    assert not {"waited", "came"} & found
