"""Pictures of the real app on the seed article and the sample story: ``python -m newsdash.tui.screenshots [FOLDER]``.

The articles are analysed with the shipped language model; the reader's own corrections and settings stay out.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from newsdash.core.records import Article

SEED_DAY = "2026-03-05"  # the seed article carries no date; its weekdays fit this one


@dataclass(frozen=True)
class Shot:
    """One picture: size, theme and the keys pressed after everything is analysed."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = "newsdash-dark"
    story: bool = False


SHOTS = (
    Shot("newsdash-140x40", (140, 40), ("4", "right_square_bracket", "right_square_bracket")),
    Shot("newsdash-100x30", (100, 30), ("5", "j", "enter")),
    Shot("newsdash-80x24", (80, 24), ("4", "j", "enter")),
    Shot("light-140x40", (140, 40), ("5", "j", "j", "enter"), theme="newsdash-light"),
    Shot("contrast-120x36", (120, 36), ("4", "j", "enter"), theme="newsdash-contrast"),
    Shot("find-120x36", (120, 36), ("slash", *"talks")),
    Shot("search-140x40", (140, 40), ("s", *"corval"), story=True),
    Shot("entity-140x40", (140, 40), ("3", "j", "enter")),
    Shot("matrix-140x40", (140, 40), ("5", "v", "v", "v", "z")),
    Shot("story-140x40", (140, 40), ("1", "j", "enter", "4", "j", "enter"), story=True),
)


def articles(story: bool) -> tuple[Article, ...]:
    """The seed article, or the sample story."""
    from newsdash.core.sources import read, sample

    paths = [path for path in sample() if (path.parent.name != "seeds") == story]
    return tuple(read(path, None if story else SEED_DAY) for path in paths)


async def take(shot: Shot, folder: Path) -> None:
    """Run the app, press the keys, write the picture."""
    from newsdash.tui.app import NewsdashApp

    app = NewsdashApp([], given=articles(shot.story))
    async with app.run_test(size=shot.size, notifications=False) as pilot:
        app.theme = shot.theme
        while app.analyst.running or app.desk.next_waiting() is not None:
            await pilot.pause(0.05)
        if app.desk.failed:
            raise SystemExit("An article could not be analysed: newsdash analyze says why.")
        for key in shot.keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause(0.5)  # the search waits for the last letter
        app.save_screenshot(f"{shot.name}.svg", path=str(folder))


def main() -> int:
    """Write all pictures into a folder."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
    folder.mkdir(exist_ok=True)
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as state:
        os.environ["NEWSDASH_STATE"] = state
        for shot in SHOTS:
            asyncio.run(take(shot, folder))
            print(folder / f"{shot.name}.svg")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
