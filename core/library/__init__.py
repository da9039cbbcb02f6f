"""Analysis <-> disk: the reader's corrections, the last session, the settings."""

from newsdash.core.library.corrections import Correction, apply, corrected_date, dated
from newsdash.core.library.store import (
    LibraryError,
    Session,
    add,
    corrections,
    load_session,
    save_session,
    state_directory,
    undo,
)

__all__ = [
    "Correction",
    "LibraryError",
    "Session",
    "add",
    "apply",
    "corrected_date",
    "corrections",
    "dated",
    "load_session",
    "save_session",
    "state_directory",
    "undo",
]
