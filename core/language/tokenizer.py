"""Text to words, as Universal Dependencies English cuts them (clitics, hyphens, abbreviations).

The knowledge stands in ``data/words.txt``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

APOSTROPHES = "'’`´"
CACHE_SIZE = 200_000
UNIT = re.compile(
    r"(\d+(?:[.,:]\d+)*)(am|pm|km|kg|mph|bn|lbs?|cm|mm|m|ft|hrs?|mins?|GB|MB|MM|k|USD|EUR)", re.IGNORECASE
)
LONGEST_CACHED = 60  # the cache is for words, not for hostile text
LONGEST_CONTEXT = 5  # runs whose words depend on the next run are short
AFTER = re.compile(r"[ \t]+(\w+)")
LONGEST_CHUNK = 500  # a longer run without blanks is no language: it is cut into pieces of this length first


@lru_cache(maxsize=1)
def knowledge() -> dict[str, list[str]]:
    """Sections of ``data/words.txt``: heading to its words."""
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    text = resources.files(__package__).joinpath("data/words.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]") and len(line) > 2 and line[1].isalpha():
            words = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("# "):
            words.extend(line.split())
    return sections


def any_apostrophe(word: str) -> str:
    """The pattern of a word in which each apostrophe may be any of the apostrophe characters."""
    return "".join(f"[{APOSTROPHES}]" if c in APOSTROPHES else re.escape(c) for c in word)


@dataclass(frozen=True)
class Rules:
    """Compiled knowledge: the scanner, and the sets it asks."""

    scan: re.Pattern[str]
    clitic: re.Pattern[str]
    abbreviations: frozenset[str]
    compounds: dict[str, int]
    after_it_is: frozenset[str]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Compile the data files once a process."""
    known = knowledge()
    exact = set(known["case-sensitive abbreviations"])
    lower_only = set(known["lower-case only abbreviations"])
    abbreviations = set(exact) | lower_only
    for word in known["abbreviations"]:
        if word not in lower_only and word.capitalize() not in exact:
            abbreviations |= {word, word.upper()}
        if word not in lower_only:
            abbreviations.add(word.capitalize())
    prefixes = "|".join(p for p in known["prefixes"] if not p.endswith("-"))
    apostrophe = f"[{APOSTROPHES}]"
    emoticons = "|".join(sorted(map(re.escape, known["emoticons"]), key=len, reverse=True))
    kept = "|".join(any_apostrophe(w) for w in known["keep together"])
    scan = re.compile(
        rf"""
        (?:https?://|www\.|mailto:|ftp://)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]}}'’]   # addresses
        | [\w.+%-]+(?:\.\.\.)?@[\w-]+(?:\.[\w-]+)+                           # mail
        | @\w+ | \#(?=[^\W\d])\w+(?:-\w+)*                                   # handles, tags
        | [^\W\d]\w*@\w+ | [\w-]*\w\.(?:docx?|xlsx?|pdf|html?|jpe?g|png|gif|txt|zip|ppt|url|exe|csv)(?!\w)
        | [a-z]{{2,}}(?:\.[a-z][a-z-]*){{2,}}(?!\w)                              # comp.sources.unix
        | (?:{emoticons})(?!\w)
        | (?<!\w)\.(?:docx?|xlsx?|pdf|html?|jpe?g|png|zip|txt)(?!\w)
        | (?<!\w)(?:{kept})(?!\w)
        | (?<!\S){apostrophe}(?:s|re|ve|ll|d|m)(?!\S)                        # a text cut into words: "Foo 's"
        | [a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|co\.uk|ca|info|tv|int)(?:/[\w./%?=&~-]*\w)?(?!\w)
        | (?<!\w)(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!\w))?                       # U.S., a.m., U.S.A
        | (?<!\w)(?:[^\W\d_]\.)+[^\W\d_](?![\w.])                             # U.S
        | (?:Ph|M|B|D)\.(?:D|Sc|Phil|A)\.?                                    # Ph.D.
        | \d{{3}}[-.]\d{{3}}[-.]\d{{4}} | \d{{3}}-\d{{4}} | \d{{1,2}}-\d{{1,2}}-\d{{2,4}} | 1-\d{{3}}-\d{{3}}-\d{{4}}
        | (?<![\w-])\d-\d{{4}}(?![\w-])
        | \d+(?:[.,:/]\d+)+(?:(?:st|nd|rd|th|s)(?!\w))?                        # 1,200  5:30  9/11
        | \.\d+
        | \d+{apostrophe}?(?:s|st|nd|rd|th)(?!\w)                            # 1990s, 3rd, 60's
        | \d+[^\W\d_]+\d*\w*                                                 # 5pm, 4x4: cut later if need be
        | (?<!\w)(?:{prefixes})-(?!(?:[^\W\d_]\.){{2}})(?=[^\W\d_]|\d\d+s)[^\W_]+(?:{apostrophe}[^\W\d_]+)*
        | [^\W\d_]+(?:{apostrophe}[^\W\d_]+)+                                # O'Connor, don't: clitics are cut later
        | [^\W_]\w*(?:&\w+)+                                                 # AT&T
        | (?:US|C|A|NZ|HK|S)\$
        | \w+
        | [-=]*(?:---|===)[-=]*
        | \.{{2,}}|…+|-{{2,}}|[!?]+|[.,:]\?+|/{{2,}}|\*+|=+|~+|_+|\#+|\${{2,}}|<+|>+|''|``|‘’|’’|\++
        | .
        """,
        re.VERBOSE | re.DOTALL | re.IGNORECASE,
    )
    clitic = re.compile(
        "(?:" + "|".join(any_apostrophe(c) for c in sorted(known["clitics"], key=len, reverse=True)) + r")$",
        re.IGNORECASE,
    )
    compounds = {w.replace("|", ""): w.index("|") for w in known["closed compounds"]}
    after_it_is = frozenset(known["after its for it is"])
    return Rules(scan, clitic, frozenset(abbreviations), compounds, after_it_is)


