"""Whom a description stands for that says something new: "the cellist" of a man who was never called so.

The last resort, when nothing that was said before fits: who is in the reader's mind is likelier than somebody new.
"""

from __future__ import annotations

from collections.abc import Callable

from newsdash.core.extraction.entities.actors import Actor
from newsdash.core.extraction.entities.descriptions import fits_person, is_narrowed, modifiers, number_in
from newsdash.core.extraction.entities.knowledge import Head, group_words, lemma_of, same_people
from newsdash.core.extraction.entities.mind import Mind
from newsdash.core.extraction.entities.phrases import Phrase, is_plural
from newsdash.core.extraction.entities.roles import role_word
from newsdash.core.extraction.entities.wholes import clause_end
from newsdash.core.extraction.syntax import SUBJECTS

_NEAR = 2  # sentences looked back
_PEOPLE = frozenset({"human", "people"})  # kinds of nouns for people of whom nothing is told
_CLEAR = 2.0  # how much more than anybody else somebody must be in mind
_FAR = 6  # sentences looked back for a government or a court, of which most reports have one
_NO_GROUP = frozenset({"government", "court", "parliament", "military", "media", "company", "police"})  # kinds
_ALIKE = 3.0  # outweighs nearness: the same noun or number
_DEEP = 6  # steps up the tree


def guess(mind: Mind, phrase: Phrase, noun: Head) -> tuple[Actor | None, str]:
    """The actor in mind that "the tycoon", "the two suspects" most likely stand for, and why."""
    if phrase.determiner != "the" or noun.flag == "kin" or is_narrowed(mind.doc, phrase):
        return None, ""
    if noun.type == "ORG" and not is_plural(mind.doc[phrase.head]):
        return _body(mind, phrase, noun), "the body in mind"
    if noun.type != "PERSON":
        return None, ""
    if is_plural(mind.doc[phrase.head]):
        return _group(mind, phrase, noun), "the group in mind"
    return _person(mind, phrase, noun), "the person in mind"


def _person(mind: Mind, phrase: Phrase, noun: Head) -> Actor | None:
    """ "The cellist", "the British general": somebody with a name, unless the noun is a post that anybody may hold."""
    lemma, words = role_word(mind.doc, phrase.head), modifiers(mind.doc, phrase)
    served = {a.number for at in range(phrase.core, phrase.head) if (a := mind.named_at(at)) is not None}
    post = lemma in group_words("post")
    if post and not (served and lemma in group_words("any post")):
        return None
    if noun.kind == "people" or words & _others() - {"former"}:
        return None
    around, tellers = _places(mind, phrase), _tellers(mind, phrase)

    def fits(actor: Actor) -> float:
        apart = around and actor.around and not around & actor.around
        if apart or not actor.named or actor in tellers:
            return 0.0
        if post:
            its = mind.memory.employer(actor)
            return fits_person(actor, noun) * float(its is not None and its.number in served)
        return fits_person(actor, noun) * (1.0 if actor.roles else 2.0)  # a mayor is rather no singer

    return _clearest(mind, phrase, fits)


def _group(mind: Mind, phrase: Phrase, noun: Head) -> Actor | None:
    """ "The suspects", "the two patients": people without a name, of the same number where one is told."""
    lemma, words, count = lemma_of(mind.doc[phrase.head]), modifiers(mind.doc, phrase), number_in(mind.doc, phrase)
    if words & _others() or (noun.kind not in _PEOPLE and not count):
        return None
    if clause_end(mind.layout, phrase, phrase.end) > phrase.end:
        return None  # "the migrants found at sea"
    names = any(mind.layout.name_at[at] >= 0 for at in range(phrase.core, phrase.head))
    tellers, alike, sentence = _tellers(mind, phrase), same_people(lemma), mind.sentence[phrase.head]
    loose = not names and not count and lemma not in group_words("harmed") and noun.kind == "human"
    like = (group_words("harming") | {"man"}) if lemma in group_words("harming") else frozenset()

    def fits(actor: Actor) -> float:
        if actor.type != "PERSON" or actor.named or not actor.plural or actor in tellers:
            return 0.0
        if {actor.gender, noun.gender} == {"m", "f"} or (count and actor.count and count != actor.count):
            return 0.0
        if (alike & actor.roles and not names) or (count and count == actor.count):
            return _ALIKE
        if not loose or actor.roles & (group_words("harmed") | {"people", "person"}) or not actor.kinds & _PEOPLE:
            return 0.0
        here = any(mind.sentence[place.head] == sentence for place in actor.places)
        return float(not here and (not like or bool(like & actor.roles)))

    return mind.salience.best(sentence, _NEAR, fits)


def _body(mind: Mind, phrase: Phrase, noun: Head) -> Actor | None:
    """ "The court" after "a tribunal", "the outlawed group", "the 25-member bloc"."""
    lemma, words = role_word(mind.doc, phrase.head), modifiers(mind.doc, phrase)
    inside = [a for at in range(phrase.core, phrase.head) if (a := mind.named_at(at)) is not None]
    if words & (_others() | group_words("apart")) or any(a.type not in ("GPE", "NORP", "LOC") for a in inside):
        return None
    alike = next((nouns for use in ("government", "court") if lemma in (nouns := group_words(f"as {use}"))), None)
    loose = phrase.core < phrase.head and lemma in group_words("any body") and "news" not in words

    def fits(actor: Actor) -> float:
        if actor.type != "ORG" or actor.plural:
            return 0.0
        if alike:
            return float(bool(alike & actor.roles) and not inside and not words - {"military"})
        return float(loose and actor.named and not actor.kinds & _NO_GROUP)

    return mind.salience.best(mind.sentence[phrase.head], _FAR, fits) if alike else _clearest(mind, phrase, fits)


def _others() -> frozenset[str]:
    """Words for somebody else than who is in mind: "the other officer", "the unidentified man"."""
    return group_words("contrast") | group_words("nameless")


def _clearest(mind: Mind, phrase: Phrase, fits: Callable[[Actor], float]) -> Actor | None:
    """Who is far more in mind than anybody else that fits."""
    found = sorted(mind.salience.candidates(mind.sentence[phrase.head], _NEAR, fits), key=lambda c: -c.weight)
    clear = len(found) == 1 or (found and found[1].weight * _CLEAR < found[0].weight)
    return found[0].actor if clear else None


def _places(mind: Mind, phrase: Phrase) -> frozenset[int]:
    """The places that are named before the noun."""
    found = [mind.named_at(at) for at in range(phrase.core, phrase.head)]
    return frozenset(a.number for a in found if a is not None and a.type == "GPE")


def _tellers(mind: Mind, phrase: Phrase) -> list[Actor]:
    """Who is the subject of a clause around the phrase, or speaks it: nobody calls himself "the cellist"."""
    found, at = [mind.speaker(phrase.head)], mind.doc[phrase.head]
    for _ in range(_DEEP):
        found += [mind.actor_with(c.i) for c in mind.kids[at.i] if c.dep_ in SUBJECTS and c.i < phrase.start]
        at = at.head
    return [actor for actor in found if actor is not None]
