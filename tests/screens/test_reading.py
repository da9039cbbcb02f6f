"""What the keys do: linked panes, finding, searching, correcting, hostile text."""

from __future__ import annotations

import msgspec
import pytest
from newsdash.core.export.ledger import occurrences
from newsdash.core.records import Article, When, content_id
from newsdash.tui.app import NewsdashApp
from textual import events

from tests.screens.conftest import Frozen, press, screen_text, settled

WIDE = (140, 40)


async def test_choosing_an_entity_marks_it_and_filters_timeline_and_stances(reader, frozen):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "3", "j", "enter")
        entity = next(e for e in frozen.entities if e.id == app.reading.entities.rows.key)
        assert app.reading.document.view._layers["chosen"].spans == sorted(
            (m.start, m.end, "chosen") for m in entity.mentions
        )
        keys = {row.key for row in app.reading.stances.rows.rows if row.key}
        assert 0 < len(keys) < len(frozen.stances)
        assert "of" in str(app.reading.timeline.border_title)
        await press(pilot, "escape")
        assert app.reading.stances.entity is None
        assert not app.reading.document.view._layers["chosen"].spans


async def test_enter_on_an_event_shows_its_words(reader, frozen):
    app = reader()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "G", "enter")
        event = next(e for e in frozen.events if e.id == app.reading.timeline.rows.key)
        view = app.reading.document.view
        assert (event.start, event.end, "evidence") in view._layers["evidence"].spans
        line = view.line_of(event.start)
        assert view.scroll_offset.y <= line < view.scroll_offset.y + view.size.height
        await press(pilot, "escape")
        assert not view._layers["evidence"].spans


async def test_stepping_through_events_moves_the_text(reader):
    app = reader()
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "right_square_bracket")
        first = app.reading.timeline.rows.key
        await press(pilot, "right_square_bracket")
        assert app.reading.timeline.rows.key != first
        assert app.reading.document.view._layers["evidence"].spans


async def test_find_counts_goes_round_and_is_cleared(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "slash", *"pentagon")
        document = app.reading.document
        hits = len(document.hits)
        assert hits == 5
        assert f"1/{hits}" in screen_text(app)
        await press(pilot, "enter", "N")
        assert document.hit == hits - 1
        await press(pilot, "n")
        assert document.hit == 0
        await press(pilot, "escape")
        assert document.hits == []


async def test_case_counts_when_a_capital_is_typed_and_tab_forgives_spelling(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "slash", *"PENTAGON")
        assert app.reading.document.hits == []
        await press(pilot, "escape", "slash", "ctrl+u", *"pentagn", "tab")
        await pilot.pause(0.2)
        assert app.reading.document.hits


async def test_search_goes_to_the_words(reader, frozen):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "s", *"surveilance")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        (start, end, _), *_rest = app.reading.document.view._layers["evidence"].spans
        assert "surveillance" in frozen.article.text[start:end]


async def test_rejecting_a_stance_and_taking_it_back(reader, frozen):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "5", "x")
        assert len(app.desk.analysis(app.desk.opened).stances) == len(frozen.stances) - 1
        await press(pilot, "u")
        assert len(app.desk.analysis(app.desk.opened).stances) == len(frozen.stances)


async def test_merging_two_entities(reader, frozen):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "3", "m", *"claude", "enter")
        fewer = len(frozen.entities) - 1
        await settled(pilot, lambda: len(app.desk.analysis(app.desk.opened).entities) == fewer)


async def test_a_wrong_date_is_refused_with_a_sentence(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "D", "ctrl+u", *"2026-02-30", "enter")
        await settled(pilot, lambda: "is no date" in screen_text(app))
        await press(pilot, "escape")
        await settled(pilot, lambda: not app.screen.is_modal)
        await press(pilot, "D", "ctrl+u", *"2026-03-06", "enter")
        await settled(pilot, lambda: app.desk.articles[app.desk.opened].published == "2026-03-06")


async def test_all_panes_can_be_reached_and_zoomed(reader):
    app = reader()
    async with app.run_test(size=(80, 24)) as pilot:
        for key, place in (("1", "sources"), ("3", "entities"), ("4", "timeline"), ("5", "stances"), ("2", "text")):
            await press(pilot, key)
            assert app.reading.place == place
        await press(pilot, "4", "z")
        assert app.reading.timeline.size.height > 18
        await press(pilot, "enter")
        assert not app.reading.has_class("-zoomed"), "the evidence must be seen"


