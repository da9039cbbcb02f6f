"""Where somebody may take a position, and toward whom or what: what the judge (``judging``) chooses from.

An opening is a reading of the rules, or a place that they leave unread: a sentence of a quote, a verb whose subject is
a known actor, or a noun that names what he is for or against. Its options are the actors mentioned there and shortly
before, the main actors of the article, and things named beside the predicate, its complements and objects. Both are
told as numbers, for all openings of an article at once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np
from newsdash.core.extraction.stances.acts import SIDES, effects, noun_frames, word_set
from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.extraction.stances.network import NOUN_SIGN, VERB_SIGN, Floats, Ints, lexical
from newsdash.core.extraction.stances.parties import Cast, Party, antecedent, has_name
from newsdash.core.extraction.stances.propositions import with_particle
from newsdash.core.extraction.stances.sayings import lets, sayings
from newsdash.core.extraction.stances.slots import direct, preposition
from newsdash.core.extraction.stances.units import units
from newsdash.core.extraction.syntax import agent, clause, is_negated, is_passive, modals, subject, subtree
from newsdash.core.records import Act, Span
from spacy.attrs import DEP, HEAD, IDX, LOWER, POS
from spacy.symbols import PRON, PROPN
from spacy.tokens import Token

ACTS: tuple[Act, ...] = get_args(Act)
KINDS = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART")
DONE = "network done"  # the rule of an opening of what somebody does
RULES = (
    "quote", "cue", "verb", "noun", "adjective", "addressed", "clause", "condition", "wish", "ordered", "named",
    "purpose", "side", "silence", "announced", "asked", "network said", DONE,
)  # fmt: skip
DEPS = (
    "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "compound", "conj", "appos",
    "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "ROOT",
)  # fmt: skip
_NEAR = 2  # sentences before the opening's whose actors are options
_MAIN = 3  # actors of the whole article that always are
_NOUNS = frozenset({"NOUN", "PROPN"})
_SLOTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "xcomp", "ccomp"})
_INNER = _SLOTS | {"acl", "advcl", "conj"}
_PLAIN, _MUTUAL, _RANKS = word_set("plain"), word_set("mutual"), word_set("ranks")
_DEEP, _THINGS = 2, 3  # steps down from a predicate to the things named with it, and how many of them are options
_TELLING = frozenset({"ROOT", "conj", "parataxis", "acl:relcl", "advcl:relcl"})  # verbs elsewhere seldom take a side
_ASIDE = frozenset({"ccomp", "advcl", "acl", "xcomp"})  # where what is done to somebody or something is told in passing
ASIDE = f"{DONE} aside"  # the rule of such an opening, from few of which the judge has learned
_FIRST = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "no", "never", "neither", "nor", "without"})
_TRAITS, _KNOWN = 20, 8
AIMED, ACTOR = 0, _TRAITS  # traits of an option: the rules' own target, somebody or something that is known
_Found = tuple[Party, Span, Token]  # a holder, the words that may show his position, the word that takes it


@dataclass(frozen=True)
class Opening:
    """A holder and the words that may show his position; ``draft`` is the rules' reading, None where there is none."""

    holder: Party
    evidence: Span
    trigger: int
    rule: str
    draft: Draft | None = None


@dataclass(frozen=True)
class Told:
    """Openings as numbers. ``at`` [n, 5]: trigger, first and past-last word of the evidence, holder, cue (-1: none).

    ``row`` [n, width] says what rules and lexicons make of them, ``turned`` where the rules find the contrary of what
    the word says ("dropped its opposition"); option k is the party ``options[k]`` of the opening ``of[k]``, its head
    word ``head[k]``, and ``traits[k]`` what is known of it.
    """

    openings: tuple[Opening, ...]
    at: Ints
    row: Floats
    turned: tuple[bool, ...]
    options: tuple[Party, ...]
    of: Ints
    head: Ints
    traits: Floats


