"""Names to actors: which names of an article are names of one and the same.

In order of trust: the same name (without article, dots and company form), a table ("US", "Department of War"), an
acronym in brackets, the initials of a longer name, a surname or given name after a full name, a shorter form of an
organisation's name. People of one surname with different given names stay apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from newsdash.core.extraction.entities.actors import Actor, Place, compatible_given, gender_of
from newsdash.core.extraction.entities.forms import (
    SMALL,
    abbreviates,
    bare_surname,
    initials,
    is_body,
    is_edition,
    name_key,
    parts,
    tails,
)
from newsdash.core.extraction.entities.knowledge import (
    affixes,
    given_gender,
    group_words,
    heads,
    known_names,
    lemma_of,
    plain,
    titles,
    vessel_words,
)
from newsdash.core.extraction.entities.names import Name
from newsdash.core.extraction.entities.roles import is_former
from newsdash.core.extraction.entities.seats import acting, acts, is_spoken_for, is_where
from newsdash.core.extraction.entities.types import adjectives_of, is_place_of
from rapidfuzz.distance import Levenshtein
from spacy.tokens import Doc

_MOST_SURNAMES = 60  # surnames of one letter that a word may be a misspelling of
_MOST = 12  # candidates compared for one surname or one set of initials: keeps odd texts cheap


@dataclass
class Naming:
    """The actors of an article that have a name, and the look-ups built on the way."""

    actors: list[Actor] = field(default_factory=list)
    by_key: dict[str, Actor] = field(default_factory=dict)
    full: dict[str, list[Actor]] = field(default_factory=dict)  # surname or given name -> people with full names
    surnames: dict[str, list[str]] = field(default_factory=dict)  # by their first letter
    owner: dict[str, Actor] = field(default_factory=dict)  # surname -> the person it was last used for
    of_name: dict[int, Actor] = field(default_factory=dict)  # first token of a name -> its actor
    acting: frozenset[str] = frozenset()  # seats that act, and that nothing happens in: "Moscow" for Russia throughout


def join_names(doc: Doc, names: list[Name]) -> Naming:
    """All named actors of the article."""
    naming = Naming()
    keys = [name_key(doc[n.start : n.end].text, n.type) for n in names]
    naming.acting = acting(doc, names, keys)
    _meet_full_names(doc, names, keys, naming)
    for name, key in zip(names, keys, strict=True):
        if not key:
            continue
        actor, reason = _actor_of(doc, name, key, naming)
        _place(doc, actor, name, reason)
        naming.of_name[name.start] = actor
    _brackets(doc, names, naming)
    _also_known(doc, names, naming)
    _shorter_forms(doc, naming)
    _directions(naming)
    _adjectives(naming)
    for actor in naming.actors:
        _settle(doc, actor)
        if any((k := known_names().get(key)) is not None and k.form == "house" for key in actor.keys):
            spoken = any(acts(doc, Name(p.start, p.end, "ORG")) or is_spoken_for(doc, p) for p in actor.places)
            actor.type = "ORG" if spoken or not all(is_where(doc, p) for p in actor.places) else "FAC"
    return naming


def _new(naming: Naming, type_: str, text: str) -> Actor:
    actor = Actor(len(naming.actors), type_, text)
    naming.actors.append(actor)
    return actor


def _place(doc: Doc, actor: Actor, name: Name, reason: str) -> None:
    kind = "nominal" if name.form == "adjective" and actor.type != "NORP" else "name"
    actor.places.append(Place(name.start, name.end, name.end - 1, "name" if kind == "name" else "nominal", reason))


def _person_words(key: str) -> list[str]:
    words = key.split()
    while len(words) > 1 and words[-1] in ("jr", "sr", "ii", "iii", "iv"):
        words = words[:-1]
    return words


def _meet_full_names(doc: Doc, names: list[Name], keys: list[str], naming: Naming) -> None:
    """One actor for each person with a full name; "Joe" and "Joseph" with one surname are one."""
    counts = Counter(keys)
    people = {key for name, key in zip(names, keys, strict=True) if name.type == "PERSON"}
    surnames = _long_surnames(people)
    for name, key in zip(names, keys, strict=True):
        words = _person_words(key)
        if name.type != "PERSON" or len(words) < 2 or key in naming.by_key or key in surnames:
            continue
        given, surname = words[0], words[-1]
        match = None
        for other in naming.full.get(surname, [])[:_MOST]:
            theirs = _person_words(next(iter(sorted(other.keys, key=len, reverse=True))))
            if theirs[-1] == surname and compatible_given(given, theirs[0]) and _middle_fits(words, theirs):
                match = other
                break
        if match is None:
            match = _new(naming, "PERSON", doc[name.start : name.end].text)
            match.gender = gender_of(given)
            if surname not in naming.full:
                naming.surnames.setdefault(surname[0], []).append(surname)
        for part in {given, surname, bare_surname(surname)}:
            if match not in naming.full.setdefault(part, []):
                naming.full[part].append(match)
        match.keys.add(key)
        naming.by_key[key] = match
        match.told = counts[key]
    for key, full in surnames.items():
        if full in naming.by_key:
            naming.by_key[key] = naming.by_key[full]
            naming.by_key[key].keys.add(key)


def _long_surnames(people: set[str]) -> dict[str, str]:
    """ "van Dyke", "Garcia Lopez" -> the one full name that ends so; a given name begins no surname."""
    found: dict[str, set[str]] = {}
    for full in sorted(people):
        words = _person_words(full)
        for at in range(1, len(words) - 1):
            tail = " ".join(words[at:])
            if tail in people and words[at] not in given_gender():
                found.setdefault(tail, set()).add(full)
    return {tail: full.pop() for tail, full in sorted(found.items()) if len(full) == 1}


def _is_misspelt(one: str, other: str) -> bool:
    """Two spellings of a surname: one letter apart, two in long ones; short ones are names of their own."""
    shorter = min(len(one), len(other))
    return shorter > 4 and one[0] == other[0] and Levenshtein.distance(one, other) <= 1 + (shorter > 7)


def _misspelt(key: str, naming: Naming) -> list[Actor]:
    """The one person whose surname a word may be a misspelling of, when nobody has it as his own."""
    near = [s for s in naming.surnames.get(key[:1], ())[:_MOST_SURNAMES] if _is_misspelt(key, s)]
    people = naming.full[near[0]] if len(near) == 1 else []
    return people if len(people) == 1 and people[0].places else []


def _middle_fits(words: list[str], theirs: list[str]) -> bool:
    """Middle names do not contradict: one has none, or they share an initial."""
    if len(words) < 3 or len(theirs) < 3:
        return True
    return {w[0] for w in words[1:-1]} & {w[0] for w in theirs[1:-1]} != set()


def _actor_of(doc: Doc, name: Name, key: str, naming: Naming) -> tuple[Actor, str]:
    front, _, rest = key.partition(" ")
    town = known_names().get(rest) if front in group_words("around") else None
    if town is not None and key not in known_names():
        key = f"{front} {plain(town.name)}"  # "East L.A." is "East Los Angeles"
    inner = known_names().get(rest) if front in affixes("front") | {"us"} else None
    inner = None if inner is not None and inner.kind == "area" else inner  # "Royal Caribbean"
    known = known_names().get(key) or inner
    if name.type == "PERSON" and " " not in key:
        found = _one_word_person(doc, name, key, naming)
        if found is not None:
            return found
    stands = known is not None and (known.form != "seat" or known.firm or key in naming.acting or acts(doc, name))
    if known is not None and stands and name.type != "PERSON":
        actor = naming.by_key.get("=" + known.name)
        if actor is None:
            actor = naming.by_key["=" + known.name] = _new(naming, known.type, known.name)
            actor.kinds.add(known.kind)
        first = not actor.places
        actor.keys.add(key)
        naming.by_key.setdefault(key, actor)
        what = {"adjective": "adjective of", "seat": "stands for", "people": "people of"}.get(known.form, "a name of")
        return actor, f"{what} {known.name} (table)" if key != plain(known.name) else _first(first)
    if name.type == "PERSON" and " " not in key and _title_before(doc, name) in group_words("given title"):
        key = f"{_title_before(doc, name)} {key}"
    if key in naming.by_key:
        actor = naming.by_key[key]
        return actor, _first(not actor.places)
    actor = naming.by_key[key] = _new(naming, name.type, doc[name.start : name.end].text)
    actor.keys.add(key)
    return actor, "first mention"


def _first(first: bool) -> str:
    return "first mention" if first else "same name"


def _title_before(doc: Doc, name: Name) -> str:
    title = doc[name.start - 1].lower_.rstrip(".") if name.start else ""
    verb = title == "miss" and doc[name.start - 1].text.islower()  # "I will miss Foo"
    return title if title in titles() and not verb else ""


def _one_word_person(doc: Doc, name: Name, key: str, naming: Naming) -> tuple[Actor, str] | None:
    """Whose surname or given name a single word is: its owner so far, else the person met last."""
    people = naming.full.get(key) or _misspelt(key, naming)
    title = _title_before(doc, name)
    gender = titles()[title][0] if title else ""
    fitting = [p for p in people[-_MOST:] if not gender or not p.gender or p.gender == gender]
    if title in group_words("given title"):  # "King Foo" is nobody whose surname is Foo
        fitting = [p for p in fitting if any(_person_words(k)[0] == key for k in p.keys)]
    if not fitting:
        return None
    surname = [p for p in fitting if any(key in (last := _person_words(k)[-1], bare_surname(last)) for k in p.keys)]
    owner = naming.owner.get(key)
    if owner in fitting:
        chosen = owner
    else:
        before = [p for p in (surname or fitting) if p.places]
        chosen = max(before, key=lambda p: (p.told, p.places[-1].start)) if before else (surname or fitting)[0]
    naming.owner[key] = chosen
    chosen.keys.add(key)
    if gender and not chosen.gender:
        chosen.gender = gender
    if all(key not in (*(words := _person_words(k)), bare_surname(words[-1])) for k in chosen.keys - {key}):
        return chosen, f"another spelling of {chosen.name}"
    return chosen, f"{'surname' if chosen in surname else 'given name'} of {chosen.name}"


def _merge(naming: Naming, into: Actor, other: Actor, reason: str) -> None:
    """Give all of ``other`` to ``into``; the reason replaces "first mention"."""
    for place in other.places:
        why = reason if place.reason == "first mention" else place.reason
        into.places.append(Place(place.start, place.end, place.head, place.kind, why))
        if naming.of_name.get(place.start) is other:
            naming.of_name[place.start] = into
    for key in other.keys:
        naming.by_key[key] = into
    into.keys |= other.keys
    into.kinds |= other.kinds
    into.places.sort(key=lambda p: p.start)
    other.places = []
    other.keys = set()


def _brackets(doc: Doc, names: list[Name], naming: Naming) -> None:
    """ "Software & Information Industry Association (SIIA)" and "SIIA (Software …)"."""
    ends = {name.end: name for name in names}
    for name in names:
        if (
            name.start < 2
            or doc[name.start - 1].text not in "(["
            or name.end >= len(doc)
            or doc[name.end].text not in ")]"
        ):
            continue
        before = ends.get(name.start - 1)
        if before is None:
            continue
        one, other = naming.of_name.get(before.start), naming.of_name.get(name.start)
        if one is None or other is None or one is other:
            continue
        a, b = name_key(doc[before.start : before.end].text, "ORG"), name_key(doc[name.start : name.end].text, "ORG")
        short, long_ = sorted((a, b), key=len)
        people = "PERSON" in (one.type, other.type)
        told = one.type == other.type == "ORG" and doc[name.start : name.end].text.isupper() and len(b) < len(a)
        if short in initials(long_) if people else told or abbreviates(short, long_):  # "Aerospace Center (DLR)"
            one.type = "ORG" if people else one.type
            if len(b) > len(a):
                one.type = other.type
            _merge(naming, one, other, f"short form given in brackets after {doc[before.start : before.end].text}")


def _also_known(doc: Doc, names: list[Name], naming: Naming) -> None:
    """ "Foo, who is also known as Bar", "Foo, aka Bar": nothing but such words between two names of one type."""
    for before, name in pairwise(names):
        between = [token.lower_.replace(".", "") for token in doc[before.end : name.start]]
        told = between[-1:] in (["aka"], ["alias"]) or between[-2:] == ["known", "as"]
        one, other = naming.of_name.get(before.start), naming.of_name.get(name.start)
        if not told or not set(between) <= group_words("also known") or one is None or other is None or one is other:
            continue
        if one.type == other.type and {one.gender, other.gender} != {"m", "f"}:
            _merge(naming, one, other, f"also known as {other.name}")


def _shorter_forms(doc: Doc, naming: Naming) -> None:
    """Acronyms that nobody introduced, names that lose a descriptive word at one end, and a company's first word."""
    by_initials: dict[str, list[Actor]] = {}
    ends: dict[str, list[Actor]] = {}
    lasts: dict[str, list[Actor]] = {}  # told with "the": "the Front"
    firsts: dict[str, list[Actor]] = {}
    vessels: dict[str, list[Actor]] = {}
    storms: dict[str, list[Actor]] = {}
    by_tail: dict[str, list[Actor]] = {}
    for actor in naming.actors:
        if actor.type in ("PERSON", "NORP"):
            continue
        for key in actor.keys:
            for letters in initials(key):
                if len(letters) > 1:
                    by_initials.setdefault(letters, []).append(actor)
            for part in parts(key):
                ends.setdefault(part, []).append(actor)
            for part in tails(key) if actor.type in ("ORG", "FAC") else ():
                by_tail.setdefault(part, []).append(actor)
            if actor.type == "EVENT" and key.partition(" ")[0] in group_words("storm"):  # "Foo" after "Hurricane Foo"
                storms.setdefault(key.rpartition(" ")[2], []).append(actor)
            elif 0 < vessel_words(key) < len(key.split()):  # "the Foo" after "USS Foo"
                vessels.setdefault(key.split(maxsplit=vessel_words(key))[-1], []).append(actor)
            elif actor.type == "PRODUCT" and len(key.split()) == 2 and key[-1].isalpha():  # "the Baz" after "Foo Baz"
                vessels.setdefault(key.split()[-1], []).append(actor)
            if (last := key.rpartition(" ")[2]) and actor.type == "ORG" and " " in key:  # "the Post", "the Front"
                (ends if last in group_words("paper") else lasts).setdefault(last, []).append(actor)
            words = key.split()
            for at in range(1, len(words)) if actor.type == "ORG" else ():  # "Foo Bar" for "Foo Bar Growers"
                whole = at > 1 and (len(words) > at + 2 or is_body(words[at - 1]))  # no "Foo University Choir"
                if not whole and words[at] not in SMALL and words[at - 1] not in SMALL:
                    firsts.setdefault(" ".join(words[:at]), []).append(actor)
    lands = [key for a in naming.actors if a.type == "GPE" and a.places for key in a.keys]
    peoples = {form for key in lands for form in adjectives_of(key)}  # "Caldoran" is no Caldoran Federation
    for actor in naming.actors:
        named_so = [s for key in sorted(actor.keys) for s in storms.get(key, []) if s is not actor and s.places]
        if named_so and actor.places:
            _merge(naming, named_so[0], actor, f"short for {named_so[0].name}")
        bare = actor.type not in ("PERSON", "GPE") or _is_bare(doc, actor)
        if not actor.places or actor.type == "NORP" or (actor.type == "PERSON" and not bare):
            continue
        for key in sorted(actor.keys):
            reason, longer = "short for", _others(actor, ends.get(key, []))
            if key in lasts and any(p.start and doc[p.start - 1].lower_ == "the" for p in actor.places):
                longer = longer or _others(actor, lasts[key])
            if actor.type == "GPE" and key in known_names():  # "Texas", "State of Texas"; but a Foo Space is no country
                longer = [a for a in longer if any(is_place_of(other) for other in a.keys)]
            start = actor.places[0].start
            longer = longer or [a for a in _others(actor, by_tail.get(key, [])) if a.places[0].start < start]
            if key in vessels and key not in known_names() and key not in heads() and actor.type != "PERSON" and bare:
                longer = longer or [
                    a for a in vessels[key] if a is not actor and a.places and a.places[0].start < start
                ]
            if actor.type == "GPE" and bare and key not in known_names():
                longer = longer or [a for a in ends.get(key, [])[:_MOST] if a.type == "ORG" and a.places]
            if " " not in key and actor.type != "PERSON" and any(p.isupper() for p in _spellings(actor, key)):
                abbreviated = [] if "country" in actor.kinds else by_initials.get(key, [])[:_MOST]
                abbreviated = [a for a in abbreviated if a is not actor and a.places]
                if abbreviated and 2 <= len(key) <= 6:
                    reason, longer = "initials of", abbreviated
            if not longer and bare and key not in known_names() and key not in heads() and key not in peoples:
                longer = [a for a in firsts.get(key, [])[:_MOST] if a is not actor and a.places]
                longer = [a for a in longer if _akin(a, actor) or (actor.type == "GPE" and not _is_body(a))]
                longer = [a for a in longer if a.places[0].start < start or not _is_edition(a)]
            if len({id(a) for a in longer}) == 1:
                target = longer[0]
                first, second = sorted((target, actor), key=lambda a: a.places[0].start)
                if target.type != actor.type:
                    first.type = target.type
                _merge(
                    naming,
                    first,
                    second,
                    f"{reason} {target.name}" if second is actor else f"longer form of {actor.name}",
                )
                break


