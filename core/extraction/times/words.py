"""Words to atoms: what each word may be in a time expression, from the tables ``time_words`` and ``time_holidays``.

A document becomes a few islands: runs of neighbouring words that all have a class, at least one of them a strong one
("Friday", "1998", "weeks"). Everything else is never looked at again, which makes the layer cheap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsdash.core.extraction import lexicon, numerals
from spacy.tokens import Doc, Token

_PIECE = re.compile(
    r"\d{4}-\d\d?-\d\d?(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)|\d{1,2}/\d{1,2}/\d\d(?!\d)|\d{4}/\d{1,2}(?:/\d{1,2})?(?!\d)"
    r"|(?:[^\W\d_]\.){2,}|\d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th|s|'s)(?![^\W\d_]))?|[^\W\d_]+(?:'[^\W\d_]+)?\.?|'s|.",
    re.DOTALL,
)
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.h]([0-5]\d)(?:[:.]([0-5]\d))?")
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")
_DECADE = re.compile(r"(?:1[0-9]|20)\d0'?s|[2-9]0'?s")
_SLASH = re.compile(r"\d{4}/\d{1,2}|\d{1,2}/\d{1,2}")
_POSSESSIVE = re.compile(r"'s\b")  # a word of its own in a parsed text
_LONGEST_WORD = 40
_CACHE_LIMIT = 300_000  # words remembered; beyond it the memory starts again
FILLER = "."


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, a part of a word or a fixed phrase: class, value, characters start:end, tokens first..last."""

    cls: str
    value: object
    start: int
    end: int
    first: int
    last: int
    text: str


@dataclass(frozen=True)
class _Lexicon:
    single: dict[str, tuple[str, object]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, object], ...]]
    members: frozenset[str]
    triggers: frozenset[str]


def split(word: str) -> list[str]:
    """A word cut at hyphens and between digits and letters: "mid-November" -> mid, -, November."""
    return _PIECE.findall(word)


@cache
def _lexicon() -> _Lexicon:
    single: dict[str, tuple[str, object]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, object]]] = {}
    members: set[str] = set()
    rows = [(cls, value, names) for cls, value, names in lexicon.table("time_words")]
    rows += [("HOLIDAY", rule, names) for rule, names in lexicon.table("time_holidays")]
    rows += [("ord", value, names) for value, names in lexicon.table("time_ordinals")]
    for cls, value, names in rows:
        given: object = int(value) if re.fullmatch(r"-?\d+", value) else value
        for name in names.split(", "):
            parts = tuple(p for word in _POSSESSIVE.sub(" 's", plain(name)).split() for p in split(word))
            if len(parts) == 1:
                single.setdefault(parts[0], (cls, given))
            else:
                members.update(parts)
                phrases.setdefault(parts[0], []).append((parts, cls, given))
    longest_first = {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in phrases.items()}
    strong = {w for w, (cls, _) in single.items() if cls.isupper()}
    triggers = {
        max(parts, key=len)
        for several in phrases.values()
        for parts, cls, _ in several
        if cls.isupper() and not strong.intersection(parts)
    }
    spoken = {"eighteen", "nineteen", "twenty"}  # they begin years in words
    return _Lexicon(single, longest_first, frozenset(members), frozenset(triggers | spoken))