def openings(cast: Cast, drafts: Sequence[Draft]) -> Iterator[Opening]:
    """The drafts, then the places they leave unread. Who declines to comment takes no side there."""
    for draft in drafts:
        if draft.rule != "silence":
            yield Opening(draft.holder, draft.evidence, draft.trigger, draft.rule, draft)
    read = {(d.holder.key, cast.sentence_at[d.trigger][0]) for d in drafts}
    triggers = {(d.holder.key, d.trigger) for d in drafts}
    for holder, evidence, trigger in _said(cast):
        key = holder.key, cast.sentence_at[trigger.i][0]
        if key not in read:
            read.add(key)
            triggers.add((holder.key, trigger.i))
            yield Opening(holder, evidence, trigger.i, "network said")
    for holder, evidence, trigger in _done(cast, read, triggers):
        read.add((holder.key, cast.sentence_at[trigger.i][0]))
        triggers.add((holder.key, trigger.i))
        aside = trigger.dep_ in _ASIDE and not _is_deed(cast, trigger) and _due(trigger.head) != trigger
        yield Opening(holder, evidence, trigger.i, ASIDE if aside else DONE)
    for holder, evidence, trigger in _named(cast, triggers):
        yield Opening(holder, evidence, trigger.i, DONE)


def _said(cast: Cast) -> Iterator[_Found]:
    for saying in sayings(cast):
        for unit in units(cast, saying.quote) if saying.holders else ():
            for holder in saying.holders if not lets(unit.root) else ():
                yield holder, unit.span, unit.root


def _done(cast: Cast, read: Container[tuple[str, int]], triggers: set[tuple[str, int]]) -> Iterator[_Found]:
    """What known actors do; in clauses of other kinds and beside what is read only deeds."""
    for verb in cast.tokens:
        if verb.pos_ != "VERB":
            continue
        start, end = cast.sentence_at[verb.i]
        if verb.i > start and verb.text[:1].isupper():
            continue  # in headlines in title case verbs are often names
        telling, deed = verb.dep_ in _TELLING, _is_deed(cast, verb) or _is_aside(cast, verb)
        if not (telling or deed):
            continue
        due = _due(verb)
        doer = agent(verb) if is_passive(verb) and due is None else subject(verb)
        found = cast.index.mention_at(antecedent(doer).idx) if doer is not None else None
        if doer is None or found is None or (not deed and (found[1].id, start) in read):
            continue
        for holder in cast.holders(doer):
            if holder.entity is None:
                continue
            if telling and (holder.key, start) not in read:
                last = cast.tokens[end - 1]
                yield holder, (cast.tokens[start].idx, last.idx + len(last)), due or verb
            elif deed and not {(holder.key, verb.i), (holder.key, verb.head.i)} & triggers:
                yield holder, clause(verb), verb


def _named(cast: Cast, triggers: Container[tuple[str, int]]) -> Iterator[_Found]:
    """Nouns of a position whose holder is told though no rule tells toward whom."""
    for noun in cast.tokens:
        if noun.pos_ != "NOUN":
            continue
        lemma = noun.lemma_.lower()
        yield from _planned(cast, noun, triggers)
        if lemma in _RANKS and (who := _bearer(noun)) is not None:
            yield from ((h, clause(noun), noun) for h in cast.holders(who) if h.entity)
        known = lemma in noun_frames()
        for child in noun.children if known or lemma in _MUTUAL else ():
            by = preposition(child) if child.dep_ == "nmod" else None
            if (known and (child.dep_ == "nmod:poss" or by in ("by", "from"))) or by == "between":
                for holder in cast.holders(child):
                    if holder.entity is not None and (holder.key, noun.i) not in triggers:
                        yield holder, subtree(noun), noun


def _planned(cast: Cast, noun: Token, triggers: Container[tuple[str, int]]) -> Iterator[_Found]:
    """What somebody's plan or decision is to do: "Oslo's decision to close the mine", "a plan by Oslo to sell it"."""
    deed = next((c for c in noun.children if c.dep_ in ("acl", "advcl") and c.tag_ == "VB" and c.i > noun.i), None)
    if deed is None:
        return
    for child in noun.children:
        by = preposition(child) if child.dep_ == "nmod" else None
        known = child.dep_ in ("compound", "amod") and cast.entity_of(child) is not None  # "a government plan to …"
        for holder in cast.holders(child) if known or child.dep_ == "nmod:poss" or by in ("by", "from") else ():
            told = any((holder.key, word.i) in triggers for word in (noun, deed))
            if holder.entity is not None and not told:
                yield holder, (min(holder.start, noun.idx), clause(deed)[1]), deed


def _bearer(noun: Token) -> Token | None:
    """Who is or becomes what a noun says: "Oslo is an ally of Bergen"."""
    linked = noun.dep_ == "xcomp" or any(c.dep_ == "cop" for c in noun.children)
    return subject(noun) if linked and not is_negated(noun) else None


def _due(verb: Token) -> Token | None:
    """What the subject of a passive verb will do or is thought to do: "is expected to sign the law"."""
    return next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"), None) if is_passive(verb) else None