def _is_edition(actor: Actor) -> bool:
    """ "Foo 3.0", the "Foo Store": not what "Foo" meant before."""
    return any(is_edition(key.rpartition(" ")[2]) for key in actor.keys)


def _is_body(actor: Actor) -> bool:
    """ "Foo Ministry", the "Foo Post": what may be called after a place that goes by its own name."""
    lasts = {key.rpartition(" ")[2] for key in actor.keys}
    return any(is_body(word) or word in group_words("paper") for word in lasts)


def _others(actor: Actor, longer: list[Actor]) -> list[Actor]:
    """Those of a bounded number of actors with longer names that this one may be."""
    return [a for a in longer[:_MOST] if a is not actor and a.places and _akin(a, actor)]


def _is_bare(doc: Doc, actor: Actor) -> bool:
    """Known by one word, a person without title or given name or a place where nothing is: maybe a company."""
    if any(" " in key or key in given_gender() for key in actor.keys):
        return False
    if actor.type == "GPE":  # no place is in it
        return not any(p.start and doc[p.start - 1].lower_ in ("in", "at", "from", "near") for p in actor.places)
    return not any(_title_before(doc, Name(p.start, p.end, "PERSON")) for p in actor.places)


def _directions(naming: Naming) -> None:
    """ "The North" is North Korea in an article about North Korea."""
    for word in ("north", "south", "east", "west"):
        short = naming.by_key.get(word)
        countries = [
            a for a in naming.actors if a.places and a.name.casefold().startswith(word + " ") and "country" in a.kinds
        ]
        if short is not None and short.places and len(countries) == 1:
            _merge(naming, countries[0], short, f"short for {countries[0].name}")


