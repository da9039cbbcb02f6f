"""The command line: data on standard output, words on standard error, exit status 0, 1 or 2."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shtab
import spacy
from newsdash.core.library import Correction, add
from newsdash.core.records import SCHEMA, Article, content_id
from newsdash.tui.cli import FILES, _chunks

from tests.conftest import SEED, SEEDS, Ran

Command = Callable[..., Ran]
TALKS = "Prime Minister Ana Brandt warned Norwick on Friday that the talks could fail.\n"
STRIKE = "The Union of Harbour Workers called a strike on Monday, 11 May 2026. “We will stay out,” Jonas Veldt said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles."""
    place = tmp_path / "articles"
    place.mkdir()
    (place / "a.txt").write_text(TALKS)
    (place / "b.md").write_text(f"---\ntitle: Strike\ndate: 2026-05-12\n---\n{STRIKE}")
    return place


def lines(ran: Ran) -> list[dict[str, object]]:
    return [json.loads(line) for line in ran.out.splitlines()]


# analyze


def test_analyze_prints_one_analysis_a_line_when_piped(newsdash: Command, folder: Path) -> None:
    ran = newsdash("analyze", folder)
    assert (ran.status, ran.err) == (0, "")
    first, second = lines(ran)
    assert first["schema"] == second["schema"] == SCHEMA
    assert isinstance(second["article"], dict)
    assert second["article"]["title"] == "Strike"
    assert second["article"]["published"] == "2026-05-12"


def test_analyze_finds_who_what_when_and_who_said_so(newsdash: Command, folder: Path) -> None:
    ran = newsdash("analyze", folder / "b.md", "--format", "report")
    who, rest = ran.out.split("\nWHEN (")
    when, rest = rest.split("\nWHO WANTS WHAT (")
    said = rest.split("\nWHO SAID WHAT (")[1]
    assert "Union of Harbour Workers" in who
    assert "2026-05-11" in when
    assert "Veldt" in said
    assert "We will stay out" in said


def test_two_runs_give_the_same_bytes(newsdash: Command, folder: Path) -> None:
    assert newsdash("analyze", folder).out == newsdash("analyze", folder).out


def test_another_pipeline_may_find_the_names(newsdash: Command, folder: Path, tmp_path: Path) -> None:
    other = spacy.blank("en")
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Ana Brandt"}, {"label": "DATE", "pattern": "Friday"}])  # type: ignore[attr-defined]
    other.to_disk(tmp_path / "other")
    entities = lines(newsdash("analyze", folder / "a.txt", "--entities", tmp_path / "other"))[0]["entities"]
    assert isinstance(entities, list)
    named = {entity["name"]: entity["type"] for entity in entities}
    assert named["Ana Brandt"] == "PERSON"
    assert "Norwick" not in named  # ours would have found it


def test_a_pipeline_that_is_not_there_is_named_with_a_remedy(newsdash: Command, folder: Path) -> None:
    ran = newsdash("analyze", folder, "--entities", "en_core_web_none")
    assert (ran.status, ran.out) == (2, "")
    assert "en_core_web_none is no installed spaCy pipeline" in ran.err
    assert "Traceback" not in ran.err


def test_published_dates_what_has_no_date(newsdash: Command, folder: Path) -> None:
    first, second = lines(newsdash("analyze", folder, "--published", "2026-03-05"))
    assert isinstance(first["article"], dict)
    assert isinstance(second["article"], dict)
    assert (first["article"]["published"], second["article"]["published"]) == ("2026-03-05", "2026-05-12")


