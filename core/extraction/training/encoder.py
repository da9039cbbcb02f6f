"""The language model taught by larger ones: ``python -m newsdash.core.extraction.training.encoder CORPORA``.

A model that learned only names and parse forgets what the published encoder knew of meaning, and a small one learns
more from somebody who says how likely everything is than from annotation alone. So three teachers (MPNet,
``core/language/training/mpnet.py``) learn first, each without a third of the annotated texts: names and parse, and
beside each batch of these one of meaning: positions in annotated articles and sentences, who is for or against whom
(DSE2QA), or in which light somebody is shown (NewsMTSC). Then they say what they make of all corpora, of the texts that
they did not learn, and of raw ones. The network in place goes on from there: it learns names and parse in turn as they
are annotated and as the teachers say, and beside each batch meaning, from both. Its encoder and heads become the
language model, and its judge the one of ``stances``. Other networks that stand on its vectors are trained anew
afterwards (``MODEL.md``). The articles that are held back are never seen, by the teachers neither.

Needs the folder of work in which ``core.language.training`` prepared and labelled, and the packages with MPNet; each
stage leaves a file there, and what was stopped goes on where it was. Another round needs another folder.
"""

from __future__ import annotations

import argparse
import logging
import pickle
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from newsdash.core.extraction.stances.network import WEIGHTS as JUDGE
from newsdash.core.extraction.training.heads import Heads, figures, loss, verdicts
from newsdash.core.extraction.training.lessons import TEACHERS, Batch, Lessons, batched, gathered, made, moved
from newsdash.core.extraction.training.model import store
from newsdash.core.extraction.training.teachers import PARSE, Report, clean, labels, together, unlike, worn
from newsdash.core.language.network import Network as Exported
from newsdash.core.language.pieces import Pieces
from newsdash.core.language.training import mpnet
from newsdash.core.language.training import network as net
from newsdash.core.language.training.__main__ import WEIGHTS, encoder_folder, material, write
from newsdash.core.language.training.export import with_average
from newsdash.core.language.training.plan import Plan
from newsdash.core.language.training.resume import load_exported
from newsdash.core.language.training.train import Steps, device, stream, weighed
from newsdash.core.language.training.windows import collate
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

log = logging.getLogger("training")
SHARE, WARM_UP = 0.7, 60
"""Weight of a batch of meaning against one of names and parse, and steps until the rates are the full ones."""
_STUDENT = "student"
_SHOWN, _SAVED = 50, 200
_WORKERS, _AHEAD = 3, 60  # beside a GPU; batches that each has ready, since a pass takes it half a minute to begin


@dataclass(frozen=True)
class Course:
    """Steps, rates of the encoder, of its heads and of those beside it, share of the average that a step keeps, and how
    often each kind of meaning has its turn."""

    steps: int
    rates: tuple[float, float, float]
    average: float
    turns: dict[str, float]

    def share(self, step: int) -> float:
        """Of the full rates: up to them, and then down to nothing."""
        return min(1.0, (step + 1) / WARM_UP, 1.2 * (1 - step / self.steps))


TEACHER = Course(1_080, (1e-4, 1e-3, 1.5e-3), 0.99, {"positions": 0.65, "pairs": 0.2, "tones": 0.15})
STUDENT = Course(3_540, (3e-4, 1.2e-3, 7e-4), 0.995, {"positions": 0.4, "raw": 0.35, "pairs": 0.15, "tones": 0.1})


class Parses(IterableDataset):  # type: ignore[misc]
    """Endless batches of names and parse as they are annotated."""

    def __init__(self, make: Callable[[int], Any], pieces: Pieces, seed: int) -> None:
        self.make, self.pieces, self.seed = make, pieces, seed

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        seed = own_seed(self.seed)
        noise, pieces = np.random.default_rng(seed), self.pieces
        for windows in stream(self.make, Plan(0, 0, seed=seed, budget=PARSE)):
            arrays = collate(windows, pieces.cls, pieces.sep, pieces.unk, noise)
            yield {k: torch.from_numpy(v) for k, v in arrays.items()}


