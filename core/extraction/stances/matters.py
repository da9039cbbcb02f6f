"""What a sentence says is needed, announced, allowed or harmful, whoever says it."""

from __future__ import annotations

from newsdash.core.extraction.stances.acts import lemma_of, valence, word_set
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.extraction.stances.propositions import Reading, needed, wish
from newsdash.core.extraction.stances.slots import direct, oblique, preposition
from newsdash.core.extraction.syntax import is_negated, is_passive, subject
from newsdash.core.records import Act
from spacy.tokens import Token


def thing_needed(cast: Cast, root: Token, reading: Reading) -> tuple[int, Party] | None:
    """Side and target of what is to be done: "we must stop the war", "it is time to go", "there should be a vote"."""
    if any(c.dep_ == "expl" and c.lower_ == "there" for c in root.children):
        kind = next((c for c in root.subtree if c.dep_ in ("acl", "acl:relcl")), None)
        thing = root if root.pos_ != "VERB" else subject(root)
        if thing is not None and thing.pos_ == "PRON" and kind is not None:
            thing = oblique(kind, "from") or direct(kind)  # "anybody suffering from hunger"
        sign = -1 if reading.negated else 1
    else:
        sign, thing, _ = wish(needed(root) or root)
    target = cast.resolve(thing, owner=True) if thing is not None else None
    return (sign or 1, target) if target is not None else None


def undertaken(cast: Cast, cue: Token | None, root: Token, reading: Reading) -> tuple[Act, int, Party | None] | None:
    """What is announced, will be open to people, or is ruled: "announced the start of talks", "ruled that she may"."""
    said = lemma_of(cue) if cue is not None else ""
    who = subject(root)
    if said in word_set("announcing") and root.lemma_.lower() in word_set("undertakings"):
        made = next((c for c in root.children if c.dep_ == "nmod" and preposition(c) == "of"), root)
        return "promises", 1, cast.resolve(made, owner=True)
    if who is None or not reading.modal:
        return None
    if root.lower_ in word_set("offered") and reading.modal in ("will", "would") and not reading.negated:
        given = oblique(root, "for") or oblique(root, "to")
        return "promises", 1, cast.resolve(given if given is not None else who, owner=True)
    if said in word_set("ruling") and reading.modal in ("can", "may"):
        sign = -1 if reading.negated else 1
        return "supports" if sign > 0 else "opposes", sign, cast.resolve(who, owner=True)
    return None


def is_harm(root: Token) -> bool:
    """Whether something bad by its name is said to be or to grow so and so, not only counted."""
    who = subject(root)
    bad = who is not None and who.pos_ == "NOUN" and valence().get(who.lemma_.lower(), 0) <= -2
    return bad and any(c.dep_ == "cop" for c in root.children) and not is_negated(root)


def names_harm(noun: Token | None) -> bool:
    """Whether a noun names a harm: "attack", "murder"."""
    if noun is None or noun.pos_ != "NOUN":
        return False
    return noun.lemma_.lower() in word_set("mishaps") or valence().get(noun.lemma_.lower(), 0) <= -1


def is_suspect(cast: Cast, root: Token) -> bool:
    """Whether the subject is said to be a suspect: "suspected rebels took him", "she was charged with fraud"."""
    who = subject(root)
    if who is None or is_negated(root) or cast.actor(who) is None:
        return False
    if is_passive(root):
        return lemma_of(root) in word_set("suspecting")
    called = {who.lemma_.lower(), *(c.lower_ for c in who.children if c.dep_ == "amod")}
    return bool(called & word_set("suspect")) and direct(root) is not None