def test_what_the_reader_corrected_is_printed_as_corrected(newsdash: Command, folder: Path) -> None:
    first, _ = lines(newsdash("analyze", folder))
    assert isinstance(first["article"], dict)
    add(first["article"]["id"], Correction(action="published", span=(0, 0), value="2026-03-05"))
    add(first["article"]["id"], Correction(action="rename", span=(15, 25), value="Ana Brandt of Norwick"))
    first, _ = lines(newsdash("analyze", folder))
    assert isinstance(first["article"], dict)
    assert first["article"]["published"] == "2026-03-05"
    assert "Ana Brandt of Norwick" in newsdash("analyze", "--format", "report", folder).out


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "2026-3-5", "20260305"])
def test_a_date_that_is_none_is_refused_with_an_example(newsdash: Command, folder: Path, day: str) -> None:
    ran = newsdash("analyze", folder, "--published", day)
    assert (ran.status, ran.out) == (2, "")
    assert "write YYYY-MM-DD, as in 2026-03-05" in ran.err


@pytest.mark.parametrize(("form", "begin"), [("report", "articles"), ("markdown", "# "), ("json", "{")])
def test_formats(newsdash: Command, folder: Path, form: str, begin: str) -> None:
    ran = newsdash("analyze", "--format", form, folder)
    assert ran.status == 0
    assert ran.out.startswith(begin) or begin in ran.out.splitlines()[0]
    assert newsdash("analyze", "--json", folder).out == newsdash("analyze", "--format", "json", folder).out


def test_somebody_at_a_terminal_is_told_how_far_it_is(
    newsdash: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert newsdash("analyze", folder).err == "", "but no pipe or log"
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    ran = newsdash("analyze", folder)
    assert "waking the language model" in ran.err
    assert "analysing 2 of " in ran.err
    assert ran.err.endswith("\r\x1b[K"), "the line is gone before the answer"
    assert not ran.out.startswith("newsdash")


def test_ctrl_c_stops_with_a_sentence(newsdash: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("newsdash.core.extraction.analyse_many", stop)
    assert newsdash("analyze", folder) == (130, "", "newsdash: stopped.\n")


def test_standard_input_is_an_article(newsdash: Command) -> None:
    for arguments in (("analyze",), ("analyze", "-")):
        (record,) = lines(newsdash(*arguments, stdin=TALKS))
        assert isinstance(record["article"], dict)
        assert record["article"]["text"] == TALKS


def test_options_may_stand_between_paths(newsdash: Command, folder: Path) -> None:
    ran = newsdash("analyze", folder / "a.txt", "--json", folder / "b.md")
    assert (ran.status, len(lines(ran))) == (0, 2)
    assert newsdash("search", "talks", "--limit", "5", folder).status == 0


def test_what_cannot_be_read_is_named_and_the_rest_is_done(newsdash: Command, folder: Path) -> None:
    ran = newsdash("analyze", folder / "gone.txt", folder / "a.txt")
    assert (ran.status, len(lines(ran))) == (1, 1)
    assert ran.err == f"newsdash: {folder / 'gone.txt'} does not exist: check the name.\n"


def test_nothing_to_read_is_status_2(newsdash: Command, tmp_path: Path) -> None:
    ran = newsdash("analyze", tmp_path / "gone.txt")
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


# analyze --jsonl


def test_lines_are_worked_on_as_they_come_in() -> None:
    class Slow(io.RawIOBase):
        """A pipe whose writer takes breaks."""

        pieces = [b'{"text": "a"}\n{"te', b'xt": "b"}\n', b'{"text": "c"}']  # noqa: RUF012

        def readable(self) -> bool:
            return True

        def readinto(self, room: Any) -> int:
            piece = self.pieces.pop(0) if self.pieces else b""
            room[: len(piece)] = piece
            return len(piece)

    chunks = _chunks([io.BufferedReader(Slow())], None)
    assert [article.text for article in next(chunks) if isinstance(article, Article)] == ["a"]
    assert [[article.text for article in chunk if isinstance(article, Article)] for chunk in chunks] == [["b"], ["c"]]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("search",), "query"),
        (("analyze", "--format", "pdf"), "'pdf'"),
        (("--foo",), "--foo"),
        (("completion",), "shell"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(newsdash: Command, arguments: tuple[str, ...], named: str) -> None:
    ran = newsdash(*arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("newsdash: ")
    assert named in ran.err
    assert "--help)" in ran.err


def test_json_lines_keep_order_ids_and_the_text_to_the_letter(newsdash: Command) -> None:
    articles = [
        {"id": "b", "text": f"  {TALKS}\r\n", "published": "2026-03-05", "title": "T", "source": "S"},
        {"text": STRIKE, "published": None},
        {"id": "a", "text": ""},
    ]
    ran = newsdash("analyze", "--jsonl", "-", stdin="\n".join(map(json.dumps, articles)) + "\n\n")
    assert (ran.status, ran.err) == (0, "")
    found = [record["article"] for record in lines(ran)]
    assert all(isinstance(article, dict) for article in found)
    assert [a["text"] for a in found] == [a["text"] for a in articles]  # type: ignore[index]
    assert [a["id"] for a in found] == ["b", content_id(STRIKE), "a"]  # type: ignore[index]
    assert found[0]["published"] == "2026-03-05"  # type: ignore[index]
    assert (found[0]["title"], found[0]["source"]) == ("T", "S")  # type: ignore[index]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{no json", "no JSON"),
        ("[]", 'with the field "text"'),
        ('{"id": "x"}', 'with the field "text"'),
        ('{"id": "x", "text": 5}', 'with the field "text"'),
        ('{"id": "x", "text": "a", "published": "5 March"}', "must be YYYY-MM-DD"),
        ('{"id": "x", "text": "a", "title": 7}', 'the field "title" must be a string'),
        ('{"id": "x", "text": "\\ud800"}', "no JSON"),
    ],
)
def test_a_bad_line_gives_an_error_in_its_place(newsdash: Command, line: str, why: str) -> None:
    good = json.dumps({"id": "good", "text": TALKS})
    ran = newsdash("analyze", "--jsonl", "-", stdin=f"{good}\n{line}\n{good}\n")
    assert ran.status == 1
    first, second, third = lines(ran)
    assert "error" not in first
    assert "error" not in third
    assert why in str(second["error"])
    assert second.get("id") == "x" or second["line"] == 2


def test_json_lines_files_that_are_missing_are_named(newsdash: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TALKS}))
    ran = newsdash("analyze", "--jsonl", tmp_path / "gone.jsonl", tmp_path / "a.jsonl")
    assert (ran.status, len(lines(ran))) == (1, 1)
    assert "gone.jsonl cannot be opened" in ran.err
    assert newsdash("analyze", "--jsonl", tmp_path / "gone.jsonl").status == 2


