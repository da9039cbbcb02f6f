"""From a parsed document to its time expressions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from newsdash.core.extraction.times import anchoring, direction, grammar, words
from newsdash.core.extraction.times.actions import ACTIONS
from newsdash.core.extraction.times.found import Found, Setting, dated
from newsdash.core.extraction.times.grammar import Item
from newsdash.core.extraction.times.meaning import Meaning
from newsdash.core.extraction.times.standing import stands
from newsdash.core.records import TimeExpression
from spacy.tokens import Doc

_NEAR = 250  # characters within which an expression counts as close by
_FAR = 5  # years that a narrative seldom leaps
_GAP = 4  # words between the ends of a range, and one
_UNTIL = frozenset({"to", "until", "till", "through", "-", "–", "—"})
_LINKS = frozenset({"to", "and", "until", "till", "through", "or", "-", "–", "—", "the", "by", "in", "on", ","})
_OUTPUTS = frozenset({"amt", "day", "wd", "mon", "yr", "per", "hol", "clock", "part", "set", "ref", "off", "age"})


def find_times(doc: Doc, published: str | None) -> tuple[TimeExpression, ...]:
    """All time expressions in text order, resolved against the publication date where there is one.

    ``published`` is an ISO date, of which the first ten characters count; None or an unreadable one leaves relative
    expressions unresolved. Linear in the length of the text.
    """
    items = [
        item
        for run in words.islands(doc)
        for item in grammar.parse(words.prepare(run, doc), doc, ACTIONS)
        if item.cls in _OUTPUTS and isinstance(item.value, Meaning) and stands(item, doc)
    ]
    items = _shared_years(items, doc)
    today = _published(published)
    narrative = _is_narrative(items, today)
    found: list[TimeExpression] = []
    memory = _Memory(today)
    start: tuple[Item, Found] | None = None
    for k, item in enumerate(items):
        meaning = item.value
        assert isinstance(meaning, Meaning)
        setting = _setting(item, doc, today, narrative, memory)
        if setting.after in ("ended", "ending") and k + 1 < len(items) and items[k + 1].first == item.last + 2:
            end = items[k + 1].value
            assert isinstance(end, Meaning)
            setting.until = anchoring.resolve(end, _setting(items[k + 1], doc, today, narrative, memory))
        result = anchoring.resolve(meaning, setting)
        if result is None:
            continue
        if start is not None and _goes_on(start[0], item, doc):
            result = _after(start[1], result, meaning)
        start = item, result
        found.append(_record(item, result, doc))
        memory.note(item, result, meaning, narrative)
    return tuple(found)


def _goes_on(first: Item, second: Item, doc: Doc) -> bool:
    """Whether two expressions are the ends of one range: "from November to March"."""
    gap = [t.lower_ for t in doc[first.last + 1 : second.first]] if second.first - first.last <= _GAP else []
    if second.last + 1 < len(doc) and doc[second.last + 1].tag_ == "POS":
        return False  # "a revision on Friday to December's figures"
    return bool(gap) and gap[0] in _UNTIL and set(gap) <= _LINKS


def _after(start: Found, end: Found, meaning: Meaning) -> Found:
    """The end of a range, a year later where that is not said and it would come before the range's start."""
    year_open = meaning.kind == "date" and meaning.month is not None and meaning.year is None and meaning.base is None
    if not year_open or start.days is None or end.days is None or end.days[0] >= start.days[0]:
        return end
    value = f"{end.days[0].year + 1:04d}{end.value[4:]}"
    return dated(value, "approximate", f"first one after {start.value}")


def _shared_years(items: list[Item], doc: Doc) -> list[Item]:
    """ "from March to August 2011": the year that is said with the second holds for the first, too."""
    out = list(items)
    for i in range(len(items) - 2, -1, -1):
        first, second = out[i].value, out[i + 1].value
        assert isinstance(first, Meaning)
        assert isinstance(second, Meaning)
        if first.kind != "date" or second.kind != "date" or first.year or not first.month or not second.month:
            continue
        gap = (
            [t.lower_ for t in doc[out[i].last + 1 : out[i + 1].first]]
            if out[i + 1].first - out[i].last <= _GAP
            else []
        )
        if second.base is not None and second.base.unit == "Y" and gap and set(gap) <= _LINKS:
            out[i] = replace(out[i], value=replace(first, base=second.base))  # "between May and July last year"
        if second.year and gap and set(gap) <= _LINKS:
            year = second.year if first.month <= second.month else second.year - 1
            out[i] = replace(out[i], value=replace(first, year=year))
    return out


