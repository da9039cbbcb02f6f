"""The signs of the screen: one table, so that help, rows and charts say the same thing, with or without colour."""

from __future__ import annotations

from newsdash.core.records import (
    Certainty,
    Channel,
    Confidence,
    EntityType,
    Polarity,
    QuoteKind,
    Status,
)

POLARITY: dict[Polarity, str] = {"for": "▲", "against": "▼", "neutral": "●"}
MIXED = "◆"
CONTRAST = "⇄"
CONFIDENCE: dict[Confidence, str] = {"high": "●●●", "medium": "●●○", "low": "●○○"}
CERTAINTY: dict[Certainty, str] = {"exact": " ", "approximate": "~", "range": "↔", "unresolved": "?"}
STATUS: dict[Status, str] = {
    "happened": "●",
    "ongoing": "◐",
    "planned": "○",
    "possible": "◌",
    "denied": "⊘",
}
QUOTE: dict[QuoteKind, str] = {"direct": "❝", "mixed": "❛", "indirect": "›"}
CHANNEL: dict[Channel, str] = {
    "speech": "direct speech",
    "paraphrase": "paraphrase",
    "document": "document",
    "third party": "third party",
}

# Types in the order they are listed: style, sign, heading.
TYPES: dict[EntityType, tuple[str, str, str]] = {
    "PERSON": ("person", "◉", "People"),
    "ORG": ("org", "■", "Organisations"),
    "NORP": ("group", "◍", "Groups"),
    "GPE": ("place", "◆", "Countries and cities"),
    "LOC": ("place", "◇", "Places"),
    "FAC": ("place", "⌂", "Buildings"),
    "PRODUCT": ("thing", "▣", "Products"),
    "EVENT": ("event", "✦", "Events"),
    "WORK_OF_ART": ("thing", "❖", "Works"),
    "LAW": ("thing", "§", "Laws"),
}
TYPE_WORD: dict[EntityType, str] = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "group",
    "GPE": "country or city",
    "LOC": "place",
    "FAC": "building",
    "PRODUCT": "product",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "LAW": "law",
}
BLOCKS = " ▁▂▃▄▅▆▇█"

LEGEND: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Entities",
        tuple((sign, heading.lower()) for _, sign, heading in TYPES.values()),
    ),
    (
        "Dates",
        (
            ("~", "about then"),
            ("↔", "some time within"),
            ("?", "not known"),
            ("↳", "told relative to the line above"),
            ("↱", "to the line below"),
        ),
    ),
    ("Events", tuple((sign, name) for name, sign in STATUS.items())),
    (
        "Stances",
        (
            *((sign, name) for name, sign in POLARITY.items()),
            (MIXED, "for and against"),
            (CONTRAST, "another holder stands against it"),
            *((sign, f"{name} confidence") for name, sign in CONFIDENCE.items()),
        ),
    ),
    ("Quotes", tuple((sign, name) for name, sign in QUOTE.items())),
)


def spark(values: list[int]) -> str:
    """A row of blocks, one for each value, the largest full; zero is a dot on the ground line."""
    top = max(values, default=0)
    return "".join("·" if not v else BLOCKS[max(1, round(v / top * 8))] for v in values)
