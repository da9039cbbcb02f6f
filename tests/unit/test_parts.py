"""An analysis that arrives part by part, and a parse that says how far it is and can be stopped."""

from __future__ import annotations

import pytest
from newsdash.core.extraction import analyse, read_in_parts
from newsdash.core.language import follow
from newsdash.core.records import Article

TEXT = "Vera Lask met Joan Brenholt on 3 March 2026. “We refuse the quota,” Lask said. Brenholt warned the fishermen."


def test_each_part_adds_its_records_and_keeps_those_before(nlp):
    article = Article(id="1", text=TEXT)
    steps = list(read_in_parts(nlp(TEXT), article))
    assert [part for part, _ in steps] == ["entities", "times", "quotes", "events", "stances"]
    for field, (_, found) in zip(("entities", "times", "quotes", "events", "stances"), steps, strict=True):
        assert getattr(found, field), field
    assert steps[0][1].times == ()
    assert steps[3][1].stances == ()
    assert steps[-1][1] == analyse(article, nlp)


class StoppedError(Exception):
    """The reader has had enough."""


def test_a_long_parse_says_how_far_it_is_and_can_be_stopped(nlp):
    text = (TEXT + "\n\n") * 600
    heard: list[float] = []

    def stop_after_the_first(part: float) -> None:
        heard.append(part)
        raise StoppedError

    follow(nlp, stop_after_the_first)
    try:
        with pytest.raises(StoppedError):
            nlp(text)
    finally:
        follow(nlp, None)
    assert len(heard) == 1
    assert 0 < heard[0] < 1
