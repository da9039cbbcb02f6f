"""Who holds a position and whom or what it is toward: from a noun phrase to its entity or its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from newsdash.core.extraction.lexicon import mapping, words
from newsdash.core.extraction.mentions import MentionIndex, index_mentions
from newsdash.core.extraction.stances.acts import doers, lemma_of, word_set
from newsdash.core.extraction.syntax import children, clause, core_phrase, full_phrase, subject, text_of
from newsdash.core.records import Entity, Quote, Span
from spacy.tokens import Doc, Token

_ACTOR_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "WORK_OF_ART"})  # magazines are works, too
_ABLE = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_EMPTY = word_set("empty")
_NUMBERS = frozenset({"all", "any", "both", "each", "many", "most", "none", "one", "some", "two", "three"})
_SELF = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_MAX_PHRASE = 90  # characters of a readable noun phrase
_MAX_GERUND = 110  # characters of a gerund clause that is still a readable target
_LIST_GAP = re.compile(r"\s*(?:\([^()]{1,20}\))?\s*(?:,|;|&|and|or|,\s*and)\s*(?:the\s+)?", re.IGNORECASE)
_AND = re.compile(r"\band\b|&", re.IGNORECASE)
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_JOINED = re.compile(r"(?:and|or|but)\s+(?=\S)", re.IGNORECASE)
_RELATIVE_END = re.compile(r",?\s+(?:who|which|that|whose)$", re.IGNORECASE)
_LONGEST_LIST = 400  # characters of a list of names
_MAX_MEMBERS = 12  # a joint actor with more members is a crowd and stays one holder


@dataclass(frozen=True)
class Party:
    """A holder or target: its entity, when it has one, and its words at start:end."""

    entity: str | None
    text: str
    start: int
    end: int
    proper: bool = True  # False: known only through its owner ("Anthropic's products" -> Anthropic)

    @property
    def key(self) -> str:
        """What two parties are compared by."""
        return self.entity or self.text.lower()


@dataclass(frozen=True)
class Unit:
    """One sentence (or coordinated clause) of a content: its predicate and its place."""

    root: Token
    span: Span


class Cast:
    """All who are mentioned in an article, for look-up by place."""

    def __init__(self, doc: Doc, entities: Sequence[Entity], quotes: Sequence[Quote]) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.index: MentionIndex = index_mentions(entities)
        self.by_id: dict[str, Entity] = {e.id: e for e in entities}
        self.tokens: tuple[Token, ...] = tuple(doc)  # a Doc makes its tokens anew each time it is walked
        starts = [t.i for t in self.tokens if t.is_sent_start or not t.i]
        self.sentences: list[tuple[int, int]] = list(pairwise([*starts, len(doc)]))
        self.sentence_at = [(start, end) for start, end in self.sentences for _ in range(start, end)]
        self.quote_at: list[int] = [-1] * len(doc)  # token -> the innermost quote it stands in
        self.quotes = quotes
        self.units: dict[tuple[Span, ...], tuple[Unit, ...]] = {}  # what ``units`` has found, by the spans of a quote
        self.cue_of: dict[int, list[Quote]] = {}  # where a reporting word begins -> its quotes, one for each speaker
        for quote in quotes:
            if quote.cue is not None:
                self.cue_of.setdefault(quote.cue[0], []).append(quote)
        self.outer: list[int] = [-1] * len(quotes)  # quote -> the quote around it
        order = sorted(range(len(quotes)), key=lambda i: quotes[i].start - quotes[i].end)
        for number in order:  # longest first, so that a quote in a quote overwrites its outer one
            for start, end in quotes[number].spans:
                span = doc.char_span(start, end, alignment_mode="contract")
                if span is not None and len(span):
                    self.outer[number] = self.quote_at[span.start]
                    self.quote_at[span.start : span.end] = [number] * len(span)

    def party(self, start: int, end: int, entity: str | None, *, proper: bool = True) -> Party:
        """A party whose words are the article's own, without what a tree leaves at its ends."""
        joined = _JOINED.match(self.text, start, end)
        start = joined.end() if joined is not None else start
        words = " ".join(self.text[start:end].split())
        return Party(entity, _RELATIVE_END.sub("", words), start, end, proper)

    def speaker(self, quote: Quote) -> Party | None:
        """Who is quoted, None when unknown."""
        if quote.speaker is None:
            return None
        return self.party(quote.speaker.start, quote.speaker.end, quote.speaker.entity)

    def speakers(self, quote: Quote) -> list[Party]:
        """The speaker, a joint speaker's members ("the signatories"), or all of a list ("A, B and C warned")."""
        whole = self.speaker(quote)
        if whole is None:
            return []
        members = self.expand(whole)
        if len(members) > 1:
            return members
        text = self.text
        listed: list[Party] = []
        for m, e in self.index.within(whole.start, whole.end):
            if m.kind == "name" and e.type in _ACTOR_TYPES and all(e.id != p.entity for p in listed):
                if listed and not _LIST_GAP.fullmatch(text[listed[-1].end : m.start]):
                    return members
                listed.append(self.party(m.start, m.end, e.id))
        return listed if len(listed) > 1 else [*self._listed_before(whole), *members]

    def spoken_by(self, cue: Token) -> list[Party]:
        """The speakers of the quote whose reporting word this is."""
        return [party for quote in self.cue_of.get(cue.idx, ()) for party in self.speakers(quote)]

    def around(self, number: int) -> Party | None:
        """The speaker of the quote around a quote."""
        outer = self.outer[number]
        return self.speaker(self.quotes[outer]) if outer >= 0 else None

    def voice(self, token: Token) -> Party | None:
        """The speaker of the innermost quote around the token."""
        number = self.quote_at[token.i]
        return self.speaker(self.quotes[number]) if number >= 0 else None

    def entity_of(self, head: Token) -> Entity | None:
        """The entity whose mention covers the head word: a name's, or a phrase's that has this head."""
        found = self.index.mention_at(head.idx)
        if found is None or found[0].kind != "nominal" or head.pos_ == "PROPN":
            return found[1] if found is not None else None
        span = self.doc.char_span(found[0].start, found[0].end, alignment_mode="expand")
        inside = span is None or span.root.i == head.i or head.dep_ in ("appos", "flat", "nmod:desc")
        return found[1] if inside else None  # "diesel" of "a campaign against diesel" is not the campaign

    def resolve(self, head: Token, *, owner: bool = False) -> Party | None:
        """The party a noun or pronoun stands for; None for words that refer to nothing we know.

        With ``owner`` a thing is also given the entity that owns it ("Anthropic's products").
        """
        head = _counted(antecedent(head))
        if head.lower_ in _SELF:
            return self.voice(head)
        if head.tag_ == "VB":
            return None
        entity = self.entity_of(head)
        if entity is not None:
            start, end = core_phrase(head) if has_name(entity) else _readable(head)
            maker = next(children(head, "nmod:poss"), None) if owner and entity.type == "PRODUCT" else None
            made_by = self.entity_of(maker) if maker is not None else None
            if made_by is None and owner and not has_name(entity) and entity.type not in _ABLE:
                made_by = self._owner(head)  # "the ministry's decision" is also a thing of its own
            if made_by is not None:
                return self.party(start, end, made_by.id, proper=False)
            if head.pos_ == "PRON":
                start, end = head.idx, head.idx + len(head)
            return self.party(start, end, entity.id)
        if head.pos_ in ("PRON", "ADP", "ADV", "PART", "AUX") or head.lower_ in _EMPTY or not head.text[:1].isalnum():
            return None
        if any(c.lower_ in ("what", "which", "whose") and c.dep_ in ("det", "nmod:poss") for c in head.children):
            return None  # "asked what sense it makes"
        if len(head) == 1:  # what brackets leave of a word: "[W]e"
            return None
        if head.lemma_.lower() in word_set("measures"):
            return None
        if head.pos_ == "VERB":  # "labelling a company a risk" is a thing, "accept" is none
            if head.tag_ != "VBG":
                return None
            end = clause(head)[1]
            if end - head.idx > _MAX_GERUND:
                return self.deed(head, next(children(head, "obj"), None))
            return self.party(head.idx, end, None)
        named = next((c for c in children(head, "appos") if c.pos_ == "PROPN"), None)
        if named is not None and head.pos_ == "NOUN":  # "the hashtag, #ArtForAll"
            known = self.entity_of(named)
            return self.party(*core_phrase(named), known.id if known is not None else None)
        start, end = _readable(head)
        if owner:
            found = self._owner(head)
            if found is not None:
                return self.party(start, end, found.id, proper=False)
        return self.party(start, end, None)

    def deed(self, verb: Token, thing: Token | None) -> Party:
        """An action as a target, in the article's words: "frame his friends"."""
        end = core_phrase(thing)[1] if thing is not None and thing.i > verb.i else verb.idx + len(verb)
        return self.party(verb.idx, end, None)

    def _owner(self, head: Token) -> Entity | None:
        """Whose thing it is: "X's decision", "the decision of X"."""
        possessor = next(children(head, "nmod:poss"), None)
        if possessor is not None:
            return self.entity_of(possessor)
        if head.lemma_.lower() not in word_set("works"):
            return None
        for child in children(head, "nmod"):
            if any(c.lower_ in ("of", "by", "from") for c in child.children if c.dep_ == "case"):
                entity = self.entity_of(child)
                if entity is not None and entity.type in ("PERSON", "ORG", "GPE", "NORP"):
                    return entity
        return None

    def holders(self, head: Token) -> list[Party]:
        """The actors a subject stands for: coordinated ones and the members of a joint actor one by one."""
        found: list[Party] = []
        head = author(antecedent(head))
        for one in (*coordinated(head), *examples(head)):
            party = self.actor(one)
            if party is not None:
                found.extend(self.expand(party))
        return [*self._listed_before(found[0]), *found] if len(found) == 1 else found

    def _listed_before(self, last: Party) -> list[Party]:
        """The names of a list that ends in a party, where the tree lost them: "A (short), B, and C warned"."""
        if last.entity is None:
            return []
        found: list[Party] = []
        at = last.start
        for m, e in reversed(self.index.within(max(0, last.start - _LONGEST_LIST), last.start)):
            gap = self.text[m.end : at]
            if m.kind != "name" or e.type not in _ACTOR_TYPES or m.end > at or not _LIST_GAP.fullmatch(gap):
                continue
            if not found and not _AND.search(gap):
                return []
            found.insert(0, self.party(m.start, m.end, e.id))
            at = m.start
        return found if len(found) > 1 else []  # "met A and B said" is no list

    def targets(self, head: Token) -> list[Party]:
        """The parties an object stands for; of "defectors including X and Y" X and Y."""
        named = [p for p in (self.resolve(t) for t in examples(head)) if p is not None and p.entity is not None]
        if named:
            return named
        heads = [t for t in coordinated(head) if t.i == head.i or self.entity_of(t) is not None]
        return [p for p in (self.resolve(t, owner=True) for t in heads) if p is not None]

    def beside(self, party: Party) -> list[Party]:
        """The other actors of a list that a party stands in: B and C for A of "A, B and C"."""
        span = self.doc.char_span(party.start, party.end, alignment_mode="expand")
        if party.entity is None or span is None:
            return []
        head = span.root
        first = head.head if head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN") else head
        found = (self.actor(t) for t in coordinated(first) if t.i != head.i)
        return [p for p in found if p is not None and p.entity not in (None, party.entity)]

    def actor(self, head: Token) -> Party | None:
        """The party, if it is one that can hold a position."""
        head = antecedent(head)
        party = self.resolve(head)
        if party is None:
            return None
        if party.entity is not None:
            entity = self.by_id[party.entity]
            return party if entity.type in _ACTOR_TYPES or entity.members else None
        if head.lemma_.lower() in doers() or head.tag_ in ("NNP", "NNPS"):
            body = self._body(head)
            return self.party(party.start, party.end, body.id) if body is not None else party
        if head.lemma_.lower() in word_set("shares"):  # "a quarter of citizens"
            crowd = next(children(head, "nmod"), None)
            return party if crowd is not None and self.actor(crowd) is not None else None
        return None

    def _body(self, head: Token) -> Entity | None:
        """ "Scientology officials" speak for Scientology, "White House sources" do not."""
        if head.lemma_.lower() not in _VOICES:
            return None
        for child in children(head, "compound", "nmod:poss", "amod", "nmod"):
            entity = self.entity_of(child)
            if entity is not None and entity.type in ("ORG", "GPE"):
                return entity
        return None

    def is_somebody(self, party: Party) -> bool:
        """Whether a party is a known actor, not a thing that speaks for others ("a petition")."""
        entity = self.by_id.get(party.entity or "")
        return entity is not None and (entity.type in _ABLE or has_name(entity))

    def speaks_for(self, speaker: Party, body: Party) -> bool:
        """Whether a person's role names the body: "Malaysia's prime minister", "a spokesman for the company"."""
        person, of = self.by_id.get(speaker.entity or ""), self.by_id.get(body.entity or "")
        if person is None or of is None or person.type != "PERSON" or of.type not in ("ORG", "GPE") or not body.proper:
            return False
        roles = [role for role in (person.role, *person.aliases) if role and role != person.name]
        return any(_names(role, name) for role in roles for name in of.aliases)

    def may_speak_for(self, speaker: Party, body: Party) -> bool:
        """Whether a person has an office of the body, or one that names no other: "the prime minister"."""
        person, of = self.by_id.get(speaker.entity or ""), self.by_id.get(body.entity or "")
        if person is None or of is None or person.type != "PERSON" or of.type not in ("ORG", "GPE"):
            return False
        if self.speaks_for(speaker, body):
            return True
        words = set(_WORD.findall(person.role or ""))
        others = (found for word in words for found in self.bodies.get(word, ()) if found[1] != of.id)
        return bool(person.role) and not any(_names(str(person.role), name) for name, _ in others)

    @cached_property
    def bodies(self) -> dict[str, list[tuple[str, str]]]:
        """The names of organisations and places with their entities, by the first word of the name."""
        found: dict[str, list[tuple[str, str]]] = {}
        for e in self.by_id.values():
            for name in e.aliases if e.type in ("ORG", "GPE") else ():
                first = _WORD.search(_ARTICLE.sub("", name))
                if first is not None:
                    found.setdefault(first[0], []).append((name, e.id))
        return found

    def can_speak(self, party: Party) -> bool:
        """Whether a quote's speaker is somebody, or a document or poll that speaks for its authors."""
        span = self.doc.char_span(party.start, party.end, alignment_mode="expand")
        if party.entity is not None or span is None or not len(span):
            return True
        head = span.root
        known = head.lemma_.lower() in doers() or head.lemma_.lower() in mapping("quote_nouns")
        return known or head.pos_ in ("PRON", "PROPN") or head.tag_ in ("NNP", "NNPS")

    def expand(self, party: Party) -> list[Party]:
        """The members of a joint actor, or the party itself."""
        entity = self.by_id.get(party.entity or "")
        if entity is None or not entity.members or len(entity.members) > _MAX_MEMBERS:
            return self._named_after(party) or [party]
        return [Party(member, party.text, party.start, party.end) for member in entity.members]

    def _named_after(self, party: Party) -> list[Party]:
        """The names that tell who several are: A and B of "two lawmakers, A and B"."""
        span = self.doc.char_span(party.start, party.end, alignment_mode="expand")
        if span is None or span.root.tag_ not in ("NNS", "NNPS"):
            return []
        named = [name for first in children(span.root, "appos") for name in coordinated(first)]
        found = [(name, self.entity_of(name)) for name in named if name.i > span.root.i]
        actors = [(core_phrase(name), e.id) for name, e in found if e is not None and e.type in _ACTOR_TYPES]
        return [self.party(*place, name) for place, name in actors] if len(actors) == len(found) > 1 else []

    def mentioned(self, span: Span) -> list[tuple[int, int, Entity]]:
        """The entities mentioned inside a span, with their places, in text order; "I" and "we" are no names."""
        found = self.index.within(*span)
        return [(m.start, m.end, e) for m, e in found if m.kind != "pronoun" or m.text.lower() not in _SELF]


