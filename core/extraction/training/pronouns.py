"""Learn what pronouns stand for: ``python -m newsdash.core.extraction.training.pronouns``.

``pronouns.jsonl`` has a line for each of some annotated articles: its ``id`` and its ``pronouns`` of the third person
that had two candidates or more, as ``[character of the pronoun, character of a mention of what it stands for]``, None
where that was not among them. Prints how many are right in a quarter of the articles, that was not learned from, then
learns from all and writes ``entities/pronouns.npz``. Takes four minutes. Must be run again when the language model,
or the reading of names and phrases, changes much.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own habit)
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.entities.actors import Actor
from newsdash.core.extraction.entities.antecedents import WEIGHTS, antecedent, features, pairs
from newsdash.core.extraction.entities.mind import Mind
from newsdash.core.extraction.entities.pronouns import Pronoun
from newsdash.core.extraction.entities.ranking import Floats, Told
from newsdash.core.extraction.entities.salience import Candidate
from newsdash.core.extraction.training.articles import ARTICLES, HERE, annotated, is_held
from newsdash.core.language import load
from spacy.tokens import Doc, Token
from torch import Tensor, nn

_LEAST = 8  # pronouns in which a feature must occur
EPOCHS, BATCH, DROPOUT = 6, 32, 0.4
RANK, INNER = 16, 32
RATES = 2e-2, 1.5e-3  # of the plain weights, of the layers


class Row(NamedTuple):
    """A pronoun: features of "nobody" and the candidates, its vectors, theirs, and the number of the right one."""

    told: list[Told]
    asks: Floats
    meets: Floats
    right: int


def examples(doc: Doc, told: dict[int, int | None]) -> list[Row]:
    """The pronouns of an article that are annotated; the others are read as they would be."""
    found: list[Row] = []
    tensor = np.asarray(doc.tensor, np.float32)

    def resolve(token: Token, pronoun: Pronoun, candidates: Sequence[Candidate], mind: Mind) -> Actor | None:
        at = told.get(token.idx)
        right = [k for k, c in enumerate(candidates, 1) if at is not None and _is_at(c.actor, doc, at)]
        if token.idx not in told or not candidates or (at is not None and not right):
            return antecedent(token, pronoun, candidates, mind)
        row = features(token, pronoun, candidates, mind)
        asks, meets = (tensor[np.array(words)] for words in pairs(token, candidates))
        found.append(Row(row, asks.reshape(-1), meets.reshape(len(meets), -1), right[0] if right else 0))
        return candidates[right[0] - 1].actor if right else None

    find_entities(doc, resolve)
    return found


def _is_at(actor: Actor, doc: Doc, at: int) -> bool:
    """Whether the head of a mention of the actor stands there."""
    return any(doc[p.head].idx == at for p in actor.places)


def rows() -> Iterator[tuple[str, Row]]:
    """All annotated pronouns with the ids of their articles."""
    lines = map(json.loads, (HERE / "pronouns.jsonl").read_text("utf-8").splitlines())
    told = {line["id"]: dict(line["pronouns"]) for line in lines}
    articles = [(r["text"], r["id"]) for r in annotated(ARTICLES) if r["id"] in told]
    for doc, name in load().pipe(articles, as_tuples=True, batch_size=64):
        for row in examples(doc, told[name]):
            yield name, row


class Ranker(nn.Module):  # type: ignore[misc]
    """See ``ranking.Ranker``."""

    def __init__(self, names: Sequence[str], width: int) -> None:
        """For these features, and vectors of this width."""
        super().__init__()
        self.names = list(names)
        self.column = {name: k for k, name in enumerate(names)}
        self.plain = nn.Parameter(torch.zeros(len(names)))
        self.asks, self.meets = nn.Linear(width, RANK), nn.Linear(width, RANK)
        self.inner, self.last = nn.Linear(3 * RANK, INNER), nn.Linear(INNER, 1)

    def forward(self, row: Row) -> Tensor:
        """The scores of "nobody" and of each candidate."""
        table = torch.zeros(len(row.told), len(self.names))
        for k, told in enumerate(row.told):
            for name, value in told.items():
                if name in self.column:
                    table[k, self.column[name]] = value
        a = self.asks(self._drop(torch.from_numpy(row.asks)))[None].expand(len(row.meets), -1)
        b = self.meets(self._drop(torch.from_numpy(row.meets)))
        met = F.gelu(self.inner(torch.cat([a * b, a, b], 1)), approximate="tanh")
        return table @ self.plain + F.pad(self.last(self._drop(met))[:, 0], (1, 0))

    def _drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, DROPOUT, self.training)


def fit(data: Sequence[Row]) -> Ranker:
    """A ranker trained on these pronouns."""
    torch.manual_seed(0)
    rng = random.Random(0)
    count = Counter(name for row in data for name in {n for told in row.told for n in told})
    ranker = Ranker(sorted(n for n, k in count.items() if k >= _LEAST), len(data[0].asks))
    layers = [p for name, p in ranker.named_parameters() if name != "plain"]
    optimiser = torch.optim.AdamW(
        [{"params": [ranker.plain], "lr": RATES[0], "weight_decay": 2e-3},
         {"params": layers, "lr": RATES[1], "weight_decay": 0.1}]
    )  # fmt: skip
    steps = EPOCHS * len(data) // BATCH
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.0, 1 - step / steps))
    order = list(data)
    for _ in range(EPOCHS):
        rng.shuffle(order)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            loss = torch.stack([-ranker(row).log_softmax(0)[row.right] for row in batch]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    ranker.eval()
    return ranker


def share_right(data: Sequence[Row], ranker: Ranker) -> float:
    """Per cent of the pronouns whose likeliest candidate is right."""
    with torch.no_grad():
        return 100 * sum(int(ranker(row).argmax()) == row.right for row in data) / max(len(data), 1)


def main() -> None:
    """Learn, measure, write the weights."""
    torch.set_num_threads(1)
    data = list(rows())
    held = [row for name, row in data if _is_out(name)]
    right = share_right(held, fit([row for name, row in data if not _is_out(name)]))
    weightiest = sum(_weightiest(row) == row.right for row in held)
    print(
        f"{len(data)} pronouns; of {len(held)} that were not learned from {right:.1f} % are right, "
        f"{100 * weightiest / len(held):.1f} % by weight alone"
    )
    ranker = fit([row for _, row in data])
    arrays = {n: p.detach().numpy().astype(np.float16) for n, p in ranker.named_parameters()}
    np.savez_compressed(WEIGHTS, names=np.array(ranker.names), **arrays)
    print(f"wrote {WEIGHTS} ({WEIGHTS.stat().st_size} bytes)")


def _weightiest(row: Row) -> int:
    """The candidate that weighs most in the reader's mind."""
    sums = [next((x for name, x in told.items() if name.endswith(" weight")), 0.0) for told in row.told[1:]]
    return 1 + sums.index(max(sums))


def _is_out(name: str) -> bool:
    """Whether an article is left out to measure on; of reports as of others."""
    return is_held(name.removeprefix("voa_"))


if __name__ == "__main__":
    main()
