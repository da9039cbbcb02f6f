"""From scores to annotation: what is mended where words chosen one by one contradict each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdash.core.language import decode
from newsdash.core.language.labels import NAME_LABELS

LABELS = (
    "root", "nsubj", "obj", "obl", "ccomp", "csubj", "case", "cop", "aux", "mark", "det", "amod", "nmod:poss",
    "nmod:unmarked", "advmod", "punct", "xcomp", "compound",
)  # fmt: skip
TAGS = ("NN", "NNP", "POS", "JJ", "DT", "VBD", "VBG", "IN", "RB", ".")


def settled(*words: tuple[str, str, int, str]) -> list[tuple[str, str, str]]:
    """(word, relation, head) after mending, of words with tag, head (its number) and relation."""
    heads = np.array([head for _, _, head, _ in words])
    deps = np.array([LABELS.index(dep) for *_, dep in words])
    decode.settle(heads, deps, LABELS, [tag for _, tag, _, _ in words])
    return [(word, LABELS[d], words[h][0]) for (word, *_), d, h in zip(words, deps, heads, strict=True)]


def test_a_word_with_a_possessive_mark_is_a_possessor() -> None:
    found = settled(
        ("Ana", "NNP", 1, "nsubj"), ("praised", "VBD", 1, "root"), ("Tuesday", "NNP", 1, "nmod:unmarked"),
        ("'s", "POS", 5, "det"), ("close", "JJ", 5, "amod"), ("vote", "NN", 1, "obj"),
    )  # fmt: skip
    assert ("Tuesday", "nmod:poss", "vote") in found
    assert ("'s", "case", "Tuesday") in found


def test_a_possessor_without_a_noun_stays_what_it_is() -> None:
    words = [("met", "VBD", 0, "root"), ("Macy", "NNP", 0, "obl"), ("'s", "POS", 1, "case"), (".", ".", 0, "punct")]
    assert settled(*words) == [(word, dep, words[head][0]) for word, _, head, dep in words]


def test_a_possessor_and_its_noun_are_in_one_sentence() -> None:
    words = [
        ("saw", "VBD", 0, "root"), ("Macy", "NNP", 0, "obj"), ("'s", "POS", 1, "case"),
        ("Shares", "NN", 4, "nsubj"), ("rose", "VBD", 4, "root"),
    ]  # fmt: skip
    assert settled(*words) == [(word, dep, words[head][0]) for word, _, head, dep in words]


def test_nothing_hangs_on_a_preposition() -> None:
    found = settled(
        ("Ana", "NNP", 3, "nsubj"), ("is", "VBD", 4, "cop"), ("not", "RB", 3, "advmod"), ("against", "IN", 4, "case"),
        ("it", "NN", 4, "root"),
    )  # fmt: skip
    assert ("Ana", "nsubj", "it") in found
    assert ("not", "advmod", "it") in found


def test_of_two_subjects_one_is_that_of_the_clause() -> None:
    found = settled(
        ("Iran", "NNP", 1, "nsubj"), ("hinted", "VBD", 1, "root"), ("it", "NN", 1, "nsubj"), ("would", "VBD", 4, "aux"),
        ("veto", "VBD", 1, "ccomp"),
    )  # fmt: skip
    assert ("it", "nsubj", "veto") in found
    assert ("Iran", "nsubj", "hinted") in found


def test_of_two_subjects_without_a_clause_one_is_the_object() -> None:
    found = settled(("Iran", "NNP", 1, "nsubj"), ("accused", "VBD", 1, "root"), ("Iraq", "NNP", 1, "nsubj"))
    assert found == [("Iran", "nsubj", "accused"), ("accused", "root", "accused"), ("Iraq", "obj", "accused")]


def test_a_gerund_before_a_clause_without_subject_is_its_subject() -> None:
    found = settled(
        ("Ana", "NNP", 1, "nsubj"), ("warned", "VBD", 1, "root"), ("raising", "VBG", 1, "ccomp"), ("it", "NN", 2, "obj"),
        ("costs", "VBD", 1, "ccomp"),
    )  # fmt: skip
    assert ("raising", "csubj", "costs") in found


@pytest.mark.parametrize(("gerund", "name"), [("csubj", "obj"), ("ccomp", "nsubj")])
def test_what_a_gerund_calls_its_object_is_no_word_of_the_next_verb(gerund: str, name: str) -> None:
    above = 10 if gerund == "csubj" else 1
    found = settled(
        ("Ana", "NNP", 1, "nsubj"), ("warned", "VBD", 1, "root"), ("calling", "VBG", above, gerund),
        ("the", "DT", 4, "det"), ("mill", "NN", 2, "obj"), ("a", "DT", 8, "det"), ("fire", "NN", 7, "compound"),
        ("safety", "NN", 11, "compound"), ("risk", "NN", 10, name), ("could", "MD", 10, "aux"),
        ("hurt", "VB", 1, "ccomp"), ("trade", "NN", 10, "obj"),
    )  # fmt: skip
    assert {("calling", "csubj", "hurt"), ("risk", "xcomp", "calling"), ("safety", "compound", "risk")} <= set(found)
    assert ("trade", "obj", "hurt") in found


@given(st.data())
def test_a_tree_stays_a_tree(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 9))
    order = data.draw(st.permutations(range(n)))  # each word hangs on one that comes before it in this order
    heads = np.zeros(n, np.int64)
    heads[order[0]] = order[0]
    for place, word in enumerate(order[1:], 1):
        heads[word] = order[data.draw(st.integers(0, place - 1))]
    deps = np.array([data.draw(st.integers(1, len(LABELS) - 1)) for _ in range(n)])
    deps[order[0]] = 0
    decode.settle(heads, deps, LABELS, [data.draw(st.sampled_from(TAGS)) for _ in range(n)])
    assert [i for i in range(n) if heads[i] == i] == [order[0]]
    assert all(decode.is_under(i, order[0], heads) for i in range(n))


@pytest.mark.parametrize(("begins", "found"), [(0.6, 0), (0.8, 1)])
def test_a_name_begins_where_it_is_clearly_likelier_than_none(begins: float, found: int) -> None:
    scores = np.full((1, len(NAME_LABELS)), -20.0, np.float32)
    scores[0, :2] = np.log(1 - begins), np.log(begins)
    assert decode.names(scores).tolist() == [found]


def test_a_name_goes_on_where_that_is_likelier() -> None:
    scores = np.full((2, len(NAME_LABELS)), -20.0, np.float32)
    scores[0, 1], scores[1, 0], scores[1, 2] = 0.0, np.log(0.4), np.log(0.6)
    assert decode.names(scores).tolist() == [1, 2]
