"""Whom a description refers to: the actor in mind that "the company", "his son" or "both sides" stands for, and why."""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor, Place
from newsdash.core.extraction.entities.descriptions import (
    describes,
    fits_country,
    fits_organisation,
    fits_person,
    fits_thing,
    has_kind,
    is_aged,
    is_narrowed,
    is_thing,
    modifiers,
    number_in,
    same_sort,
)
from newsdash.core.extraction.entities.knowledge import (
    Head,
    group_words,
    known_names,
    lemma_of,
    narrower,
    plain,
    same_people,
    seats,
)
from newsdash.core.extraction.entities.mind import BODIES, Mind
from newsdash.core.extraction.entities.phrases import OWNING, Phrase, is_plural
from newsdash.core.extraction.entities.roles import is_former, role_word
from newsdash.core.extraction.entities.wholes import clause_end
from newsdash.core.extraction.syntax import subject

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_AGE = frozenset({"year", "old", "young"})  # what may be said of somebody in mind that was not said before
_STATELY = frozenset({"country", "union", "government", "military", "police", "media", "parliament", "agency"})
_DEEP = 8  # steps up the tree to the subject of the sentence
_MOST = 8  # things of one noun that are compared
_SURE = 1000.0  # outweighs any nearness: the very words that an actor was described in
_SAID_OF = frozenset({"company", "group", "media", "party"})  # "the Foo rights group", but not "the Foo trade ministry"
FAR, _NEAR = 30, 6  # sentences looked back: descriptions, people


def refer(mind: Mind, phrase: Phrase, noun: Head) -> tuple[Actor | None, str]:
    """The actor in mind that a phrase refers to, and why."""
    head = mind.doc[phrase.head]
    lemma, sentence = role_word(mind.doc, phrase.head), mind.sentence[phrase.head]
    plural = is_plural(head)
    if noun.kind == "camp":
        return mind.camps.read(phrase), "the same camp"
    half = mind.half(phrase)
    if half is not None:
        return half, f"short for {half.name}"
    lower = _spelled_small(mind, phrase) if noun.type != "PERSON" and phrase.core < phrase.head else None
    if lower is not None and lower.places:
        return lower, "same name"  # "the Foo party" and "the Foo Party"
    fighters = _of_name(mind, phrase) if plural and lemma in group_words("armed") else None
    if fighters is not None:
        if fighters not in mind.groups_of.setdefault(lemma, []):
            mind.groups_of[lemma].append(fighters)  # "the rebels" are they, too
        return fighters, "its fighters"
    if lemma == "capital" and noun.type == "GPE" and not plural:
        return _capital(mind, phrase), "the capital in mind"
    own = _own_name(mind, phrase, noun) or _named_after_of(mind, phrase, noun, lemma)
    if own is not None:
        return own, f"called with what it is: {lemma}"
    if phrase.determiner == "the" and noun.type == "ORG" and phrase.end + 1 < len(mind.doc):
        within = mind.by_middle.get(plain(mind.doc[phrase.head : phrase.end + 2].text))
        if within is not None:
            return within, f"short for {within.name}"  # "the court of appeals"
    predicated = subject_of_copula(mind, phrase, noun) or _in_office(mind, phrase, noun)
    if predicated is not None:
        predicated.roles.add(lemma)
        return predicated, "predicate of its subject"
    joint, reason = mind.groups.joint(phrase, noun, sentence)
    if joint is not None:
        return joint, reason
    announced = mind.memory.announced(lemma, phrase.determiner, modifiers(mind.doc, phrase))
    if announced is not None and not plural:
        announced.words |= modifiers(mind.doc, phrase)
        return announced, "the headline's"
    definite = phrase.determiner in _DEFINITE or (
        phrase.determiner == "" and head.text[:1].isupper() and noun.kind == "role"
    )
    same = mind.same(phrase)
    if same is not None and (definite or plural or phrase.determiner in ("", "all", "'s")):
        count = number_in(mind.doc, phrase)
        if not count or not same.count or count == same.count:
            return same.known(), "same description"
    if phrase.determiner == "" and phrase.core == phrase.head and head.text[:1].isupper() and noun.type == "ORG":
        bearer = mind.by_role.get(lemma)  # "Court Frees Foo", a headline
        if bearer is not None and not plural and bearer.type == "ORG":
            return bearer, f"the only {lemma} with a name"
    if lemma == "police" and phrase.determiner in ("", "the"):
        found = mind.salience.best(sentence, FAR, lambda a: float(a.named and has_kind(a, "police")))
        if found is not None:
            return found, "the police in mind"
    owned = phrase.determiner in OWNING or phrase.possessor is not None
    if is_thing(noun) and not plural and not (noun.kind == "thing" and owned):
        return _thing(mind, phrase, noun, lemma) if owned or definite else (None, "")
    if owned:
        return _owned(mind, phrase, noun, lemma, sentence)
    people = noun.type == "PERSON" or len(same_people(lemma)) > 1
    if phrase.determiner == "" and plural and phrase.core == phrase.head and people:
        return mind.only_group(phrase, lemma), "those told of before"
    if not definite:
        return None, ""
    if plural:
        return _those(mind, phrase, noun, lemma)
    return _definite(mind, phrase, noun, lemma, sentence)


