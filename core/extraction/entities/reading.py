"""Reading on from the names: descriptions, groups and pronouns, in text order.

Each phrase and pronoun either joins an actor that the reader has in mind, or is a new one, or is nobody.
"""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor, Place
from newsdash.core.extraction.entities.knowledge import Head, group_words
from newsdash.core.extraction.entities.naming import Naming
from newsdash.core.extraction.entities.phrases import Phrase, is_plural
from newsdash.core.extraction.entities.pronouns import PRONOUNS, is_empty_it, quoted_speakers
from newsdash.core.extraction.entities.roles import Layout, Role, extended, is_former, noun_of
from newsdash.core.extraction.entities.salience import Salience
from spacy.tokens import Doc, Token

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_OWNING = frozenset({"its", "his", "her", "their", "my", "our", "your"})
_PAIRS = group_words("pair")
_SIGNERS = group_words("list")
_QUANTITY = group_words("quantity")
_DESCRIPTION_REACH, _PRONOUN_REACH, _JOINT_REACH = 30, 3, 3  # sentences looked back


class Reading:
    """The state of one pass over one article."""

    def __init__(self, layout: Layout, naming: Naming, roles: list[Role]) -> None:
        self.layout, self.doc, self.naming = layout, layout.doc, naming
        self.actors = naming.actors
        self.salience = Salience()
        self.sentence, self.kids = layout.sentence, layout.kids
        self.by_words: dict[str, Actor] = {}
        self.joints: dict[tuple[int, ...], Actor] = {}
        self.role_at: dict[int, tuple[Role, Actor]] = {}
        self.actor_at: dict[int, Actor] = {}  # head token -> actor of the phrase
        self.lists: list[tuple[int, list[Actor]]] = []  # coordinated names: sentence, actors
        for role in roles:
            actor = naming.of_name[role.name]
            self.role_at[role.head] = (role, actor)

    def run(self) -> None:
        """Read the whole article."""
        doc, layout = self.doc, self.layout
        ends = {phrase.head: number for number, phrase in enumerate(layout.phrases)}
        speakers = quoted_speakers(doc, layout)
        for token in doc:
            at = token.i
            number = layout.name_at[at]
            if number >= 0 and layout.names[number].start == at:
                self._name(number)
            if at in ends and (number < 0):
                self._phrase(layout.phrases[ends[at]])
            elif token.lower_ in PRONOUNS and token.pos_ in ("PRON", "DET") and number < 0:
                self._pronoun(token, speakers)

    # ------------------------------------------------------------------ names
    def _name(self, number: int) -> None:
        name = self.layout.names[number]
        actor = self.naming.of_name.get(name.start)
        if actor is None:
            return
        head = self.doc[name.end - 1]
        self.actor_at[name.end - 1] = actor
        self.salience.add(actor, name.start, name.end, _head(self.doc, name.start, name.end), self.sentence[head.i])
        self._listed(number, actor)

    def _listed(self, number: int, actor: Actor) -> None:
        """Remember names that stand in one list."""
        names = self.layout.names
        here = self.sentence[names[number].start]
        if number and self.lists and self.lists[-1][0] == here and self.lists[-1][1]:
            before = names[number - 1]
            between = [t.text for t in self.doc[before.end : names[number].start] if not t.is_space]
            if len(between) <= 8 and _is_listing(between):
                if self.lists[-1][1][-1].type == actor.type and actor not in self.lists[-1][1]:
                    self.lists[-1][1].append(actor)
                return
        self.lists.append((here, [actor]))
        del self.lists[:-12]

    # ------------------------------------------------------------------ phrases
    def _phrase(self, phrase: Phrase) -> None:
        doc, head = self.doc, self.doc[phrase.head]
        if phrase.head in self.role_at:
            role, actor = self.role_at[phrase.head]
            self._role(role, actor)
            return
        noun = noun_of(doc, phrase.head)
        if noun is None:
            return
        if self.layout.name_at[phrase.end - 1] >= 0:
            return
        predicated = self._subject_of_copula(phrase, noun)
        if predicated is not None:
            self._join(predicated, phrase, "predicate of its subject")
            predicated.roles.add(_lemma(head))
            return
        described, reason = self._describe(phrase, noun)
        if described is None:
            described, reason = self._new_nominal(phrase, noun), "first mention"
        if described is not None:
            self._join(described, phrase, reason)

    def _role(self, role: Role, actor: Actor) -> None:
        doc = self.doc
        lemma = _lemma(doc[role.head])
        actor.roles.add("former " + lemma if is_former(doc, role.start, role.head) else lemma)
        noun = noun_of(doc, role.head)
        if noun is not None and noun.gender and not actor.gender and actor.type == "PERSON":
            actor.gender = noun.gender
        if noun is not None and actor.type != "PERSON":
            actor.kinds.add(noun.kind)
        actor.places.append(Place(role.start, role.end, role.head, "nominal", role.reason))
        self.actor_at[role.head] = actor

    def _join(self, actor: Actor, phrase: Phrase, reason: str) -> None:
        start, end = phrase.start, phrase.end
        if not actor.named and reason == "first mention":
            end = extended(self.layout, phrase.end, 2)
        actor.places.append(Place(start, end, phrase.head, "nominal", reason))
        self.actor_at[phrase.head] = actor
        self.salience.add(actor, start, phrase.end, self.doc[phrase.head], self.sentence[phrase.head])

    def _subject_of_copula(self, phrase: Phrase, noun: Head) -> Actor | None:
        """The actor of which a phrase is said to be ("it became the first AI provider")."""
        head = self.doc[phrase.head]
        verb = head if any(c.dep_ == "cop" for c in self.kids[head.i]) else head.head
        if verb is not head and not (verb.lemma_ in ("become", "remain") and head.dep_ in ("xcomp", "obj")):
            return None
        for child in self.kids[verb.i]:
            if child.dep_ == "nsubj" and child.i < phrase.start:
                actor = self._actor_with(child.i)
                if (
                    actor is not None
                    and _same_sort(actor, noun)
                    and actor.plural == is_plural(head)
                    and not _negated(self.kids[verb.i])
                ):
                    return actor
        return None

    def _describe(self, phrase: Phrase, noun: Head) -> tuple[Actor | None, str]:
        """The actor in mind that a definite phrase describes."""
        doc, head = self.doc, self.doc[phrase.head]
        lemma, sentence = _lemma(head), self.sentence[phrase.head]
        words = _words(doc, phrase)
        definite = phrase.determiner in _DEFINITE or (
            phrase.determiner == "" and head.text[:1].isupper() and lemma in ("president",)
        )
        plural = is_plural(head)
        if phrase.determiner == "both" or (definite and doc[phrase.core].lower_ in ("two", "both") and plural):
            joint = self._joint_of_two(phrase, noun, sentence) if lemma in _PAIRS else None
            if joint is not None:
                return joint, "the two in mind"
        if plural and definite and lemma in _SIGNERS:
            joint = self._joint_of_list(phrase, noun, sentence)
            if joint is not None:
                return joint, "those listed before"
        same = self.by_words.get(words)
        if same is not None and (definite or plural or phrase.determiner in ("", "all")):
            return same, "same description"
        owner = self._owner(phrase)
        if phrase.determiner in _OWNING or phrase.possessor is not None:
            if noun.type == "PERSON" and noun.flag == "role" and owner is not None:
                found = self.salience.best(
                    sentence,
                    _DESCRIPTION_REACH,
                    lambda a: float(a is not owner and a.type == "PERSON" and lemma in a.roles),
                )
                return found, f"role of {found.name}" if found is not None else ""
            return None, ""
        if not definite or plural:
            return None, ""
        return self._definite(phrase, noun, lemma, sentence)

    def _definite(self, phrase: Phrase, noun: Head, lemma: str, sentence: int) -> tuple[Actor | None, str]:
        doc = self.doc
        called = self.salience.best(
            sentence, _DESCRIPTION_REACH, lambda a: float(lemma in a.roles and a.type == noun.type and not a.plural)
        )
        narrowed = phrase.end < len(doc) and (
            doc[phrase.end].tag_ in ("WP", "WDT") or doc[phrase.end].lower_ in ("of", "from", "with")
        )
        if called is not None and not narrowed:
            return called, f"called {lemma} before"
        if narrowed:
            return None, ""
        if noun.type == "PERSON":
            if noun.flag in ("role", "kin") or noun.kind == "people":
                return None, ""
            reach = 6
            found = self.salience.best(sentence, reach, lambda a: _person_factor(a, noun.gender))
        elif noun.type == "ORG":
            found = self.salience.best(sentence, _DESCRIPTION_REACH, lambda a: _org_factor(a, noun, lemma))
        elif noun.type == "GPE":
            found = self.salience.best(sentence, _DESCRIPTION_REACH, lambda a: _gpe_factor(a, noun))
        else:
            return None, ""
        if found is None:
            return None, ""
        if noun.type == "PERSON" and noun.gender and not found.gender:
            found.gender = noun.gender
        return found, f"the {noun.kind if noun.type != 'PERSON' else 'person'} in mind"

    def _owner(self, phrase: Phrase) -> Actor | None:
        if phrase.possessor is not None:
            return self.actor_at.get(self.layout.phrases[phrase.possessor].head)
        if phrase.determiner in _OWNING:
            return self.actor_at.get(phrase.core - 1)
        return None

    def _joint_of_two(self, phrase: Phrase, noun: Head, sentence: int) -> Actor | None:
        """The two most salient actors of a fitting sort as one joint actor."""
        wanted = {"country": ("GPE",), "company": ("ORG",), "government": ("GPE", "ORG")}.get(noun.kind, ("ORG", "GPE"))
        if noun.type == "PERSON":
            wanted = ("PERSON",)
        one = self.salience.best(sentence, _JOINT_REACH, lambda a: float(a.type in wanted and not a.plural))
        if one is None:
            return None
        two = self.salience.best(
            sentence, _JOINT_REACH, lambda a: float(a is not one and a.type in wanted and not a.plural)
        )
        if two is None:
            return None
        members = tuple(sorted((one.number, two.number)))
        return self._joint(members, phrase)

    def _joint_of_list(self, phrase: Phrase, noun: Head, sentence: int) -> Actor | None:
        wanted: tuple[str, ...] = ("ORG", "GPE") if noun.type != "PERSON" or noun.kind == "group" else ("PERSON",)
        if _lemma(self.doc[phrase.head]) == "signatory":
            wanted = ("ORG", "GPE", "PERSON")
        for where, actors in reversed(self.lists):
            if sentence - where > _JOINT_REACH:
                break
            if len(actors) > 1 and actors[0].type in wanted:
                return self._joint(tuple(sorted(a.number for a in actors)), phrase)
        return None

    def _joint(self, members: tuple[int, ...], phrase: Phrase) -> Actor:
        if members in self.joints:
            return self.joints[members]
        types = [self.actors[m].type for m in members]
        joint = Actor(
            len(self.actors), max(sorted(set(types)), key=types.count), self.doc[phrase.start : phrase.end].text
        )
        joint.named, joint.plural, joint.members = False, True, members
        self.actors.append(joint)
        self.joints[members] = joint
        return joint

    def _new_nominal(self, phrase: Phrase, noun: Head) -> Actor | None:
        """An actor without a name: people and organisations that act or are acted on."""
        head = self.doc[phrase.head]
        if noun.type not in ("PERSON", "ORG") or not _takes_part(head, self.kids):
            return None
        words = _words(self.doc, phrase)
        actor = Actor(len(self.actors), noun.type, self.doc[phrase.start : phrase.end].text)
        actor.named, actor.plural, actor.gender = False, is_plural(head) or noun.kind == "people", noun.gender
        actor.roles.add(_lemma(head))
        actor.kinds.add(noun.kind)
        self.actors.append(actor)
        if noun.flag != "kin":
            self.by_words.setdefault(words, actor)
        return actor

    # ------------------------------------------------------------------ pronouns
    def _pronoun(self, token: Token, speakers: dict[int, int]) -> None:
        pronoun = PRONOUNS[token.lower_]
        sentence = self.sentence[token.i]
        actor: Actor | None
        if pronoun.person == 1:
            if pronoun.plural or token.i not in speakers:
                return
            number = self.layout.name_at[speakers[token.i]]
            actor = (
                self.naming.of_name.get(self.layout.names[number].start)
                if number >= 0
                else self.actor_at.get(speakers[token.i])
            )
            if actor is None or actor.type != "PERSON":
                return
            reason = "speaker of the quote"
        else:
            if token.lower_ == "it" and is_empty_it(token, self.kids):
                return
            blocked = self._blocked(token, pronoun.reflexive)
            actor = self.salience.best(sentence, _PRONOUN_REACH, lambda a: 0.0 if a is blocked else pronoun.factor(a))
            reason = f"{token.lower_}: nearest that fits"
            if actor is None:
                return
            if pronoun.gender and not actor.gender and actor.type == "PERSON":
                actor.gender = pronoun.gender
        actor.places.append(Place(token.i, token.i + 1, token.i, "pronoun", reason))
        self.actor_at[token.i] = actor
        self.salience.add(actor, token.i, token.i + 1, token, sentence)

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
        return self.actor_at.get(at)