_VOICES = word_set("voices")


def _names(role: str, body: str) -> bool:
    """Whether a role phrase has the name of a body in it, as words of their own."""
    body = _ARTICLE.sub("", body)
    return len(body) > 1 and body in role and re.search(rf"\b{re.escape(body)}\b", role) is not None


def _counted(head: Token) -> Token:
    """What a word of number counts: X of "all of X", "one of X"."""
    if head.pos_ not in ("DET", "NUM", "PRON") or head.lower_ not in _NUMBERS:
        return head
    return next((c for c in children(head, "nmod") if any(t.lower_ == "of" for t in c.children)), head)


def _readable(head: Token) -> Span:
    """The whole phrase of a head, or its core where that would be long."""
    start, end = full_phrase(head)
    return (start, end) if end - start <= _MAX_PHRASE else core_phrase(head)


def has_name(entity: Entity) -> bool:
    """Whether an entity is called by a name, not only by what it is ("other countries")."""
    return any(m.kind == "name" for m in entity.mentions)


def antecedent(head: Token) -> Token:
    """A relative pronoun's noun; of an apposition ("surveillance, a scenario that …") the noun it explains."""
    for _ in range(3):
        if head.lower_ in _RELATIVE and head.pos_ in ("PRON", "SCONJ", "DET"):
            clause = next((t for t in head.ancestors if t.dep_ in ("acl:relcl", "acl")), None)
            if clause is None or clause.head.i == clause.i:
                return head
            head = _named_before(head) or clause.head
        elif head.dep_ == "appos" and head.lemma_.lower() in _EXPLAINS:
            head = head.head
        else:
            return head
    return head


