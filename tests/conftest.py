"""What all tests share: the real pipeline, loaded once, and a state directory of the test's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SEED = SEEDS / "anthropic-pentagon-talks.txt"
SHARED = ROOT.parent / "shared"  # corpora and scorers, where a developer has them

os.environ.pop("NO_COLOR", None)  # it would turn every snapshot grey
os.environ["TZ"] = "UTC"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that the program uses."""
    from newsdash.core.language import load

    return load()


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the settings and corrections of the person who runs it."""
    state = tmp_path / "state"
    monkeypatch.setenv("NEWSDASH_STATE", str(state))
    return state
