"""Commented data files: one table a file, tab-separated, '#' starts a comment line.

Linguistic knowledge lives in ``core/extraction/data/*.tsv``, so that a reader can check and change it without
reading code. Every file begins with a comment that says what its columns mean and where its entries come from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>.tsv``, each with all its cells (stripped; empty cells kept).

    Raises FileNotFoundError when there is no such table.
    """
    rows = []
    for line in (DATA / f"{name}.tsv").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            rows.append(tuple(cell.strip() for cell in line.split("\t")))
    return tuple(rows)


@cache
def mapping(name: str) -> dict[str, tuple[str, ...]]:
    """``table`` as a dictionary: first cell -> the other cells. A key that comes twice is an error (ValueError)."""
    found: dict[str, tuple[str, ...]] = {}
    for key, *rest in table(name):
        if key in found:
            raise ValueError(f"data/{name}.tsv has two rows for {key!r}: keep one")
        found[key] = tuple(rest)
    return found


@cache
def words(name: str) -> frozenset[str]:
    """The first cells of ``table`` as a set."""
    return frozenset(row[0] for row in table(name))
