"""The figures of the model card: names and parse, counted as the project's scorers and CoNLL 2018 count them."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsdash.core.language.labels import NAME_LABELS, NAME_TYPES
from newsdash.core.language.training.corpora import REPORTED, TESTED
from newsdash.core.language.training.guideline import OUTSIDE_BIT, convert, read_gazetteer
from newsdash.core.language.training.handmade import COLLECTIONS, handmade
from newsdash.core.language.training.sentences import Sentence, records, treebank
from spacy.language import Language
from spacy.tokens import Doc

COLLAPSED = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
TYPED = {kind: kind for kind in NAME_TYPES if kind != "NORP"} | {"PER": "PERSON"}
"""The types of Few-NERD, which knows no nationalities as names."""
BARS = {
    "uner_ewt/test": 82.0,
    "wikigold/test": 84.0,
    "gum_names/test": 74.0,
    "crossner_politics/test": 74.0,
    "re3d_open/dev": 64.0,
}
"""Names F1 that each tested part should reach."""
PARSE_BARS = {"words": 99.3, "sentences": 86.0, "tags": 95.5, "upos": 96.5, "lemmas": 97.0, "uas": 89.0, "las": 86.5}
Span = tuple[int, int, str]


class Count:
    """Right, predicted and gold items."""

    def __init__(self) -> None:
        self.right = self.found = self.gold = 0

    def add(self, gold: set[Any], found: set[Any]) -> None:
        """Count one record."""
        self.right += len(gold & found)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def f1(self) -> float:
        """F1 in percent."""
        return 200 * self.right / max(self.found + self.gold, 1)


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without a leading "the" and a trailing "'s" (the scorer forgives them)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if m := re.match(r"the\s+(?=\S)", text[start:end], re.I):
        start += m.end()
    if m := re.search(r"(?<=\S)\s*['’]s$", text[start:end], re.I):
        end = start + m.start()
    return start, end


def names_f1(items: list[dict[str, Any]], docs: Iterator[Doc], kinds: dict[str, str]) -> dict[str, float]:
    """F1 in percent of strict spans, all together and by type; `kinds` maps the labels that count to the types."""
    counts: dict[str, Count] = defaultdict(Count)
    for record, doc in zip(items, docs, strict=True):
        text, places = record["text"], places_of(record)
        gold = spans_of(record, kinds)
        unknown = [(places[a][0], places[b - 1][1]) for a, b in record.get("missing") or []]
        found = {(*bare(text, e.start_char, e.end_char), kinds[e.label_]) for e in doc.ents if e.label_ in kinds}
        found = {f for f in found if not any(f[0] < b and a < f[1] for a, b in unknown)}
        for kind in dict.fromkeys(kinds.values()):
            counts[kind].add({g for g in gold if g[2] == kind}, {f for f in found if f[2] == kind})
        counts["all"].add(gold, found)
    return {kind: count.f1 for kind, count in counts.items()}


def guideline_f1(items: list[dict[str, Any]], source: str) -> float:
    """F1 in percent of a corpus's own labels brought to our guideline: no model that follows it gets more.

    A word that may be of several types counts as of the first.
    """
    count = Count()
    for record in items:
        sentence, gold = convert(record, source), spans_of(record, COLLAPSED)
        places, at = [], 0
        for word in sentence.words:
            at = record["text"].index(word, at)
            places.append((at, at + len(word)))
        found: set[Span] = set()
        start, kind = -1, ""
        for i, bits in enumerate([*sentence.names, OUTSIDE_BIT]):
            possible = [NAME_LABELS[k] for k in range(1, len(NAME_LABELS)) if bits >> k & 1 and not bits & OUTSIDE_BIT]
            if kind and f"I-{kind}" not in possible:
                if kind in COLLAPSED:
                    found.add((*bare(record["text"], places[start][0], places[i - 1][1]), COLLAPSED[kind]))
                kind = ""
            if not kind and possible and possible[0].startswith("B-"):
                start, kind = i, possible[0][2:]
        count.add(gold, found)
    return count.f1


def places_of(record: dict[str, Any]) -> list[tuple[int, int]]:
    """Where the tokens of a record stand in its text."""
    places, at = [], 0
    for token, space in zip(record["tokens"], record["spaces"], strict=True):
        places.append((at, at + len(token)))
        at += len(token) + bool(space)
    return places


def spans_of(record: dict[str, Any], kinds: dict[str, str]) -> set[Span]:
    """The annotated names of a record, by characters; `kinds` maps the labels that count to the types."""
    places = places_of(record)
    return {
        (*bare(record["text"], places[a][0], places[b - 1][1]), kinds[k]) for a, b, k in record["ents"] if k in kinds
    }


def documents(sentences: list[Sentence]) -> list[tuple[str, list[tuple[int, Sentence]]]]:
    """Texts of the documents, each with its sentences and where they begin; paragraphs are set apart by blank lines."""
    found: list[tuple[str, list[tuple[int, Sentence]]]] = []
    doc = None
    for s in sentences:
        if s.doc != doc:
            found.append(("", []))
            doc = s.doc
        text, inside = found[-1]
        if text and s.new_paragraph:
            text = text.rstrip() + "\n\n"
        inside.append((len(text), s))
        found[-1] = (text + "".join(w + " " * sp for w, sp in zip(s.words, s.spaces, strict=True)), inside)
    return found


def parse_figures(docs: list[Doc], gold: list[tuple[str, list[tuple[int, Sentence]]]]) -> dict[str, float]:
    """CoNLL 2018 figures (F1) of parses from raw text: words, sentences, tags, UPOS, lemmas, UAS, LAS."""
    counts: dict[str, Count] = defaultdict(Count)
    for k, (doc, (_, sentences)) in enumerate(zip(docs, gold, strict=True)):
        g: dict[str, set[Any]] = defaultdict(set)
        for start, s in sentences:
            places, at = [], start
            for word, space in zip(s.words, s.spaces, strict=True):
                places.append((k, at, at + len(word)))
                at += len(word) + space
            g["sentences"].add((k, places[0][1], places[-1][2]))
            for i, p in enumerate(places):
                head = places[s.heads[i]] if s.heads[i] >= 0 else None
                g["words"].add(p)
                g["tags"].add((p, s.tags[i]))
                g["upos"].add((p, s.morphs[i].partition("|")[0]))
                g["lemmas"].add((p, s.lemmas[i]))
                g["uas"].add((p, head))
                g["las"].add((p, head, s.deps[i].partition(":")[0]))
        f: dict[str, set[Any]] = defaultdict(set)
        for sent in doc.sents:
            real = [t for t in sent if not t.is_space]
            if real:
                f["sentences"].add((k, real[0].idx, real[-1].idx + len(real[-1])))
        for t in doc:
            if t.is_space:
                continue
            p = (k, t.idx, t.idx + len(t))
            above = None if t.dep_ == "ROOT" else (k, t.head.idx, t.head.idx + len(t.head))
            f["words"].add(p)
            f["tags"].add((p, t.tag_))
            f["upos"].add((p, t.pos_))
            f["lemmas"].add((p, t.lemma_))
            f["uas"].add((p, above))
            f["las"].add((p, above, t.dep_.partition(":")[0].lower()))
        for name in ("words", "sentences", "tags", "upos", "lemmas", "uas", "las"):
            counts[name].add(g[name], f[name])
    return {name: c.f1 for name, c in counts.items()}


def given_words_las(nlp: Language, sentences: list[Sentence]) -> tuple[float, float]:
    """UAS and LAS with the treebank's words and sentences (each sentence a text of its own)."""
    docs = [Doc(nlp.vocab, words=s.words, spaces=s.spaces) for s in sentences]
    annotate = nlp.get_pipe(nlp.pipe_names[-1])
    total = right = labelled = 0
    for doc, s in zip(annotate.pipe(docs), sentences, strict=True):
        for i, t in enumerate(doc):
            head = i if s.heads[i] < 0 else s.heads[i]
            total += 1
            ok = t.head.i == head
            right += ok
            labelled += ok and t.dep_.lower().partition(":")[0] == s.deps[i].partition(":")[0]
    return 100 * right / total, 100 * labelled / total


