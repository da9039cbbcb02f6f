"""The ``newsdash`` command: without a subcommand it opens the app, the others print and exit.

Data goes to standard output, words to standard error. Exit status: 0 done, 1 some of the input could not be read
(the rest is done) or a search found nothing, 2 nothing could be done. Heavy modules are imported by the subcommand
that needs them.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, cast

if TYPE_CHECKING:
    from newsdash.core.library import Correction
    from newsdash.core.records import Analysis, Article
    from spacy.language import Language

_COMMANDS = ("open", "analyze", "search", "completion")
_CHUNK = 64  # JSON Lines analysed together at most
_READ = 1 << 20  # bytes read at once at most
FILES = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
FILES |= {"fish": "(__fish_complete_path (commandline -ct))"}  # shtab.FILE; its import would cost --help
_EPILOG = """\
examples:
  newsdash                              what was open last time; at first the articles that come with newsdash
  newsdash article.txt folder/          the app on these articles
  curl … | newsdash                     the app on standard input (so does -, among other paths)
  newsdash analyze article.txt          a readable report
  newsdash analyze --json *.md          one analysis a line

Each command has a --help of its own. Exit status: 0 done, 1 some input could not be read or nothing was found by
search, 2 nothing could be done. Corrections and settings lie in the user's state directory, or in $NEWSDASH_STATE.
"""


class _Parser(argparse.ArgumentParser):
    """A parser that says in one sentence what is wrong."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"newsdash: {message} (see {self.prog} --help)\n")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(
        prog="newsdash",
        usage="newsdash [--published YYYY-MM-DD] [PATH ...]\n       newsdash COMMAND ...",
        description="Read news closely: who, what, when, who said what and who wants what, led back to the words.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="store_true", help="print the version and exit")
    commands = top.add_subparsers(dest="command", title="commands", metavar="COMMAND", prog="newsdash")

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")

    opening = command("open", "open the app (this is what no command means)")
    analyze = command("analyze", "print what was found in each article")
    search = command("search", "search fuzzily across articles")
    completion = command("completion", "print the completion script of a shell")
    for one in (opening, analyze, search):
        one.add_argument(
            "--published", metavar="YYYY-MM-DD", type=_day, help="publication date of articles that carry none"
        )
    search.add_argument("query", help="what to look for; spelling need not be right")
    for one in (opening, analyze, search):
        paths = one.add_argument(
            "paths", nargs="*", default=[], metavar="PATH", help="files, folders, or - for standard input"
        )
        paths.complete = FILES  # type: ignore[attr-defined]
    analyze.add_argument("--jsonl", action="store_true", help="PATH holds JSON Lines, one article a line")
    analyze.add_argument("--json", action="store_true", help="the same as --format json")
    analyze.add_argument(
        "--entities", metavar="PIPELINE", help="let this installed spaCy pipeline find the names (en_core_web_trf)"
    )
    analyze.add_argument(
        "--format",
        choices=("report", "json", "markdown"),
        help="default: report at a terminal, json when piped",
    )
    search.add_argument("--json", action="store_true", help="one hit a line as JSON")
    search.add_argument("--limit", type=_count, default=50, metavar="N", help="at most N hits (default 50)")
    completion.add_argument("shell", choices=tuple(FILES))
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] not in (*_COMMANDS, "-h", "--help", "--version"):
        arguments.insert(0, "open")
    options = _parse(arguments)
    # Our matrices have the size of a sentence: shared among threads, each takes up to 40 times as long.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 (closed by "<&-": nothing in it)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without curly quotes still gets the rest
    if options.version:
        from importlib.metadata import version

        print(f"newsdash {version('newsdash')}")
        return 0
    try:
        status = _run(options)
        sys.stdout.flush()  # here, so that a closed pipe is seen here
    except BrokenPipeError:  # the reader of our output has seen enough (head, less): no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _progress("")
        _say("stopped.")
        return 130
    return status


def _parse(arguments: list[str]) -> argparse.Namespace:
    """Options may stand between the paths: what argparse leaves over then are paths, unless it begins with a dash."""
    top = parser()
    options, rest = top.parse_known_args(arguments)
    if rest and (not hasattr(options, "paths") or any(word.startswith("-") and word != "-" for word in rest)):
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        options.paths = [*options.paths, *rest]
    return options


def _run(options: argparse.Namespace) -> int:
    if options.command == "open":
        return _open(options.paths, options.published)
    if options.command == "analyze":
        return _analyze(options)
    if options.command == "search":
        return _search(options)
    import shtab

    print(shtab.complete(parser(), options.shell))
    return 0


def _day(value: str) -> str:
    from newsdash.core.sources.reading import iso_date

    if len(value) != 10 or (day := iso_date(value)) is None:
        raise argparse.ArgumentTypeError(f"{value!r} is no date: write YYYY-MM-DD, as in 2026-03-05")
    return day


def _count(value: str) -> int:
    if not value.isdecimal() or int(value) == 0:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of hits: write 1 or more")
    return int(value)