def cut(found: str) -> list[str]:
    """Cut what the scanner found into words: clitics ("don't" is two words), "cannot", "5pm"."""
    know = rules()
    if at := know.compounds.get(found.lower()):
        return [found[:at], found[at:]]
    if found[0].isalpha() and any(a in found for a in APOSTROPHES):
        m = know.clitic.search(found)
        return [*cut(found[: m.start()]), found[m.start() :]] if m and m.start() else [found]
    if found[0].isdigit() and found[-1].isalpha():
        m = UNIT.fullmatch(found)
        return [m[1], m[2]] if m and m[2] != "M" else [found]
    return [found]


@lru_cache(maxsize=CACHE_SIZE)
def chunk_words(chunk: str) -> tuple[str, ...]:
    """Words of a run of characters without blanks; together they are the run."""
    know = rules()
    if chunk.isalpha() and chunk.lower() not in know.compounds:
        return (chunk,)
    words: list[str] = []
    found = know.scan.findall(chunk)
    at = 0
    for i, piece in enumerate(found):
        at += len(piece)
        if piece == "." and words and i and (words[-1] + ".") in know.abbreviations and not words[-1][0].isdigit():
            words[-1] += "."  # an abbreviation keeps its stop
        elif piece[:2] == ".?" and words and (words[-1] + ".") in know.abbreviations:
            words[-1] += "."
            words.append(piece[1:])
        elif piece == "." and words and len(words[-1]) == 1 and words[-1].isalpha() and words[-1].isupper() and i == 1:
            words[-1] += "."  # an initial
        elif (
            words
            and piece[0] in APOSTROPHES
            and know.clitic.fullmatch(piece + (found[i + 1] if i + 1 < len(found) else ""))
        ):
            words.append(piece)  # "U.S.'s": the apostrophe waits for its s
        elif (
            words
            and len(words[-1]) == 1
            and words[-1] in APOSTROPHES
            and i > 1
            and know.clitic.fullmatch(words[-1] + piece)
        ):
            words[-1] += piece
        else:
            words.extend(cut(piece))
    return tuple(words)


def in_context(chunk: str, text: str, end: int) -> tuple[str, ...]:
    """Words of the few runs that depend on what follows: "its a" = "it's a", "etc." before a capital; else ()."""
    bare = chunk.lower()
    if bare == "its":
        after = AFTER.match(text, end)
        return (chunk[:2], chunk[2:]) if after and after[1].lower() in rules().after_it_is else ()
    if bare == "etc.":
        after = AFTER.match(text, end)
        return (chunk[:-1], ".") if after is None or after[1][0].isupper() else ()
    return ()


def split(text: str) -> tuple[list[str], list[bool]]:
    """Words and "a blank follows" of a text, as spaCy wants them: ``"".join(...)`` gives the text back.

    Blanks beyond one, newlines and the like are words of their own (spaCy's whitespace tokens).
    """
    words: list[str] = []
    spaces: list[bool] = []
    for m in re.finditer(r"(\s+)|(\S+)", text):
        if m[1] is not None:
            blank = m[1]
            if blank[0] == " " and words and not spaces[-1]:
                spaces[-1] = True
                blank = blank[1:]
            if blank:
                words.append(blank)
                spaces.append(False)
            continue
        chunk = m[2]
        for start in range(0, len(chunk), LONGEST_CHUNK):
            part = chunk[start : start + LONGEST_CHUNK]
            new = chunk_words(part) if len(part) <= LONGEST_CACHED else chunk_words.__wrapped__(part)
            if len(part) <= LONGEST_CONTEXT and (other := in_context(part, text, m.end())):
                new = other
            words.extend(new)
            spaces.extend([False] * len(new))
    return words, spaces


class Tokenizer:
    """Callable for ``nlp.tokenizer``: text to ``Doc``."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The words of the text, nothing set on them."""
        from spacy.tokens import Doc

        words, spaces = split(text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to save: the rules are code and data of the package."""

    def from_disk(self, path: Any, **_: Any) -> Tokenizer:
        """Nothing to load."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """As `to_disk`."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Tokenizer:
        """As `from_disk`."""
        return self
