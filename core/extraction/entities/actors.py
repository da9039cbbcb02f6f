"""An actor while its mentions are being gathered, and what forbids two descriptions to be one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from newsdash.core.extraction.entities.knowledge import full_forms, given_gender, plain
from newsdash.core.records import MentionKind
from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True)
class Place:
    """One mention by token numbers: ``start:end``, its head, kind, and the reason why it was joined.

    ``skipped`` characters of the first token are no part of it: "anti-Putin" mentions Putin.
    """

    start: int
    end: int
    head: int
    kind: MentionKind
    reason: str
    skipped: int = 0


@dataclass
class Actor:
    """What is known of an actor so far.

    ``kinds`` are kinds of heads ("company", "court"), ``roles`` lemmas of role nouns and heads used of it,
    ``keys`` plain forms of its names, ``words`` modifiers of an unnamed
    actor's first description, ``members`` numbers of the actors a joint actor stands for.
    """

    number: int
    type: str
    name: str
    keys: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    gender: str = ""
    plural: bool = False
    named: bool = True
    places: list[Place] = field(default_factory=list)
    members: tuple[int, ...] = ()
    words: frozenset[str] = frozenset()
    told: int = 0  # how often the article gives a person's full name
    count: str = ""  # the number in a plural description: "two men" are not "three men"
    around: frozenset[int] = frozenset()  # numbers of the actors named in an unnamed thing's description
    passing: bool = False  # an entity only if the text comes back to it
    same_as: Actor | None = None  # who it turned out to be

    def known(self) -> Actor:
        """Itself, or who it turned out to be."""
        return self if self.same_as is None else self.same_as.known()

    def become(self, other: Actor, reason: str) -> None:
        """Give all mentions to the actor that this one turned out to be; the reason replaces "first mention"."""
        other.places += [replace(p, reason=reason) if p.reason == "first mention" else p for p in self.places]
        self.places = []
        self.same_as = other


def compatible_given(one: str, other: str) -> bool:
    """Two given names that may be one person's: equal, an initial, or a nickname of one another."""
    if not one or not other or one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    alike = min(len(one), len(other)) > 4 and one[0] == other[0] and gender_of(one) == gender_of(other)
    if alike and Levenshtein.distance(one, other) == 1:
        return True  # "Kristen" and "Kristin"
    forms = full_forms()
    a, b = forms.get(one, frozenset({one})), forms.get(other, frozenset({other}))
    return bool(a & b)


def gender_of(given: str) -> str:
    """m, f or "" for a given name."""
    return given_gender().get(plain(given), "")
