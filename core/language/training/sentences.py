"""The corpora in one form: sentences whose words may be annotated, or not, for each task."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

UNKNOWN = ""
"""A tag, label or lemma that nobody annotated."""


@dataclass
class Sentence:
    """Words of one sentence with whatever is known of them.

    `names` has one bit set a word of the labels it may bear (0 = nothing is known); `heads` are indices in the
    sentence, -1 for its root; the lists are empty where the sentence has no parse.
    """

    words: list[str]
    spaces: list[bool]
    doc: str = ""
    source: str = ""
    new_paragraph: bool = False
    names: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the sentence."""
        return "".join(w + " " * s for w, s in zip(self.words, self.spaces, strict=True)).rstrip()


def lines(path: Path) -> Iterator[str]:
    """Lines of a text file, plain or gzipped, whichever of the two is there."""
    if not path.exists() and path.with_name(path.name + ".gz").exists():
        path = path.with_name(path.name + ".gz")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from (line.rstrip("\n") for line in file)


def records(path: Path) -> list[dict[str, Any]]:
    """Records of a JSON-lines file."""
    return [json.loads(line) for line in lines(path) if line]


def treebank(path: Path) -> list[Sentence]:
    """Sentences of a CoNLL-U file.  The words of a range ("don't") are its parts, glued together."""
    sentences: list[Sentence] = []
    doc, paragraph = "", True
    current: Sentence | None = None
    glued_until, space_after_range = 0, True
    for line in lines(path):
        if line.startswith("#"):
            if line.startswith("# newdoc id = "):
                doc, paragraph = line.removeprefix("# newdoc id = "), True
            elif line.startswith(("# newpar id", "# newpar_block")) or line == "# newpar":
                paragraph = True
        elif not line:
            current = None
        else:
            number, form, lemma, upos, xpos, feats, head, dep, _, misc = line.split("\t")
            space = "SpaceAfter=No" not in misc
            if "." in number:
                continue
            if "-" in number:
                glued_until, space_after_range = int(number.split("-")[1]), space
                continue
            if current is None:
                current = Sentence([], [], doc, "dep", paragraph)
                paragraph, glued_until = False, glued_until if number == "1" and glued_until else 0
                sentences.append(current)
            index = int(number)
            if index <= glued_until:
                space = space_after_range if index == glued_until else False
                if index == glued_until:
                    glued_until = 0
            current.words.append(form)
            current.spaces.append(space)
            current.tags.append(xpos)
            current.morphs.append(upos if feats == "_" else f"{upos}|{feats}")
            current.lemmas.append(form if lemma == "_" else lemma)
            current.heads.append(int(head) - 1)
            current.deps.append(dep)
    return sentences
