"""What the encoder learns of meaning, and the batches of it (``encoder.py``).

Texts with openings, annotated (``articles.py``) or raw, and sentences with marked spans: who is for or against whom
(DSE2QA), in which light somebody is shown (NewsMTSC). All are cut into windows as the running program cuts them.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

import numpy as np
import torch
from newsdash.core.extraction.stances.judging import Verdicts
from newsdash.core.extraction.stances.network import Ints
from newsdash.core.extraction.training import articles, judge
from newsdash.core.extraction.training.articles import Example
from newsdash.core.extraction.training.examples import labelled
from newsdash.core.extraction.training.judge import Asked, Said, Wanted
from newsdash.core.language import load
from newsdash.core.language.component import Words
from newsdash.core.language.network import Network as Exported
from newsdash.core.language.network import Window
from newsdash.core.language.parse import Section, plan
from newsdash.core.language.training.corpora import key, tested_texts
from newsdash.core.language.training.sentences import lines, records
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor

TEACHERS = 3
BUDGET = 8_000
"""Pieces of a batch."""
_MOST_WORDS = 110
_TOGETHER, _MOST_RAW = 6, 6_000  # raw sentences of news in a row, which make one text; and sentences of each other set
_RUN = 10  # words or pieces in a row that two texts share by no chance


@dataclass(frozen=True)
class Text:
    """An article or sentence: its windows, window and word of each token (-1: whitespace), and its openings.

    The teacher of the number `fold` does not learn from it, and is asked; where there is none, all are: `said`.
    """

    windows: tuple[Window, ...]
    window: Ints
    word: Ints
    example: Example
    fold: int | None = None
    said: Verdicts | None = None

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


@dataclass(frozen=True)
class Lessons:
    """What is learned from: annotated and raw texts, pairs, tones; and of each what is only measured on."""

    positions: list[Text]
    raw: list[Text]
    pairs: list[Marked]
    tones: list[Marked]
    held_positions: list[Text]
    held_pairs: list[Marked]
    held_tones: list[Marked]


def gathered(corpora: Path) -> Lessons:
    """All of it, read by the language model in place."""
    nlp = load()
    network: Exported = nlp.get_pipe(nlp.pipe_names[-1]).network

    def sentences(name: str) -> list[Marked]:
        rows = records(corpora / "stance" / f"{name}.jsonl")
        return [m for row in rows for m in marked(nlp.make_doc(row["text"]), row, network)]

    annotated = [text_of(doc, e, network) for doc, e in articles.read(nlp) if e.asks]
    raw = list(unread(nlp, raw_texts(corpora), network))
    positions, raw = folded([t for t in annotated if not t.example.held], raw)
    tones = sentences("newsmtsc_train")
    return Lessons(
        positions, raw, sentences("dse2qa_train"), [m for m in tones if not is_held(m.group)],
        [t for t in annotated if t.example.held], sentences("dse2qa_valid"), [m for m in tones if is_held(m.group)],
    )  # fmt: skip


def is_held(group: str) -> bool:
    """Whether the sentences of this article of NewsMTSC are held back: the first of the five folds."""
    return crc32(group.encode()) % 5 == 0


def text_of(doc: Doc, example: Example, network: Exported) -> Text:
    """The windows as the running program cuts them; in an overlap the first half belongs to the earlier one."""
    words = Words(doc)
    planned = plan(Section(words.words, words.gaps), network)
    window, word = np.full(len(doc), -1, np.int64), np.full(len(doc), -1, np.int64)
    for k, (start, end) in enumerate(planned.spans):
        own = start if not k else (start + planned.spans[k - 1][1]) // 2
        at = words.real[own:end]
        window[at], word[at] = k, np.arange(own - start, end - start)
    if not example.held:  # only to measure is it asked which words and parties they are
        example = replace(example, told=replace(example.told, openings=(), options=()))
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


def unread(nlp: Language, texts: Iterable[str], network: Exported) -> Iterator[Text]:
    """Raw texts, those that have openings."""
    for doc in nlp.pipe(texts, batch_size=64):
        example = articles.of_raw(doc)
        if example.asks:
            yield text_of(doc, example, network)


def raw_texts(corpora: Path) -> Iterator[str]:
    """Raw news, documents of Wikipedia, and sentences of the sets of pairs and tones, whatever their labels."""
    tested, measured = tested_texts(corpora), set(measured_runs(corpora))

    def kept(sentences: Iterable[str]) -> list[str]:
        return [s for s in sentences if key(s) not in tested and measured.isdisjoint(runs(_words(s)))]

    news = kept(lines(corpora / "raw" / "voa.txt"))
    yield from (" ".join(news[i : i + _TOGETHER]) for i in range(0, len(news), _TOGETHER))
    documents: dict[str, list[str]] = defaultdict(list)
    for record in records(corpora / "ner" / "redocred" / "train.jsonl"):
        documents[record["doc"]].append(record["text"])
    yield from filter(None, (" ".join(kept(sentences)) for sentences in documents.values()))
    pairs, tones = (records(corpora / "stance" / f"{name}.jsonl") for name in ("dse2qa_train", "newsmtsc_train"))
    for rows in (pairs, [r for r in tones if not any(is_held(group) for *_, group in labelled(r))]):
        texts = list(dict.fromkeys(r["text"] for r in rows))
        random.Random(0).shuffle(texts)
        yield from kept(texts)[:_MOST_RAW]


def measured_runs(corpora: Path) -> Iterator[int]:
    """The runs of words of all texts that are only for measuring."""
    found = [*articles.held_records(), *records(corpora / "stance" / "dse2qa_valid.jsonl")]
    found += [r for file in (corpora / "eval-only").glob("*.jsonl") for r in records(file)]
    found += [json.loads(file.read_text("utf-8")) for file in (corpora / "gold").glob("*.json")]
    yield from (run for record in found for run in runs(_words(record["text"])))


def runs(items: Sequence[Any]) -> list[int]:
    """Each run of words or pieces as a number; of a shorter text the whole."""
    return [hash(tuple(items[i : i + _RUN])) for i in range(max(1, len(items) - _RUN + 1))]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def folded(annotated: Sequence[Text], raw: Sequence[Text]) -> tuple[list[Text], list[Text]]:
    """The texts with their folds: those that share a run of pieces have the same, so nobody is asked what he learned.

    Raw texts have one only where they do.
    """
    at: dict[int, int] = {}
    found = []
    for i, text in enumerate(annotated):
        own = runs(_pieces(text))
        fold = next((at[run] for run in own if run in at), i % TEACHERS)
        for run in own:
            at.setdefault(run, fold)
        found.append(replace(text, fold=fold))
    return found, [replace(t, fold=next((at[r] for r in runs(_pieces(t)) if r in at), None)) for t in raw]


def _pieces(text: Text) -> list[int]:
    return [piece for window in text.windows for word in window.pieces for piece in word]


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
    judge is asked, what it should say, and what the teachers say, where they do."""

    place: Tensor
    asked: Asked
    wanted: Wanted
    said: Said | None


