"""The ``newsdash`` command (first stub of the team: only ``analyze --jsonl -``)."""

from __future__ import annotations

import json
import sys


def main() -> int:
    """Read JSON Lines, print analyses."""
    from newsdash.core.extraction import analyse_many
    from newsdash.core.language import load
    from newsdash.core.records import Article, content_id, to_json

    articles = []
    for line in sys.stdin:
        r = json.loads(line)
        articles.append(
            Article(
                id=r.get("id") or content_id(r["text"]), text=r["text"], title=r.get("title"),
                source=r.get("source"), author=r.get("author"), published=r.get("published"), url=r.get("url"),
            )
        )  # fmt: skip
    for analysis in analyse_many(articles, load()):
        sys.stdout.write(to_json(analysis).decode() + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
