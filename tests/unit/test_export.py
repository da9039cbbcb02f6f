"""Readable forms of an analysis: everything is in them, in a reader's order, and only text reaches the screen."""

from __future__ import annotations

import json
import re
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdash.core.export import printable, to_markdown, to_report
from newsdash.core.export.ledger import by_holder, by_prominence, chronological, date_words
from newsdash.core.export.plain import one_line
from newsdash.core.records import (
    SCHEMA,
    Analysis,
    Article,
    Entity,
    Mention,
    Quote,
    Stance,
    When,
    content_id,
    from_json,
    to_json,
)

from tests.made import STORY, from_gold

FOUND = from_gold()
NASTY = "\x1b]52;c;aGk=\x07\x1b[2J\x9b1m\x00\u202e\u2066\u200b\ufeff\ud800\x7f[/bold]\u2028\r"


def harmless(text: str) -> bool:
    """No control character but the line feed, no direction override, no lone surrogate."""
    hidden = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
    return not any(
        (unicodedata.category(c) in ("Cc", "Cs") and c != "\n") or unicodedata.bidirectional(c) in hidden for c in text
    )


# Plain text


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_printable_leaves_no_control_character_and_moves_nothing(text: str) -> None:
    shown = printable(text)
    assert harmless(shown.replace("\t", ""))
    assert len(shown) == len(text)
    assert one_line(text).isprintable() or all(
        c.isprintable() or unicodedata.category(c)[0] in "CZ" for c in one_line(text)
    )
    assert "\n" not in one_line(text)


@pytest.mark.parametrize("text", ["plain", "“no” – café", "a\tb\nc", "日本語", "👩\u200d🚀", "[/bold]"])
def test_printable_leaves_text_as_it_is(text: str) -> None:
    assert printable(text) == text


def nasty() -> Analysis:
    """An analysis with an attack in every string that comes from outside."""
    text = f"{NASTY} said {NASTY}."
    whole = (0, len(text))
    entity = Entity(
        id="e1",
        name=NASTY,
        type="ORG",
        aliases=(NASTY, f"b{NASTY}"),
        mentions=(Mention(start=0, end=len(NASTY), text=NASTY, kind="name", reason=""),),
        role=NASTY,
    )
    event = msgspec.structs.replace(
        FOUND.events[0], what=NASTY, text=text, when=When(start="2026-03-05", reason=NASTY), actors=("e1",)
    )
    stance = Stance(
        holder="e1",
        holder_text=NASTY,
        act="warns",
        target=None,
        target_text=NASTY,
        polarity="against",
        issue=f"x{NASTY}",
        evidence=whole,
        confidence="low",
        via="e1",
    )
    quote = Quote(start=0, end=len(text), spans=(whole,), text=text, kind="direct", cue=(0, 5), speaker=None)
    article = Article(id="a", text=text, title=NASTY, source=NASTY, author=NASTY, path=NASTY)
    return Analysis(
        article=article, entities=(entity,), events=(event,), stances=(stance,), quotes=(quote,), notes=(NASTY,)
    )


@pytest.mark.parametrize("form", [to_report, to_markdown])
def test_hostile_text_is_only_text(form: object) -> None:
    assert callable(form)
    shown = form(nasty())
    assert harmless(shown)
    assert "bold" in shown


def test_markdown_has_no_markup_from_the_article() -> None:
    article = Article(id="a", text="x", title="# <b>*T*</b> | `c` [l](u) ~~s~~")
    first = to_markdown(Analysis(article=article)).splitlines()[0]
    assert first == r"# \# \<b\>\*T\*\</b\> \| \`c\` \[l\](u) \~\~s\~\~"


# What the report and Markdown hold


@pytest.mark.parametrize("path", STORY, ids=lambda path: path.stem[:10])
def test_both_forms_show_every_record(path: object) -> None:
    analysis = from_gold(path)  # type: ignore[arg-type]
    report = " ".join(to_report(analysis).split())
    markdown = to_markdown(analysis).replace("\\", "")
    for words in (
        *(entity.name for entity in analysis.entities),
        *(event.what for event in analysis.events),
        *(stance.issue for stance in analysis.stances),
        *(quote.text for quote in analysis.quotes),
    ):
        assert one_line(words) in markdown
        assert one_line(words) in report


def test_the_report_keeps_to_its_width() -> None:
    for width in (40, 60, 80, 100):
        assert max(map(len, to_report(FOUND, width).splitlines())) <= width


def test_the_report_names_holder_sign_act_target_and_evidence() -> None:
    report = to_report(FOUND, 1000)
    assert re.search(
        r"^  Pete Hegseth\n    - \w+ Anthropic: .+ \[medium\] \(.+\)\n        “.*Hegseth warned", report, re.M
    )


@pytest.mark.parametrize("form", [to_report, to_markdown])
def test_each_stance_says_why(form: object) -> None:
    stances = tuple(msgspec.structs.replace(s, reason="verb warns: cautioned") for s in FOUND.stances)
    shown = " ".join(form(msgspec.structs.replace(FOUND, stances=stances)).split())  # type: ignore[operator]
    assert shown.count("verb warns: cautioned") == len(stances)


