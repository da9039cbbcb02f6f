"""The network: a MiniLM encoder that is told casing and line breaks, and one small head for each task."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import torch
from newsdash.core.language.labels import NAME_LABELS, SHAPES
from newsdash.core.language.training.corpora import Inventory
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, ATTENTION_HEADS, VOCABULARY, POSITIONS, GAPS = 384, 6, 12, 30_522, 512, 5
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DROPOUT = 0.1
IMPOSSIBLE = -1e4


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """Attention of [B, T, width], `mask` [B, T] 1 where there is a piece.

    Written out: on the CPU the backward pass of torch's fused attention takes half the time of a step.
    """
    b, t, _ = q.shape
    q, k, v = (x.view(b, t, ATTENTION_HEADS, -1).transpose(1, 2) for x in (q, k, v))
    scores = (q * (q.shape[-1] ** -0.5)) @ k.transpose(-1, -2) + (1.0 - mask[:, None, None, :].to(q.dtype)) * IMPOSSIBLE
    return (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(b, t, WIDTH)


class FusedAttention(torch.autograd.Function):  # type: ignore[misc]
    """`attention`, exported as onnxruntime's one operator for it (it takes half the time of the single steps)."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
        """As `attention`."""
        return attention(q, k, v, mask)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, mask: Any) -> Any:
        """The operator in the graph; the mask is asked for as integers."""
        empty = g.op("prim::Constant")
        empty.setType(torch._C.OptionalType.ofTensor())
        whole = g.op("Cast", mask, to_i=6)
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, empty, whole, num_heads_i=ATTENTION_HEADS).setType(
            q.type()
        )


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer (BERT's, post-norm)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` [B, T, width], `mask` [B, T] 1 where there is a piece."""
        q, k, v = self.qkv(x).split(WIDTH, -1)
        mixed = FusedAttention.apply(q, k, v, mask) if torch.onnx.is_in_onnx_export() else attention(q, k, v, mask)
        x = self.norm1(x + functional.dropout(self.out(mixed), DROPOUT, self.training))
        return torch.as_tensor(
            self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), DROPOUT, self.training))
        )


