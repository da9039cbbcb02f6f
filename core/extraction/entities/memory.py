"""What a reader keeps in mind beside the names: who is whose kin, who makes what, whom the headline announced.

Some of it is told the wrong way round: a headline says "Foo executive leaves company", the text then names her; "its
products" come before their name. Such mentions wait here until the name has come.
"""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor, Place
from newsdash.core.extraction.entities.descriptions import is_called
from newsdash.core.extraction.entities.knowledge import called, group_words, narrower, wider
from spacy.tokens import Doc

_LEAD = 60  # tokens of a headline and the first sentence
_HEADLINE = 24  # tokens of the longest headline
_OPENING = 120  # tokens after the headline in which those are named whom it only describes
_NAMEABLE = frozenset({"company", "agency", "bank", "school", "museum", "party", "union", "hospital", "media"})
_NAMED = 150  # tokens after a body's description in which it is named
_VAGUE = frozenset({"group", "role", "human", "thing", "event", "happening"})  # kinds that most actors of a type have
_SHORT = 18  # tokens of the longest headline that ends in a full stop


class Memory:
    """The state of one article; every look-up is by actor number or role word."""

    def __init__(self) -> None:
        self._kin: dict[tuple[int, str], Actor] = {}  # possessor and relation -> relative
        self._of_whom: dict[tuple[int, str], Actor] = {}  # relative and "parent" or "spouse" -> whose relative it is
        self._employer: dict[int, Actor] = {}
        self._product: dict[int, Actor] = {}  # maker -> product that was last named as its own
        self._first_product: dict[int, Actor] = {}
        self._unmade: list[tuple[int, Place]] = []
        self._announced: dict[str, Actor] = {}  # role word -> unnamed actor of the headline
        self._described: list[Actor] = []  # bodies without a name in the first paragraph
        self._bodies: list[Actor] = []  # bodies told of in words that may be said of one with a name
        self._waiting: list[Actor] = []  # people and bodies told of by what they are, who may be named further on
        self._opening: list[tuple[int, Actor, bool]] = []  # who is told of in a sentence, and whether it begins so
        self._first: Actor | None = None  # the person whom the first sentences are about

    def named(self, actor: Actor, role: str, owner: Actor | None, around: frozenset[int]) -> None:
        """A role phrase stands beside a name: whoever was called so without a name is this one.

        ``around`` are the actors named in the phrase: the "Foo leader" of the headline is no "leader of Bar".
        """
        waiting = next((self._announced[word] for word in wider(role) if word in self._announced), None)
        if waiting is not None and waiting.around and around and not waiting.around & around:
            waiting = None
        if waiting is not None and waiting.same_as is None and waiting.type == actor.type:
            waiting.become(actor, f"{role}, named later")
        if owner is not None:
            role = wider(role)[-1]
            before = self._kin.get((owner.number, role))
            if before is not None and before.same_as is None and not before.named:
                before.become(actor, f"{role}, named later")
            self._kin[owner.number, role] = actor
            for relation in ("parent", "spouse", "adviser"):
                if role in group_words(relation):
                    self._of_whom[actor.number, relation] = owner

    def related(self, owner: Actor, role: str, actor: Actor) -> None:
        """ "his father": an actor without a name of its own; his dad is the same."""
        self._kin.setdefault((owner.number, wider(role)[-1]), actor)

    def relative(self, owner: Actor, role: str) -> Actor | None:
        """Who was called the owner's father before, or whose father the owner was called: "his son"."""
        found = self._kin.get((owner.number, wider(role)[-1]))
        for relation, back in (("parent", "child"), ("spouse", "spouse"), ("adviser", "client")):
            if found is None and role in group_words(back):
                found = self._of_whom.get((owner.number, relation))
        return None if found is None else found.known()

    def employ(self, person: Actor, organisation: Actor) -> None:
        """A person bears a role in an organisation."""
        self._employer[person.number] = organisation

    def employer(self, person: Actor) -> Actor | None:
        """For whom the person speaks; the organisation itself when it is quoted."""
        return person if person.type == "ORG" and person.named else self._employer.get(person.number)

    def made(self, owner: Actor, product: Actor) -> None:
        """The product is the owner's: "its Foo models"."""
        self._product[owner.number] = product
        self._first_product.setdefault(owner.number, product)

    def product(self, owner: Actor) -> Actor | None:
        """What "its models" means."""
        return self._product.get(owner.number)

    def unmade(self, owner: Actor, place: Place) -> None:
        """ "its products", before any product of the owner has a name."""
        self._unmade.append((owner.number, place))

    def begin_with(self, person: Actor) -> None:
        """The first person with a name whom the text says something of."""
        self._first = self._first or person

    def open_with(self, sentence: int, actor: Actor, *, opens: bool) -> None:
        """A sentence tells of somebody without a name, or begins so: "Foo's foreign minister says …"."""
        if self._opening and self._opening[0][0] != sentence:
            self._opening.clear()
        self._opening.append((sentence, actor, opens))

    def follow_with(self, sentence: int, named: Actor, *, opens: bool) -> None:
        """The next sentence is about a new name and nothing else: the one before is whose name it is.

        Where that began with somebody else, the name ``opens`` its sentence, and there is only one whose it may be.
        """
        told = [(a.known(), first) for at, a, first in self._opening if at + 1 == sentence and a.type == named.type]
        told = [(a, first) for a, first in told if not (a.around and named.around) or a.around & named.around]
        if named.roles:  # "a man was arrested", "a spokesman said" before "Judge Foo"
            told = [(a, f) for a, f in told if not a.roles & (group_words("spokesman") | group_words("anybody"))]
        if named.type == "ORG" and named.kinds:
            told = [(a, first) for a, first in told if a.kinds & (named.kinds | {"group"})]
        others = [a for a, _ in told] if opens and not self._announced else []  # the headline's comes first
        fitting = [a for a, first in told if first] or others
        if len(fitting) != 1 or fitting[0].named or {fitting[0].gender, named.gender} == {"m", "f"}:
            return
        named.roles |= fitting[0].roles
        named.kinds |= fitting[0].kinds if named.type == "ORG" else set()
        named.words |= fitting[0].words
        named.around |= fitting[0].around
        fitting[0].become(named, "named in the next sentence")

    def announce(self, role: str, actor: Actor) -> None:
        """An actor that the headline calls by a role."""
        self._announced.setdefault(role, actor)

    def announced(self, role: str, determiner: str, words: frozenset[str]) -> Actor | None:
        """Whom "a defector" in the text means, after "Foo defector" in the headline."""
        actor = self._announced.get(role)
        if actor is None or determiner not in ("a", "an"):
            return None
        return actor.known() if not words or not actor.words or words & actor.words else None

    def described(self, actor: Actor) -> None:
        """ "A federal appeals court" in the first paragraph: a body that may be named further on."""
        self._described.append(actor)

    def body(self, actor: Actor) -> None:
        """ "The U.S. space agency", "an international rights group": a body that may be named further on."""
        self._bodies.append(actor)

    def wait(self, actor: Actor) -> None:
        """ "A Danish steelmaker", "the business secretary": told of by what they are, before a name."""
        self._waiting.append(actor)

    def settle(self, named: list[Actor], headline: int) -> None:
        """At the end of the article: what waited for a name gets it."""
        seen = {a.number for a in named if a.places[0].start < headline}
        early = [a for a in named if headline <= a.places[0].start < headline + _OPENING and a.number not in seen]
        for role, actor in self._announced.items():
            if actor.same_as is None and len({p.head for p in actor.places}) == 1:
                whom = _only(actor, role, early)
                if whom is not None:
                    actor.become(whom, "the headline's, named later")
        for actor in self._described:
            told = {word.removesuffix("s") for word in actor.words - group_words("level")}
            nouns = {word for role in actor.roles for word in narrower(role)}
            fitting = [
                a for a in named if told and a.type == actor.type and told <= (of := _words_of(a)) and nouns & of
            ]
            if len(fitting) == 1 and actor.same_as is None:
                actor.become(fitting[0], "named later")
        well_known = [a for a in named if any(key in called() for key in a.keys)]
        for actor in self._bodies:
            fitting = [a for a in well_known if any(is_called(a, role, actor.words) for role in actor.roles)]
            if len(fitting) == 1 and actor.same_as is None and actor.places:
                actor.become(fitting[0], "named later")
        open_ = [a for a in self._announced.values() if a.type == "PERSON" and a.same_as is None]
        if len(open_) == 1 and self._first is not None and {open_[0].gender, self._first.gender} != {"m", "f"}:
            open_[0].become(self._first, "whom the headline is about")
        for actor in self._waiting:
            fitting = [a for a in named if _is_of(actor, a)] if actor.same_as is None and actor.places else []
            if len(fitting) == 1:
                actor.become(fitting[0], "named later")
        for owner, place in self._unmade:
            product = self._first_product.get(owner)
            if product is not None:
                product.places.append(
                    Place(place.start, place.end, place.head, "nominal", f"what the maker of {product.name} makes")
                )