def _spelled_small(mind: Mind, phrase: Phrase) -> Actor | None:
    """ "The Foo party" after "the Foo Party", "the Russian government" after "the Kremlin"."""
    text = plain(mind.doc[phrase.core : phrase.end].text)
    known = known_names().get(text)
    if known is not None and known.form == "name":
        return mind.naming.by_key.get("=" + known.name)  # "the Jewish state"
    found = mind.naming.by_key.get(text)
    return found if found is not None and found.type not in ("PERSON", "GPE") else None


def _thing(mind: Mind, phrase: Phrase, noun: Head, lemma: str) -> tuple[Actor | None, str]:
    """ "the treaty", "its strike": the thing of this kind in mind."""
    words, around = modifiers(mind.doc, phrase), mind.around(phrase)
    if lemma in group_words("any") and is_narrowed(mind.doc, phrase):
        return None, ""  # "the building of the museum"
    sentence = mind.sentence[phrase.head]
    found = mind.salience.best(sentence, FAR, lambda a: fits_thing(a, noun, lemma, words, around))
    if found is None:
        fitting = [a for a in mind.things.get(lemma, ())[-_MOST:] if fits_thing(a, noun, lemma, words, around)]
        found = fitting[0].known() if len(fitting) == 1 else None
    if found is None and not words and not around and (bearer := mind.by_role.get(lemma)) is not None:
        found = bearer if bearer.type == noun.type else None
    return found, f"the {lemma} in mind"


def _those(mind: Mind, phrase: Phrase, noun: Head, lemma: str) -> tuple[Actor | None, str]:
    """ "the trawlers" after "eleven foreign trawlers"."""
    words, count = modifiers(mind.doc, phrase), number_in(mind.doc, phrase)
    if is_narrowed(mind.doc, phrase) or clause_end(mind.layout, phrase, phrase.end) > phrase.end:
        return None, ""

    people = same_people(lemma)
    alike = frozenset().union(*map(narrower, people))

    def fits(actor: Actor) -> float:
        if actor.named or not actor.plural or not alike & actor.roles:
            return 0.0
        if actor.type != noun.type and not people & actor.roles:
            return 0.0
        told = words <= actor.words and (not count or count == actor.count)
        return told * (_SURE if lemma in actor.roles else 1.0)

    sentence = mind.sentence[phrase.head]
    found = mind.salience.best(sentence, FAR, fits)
    if found is not None or words or count:
        return found, "those in mind"
    bodies = seats(lemma)
    if bodies:
        body = mind.salience.best(sentence, FAR, lambda a: float(a.type == "ORG" and bool(bodies & a.roles)))
        return body, "the body that they sit in"
    return mind.only_group(phrase, lemma), "those in mind"


