"""What all tests share: the real pipeline, loaded once, and a state directory of the test's own."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SEED = SEEDS / "anthropic-pentagon-talks.txt"
SHARED = ROOT.parent / "shared"  # corpora and scorers, where a developer has them

os.environ.pop("NO_COLOR", None)  # it would turn every snapshot grey
os.environ["COLORTERM"] = "truecolor"  # whatever terminal the tests are started from
os.environ["TZ"] = "UTC"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that the program uses."""
    from newsdash.core.language import load

    return _once(load)


_loaded: list[Language] = []


def _once(load: Callable[[], Language]) -> Language:
    if not _loaded:
        _loaded.append(load())
    return _loaded[0]


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the settings and corrections of the person who runs it."""
    state = tmp_path / "state"
    monkeypatch.setenv("NEWSDASH_STATE", str(state))
    return state


class Ran(NamedTuple):
    """What a command gave back."""

    status: int
    out: str
    err: str


@pytest.fixture
def newsdash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run ``newsdash`` with these arguments and this standard input, in this process; the model is loaded once."""
    from newsdash.core import language
    from newsdash.tui.cli import main

    load = language.load
    monkeypatch.setattr(language, "load", lambda **asked: load(**asked) if asked.get("entities") else _once(load))

    def run(*arguments: str | Path, stdin: str | bytes = "") -> Ran:
        data = stdin if isinstance(stdin, bytes) else stdin.encode("utf-8", "surrogatepass")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse
            status = int(stop.code or 0)
        return Ran(status, *capsys.readouterr())

    return run
