"""The trained network to the files the program runs: ``model.onnx`` (int8), pieces, classes and lemmas."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from newsdash.core.language.lemmas import make_rule
from newsdash.core.language.network import OUTPUTS
from newsdash.core.language.training.corpora import Inventory
from newsdash.core.language.training.network import Network
from newsdash.core.language.training.sentences import Sentence
from torch import Tensor, nn

log = logging.getLogger(__name__)
INPUTS = ("ids", "shapes", "gaps", "mask", "first", "last", "word_shapes", "word_gaps")


class Exported(nn.Module):  # type: ignore[misc]
    """The network with the outputs of `newsdash.core.language.network.Scores`."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        ids: Tensor,
        shapes: Tensor,
        gaps: Tensor,
        mask: Tensor,
        first: Tensor,
        last: Tensor,
        word_shapes: Tensor,
        word_gaps: Tensor,
    ) -> tuple[Tensor, ...]:
        """Inputs as `Network.encode` and `Network.words` take them."""
        net = self.network
        x = net.encode(ids, shapes, gaps, mask)
        h, vectors = net.words(x, first, last, word_shapes, word_gaps)
        arcs, dep, head = net.arcs(h)
        return (
            net.names(h).log_softmax(-1), net.tags(h).argmax(-1), net.morphs(h).argmax(-1), net.lemmas(h).argmax(-1),
            net.starts(h).squeeze(-1).sigmoid(), arcs, dep, head, vectors,
        )  # fmt: skip


def with_average(network: Network, state: dict[str, Any]) -> Network:
    """The network with the averaged weights of a training state."""
    network.load_state_dict({**state["weights"], **state["average"]})
    network.cpu().eval()
    return network


def write_onnx(network: Network, file: Path, int8: bool = True) -> None:
    """Export with dynamic batch and lengths; int8 for the embedding table and all matrix products with weights."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    b, t, w = 2, 9, 7
    long = {
        k: torch.ones(b, t if k in ("ids", "shapes", "gaps") else w, dtype=torch.int64) for k in INPUTS if k != "mask"
    }
    example = tuple(torch.ones(b, t) if k == "mask" else long[k] for k in INPUTS)
    axes = {k: {0: "batch", 1: "pieces" if k in ("ids", "shapes", "gaps", "mask") else "words"} for k in INPUTS}
    axes |= {k: {0: "batch", 1: "words"} for k in OUTPUTS}
    axes["arcs"][2] = "heads"
    axes["label_head"] = {0: "batch", 1: "heads"}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        with torch.no_grad():
            torch.onnx.export(
                Exported(network),
                example,
                str(plain),
                input_names=list(INPUTS),
                output_names=list(OUTPUTS),
                dynamic_axes=axes,
                opset_version=17,
                dynamo=False,
            )
        if int8:
            quantize_dynamic(
                str(plain),
                str(file),
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Gather", "Gemm"],
                per_channel=True,
                extra_options={"MatMulConstBOnly": True},
            )
        else:
            shutil.copy(plain, file)


def lemma_exceptions(treebank: list[Sentence], inventory: Inventory) -> list[tuple[str, str, str]]:
    """(word, tag, lemma) that the treebank always lemmatises so, at least three times."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for s in treebank:
        for word, tag, lemma in zip(s.words, s.tags, s.lemmas, strict=True):
            seen.setdefault((word, tag), Counter())[lemma] += 1
    rows = []
    for (word, tag), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        regular = make_rule(word, lemma) in ("l0", "k0")
        if sum(lemmas.values()) >= 3 and count >= 0.97 * sum(lemmas.values()) and not regular and "\t" not in word:
            rows.append((word, tag, lemma))
    return rows


def export(
    network: Network, inventory: Inventory, treebank: list[Sentence], encoder: Path, folder: Path, meta: dict[str, Any]
) -> None:
    """Write all files of the weights folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_onnx(network, folder / "model.onnx")
    np.savez(
        folder / "labels.npz",
        weight=network.label_classes.weight.detach().numpy().astype(np.float16),
        bias=network.label_classes.bias.detach().numpy().astype(np.float16),
    )
    shutil.copy(encoder / "tokenizer.json", folder / "tokenizer.json")
    (folder / "classes.json").write_text(json.dumps({**asdict(inventory), "meta": meta}, indent=0) + "\n", "utf-8")
    rows = lemma_exceptions(treebank, inventory)
    (folder / "lemmas.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    log.info("%s: %.1f MB", folder, sum(f.stat().st_size for f in folder.iterdir()) / 1e6)
