"""The judge of positions in articles: what it learned from, and what it makes of an article."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.entities.pronouns import PRONOUNS
from newsdash.core.extraction.quotes import find_quotes
from newsdash.core.extraction.stances import drafted, find_stances
from newsdash.core.extraction.stances.confidence import confidence
from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.extraction.stances.judging import Verdicts, inputs, shares, verdicts, weigh
from newsdash.core.extraction.stances.network import WEIGHTS, Network, Thresholds, network
from newsdash.core.extraction.stances.openings import ACTS, AIMED, Scene, openings
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.extraction.training.articles import ARTICLES, FRESH, annotated
from newsdash.core.records import Act
from spacy.language import Language
from spacy.tokens import Doc

TRAINING = resources.files("newsdash.core.extraction.training")
ARTICLE = """Harbour plan divides Tilmouth

The port authority of Tilmouth will fill in the old basin, its director, Runa Falk, said on Tuesday.

“This is the best thing that could happen to our town,” said Falk. She thanked the council for its support.

The fishermen's union is suing the authority. Its chairman, Odd Brekke, called the plan a disgrace and a waste of money.
Mayor Ilse Thorn declined to comment.
"""


def cast_of(doc: Doc) -> Cast:
    entities = find_entities(doc)
    return Cast(doc, entities, find_quotes(doc, entities))


def test_every_annotated_article_quotes_its_own_text() -> None:
    records = [record for folder in (ARTICLES, FRESH) for record in annotated(folder)]
    assert len(records) > 2_000
    assert len({record["id"] for record in records}) == len(records)
    for record in records:
        text = record["text"]
        assert all(alias in text for actor in record["actors"] for alias in actor["aliases"]), record["id"]
        for position in record["positions"]:
            assert position["evidence"] in text, record["id"]
            assert position["act"] in get_args(Act)
            assert position["polarity"] in ("for", "against", "neutral")


def test_every_annotated_pronoun_is_one_and_stands_for_words_of_its_article() -> None:
    texts = {record["id"]: record["text"] for record in annotated(ARTICLES)}
    lines = [json.loads(line) for line in TRAINING.joinpath("pronouns.jsonl").read_text("utf-8").splitlines()]
    assert sum(len(line["pronouns"]) for line in lines) > 8_000
    for line in lines:
        text = texts[line["id"]]
        for at, meant in line["pronouns"]:
            word = re.match(r"\w+", text[at:])
            assert word is not None
            assert word.group().lower() in PRONOUNS
            assert meant is None or not text[meant].isspace()


def test_other_weights_of_the_network_leave_the_judge_alone(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from newsdash.core.extraction.training.model import Model

    file = tmp_path / "network.npz"
    file.write_bytes(WEIGHTS.read_bytes())
    Model().export(file, Thresholds(0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.17, 0.18))
    before, after = Network(WEIGHTS), Network(file)
    assert before.w.keys() == after.w.keys()
    judge = {name for name in before.w if np.array_equal(before.w[name], after.w[name])}
    assert judge >= {name for name in before.w if name.startswith("judge_")}
    assert "qkv.weight" not in judge
    kept = replace(after.at, sign=before.at.sign, same=before.at.same, doubt=before.at.doubt)
    assert replace(kept, pair=before.at.pair, tone=before.at.tone) == before.at
    assert after.at.pair == pytest.approx(0.14)


@pytest.mark.parametrize(
    ("sentence", "holder", "trigger", "rule"),
    [
        ("A plan by Denmark to list the mine was published.", "Denmark", "list", "network done"),
        ("Denmark is expected to sign the treaty.", "Denmark", "sign", "network done"),
        ("Oslo said that Denmark had mended the bridge.", "Denmark", "mended", "network done aside"),
    ],
)
def test_plans_and_what_is_told_in_passing_are_openings(
    nlp: Language, sentence: str, holder: str, trigger: str, rule: str
) -> None:
    cast = cast_of(nlp(sentence))
    found = {(o.holder.text, cast.tokens[o.trigger].text, o.rule) for o in openings(cast, drafted(cast))}
    assert (holder, trigger, rule) in found


def test_a_list_is_known_by_each_of_its_actors(nlp: Language) -> None:
    cast = cast_of(nlp("The soldiers fought Denmark, Norway and Sweden for years."))
    at = next(cast.party(m.start, m.end, e.id) for m, e in cast.index.mentions if m.text == "Norway")
    assert {p.text for p in cast.beside(at)} == {"Denmark", "Sweden"}


def test_high_needs_a_word_that_takes_the_side_beside_the_judge() -> None:
    at = Thresholds(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, medium=0.3, high=0.7)
    holder, target = Party("e1", "Falk", 0, 4), Party("e2", "the council", 5, 16)
    draft = Draft(holder, "praises", target, 1, "plan", (0, 16), 0, "verb praises", "thanked", sure=True, chance=0.8)
    assert confidence(draft, at) == "high"
    assert confidence(replace(draft, sure=False), at) == "medium"  # the judge alone, or a word for the other side
    assert confidence(replace(draft, chance=0.6), at) == "medium"
    assert confidence(replace(draft, chance=0.2), at) == "low"


def test_every_marked_sentence_has_the_words_of_its_positions() -> None:
    lines = [json.loads(line) for line in TRAINING.joinpath("marked.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) > 16_000
    assert len({line["text"] for line in lines}) == len(lines)
    for line in lines:
        for holder, act, target, polarity in line["positions"]:
            assert holder in line["text"]
            assert target in line["text"]
            assert act in get_args(Act)
            assert polarity in ("for", "against", "neutral")


def test_every_judged_draft_points_into_its_sentence() -> None:
    lines = [json.loads(line) for line in TRAINING.joinpath("positions.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) > 2_000
    for line in lines:
        for draft in line["drafts"]:
            spans = [draft["evidence"], draft["holder"], draft["target"], (draft["judged"] or draft)["target"]]
            assert all(0 <= s[0] < s[1] <= len(line["text"]) for s in spans if s is not None)
            for told in (draft, draft["judged"]):
                assert told is None or (told["act"] in get_args(Act) and told["side"] in (-1, 0, 1))


@given(st.lists(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=5), min_size=1, max_size=6))
def test_the_options_of_an_opening_share_one(scores: list[list[float]]) -> None:
    of = np.repeat(np.arange(len(scores)), [len(s) for s in scores])
    found = shares(np.array([x for s in scores for x in s], np.float32), of, len(scores))
    assert np.allclose(np.bincount(of, found), 1, atol=1e-3)


def test_openings_are_told_as_numbers_that_point_into_the_article(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    cast = cast_of(doc)
    told = Scene(cast).tell(list(openings(cast, drafted(cast))))
    assert len(told.openings) >= 4
    assert told.at[:, :4].min() >= 0
    assert told.at.max() < len(doc) + 1
    assert (told.at[:, 1] < told.at[:, 2]).all()
    assert len(told.options) == len(told.of) == len(told.head) == len(told.traits)
    for party, n in zip(told.options, told.of.tolist(), strict=True):
        assert party.key != told.openings[n].holder.key  # nobody is his own target
    words, options = inputs(np.asarray(doc.tensor, np.float32), told)
    assert len(words) == len(told.openings)
    assert len(options) == len(told.options)


def test_deeds_and_nouns_open_a_place_wherever_they_stand(nlp: Language) -> None:
    text = "Bergen says that Oslo has raided Karsk. Oslo is an ally of Bergen."
    cast = cast_of(nlp(text))
    found = {(o.holder.text, cast.tokens[o.trigger].text) for o in openings(cast, drafted(cast))}
    assert {("Oslo", "raided"), ("Oslo", "ally")} <= found


def test_nobody_takes_two_positions_by_one_opening(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    cast = cast_of(doc)
    net = network()
    assert net is not None
    told = Scene(cast).tell(list(openings(cast, drafted(cast))))
    weighed = weigh(net, np.asarray(doc.tensor, np.float32), told)
    found = list(verdicts(weighed, told, 0.0))
    assert sorted(v.opening for v in found) == list(range(len(told.openings)))
    assert all(0 <= v.chance <= weighed.position[v.opening] <= 1 for v in found)
    likely = [float(weighed.position[v.opening]) for v in found]
    assert likely == sorted(likely, reverse=True)


@pytest.mark.parametrize(
    ("said", "rules_win"),
    [("Falk criticised the council. The union was there.", True), ("Falk said the council met the union.", False)],
)
def test_the_target_of_the_rules_has_a_start_where_they_read_a_side(nlp: Language, said: str, rules_win: bool) -> None:
    doc = nlp(f"Runa Falk is the director of the port. The fishermen's union and the town council differ. {said}")
    cast = cast_of(doc)
    told = Scene(cast).tell([o for o in openings(cast, drafted(cast)) if o.draft and o.holder.text == "Falk"])
    aimed = told.traits[:, AIMED] > 0
    assert len(told.openings) == aimed.sum() == 1
    even = np.full((len(aimed), 3), 1 / 3, np.float32)
    shared = np.where(aimed, 0.3, 0.7 / (len(aimed) - 1)).astype(np.float32)
    shared[np.flatnonzero(~aimed)[0]] += 0.3  # the network would rather have another one
    found = Verdicts(np.ones(1, np.float32), even[:1], np.full((1, len(ACTS)), 0.1, np.float32), shared, even)
    (verdict,) = verdicts(found, told, 0.5)
    assert verdict.option is not None
    assert aimed[verdict.option] == rules_win


@pytest.mark.parametrize(
    ("holder", "polarity"), [("Runa Falk", "for"), ("Odd Brekke", "against"), ("Ilse Thorn", "neutral")]
)
def test_who_is_for_who_is_against_and_who_is_silent(nlp: Language, holder: str, polarity: str) -> None:
    doc = nlp(ARTICLE)
    entities = find_entities(doc)
    names = {e.id: e.name for e in entities}
    found = find_stances(doc, entities, find_quotes(doc, entities))
    assert polarity in [s.polarity for s in found if names.get(s.holder or "") == holder]


def test_positions_come_in_text_order_with_evidence_inside_the_article(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    entities = find_entities(doc)
    found = find_stances(doc, entities, find_quotes(doc, entities))
    assert [s.evidence for s in found] == sorted(s.evidence for s in found)
    assert all(0 <= s.evidence[0] < s.evidence[1] <= len(ARTICLE) for s in found)
