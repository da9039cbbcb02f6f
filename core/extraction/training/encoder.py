"""The language model trained on with positions: ``python -m newsdash.core.extraction.training.encoder CORPORA``.

A model that learned only names and parse forgets what the published encoder knew of meaning. Here it goes on with three
kinds of batches in turn: names and parse as before (a batch in every step), and, beside each, positions in annotated
articles and sentences, who is for or against whom (DSE2QA), or in which light somebody is shown (NewsMTSC). Its own
heads for these are thrown away: only the word vectors get better, and the networks that stand on them are trained anew
afterwards (``MODEL.md``). The articles that are held back are never seen, so that the judge can be measured on them.

Needs the folder of work in which ``core.language.training`` prepared and labelled; resumes where it was stopped.
"""

from __future__ import annotations

import argparse
import logging
import pickle
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own habit)
from newsdash.core.extraction.stances.network import Ints
from newsdash.core.extraction.training import articles, judge
from newsdash.core.extraction.training.articles import Example
from newsdash.core.extraction.training.examples import labelled, records
from newsdash.core.extraction.training.scores import macro_f1
from newsdash.core.language import load
from newsdash.core.language.component import Words
from newsdash.core.language.network import Network as Exported
from newsdash.core.language.network import Window
from newsdash.core.language.parse import Section, plan
from newsdash.core.language.training import network as net
from newsdash.core.language.training.__main__ import WEIGHTS, encoder_folder, material, write
from newsdash.core.language.training.plan import Plan
from newsdash.core.language.training.resume import load_exported
from newsdash.core.language.training.train import Steps, stream, weighed
from newsdash.core.language.training.windows import collate
from spacy.tokens import Doc
from torch import Tensor, nn

log = logging.getLogger("training")
STEPS, RATE, HEAD_RATE, NEW_RATE, WARM_UP, AVERAGE = 3_700, 1e-4, 6e-4, 1.5e-3, 100, 0.998
BUDGET = 1_300
"""Pieces of a batch, of either kind."""
SHARE = 0.6
"""Weight of the batch of meaning against that of names and parse."""
TURNS = {"positions": 0.65, "pairs": 0.2, "tones": 0.15}
_MOST_WORDS, _SAVE_EVERY = 110, 200


@dataclass(frozen=True)
class Text:
    """An article or sentence: its windows, window and word of each token (-1: whitespace), and its openings."""

    windows: tuple[Window, ...]
    window: Ints
    word: Ints
    example: Example

    @property
    def size(self) -> int:
        """Pieces of all windows."""
        return sum(w.size for w in self.windows)


@dataclass(frozen=True)
class Marked:
    """A sentence with one or two marked spans of words, its class, and the group that keeps articles together."""

    window: Window
    first: tuple[int, int]
    second: tuple[int, int] | None
    label: int
    group: str

    @property
    def size(self) -> int:
        """Pieces of the window."""
        return self.window.size


def text_of(doc: Doc, example: Example, network: Exported) -> Text:
    """The windows as the running program cuts them; in an overlap the first half belongs to the earlier one."""
    words = Words(doc)
    planned = plan(Section(words.words, words.gaps), network)
    window, word = np.full(len(doc), -1, np.int64), np.full(len(doc), -1, np.int64)
    for k, (start, end) in enumerate(planned.spans):
        own = start if not k else (start + planned.spans[k - 1][1]) // 2
        at = words.real[own:end]
        window[at], word[at] = k, np.arange(own - start, end - start)
    nothing = np.zeros((0, 0), np.float32)
    return Text(tuple(planned.windows), window, word, replace(example, vectors=nothing, options=nothing))


def marked(doc: Doc, row: dict[str, Any], network: Exported) -> Iterator[Marked]:
    """The example of a record of NewsMTSC, or the two of one of DSE2QA (one for each direction)."""
    words = Words(doc)
    if not 0 < len(words.words) <= _MOST_WORDS:
        return
    place = {int(token): i for i, token in enumerate(words.real)}
    window = network.window(words.words, words.gaps)

    def span(at: Sequence[int]) -> tuple[int, int] | None:
        found = doc.char_span(at[0], at[1], alignment_mode="expand")
        inside = [place[t.i] for t in found or () if t.i in place]
        return (inside[0], inside[-1] + 1) if inside else None

    for a, b, label, group in labelled(row):
        first, second = span(a), span(b) if b is not None else None
        if first is not None and (b is None or second is not None):
            yield Marked(window, first, second, label, group)


