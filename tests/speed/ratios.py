"""``python -m tests.speed.ratios`` prints the speed budgets as ratios, both sides measured in turn in one run."""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does, before numpy is loaded

from newsdash.core.extraction.analysis import read
from newsdash.core.extraction.entities import find_entities
from newsdash.core.language import load
from newsdash.core.records import Article, content_id
from newsdash.core.sources import collect, sample

from tests.conftest import ROOT
from tests.speed import frames
from tests.speed.paint import first_paint

ROUNDS = 7
LONG = 200_000  # words of a very long document
COMMAND = [sys.executable, "-m", "newsdash.tui.cli"]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = perf_counter()
    work()
    return perf_counter() - start


def pair(name: str, ours: Callable[[], object], base: Callable[[], object], budget: str, rounds: int = ROUNDS) -> None:
    """Measure both in turn and print the medians and their ratio."""
    times = [(seconds(ours), seconds(base)) for _ in range(rounds)]
    a, b = median(t[0] for t in times), median(t[1] for t in times)
    print(f"{name:44} {a * 1000:9.1f} ms  {b * 1000:9.1f} ms  ratio {a / b:5.2f}  budget {budget}", flush=True)


def run(*command: str, text: bytes = b"") -> None:
    """Run a command to its end, its output thrown away."""
    subprocess.run(command, input=text, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    """All ratios that the program has today; the first column is newsdash, the second what it is held against."""
    python = sys.executable
    for room in ("core", "tui"):  # as an installed package is, whatever PYTHONDONTWRITEBYTECODE says here
        compileall.compile_dir(ROOT / room, quiet=1)
    pair("--version, python -c pass", lambda: run(*COMMAND, "--version"), lambda: run(python, "-c", "pass"), "<= 6")
    pair("--help, python -c pass", lambda: run(*COMMAND, "--help"), lambda: run(python, "-c", "pass"), "<= 6")
    seed_file = next(path for path in sample() if path.suffix == ".txt")
    with tempfile.TemporaryDirectory() as state:
        pair(
            "first paint of the app, import textual.app",
            lambda: first_paint(seed_file, "dramatic", Path(state)),
            lambda: run(python, "-c", "import textual.app"),
            "<= 2",
        )
    articles = [item for item in collect(sample()) if isinstance(item, Article)]
    seed = articles[0]
    nlp = load()
    pair("one article, bare pipeline", lambda: read(nlp(seed.text), seed), lambda: nlp(seed.text), "<= 1.6")
    many = [
        Article(id=content_id(f"{n}{a.text}"), text=a.text, published=a.published) for n in range(12) for a in articles
    ]
    texts = [article.text for article in many]
    pair(
        f"{len(many)} articles, bare pipeline",
        lambda: [read(doc, a) for doc, a in zip(nlp.pipe(texts), many, strict=True)],
        lambda: list(nlp.pipe(texts)),
        "<= 1.6",
        3,
    )
    all_words = [word for text in texts for word in text.split()]
    all_words = (all_words * (LONG // len(all_words) + 1))[:LONG]
    pieces = [" ".join(all_words[at : at + 400]) for at in range(0, LONG, 400)]
    pair(
        f"who is who in {LONG} words, in 400-word pieces",
        lambda: find_entities(nlp(" ".join(all_words))),
        lambda: [find_entities(doc) for doc in nlp.pipe(pieces)],
        "<= 1.3",
        1,
    )
    frames.main(LONG)
    words = sum(len(text.split()) for text in texts)
    took = median(seconds(lambda: list(nlp.pipe(texts))) for _ in range(3))
    print(f"{'pipeline alone':44} {words / took:9.0f} words/s on one core")
    lines = b"".join(json.dumps({"id": a.id, "text": a.text}).encode() + b"\n" for a in many)
    with tempfile.TemporaryDirectory() as folder:
        half = len(many) // 2
        parts = [Path(folder, f"{n}.jsonl") for n in range(2)]
        for n, part in enumerate(parts):
            part.write_bytes(b"\n".join(lines.split(b"\n")[n * half : (n + 1) * half]) + b"\n")

        def both() -> None:
            running = [
                subprocess.Popen([*COMMAND, "analyze", "--jsonl", str(part)], stdout=subprocess.DEVNULL)
                for part in parts
            ]
            if any(process.wait() for process in running):
                raise SystemExit("analyze failed")

        def one(text: bytes) -> float:
            return seconds(lambda: run(*COMMAND, "analyze", "--jsonl", "-", text=text))

        times = [(one(lines[: lines.index(b"\n") + 1]), seconds(both), one(lines)) for _ in range(3)]
        start, two, single = (median(column) for column in zip(*times, strict=True))
        print(
            f"{'two processes, one process':44} {two * 1000:9.1f} ms  {single * 1000:9.1f} ms  "
            f"{(single - start) / (two - start):.2f} x as fast once started (budget >= 1.8)"
        )


if __name__ == "__main__":
    main()