def test_json_lines_as_a_report_tell_errors_in_words(newsdash: Command) -> None:
    ran = newsdash("analyze", "--jsonl", "-", "--format", "report", stdin=json.dumps({"text": TALKS}) + "\nnonsense\n")
    assert ran.status == 1
    assert "WHO (" in ran.out
    assert ran.err.startswith("newsdash: line 2 was left out: no JSON")


# search


def test_search_gives_path_place_kind_and_words(newsdash: Command, folder: Path) -> None:
    ran = newsdash("search", "strike", folder)
    assert (ran.status, ran.err) == (0, "")
    assert f"{folder / 'b.md'}:0: [title] Strike" in ran.out.splitlines()


def test_search_as_json(newsdash: Command, folder: Path) -> None:
    hits = lines(newsdash("search", "norwik", folder, "--json"))
    assert hits[0]["path"] == str(folder / "a.txt")
    start, end = hits[0]["span"]  # type: ignore[misc]
    assert TALKS[start:end] == "Norwick"


def test_search_that_finds_nothing_says_so_by_its_status(newsdash: Command, folder: Path) -> None:
    nothing = "newsdash: nothing like “qqqqzzzz” in 2 articles.\n"
    assert newsdash("search", "qqqqzzzz", folder) == (1, "", nothing)
    assert newsdash("search", "talks", folder / "gone.txt").status == 2
    assert newsdash("search", "talks", folder, "--limit", "0").status == 2


