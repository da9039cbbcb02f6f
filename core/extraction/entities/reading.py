"""Reading on from the names: descriptions, groups and pronouns, in text order.

Each phrase and pronoun either joins an actor that the reader has in mind, or is a new one, or is nobody.
"""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor, Place
from newsdash.core.extraction.entities.antecedents import Resolve, antecedent, excluded
from newsdash.core.extraction.entities.descriptions import (
    fits_organisation,
    has_kind,
    modifiers,
)
from newsdash.core.extraction.entities.forms import name_key
from newsdash.core.extraction.entities.guesses import guess
from newsdash.core.extraction.entities.knowledge import (
    Head,
    affixes,
    group_words,
    known_names,
    lemma_of,
    narrower,
    plain,
    speech_verbs,
    titles,
)
from newsdash.core.extraction.entities.mind import Mind
from newsdash.core.extraction.entities.names import Name
from newsdash.core.extraction.entities.naming import Naming
from newsdash.core.extraction.entities.newcomers import introduce, speaks
from newsdash.core.extraction.entities.phrases import OWNING, Phrase, is_plural
from newsdash.core.extraction.entities.pronouns import PRONOUNS, is_empty_it
from newsdash.core.extraction.entities.referring import FAR, refer, subject_of_copula
from newsdash.core.extraction.entities.roles import (
    Layout,
    Role,
    after_role,
    coordinated_start,
    extended,
    is_former,
    is_somebody,
    noun_of,
    role_word,
    untitled,
)
from newsdash.core.extraction.entities.salience import span_head
from newsdash.core.extraction.entities.surroundings import wider
from newsdash.core.extraction.entities.wholes import (
    age_end,
    bare_starts,
    count_start,
    is_of_year,
    name_start,
    whole_ends,
)
from newsdash.core.records import MentionKind
from spacy.tokens import Token

_SOMEBODY = Head("PERSON", "human", "", "")
_DEEP = 4  # steps up the tree from a possessive to the clause whose opening it stands in
_OPENING = 6  # sentences, headline and date line among them, in which the person of a headline is named
_LONG = 12  # tokens of the longest "one of …" beside a name
_PRONOUN = 3  # sentences looked back for pronouns


