"""Text from outside made harmless for a terminal or a page."""

from __future__ import annotations

import re

# C0 and C1 controls but tab and newline, the delete character, and the marks that reorder or hide text.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def printable(text: str) -> str:
    """The text with every control character, direction override and lone surrogate replaced by U+FFFD, one for one."""
    return _CONTROL.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Printable, on one line, white space as single blanks."""
    return " ".join(printable(text).split())