def _own_name(mind: Mind, phrase: Phrase, noun: Head) -> Actor | None:
    """ "the M5S party", "the Lombardy region": the name itself with what it is."""
    product = noun.type == "PRODUCT"
    at = phrase.head - 1

    def loose(at: int) -> bool:
        said = noun.kind in _SAID_OF and mind.doc[at].tag_ in ("NN", "JJ") and mind.doc[at].text.islower()
        between = product or noun.type in ("GPE", "LOC") or mind.doc[at].lower_ == "news" or said
        return between and at > phrase.core and mind.layout.name_at[at] < 0

    while loose(at):  # "its Claude AI models"
        at -= 1
    number = mind.layout.name_at[at] if phrase.head > phrase.core else -1
    if number < 0 and product and phrase.possessor is not None:  # "Claude's advanced reasoning models"
        number = mind.layout.name_at[mind.layout.phrases[phrase.possessor].head]
    if number < 0 or mind.layout.names[number].form != "name" or (is_plural(mind.doc[phrase.head]) and not product):
        return None
    actor = mind.naming.of_name.get(mind.layout.names[number].start)
    if actor is None or not describes(actor, noun, lemma_of(mind.doc[phrase.head])):
        return None
    if at < phrase.head - 1 and "union" in actor.kinds:
        return None  # "the NATO peacekeeping force" is a part of it
    if noun.kind == "constituency":
        actor.type = noun.type
    owner = mind.owner(phrase)
    if product and owner is not None and owner is not actor:
        mind.memory.made(owner, actor)
    return actor


def _of_name(mind: Mind, phrase: Phrase) -> Actor | None:
    """ "Foo fighters", "suspected Foo rebels": the armed group itself, where it has a name; not "army rebels"."""
    actor = mind.named_at(phrase.head - 1) if phrase.head > phrase.core else None
    if actor is None or actor.kinds & _STATELY:
        return None
    return actor if actor.type == "ORG" or mind.doc[phrase.head - 1].lower_.endswith("ist") else None


def _capital(mind: Mind, phrase: Phrase) -> Actor | None:
    """ "The Iraqi capital", "the country's capital": the town in mind from which that country is governed."""
    around = mind.around(phrase)
    countries = [a for a in mind.countries if a.number in around]
    if not countries and is_narrowed(mind.doc, phrase):
        return None

    def fits(actor: Actor) -> float:
        known = [known_names().get(key) for key in actor.keys] if actor.type == "GPE" else []
        of = [mind.naming.by_key.get("=" + k.name) for k in known if k is not None and k.form == "seat"]
        return float(any(not countries or country in countries for country in of))

    return mind.salience.best(mind.sentence[phrase.head], FAR, fits)


def _named_after_of(mind: Mind, phrase: Phrase, noun: Head, lemma: str) -> Actor | None:
    """ "the town of Yeoncheon"."""
    at = phrase.end + 1
    if lemma not in group_words("of name") or at >= len(mind.doc) or mind.doc[phrase.end].lower_ != "of":
        return None
    number = mind.layout.name_at[at]
    actor = mind.naming.of_name.get(mind.layout.names[number].start) if number >= 0 else None
    places = {"GPE", "LOC", "FAC"}
    fits = actor is not None and (actor.type == noun.type or {actor.type, noun.type} <= places)
    return actor if fits else None


def subject_of_copula(mind: Mind, phrase: Phrase, noun: Head) -> Actor | None:
    """The actor of which a phrase is said to be ("it became the first AI provider")."""
    head = mind.doc[phrase.head]
    verb = head if any(c.dep_ == "cop" for c in mind.kids[head.i]) else head.head
    if verb is not head and not (verb.lemma_ in ("become", "remain") and head.dep_ in ("xcomp", "obj")):
        return None
    if any(c.lower_ in ("not", "n't", "n’t", "never", "no") for c in mind.kids[verb.i]):
        return None
    for child in mind.kids[verb.i]:
        if child.dep_ == "nsubj" and child.i < phrase.start:
            actor = mind.actor_with(child.i)
            same = actor is not None and same_sort(actor, noun, lemma_of(head)) and actor.plural == is_plural(head)
            if same and (noun.type != "PERSON" or actor is not mind.owner(phrase)):  # nobody is "his minister" himself
                return actor
    return None


def _in_office(mind: Mind, phrase: Phrase, noun: Head) -> Actor | None:
    """ "Foo served as the party's chair", "Foo was elected as mayor", "they appointed Foo as minister"."""
    head = mind.doc[phrase.head]
    verb = head.head
    if noun.type != "PERSON" or is_plural(head) or verb.lemma_.lower() not in group_words("office"):
        return None
    if not any(c.lower_ == "as" and c.dep_ in ("case", "mark") for c in mind.kids[head.i]):
        return None
    bearer = next((c for c in mind.kids[verb.i] if c.dep_ == "obj" and c.i < head.i), None) or subject(verb)
    actor = mind.actor_with(bearer.i) if bearer is not None and bearer.i < phrase.start else None
    return actor if actor is not None and actor.named and actor.type == "PERSON" else None