class Batch(NamedTuple):
    """Of the kind `turn`: what the network is fed, and what is made of the vectors."""

    turn: str
    feed: dict[str, Tensor]
    about: Spans | Texts


def moved(part: Any, where: torch.device) -> Any:
    """The same on another device: a tensor, and those in dictionaries and named tuples."""
    if isinstance(part, Tensor):
        return part.to(where)
    if isinstance(part, dict):
        return {name: moved(inner, where) for name, inner in part.items()}
    return type(part)(*(moved(inner, where) for inner in part)) if isinstance(part, tuple) else part


def made(turn: str, batch: Sequence[Any], network: Exported) -> Batch:
    """The batch of a kind."""
    if turn in ("pairs", "tones"):
        return Batch(turn, fed(network, [m.window for m in batch]), _spans(batch))
    return Batch(turn, fed(network, [w for t in batch for w in t.windows]), _texts(batch))


def fed(network: Exported, windows: Sequence[Window]) -> dict[str, Tensor]:
    """Windows as the encoder takes them."""
    return {k: torch.from_numpy(v) for k, v in network.feed(windows).items()}


def _spans(batch: Sequence[Marked]) -> Spans:
    size = len(batch), max(len(m.window.pieces) for m in batch)
    whole, first, second, order = torch.zeros(size), torch.zeros(size), torch.zeros(size), torch.zeros(len(batch), 2)
    for i, m in enumerate(batch):
        whole[i, : len(m.window.pieces)] = 1 / len(m.window.pieces)
        first[i, m.first[0] : m.first[1]] = 1 / (m.first[1] - m.first[0])
        if m.second is not None:
            second[i, m.second[0] : m.second[1]] = 1 / (m.second[1] - m.second[0])
            order[i] = torch.tensor([m.first[0] < m.second[0], min(abs(m.first[0] - m.second[0]), 40) / 40])
    labels = torch.tensor([m.label for m in batch])
    return Spans(whole, first, None if batch[0].second is None else second, order, labels)


def _texts(batch: Sequence[Text]) -> Texts:
    width, first, places = max(len(w.pieces) for t in batch for w in t.windows), 0, []
    for t in batch:
        places.append(np.where(t.word >= 0, (t.window + first) * width + t.word, -1))
        first += len(t.windows)
    told, said = [t.example for t in batch], [t.said for t in batch if t.said is not None]
    return Texts(
        torch.from_numpy(np.concatenate(places)), judge.asked(told), judge.wanted(told),
        judge.joined(said) if said else None,
    )  # fmt: skip


T = TypeVar("T", Text, Marked)


def batched(items: Sequence[T], rng: random.Random) -> list[list[T]]:
    """Batches of like length, at most `BUDGET` pieces, in random order."""
    found: list[list[T]] = [[]]
    size = 0
    for item in sorted(items, key=lambda i: i.size + rng.random() * 8):
        if found[-1] and size + item.size > BUDGET:
            found.append([])
            size = 0
        found[-1].append(item)
        size += item.size
    rng.shuffle(found)
    return found
