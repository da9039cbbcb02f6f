"""The longest time that a key holds the screen up in a book of 200,000 words with everything found in it.

Counted is the work of the screen's own thread between two turns of the event loop, so that a busy machine does not
spoil the figure.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from importlib import import_module
from time import thread_time

from msgspec.structs import replace
from newsdash.core.records import Analysis, Article, Span
from newsdash.tui.app import NewsdashApp
from newsdash.tui.jobs import collect_seldom

from tests.made import from_gold

KEYS = (
    *("j", "space", "G", "g", "3", "j", "G", "enter", "escape", "4", "j", "G", "enter", "right_square_bracket"),
    *("5", "v", "v", "v", "l", "v", "v", "apostrophe", "escape", "z", "z", "slash", "p", "r", "enter", "n", "escape"),
)


def book(words: int) -> Analysis:
    """The annotated seed article over and over."""
    one = from_gold()
    text = one.article.text + "\n\n"
    times = words // len(text.split()) + 1

    def moved(span: Span, by: int) -> Span:
        return (span[0] + by, span[1] + by)

    steps = [(n, n * len(text)) for n in range(times)]
    return Analysis(
        article=Article(id="book", text=text * times, title="A book", published="2026-03-05"),
        entities=tuple(
            replace(
                e, mentions=tuple(replace(m, start=m.start + by, end=m.end + by) for _, by in steps for m in e.mentions)
            )
            for e in one.entities
        ),
        events=tuple(
            replace(e, id=f"{e.id}-{n}", start=e.start + by, end=e.end + by, trigger=moved(e.trigger, by))
            for n, by in steps
            for e in one.events
        ),
        quotes=tuple(
            replace(q, start=q.start + by, end=q.end + by, spans=tuple(moved(s, by) for s in q.spans))
            for _, by in steps
            for q in one.quotes
        ),
        stances=tuple(replace(s, evidence=moved(s.evidence, by)) for _, by in steps for s in one.stances),
    )


async def worst_frame(words: int) -> tuple[float, str]:
    """Milliseconds, and the key that took them."""
    found = book(words)
    import_module("newsdash.tui.widgets.findbar")  # as the app does after loading
    app = NewsdashApp([], given=[found.article], analyse=False)
    longest, name, key = 0.0, "", ""

    async def beat() -> None:
        nonlocal longest, name
        last = thread_time()
        while key != "end":
            await asyncio.sleep(0.001)
            now = thread_time()
            if key and now - last > longest:
                longest, name = now - last, key
            last = now

    async with app.run_test(size=(140, 40)) as pilot:
        app.desk.found(found)
        app.reading.show_analysis()
        await pilot.pause(0.5)
        collect_seldom()  # as the app does once the language model is there
        task = asyncio.create_task(beat())
        for one in KEYS:
            key = one
            await pilot.press(one)
            await pilot.pause(0.05)
        key = "end"
        await task
    return longest * 1000, name


def main(words: int) -> None:
    """Print it."""
    with tempfile.TemporaryDirectory() as state:
        os.environ["NEWSDASH_STATE"] = state
        worst, key = asyncio.run(worst_frame(words))
    print(f"{f'{words} words: longest frame ({key})':44} {worst:9.1f} ms  budget <= 50", flush=True)


if __name__ == "__main__":
    main(200_000)
