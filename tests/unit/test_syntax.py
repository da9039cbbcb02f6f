"""Reading a parse: phrases, clauses, subjects, voice, negation, tense; mentions by place; commented tables.

The trees are written by hand, so that the tests hold for any model and show what each function takes from a tree.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from newsdash.core.extraction import lexicon, syntax
from newsdash.core.extraction.mentions import index_mentions, overlaps
from newsdash.core.records import Entity, Mention
from spacy.tokens import Doc, Token

if TYPE_CHECKING:
    from spacy.language import Language

VOCAB = spacy.blank("en").vocab


def tree(rows: str) -> Doc:
    """One sentence: a line a token, ``word tag head relation``; heads are counted from 1, the root's is 0."""
    cells = [row.split() for row in rows.strip().splitlines()]
    heads = [int(head) - 1 if head != "0" else place for place, (_, _, head, _) in enumerate(cells)]
    pos = {"N": "NOUN", "V": "VERB", "J": "ADJ", "M": "AUX", "D": "DET", "I": "ADP", "R": "ADV"}
    return Doc(
        VOCAB,
        words=[cell[0] for cell in cells],
        spaces=[after[0] not in ".,”)" and after[0] != "n't" for after in cells[1:]] + [False],
        tags=[cell[1] for cell in cells],
        pos=[
            "PUNCT" if not c[0][0].isalnum() else "AUX" if "aux" in c[3] or c[3] == "cop" else pos.get(c[1][0], "X")
            for c in cells
        ],
        lemmas=[
            {"has": "have", "had": "have", "was": "be", "were": "be", "is": "be"}.get(c[0].lower(), c[0]) for c in cells
        ],
        heads=heads,
        deps=["ROOT" if cell[2] == "0" else cell[3] for cell in cells],
    )


ORDER = tree("""
Trump NNP 2 nsubj
ordered VBD 0 root
all DT 5 det
federal JJ 5 amod
agencies NNS 2 obj
to TO 7 mark
stop VB 2 xcomp
using VBG 7 xcomp
its PRP$ 10 nmod:poss
products NNS 8 obj
. . 2 punct
""")
BAN = tree("""
The DT 3 det
Geneva-based JJ 3 amod
firm NN 10 nsubj:pass
, , 5 punct
maker NN 3 appos
of IN 7 case
chips NNS 5 nmod
, , 5 punct
was VBD 10 aux:pass
banned VBN 0 root
by IN 13 case
the DT 13 det
state NN 10 obl:agent
and CC 16 cc
shares NNS 16 nsubj
fell VBD 10 conj
. . 10 punct
""")
WHO = tree("""
The DT 2 det
minister NN 8 nsubj
who WP 5 nsubj
never RB 5 advmod
signed VBD 2 acl:relcl
it PRP 5 obj
will MD 8 aux
leave VB 0 root
. . 8 punct
""")
COPULA = tree("""
Nobody NN 4 nsubj
is VBZ 4 cop
no DT 4 det
enemy NN 0 root
. . 4 punct
""")


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def words(doc: Doc, span: tuple[int, int]) -> str:
    return doc.text[slice(*span)]


def text(token: Token | None) -> str | None:
    return token.text if token is not None else None


def test_the_subject_is_the_doer_also_of_what_hangs_on_the_verb() -> None:
    assert text(syntax.subject(word(ORDER, "ordered"))) == "Trump"
    assert text(syntax.subject(word(ORDER, "stop"))) == "agencies", "the object of an order acts"
    assert text(syntax.subject(word(ORDER, "using"))) == "agencies"


def test_the_subject_of_a_relative_clause_is_the_noun_it_describes() -> None:
    assert text(syntax.subject(word(WHO, "signed"))) == "minister"


def test_a_coordinated_verb_has_its_own_subject_or_shares_one() -> None:
    assert text(syntax.subject(word(BAN, "fell"))) == "shares"
    shared = tree("She PRP 2 nsubj\ncame VBD 0 root\nand CC 4 cc\nleft VBD 2 conj")
    assert text(syntax.subject(word(shared, "left"))) == "She"


def test_in_the_passive_the_agent_is_who_did_it() -> None:
    banned = word(BAN, "banned")
    assert syntax.is_passive(banned)
    assert text(syntax.agent(banned)) == "state"
    assert text(syntax.subject(banned)) == "firm"
    assert not syntax.is_passive(word(ORDER, "ordered"))
    assert text(syntax.agent(word(ORDER, "ordered"))) == "Trump"