def test_the_markdown_leads_back_to_the_words() -> None:
    text = FOUND.article.text
    places = re.findall(r"“(.*)” \((\d+)–(\d+)\)$", to_markdown(FOUND), re.M)
    assert len(places) == len(FOUND.stances)
    for words, start, end in places:
        assert words.replace("\\", "") == one_line(text[int(start) : int(end)])


def test_without_anything_found_the_forms_say_so() -> None:
    empty = Analysis(article=Article(id="a", text="Hm.", path="a.txt"))
    report = to_report(empty)
    assert report.startswith("a.txt\npublication date unknown · 1 words\n")
    assert "WHO (0)" in report
    assert to_markdown(empty).startswith("# a.txt\n")


def test_an_endless_word_takes_linear_time() -> None:
    text = "x" * 2_000_000
    quote = Quote(start=0, end=len(text), spans=((0, len(text)),), text=text, kind="direct", cue=None, speaker=None)
    report = to_report(Analysis(article=Article(id="a", text=text), quotes=(quote,)))
    assert report.count("x") >= 2_000_000


# Order and words


def test_dates_are_shown_at_their_granularity() -> None:
    def words(start: str | None, end: str | None = None, **rest: str) -> str:
        return date_words(msgspec.convert({"start": start, "end": end, **rest}, When))

    assert words(None) == "undated"
    assert words("2026-02-27", "2026-02-27", granularity="day", certainty="exact") == "2026-02-27"
    assert words("2026-02-01", "2026-02-28", granularity="month", certainty="exact") == "2026-02"
    assert words("2026-01-01", "2026-12-31", granularity="year", certainty="approximate") == "about 2026"
    assert words("2026-02-23", "2026-03-01", granularity="week", certainty="range") == "within 2026-02-23 … 2026-03-01"
    assert words("2026-02-23", "2026-03-01", granularity="week", certainty="exact") == "2026-02-23 … 2026-03-01"
    assert words("2026-02-23", granularity="day", certainty="range") == "from 2026-02-23"
    assert words(None, "2026-02-23", granularity="day", certainty="range") == "by 2026-02-23"
    assert words(None, "2026-02-23", certainty="unresolved") == "undated"  # no later than its report, that is all


def test_the_timeline_is_chronological_and_undated_comes_last() -> None:
    events = chronological(FOUND.events)
    starts = [event.when.start for event in events]
    dated = [start for start in starts if start]
    assert dated == sorted(dated)
    assert starts == dated + [None] * (len(starts) - len(dated))


def test_the_most_prominent_come_first_and_stances_are_grouped_by_holder() -> None:
    assert by_prominence(FOUND)[0].name == "Anthropic"
    groups = by_holder(FOUND)
    assert sum(map(len, groups.values())) == len(FOUND.stances)
    assert "Pete Hegseth" in groups


# The interchange format


def test_json_is_one_line_and_reads_back_the_same() -> None:
    for analysis in (FOUND, *map(from_gold, STORY)):
        line = to_json(analysis)
        assert b"\n" not in line
        assert from_json(line) == analysis
        assert to_json(from_json(line)) == line


def test_json_has_the_fields_of_the_interchange_format() -> None:
    record = json.loads(to_json(FOUND))
    assert record["schema"] == SCHEMA == 1
    assert {"article", "entities", "times", "values", "events", "quotes", "stances"} <= record.keys()
    assert {"id", "title", "source", "author", "published", "url", "language", "text"} <= record["article"].keys()
    assert {"id", "name", "type", "aliases", "mentions"} <= record["entities"][0].keys()
    assert {"start", "end", "text", "kind", "reason"} == record["entities"][0]["mentions"][0].keys()
    assert {"id", "start", "end", "text", "what", "actors", "status", "when"} <= record["events"][0].keys()
    when = {"start", "end", "granularity", "certainty", "reason", "relative_to", "relation"}
    assert when == record["events"][0]["when"].keys()
    assert {"start", "end", "spans", "text", "kind", "cue", "speaker"} <= record["quotes"][0].keys()
    stance = {
        "holder",
        "holder_text",
        "act",
        "target",
        "target_text",
        "polarity",
        "issue",
        "evidence",
        "confidence",
        "via",
    }
    assert stance <= record["stances"][0].keys()


@given(st.text(), st.none() | st.text(), st.dictionaries(st.text(), st.text(), max_size=2))
def test_any_article_makes_the_round_trip(text: str, title: str | None, found: dict[str, str]) -> None:
    analysis = Analysis(article=Article(id=content_id(text), text=text, title=title, found=found))
    assert from_json(to_json(analysis)) == analysis


def test_what_is_no_analysis_is_refused() -> None:
    for line in (b"{}", b'{"article": {"id": 1, "text": "x"}}', b"[]"):
        with pytest.raises(msgspec.ValidationError):
            from_json(line)
