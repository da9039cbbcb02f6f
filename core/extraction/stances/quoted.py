"""Positions in what somebody says: the reporting word and the content of each quoted sentence together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsdash.core.extraction.stances.acts import Frame, verb_frames
from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.extraction.stances.issues import matter
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.extraction.stances.propositions import (
    Reading,
    act_of,
    is_self,
    passive_sufferer,
    read_clause,
)
from newsdash.core.extraction.stances.slots import direct, match_words
from newsdash.core.extraction.syntax import SUBJECTS, is_predicate, subject
from newsdash.core.records import Act, Quote, Span
from spacy.tokens import Token

_THINKING = frozenset({"feel", "believe", "think", "hope", "say", "know", "understand", "find", "consider", "guess"})


@dataclass(frozen=True)
class Unit:
    """One sentence (or coordinated clause) of a content: its predicate and its place."""

    root: Token
    span: Span


def quoted(cast: Cast, told: Sequence[Draft]) -> Iterator[Draft]:
    """The positions of all quotes, but for those that the narrated drafts already tell."""
    triggers: dict[int, set[str]] = {}
    for draft in told:
        triggers.setdefault(draft.trigger, set()).add(draft.holder.key)
    for quote in cast.quotes:
        speaker = cast.speaker(quote)
        if speaker is None:
            continue
        holders = cast.expand(speaker)
        cue = _cue(cast, quote)
        frame = _frame(cue)
        keys = {h.key for h in holders} | {speaker.key}
        if cue is not None and triggers.get(cue.i, set()) & keys and quote.kind != "direct":
            continue
        for unit in units(cast, quote):
            inside = list(unit.root.subtree)
            if any(triggers.get(t.i, set()) & keys for t in inside):
                continue
            yield from _unit(cast, quote, unit, cue, frame, holders)


def _cue(cast: Cast, quote: Quote) -> Token | None:
    """The main word of the cue."""
    if quote.cue is None:
        return None
    span = cast.doc.char_span(*quote.cue, alignment_mode="expand")
    if span is None:
        return None
    return next((t for t in span if t.pos_ in ("VERB", "NOUN")), span[0])


def _frame(cue: Token | None) -> Frame | None:
    if cue is None:
        return None
    for frame in verb_frames().get(cue.lemma_.lower(), ()):
        if match_words(cue, frame)[0]:
            return frame
    return None


def units(cast: Cast, quote: Quote) -> Iterator[Unit]:
    """The sentences of a content, and within them the coordinated clauses that have a subject of their own."""
    for start, end in quote.spans:
        span = cast.doc.char_span(start, end, alignment_mode="contract")
        if span is None or not len(span):
            continue
        groups: dict[int, list[Token]] = {}
        for token in span:
            if not token.is_space:
                groups.setdefault(token.sent.start, []).append(token)
        for tokens in groups.values():
            yield from _sentence_units(tokens)


def _sentence_units(tokens: list[Token]) -> Iterator[Unit]:
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if (t.head.i not in inside or t.head is t) and not t.is_punct]
    if not tops:
        return
    root = max(tops, key=lambda t: (is_predicate(t), sum(1 for x in t.subtree if x.i in inside), -t.i))
    root = _descend(root, inside)
    roots = [root]
    for child in root.children:
        if child.dep_ == "conj" and child.i in inside and any(c.dep_ in SUBJECTS for c in child.children):
            roots.append(child)
    roots.sort(key=lambda t: t.i)
    first, last = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    if len(roots) == 1:
        yield Unit(root, (first, last))
        return
    borders = [first]
    for one in roots[1:]:
        borders.append(min(t.idx for t in one.subtree))
    borders.append(last)
    for one, start, end in zip(roots, borders, borders[1:], strict=False):
        if end > start:
            yield Unit(one, (start, end))


def _descend(root: Token, inside: set[int]) -> Token:
    """Past "I think that", "she felt": the clause that says what."""
    for _ in range(3):
        inner = next((c for c in root.children if c.dep_ == "ccomp" and c.i in inside and c.i > root.i), None)
        who = subject(root)
        if inner is None or root.lemma_.lower() not in _THINKING or who is None or who.pos_ != "PRON":
            return root
        root = inner
    return root


def _unit(
    cast: Cast, quote: Quote, unit: Unit, cue: Token | None, frame: Frame | None, holders: list[Party]
) -> Iterator[Draft]:
    root = unit.root
    reading = read_clause(root)
    who = subject(root)
    party = cast.resolve(who, owner=True) if who is not None else None
    speaking = {h.key for h in holders}
    own = is_self(who) or (party is not None and party.key in speaking)
    sentence = cast.doc.text[unit.span[0] : unit.span[1]].rstrip(" ”\"’'")
    act = act_of(
        reading,
        self_subject=own,
        actor_subject=party is not None and party.entity is not None and party.proper,
        question=sentence.endswith("?"),
        imperative=quote.kind == "direct" and root.tag_ == "VB" and who is None,
    )
    sign = _sign(act, reading)
    cue_act: Act = frame.act if frame is not None else "claims"
    if cue_act != "claims" and frame is not None:
        act, sign = _by_cue(cue_act, frame, act, sign, reading)
    target = _target(cast, unit, party, own, sign, speaking, reading)
    if sign == 0 and target is None:
        return
    evidence = _evidence(cast, quote, unit)
    rule = f"quote {act}" if cue_act == "claims" else f"cue {act}"
    words = " ".join((cue.text if cue is not None else "“", *reading.words))
    doubts = set()
    if reading.modal in ("could", "might", "may"):
        doubts.add("modal")
    if quote.speaker is not None and quote.speaker.entity is None:
        doubts.add("speaker")
    issue = matter(root, target)
    for holder in holders:
        if target is None or target.key != holder.key:
            yield Draft(holder, act, target, sign, issue, evidence, root.i, rule, words, None, frozenset(doubts))


def _sign(act: Act, reading: Reading) -> int:
    if reading.score <= -1:
        return -1
    if reading.score >= 1:
        return 1
    if act == "promises":
        return 1
    return 0


def _by_cue(cue: Act, frame: Frame, act: Act, sign: int, reading: Reading) -> tuple[Act, int]:
    """The reporting verb itself takes the position ("warned that", "denied that", "promised that")."""
    if cue == "warns":
        return "warns", -1
    if cue == "denies":
        return "denies", 0
    if cue in ("supports", "promises", "agrees", "offers"):
        return cue, -1 if sign < 0 and cue == "promises" else 1
    if cue in ("demands", "orders", "asks"):
        return cue, sign
    return cue, frame.sign or sign


def _target(
    cast: Cast, unit: Unit, party: Party | None, own: bool, sign: int, speaking: set[str], reading: Reading
) -> Party | None:
    """Of whom or what it is said: the subject, else the object, else the first other actor named."""
    root = unit.root
    if party is not None and not own:
        if party.entity is not None and not (sign < 0 and passive_sufferer(root)):
            return party
        if party.entity is None:
            if sign < 0:
                return party
            other = _named(cast, unit.span, speaking)
            return Party(other.entity, party.text, party.start, party.end, False) if other is not None else party
    thing = direct(root) or next((c for c in root.children if c.dep_ in ("obl", "ccomp") and c.i > root.i), None)
    if thing is not None and thing.i != root.i:
        found = cast.resolve(thing, owner=True)
        if found is not None and found.key not in speaking and thing.pos_ in ("NOUN", "PROPN", "PRON"):
            return found
    return _named(cast, unit.span, speaking) or (party if not own else None)


def _named(cast: Cast, span: Span, speaking: set[str]) -> Party | None:
    for start, end, entity in cast.mentioned(span):
        if entity.id not in speaking and entity.type in ("PERSON", "ORG", "GPE", "NORP", "EVENT", "LAW"):
            return cast.party(start, end, entity.id)
    return None


def _evidence(cast: Cast, quote: Quote, unit: Unit) -> Span:
    """The quoted sentence, with speaker and cue where these stand in the same sentence."""
    sentence = cast.doc[unit.root.i].sent
    start, end = unit.span
    places = [quote.cue] if quote.cue is not None else []
    if quote.speaker is not None:
        places.append((quote.speaker.start, quote.speaker.end))
    if quote.kind != "direct" or len(quote.text) < 200:
        for place in places:
            if sentence.start_char <= place[0] and place[1] <= sentence.end_char:
                start, end = min(start, place[0]), max(end, place[1])
    return start, end