class Meanings(IterableDataset):  # type: ignore[misc]
    """Endless batches of meaning, the kinds by chance."""

    def __init__(self, known: dict[str, list[Any]], turns: dict[str, float], network: Exported, seed: int) -> None:
        self.known, self.turns, self.network, self.seed = known, turns, network, seed

    def __iter__(self) -> Iterator[Batch]:
        rng = random.Random(own_seed(self.seed))
        streams = {name: _passes(self.known[name], rng) for name in self.turns}
        while True:
            (turn,) = rng.choices(list(self.turns), list(self.turns.values()))
            yield made(turn, next(streams[turn]), self.network)


def _passes(items: Sequence[Any], rng: random.Random) -> Iterator[list[Any]]:
    while True:
        yield from batched(items, rng)


def own_seed(seed: int) -> int:
    """Another one for each of the workers that make batches."""
    worker = get_worker_info()
    return seed + (100_000 * (worker.id + 1) if worker is not None else 0)


def endless(data: IterableDataset) -> Iterator[Any]:
    """Its batches; where there is a GPU, several workers make them beside the training."""
    if device().type != "cuda":
        return iter(data)
    torch.multiprocessing.set_sharing_strategy("file_system")  # the other takes an open file for each tensor
    return iter(DataLoader(data, batch_size=None, num_workers=_WORKERS, prefetch_factor=_AHEAD))


T = TypeVar("T")


def once(path: Path, make: Callable[[], T]) -> T:
    """What is made, or was made before and is kept in this file."""
    if path.exists():
        with path.open("rb") as file:
            return pickle.load(file)  # type: ignore[no-any-return]
    found = make()
    unfinished = path.with_suffix(".tmp")
    with unfinished.open("wb") as file:
        pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
    unfinished.replace(path)
    return found


class School:
    """What the teachers and the network that they teach learn from."""

    def __init__(self, corpora: Path, work: Path) -> None:
        self.work, self.encoder = work, mpnet.unpacked(work / "mpnet")
        self.lessons: Lessons = once(work / "lessons.pkl", lambda: gathered(corpora))
        self.inventory, self.pieces, self.make = material(corpora, work, with_news=True)
        self.clean = once(work / "clean.pkl", lambda: clean(work, self.pieces))
        self.network = Exported(WEIGHTS)
        log.info("%s; %d clean batches", {k: len(v) for k, v in vars(self.lessons).items()}, len(self.clean))

    def teach(self, number: int) -> Report:
        """A teacher learns, and says what it makes of what it has not learned."""
        teacher, heads = self.teacher(number)
        lessons, network = self.lessons, self.network
        log.info("teacher %d: %s", number, figures(teacher, heads, network, lessons))
        texts = [*lessons.positions, *lessons.raw]
        asked = [t for t in texts if t.fold in (None, number)]
        said = iter(verdicts(teacher, heads, asked, network))
        told = [next(said) if t.fold in (None, number) else None for t in texts]
        return Report(told, [labels(teacher, numbers(batch), parse=number == 0) for batch in self.clean])

    def teacher(self, number: int) -> tuple[net.Network, Heads]:
        """The averaged weights of a teacher, in half precision, and its heads."""
        torch.manual_seed(number)
        teacher, lessons = mpnet.MPNet(self.inventory), self.lessons
        mpnet.load_mpnet(teacher, self.encoder, self.pieces)
        heads = Heads(lessons.positions[0].example, mpnet.WIDTH).to(device())
        learned = [t for t in lessons.positions if t.fold != number]
        known: dict[str, list[Any]] = {"positions": learned, "pairs": lessons.pairs, "tones": lessons.tones}
        folder = self.work / f"teacher{number}"
        steps = resumed(Steps(teacher, TEACHER.rates, TEACHER.average, heads), folder)
        seed = 10_000 * number + steps.number
        meaning = endless(Meanings(known, TEACHER.turns, self.network, seed))
        train(steps, heads, TEACHER, [self.annotated(steps, seed)], meaning, folder)
        return with_average(teacher, steps.state()).to(device(), torch.bfloat16), heads.eval()

    def learn(self, said: Report) -> None:
        """The network in place learns from the corpora and from the teachers."""
        torch.manual_seed(TEACHERS)
        student, lessons = net.Network(self.inventory), self.lessons
        net.load_encoder(student, encoder_folder())
        load_exported(student, WEIGHTS)
        heads = Heads(lessons.positions[0].example).to(device())
        heads.judge.load(JUDGE)
        texts = zip([*lessons.positions, *lessons.raw], said.verdicts, strict=True)
        told = [replace(text, said=verdict) for text, verdict in texts]
        known: dict[str, list[Any]] = {"pairs": lessons.pairs, "tones": lessons.tones}
        known |= {"positions": told[: len(lessons.positions)], "raw": told[len(lessons.positions) :]}
        folder = self.work / _STUDENT
        steps = resumed(Steps(student, STUDENT.rates, STUDENT.average, heads), folder)
        seed = 10_000 * TEACHERS + steps.number
        parse = [self.annotated(steps, seed), self.told(steps, said, seed)]
        train(steps, heads, STUDENT, parse, endless(Meanings(known, STUDENT.turns, self.network, seed)), folder)
        student = with_average(student, steps.state()).to(device())
        log.info("student: %s", figures(student, heads.eval(), self.network, lessons))

    def annotated(self, steps: Steps, seed: int) -> Callable[[], Tensor]:
        """What gives the loss of the next batch of names and parse."""
        batches = endless(Parses(self.make, self.pieces, seed))

        def lesson() -> Tensor:
            batch = moved(next(batches), device())
            return weighed(net.losses(steps.worker(batch), batch))

        return lesson

    def told(self, steps: Steps, said: Report, seed: int) -> Callable[[], Tensor]:
        """The same against what the teachers say, pass after pass over the clean batches."""
        rng, order = random.Random(seed), list[int]()

        def lesson() -> Tensor:
            if not order:
                order.extend(rng.sample(range(len(self.clean)), len(self.clean)))
            at = order.pop()
            batch = worn(numbers(self.clean[at]), self.pieces)
            return weighed(unlike(steps.worker, batch, moved(said.labels[at], device())))

        return lesson


