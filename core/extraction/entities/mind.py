"""What the reader has in mind at a place in the text: the state that names, phrases and pronouns are read with."""

from __future__ import annotations

import re

from newsdash.core.extraction.entities.actors import Actor
from newsdash.core.extraction.entities.camps import Camps
from newsdash.core.extraction.entities.groups import Groups
from newsdash.core.extraction.entities.knowledge import group_words, known_names, lemma_of, plain, same_people
from newsdash.core.extraction.entities.memory import Memory, headline_end, lead_end
from newsdash.core.extraction.entities.naming import Naming
from newsdash.core.extraction.entities.phrases import OWNING, Phrase, is_plural
from newsdash.core.extraction.entities.pronouns import quoted_speakers
from newsdash.core.extraction.entities.roles import Layout, extended
from newsdash.core.extraction.entities.salience import Salience
from newsdash.core.extraction.entities.wholes import clause_end

BODIES = frozenset({"military", "police", "parliament"})  # kinds of institutions of which a state has one
_NEAR = 8  # tokens of a clause that are looked at for whom it tells of
_UNOWNED = re.compile(r"^[@#]\S+ ")


class Mind:
    """The state of one pass over one article."""

    def __init__(self, layout: Layout, naming: Naming) -> None:
        self.layout, self.doc, self.naming = layout, layout.doc, naming
        self.sentence, self.kids = layout.sentence, layout.kids
        self.salience = Salience()
        self.groups = Groups(layout, naming, self.salience)
        self.camps = Camps(layout, naming)
        self.memory = Memory()
        self._speakers = quoted_speakers(layout.doc, layout)
        self.headline = headline_end(layout.doc)
        self.lead = lead_end(layout.doc, self.headline)
        self.things: dict[str, list[Actor]] = {}  # head noun -> unnamed things introduced with it
        self.by_words: dict[str, Actor] = {}
        self.groups_of: dict[str, list[Actor]] = {}  # noun -> groups of people that were described with it
        self.by_middle = _middles(naming.actors)
        self.countries = [a for a in naming.actors if a.places and "country" in a.kinds]
        self.bodies: dict[str, list[Actor]] = {}  # kind -> armies, police forces, parliaments with a name
        for actor in naming.actors:
            for kind in actor.kinds & BODIES if actor.type == "ORG" and actor.places else ():
                self.bodies.setdefault(kind, []).append(actor)
        self.by_role = _only_bearers(naming.actors)  # role or head noun -> named actor it was last said of
        self.actor_at: dict[int, Actor] = {}  # head token -> actor of the phrase
        self.breaks = [at for at, word in enumerate(layout.words) if "\n" in word]

    def actor_with(self, at: int) -> Actor | None:
        """The actor that the token at ``at`` belongs to, as far as the text has been read."""
        named = self.named_at(at)
        if named is not None:
            return named
        found = self.actor_at.get(at)
        return None if found is None else found.known()

    def is_quoted(self, at: int) -> bool:
        """The token stands in a quotation whose speaker is known."""
        return at in self._speakers

    def speaker(self, at: int) -> Actor | None:
        """Who says the token, inside quotation marks."""
        return self.actor_with(self._speakers[at]) if at in self._speakers else None

    def named_at(self, at: int) -> Actor | None:
        """The actor whose name the token at ``at`` is part of."""
        number = self.layout.name_at[at]
        return self.naming.of_name.get(self.layout.names[number].start) if number >= 0 else None

    def is_country(self, at: int) -> bool:
        """The token belongs to the name of a country."""
        actor = self.named_at(at)
        return actor is not None and "country" in actor.kinds

    def is_of_other(self, body: Actor, country: Actor) -> bool:
        """The name of an institution has another country's name or adjective in it."""
        words = {word for key in body.keys for word in key.split()}
        known = [known_names().get(word) for word in sorted(words)]
        return any(k is not None and k.kind == "country" and plain(k.name) not in country.keys for k in known)

    def owner(self, phrase: Phrase) -> Actor | None:
        """Who owns what the phrase names: the possessor's actor or the possessive pronoun's."""
        if phrase.possessor is not None:
            return self.actor_with(self.layout.phrases[phrase.possessor].head)
        return self.actor_with(phrase.core - 1) if phrase.determiner in OWNING else None

    def served(self, phrase: Phrase) -> Actor | None:
        """Whose the phrase's person is: its owner, or the person named right after, "a lawyer for Foo"."""
        owner, at = self.owner(phrase), phrase.end + 1
        if owner is None and at < len(self.doc) and self.doc[phrase.end].lower_ in ("of", "for", "to"):
            named = self.named_at(at)
            return named if named is not None and named.type == "PERSON" else None
        return owner

    def around(self, phrase: Phrase, clause: bool = False) -> frozenset[int]:
        """Numbers of the actors named in a phrase, in what follows on it, and of its owner: "Foo's treaty with Bar".

        With ``clause`` also of those named in its clause: "a video featuring Foo".
        """
        end = extended(self.layout, phrase.end, 2)
        if clause:
            end = min(clause_end(self.layout, phrase, end), end + _NEAR)
        found = [self.named_at(at) for at in range(phrase.start, end)]
        return frozenset(actor.number for actor in (*found, self.owner(phrase)) if actor is not None)

    def half(self, phrase: Phrase) -> Actor | None:
        """ "The north", "the south side" in an article about one country of such a name."""
        word = self.doc[phrase.core].lower_
        if phrase.determiner != "the" or word not in group_words("half") or phrase.head - phrase.core > 1:
            return None
        if phrase.head > phrase.core and self.doc[phrase.head].lower_ != "side":
            return None
        if phrase.end < len(self.doc) and self.doc[phrase.end].lower_ == "of":
            return None
        countries = [a for a in self.countries if a.name.casefold().startswith(word + " ")]
        return countries[0] if len(countries) == 1 else None

    def only_group(self, phrase: Phrase, lemma: str) -> Actor | None:
        """ "Users" after "Foo users", where nobody else was called so."""
        groups = [group for noun in sorted(same_people(lemma)) for group in self.groups_of.get(noun, [])]
        told = extended(self.layout, phrase.end, 1) > phrase.end or self.groups.counted(phrase.start) < phrase.start
        if len(groups) != 1 or lemma in group_words("anybody") or told:
            return None
        return None if clause_end(self.layout, phrase, phrase.end) > phrase.end else groups[0].known()

    def same(self, phrase: Phrase) -> Actor | None:
        """The actor that was described in the same words; "its contractors" may be the contractors told of before."""
        words = self.words(phrase)
        owned = phrase.determiner in OWNING
        return self.by_words.get(words) or (self.by_words.get(_UNOWNED.sub("", words)) if owned else None)

    def words(self, phrase: Phrase) -> str:
        """The phrase without determiner, quantity and number: equal for two descriptions of the same."""
        small = group_words("quantity")
        begin = phrase.start if phrase.possessor is not None else phrase.core
        owner = self.owner(phrase) if phrase.determiner in OWNING else None
        parts = (
            []
            if phrase.determiner not in OWNING
            else [f"#{owner.number}" if owner is not None else f"@{phrase.determiner}"]
        )
        for token in self.doc[begin : phrase.end]:
            actor = self.named_at(token.i)
            if actor is not None:  # "the U.N. headquarters" and "the United Nations headquarters"
                parts += [f"#{actor.number}"] if parts[-1:] != [f"#{actor.number}"] else []
            elif token.tag_ == "CD" and token.dep_ == "nummod" and is_plural(self.doc[phrase.head]):
                continue
            elif token.lower_ not in small and not token.is_punct and token.tag_ != "POS":
                parts.append(token.lower_)
        head = self.doc[phrase.head]
        alike = same_people(lemma_of(head)) if is_plural(head) else ()
        if len(alike) > 1 and len(parts) > 1 and all(part.startswith("#") for part in parts[:-1]):
            parts[-1] = min(alike)  # "Foo troops" are the "Foo forces"
        if is_plural(head):  # "voters told to leave" are not "voters found dead", nor club members council members
            anybody = lemma_of(head) in group_words("anybody")
            wide = extended(self.layout, phrase.end, 1) if anybody else phrase.end
            more = phrase.end < len(self.doc) and self.doc[phrase.end].text == ","  # "the voters, who …": all of them
            wide = wide if more else max(wide, clause_end(self.layout, phrase, wide))
            parts += [t.lower_ for t in self.doc[phrase.end : wide]]
        return " ".join(parts)


def _middles(actors: list[Actor]) -> dict[str, Actor]:
    """ "court of appeals" -> the one body that has these words in its name: "U.S. Court of Appeals for …"."""
    found: dict[str, Actor | None] = {}
    for actor in actors:
        words = [key.split() for key in sorted(actor.keys)] if actor.places and actor.type == "ORG" else []
        for middle in {" ".join(w[at - 1 : at + 2]) for w in words for at in range(1, len(w) - 1) if w[at] == "of"}:
            found[middle] = None if middle in found else actor
    return {middle: actor for middle, actor in found.items() if actor is not None}


def _only_bearers(actors: list[Actor]) -> dict[str, Actor]:
    """Words of names that one actor alone has: "election" in "Hong Kong legislative election"."""
    found: dict[str, Actor | None] = {}
    for actor in actors:
        if actor.places and "union" not in actor.kinds:  # a union of states is no trade union
            for word in actor.roles:
                found[word] = None if word in found else actor
    return {word: actor for word, actor in found.items() if actor is not None}
