"""Other recognisers' test cases: the news-like part of Recognizers-Text and Duckling, with a floor.

Both programs serve assistants that set alarms and fill queries. ``LEFT_OUT`` says which kinds of their cases no news
text has, by what the expression looks like and never by whether we get it right; a case goes when one of its
expressions is of such a kind. What stays is compared by the days meant, as conventions differ:

- Where the words don't say which week or year ("Friday", "in March"), Duckling takes the next and the copy of
  Recognizers the last one: right is the same weekday, or the same day or month of a neighbouring year.
- A range is one expression there and two in TIMEX3: ours are taken together. Recognizers ends ranges on the day after.
- TIMEX3 keeps the unit that is said ("two years ago" is a year, there a day), and seasons are meteorological here.
- "The last two weeks" may run to today or to Sunday: each end may be off by less than one of its units.
- "Early", "mid", "the end of": at least half of the shorter stretch is shared.

``pytest tests/quality/test_time_cases.py -s`` prints the counts and the cases that are wrong.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from newsdash.core.extraction.times import calendars, find_times

if TYPE_CHECKING:
    from newsdash.core.extraction.times.calendars import Days
    from newsdash.core.records import TimeExpression
    from spacy.language import Language

DATA = Path(__file__).parent / "data"
FLOORS = {"recognizers": 0.85, "duckling": 0.85}

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_HOLIDAY = r"\b(?:christmas|xmas|thanksgiving|easter|new year|halloween|mlk|luther|day|friday|mardi gras|pentecost)\b"
# Kinds that news doesn't have: name, and a pattern over the expression in lower case.
LEFT_OUT: dict[str, str] = {
    # "the 24", "Monday 21", "Thu 15th"
    "a day of the month without its month": rf"(?:on |the |the week of the )*(?:{_DAY} )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?|first)",
    # "2/15", "5.12", "10/31/74", "20161016", "2014~2018", "10/1-11/7"; and numbers with a blank between
    "numeric dates without a four-digit year": r"(?:on |this |next )?\d{1,2} ?[-.] ?\d{1,2}|.*(?<![\d/.])\d{1,2} ?/ ?\d{1,2}(?:/\d\d)?(?![\d/]).*|.*\d\d-\d\d-\d\d|.*day \d+[.-]\d+",
    "machine formats": r".*(?:\d{8}|\d{4}~|\d{4} \d{1,2} \d{1,2}|\d{4}/\w|[a-z]-?\d*-\d{4}|\d{4}-\d{1,2}(?!\d|-\d)|\b\d{1,2}[/-]\d{4}(?!-\d)|\d{4}-[a-z]|\d-\d{4}-[a-z]|[<>=]|q\d-\d|\d\dq\d|\d{4}q\d|[a-z]/\d|\d/[a-z]|\d{4}-\d\d-\d\d-[a-z]).*",
    # "EOM", "qtr", "tmrw", "3y", "Feb13", "cy18", "90 s", "w/c"
    "typing shorthand": r".*\b(?:eo[dmy]|bo[my]|qtr|tmrw|tomorrows|otd|w/c|[csf]y ?\d+|\d+[dwyhms]|[a-z]{3}\d+|\d+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\d+ s|\d+(?:\.\d+)?(?:sec|min|years)|everyday|atm|(?:mon|tue|wed|thu|fri|sat|sun)\.?)\b.*",
    "two-digit years without an apostrophe": rf".*(?:{_MONTH}[ -](?:of )?\d\d|\b(?:first|second|\d+(?:st|nd|rd|th)) \d\d|in \d\d a\.d\.)",
    # "three Fridays from now", "Friday after next", "third last week of", "March in a year", "Monday two weeks from now"
    "counting games": rf".*(?:\b{_DAY}s (?:from now|back|ago)|after next|closest|\d(?:rd|nd|th) last|(?:second|third|fifth) last|\b{_DAY},? (?:in )?(?:\w+ )?\w+ \w+ (?:from now|after)|(?:on|,) {_DAY}$|third tuesday after|{_MONTH} in (?:a|1) year|{_HOLIDAY} (?:in )?(?:a|\d) (?:years?|months?)|{_HOLIDAY} \d \w+ (?:ago|from now)).*",
    "years written in words": r".*\b(?:two thousand|(?:seven|nine)teen (?:hundred|\w+ty)).*",
    # "for 3 days starting next Monday", "18th Dec for 10 days"
    "bookings of some length": r".*\b(?:for (?:\d+|an?) \w+,? (?:from|starting)|\w+ (?:days?|weeks?) starting|for \d+ (?:days|hours)|business days?|nights?)\b.*",
    # "2012 or later", "as early as next year", "year greater than 2012": bounds of a query
    "bounds of a query": r".*\b(?:greater|(?:and|or) (?:later|after)|later than|no later|as (?:early|late) as|till date|to date|current date)\b.*",
    "amounts that the source makes up": r".*\b(?:few|some|several|couple)\b.*",  # "some days" is P3D there
    "school years, sports seasons, weeks by number": r".*\b(?:school year|calendar year|seasons?|week \d+|work(?:ing )?week|lunch|dinner|breakfast)\b.*",
    "frequencies as adjectives, which TimeBank doesn't mark": r"(?:quarterly|annual|semi-?annual(?:ly)?|bi-?monthly|one a day)",
    "bare units, an expression in a dialogue only": r"(?:the |any |all |for the )?(?:hour|day|week|weekends?|fortnight|month|mornings|pacific timezone)",
    # Lunar and other calendars need tables that this program doesn't have; the others are hardly ever in the news.
    "feasts of other calendars, folk days": r".*\b(?:chinese|yom|shemini|simchat|tisha|lag b|holocaust|rosh|hann?uk\w*|chanukah|passover|feast|succos|shavuot|mawlid|[ei]i?d (?:al|ul)\b.*|bakr|laylat|night of|islamic|amun|ashura|tu bishvat|jam\w+.ul\S*|jumu\w*|isra|prophet's|night journey|ascension to heaven|ramadan|dhan\w+|kali|choti|diwali|deepavali|lakshmi|bhai|chhath|dala|surya|maha|dussehra|vijayadashami|navaratri|durga|karva|ratha|rakhi|mahav\w+|saraswati|\w*pongal|bogi|makara?|maghi|v[ai]+s[ah]*khi|baisakhi|vaishakhi|onam|thiruvonam|[vb]asant|chh?oti|holika|kamudu|krishna|gokulashtami|holi|dhulandi|phagwah|parsi|jamshedi|gysd|youth|vesak|vaisakha|buddha|earth hour|purim|guru|koningsdag|king's|rabindra\w*|valmiki|pargat|maharishi|ganesh|rama|y?ugadi|samvatsaradi|chaitra|orthodox|lent|clean monday|lazarus|great fast|boss'?s?|vegan|civil rights|paddy's|covenant|mysteries|holy spirit|branch|white sunday|trinity|ides|freedom day|jubilee day|juneteenth|weekend of|weekend \d{4}|day(?: \d{4})? weekend)(?!\w).*",
}
_KINDS = {kind: re.compile(pattern) for kind, pattern in LEFT_OUT.items()}
_FORMATS = re.compile(r"valid date|wrong date|tel:|code of|\bssn\b|call me|formula|www\.|[$][A-Z]{3}", re.IGNORECASE)
_BY_NAME = re.compile(r"\b(?:morning|afternoon|evening|night|tonight|noon|midnight)s?\b")
_BARE = ("morning", "afternoon", "evening", "night")  # of no day
_EDGE = re.compile(r"\b(?:end|start|beginning|middle|mid|early|late|later|earlier)\b")
_DISTANCE = re.compile(r"\b(?:ago|in|within|from|later|after|before|hence|back)\b")
_SPAN = re.compile(r"\b(?:last|past|next|previous|coming|upcoming|following|within|rest|remaining)\b")
_LENGTHS = {"day": 1, "week": 7, "fortnight": 14, "month": 31, "quarter": 92, "year": 366, "decade": 3660}


class Case(NamedTuple):
    """A text, the day it is counted from, and the expressions that the source finds in it."""

    day: str | None
    text: str
    found: list[list[Any]]


def cases(name: str) -> list[Case]:
    return [Case(*json.loads(line)) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def kind(case: Case) -> str | None:
    """The kind for which a case is left out, None where it is news-like."""
    if _FORMATS.search(case.text):
        return "talk of formats, codes, telephone numbers and stock symbols"
    for start, end, type_, value, *timex in case.found:
        words = case.text[start:end].lower()
        clock = re.search(r"T\d|\d:\d", value + "".join(timex))
        if (
            (type_ == "TIME" or clock)
            and not value.endswith("_REF")
            and (re.search(r"\d", words) or not _BY_NAME.search(words) or value[0] == "T" or words in _BARE)
        ):
            return "times of day: alarms and appointments"
        if case.day is None or re.search(r"feb 3\d|-02-3", words):
            return "dates that don't exist, texts without a day"
        for name, pattern in _KINDS.items():
            if pattern.fullmatch(words):
                return name
    return None


def right(case: Case, name: str, ours: tuple[TimeExpression, ...]) -> bool:
    """Whether we find what the source finds, and nothing where it finds nothing."""
    return all(_same(case, name, row, ours) for row in case.found) if case.found else not ours


def _same(case: Case, name: str, row: list[Any], ours: tuple[TimeExpression, ...]) -> bool:
    start, end, type_, value, *more = row
    timex = more[0] if more else value
    met = [t for t in ours if t.start < end and t.end > start]
    words = case.text[start:end].lower()
    if not met:
        return False
    if any(t.value == value for t in met):
        return True
    if type_ in ("SET", "DURATION") or value.endswith("_REF"):
        wanted = timex if value == "not resolved" else value
        return any(_length(t.value) == _length(wanted) or (wanted[0] == "T" and t.value.endswith(wanted)) for t in met)
    if re.fullmatch(r"T[A-Z]+|SP|SU|FA|WI", value):
        return any(t.value.endswith(value) for t in met)
    days = [t.interval for t in met if t.interval]
    if not days:
        return False
    mine = date.fromisoformat(min(d[0] for d in days)), date.fromisoformat(max(d[1] for d in days))
    if re.match(r"[/\d-]*\d/$|/\d", value):  # open: only one end is given
        edge = date.fromisoformat(value.strip("/"))
        return any(mine[0] <= moved <= mine[1] + timedelta(1) for moved in _moved(edge, edge, words)[0])
    gold = _days(value.removeprefix("FY"), name, type_)
    if gold is None:
        return False
    many = value.partition("/")[2] != ""
    if name == "duckling" and words.split()[0] in ("upcoming", "two", "2") and "upcoming" in words:
        return gold[0] <= mine[1] <= gold[1]  # there "the upcoming two weeks" is the week that ends them
    moved = zip(*_moved(*gold, words), strict=True) if "XXXX" in timex or not re.search(r"\d{4}", words) else [gold]
    return any(_near(mine, choice, words, many) for choice in moved)


def _moved(first: date, last: date, words: str) -> tuple[list[date], list[date]]:
    """The ends as given, and a week or a year earlier and later where the words leave that open."""
    inside = re.search(rf"\b(?:of|in) {_MONTH}$", words)  # "the last week of July"
    if not inside and re.search(rf"{_SPAN.pattern}|\b(?:this|that|today|tomorrow|yesterday|ago|now)\b", words):
        return [first], [last]
    day = re.search(rf"\b{_DAY}\b", words) and not re.search(rf"\b{_MONTH}\b|\d", words)
    steps = [("W", -1), ("W", 0), ("W", 1)] if day else [("Y", -1), ("Y", 0), ("Y", 1)]
    steps += [("D", days) for days in (-371, -364, 364, 371)] if "week of" in words else []
    pairs = [(calendars.step(first, *s), calendars.step(last, *s)) for s in steps]
    return [f for f, _ in pairs if f], [t for _, t in pairs if t]


def _days(value: str, name: str, type_: str) -> Days | None:
    """The days of the source's value; a range of Recognizers ends on the day before its end."""
    if week := re.fullmatch(r"(\d{4}-\d\d)-W0(\d)", value):  # the n-th week of a month, 5 the last
        inside = date.fromisoformat(week[1] + ("-01" if week[2] == "1" else "-28"))
        return calendars.days(calendars.value_of(inside, "W"))
    first, _, last = (part[:10] for part in value.partition("/"))
    if type_ == "TIME":
        return calendars.days(first)
    found = calendars.days(value.partition("T")[0] if not last else first)
    if not last or found is None:
        return found
    end = date.fromisoformat(last)
    return found[0], end - timedelta(name == "recognizers" and end > found[0])


