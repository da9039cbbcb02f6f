"""Reading on from the names: descriptions, groups and pronouns, in text order.

Each phrase and pronoun either joins an actor that the reader has in mind, or is a new one, or is nobody.
"""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor, Place
from newsdash.core.extraction.entities.camps import Camps
from newsdash.core.extraction.entities.descriptions import (
    describes,
    fits_country,
    fits_organisation,
    fits_person,
    has_kind,
    is_narrowed,
    modifiers,
    same_sort,
    takes_part,
)
from newsdash.core.extraction.entities.groups import Groups
from newsdash.core.extraction.entities.knowledge import Head, group_words
from newsdash.core.extraction.entities.memory import Memory, headline_end
from newsdash.core.extraction.entities.naming import Naming, name_key
from newsdash.core.extraction.entities.phrases import Phrase, is_plural
from newsdash.core.extraction.entities.pronouns import PRONOUNS, is_empty_it, quoted_speakers
from newsdash.core.extraction.entities.roles import Layout, Role, extended, is_former, lemma_of, noun_of, role_word
from newsdash.core.extraction.entities.salience import Salience, span_head
from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_OWNING = frozenset({"its", "his", "her", "their", "my", "our", "your"})
_FAR, _NEAR, _PRONOUN = 30, 6, 3  # sentences looked back: descriptions, people, pronouns


