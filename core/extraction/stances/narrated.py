"""Positions that the text tells of: words that take one ("held firm against", "the resistance of")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsdash.core.extraction.stances.acts import Frame, adjective_frames, noun_frames, sides, valence, verb_frames
from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.extraction.stances.issues import matter
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.extraction.stances.propositions import read_clause, wish
from newsdash.core.extraction.stances.slots import (
    after_preposition,
    complement,
    filled,
    holder_of,
    match_words,
    oblique,
    preposition,
)
from newsdash.core.extraction.syntax import SUBJECTS, clause, is_negated, is_passive, modals, subject
from newsdash.core.records import Act, Span
from spacy.tokens import Token

LONGEST = 300  # words; what is longer is a list or no text, and trees of such a size cost too much
_BURDENS = frozenset(
    {
        "pay",
        "sign",
        "resign",
        "apologise",
        "apologize",
        "leave",
        "vacate",
        "surrender",
        "disclose",
        "hand",
        "return",
        "comply",
        "stop",
        "cease",
        "withdraw",
        "refrain",
        "quit",
        "dissolve",
        "register",
        "undergo",
        "limit",
        "give",
        "explain",
        "answer",
        "repay",
        "concede",
        "abandon",
        "halt",
        "end",
        "remove",
        "cut",
        "drop",
        "submit",
    }
)
_NEGATED: dict[Act, Act] = {"supports": "opposes", "agrees": "refuses", "offers": "refuses", "promises": "refuses"}
_POSSIBLE = frozenset({"might", "may", "could", "can"})
_REACTIONS = frozenset(
    {
        "receive",
        "draw",
        "face",
        "spark",
        "prompt",
        "trigger",
        "provoke",
        "attract",
        "elicit",
        "earn",
        "win",
        "inspire",
        "get",
        "enjoy",
        "meet",
        "encounter",
        "garner",
        "incur",
        "cause",
    }
)
_VOICED = frozenset(
    {
        "express",
        "voice",
        "issue",
        "make",
        "give",
        "lodge",
        "launch",
        "raise",
        "have",
        "file",
        "offer",
        "show",
        "mount",
        "direct",
        "level",
        "announce",
        "reiterate",
        "repeat",
        "advance",
        "send",
    }
)
_LEADING = frozenset(
    {
        "want",
        "begin",
        "start",
        "continue",
        "try",
        "plan",
        "decide",
        "hope",
        "wish",
        "attempt",
        "have",
        "go",
        "proceed",
        "move",
        "choose",
        "vow",
        "pledge",
        "promise",
        "intend",
        "come",
        "rush",
        "use",
    }
)
_QUANTITIES = frozenset(
    {
        "wave",
        "flood",
        "storm",
        "barrage",
        "chorus",
        "round",
        "lot",
        "torrent",
        "string",
        "series",
        "outpouring",
        "show",
        "expression",
        "word",
        "message",
        "amount",
        "deal",
        "firestorm",
    }
)
_FROM = ("from", "by", "among", "across", "of", "within")


def narrated(cast: Cast) -> Iterator[Draft]:
    """All positions that words of the lexicon take, in text order."""
    taken: set[int] = set()  # verbs that gave a position, whose complements are told with it
    for token in cast.doc:
        start, end = cast.sentence_at[token.i]
        if token.is_space or token.is_punct or end - start > LONGEST:
            continue
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" or token.tag_.startswith("VB"):
            if _subordinate(token, taken):
                continue
            for frame in verb_frames().get(lemma, ()):
                ok, brought = match_words(token, frame)
                if ok and frame.act != "claims":
                    for draft in _verb(cast, token, frame, brought):
                        taken.add(token.i)
                        yield draft
                if ok:
                    break
            if token.i not in taken and token.lower_ in adjective_frames():
                yield from _adjective(cast, token, adjective_frames()[token.lower_])
        elif token.pos_ in ("NOUN", "PROPN") and lemma in noun_frames():
            yield from _noun(cast, token, noun_frames()[lemma])
        elif token.pos_ == "ADJ" and token.lower_ in adjective_frames():
            yield from _adjective(cast, token, adjective_frames()[token.lower_])
        elif token.lower_ in sides():
            yield from _side(cast, token)


def _subordinate(verb: Token, taken: set[int]) -> bool:
    """An infinitive tells no act of its own: what it wants is told with its verb ("refused to support")."""
    if verb.tag_ != "VB" or verb.dep_ not in ("xcomp", "advcl", "acl", "ccomp", "csubj"):
        return False
    if not any(c.tag_ == "TO" or c.lower_ == "to" for c in verb.children):
        return False
    above = verb.head
    return above.i in taken or above.lemma_.lower() not in _LEADING


@dataclass(frozen=True)
class _Taking:
    """One word that takes a position, with those who hold it."""

    cast: Cast
    trigger: Token
    holders: tuple[Party, ...]
    words: str
    doubts: frozenset[str] = frozenset()

    def drafts(
        self, act: Act, sign: int, target: Party | None, head: Token | None, rule: str, evidence: Span | None = None
    ) -> Iterator[Draft]:
        """One draft for each holder who is not the target himself and is not named in the matter."""
        voice = self.cast.voice(self.trigger)
        for holder in self.holders:
            if target is not None and target.key == holder.key:
                continue
            if head is not None and len(self.holders) > 1 and _inside(self.cast, holder, head):
                continue
            via = voice if voice is not None and voice.key != holder.key else None
            span = evidence or clause(self.trigger)
            yield Draft(
                holder,
                act,
                target,
                sign,
                matter(head, target),
                span,
                self.trigger.i,
                rule,
                self.words,
                via,
                self.doubts,
            )


def _in_condition(verb: Token) -> bool:
    return any(c.lower_ in ("if", "unless", "whether") and c.dep_ in ("mark", "advmod") for c in verb.children)


def _verb(cast: Cast, verb: Token, frame: Frame, brought: Token | None) -> Iterator[Draft]:
    who = holder_of(verb)
    holders = cast.spoken_by(verb) or (cast.holders(who) if who is not None else [])
    if not holders or _in_condition(verb):
        return
    if not frame.words and any(c.dep_ == "compound:prt" for c in verb.children):
        return  # "back down", "turn up": another verb, unless the lexicon lists it
    negated = is_negated(verb)
    marks = frozenset(modals(verb))
    act, sign = frame.act, frame.sign
    if negated:
        if act not in _NEGATED:
            return
        act, sign = _NEGATED[act], -1
    if marks & _POSSIBLE:
        return  # what might be said is no position
    doubts = {"passive"} if is_passive(verb) else {"would"} if "would" in marks else set()
    taking = _Taking(cast, verb, tuple(holders), " ".join((verb.text, *frame.words)), frozenset(doubts))
    yield from _read(taking, verb, frame, brought, act, sign)
    yield from _condition(taking, verb, frame.act)


def _read(taking: _Taking, verb: Token, frame: Frame, brought: Token | None, act: Act, sign: int) -> Iterator[Draft]:
    cast, inner = taking.cast, complement(verb)
    found = (frame.targets[0], brought) if brought is not None else filled(verb, frame.targets)
    addressees = cast.targets(found[1]) if found is not None and found[0] != "clause" else []
    addressee = addressees[0] if addressees else None
    about = filled(verb, [m for m in frame.matters if found is None or m != found[0]])
    if inner is not None and (frame.open or "clause" in (*frame.targets, *frame.matters)) and addressee is None:
        yield from _complement(taking, inner, frame, act, sign)
    elif frame.open and addressee is not None:
        yield from _addressed(taking, inner, act, addressee, about[1] if about is not None else None)
    elif addressee is not None:
        head = about[1] if about is not None else (found[1] if found is not None else None)
        for target in addressees:
            yield from taking.drafts(act, sign, target, head, f"verb {act}")


def _inside(cast: Cast, holder: Party, head: Token) -> bool:
    """Whether a member of a joint holder is itself named in the matter ("language Anthropic said was necessary")."""
    tokens = list(head.subtree)
    span = (tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
    return any(e.id == holder.entity for _, _, e in cast.mentioned(span))


def _complement(taking: _Taking, inner: Token, frame: Frame, act: Act, sign: int) -> Iterator[Draft]:
    """No addressee: what the complement wants decides the target ("refused to accept the terms")."""
    cast = taking.cast
    if _has_subject(inner):
        who = subject(inner)
        target = cast.resolve(who, owner=True) if who is not None else None
        reading = read_clause(inner)
        light = 1 if reading.score >= 1 else -1 if reading.score <= -1 else 0
        if act == "warns":
            toward = 1 if light > 0 and not reading.modal else -1
        elif act in ("supports", "promises", "demands"):
            toward = light or 1
        else:
            toward = sign or light
        yield from taking.drafts(act, toward, target, inner, f"clause {act}")
        return
    toward, thing, _ = wish(inner)
    target = cast.resolve(thing, owner=True) if thing is not None else None
    if target is None:
        return
    if toward == 0 and act == "supports":
        return  # "wants to meet X" wants nothing for or against X
    want = -1 if act in ("refuses", "opposes", "denies", "warns") else 1
    if act == "supports" and toward < 0:
        act = "opposes"
    if act == "promises" and toward < 0 and target.entity is not None and target.proper:
        act = "threatens"
    yield from taking.drafts(act, want * (toward or 1), target, inner, f"wish {act}")


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _addressed(
    taking: _Taking, inner: Token | None, act: Act, addressee: Party, about: Token | None
) -> Iterator[Draft]:
    """Orders, demands, requests, promises and warnings to somebody."""
    cast = taking.cast
    if act == "warns":
        who = subject(inner) if inner is not None and _has_subject(inner) else None
        target = cast.resolve(who, owner=True) if who is not None else addressee
        yield from taking.drafts(act, -1, target, inner or about, "addressed warns")
        return
    if inner is None:
        sign = -1 if act in ("orders", "demands") else 1 if act == "promises" else 0
        yield from taking.drafts(act, sign, addressee, about, f"addressed {act}")
        return
    if act == "promises":
        yield from taking.drafts(act, 1, addressee, inner, "addressed promises")
        return
    toward, thing, _ = wish(inner)
    wanted = cast.resolve(thing, owner=True) if thing is not None else None
    burden = inner.lemma_.lower() in _BURDENS or is_negated(inner)
    if toward and wanted is not None and wanted.key != addressee.key:
        if act == "orders":
            yield from taking.drafts(act, toward, wanted, inner, "ordered wish")
            return
        if not burden:
            yield from taking.drafts("supports" if toward > 0 else "opposes", toward, wanted, inner, "asked wish")
    yield from taking.drafts(act, -1 if burden else 0, addressee, inner, f"addressed {act}")


def _condition(taking: _Taking, verb: Token, act: Act) -> Iterator[Draft]:
    """ "offered … if X removed the clause": the condition of an offer is a demand; so is "unless" with a threat."""
    if act not in ("offers", "agrees", "threatens", "promises", "refuses"):
        return
    for token in (verb, *verb.children):
        for child in token.children:
            if child.dep_ != "advcl" or not _in_condition(child):
                continue
            mark = next(c.lower_ for c in child.children if c.lower_ in ("if", "unless", "whether"))
            negated = is_negated(child) or mark == "unless"
            if mark == "whether" or (negated == (act in ("offers", "agrees"))):
                continue
            sign, thing, _ = wish(child)
            if is_negated(child):
                sign = -sign
            if thing is None:
                thing = subject(child)
            target = taking.cast.resolve(thing, owner=True) if thing is not None else None
            if target is not None:
                own = _Taking(taking.cast, child, taking.holders, f"{mark} {child.text}")
                yield from own.drafts("demands", sign or 1, target, child, "condition")


def _noun(cast: Cast, noun: Token, frame: Frame) -> Iterator[Draft]:
    """ "despite the resistance of the Church", "drew criticism from X", "expressed support for X"."""
    holder_head: Token | None = None
    target_head: Token | None = None
    top = noun
    while top.dep_ == "nmod" and top.head.lemma_.lower() in _QUANTITIES and top.head.i < top.i:
        top = top.head
    governor = top.head if top.dep_ in ("obj", "nsubj", "nsubj:pass") else None
    light = governor is not None and governor.pos_ == "VERB"
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            holder_head = child
    for child in (*noun.children, *(top.children if top.i != noun.i else ())):
        if child.i > noun.i and child.dep_ in ("nmod", "obl", "acl"):
            prep = preposition(child)
            if prep in ("from", "by", "among", "across") or (prep == "of" and "of" not in frame.targets):
                holder_head = holder_head or child
            elif prep in frame.targets:
                target_head = target_head or child
    if light and governor is not None:
        lemma = governor.lemma_.lower()
        if lemma in ("come", "arrive", "emerge", "pour") and top.dep_ == "nsubj":
            holder_head = holder_head or oblique(governor, "from")
        elif lemma in _REACTIONS and not is_passive(governor) and top.dep_ == "obj":
            for prep in _FROM:
                holder_head = holder_head or oblique(governor, prep)
            target_head = target_head or subject(governor)
            if not frame.targets and (target_head is None or valence().get(target_head.lower_, 0) >= 0):
                return  # "sparked unity" is against what sparked it only when that is bad
        elif lemma in _VOICED and top.dep_ in ("obj", "nsubj:pass"):
            holder_head = holder_head or (holder_of(governor) if top.dep_ == "obj" else None)
            if target_head is None:
                for prep in frame.targets:
                    target_head = target_head or oblique(governor, prep)
    if holder_head is None or (not frame.targets and target_head is None):
        return
    holders = cast.holders(holder_head)
    inner = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "advcl") and c.i > noun.i), None)
    target = cast.resolve(target_head, owner=True) if target_head is not None else None
    sign = frame.sign
    if target is None and inner is not None:
        sign, thing, _ = wish(inner)
        if frame.act in ("refuses", "opposes"):
            sign = -(sign or 1)
        target = cast.resolve(thing, owner=True) if thing is not None else None
    if target is None or (target.entity is None and frame.open):
        return
    if frame.open:
        sign = {"warns": -1, "demands": -1, "orders": -1}.get(frame.act, 0)
    evidence = clause(governor) if light and governor is not None else _phrase_span(noun)
    taking = _Taking(cast, noun, tuple(holders), noun.text)
    yield from taking.drafts(frame.act, sign, target, inner or target_head, f"noun {frame.act}", evidence)


def _phrase_span(noun: Token) -> Span:
    tokens = list(noun.subtree)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _adjective(cast: Cast, word: Token, frame: Frame) -> Iterator[Draft]:
    """ "X is critical of Y", "a book critical of Y, written by X"."""
    if is_negated(word):
        return
    holder_head = subject(word) if any(c.dep_ in ("nsubj", "cop") for c in word.children) else None
    if holder_head is None and word.dep_ == "amod":
        work = word.head
        maker = next(
            (c for c in work.children if c.dep_ == "acl" and c.lemma_.lower() in ("write", "publish", "issue")), None
        )
        holder_head = oblique_agent(maker) if maker is not None else None
    if holder_head is None:
        return
    target_head: Token | None = None
    inner: Token | None = None
    for name in frame.targets:
        if name == "clause":
            inner = complement(word)
        elif target_head is None:
            target_head = oblique(word, name)
    if target_head is None and inner is None:
        return
    sign = frame.sign
    if target_head is None and inner is not None:
        if _has_subject(inner):
            target_head = subject(inner)
        else:
            toward, target_head, _ = wish(inner)
            sign = sign * (toward or 1)
    target = cast.resolve(target_head, owner=True) if target_head is not None else None
    if target is None:
        return
    taking = _Taking(cast, word, tuple(cast.holders(holder_head)), word.text)
    yield from taking.drafts(frame.act, sign, target, inner or target_head, f"adjective {frame.act}")


def _side(cast: Cast, first: Token) -> Iterator[Draft]:
    """ "a movement in support of X", "marched in protest at Y"."""
    for parts, frame in sides()[first.lower_]:
        words = cast.doc[first.i : first.i + len(parts)]
        if tuple(t.lower_ for t in words) != parts:
            continue
        brought = after_preposition(words[-1])
        owner = words[1].head if words[1].head.i < first.i else first.head
        if brought is None or owner.i >= first.i:
            return
        heads = [owner] if owner.pos_ in ("NOUN", "PROPN") else [subject(owner)]
        holders = [p for h in heads if h is not None for p in cast.holders(h)]
        taking = _Taking(cast, first, tuple(holders), " ".join(parts))
        for target in cast.targets(brought):
            start, end = min(owner.idx, holders[0].start) if holders else owner.idx, brought.idx + len(brought)
            yield from taking.drafts(frame.act, frame.sign, target, brought, f"side {frame.act}", (start, end))
        return


def oblique_agent(verb: Token) -> Token | None:
    """The "by" phrase of a participle."""
    for child in verb.children:
        if child.dep_ == "obl:agent" or preposition(child) == "by":
            return child
    return None