def _head(doc: Doc, start: int, end: int) -> Token:
    """The token of a span whose head lies outside."""
    for token in doc[start:end]:
        if token.head.i < start or token.head.i >= end or token.head.i == token.i:
            return token
    return doc[end - 1]


def _lemma(token: Token) -> str:
    return str(token.lemma_).lower()


def _words(doc: Doc, phrase: Phrase) -> str:
    """The phrase without determiner and quantity, for telling that two descriptions are the same."""
    return " ".join(t.lower_ for t in doc[phrase.core : phrase.end] if t.lower_ not in _QUANTITY and not t.is_punct)


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


def _negated(kids: list[Token]) -> bool:
    return any(c.lower_ in ("not", "n't", "n’t", "never") for c in kids)


def _same_sort(actor: Actor, noun: Head) -> bool:
    return actor.type == noun.type or (actor.type == "PRODUCT" and noun.type == "ORG" and noun.kind == "company")


def _person_factor(actor: Actor, gender: str) -> float:
    if actor.type != "PERSON" or actor.plural or (gender and actor.gender and actor.gender != gender):
        return 0.0
    return 1.0


def _org_factor(actor: Actor, noun: Head, lemma: str) -> float:
    """Whether "the company" or "the agency" may be this organisation."""
    if actor.type != "ORG" or actor.plural:
        return 0.0
    if noun.kind in actor.kinds:
        return 2.0
    if noun.kind in ("company", "media"):
        return 1.0 if not actor.kinds or actor.kinds <= {"company", "media"} else 0.0
    if noun.kind == "group" and lemma in (
        "organization",
        "organisation",
        "group",
        "body",
        "institution",
        "association",
    ):
        return 1.0 if not actor.kinds & {"government", "court", "parliament", "military"} else 0.0
    if noun.kind == "agency" and lemma == "agency":
        return 1.0 if actor.kinds & {"government", "union", "media"} else 0.0
    return 0.0


def _gpe_factor(actor: Actor, noun: Head) -> float:
    if actor.type != "GPE" or actor.plural:
        return 0.0
    country = "country" in actor.kinds
    return float(country == (noun.kind == "country"))


def _takes_part(head: Token, kids: list[list[Token]]) -> bool:
    """Whether a phrase stands where somebody acts or is acted on."""
    token = head
    for _ in range(4):
        if token.dep_ != "conj":
            break
        token = token.head
    dep = token.dep_.partition(":")[0]
    if dep in ("nsubj", "obj", "iobj") or token.dep_ == "obl:agent" or token.dep_ == "ROOT":
        return True
    if dep in ("obl", "nmod"):
        return any(c.dep_ == "case" and c.lower_ in ("by", "to", "with", "from", "against") for c in kids[token.i])
    return False
