"""Positions in what somebody says: the reporting word and the content of each quoted sentence together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsdash.core.extraction.stances.acts import (
    SIDES,
    Frame,
    effects,
    lemma_of,
    valence,
    word_set,
)
from newsdash.core.extraction.stances.drafts import Draft, aimed
from newsdash.core.extraction.stances.issues import matter
from newsdash.core.extraction.stances.matters import is_harm, is_suspect, names_harm, thing_needed, undertaken
from newsdash.core.extraction.stances.parties import Cast, Party, Unit, has_name
from newsdash.core.extraction.stances.propositions import (
    Reading,
    act_of,
    acting,
    is_self,
    is_wanted,
    passive_sufferer,
    read_clause,
    wish,
)
from newsdash.core.extraction.stances.sayings import Saying, lets, sayings, shown
from newsdash.core.extraction.stances.slots import direct, has_to, oblique, stopped
from newsdash.core.extraction.stances.units import units
from newsdash.core.extraction.syntax import agent, is_passive, modals, subject
from newsdash.core.records import Act, Span
from spacy.tokens import Token

_CHARGING = word_set("charging")
_WILLING = frozenset({"willing", "ready", "prepared"})


def quoted(cast: Cast, told: Sequence[Draft]) -> Iterator[Draft]:
    """The positions of all quotes, but for those that the narrated drafts already tell."""
    triggers: dict[int, set[str]] = {}
    told_at: dict[int, list[Draft]] = {}
    for draft in told:
        triggers.setdefault(draft.trigger, set()).add(draft.holder.key)
        told_at.setdefault(draft.trigger, []).append(draft)
    telling = {cast.quote_at[t] for t in triggers} | set(
        cast.outer
    )  # in which somebody else takes a position or speaks
    for saying in sayings(cast):
        number, quote, cue, keys = saying.number, saying.quote, saying.cue, saying.keys
        if cue is not None and triggers.get(cue.i, frozenset()) & keys and quote.kind != "direct":
            continue
        reports = quote.channel == "third party" or (cue is not None and cue.lower_ == "according")
        if reports and number in telling:
            continue  # a report of what others said or did holds no position of its own
        before: Party | None = None  # of whom the sentence before spoke: "it", "they" go on with it
        for unit in units(cast, quote):
            inside = [t for t in unit.root.subtree if unit.span[0] <= t.idx < unit.span[1]]
            if any(triggers.get(t.i, frozenset()) & keys for t in inside):
                continue
            retold = any(triggers.get(t.i) for t in inside)
            announced = _announced(saying, told_at.get(unit.root.i, ()))
            if announced is not None:
                yield announced
                continue
            for draft in _unit(saying, unit, before, retold=retold):
                yield draft
                before = draft.target or before


def _announced(saying: Saying, told: Sequence[Draft]) -> Draft | None:
    """A body's commitment in the words of one who speaks for it: "Spain will accept the cut, its minister said"."""
    for draft in told:
        trigger = saying.cast.doc[draft.trigger]
        commits = draft.act in ("agrees", "offers", "promises", "refuses", "supports")
        if not commits or not set(modals(trigger)) & {"will", "would"} or len(saying.holders) != 1:
            continue
        if saying.cast.may_speak_for(saying.holders[0], draft.holder):
            via = saying.via(saying.holders[0])
            return replace(draft, holder=saying.holders[0], rule="announced", via=via)
    return None


def _unit(saying: Saying, unit: Unit, before: Party | None, *, retold: bool) -> Iterator[Draft]:
    cast, quote, root = saying.cast, saying.quote, unit.root
    reading = read_clause(root)
    who = subject(root)
    party = cast.resolve(who, owner=True) if who is not None else None
    own = (
        is_self(who)
        or (party is not None and party.proper and party.key in saying.keys)
        or _means_speaker(saying, who, party, reading.modal)
        or (party is not None and any(cast.speaks_for(h, party) for h in saying.holders))
        or _yields_not(cast, root, reading, who)
    )
    naming = _named_as(saying, unit) if saying.names_things and quote.kind != "direct" else None
    if (naming is not None and not _light(naming[1])) or lets(root):
        return  # "called the Sea Org" names and judges nothing; "let me be plain" says nothing
    act: Act
    if naming is not None:
        target, sign = naming[0], _light(naming[1])
        act = "praises" if sign > 0 else "criticises"
    else:
        act, sign, target = _said(saying, unit, reading, party, own, before)
    if (who is None or who.pos_ == "VERB") and saying.cue is not None and saying.cue.dep_ == "acl:relcl":
        target = cast.resolve(saying.cue.head, owner=True)  # "language X said was necessary"
        if act == "demands" and root.pos_ == "ADJ" and not reading.negated:
            sign = 1  # whatever it is to prevent
    doubts = {"retold"} if retold else set()
    if reading.modal in ("could", "might", "may"):
        doubts.add("modal")
    aside = (
        target is not party
        and not saying.takes_side
        and not reading.need
        and act in ("praises", "criticises", "supports")
    )
    if target is None or target is before or aside:
        doubts.add("target")  # what judges the one judges not surely the other
    rule = (
        "named"
        if naming is not None
        else f"cue {act}"
        if saying.frame is not None and saying.frame.act != "claims"
        else f"quote {act}"
    )
    words = " ".join((saying.cue.text if saying.cue is not None else "“", *reading.words))
    for holder in saying.holders:
        aim = aimed(holder, target)
        yield Draft(
            holder, act, aim, sign, matter(root, target), shown(quote, unit.span, root.sent), root.i, rule, words,
            saying.via(holder), frozenset(doubts),
        )  # fmt: skip


