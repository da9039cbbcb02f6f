"""The heads of the parse learn on: ``python -m newsdash.core.language.training.heads CORPORA --before WEIGHTS``.

The student of step 7 (``MODEL.md``) has the parse of news partly from its teachers, and theirs was worse than that of
the model before: in possessives ("Tuesday's vote") and subjects of clauses ("said he wants"). So the heads of tags,
arcs and their labels learn on, from the treebank and from raw news as the model before parsed it (``--before``: its
exported weights). The encoder and all other heads stay as they are, and with them names and vectors.

Needs the folder of work of step 7; the state goes to ``heads`` beside the student's.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from newsdash.core.language.component import build
from newsdash.core.language.pieces import Pieces
from newsdash.core.language.training.__main__ import WEIGHTS, encoder_folder, prepared, write
from newsdash.core.language.training.corpora import Encoded, encode
from newsdash.core.language.training.export import with_average
from newsdash.core.language.training.network import DROPOUT, Network, losses
from newsdash.core.language.training.sentences import UNKNOWN, Sentence, lines
from newsdash.core.language.training.train import device, weighed
from newsdash.core.language.training.windows import batches, collate, windows
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional

log = logging.getLogger("training")
_LEARNED = ("tags", "arcs", "deps")  # the losses that count
_PARAMETERS = ("tags.", "root", "arc_", "label_")  # how the names of what lowers them begin
_STUDENT, _STAGE = "student", "heads"
_TOGETHER, _LEAST, _MOST = 6, 3, 60  # lines of news that make one text, and words of a sentence of it
_NEWS = 0.5  # the weight of what only a model says
_EPOCHS, _RATE, _BUDGET, _AVERAGE, _SEED = 6, 1e-3, 6_000, 0.99, 3

Lesson = tuple[dict[str, Tensor], float]
"""A batch with states in the place of its pieces (`OnStates`), and its weight."""


class OnStates(Network):
    """The network for batches in which the states of words that its encoder gave before stand as ``ids``."""

    def encode(self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor) -> Tensor:
        """The states, as they are."""
        return ids.float()

    def words(self, x: Tensor, first: Tensor, last: Tensor, shapes: Tensor, gaps: Tensor) -> tuple[Tensor, Tensor]:
        """The states, already of words."""
        return functional.dropout(x, DROPOUT, self.training), x


def news(corpora: Path) -> Iterator[str]:
    """Every second group of lines of the raw news."""
    texts = list(lines(corpora / "raw" / "voa.txt"))
    yield from (" ".join(texts[i : i + _TOGETHER]) for i in range(0, len(texts), 2 * _TOGETHER))


def parsed(docs: Iterable[Doc]) -> Iterator[Sentence]:
    """The sentences of parsed texts with tags and heads; morphology and lemmas are not learned here."""
    for number, doc in enumerate(docs):
        for span in doc.sents:
            words = [t for t in span if not t.is_space]
            at = {t.i: i for i, t in enumerate(words)}
            if _LEAST <= len(words) <= _MOST and all(t.head.i in at for t in words):
                yield Sentence(
                    [t.text for t in words], [bool(t.whitespace_) for t in words], f"voa{number}", "voa",
                    tags=[t.tag_ for t in words],
                    morphs=[UNKNOWN] * len(words), lemmas=[UNKNOWN] * len(words),
                    heads=[-1 if t.head.i == t.i else at[t.head.i] for t in words],
                    deps=["root" if t.head.i == t.i else t.dep_ for t in words],
                )  # fmt: skip


def lessons(network: Network, sources: Sequence[tuple[list[Encoded], int, float]], pieces: Pieces) -> Iterator[Lesson]:
    """The batches of sentences, each source with the seed of its windows and its weight, read by the encoder once.

    The states are kept in half precision: they take about a gigabyte.
    """
    rng, noise = random.Random(_SEED), np.random.default_rng(_SEED)
    for sentences, seed, weight in sources:
        for batch in batches(windows(sentences, random.Random(seed)), _BUDGET, rng):
            arrays = collate(batch, pieces.cls, pieces.sep, pieces.unk, noise)
            feed = {k: torch.from_numpy(v).to(device()) for k, v in arrays.items()}
            with torch.no_grad():
                x = network.encode(feed["ids"], feed["shapes"], feed["gaps"], feed["mask"].float())
                feed["ids"] = network.words(x, *(feed[k] for k in ("first", "last", "word_shapes", "word_gaps")))[0]
            yield {k: v.half() if k == "ids" else v for k, v in feed.items()}, weight


def learned(network: OnStates, known: list[Lesson]) -> dict[str, Tensor]:
    """The running average of the heads' parameters after all epochs."""
    network = network.to(device()).train()
    for name, p in network.named_parameters():
        p.requires_grad_(name.startswith(_PARAMETERS))
    trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
    average = {name: p.detach().clone() for name, p in trained.items()}
    masters = list(trained.values())
    optimizer = torch.optim.AdamW(masters, _RATE, weight_decay=0.01)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=_EPOCHS * len(known), pct_start=0.1)
    rng, number, begun = random.Random(_SEED), 0, time.monotonic()
    for epoch in range(_EPOCHS):
        seen = dict.fromkeys(_LEARNED, 0.0)
        for batch, weight in rng.sample(known, len(known)):
            found = losses(network(batch), batch)
            parts = {k: found[k] for k in _LEARNED}
            (weight * weighed(parts)).backward()
            nn.utils.clip_grad_norm_(masters, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            rates.step()
            number += 1
            keep = min(_AVERAGE, number / (number + 20))
            torch._foreach_lerp_(list(average.values()), [p.detach() for p in masters], 1 - keep)
            seen = {k: seen[k] + float(v.detach()) for k, v in parts.items()}
        shown = " ".join(f"{k} {v / len(known):.4f}" for k, v in seen.items())
        log.info("heads: epoch %d  %.0f s  %s", epoch, time.monotonic() - begun, shown)
    return {name: part.cpu() for name, part in average.items()}


def taught(corpora: Path, before: Path, work: Path) -> dict[str, Any]:
    """The state of the student with the heads that learned on."""
    _, inventory, bank, _ = prepared(work)
    pieces = Pieces.from_file(encoder_folder() / "tokenizer.json")
    nlp = build(before, os.cpu_count() or 1)
    told = encode(list(parsed(nlp.pipe(news(corpora)))), inventory, pieces)
    log.info("%d sentences of the treebank, %d of news", len(bank), len(told))
    torch.manual_seed(_SEED)
    state = torch.load(work / _STUDENT / "state.pt", map_location="cpu", weights_only=True)
    student = with_average(Network(inventory), state).to(device())
    known = list(lessons(student, [(bank, 1, 1.0), (bank, 2, 1.0), (told, 1, _NEWS)], pieces))
    network = OnStates(inventory)
    network.load_state_dict(student.state_dict())
    kept = {name: state[name] for name in ("weights", "step")}  # no optimizer: nothing goes on from here
    return kept | {"average": state["average"] | learned(network, known)}


def main(arguments: Sequence[str]) -> int:
    """Learn, and put the new weights in place."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--before", type=Path, required=True, help="the exported weights that step 7 went on from")
    parser.add_argument("--work", type=Path, default=Path(".work/training"))
    options = parser.parse_args(arguments)
    work: Path = options.work
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    state = taught(options.corpora, options.before, work)
    (work / _STAGE).mkdir(exist_ok=True)
    torch.save(state, work / _STAGE / "state.pt")
    write(work, _STAGE, WEIGHTS)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
