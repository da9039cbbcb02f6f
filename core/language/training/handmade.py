"""Sentences whose names were marked by hand for this project.

Those of real news were chosen where the model was unsure; the others were written to show what it tends to get wrong:
firms, bodies and people called by one word, and the English of mails and reviews. See MODEL.md.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

from newsdash.core.language.tokenizer import split
from newsdash.core.language.training.guideline import OUTSIDE_BIT, begin, inside
from newsdash.core.language.training.sentences import Sentence

COLLECTIONS = ("news", "written", "web")
MARK = re.compile(r"\[([A-Z_]+) ([^\]]+)\]")
"""``[TYPE words]``; the type X says that nobody could tell."""


def unmarked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of a marked line, and its names (first character, end, type)."""
    text, names, at = "", [], 0
    for m in MARK.finditer(line):
        text += line[at : m.start()]
        names.append((len(text), len(text) + len(m[2]), m[1]))
        text += m[2]
        at = m.end()
    return text + line[at:], names


def marked_record(line: str) -> dict[str, Any]:
    """A marked line in the form of the entity corpora; a word that reaches over the edge of a name is missing."""
    text, names = unmarked(line)
    words, spaces = split(text)
    places, at = [], 0
    for word, space in zip(words, spaces, strict=True):
        places.append((at, at + len(word)))
        at += len(word) + space
    ents: list[tuple[int, int, str]] = []
    missing: list[tuple[int, int]] = []
    for first, last, kind in names:
        touched = [i for i, (start, end) in enumerate(places) if start < last and first < end]
        start, end = touched[0], touched[-1] + 1
        if kind == "X" or (places[start][0], places[end - 1][1]) != (first, last):
            missing.append((start, end))
        else:
            ents.append((start, end, kind))
    return {"text": text, "tokens": words, "spaces": spaces, "ents": ents, "missing": missing}


def handmade(part: str, collection: str = "news") -> list[dict[str, Any]]:
    """The records of ``lists/<collection>-<part>.txt``, one a line; the part is "train" or "test"."""
    text = resources.files(__package__).joinpath(f"lists/{collection}-{part}.txt").read_text("utf-8")
    return [marked_record(line) for line in text.splitlines() if not line.startswith("# ")]


def sentences(part: str, collection: str) -> list[Sentence]:
    """The same as sentences, each a document of its own."""
    found = []
    for k, record in enumerate(handmade(part, collection)):
        bits = [OUTSIDE_BIT] * len(record["tokens"])
        for start, end, kind in record["ents"]:
            bits[start:end] = [begin(kind)] + [inside(kind)] * (end - start - 1)
        for start, end in record["missing"]:
            bits[start:end] = [0] * (end - start)
        found.append(Sentence(record["tokens"], record["spaces"], f"{collection}{k}", collection, names=bits))
    return found