def _said(
    saying: Saying, unit: Unit, reading: Reading, party: Party | None, own: bool, before: Party | None
) -> tuple[Act, int, Party | None]:
    """Act, side and target of what a sentence says of its subject ``party``."""
    cast, quote, root = saying.cast, saying.quote, unit.root
    act = act_of(
        reading,
        lemma=lemma_of(acting(root)),
        self_subject=own,
        actor_subject=party is not None and party.entity is not None and party.proper,
        question=cast.text[unit.span[0] : unit.span[1]].rstrip(" ”\"’'").endswith("?"),
        imperative=quote.kind == "direct"
        and root.tag_ == "VB"
        and subject(root) is None
        and not has_to(root)
        and not _chats(root),
    )
    if act == "claims" and reading.modal == "will" and is_passive(root) and not reading.negated:
        act = "promises" if effects().get(lemma_of(root), (0, 0))[0] > 0 else "claims"
    sign = _light(reading.score)
    if saying.frame is not None and saying.frame.act == "demands" and root.pos_ == "NOUN" and subject(root) is None:
        over = stopped(root)
        return "demands", -1 if over is not None else 1, cast.resolve(over if over is not None else root, owner=True)
    insists = saying.frame is not None and saying.frame.act == "demands" and subject(root) is not None
    if saying.frame is not None and saying.takes_side and (is_wanted(root) or not insists):
        act, sign = _by_cue(saying.frame, sign)
        toward, thing, _ = wish(root) if act in ("promises", "supports") and root.tag_ == "VB" else (0, None, "")
        worked = cast.resolve(thing, owner=True) if toward < 0 and thing is not None else None
        if worked is not None:  # "vowed to roll back the rules"
            return "opposes", -1, worked
    elif (made := undertaken(cast, saying.cue, root, reading)) is not None:
        return made
    elif act in ("supports", "demands") and reading.need and (own or party is None):
        wanted = thing_needed(cast, root, reading)
        if wanted is not None and wanted[1].key not in saying.keys:
            return (act if wanted[0] > 0 or act == "demands" else "opposes"), *wanted
    elif act == "promises" and own:
        toward, thing, _ = wish(acting(root))
        aim = cast.resolve(thing, owner=True) if thing is not None else None
        act = "opposes" if toward < 0 else act  # "we will appeal"
        if aim is not None and aim.key not in saying.keys:
            if toward < 0:  # "we will fight the ruling"
                return ("threatens" if aim.proper and cast.is_somebody(aim) else "opposes"), -1, aim
            if direct(acting(root)) is None and thing is not None and thing.head.i != acting(root).i:
                return act, 1, aim  # "they will keep showing the film"
    target = _target(saying, unit, party, own, sign, before)
    pressed = _pressed(saying, root) if reading.modal in ("will", "would") and act != "refuses" else None
    if pressed is not None:
        return "threatens", -1, pressed
    if act == "praises" and is_passive(root) and reading.words == (root.text,) and agent(root) is None and not own:
        return "claims", 0, party or target  # "the men were freed" praises nobody
    doer = agent(root) if is_passive(root) and not saying.takes_side and not reading.negated else None
    culprit = cast.actor(doer) if doer is not None and names_harm(subject(root)) else None
    if culprit is not None and culprit.key not in saying.keys and act in ("claims", "accuses", "criticises"):
        return "accuses", -1, culprit  # "the raid was planned by rebels"
    if own and act == "claims" and root.lower_ in _WILLING and not reading.negated:
        return "offers", 1, target  # "his client was ready to appear"
    if act == "claims" and party is not None and target is party and saying.critical:
        return "criticises", -1, party
    if (
        act == "claims"
        and party is not None
        and target is party
        and not own
        and quote.kind != "direct"
        and is_suspect(cast, root)
    ):
        return "accuses", -1, party
    if act in ("criticises", "accuses") and reading.mishap and sign < 0 and _befell(saying, root, own):
        return "claims", 0, party or target
    if act == "asks":
        return act, 0 if sign < 0 or not saying.takes_side else sign, target
    about = target is party or (target is not None and party is not None and target.start == party.start)
    if act == "denies" and not own and not reading.charge and about and (party is None or not party.entity):
        act = "claims"  # "no casualties are left" denies nothing that somebody charged
    elif about and party is not None and act in ("claims", "criticises") and is_harm(root):
        return "warns", -1, replace(party, entity=None)  # "the shortage is serious"
    elif sign < 0 and target is None and not own and passive_sufferer(root):
        return "claims", 0, party  # "ten pilgrims were killed" is against nobody
    return act, _toward(act, sign, reading, root, party if about else None, own=own), target