def _near(mine: Days, gold: Days, words: str, many: bool) -> bool:
    first, last = (mine[0] - gold[0]).days, (mine[1] - gold[1]).days
    if first == 0 and (last == 0 or (many and (last == 1 or mine[1] in _unit_ends(gold[1] + timedelta(1))))):
        return True
    if first == last and abs(first) <= 30 and re.search(_HOLIDAY, words) and not _SPAN.search(words):
        return True  # a movable feast of another year
    if first == last and abs(first) <= 7 and re.search(rf"\b{_DAY} (?:of|in) {_MONTH}$", words):
        return True  # "the first Tuesday in October" of another year
    if re.search(r"spring|summer|autumn|fall|winter", words):
        return abs(first) <= 25 and abs(last) <= 25
    if _EDGE.search(words):
        shared = (min(mine[1], gold[1]) - max(mine[0], gold[0])).days + 1
        return shared >= 0.5 * (min((mine[1] - mine[0]).days, (gold[1] - gold[0]).days) + 1)
    unit = next((n for name, n in _LENGTHS.items() if re.search(rf"\b{name}s?\b", words)), 0)
    if unit and _SPAN.search(words) and abs(first) <= unit and abs(last) <= unit:
        return gold[1] > gold[0] and mine[1] > mine[0]
    inside = mine[0] <= gold[0] and gold[1] <= mine[1]
    return bool(unit and _DISTANCE.search(words) and inside and (mine[1] - mine[0]).days < unit)


