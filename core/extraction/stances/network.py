"""A small network that reads who is for or against whom from the word vectors of a parse (numpy only).

It stands on the frozen vectors of the language model (``doc.tensor``) and on what the lexicons say of each word, and
looks at one sentence at a time: one attention layer, then two heads: the light in which a span is shown, and the
polarity of one span toward another. The weights of the judge (``judging``) are kept with it. Trained by ``python -m
newsdash.core.extraction.training`` on DSE2QA (Park, Pan and Joo 2021) and NewsMTSC (Hamborg and Donnay 2021), the judge
on articles and sentences that were annotated by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from newsdash.core.extraction.stances.acts import adjective_frames, effects, mended, noun_frames, valence, verb_frames
from newsdash.core.extraction.syntax import is_negated
from numpy.typing import NDArray
from spacy.attrs import ENT_TYPE, LEMMA, LOWER, POS
from spacy.tokens import Doc, Span

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

WEIGHTS = Path(__file__).parent / "network.npz"
BUCKETS = 4096  # lemmas are hashed into so many rows
ROLES = 64  # and dependency labels into so many
REACH = 15  # words farther apart than this share one attention bias
HEADS = 4
LEXICAL = 16  # features of lexical()
VERB_SIGN, NOUN_SIGN = 3, 6  # those with the side that a verb or noun takes
_BLOCK = 250_000  # multiplications; OpenBLAS shares a product of more than 2**18 among threads
_ROWS = 16  # at least in one product: with fewer the weights are read too often
_POS = ("PROPN", "PRON", "NOUN", "VERB", "ADJ", "PUNCT")


@dataclass(frozen=True)
class Words:
    """What the network is told of the n words of a sentence: vectors, lexical features, hashed lemmas, heads, roles."""

    vectors: Floats
    lexical: Floats
    lemmas: Ints
    heads: Ints
    roles: Ints


def words_of(span: Span) -> Words:
    """The input for one sentence. The Doc must have a tensor."""
    first = span.start
    n = len(span)
    lexical = np.zeros((n, LEXICAL), np.float32)
    lemmas, heads, roles = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    quoted = False
    for i, token in enumerate(span):
        if token.text in '“”"':
            quoted = token.text == "“" or (token.text == '"' and not quoted)
        lemma, pos = token.lemma_.lower(), token.pos_
        lexical[i] = _lexical(lemma, token.lower_, pos, token.ent_type_)
        lexical[i, 5] = pos == "VERB" and is_negated(token)
        lexical[i, 8] = quoted
        lemmas[i] = _bucket(lemma, BUCKETS)
        heads[i] = min(max(token.head.i - first, 0), n - 1)
        roles[i] = _bucket(token.dep_, ROLES)
    return Words(np.asarray(span.doc.tensor[first : span.end], np.float32), lexical, lemmas, heads, roles)


_KNOWN: dict[tuple[int, ...], Floats] = {}  # what the lexicons say, by the ids of lemma, form, part, name
_MOST_KNOWN = 50_000


def lexical(doc: Doc) -> Floats:
    """What the lexicons say of the words of a Doc, [n, LEXICAL], wherever they stand."""
    if len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.clear()
    rows = []
    for i, key in enumerate(map(tuple, doc.to_array([LEMMA, LOWER, POS, ENT_TYPE]).tolist())):
        row = _KNOWN.get(key)
        if row is None:
            t = doc[i]
            row = _KNOWN[key] = np.array(_lexical(t.lemma_.lower(), t.lower_, t.pos_, t.ent_type_), np.float32)
        rows.append(row)
    return np.concatenate(rows).reshape(-1, LEXICAL) if rows else np.zeros((0, LEXICAL), np.float32)


@lru_cache(maxsize=20_000)
def _bucket(word: str, size: int) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) % size


@lru_cache(maxsize=20_000)
def _lexical(lemma: str, form: str, pos: str, entity: str) -> tuple[float, ...]:
    """What the lexicons say of a word; what its place in the sentence says (5, 8) is left out."""
    row = [0.0] * LEXICAL
    if pos != "PROPN":
        row[0] = (valence().get(form, 0) or valence().get(lemma, 0)) / 4
    if pos == "VERB":
        lemma = mended(lemma, form)
        sign, weight = effects().get(lemma, (0, 0))
        row[1], row[2] = float(sign), sign * (weight - 1.0)
        frames = verb_frames().get(lemma, ())
        row[VERB_SIGN] = float(frames[-1].sign) if frames else 0.0
        row[4] = float(bool(frames) and frames[-1].open)
    elif pos == "NOUN" and lemma in noun_frames():
        row[NOUN_SIGN] = float(noun_frames()[lemma].sign)
    elif form in adjective_frames():
        row[7] = float(adjective_frames()[form].sign)
    if pos in _POS:
        row[9 + _POS.index(pos)] = 1.0
    row[15] = float(entity in ("PERSON", "ORG", "GPE", "NORP"))
    return tuple(row)


def _times(rows: Floats, weight: Floats) -> Floats:
    """rows @ weight.T in blocks so small that BLAS keeps them in this thread: waiting for others costs more."""
    wide, deep = weight.shape
    step = max(1, min(deep, _BLOCK // (_ROWS * wide)))
    size = max(1, _BLOCK // (step * wide))
    found = np.zeros((len(rows), wide), np.float32)
    for i in range(0, len(rows), size):
        for j in range(0, deep, step):
            found[i : i + size] += rows[i : i + size, j : j + step] @ weight[:, j : j + step].T
    return found


def _gelu(x: Floats) -> Floats:
    return np.asarray(x * (0.5 + 0.5 * np.tanh(0.7978845608 * (x + 0.044715 * x * x * x))), np.float32)


def _norm(x: Floats, scale: Floats, shift: Floats) -> Floats:
    centred = x - x.mean(-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-5)
    return np.asarray(centred / spread * scale + shift, np.float32)


def softmax(x: Floats) -> Floats:
    """Over the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), np.float32)