async def test_a_click_on_a_name_marks_its_entity(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        view = app.reading.document.view
        start = app.desk.analysis(app.desk.opened).article.text.index("Anthropic")
        left = view._margin + 2 + start - view._lines[view.line_of(start)][0]
        await pilot.click(view, offset=(left + 1, view.line_of(start)))
        await pilot.pause()
        assert app.reading._entity is not None


async def test_selected_text_is_the_article_s_own(reader, frozen):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        view = app.reading.document.view
        await pilot.mouse_down(view, offset=(view._margin + 2, 0))
        await pilot.hover(view, offset=(view._margin + 12, 1))
        await pilot.mouse_up(view, offset=(view._margin + 12, 1))
        await pilot.pause()
        words = app.screen.get_selected_text()
        assert words
        assert words in frozen.article.text


HOSTILE = (
    "[/bold] [red]x\x1b[31m\x1b]0;title\x07 null\x00 \u202eevil\u202c 漢字漢字 👨\u200d👩\u200d👧 e\u0301 "
    "\ud800 [link=http://x]y[/link]\n"
) * 30


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (40, 12)])
async def test_hostile_text_is_only_text(size, frozen):
    article = Article(id=content_id(HOSTILE), text=HOSTILE, title="[/] \x1b[1m", source="[b]", author="\x00")
    app = NewsdashApp([], given=[article], analyse=False)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "slash", *"[/bold", "enter", "G", "s", "[", "/")
        await pilot.pause(0.3)
        await press(pilot, "escape")
        shown = screen_text(app)
        assert "[/bold]" in shown or size[1] < 20
        assert not any(ord(c) < 32 and c != "\n" for c in shown)
        assert "\u202e" not in shown


async def test_entities_with_hostile_names_are_only_text(frozen):
    odd = msgspec.structs.replace(frozen.entities[0], name="[/x]\x1b[2J", role="[bold")
    analysis = msgspec.structs.replace(frozen, entities=(odd, *frozen.entities[1:]))
    app = NewsdashApp([], given=[analysis.article], analyse=False)
    async with app.run_test(size=WIDE) as pilot:
        app.desk.found(analysis)
        app.reading.show_analysis()
        await press(pilot, "3", "x", "u", "r", "escape", "m", "escape")
        assert "\x1b" not in screen_text(app)


async def test_an_unreadable_source_is_told_and_the_others_are_read(tmp_path):
    (tmp_path / "good.txt").write_text("Lask spoke on Monday.")
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 40)
    app = NewsdashApp([str(tmp_path), str(tmp_path / "none.txt")], analyse=False)
    async with app.run_test(size=WIDE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)
        assert len(app.desk.articles) == 1
        assert len(app._notifications) == 2


async def test_the_theme_is_remembered(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "t")
        chosen = app.theme
    again = reader()
    async with again.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert again.theme == chosen != "newsdash-dark"


async def test_the_real_pipeline_fills_all_panes(nlp, monkeypatch):
    from newsdash.core import language

    from tests.conftest import SEED

    monkeypatch.setattr(language, "load", lambda: nlp)
    app = NewsdashApp([str(SEED)], "2026-03-05")
    async with app.run_test(size=WIDE) as pilot:
        for _ in range(600):
            await pilot.pause(0.05)
            if app.desk.done:
                break
        await pilot.pause()
        assert all(pane.rows.rows for pane in (app.reading.entities, app.reading.timeline, app.reading.stances))


async def test_escape_stops_the_analysis_and_keeps_the_text(monkeypatch):
    import threading

    from newsdash.core import language

    gate = threading.Event()

    def slow() -> None:
        gate.wait(5)
        raise RuntimeError("not needed any more")

    monkeypatch.setattr(language, "load", slow)
    app = NewsdashApp([], given=[Article(id="1", text="One text.")])
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause(0.1)
        assert app.analyst.running
        await press(pilot, "escape")
        assert not app.analyst.running
        gate.set()
        await pilot.pause(0.1)
        assert "Not analysed" in screen_text(app)


async def test_two_hundred_thousand_words_open_and_scroll():
    text = "\n\n".join(" ".join(["stately sentences about herring quotas and harbours"] * 12) for _ in range(2400))
    app = NewsdashApp([], given=[Article(id="1", text=text)], analyse=False)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "G", "ctrl+u", "g", "space")
        assert app.reading.document.view.scroll_offset.y > 0


@pytest.mark.parametrize("size", [WIDE, (80, 24)])
async def test_the_key_after_a_pane_s_number_reaches_that_pane(reader, size):
    app = reader()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key, character in (("5", "5"), ("v", "v"), ("v", "v")):  # as a fast typist: all before anything is drawn
            app.post_message(events.Key(key, character))
        await pilot.pause()
        assert "by target" in str(app.reading.stances.border_title)