def gathered(corpora: Path) -> dict[str, list[Any]]:
    """All examples: ``positions``, ``pairs``, ``tones``, and ``told`` (the pairs that are only measured on)."""
    nlp = load()
    network: Exported = nlp.get_pipe(nlp.pipe_names[-1]).network
    found: dict[str, list[Any]] = {
        "positions": [
            text_of(doc, e, network) for doc, e in articles.read(nlp, (articles.ARTICLES,)) if e.fits and len(e.options)
        ]
    }
    for name, file in (
        ("pairs", "dse2qa_train.jsonl.gz"), ("tones", "newsmtsc_train.jsonl.gz"), ("told", "dse2qa_valid.jsonl"),
    ):  # fmt: skip
        rows = records(corpora / "stance" / file)
        found[name] = [m for row in rows for m in marked(nlp.make_doc(row["text"]), row, network)]
    return found


class Heads(nn.Module):  # type: ignore[misc]
    """The heads that are thrown away: light on a span, pairs of spans, and a judge of positions."""

    def __init__(self, example: Example) -> None:
        super().__init__()
        self.tone = nn.Sequential(nn.Linear(2 * net.WIDTH, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, 3))
        self.pair = nn.Sequential(nn.Linear(4 * net.WIDTH + 2, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, 3))
        self.judge = judge.Judge(example, net.WIDTH)


def vectors(encoder: net.Network, network: Exported, windows: Sequence[Window]) -> Tensor:
    """Word vectors [B, W, width] as `doc.tensor` has them."""
    feed = {k: torch.from_numpy(v) for k, v in network.feed(windows).items()}
    x = encoder.encode(feed["ids"], feed["shapes"], feed["gaps"], feed["mask"].to(encoder.norm.weight.dtype))
    _, means = encoder.words(x, feed["first"], feed["last"], feed["word_shapes"], feed["word_gaps"])
    return means.float()


def read_marked(encoder: net.Network, heads: Heads, network: Exported, batch: Sequence[Marked]) -> Tensor:
    """Scores [B, 3] of against, neutral, for."""
    x = vectors(encoder, network, [m.window for m in batch])
    b, n, _ = x.shape
    whole, first, second, order = torch.zeros(b, n), torch.zeros(b, n), torch.zeros(b, n), torch.zeros(b, 2)
    for i, m in enumerate(batch):
        size = len(m.window.pieces)
        whole[i, :size] = 1 / size
        first[i, m.first[0] : m.first[1]] = 1 / (m.first[1] - m.first[0])
        if m.second is not None:
            second[i, m.second[0] : m.second[1]] = 1 / (m.second[1] - m.second[0])
            order[i] = torch.tensor([m.first[0] < m.second[0], min(abs(m.first[0] - m.second[0]), 40) / 40])
    mean, p, q = ((x * part[..., None]).sum(1) for part in (whole, first, second))
    if batch[0].second is None:
        return torch.as_tensor(heads.tone(torch.cat([p, mean], -1)))
    return torch.as_tensor(heads.pair(torch.cat([p, q, p * q, mean, order], -1)))


def read_texts(encoder: net.Network, heads: Heads, network: Exported, batch: Sequence[Text]) -> Any:
    """The scores of the judge for a batch of articles or sentences."""
    x = vectors(encoder, network, [w for t in batch for w in t.windows])
    rows, options, first = [], [], 0
    for t in batch:
        known = torch.from_numpy((t.word >= 0).astype(np.float32))[:, None]
        words = x[torch.from_numpy(t.window + first).clamp(min=0), torch.from_numpy(t.word).clamp(min=0)] * known
        first += len(t.windows)
        told = t.example.told
        trigger, a, z, holder, cue = torch.from_numpy(told.at).T
        sums = torch.cat([torch.zeros(1, words.shape[1]), words.cumsum(0)])
        mean = (sums[z] - sums[a]) / (z - a)[:, None]
        spoken = words[cue] * (cue >= 0)[:, None]
        rows.append(torch.cat([words[trigger], mean, words[holder], spoken], 1))
        options.append(words[torch.from_numpy(told.head)])
    return heads.judge(torch.cat(rows), *judge.told([t.example for t in batch], torch.cat(options)))


def batched(items: Sequence[Any], rng: random.Random) -> list[list[Any]]:
    """Batches of like length, at most `BUDGET` pieces, in random order."""
    found: list[list[Any]] = [[]]
    size = 0
    for item in sorted(items, key=lambda i: i.size + rng.random() * 8):
        if found[-1] and size + item.size > BUDGET:
            found.append([])
            size = 0
        found[-1].append(item)
        size += item.size
    rng.shuffle(found)
    return found


def endless(items: Sequence[Any], rng: random.Random) -> Iterator[list[Any]]:
    """Batches, pass after pass."""
    while True:
        yield from batched(items, rng)


