"""Train the network of ``stances`` and measure it: ``python -m newsdash.core.extraction.training CORPORA CACHE``.

CORPORA is the folder with ``dse2qa_train.jsonl.gz``, ``dse2qa_valid.jsonl`` and ``newsmtsc_train.jsonl.gz``; CACHE a
folder for parsed examples. Must be run again whenever the language model changes: the network stands on its vectors.

Prints the figures on held-back articles and the thresholds found there; ``--export`` writes the weights that were
measured, with these thresholds; the judge of positions in articles, which is kept with them (``judge.py``), stays.
The same input gives the same bytes on one machine.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from newsdash.core.extraction.lexicon import DATA
from newsdash.core.extraction.stances.network import WEIGHTS
from newsdash.core.extraction.training.calibration import calibrated, decided
from newsdash.core.extraction.training.examples import Example, examples, load, records, save
from newsdash.core.extraction.training.model import Batch, Model
from newsdash.core.extraction.training.scores import Rows, five_way, macro_f1
from newsdash.core.language import load as load_language
from newsdash.core.language.place import folder

_NEUTRAL = 0.5  # share of the neutral pairs that an epoch sees: they are five in six
_SETS = ("dse2qa_train.jsonl.gz", "dse2qa_valid.jsonl", "newsmtsc_train.jsonl.gz")


def prepared(corpora: Path, cache: Path, limit: int | None) -> dict[str, list[Example]]:
    """The examples of all sets, parsed on the first call."""
    cache.mkdir(parents=True, exist_ok=True)
    found = {}
    for name in _SETS:
        short = name.partition(".")[0]
        path = cache / f"{short}-{limit or 'all'}-{fingerprint()}.npz"
        if not path.exists():
            save(path, list(examples(load_language(), sample(records(corpora / name), limit))))
        found[short] = load(path)
        print(short, len(found[short]), flush=True)
    return found


def fingerprint() -> str:
    """Changes with the language model and with the lexicons that the examples were read with."""
    digest = hashlib.sha256((folder() / "model.onnx").read_bytes())
    for path in sorted(DATA.glob("stance_*.tsv")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def sample(rows: list[dict[str, Any]], limit: int | None) -> list[dict[str, Any]]:
    """All rows, or as many drawn at random."""
    return rows if limit is None else random.Random(1).sample(rows, min(limit, len(rows)))


def batches(kept: Sequence[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of similar length in random order."""
    order = sorted(kept, key=lambda e: len(e.words.lemmas) + rng.random() * 8)
    cut = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(cut)
    return cut


def predict(model: Model, kept: Sequence[Example], *, pairs: bool) -> Rows:
    """Probabilities [examples, 3]."""
    model.eval()
    with torch.no_grad():
        rows = [model(Batch(kept[i : i + 128]), pairs=pairs).softmax(-1).numpy() for i in range(0, len(kept), 128)]
    model.train()
    return np.concatenate(rows)


def train(tones: list[Example], pairs: list[Example], epochs: int, seed: int) -> Model:
    """A model trained on both tasks in turn."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Model()
    told_pairs = sum(1.0 if e.label != 1 else _NEUTRAL for e in pairs)
    steps = int(epochs * (len(tones) / 48 + told_pairs * 1.03 / 48 + 2))
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        began, losses = time.time(), []
        told = [e for e in pairs if e.label != 1 or rng.random() < _NEUTRAL]
        work = [(b, False) for b in batches(tones, 48, rng)] + [(b, True) for b in batches(told, 48, rng)]
        rng.shuffle(work)
        for kept, is_pairs in work:
            batch = Batch(kept)
            scores = model(batch, pairs=is_pairs)
            loss = F.cross_entropy(scores, batch.labels, label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            if schedule.last_epoch < steps:
                schedule.step()
            losses.append(float(loss.detach()))
        print(f"epoch {epoch} loss {np.mean(losses):.3f} {time.time() - began:.0f} s", flush=True)
    return model


def main(arguments: Sequence[str]) -> int:
    """Prepare, train, measure and calibrate on held-back articles, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--folds", type=int, default=1, help="folds of NewsMTSC to measure on (of five)")
    parser.add_argument("--limit", type=int, default=None, help="records of each set, for a trial")
    parser.add_argument("--export", action="store_true", help="write the weights of the first fold")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    data = prepared(options.corpora, options.cache, options.limit)
    tones, pairs, valid = data["newsmtsc_train"], data["dse2qa_train"], data["dse2qa_valid"]
    fold = [crc32(e.group.encode()) % 5 for e in tones]
    told_labels = [e.label for e in valid]
    for held in range(options.folds):
        model = train([e for e, f in zip(tones, fold, strict=True) if f != held], pairs, options.epochs, held)
        kept = [e for e, f in zip(tones, fold, strict=True) if f == held]
        labels = [e.label for e in kept]
        shown, told = predict(model, kept, pairs=False), predict(model, valid, pairs=True)
        at = calibrated(shown, labels, told, told_labels)
        tone, pair = macro_f1(labels, decided(shown, at.tone), 3), five_way(told, told_labels, at.pair)
        print(f"fold {held}: NewsMTSC macro F1 {tone:.1f}, DSE2QA valid five-way macro F1 {pair:.1f}", flush=True)
        if options.export and held == 0:
            model.export(WEIGHTS, at)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
