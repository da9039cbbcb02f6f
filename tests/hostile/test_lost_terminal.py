"""A terminal that goes away under the app, and nothing that says so."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

SECONDS = 60


def test_the_app_ends_when_its_terminal_is_gone(tmp_path: Path) -> None:
    article = tmp_path / "talks.txt"
    article.write_text("Ana Brandt warned Norwick on Friday that the talks could fail.\n")
    terminal, inner = pty.openpty()
    own = os.environ | {"NEWSDASH_STATE": str(tmp_path), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "newsdash.tui.cli", str(article)]
    app = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, env=own, start_new_session=True)
    try:
        os.close(inner)
        shown = b""
        while b"Norwick" not in shown:
            assert select.select([terminal], [], [], SECONDS)[0], shown[-300:]
            shown += os.read(terminal, 65536)
        os.close(terminal)
        app.wait(SECONDS)  # raises when the app goes on
    finally:
        app.kill()
        app.wait()
