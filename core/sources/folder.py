"""Paths as a user gives them -> articles, in the order given; a folder's files by name.

One bad file never stops the others: it comes back as a Problem that names it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsdash.core.records import Article
from newsdash.core.sources.reading import MAX_BYTES, READERS, SourceError, read, read_bytes


@dataclass(frozen=True)
class Problem:
    """A source that could not be read, and the sentence that says why."""

    path: str
    sentence: str


def collect(paths: Sequence[str | Path], published: str | None = None) -> Iterator[Article | Problem]:
    """Read files, folders (recursively, known suffixes, hidden names left out) and ``-`` (standard input).

    An article whose text was already given comes once.
    """
    seen: set[str] = set()
    for path in paths:
        for item in _one(path, published):
            if isinstance(item, Article):
                if item.id in seen:
                    continue
                seen.add(item.id)
            yield item


def _one(path: str | Path, published: str | None) -> Iterator[Article | Problem]:
    try:
        if str(path) == "-":
            yield read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", published)
        elif str(path) and Path(path).is_dir():
            files = list(articles_in(Path(path)))
            if not files:
                raise SourceError(f"{path} has no articles in it (.txt, .md, .html).")
            for file in files:
                yield _try(file, published)
        else:
            yield read(path, published)
    except SourceError as error:
        yield Problem(str(path), str(error))


def _try(file: Path, published: str | None) -> Article | Problem:
    try:
        return read(file, published)
    except SourceError as error:
        return Problem(str(file), str(error))


def articles_in(folder: Path) -> Iterator[Path]:
    """The readable files under a folder, by name.

    README files are about the folder, not part of it; pipes and devices would never end, so they are left out.
    """
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if path.suffix.lower() not in READERS or name.startswith(".") or path.stem.upper() == "README":
                continue
            if path.is_file() or path.is_symlink():  # a link that leads nowhere is named as a problem
                yield path


def sample() -> list[Path]:
    """The articles that come with newsdash: the one it grew from, and the sample story."""
    from importlib.util import find_spec

    spec = find_spec("newsdash.seeds")  # a folder of data: its place on the disk is all we need of it
    places = list(spec.submodule_search_locations or ()) if spec else []
    return [file for place in places for file in articles_in(Path(place))]
