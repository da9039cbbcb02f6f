"""Positions in nouns, adjectives and set phrases: "the resistance of X", "critical of Y", "in support of Z"."""

from __future__ import annotations

from collections.abc import Iterator

from newsdash.core.extraction.stances.acts import Frame, lemma_of, noun_frames, sides, valence, word_set
from newsdash.core.extraction.stances.drafts import Draft, Taking
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.extraction.stances.propositions import suffers, wish
from newsdash.core.extraction.stances.slots import (
    after_preposition,
    complement,
    has_subject,
    holder_of,
    oblique,
    preposition,
    stopped,
)
from newsdash.core.extraction.syntax import clause, is_negated, is_passive, subject
from newsdash.core.records import Act, Span
from spacy.tokens import Token

_REACTIONS = word_set("reactions")
_VOICED = word_set("voiced")
_QUANTITIES = word_set("quantities")
_COMING = frozenset({"come", "arrive", "emerge", "pour"})
_MAKING = frozenset({"write", "publish", "issue"})
_ENDING = word_set("ending")
_ENDED: dict[Act, Act] = {"supports": "opposes", "opposes": "agrees", "agrees": "refuses", "refuses": "agrees"}
_FROM = ("from", "by", "among", "across", "of", "within")


def noun_positions(cast: Cast, noun: Token, frame: Frame) -> Iterator[Draft]:
    """ "despite the resistance of the Church", "drew criticism from X", "expressed support for X"."""
    holder_head: Token | None = None
    target_head: Token | None = None
    also: list[Party] = []
    ended = False
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
    if holder_head is None and (target_head is not None or any(c.dep_ in ("acl", "ccomp") for c in noun.children)):
        holder_head = _owner_before(cast, noun)
    if light and governor is not None:
        lemma = lemma_of(governor)
        giver = next((found for prep in _FROM if (found := oblique(governor, prep)) is not None), None)
        given = lemma in _REACTIONS or (
            lemma == "have" and frame.sign > 0 and giver is not None
        )  # "has the backing of X"
        if lemma in _COMING and top.dep_ == "nsubj":
            holder_head = holder_head or oblique(governor, "from")
        elif given and not is_passive(governor) and top.dep_ == "obj":
            holder_head = holder_head or giver
            target_head = subject(governor) if target_head is None or target_head == holder_head else target_head
            if not frame.targets and (target_head is None or valence().get(target_head.lemma_.lower(), 0) >= 0):
                return  # "sparked unity" is against what sparked it only when that is bad
        elif lemma in _VOICED and top.dep_ in ("obj", "nsubj:pass"):
            holder_head = holder_of(governor) or holder_head
            if target_head is None:
                for prep in frame.targets:
                    target_head = target_head or oblique(governor, prep)
        elif lemma in _ENDING and top.dep_ == "obj":
            holder_head = holder_head or subject(governor)
            ended = frame.act in ("supports", "opposes", "agrees", "refuses")
            if not ended or frame.open:
                return  # a threat or a demand that is withdrawn is none
    if holder_head is None and light:
        beside = (*top.children, *(governor.children if governor is not None else ()))
        ranging = next((c for c in beside if c.lemma_.lower() == "range"), None)
        holder_head = oblique(ranging, "from") if ranging is not None else None
        last = oblique(ranging, "to") if ranging is not None else None
        also = cast.holders(last) if last is not None else []
    cause = any(c.dep_ == "case" and c.lower_ in ("because", "due") for c in noun.children)
    facing = cause or preposition(noun) in ("despite", "over", "amid", "against", "after", "following", "under")
    if target_head is None and noun.head.pos_ == "VERB" and facing:
        target_head = subject(noun.head)  # "goes on despite the resistance of X"
    if holder_head is None or (not frame.targets and target_head is None):
        return
    holders = [*cast.holders(holder_head), *also]
    inner = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "advcl") and c.i > noun.i), None)
    target = cast.resolve(target_head, owner=True) if target_head is not None else None
    sign, addressed = frame.sign, False
    if target is None and inner is None and facing and noun.head.pos_ != "VERB":
        target = _first_other(cast, noun, holders)  # a headline: "X Reworks Deals Over Y's Label"
    if target is None and inner is not None and has_subject(inner):
        who = subject(inner)
        target = cast.resolve(who, owner=True) if who is not None else None
        addressed = True
    elif target is None and inner is not None:
        toward, thing, _ = wish(inner)
        sign = toward if frame.act not in ("refuses", "opposes") else -(toward or 1)
        target = cast.resolve(thing, owner=True) if thing is not None else None
    wanted = _wanted(noun, frame, target_head) and target is not None
    if wanted and target_head is not None:
        over = stopped(target_head)
        target, sign = (cast.resolve(over, owner=True), -1) if over is not None else (target, 1)
    told = light and governor is not None and (lemma_of(governor) in _VOICED or lemma_of(governor) in _COMING)
    if target is None and told:
        holders = [h for h in holders if h.entity]  # "a request came from Oslo": to whom is not said
    elif target is None or (
        target.entity is None and frame.open and not (addressed or wanted or (told and frame.act == "warns"))
    ):
        return
    act = frame.act
    if wanted:
        act, sign = "demands", sign or 1
    elif frame.open:
        sign = (
            0
            if addressed and frame.act in ("orders", "asks")
            else {"warns": -1, "demands": -1, "orders": -1}.get(frame.act, 0)
        )
    if ended:
        act, sign = _ENDED[act], -sign
    evidence = clause(governor) if light and governor is not None else _phrase_span(noun)
    taking = Taking(cast, noun, tuple(holders), noun.text)
    yield from taking.drafts(act, sign, target, inner or target_head or noun, f"noun {act}", evidence)


