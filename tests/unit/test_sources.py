"""Files, folders and pipes become articles: the words as they stand, metadata with the place it was found at."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdash.core.records import Article
from newsdash.core.sources import Problem, SourceError, collect, html, markdown, read, read_bytes, sample, text
from newsdash.core.sources.reading import MAX_BYTES, decode, iso_date

SENTENCE = "The talks in Geneva ended on Friday without a result, the ministry said."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# Plain text


def test_the_text_of_a_txt_file_is_the_file(tmp_path: Path) -> None:
    content = f"\n  Talks end\n\nPublished: 5 March 2026\n\n{SENTENCE}\n\n"
    article = read(write(tmp_path, "a.txt", content))
    assert article.text == content
    assert article.path == str(tmp_path / "a.txt")


def test_labelled_lines_give_metadata_and_say_where_it_was_found(tmp_path: Path) -> None:
    article = read(
        write(tmp_path, "a.txt", f"Talks end in Geneva\nSource: The Courier\nDate: 5 March 2026\n\n{SENTENCE}")
    )
    assert (article.title, article.source, article.published) == ("Talks end in Geneva", "The Courier", "2026-03-05")
    assert article.found == {
        "title": "the first line",
        "source": 'the line "Source: …"',
        "published": 'the line "Date: …"',
    }


def test_the_headline_may_stand_below_the_labels() -> None:
    article = read_bytes(
        b"Published: 2026-03-05\nSource: Courier\n\nTalks fail again\n\nThe talks failed on Monday.", "x"
    )
    assert (article.title, article.source) == ("Talks fail again", "Courier")


def test_unknown_metadata_stays_unknown(tmp_path: Path) -> None:
    article = read(write(tmp_path, "a.txt", SENTENCE))
    assert (article.title, article.source, article.author, article.published, article.url) == (None,) * 5
    assert article.found == {}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-05", "2026-03-05"),
        ("2026-03-05T14:20:00+02:00", "2026-03-05"),
        ("5 March 2026", "2026-03-05"),
        ("Thursday, 5 March 2026", "2026-03-05"),
        ("March 5, 2026", "2026-03-05"),
        ("Sept. 5th, 2026", "2026-09-05"),
        ("10:20 a.m., March 5, 2026", "2026-03-05"),  # the hour is no day
        ("5-Mar-2026", "2026-03-05"),
        ("March 2026", None),  # no day is invented
        ("5 March", None),  # no year is invented
        ("05/03/2026", None),  # means two days in two countries
        ("2026-02-30", None),  # there is no such day
        ("two days ago", None),
    ],
)
def test_dates_are_read_and_never_invented(written: str, day: str | None) -> None:
    assert iso_date(text.day(written)) == day


def test_a_date_in_the_file_wins_over_the_one_that_is_given(tmp_path: Path) -> None:
    dated = write(tmp_path, "a.txt", f"Published: 2026-03-05\n{SENTENCE}")
    undated = write(tmp_path, "b.txt", SENTENCE)
    assert read(dated, published="2020-01-01").published == "2026-03-05"
    assert read(undated, published="2020-01-01").published == "2020-01-01"
    assert read(undated, published="2020-01-01").found == {"published": "--published"}


def test_the_id_comes_from_the_text_alone(tmp_path: Path) -> None:
    one = read(write(tmp_path, "a.txt", SENTENCE))
    two = read(write(tmp_path, "sub/b.txt", SENTENCE), published="2026-03-05")
    assert one.id == two.id
    assert one.id != read(write(tmp_path, "c.txt", SENTENCE + "!")).id


# Markdown


def test_front_matter_is_metadata_and_no_text(tmp_path: Path) -> None:
    head = 'title: "Talks: the end"\nsource: The Courier\nauthors: [Ann Lee, Bo Ray]\ndate: 2026-03-05'
    article = read(write(tmp_path, "a.md", f"---\n{head}\n---\n\n{SENTENCE}\n"))
    assert article.text == SENTENCE
    assert (article.title, article.author, article.published) == ("Talks: the end", "Ann Lee, Bo Ray", "2026-03-05")
    assert article.found["author"] == 'front matter "authors"'


@pytest.mark.parametrize(
    "head",
    [
        "date: 2026-02-30",  # an impossible day
        "title: No",  # YAML would read it as false
        "title: {nested: thing}",
        "date: 31 June",
        "title: 1984\nauthor: 12",
    ],
)
def test_odd_front_matter_never_stops_the_article(head: str) -> None:
    article = read_bytes(f"---\n{head}\n---\n{SENTENCE}".encode(), "a.md", suffix=".md")
    assert article.text == SENTENCE
    assert article.published is None


@pytest.mark.parametrize("head", ["title: [", "\tx: y", "title: " + "[" * 5000, "? [a]\n: b\n- c", "x" * 50_000])
def test_broken_front_matter_stays_text(head: str) -> None:
    content = f"---\n{head}\n---\n{SENTENCE}"
    assert read_bytes(content.encode(), "a.md", suffix=".md").text == content


def test_markdown_from_a_pipe_is_known_by_its_front_matter() -> None:
    article = read_bytes(b"---\ntitle: Lask\ndate: 2026-03-05\n---\nShe left.", "standard input")
    assert (article.title, article.published, article.text) == ("Lask", "2026-03-05", "She left.")
    plain = read_bytes(b"---\nPublished: 5 March 2026\n\nShe left.", "standard input")
    assert (plain.published, plain.text[:3]) == ("2026-03-05", "---")


def test_a_rule_at_the_head_is_no_front_matter() -> None:
    content = f"---\nA first paragraph.\n---\n{SENTENCE}"
    assert read_bytes(content.encode(), "a.md", suffix=".md").text == content


def test_yaml_that_refers_to_itself_a_billion_times_is_no_title() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
    )
    fields = markdown.parse(f"---\n{bomb}title: *i\n---\n{SENTENCE}")
    assert (fields.title or "", fields.text) == ("", SENTENCE)


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    article = read_bytes(f"# Talks end #\n\n{SENTENCE}".encode(), "a.md", suffix=".md")
    assert (article.title, article.found) == ("Talks end", {"title": "the first heading"})
    assert article.text.startswith("# Talks end")


# Pages

PAGE = f"""<!doctype html><html lang="en"><head><title>Talks end | The Courier</title>
<meta property="og:site_name" content="The Courier"><meta property="og:title" content="Talks end">
<meta property="og:type" content="article"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2026-03-05T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Talks end</h1><p>{SENTENCE}</p><p>Nobody would say when they go on, or whether.</p></article>
<footer>Imprint and privacy of the paper</footer></body></html>"""


def test_a_page_gives_its_main_text_and_metadata(tmp_path: Path) -> None:
    article = read(write(tmp_path, "a.html", PAGE))
    assert article.text.splitlines() == ["Talks end", SENTENCE, "Nobody would say when they go on, or whether."]
    assert (article.title, article.source, article.author) == ("Talks end", "The Courier", "Ann Lee")
    assert article.published == "2026-03-05"
    assert set(article.found.values()) == {"the page's metadata"}


def test_a_page_is_known_by_its_content_when_it_has_no_name() -> None:
    assert "Home" not in read_bytes(PAGE.encode(), "standard input").text


def test_a_short_page_is_an_article_too() -> None:
    page = "<html><body><p>The talks ended.</p></body></html>"
    assert read_bytes(page.encode(), "a", suffix=".html").text == "The talks ended."


@pytest.mark.parametrize(
    "odd", ["\x00", "\x1b]52;c;aGk=\x07", "&#0;", "&#27;", "&#x1B;", "&#x9;", "[/bold]", "&#xD800;"]
)
def test_control_characters_do_not_cost_the_rest_of_the_page(odd: str) -> None:
    page = PAGE.replace("Nobody", f"Nobody {odd}")
    read_text = html.parse(page).text
    assert SENTENCE in read_text
    assert "would say when" in read_text
    assert not {"\x00", "\x1b", "\x07"} & set(read_text)


@given(st.text(alphabet="<>/=&#;x1\"'! pdivabody\x00é–", max_size=80))
def test_no_page_is_too_broken_to_be_read(inside: str) -> None:
    html.parse(f"<html><body><article>{inside}<p>{SENTENCE}</p></article></body></html>")


# Encodings

CURLY = "He said “no” – and left the café."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_detected(tmp_path: Path, encoding: str) -> None:
    assert read(write(tmp_path, "a.txt", CURLY.encode(encoding))).text == CURLY


def test_latin_1_is_detected_even_in_a_short_text() -> None:
    assert decode("café".encode("latin-1"), "a") == "café"


def test_a_damaged_byte_does_not_spoil_the_rest() -> None:
    assert decode(CURLY.encode() + b" \xff\n", "a") == CURLY + " \ufffd\n"


def test_a_page_says_its_encoding() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Переговоры</p></body></html>'
    assert "Переговоры" in decode(page.encode("cp1251"), "a")
    assert "p" in decode(b'<meta charset="no-such-code"> \xff p', "a")


def test_line_ends_become_line_feeds(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.txt", b"One.\r\nTwo.\rThree.\n")).text == "One.\nTwo.\nThree.\n"


def test_a_stray_null_byte_is_forgiven() -> None:
    assert "\x00" in decode(SENTENCE.encode() + b"\x00", "a")


@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_one_sentence(data: bytes) -> None:
    sentence, article = "odd.txt is fine.", None
    try:
        article = read_bytes(data, "odd.txt", suffix=".txt")
    except SourceError as error:
        sentence = str(error)
    assert sentence.startswith("odd.txt ")
    assert sentence.endswith(".")
    assert article is None or article.text.strip()
    assert article is None or article.text.encode("utf-8")  # no lone surrogate


# What cannot be read


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", b"", "has no text in it"),
        ("blank.txt", b" \n\t\n", "has no text in it"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"text all over" * 50, "is binary, not text"),
        ("report.txt", b"%PDF-1.7 mostly text in the beginning" * 50, "is binary, not text"),
        ("noise.txt", bytes(range(256)) * 8, "is binary, not text"),
        ("nulls.txt", b"\x00" * 100, "is binary, not text"),
        (
            "feed.xml",
            b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>A</title></channel></rss>',
            "is a feed, not an article",
        ),
        ("empty.html", b"<html><body></body></html>", "has no text in it"),
    ],
)
def test_what_is_no_article_is_told_in_one_sentence(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    with pytest.raises(SourceError) as error:
        read(write(tmp_path, name, content))
    assert why in str(error.value)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["missing.txt", "", "null\x00byte.txt", "x" * 5000, "."])
def test_a_path_that_leads_nowhere_is_told(name: str) -> None:
    with pytest.raises(SourceError):
        read(name)


def test_endless_input_is_cut_off() -> None:
    with pytest.raises(SourceError, match="larger than 64 MB"):
        read_bytes(b"a" * (MAX_BYTES + 1), "standard input")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_an_endless_file_is_not_read_to_its_end() -> None:
    with pytest.raises(SourceError, match="larger than"):
        read("/dev/zero")


# Folders and pipes


def test_folders_are_read_by_name_and_hidden_files_and_readmes_are_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c/d.htm", ".hidden.txt", ".git/e.txt", "README.md", "notes.docx", "x.py"):
        write(tmp_path, name, f"{SENTENCE} {name}" if name[-1] != "m" else PAGE)
    found = [item for item in collect([tmp_path]) if isinstance(item, Article)]
    assert [Path(article.path or "").name for article in found] == ["a.md", "b.txt", "d.htm"]


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SENTENCE)
    write(tmp_path, "b.txt", b"\x00\x01\x02" * 100)
    write(tmp_path, "c.txt", SENTENCE + " More.")
    (tmp_path / "d.txt").symlink_to(tmp_path / "gone")
    first, second, third, fourth = collect([tmp_path])
    assert isinstance(first, Article)
    assert isinstance(second, Problem)
    assert second.path.endswith("b.txt")
    assert isinstance(third, Article)
    assert isinstance(fourth, Problem)
    assert "does not exist" in fourth.sentence


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SENTENCE)
    os.mkfifo(tmp_path / "b.txt")
    assert len(list(collect([tmp_path]))) == 1


def test_a_folder_without_articles_is_a_problem(tmp_path: Path) -> None:
    (problem,) = collect([tmp_path])
    assert isinstance(problem, Problem)
    assert "has no articles in it" in problem.sentence


def test_a_text_comes_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SENTENCE)
    write(tmp_path, "b.txt", SENTENCE)
    assert len(list(collect([tmp_path, tmp_path / "a.txt"]))) == 1


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(CURLY.encode())))
    (article,) = collect(["-"], published="2026-03-05")
    assert isinstance(article, Article)
    assert (article.text, article.path, article.published) == (CURLY, "standard input", "2026-03-05")


def test_a_file_name_that_is_no_unicode_can_be_written_as_json(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        article = read(write(tmp_path, name, SENTENCE))
    except OSError:
        pytest.skip("this file system has Unicode names only")
    assert article.path is not None
    article.path.encode("utf-8")


def test_the_sample_comes_with_the_program() -> None:
    articles = [read(path) for path in sample()]
    assert len(articles) == 9
    assert sum(article.published is None for article in articles) == 2
    assert {Path(article.path or "").suffix for article in articles} == {".txt", ".md", ".html"}


# Dates of the sample story, as a careful reader would find them

DATES = {"1": "2026-05-05", "2": "2026-05-08", "3": "2026-05-11", "4": "2026-05-12", "5": "2026-05-13", "6": None}
DATES |= {"7": "2026-05-20", "8": "2026-05-23"}


def test_every_article_of_the_sample_story_has_its_date_and_outlet() -> None:
    story = {path.name[0]: read(path) for path in sample() if path.parent.name == "skarrow-treaty"}
    assert {number: article.published for number, article in story.items()} == DATES
    assert story["3"].source == "Northline News Agency"
    assert all(article.title and article.source for article in story.values())
