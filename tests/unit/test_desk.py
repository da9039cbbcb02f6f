"""The desk: what is analysed next, corrections that change what is seen, dates that the reader sets."""

from __future__ import annotations

from newsdash.core.library import Correction
from newsdash.core.records import Analysis, Article, Stance, content_id
from newsdash.tui.desk import Desk


def article(text: str, published: str | None = None) -> Article:
    return Article(id=content_id(text), text=text, published=published)


def test_the_opened_article_is_analysed_first_then_those_after_it():
    desk = Desk()
    one, two, three = (article(text) for text in ("one", "two", "three"))
    for item in (one, two, three):
        assert desk.add(item)
    desk.opened = two.id
    order = []
    while (waiting := desk.next_waiting()) is not None:
        order.append(waiting.text)
        desk.found(Analysis(article=waiting))
    assert order == ["two", "three", "one"]


def test_the_same_text_comes_once():
    desk = Desk()
    assert desk.add(article("one"))
    assert not desk.add(article("one"))


def test_a_rejected_stance_goes_and_comes_back_with_undo():
    desk = Desk()
    one = article("Lask rejects it.")
    desk.add(one)
    stance = Stance(
        holder=None, holder_text="Lask", act="refuses", target=None, target_text="it", polarity="against",
        issue="it", evidence=(0, 15), confidence="high",
    )  # fmt: skip
    desk.found(Analysis(article=one, stances=(stance,)))
    assert desk.correct(one.id, Correction(action="reject", span=(0, 15), act="refuses")) is False
    assert desk.analysis(one.id).stances == ()  # type: ignore[union-attr]
    desk.undo(one.id)
    assert desk.analysis(one.id).stances == (stance,)  # type: ignore[union-attr]


def test_a_publication_date_is_kept_and_asks_for_a_new_analysis():
    desk = Desk()
    one = article("one", "2026-01-01")
    desk.add(one)
    desk.found(Analysis(article=one))
    assert desk.correct(one.id, Correction(action="published", span=(0, 0), value="2026-03-05"))
    assert desk.articles[one.id].published == "2026-03-05"
    assert desk.next_waiting() is not None
    assert not desk.found(Analysis(article=one)), "an analysis with the old date is of no use"
    again = Desk()
    again.add(one)
    assert again.articles[one.id].published == "2026-03-05"
    taken, anew = desk.undo(one.id)
    assert taken is not None
    assert anew
    assert desk.articles[one.id].published == "2026-01-01"
