"""All corpora of a training run: read, brought to the guideline, joined with the treebank, encoded as numbers."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from newsdash.core.language.labels import shape
from newsdash.core.language.lemmas import make_rule
from newsdash.core.language.pieces import Pieces
from newsdash.core.language.training import handmade
from newsdash.core.language.training.guideline import convert, read_gazetteer
from newsdash.core.language.training.sentences import Sentence, records, treebank
from numpy.typing import NDArray

SHARES = {
    "wikigold": 1.0,
    "wnut17": 0.2,
    "btc": 0.15,
    "crossner_ai": 0.5,
    "crossner_literature": 0.7,
    "crossner_music": 0.7,
    "crossner_politics": 1.0,
    "crossner_science": 0.7,
    "redocred": 0.4,
    "re3d_open": 1.0,
    "fewnerd_inter": 0.25,
    "voa": 0.5,
    "news": 1.5,
    "written": 3.0,
    "web": 3.0,
}
"""Share of each entity corpus in one pass (the treebank with its names is always there whole); 1.5 = half twice."""

TESTED = ("uner_ewt/test", "wikigold/test", "gum_names/test", "crossner_politics/test", "re3d_open/dev")
"""Parts that bars are measured on: no sentence of theirs may be trained on."""
REPORTED = ("fewnerd_inter/dev",)
"""Kept aside, too, for the figures by type."""


@dataclass(frozen=True)
class Inventory:
    """The classes of each head, in the order of the network's outputs."""

    tags: tuple[str, ...]
    morphs: tuple[str, ...]
    lemmas: tuple[str, ...]
    deps: tuple[str, ...]


@dataclass
class Encoded:
    """A sentence as numbers.  `-1` = unknown; in `heads` -1 = root and -2 = unknown; `names` as in `Sentence`."""

    pieces: list[tuple[int, ...]]
    shapes: NDArray[np.int64]
    spaces: list[bool]
    names: NDArray[np.int64]
    tags: NDArray[np.int64]
    morphs: NDArray[np.int64]
    lemmas: NDArray[np.int64]
    heads: NDArray[np.int64]
    deps: NDArray[np.int64]
    doc: str
    new_paragraph: bool
    parsed: bool
    final_stop: bool


def key(text: str) -> str:
    """A text without blanks and case, to find the same sentence in two corpora."""
    return "".join(text.split()).lower()


def tested_texts(corpora: Path) -> set[str]:
    """Keys of the sentences of all tested parts, long enough to be no chance."""
    texts = [r["text"] for part in TESTED for r in records(corpora / "ner" / f"{part}.jsonl")]
    texts += [s.text for s in treebank(corpora / "dep" / "test.ship.conllu")]
    return {key(t) for t in texts if len(t) >= 30}


def parts(corpora: Path, source: str) -> list[str]:
    """The parts of an entity corpus that may be trained on: all that no figure is taken on."""
    names = sorted({file.name.split(".")[0] for file in (corpora / "ner" / source).glob("*.jsonl*")}, reverse=True)
    return [name for name in names if f"{source}/{name}" not in (*TESTED, *REPORTED)]


def joined_treebank(corpora: Path, part: str) -> list[Sentence]:
    """The treebank's sentences with the names that UNER and GUM give to the same text."""
    named = {}
    read_gazetteer(corpora)
    for source in ("uner_ewt", "gum_names"):
        for record in records(corpora / "ner" / source / f"{part}.jsonl"):
            converted = convert(record, source)
            named[key(record["text"])] = converted
    sentences = treebank(corpora / "dep" / f"{part}.ship.conllu")
    for sentence in sentences:
        other = named.get(key(sentence.text))
        sentence.names = transfer(other, sentence.words) if other else [0] * len(sentence.words)
    return sentences


def transfer(source: Sentence, words: list[str]) -> list[int]:
    """Label sets of one cutting into words laid on another; 0 where the cuts differ."""
    at, places = 0, {}
    for word, bits in zip(source.words, source.names, strict=True):
        places[at, at + len(word)] = bits
        at += len(word)
    found, at = [], 0
    for word in words:
        found.append(places.get((at, at + len(word)), 0))
        at += len(word)
    return found


def entity_sentences(corpora: Path, forbidden: set[str]) -> dict[str, list[Sentence]]:
    """Training sentences of the entity corpora that are not in the treebank, by corpus."""
    found = {}
    read_gazetteer(corpora)
    for source in SHARES:
        found_here = (r for part in parts(corpora, source) for r in records(corpora / "ner" / source / f"{part}.jsonl"))
        kept = [r for r in found_here if key(r["text"]) not in forbidden]
        found[source] = [s for s in (convert(r, source) for r in kept) if s.words]
    return found | {name: handmade.sentences("train", name) for name in handmade.COLLECTIONS}


def make_inventory(sentences: list[Sentence]) -> Inventory:
    """Classes seen at least twice (lemma rules three times), the most frequent first."""

    def classes(values: list[str], least: int) -> tuple[str, ...]:
        counts = Counter(v for v in values if v and v != "_")
        return tuple(v for v, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least)

    return Inventory(
        classes([t for s in sentences for t in s.tags], 2),
        classes([m for s in sentences for m in s.morphs], 2),
        classes([make_rule(w, x) for s in sentences for w, x in zip(s.words, s.lemmas, strict=True)], 3),
        classes([d for s in sentences for d in s.deps], 2),
    )


def encode(sentences: list[Sentence], inventory: Inventory, pieces: Pieces) -> list[Encoded]:
    """Sentences as numbers."""
    maps = [
        {v: i for i, v in enumerate(part)}
        for part in (inventory.tags, inventory.morphs, inventory.lemmas, inventory.deps)
    ]
    tag_of, morph_of, lemma_of, dep_of = maps
    encoded = []
    for s in sentences:
        n = len(s.words)
        unknown = np.full(n, -1, np.int64)
        parsed = bool(s.heads)
        encoded.append(
            Encoded(
                pieces(s.words),
                np.array([shape(w) for w in s.words], np.int64),
                s.spaces,
                np.array(s.names or [0] * n, np.int64),
                np.array([tag_of.get(t, -1) for t in s.tags], np.int64) if parsed else unknown,
                np.array([morph_of.get(m, -1) for m in s.morphs], np.int64) if parsed else unknown,
                np.array([lemma_of.get(make_rule(w, x), -1) for w, x in zip(s.words, s.lemmas, strict=True)], np.int64)
                if parsed
                else unknown,
                np.array(s.heads, np.int64) if parsed else np.full(n, -2, np.int64),
                np.array([dep_of.get(d, -1) for d in s.deps], np.int64) if parsed else unknown,
                s.doc,
                s.new_paragraph,
                parsed,
                s.words[-1] in (".", "!", "?", '"', "”", "'", "’", "...", "…"),
            )
        )
    return encoded


def one_pass(corpora: dict[str, list[Encoded]], seed: int) -> dict[str, list[Encoded]]:
    """The sentences of one pass over the entity corpora: of each corpus its share, in runs of one document."""
    rng = random.Random(seed)
    chosen = {}
    for source, sentences in corpora.items():
        share = SHARES.get(source, 1.0)
        run = 8
        starts = list(range(0, len(sentences), run))
        rng.shuffle(starts)
        taken = (starts * math.ceil(share))[: max(1, round(len(starts) * share))]
        chosen[source] = [s for start in taken for s in sentences[start : start + run]]
    return chosen
