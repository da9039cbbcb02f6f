"""Ways to a fact: letters, palette, themes tried on, contrasts, a suggested date, parts that arrive one by one."""

from __future__ import annotations

import threading

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdash.core.library import load_session
from newsdash.core.records import Article, Stance, Suggestion
from newsdash.tui.actions import ACTIONS
from newsdash.tui.app import NewsdashApp
from newsdash.tui.screens.jump import codes
from newsdash.tui.screens.palette import Commands

from tests.screens.conftest import Frozen, press, screen_text, settled

WIDE = (140, 40)


# -- jump letters


@given(st.integers(0, 676))
def test_no_jump_code_is_the_beginning_of_another(count):
    made = codes(count)
    assert len(set(made)) == count
    assert not any(a != b and b.startswith(a) for a in made for b in made if len(a) == 1)
    assert [len(code) for code in made] == sorted(len(code) for code in made)


async def test_letters_go_to_a_row_and_show_its_words(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "4")
        wanted = app.reading.timeline.rows.seen[1]
        await press(pilot, "apostrophe", "s")
        await settled(pilot, lambda: bool(app.reading.document.view._layers["evidence"].spans))
        assert app.reading.timeline.rows.key == wanted
        assert app.reading.place == "timeline"


async def test_letters_in_the_text_choose_the_name_they_stand_on(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "apostrophe")
        assert "dramatic pivot, anthropic" in screen_text(app), "the first letter of the name is the letter to type"
        await press(pilot, "a")
        await settled(pilot, lambda: app.reading._entity is not None)
        analysis = app.desk.analysis(app.desk.opened)
        assert next(e.name for e in analysis.entities if e.id == app.reading._entity) == "Anthropic"
        assert "dramatic pivot, Anthropic" in screen_text(app)


async def test_any_other_key_leaves_jumping(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "4", "apostrophe", "escape")
        assert app.screen is app.reading
        assert "dramatic pivot, Anthropic" in screen_text(app)


# -- palette and themes


async def test_every_action_is_in_the_palette(reader):
    app = reader()
    async with app.run_test(size=WIDE):
        told = {about for _, _, about in Commands(app.screen)._actions()}
        assert told == {action.help for action in ACTIONS if action.name != "command_palette"}


async def test_the_palette_does_what_a_key_does_in_its_pane(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "colon", *"stances: view", "enter")
        await settled(pilot, lambda: "by issue" in str(app.reading.stances.border_title))


async def test_a_theme_is_seen_while_choosing_and_kept_only_when_chosen(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "T", "down")
        await settled(pilot, lambda: app.theme == "newsdash-light")
        await press(pilot, "escape")
        await settled(pilot, lambda: app.theme == "newsdash-dark")
        assert load_session().theme in (None, "newsdash-dark")
        await press(pilot, "T", *"contrast", "enter")
        await settled(pilot, lambda: load_session().theme == "newsdash-contrast")


# -- contrasts


async def test_stances_against_each_other_are_marked_and_shown_together(frozen):
    def stance(holder: str, polarity: str, evidence: tuple[int, int]) -> Stance:
        return Stance(
            holder=None, holder_text=holder, act="claims", target=None, target_text="", polarity=polarity,
            issue="the new agreement", evidence=evidence, confidence="high",
        )  # fmt: skip

    both = (stance("Lask", "for", (0, 20)), stance("Veldt", "against", (40, 60)))
    app = Frozen(msgspec.structs.replace(frozen, stances=both))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "5")
        assert screen_text(app).count("⇄") == 3, "each row, and the explanation of the chosen one"
        assert "⇄ Veldt ▼" in screen_text(app)
        await press(pilot, "c")
        assert app.reading.document._marks == [(0, 20), (40, 60)]


async def test_a_click_in_the_matrix_chooses_the_cell(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "5", "v", "v", "v")
        stances = app.reading.stances
        names, columns = stances._window(stances.rows.room)
        await pilot.click(stances.rows, offset=(1 + names + 3 * 2 + 1, 2))
        await pilot.pause()
        assert stances.column == columns.start + 2


# -- a date that the text suggests


async def test_the_suggested_date_is_offered_with_its_reason_and_d_takes_it(frozen):
    undated = msgspec.structs.replace(
        frozen,
        article=msgspec.structs.replace(frozen.article, published=None, found={}),
        suggested=Suggestion(published="2026-03-04", start=3, end=11, text="dramatic", reason="'x' is the dateline"),
    )
    app = Frozen(undated)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        assert "published 4 Mar 2026?  d takes it" in screen_text(app)
        assert "'x' is the dateline" in screen_text(app)
        await press(pilot, "enter")
        assert app.reading.document._marks == [(3, 11)], "the words are one key away"
        await press(pilot, "d")
        assert "The text suggests" in screen_text(app)
        await press(pilot, "enter")
        await settled(pilot, lambda: app.desk.articles[app.desk.opened].published == "2026-03-04")


# -- parts


async def test_panes_fill_one_after_the_other_and_a_stop_keeps_what_is_done(nlp, monkeypatch):
    from newsdash.core import extraction, language

    gate = threading.Event()
    whole = extraction.read_in_parts

    def halting(doc, article):
        for part, analysis in whole(doc, article):
            yield part, analysis
            if part == "entities":
                gate.wait(20)

    monkeypatch.setattr(language, "load", lambda: nlp)
    monkeypatch.setattr(extraction, "read_in_parts", halting)
    text = "Vera Lask met Joan Brenholt on 3 March 2026. “We refuse the quota,” Lask said."
    app = NewsdashApp([], given=[Article(id="1", text=text)])
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot, lambda: bool(app.reading.entities.rows.rows))
        assert "looking for dates and events" in screen_text(app)
        assert "looking for quotes and positions" in screen_text(app)
        await press(pilot, "escape")
        gate.set()
        await settled(pilot, lambda: "Not analysed: A starts again." in screen_text(app))
        assert app.reading.entities.rows.rows, "what was found is kept"
        assert app.desk.state("1") == "partly"
        await press(pilot, "A")
        await settled(pilot, lambda: app.desk.state("1") == "done")
        await pilot.pause()
        assert app.reading.timeline.rows.rows
        assert app.reading.stances.rows.rows


# -- bad input


@pytest.mark.parametrize(
    ("name", "data"), [("empty.txt", b""), ("binary.txt", bytes(range(256)) * 40), ("none.txt", None), ("folder", b"/")]
)
async def test_bad_input_is_one_sentence_that_names_it(tmp_path, name, data):
    path = tmp_path / name
    if data == b"/":
        path.mkdir()
    elif data is not None:
        path.write_bytes(data)
    app = NewsdashApp([str(path)], analyse=False)
    async with app.run_test(size=WIDE) as pilot:
        await app.workers.wait_for_complete()
        await settled(pilot, lambda: len(app._notifications) >= 2)
        first, last = (note.message for note in app._notifications)
        assert name in first
        assert last.startswith("No article could be read")
        assert "nothing to read" in screen_text(app)
        said = app.reading.document.view.text
        assert first in said, "it stays, when the notices are gone"
        assert last in said
