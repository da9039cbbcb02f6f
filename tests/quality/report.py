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
    ("coref", "coref"),
    ("times", "time/meantime_dev"),
    ("times", "time/gum_dates"),
    ("times", "eval-only/timebank/timebank_dev.jsonl"),
    ("anchors", "timeline/meantime_event_anchor_dev"),
    ("anchors", "timeline/semeval2015_t4_dev/semeval2015_t4_anchor_dev.jsonl"),
    ("quotes", "eval-only/polnear_dev"),
    ("quotes", "quotes/gum_news"),
    ("stance", "stance/dse2qa/dse2qa_valid.jsonl"),
)


def gold_file(corpora: Path, name: str) -> Path | None:
    """The file of a set: as named, or the only JSON Lines file of that folder."""
    place = corpora / name
    if place.is_dir() and name != "gold":
        return next(iter(sorted(place.glob("*.jsonl*"))), None)
    return place if place.exists() else None


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
        file = gold_file(shared / "corpora", name)
        if file is None:
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
