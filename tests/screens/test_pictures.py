"""What the app looks like, compared with pictures that a person has looked at."""

from __future__ import annotations

import pytest

CASES = {
    "wide": ((140, 40), ()),
    "medium": ((100, 30), ("4", "j", "enter")),
    "narrow": ((80, 24), ("4", "j", "enter")),
    "narrow-stances": ((80, 24), ("5", "j")),
    "tall": ((120, 52), ("5",)),
    "entity": ((140, 40), ("3", "j", "enter")),
    "aliases": ((140, 40), ("3", "j", "a")),
    "by-issue": ((140, 40), ("5", "v")),
    "matrix": ((140, 40), ("5", "v", "v", "v", "l")),
    "quotes": ((140, 40), ("5", "v", "v", "v", "v", "j", "enter")),
    "timeline-zoomed": ((140, 40), ("4", "z")),
    "undated": ((120, 36), ("4", "c", "c", "c")),
    "find": ((120, 36), ("slash", *"pentagon")),
    "filter": ((120, 36), ("3", "ampersand", *"tr")),
    "help": ((100, 30), ("5", "question_mark")),
    "merge": ((120, 36), ("3", "m")),
    "sources": ((140, 40), ("1",)),
    "jump": ((120, 36), ("4", "apostrophe")),
}


@pytest.mark.parametrize("name", CASES)
def test_picture(name, reader, snap_compare):
    size, keys = CASES[name]

    async def press(pilot):
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.pause(0.2)

    assert snap_compare(reader(), terminal_size=size, run_before=press)


@pytest.mark.parametrize("theme", ["newsdash-light", "newsdash-contrast", "newsdash-ansi"])
def test_theme(theme, reader, snap_compare):
    async def press(pilot):
        pilot.app.theme = theme
        await pilot.pause()
        await pilot.press("3", "j", "enter", "5", "j", "enter")
        await pilot.pause(0.2)

    assert snap_compare(reader(), terminal_size=(120, 36), run_before=press)
