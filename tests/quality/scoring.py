"""How well an analysis agrees with the gold annotation of an article: actors, timeline, positions, quotes.

- *Actors*: B-cubed over the distinct aliases of gold's actors. For each alias, recall is the share of its actor's
  aliases that stand in one entity with it, precision the share of gold's aliases in that entity that are its
  actor's. An actor is found when an entity bears one of its names, typed when the entity that shares most of its
  aliases has its type.
- *Timeline*: a predicted event fits a gold item when they share half of the shorter evidence and the first and last
  day lie in gold's unit (day, week, month ...); gold without a date wants none.
- *Positions*: evidence as above, the same holder, the same polarity.
- *Quotes*: contents that share a character, one to one; the speaker overlaps gold's or bears one of its names.

Matching is one to one and as large as possible. All figures are per cent over all articles together.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from newsdash.core.records import Analysis, Entity, Event

Gold = dict[str, Any]
Span = tuple[int, int]
_TITLES = frozenset(
    """mr mrs ms dr sir president senator sen rep representative gov governor prime minister chancellor secretary
    chairman ceo former""".split()  # noqa: SIM905
)
_PRONOUNS = frozenset(
    """he she it they we i you him her them us me his its their our my who which that this these those
    himself herself itself themselves""".split()  # noqa: SIM905
)


# Names


def name_key(name: str) -> str:
    """A name for comparing: no case, article, possessive, punctuation at the ends, or titles before a capital."""
    words = re.sub(r"^(the|an?)\s+", "", name.strip(), flags=re.I).split()
    titles = 0
    while titles < len(words) and words[titles].strip(".").casefold() in _TITLES:
        titles += 1
    if titles < len(words) and words[titles][:1].isupper():
        words = words[titles:]
    key = " ".join(words).replace("’", "'").replace("‘", "'").strip(" \"“”'.,;:()[]").casefold()
    return re.sub(r"'s$", "", key)


def _is_pronoun(name: str) -> bool:
    return name.casefold() in _PRONOUNS and not (name.isupper() and len(name) > 1)


def _same_end(one: str, two: str) -> bool:
    """Whether one name is the end of the other, or its initials."""
    short, long = sorted((re.findall(r"\w+", name_key(n).replace(".", "")) for n in (one, two)), key=len)
    if not short:
        return False
    initials = "".join(word[0] for word in long if word not in ("of", "the", "and", "for"))
    return long[-len(short) :] == short or (len(short) == 1 < len(initials) and short[0] == initials)


def _names(entity: Entity) -> list[str]:
    texts = [entity.name, *entity.aliases, *(m.text for m in entity.mentions if m.kind != "pronoun")]
    return [text for text in dict.fromkeys(texts) if text and not _is_pronoun(text)]


def _gold_names(gold: Gold, name: str | None) -> list[str]:
    for actor in gold["actors"]:
        if actor["name"] == name:
            return list(dict.fromkeys([name, *actor["aliases"]]))
    return [name] if name else []


def _side(analysis: Analysis, entity: str | None, words: str) -> list[str]:
    """The names under which a holder or speaker is known in the analysis."""
    names = [name for e in analysis.entities if e.id == entity for name in _names(e)]
    return names + [words] * bool(words and not _is_pronoun(words))


def _same_actor(wanted: Sequence[str], found: Sequence[str]) -> bool:
    if {name_key(name) for name in wanted} & {name_key(name) for name in found}:
        return True
    phrase = len(wanted) == 1  # no actor of gold: its words may be in lower case
    return any(
        _same_end(one, two) for one in wanted for two in found if phrase or (one[:1].isupper() and two[:1].isupper())
    )


# Spans


def _places(text: str, words: str | None) -> list[Span]:
    if not words:
        return []
    left = r"(?<!\w)" if words[0].isalnum() else ""
    right = r"(?!\w)" if words[-1].isalnum() else ""
    found = [m.span() for m in re.finditer(left + re.escape(words) + right, text)]
    return found or [m.span() for m in re.finditer(re.escape(words), text)]


def _shared(one: Span, two: Span) -> int:
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def _near(places: Iterable[Span], span: Span) -> bool:
    return any(2 * _shared(place, span) >= min(place[1] - place[0], span[1] - span[0]) > 0 for place in places)


def _matching(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """The largest one-to-one matching, left -> right, by augmenting paths."""
    owner: dict[int, int] = {}

    def place(left: int, seen: set[int]) -> bool:
        for right in edges[left]:
            if right not in seen:
                seen.add(right)
                if right not in owner or place(owner[right], seen):
                    owner[right] = left
                    return True
        return False

    for left in range(len(edges)):
        place(left, set())
    return {left: right for right, left in owner.items()}


# Dates


def _bounds(value: str) -> tuple[date, date]:
    parts = [int(part) for part in value.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    last = month or 12
    return (
        date(year, month or 1, day or 1),
        date(year, last, day or calendar.monthrange(year, last)[1]),
    )


def _unit(day: date, granularity: str) -> tuple[int, ...]:
    units: dict[str, tuple[int, ...]] = {
        "decade": (day.year // 10,),
        "year": (day.year,),
        "quarter": (day.year, (day.month - 1) // 3),
        "month": (day.year, day.month),
        "week": tuple(day.isocalendar()[:2]),
    }
    return units.get(granularity, (day.year, day.month, day.day))


def same_date(item: Gold, event: Event) -> bool:
    """Whether first and last day lie in gold's unit. No end in gold means its start, or open while it goes on."""
    when = event.when
    start, end = (None, None) if when.certainty == "unresolved" else (when.start, when.end)
    if not item.get("start") and not item.get("end"):
        return not start
    if not start and not end:
        return False
    last = item.get("end") or (item.get("start") if item.get("status") != "ongoing" else None)
    found = (_bounds(start or end or "")[0], _bounds(end or start or "")[1])
    for side, gold in enumerate((item.get("start"), last)):
        if gold:
            written = ("year", "month", "day")[gold.count("-")]
            given = item.get("granularity")
            unit = written if given in (None, "unknown", "hour", "minute", "day") else given
            if _unit(found[side], unit) != _unit(_bounds(gold)[side], unit):
                return False
    return True


