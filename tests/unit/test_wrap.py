"""Breaking lines by cells, and text that may not reach a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from newsdash.tui.widgets.pieces import cells, fit, one_line, spread, visible, wrapped
from newsdash.tui.widgets.wrap import wrap
from rich.cells import cell_len

ANY = st.text(alphabet=st.characters(codec=None), max_size=400)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, visible(text), width)]


def test_words_stay_whole_and_paragraphs_apart():
    assert lines("one two three\n\nfour", 8) == ["one two", "three", "", "four"]


def test_a_word_longer_than_the_line_is_cut():
    assert lines("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_wide_letters_count_twice():
    assert lines("漢字漢字", 4) == ["漢字", "漢字"]


def test_combining_marks_stay_with_their_letter():
    assert lines("e\u0301" * 4, 2) == ["e\u0301" * 2, "e\u0301" * 2]


def test_paragraphs_on_lines_of_their_own_get_air_and_short_lines_do_not():
    assert lines("a" * 200 + "\n" + "b" * 200, 300) == ["a" * 200, "", "b" * 200]
    assert lines("a\nb", 10) == ["a", "b"]


@given(ANY, st.integers(1, 40))
def test_every_word_is_shown_once_in_order_and_no_line_is_too_wide(text, width):
    spans = wrap(text, visible(text), width)
    place = 0
    for start, end in spans:
        assert place <= start <= end
        assert not text[place:start].strip(" \n") or text[place:start].isspace()
        place = end
    assert text[place:].strip() == ""


@given(ANY)
def test_visible_text_keeps_every_offset_and_no_control_character(text):
    seen = visible(text)
    assert len(seen) == len(text)
    assert not any(
        ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) <= 0xDFFF or c in "\u202e\u2066" for c in seen
    )


def test_escape_sequences_are_shown_as_pictures():
    assert visible("\x1b[31mred\x00") == "␛[31mred␀"
    assert one_line("a\tb\n c") == "a b c"


@given(st.lists(st.tuples(st.text(max_size=12), st.just("")), max_size=5), st.integers(0, 30))
def test_a_fitted_line_is_never_too_wide(line, width):
    assert cells(fit(line, width)) <= max(width, cells(line) if cells(line) <= width else width)


def test_the_right_part_of_a_row_stands_at_the_right():
    row = "".join(words for words, _ in spread([("a long name", "")], [("12", "")], 10))
    assert row == "a long… 12" or (row.endswith("12") and cell_len(row) == 10)


def test_wrapped_ends_with_dots_where_something_is_missing():
    (line,) = wrapped([("one two three four", "")], 8, 1)
    assert line[-1][0].endswith("…")


def test_wrapped_lines_that_just_fit_are_not_cut():
    lines = wrapped([("one two three", "")], 7, 5)
    assert ["".join(words for words, _ in line) for line in lines] == ["one two", "three"]