def _named_before(relative: Token) -> Token | None:
    """The name that ends right before ", which": nearer than what the tree may hang the clause on."""
    if relative.i < 2 or relative.nbor(-1).text != "," or relative.nbor(-2).pos_ != "PROPN":
        return None
    name = relative.nbor(-2)
    while name.dep_ in ("flat", "compound") and name.head.pos_ == "PROPN" and name.head.i != name.i:
        name = name.head
    return name


_EXPLAINS = word_set("explains")


def examples(head: Token) -> Iterator[Token]:
    """The names in "…, including X and Y", "sites such as X"."""
    for child in head.children:
        if child.i > head.i and any(c.lower_ in ("including", "such") for c in child.children if c.i < child.i):
            yield from coordinated(child)


def author(head: Token) -> Token:
    """Of a document ("launched a petition asking …", "a letter by X") who wrote or started it, else the head."""
    if head.lemma_.lower() not in word_set("documents") or head.pos_ != "NOUN":
        return head
    for child in head.children:
        if child.dep_ == "nmod:poss" or any(c.lower_ in ("by", "from") for c in child.children if c.dep_ == "case"):
            return child
    if head.dep_ in ("obj", "obl", "nsubj:pass") and lemma_of(head.head) in words("writing_verbs"):
        return subject(head.head) or head
    return next((c for c in head.children if c.dep_ == "nmod" and c.pos_ == "PROPN"), head)  # "an article in the Times"


def coordinated(head: Token) -> Iterator[Token]:
    """The head and the nouns coordinated with it, in text order."""
    yield head
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON"):
            yield child
            yield from (c for c in child.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "PRON"))
