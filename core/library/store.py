"""Where corrections and the last session lie: small JSON files in the user's state directory, owner-readable only.

Every file is written beside its old version and then put in its place, so that a crash leaves one of the two whole.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TypeVar

import msgspec
from newsdash.core.library.corrections import Correction
from newsdash.core.records import Record

T = TypeVar("T")


class LibraryError(Exception):
    """A file of the library that cannot be read or written; the message is one sentence for the reader."""


class Session(Record, frozen=True, kw_only=True):
    """What the app was opened on last, and how it looked."""

    paths: tuple[str, ...] = ()
    theme: str | None = None


def state_directory() -> Path:
    """The directory of newsdash's own files; ``NEWSDASH_STATE`` overrides the system's place for them."""
    if own := os.environ.get("NEWSDASH_STATE"):
        return Path(own)
    from platformdirs import user_state_path

    return user_state_path("newsdash", appauthor=False)


def corrections(article: str) -> tuple[Correction, ...]:
    """The reader's corrections of an article (by its id), oldest first.

    Raises LibraryError when the file is there and cannot be read; it is never overwritten then.
    """
    return _read(_file(article), tuple[Correction, ...], ())


def add(article: str, correction: Correction) -> tuple[Correction, ...]:
    """Keep one more correction; returns all of the article. Raises LibraryError."""
    kept = (*corrections(article), correction)
    _write(_file(article), kept)
    return kept


def undo(article: str) -> Correction | None:
    """Take the last correction back and return it, None when there is none. Raises LibraryError."""
    kept = corrections(article)
    if not kept:
        return None
    _write(_file(article), kept[:-1])
    return kept[-1]


def load_session() -> Session:
    """The last session, an empty one on the first start. Raises LibraryError."""
    return _read(state_directory() / "session.json", Session, Session())


def save_session(session: Session) -> None:
    """Remember the session. Raises LibraryError."""
    _write(state_directory() / "session.json", session)


def _file(article: str) -> Path:
    return state_directory() / "corrections" / f"{article}.json"


def _read(path: Path, kind: type[T], default: T) -> T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return default
    except (OSError, msgspec.MsgspecError) as error:
        raise LibraryError(f"{path} cannot be read ({_why(error)}): mend it or move it away.") from error


def _why(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _write(path: Path, value: object) -> None:
    try:
        data = msgspec.json.format(msgspec.json.encode(value), indent=1)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # made readable by its owner only
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except (OSError, UnicodeEncodeError) as error:  # the latter: a file name that is no Unicode
        raise LibraryError(f"{path} cannot be written ({_why(error)}): nothing was changed.") from error
