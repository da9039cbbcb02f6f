"""Where the weights are."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "NEWSDASH_MODEL"
"""Names a folder of other weights (for those who train)."""


def folder() -> Path:
    """The folder of the weights; FileNotFoundError with a remedy when they are not there."""
    chosen = os.environ.get(VARIABLE)
    found = Path(chosen) if chosen else Path(__file__).parent / "weights"
    if not (found / "model.onnx").is_file():
        raise FileNotFoundError(
            f"no language model in {found}: install newsdash again, or rebuild it with"
            " `python -m core.language.training`"
        )
    return found