# Counting


@dataclass
class Counts:
    """Matches, predictions and gold items."""

    right: float = 0
    predicted: float = 0
    gold: float = 0

    def add(self, right: float, predicted: float, gold: float) -> None:
        self.right += right
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        return 100 * self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 200 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


@dataclass
class Score:
    """Counts over all articles that were added."""

    precision: list[float] = field(default_factory=list)  # of each alias
    recall: list[float] = field(default_factory=list)
    found: Counts = field(default_factory=Counts)
    typed: Counts = field(default_factory=Counts)
    timeline: Counts = field(default_factory=Counts)
    exact: Counts = field(default_factory=Counts)  # wrong dates among those shown as exact
    positions: Counts = field(default_factory=Counts)
    quotes: Counts = field(default_factory=Counts)
    speakers: Counts = field(default_factory=Counts)

    def add(self, gold: Gold, analysis: Analysis) -> None:
        """Count one article."""
        self._actors(gold, analysis)
        self._timeline(gold, analysis)
        self._positions(gold, analysis)
        self._quotes(gold, analysis)

    def _actors(self, gold: Gold, analysis: Analysis) -> None:
        actors = [{name_key(alias) for alias in actor["aliases"]} for actor in gold["actors"]]
        entities = [{name_key(name) for name in _names(entity)} for entity in analysis.entities]
        aliases = set().union(*actors)
        for alias in sorted(aliases):
            mine = set().union(*(actor for actor in actors if alias in actor))
            theirs = set().union(*(entity for entity in entities if alias in entity)) & aliases
            self.precision.append(len(mine & theirs) / len(theirs) if theirs else 0.0)
            self.recall.append(len(mine & theirs) / len(mine) if theirs else 0.0)
        for actor, keys in zip(gold["actors"], actors, strict=True):
            core = {name_key(name) for name in actor["named"]} or keys
            having = [(len(entity & keys), -place) for place, entity in enumerate(entities) if entity & core]
            right = bool(having) and analysis.entities[-max(having)[1]].type == actor["type"]
            self.found.add(bool(having), 0, 1)
            self.typed.add(right, 0, 1)

    def _timeline(self, gold: Gold, analysis: Analysis) -> None:
        events = analysis.events
        near = [
            [n for n, e in enumerate(events) if _near(_places(gold["text"], item["evidence"]), (e.start, e.end))]
            for item in gold["timeline"]
        ]
        dated = [[n for n in near[i] if same_date(item, events[n])] for i, item in enumerate(gold["timeline"])]
        self.timeline.add(len(_matching(dated)), len(events), len(near))
        right = {n for numbers in dated for n in numbers}
        shown = {n for numbers in near for n in numbers if events[n].when.certainty == "exact"}
        self.exact.add(len(shown - right), len(shown), 0)

    def _positions(self, gold: Gold, analysis: Analysis) -> None:
        edges = []
        for item in gold["positions"]:
            places, wanted = _places(gold["text"], item["evidence"]), _gold_names(gold, item["holder"])
            edges.append(
                [
                    n
                    for n, stance in enumerate(analysis.stances)
                    if _near(places, stance.evidence)
                    and stance.polarity == item["polarity"]
                    and _same_actor(wanted, _side(analysis, stance.holder, stance.holder_text))
                ]
            )
        self.positions.add(len(_matching(edges)), len(analysis.stances), len(edges))

    def _quotes(self, gold: Gold, analysis: Analysis) -> None:
        text, quotes = gold["text"], analysis.quotes
        taken: set[Span] = set()
        items = []
        for item in gold["quotes"]:
            if places := _places(text, item["content"]):
                span = next((place for place in places if place not in taken), places[0])
                taken.add(span)
                items.append((span, item))
        options = []
        for g, (span, _) in enumerate(items):
            for p, quote in enumerate(quotes):
                if shared := sum(_shared(span, part) for part in quote.spans):
                    options.append((_trim(text, span) != _trim(text, (quote.start, quote.end)), -shared, g, p))
        pairs: dict[int, int] = {}
        for _, _, g, p in sorted(options):
            if g not in pairs and p not in pairs.values():
                pairs[g] = p
        self.quotes.add(len(pairs), len(quotes), len(items))
        for g, p in pairs.items():
            span, item = items[g]
            spoken = _places(text, item.get("speaker"))
            spoken = sorted(spoken, key=lambda s: min(abs(s[0] - span[1]), abs(span[0] - s[1])))[:1]
            wanted = _gold_names(gold, item.get("speaker_is"))
            if spoken or wanted:
                self.speakers.add(_speaks(analysis, p, spoken, wanted), 0, 1)

    def figures(self) -> dict[str, float]:
        """Every figure by its name, per cent."""
        precision = 100 * sum(self.precision) / max(len(self.precision), 1)
        recall = 100 * sum(self.recall) / max(len(self.recall), 1)
        return {
            "actors B-cubed F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
            "actors found": self.found.recall,
            "actors typed": self.typed.recall,
            "timeline recall": self.timeline.recall,
            "timeline precision": self.timeline.precision,
            "wrong exact dates": self.exact.precision,
            "positions recall": self.positions.recall,
            "positions precision": self.positions.precision,
            "quotes F1": self.quotes.f1,
            "quote speakers": self.speakers.recall,
        }


def _speaks(analysis: Analysis, number: int, spoken: Sequence[Span], wanted: Sequence[str]) -> bool:
    speaker = analysis.quotes[number].speaker
    if speaker is None:
        return False
    if any(_shared(span, (speaker.start, speaker.end)) for span in spoken):
        return True
    words = analysis.article.text[speaker.start : speaker.end]
    return _same_actor(wanted, _side(analysis, speaker.entity, words))


def _trim(text: str, span: Span) -> Span:
    ends = " \n\t\"“”‘’'«»,.;:?!–—-"
    start, end = span
    while start < end and text[start] in ends:
        start += 1
    while end > start and text[end - 1] in ends:
        end -= 1
    return (start, end)