def _owned(mind: Mind, phrase: Phrase, noun: Head, lemma: str, sentence: int) -> tuple[Actor | None, str]:
    """ "the company's CEO": a person in that role."""
    owner = mind.owner(phrase)
    if noun.type == "PRODUCT" and owner is not None:
        product = mind.memory.product(owner)
        if product is None:
            mind.memory.unmade(owner, Place(phrase.start, phrase.end, phrase.head, "nominal", ""))
        return product, f"what {owner.name} makes"
    if owner is not None and noun.flag == "kin" and (relative := mind.memory.relative(owner, lemma)) is not None:
        return relative, f"{lemma} of {owner.name}"
    if owner is not None and lemma in group_words("child") and not is_plural(mind.doc[phrase.head]):
        child = mind.salience.best(sentence, FAR, lambda a: float(_is_child(a, noun) and a is not owner))
        if child is not None:
            return child, "the child in mind"
    if (
        owner is not None
        and noun.kind == "company"
        and phrase.determiner in ("its", "their")
        and _is_firm(owner)
        and not is_plural(mind.doc[phrase.head])
    ):
        return owner, "its own kind"  # "Foo invited her to visit their company"
    if noun.type == "ORG" and phrase.determiner in ("his", "her", "their") and not is_plural(mind.doc[phrase.head]):
        joined = mind.memory.employer(owner) if owner is not None and owner.type == "PERSON" else None
        own = joined is not None and (noun.kind in joined.kinds or lemma in group_words("own body"))
        if joined is not None and (own or not joined.kinds):
            return joined, f"where {owner.name if owner else ''} belongs"
        if lemma == "government" and owner is not None and owner.type == "PERSON":
            return _own_government(mind, owner, sentence), f"where {owner.name} governs"
        bearer = mind.by_role.get(lemma) if noun.kind in ("group", "party") else None
        if bearer is not None and bearer.type == "ORG":
            return bearer, f"the only {lemma} with a name"
    if owner is not None and owner.type == "GPE" and noun.kind in BODIES and not is_plural(mind.doc[phrase.head]):
        bodies = mind.bodies.get(noun.kind, [])
        if len(bodies) == 1 and not mind.is_of_other(bodies[0], owner):
            return bodies[0], f"the only {lemma} with a name"
    if lemma in group_words("equal") and owner is not None and not is_plural(mind.doc[phrase.head]):
        return _equal(mind, phrase, owner), f"who bears the office of {owner.name} elsewhere"
    if noun.kind == "country" and phrase.determiner in OWNING and not is_plural(mind.doc[phrase.head]):
        return _own_country(mind, owner, sentence), "the country of its people"
    if noun.type != "PERSON" or noun.kind != "role" or is_plural(mind.doc[phrase.head]):
        return None, ""
    lemma, other = _role_of(mind, phrase, lemma)
    if other:
        return None, ""
    if owner is not None and owner.type == "PERSON":  # "his secretary" is no secretary of state
        relative = mind.memory.relative(owner, lemma)
        if relative is not None or phrase.determiner in OWNING:
            return relative, f"{lemma} of {owner.name}"
    found = mind.salience.best(sentence, FAR, lambda a: float(a is not owner and _holds(mind, phrase, a, lemma, owner)))
    return found, f"called {lemma} before" if found is not None else ""


def _own_government(mind: Mind, owner: Actor, sentence: int) -> Actor | None:
    """ "His government": the one in mind without another country's name, else the country he is of."""
    of = owner.around & {a.number for a in mind.countries}

    def fits(actor: Actor) -> float:
        its = actor.type == "ORG" and "government" in actor.roles
        return float(its and (not actor.around or bool(of & actor.around)))

    found = mind.salience.best(sentence, FAR, fits)
    if found is None and len(of) == 1:
        found = next(a for a in mind.countries if a.number in of)
    return found


def _equal(mind: Mind, phrase: Phrase, owner: Actor) -> Actor | None:
    """ "His counterpart", "her Danish colleague": who is called the same, and of the country that the phrase names."""
    around = mind.around(phrase) - {owner.number}
    speaker = mind.speaker(phrase.head)

    def fits(actor: Actor) -> float:
        if actor is owner or actor is speaker or not actor.named or actor.type != "PERSON" or actor.plural:
            return 0.0
        if around and not around & actor.around:
            return 0.0
        return float(bool(actor.roles & owner.roles))

    return mind.salience.best(mind.sentence[phrase.head], FAR, fits)