async def test_a_click_chooses_the_row_it_is_on_though_the_pane_grows_with_the_focus(reader):
    app = reader()
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "4")
        stances = app.reading.stances
        before = stances.size.height
        wanted = stances.rows.rows[3].key
        await pilot.click(stances.rows, offset=(5, 3))
        assert stances.size.height > before
        assert stances.rows.key == wanted
        assert app.reading.document._marks


async def test_every_list_takes_the_whole_width_of_a_narrow_screen(reader):
    app = reader()
    async with app.run_test(size=(80, 24)) as pilot:
        for key, place in (("1", "sources"), ("3", "entities"), ("4", "timeline"), ("5", "stances")):
            await press(pilot, key)
            assert app.reading.lists[place].size.width == 80
            assert app.reading.document.size.width == 80
            assert app.reading.document.region.bottom <= app.reading.lists[place].region.y


async def test_what_cannot_be_read_stays_listed_with_its_reason(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "good.txt").write_text("Vera Lask met Joan Brenholt.")
    app = NewsdashApp([str(tmp_path)], analyse=False)
    async with app.run_test(size=WIDE) as pilot:
        await app.workers.wait_for_complete()
        await press(pilot, "1", "G")
        assert screen_text(app).count("could not be read") == 3
        assert "c.txt has no text in" in screen_text(app), "the sentence, without the folders"
        told = [note.message for note in app._notifications]
        assert told[-1] == "3 files could not be read: the sources (1) list them."
        await press(pilot, "enter")
        assert "good.txt" in str(app.reading.document.border_title), "the open article stays open"


async def test_the_drawer_of_the_sources_closes_over_the_opened_article(frozen):
    other = Article(id="other", text="Vera Lask met Joan Brenholt.", title="Other")
    app = NewsdashApp([], given=[frozen.article, other], analyse=False)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "1", "j", "enter")
        assert app.desk.opened == "other"
        assert not app.reading.sources.display
        assert app.focused is app.reading.document.view


async def test_a_title_in_the_palette_is_only_text():
    title = "[/bold] [red]Lask[/] refuses [@click=app.quit]"
    app = NewsdashApp([], given=[Article(id="1", text="x", title=title, source="[/b]")], analyse=False)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "colon", *"lask")
        await pilot.pause(0.5)
        assert title in screen_text(app)


@pytest.mark.parametrize(("opener", "where"), [("slash", "find"), ("ctrl+f", "search"), ("ampersand", "filter")])
async def test_keys_that_come_in_one_burst_reach_the_input_that_the_first_one_opens(reader, opener, where):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "3")
        app.post_message(events.Key(opener, None))
        for letter in "tqz":
            app.post_message(events.Key(letter, letter))
        await settled(pilot, lambda: getattr(app.focused, "value", "") == "tqz")
        assert app.theme == "newsdash-dark", f"t belongs to {where}"


@pytest.mark.parametrize(
    ("place", "burst", "typed"), [("3", "mteam", "team"), ("3", "stea", "tea"), ("5", "exaf", "xaf")]
)
async def test_letters_of_a_burst_that_are_keys_of_the_pane_reach_the_dialog(reader, place, burst, typed):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, place)
        for letter in burst:
            app.post_message(events.Key(letter, letter))
        await settled(pilot, lambda: getattr(app.focused, "value", "") == typed)
        await press(pilot, "escape")
        assert app.screen is app.reading, "one dialog was opened"