def _unit_ends(day: date) -> tuple[date, ...]:
    """The last days of the units in which a range ends: of the month, or of the quarter or year that begins then."""
    later = [12] if day.month == day.day == 1 else []
    later += [day.month + 2] if day.day == 1 and day.month % 3 == 1 else []
    return tuple(calendars.month_days(day.year, day.month, month)[1] for month in [day.month, *later])


def _length(value: str) -> object:
    """A length in minutes, so that PT1.5H is PT1H30M; any other value as it stands, weekends by one name."""
    found = re.fullmatch(r"P((?:[\d.]+[YMWD])*)(?:T((?:[\d.]+[HMS])*))?", value)
    if not found:
        return "P1WE" if value == "XXXX-WXX-WE" else value
    days = {"Y": 525_600.0, "M": 43_800.0, "W": 10_080.0, "D": 1440.0}
    hours = {"H": 60.0, "M": 1.0, "S": 1 / 60}
    return round(sum(_minutes(found[1], days) + _minutes(found[2], hours)), 2)


def _minutes(amounts: str | None, sizes: dict[str, float]) -> list[float]:
    return [float(number) * sizes[unit] for number, unit in re.findall(r"([\d.]+)(\w)", amounts or "")]


@pytest.mark.parametrize("name", FLOORS)
def test_the_news_like_cases_of_other_recognisers(nlp: Language, name: str) -> None:
    every = cases(name)
    left = Counter(k for case in every if (k := kind(case)))
    news = [case for case in every if kind(case) is None]
    wrong = []
    for case, doc in zip(news, nlp.pipe([case.text for case in news]), strict=True):
        ours = find_times(doc, case.day)
        if not right(case, name, ours):
            wrong.append((case, [(t.text, t.value, t.interval) for t in ours]))
    share = 1 - len(wrong) / len(news)
    print(
        f"\n{name}: {len(every)} cases, {len(news)} news-like, {len(news) - len(wrong)} right, {share:.1%}; left out:"
    )
    for why, number in left.most_common():
        print(f"  {number:4} {why}")
    for case, got in wrong:
        print(f"  wrong: {case.text[:90]!r} {case.day}", [(case.text[f[0] : f[1]], f[3]) for f in case.found], got)
    assert len(news) >= 0.3 * len(every)
    assert share >= FLOORS[name]