def words_per_second(nlp: Language, texts: list[str]) -> float:
    """Words (between blanks) a second through `nlp.pipe`, the best of three."""
    words = sum(len(t.split()) for t in texts)
    best = 0.0
    for _ in range(3):
        begun = time.perf_counter()
        for _doc in nlp.pipe(texts):
            pass
        best = max(best, words / (time.perf_counter() - begun))
    return best


def speed(nlp: Language, corpora: Path) -> None:
    """Print words a second of the pipeline and of a stock CNN pipeline with the same components, in turn."""
    from newsdash.core.language.training.cnn_baseline import build

    sentences = treebank(corpora / "dep" / "dev.ship.conllu")
    texts = [text for text, _ in documents([s for s in sentences if s.doc.startswith("GUM")])]
    rows = [
        (s.words, s.tags, s.morphs, [h if h >= 0 else i for i, h in enumerate(s.heads)], s.deps, s.lemmas)
        for s in sentences[:500]
    ]
    cnn = build(rows)
    cnn.max_length = nlp.max_length
    ours, theirs = words_per_second(nlp, texts), words_per_second(cnn, texts)
    print(f"words a second: ours {ours:.0f}, stock CNN pipeline {theirs:.0f}, ratio {ours / theirs:.2f} (0.6)")


def report(nlp: Language, corpora: Path) -> dict[str, dict[str, float]]:
    """Print and return all figures."""
    figures: dict[str, dict[str, float]] = {}
    read_gazetteer(corpora)
    for part in (*TESTED, *REPORTED):
        items = records(corpora / "ner" / f"{part}.jsonl")
        kinds = TYPED if part in REPORTED else COLLAPSED
        figures[part] = names_f1(items, nlp.pipe(r["text"] for r in items), kinds)
        shown = "  ".join(f"{k} {v:.1f}" for k, v in figures[part].items())
        if part in BARS:
            most = guideline_f1(items, part.partition("/")[0])
            shown += f"  (bar {BARS[part]}, within our guideline {most:.1f})"
        print(f"names {part:24} {shown}", flush=True)
    for name in COLLECTIONS:
        items = handmade("test", name)
        figures[name] = names_f1(items, nlp.pipe(r["text"] for r in items), COLLAPSED)
        shown = "  ".join(f"{k} {v:.1f}" for k, v in figures[name].items())
        print(f"names marked by hand, {name:7} {shown}", flush=True)
    sentences = treebank(corpora / "dep" / "test.ship.conllu")
    for title, chosen in (("all", sentences), ("GUM news", [s for s in sentences if s.doc.startswith("GUM_news")])):
        if not chosen:
            continue
        gold = documents(chosen)
        figures[f"parse {title}"] = parse_figures(list(nlp.pipe(text for text, _ in gold)), gold)
        shown = "  ".join(
            f"{k} {v:.2f}" + (f" ({PARSE_BARS[k]})" if title == "all" else "")
            for k, v in figures[f"parse {title}"].items()
        )
        print(f"parse, raw text, {title}: {shown}", flush=True)
    uas, las = given_words_las(nlp, sentences)
    figures["given words"] = {"uas": uas, "las": las}
    print(f"parse, given words and sentences: uas {uas:.2f}  las {las:.2f} (88.0)")
    return figures