def _adjectives(naming: Naming) -> None:
    """ "Caldoran" belongs to Caldora, though no table has either."""
    for actor in list(naming.actors):
        if actor.type != "GPE" or not actor.places:
            continue
        forms = [form for key in sorted(actor.keys) for form in adjectives_of(key)]
        for form in forms:
            people = naming.by_key.get(form)
            if (
                people is not None
                and people is not actor
                and people.places
                and (people.type == "NORP" or form == forms[0])
            ):
                _merge(naming, actor, people, f"adjective of {actor.name}")


def _akin(one: Actor, other: Actor) -> bool:
    """Types that one name is easily tagged with: an organisation and its like, or places among themselves."""
    both = {one.type, other.type}
    return (
        len(both) == 1 or both <= {"ORG", "FAC"} or both <= {"GPE", "LOC"} or (one.type == "ORG" and "PERSON" in both)
    )


def _spellings(actor: Actor, key: str) -> list[str]:
    return [actor.name] if plain(actor.name) == key else [key.upper()]


def _closes(doc: Doc, at: int) -> bool:
    """What follows a noun of a name belongs to it, and the noun says what the name is: "Church | of Foo"."""
    return doc[at].lower_ in SMALL or doc[at].is_punct


def _settle(doc: Doc, actor: Actor) -> None:
    """Kinds from the words of its names ("Court", "Police"), gender and role from the titles before them."""
    for place in actor.places:
        if place.kind == "name" and place.end - place.start > 1 and "country" not in actor.kinds:  # no state: U.S.
            for token in doc[place.start : place.end]:
                noun = heads().get(token.lower_) or heads().get(token.lemma_.lower())
                last = token.i == place.end - 1 or actor.type == "EVENT"  # "Hurricane Foo"
                said = last or (token.text[:1].isupper() and _closes(doc, token.i + 1))
                if noun is not None and noun.type == actor.type and said:
                    actor.kinds.add(noun.kind)
                    actor.roles.add(lemma_of(token))
            if actor.type == "ORG" and any(t.lower_ in group_words("police") for t in doc[place.start : place.end]):
                actor.kinds.add("police")
        before = doc[place.start - 1].lower_.rstrip(".") if place.start else ""
        two = f"{doc[place.start - 2].lower_} {before}" if place.start > 1 else ""
        before = two if two in titles() else before  # a prime minister is no minister
        if actor.type == "PERSON" and before in titles():
            gender, role = titles()[before]
            actor.gender = actor.gender or gender
            if role:
                actor.roles.add(f"former {role}" if is_former(doc, max(place.start - 2, 0), place.start - 1) else role)