def _say(sentence: str) -> None:
    from newsdash.core.export.plain import one_line

    print(f"newsdash: {one_line(sentence)}", file=sys.stderr)


def _open(paths: list[str], published: str | None) -> int:
    if paths and all(path != "-" and not os.path.lexists(path) for path in paths):
        for path in paths:
            _say(f"{path} does not exist: check the name (newsdash --help shows the commands).")
        return 2
    if not sys.stdout.isatty():
        _say("the app needs a terminal: use newsdash analyze to print, or --help.")
        return 2
    if sys.__stdin__ is None:  # "newsdash … <&-"
        _say("standard input is closed: open it, since the app takes its keys from there.")
        return 2
    if not sys.stdin.isatty():
        paths = paths or ["-"]
        try:
            _keyboard_from_terminal(keep="-" in paths)
        except OSError:
            _say("the app needs a terminal for its keys: use newsdash analyze to print, or --help.")
            return 2
    from newsdash.tui.app import run  # Textual, 200 ms

    return run(paths or _last_opened(), published)


def _last_opened() -> list[str]:
    """What was open last time and is still there; on the first start the articles that come with newsdash."""
    from newsdash.core.library import LibraryError, load_session
    from newsdash.core.sources import sample

    try:
        last = [path for path in load_session().paths if os.path.lexists(path)]
    except LibraryError as error:
        _say(str(error))
        last = []
    return last or [str(path) for path in sample()]


def _keyboard_from_terminal(*, keep: bool) -> None:
    """Give the place of standard input to the terminal, for the keys; the text in it is kept, or not read."""
    import io

    piped = sys.stdin.buffer.read() if keep else b""
    os.dup2(os.open("/dev/tty", os.O_RDONLY), 0)
    sys.stdin = io.TextIOWrapper(io.BytesIO(piped))


def _read(paths: Sequence[str], published: str | None) -> tuple[list[Article], int]:
    """The articles that can be read, and the exit status so far; what cannot is said on standard error."""
    from newsdash.core.sources import Problem, collect

    if not paths:
        if sys.stdin.isatty():
            _say("no article given: name files or folders, or pipe text in.")
            return [], 2
        paths = ["-"]
    articles = []
    problems = 0
    for item in collect(paths, published):
        if isinstance(item, Problem):
            _say(item.sentence)
            problems += 1
        else:
            articles.append(item)
    return articles, (0 if not problems else 1 if articles else 2)


def _analyze(options: argparse.Namespace) -> int:
    if options.entities:
        from newsdash.core.language import load

        try:
            load(entities=options.entities)
        except ValueError as error:
            _say(str(error))
            return 2
    form = "json" if options.json else options.format or ("report" if sys.stdout.isatty() else "json")
    if options.jsonl:
        return _analyze_lines(options, form)
    articles, status = _read(options.paths, options.published)
    if articles:
        _progress("waking the language model …")
        from newsdash.core.language import load
        from newsdash.core.library import apply, dated
        from newsdash.core.story import join_actors

        mine = {article.id: _corrections(article.id) for article in articles}
        articles = [dated(article, mine[article.id]) for article in articles]
        found = _followed(articles, load(entities=options.entities))
        analyses = join_actors([apply(analysis, mine[analysis.article.id]) for analysis in found])
        _progress("")
        for number, analysis in enumerate(analyses):
            _print(analysis, form, first=number == 0)
    return status


def _corrections(article: str) -> tuple[Correction, ...]:
    """What the reader corrected in the article; what cannot be read is said."""
    from newsdash.core.library import LibraryError, corrections

    try:
        return corrections(article)
    except LibraryError as error:
        _say(str(error))
        return ()


def _followed(articles: Sequence[Article], nlp: Language) -> Iterator[Analysis]:
    """The analyses; how far they are is said on the way. Nothing can be printed yet: actors are joined over all."""
    from newsdash.core.extraction import analyse_many
    from newsdash.core.language import follow

    total = len(articles)
    if total == 1:
        follow(nlp, lambda part: _progress(f"analysing, {part:.0%} parsed …"))
    analyses = analyse_many(articles, nlp)
    for number in range(1, total + 1):
        _progress("analysing …" if total == 1 else f"analysing {number} of {total} …")
        yield next(analyses)
    follow(nlp, None)


def _progress(words: str) -> None:
    """Say to somebody at a terminal what is going on, in place of what was said before; "" takes it away."""
    if sys.stderr.isatty():
        print(f"\r{'newsdash: ' if words else ''}{words}\x1b[K", end="", file=sys.stderr, flush=True)


