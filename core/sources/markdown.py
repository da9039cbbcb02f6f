"""Markdown: front matter gives the metadata, the body is the text as it stands."""

from __future__ import annotations

import re
from typing import Any

from newsdash.core.sources.fields import Fields

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
            if meta.get(key):
                value = meta[key]
                values[field] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
                found[field] = f'front matter "{key}"'
                break
    if "title" not in values and (match := re.match(r"\s*#[ \t]+(\S.*)", body)):
        values["title"], found["title"] = match[1].strip(" #"), "the first heading"
    return Fields(text=body, found=found, **values)


def split(content: str) -> tuple[str, dict[str, Any]]:
    """Body and metadata."""
    if not content.startswith("---"):
        return content, {}
    import frontmatter  # brings yaml, 20 ms
    import yaml

    try:
        post = frontmatter.loads(content.replace("\r\n", "\n"))
    except yaml.YAMLError:
        return content, {}
    return post.content, {str(k).lower(): v for k, v in post.metadata.items()}
