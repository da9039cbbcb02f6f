"""Seconds until the real app shows the words of its article, in a terminal of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from pathlib import Path
from time import perf_counter

LIMIT = 60.0  # seconds


def first_paint(article: Path, word: str, state: Path, columns: int = 140, rows: int = 40) -> float:
    """Open the app on the article and wait for the word; the app is then ended.

    Raises TimeoutError when the word is not shown within a minute, with the end of what was.
    """
    start = perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update({"NEWSDASH_STATE": str(state), "TERM": "xterm-256color", "COLORTERM": "truecolor"})
        os.execv(sys.executable, [sys.executable, "-m", "newsdash.tui.cli", str(article)])
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        shown = b""
        while perf_counter() - start < LIMIT:
            if select.select([terminal], [], [], 1.0)[0]:
                shown += os.read(terminal, 65536)
                if word.encode() in shown:
                    return perf_counter() - start
        raise TimeoutError(f"{word!r} was not shown in {LIMIT:.0f} s; the screen ended with {shown[-300:]!r}")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)
