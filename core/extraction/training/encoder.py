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
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own habit)
from newsdash.core.extraction.stances.network import Ints
from newsdash.core.extraction.training import articles, judge
from newsdash.core.extraction.training.articles import Example
from newsdash.core.extraction.training.examples import labelled, records
from newsdash.core.extraction.training.judge import Asked, Wanted
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
from newsdash.core.language.training.train import Steps, device, stream, weighed
from newsdash.core.language.training.windows import collate
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

log = logging.getLogger("training")
STEPS, RATE, HEAD_RATE, NEW_RATE, WARM_UP, AVERAGE = 2_000, 7e-5, 4.2e-4, 1.5e-3, 100, 0.998
KEPT = 0.7
"""Share of the weights in place in what is written: with less, names are better and positions in real news worse."""
BUDGET = 1_300
"""Pieces of a batch, of either kind."""
SHARE = 0.6
"""Weight of the batch of meaning against that of names and parse."""
TURNS = {"positions": 0.65, "pairs": 0.2, "tones": 0.15}
_MOST_WORDS, _SAVE_EVERY = 110, 200
_WORKERS, _AHEAD = 3, 100  # beside a GPU; batches that each has ready, since a pass takes it half a minute to begin


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
    return Text(tuple(planned.windows), window, word, replace(example, words=np.zeros((len(doc), 0), np.float16)))


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
        "positions": [text_of(doc, e, network) for doc, e in articles.read(nlp, (articles.ARTICLES,)) if e.asks]
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


class Spans(NamedTuple):
    """Marked spans of a batch: shares of the words in the whole sentence, the first and the second span [B, W] (none
    without a second one), their order [B, 2], and the labels [B]."""

    whole: Tensor
    first: Tensor
    second: Tensor | None
    order: Tensor
    labels: Tensor


class Texts(NamedTuple):
    """Articles of a batch: where each of their words stands among the words of all windows (-1: whitespace), what the
    judge is asked and what it should say."""

    place: Tensor
    asked: Asked
    wanted: Wanted


@dataclass(frozen=True)
class Batch:
    """What the network is fed, and what is made of the vectors."""

    feed: dict[str, Tensor]
    about: Spans | Texts

    def to(self, where: torch.device) -> Batch:
        """The same on another device."""
        about = self.about
        if isinstance(about, Texts):
            asked, wanted = (tuple(t.to(where) for t in part) for part in (about.asked, about.wanted))
            there: Spans | Texts = Texts(about.place.to(where), Asked(*asked), Wanted(*wanted))
        else:
            there = Spans(*(None if t is None else t.to(where) for t in about))
        return Batch({k: v.to(where) for k, v in self.feed.items()}, there)


def of_marked(batch: Sequence[Marked], network: Exported) -> Batch:
    """Sentences with marked spans."""
    feed = fed(network, [m.window for m in batch])
    size = feed["first"].shape
    whole, first, second, order = torch.zeros(size), torch.zeros(size), torch.zeros(size), torch.zeros(len(batch), 2)
    for i, m in enumerate(batch):
        whole[i, : len(m.window.pieces)] = 1 / len(m.window.pieces)
        first[i, m.first[0] : m.first[1]] = 1 / (m.first[1] - m.first[0])
        if m.second is not None:
            second[i, m.second[0] : m.second[1]] = 1 / (m.second[1] - m.second[0])
            order[i] = torch.tensor([m.first[0] < m.second[0], min(abs(m.first[0] - m.second[0]), 40) / 40])
    labels = torch.tensor([m.label for m in batch])
    return Batch(feed, Spans(whole, first, None if batch[0].second is None else second, order, labels))


def of_texts(batch: Sequence[Text], network: Exported) -> Batch:
    """Articles or sentences with openings."""
    feed = fed(network, [w for t in batch for w in t.windows])
    width, first, places = feed["first"].shape[1], 0, []
    for t in batch:
        places.append(np.where(t.word >= 0, (t.window + first) * width + t.word, -1))
        first += len(t.windows)
    told = [t.example for t in batch]
    return Batch(feed, Texts(torch.from_numpy(np.concatenate(places)), judge.asked(told), judge.wanted(told)))


def fed(network: Exported, windows: Sequence[Window]) -> dict[str, Tensor]:
    """Windows as the encoder takes them."""
    return {k: torch.from_numpy(v) for k, v in network.feed(windows).items()}


def read(encoder: net.Network, heads: Heads, batch: Batch) -> Any:
    """Scores [B, 3] of against, neutral, for, or those of the judge."""
    feed, about = batch.feed, batch.about
    x = encoder.encode(feed["ids"], feed["shapes"], feed["gaps"], feed["mask"].to(encoder.norm.weight.dtype))
    _, means = encoder.words(x, feed["first"], feed["last"], feed["word_shapes"], feed["word_gaps"])
    x = means.float()  # as `doc.tensor` has them
    if isinstance(about, Texts):
        words = x.flatten(0, 1)[about.place.clamp(min=0)] * (about.place >= 0)[:, None]
        return heads.judge(words, about.asked)
    parts = [about.whole, about.first] + ([about.second] if about.second is not None else [])
    mean, p, *more = ((x * part[..., None]).sum(1) for part in parts)
    if not more:
        return heads.tone(torch.cat([p, mean], -1))
    (q,) = more
    return heads.pair(torch.cat([p, q, p * q, mean, about.order], -1))


