"""What the network learned from drafts judged by hand, and what it adds to the rules."""

from __future__ import annotations

import json
from importlib import resources
from typing import get_args

import numpy as np
import pytest
from newsdash.core.extraction.stances.network import network, words_of
from newsdash.core.extraction.stances.statements import ACTS, READING, features, reading
from newsdash.core.language import load
from newsdash.core.records import Act


def test_every_judged_draft_points_into_its_sentence() -> None:
    file = resources.files("newsdash.core.extraction.training").joinpath("positions.jsonl")
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert len(lines) > 2_000
    for line in lines:
        for draft in line["drafts"]:
            spans = [draft["evidence"], draft["holder"], draft["target"], (draft["judged"] or draft)["target"]]
            assert all(0 <= s[0] < s[1] <= len(line["text"]) for s in spans if s is not None)
            for told in (draft, draft["judged"]):
                assert told is None or (told["act"] in get_args(Act) and told["side"] in (-1, 0, 1))


def test_a_reading_tells_act_side_and_kind_of_rule() -> None:
    row = reading("warns", -1, "quote warns")
    assert row.shape == (READING,)
    assert row[ACTS.index("warns")] == 1
    assert row[len(ACTS)] == 1
    assert row[-2] == 1
    assert row.sum() == 3


@pytest.mark.parametrize(
    ("text", "target", "side"),
    [
        ("The farmers say the minister has done far too little to stop the flooding.", "the minister", 0),
        ("The mayor says the new bridge will bring the two towns closer together.", "the new bridge", 2),
    ],
)
def test_the_network_leans_to_a_side_where_no_word_of_the_lexicon_takes_one(text: str, target: str, side: int) -> None:
    net = network()
    assert net is not None
    doc = load()(text)
    words = words_of(doc[:])
    span = doc.char_span(text.index(target), text.index(target) + len(target))
    assert span is not None
    row = features(
        net.encode(words),
        words,
        (0, len(doc)),
        doc[:].root.i,
        (span.start, span.end),
        reading("claims", 0, "quote claims"),
    )
    sides, acts = net.said(row)
    assert np.isclose(sides.sum(), 1, atol=1e-4)
    assert np.isclose(acts.sum(), 1, atol=1e-4)
    assert sides[side] > sides[2 - side]