def _befell(saying: Saying, root: Token, own: bool) -> bool:
    """Whether harm is only reported, laid to nobody by name: "officials say a bomb killed three people"."""
    charged = saying.cue is not None and lemma_of(saying.cue) in _CHARGING
    lasting = root.pos_ == "NOUN" and any(c.dep_ == "cop" and c.tag_ in ("VBZ", "VBP") for c in root.children)
    if saying.takes_side or saying.quote.kind == "direct" or own or charged or lasting:
        return False
    blamed = agent(root) if is_passive(root) else subject(root)
    if blamed is None or lemma_of(root) in word_set("undergoing") or root.lower_ in word_set("states"):
        return True
    near = (blamed, *(c for c in blamed.children if c.dep_ in ("amod", "compound", "flat", "nmod:poss")))
    return not any(t.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or t.pos_ in ("PROPN", "PRON") for t in near)


def _yields_not(cast: Cast, root: Token, reading: Reading, who: Token | None) -> bool:
    """ "his members would never accept the cut": who announces that speaks for those who will not yield."""
    if who is None or not reading.negated or reading.modal not in ("will", "would"):
        return False
    return lemma_of(root) in word_set("yields") and cast.actor(who) is not None


def _toward(act: Act, sign: int, reading: Reading, root: Token, who: Party | None, *, own: bool) -> int:
    """The side that it takes to say so: that of the act, else that of the content; ``who`` is the target as subject."""
    if act == "demands" and who is not None:
        effect = effects().get(lemma_of(root), (0, 0))[0]
        if passive_sufferer(root):
            able = who.entity is not None and who.proper
            return (-effect if reading.negated else effect) or sign or (0 if able else -1 if reading.negated else 1)
        return -1 if who.entity is not None and who.proper else sign or 1
    if act == "demands" and subject(root) is None:
        return wish(root)[0] or sign  # "stop the bloodshed", "do not shoot him"
    if act == "denies" and reading.charge:  # "coal is no villain" is for coal, "there was no threat" against the charge
        return 1 if who is not None and not own and not any(c.dep_ == "expl" for c in root.children) else -1
    if act == "denies":
        return -1 if own else sign
    return SIDES.get(act, sign)


def _chats(root: Token) -> bool:
    """ "Believe me", "look": turns of speech that demand nothing."""
    return lemma_of(root) in word_set("chat")


def _pressed(saying: Saying, root: Token) -> Party | None:
    """Who is pressed to act: "the strike will go on until the company signs", "we will leave unless Spain pays"."""
    for child in root.children:
        if child.dep_ != "advcl" or not any(
            c.lower_ in ("until", "unless") and c.dep_ == "mark" for c in child.children
        ):
            continue
        who = None if is_passive(child) else subject(child)
        party = saying.cast.actor(who) if who is not None else None
        if party is not None and party.entity and party.key not in saying.keys:
            return party
    return None


def _light(score: float) -> int:
    return 1 if score >= 1 else -1 if score <= -1 else 0


def _means_speaker(saying: Saying, who: Token | None, party: Party | None, modal: str) -> bool:
    """ "X said it would attack", "X told Y he would help": a pronoun that nothing else claims is the speaker."""
    quote, cue = saying.quote, saying.cue
    several = quote.speaker is not None and _many(saying.cast, quote.speaker.start, quote.speaker.end)
    if who is not None and who.lower_ == "they" and several and modal in ("will", "would") and quote.kind != "direct":
        return True
    if cue is not None and party is not None and who is not None and who.pos_ == "PRON" and modal in ("will", "would"):
        addressee = direct(cue)
        told = saying.cast.resolve(addressee) if addressee is not None else None
        return told is not None and told.key == party.key
    empty = who is not None and who.dep_ == "expl"
    return (
        who is not None
        and not empty
        and party is None
        and quote.kind != "direct"
        and who.lower_ in ("he", "she", "it", "they")
    )