def _published(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _is_narrative(items: list[Item], today: date | None) -> bool:
    """Whether the text tells of times well before its publication: then its dates hang on one another.

    Most of its years are past ones, some dates have their year, and hardly any date counts from publication.
    """
    if today is None:
        return False
    said = [m for i in items if isinstance(m := i.value, Meaning)]
    dates = [m for m in said if m.kind == "date"]
    years = [m.year for m in dates if m.year]
    fresh = sum(m.kind == "weekday" or (m.kind == "shift" and m.anchor == "published") for m in said)
    old = sum(year < today.year for year in years)
    whole = sum(bool(m.year and m.month) for m in dates)
    return len(years) >= 4 and old >= 0.7 * len(years) and whole >= 2 and 4 * fresh < len(dates)


class _Memory:
    """The expressions before the present one that later ones may hang on."""

    def __init__(self, today: date | None) -> None:
        self._today = today
        self.dated: tuple[Item, Found] | None = None
        self.latest: tuple[Item, Found] | None = None
        self.day: tuple[Item, Found] | None = None
        self.quarter: tuple[int, str] | None = None
        self._aside: int | None = None

    def note(self, item: Item, found: Found, meaning: Meaning, narrative: bool) -> None:
        """Remember what was found."""
        if found.days is None or found.type in ("DURATION", "SET") or found.value.endswith("_REF"):
            return
        if meaning.kind == "clock" and meaning.base is None:
            return  # "at 2:30" names no day
        if meaning.anchor != "published":
            self.latest = (item, found)
        if narrative and meaning.anchor == "published":
            return  # "today" in a quotation doesn't move the narrative
        if narrative and self._strays(found):
            return
        if "-Q" in found.value and meaning.kind in ("quarter", "shift", "theunit"):
            self.quarter = (item.start, found.value)
        if found.days[0] == found.days[1]:
            self.day = (item, found)
        self.dated = (item, found)

    def _strays(self, found: Found) -> bool:
        """Whether a bare year far off is an aside ("files opened in 2005"), until a second one confirms it.

        Neither does the day of publication, given at the head of the text, begin the narrative.
        """
        assert found.days is not None
        year = found.days[0].year
        if self.dated is None or self.dated[1].days is None:
            return self._today is not None and year >= self._today.year
        near = abs(year - self.dated[1].days[0].year) <= _FAR or len(found.value) > len("2005")
        if near or (self._aside is not None and abs(year - self._aside) <= _FAR):
            self._aside = None
            return False
        self._aside = year
        return True


def _setting(item: Item, doc: Doc, today: date | None, narrative: bool, memory: _Memory) -> Setting:
    before = doc[item.first - 1].lower_ if item.first else ""
    after = doc[item.last + 1].lower_ if item.last + 1 < len(doc) else ""
    setting = Setting(
        today, lambda: direction.direction(doc, item.first, item.last), before, after, narrative=narrative
    )
    meaning = item.value
    assert isinstance(meaning, Meaning)
    last = memory.dated
    if last is not None and _is_too_long(meaning, last[1]):
        last = memory.day  # "the next day", "that night", "the same week" follow a day, not a year
    elif meaning.kind == "offset" and memory.latest is not None and item.start - memory.latest[0].end <= _NEAR:
        last = memory.latest
    if last is not None:
        earlier, found = last
        setting.previous = found
        setting.previous_text = _words(doc, earlier)
        setting.near = item.start - earlier.end <= _NEAR
    if memory.day is not None and item.start - memory.day[0].end <= _NEAR:
        setting.near_day = memory.day[1]
    if memory.quarter is not None and item.start - memory.quarter[0] <= 8 * _NEAR:
        setting.quarter = memory.quarter[1]
    return setting


_LONGEST = {"D": 1, "W": 7, "WE": 7, "M": 31}  # days of what a day, week or month may be counted from


def _is_too_long(meaning: Meaning, before: Found) -> bool:
    """Whether the expression before tells no day ("2022") from which a day, night, week or month could be counted."""
    counted = meaning.anchor == "previous" and meaning.kind in ("shift", "part")
    limit = _LONGEST.get("D" if meaning.kind == "part" else meaning.unit) if counted else None
    return limit is not None and before.days is not None and (before.days[1] - before.days[0]).days >= limit


def _words(doc: Doc, item: Item) -> str:
    """The characters of an expression. Not by ``doc.text``, which puts the whole text together each time."""
    span = doc[item.first : item.last + 1]
    return str(span.text[item.start - span.start_char : item.end - span.start_char])


def _record(item: Item, found: Found, doc: Doc) -> TimeExpression:
    interval = (found.days[0].isoformat(), found.days[1].isoformat()) if found.days else None
    return TimeExpression(
        start=item.start,
        end=item.end,
        text=_words(doc, item),
        type=found.type,
        value=found.value,
        interval=interval,
        certainty=found.certainty,
        reason=found.reason,
    )
