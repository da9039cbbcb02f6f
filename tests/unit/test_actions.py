"""One registry: every action has a handler, keys do not clash, everything shown comes from it."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from newsdash.tui.actions import ACTIONS, PLACES, Place, actions, bindings, footer, key_table
from newsdash.tui.app import NewsdashApp
from newsdash.tui.panes.entities import EntitiesPane
from newsdash.tui.panes.sources import SourcesPane
from newsdash.tui.panes.stances import StancesPane
from newsdash.tui.panes.timeline import TimelinePane
from newsdash.tui.screens.reading import ReadingScreen
from newsdash.tui.screenshots import SHOTS
from newsdash.tui.widgets.rows import Rows
from newsdash.tui.widgets.textview import TextView

from tests.conftest import ROOT

OWNERS = {
    "app": NewsdashApp,
    "reading": ReadingScreen,
    "list": Rows,
    "text": TextView,
    "sources": SourcesPane,
    "entities": EntitiesPane,
    "timeline": TimelinePane,
    "stances": StancesPane,
}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_a_handler_where_it_belongs(action):
    assert callable(getattr(OWNERS[action.place], f"action_{action.name}"))


def test_ids_are_unique():
    assert max(Counter(action.id for action in ACTIONS).values()) == 1


@pytest.mark.parametrize("place", PLACES)
def test_no_key_means_two_things_in_one_place(place: Place):
    keys = Counter(key for action in actions(place) for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_nothing_vital_hangs_on_a_control_key_alone():
    alone = [a.id for a in ACTIONS if all(key.startswith("ctrl+") for key in a.keys)]
    assert set(alone) <= {"list.half_down", "list.half_up", "text.half_down", "text.half_up"}


def test_bindings_carry_id_and_help():
    for place in PLACES:
        for binding, action in zip(bindings(place), actions(place), strict=True):
            assert binding.id == action.id
            assert binding.tooltip == action.help


def test_footer_of_a_pane_begins_with_its_own_keys_and_always_has_help_and_quit():
    for place in ("text", "sources", "entities", "timeline", "stances"):
        shown = [action.id for action in footer(place)]
        assert {"reading.help", "app.quit", "reading.find"} <= set(shown)
    assert footer("timeline")[1].place == "timeline"


def test_key_table_lists_every_action():
    table = key_table()
    assert all(action.help in table for action in ACTIONS)


def test_the_readme_has_the_key_table_of_the_program():
    assert key_table() in (ROOT / "README.md").read_text("utf-8"), "python -m newsdash.tui.actions prints it anew"


def test_every_picture_of_the_readme_is_made_and_every_picture_made_is_shown():
    shown = set(re.findall(r"\]\(screenshots/([^)]+)\.svg\)", (ROOT / "README.md").read_text("utf-8")))
    assert shown == {shot.name for shot in SHOTS}
    assert {path.stem for path in (ROOT / "screenshots").glob("*.svg")} == shown