def _analyze_lines(options: argparse.Namespace, form: str) -> int:
    from newsdash.core.extraction import analyse_many
    from newsdash.core.language import load
    from newsdash.core.story import ActorRegister

    paths = options.paths or ["-"]
    streams = [stream for path in paths if (stream := _stream(path)) is not None]
    if not streams:
        return 2
    failed = len(streams) < len(paths)
    first = True
    register = ActorRegister()  # one actor has one id in the whole stream
    nlp = load(entities=options.entities)
    for chunk in _chunks(streams, options.published):
        articles = [article for article in chunk if not isinstance(article, dict)]
        analyses = iter(register.join(list(analyse_many(articles, nlp))))
        for item in chunk:
            if isinstance(item, dict):
                _print_error(item, form)
                failed = True
            else:
                _print(next(analyses), form, first=first)
                first = False
        sys.stdout.flush()
    return 1 if failed else 0


def _stream(path: str) -> io.BufferedIOBase | None:
    """The file, or standard input; None, and a sentence on standard error, when it cannot be opened."""
    try:
        return cast("io.BufferedIOBase", sys.stdin.buffer) if path == "-" else open(path, "rb")  # noqa: PTH123
    except OSError as error:
        _say(f"{path} cannot be opened ({error.strerror}).")
        return None


def _chunks(streams: Iterable[io.BufferedIOBase], published: str | None) -> Iterator[list[Article | dict[str, Any]]]:
    """Each line as an article, or as the error that stands in its place; together what came in together."""
    number = 0
    for lines in _lines(streams):
        chunk = []
        for line in lines:
            number += 1
            if line.strip():
                chunk.append(_article(line.decode("utf-8", "replace"), number, published))
        yield chunk


def _lines(streams: Iterable[io.BufferedIOBase]) -> Iterator[list[bytes]]:
    """The lines that are there, at most ``_CHUNK`` at a time: nobody waits for more before these are worked on."""
    for stream in streams:
        parts: list[bytes] = []  # of a line whose end has not come yet
        while data := stream.read1(_READ):
            parts.append(data)
            if b"\n" in data:
                *lines, rest = b"".join(parts).split(b"\n")
                parts = [rest]
                for start in range(0, len(lines), _CHUNK):
                    yield lines[start : start + _CHUNK]
        if last := b"".join(parts):
            yield [last]


def _article(line: str, number: int, published: str | None) -> Article | dict[str, Any]:
    import msgspec
    from newsdash.core.records import Article, content_id
    from newsdash.core.sources.reading import iso_date

    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return {"line": number, "error": f"no JSON: {error}"}
    name: dict[str, Any] = {"line": number}
    if isinstance(record, dict) and isinstance(record.get("id"), str):
        name = {"id": record["id"]}
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return name | {"error": 'a line must be an object with the field "text"'}
    fields: dict[str, Any] = {key: record.get(key) for key in ("title", "source", "author", "url")}
    wrong = [key for key, value in fields.items() if value is not None and not isinstance(value, str)]
    if wrong:
        return name | {"error": f'the field "{wrong[0]}" must be a string'}
    given = record.get("published")
    day = iso_date(given) if isinstance(given, str) else None
    if given and day is None:
        return name | {"error": f'"published" must be YYYY-MM-DD, not {given!r}'}
    return Article(
        id=record["id"] if "id" in name else content_id(record["text"]),
        text=record["text"],
        title=fields["title"],
        source=fields["source"],
        author=fields["author"],
        url=fields["url"],
        published=day or published,
        found={"published": "the line" if day else "--published"} if day or published else {},
    )


def _print_error(error: dict[str, Any], form: str) -> None:
    if form == "json":
        import msgspec

        sys.stdout.buffer.write(msgspec.json.encode(error) + b"\n")
    else:
        _say(" ".join((f"line {error['line']}" if "line" in error else error["id"], "was left out:", error["error"])))


def _print(analysis: Analysis, form: str, *, first: bool) -> None:
    if form == "json":
        from newsdash.core.records import to_json

        sys.stdout.buffer.write(to_json(analysis) + b"\n")
        sys.stdout.buffer.flush()
        return
    from newsdash.core.export import to_markdown, to_report

    if form == "markdown":
        print(("" if first else "\n") + to_markdown(analysis), end="")
    else:
        from shutil import get_terminal_size

        width = min(get_terminal_size().columns, 100)
        print(("" if first else "\n" + "-" * width + "\n") + to_report(analysis, width), end="")


def _search(options: argparse.Namespace) -> int:
    articles, status = _read(options.paths, options.published)
    if not articles:
        return status
    from newsdash.core.export.plain import one_line
    from newsdash.core.search import search

    hits = search(articles, options.query, limit=options.limit)
    names = {article.id: article.path or article.id for article in articles}
    for hit in hits:
        if options.json:
            import msgspec

            print(msgspec.json.encode({"path": names[hit.article]} | msgspec.to_builtins(hit)).decode())
        else:
            print(f"{one_line(names[hit.article])}:{hit.span[0]}: [{hit.kind}] {one_line(hit.text)}")
    if not hits:
        _say(f"nothing like “{options.query}” in {len(articles)} article{'' if len(articles) == 1 else 's'}.")
    return status if status or hits else 1


if __name__ == "__main__":
    raise SystemExit(main())
