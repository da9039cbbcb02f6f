"""When events were, and what is left honestly open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.made import FRIDAY
from tests.made import event_of as the
from tests.made import read_events as events

if TYPE_CHECKING:
    from spacy.language import Language


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


def test_a_dateline_dates_no_event(nlp: Language) -> None:
    found = events(nlp, "Friday, March 6, 2026\nThe court has fined the bank.")
    assert the(found, "fined").when.start is None


def test_a_deadline_counts_from_the_report(nlp: Language) -> None:
    when = the(events(nlp, "The factory will close within 30 days."), "close").when
    assert (when.start, when.end, when.certainty) == ("2026-04-05", "2026-04-05", "approximate")


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


def test_after_an_event_of_another_year_is_some_time_after(nlp: Language) -> None:
    when = the(events(nlp, "The song was written after the 1999 shooting."), "written").when
    assert (when.start, when.end, when.certainty) == ("1999", None, "range")


def test_what_comes_after_a_dated_event_lies_between_it_and_the_report(nlp: Language) -> None:
    text = "The army has been placed on alert. The order comes after the rebels attacked the port on Wednesday."
    when = the(events(nlp, text), "placed").when
    assert (when.start, when.end, when.certainty, when.relation) == ("2026-03-04", FRIDAY, "range", "after")


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


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Tuesday's attack killed six soldiers.", "killed", "2026-03-03"),
        ("During Tuesday's arguments the two firms faced each other.", "faced", "2026-03-03"),
    ],
)
def test_a_dated_noun_dates_its_verb(nlp: Language, text: str, word: str, day: str) -> None:
    assert the(events(nlp, text), word).when.start == day


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


def test_a_few_days_ago_is_a_range(nlp: Language) -> None:
    when = the(events(nlp, "A few days ago the court fined the bank."), "fined").when
    assert (when.start, when.end, when.certainty) == ("2026-02-28", "2026-03-04", "range")


def test_a_present_with_a_date_that_is_over_happened(nlp: Language) -> None:
    assert the(events(nlp, "Last month a guard is killed in the port."), "killed").status == "happened"


def test_now_is_no_day_of_the_news(nlp: Language) -> None:
    found = events(nlp, "Maria Lopez, who is now 50, leads the party.\n\nThe party founded a paper.")
    assert the(found, "founded").when.certainty == "unresolved"


def test_before_next_weeks_talks_the_talks_are_next_week(nlp: Language) -> None:
    found = events(nlp, "Large gaps remain before next week's talks in London.")
    assert (the(found, "talks").when.start, the(found, "talks").status) == ("2026-03-09", "planned")


def test_a_day_long_past_names_a_thing(nlp: Language) -> None:
    text = "The senator opposed the 9/11 bill on Tuesday. “They are wrong,” said 9/11 widow Jane Roe."
    assert not [e for e in events(nlp, text) if e.when.start == "2001-09-11"]


def test_a_lead_without_a_day_is_news_only_if_it_tells_a_deed(nlp: Language) -> None:
    text = "{}\n\nThe union signed a pledge to end the strike in the port."
    deed, portrait = "Police arrested the mayor of Oslo.", "Maria Lopez said she never wanted to be a judge."
    assert the(events(nlp, text.format(deed)), "signed").when.start == FRIDAY
    assert the(events(nlp, text.format(portrait)), "signed").when.certainty == "unresolved"


def test_what_goes_on_since_a_year_has_no_end(nlp: Language) -> None:
    assert the(events(nlp, "The doctor has been fighting the fever since 2019."), "fighting").when.end is None


def test_the_past_perfect_tells_what_was_over_by_then(nlp: Language) -> None:
    found = events(nlp, "The court arrested the mayor on Tuesday. Prosecutors had searched her office.")
    when = the(found, "searched").when
    assert (when.start, when.end, when.certainty) == (None, "2026-03-03", "range")


def test_what_a_paragraph_tells_before_a_dated_event_was_no_later(nlp: Language) -> None:
    text = "Maria Lopez, who is now 50, leads the party.\n\nAnna Berg founded a choir in the port. The choir was banned in January."
    when = the(events(nlp, text), "founded").when
    assert (when.start, when.end, when.certainty) == (None, "2026-01", "range")


def test_what_was_done_later_has_no_day(nlp: Language) -> None:
    found = events(nlp, "The court arrested the mayor on Tuesday. The minister later closed the port.")
    assert the(found, "closed").when.certainty == "unresolved"


def test_a_plan_for_a_thing_of_next_year_is_for_next_year(nlp: Language) -> None:
    assert the(events(nlp, "Next year's contest will be held in Oslo."), "held").when.start == "2027"


def test_a_date_to_come_is_that_of_what_is_foretold(nlp: Language) -> None:
    found = events(nlp, "They estimated by 2050, rising seas would destroy two ports.")
    assert the(found, "destroy").when.start == "2050"


def test_what_goes_on_until_a_day_to_come(nlp: Language) -> None:
    when = the(events(nlp, "The trial continues through Tuesday."), "continues").when
    assert (when.start, when.end) == (None, "2026-03-10")


def test_what_has_gone_on_for_a_time_began_so_long_before_the_report(nlp: Language) -> None:
    when = the(events(nlp, "The union has been striking for three weeks."), "striking").when
    assert (when.start, when.end, when.certainty) == ("2026-02-13", None, "range")
    assert the(events(nlp, "The party has been banned for almost ten years."), "banned").when.start is None


def test_on_a_day_belongs_to_the_predicate(nlp: Language) -> None:
    found = events(nlp, "The mayor opened the office for a part of the new town on June 6, 2025.")
    assert the(found, "opened").when.start == "2025-06-06"


def test_what_was_given_up_long_ago_was_built_before(nlp: Language) -> None:
    found = events(nlp, "Police arrested a spy on Tuesday. The army built a bomb, but dismantled it in 1991.")
    when = the(found, "built").when
    assert (when.start, when.end, when.certainty) == (None, "1991", "range")


def test_what_took_years_was_not_done_on_the_day_of_the_news(nlp: Language) -> None:
    found = events(nlp, "Police arrested a doctor on Tuesday. The doctor spent 30 years in the army.")
    assert not [e for e in found if "spent" in e.text and e.when.certainty != "unresolved"]


def test_since_doing_something_is_since_then(nlp: Language) -> None:
    when = the(events(nlp, "Since taking over in January, Maria Lopez has closed two plants."), "closed").when
    assert (when.start, when.end, when.certainty) == ("2026-01", FRIDAY, "range")


def test_what_is_looked_into_is_over(nlp: Language) -> None:
    found = events(nlp, "Experts will help with the probe into Monday's blast.")
    assert the(found, "blast").when.start == "2026-03-02"


NEWS = "Police closed the harbour on Wednesday.\n\n"  # a lead with its day


def test_what_followed_an_old_event_is_not_of_the_day_of_the_news(nlp: Language) -> None:
    found = events(nlp, f"{NEWS}After the army freed the island in 2009, the port lost its trade.")
    assert the(found, "lost").when.start is None


def test_after_the_last_recent_day_the_background_goes_on(nlp: Language) -> None:
    background = "The company built the harbour in 1968.\n\nThe navy left the old docks."
    assert the(events(nlp, NEWS + background), "left").when.start is None
    again = f"{NEWS}{background} Two ferries sank on Thursday."
    assert the(events(nlp, again), "left").when.start == "2026-03-04"


def test_nobody_is_born_on_the_day_of_the_news(nlp: Language) -> None:
    found = events(nlp, f"{NEWS}Maria Lopez was born in Oslo.")
    assert not [e for e in found if "born" in e.text and e.when.start]


def test_a_lead_in_the_present_may_name_the_day_of_the_news(nlp: Language) -> None:
    found = events(nlp, "Maria Lopez is visiting Oslo on Friday.\n\nShe signed a treaty with the mayor.")
    assert the(found, "signed").when.start == FRIDAY


def test_the_day_of_the_topic_is_not_the_day_of_the_news(nlp: Language) -> None:
    found = events(nlp, "The parties have rejected talks over Sunday's election.\n\nThe unions blocked the harbour.")
    assert the(found, "blocked").when.start is None


def test_what_has_been_called_is_dated_itself(nlp: Language) -> None:
    found = events(nlp, "The unions have called a strike at the harbour on Tuesday.")
    assert (the(found, "strike").when.start, the(found, "strike").status) == ("2026-03-10", "planned")


def test_the_day_of_a_remark_is_not_that_of_what_it_does(nlp: Language) -> None:
    found = events(nlp, "The remark to reporters on Wednesday in Oslo rules out a strike.")
    assert all((e.when.start or "") <= FRIDAY for e in found)


def test_a_change_of_figures_takes_all_the_time_between(nlp: Language) -> None:
    when = the(events(nlp, "The share fell from 76 percent in 1996 to 61 in 2016."), "fell").when
    assert (when.start, when.end, when.certainty) == ("1996-01-01", "2016-12-31", "range")


def test_the_coming_days_begin_with_the_report(nlp: Language) -> None:
    when = the(events(nlp, "Maria Lopez will meet the union in the coming days."), "meet").when
    assert (when.start, when.end, when.certainty) == (FRIDAY, "2026-03-12", "approximate")


def test_a_quarter_century_is_25_years(nlp: Language) -> None:
    when = the(events(nlp, "Rebels have been fighting for a quarter-century."), "fighting").when
    assert (when.start, when.end) == ("2001", None)


def test_a_day_gone_by_in_a_lead_in_the_present_is_that_of_the_news(nlp: Language) -> None:
    text = "The approval on Wednesday comes after weeks of talks.\n\nThe court freed the mayor."
    assert the(events(nlp, text), "freed").when.start == "2026-03-04"


def test_since_then_counts_from_the_deed_told_last(nlp: Language) -> None:
    text = "Rebels kidnapped the mayor in 2024. Since then, dozens of people have fled the town."
    fled = the(events(nlp, text), "fled").when
    assert (fled.start, fled.end, fled.certainty) == ("2024", FRIDAY, "range")


def test_at_the_time_is_the_time_of_the_sentence_before(nlp: Language) -> None:
    text = "The singer opened the house in 2019. At the time, the mayor left the party.\n\nThe court fined the mayor on Monday."
    assert the(events(nlp, text), "left").when.start == "2019"


def test_what_was_said_to_have_been_done_was_done_by_then(nlp: Language) -> None:
    text = "Police said on Monday that three smugglers have been killed."
    killed = next(e for e in events(nlp, text) if e.when.end and e.text and "killed" in e.text)
    assert killed.when.end == "2026-03-02"


def test_a_deed_told_after_the_one_reported_was_done_on_its_day(nlp: Language) -> None:
    text = "Police said on Thursday rebels attacked a bridge on Tuesday. Six soldiers were wounded near the river."
    assert the(events(nlp, text), "wounded").when.start == "2026-03-03"


def test_what_happened_in_the_attack_happened_on_its_day(nlp: Language) -> None:
    text = "The mayor visited Oslo on Thursday after Monday's attack on the harbour.\n\nSix sailors were hurt in the attack."
    assert the(events(nlp, text), "hurt").when.start == "2026-03-02"


def test_an_election_to_be_prepared_for_is_to_come(nlp: Language) -> None:
    found = events(nlp, "Police are preparing tough measures for Thursday's elections.")
    assert all(e.when.start in (None, "2026-03-12") for e in found)


def test_what_is_called_scheduled_is_to_come(nlp: Language) -> None:
    found = events(nlp, "Rebels want to inflame tensions before April's scheduled election.")
    assert all(e.when.start in (None, "2026-04") for e in found)


def test_what_was_tried_was_tried_by_then(nlp: Language) -> None:
    text = "The army arrested the singer for trying to visit the harbour in December."
    assert all((e.when.start or "") < FRIDAY for e in events(nlp, text))


def test_this_week_up_to_the_report_is_not_exact(nlp: Language) -> None:
    when = the(events(nlp, "The office opened an account this week."), "opened").when
    assert (when.start, when.certainty) == ("2026-03-02", "approximate")