def test_nothing_but_text_reaches_the_terminal(newsdash: Command, tmp_path: Path) -> None:
    evil = "\x1b]52;c;aGk=\x07\x1b[31m"
    (tmp_path / "a\x1b[31m.txt").write_text(f"Talks {evil} in Geneva [/bold].\n")
    for ran in (newsdash("search", "talks", tmp_path), newsdash("analyze", f"{evil}gone\n.txt")):
        assert "\x1b" not in ran.out + ran.err
        assert "\x07" not in ran.out + ran.err
        assert len((ran.out + ran.err).splitlines()) == 1


# The app, help, completion


def test_opening_what_is_not_there_says_so_before_the_app(newsdash: Command, tmp_path: Path) -> None:
    ran = newsdash(tmp_path / "gone.txt")
    assert (ran.status, ran.out) == (2, "")
    assert "does not exist" in ran.err


def test_a_mistyped_command_is_told_where_help_is(newsdash: Command) -> None:
    ran = newsdash("analyse", "a.txt")
    assert ran.status == 2
    assert "newsdash --help" in ran.err


def test_the_app_needs_a_terminal(newsdash: Command) -> None:
    ran = newsdash(SEED)
    assert (ran.status, ran.out) == (2, "")
    assert "needs a terminal" in ran.err


def test_help_names_every_command(newsdash: Command) -> None:
    ran = newsdash("--help")
    assert ran.status == 0
    for command in ("open", "analyze", "search", "completion"):
        assert command in ran.out
        assert newsdash(command, "--help").status == 0


def test_unknown_options_are_refused(newsdash: Command, folder: Path) -> None:
    for arguments in (("analyze", folder, "--jsn"), ("completion", "bash", "zsh"), ("--versoin",)):
        assert newsdash(*arguments).status == 2


def test_completion_of_files_is_shtabs(newsdash: Command) -> None:
    assert FILES.items() <= shtab.FILE.items()
    for shell in FILES:
        ran = newsdash("completion", shell)
        assert ran.status == 0
        assert "analyze" in ran.out
    assert newsdash("completion", "cmd").status == 2


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes_commands_options_and_files(newsdash: Command, folder: Path) -> None:
    script = newsdash("completion", "bash").out
    script += """
    complete_line() {
        COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); COMPREPLY=()
        _shtab_newsdash newsdash "${COMP_WORDS[-1]}"; echo "${COMPREPLY[*]}"
    }
    complete_line newsdash ana
    complete_line newsdash analyze --form
    complete_line newsdash analyze --format r
    complete_line newsdash analyze a
    complete_line newsdash search talks b
    """
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["analyze", "--format", "report", "a.txt", "b.md"]


# The real command, in a process of its own


def command(*arguments: str, **rest: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "newsdash.tui.cli", *arguments], capture_output=True, text=True, check=False, **rest
    )


def test_the_command_reads_a_pipe_and_prints_json(tmp_path: Path) -> None:
    done = command("analyze", "--jsonl", "-", input=json.dumps({"id": "x", "text": TALKS}), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["article"]["id"] == "x"


def test_a_terminal_without_curly_quotes_still_gets_the_rest() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = command("search", "cease", str(SEED), env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "?immediately cease?" in done.stdout


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    pipe = subprocess.Popen(
        [sys.executable, "-m", "newsdash.tui.cli", "search", "the", str(SEEDS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    pipe.stdout.close()
    assert pipe.stderr.read() == b""
    assert pipe.wait() == 0
    pipe.stderr.close()


def test_version() -> None:
    done = command("--version")
    assert (done.returncode, done.stderr) == (0, "")
    name, _, number = done.stdout.strip().partition(" ")
    assert name == "newsdash"
    assert all(part.isdigit() for part in number.split("."))
