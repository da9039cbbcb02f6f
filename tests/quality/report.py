"""All quality figures: ``python -m tests.quality.report [--shared ../shared]``.

Without ``--shared`` the articles in ``tests/gold``. With it also the development sets there, by their own scorer.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from newsdash.core.language import load

from tests.quality.test_quality import SETS, measure

ANALYZE = f"{sys.executable} -m newsdash.tui.cli analyze --jsonl -"
TASKS = (
    ("gold", "gold"),
    ("entities", "ner/uner_ewt/test.jsonl"),
    ("entities", "ner/gum_names/test.jsonl"),
    ("coref", "coref/gum_news.jsonl"),
    ("coref", "coref/meantime_apple.jsonl"),
    ("times", "time/meantime_dev.jsonl"),
    ("times", "eval-only/timebank_dev.jsonl"),
    ("times", "eval-only/wikiwars.jsonl"),
    ("anchors", "timeline/meantime_event_anchor_dev.jsonl"),
    ("anchors", "timeline/semeval2015_t4_anchor_dev.jsonl"),
    ("quotes", "eval-only/polnear_dev.jsonl"),
    ("quotes", "quotes/gum_news.jsonl"),
    ("stance", "stance/dse2qa_valid.jsonl"),
)


def main() -> int:
    """Print the figures; the exit status is 1 when a set that was asked for is missing or cannot be scored."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, help="folder with corpora/ and scorers/")
    shared: Path | None = options.parse_args().shared
    nlp = load()
    print(f"{'':22}" + "".join(f"{name:>10}" for name in SETS))
    columns = [measure(nlp, files) for files in SETS.values()]
    for figure in columns[0]:
        print(f"{figure:22}" + "".join(f"{column[figure]:10.1f}" for column in columns))
    missing = 0
    for task, name in TASKS if shared else ():
        assert shared is not None
        file = shared / "corpora" / name
        if not file.exists():
            print(f"{task} {name}: not in {shared}", file=sys.stderr)
            missing = 1
            continue
        score = [sys.executable, str(shared / "scorers" / "score.py"), task, str(file), "--analyze", ANALYZE]
        done = subprocess.run(score, capture_output=True, text=True, check=False)
        print(f"{name}: {done.stdout.splitlines()[-1] if done.stdout else done.stderr.strip()[-300:]}", flush=True)
        missing |= done.returncode != 0
    return missing


if __name__ == "__main__":
    raise SystemExit(main())
