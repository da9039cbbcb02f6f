"""Time expressions: what the words say, the day they are counted from, how sure that is, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from newsdash.core.extraction import analyse
from newsdash.core.extraction.times import find_times
from newsdash.core.records import Article, TimeExpression

if TYPE_CHECKING:
    from spacy.language import Language

DAY = "2026-03-05"  # a Thursday


def times(nlp: Language, text: str, published: str | None = DAY) -> list[TimeExpression]:
    return list(find_times(nlp(text), published))


def one(nlp: Language, text: str, published: str | None = DAY) -> TimeExpression:
    """The only time expression of a text."""
    found = times(nlp, text, published)
    assert len(found) == 1, found
    return found[0]


# What is written


@pytest.mark.parametrize(
    ("text", "words", "value", "first", "last"),
    [
        ("The treaty was signed on March 5, 1998.", "March 5, 1998", "1998-03-05", "1998-03-05", "1998-03-05"),
        ("The treaty was signed on 5 March 1998.", "5 March 1998", "1998-03-05", "1998-03-05", "1998-03-05"),
        ("Talks began on 2026-03-04.", "2026-03-04", "2026-03-04", "2026-03-04", "2026-03-04"),
        ("Talks began in May 2011.", "May 2011", "2011-05", "2011-05-01", "2011-05-31"),
        ("The company was founded in 1976.", "1976", "1976", "1976-01-01", "1976-12-31"),
        ("The firm was founded in the 1980s.", "the 1980s", "198", "1980-01-01", "1989-12-31"),
        ("It was built in the 19th century.", "the 19th century", "18", "1800-01-01", "1899-12-31"),
        (
            "Sales rose in the third quarter of 2019.",
            "the third quarter of 2019",
            "2019-Q3",
            "2019-07-01",
            "2019-09-30",
        ),
        ("Sales rose in the first half of 2019.", "the first half of 2019", "2019-H1", "2019-01-01", "2019-06-30"),
        ("The summer of 2019 was hot.", "The summer of 2019", "2019-SU", "2019-06-01", "2019-08-31"),
        ("They met in the first week of 2021.", "the first week of 2021", "2021-W01", "2021-01-04", "2021-01-10"),
        ("They met on Thanksgiving 2019.", "Thanksgiving 2019", "2019-11-28", "2019-11-28", "2019-11-28"),
    ],
)
def test_a_written_date_is_exact(nlp: Language, text: str, words: str, value: str, first: str, last: str) -> None:
    for published in (DAY, None):
        found = one(nlp, text, published)
        assert (found.text, found.value, found.interval) == (words, value, (first, last))
        assert (found.type, found.certainty) == ("DATE", "exact")
        assert text[found.start : found.end] == words


def test_a_date_that_is_no_day_of_the_calendar_is_not_found(nlp: Language) -> None:
    assert times(nlp, "The feast is on February 30, 2026.") == []
    assert times(nlp, "The ratio was 8/1.5 and then 0.8/15.") == []


def test_a_weekday_that_contradicts_its_date_makes_it_less_sure(nlp: Language) -> None:
    found = one(nlp, "They met on Sunday, March 5, 2026.")
    assert (found.value, found.certainty) == ("2026-03-05", "approximate")
    assert "no Sunday" in found.reason
    assert one(nlp, "They met on Thursday, March 5, 2026.").certainty == "exact"


def test_a_fiscal_year_is_only_about_the_year(nlp: Language) -> None:
    found = one(nlp, "Profits fell in fiscal 2025.")
    assert (found.value, found.certainty) == ("2025", "approximate")


# Counted from the day of publication


@pytest.mark.parametrize(
    ("text", "words", "value", "certainty", "reason"),
    [
        ("The minister resigned yesterday.", "yesterday", "2026-03-04", "exact", "day before publication"),
        ("The minister resigned last week.", "last week", "2026-W09", "exact", "week before 2026-03-05"),
        ("The talks will resume next month.", "next month", "2026-04", "exact", "month after 2026-03-05"),
        ("He spoke on February 6, this year.", "February 6, this year", "2026-02-06", "exact", "2026"),
        ("He spoke on February 6 - this year.", "February 6 - this year", "2026-02-06", "exact", "2026"),
        ("The strike began five days ago.", "five days ago", "2026-02-28", "exact", "5 days before"),
        ("The law was passed two years ago.", "two years ago", "2024", "approximate", "2 years before"),
        ("The ship left about two weeks ago.", "about two weeks ago", "2026-W08", "approximate", "2 weeks before"),
        ("The plant will open in five years.", "five years", "2031", "approximate", "5 years after"),
        ("He will return in two weeks' time.", "two weeks' time", "2026-W12", "approximate", "2 weeks after"),
        ("He now leads the party.", "now", "PRESENT_REF", "approximate", "time of publication"),
        (
            "Sales rose in the last financial quarter.",
            "the last financial quarter",
            "2025-Q4",
            "approximate",
            "quarter",
        ),
        ("The week of February 9 was quiet.", "The week of February 9", "2026-W07", "exact", "2026-02-09"),
        ("The last week of August was hot.", "The last week of August", "2025-W35", "exact", "within 2025-08"),
    ],
)
def test_relative_dates(nlp: Language, text: str, words: str, value: str, certainty: str, reason: str) -> None:
    found = one(nlp, text)
    assert (found.text, found.value, found.certainty) == (words, value, certainty)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("text", "value", "certainty"),
    [
        ("The minister resigned on Tuesday.", "2026-03-03", "exact"),
        ("The minister spoke to reporters on Thursday.", "2026-03-05", "exact"),  # published on a Thursday
        ("The two leaders will meet on Friday.", "2026-03-06", "exact"),
        ("The trial is set to begin on Monday.", "2026-03-09", "exact"),
        ("The offer had been due to expire on Monday.", "2026-03-02", "exact"),  # the look ahead lies in the past
        ("Two flights would leave on Monday.", "2026-03-09", "approximate"),  # no plain future
        ("The minister resigned on Friday.", "2026-02-27", "approximate"),  # six days back: "last Friday" is usual
        ("Prices fell in January.", "2026-01", "exact"),
        ("Voters will choose a parliament in October.", "2026-10", "exact"),
        ("The company was sold in April.", "2025-04", "approximate"),  # eleven months back, and no year said
        ("They met on Valentine's Day.", "2026-02-14", "exact"),
        ("They met on Easter Sunday.", "2025-04-20", "approximate"),  # 2026's is nearer, but still ahead
        ("They will meet on Easter Sunday.", "2026-04-05", "exact"),
        ("The vote is to be held in October.", "2026-10", "exact"),
        ("The mayor was shot last Oct. 23.", "2025-10-23", "exact"),
        ("The firm looked for a way around Tuesday's ruling.", "2026-03-03", "exact"),
        ("Following Tuesday's debate, the minister resigned.", "2026-03-03", "exact"),
        ("The minister said on Monday the vote would go ahead.", "2026-03-02", "exact"),
        ("The minister is said to have met the miners on Monday.", "2026-03-02", "exact"),
        ("The miners demanded an answer by Monday.", "2026-03-09", "exact"),
        ("The mine must close unless the court has ruled by October.", "2026-10", "exact"),
        ("The minister faces an election in October.", "2026-10", "exact"),
        ("They would return if the men were not freed by Monday.", "2026-03-09", "exact"),
    ],
)
def test_tense_says_which_way_a_bare_day_or_month_points(nlp: Language, text: str, value: str, certainty: str) -> None:
    found = one(nlp, text)
    assert (found.value, found.certainty) == (value, certainty)


def test_on_a_sunday_last_week_may_be_either(nlp: Language) -> None:
    assert one(nlp, "The minister resigned last week.", "2026-03-01").certainty == "approximate"


def test_early_and_late_are_thirds(nlp: Language) -> None:
    found = one(nlp, "The talks collapsed in early January.")
    assert (found.value, found.interval) == ("2026-01", ("2026-01-01", "2026-01-11"))
    assert found.reason.startswith("first third of")


# Ranges


def test_a_range_of_days_is_one_expression(nlp: Language) -> None:
    found = one(nlp, "The festival runs from 3 to 5 May 2026.")
    assert (found.interval, found.certainty) == (("2026-05-03", "2026-05-05"), "range")


def test_the_year_said_at_the_end_of_a_range_holds_for_its_start(nlp: Language) -> None:
    found = times(nlp, "Sales fell from April to June 2017.")
    assert [t.value for t in found] == ["2017-04", "2017-06"]


def test_a_range_never_ends_before_it_begins(nlp: Language) -> None:
    found = times(nlp, "Sales fell from November to March.", "2026-01-20")
    assert [t.value for t in found] == ["2025-11", "2026-03"]


def test_the_past_three_months_cover_their_days(nlp: Language) -> None:
    found = one(nlp, "Prices rose over the past three months.")
    assert (found.type, found.value, found.interval) == ("DURATION", "P3M", ("2025-12-05", "2026-03-05"))


def test_the_past_decade_are_ten_years_up_to_now(nlp: Language) -> None:
    found = one(nlp, "It was the third merger in the past decade.")
    assert (found.value, found.interval) == ("P10Y", ("2016-03-05", "2026-03-05"))


def test_this_weekend_is_the_last_one_for_a_report_told_early_in_the_week(nlp: Language) -> None:
    assert one(nlp, "The fair was held this weekend.", "2026-03-03").value == "2026-W09-WE"
    assert one(nlp, "The fair will be held this weekend.", "2026-03-03").value == "2026-W10-WE"


# Lengths, repeated times, times of day, vague references


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("The strike lasted three weeks.", "three weeks", "DURATION", "P3W"),
        ("The flight takes two hours and 30 minutes.", "two hours and 30 minutes", "DURATION", "PT2H30M"),
        ("They broke the 8-month-old truce.", "8-month-old", "DURATION", "P8M"),
        ("The council meets every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
        ("The market is open on Friday mornings.", "Friday mornings", "SET", "XXXX-WXX-5TMO"),
        ("The paper appears daily.", "daily", "SET", "P1D"),
        ("The court ruled on Tuesday morning.", "Tuesday morning", "TIME", "2026-03-03TMO"),
        ("The court opened at 9 a.m. on Tuesday.", "9 a.m. on Tuesday", "TIME", "2026-03-03T09:00"),
        ("Prices have recently fallen.", "recently", "DATE", "PAST_REF"),
        ("The minister will soon resign.", "soon", "DATE", "FUTURE_REF"),
        ("The party will one day govern.", "one day", "DATE", "FUTURE_REF"),
        ("The siege lasted one day.", "one day", "DURATION", "P1D"),
        ("The mayor was shot at 10 p.m. in his kitchen.", "10 p.m.", "TIME", "2026-03-05T22:00"),
        ("They settled a decades-long dispute.", "decades-long", "DURATION", "PXY"),
        ("They agreed after a day-long meeting.", "day-long", "DURATION", "P1D"),
        ("The index fell for eight trading days.", "eight trading days", "DURATION", "P8D"),
    ],
)
def test_other_types(nlp: Language, text: str, words: str, kind: str, value: str) -> None:
    found = one(nlp, text)
    assert (found.text, found.type, found.value) == (words, kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.",
        "One may ask why.",
        "About three-quarters of the voters came.",
        "It is no Windows 2000.",
        "It was a bad financial week.",
        "They wait for version 10.4.1 of the program.",
        "She told USA Today the port was safe.",
        "The prime minister, Theresa May, was not invited.",
        "They met Theresa May.",
    ],
)
def test_words_that_only_look_like_times(nlp: Language, text: str) -> None:
    assert times(nlp, text) == []


# Counted from another date


def test_a_distance_counts_from_the_date_before_it(nlp: Language) -> None:
    first, later = times(nlp, "The army withdrew on 4 May 2019. Two days later it came back.")
    assert (later.value, later.certainty) == ("2019-05-06", "approximate")
    assert first.text in later.reason


def test_the_next_day_follows_a_day_and_no_time_of_day_or_year(nlp: Language) -> None:
    found = times(nlp, "They met on 4 May 2019. Polls closed at 22:30, as in 2012. The next day the army came back.")
    assert found[-1].value == "2019-05-05"


def test_one_year_later_follows_the_year_just_told(nlp: Language) -> None:
    text = (
        "He was born on 24 February 1951. He founded the bank in 1973, and in 1985 it was sold. "
        "One year later he was fired. He retired in 1999 and died on 3 May 2019."
    )
    assert next(t for t in times(nlp, text) if t.text == "One year later").value == "1986"


def test_a_quarter_is_the_one_whose_end_is_said(nlp: Language) -> None:
    found = times(nlp, "It lost money in the first quarter. For the quarter ended Sept. 30, 2025 it posted a profit.")
    assert found[1].value == "2025-Q3"


def test_the_end_of_the_month_ahead_is_counted_from_publication(nlp: Language) -> None:
    found = times(nlp, "The ship first sailed on 12 April 1981. It will sail again at the end of the month.")
    assert found[-1].value == "2026-03"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They left two weeks before Christmas 2019.", "two weeks before Christmas 2019", "2019-W50"),
        ("They came back three days after March 1, 2026.", "three days after March 1, 2026", "2026-03-04"),
        ("They left 48 hours ago.", "48 hours ago", "2026-03-03"),
        ("They left by the end of the day Tuesday.", "the end of the day Tuesday", "2026-03-03"),
    ],
)
def test_a_distance_may_name_what_it_counts_from(nlp: Language, text: str, words: str, value: str) -> None:
    found = one(nlp, text)
    assert (found.text, found.value) == (words, value)


def test_the_last_years_of_a_life_end_with_it(nlp: Language) -> None:
    assert one(nlp, "She painted in the last two years of her life.").interval is None


# Without a publication date


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The minister resigned yesterday.", "XXXX-XX-XX"),
        ("The minister resigned on Friday.", "XXXX-WXX-5"),
        ("Talks began in January.", "XXXX-01"),
        ("The law was passed two years ago.", "XXXX"),
    ],
)
@pytest.mark.parametrize("published", [None, "soon", "2026-02-30"])
def test_without_a_publication_date_nothing_is_invented(
    nlp: Language, text: str, value: str, published: str | None
) -> None:
    found = one(nlp, text, published)
    assert (found.value, found.interval, found.certainty) == (value, None, "unresolved")
    assert found.reason == "no publication date to count from"


# Any text

WORDS = (
    *("last", "next", "Friday", "March", "may", "5", "5th", "1998", "2026-03-05", "two", "weeks", "ago", "later", "of"),
    *("the", "end", "mid", "-", "'s", "to", "noon", "9 a.m.", "quarter", "H1", "every", "Easter", "3/5/2026", "8/1.5"),
    *("BC", "99999", "century", "\n", "İ", "½", "before", "century", "fiscal", "(", "first", "half", "and", "a"),
)


@given(st.one_of(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.text(max_size=40)))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@example("a century before 5 BC, 9999999999 years later")
@example("the 99th century of the first half of 0.8/15")
@example("In the summer they marched. On 3 May 1816 they rose, on 4 May 1816 they fought, on 5 May 1816 they fell.")
@example("Easter 3/5/1826 3/5/1826 1798 3/5/1826")
def test_any_text_gives_dated_spans_and_the_same_ones_twice(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    for published in (DAY, None, "0001-01-01", "9999-12-31"):
        found = find_times(doc, published)
        assert found == find_times(doc, published)
        end = 0
        for t in found:
            assert end <= t.start < t.end <= len(text)
            assert text[t.start : t.end] == t.text
            assert t.reason
            assert t.interval is None or t.certainty != "unresolved"
            if t.interval:
                assert date.fromisoformat(t.interval[0]) <= date.fromisoformat(t.interval[1])
            end = t.end


# The publication date that a text gives


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("Apple launches new phone\nJune 9, 2009\nApple announced it today.", "2009-06-09", "June 9, 2009"),
        ("GENEVA, March 4, 2026 — The talks began today.", "2026-03-04", "March 4, 2026"),
        ("The talks failed, both sides said.\n\nPublished: 5 March 2026, 10:15 GMT\n", "2026-03-05", "5 March 2026"),
        (
            "Brandt left office on Monday, March 2, 2026. She spoke on Wednesday, March 4, 2026.",
            "2026-03-04",
            "Wednesday, March 4, 2026",
        ),
    ],
)
def test_a_text_may_suggest_its_publication_date(nlp: Language, text: str, published: str, words: str) -> None:
    found = analyse(Article(id="x", text=text), nlp)
    assert found.suggested is not None
    assert found.suggested.published == published
    assert words in found.suggested.reason
    assert text[found.suggested.start : found.suggested.end] == found.suggested.text
    assert found.notes == (f"Publication date not known; {found.suggested.reason}.",)


@pytest.mark.parametrize(
    "text", ["The war began on March 4, 1990, and ended in 1994.", "They met last Friday.", "Prices rose in May 2011."]
)
def test_a_text_that_tells_of_the_past_suggests_nothing(nlp: Language, text: str) -> None:
    assert analyse(Article(id="x", text=text), nlp).suggested is None


def test_a_suggestion_dates_nothing_until_the_reader_takes_it(nlp: Language) -> None:
    text = "Apple launches new phone\nJune 9, 2009\nApple announced it on Monday."
    offered = analyse(Article(id="x", text=text), nlp)
    monday = offered.times[-1]
    assert (monday.text, monday.interval, monday.certainty) == ("Monday", None, "unresolved")
    assert offered.suggested is not None
    taken = analyse(Article(id="x", text=text, published=offered.suggested.published), nlp)
    assert taken.times[-1].interval == ("2009-06-08", "2009-06-08")
    assert taken.suggested is None


# Texts about the past: dates hang on one another

HISTORY = (
    "The war began on 4 August 1941. The army crossed the river in November 1941 and took the city on 2 December 1941. "
    "It lost the city in January. Files that were opened in 2005 show why. The army withdrew on 9 March. "
    "A peace was signed on 3 May 1943."
)


def test_in_a_history_a_month_without_its_year_follows_the_date_before_it(nlp: Language) -> None:
    found = {t.text: t for t in analyse(Article(id="x", text=HISTORY, published="2026-03-05"), nlp).times}
    assert found["January"].value == "1942-01"
    assert found["January"].certainty == "approximate"
    assert "2 December 1941" in found["January"].reason
    assert found["9 March"].value == "1942-03-09", "2005 is an aside"


def test_in_the_news_of_the_day_it_is_the_one_nearest_to_publication(nlp: Language) -> None:
    text = "The company said on Tuesday that it lost money in January. It was founded in 1941."
    found = {t.text: t for t in analyse(Article(id="x", text=text, published="2026-03-05"), nlp).times}
    assert found["January"].value == "2026-01"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The mill burned on March 2. It had burned in 2019. That night two men fled.", "That night", "2026-03-02TNI"),
        ("The mill burned in 2019. That night two men fled.", "That night", "XXXX-XX-XXTNI"),
        ("The mill burned in 2019. The same week two men fled.", "The same week", "XXXX-WXX"),
        ("The mill burned in May 2019. It reopened that autumn.", "that autumn", "2019-FA"),
        ("The mill burned in May 2019. It reopened the following March.", "the following March", "2020-03"),
    ],
)
def test_that_night_follows_a_day_and_that_autumn_a_year(nlp: Language, text: str, words: str, value: str) -> None:
    assert {t.text: t.value for t in times(nlp, text)}[words] == value


@pytest.mark.parametrize(
    ("text", "published", "first", "last"),
    [
        ("The mill burned last Wednesday.", DAY, "2026-02-25", "2026-02-25"),  # a day ago nobody says "last"
        ("The mill burned last Tuesday.", DAY, "2026-03-03", "2026-03-03"),
        ("The mill burned last February.", DAY, "2025-02-01", "2025-02-28"),
        ("The mill burned last March.", "2026-11-05", "2026-03-01", "2026-03-31"),
        ("The mill will reopen next Sunday.", "2026-03-03", "2026-03-08", "2026-03-08"),
        ("The mill will reopen in the second week of May.", DAY, "2026-05-08", "2026-05-14"),
        ("The mill burned in the second week of February.", DAY, "2026-02-08", "2026-02-14"),
        ("The mill will reopen in the last week of May.", DAY, "2026-05-25", "2026-05-31"),
        ("Four barges sank in the past week.", DAY, "2026-02-26", DAY),
        ("Four barges sank this past week.", DAY, "2026-02-26", DAY),
    ],
)
def test_last_and_next_as_people_say_them(nlp: Language, text: str, published: str, first: str, last: str) -> None:
    assert one(nlp, text, published).interval == (first, last)


def test_what_only_looks_like_a_date(nlp: Language) -> None:
    assert times(nlp, "A man in his fifties was arrested.") == []
    found = one(nlp, "It will be the first regatta on the lake in almost thirty years.")
    assert (found.value, found.interval) == ("P30Y", None)
    assert [t.value for t in times(nlp, "Nurses will earn 900 francs a month from September.")] == ["2026-09"]


def test_the_fall_of_a_government_is_no_autumn(nlp: Language) -> None:
    assert times(nlp, "The port has been shut since the fall of the government.") == []
    assert one(nlp, "The port was shut in the fall of 2019.").value == "2019-FA"


def test_a_second_decade_may_be_short(nlp: Language) -> None:
    assert [t.value for t in times(nlp, "The barges were built in the 1970s and 80s.")] == ["197", "198"]


def test_the_year_of_the_last_month_holds_for_the_first(nlp: Language) -> None:
    assert [t.value for t in times(nlp, "The mill stood still between May and July last year.")] == [
        "2025-05",
        "2025-07",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The unions have called a rally on Wednesday.", "2026-03-11"),
        ("The two ports have agreed to talks with the union in October.", "2026-10"),
        ("The vote is on Wednesday.", "2026-03-11"),
        ("The approval Wednesday comes after weeks of talks.", "2026-03-04"),
    ],
)
def test_what_was_arranged_is_still_to_come(nlp: Language, text: str, value: str) -> None:
    assert value in [t.value for t in times(nlp, text)]
