"""An analysis into a file of the reader's, in the form that the file's ending names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsdash.core.export.markdown import to_markdown
from newsdash.core.export.report import to_report
from newsdash.core.records import Analysis, to_json

FORMS: dict[str, Callable[[Analysis], bytes]] = {
    ".md": lambda analysis: to_markdown(analysis).encode(),
    ".txt": lambda analysis: to_report(analysis).encode(),
    ".json": lambda analysis: to_json(analysis) + b"\n",
}


def cannot_write(name: str) -> str | None:
    """What is wrong with a file name to write to, None when nothing is."""
    path = Path(name).expanduser()
    if path.suffix.lower() not in FORMS:
        return f"“{name}” must end in {', '.join(list(FORMS)[:-1])} or {list(FORMS)[-1]}."
    if path.exists():
        return f"“{name}” is there already: choose another name."
    if not path.parent.is_dir():
        return f"There is no folder “{path.parent}”."
    return None


def write(analysis: Analysis, name: str) -> Path:
    """Write a new file, and return where it is. Raises OSError; what is there already is never overwritten."""
    path = Path(name).expanduser()
    with path.open("xb") as file:
        file.write(FORMS[path.suffix.lower()](analysis))
    return path.resolve()
