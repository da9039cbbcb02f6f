"""Corrections made with keys: their effect is seen, they lie on disk, hold over a new run, and u takes them back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from newsdash.core.library import corrections
from newsdash.core.records import Analysis, Article
from newsdash.tui.widgets.rows import Rows

from tests.screens.conftest import Frozen, press, screen_text, settled

WIDE = (140, 40)
Check = Callable[[Analysis, Analysis], object]


def named(analysis: Analysis, name: str) -> bool:
    return name in {entity.name for entity in analysis.entities}


def first(analysis: Analysis, before: Analysis):
    """The entity that the first row of the entities pane stands for, which is the most prominent person."""
    person = max((e for e in before.entities if e.type == "PERSON"), key=lambda e: (e.prominence, len(e.mentions)))
    return next(e for e in analysis.entities if e.mentions[0].start == person.mentions[0].start)


CASES: dict[str, tuple[tuple[str, ...], Check]] = {
    "merge": (
        ("3", "m", *"claude", "enter"),
        lambda now, was: (
            len(now.entities) == len(was.entities) - 1
            and any(m.reason == "you merged it" for e in now.entities for m in e.mentions)
        ),
    ),
    "split": (("3", "s", "enter"), lambda now, was: len(now.entities) == len(was.entities) + 1),
    "rename": (("3", "r", "ctrl+u", *"Citizen", "enter"), lambda now, was: named(now, "Citizen")),
    "retype": (("3", "t", *"organ", "enter"), lambda now, was: first(now, was).type == "ORG"),
    "hide": (("3", "x"), lambda now, was: len(now.entities) == len(was.entities) - 1),
    "redate": (
        ("4", "G", "d", "ctrl+u", *"2024-02-29", "enter"),
        lambda now, was: [e.when.reason for e in now.events if e.when.start == "2024-02-29"] == ["you set this date"],
    ),
    "reject": (("5", "x"), lambda now, was: len(now.stances) == len(was.stances) - 1),
    "flip": (
        ("5", "f"),
        lambda now, was: sum(a.polarity != b.polarity for a, b in zip(now.stances, was.stances, strict=True)) == 1,
    ),
    "edit": (
        ("5", "e", *"issue", "enter", "ctrl+u", *"herring", "enter"),
        lambda now, was: [s.issue for s in now.stances].count("herring") == 1,
    ),
    "edit of the act": (
        ("5", "e", *"act", "enter", *"promises", "enter"),
        lambda now, was: (
            sum(s.act == "promises" for s in now.stances) == sum(s.act == "promises" for s in was.stances) + 1
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
async def test_a_correction_is_seen_kept_and_taken_back(name, frozen):
    keys, holds = CASES[name]
    app = Frozen(frozen)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, *keys)
        await settled(pilot, lambda: app.desk.analysis(frozen.article.id) != frozen)
        assert holds(app.desk.analysis(frozen.article.id), frozen)
    assert len(corrections(frozen.article.id)) == 1
    again = Frozen(frozen)
    async with again.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert holds(again.desk.analysis(frozen.article.id), frozen), "it must survive a new run"
        await press(pilot, "u")
        assert again.desk.analysis(frozen.article.id) == frozen
    assert corrections(frozen.article.id) == ()


async def test_the_choice_of_an_act_begins_at_the_act_it_has(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "5", "G")
        stance = app.reading.stances._stances[app.reading.stances.rows.key]
        await press(pilot, "e", *"act", "enter")
        await settled(pilot, lambda: app.screen.query(Rows))
        assert app.screen.query_one(Rows).key == stance.act


async def test_undo_without_a_correction_says_so(frozen):
    app = Frozen(frozen)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "u")
        assert any("no correction" in note.message for note in app._notifications)


async def test_a_correction_holds_over_a_new_run_of_the_language_model(nlp, monkeypatch):
    from newsdash.core import language
    from newsdash.tui.app import NewsdashApp

    monkeypatch.setattr(language, "load", lambda: nlp)
    article = Article(id="a", text="Vera Lask met Joan Brenholt in Harsund. “We refuse,” Lask said.")
    for run in (1, 2):
        app = NewsdashApp([], given=[article])
        async with app.run_test(size=WIDE) as pilot:
            await settled(pilot, lambda app=app: app.desk.done == 1)
            if run == 1:
                await press(pilot, "3", "r", "ctrl+u", *"Minister", "enter")
                await settled(pilot, lambda: bool(corrections("a")))
            assert named(app.desk.analysis("a"), "Minister")


async def test_what_was_found_is_written_as_corrected_and_nothing_is_overwritten(reader, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = reader()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "3", "r", *"Donald T", "enter")
        await settled(pilot, lambda: app.screen is app.reading)
        await press(pilot, "w", "enter")
        await settled(pilot, lambda: app.screen is app.reading)
        written = tmp_path / "anthropic-pentagon-talks-newsdash.md"
        assert "Donald T" in written.read_text("utf-8")
        await press(pilot, "w", "enter")
        assert "is there already" in screen_text(app)
        await press(pilot, "escape", "w", *"nowhere/x.exe", "enter")
        assert "must end in .md, .txt or .json" in screen_text(app)


async def test_y_copies_the_evidence_that_is_marked(reader, frozen):
    app = reader()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "5", "j", "enter", "2", "y")
        start, end = app.reading.stances._stances[app.reading.stances.rows.key].evidence
        assert app.clipboard == frozen.article.text[start:end]


async def test_a_filter_to_an_entity_begins_at_the_top(reader):
    app = reader()
    async with app.run_test(size=(140, 40)) as pilot:
        await press(pilot, "5", "G", "3", "j", "enter")
        rows = app.reading.stances.rows
        assert rows.cursor == 1, "below the first heading"
        assert rows.scroll_offset.y == 0