def loss(encoder: net.Network, heads: Heads, batch: Batch) -> Tensor:
    """Of positions, of pairs or of tones."""
    scores, about = read(encoder, heads, batch), batch.about
    if isinstance(about, Texts):
        return judge.loss(scores, about.wanted)
    return torch.as_tensor(1.5 * F.cross_entropy(scores, about.labels, label_smoothing=0.05))


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


class Batches(IterableDataset):  # type: ignore[misc]
    """Endless pairs of a batch of names and parse and one of meaning, with the kind of the latter.

    They are made beside the training where there is a GPU, by several workers, each with a seed of its own.
    """

    def __init__(self, known: dict[str, list[Any]], network: Exported, make: Any, pieces: Any, seed: int) -> None:
        self.known, self.network, self.make, self.pieces, self.seed = known, network, make, pieces, seed

    def __iter__(self) -> Iterator[tuple[dict[str, Tensor], str, Batch]]:
        worker = get_worker_info()
        seed = self.seed + (100_000 * (worker.id + 1) if worker is not None else 0)
        rng, noise = random.Random(seed), np.random.default_rng(seed)
        cls, sep, unk = self.pieces.cls, self.pieces.sep, self.pieces.unk
        streams = {name: endless(items, rng) for name, items in self.known.items()}
        for windows in stream(self.make, Plan(STEPS, STEPS, seed=100 + seed, budget=BUDGET)):
            parse = {k: torch.from_numpy(v) for k, v in collate(windows, cls, sep, unk, noise).items()}
            (turn,) = rng.choices(list(TURNS), list(TURNS.values()))
            yield parse, turn, made(turn, next(streams[turn]), self.network)


def endless(items: Sequence[Any], rng: random.Random) -> Iterator[list[Any]]:
    """Batches, pass after pass."""
    while True:
        yield from batched(items, rng)


def made(turn: str, batch: list[Any], network: Exported) -> Batch:
    """The batch of a kind."""
    return of_texts(batch, network) if turn == "positions" else of_marked(batch, network)


def figures(encoder: net.Network, heads: Heads, network: Exported, held: dict[str, list[Any]]) -> str:
    """How the heads do on what is kept back."""
    encoder.eval()
    heads.eval()
    rng, where = random.Random(0), device()
    with torch.no_grad():
        found = []
        for name in ("tones", "told"):
            batches = batched(held[name], rng)
            told = [read(encoder, heads, made(name, b, network).to(where)).argmax(-1).tolist() for b in batches]
            found.append(macro_f1([m.label for b in batches for m in b], [c for part in told for c in part], 3))
        texts = held["positions"]
        seen = [judge.probabilities(read(encoder, heads, of_texts([t], network).to(where)), t.example) for t in texts]
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
    encoder, where = net.Network(inventory), device()
    net.load_encoder(encoder, encoder_folder())
    load_exported(encoder, WEIGHTS)
    heads = Heads(data["positions"][0].example).to(where)
    steps = Steps(encoder, (RATE, HEAD_RATE, NEW_RATE), AVERAGE, heads)
    if (folder / "state.pt").exists():
        steps.load(torch.load(folder / "state.pt", map_location=where, weights_only=True))
    torch.manual_seed(steps.number)  # what goes on after a stop does not begin with the same batches
    batches = Batches(known, network, make, pieces, steps.number)
    beside = {"num_workers": _WORKERS, "prefetch_factor": _AHEAD} if where.type == "cuda" else {}
    seen: dict[str, list[Tensor]] = {}
    begun = time.monotonic()
    for tensors, turn, batch in DataLoader(batches, batch_size=None, **beside):
        if steps.number >= STEPS:
            break
        there = {k: v.to(where) for k, v in tensors.items()}
        parse = weighed(net.losses(steps.worker(there), there))
        parse.backward()
        meaning = loss(steps.worker, heads, batch.to(where))
        (SHARE * meaning).backward()
        steps.take(min(1.0, (steps.number + 1) / WARM_UP, (STEPS - steps.number) / STEPS * 1.25))
        for name, value in (("parse", parse), (turn, meaning)):
            seen.setdefault(name, []).append(value.detach())
        if steps.number % 50 == 0:
            shown = " ".join(f"{k} {float(torch.stack(v).mean()):.3f}" for k, v in sorted(seen.items()))
            log.info("step %d  %.0f s  %s", steps.number, time.monotonic() - begun, shown)
            seen.clear()
        if steps.number % _SAVE_EVERY == 0 or steps.number == STEPS:
            steps.save(folder)
        if steps.number % (3 * _SAVE_EVERY) == 0 or steps.number == STEPS:
            log.info("%s", figures(steps.worker, heads, network, held))


def main(arguments: Sequence[str]) -> int:
    """Train from the weights in place, and put the new ones there; what follows is in MODEL.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", type=Path, default=Path(".work/training"))
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(options.corpora, options.work)
    write(options.work, "positions", WEIGHTS, WEIGHTS, KEPT)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
