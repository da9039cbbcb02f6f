"""Which happenings get a line on the timeline, when they were, and what is left honestly open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.events import find_events
from newsdash.core.extraction.quotes import find_quotes
from newsdash.core.extraction.times import find_times
from newsdash.core.records import Event

if TYPE_CHECKING:
    from spacy.language import Language

FRIDAY = "2026-03-06"


def events(nlp: Language, text: str, published: str | None = FRIDAY) -> tuple[Event, ...]:
    doc = nlp(text)
    entities = find_entities(doc)
    return find_events(doc, published, entities, find_times(doc, published), find_quotes(doc, entities))


def the(found: tuple[Event, ...], word: str) -> Event:
    """The one event whose trigger is this word."""
    (event,) = [e for e in found if e.text[e.trigger[0] - e.start : e.trigger[1] - e.start] == word]
    return event


def test_a_date_in_the_clause_is_the_date_of_the_event(nlp: Language) -> None:
    event = the(events(nlp, "The court arrested the mayor on Tuesday."), "arrested")
    assert (event.when.start, event.when.end) == ("2026-03-03", "2026-03-03")
    assert (event.when.granularity, event.when.certainty, event.status) == ("day", "exact", "happened")
    assert "Tuesday" in event.when.reason


def test_a_month_stays_a_month_and_lies_in_the_background(nlp: Language) -> None:
    event = the(events(nlp, "The company was awarded a contract in July 2025."), "awarded")
    assert (event.when.start, event.when.granularity) == ("2025-07", "month")
    assert event.background


def test_the_setting_of_an_event_gives_its_date(nlp: Language) -> None:
    event = the(events(nlp, "In a Wednesday letter to the president, the unions warned the government."), "warned")
    assert event.when.start == "2026-03-04"


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
    ],
)
def test_status_comes_from_tense_modality_and_negation(nlp: Language, text: str, word: str, status: str) -> None:
    assert the(events(nlp, text), word).status == status


def test_the_lead_tells_the_day_of_the_news(nlp: Language) -> None:
    found = events(nlp, "The election was held on Sunday.\n\nMaria Lopez won a seat in the south.")
    won = the(found, "won")
    assert (won.when.start, won.when.certainty) == ("2026-03-01", "approximate")
    assert "lead" in won.when.reason


def test_what_the_text_does_not_date_is_unresolved(nlp: Language) -> None:
    found = events(nlp, "The company has returned to the talks. Nobody has signed the treaty.")
    assert all(e.when.start is None for e in found)


def test_without_a_publication_date_nothing_is_invented(nlp: Language) -> None:
    found = events(nlp, "The court fined the bank. The bank was founded in 1968.", None)
    assert the(found, "fined").when.start is None
    assert the(found, "founded").when.start == "1968"


def test_an_event_is_tied_to_the_event_it_follows(nlp: Language) -> None:
    found = events(nlp, "The army attacked the town on Monday after the rebels rejected the offer.")
    attacked, rejected = the(found, "attacked"), the(found, "rejected")
    assert (attacked.when.relative_to, attacked.when.relation) == (rejected.id, "after")


def test_less_than_a_week_after_gives_a_range(nlp: Language) -> None:
    found = events(
        nlp,
        "The company has returned to the negotiating table. "
        "The move comes less than a week after President Lopez ordered a boycott.",
    )
    when = the(found, "ordered").when
    assert (when.start, when.end, when.certainty) == ("2026-02-27", FRIDAY, "range")


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


def test_the_date_of_a_figure_compared_with_dates_no_event(nlp: Language) -> None:
    text = "Profit rose to $12 million from $9 million a year earlier. Sales fell 5 percent on Tuesday from 2025."
    found = events(nlp, text)
    assert the(found, "rose").when.start != "2025"
    assert the(found, "fell").when.start == "2026-03-03"


def test_hours_after_an_event_that_is_told_again(nlp: Language) -> None:
    found = events(
        nlp,
        "President Lopez ordered a boycott of the harbour on Monday. "
        "The navy used a new radar to guard the coast hours after Lopez ordered the boycott.",
    )
    used = the(found, "used").when
    assert (used.start, used.relative_to) == ("2026-03-02", the(found, "ordered").id)


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


def test_a_dateline_dates_no_event(nlp: Language) -> None:
    found = events(nlp, "Friday, March 6, 2026\nThe court has fined the bank.")
    assert the(found, "fined").when.start is None


def test_something_is_being_done(nlp: Language) -> None:
    assert the(events(nlp, "The port is being attacked by rebels."), "attacked").status == "ongoing"


def test_a_deadline_counts_from_the_report(nlp: Language) -> None:
    when = the(events(nlp, "The factory will close within 30 days."), "close").when
    assert (when.start, when.end, when.certainty) == ("2026-04-05", "2026-04-05", "approximate")


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("The court ordered the mill on Tuesday to pay the weavers within 14 days.", "pay", "2026-03-17"),
        ("The mayor gave the brewery until 20 March to mend its chimney.", "mend", "2026-03-20"),
        ("On Monday the judge gave the bakers ten days to answer.", "answer", "2026-03-12"),
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The mill will close at the end of the month.", "2026-03-31"),
        ("The mill closed at the end of 2024.", "2024-12-31"),
        ("The crew will arrive by the weekend.", "2026-03-07"),
    ],
)
def test_the_end_of_a_month_or_year_is_its_last_day(nlp: Language, text: str, day: str) -> None:
    when = events(nlp, text)[0].when
    assert (when.start, when.end, when.certainty) == (day, day, "approximate")


def test_in_the_past_three_months(nlp: Language) -> None:
    when = the(events(nlp, "Two ships have sunk in the past three months."), "sunk").when
    assert (when.start, when.end, when.certainty) == ("2025-12-06", FRIDAY, "range")


def test_two_months_after_is_not_the_same_day(nlp: Language) -> None:
    when = the(events(nlp, "The coach returned on Tuesday, two months after he was fired."), "fired").when
    assert (when.start, when.granularity, when.certainty) == ("2026-01", "month", "approximate")


@pytest.mark.parametrize(
    ("text", "word", "start"),
    [
        ("The coach returned on Tuesday, eleven days after he was fired.", "fired", "2026-02-20"),
        ("The coach returned in 2019, two years after he was fired.", "fired", "2017"),
        ("The coach returned in May 2025, eight months after he was fired.", "fired", "2024-09"),
        ("The coach returned on March 2, three weeks before the election.", "election", "2026-03-23"),
    ],
)
def test_an_event_is_dated_by_its_distance_from_another(nlp: Language, text: str, word: str, start: str) -> None:
    when = the(events(nlp, text), word).when
    assert (when.start, when.end, when.certainty) == (start, start, "approximate")


def test_what_was_done_has_no_date_to_come(nlp: Language) -> None:
    found = events(nlp, "The mayor promised a vote for next year after the council approved the plan.")
    assert (the(found, "approved").when.start or "") <= FRIDAY


def test_a_time_of_day_alone_is_no_day_of_the_news(nlp: Language) -> None:
    found = events(nlp, "The office has closed at 7 p.m., a guard said.\n\nMaria Lopez sold the house.")
    assert all("7 p.m." not in e.when.reason for e in found)


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


def test_after_an_event_of_another_year_is_some_time_after(nlp: Language) -> None:
    when = the(events(nlp, "The song was written after the 1999 shooting."), "written").when
    assert (when.start, when.end, when.certainty) == ("1999", None, "range")


def test_what_somebody_fears_is_no_event(nlp: Language) -> None:
    assert not events(nlp, "The minister feared that the rebels had taken the town.")


def test_what_was_said_to_go_on_goes_on(nlp: Language) -> None:
    found = events(nlp, "The minister said the two governments were negotiating a treaty.")
    assert the(found, "negotiating").status == "ongoing"


def test_what_comes_after_a_dated_event_lies_between_it_and_the_report(nlp: Language) -> None:
    text = "The army has been placed on alert. The order comes after the rebels attacked the port on Wednesday."
    when = the(events(nlp, text), "placed").when
    assert (when.start, when.end, when.certainty, when.relation) == ("2026-03-04", FRIDAY, "range", "after")


def test_the_same_dated_noun_is_one_event(nlp: Language) -> None:
    found = events(nlp, "Maria Lopez praised Tuesday's vote. The mayor was proud of Tuesday's vote in the council.")
    assert len([e for e in found if "vote" in e.text]) == 1


@pytest.mark.parametrize("when", ["recently", "many years ago"])
def test_a_vague_time_takes_no_day_from_the_lead(nlp: Language, when: str) -> None:
    found = events(nlp, f"The court fined the bank on Tuesday. The bank {when} sold its ships.")
    assert the(found, "sold").when.certainty == "unresolved"
    assert when in the(found, "sold").when.reason


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The minister resigned on Tuesday after she lost the vote.", "lost"),
        ("The court fined the bank on Tuesday.\nThe judge spoke. He said he received two letters.", "received"),
    ],
)
def test_what_was_over_before_a_dated_event_ends_no_later(nlp: Language, text: str, word: str) -> None:
    when = the(events(nlp, text), word).when
    assert (when.start, when.end, when.certainty) == (None, "2026-03-03", "range")


def test_a_clause_about_an_earlier_year_opens_a_look_back(nlp: Language) -> None:
    text = "The board met on Tuesday. It will ask who poisoned the river in 1994. The spill killed thousands of fish."
    assert the(events(nlp, text), "killed").when.certainty == "unresolved"


def test_what_a_quoted_speaker_tells_is_not_the_news_of_the_day(nlp: Language) -> None:
    text = 'The court fined the bank on Tuesday.\n"The ship hit the pier," said the harbour master Olga Brenn.'
    assert not any("hit" in e.text and e.when.start for e in events(nlp, text))


def test_the_present_perfect_reaches_up_to_the_report(nlp: Language) -> None:
    when = the(events(nlp, "The court has fined the bank."), "fined").when
    assert (when.start, when.end, when.certainty) == (None, FRIDAY, "range")


def test_a_headline_may_end_in_a_full_stop(nlp: Language) -> None:
    text = (
        "Mayor calls the port unsafe.\n\nMARHAVN, March 4 (Courier) — The mayor criticized the port on a walk along the "
        "quays with the dockers.\n\nAt the gate on Monday she met the union."
    )
    found = events(nlp, text)
    assert (the(found, "criticized").when.start, len(found)) == ("2026-03-02", 2)


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Tuesday's attack killed six soldiers.", "killed", "2026-03-03"),
        ("During Tuesday's arguments the two firms faced each other.", "faced", "2026-03-03"),
    ],
)
def test_a_dated_noun_dates_its_verb(nlp: Language, text: str, word: str, day: str) -> None:
    assert the(events(nlp, text), word).when.start == day


def test_a_plan_told_without_its_teller(nlp: Language) -> None:
    found = events(nlp, "The board met on Tuesday. The old ships would be sold to the museum.")
    assert the(found, "sold").status == "planned"


def test_a_beginning_and_an_end_are_one_span(nlp: Language) -> None:
    (event,) = events(nlp, "The fair begins on Monday and ends in June.")
    assert (event.when.start, event.when.end, event.when.certainty) == ("2026-03-09", "2026-06", "range")


def test_what_is_so_now_is_so_on_the_day_of_the_report(nlp: Language) -> None:
    event = the(events(nlp, "The court fined the bank on Tuesday. The port is currently blocked."), "blocked")
    assert (event.when.start, event.status) == (FRIDAY, "ongoing")


@pytest.mark.parametrize(
    "text",
    [
        "The mayor broke the Ports Act of 1993.",
        "The ferry, which has served the islands for the last 30 years, is red.",
    ],
)
def test_a_year_in_a_name_and_a_long_time_are_no_dates_of_events(nlp: Language, text: str) -> None:
    assert all((e.when.start or FRIDAY) == FRIDAY for e in events(nlp, text))


def test_two_years_in_a_row_are_one_span(nlp: Language) -> None:
    when = the(events(nlp, "In 1997 and 1998 the firm removed the old pipes."), "removed").when
    assert (when.start, when.end, when.certainty) == ("1997-01-01", "1998-12-31", "range")


def test_a_term_runs_from_the_day_it_was_set(nlp: Language) -> None:
    when = the(events(nlp, "The port said on Monday it would answer within 48 hours."), "answer").when
    assert (when.start, when.end, when.certainty) == ("2026-03-02", "2026-03-04", "range")


def test_a_lead_about_a_day_to_come_dates_nothing_else(nlp: Language) -> None:
    text = "The port faces a test on Friday.\n\nThe judges were named by two mayors."
    assert the(events(nlp, text), "named").when.certainty == "unresolved"


def test_a_day_that_is_spoken_about_dates_nothing(nlp: Language) -> None:
    event = the(events(nlp, "The museum opened a show about the Sept. 11 attacks on Tuesday."), "opened")
    assert event.when.start == "2026-03-03"


def test_since_an_event_of_some_year(nlp: Language) -> None:
    when = the(events(nlp, "The share of the market has shrunk since its bankruptcy in 2009."), "shrunk").when
    assert (when.start, when.end, when.certainty) == ("2009", FRIDAY, "range")


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("The hearing has been set for 20 April.", "set", "2026-04-20"),
        ("The trial was adjourned until 20 April.", "adjourned", "2026-04-20"),
        ("The Harbour Council in February demanded a new pier.", "demanded", "2026-02"),
    ],
)
def test_what_is_set_for_a_day_has_that_day(nlp: Language, text: str, word: str, day: str) -> None:
    when = the(events(nlp, text), word).when
    assert (when.start or when.end, when.end) == (day, day)


def test_the_biggest_since_then_was_not_then(nlp: Language) -> None:
    found = events(nlp, "The shares fell on Tuesday, their biggest drop since 2019.")
    assert [e.when.start for e in found] == ["2026-03-03"]


def test_a_statement_is_named_by_who_made_it(nlp: Language) -> None:
    event = the(events(nlp, "“The port is safe and the ships sail,” the mayor said on Monday."), "said")
    assert event.what == "The mayor said on Monday"


def test_a_relative_clause_is_told_of_its_noun(nlp: Language) -> None:
    event = the(events(nlp, "The bank, which failed in June 2009, repaid the loan in April 2010."), "failed")
    assert event.what == "The bank failed in June 2009"


def test_not_only_denies_nothing(nlp: Language) -> None:
    event = the(events(nlp, "The visit was not only preceded by a letter on Monday, it led to a treaty."), "preceded")
    assert event.status == "happened"


def test_a_few_days_ago_is_a_range(nlp: Language) -> None:
    when = the(events(nlp, "A few days ago the court fined the bank."), "fined").when
    assert (when.start, when.end, when.certainty) == ("2026-02-28", "2026-03-04", "range")


def test_the_first_to_do_it_did_it(nlp: Language) -> None:
    event = the(events(nlp, "Lopez was the first minister to visit the port in 2024."), "visit")
    assert event.status == "happened"


def test_a_present_with_a_date_that_is_over_happened(nlp: Language) -> None:
    assert the(events(nlp, "Last month a guard is killed in the port."), "killed").status == "happened"


def test_now_is_no_day_of_the_news(nlp: Language) -> None:
    found = events(nlp, "Maria Lopez, who is now 50, leads the party.\n\nThe party founded a paper.")
    assert the(found, "founded").when.certainty == "unresolved"


def test_before_next_weeks_talks_the_talks_are_next_week(nlp: Language) -> None:
    found = events(nlp, "Large gaps remain before next week's talks in London.")
    assert (the(found, "talks").when.start, the(found, "talks").status) == ("2026-03-09", "planned")


def test_a_setting_is_no_event_of_its_own(nlp: Language) -> None:
    (event,) = events(nlp, "The agency warned the bank in a report published on Tuesday.")
    assert (event.when.start, event.what[:10]) == ("2026-03-03", "The agency")


def test_a_day_long_past_names_a_thing(nlp: Language) -> None:
    text = "The senator opposed the 9/11 bill on Tuesday. “They are wrong,” said 9/11 widow Jane Roe."
    assert not [e for e in events(nlp, text) if e.when.start == "2001-09-11"]


def test_undated_clauses_in_a_list_are_one_passage(nlp: Language) -> None:
    text = "The fight has lasted. Lawsuits have been filed, accounts have been closed and homes have been raided."
    assert the(events(nlp, text), "filed").text.endswith("raided")
    text = "The boy was born in Norway but his parents moved him to Spain."
    assert the(events(nlp, text), "moved")


def test_what_an_event_would_do_is_no_plan(nlp: Language) -> None:
    found = events(nlp, "The minister said on Tuesday that a long strike would weaken the economy.")
    assert [e.status for e in found] == ["happened"]


def test_a_lead_without_a_day_is_news_only_if_it_tells_a_deed(nlp: Language) -> None:
    text = "{}\n\nThe union signed a pledge to end the strike in the port."
    deed, portrait = "Police arrested the mayor of Oslo.", "Maria Lopez said she never wanted to be a judge."
    assert the(events(nlp, text.format(deed)), "signed").when.start == FRIDAY
    assert the(events(nlp, text.format(portrait)), "signed").when.certainty == "unresolved"


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


def test_what_goes_on_since_a_year_has_no_end(nlp: Language) -> None:
    assert the(events(nlp, "The doctor has been fighting the fever since 2019."), "fighting").when.end is None


def test_dated_things_are_listed_before_undated_remarks(nlp: Language) -> None:
    text = (
        "The council closed the Harsund bridge on Tuesday.\n"
        '"We waited for an hour and nobody came," said a driver.\n'
        "The bridge is to be torn down on 14 April."
    )
    found = {e.text[e.trigger[0] - e.start : e.trigger[1] - e.start] for e in events(nlp, text)}
    assert {"closed", "torn"} <= found
    assert not {"waited", "came"} & found