class Reading:
    """The state of one pass over one article."""

    def __init__(self, layout: Layout, naming: Naming, roles: list[Role]) -> None:
        self.layout, self.doc, self.naming = layout, layout.doc, naming
        self.actors = naming.actors
        self.salience = Salience()
        self.groups = Groups(layout, naming, self.salience)
        self.headline = headline_end(layout.doc)
        self.sentence, self.kids = layout.sentence, layout.kids
        self.by_words: dict[str, Actor] = {}
        self.by_role = _only_bearers(naming.actors)  # role or head noun -> named actor it was last said of
        self.memory = Memory()
        self.camps = Camps(layout, naming)
        self.actor_at: dict[int, Actor] = {}  # head token -> actor of the phrase
        self.role_at = {role.head: (role, naming.of_name[role.name]) for role in roles if role.name in naming.of_name}

    def run(self) -> None:
        """Read the whole article."""
        layout = self.layout
        ends = {phrase.head: phrase for phrase in layout.phrases}
        speakers = quoted_speakers(self.doc, layout)
        for token in self.doc:
            number = layout.name_at[token.i]
            if number >= 0:
                if layout.names[number].start == token.i:
                    self._name(number)
            elif token.i in self.role_at:
                self._role(*self.role_at[token.i])
            elif token.i in ends:
                self._phrase(ends[token.i])
            elif token.lower_ in PRONOUNS and token.pos_ in ("PRON", "DET"):
                self._pronoun(token, speakers)
        self._police()
        self.memory.settle()
        self.camps.settle()

    def _police(self) -> None:
        """ "Police" before and after the one police force of the article is named."""
        plain = self.by_words.get("police")
        forces = [a for a in self.actors if a.named and a.places and has_kind(a, "police")]
        if plain is not None and len(forces) == 1:
            plain.become(forces[0])

    # ------------------------------------------------------------------ names and roles
    def _name(self, number: int) -> None:
        name = self.layout.names[number]
        actor = self.naming.of_name.get(name.start)
        if actor is None:
            return
        head = span_head(self.doc, name.start, name.end)
        self.actor_at[name.end - 1] = actor
        self.salience.add(actor, head, self.sentence[head.i])
        self.groups.read_name(number, actor)
        aged = self._age(name.end)
        if actor.type == "PERSON" and aged:  # "Foo, 49", "Foo, aged 55"
            actor.places.append(Place(name.start, aged, name.end - 1, "nominal", "name and age"))
        self._names_inside(number)
        before = self.layout.name_at[name.start - 1] if name.start else -1
        if actor.type == "ORG" and before >= 0 and self._is_country(name.start - 1):
            start = self.layout.names[before].start  # "U.S. | Department of War"
            if self.layout.phrase_at[start] == self.layout.phrase_at[name.start] and name.form == "name":
                actor.places.append(Place(start, name.end, name.end - 1, "nominal", "with its country"))

    def _age(self, at: int) -> int:
        """Where an age after a name ends; 0 when there is none."""
        doc = self.doc
        if at + 1 >= len(doc) or doc[at].text != ",":
            return 0
        at += 1 + (doc[at + 1].lower_ == "aged")
        closed = at + 1 >= len(doc) or doc[at + 1].text in (",", ".", ";")
        return at + 1 if at < len(doc) and closed and doc[at].text.isdigit() and len(doc[at]) < 4 else 0

    def _names_inside(self, number: int) -> None:
        """ "Irving Police Department" also mentions Irving, where the article names that place by itself."""
        name = self.layout.names[number]
        if name.type == "PERSON":
            return
        for start in range(name.start, name.end):
            for end in range(start + 1, min(start + 4, name.end + (start > name.start))):
                text = self.doc[start:end].text
                inner = self.naming.by_key.get(name_key(text, "GPE")) if text[:1].isupper() else None
                if inner is None or not inner.places or inner is self.naming.of_name.get(name.start):
                    continue
                first = start == name.start  # "Warhol Foundation", "Google Science Fair"; Apple Corps is no Apple
                if inner.type == "GPE" or (first and (inner.type == "PERSON" or inner.type == "ORG" != name.type)):
                    inner.places.append(Place(start, end, end - 1, "nominal", "inside a longer name"))

    def _role(self, role: Role, actor: Actor) -> None:
        lemma = role_word(self.doc, role.head)
        phrase = self.layout.phrases[self.layout.phrase_at[role.head]]
        owner = self._owner(phrase)
        if owner is actor:  # "his mother, Foo was …": nobody is his own mother
            self._phrase(phrase)
            return
        self.memory.named(actor, lemma, owner)
        actor.roles.add("former " + lemma if is_former(self.doc, role.start, role.head) else lemma)
        self.by_role[lemma] = actor
        noun = noun_of(self.doc, role.head)
        if noun is not None and noun.gender and not actor.gender and actor.type == "PERSON":
            actor.gender = noun.gender
        if noun is not None and actor.type != "PERSON":
            actor.kinds.add(noun.kind)
        actor.places.append(Place(role.start, role.end, role.head, "nominal", role.reason))
        self.actor_at[role.head] = actor
        end = self.layout.names[self.layout.name_at[role.name]].end
        if role.end == role.name:  # the whole phrase, too: "U.S. Secretary of Defense Pete Hegseth"
            actor.places.append(Place(role.start, end, end - 1, "nominal", "role and name"))
        elif role.start > role.name:  # "Steve Jobs, the Apple co-founder"
            actor.places.append(Place(role.name, role.end, role.head, "nominal", "name and role"))
        elif role.reason == "apposition":  # "the former co-founder, Steve Jobs"
            actor.places.append(Place(role.start, end, end - 1, "nominal", "name and role"))
        self._employer(role, actor, owner)
        self._company_of(role)

    def _employer(self, role: Role, actor: Actor, owner: Actor | None) -> None:
        """For whom somebody says "we": the organisation named in the role phrase, "Foo's CEO", "CEO of Foo"."""
        if actor.type != "PERSON" or is_former(self.doc, role.start, role.head):
            return
        inside = [self._actor_with(at) for at in range(role.start, role.end) if self.layout.name_at[at] >= 0]
        for found in (owner, *inside):
            if found is not None and found.type == "ORG" and found.named:
                self.memory.employ(actor, found)
                return

    def _company_of(self, role: Role) -> None:
        """ "company CEO Steve Jobs": the bare noun in a role phrase stands for the company in mind."""
        at = role.head - 1
        noun = noun_of(self.doc, at) if at >= role.start else None
        if noun is None or noun.type != "ORG" or noun.kind != "company" or self.layout.name_at[at] >= 0:
            return
        sentence = self.sentence[at]
        actor = self.salience.best(sentence, _FAR, lambda a: fits_organisation(a, noun, lemma_of(self.doc[at])))
        if actor is not None:
            actor.places.append(Place(at, at + 1, at, "nominal", "the company in mind"))

    # ------------------------------------------------------------------ phrases
    def _phrase(self, phrase: Phrase) -> None:
        noun = noun_of(self.doc, phrase.head)
        if noun is None:
            return
        actor, reason = self._known(phrase, noun)
        if actor is None:
            actor, reason = self._new(phrase, noun), "first mention"
        if actor is None:
            return
        start, end = phrase.start, phrase.end
        if reason.startswith("called with") and end < len(self.doc) and self.doc[end].lower_ == "of":
            end = extended(self.layout, phrase.end, 1)
        if not actor.named and phrase.start == phrase.core - (phrase.determiner not in ("", "'s")):
            start, end = self.groups.counted(start), extended(self.layout, phrase.end, 2)
        head = self.doc[phrase.head]
        if actor.named and (reason.startswith(("called with", "predicate"))):
            actor.roles.add(role_word(self.doc, phrase.head))
            self.by_role[role_word(self.doc, phrase.head)] = actor
        actor.places.append(Place(start, end, phrase.head, "nominal", reason))
        if not actor.named and end > phrase.end and self.doc[phrase.end].lower_ != "of":
            actor.places.append(Place(start, phrase.end, phrase.head, "nominal", reason))
        if reason.startswith("called with") and phrase.determiner in _OWNING:  # "its | Claude AI models"
            actor.places.append(Place(phrase.core, end, phrase.head, "nominal", reason))
        self.actor_at[phrase.head] = actor
        self.salience.add(actor, head, self.sentence[phrase.head])

    def _known(self, phrase: Phrase, noun: Head) -> tuple[Actor | None, str]:
        """The actor in mind that a phrase refers to, and why."""
        head = self.doc[phrase.head]
        lemma, sentence = role_word(self.doc, phrase.head), self.sentence[phrase.head]
        plural = is_plural(head)
        if noun.kind == "camp":
            return self.camps.read(phrase), "the same camp"
        own = self._own_name(phrase, noun) or self._named_after_of(phrase, noun, lemma)
        if own is not None:
            return own, f"called with what it is: {lemma}"
        predicated = self._subject_of_copula(phrase, noun)
        if predicated is not None:
            predicated.roles.add(lemma)
            return predicated, "predicate of its subject"
        joint, reason = self.groups.joint(phrase, noun, sentence)
        if joint is not None:
            return joint, reason
        announced = self.memory.announced(lemma, phrase.determiner, modifiers(self.doc, phrase))
        if announced is not None and not plural:
            return announced, "the headline's"
        words = self._words(phrase)
        definite = phrase.determiner in _DEFINITE or (
            phrase.determiner == "" and head.text[:1].isupper() and noun.kind == "role"
        )
        same = self.by_words.get(words)
        if same is not None and (definite or plural or phrase.determiner in ("", "all", "'s")):
            return same.known(), "same description"
        if lemma == "police" and phrase.determiner in ("", "the"):
            found = self.salience.best(sentence, _FAR, lambda a: float(a.named and has_kind(a, "police")))
            if found is not None:
                return found, "the police in mind"
        if phrase.determiner in _OWNING or phrase.possessor is not None:
            return self._owned(phrase, noun, lemma, sentence)
        if not definite or plural:
            return None, ""
        return self._definite(phrase, noun, lemma, sentence)

    def _own_name(self, phrase: Phrase, noun: Head) -> Actor | None:
        """ "the M5S party", "the Lombardy region": the name itself with what it is."""
        product = noun.type == "PRODUCT"
        at = phrase.head - 1

        def loose(at: int) -> bool:
            between = product or noun.type in ("GPE", "LOC") or self.doc[at].lower_ == "news"
            return between and at > phrase.core and self.layout.name_at[at] < 0

        while loose(at):  # "its Claude AI models"
            at -= 1
        number = self.layout.name_at[at] if phrase.head > phrase.core else -1
        if number < 0 and product and phrase.possessor is not None:  # "Claude's advanced reasoning models"
            number = self.layout.name_at[self.layout.phrases[phrase.possessor].head]
        if number < 0 or self.layout.names[number].form != "name" or (is_plural(self.doc[phrase.head]) and not product):
            return None
        actor = self.naming.of_name.get(self.layout.names[number].start)
        if actor is None or not describes(actor, noun):
            return None
        if noun.kind == "constituency":
            actor.type = noun.type
        owner = self._owner(phrase)
        if product and owner is not None and owner is not actor:
            self.memory.made(owner, actor)
        return actor

    def _named_after_of(self, phrase: Phrase, noun: Head, lemma: str) -> Actor | None:
        """ "the town of Yeoncheon"."""
        at = phrase.end + 1
        if lemma not in group_words("of name") or at >= len(self.doc) or self.doc[phrase.end].lower_ != "of":
            return None
        number = self.layout.name_at[at]
        actor = self.naming.of_name.get(self.layout.names[number].start) if number >= 0 else None
        return actor if actor is not None and actor.type == noun.type else None

    def _owner(self, phrase: Phrase) -> Actor | None:
        """Who owns what the phrase names: the possessor's actor or the possessive pronoun's."""
        if phrase.possessor is not None:
            return self._actor_with(self.layout.phrases[phrase.possessor].head)
        return self._actor_with(phrase.core - 1) if phrase.determiner in _OWNING else None

    def _subject_of_copula(self, phrase: Phrase, noun: Head) -> Actor | None:
        """The actor of which a phrase is said to be ("it became the first AI provider")."""
        head = self.doc[phrase.head]
        verb = head if any(c.dep_ == "cop" for c in self.kids[head.i]) else head.head
        if verb is not head and not (verb.lemma_ in ("become", "remain") and head.dep_ in ("xcomp", "obj")):
            return None
        if any(c.lower_ in ("not", "n't", "n’t", "never", "no") for c in self.kids[verb.i]):
            return None
        for child in self.kids[verb.i]:
            if child.dep_ == "nsubj" and child.i < phrase.start:
                actor = self._actor_with(child.i)
                if actor is not None and same_sort(actor, noun) and actor.plural == is_plural(head):
                    return actor
        return None

    def _owned(self, phrase: Phrase, noun: Head, lemma: str, sentence: int) -> tuple[Actor | None, str]:
        """ "the company's CEO": a person in that role."""
        owner = self._owner(phrase)
        if noun.type == "PRODUCT" and owner is not None:
            product = self.memory.product(owner)
            if product is None:
                self.memory.unmade(owner, Place(phrase.start, phrase.end, phrase.head, "nominal", ""))
            return product, f"what {owner.name} makes"
        if owner is not None and noun.flag == "kin" and (relative := self.memory.relative(owner, lemma)) is not None:
            return relative, f"{lemma} of {owner.name}"
        if owner is not None and lemma in group_words("child") and not is_plural(self.doc[phrase.head]):
            child = self.salience.best(sentence, _FAR, lambda a: float(_is_child(a, noun) and a is not owner))
            if child is not None:
                return child, "the child in mind"
        if owner is not None and noun.kind == "company" and phrase.determiner in ("its", "their") and _is_firm(owner):
            return owner, "its own kind"  # "Foo invited her to visit their company"
        if noun.type != "PERSON" or noun.kind != "role" or is_plural(self.doc[phrase.head]):
            return None, ""
        found = self.salience.best(
            sentence, _FAR, lambda a: float(a is not owner and a.type == "PERSON" and lemma in a.roles and not a.plural)
        )
        return found, f"called {lemma} before" if found is not None else ""

    def _definite(self, phrase: Phrase, noun: Head, lemma: str, sentence: int) -> tuple[Actor | None, str]:
        """ "the company", "the agency", "the boy": whom the reader has in mind."""
        if is_narrowed(self.doc, phrase):
            return None, ""
        words = modifiers(self.doc, phrase)
        within = [at for at in range(phrase.core, phrase.head) if self.layout.name_at[at] >= 0]
        countries = {self.doc[at].lower_ for at in within if self._is_country(at)}
        # "the Kowloon East constituency" is no other place; but "the San Francisco-based startup" may be anybody
        apart = len(countries) < len(within) and "based" not in words

        def fits(actor: Actor) -> bool:
            if lemma not in actor.roles or actor.type != noun.type or actor.plural:
                return False
            if actor.named:
                return not apart
            return words <= actor.words or (actor.words < words and words - actor.words <= countries)

        called = self.salience.best(sentence, _FAR, lambda a: float(fits(a)))
        if called is None and not words and lemma in self.by_role and fits(self.by_role[lemma]):
            called = self.by_role[lemma]
        if called is not None:
            return called, f"called {lemma} before"
        if apart:
            return None, ""
        found, what = None, noun.kind
        if noun.type == "PERSON" and noun.kind == "human" and noun.flag != "kin":
            found, what = self.salience.best(sentence, _NEAR, lambda a: fits_person(a, noun)), "person"
            if found is not None:
                found.gender = found.gender or noun.gender
                found.roles.add(lemma)
        elif noun.type == "ORG":
            found = self.salience.best(sentence, _FAR, lambda a: fits_organisation(a, noun, lemma))
        elif noun.type == "GPE" and noun.kind != "region":
            found = self.salience.best(sentence, _FAR, lambda a: fits_country(a, noun))
        return found, f"the {what} in mind"

    def _is_country(self, at: int) -> bool:
        actor = self.naming.of_name.get(self.layout.names[self.layout.name_at[at]].start)
        return actor is not None and "country" in actor.kinds

    def _new(self, phrase: Phrase, noun: Head) -> Actor | None:
        """An actor without a name of its own: people and organisations that act, and things called after a name."""
        head = self.doc[phrase.head]
        told = noun.type == "EVENT"  # "air strike on Iran", "2014 protests", "the May raid": a name or date tells apart
        until = extended(self.layout, phrase.end, 2) if told else phrase.head
        called_after = noun.type in ("ORG", "FAC", "EVENT") and any(
            self.layout.name_at[at] >= 0 or (told and _is_date(self.doc[at])) for at in range(phrase.start, until)
        )
        if not called_after and (noun.type not in ("PERSON", "ORG") or not takes_part(head, noun, self.kids)):
            return None
        bare = phrase.determiner == "" and not is_plural(head) and noun.kind not in ("people", "police", "military")
        if bare and head.text[:1].islower() and phrase.core == phrase.head:
            return None  # "held firm"
        actor = Actor(len(self.actors), noun.type, self.doc[phrase.start : phrase.end].text, named=False)
        actor.plural, actor.gender = is_plural(head) or noun.kind == "people", noun.gender
        if noun.type != "ORG" or phrase.determiner not in _OWNING:  # not: "their company … the company"
            actor.roles.add(role_word(self.doc, phrase.head))
        actor.kinds.add(noun.kind)
        actor.words = modifiers(self.doc, phrase)
        self.actors.append(actor)
        repeated = (
            actor.plural
            or (phrase.determiner not in _OWNING and (phrase.determiner != "" or bool(actor.words)))
            or noun.kind in ("police", "military")
        )
        owner = self._owner(phrase)
        if noun.flag == "kin" and owner is not None and not actor.plural:
            self.memory.related(owner, role_word(self.doc, phrase.head), actor)
        if not actor.plural and noun.flag != "kin" and self._in_headline(phrase):
            self.memory.announce(role_word(self.doc, phrase.head), actor)
        if noun.flag != "kin" and repeated:  # "their company" and a headline's "organization" may be anybody's
            self.by_words.setdefault(self._words(phrase), actor)
        return actor

    def _in_headline(self, phrase: Phrase) -> bool:
        """In the first line, when it is a short one without a full stop, and without an article."""
        return phrase.end <= self.headline and phrase.determiner == ""

    def _words(self, phrase: Phrase) -> str:
        """The phrase without determiner and quantity: equal for two descriptions of the same."""
        small = group_words("quantity")
        begin = phrase.start if phrase.possessor is not None else phrase.core
        parts: list[str] = []
        for token in self.doc[begin : phrase.end]:
            number = self.layout.name_at[token.i]
            actor = self.naming.of_name.get(self.layout.names[number].start) if number >= 0 else None
            if actor is not None:  # "the U.N. headquarters" and "the United Nations headquarters"
                parts += [f"#{actor.number}"] if parts[-1:] != [f"#{actor.number}"] else []
            elif token.lower_ not in small and not token.is_punct and token.tag_ != "POS":
                parts.append(token.lower_)
        return " ".join(parts)

    # ------------------------------------------------------------------ pronouns
    def _pronoun(self, token: Token, speakers: dict[int, int]) -> None:
        pronoun = PRONOUNS[token.lower_]
        sentence = self.sentence[token.i]
        if pronoun.person == 1:
            actor = self._actor_with(speakers[token.i]) if token.i in speakers else None
            reason = "speaker of the quote"
            if actor is not None and pronoun.plural:
                actor, reason = self.memory.employer(actor), "for whom the speaker speaks"
            if actor is None or actor.type != ("ORG" if pronoun.plural else "PERSON"):
                return
        else:
            if token.lower_ == "it" and is_empty_it(token, self.kids):
                return
            blocked = self._blocked(token, pronoun.reflexive)
            actor = self.salience.best(sentence, _PRONOUN, lambda a: 0.0 if a is blocked else pronoun.factor(a))
            reason = f"{token.lower_}: nearest that fits"
            if actor is None:
                return
            if pronoun.gender in ("m", "f") and not actor.gender:
                actor.gender = pronoun.gender
        actor.places.append(Place(token.i, token.i + 1, token.i, "pronoun", reason))
        self.actor_at[token.i] = actor
        self.salience.add(actor, token, sentence)

    def _blocked(self, token: Token, reflexive: bool) -> Actor | None:
        """Whom a pronoun cannot mean: the subject of its own verb when it is object (unless reflexive)."""
        if token.dep_.partition(":")[0] in ("obj", "iobj", "obl") and not reflexive:
            for child in self.kids[token.head.i]:
                if child.dep_.startswith("nsubj"):
                    return self._actor_with(child.i)
        return None

    def _actor_with(self, at: int) -> Actor | None:
        """The actor that the token at ``at`` belongs to, as far as the text has been read."""
        number = self.layout.name_at[at]
        if number >= 0:
            return self.naming.of_name.get(self.layout.names[number].start)
        found = self.actor_at.get(at)
        return None if found is None else found.known()


def _is_child(actor: Actor, noun: Head) -> bool:
    """Somebody with a name who was called a child, a boy, a daughter …, and not of the other gender."""
    if not actor.named or actor.type != "PERSON" or not actor.roles & group_words("child"):
        return False
    return not (noun.gender and actor.gender and noun.gender != actor.gender)


def _is_firm(actor: Actor) -> bool:
    """An organisation with a name that is a company, or may be one."""
    return actor.named and actor.type == "ORG" and (not actor.kinds or "company" in actor.kinds)


def _is_date(token: Token) -> bool:
    """A year, or the name of a month."""
    return token.shape_ == "dddd" or (token.lower_ in group_words("month") and token.text[:1].isupper())


def _only_bearers(actors: list[Actor]) -> dict[str, Actor]:
    """Words of names that one actor alone has: "election" in "Hong Kong legislative election"."""
    found: dict[str, Actor | None] = {}
    for actor in actors:
        if actor.places:
            for word in actor.roles:
                found[word] = None if word in found else actor
    return {word: actor for word, actor in found.items() if actor is not None}
