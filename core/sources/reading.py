"""One file or pipe -> one Article: decode, choose the format, read.

Errors are ``SourceError`` with one clear sentence: what is wrong, where, what to do.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from newsdash.core.records import Article, content_id
from newsdash.core.sources import html, markdown, text

MAX_BYTES = 64_000_000  # more is no article; reading it would only fill the memory
READERS = {
    ".txt": text.parse,
    ".text": text.parse,
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".html": html.parse,
    ".htm": html.parse,
    ".xhtml": html.parse,
}


class SourceError(Exception):
    """A source that cannot be read; the message is one sentence for the reader."""


def read(path: str | Path, published: str | None = None) -> Article:
    """Read a file; ``published`` (YYYY-MM-DD) sets the date where the file has none.

    Raises SourceError when there is no such file, it cannot be opened, or it holds no text.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB: split it into articles first.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist: check the name.") from None
    except IsADirectoryError:
        raise SourceError(f"{path} is a directory, not an article.") from None
    except OSError as error:
        raise SourceError(f"{path} cannot be opened ({error.strerror}).") from None
    return read_bytes(data, str(path), published, suffix=path.suffix.lower())


def read_bytes(data: bytes, name: str, published: str | None = None, suffix: str = "") -> Article:
    """Read an article that is already in memory; ``name`` is what error messages and the screen call it.

    Without a known suffix the content decides: a page when it looks like HTML, else plain text.
    """
    decoded = decode(data, name)
    if suffix not in READERS:
        suffix = ".html" if looks_like_html(decoded) else ".txt"
    fields = READERS[suffix](decoded)
    body = fields.text.replace("\r\n", "\n").replace("\r", "\n")
    if not body.strip():
        raise SourceError(f"{name} has no text in it: nothing to read.")
    found = dict(fields.found)
    day = iso_date(fields.published)
    if day is None:
        found.pop("published", None)
        if published:
            day, found["published"] = published, "--published"
    return Article(
        id=content_id(body),
        text=body,
        title=clean(fields.title),
        source=clean(fields.source),
        author=clean(fields.author),
        published=day,
        url=fields.url,
        path=name,
        found=found,
    )


def decode(data: bytes, name: str) -> str:
    """Bytes -> text: UTF-8 (with or without mark), UTF-16 by its mark, else the best guess.

    Raises SourceError for binary data.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").lstrip("\ufeff")
    try:
        decoded = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if binary(data):
            raise SourceError(f"{name} is binary, not text: newsdash reads .txt, .md and .html.") from None
        from charset_normalizer import from_bytes  # 30 ms, and only for text that is not UTF-8

        best = from_bytes(data[:200_000]).best()
        decoded = data.decode(best.encoding if best else "cp1252", "replace")
    else:
        if binary(data):
            raise SourceError(f"{name} is binary, not text: newsdash reads .txt, .md and .html.")
    return decoded


def binary(data: bytes) -> bool:
    """Whether a twentieth of the first 8 KB are control bytes that no text has (a stray null byte is forgiven)."""
    head = data[:8192]
    odd = sum(head.count(bytes([b])) for b in (*range(7), *range(14, 27), *range(28, 32)))
    return odd * 20 > len(head)


def looks_like_html(content: str) -> bool:
    """Whether a text without a telling name is a web page."""
    return bool(
        re.match(
            r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body)\b",
            content[:2000],
            re.I | re.S,
        )
    )


def iso_date(value: str | None) -> str | None:
    """The calendar day at the start of a date or time, None where it is none ("2026-02-30" is none)."""
    match = re.match(r"\s*(\d{4})-(\d{2})-(\d{2})", value or "")
    if not match:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None


def clean(value: str | None) -> str | None:
    """Metadata on one line, None when nothing is left."""
    return " ".join(value.split()) or None if value else None