def figures(encoder: net.Network, heads: Heads, network: Exported, held: dict[str, list[Any]]) -> str:
    """How the heads do on what is kept back."""
    encoder.eval()
    heads.eval()
    rng = random.Random(0)
    with torch.no_grad():
        found = []
        for name in ("tones", "told"):
            batches = batched(held[name], rng)
            told = [read_marked(encoder, heads, network, b).argmax(-1).tolist() for b in batches]
            found.append(macro_f1([m.label for b in batches for m in b], [c for part in told for c in part], 3))
        texts = held["positions"]
        seen = [judge.probabilities(read_texts(encoder, heads, network, [t]), t.example) for t in texts]
        data = [t.example for t in texts]
        best = max((judge.figures(data, seen, step / 50) for step in range(5, 45)), key=lambda f: f[1] + f[2])
    encoder.train()
    heads.train()
    tones, pairs = found
    return f"tones {tones:.1f}, pairs {pairs:.1f}; positions: F1 of holder, side, target {best}"


def train(corpora: Path, work: Path) -> None:
    """``<work>/positions/state.pt``, as the other stages of the language model leave theirs."""
    folder = work / "positions"
    folder.mkdir(parents=True, exist_ok=True)
    cache = folder / "examples.pkl"
    if not cache.exists():
        with cache.open("wb") as file:
            pickle.dump(gathered(corpora), file)
    with cache.open("rb") as file:
        data: dict[str, list[Any]] = pickle.load(file)
    network = Exported(WEIGHTS)
    held = {
        "tones": [m for m in data["tones"] if crc32(m.group.encode()) % 5 == 0],
        "told": data["told"],
        "positions": [t for t in data["positions"] if t.example.held],
    }
    out = {id(item) for part in held.values() for item in part}
    known = {name: [item for item in data[name] if id(item) not in out] for name in TURNS}
    log.info("%s; kept back %s", {k: len(v) for k, v in known.items()}, {k: len(v) for k, v in held.items()})
    inventory, pieces, make = material(corpora, work, with_news=True)
    torch.manual_seed(1)
    encoder = net.Network(inventory)
    net.load_encoder(encoder, encoder_folder())
    load_exported(encoder, WEIGHTS)
    heads = Heads(data["positions"][0].example)
    steps = Steps(encoder, (RATE, HEAD_RATE, NEW_RATE), AVERAGE, heads)
    if (folder / "state.pt").exists():
        steps.load(torch.load(folder / "state.pt", weights_only=True))
    torch.manual_seed(steps.number)  # what goes on after a stop does not begin with the same batches
    rng, noise = random.Random(steps.number), np.random.default_rng(steps.number)
    parse_batches = stream(make, Plan(STEPS, STEPS, seed=100 + steps.number, budget=BUDGET))
    streams = {name: endless(items, rng) for name, items in known.items()}
    seen: dict[str, list[float]] = {}
    begun = time.monotonic()
    while steps.number < STEPS:
        arrays = collate(next(parse_batches), pieces.cls, pieces.sep, pieces.unk, noise)
        tensors = {k: torch.from_numpy(v) for k, v in arrays.items()}
        parse = weighed(net.losses(steps.worker(tensors), tensors))
        parse.backward()
        (turn,) = rng.choices(list(TURNS), list(TURNS.values()))
        meaning = meaning_loss(steps.worker, heads, network, turn, next(streams[turn]))
        (SHARE * meaning).backward()
        steps.take(min(1.0, (steps.number + 1) / WARM_UP, (STEPS - steps.number) / STEPS * 1.25))
        for name, value in (("parse", parse), (turn, meaning)):
            seen.setdefault(name, []).append(float(value.detach()))
        if steps.number % 50 == 0:
            shown = " ".join(f"{k} {np.mean(v):.3f}" for k, v in sorted(seen.items()))
            log.info("step %d  %.0f s  %s", steps.number, time.monotonic() - begun, shown)
            seen.clear()
        if steps.number % _SAVE_EVERY == 0 or steps.number == STEPS:
            steps.save(folder)
        if steps.number % (3 * _SAVE_EVERY) == 0 or steps.number == STEPS:
            log.info("%s", figures(steps.worker, heads, network, held))


def meaning_loss(encoder: net.Network, heads: Heads, network: Exported, turn: str, batch: list[Any]) -> Tensor:
    """The loss of a batch of positions, of pairs or of tones."""
    if turn == "positions":
        return judge.loss(read_texts(encoder, heads, network, batch), [t.example for t in batch])
    labels = torch.tensor([m.label for m in batch])
    scores = read_marked(encoder, heads, network, batch)
    return torch.as_tensor(1.5 * F.cross_entropy(scores, labels, label_smoothing=0.05))


def main(arguments: Sequence[str]) -> int:
    """Train from the weights in place, and put the new ones there; what follows is in MODEL.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", type=Path, default=Path(".work/training"))
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(options.corpora, options.work)
    write(options.work, "positions", WEIGHTS, WEIGHTS)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
