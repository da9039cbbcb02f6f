"""Nothing is said by colour alone: without colours, and with those of the terminal, everything is still there."""

from __future__ import annotations

import pytest
from newsdash.tui import themes
from rich.segment import Segment

from tests.screens.conftest import press

KEYS = ("3", "j", "enter", "4", "j", "enter")


def segments(app) -> list[Segment]:
    return [segment for strip in app.screen._compositor.render_strips() for segment in strip if segment.text.strip()]


def is_grey(color) -> bool:
    return color is None or color.is_default or len(set(color.get_truecolor())) == 1


@pytest.mark.parametrize("theme", [theme.name for theme in themes.THEMES])
async def test_without_colours_all_is_told_by_signs_and_weights(theme, reader, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = reader()
    async with app.run_test(size=(140, 40)) as pilot:
        app.theme = theme
        await press(pilot, *KEYS)
        shown = segments(app)
        assert all(is_grey(s.style.color) and is_grey(s.style.bgcolor) for s in shown)
        same = [s for s in shown if s.style.color == s.style.bgcolor and not s.style.color.is_default]
        assert same == [], "words in the colour of their ground cannot be read"
        words = {s.text: s.style for s in shown}
        assert words["Anthropic"].bold, "names are bold in the text"
        assert words["last week"].underline, "dates are underlined"
        assert any("▍" in s.text for s in shown), "evidence has a mark at the edge"
        assert any("┏" in s.text for s in shown), "the focused pane has a heavy frame"
        assert any("✓" in s.text for s in shown), "the chosen entity has a sign"


async def test_the_terminal_s_own_colours_mark_the_cursor_by_reversing(reader):
    app = reader()
    async with app.run_test(size=(140, 40)) as pilot:
        app.theme = "newsdash-ansi"
        await press(pilot, "4", "j")
        assert [s for s in segments(app) if s.style.reverse and "▌" in s.text]


@pytest.mark.parametrize("theme", [theme.name for theme in themes.THEMES if not theme.ansi])
def test_every_word_can_be_read_on_every_ground(theme):
    """Contrast by WCAG 2: 4.5 for words (3 for what is meant to be faint), 7 in the high contrast theme."""
    from textual.color import Color

    chosen = next(t for t in themes.THEMES if t.name == theme)
    least = 7.0 if "contrast" in theme else 4.5
    grounds = [chosen.background, *(chosen.variables[f"nd-{g}"] for g in ("cursor", "evidence", "chosen", "bar"))]
    inks = ("person", "org", "group", "place", "thing", "event", "time", "for", "against", "neutral", "dim", "accent")
    poor = {
        (ink, ground): round(ratio, 2)
        for ink in inks
        for ground in grounds
        if (ratio := contrast(Color.parse(chosen.variables[f"nd-{ink}"]), Color.parse(ground))) < least * 0.8
        or (ground == chosen.background and ratio < least)
    }
    assert poor == {}


def contrast(one, other) -> float:
    def light(color) -> float:
        parts = [c / 255 for c in (color.r, color.g, color.b)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    a, b = sorted((light(one), light(other)))
    return (b + 0.05) / (a + 0.05)


async def test_sixteen_colours_wear_the_terminal_s_own_until_another_theme_is_chosen(reader, monkeypatch):
    monkeypatch.setenv("COLORTERM", "")
    monkeypatch.setenv("TERM", "xterm-16color")
    app = reader()
    async with app.run_test(size=(140, 40)) as pilot:
        assert app.theme == "newsdash-ansi"
        app.theme = "newsdash-light"
        await pilot.pause()
    again = reader()
    async with again.run_test(size=(140, 40)):
        assert again.theme == "newsdash-light"