def test_a_passive_without_by_has_no_agent() -> None:
    doc = tree("Talks NNS 3 nsubj:pass\nwere VBD 3 aux:pass\nheld VBN 0 root\nin IN 5 case\nMay NNP 3 obl")
    assert syntax.agent(word(doc, "held")) is None


def test_a_phrase_is_cut_to_its_core() -> None:
    assert words(BAN, syntax.core_phrase(word(BAN, "firm"))) == "The Geneva-based firm"
    assert words(BAN, syntax.core_phrase(word(BAN, "maker"))) == "maker"
    assert words(BAN, syntax.full_phrase(word(BAN, "maker"))) == "maker of chips"
    assert words(ORDER, syntax.core_phrase(word(ORDER, "agencies"))) == "all federal agencies"
    assert words(ORDER, syntax.core_phrase(word(ORDER, "products"))) == "its products"
    assert words(BAN, syntax.core_phrase(word(BAN, "state"))) == "the state", "the preposition is no part of it"


def test_a_clause_ends_where_the_next_one_begins() -> None:
    clause = words(BAN, syntax.clause(word(BAN, "banned")))
    assert clause == "The Geneva-based firm, maker of chips, was banned by the state"
    assert words(BAN, syntax.clause(word(BAN, "fell"))) == "shares fell"
    assert words(ORDER, syntax.subtree(word(ORDER, "stop"))) == "to stop using its products"


def test_negation_of_the_predicate_itself() -> None:
    assert syntax.is_negated(word(WHO, "signed"))
    assert not syntax.is_negated(word(WHO, "leave"))
    assert syntax.is_negated(word(COPULA, "enemy"))
    doc = tree("No DT 2 det\ndeal NN 4 nsubj:pass\nwas VBD 4 aux:pass\nsigned VBN 0 root")
    assert syntax.is_negated(word(doc, "signed"))


@pytest.mark.parametrize(
    ("rows", "verb", "tense"),
    [
        ("She PRP 2 nsubj\nleft VBD 0 root", "left", "past"),
        ("She PRP 3 nsubj\nhas VBZ 3 aux\nleft VBN 0 root", "left", "past"),
        ("She PRP 3 nsubj\nwill MD 3 aux\nleave VB 0 root", "leave", "future"),
        ("She PRP 3 nsubj\nis VBZ 3 aux\nleaving VBG 0 root", "leaving", "present"),
        ("She PRP 3 nsubj\nwas VBD 3 aux\nleaving VBG 0 root", "leaving", "past"),
        ("They PRP 2 nsubj\nleave VBP 0 root", "leave", "present"),
        ("to TO 2 mark\nleave VB 0 root", "leave", "none"),
        ("They PRP 3 nsubj\nwere VBD 3 cop\nready JJ 0 root", "ready", "past"),
    ],
)
def test_tense_is_that_of_the_first_finite_verb(rows: str, verb: str, tense: str) -> None:
    assert syntax.tense(word(tree(rows), verb)) == tense


def test_modals_are_given_as_lemmas() -> None:
    doc = tree("It PRP 4 nsubj\nwo MD 4 aux\nn't RB 4 advmod\nwork VB 0 root")
    assert syntax.modals(word(doc, "work")) == ("will",)
    assert syntax.is_negated(word(doc, "work"))


def test_predicates_are_verbs_and_what_a_copula_makes_one() -> None:
    assert syntax.is_predicate(word(COPULA, "enemy"))
    assert syntax.is_predicate(word(WHO, "signed"))
    assert not syntax.is_predicate(word(WHO, "minister"))
    assert text(syntax.predicate_of(word(ORDER, "products"))) == "using"
    assert syntax.predicate_of(word(ORDER, "ordered")) is None


def test_children_are_found_by_label_or_base_label() -> None:
    assert [t.text for t in syntax.children(word(BAN, "banned"), "nsubj")] == ["firm"]
    assert [t.text for t in syntax.children(word(BAN, "banned"), "obl:agent", "conj")] == ["state", "fell"]
    assert syntax.base_dep(word(BAN, "firm")) == "nsubj"


READERS: list[Callable[[Token], object]] = [
    syntax.core_phrase,
    syntax.full_phrase,
    syntax.subtree,
    syntax.clause,
    syntax.subject,
    syntax.agent,
    syntax.tense,
    syntax.modals,
    syntax.is_negated,
    syntax.is_passive,
    syntax.predicate_of,
]
labels = st.sampled_from(["nsubj", "obj", "conj", "xcomp", "acl:relcl", "punct", "amod", "cop", "cc", "advcl", "case"])


