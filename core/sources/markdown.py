"""Markdown: front matter gives the metadata, the body is the text as it stands."""

from __future__ import annotations

import re
from typing import Any

from newsdash.core.sources.fields import Fields
from newsdash.core.sources.text import day

_MAX_HEAD = 20_000  # characters; a longer "front matter" is none, and slow to read as YAML

_KEYS = {
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher", "publication", "site"),
    "author": ("author", "authors", "by", "byline"),
    "published": ("published", "date", "publication_date", "pubdate"),
    "url": ("url", "link", "canonical", "canonical_url"),
}


def parse(content: str) -> Fields:
    """Read the front matter (YAML between ``---`` lines); broken front matter stays part of the text."""
    body, meta = split(content)
    values: dict[str, str] = {}
    found: dict[str, str] = {}
    for field, keys in _KEYS.items():
        for key in keys:
            if value := _words(meta.get(key)):
                values[field] = (day(value) or "") if field == "published" else value
                found[field] = f'front matter "{key}"'
                break
    if "title" not in values and (match := re.match(r"\s*#[ \t]+(\S.*)", body)):
        values["title"], found["title"] = match[1].strip(" #"), "the first heading"
    return Fields(text=body, found=found, **values)


def split(content: str) -> tuple[str, dict[str, Any]]:
    """Body and metadata. Text between two rules that is no metadata stays text."""
    if not content.startswith("---"):
        return content, {}
    import yaml  # 20 ms, and only for files with front matter
    from frontmatter.default_handlers import YAMLHandler

    try:
        head, body = YAMLHandler().split(content.replace("\r\n", "\n"))
        # the base loader leaves every value a string: no impossible date is an error, and "No" may be a title
        meta = yaml.load(head, Loader=yaml.BaseLoader) if len(head) <= _MAX_HEAD else None
    except (ValueError, RecursionError, yaml.YAMLError):
        return content, {}
    return (body.strip(), {str(k).lower(): v for k, v in meta.items()}) if isinstance(meta, dict) else (content, {})


def _words(value: object) -> str:
    """A value or a flat list of values as one string; nested ones are no metadata (and may be endless)."""
    parts = value if isinstance(value, list) else [value]
    return ", ".join(part for part in parts[:20] if isinstance(part, str))