def _only(actor: Actor, role: str, early: list[Actor]) -> Actor | None:
    """The one actor of the opening that a headline's "German museum" may be: by role, else by kind."""
    fitting = [a for a in early if a.type == actor.type and not a.plural and {a.gender, actor.gender} != {"m", "f"}]
    fitting = [a for a in fitting if not (actor.around and a.around) or actor.around & a.around]
    called = [a for a in fitting if a.roles & narrower(role)]
    alike = [a for a in fitting if a.kinds & actor.kinds - _VAGUE]
    found = called or alike
    return found[0] if len(found) == 1 else None


def _is_of(actor: Actor, other: Actor) -> bool:
    """Whether somebody without a name may be who is named further on: by role, a body by its kind."""
    start, named = actor.places[0].start, other.places[0].start
    if other.type != actor.type or other.plural or named < start or {actor.gender, other.gender} == {"m", "f"}:
        return False
    if actor.type == "PERSON":
        office = actor.roles & group_words("portfolio")
        same = actor.roles & other.roles - group_words("spokesman") - {"leader"}
        led = not other.around and bool(same & group_words("leader"))  # "the Foo president … President Bar"
        return bool(same) and (not office or actor.words <= other.words) and (led or actor.around <= other.around)
    if named > start + _NAMED or any(p.reason == "apposition" and p.start > named for p in other.places[:3]):
        return False
    unknown = not other.kinds and ("company" in actor.kinds or ("agency" in actor.kinds and other.name.isupper()))
    return unknown or bool(actor.kinds & other.kinds & _NAMEABLE)


def _words_of(actor: Actor) -> set[str]:
    return {word.removesuffix("s") for key in actor.keys for word in key.split()}


def lead_end(doc: Doc, headline: int) -> int:
    """Number of tokens of the headline and the first paragraph, at most ``_LEAD``."""
    for token in doc[headline + 1 : _LEAD]:
        if token.is_space and "\n" in token.text and doc[token.i - 1].text in (".", "!", "?", "”", '"'):
            return int(token.i)
    return min(len(doc), _LEAD)


def headline_end(doc: Doc) -> int:
    """Number of tokens of the headline: the first line, if it is short, or very short with a full stop; else 0."""
    for token in doc[: _HEADLINE + 1]:
        if token.is_space and "\n" in token.text:
            line = doc[: token.i]
            one = token.i <= _SHORT and not any(t.is_sent_start for t in line[1:])  # "Foo Sues Bar." is one, too
            return 0 if token.i == 0 or (line[-1].text in (".", "!", "?") and not one) else int(token.i)
    return 0
