"""Jump letters: each fact on the screen shows one or two letters, and typing them goes there."""

from __future__ import annotations

from collections.abc import Collection

from textual import events
from textual.screen import ModalScreen

LETTERS = "asdfghjklqwertyuiopzxcvbnm"  # those under the fingers first


def codes(count: int) -> list[str]:
    """As many codes, the shortest first, none the beginning of another: letters, then pairs of them.

    There are at most 676; what comes after those gets none.
    """
    firsts = 0  # letters that begin pairs
    while firsts < len(LETTERS) and len(LETTERS) - firsts + firsts * len(LETTERS) < count:
        firsts += 1
    cut = len(LETTERS) - firsts
    pairs = [a + b for a in LETTERS[cut:] for b in LETTERS]
    return [*LETTERS[:cut], *pairs][:count]


class Jump(ModalScreen[str | None]):
    """Takes the letters, over the screen that shows them; the answer is a code, None for any other key."""

    AUTO_FOCUS = ""  # nothing in it takes the keys, it takes them itself

    def __init__(self, wanted: Collection[str]) -> None:
        super().__init__()
        self._wanted = wanted
        self._typed = ""

    def on_key(self, event: events.Key) -> None:
        """One more letter."""
        event.stop()
        event.prevent_default()
        self._typed += event.character or event.key
        if self._typed in self._wanted:
            self.dismiss(self._typed)
        elif not any(code.startswith(self._typed) for code in self._wanted):
            self.dismiss(None)

    def on_click(self) -> None:
        """A click leaves everything as it is."""
        self.dismiss(None)