def _is_aside(cast: Cast, verb: Token) -> bool:
    """Whether a verb of a subordinate clause tells what somebody does to something, and nobody speaks there."""
    planned = verb.dep_ == "acl" and verb.tag_ == "VB"
    if verb.dep_ not in _ASIDE or planned or direct(verb) is None or modals(verb):
        return False
    number = cast.quote_at[verb.i]
    return number < 0 or bool(cast.quotes[number].kind != "direct")


def _is_deed(cast: Cast, verb: Token) -> bool:
    """Whether a verb tells what is done for or against somebody or something."""
    lemma, number = with_particle(verb), cast.quote_at[verb.i]
    if lemma not in effects() or lemma in _PLAIN or direct(verb) is None or modals(verb):
        return False
    return number < 0 or bool(cast.quotes[number].kind != "direct")  # what is said there is an opening of the speaker


class Scene:
    """The words and actors of one article, ready to be looked up by place."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        tokens, strings = cast.tokens, cast.doc.vocab.strings
        columns = cast.doc.to_array([IDX, HEAD, DEP, POS, LOWER]).astype(np.int64).T
        self.begins: list[int] = columns[0].tolist()
        self.heads = np.arange(len(tokens)) + columns[1]
        self.above: list[int] = self.heads.tolist()
        deps = {int(np.uint64(strings[dep]).astype(np.int64)): k for k, dep in enumerate(DEPS)}
        self.deps = np.array([deps.get(d, -1) for d in columns[2].tolist()], np.int64)
        self.nouns = np.stack([columns[3] == PRON, columns[3] == PROPN], 1).astype(np.float32)
        negations = [int(np.uint64(strings[word]).astype(np.int64)) for word in _NEGATIONS]
        negated = np.isin(columns[4], negations)[:, None]
        self.lexical = np.concatenate([lexical(cast.doc), negated.astype(np.float32)], 1)
        self.sentence = np.zeros(len(tokens), np.int64)
        for k, (start, end) in enumerate(cast.sentences):
            self.sentence[start:end] = k
        entities = list(cast.by_id.values())
        number = {e.id: k for k, e in enumerate(entities)}
        found = [
            (self.head_of(m.start, m.end), number[e.id], m)
            for m, e in cast.index.mentions
            if not (m.kind == "pronoun" and m.text.lower() in _FIRST)
        ]
        found.sort(key=lambda f: f[0])
        self.head = np.array([h for h, *_ in found], np.int64)
        self.entity = np.array([e for _, e, _ in found], np.int64)
        counts = np.bincount(self.entity, minlength=len(entities)) if found else np.zeros(len(entities))
        rank = np.empty(len(entities), np.int64)
        rank[np.argsort(-counts, kind="stable")] = np.arange(len(entities))
        self.ids, self.number = [e.id for e in entities], number
        self.parties = [Party(self.ids[e], m.text, m.start, m.end) for _, e, m in found]
        self.main = [np.flatnonzero(self.entity == k).tolist() for k in np.flatnonzero(rank < _MAIN)]
        self.kinds = np.zeros((len(entities) + 1, _KNOWN + len(KINDS)), np.float32)  # the last row: no entity
        for k, e in enumerate(entities):
            self.kinds[k, 0] = 1
            self.kinds[k, 1] = has_name(e)
            self.kinds[k, 2] = np.log1p(counts[k]) / 3
            self.kinds[k, 3] = rank[k] < _MAIN
            self.kinds[k, 4] = min(rank[k], 20) / 20
            self.kinds[k, _KNOWN:] = [e.type == kind for kind in KINDS]
        if found:
            self.kinds[self.entity[self.sentence[self.head] == 0], 5] = 1  # named in the headline

    def word(self, at: int) -> int:
        """The word that covers a character."""
        return max(bisect_right(self.begins, at) - 1, 0)

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The words of a span of characters; at least one."""
        first = self.word(start)
        return first, max(bisect_left(self.begins, end), first + 1)

    def head_of(self, start: int, end: int) -> int:
        """The head word of a span of characters: the last one whose head stands outside."""
        first, last = self.words(start, end)
        for i in range(last - 1, first, -1):
            head = self.above[i]
            if head == i or not first <= head < last:
                return i
        return first

    @cached_property
    def where(self) -> Ints:
        """The sentence of each mention."""
        return np.asarray(self.sentence[self.head], np.int64)

    def tell(self, found: Sequence[Opening]) -> Told:
        """All openings as numbers."""
        self._roles(found)
        at, rows, options, counts, head, entity = [], [], [], [], [], []
        for opening in found:
            place = self._place(opening)
            at.append(place)
            rows.append(self._row(opening, place))
            parties, heads, numbers = self._options(opening, place)
            options += parties
            counts.append(len(parties))
            head += heads
            entity += numbers
        targets = [o.draft.target if o.draft is not None else None for o in found]
        of = np.repeat(np.arange(len(found)), counts)
        aimed = [
            t is not None and p.key == t.key for p, t in zip(options, (targets[n] for n in of.tolist()), strict=True)
        ]
        places, heads_of = np.array(at, np.int64).reshape(-1, 5), np.array(head, np.int64)
        proper = np.array([t is not None and t.proper for t in targets], np.float32)
        first = np.concatenate([[0], np.cumsum(counts)[:-1]]) if counts else np.zeros(0)
        order = np.asarray(np.arange(len(of)) - first[of] if counts else np.zeros(0), np.float32)
        traits = self._traits(
            places[of], heads_of, np.array(entity, np.int64), np.array(aimed, np.float32), proper[of], order
        )
        row = (
            np.concatenate([self._words(places), np.array(rows, np.float32)], 1)
            if rows
            else np.zeros((0, 0), np.float32)
        )
        turned = tuple(self._turned(opening) for opening in found)
        return Told(tuple(found), places, row, turned, tuple(options), of, heads_of, traits)

    def _turned(self, opening: Opening) -> bool:
        draft = opening.draft
        if draft is None or not draft.sign:
            return False
        word = self.lexical[draft.trigger]
        return SIDES.get(draft.act, draft.sign) != draft.sign or -draft.sign in (word[VERB_SIGN], word[NOUN_SIGN])

    def _roles(self, found: Sequence[Opening]) -> None:
        """How often each actor holds positions, and how often the rules see him as a target."""
        for opening in found:
            target = opening.draft.target if opening.draft is not None else None
            for column, party in ((6, opening.holder), (7, target)):
                row = self.number.get(party.entity or "", -1) if party is not None else -1
                if row >= 0:
                    self.kinds[row, column] += 0.2

    def _place(self, opening: Opening) -> tuple[int, int, int, int, int]:
        number = self.cast.quote_at[opening.trigger]
        cue = self.cast.quotes[number].cue if number >= 0 else None
        first, last = self.words(*opening.evidence)
        holder = self.head_of(opening.holder.start, opening.holder.end)
        return opening.trigger, first, last, holder, self.head_of(*cue) if cue is not None else -1

    def _row(self, opening: Opening, place: tuple[int, int, int, int, int]) -> Floats:
        cast, draft = self.cast, opening.draft
        trigger, first, last, holder, _ = place
        number = cast.quote_at[trigger]
        quote = cast.quotes[number] if number >= 0 else None
        k = int(self.sentence[trigger])
        start, end = cast.sentences[k]
        word = cast.tokens[trigger]
        target = draft.target if draft is not None else None
        rule = np.zeros(len(RULES) + len(ACTS) + 3, np.float32)
        rule[_starts(opening.rule)] = 1
        if draft is not None:
            rule[len(RULES) + ACTS.index(draft.act)] = 1
            rule[len(RULES) + len(ACTS) + 1 + draft.sign] = 1
        flags = np.array(
            [
                draft is not None, quote is not None, quote is not None and quote.kind == "direct",
                quote is not None and quote.kind == "mixed", quote is not None and quote.kind == "indirect",
                quote is not None and quote.channel == "third party",
                quote is not None and quote.channel == "document",
                min(last - first, 60) / 40, min(end - start, 80) / 40, opening.holder.entity is not None,
                holder < trigger, start <= holder < end, k == 0, min(k, 20) / 20, target is not None,
                target is not None and target.entity is not None, draft is not None and bool(draft.doubts),
                draft is not None and draft.strong, cast.tokens[end - 1].text == "?", word.pos_ == "VERB",
                word.pos_ == "NOUN", word.pos_ == "ADJ", self._turned(opening),
            ],
            np.float32,
        )  # fmt: skip
        return np.concatenate([rule, flags])

    def _words(self, places: Ints) -> Floats:
        """What the lexicons say of the evidence of openings: mean, most and least of its words, and the trigger."""
        trigger, first, last = places.T[:3]
        edges = np.stack([first, last], 1).ravel()
        padded = np.concatenate([self.lexical, self.lexical[:1]])  # the last edge may be the end
        total, most, least = (by.reduceat(padded, edges)[::2] for by in (np.add, np.maximum, np.minimum))
        return np.concatenate(
            [total / (last - first)[:, None].astype(np.float32), most, least, self.lexical[trigger]], 1
        )

    def _options(
        self, opening: Opening, place: tuple[int, int, int, int, int]
    ) -> tuple[list[Party], list[int], list[int]]:
        cast = self.cast
        trigger, first, last, _, _ = place
        k = int(self.sentence[trigger])
        own = self.number.get(opening.holder.entity or "", -1)
        before, after = cast.sentences[max(0, k - _NEAR)][0], cast.sentences[k][1]
        low, high = (int(np.searchsorted(self.head, edge)) for edge in (before, after))
        earlier = [m[i - 1] for m in self.main if (i := bisect_left(m, low))]
        index = np.concatenate([np.arange(low, high), np.array(earlier, np.int64)])
        index = index[self.entity[index] != own]
        h = self.head[index]
        inside = (first <= h) & (h < last)
        order = np.lexsort((np.abs(h - trigger), ~inside, self.where[index] != k))
        index = index[order]
        _, nearest = np.unique(self.entity[index], return_index=True)
        index = index[np.sort(nearest)]
        parties = [self.parties[i] for i in index.tolist()]
        heads = self.head[index].tolist()
        rows = self.entity[index].tolist()
        known = {p.key for p in parties} | {opening.holder.key}
        target = opening.draft.target if opening.draft is not None else None
        head = self.head_of(target.start, target.end) if target is not None else -1
        if target is not None and target.key not in known and head in heads and target.entity is None:
            parties[heads.index(head)] = target
            known.add(target.key)
        elif target is not None and target.key not in known:
            parties.append(target)
            heads.append(head)
            rows.append(self.number.get(target.entity or "", len(self.ids)))
            known.add(target.key)
        taken = set(heads)
        for noun in _things(cast.tokens[trigger], taken):
            party = cast.resolve(noun) if cast.index.mention_at(noun.idx) is None else None
            if party is not None and party.entity is None and party.key not in known:
                parties.append(party)
                heads.append(noun.i)
                rows.append(len(self.ids))
                known.add(party.key)
        return parties, heads, rows

    def _traits(self, places: Ints, at: Ints, entity: Ints, aimed: Floats, proper: Floats, order: Floats) -> Floats:
        """What is known of the options at the words ``at`` of openings at ``places``."""
        trigger, first, last, holder, cue = places.T
        a = _TRAITS + _KNOWN + len(KINDS)
        out = np.zeros((len(at), a + 2 * len(DEPS)), np.float32)
        if not len(at):
            return out
        k = self.sentence[trigger] - self.sentence[at]
        above = self.heads[at]
        columns = (
            aimed, aimed * proper, k == 0, k == 1, k == 2, k > 2, (first <= at) & (at < last), at < trigger,
            np.minimum(np.abs(at - trigger), 30) / 30, above == trigger,
            (self.heads[above] == trigger) & (above != trigger), at == trigger, (above == cue) & (cue >= 0),
            above == holder, self.nouns[at, 0], self.nouns[at, 1], self.sentence[at] == 0, at < holder, order == 0,
            1 / (1 + order),
        )  # fmt: skip
        out[:, :_TRAITS] = np.stack(columns, 1)
        out[:, _TRAITS:a] = np.minimum(self.kinds[entity], 2)
        for column, deps in ((a, self.deps[at]), (a + len(DEPS), self.deps[above])):
            chosen = np.flatnonzero((k == 0) & (deps >= 0))
            out[chosen, column + deps[chosen]] = 1
        return out


def _things(trigger: Token, taken: Container[int]) -> Iterator[Token]:
    """The nouns of a predicate, then those of its complements and of its objects ("plans to halt the sale of arms")."""
    level, found = [trigger], 0
    if trigger.dep_ in ("acl", "acl:relcl") and trigger.head.pos_ == "NOUN":
        level.append(trigger.head)
        if trigger.head.i not in taken:
            yield trigger.head
    for depth in range(_DEEP):
        below = [c for t in level for c in t.children if c.dep_ in (_SLOTS if not depth else _INNER)]
        for child in below:
            if child.pos_ in _NOUNS and child.i not in taken and (not depth or found < _THINGS):
                found += 1
                yield child
        level = below


def _starts(rule: str) -> int:
    """The kind of a rule: the first that its name begins with."""
    return next((k for k, name in enumerate(RULES) if rule.startswith(name)), 0)
