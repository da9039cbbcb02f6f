"""Saved web pages: main text, title, outlet, author and date by trafilatura."""

from __future__ import annotations

import re

from newsdash.core.sources.fields import Fields

# Control characters, raw or as a reference: one of them would make the extraction give up on the whole page.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));?(?![0-9a-f])",
    re.I,
)


def parse(content: str) -> Fields:
    """Extract the main text, paragraphs on lines of their own. A page without any gives an empty text."""
    import trafilatura  # 300 ms, and only for pages
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "80")  # short news items are articles, too
    document = trafilatura.bare_extraction(
        _CONTROL.sub(" ", content),
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        config=config,
    )
    if document is None:
        return Fields(text="")
    values = {
        "title": document.title,
        "source": document.sitename,
        "author": document.author,
        "published": document.date,
        "url": document.url,
    }
    known = {key: str(value) for key, value in values.items() if value}
    return Fields(text=document.text or "", found=dict.fromkeys(known, "the page's metadata"), **known)
