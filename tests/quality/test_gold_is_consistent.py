"""The gold annotation must be true to the words of the articles it annotates.

Every evidence, time expression, quote, cue, speaker and alias stands verbatim in the article; actors that are
referred to are listed; dates are written at their granularity and fall on the weekday the text names; and the
annotated text is the text of the file in ``seeds/``.
"""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"
SEEDS = ROOT / "seeds"
STORY = "skarrow-treaty"

TYPES = {"PERSON", "ORG", "GPE", "NORP", "PRODUCT", "EVENT", "LAW", "FAC", "LOC"}
ACTS = {
    *("supports", "opposes", "praises", "criticises", "warns", "threatens", "demands", "offers", "agrees"),
    *("refuses", "denies", "accuses", "orders", "promises", "claims", "asks", "declines-comment"),
}
GRANULARITIES = {"day", "week", "month", "quarter", "year", "decade", "unknown"}
CONFLICTS = {"date", "number", "near-copy", "denial", "position-change"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
LENGTHS = {"day": 10, "week": 10, "month": 7, "year": 4}
FIELDS = (
    "id",
    "title",
    "published",
    "source",
    "licence",
    "url",
    "text",
    "actors",
    "timeline",
    "positions",
    "quotes",
)

Record = dict[str, Any]


class Paragraphs(HTMLParser):
    """The headings and paragraphs inside ``<article>``, without any extraction library."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within = self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = self.within or tag == "article"
        if self.within and tag in ("h1", "h2", "p"):
            self.open = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.within = self.within and tag != "article"
        self.open = self.open and tag not in ("h1", "h2", "p")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found[-1] += data


def read(path: Path) -> Record:
    record: Record = json.loads(path.read_text(encoding="utf-8"))
    return record


def article_text(path: Path) -> str:
    """What a seed file says, without front matter or page furniture."""
    raw = path.read_bytes().decode("utf-8")
    if path.suffix == ".md":
        return raw.split("---\n", 2)[2].strip()
    if path.suffix == ".html":
        parser = Paragraphs()
        parser.feed(raw)
        return "\n".join(parser.found)
    return raw


def whole_words(phrase: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None


FILES = [GOLD / "anthropic-pentagon.json", *sorted((GOLD / STORY).glob("*.json"))]
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@each_file
def test_fields(path: Path) -> None:
    record = read(path)
    assert all(field in record for field in FIELDS)
    assert record["id"] == path.stem
    assert record["published"] is None or date.fromisoformat(record["published"])
    assert "\r" not in record["text"]
    assert all(record[part] for part in ("actors", "timeline", "positions", "quotes"))


@each_file
def test_everything_stands_verbatim_in_the_text(path: Path) -> None:
    record = read(path)
    text = record["text"]
    phrases = [alias for actor in record["actors"] for alias in actor["aliases"]]
    phrases += [item["evidence"] for item in record["timeline"]]
    phrases += [item["time_text"] for item in record["timeline"] if item["time_text"]]
    phrases += [item["evidence"] for item in record["positions"]]
    phrases += [quote[field] for quote in record["quotes"] for field in ("content", "cue", "speaker")]
    assert [phrase for phrase in phrases if phrase not in text] == []
    assert [a for actor in record["actors"] for a in actor["aliases"] if not whole_words(a, text)] == []


@each_file
def test_actors_are_listed_once_and_named(path: Path) -> None:
    record = read(path)
    names = [actor["name"] for actor in record["actors"]]
    assert len(names) == len(set(names))
    for actor in record["actors"]:
        assert actor["type"] in TYPES
        assert actor["aliases"]
        assert len(actor["aliases"]) == len(set(actor["aliases"]))
        assert set(actor["named"]) <= set(actor["aliases"])
        assert set(actor.get("members", [])) <= set(names)
    referred = [name for item in record["timeline"] for name in item["actors"]]
    referred += [item["holder"] for item in record["positions"]]
    referred += [quote["speaker_is"] for quote in record["quotes"]]
    assert sorted(set(referred) - set(names)) == []


@each_file
def test_timeline(path: Path) -> None:
    for item in read(path)["timeline"]:
        told = [item[edge] for edge in ("start", "end") if item[edge]]
        assert item["granularity"] in GRANULARITIES
        assert item["status"] in {"happened", "ongoing", "planned", "possible", "denied"}
        assert item["relation"] in {None, "before", "after", "same", "during"}
        assert item["relation"] is None or item["anchor"], item["what"]
        assert all(DATE.fullmatch(day) for day in told)
        assert told == sorted(told)
        assert (item["granularity"] == "unknown") == (not told), item["what"]
        assert all(len(day) == LENGTHS.get(item["granularity"], len(day)) for day in told), item["what"]
        assert 3 <= len(item["what"].split()) <= 15, item["what"]


@each_file
def test_dates_fall_on_the_weekday_that_the_text_names(path: Path) -> None:
    for item in read(path)["timeline"]:
        named = [number for number, day in enumerate(WEEKDAYS) if day in (item["time_text"] or "")]
        if named and item["granularity"] == "day":
            assert date.fromisoformat(item["start"]).weekday() in named, item["what"]


@each_file
def test_positions(path: Path) -> None:
    for item in read(path)["positions"]:
        assert item["act"] in ACTS
        assert item["polarity"] in {"for", "against", "neutral"}
        assert item["target"]
        assert 1 <= len(item["issue"].split()) <= 8, item["issue"]


@each_file
def test_quotes(path: Path) -> None:
    record = read(path)
    for quote in record["quotes"]:
        assert quote["kind"] in {"direct", "indirect", "mixed"}
        at = 0
        for part in quote.get("parts", []):
            at = quote["content"].index(part, at) + len(part)
        assert not quote.get("parts") or at == len(quote["content"])
        if quote["kind"] == "indirect":
            assert not re.search('[“”"]', quote["content"])
        if quote["kind"] == "direct":
            opening = record["text"][record["text"].index(quote["content"]) - 1]
            assert opening in '“"', quote["content"]


def test_the_seed_article_is_the_annotated_one() -> None:
    gold = read(GOLD / "anthropic-pentagon.json")
    assert article_text(SEEDS / "anthropic-pentagon-talks.txt").rstrip("\n") == gold["text"]


def test_every_article_of_the_story_is_annotated() -> None:
    files = {path.stem: path for path in (SEEDS / STORY).iterdir()}
    assert sorted(files) == [path.stem for path in FILES[1:]]
    for path in FILES[1:]:
        assert read(path)["text"] == article_text(files[path.stem])


def test_every_article_of_the_story_says_that_it_is_invented() -> None:
    for path in (SEEDS / STORY).iterdir():
        assert "invented" in path.read_text(encoding="utf-8").lower(), path.name


def test_an_undated_article_has_no_relative_dates() -> None:
    undated = [record for record in map(read, FILES[1:]) if record["published"] is None]
    assert len(undated) == 1
    for item in undated[0]["timeline"]:
        assert not item["start"] or item["start"][:4] in item["time_text"], item["what"]


def test_planted_disagreements_stand_in_the_articles() -> None:
    story = read(GOLD / STORY / "story" / "conflicts.json")
    records = {path.stem: read(path) for path in FILES[1:]}
    assert {conflict["kind"] for conflict in story["conflicts"]} == CONFLICTS
    for conflict in story["conflicts"] + story["agreements"]:
        assert len(conflict["sides"]) >= 2
        for side in conflict["sides"] + ([conflict["credit"]] if "credit" in conflict else []):
            assert side["span"] in records[side["article"]]["text"], side["span"]
            assert side.get("phrase", "") in side["span"]
            holder = side.get("holder", conflict.get("holder"))
            assert holder is None or holder in {actor["name"] for actor in records[side["article"]]["actors"]}
        values = {side["value"] for side in conflict["sides"] if "value" in side}
        assert conflict.get("kind") not in {"date", "number"} or len(values) == 2
        assert "kind" in conflict or len(values) <= 1
