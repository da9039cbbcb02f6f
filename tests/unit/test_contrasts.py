"""Who stands against whom on one matter."""

from __future__ import annotations

from newsdash.core.records import Polarity, Stance
from newsdash.core.story import contrasts


def stance(holder: str, polarity: Polarity, issue: str) -> Stance:
    return Stance(
        holder=holder, holder_text=holder, act="claims", target=None, target_text="", polarity=polarity, issue=issue,
        evidence=(0, 1), confidence="high",
    )  # fmt: skip


def test_for_and_against_on_the_same_words_is_a_contrast():
    two = (stance("Lask", "against", "cuts of the quota"), stance("Veldt", "for", "the quota cut"))
    assert contrasts(two) == {0: (1,), 1: (0,)}


def test_one_shared_word_of_several_is_none():
    assert contrasts((stance("Lask", "against", "Caldora"), stance("Veldt", "for", "Caldora’s smaller catch"))) == {}


def test_nobody_contradicts_himself_and_the_neutral_contradict_nobody():
    assert contrasts((stance("Lask", "for", "the treaty"), stance("Lask", "against", "the treaty"))) == {}
    assert contrasts((stance("Lask", "for", "the treaty"), stance("Veldt", "neutral", "the treaty"))) == {}


def test_many_stances_on_one_word_take_no_longer_than_linear_time():
    crowd = [stance(f"h{n}", "for" if n % 2 else "against", "the treaty") for n in range(20_000)]
    assert contrasts(crowd) == {}, "what everybody speaks of tells no two apart"