def numbers(batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """A clean batch as the network takes it."""
    return {name: part.to(device()).long() for name, part in batch.items()}


def resumed(steps: Steps, folder: Path) -> Steps:
    """The steps with the state that was saved last, if any."""
    if (folder / "state.pt").exists():
        steps.load(torch.load(folder / "state.pt", map_location=device(), weights_only=True))
        torch.manual_seed(steps.number)  # what goes on after a stop does not begin with the same noise
    return steps


def train(
    steps: Steps, heads: Heads, course: Course, parse: Sequence[Callable[[], Tensor]], meaning: Iterator[Batch],
    folder: Path,
) -> None:  # fmt: skip
    """The steps of a course that are left, each of names and parse, by one lesson in turn, and of meaning."""
    folder.mkdir(parents=True, exist_ok=True)
    seen: dict[str, list[Tensor]] = {}
    begun = time.monotonic()
    while steps.number < course.steps:
        turn = steps.number % len(parse)
        words = parse[turn]()
        words.backward()
        batch = moved(next(meaning), device())
        meant = loss(steps.worker, heads, batch)
        (SHARE * meant).backward()
        steps.take(course.share(steps.number))
        for name, value in (("said" if turn else "parse", words), (batch.turn, meant)):
            seen.setdefault(name, []).append(value.detach())
        if steps.number % _SHOWN == 0:
            shown = " ".join(f"{k} {float(torch.stack(v).mean()):.3f}" for k, v in sorted(seen.items()))
            log.info("%s: step %d  %.0f s  %s", folder.name, steps.number, time.monotonic() - begun, shown)
            seen.clear()
        if steps.number % _SAVED == 0 or steps.number == course.steps:
            steps.save(folder)


def put(work: Path) -> None:
    """The student into the place of the language model, and its judge into that of the judge."""
    write(work, _STUDENT, WEIGHTS)
    state = torch.load(work / _STUDENT / "state.pt", map_location="cpu", weights_only=True)
    own = {name.removeprefix("judge."): part for name, part in state["more"].items() if name.startswith("judge.")}
    store(JUDGE, {name: part.numpy().astype(np.float16) for name, part in own.items()})


def main(arguments: Sequence[str]) -> int:
    """Teach, learn, and put the new weights in place; what follows is in MODEL.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", type=Path, default=Path(".work/training"))
    options = parser.parse_args(arguments)
    work: Path = options.work
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    school = School(options.corpora, work)
    reports = [once(work / f"said{k}.pkl", partial(school.teach, k)) for k in range(TEACHERS)]
    school.learn(together(reports))
    put(work)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