def _many(cast: Cast, start: int, end: int) -> bool:
    """Whether a speaker's phrase is plural: "the sites", "A and B"."""
    span = cast.doc.char_span(start, end, alignment_mode="expand")
    return span is not None and span.root.tag_ in ("NNS", "NNPS")


def _named_as(saying: Saying, unit: Unit) -> tuple[Party | None, float] | None:
    """ "called the sentence dangerous", "described X as historic": what is named, and how the name judges."""
    cast, cue = saying.cast, saying.cue
    span = cast.doc.char_span(*unit.span, alignment_mode="contract")
    if cue is None or span is None:
        return None
    thing = direct(cue) or next((t for t in span if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    if thing is None or thing.i < span.start - 6 or thing.i > span.start + 12:
        return None
    own = {t.i for t in thing.lefts} | {thing.i}
    score = sum(valence().get(t.lower_, 0) for t in span if t.i not in own and t.pos_ != "PROPN")
    return cast.resolve(thing, owner=True), float(score)


def _by_cue(frame: Frame, sign: int) -> tuple[Act, int]:
    """The reporting verb itself takes the position ("warned that", "denied that", "promised that")."""
    cue = frame.act
    if cue == "warns":
        return "warns", -1
    if cue == "denies":
        return "denies", -sign
    if cue in ("supports", "promises", "agrees", "offers"):
        return cue, -1 if sign < 0 and cue == "promises" else 1
    if cue in ("demands", "orders", "asks"):
        return cue, sign
    return cue, frame.sign or sign


def _target(
    saying: Saying, unit: Unit, party: Party | None, own: bool, sign: int, before: Party | None
) -> Party | None:
    """Of whom or what it is said: the subject, else the object, else another actor named, else as before."""
    cast, root = saying.cast, unit.root
    if party is not None and not own and not (sign < 0 and passive_sufferer(root)):
        if party.entity is not None or sign < 0:
            return party
        other = _named(saying, unit.span)  # "the crime involved five drives": the matter of the one named with it
        return Party(other.entity, party.text, party.start, party.end, False) if other is not None else party
    if sign < 0 and passive_sufferer(root) and not own:
        doer = agent(root)
        found = cast.resolve(doer, owner=True) if doer is not None else None
        if found is not None:
            return found
        if before is not None and party is not None and before.key != party.key:
            return before  # what was done to the sufferer is laid to him of whom the talk is
        thing = oblique(root, "to") if not is_passive(root) else None
        return cast.resolve(thing) if thing is not None else None  # "subject to abuse"
    blamed = next((c for c in root.children if c.dep_ == "ccomp" and c.i > root.i), None) if own and sign else None
    doer = subject(blamed) if blamed is not None else None
    found = cast.resolve(doer, owner=True) if doer is not None else None
    if found is not None and found.entity is not None and found.key not in saying.keys:
        return found  # "we are sad that the board picked others"
    who = subject(root)
    if party is None and before is not None and who is not None and who.lower_ in ("he", "it", "she", "they"):
        return before
    told = acting(root)
    things = [direct(told), *(c for c in told.children if c.dep_ == "obl" and c.i > told.i)]
    found_things = [
        p for t in things if t is not None and t.pos_ in ("NOUN", "PROPN", "PRON")
        if (p := cast.resolve(t, owner=True)) is not None and p.key not in saying.keys
    ]  # fmt: skip
    if subject(root) is None and root.tag_ == "VB" and direct(root) is not None and found_things:
        return found_things[0]  # "stop the killing in Foo" is against no place
    actor = next((p for p in found_things if p.entity is not None and has_name(cast.by_id[p.entity])), None)
    actor = actor or _named(saying, unit.span, party.key if party is not None and own else "")
    actor = actor or next((p for p in found_things if p.entity is not None), None)
    return actor or before or next(iter(found_things), None) or (party if not own else None)


def _named(saying: Saying, span: Span, own: str = "") -> Party | None:
    """The first other actor mentioned there, one with a name if there is one, not those for whom is spoken."""
    told = direct(saying.cue) if saying.cue is not None and lemma_of(saying.cue) in word_set("telling") else None
    found = [
        (start, end, entity)
        for start, end, entity in saying.cast.mentioned(span)
        if entity.id not in saying.keys
        and (told is None or not start <= told.idx < end)  # "told the Times"
        and entity.id != own
        and entity.type in ("PERSON", "ORG", "GPE", "NORP", "EVENT", "LAW")
    ]
    start, end, first = next((f for f in found if has_name(f[2])), found[0] if found else (0, 0, None))
    return saying.cast.party(start, end, first.id) if first is not None else None
