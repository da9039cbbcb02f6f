"""The language model: what every text must survive, and what a reader of news expects of it."""

from __future__ import annotations

import random

import numpy as np
import pytest
from newsdash.core.language import load
from newsdash.core.language.labels import NAME_TYPES
from newsdash.core.language.names import agreed, bounded
from spacy.language import Language
from spacy.tokens import Doc


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The real pipeline."""
    return load()


def sound(doc: Doc, text: str) -> None:
    """What holds for every Doc: the text is whole, every sentence is one tree, names have no blanks at their ends."""
    assert doc.text == text
    for sent in doc.sents:
        roots = [t for t in sent if t.head is t or t.head == t]
        assert len(roots) == 1
        for token in sent:
            assert sent.start <= token.head.i < sent.end
            steps = 0
            while token.head != token:
                token, steps = token.head, steps + 1
                assert steps <= len(sent)
    for ent in doc.ents:
        assert ent.text.strip() == ent.text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n\n", "\x00\x00 hello \x00", "😀😀 ok 😀", "word", "…", "“”", "a\u2028b\u2029c\x0bd", "\u200b\ufeff",
        "[/bold] \x1b[31m red", "1" * 5000, "a-" * 2000, "(" * 3000, "word " * 3000, "\t\ttabs\tand  blanks   ",
        "Ünïcödé naïve 東京都 Москва", "no full stop\n\nnone here",
    ],
)  # fmt: skip
def test_every_text_is_parsed_whole(nlp: Language, text: str) -> None:
    sound(nlp(text), text)


def test_random_characters(nlp: Language) -> None:
    rng = random.Random(1)
    alphabet = "ab Zé.,!?\"'“”’()-\n\t\x00$%0123456789東😀\u0301/"
    texts = ["".join(rng.choice(alphabet) for _ in range(rng.randint(0, 400))) for _ in range(40)]
    for doc, text in zip(nlp.pipe(texts), texts, strict=True):
        assert doc.text == text  # trees over such soup may cross; spaCy then draws sentence borders through them
        assert all(ent.text.strip() == ent.text for ent in doc.ents)


def test_a_text_alone_and_among_others_is_the_same(nlp: Language) -> None:
    texts = ["Maria Silva met Mr. Okafor in Lagos.", "They left.\n\nNothing was signed, officials said.", ""]
    for doc, alone in zip(nlp.pipe(texts), map(nlp, texts), strict=True):
        assert [(t.text, t.tag_, t.dep_, t.head.i) for t in doc] == [(t.text, t.tag_, t.dep_, t.head.i) for t in alone]
        assert [(e.text, e.label_) for e in doc.ents] == [(e.text, e.label_) for e in alone.ents]


def test_everything_is_set(nlp: Language) -> None:
    doc = nlp("The ministers didn't sign the treaty in Geneva on Friday.")
    assert [t.text for t in doc[:4]] == ["The", "ministers", "did", "n't"]
    assert [t.lemma_ for t in doc[1:5]] == ["minister", "do", "not", "sign"]
    assert [t.pos_ for t in doc[1:5]] == ["NOUN", "AUX", "PART", "VERB"]
    assert doc[1].tag_ == "NNS"
    assert "Plur" in str(doc[1].morph)
    root = next(iter(doc.sents)).root
    assert (root.text, root.dep_) == ("sign", "ROOT")
    assert {t.text: t.dep_ for t in root.children} | {"treaty": "obj", "ministers": "nsubj"} == {
        t.text: t.dep_ for t in root.children
    }
    assert doc.tensor.shape == (len(doc), 384)


def test_words_are_those_of_the_treebank(nlp: Language) -> None:
    doc = nlp.make_doc(
        "He can't, cannot and won't: the San Francisco-based firm's U.S. unit lost $1.5bn (3%) at 5:30 p.m., i.e. late."
    )
    assert [t.text for t in doc] == [
        "He",
        "ca",
        "n't",
        ",",
        "can",
        "not",
        "and",
        "wo",
        "n't",
        ":",
        "the",
        "San",
        "Francisco",
        "-",
        "based",
        "firm",
        "'s",
        "U.S.",
        "unit",
        "lost",
        "$",
        "1.5",
        "bn",
        "(",
        "3",
        "%",
        ")",
        "at",
        "5:30",
        "p.m.",
        ",",
        "i.e.",
        "late",
        ".",
    ]


def test_headings_and_paragraphs_end_sentences(nlp: Language) -> None:
    text = (
        "Ministers Agree On A New Plan\n\nThe plan was agreed on Monday. Officials were glad\n\nWhat Comes Next\n\n"
        "A vote is expected in May."
    )
    assert [s.text.strip() for s in nlp(text).sents] == [
        "Ministers Agree On A New Plan",
        "The plan was agreed on Monday.",
        "Officials were glad",
        "What Comes Next",
        "A vote is expected in May.",
    ]


def test_wrapped_lines_do_not_end_sentences(nlp: Language) -> None:
    text = (
        "The committee that was to decide on the new bridge has put off its meeting by\n"
        "another week, because two of its members were ill and a third had gone abroad\n"
        "without telling anybody. The mayor of the town said that the delay would cost\n"
        "nothing, and that the work could begin in the spring as it had been planned.\n"
    )
    assert len(list(nlp(text).sents)) == 2


def test_quotations_are_not_broken(nlp: Language) -> None:
    text = "The firm was told to “immediately cease” all sales in the country. “We disagree!” said Ann Lee, its head."
    assert [s.text.strip() for s in nlp(text).sents] == [
        "The firm was told to “immediately cease” all sales in the country.",
        "“We disagree!” said Ann Lee, its head.",
    ]


def test_names_as_a_reader_expects(nlp: Language) -> None:
    text = (
        "President Donald Trump met German Chancellor Friedrich Merz in Berlin. "
        "The San Francisco-based startup sued the Pentagon. "
        "Kenya's foreign minister, Musalia Mudavadi, wrote to the United Nations."
    )
    found = {(e.text, e.label_) for e in nlp(text).ents}
    assert {
        ("Donald Trump", "PERSON"),
        ("Friedrich Merz", "PERSON"),
        ("Berlin", "GPE"),
        ("San Francisco", "GPE"),
    } <= found
    assert {("Kenya", "GPE"), ("Musalia Mudavadi", "PERSON"), ("United Nations", "ORG"), ("German", "NORP")} <= found


def test_a_sentence_longer_than_a_window_is_not_cut(nlp: Language) -> None:
    """Long paragraphs are read in windows; where they meet, only a likely sentence end may be a border."""
    towns = ", ".join(f"the mayor of the harbour town of {name}" for name in ("Arel", "Brunn") * 7)
    text = f"He said this on Monday. The list of those who had signed names {towns}. Nobody answered."
    assert len(list(nlp(text).sents)) == 3


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("The council nominated two judges.", "nominated", "nominate"),
        ("They had hoped for an agreement.", "hoped", "hope"),
        ("The army overthrew the king last year.", "overthrew", "overthrow"),
        ("The minister authorised strikes.", "authorised", "authorise"),
        ("Witnesses described clashes.", "clashes", "clash"),
        ("He cried and they fought on.", "fought", "fight"),
        ("The parties are planning a meeting.", "planning", "plan"),
    ],
)
def test_lemmas_are_words(nlp: Language, text: str, word: str, lemma: str) -> None:
    """A lemma is a word that exists, also of a form the treebanks do not have."""
    assert next(t for t in nlp(text) if t.text == word).lemma_ == lemma


def test_the_parties_of_a_case_are_one_name(nlp: Language) -> None:
    """ "Roe v. Wade" is a case, not two people."""
    doc = nlp("In 2022 the Supreme Court overturned Roe v. Wade, as Justice Samuel Alito had proposed.")
    assert ("Roe v. Wade", "LAW") in [(e.text, e.label_) for e in doc.ents]
    assert "Samuel Alito" in [e.text for e in doc.ents]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He was arrested in the US and sent to the UK.", [("US", "GPE"), ("UK", "GPE")]),
        ("The WHO said cases rose.", [("WHO", "ORG")]),
        ("Officials who know us said it rose.", []),
        (
            "The U.N.-backed talks ended in an anti-U.S. rally near the U.S.-led base.",
            [("U.N.", "ORG"), ("U.S.", "GPE"), ("U.S.", "GPE")],
        ),
        (
            "Minister of Works Lena Horvat met the Bill and Melinda Gates Foundation.",
            [("Lena Horvat", "PERSON"), ("Bill and Melinda Gates Foundation", "ORG")],
        ),
        ("Judges in The Hague heard Ernst & Young.", [("The Hague", "GPE"), ("Ernst & Young", "ORG")]),
        ("Lawyers from Baker & McKenzie met.", [("Baker & McKenzie", "ORG")]),
    ],
)  # fmt: skip
def test_names_that_look_like_other_words(nlp: Language, text: str, names: list[tuple[str, str]]) -> None:
    assert [(ent.text, ent.label_) for ent in nlp(text).ents] == names


def test_a_sentence_ends_with_the_quotation_that_ends_in_a_full_stop(nlp: Language) -> None:
    text = 'He wrote, "They held him. He slept in an office for two nights." Brown asserted that the guards had lied.'
    assert [sent.text.split()[0] for sent in nlp(text).sents][-1] == "Brown"


def test_a_text_cut_into_words_has_its_possessives(nlp: Language) -> None:
    doc = nlp("Dinner at Sullivan 's is n't cheap , they 've said .")
    assert [t.text for t in doc if t.text in ("'s", "n't", "'ve")] == ["'s", "n't", "'ve"]


PERSON, ORG, GPE, PRODUCT = (NAME_TYPES.index(kind) for kind in ("PERSON", "ORG", "GPE", "PRODUCT"))


def likely(count: int, at: dict[int, dict[int, float]]) -> np.ndarray:
    """Log-probabilities of the types of so many words; of those given, these shares."""
    shares = np.full((count, len(NAME_TYPES)), 0.001, np.float32)
    for word, given in at.items():
        for kind, share in given.items():
            shares[word, kind] = share
    return np.log(shares)


def test_all_places_of_a_name_have_the_type_that_the_clearest_one_tells() -> None:
    words = ["Velloran", "sued", ".", "Velloran", "agreed", ".", "Velloran", "closed", "."]
    unclear = {PERSON: 0.55, ORG: 0.45}
    scores = likely(len(words), {0: unclear, 3: {PERSON: 0.03, ORG: 0.97}, 6: unclear})
    found = [(0, 1, PERSON), (3, 4, ORG), (6, 7, PERSON)]
    assert agreed(words, found, scores) == [(0, 1, ORG), (3, 4, ORG), (6, 7, ORG)]


@pytest.mark.parametrize(("share", "kind"), [(0.8, ORG), (0.99, PERSON)])
def test_in_an_article_a_doubtful_person_by_one_word_is_something_else(share: float, kind: int) -> None:
    words = ["Velloran", "refused", ".", "Anna", "Berg", "left", "."] + ["and"] * 100
    scores = likely(len(words), {0: {PERSON: share, ORG: 0.1}, 3: {PERSON: 0.99}, 4: {PERSON: 0.99}})
    assert agreed(words, [(0, 1, PERSON), (3, 5, PERSON)], scores) == [(0, 1, kind), (3, 5, PERSON)]
    assert agreed(words[:7], [(0, 1, PERSON), (3, 5, PERSON)], scores)[0] == (0, 1, PERSON)  # a note names people so


def test_a_unit_goes_by_its_number() -> None:
    kinds = [
        NAME_TYPES[kind]
        for *_, kind in bounded(["93d", "Alpine", "and", "Falcon", "9"], [(0, 2, PRODUCT), (3, 5, PRODUCT)])
    ]
    assert kinds == ["ORG", "PRODUCT"]
