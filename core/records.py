"""The vocabulary: what an analysis is made of, as frozen records that turn into JSON as they stand.

The field names are the interchange format that ``newsdash analyze`` prints. All offsets are Unicode code points
into ``Article.text``, end exclusive, and ``article.text[start:end]`` is always the evidence. Dates are ISO 8601
strings (``2026-03-05``), since a date may be known only to the month or the year.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

SCHEMA = 1
"""Number of the interchange format; raised when a field is renamed or dropped."""

Span = tuple[int, int]
EntityType = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"]
MentionKind = Literal["name", "nominal", "pronoun"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
ValueType = Literal["MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"]
Certainty = Literal["exact", "approximate", "range", "unresolved"]
Granularity = Literal["minute", "hour", "day", "week", "month", "quarter", "year", "decade", "unknown"]
Relation = Literal["before", "after", "during", "same"]
Status = Literal["happened", "ongoing", "planned", "possible", "denied"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "supports", "opposes", "praises", "criticises", "warns", "threatens", "demands", "offers", "agrees",
    "refuses", "denies", "accuses", "orders", "promises", "claims", "asks", "declines-comment",
]  # fmt: skip
Polarity = Literal["for", "against", "neutral"]
Confidence = Literal["high", "medium", "low"]
Channel = Literal["speech", "paraphrase", "document", "third party"]


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all records: frozen, built by keyword, compared by value.

    No record can hold itself, so the garbage collector has nothing to look for in them; with a book's worth of
    mentions its rounds would hold the screen up for half a second.
    """


class Article(Record, frozen=True, kw_only=True):
    """One text and what is known of where it came from. Unknown metadata is None, never guessed.

    ``found`` says for each known field where it was found ("front matter", "og:site_name", "--published").
    """

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str = "en"
    path: str | None = None
    found: dict[str, str] = {}


class Mention(Record, frozen=True, kw_only=True):
    """A span that refers to an entity, and why it was joined to it."""

    start: int
    end: int
    text: str
    kind: MentionKind
    reason: str


class Entity(Record, frozen=True, kw_only=True):
    """What one or more mentions refer to. ``aliases`` are its distinct names and role phrases, best first.

    ``actor`` is an id that holds across articles, absent where nobody joined them; ``role`` a phrase such as "CEO of
    Anthropic"; ``members`` are the ids of the entities that a joint actor ("the two sides") stands for;
    ``prominence`` lies in 0..1.
    """

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    actor: str | msgspec.UnsetType = msgspec.UNSET
    role: str | None = None
    members: tuple[str, ...] = ()
    prominence: float = 0.0


class TimeExpression(Record, frozen=True, kw_only=True):
    """A time expression: TIMEX3 type and value, and the closed interval of days it stands for."""

    start: int
    end: int
    text: str
    type: TimeType
    value: str
    interval: tuple[str, str] | None
    certainty: Certainty
    reason: str


class Value(Record, frozen=True, kw_only=True):
    """A typed number: amount of money (``unit`` an ISO 4217 code), per cent, quantity, ordinal or count."""

    start: int
    end: int
    text: str
    type: ValueType
    value: float | None
    unit: str | None


class When(Record, frozen=True, kw_only=True):
    """When an event is: a closed interval of ISO dates (None = open or unknown), and the chain of reasons."""

    start: str | None = None
    end: str | None = None
    granularity: Granularity = "unknown"
    certainty: Certainty = "unresolved"
    reason: str = ""
    relative_to: str | None = None
    relation: Relation | None = None


class Event(Record, frozen=True, kw_only=True):
    """Something that happened, happens, is planned, possible or denied.

    ``start:end`` is the evidence; ``trigger`` the word that names the event; ``also`` further evidence of the same
    event elsewhere in the article; ``background`` is True for what lies before the news of the day.
    """

    id: str
    start: int
    end: int
    text: str
    what: str
    actors: tuple[str, ...]
    status: Status
    when: When
    trigger: Span
    also: tuple[Span, ...] = ()
    background: bool = False


class Speaker(Record, frozen=True, kw_only=True):
    """Who is quoted: the span in the text and the entity it resolves to."""

    start: int
    end: int
    entity: str | None


class Quote(Record, frozen=True, kw_only=True):
    """Attributed words. ``spans`` are the parts of a content that the cue cuts in two."""

    start: int
    end: int
    spans: tuple[Span, ...]
    text: str
    kind: QuoteKind
    cue: Span | None
    speaker: Speaker | None
    channel: Channel = "paraphrase"


class Stance(Record, frozen=True, kw_only=True):
    """Who takes which position toward whom on what. ``reason`` says which words and rule gave it."""

    holder: str | None
    holder_text: str
    act: Act
    target: str | None
    target_text: str
    polarity: Polarity
    issue: str
    evidence: Span
    confidence: Confidence
    via: str | None = None
    reason: str = ""


class Suggestion(Record, frozen=True, kw_only=True):
    """A publication date (ISO) that the text of an article without one gives: the words, and why they may mean it."""

    published: str
    start: int
    end: int
    text: str
    reason: str


class Analysis(Record, frozen=True, kw_only=True):
    """Everything found in one article.

    ``suggested`` is only there when ``article.published`` is None: an offer to the reader, by which nothing is dated.
    """

    article: Article
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    values: tuple[Value, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    stances: tuple[Stance, ...] = ()
    notes: tuple[str, ...] = ()
    suggested: Suggestion | None = None
    schema: int = SCHEMA


def content_id(text: str) -> str:
    """An id from content alone: the first 16 hex digits of the SHA-256 of the text as UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_json(analysis: Analysis) -> bytes:
    """The interchange form, one line, keys in the order of the fields (``schema`` is among them)."""
    return msgspec.json.encode(analysis)


def from_json(line: bytes | str) -> Analysis:
    """Read back what ``to_json`` wrote.

    Raises msgspec.ValidationError when the line is not an analysis of this schema.
    """
    return msgspec.json.decode(line, type=Analysis)
