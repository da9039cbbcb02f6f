"""Positions that the text tells of: words that take one ("held firm against", "the resistance of")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsdash.core.extraction.stances.acts import (
    PREPOSITIONS,
    Frame,
    adjective_frames,
    effects,
    lemma_of,
    noun_frames,
    sides,
    valence,
    verb_frames,
    word_set,
)
from newsdash.core.extraction.stances.drafts import Draft, Taking
from newsdash.core.extraction.stances.nominal import adjective_positions, directed, noun_positions, side_positions
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.extraction.stances.propositions import (
    is_self,
    is_wanted,
    passive_sufferer,
    read_clause,
    suffers,
    wish,
)
from newsdash.core.extraction.stances.silence import silences
from newsdash.core.extraction.stances.slots import (
    complement,
    direct,
    filled,
    has_subject,
    has_to,
    holder_of,
    made,
    matching,
    oblique,
    stopped,
)
from newsdash.core.extraction.syntax import SUBJECTS, clause, is_negated, is_passive, modals, subject
from newsdash.core.records import Act
from spacy.tokens import Token

LONGEST = 300  # words; what is longer is a list or no text, and trees of such a size cost too much
_BURDENS = word_set("burdens")
_NEGATED: dict[Act, Act] = {
    "supports": "opposes",
    "agrees": "refuses",
    "offers": "refuses",
    "promises": "refuses",
    "opposes": "supports",
}
_DUTY = frozenset({"must", "should", "ought", "shall"})
_POSSIBLE = frozenset({"might", "may", "could", "can"})
_TAKING = frozenset({"NOUN", "PROPN", "ADJ"})  # parts of speech, beside verbs, that may take a position
_BACKWARD = frozenset({"it", "that", "this"})
_NAMES = word_set("naming") | word_set("finding")
_LEADING = word_set("leading")


def narrated(cast: Cast) -> Iterator[Draft]:
    """All positions that words of the lexicon take, in text order."""
    taken: set[int] = set()  # verbs that gave a position, whose complements are told with it
    for token in cast.tokens:
        pos, tag = token.pos_, token.tag_
        verb = pos == "VERB" or tag.startswith("VB")
        if not verb and pos not in _TAKING and token.lower_ not in sides():
            continue
        start, end = cast.sentence_at[token.i]
        if token.is_space or token.is_punct or end - start > LONGEST:
            continue
        lemma = lemma_of(token) if pos == "VERB" else token.lemma_.lower()
        if verb:
            if tag == "VB":
                yield from _goal(cast, token)
            if _is_object(token):
                continue
            if _subordinate(token, taken):
                yield from _purpose(cast, token)
                continue
            silent = list(silences(cast, token))
            yield from silent
            if not silent and lemma in _NAMES and not _sided(lemma):
                named = list(_naming(cast, token))
                yield from named
                taken.update(d.trigger for d in named)
            if silent or token.i in taken:
                taken.add(token.i)
                continue
            found = matching(token, verb_frames().get(lemma, ()))
            if found is not None and found[0].act != "claims":
                for draft in _verb(cast, token, *found):
                    taken.add(token.i)
                    yield draft
            if token.i not in taken and token.lower_ in adjective_frames():
                yield from adjective_positions(cast, token, adjective_frames()[token.lower_])
        elif pos in ("NOUN", "PROPN") and lemma in noun_frames():
            yield from noun_positions(cast, token, noun_frames()[lemma])
        elif pos == "ADJ" and token.lower_ in adjective_frames():
            yield from adjective_positions(cast, token, adjective_frames()[token.lower_])
        elif token.lower_ in sides():
            yield from side_positions(cast, token)


def _sided(lemma: str) -> bool:
    """Whether a verb takes a side by itself, whatever name it gives ("dismissed the offer as an insult")."""
    return any(not f.words and f.act != "claims" for f in verb_frames().get(lemma, ()))


def _subordinate(verb: Token, taken: set[int]) -> bool:
    """An infinitive tells no act of its own: what it wants is told with its verb ("refused to support")."""
    if verb.tag_ != "VB" or verb.dep_ not in ("xcomp", "advcl", "acl", "ccomp", "csubj"):
        return False
    if not any(c.tag_ == "TO" or c.lower_ == "to" for c in verb.children):
        return False
    above = verb.head
    used = lemma_of(above) == "use" and direct(above) is not None  # "used drones to help": no "used to"
    return above.i in taken or used or above.pos_ == "NOUN" or lemma_of(above) not in _LEADING


def _is_object(verb: Token) -> bool:
    """A gerund that is told with its verb, or not done: "favours scrapping it", "accused them of backing it"."""
    if verb.tag_ == "VBG" and any(c.lower_ in ("of", "for") and c.dep_ in ("mark", "case") for c in verb.children):
        near = (verb.head, verb.head.head)
        return any(f.act == "accuses" for t in near if t.pos_ == "VERB" for f in verb_frames().get(lemma_of(t), ()))
    if verb.tag_ != "VBG" or verb.dep_ not in ("ccomp", "xcomp") or verb.head.pos_ != "VERB":
        return False
    return lemma_of(verb.head) not in _LEADING | word_set("goes on")


def _made_for(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return lemma in word_set("talks") or lemma in word_set("efforts")


def _purpose(cast: Cast, verb: Token) -> Iterator[Draft]:
    """What an effort is made for: "in a bid to secure X", "holding talks to finalise Y"."""
    sign, thing, _ = wish(verb)
    above = verb.head
    doer = above.head if above.pos_ == "NOUN" else above
    if not sign or thing is None or verb.dep_ not in ("acl", "advcl") or above.tag_ == "VB" or modals(above):
        return
    if is_negated(doer) or (doer is not above and effects().get(lemma_of(doer), (0, 0))[0] < 0):
        return  # "dropped plans to cut X": what is only wanted or feared of others is no effort yet
    if above.lemma_.lower() in word_set("efforts") and above.pos_ == "NOUN":
        owner = next((c for c in above.children if c.dep_ == "nmod:poss"), None)
        who = owner or (subject(above.head) if above.head.pos_ == "VERB" else None)
        start = above.head if owner is None else above
    elif above.pos_ == "VERB" and any(_made_for(c) for c in above.children if c.dep_ == "obj"):
        who, start = holder_of(above), above
    else:
        return
    target = cast.resolve(thing, owner=True)
    if who is None or target is None:
        return
    taking = Taking(cast, verb, tuple(cast.holders(who)), f"{above.text} to {verb.text}")
    span = clause(start)
    evidence = (min(span[0], clause(verb)[0]), max(span[1], clause(verb)[1]))
    act: Act = "supports" if sign > 0 else "opposes"
    yield from taking.drafts(act, sign, target, verb, "purpose", evidence)


def _goal(cast: Cast, verb: Token) -> Iterator[Draft]:
    """ "Its goal is to reduce waste": the infinitive says what the owner of the goal wants."""
    aim = next((c for c in verb.children if c.dep_ in SUBJECTS and c.lemma_.lower() in word_set("goals")), None)
    owner = next((c for c in aim.children if c.dep_ == "nmod:poss"), None) if aim is not None else None
    if aim is None or owner is None:
        return
    sign, thing, _ = wish(verb)
    target = cast.resolve(thing, owner=True) if thing is not None else None
    if target is None or not sign:
        return
    taking = Taking(cast, verb, tuple(cast.holders(owner)), f"{aim.text} to {verb.text}")
    yield from taking.drafts("supports" if sign > 0 else "opposes", sign, target, verb, "purpose")


def _in_condition(verb: Token) -> bool:
    return any(c.lower_ in ("if", "unless", "whether") and c.dep_ in ("mark", "advmod") for c in verb.children)


def _verb(cast: Cast, verb: Token, frame: Frame, brought: Token | None) -> Iterator[Draft]:
    said = " ".join((verb.text, *frame.words))
    if verb.dep_ == "cop":  # "we are not against X": the phrase is the predicate
        verb = verb.head
    who = holder_of(verb)
    holders = [p for p in cast.spoken_by(verb) if cast.is_somebody(p)] or (cast.holders(who) if who is not None else [])
    voice = cast.voice(verb)
    if who is None and voice is not None and verb.tag_ == "VBG" and verb.dep_ in ("ROOT", "ccomp", "parataxis"):
        holders = [voice]  # "Hoping that …", he commented
    if not holders or _in_condition(verb):
        return
    if not frame.words and any(c.dep_ == "compound:prt" for c in verb.children):
        return  # "back down", "turn up": another verb, unless the lexicon lists it
    if lemma_of(verb) == "pass" and not frame.words and not _passes_law(verb):
        return
    negated = is_negated(verb)
    marks = frozenset(modals(verb))
    act, sign = frame.act, frame.sign
    if negated:
        if act not in _NEGATED:
            return
        act, sign = _NEGATED[act], 1 if act == "opposes" else -1
    prospect = verb.dep_ == "acl" and verb.head.lemma_.lower() in word_set("prospects")
    if (prospect or marks & {"will", "would"}) and act in ("criticises", "accuses") and not negated:
        act = "threatens"
    if marks & _POSSIBLE or (marks & _DUTY and not is_self(who)):
        return  # what might be said, or should be, is no position
    unsure = "would" in marks or (frame.act == "opposes" and negated)
    doubts = {"passive"} if is_passive(verb) else {"would"} if unsure else set()
    if not frame.words and lemma_of(verb) in word_set("blows") and not filled(verb, ("for", "over", "as")):
        doubts = doubts | {"blow"}  # "militants attacked the village" is no opinion
    taking = Taking(cast, verb, tuple(holders), said, frozenset(doubts))
    yield from _read(taking, verb, frame, brought, act, sign)
    yield from _condition(taking, verb, act)


def _passes_law(verb: Token) -> bool:
    """ "Parliament passed the bill", not "passed the town"; what "a bill passed last week" is, tells no position."""
    law = direct(verb)
    return law is not None and law.lemma_.lower() in word_set("laws") and verb.dep_ != "acl"


def _read(taking: Taking, verb: Token, frame: Frame, brought: Token | None, act: Act, sign: int) -> Iterator[Draft]:
    cast, inner = taking.cast, complement(verb)
    found = (frame.targets[0], brought) if brought is not None else filled(verb, frame.targets)
    if found is not None and found[0] != "clause" and act != "warns":
        over = stopped(found[1])
        if over is not None and act in ("supports", "demands", "asks", "opposes", "orders"):
            act, sign = (act, -1) if act != "opposes" else ("supports", 1)
            for target in cast.targets(over):
                yield from taking.drafts(act, sign, target, found[1], f"end {act}")
            return
        toward, toward_whom = directed(found[1])
        if toward and toward_whom is not None and act in ("supports", "demands", "asks", "opposes"):
            for target in cast.targets(toward_whom):
                yield from taking.drafts(act, toward * (sign or 1), target, found[1], f"end {act}")
            return
    if brought is not None and brought.tag_ == "VBG" and sign:  # "called for scrapping the tax"
        yield from _deed(taking, brought, act, sign)
        return
    if brought is not None and act in ("demands", "supports", "asks") and sign > 0:
        fate = _fate(verb, brought)
        if fate is not None:
            yield from _wished(taking, act, fate, brought)
            return
    addressees = cast.targets(found[1]) if found is not None and found[0] != "clause" else []
    addressee = addressees[0] if addressees else None
    if act == "opposes" and addressee is not None and addressee.entity and inner is not None and has_to(inner):
        act, sign = "asks", 0  # "challenged the minister to answer"
    about = filled(verb, [m for m in frame.matters if found is None or m != found[0]])
    gerund = inner is not None and inner.tag_ == "VBG" and not has_subject(inner)
    if inner is not None and gerund and found is None and "obj" in frame.targets and sign:
        yield from _deed(taking, inner, act, sign)  # "favours raising the tax"
    elif inner is not None and (frame.open or "clause" in (*frame.targets, *frame.matters)) and addressee is None:
        yield from _complement(taking, inner, frame, act, sign)
    elif (
        act == "promises"
        and found is not None
        and (threat := noun_frames().get(found[1].lemma_.lower()))
        and threat.sign < 0
    ):
        aim = next(
            (c for c in found[1].children if c.dep_ == "nmod" and c.i > found[1].i), None
        )  # "a veto of the bill"
        for target in cast.targets(aim if aim is not None else found[1]):
            yield from taking.drafts("threatens", -1, target, found[1], "verb threatens")
    elif frame.open and addressee is not None:
        able = found is not None and cast.actor(found[1]) is not None
        for one in addressees:
            yield from _addressed(taking, inner, act, one, about[1] if about is not None else None, able=able)
    elif addressee is not None and not (act == "supports" and (_has_purpose(found) or _hunted(cast, verb, addressee))):
        head = about[1] if about is not None else made(verb) or (found[1] if found is not None else None)
        for target in addressees:
            yield from taking.drafts(act, sign, target, head, f"verb {act}")
    elif not addressees and inner is None and "none" in frame.targets and _alone(cast, verb, frame):
        named = replace(taking, holders=tuple(h for h in taking.holders if h.entity))
        yield from named.drafts(act, sign, None, about[1] if about is not None else verb, f"alone {act}")


def _deed(taking: Taking, doing: Token, act: Act, sign: int) -> Iterator[Draft]:
    """ "favours raising the tax", "proposed scrapping the tax": the deed, or the thing that it works against."""
    cast = taking.cast
    toward, thing, _ = wish(doing)
    target = cast.resolve(thing, owner=True) if toward < 0 and thing is not None else None
    if target is not None:
        turned: Act = "opposes" if sign > 0 else "supports"
        turned = turned if act in ("supports", "opposes") else act
        yield from taking.drafts(turned, -sign, target, doing, f"verb {turned}")
    else:
        yield from taking.drafts(act, sign, cast.resolve(doing), doing, f"verb {act}")


def _hunted(cast: Cast, verb: Token, target: Party) -> bool:
    """Whether somebody is sought, not favoured: "was sought by the police"."""
    known = cast.by_id.get(target.entity or "") if target.proper else None
    return lemma_of(verb) in word_set("hunting") and known is not None and known.type == "PERSON"


def _alone(cast: Cast, verb: Token, frame: Frame) -> bool:
    """Whether a verb has no further object but "this", and brings no words that the quotes tell of."""
    thing = direct(verb)
    return bool(frame.words or thing is None or thing.lower_ in _BACKWARD) and not cast.cue_of.get(verb.idx)


def _fate(verb: Token, brought: Token) -> Token | None:
    """What is called for to happen to somebody: "called for X to be expelled", "pushed for X to resign"."""
    if brought.dep_ in SUBJECTS and brought.head.i > brought.i:
        return brought.head
    after = (c for above in (verb, brought) for c in above.children if c.dep_ in ("acl", "advcl", "ccomp", "xcomp"))
    return next((c for c in after if c.i > brought.i and any(t.tag_ == "TO" for t in c.children)), None)


def _wished(taking: Taking, act: Act, fate: Token, brought: Token) -> Iterator[Draft]:
    """To want that something is done to somebody is for or against him as the deed is; that he does it burdens him."""
    passive = is_passive(fate) or any(c.lower_ == "be" for c in fate.children)
    for target in taking.cast.targets(brought):
        able = taking.cast.actor(brought) is not None
        sign = (effects().get(lemma_of(fate), (1, 1))[0] or 1) if passive else -1 if able and act != "supports" else 1
        yield from taking.drafts(act, sign, target, fate, f"fate {act}")


def _has_purpose(found: tuple[str, Token] | None) -> bool:
    """Whether an object says what it is for: that is then told as a purpose ("proposing measures to finance X")."""
    if found is None or found[1].lemma_.lower() not in word_set("efforts"):
        return False
    beside = (*found[1].children, *found[1].head.children)
    return any(c.dep_ in ("acl", "advcl") and c.tag_ == "VB" and c.i > found[1].i for c in beside)


def _complement(taking: Taking, inner: Token, frame: Frame, act: Act, sign: int) -> Iterator[Draft]:
    """No addressee: what the complement wants decides the target ("refused to accept the terms")."""
    cast = taking.cast
    if has_subject(inner):
        if act == "demands" and not is_wanted(inner):
            return  # "insists that he was right" claims it
        who = subject(inner)
        target = cast.resolve(who, owner=True) if who is not None else None
        if act == "warns" and frame.targets[:1] == ("clause",) and suffers(inner):
            return  # "fears that the schools will be closed" is not against the schools
        if sign < 0 and passive_sufferer(inner):  # "complained that they had not been asked"
            doer = holder_of(inner)
            target = cast.resolve(doer, owner=True) if doer is not None else None
        reading = read_clause(inner)
        light = 1 if reading.score >= 1 else -1 if reading.score <= -1 else 0
        if act == "warns":
            toward = 1 if light > 0 and not reading.modal else -1
            toward = 0 if suffers(inner) and not is_passive(inner) else toward  # "warned that the stock had fallen"
        elif act == "supports":
            fate = effects().get(lemma_of(inner), (1, 0))[0] if is_passive(inner) else 1
            toward = -fate if is_negated(inner) and is_passive(inner) else fate  # "hopes that he is caught"
            wanted, thing, _ = wish(inner)
            aim = cast.resolve(thing, owner=True) if thing is not None and not is_passive(inner) else None
            if aim is not None and target is not None and target.entity is None:
                target, toward = aim, wanted or 1  # "recommends that schools teach music"
        elif act == "demands" and not is_passive(inner) and target is not None and target.entity and target.proper:
            toward = -1  # "demanded that the company open its books": a burden
        elif act in ("promises", "demands"):
            toward = light or (effects().get(lemma_of(inner), (1, 1))[0] if is_passive(inner) else 1)
        else:
            toward = sign or light
        yield from taking.drafts(act, toward, target, inner, f"clause {act}")
        return
    toward, thing, _ = wish(inner)
    target = cast.resolve(thing, owner=True) if thing is not None else None
    if target is None:
        return
    voted = lemma_of(taking.trigger) == "vote" and not cast.is_somebody(target)  # "voted to send the bill to …"
    if toward == 0 and act == "supports" and not voted:
        return  # "wants to meet X" wants nothing for or against X
    known = cast.by_id.get(target.entity or "")
    if act == "refuses" and toward < 0 and not (known is not None and target.proper and known.name[:1].isupper()):
        target, toward = cast.deed(inner, thing), 1  # "refused to frame his friends": against doing so
    if not toward and thing is not None and thing.dep_ not in ("obj", "nsubj:pass"):
        taking = replace(taking, doubts=taking.doubts | {"target"})  # "refused to enter the ring"
    want = -1 if act in ("refuses", "opposes", "denies", "warns") else 1
    if act == "supports" and toward < 0:
        act = "opposes"
    if act == "promises" and toward < 0 and target.proper and cast.is_somebody(target):
        act = "threatens"
    side = -1 if act == "threatens" else want * (toward or 1)  # whatever is threatened, it is meant to hurt
    yield from taking.drafts(act, side, target, inner, f"wish {act}")


def _addressed(
    taking: Taking, inner: Token | None, act: Act, addressee: Party, about: Token | None, *, able: bool
) -> Iterator[Draft]:
    """Orders, demands, requests, promises and warnings to somebody; of a thing that can do nothing it is wanted."""
    cast = taking.cast
    if act == "warns":
        who = subject(inner) if inner is not None and has_subject(inner) else None
        target = cast.resolve(who, owner=True) if who is not None else addressee
        if target is not None and target.key != addressee.key:  # "warned the firm that the city may act": whom?
            taking = replace(taking, doubts=taking.doubts | {"target"})
        yield from taking.drafts(act, -1, target, inner or about, "addressed warns")
        return
    if inner is None and lemma_of(taking.trigger) in word_set("heading"):
        return  # "directed the department": led it
    if inner is None:
        sign = 1 if act == "promises" or not able else -1 if act in ("orders", "demands") else 0
        yield from taking.drafts(act, sign, addressee, about, f"addressed {act}")
        return
    if act == "promises":
        yield from taking.drafts(act, 1, addressee, inner, "addressed promises")
        return
    forced = lemma_of(taking.trigger) in word_set("forcing")
    toward, thing, _ = wish(inner)
    wanted = cast.resolve(thing, owner=True) if thing is not None else None
    begged = act == "asks" and is_negated(inner)  # "urged them not to go": against going, not against them
    burden = not begged and (is_negated(inner) or forced or (lemma_of(inner) in _BURDENS and not _goes_back(inner)))
    if act == "asks" and burden:
        act = "demands"  # "asked the schools to pay"
    if toward and wanted is not None and wanted.key != addressee.key:
        if act == "orders":
            yield from taking.drafts(act, toward, wanted, inner, "ordered wish")
            return
        if not burden:
            yield from taking.drafts("supports" if toward > 0 else "opposes", toward, wanted, inner, "asked wish")
    yield from taking.drafts(act, -1 if burden else 0, addressee, inner, f"addressed {act}")


def _goes_back(verb: Token) -> bool:
    return lemma_of(verb) == "return" and direct(verb) is None  # "to return to the table"


def _naming(cast: Cast, verb: Token) -> Iterator[Draft]:
    """ "called the sentence dangerous", "described it as historic": what is named, and how the name judges it."""
    thing = direct(verb)
    if thing is None or is_passive(verb) or is_negated(verb) or any(c.dep_ == "compound:prt" for c in verb.children):
        return
    if verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in PREPOSITIONS:
        return  # "called for X", "called on X"
    name = next((c for c in verb.children if c.i > thing.i and c.dep_ in ("xcomp", "advcl")), None)
    name = name or oblique(verb, "as")
    who = holder_of(verb)
    if name is None or who is None or name.pos_ == "VERB" or name.lower_ in word_set("states"):
        return
    beside = {t.i for c in name.children if c.dep_ in ("nmod", "obl", "acl", "acl:relcl", "advcl") for t in c.subtree}
    score = sum(valence().get(t.lower_, 0) for t in name.subtree if t.pos_ != "PROPN" and t.i not in beside)
    target = cast.resolve(thing, owner=True)
    if abs(score) < 1 or target is None:
        return
    if target.start < name.idx < target.end:  # "describe the ruling as historic", hung on the noun
        end = min(t.idx for t in name.subtree) - 1
        target = replace(target, text=cast.text[target.start : end].rstrip(), end=end)
    taking = Taking(cast, verb, tuple(cast.holders(who)), f"{verb.text} {name.text}")
    act: Act = "praises" if score > 0 else "criticises"
    yield from taking.drafts(act, 1 if score > 0 else -1, target, thing, "named")


def _condition(taking: Taking, verb: Token, act: Act) -> Iterator[Draft]:
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
                own = Taking(taking.cast, child, taking.holders, f"{mark} {child.text}")
                yield from own.drafts("demands", sign or 1, target, child, "condition")
