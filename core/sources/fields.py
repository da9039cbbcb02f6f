"""What a reader of one format gives back: text and metadata as found, not yet checked."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fields:
    """Raw fields of an article; ``found`` names the place of each known one."""

    text: str
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    found: dict[str, str] = field(default_factory=dict)