def directed(noun: Token) -> tuple[int, Token | None]:
    """Side and target that a noun has in it: "sanctions against X", "retaliation on X"; (0, None) of other nouns."""
    frame = noun_frames().get(noun.lemma_.lower())
    for child in noun.children:
        prep = preposition(child) if child.dep_ in ("nmod", "obl") and child.i > noun.i else None
        if prep == "against":
            return -1, child
        if prep == "for" and noun.lemma_.lower() in word_set("efforts"):
            return 1, child  # "backed the campaign for a new flag"
        if frame is not None and prep in frame.targets and frame.act in ("orders", "threatens", "opposes"):
            return -1, child
    return 0, None


def _wanted(noun: Token, frame: Frame, target_head: Token | None) -> bool:
    """Whether a noun asks for what follows: "calls for a tax", "requests to drop it"; not "demand for oil"."""
    if frame.act not in ("asks", "demands"):
        return False
    if target_head is None:
        return any(c.dep_ == "acl" and c.tag_ == "VB" for c in noun.children)
    asked = target_head.lemma_.lower() not in word_set("inquiries") | word_set("commenting")
    return preposition(target_head) == "for" and asked and (noun.lemma_ != "demand" or noun.tag_ == "NNS")


def _owner_before(cast: Cast, noun: Token) -> Token | None:
    """ "U.S. support for Israel", "a Pentagon warning that …", "Russian opposition to the deal"."""
    for child in noun.children:
        if child.i < noun.i and child.dep_ in ("compound", "amod"):
            entity = cast.entity_of(child)
            if entity is not None and entity.type in ("ORG", "GPE", "NORP"):
                return child
    return None


def _first_other(cast: Cast, noun: Token, holders: list[Party]) -> Party | None:
    """The first actor of the sentence, when somebody else than the holders and before the noun."""
    start = cast.doc[cast.sentence_at[noun.i][0]].idx
    for begin, end, entity in cast.mentioned((start, noun.idx)):
        if entity.type in ("PERSON", "ORG", "GPE"):
            return None if any(h.entity == entity.id for h in holders) else cast.party(begin, end, entity.id)
    return None


def _phrase_span(noun: Token) -> Span:
    tokens = list(noun.subtree)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def adjective_positions(cast: Cast, word: Token, frame: Frame) -> Iterator[Draft]:
    """ "X is critical of Y", "a book critical of Y, written by X"."""
    if is_negated(word):
        return
    if word.dep_ == "ccomp" and not any(c.dep_ == "cop" for c in word.children):
        return  # a verb ("that the agency open its survey")
    holder_head = subject(word) if any(c.dep_ in ("nsubj", "cop") for c in word.children) else None
    if holder_head is None and word.dep_ in ("amod", "acl", "nmod", "appos"):
        work = word.head
        makers = (*work.children, *(work.head.children if work.dep_ in ("appos", "flat", "compound") else ()))
        maker = next((c for c in makers if c.dep_ == "acl" and lemma_of(c) in _MAKING), None)
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
        if has_subject(inner):
            if frame.act == "warns" and suffers(inner):
                return
            target_head = subject(inner)
        else:
            toward, target_head, _ = wish(inner)
            sign = sign * (toward or 1)
    target = cast.resolve(target_head, owner=True) if target_head is not None else None
    if target is None:
        return
    taking = Taking(cast, word, tuple(cast.holders(holder_head)), word.text)
    yield from taking.drafts(frame.act, sign, target, inner or target_head, f"adjective {frame.act}")


def side_positions(cast: Cast, first: Token) -> Iterator[Draft]:
    """ "a movement in support of X", "marched in protest at Y"."""
    for parts, frame in sides()[first.lower_]:
        if first.i + len(parts) > len(cast.doc) or cast.doc[first.i + 1].lower_ != parts[1]:
            continue
        words = cast.doc[first.i : first.i + len(parts)]
        if tuple(t.lower_ for t in words) != parts:
            continue
        brought = after_preposition(words[-1])
        owner = words[1].head if words[1].head.i < first.i else first.head
        if brought is None or owner.i >= first.i:
            return
        heads = [owner] if owner.pos_ in ("NOUN", "PROPN") else [subject(owner)]
        holders = [p for h in heads if h is not None for p in cast.holders(h)]
        taking = Taking(cast, first, tuple(holders), " ".join(parts))
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
