"""Joint actors: "the two sides", "both countries", "the signatories", "tech groups A, B and C"."""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor, Place
from newsdash.core.extraction.entities.knowledge import Head, group_words, known_names, lemma_of
from newsdash.core.extraction.entities.naming import Naming
from newsdash.core.extraction.entities.phrases import Phrase, is_plural
from newsdash.core.extraction.entities.roles import Layout
from newsdash.core.extraction.entities.salience import Salience

_FAR = 30  # sentences that two are remembered as two
_REACH = 6  # sentences looked back for the members
_REMEMBERED = 12  # lists of names kept in mind
_GAP = 8  # tokens that may stand between two names of one list


class Groups:
    """The lists of names read so far and the joint actors made of them."""

    def __init__(self, layout: Layout, naming: Naming, salience: Salience) -> None:
        self._layout, self._naming, self._salience = layout, naming, salience
        self._lists: list[tuple[int, list[Actor]]] = []
        self._joints: dict[tuple[int, ...], Actor] = {}
        self._pairs: dict[tuple[int, ...], list[tuple[int, int]]] = {}  # members -> spans of "Foo and Bar"

    def read_name(self, number: int, actor: Actor) -> None:
        """Remember names that stand in one list."""
        here = self._layout.sentence[self._layout.names[number].start]
        self._read_halves(actor)
        if self._lists and self._lists[-1][0] == here and self._lists[-1][1][-1] is actor:
            return  # its acronym in brackets
        if self._lists and self._lists[-1][0] == here and self._in_one_list(number - 1, number):
            members = self._lists[-1][1]
            if members[-1].type == actor.type and actor not in members[-20:]:
                members.append(actor)
                self._read_pair(number)
            return
        self._lists.append((here, [actor]))
        del self._lists[:-_REMEMBERED]

    def _read_halves(self, actor: Actor) -> None:
        """ "North and South Foo" is both of them."""
        words = actor.name.casefold().split()
        if actor.members or len(words) < 4 or words[1] != "and" or not {words[0], words[2]} <= group_words("half"):
            return
        rest = " ".join(words[3:])
        halves = [self._naming.by_key.get(f"{half} {rest}") for half in (words[0], words[2])]
        if all(half is not None and half.places for half in halves):
            actor.type, actor.plural = "GPE", True
            actor.members = tuple(sorted(half.number for half in halves if half is not None))
            actor.roles |= group_words("state pair")
            self._joints[actor.members] = actor

    def _read_pair(self, number: int) -> None:
        """Remember where "Foo and Bar" stands."""
        names, doc = self._layout.names, self._layout.doc
        before, here = names[number - 1], names[number]
        if [t.lower_ for t in doc[before.end : here.start] if t.lower_ != "the"] == ["and"]:
            members = (self._naming.of_name[before.start], self._naming.of_name[here.start])
            numbers = tuple(sorted(actor.number for actor in members))
            self._pairs.setdefault(numbers, []).append((before.start, here.end))

    def settle(self) -> None:
        """At the end: "Foo and Bar" mentions the joint actor that the text also calls "both countries"."""
        for numbers, joint in self._joints.items():
            for start, end in self._pairs.get(numbers, ()):
                joint.places.append(Place(start, end, end - 1, "nominal", "its members"))

    def _in_one_list(self, before: int, after: int) -> bool:
        names = self._layout.names
        if before < 0 or names[after].start - names[before].end > _GAP:
            return False
        between = [t.text for t in self._layout.doc[names[before].end : names[after].start] if not t.is_space]
        return _is_listing(between)

    def joint(self, phrase: Phrase, noun: Head, sentence: int) -> tuple[Actor | None, str]:
        """The joint actor that a plural phrase stands for, and why."""
        doc = self._layout.doc
        head = doc[phrase.head]
        if not is_plural(head):
            return None, ""
        lemma = lemma_of(head)
        ahead = self._names_ahead(phrase, noun)
        if ahead is not None:
            for actor in ahead:  # "the schools Foo and Bar": Bar is no town
                if len(actor.places) == 1 and not actor.keys & known_names().keys():
                    actor.type = noun.type
            return self._make(ahead, phrase), "named right after"
        first = doc[phrase.core].lower_
        whole = phrase.end >= len(doc) or doc[phrase.end].lower_ != "of"  # "both sides of the aisle" are others
        counted = whole and phrase.head - phrase.core == (first == "two")  # nothing but the number before the noun
        if (
            lemma in group_words("pair")
            and counted
            and (phrase.determiner == "both" or first == "both" or (phrase.determiner == "the" and first == "two"))
        ):
            before = self._salience.best(sentence, _FAR, lambda a: float(len(a.members) == 2 and lemma in a.roles))
            if before is not None:
                return before, "the two called so before"
            pair = self._two(noun, lemma, sentence)
            if pair is not None:
                joint = self._make(pair, phrase)
                joint.roles |= group_words("state pair") if joint.type == "GPE" else {lemma}
                joint.type = "ORG" if lemma in group_words("pair body") and not joint.places else joint.type
                return joint, "the two in mind"
        bare = phrase.head == phrase.core and (phrase.end >= len(doc) or doc[phrase.end].lower_ != "of")
        if lemma in group_words("list") and bare and phrase.determiner in ("the", "these", "those"):
            listed = self._listed(noun, lemma, sentence)
            if listed is not None:
                return self._make(listed, phrase), "those listed before"
        return None, ""

    def _names_ahead(self, phrase: Phrase, noun: Head) -> list[Actor] | None:
        """ "tech groups A, B and C": the names of the list that follows the phrase at once."""
        layout = self._layout
        at = phrase.end
        if at >= len(layout.doc) or layout.name_at[at] < 0 or noun.type not in ("ORG", "GPE", "PERSON"):
            return None
        number = layout.name_at[at]
        found: list[Actor] = []
        while number < len(layout.names):
            actor = self._naming.of_name.get(layout.names[number].start)
            if actor is not None and actor not in found:
                found.append(actor)
            number += 1
            if number >= len(layout.names) or len(found) > 30:
                break
            bracket = self._naming.of_name.get(layout.names[number].start) is actor and layout.doc[
                layout.names[number].start - 1
            ].text in ("(", "[")
            if not bracket and not self._in_one_list(number - 1, number):
                break
        return found if len(found) > 1 else None

    def _two(self, noun: Head, lemma: str, sentence: int) -> list[Actor] | None:
        """The two most salient actors of a fitting sort."""
        wanted: tuple[str, ...] = {"GPE": ("GPE",), "PERSON": ("PERSON",)}.get(noun.type, ("ORG", "GPE"))
        if noun.kind in ("company", "party"):
            wanted = ("ORG",)
        for types in (("GPE",), wanted) if lemma in group_words("state pair") else (wanted,):
            one = self._best_of(types, None, sentence)
            two = self._best_of(types, one, sentence) if one is not None else None
            if one is not None and two is not None:
                return [one, two]
        return None

    def _best_of(self, types: tuple[str, ...], other: Actor | None, sentence: int) -> Actor | None:
        def fits(actor: Actor) -> float:
            whole = "country" in actor.kinds or actor.type != "GPE"  # rather two countries than a country and a town
            return 0.0 if actor is other or actor.type not in types or actor.plural else 1.0 if whole else 0.5

        return self._salience.best(sentence, _REACH, fits)

    def _listed(self, noun: Head, lemma: str, sentence: int) -> list[Actor] | None:
        wanted: tuple[str, ...] = {"GPE": ("GPE",), "PERSON": ("PERSON",)}.get(noun.type, ("ORG", "GPE"))
        if lemma == "signatory":
            wanted = ("ORG", "GPE", "PERSON")
        for where, actors in reversed(self._lists):
            if sentence - where > _REACH:
                break
            if len(actors) > 1 and actors[0].type in wanted:
                return actors
        return None

    def _make(self, members: list[Actor], phrase: Phrase) -> Actor:
        numbers = tuple(sorted(a.number for a in members))
        if numbers not in self._joints:
            types = sorted(a.type for a in members)
            actors = self._naming.actors
            joint = Actor(len(actors), max(types, key=types.count), self._layout.doc[phrase.start : phrase.end].text)
            joint.named, joint.plural, joint.members = False, True, numbers
            actors.append(joint)
            self._joints[numbers] = joint
        return self._joints[numbers]

    def counted(self, start: int) -> int:
        """Where "hundreds of American tech firms" begins, for the phrase after "of"."""
        doc = self._layout.doc
        for _ in range(2):  # "tens | of thousands | of voters"
            if start < 2 or doc[start - 1].lower_ != "of":
                break
            some = doc[start - 2]
            if some.lower_ in group_words("count") or (some.tag_ == "CD" and some.is_alpha and some.lower_ != "one"):
                start -= 2  # "two | of his deputies", too
        return start


def _is_listing(between: list[str]) -> bool:
    """What stands between two names of a list: a comma, "and", an acronym in brackets."""
    depth, rest = 0, []
    for word in between:
        if word == "(":
            depth += 1
        elif word == ")":
            depth -= 1
        elif depth <= 0:
            rest.append(word.lower())
    return bool(rest) and all(w in (",", "and", "or", "&", "the", ";", "as", "well") for w in rest)
