"""One file or pipe -> one Article: decode, choose the format, read.

Errors are ``SourceError`` with one clear sentence: what is wrong, where, what to do.
"""

from __future__ import annotations

import codecs
import re
from datetime import date
from pathlib import Path

from newsdash.core.records import Article, content_id
from newsdash.core.sources import html, markdown, text

MAX_BYTES = 64_000_000  # more is no article; reading it would only fill the memory
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_NO_TEXT = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"{\\rtf")
_FEED = re.compile(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(rss|feed|rdf:RDF)\b", re.I | re.S)
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
    if not str(path):
        raise SourceError("An empty name is no article: check the variable it comes from.")
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist: check the name.") from None
    except IsADirectoryError:
        raise SourceError(f"{path} is a directory, not an article.") from None
    except OSError as error:
        raise SourceError(f"{path} cannot be opened ({error.strerror}).") from None
    except ValueError:  # a null byte in the name
        raise SourceError(f"{path} is no name that a file can have.") from None
    return read_bytes(data, str(path), published, suffix=path.suffix.lower())


def read_bytes(data: bytes, name: str, published: str | None = None, suffix: str = "") -> Article:
    """Read an article that is already in memory; ``name`` is what error messages and the screen call it.

    Without a known suffix the content decides: a page when it looks like HTML, Markdown when it has front
    matter, else plain text.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB: split it into articles first.")
    decoded = decode(data, name)
    if _FEED.match(decoded):
        raise SourceError(f"{name} is a feed, not an article: save the articles it names as pages first.")
    if suffix not in READERS:
        suffix = ".html" if looks_like_html(decoded) else ".md" if markdown.split(decoded)[1] else ".txt"
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
        path=name.encode("utf-8", "backslashreplace").decode(),  # names of other encodings hold lone surrogates
        found=found,
    )


def decode(data: bytes, name: str) -> str:
    """Bytes -> text: by the byte order mark, as UTF-8, else by the best guess.

    Raises SourceError for binary data.
    """
    for mark, named in _MARKS:
        if data.startswith(mark):
            return data.removeprefix(mark).decode(named, "replace")
    encoding = None if data.startswith(_NO_TEXT) else unmarked_utf16(data)
    if encoding is None and binary(data):
        raise SourceError(f"{name} is binary, not text: newsdash reads .txt, .md and .html.")
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return data.decode(encoding or guess(data), "replace")


def unmarked_utf16(data: bytes) -> str | None:
    """The UTF-16 of Latin text without a mark: every second byte is null and no other is."""
    head = data[: 8192 - len(data) % 2]
    for encoding, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if (
            high
            and high.count(0) * 4 > len(high) * 3
            and not low.count(0)
            and not binary(head.decode(encoding, "replace").encode())
        ):
            return encoding
    return None


def guess(data: bytes) -> str:
    """The encoding of text that is not valid UTF-8."""
    head = data[:200_000]
    repaired = head.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    if sum(character > "\x7f" for character in repaired) > 2 * broken:
        return "utf-8"  # most of it is: a few bytes are damaged
    if named := re.search(rb"""charset=["']?([A-Za-z0-9_-]{2,20})""", data[:2048]):
        try:
            return codecs.lookup(named[1].decode()).name
        except LookupError:
            pass  # a page may name an encoding that nobody knows: go on as if it named none
    if broken * 3 <= len(head):
        return "cp1252"  # English with accents and curly quotes
    from charset_normalizer import from_bytes  # 30 ms, and only for text in another alphabet

    best = from_bytes(head).best()
    return best.encoding if best else "cp1252"


def binary(data: bytes) -> bool:
    """Whether the data begin as a known kind of file that is no text, or a twentieth of their first 8 KB are control
    bytes that no text has (a stray null byte is forgiven)."""
    head = data[:8192]
    odd = sum(head.count(bytes([b])) for b in (*range(7), *range(14, 27), *range(28, 32)))
    return odd * 20 > len(head) or head.startswith(_NO_TEXT)


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