@dataclass(frozen=True)
class Thresholds:
    """Probabilities from which the network is believed; the training finds them on sentences that it held back."""

    sign: float  # fills in a polarity that the rules leave open
    same: float  # counts as a second witness of the same polarity
    doubt: float  # below it the network doubts a polarity that the rules found
    pair: float  # gives a position of its own between two actors of a short passage
    tone: float  # a short passage shows somebody in a good or bad light
    position: float  # the judge takes an opening in an article for a position
    medium: float  # chance from which one is shown as of medium confidence: right more often than not
    high: float  # and as high: right nine times in ten


class Network:
    """The weights and the forward pass."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self.w: dict[str, Floats] = {name: stored[name].astype(np.float32) for name in stored.files}
        self.at = Thresholds(*(float(p) for p in self.w.pop("thresholds")))

    def encode(self, words: Words) -> Floats:
        """Vectors [n, width] of the words in their sentence."""
        w = self.w
        told = np.concatenate(
            [
                words.vectors, words.lexical, w["lemma"][words.lemmas], w["lemma"][words.lemmas[words.heads]],
                w["role"][words.roles],
            ], -1,
        )  # fmt: skip
        x = _norm(_gelu(_times(told, w["in.weight"]) + w["in.bias"]), w["in_norm.weight"], w["in_norm.bias"])
        n, width = x.shape
        q, k, v = np.split(_times(x, w["qkv.weight"]) + w["qkv.bias"], 3, -1)
        q, k, v = (a.reshape(n, HEADS, -1).transpose(1, 0, 2) for a in (q, k, v))
        scores = q @ k.transpose(0, 2, 1) * (q.shape[-1] ** -0.5) + self._bias(words.heads)
        mixed = (softmax(scores) @ v).transpose(1, 0, 2).reshape(n, width)
        x = _norm(x + _times(mixed, w["out.weight"]) + w["out.bias"], w["norm1.weight"], w["norm1.bias"])
        up = _gelu(_times(x, w["up.weight"]) + w["up.bias"])
        return _norm(x + _times(up, w["down.weight"]) + w["down.bias"], w["norm2.weight"], w["norm2.bias"])

    def _bias(self, heads: Ints) -> Floats:
        """Attention bias [heads, n, n] by distance and by dependency (head of, dependent of)."""
        n = len(heads)
        at = np.arange(n)
        bias = self.w["distance"][np.clip(at[None, :] - at[:, None], -REACH, REACH) + REACH].transpose(2, 0, 1).copy()
        bias[:, at, heads] += self.w["tree"][0][:, None]
        bias[:, heads, at] += self.w["tree"][1][:, None]
        return np.asarray(bias, np.float32)

    def tone(self, x: Floats, spans: list[tuple[int, int]]) -> Floats:
        """Probabilities [spans, 3] of against, neutral, for: the light in which each span of words is shown."""
        whole = x.mean(0)
        rows = np.stack([np.concatenate([x[a:b].mean(0), whole]) for a, b in spans])
        return self._head("tone", rows)

    def pairs(self, x: Floats, spans: list[tuple[tuple[int, int], tuple[int, int]]]) -> Floats:
        """Probabilities [pairs, 3] of against, neutral, for: of the first span toward the second."""
        whole = x.mean(0)
        rows = []
        for (a, b), (c, d) in spans:
            p, q = x[a:b].mean(0), x[c:d].mean(0)
            rows.append(np.concatenate([p, q, p * q, whole, [float(a < c), min(abs(a - c), 40) / 40]]))
        return self._head("pair", np.asarray(rows, np.float32))

    def linear(self, name: str, rows: Floats) -> Floats:
        """rows @ weight.T + bias of one layer."""
        return _times(rows, self.w[f"{name}.weight"]) + self.w[f"{name}.bias"]

    def hidden(self, name: str, rows: Floats, plus: Floats | float = 0.0) -> Floats:
        """The same with something added and the activation after it."""
        return _gelu(np.asarray(self.linear(name, rows) + plus, np.float32))

    def _head(self, name: str, rows: Floats) -> Floats:
        return softmax(self.linear(f"{name}2", self.hidden(f"{name}1", rows)))


@cache
def network() -> Network | None:
    """The shipped network, None when its weights are not there (rules then work alone)."""
    return Network(WEIGHTS) if WEIGHTS.exists() else None


def readable(doc: Doc) -> bool:
    """Whether the Doc has the word vectors that the network stands on."""
    return network() is not None and doc.tensor is not None and len(doc.tensor) == len(doc) > 0