@given(st.data())
def test_no_tree_is_too_odd(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 8))
    rows = []
    for place in range(1, size + 1):  # every head stands before its word: no circles
        head = data.draw(st.integers(0 if place == 1 else 1, max(place - 1, 0)))
        tag = data.draw(st.sampled_from(["NN", "VBD", "VBN", "MD", ","]))
        rows.append(f"{'w' if tag != ',' else ','} {tag} {head} {data.draw(labels)}")
    doc = tree("\n".join(rows))
    for token in doc:
        for reader in READERS:
            found = reader(token)
            if isinstance(found, tuple) and found and isinstance(found[0], int):
                start, end = found
                assert 0 <= start < end <= len(doc.text)


def test_a_long_sentence_is_read_in_linear_time() -> None:
    size = 3000
    flat = tree("\n".join(["went VBD 0 root", *(["home NN 1 obl"] * size)]))
    assert syntax.clause(flat[0])[1] == len(flat.text)
    chain = tree("\n".join(["went VBD 0 root", *(f"went VBD {n} conj" for n in range(1, size))]))
    assert syntax.subject(chain[size - 1]) is None


def test_the_real_parse_is_read_the_same_way(nlp: Language) -> None:
    doc = nlp("The minister warned the company on Friday.")
    warned = word(doc, "warned")
    assert text(syntax.subject(warned)) == "minister"
    assert words(doc, syntax.core_phrase(word(doc, "company"))) == "the company"
    assert syntax.tense(warned) == "past"


# Mentions by place


def actor(name: str, *places: tuple[int, int]) -> Entity:
    return Entity(
        id=name,
        name=name,
        type="ORG",
        aliases=(name,),
        mentions=tuple(Mention(start=s, end=e, text=name, kind="name", reason="") for s, e in places),
    )


COMPANY, CEO, GROUP = actor("company", (4, 11)), actor("CEO", (20, 32), (90, 93)), actor("group", (0, 40))
INDEX = index_mentions([GROUP, CEO, COMPANY])


def test_a_phrase_refers_to_the_mention_that_ends_it() -> None:
    assert INDEX.at(0, 33) == CEO, "the company's CEO, Dario Amodei, is Dario Amodei"
    assert INDEX.at(0, 12) == COMPANY
    assert INDEX.at(0, 40) == GROUP
    assert INDEX.at(50, 60) is None


def test_the_shortest_mention_covers() -> None:
    assert INDEX.covering(25) == CEO
    assert INDEX.covering(15) == GROUP
    assert INDEX.covering(40) is None
    assert INDEX.covering(91) == CEO


def test_mentions_within_come_in_text_order() -> None:
    assert [m.start for m, _ in INDEX.within(0, 100)] == [0, 4, 20, 90]
    assert [m.start for m, _ in INDEX.within(1, 32)] == [4, 20]


spans = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=8), spans)
def test_look_ups_agree_with_looking_at_every_mention(places: list[tuple[int, int]], where: tuple[int, int]) -> None:
    entities = [actor(f"e{n}", place) for n, place in enumerate(places)]
    index = index_mentions(entities)
    inside = [(m.start, m.end) for m, _ in index.within(*where)]
    assert inside == sorted(place for place in places if where[0] <= place[0] and place[1] <= where[1])
    covering = index.covering(where[0])
    lengths = [end - start for start, end in places if start <= where[0] < end]
    assert (covering is None) == (not lengths)
    if covering:
        assert covering.mentions[0].end - covering.mentions[0].start == min(lengths)


def test_overlap_means_a_shared_character() -> None:
    assert overlaps((0, 2), (1, 3))
    assert not overlaps((0, 2), (2, 3))


# Tables


def test_every_table_says_what_its_columns_mean() -> None:
    for file in lexicon.DATA.glob("*.tsv"):
        assert file.read_text("utf-8").startswith("#"), f"{file.name} has no comment at its head"
        assert lexicon.table(file.stem), f"{file.name} is empty"


def test_tables_are_read_as_rows_sets_and_mappings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.tsv").write_text("# word\tmeaning\n\nask\tasks \t\n say\tclaims\n")
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    assert lexicon.table("t") == (("ask", "asks", ""), ("say", "claims"))
    assert lexicon.words("t") == {"ask", "say"}
    assert lexicon.mapping("t") == {"ask": ("asks", ""), "say": ("claims",)}
    (tmp_path / "u.tsv").write_text("a\t1\na\t2\n")
    with pytest.raises(ValueError, match="two rows for 'a'"):
        lexicon.mapping("u")
    with pytest.raises(FileNotFoundError):
        lexicon.table("missing")
