"""Exported weights back into the network, to train on from them where no checkpoint is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from newsdash.core.language.training.network import Network
from torch import Tensor


def load_exported(network: Network, folder: Path) -> None:
    """Put the weights of ``<folder>/model.onnx`` and ``labels.npz`` in, int8 matrices as the floats they stand for.

    The piece embeddings stay as they are: they are never trained, and the network has them unrounded.
    ValueError when a part of the network is missing in the file, or its classes are others.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(folder / "model.onnx")).graph
    plain = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def floats(name: str) -> Any:
        scale, zero = plain[f"{name}_scale"], plain[f"{name}_zero_point"]
        return (plain[f"{name}_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale

    found = {k.removeprefix("network."): v for k, v in plain.items() if k.startswith("network.") and v.dtype == "f4"}
    for node in graph.node:
        if node.op_type == "Gather" and node.input[0].endswith("_quantized"):
            name = node.input[0].removesuffix("_quantized")
            found[name.removeprefix("network.")] = floats(name)
        elif node.op_type == "MatMulInteger":
            module = node.name.removeprefix("/").removesuffix("/MatMul_quant").replace("/", ".")
            found[f"{module}.weight"] = floats(node.input[1].removesuffix("_quantized")).T
    (root,) = [v for k, v in plain.items() if k.startswith("onnx::Expand")]
    labels = np.load(folder / "labels.npz")
    found |= {"root": root, "label_classes.weight": labels["weight"], "label_classes.bias": labels["bias"]}
    wanted = network.state_dict()
    state: dict[str, Tensor] = {k: torch.from_numpy(np.array(v, np.float32)) for k, v in found.items() if k in wanted}
    state["pieces.weight"] = wanted["pieces.weight"]
    if lacking := wanted.keys() - state.keys():
        raise ValueError(f"{folder / 'model.onnx'} lacks {', '.join(sorted(lacking))}")
    network.load_state_dict(state)