class Head(nn.Module):  # type: ignore[misc]
    """Hidden layer, GELU, dropout, classes."""

    def __init__(self, width: int, hidden: int, classes: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(width, hidden)
        self.classes = nn.Linear(hidden, classes)

    def forward(self, x: Tensor) -> Tensor:
        """`x` [..., width] to [..., classes]."""
        return torch.as_tensor(
            self.classes(functional.dropout(functional.gelu(self.hidden(x)), DROPOUT, self.training))
        )


class Network(nn.Module):  # type: ignore[misc]
    """Pieces in, scores of all heads out (see `forward`)."""

    def __init__(self, inventory: Inventory, width: int = WIDTH, layers: int = LAYERS) -> None:
        """Another width is for a twin that has an encoder of its own, and takes no layers from here."""
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, width)
        self.positions = nn.Embedding(POSITIONS, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.shapes = nn.Embedding(SHAPES, width)
        self.gaps = nn.Embedding(GAPS, width)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.gaps.weight)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.word_shapes = nn.Embedding(SHAPES, 32)
        self.word_gaps = nn.Embedding(GAPS, 16)
        self.word = nn.Linear(2 * width + 48, width)
        self.names = Head(width, 256, len(NAME_LABELS))
        self.tags = Head(width, 256, len(inventory.tags))
        self.morphs = Head(width, 256, len(inventory.morphs))
        self.lemmas = Head(width, 256, len(inventory.lemmas))
        self.starts = Head(width, 96, 1)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc_dep = nn.Linear(width, 256)
        self.arc_head = nn.Linear(width, 256)
        self.arc_mix = nn.Linear(256, 256, bias=False)
        self.arc_bias = nn.Linear(256, 1)
        self.label_dep = nn.Linear(width, 192)
        self.label_head = nn.Linear(width, 192)
        self.label_classes = nn.Linear(192, len(inventory.deps))

    def encode(self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor) -> Tensor:
        """Vectors of pieces [B, T, width]; all inputs [B, T], the mask 1 where there is a piece."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.positions(positions) + self.shapes(shapes) + self.gaps(gaps)
        x = functional.dropout(self.norm(x), DROPOUT, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def words(self, x: Tensor, first: Tensor, last: Tensor, shapes: Tensor, gaps: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of words [B, W, width] for the heads, and the plain means of first and last pieces."""
        width = x.shape[-1]
        a = torch.gather(x, 1, first[..., None].expand(-1, -1, width))
        z = torch.gather(x, 1, last[..., None].expand(-1, -1, width))
        joined = torch.cat([a, z, self.word_shapes(shapes).to(a.dtype), self.word_gaps(gaps).to(a.dtype)], -1)
        return functional.dropout(functional.gelu(self.word(joined)), DROPOUT, self.training), (a + z) / 2

    def arcs(self, h: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of heads [B, W, W + 1] (column 0 is the root), and label vectors of dependents and heads."""
        b = h.shape[0]
        with_root = torch.cat([self.root.to(h.dtype).expand(b, 1, -1), h], 1)
        dep, head = functional.gelu(self.arc_dep(h)), functional.gelu(self.arc_head(with_root))
        if self.training:
            dep, head = functional.dropout(dep, 0.2), functional.dropout(head, 0.2)
        scores = self.arc_mix(dep) @ head.transpose(1, 2) * 256**-0.5 + self.arc_bias(head).transpose(1, 2)
        return scores, self.label_dep(h), self.label_head(with_root)

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Scores for training: the label scores are those of the gold heads."""
        x = self.encode(batch["ids"], batch["shapes"], batch["gaps"], batch["mask"])
        h, _ = self.words(x, batch["first"], batch["last"], batch["word_shapes"], batch["word_gaps"])
        scores, dep, head = self.arcs(h)
        gold = (batch["heads"].clamp(min=-1) + 1)[..., None].expand(-1, -1, head.shape[-1])
        labels = self.label_classes(
            functional.dropout(functional.relu(dep + torch.gather(head, 1, gold)), DROPOUT, self.training)
        )
        return {
            "names": self.names(h),
            "tags": self.tags(h),
            "morphs": self.morphs(h),
            "lemmas": self.lemmas(h),
            "starts": self.starts(h).squeeze(-1),
            "arcs": scores,
            "deps": labels,
        }


WEIGHT = {"names": 2.0, "tags": 0.5, "morphs": 0.5, "lemmas": 0.4, "starts": 0.6, "arcs": 1.0, "deps": 0.7}


def losses(scores: dict[str, Tensor], batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Mean loss of each head over the words that are annotated for it.

    Names: -log of the probability of the labels still possible.
    Arcs: heads are sought among the words of the sentence, as later.
    """
    found = {}
    bits = batch["names"][..., None] >> torch.arange(len(NAME_LABELS), device=batch["names"].device) & 1
    known = batch["names"] != 0
    logp = scores["names"].float().log_softmax(-1)
    allowed = torch.logsumexp(logp.masked_fill(bits == 0, IMPOSSIBLE), -1)
    found["names"] = -(allowed * known).sum() / known.sum().clamp(min=1)
    for name in ("tags", "morphs", "lemmas", "deps"):
        gold = batch[name]
        s = scores[name].float()
        total = functional.cross_entropy(s.view(-1, s.shape[-1]), gold.reshape(-1), ignore_index=-1, reduction="sum")
        found[name] = total / (gold >= 0).sum().clamp(min=1)
    there = batch["starts"] >= 0
    loss = functional.binary_cross_entropy_with_logits(
        scores["starts"].float(), batch["starts"].clamp(min=0).float(), reduction="none"
    )
    found["starts"] = (loss * there).sum() / there.sum().clamp(min=1)
    sentence = (batch["starts"] == 1).cumsum(1)
    same = (sentence[:, :, None] == sentence[:, None, :]) & (batch["words"][:, None, :] == 1)
    same = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
    s = scores["arcs"].float().masked_fill(~same, IMPOSSIBLE)
    gold = torch.where(batch["heads"] >= -1, batch["heads"] + 1, -1)
    total = functional.cross_entropy(s.reshape(-1, s.shape[-1]), gold.reshape(-1), ignore_index=-1, reduction="sum")
    found["arcs"] = total / (gold >= 0).sum().clamp(min=1)
    return found


def load_encoder(network: Network, folder: Path) -> None:
    """Put the published weights of all-MiniLM-L6-v2 in; ValueError when the file is another one."""
    from safetensors.torch import load_file

    file = folder / "model.safetensors"
    if hashlib.sha256(file.read_bytes()).hexdigest() != ENCODER_SHA256:
        raise ValueError(f"{file} is not the published all-MiniLM-L6-v2")
    w = {k.removeprefix("bert."): v for k, v in load_file(str(file)).items()}
    e = "embeddings."
    state = {
        "pieces.weight": w[e + "word_embeddings.weight"],
        "positions.weight": w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0],
        "norm.weight": w[e + "LayerNorm.weight"],
        "norm.bias": w[e + "LayerNorm.bias"],
    }
    for i in range(LAYERS):
        old, new = f"encoder.layer.{i}.", f"layers.{i}."
        for kind in ("weight", "bias"):
            parts = [w[f"{old}attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
            state[f"{new}qkv.{kind}"] = torch.cat(parts, 0)
            state[f"{new}out.{kind}"] = w[f"{old}attention.output.dense.{kind}"]
            state[f"{new}norm1.{kind}"] = w[f"{old}attention.output.LayerNorm.{kind}"]
            state[f"{new}up.{kind}"] = w[f"{old}intermediate.dense.{kind}"]
            state[f"{new}down.{kind}"] = w[f"{old}output.dense.{kind}"]
            state[f"{new}norm2.{kind}"] = w[f"{old}output.LayerNorm.{kind}"]
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(name.startswith(("layers.", "pieces.", "norm.")) for name in missing):
        raise ValueError(f"the weights of {file} do not fit: {missing} {unexpected}")
