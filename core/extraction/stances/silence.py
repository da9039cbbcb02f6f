"""What is left without an answer and what is answered: who declines to comment, and whose words are denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsdash.core.extraction.stances.acts import lemma_of, word_set
from newsdash.core.extraction.stances.drafts import Draft, Taking
from newsdash.core.extraction.stances.parties import Cast, Party, has_name
from newsdash.core.extraction.stances.slots import complement, direct, holder_of, oblique
from newsdash.core.extraction.syntax import is_negated, is_passive, modals, subject
from spacy.tokens import Token

_COMMENTING = word_set("commenting")
_INQUIRIES = word_set("inquiries")
_ANSWERING = _COMMENTING | {
    "decline", "refuse", "have", "offer", "give", "make", "say", "reach", "return", "answer", "reply"
}  # fmt: skip
"""Lemmas that `_unanswered` knows what to do with; most verbs are none of them, and are not looked at further."""
_ANSWERED = word_set("answered")
_SUCH = frozenset({"all", "any", "both", "such", "that", "the", "these", "this", "those"})
_FAR = 600  # characters between words and their answer
_ABOUT = ("on", "about", "to")
_WHETHER = frozenset({"whether", "if", "how", "why", "what", "when", "where", "who", "which"})


def silences(cast: Cast, verb: Token) -> Iterator[Draft]:
    """ "declined to comment", "has not answered", "would not say whether", "could not be reached"."""
    answer = _unanswered(verb)
    if answer is None or (cast.quote_at[verb.i] >= 0 and verb.dep_ == "ROOT"):
        return  # what a speaker himself says of answers is no refusal to give one
    who = subject(verb) if is_passive(verb) else holder_of(verb)
    if who is None:
        return
    about = next((found for prep in _ABOUT if (found := oblique(answer, prep)) is not None), None)
    if about is not None and any(c.dep_ in ("acl", "acl:relcl") for c in about.children):
        return  # "did not respond to letters that told them to pay": no silence toward reporters
    if about is None:
        about = _kept_back(answer)
    asked = about is not None and (about.lemma_.lower() in _INQUIRIES or about.ent_type_ in ("DATE", "TIME"))
    target = cast.resolve(about, owner=True) if about is not None and not asked else None
    taking = Taking(cast, verb, tuple(cast.holders(who)), verb.text)
    for draft in taking.drafts("declines-comment", 0, target, None if asked else about, "silence"):
        yield draft if draft.issue else replace(draft, issue="comment")


def _kept_back(answer: Token) -> Token | None:
    """What is not told: X of "declined to discuss X", "would not say whether X will close", "… if it will close X"."""
    if lemma_of(answer) == "discuss":
        return direct(answer)
    asked = complement(answer) if answer.lemma_ == "say" else None
    who = subject(asked) if asked is not None else None
    if asked is None or (who is not None and who.pos_ in ("NOUN", "PROPN")):
        return who
    return direct(asked) or next((c for c in asked.children if c.dep_ == "obl" and c.i > asked.i), None)


def facing(cast: Cast, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, a silence without a target turned to him whose position it leaves unanswered or to the same matter.

    "Veldt accused the company of a bluff. The company declined to comment": the company is silent toward Veldt. "The
    council criticised the report. The ministry declined to comment": the ministry is silent on the report.
    """
    before: Draft | None = None
    for draft in drafts:
        if draft.rule != "silence":
            before = draft
        elif draft.target is None and before is not None and before.target is not None:
            accused = before.sign < 0 and _for(cast, draft.holder, before.target)
            topic = before.holder if accused else before.target
            near = accused or draft.evidence[0] - before.evidence[1] < _FAR
            if near and topic.key != draft.holder.key:
                yield replace(draft, target=topic, issue=before.issue)
                continue
        yield draft


def answering(cast: Cast, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, with him who said what they answer: "Oslo denied these charges" is against who made them before."""
    for n, draft in enumerate(drafts):
        target = draft.target
        if target is not None and _is_answered(cast, target):
            others = (d for d in reversed(drafts[:n]) if d.holder.entity and d.holder.key != draft.holder.key)
            before = next(others, None)
            if before is not None and draft.evidence[0] - before.evidence[1] < _FAR:
                yield replace(draft, target=replace(target, entity=before.holder.entity, proper=False))
                continue
        yield draft


def _is_answered(cast: Cast, target: Party) -> bool:
    """Whether a target is words of somebody told before: "the charges", "such an offer", not "the offer of Oslo"."""
    entity = cast.by_id.get(target.entity or "")
    words = target.text.lower().split()
    known = entity is not None and (has_name(entity) or entity.type in ("PERSON", "ORG", "GPE", "NORP"))
    return len(words) > 1 and words[0] in _SUCH and words[-1].removesuffix("s") in _ANSWERED and not known


def _for(cast: Cast, speaker: Party, body: Party) -> bool:
    return speaker.key == body.key or cast.speaks_for(speaker, body)


def _unanswered(verb: Token) -> Token | None:
    """The verb of answering that is declined or denied, None when none is."""
    lemma = lemma_of(verb)
    if lemma not in _ANSWERING:
        return None
    thing, inner = direct(verb), complement(verb)
    if lemma in ("decline", "refuse"):
        if thing is not None and thing.lemma_.lower() == "comment":
            return verb
        saying = inner is not None and inner.lemma_ in ("say", "discuss") and lemma == "decline"
        told = inner is not None and (saying or lemma_of(inner) in _COMMENTING)
        return inner if told else None
    if lemma in ("have", "offer", "give", "make") and thing is not None and thing.lemma_.lower() == "comment":
        return verb if is_negated(verb) else None
    if not is_negated(verb):
        return None
    if lemma == "say":
        asks = inner is not None and any(c.lower_ in _WHETHER for c in inner.children)
        return verb if asks and "would" in modals(verb) else None
    if lemma == "reach":
        return verb if is_passive(verb) and oblique(verb, "for") is not None else None
    if lemma in ("return", "answer") and thing is not None and thing.lemma_.lower() not in _INQUIRIES:
        return None
    answers = lemma in _COMMENTING or (lemma in ("reply", "return") and (lemma == "reply" or thing is not None))
    return verb if answers else None