def _own_country(mind: Mind, owner: Actor | None, sentence: int) -> Actor | None:
    """ "Her country": the one that is named beside her, else the one in mind."""
    of = owner.around if owner is not None else frozenset()
    countries = [a for a in mind.countries if a.number in of]
    if countries:
        return countries[0] if len(countries) == 1 else None
    return mind.salience.best(sentence, FAR, lambda a: float("country" in a.kinds and not a.plural) * len(a.places))


def _holds(mind: Mind, phrase: Phrase, actor: Actor, lemma: str, owner: Actor | None) -> bool:
    """Whether "Foo's foreign minister" may be this person: no other country's, and no other minister."""
    if actor.type != "PERSON" or actor.plural or lemma not in actor.roles:
        return False
    if owner is not None and "country" in owner.kinds and actor.around and owner.number not in actor.around:
        return False
    return lemma not in group_words("portfolio") or modifiers(mind.doc, phrase) <= actor.words


def _definite(mind: Mind, phrase: Phrase, noun: Head, lemma: str, sentence: int) -> tuple[Actor | None, str]:
    """ "the company", "the agency", "the boy": whom the reader has in mind."""
    if is_narrowed(mind.doc, phrase):
        return None, ""
    words = modifiers(mind.doc, phrase)
    if noun.type == "PERSON":
        lemma, other = _role_of(mind, phrase, lemma)
        if other:
            return None, ""
    within = [at for at in range(phrase.core, phrase.head) if mind.layout.name_at[at] >= 0]
    countries = {mind.doc[at].lower_ for at in within if mind.is_country(at)}
    around = {a.number for at in within if (a := mind.named_at(at)) is not None and "country" in a.kinds}
    # "the Kowloon East constituency" is no other place; but "the San Francisco-based startup" may be anybody
    sorts = [mind.layout.names[mind.layout.name_at[at]].type for at in within]
    loose = sum(sort in ("NORP", "LOC") for sort in sorts) if noun.kind == "country" else 0  # "the African country"
    apart = len(countries) + loose < len(within) and "based" not in words
    parties: set[str] = set()
    fitting: set[int] = set()  # several of whom a place says nothing: nobody knows whom "the Ohio senator" means
    if noun.type == "PERSON" and apart:  # "the California congressman", "the Republican nominee"
        places = [a for at in within if (a := mind.named_at(at)) is not None and a.type == "GPE"]
        parties = {mind.doc[at].lower_ for at in within if mind.layout.names[mind.layout.name_at[at]].type == "NORP"}
        apart, around = len(places) + len(parties) < len(within), {a.number for a in places}
    roles = narrower(lemma)

    def fits(actor: Actor) -> bool:
        if actor.type != noun.type or actor.plural or {actor.gender, noun.gender} == {"m", "f"}:
            return False
        if actor.type == "PERSON" and around and actor.around and not around & actor.around:
            return False  # "the French president" is not "Russian President Foo"
        # "the union leader" after "union president Foo", "the Iraqi leader" after "Iraq's Foo"
        if not roles & actor.roles:
            leads = (
                lemma in ("leader", "official")
                and actor.named
                and (not actor.roles or actor.roles & group_words("leader"))
            )
            alone = around and not actor.around and actor.roles  # "the Foo leader" after "President Bar"
            return bool(leads and words and (words <= actor.words or around & actor.around or alone))
        if actor.named:
            fitting.add(actor.number)
            office = words - countries if lemma in group_words("portfolio") else parties
            return not apart and office <= actor.words and not _is_other_body(mind, phrase, noun, actor)
        return words <= actor.words or (actor.words < words and words - actor.words <= countries)

    called = mind.salience.best(sentence, FAR, lambda a: fits(a) * (_SURE if words and words <= a.words else 1.0))
    if called is None and not words and lemma in mind.by_role and fits(mind.by_role[lemma]):
        called = mind.by_role[lemma]
    if called is not None and len(around) > len(countries) and len(fitting) > 1 and not around & called.around:
        called = None
    if called is not None:
        return called, f"called {lemma} before"
    if apart:
        return None, ""
    found, what = None, noun.kind
    if noun.type == "PERSON" and noun.kind == "role" and not words and is_aged(mind.doc, phrase):
        speaker = mind.speaker(phrase.head)
        found = mind.salience.best(sentence, _NEAR, lambda a: (a is not speaker and a.named) * fits_person(a, noun))
        return found, "the person in mind"
    anybody = lemma in group_words("generic")  # "the user"
    if noun.type == "PERSON" and noun.kind == "human" and noun.flag != "kin" and words <= _AGE and not anybody:
        speaker = mind.speaker(phrase.head)  # nobody calls himself "the boy"
        if lemma in group_words("child"):
            found = mind.salience.best(sentence, _NEAR, lambda a: float(a is not speaker and _is_child(a, noun)))
        found = found or mind.salience.best(sentence, _NEAR, lambda a: 0.0 if a is speaker else fits_person(a, noun))
        what = "person"
        if found is not None:
            found.gender = found.gender or noun.gender
            found.roles.add(lemma)
    elif noun.type == "ORG":
        own = _of_subject(mind, phrase)
        if own is not None and fits_organisation(own, noun, lemma, words) > 0:
            return own, "for whom the subject of the sentence speaks"
        ranked = any(t.tag_ == "CD" for t in mind.doc[phrase.core : phrase.head])  # "the No. 2 retailer"
        if not ranked:
            found = mind.salience.best(sentence, FAR, lambda a: fits_organisation(a, noun, lemma, words))
    elif noun.type in ("GPE", "LOC") and mind.doc[phrase.head].text[:1].islower():  # "the State" governs
        apart = bool(words & (group_words("contrast") | group_words("apart")))  # "the neighboring country"
        found = mind.salience.best(
            sentence, FAR, lambda a: fits_country(a, noun, lemma) * len(a.places) if not apart else 0.0
        )
    return found, f"the {what} in mind"


