"""Terminals of their own: one that goes away under the app, and one whose keys are not standard input."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

SECONDS = 60
TEXT = "Ana Brandt warned Norwick on Friday that the talks could fail.\n"
APP = [sys.executable, "-m", "newsdash.tui.cli"]


def wait_for(word: bytes, terminal: int) -> None:
    """Until the terminal shows the word."""
    shown = b""
    while word not in shown:
        assert select.select([terminal], [], [], SECONDS)[0], shown[-300:]
        shown += os.read(terminal, 65536)


def test_the_app_ends_when_its_terminal_is_gone(tmp_path: Path) -> None:
    article = tmp_path / "talks.txt"
    article.write_text(TEXT)
    terminal, inner = pty.openpty()
    own = os.environ | {"NEWSDASH_STATE": str(tmp_path), "TERM": "xterm-256color"}
    app = subprocess.Popen(
        [*APP, str(article)], stdin=inner, stdout=inner, stderr=inner, env=own, start_new_session=True
    )
    try:
        os.close(inner)
        wait_for(b"Norwick", terminal)
        os.close(terminal)
        app.wait(SECONDS)  # raises when the app goes on
    finally:
        app.kill()
        app.wait()


def test_keys_come_from_the_terminal_when_text_comes_from_a_pipe(tmp_path: Path) -> None:
    text = tmp_path / "talks.txt"
    text.write_text(TEXT)
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update({"NEWSDASH_STATE": str(tmp_path), "TERM": "xterm-256color"})
        os.dup2(os.open(text, os.O_RDONLY), 0)
        os.execv(sys.executable, APP)  # no path: what is piped in is the article
    wait_for(b"Norwick", terminal)
    os.write(terminal, b"q")
    while True:
        assert select.select([terminal], [], [], SECONDS)[0]
        try:
            gone = not os.read(terminal, 65536)
        except OSError:  # so Linux says that the other end is closed
            gone = True
        if gone:
            break
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)


def test_a_closed_standard_input_has_nothing_in_it() -> None:
    ran = subprocess.run(
        ["sh", "-c", '"$0" -m newsdash.tui.cli analyze - <&-', sys.executable], capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert ran.stderr == "newsdash: standard input has no text in it: nothing to read.\n"
