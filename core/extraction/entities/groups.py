"""Joint actors: "the two sides", "both countries", "the signatories", "tech groups A, B and C"."""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor
from newsdash.core.extraction.entities.knowledge import Head, group_words, known_names
from newsdash.core.extraction.entities.naming import Naming
from newsdash.core.extraction.entities.phrases import Phrase, is_plural
from newsdash.core.extraction.entities.roles import Layout, lemma_of
from newsdash.core.extraction.entities.salience import Salience

_REACH = 3  # sentences looked back for the members
_REMEMBERED = 12  # lists of names kept in mind
_GAP = 8  # tokens that may stand between two names of one list


class Groups:
    """The lists of names read so far and the joint actors made of them."""

    def __init__(self, layout: Layout, naming: Naming, salience: Salience) -> None:
        self._layout, self._naming, self._salience = layout, naming, salience
        self._lists: list[tuple[int, list[Actor]]] = []
        self._joints: dict[tuple[int, ...], Actor] = {}

    def read_name(self, number: int, actor: Actor) -> None:
        """Remember names that stand in one list."""
        here = self._layout.sentence[self._layout.names[number].start]
        if self._lists and self._lists[-1][0] == here and self._lists[-1][1][-1] is actor:
            return  # its acronym in brackets
        if self._lists and self._lists[-1][0] == here and self._in_one_list(number - 1, number):
            members = self._lists[-1][1]
            if members[-1].type == actor.type and actor not in members[-20:]:
                members.append(actor)
            return
        self._lists.append((here, [actor]))
        del self._lists[:-_REMEMBERED]

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
        if lemma in group_words("pair") and (
            phrase.determiner == "both" or first == "both" or (phrase.determiner == "the" and first == "two")
        ):
            pair = self._two(noun, sentence)
            if pair is not None:
                return self._make(pair, phrase), "the two in mind"
        if lemma in group_words("list") and phrase.determiner in ("the", "these", "those"):
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

    def _two(self, noun: Head, sentence: int) -> list[Actor] | None:
        """The two most salient actors of a fitting sort."""
        wanted: tuple[str, ...] = {"GPE": ("GPE",), "PERSON": ("PERSON",)}.get(noun.type, ("ORG", "GPE"))
        if noun.kind == "company":
            wanted = ("ORG",)
        one = self._salience.best(sentence, _REACH, lambda a: float(a.type in wanted and not a.plural))
        if one is None:
            return None
        two = self._salience.best(sentence, _REACH, lambda a: float(a is not one and a.type in wanted and not a.plural))
        return [one, two] if two is not None else None

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
        if start >= 2 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in group_words("count"):
            return start - 2
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
