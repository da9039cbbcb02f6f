"""The app on a frozen analysis, so that a better extraction does not change the pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from newsdash.core.records import Analysis, from_json
from newsdash.tui.app import NewsdashApp
from textual.pilot import Pilot

DATA = Path(__file__).parent / "data"


class Frozen(NewsdashApp):
    """An app that is given its analysis instead of a language model."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__([], given=[analysis.article], analyse=False)
        self._analysis = analysis

    def on_ready(self) -> None:
        """As if the analyst had just finished."""
        self.desk.found(self._analysis)
        self.reading.show_analysis()
        self.reading.progress([("✓ ", "good"), ("analysed ", "dim")], "")


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press these keys, each when the one before has been dealt with."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def settled(pilot: Pilot[int], there: Callable[[], bool]) -> None:
    """Wait until something is there, at most half a minute."""
    for _ in range(600):
        await pilot.pause()
        if there():
            return
        await pilot.pause(0.05)
    raise AssertionError("it did not come")


def screen_text(app: NewsdashApp) -> str:
    """Everything on the screen as plain text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


@pytest.fixture
def frozen() -> Analysis:
    """The seed article as its annotators read it."""
    return from_json((DATA / "seed.json").read_bytes())


@pytest.fixture
def reader(frozen: Analysis) -> Callable[[], NewsdashApp]:
    """Builds the app."""
    return lambda: Frozen(frozen)