def plain(text: str) -> str:
    """Lower case, with straight apostrophes."""
    low = text.lower()
    if len(low) != len(text):  # "İ" has two characters in lower case: offsets must hold
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'").replace("‘", "'").replace("`", "'")


def classify(piece: str) -> tuple[str, object] | None:
    """Class and value of one piece, None when it has no part in time expressions."""
    know = _lexicon()
    if found := know.single.get(piece):
        return found
    if piece[0].isdigit():
        return _number_class(piece)
    if numerals.is_word(piece) or piece in "½¼¾":
        return "numword", piece
    if re.fullmatch(r"q[1-4]", piece):
        return "QNUM", int(piece[1])
    if piece in ("h1", "h2"):
        return "HNUM", int(piece[1])
    if piece == "fy":
        return "FISCAL", "FY"
    return (FILLER, None) if piece in know.members else None


def _number_class(piece: str) -> tuple[str, object] | None:
    if piece.isascii() and piece.isdigit():
        if len(piece) == 4 and 1000 <= int(piece) <= 2199:
            return "YEAR", int(piece)
        return "num", float(piece) if len(piece) <= 12 else None
    if ":" in piece and (m := _CLOCK.fullmatch(piece)):
        return "CLOCK", (int(m[1]), int(m[2]), int(m[3]) if m[3] else None)
    if m := _ORDINAL.fullmatch(piece):
        return "ord", int(m[1])
    if _DECADE.fullmatch(piece):
        return "DECADE", int(re.sub(r"\D", "", piece)) // 10
    if _PIECE.fullmatch(piece) and len(re.findall(r"[-/.]", piece)) == 2 and len(piece) >= 6:
        return "NUMDATE", piece
    if _SLASH.fullmatch(piece):
        return "slash", piece
    if (value := numerals.digits(piece)) is not None:
        return "num", value
    return None


def _entry(word: str) -> tuple[tuple[int, int, str, str | None, object], ...]:
    """The pieces of a word: characters from and to, text, class and value; () when the word has no class."""
    if len(word) > _LONGEST_WORD or word.isspace():
        return ()
    text = plain(word)
    whole = classify(text)
    if whole is not None:
        return ((0, len(word), text, whole[0], whole[1]),)
    pieces = split(text)
    if len(pieces) == 1:
        return ()
    entry = []
    at = 0
    for piece in pieces:
        found = classify(piece)
        entry.append((at, at + len(piece), piece, found[0] if found else None, found[1] if found else None))
        at += len(piece)
    return tuple(entry) if any(e[3] for e in entry) and at == len(word) else ()


_ENTRIES: dict[int, tuple[tuple[int, int, str, str | None, object], ...]] = {}


def islands(doc: Doc) -> Iterator[list[Atom]]:
    """The runs of classed words that may hold a time expression, in text order."""
    if len(_ENTRIES) > _CACHE_LIMIT:
        _ENTRIES.clear()
    run: list[Atom] = []
    strong = False
    strings = doc.vocab.strings
    triggers = _lexicon().triggers
    for i, key in enumerate(doc.to_array("LOWER").tolist()):
        entry = _ENTRIES.get(key)
        if entry is None:
            entry = _ENTRIES[key] = _entry(strings[key])
        if not entry:
            if strong:
                yield run
            if run:
                run, strong = [], False
            continue
        at = doc[i].idx
        if entry[-1][1] != len(doc[i]):  # "İ" has two characters in lower case: offsets must hold
            entry = _entry(doc[i].text)
        for start, end, text, cls, value in entry:
            if cls is None:
                if strong:
                    yield run
                if run:
                    run, strong = [], False
                continue
            run.append(Atom(cls, value, at + start, at + end, i, i, text))
            strong = strong or cls.isupper() or cls == "slash" or text in triggers
    if strong:
        yield run


def prepare(run: list[Atom], doc: Doc) -> list[Atom]:
    """Join what belongs together (phrases, number words, "twenty-first") and drop false friends ("may", "second")."""
    texts = [a.text for a in run]
    know = _lexicon()
    made: list[Atom] = []
    i = 0
    while i < len(run):
        atom, used = run[i], 1
        for parts, cls, value in know.phrases.get(texts[i], ()):
            if tuple(texts[i : i + len(parts)]) == parts and not (cls == "REF" and _goes_on(run, i + len(parts))):
                atom, used = _joined(run[i : i + len(parts)], cls, value), len(parts)
                break
        else:
            if atom.cls == "numword":
                atom, used = _number(run, texts, i)
            elif atom.cls == "num":
                found = numerals.read(texts, i)
                if found and found[1] > 1:
                    atom, used = _joined(run[i : i + found[1]], "num", found[0]), found[1]
        before = made[-1] if made else None
        if before is not None and before.text == "of" and len(made) > 1:
            before = made[-2]  # "the first of march"
        atom = _honest(atom, before, run[i + used] if i + used < len(run) else None, doc)
        made.append(atom)
        i += used
    return made


def _goes_on(run: list[Atom], i: int) -> bool:
    """Whether a unit or number follows: "the past" is no reference in "the past decade"."""
    return i < len(run) and run[i].cls in _CONTINUES


_CONTINUES = frozenset({"UNIT", "UNITS", "SECOND", "QUARTER", "CENTURY", "num", "numword", "quant", "SEASON", "a"})


def _joined(atoms: list[Atom], cls: str, value: object) -> Atom:
    text = " ".join(a.text for a in atoms)
    return Atom(cls, value, atoms[0].start, atoms[-1].end, atoms[0].first, atoms[-1].last, text)


def _number(run: list[Atom], texts: list[str], i: int) -> tuple[Atom, int]:
    if year := numerals.spoken_year(texts, i):
        return _joined(run[i : i + year[1]], "YEAR", year[0]), year[1]
    found = numerals.read(texts, i)
    if not found:
        return run[i], 1
    value, used = found
    after = i + used
    if value in (20, 30, 40, 50, 60, 70, 80, 90):
        skip = 1 if after < len(run) and run[after].cls == "hyphen" else 0
        if after + skip < len(run) and run[after + skip].cls in ("ord", "SECOND"):
            last = run[after + skip]
            unit = 2 if last.cls == "SECOND" else int(str(last.value))
            if unit < 10:
                return _joined(run[i : after + skip + 1], "ord", int(value) + unit), used + skip + 1
    return _joined(run[i:after], "num", value), used


_NUMERIC = frozenset({"num", "ord", "YEAR", "numword", "SECOND"})
_LOWER_OK = frozenset({"of", "the", "in", "early", "late", "mid", "last", "next", "this", "since", "until", "by"})


def _honest(atom: Atom, before: Atom | None, after: Atom | None, doc: Doc) -> Atom:
    """The atom, weakened to a filler where its word means something else here."""
    token = doc[atom.first]
    if atom.text == "march" and _marching(token, before, after):
        return _filler(atom)
    if atom.cls in ("MONTH", "WEEKDAY") and atom.first == atom.last and token.text.islower():
        numbers = (before and _dates(before)) or (after and after.cls in _NUMERIC)
        if atom.text in ("may", "march", "mar.", "mar", "sun.", "sat.", "mon", "tue", "fri", "wed", "jan", "dec"):
            if not numbers:
                return _filler(atom)
        elif atom.text in ("august", "sept", "sep", "oct", "nov", "apr", "jun", "jul", "feb") and not numbers:
            return _filler(atom)
    elif atom.cls in ("MONTH", "WEEKDAY") and atom.text in ("may", "march", "sun.", "sat.", "mar."):
        if token.tag_ == "MD" or (token.pos_ == "VERB" and not (after and after.cls in _NUMERIC)):
            return _filler(atom)
    elif (atom.cls == "SEASON" and atom.text in ("spring", "fall", "springs") and token.pos_ == "VERB") or (
        atom.text in ("april", "june", "august", "jan", "jun") and token.ent_type_ == "PERSON"
    ):
        return _filler(atom)
    return atom


def _dates(before: Atom) -> bool:
    """Whether a number before a month may be its day: "3 may", "third of may", but not "one may ask"."""
    return before.cls in _NUMERIC and (before.cls != "num" or before.text[:1].isdigit())


def _marching(token: Token, before: Atom | None, after: Atom | None) -> bool:
    """ "to march 286 miles", "the March on Versailles": no month."""
    if token.pos_ == "VERB" and token.text.islower():
        return True
    if (before and before.cls in _NUMERIC) or (after and after.cls in _NUMERIC):
        return False
    ahead = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    behind = token.nbor(-1).lower_ if token.i else ""
    return ahead in ("on", "for", "of", "to") and behind in ("the", "a", "annual", "'s", "’s", "first", "protest")


def _filler(atom: Atom) -> Atom:
    return Atom(FILLER, None, atom.start, atom.end, atom.first, atom.last, atom.text)
