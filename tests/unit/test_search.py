"""Search: inside one article (exact, case-smart, fuzzy) and across all of them, ranked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdash.core.records import Analysis, Article, Span
from newsdash.core.search import MOST, Hit, find, search

from tests.made import STORY, from_gold

TEXT = "Ana Veldt met the union.\nThe union’s president, Jonas Veldt, said “no”.\n\nANA left – at once."


def words(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


# Inside one article


def test_every_place_is_found_in_text_order() -> None:
    assert find(TEXT, "veldt") == [(4, 9), (54, 59)]


def test_lower_case_finds_all_and_a_capital_makes_case_count() -> None:
    assert words(TEXT, find(TEXT, "ana")) == ["Ana", "ANA"]
    assert words(TEXT, find(TEXT, "Ana")) == ["Ana"]
    assert words(TEXT, find(TEXT, "ANA")) == ["ANA"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("union's", "union’s"), ('"no"', "“no”"), ("left - at", "left – at"), ("union the", "union.\nThe")],
)
def test_what_a_keyboard_has_finds_what_a_newspaper_prints(typed: str, found: str) -> None:
    if typed == "union the":
        typed = "union. the"  # a blank matches a line feed
    assert words(TEXT, find(TEXT, typed)) == [found]


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_an_empty_query_finds_nothing(query: str) -> None:
    assert find(TEXT, query) == []
    assert find(TEXT, query, fuzzy=True) == []


@pytest.mark.parametrize("query", ["(", "[a-z]+", "a|b", "\\", ".*", "$", "{2}", "[/bold]"])
def test_a_query_is_words_and_no_pattern(query: str) -> None:
    assert find(f"x {query} y", query) == [(2, 2 + len(query))]
    assert find("abc", query) == []


def test_fuzzy_forgives_spelling_and_gives_whole_words() -> None:
    assert find(TEXT, "presidnt") == []
    assert words(TEXT, find(TEXT, "presidnt", fuzzy=True)) == ["president"]
    line = "The minister warned Norwick on Friday."
    assert words(line, find(line, "norwik", fuzzy=True)) == ["Norwick"]


def test_fuzzy_prefers_what_is_there_exactly() -> None:
    assert find(TEXT, "union", fuzzy=True) == find(TEXT, "union")


def test_a_long_text_is_looked_through_in_pieces_and_nothing_at_their_edges_is_lost() -> None:
    text = "the union met. " * 40_000
    found = find(text, "union met. the")
    assert len(found) == 39_999
    assert found == [m.span() for m in re.finditer("union met. the", text)]


def test_finding_stops_when_nobody_waits_any_more() -> None:
    asked = iter((False, True))
    assert 0 < len(find("union " * 100_000, "union", stopped=lambda: next(asked))) < 50_000
    assert not find("line\n" * 1000, "linen", fuzzy=True, stopped=lambda: True)


def test_a_letter_of_a_book_has_many_hits_but_no_more_than_are_of_use() -> None:
    assert len(find("e" * (MOST + 5), "e")) == MOST


def test_letters_that_grow_in_lower_case_do_not_shift_what_follows() -> None:
    line = "İİİİ said the president"
    assert words(line, find(line, "presidnt", fuzzy=True)) == ["president"]


letters = st.text(alphabet="abAB İß’'“\" -–\n.", max_size=60)


@given(letters, st.text(alphabet="abAB İ’'\" -", max_size=8))
def test_exact_spans_lie_in_order_and_match(text: str, query: str) -> None:
    spans = find(text, query)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    fold = str.maketrans("’“”–", '\'""-')
    for start, end in spans:
        assert re.sub(r"\s+", " ", text[start:end].translate(fold)).lower() == (
            re.sub(r"\s+", " ", query.strip().translate(fold)).lower()
        )


@given(letters, st.text(min_size=1, max_size=8))
def test_fuzzy_spans_lie_in_order(text: str, query: str) -> None:
    spans = find(text, query, fuzzy=True)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.text(alphabet="abcde fgh\n", min_size=1, max_size=60), st.data())
def test_every_piece_of_the_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : start + 5].strip()
    if piece:
        assert piece.split() in [found.split() for found in words(text, find(text, piece))]


# Across sources


@pytest.fixture(scope="module")
def story() -> list[Analysis]:
    return [from_gold(path) for path in STORY]


def kinds(hits: Sequence[Hit]) -> set[str]:
    return {hit.kind for hit in hits}


def test_titles_entities_events_stances_quotes_and_text_are_searched(story: list[Analysis]) -> None:
    assert search(story, "Brenholt denies threat")[0].kind == "title"
    assert search(story, "Ines Corvall")[0].kind == "entity"
    assert "event" in kinds(search(story, "Brenholt buys the main terminal"))
    assert "stance" in kinds(search(story, "moving ships to Port Amsel"))
    assert "quote" in kinds(search(story, "Not one worker has come from Caldora"))
    assert search(story, "pilot fees")[0].kind == "text"


def test_a_hit_leads_to_the_words(story: list[Analysis]) -> None:
    texts = {analysis.article.id: analysis.article.text for analysis in story}
    for hit in search(story, "herring"):
        start, end = hit.span
        assert 0 <= start <= end <= len(texts[hit.article])
        if hit.kind == "text":
            assert texts[hit.article][start:end].lower() == "herring"
        for left, right in hit.marks:
            assert 0 <= left < right <= len(hit.text)


def test_marks_show_what_matched(story: list[Analysis]) -> None:
    hit = next(hit for hit in search(story, "herring") if hit.kind == "text")
    assert [hit.text[a:b].lower() for a, b in hit.marks] == ["herring"]
    assert "\n" not in hit.text


def test_best_hits_come_first_and_no_more_than_asked_for(story: list[Analysis]) -> None:
    hits = search(story, "Lindhaven", limit=7)
    assert len(hits) == 7
    assert [round(hit.score, 1) for hit in hits] == sorted((round(hit.score, 1) for hit in hits), reverse=True)


def test_a_misspelt_name_is_found(story: list[Analysis]) -> None:
    assert any("Corvall" in hit.text for hit in search(story, "Korvall"))
    assert any("Brenholt" in hit.text for hit in search(story, "Brennholt"))


def test_articles_that_are_not_analysed_yet_are_searched_by_their_words(story: list[Analysis]) -> None:
    articles = [analysis.article for analysis in story]
    assert kinds(search(articles, "herring")) <= {"title", "text"}
    assert search(articles, "herring")


def test_the_same_question_has_the_same_answer(story: list[Analysis]) -> None:
    assert search(story, "strike") == search(story, "strike")


@pytest.mark.parametrize("query", ["", "  ", "!!!", "\x1b[0m", "[/bold]", "qqqqzzzz"])
def test_odd_questions_have_no_or_few_answers(story: list[Analysis], query: str) -> None:
    assert len(search(story, query)) <= 10


@given(st.text(max_size=12))
def test_no_question_is_too_odd(query: str) -> None:
    article = Article(id="a", text=TEXT, title="Ana and the union")
    for hit in search([article], query):
        assert 0 <= hit.span[0] <= hit.span[1] <= len(TEXT)


def test_what_only_shares_letters_with_one_of_the_words_is_left_out() -> None:
    titles = ("China", "The supply chain board meets", "Milan")
    articles = [Article(id=title, text=".", title=title) for title in titles]
    assert [hit.text for hit in search(articles, "supply chian risk")] == ["The supply chain board meets"]


def test_an_entity_is_one_hit_an_article_under_the_name_that_answers_best() -> None:
    analysis = from_gold(STORY[0])
    hits = [hit for hit in search([analysis], "corvall") if hit.kind == "entity"]
    assert len(hits) == len({hit.article for hit in hits})


def test_a_passage_is_cut_between_words_and_says_so() -> None:
    article = Article(id="1", text="The extraordinarily long deliberations of the commission ended, and Lask " * 4)
    hit = next(hit for hit in search([article], "commission") if hit.kind == "text")
    (start, end) = hit.marks[0]
    assert hit.text[start:end] == "commission"
    whole = hit.text.strip("… ").split()
    assert set(whole) <= set(article.text.split())
    assert hit.text.endswith(" …")
