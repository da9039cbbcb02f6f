"""Any keys in any order on screens of any size: nothing breaks. The seeds are fixed, so that a failure comes again."""

from __future__ import annotations

import random

import pytest
from newsdash.core.records import Article
from newsdash.tui.actions import ACTIONS

from tests.screens.conftest import press

LEAVING = {"q", "ctrl+q"}
KEYS = [key for action in ACTIONS for key in action.keys if key not in LEAVING] + ["enter", "escape", "tab", "x"] * 6
SIZES = [(140, 40), (100, 30), (80, 24), (60, 15), (30, 8)]


@pytest.mark.parametrize("seed", [1, 2])
async def test_any_keys(seed, reader):
    chance = random.Random(seed)
    app = reader()
    async with app.run_test(size=SIZES[seed % 3]) as pilot:
        app.desk.add(Article(id="other", text="Vera Lask left on Monday. She said “no”.", title="[/b]"))
        for number in range(80):
            await press(pilot, chance.choice(KEYS))
            if number % 16 == 0:
                await pilot.resize_terminal(*chance.choice(SIZES))
        assert app.is_running


async def test_every_pane_is_drawn_on_the_smallest_screen(reader):
    app = reader()
    async with app.run_test(size=(30, 8)) as pilot:
        await press(pilot, *"1345vvvv", "question_mark", "escape", "s", "t", "escape", "slash", "t", "escape", "z")
        assert app.is_running