def _is_other_body(mind: Mind, phrase: Phrase, noun: Head, actor: Actor) -> bool:
    """ "The district court" is no "Court of Appeals": a noun of the description that is in none of the body's names."""
    if noun.type != "ORG":
        return False
    owners = [a for at in range(phrase.core, phrase.head) if (a := mind.named_at(at)) is not None]
    if any("country" in owner.kinds and mind.is_of_other(actor, owner) for owner in owners):
        return True  # "the Afghan team" is not "Team Estonia"
    head = mind.doc[phrase.head]
    loose = noun.kind in ("company", "media", "group") and lemma_of(head) not in group_words("part of body")
    if loose and head.text.islower():
        return False
    kept = modifiers(mind.doc, phrase)
    words = [t for t in mind.doc[phrase.core : phrase.head] if mind.layout.name_at[t.i] < 0 and t.lower_ in kept]
    told = {t.lemma_.lower() for t in words if t.tag_ in ("NN", "NNS") or t.text[:1].isupper()}
    named = {word.removesuffix("s") for key in actor.keys for word in key.split()} | actor.words
    return any(word.removesuffix("s") not in named and word not in named for word in told)


def _of_subject(mind: Mind, phrase: Phrase) -> Actor | None:
    """ "Foo's founder Bar said the company": the organisation that the subject leads or speaks for."""
    at = mind.doc[phrase.head]
    for _ in range(_DEEP):
        for child in mind.kids[at.i]:
            actor = mind.actor_with(child.i) if child.dep_ == "nsubj" and child.i < phrase.start else None
            if actor is not None and actor.roles & (group_words("leader") | group_words("spokesman")):
                return mind.memory.employer(actor) if actor.type == "PERSON" else None
        at = at.head
    return None


def _role_of(mind: Mind, phrase: Phrase, lemma: str) -> tuple[str, bool]:
    """The role a phrase names, "former president" apart from "president", and whether it tells of somebody else."""
    former = is_former(mind.doc, phrase.core, phrase.head)
    other = modifiers(mind.doc, phrase) & group_words("contrast")
    return (f"former {lemma}" if former else lemma), bool(other) and not former  # "the nation's first governor"


def _is_child(actor: Actor, noun: Head) -> bool:
    """Somebody with a name who was called a child, a boy, a daughter …, and not of the other gender."""
    if not actor.named or actor.type != "PERSON" or not actor.roles & group_words("child"):
        return False
    return not (noun.gender and actor.gender and noun.gender != actor.gender)


def _is_firm(actor: Actor) -> bool:
    """An organisation with a name that is a company, or may be one."""
    return actor.named and actor.type == "ORG" and (not actor.kinds or "company" in actor.kinds)