class Reading:
    """The state of one pass over one article."""

    def __init__(self, layout: Layout, naming: Naming, roles: list[Role], resolve: Resolve = antecedent) -> None:
        self.layout, self.doc, self.naming = layout, layout.doc, naming
        self.resolve = resolve
        self.actors = naming.actors
        self.mind = Mind(layout, naming)
        self.sentence, self.kids = layout.sentence, layout.kids
        self.role_at = {role.head: (role, naming.of_name[role.name]) for role in roles if role.name in naming.of_name}

        self.described = {role.name for role in roles}
        self.has_role = {role.name for role, _ in self.role_at.values() if role.end == role.name}

        # "Foo CEO and co-founder Bar": both nouns are his
        self.with_role = {}
        for role, actor in self.role_at.values():
            first = layout.phrase_at[role.start]
            head = layout.phrases[first].head if first >= 0 else role.head
            if head < role.head and self.doc[head + 1].lower_ == "and" and head not in self.role_at:
                self.with_role[head] = actor

    def run(self) -> None:
        """Read the whole article."""
        layout = self.layout
        ends = {phrase.head: phrase for phrase in layout.phrases}
        for at, word in enumerate(layout.words):
            if "-" in word:
                self._compound(self.doc[at])
            number = layout.name_at[at]
            if number >= 0:
                if layout.names[number].start == at:
                    self._name(number)
                if at in self.role_at and layout.names[number].type == "NORP":  # "Foo, a Democrat"
                    self._role(*self.role_at[at])
            elif at in self.role_at:
                self._role(*self.role_at[at])
            elif at in self.with_role:
                self.mind.actor_at[at] = self.with_role[at]
            elif at in ends:
                self._phrase(ends[at])
            elif word.lower() in PRONOUNS and self.doc[at].pos_ in ("PRON", "DET"):
                self._pronoun(self.doc[at])
        self._police()
        self.mind.memory.settle([a for a in self.actors if a.named and a.places], self.mind.headline)
        self.mind.camps.settle()
        self.mind.groups.settle()

    def _compound(self, token: Token) -> None:
        """ "anti-Putin", "pro-Beijing": one word, in which an actor of the article is named."""
        prefix, _, rest = token.text.partition("-")
        if not rest[:1].isupper() or prefix.lower() not in affixes("prefix"):
            return
        known = known_names().get(plain(rest))
        actor = self.naming.by_key.get("=" + known.name if known is not None else plain(rest))
        people = self.naming.full.get(plain(rest), [])
        if actor is None and len(people) == 1:
            actor = people[0]
        if actor is not None and actor.places:
            kind: MentionKind = "nominal" if known is not None and known.form == "adjective" else "name"
            actor.places.append(Place(token.i, token.i + 1, token.i, kind, f"in “{token.text}”", len(prefix) + 1))

    def _police(self) -> None:
        """ "Police" before and after the one police force of the article is named."""
        plain = self.mind.by_words.get("police")
        forces = [a for a in self.actors if a is not plain and a.places and not a.passing and has_kind(a, "police")]
        if plain is not None and len(forces) == 1:
            plain.become(forces[0], "the only police with a name")

    # ------------------------------------------------------------------ names and roles
    def _name(self, number: int) -> None:
        name = self.layout.names[number]
        actor = self.naming.of_name.get(name.start)
        if actor is None:
            return
        head = span_head(self.doc, name.start, name.end)
        self.mind.actor_at[name.end - 1] = actor
        self.mind.salience.add(actor, head, self.sentence[head.i])
        self.mind.groups.read_name(number, actor)
        start = name_start(self.layout, name)
        title = self.doc[name.start - 1] if name.start and actor.type == "PERSON" else None
        if title is not None and title.text.endswith(".") and titles().get(title.lower_.rstrip("."), ("", ""))[1]:
            actor.places.append(Place(title.i, name.start, title.i, "nominal", "title before the name"))  # "Gov."
        if name.form == "name":
            self._one_of(actor, name)
        inside = self.layout.phrase_at[name.start]
        if actor.type == "NORP" and is_plural(self.doc[name.end - 1]) and inside >= 0:  # "half of all Foos"
            first = self.layout.phrases[inside].start
            for begin in {first, count_start(self.doc, self.mind.groups.counted(first))} - {start}:
                actor.places.append(Place(begin, name.end, name.end - 1, "nominal", "some of them"))
        if actor.type in ("LAW", "EVENT") and is_of_year(self.doc, name.end):  # "the Foo Act of 1993"
            actor.places.append(Place(name.start, name.end + 2, name.end - 1, "nominal", "with its year"))
        if start < name.start and name.start not in self.has_role:
            actor.places.append(Place(start, name.end, name.end - 1, "nominal", "with what stands before it"))
            if actor.type == "PERSON":
                self._place_before(actor, start, name.start)
        if actor.type == "PERSON":
            self._begin(actor, head)
            self._belongs(actor, name)
        else:
            new = actor.type == "ORG" and actor.places[0].start == name.start
            if new and (self._leads(head) or not (actor.kinds or actor.roles)):
                self._follow(actor, head)
            actor.places += wider(self.mind, actor, name)
            self._names_inside(number)

    def _one_of(self, actor: Actor, name: Name) -> None:
        """ "One of them, Foo, said", "Foo, one of its authors,": a number that the name is an apposition to, or has."""
        doc, ends, begin = self.doc, (",", ".", ";", ":"), self.layout.begins[name.start]
        opens = doc[begin].lower_ == "one" and doc[name.end : name.end + 1].text == ","
        ones = [begin] if opens else []
        for token in doc[name.start : name.end]:
            ones += [
                t.i for t in (token.head, *self.kids[token.i]) if t.lower_ == "one" and "appos" in (t.dep_, token.dep_)
            ]
        for one in dict.fromkeys(ones):
            stop = next((t.i for t in doc[one : one + _LONG] if t.text in ends), one)
            if stop > one + 1 and (stop == name.start - 1 or one > name.end):
                actor.places.append(Place(one, stop, one, "nominal", "apposition"))

    def _place_before(self, actor: Actor, start: int, end: int) -> None:
        """ "Festival topper | Foo", "army commander | Gen. Foo": what a person is, without title and name."""
        cut, end = end, untitled(self.doc, start, end)
        noun = noun_of(self.doc, end - 1) if end > start else None
        inside = [self.mind.named_at(at) for at in range(start, end)]
        actor.around |= {place.number for place in inside if place is not None and place.type == "GPE"}
        last = self.doc[end - 1]
        whole = (last.tag_ == "NN" and not last.text.istitle()) or (
            end == cut and last.is_alpha and last.lower_ not in group_words("weekday")
        )
        person = noun.type == "PERSON" if noun is not None else end > start and whole and self.doc[start].tag_ != "DT"
        if person and self.layout.name_at[end - 1] < 0:
            actor.places.append(Place(start, end, end - 1, "nominal", "role before the name"))

    def _belongs(self, actor: Actor, name: Name) -> None:
        """ "Foo of the Bar Party", "the Bar Party's Foo", "Iraq's Foo": where a person belongs; and his age."""
        at = name.end + 1
        owner = (
            self.mind.named_at(name.start - 2) if name.start > 1 and self.doc[name.start - 1].tag_ == "POS" else None
        )
        if owner is not None and owner.type == "GPE":
            actor.around |= {owner.number}
        if at < len(self.doc) and self.doc[name.end].lower_ in ("of", "from"):
            at += self.doc[at].lower_ == "the"
            owner = self.mind.named_at(at) if at < len(self.doc) else None
        if owner is not None and owner.type == "ORG":
            self.mind.memory.employ(actor, owner)
        aged = age_end(self.doc, name.end)
        if aged:  # "Foo, 49", "Foo, aged 55"
            actor.places.append(Place(name.start, aged, name.end - 1, "nominal", "name and age"))

    def _begin(self, actor: Actor, head: Token) -> None:
        """Whom the text after a headline without his name is about: "Foo was arrested", not "Foo said"."""
        told = head.dep_.startswith("nsubj") and head.head.lemma_ not in speech_verbs()
        early = self.mind.headline < actor.places[0].start and self.sentence[head.i] < _OPENING
        if not actor.roles and told and early:
            self.mind.memory.begin_with(actor)
        first = actor.places[0].start <= head.i < actor.places[0].end
        if first and (self._leads(head) or actor.roles <= group_words("rank")) and len(actor.name.split()) > 1:
            self._follow(actor, head)
        for role in sorted(actor.roles) if first and actor.places[0].start not in self.has_role else ():
            self.mind.memory.named(actor, role, None, frozenset())  # by the title before it

    def _leads(self, head: Token) -> bool:
        """The first paragraph or the sentence after it: "A top official …", "Minister Foo said"."""
        return bool(self.sentence[head.i] <= self.sentence[self.mind.lead - 1] + 1)

    def _follow(self, actor: Actor, head: Token) -> None:
        """The first mention of a name may name whom the sentence before told of without one."""
        start = actor.places[0].start
        opens = bool(self.doc[start].is_sent_start)
        told = head.head.dep_ == "ccomp" and head.head.head.lemma_ in speech_verbs()  # "police say Foo was arrested"
        if opens or head.dep_.startswith("nsubj"):
            opens = (opens and start not in self.described) or told
            self.mind.memory.follow_with(self.sentence[head.i], actor, opens=opens)

    def _names_inside(self, number: int) -> None:
        """ "Laredo Police Department" also mentions Laredo, where the article names that place by itself."""
        name = self.layout.names[number]
        for start in range(name.start, name.end if name.end - name.start > 1 else name.start):
            for end in range(start + 1, min(start + 4, name.end + (start > name.start))):
                text = self.doc[start:end].text
                inner = self.naming.by_key.get(name_key(text, "GPE")) if text[:1].isupper() else None
                if inner is None or not inner.places or inner is self.naming.of_name.get(name.start):
                    continue
                first = start == name.start  # "Warhol Foundation", "Google Science Fair"; Apple Corps is no Apple
                if start > name.start and name.type in ("GPE", "LOC"):
                    continue  # "West Virginia", "North Korea"
                if inner.type == "GPE" or (first and (inner.type == "PERSON" or inner.type == "ORG" != name.type)):
                    inner.places.append(Place(start, end, end - 1, "nominal", "inside a longer name"))

    def _role(self, role: Role, actor: Actor) -> None:
        lemma = role_word(self.doc, role.head)
        phrase = self.layout.phrases[self.layout.phrase_at[role.head]]
        owner = self.mind.served(phrase)
        if owner is actor:  # "his mother, Foo was …": nobody is his own mother
            self._phrase(phrase)
            return
        inside = [self.mind.named_at(at) for at in range(role.start, role.end)]
        around = frozenset(place.number for place in inside if place is not None)
        self.mind.memory.named(actor, lemma, owner, around)
        if role.reason == "apposition" and role.start < role.name and phrase.determiner == "the":
            self._named_now(phrase, lemma, actor)
        former = is_former(self.doc, max(role.start - 1, 0), role.head)  # "Foo, formerly | a director"
        actor.roles.add("former " + lemma if former else lemma)
        self.mind.by_role[lemma] = actor
        noun = noun_of(self.doc, role.head)
        if noun is not None and noun.gender and not actor.gender and actor.type == "PERSON":
            actor.gender = noun.gender
        if noun is not None and actor.type != "PERSON":
            actor.kinds.add(noun.kind)
        actor.places.append(Place(role.start, role.end, role.head, "nominal", role.reason))
        self.mind.actor_at[role.head] = actor
        end = self.layout.names[self.layout.name_at[role.name]].end
        end += self.doc[role.name - 1].text == "(" and self.doc[end : end + 1].text == ")"
        if role.end == role.name:  # the whole phrase, too: "U.S. Secretary of Defense Pete Hegseth"
            self._place_before(actor, role.start, role.end)
            actor.places.append(Place(role.start, end, end - 1, "nominal", "role and name"))
            first = untitled(self.doc, role.start, role.end)
            apart = lemma in group_words("portfolio") and self.doc[first - 1].text[:1].isupper()
            apart = apart and self.layout.name_at[first - 1] < 0  # "Foreign | Minister Foo"
            if (
                first < role.end and lemma.endswith(self.doc[role.end - 1].lower_) and not apart
            ):  # "spokesman | Major General Foo"
                actor.places.append(Place(first, end, end - 1, "nominal", "role and name"))
        elif role.reason.startswith("called"):  # "a user labelled Foo"
            actor.places.append(Place(role.start, end, end - 1, "nominal", "name and role"))
        elif role.start > role.name:  # "Steve Jobs, the Apple co-founder"
            actor.places.append(Place(role.name, role.end, role.head, "nominal", "name and role"))
        elif role.reason == "apposition":  # "the former co-founder, Steve Jobs"
            actor.places.append(Place(role.start, end, end - 1, "nominal", "name and role"))
        for wide in whole_ends(self.layout, phrase) if role.start > role.name else ():
            actor.places.append(Place(role.start, wide, role.head, "nominal", "with its clause"))  # "a man who saw it"
        if phrase.possessor is not None and role.start == phrase.start:  # "Foo's | chief negotiator"
            actor.places.append(Place(phrase.core, phrase.end, role.head, "nominal", role.reason))
        actor.words |= modifiers(self.doc, phrase)
        actor.around |= {place.number for place in inside if place is not None and place.type == "GPE"}
        if (
            role.start == phrase.start
            and role.end > phrase.end
            and self.doc[phrase.end].lower_ in ("from", "with", "in")
        ):
            actor.places.append(Place(role.start, phrase.end, role.head, "nominal", role.reason))  # "a boy | from Foo"
        self._employer(role, actor, owner)
        self._modifier(role.start, role.head)

    def _named_now(self, phrase: Phrase, lemma: str, actor: Actor) -> None:
        """ "A Danish bank … The bank, Foo, denied it": what was told of before without a name gets it."""
        words, called = modifiers(self.doc, phrase), narrower(lemma)

        def fits(other: Actor) -> float:
            same = other.type == actor.type and not other.named and not other.plural and bool(called & other.roles)
            return float(same and words <= other.words and {other.gender, actor.gender} != {"m", "f"})

        new = actor.places[0].start >= phrase.end
        before = self.mind.salience.best(self.sentence[phrase.head], FAR, fits) if new else None
        if before is not None:
            before.become(actor, f"{lemma}, named later")

    def _employer(self, role: Role, actor: Actor, owner: Actor | None) -> None:
        """For whom somebody says "we": the organisation named in the role phrase, "Foo's CEO", "CEO of Foo"."""
        if actor.type != "PERSON" or is_former(self.doc, role.start, role.head):
            return
        inside = [self.mind.actor_with(at) for at in range(role.start, role.end) if self.layout.name_at[at] >= 0]
        for found in (owner, *inside):
            if found is not None and found.named and (found.type == "ORG" or "country" in found.kinds):
                self.mind.memory.employ(actor, found)
                return

    def _modifier(self, start: int, head: int) -> None:
        """ "company CEO Foo", "council members": the bare noun before a word for people stands for who is in mind."""
        at = head - 1
        noun = noun_of(self.doc, at) if at >= start else None
        if noun is None or noun.type not in ("ORG", "GPE") or self.layout.name_at[at] >= 0 or is_plural(self.doc[at]):
            return
        if noun.flag == "beside":
            return
        lemma = lemma_of(self.doc[at])

        def fits(actor: Actor) -> float:
            called = actor.named and actor.type == noun.type and lemma in actor.roles
            anybody = lemma in group_words("any company")
            return 2.0 if called else fits_organisation(actor, noun, lemma) if anybody else 0.0

        actor = self.mind.salience.best(self.sentence[at], FAR, fits)
        if actor is not None:
            actor.places.append(Place(at, at + 1, at, "nominal", f"the {lemma} in mind"))

    # ------------------------------------------------------------------ phrases
    def _phrase(self, phrase: Phrase) -> None:
        noun = noun_of(self.doc, phrase.head)
        if noun is None:
            self._unknown(phrase)
            return
        if noun.flag == "speaks" and not speaks(self.mind, phrase):
            return  # "sources of income"
        actor, reason = refer(self.mind, phrase, noun)
        if actor is None:
            actor, reason = guess(self.mind, phrase, noun)
        if actor is None:
            actor, reason = introduce(self.mind, phrase, noun), "first mention"
        if actor is None:
            return
        start, end = phrase.start, phrase.end
        if reason.startswith(("called with", "short for")) and end < len(self.doc) and self.doc[end].lower_ == "of":
            end = extended(self.layout, phrase.end, 1)
        owns = end < len(self.doc) and self.doc[end].tag_ == "POS"  # "two of | the mayor's aides"
        if not actor.named and not owns and phrase.start == phrase.core - (phrase.determiner not in ("", "'s")):
            start, end = self.mind.groups.counted(start), extended(self.layout, phrase.end, 2)
            if start < phrase.start:  # "half of | all Foos"
                for stop in {end, phrase.end}:
                    actor.places.append(Place(phrase.start, stop, phrase.head, "nominal", reason))
            wide = coordinated_start(self.layout, phrase)
            if wide < phrase.core:
                actor.places.append(Place(wide, end, phrase.head, "nominal", reason))
        number = self.layout.name_at[start]
        if number >= 0 and self.layout.names[number].start < start:  # "the Church | of Foo's website"
            start = self.layout.names[number].start
            start -= start > 0 and self.doc[start - 1].tag_ == "DT"
        head = self.doc[phrase.head]
        if reason.startswith("called with"):
            actor.kinds.add(noun.kind)
        if reason.startswith("predicate") and (wide := after_role(self.layout, phrase)) > end:
            actor.places.append(Place(start, wide, phrase.head, "nominal", reason))
        if actor.named and (reason.startswith(("called with", "predicate"))):
            actor.roles.add(role_word(self.doc, phrase.head))
            self.mind.by_role[role_word(self.doc, phrase.head)] = actor
        actor.places.append(Place(start, end, phrase.head, "nominal", reason))
        if not actor.named and end > phrase.end:
            one = extended(self.layout, phrase.end, 1) if self.doc[phrase.end].lower_ == "of" else phrase.end
            if one < end:  # "critics | of Foo | in the Bar"
                actor.places.append(Place(start, one, phrase.head, "nominal", reason))
        for at in bare_starts(self.doc, phrase) if not actor.named or reason == "its fighters" else ():
            actor.places.append(Place(at, phrase.end, phrase.head, "nominal", reason))
        if (about := count_start(self.doc, start)) < start:
            actor.places.append(Place(about, end, phrase.head, "nominal", reason))
        for wide in whole_ends(self.layout, phrase) if not reason.startswith("called") else ():
            actor.places.append(Place(start, wide, phrase.head, "nominal", "with its clause"))
        if reason.startswith("called with") and phrase.determiner in OWNING:  # "its | Claude AI models"
            actor.places.append(Place(phrase.core, end, phrase.head, "nominal", reason))
        inner = self.layout.name_at[phrase.head - 1] if reason.startswith("called with") else -1
        if inner >= 0 and start < (begin := self.layout.names[inner].start):  # "the ruling | Foo party"
            actor.places.append(Place(begin, phrase.end, phrase.head, "nominal", reason))
        self.mind.actor_at[phrase.head] = actor
        self.mind.salience.add(actor, head, self.sentence[phrase.head])
        if noun.type == "PERSON":
            self._modifier(phrase.core, phrase.head)

    def _unknown(self, phrase: Phrase) -> None:
        """ "She was a figurehead": what is said of a person, in a noun that no table has."""
        half = self.mind.half(phrase)
        if half is not None:
            half.places.append(Place(phrase.start, phrase.end, phrase.head, "nominal", f"short for {half.name}"))
        if not is_somebody(self.layout, phrase):
            return
        actor = subject_of_copula(self.mind, phrase, _SOMEBODY)
        if actor is not None and actor.named:
            wide = after_role(self.layout, phrase)
            actor.places.append(Place(phrase.start, wide, phrase.head, "nominal", "predicate of its subject"))

    # ------------------------------------------------------------------ pronouns
    def _pronoun(self, token: Token) -> None:
        pronoun = PRONOUNS[token.lower_]
        sentence = self.sentence[token.i]
        if pronoun.person == 1:
            actor = self.mind.speaker(token.i)
            reason = "speaker of the quote"
            if actor is not None and pronoun.plural:
                actor, reason = self.mind.memory.employer(actor), "for whom the speaker speaks"
            if actor is None or actor.type not in (("ORG", "GPE") if pronoun.plural else ("PERSON",)):
                return
        else:
            if token.lower_ == "it" and is_empty_it(token, self.kids):
                return
            speaker = self.mind.speaker(token.i)
            told = self._subject_ahead(token) or (None if self.mind.is_quoted(token.i) else self._teller(token))
            if told is not None and told is not speaker and pronoun.factor(told) > 0:
                self._stands_for(token, told, f"{token.lower_}: the subject of the sentence")
                return
            role, apposed = self.role_at.get(token.head.i, (None, None))
            apposed = apposed if role is not None and role.start > role.name else None  # "Foo, its main rival"
            blocked = (*excluded(token, pronoun, self.mind), speaker, apposed)  # nobody calls himself "he"
            fitting = self.mind.salience.candidates(
                sentence, _PRONOUN, lambda a: 0.0 if a in blocked else pronoun.factor(a)
            )
            actor = self.resolve(token, pronoun, fitting, self.mind)
            reason = f"{token.lower_}: likeliest that fits"
            if actor is None:
                return
            if pronoun.gender in ("m", "f") and not actor.gender:
                actor.gender = pronoun.gender
        self._stands_for(token, actor, reason)

    def _stands_for(self, token: Token, actor: Actor, reason: str) -> None:
        actor.places.append(Place(token.i, token.i + 1, token.i, "pronoun", reason))
        self.mind.actor_at[token.i] = actor
        self.mind.salience.add(actor, token, self.sentence[token.i])

    def _subject_ahead(self, token: Token) -> Actor | None:
        """ "In its report, Foo said": a possessive in what opens the sentence means the name that is its subject."""
        if not token.dep_.startswith("nmod:poss"):
            return None
        at = token
        for _ in range(_DEEP):
            above = at.head
            if at.dep_.partition(":")[0] in ("obl", "advcl"):
                for child in self.kids[above.i]:
                    if child.dep_.startswith("nsubj") and child.i > token.i:
                        opens = not any(k.dep_.startswith("nsubj") and k.i < at.i for k in self.kids[above.i])
                        return self.mind.named_at(child.i) if opens and at.i < child.i else None
            if above.i == at.i:
                break
            at = above
        return None

    def _teller(self, token: Token) -> Actor | None:
        """ "Foo said he would": whoever speaks is meant by the subject of what he says."""
        clause = token.head  # "Foo claims to own it, and that it sells it", too
        told = clause.dep_ == "ccomp" or (
            clause.dep_ == "conj" and any(c.lower_ == "that" for c in self.kids[clause.i])
        )
        if not token.dep_.startswith("nsubj") or not told or clause.head.lemma_ not in speech_verbs():
            return None
        subject = next((c for c in self.kids[clause.head.i] if c.dep_ == "nsubj" and c.i < token.i), None)
        if subject is not None and subject.lower_ == "who":
            subject = clause.head.head  # "Foo, who told Bar he would"
        return self.mind.actor_with(subject.i) if subject is not None else None