async def test_a_burst_goes_through_two_dialogs_in_a_row(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "5")
        for key in (*"eact", "enter", *"praises"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settled(pilot, lambda: getattr(app.focused, "value", "") == "praises")


async def test_keys_after_the_enter_of_a_burst_are_not_typed_into_what_it_closes(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        for key in ("slash", *"pentagon", "enter", "n", "n", "3", *"mteam"):
            app.post_message(events.Key(key, key if len(key) == 1 else "/" if key == "slash" else None))
        await settled(pilot, lambda: getattr(app.focused, "value", "") == "team")
        assert app.reading.document.hit == 2
        assert app.reading.place == "entities"


async def test_a_burst_after_the_key_for_jump_letters_jumps(reader):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "4")
        for key in ("apostrophe", "s"):
            app.post_message(events.Key(key, "'" if len(key) > 1 else key))
        await settled(pilot, lambda: app.screen is app.reading and app.reading.timeline.rows.cursor > 1)
        assert not app.reading.timeline.rows._codes


async def test_what_the_mouse_selects_is_copied_as_it_stands_in_the_text():
    text = "日本語 and Vera Lask met Joan.\n\nA second paragraph that is long enough to be wrapped at the edge of the pane."
    app = NewsdashApp([], given=[Article(id="1", text=text)], analyse=False)
    async with app.run_test(size=(100, 30)) as pilot:
        view = app.reading.document.view
        await pilot.mouse_down(view, offset=(2, 0))
        await pilot.hover(view, offset=(11, 3))
        await pilot.mouse_up(view, offset=(11, 3))
        await press(pilot, "y")
        first, _, second = app.clipboard.partition("\n\n")
        assert first == "日本語 and Vera Lask met Joan."
        assert text.split("\n\n")[1].startswith(second)
        assert "wrapped" in second or len(second) > 50, "over a line that was wrapped"


async def test_on_a_flat_screen_the_rows_have_the_room(reader):
    app = reader()
    async with app.run_test(size=(80, 18)) as pilot:
        await press(pilot, "4")
        assert len(app.reading.timeline.rows.seen) >= 4


async def test_a_resize_over_a_breakpoint_wraps_a_long_text_once(reader, monkeypatch):
    from newsdash.tui.widgets import textview

    widths = []
    wrap = textview.wrap
    monkeypatch.setattr(textview, "wrap", lambda *of: widths.append(of[2]) or wrap(*of))
    app = reader()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert len(widths) == 1, "also at the start"
        for size in ((80, 24), (100, 30), (140, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.1)
        assert len(widths) == 4
        assert f"{app.reading.document.view.progress:.0%}" in str(app.reading.document.border_subtitle)


async def test_escape_lifts_the_filters_of_the_timeline(reader, frozen):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "4", "c", "f", "b")
        assert "of" in str(app.reading.timeline.border_title)
        await press(pilot, "escape")
        assert not app.reading.timeline.border_subtitle
        assert sum(row.key is not None for row in app.reading.timeline.rows.rows) == len(frozen.events)


async def test_the_date_of_an_undated_event_is_asked_without_a_guess(frozen):
    when = When(start="2026-03-05", end="2026-03-05", granularity="day", certainty="unresolved")
    first = msgspec.structs.replace(frozen.events[0], when=when)
    app = Frozen(msgspec.structs.replace(frozen, events=(first,)))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "4", "d")
        assert app.screen.query_one("Input").value == ""


async def test_the_chosen_stance_says_why_on_a_small_screen(frozen):
    stance = msgspec.structs.replace(frozen.stances[0], reason="verb warns: cautioned")
    app = Frozen(msgspec.structs.replace(frozen, stances=(stance,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5")
        assert "verb warns: cautioned" in screen_text(app)


async def test_a_long_holder_leaves_room_for_the_act(frozen):
    stance = msgspec.structs.replace(frozen.stances[0], holder=None, holder_text="Association of Very Many " * 4)
    app = Frozen(msgspec.structs.replace(frozen, stances=(stance,)))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "5", "v")
        assert f"… {stance.act.replace('-', ' ')}" in screen_text(app)


async def test_stepping_through_mentions_counts_as_the_entities_do(reader, frozen):
    app = reader()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "3", "enter")
        entity = next(e for e in frozen.entities if e.id == app.reading.entities.rows.key)
        assert len(app.reading.document._marks) == len(occurrences(entity))


async def test_what_was_before_its_anchor_points_to_the_line_below(frozen):
    anchor, other, *_ = frozen.events
    dated = When(start="2026-03-02", end="2026-03-02", granularity="day", certainty="exact")
    open_ = When(start=None, end=None, granularity="day", certainty="unresolved", relative_to=anchor.id)
    for relation, sign in (("before", "↱"), ("after", "↳")):
        hung = msgspec.structs.replace(other, when=msgspec.structs.replace(open_, relation=relation))
        events = (msgspec.structs.replace(anchor, when=dated), hung)
        app = Frozen(msgspec.structs.replace(frozen, events=events))
        async with app.run_test(size=WIDE) as pilot:
            await press(pilot, "4")
            assert f"{sign} {relation}" in screen_text(app)


async def test_a_cell_of_the_matrix_shows_its_words(reader, frozen):
    app = reader()
    async with app.run_test(size=(240, 40)) as pilot:
        await press(pilot, "5", "v", "v", "v")
        stances = app.reading.stances
        cell = stances._cells[stances.rows.key[1:]][stances._issues[stances.column]]
        start = cell[0].evidence[0]
        assert frozen.article.text[start : start + 25] in "\n".join(
            line.text for line in map(stances.detail.render_line, range(stances.detail.size.height))
        )
