"""The spaCy component that sets everything, and the pipeline made of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from newsdash.core.language import names
from newsdash.core.language.labels import GAP_BLANK_LINE, NAME_TYPES
from newsdash.core.language.lemmas import apply_rule, settle
from newsdash.core.language.network import Network
from newsdash.core.language.paragraphs import gaps, is_wrapped
from newsdash.core.language.parse import Parse, Section, parse
from newsdash.core.language.tokenizer import Tokenizer
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc
from spacy.vocab import Vocab

FACTORY = "newsdash_language"
TOGETHER = 6_000
"""Words whose windows go through the network together; also the size of the sections of a long text."""
MOST_VECTORS = 200_000
"""A longer text (in words) gets no `doc.tensor`: the vectors would take more memory than the program may."""
ATTRIBUTES = [HEAD, DEP, TAG, POS, MORPH, LEMMA, ENT_IOB, ENT_TYPE]


class Annotator:
    """Sets tags, morphology, lemmas, dependencies, sentences, names and `doc.tensor` of a Doc."""

    def __init__(self, vocab: Vocab, folder: Path, threads: int = 1) -> None:
        self.vocab = vocab
        self.network = Network(folder, threads)
        self.tell: Callable[[float], None] | None = None  # see `follow` in the package
        strings, network = vocab.strings, self.network
        self.tags = np.array([strings.add(t) for t in network.tags], np.uint64)
        parts = [m.partition("|") for m in network.morphs]
        self.positions = np.array([IDS[upos] for upos, _, _ in parts], np.uint64)
        self.features = np.array([vocab.morphology.add(feats or "_") for _, _, feats in parts], np.uint64)
        self.deps = np.array([strings.add("ROOT" if d == "root" else d) for d in network.deps], np.uint64)
        self.kinds = np.array([0, *(strings.add(k) for k in NAME_TYPES for _ in "BI")], np.uint64)
        self.exceptions = read_exceptions(folder / "lemmas.tsv")
        self.lemmas: dict[tuple[str, int, int], int] = {}
        self.space = (strings.add("_SP"), IDS["SPACE"], vocab.morphology.add("_"), strings.add("dep"))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc in place."""
        next(iter(self.pipe([doc])), None)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 0) -> Iterator[Doc]:
        """Annotate Docs; those of about `TOGETHER` words share batches."""
        batch: list[Doc] = []
        size = 0
        for doc in stream:
            batch.append(doc)
            size += len(doc)
            if size >= TOGETHER:
                yield from self.annotate(batch)
                batch, size = [], 0
        yield from self.annotate(batch)

    def annotate(self, docs: Sequence[Doc]) -> list[Doc]:
        """Annotate a few Docs in one go."""
        texts = [Words(doc) for doc in docs]
        todo = [(k, section) for k, t in enumerate(texts) for section in t.sections()]
        found: list[list[Parse]] = [[] for _ in docs]
        group: list[tuple[int, Section]] = []
        total, done = sum(len(t.words) for t in texts), 0
        for item in [*todo, None]:
            if group and (item is None or sum(len(s.words) for _, s in group) + len(item[1].words) > TOGETHER):
                for (k, _), p in zip(group, parse([s for _, s in group], self.network), strict=True):
                    if len(docs[k]) > MOST_VECTORS:
                        p = slim(p)
                    found[k].append(p)
                done += sum(len(s.words) for _, s in group)
                if self.tell is not None:
                    self.tell(done / total)
                group = []
            if item is not None:
                group.append(item)
        for words, parses in zip(texts, found, strict=True):
            self.write(words, parses)
        return list(docs)

    def write(self, words: Words, parses: list[Parse]) -> None:
        """Put the parses of a Doc's sections into the Doc."""
        doc, real = words.doc, words.real
        n = len(doc)
        if not n:
            return
        out = np.zeros((n, len(ATTRIBUTES)), np.uint64)
        out[:, 2], out[:, 3], out[:, 4] = self.space[:3]
        out[:, 1] = self.space[3]
        head = np.arange(n) - 1  # whitespace belongs to the word before it, at the beginning to the one after
        if real.size:
            head[: real[0]] = real[0]
            offsets = np.cumsum([0, *(len(p.tags) for p in parses)])
            heads = np.concatenate([p.heads + o for p, o in zip(parses, offsets, strict=False)])
            before = np.maximum.accumulate(np.where(words.is_real, np.arange(n), -1))
            head = np.where(before >= 0, before, head)
            head[real] = real[heads]
            tags, morphs, rules, deps, labels, likely = (
                np.concatenate([getattr(p, a) for p in parses])
                for a in ("tags", "morphs", "lemmas", "deps", "names", "kinds")
            )
            out[real, 1], out[real, 2] = self.deps[deps], self.tags[tags]
            out[real, 3], out[real, 4] = self.positions[morphs], self.features[morphs]
            out[real, 5] = self.lemma_ids(words.words, rules, tags)
            iob, kinds = self.entities(words, labels, likely)
            out[:, 6], out[:, 7] = iob, kinds
        else:
            head = np.zeros(n, np.int64)
            out[:, 6] = 2
        blank = ~words.is_real
        if blank.any():
            strings = self.vocab.strings
            out[blank, 5] = [strings.add(doc[int(i)].text) for i in np.flatnonzero(blank)]
        out[:, 0] = (head - np.arange(n)).astype(np.int64).astype(np.uint64)
        doc.from_array(ATTRIBUTES, out)
        if (flat := flattened(head, doc)) is not None:
            out[:, 0] = (flat - np.arange(n)).astype(np.int64).astype(np.uint64)
            doc.from_array(ATTRIBUTES, out)
        if n <= MOST_VECTORS and real.size:
            tensor = np.zeros((n, parses[0].vectors.shape[1]), np.float32)
            tensor[real] = np.concatenate([p.vectors for p in parses])
            doc.tensor = tensor

    def lemma_ids(self, words: list[str], rules: NDArray[np.int64], tags: NDArray[np.int64]) -> list[int]:
        """String ids of lemmas: the exceptions first, then the rule."""
        known, found = self.lemmas, []
        for key in zip(words, rules.tolist(), tags.tolist(), strict=True):
            value = known.get(key)
            if value is None:
                word, rule, tag = key
                lemma = self.exceptions.get((word, self.network.tags[tag]))
                if lemma is None:
                    lemma = settle(
                        apply_rule(self.network.lemmas[rule], word), word, self.network.tags[tag], self.network.pieces
                    )
                value = known[key] = self.vocab.strings.add(lemma)
                if len(known) > 500_000:
                    known.clear()
            found.append(value)
        return found

    def entities(
        self, words: Words, labels: NDArray[np.int64], likely: NDArray[np.float32]
    ) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """IOB codes (3 begin, 1 inside, 2 outside) and type ids of all tokens, articles and possessives cut off."""
        n = len(words.doc)
        iob, kinds = np.full(n, 2, np.uint64), np.zeros(n, np.uint64)
        real, texts = words.real, words.words
        begins = np.flatnonzero(labels % 2 == 1).tolist()
        found: list[tuple[int, int, int]] = []
        for start in begins:
            end, mark = start + 1, labels[start] + 1
            while end < len(labels) and labels[end] == mark:
                end += 1
            found.append((start, end, (int(mark) - 2) // 2))
        for start, end, kind in names.agreed(texts, names.bounded(texts, found), likely):
            a, b = real[start], real[end - 1] + 1
            iob[a:b], kinds[a:b] = 1, self.kinds[2 + 2 * kind]
            iob[a] = 3
        return iob, kinds


class Words:
    """A Doc's words without the whitespace tokens, and what stands before each."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        texts = [t.text for t in doc]
        self.is_real = np.array([not t.isspace() for t in texts], bool)
        self.real = np.flatnonzero(self.is_real)
        every = gaps(texts, [bool(t.whitespace_) for t in doc], is_wrapped(doc.text)) if texts else []
        self.words = [texts[i] for i in self.real]
        self.gaps = [every[i] for i in self.real]

    def sections(self) -> Iterator[Section]:
        """The words in sections of about `TOGETHER`, cut at paragraphs where there are any."""
        start, n = 0, len(self.words)
        while start < n:
            stop = min(start + TOGETHER, n)
            if stop < n:
                wanted = (i for i in range(stop, start + TOGETHER // 2, -1) if self.gaps[i] == GAP_BLANK_LINE)
                stop = next(wanted, stop)
            yield Section(self.words[start:stop], self.gaps[start:stop])
            start = stop


def flattened(head: NDArray[np.int64], doc: Doc) -> NDArray[np.int64] | None:
    """New heads when spaCy drew a sentence border through a tree, else None.

    spaCy finds the borders from the heads and gives up on long tangled trees ("word word word …"): the words of such a
    tree are hung on its root.
    """
    sentence = np.cumsum(doc.to_array(SENT_START).astype(np.int64) == 1)
    torn = sentence[head] != sentence
    if not torn.any():
        return None
    root = head
    while (root != root[root]).any():
        root = root[root]
    return np.where(np.isin(root, root[torn]), root, head)


def slim(p: Parse) -> Parse:
    """The parse without its vectors."""
    return Parse(p.names, p.kinds, p.tags, p.morphs, p.lemmas, p.heads, p.deps, p.starts, p.vectors[:0])


def read_exceptions(file: Path) -> dict[tuple[str, str], str]:
    """Lemmas of (word, tag) that the treebank is sure of: lines of word, tag, lemma."""
    if not file.exists():
        return {}
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines() if line)
    return {(word, tag): lemma for word, tag, lemma in rows}


@Language.factory(  # type: ignore[untyped-decorator]
    FACTORY,
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.head",
        "token.dep",
        "token.is_sent_start",
        "doc.ents",
        "doc.tensor",
    ],
    default_config={"folder": "", "threads": 1},
)
def make_annotator(nlp: Language, name: str, folder: str, threads: int) -> Annotator:
    """The component, for a weights folder."""
    return Annotator(nlp.vocab, Path(folder), threads)


def build(folder: Path, threads: int = 1) -> Language:
    """A spaCy pipeline of the tokenizer and the one component."""
    from spacy.lang.en import English

    meta: dict[str, Any] = json.loads((folder / "classes.json").read_text("utf-8")).get("meta", {})
    nlp = English(meta=meta)
    nlp.max_length = 200_000_000
    nlp.tokenizer = Tokenizer(nlp.vocab)
    nlp.add_pipe(FACTORY, config={"folder": str(folder), "threads": threads})
    return nlp
