"""Stances: who takes which position toward whom on what, with the words that show it.

Two readings of the same parse are joined: positions that the text tells of (``narrated``: "held firm against",
"was accused by") and positions in what somebody says (``quoted``: the reporting word and the content). In an article
the judge then decides on them and on what they leave unread (``judging``); in one or two sentences alone a network
fills in what the lexicons do not tell (``learned``). ``reason`` names rule and words; ``confidence`` is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsdash.core.extraction.mentions import overlaps
from newsdash.core.extraction.stances.confidence import confidence
from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.extraction.stances.issues import unify
from newsdash.core.extraction.stances.judging import judged
from newsdash.core.extraction.stances.learned import Reader, between, is_passage, refined, tone
from newsdash.core.extraction.stances.narrated import narrated
from newsdash.core.extraction.stances.network import network, readable
from newsdash.core.extraction.stances.parties import Cast
from newsdash.core.extraction.stances.quoted import quoted
from newsdash.core.extraction.stances.silence import answering, facing
from newsdash.core.records import Entity, Polarity, Quote, Stance
from spacy.tokens import Doc

_PRONOUNS = frozenset(
    {"he", "her", "herself", "him", "himself", "his", "i", "it", "its", "itself", "me", "my", "our", "ourselves", "she",
     "that", "their", "them", "themselves", "these", "they", "this", "those", "us", "we", "which", "who", "whom", "you"}
)  # fmt: skip
_POLARITY: dict[int, Polarity] = {1: "for", -1: "against", 0: "neutral"}


def find_stances(doc: Doc, entities: Sequence[Entity], quotes: Sequence[Quote]) -> tuple[Stance, ...]:
    """All stances in the order of their evidence. Finding none is an answer; no input raises."""
    cast = Cast(doc, entities, quotes)
    drafts = drafted(cast)
    net = network() if readable(doc) else None
    if net is not None and is_passage(cast):
        read = Reader(cast, net)
        drafts = list(refined(read, drafts))
        drafts = distinct([*drafts, *between(read, drafts), *tone(read, entities)])
    elif net is not None:
        drafts = distinct(list(judged(cast, net, drafts)))
    drafts = [
        named(d, cast) for d in answering(cast, list(facing(cast, drafts))) if d.target is not None or d.act != "claims"
    ]
    issues = unify([d.issue for d in drafts], [_stems(d.issue) for d in drafts])
    return tuple(
        Stance(
            holder=d.holder.entity,
            holder_text=d.holder.text,
            act=d.act,
            target=d.target.entity if d.target is not None else None,
            target_text=d.target.text if d.target is not None else "",
            polarity=_POLARITY[d.sign],
            issue=issue,
            evidence=d.evidence,
            confidence=confidence(d, net.at if net is not None else None),
            via=d.via.entity if d.via is not None else None,
            reason=f"{d.rule}: {d.words}" if d.chance is None else f"{d.rule}: {d.words}, judged {d.chance:.2f}",
        )
        for d, issue in zip(drafts, issues, strict=True)
    )


def drafted(cast: Cast) -> list[Draft]:
    """What the rules read, in text order."""
    told = list(narrated(cast))
    return distinct([*told, *quoted(cast, told)])


def named(draft: Draft, cast: Cast) -> Draft:
    """The draft, its issue no bare pronoun ("they") but the name or words of the target."""
    if draft.issue.lower() not in _PRONOUNS:
        return draft
    target = draft.target
    known = cast.by_id.get(target.entity or "") if target is not None else None
    return replace(draft, issue=known.name if known is not None else target.text if target is not None else "")


def distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in text order, one for each holder, target and polarity at one place."""
    order = sorted(drafts, key=lambda d: (d.evidence, d.trigger, d.holder.key, d.rule))
    kept: list[Draft] = []
    last: dict[tuple[object, ...], Draft] = {}
    for draft in order:
        key = (draft.holder.key, draft.target.key if draft.target else draft.trigger, draft.sign)
        before = last.get(key)
        if before is not None and (before.trigger == draft.trigger or _same_place(before, draft)):
            continue
        last[key] = draft
        kept.append(draft)
    return kept


def _same_place(a: Draft, b: Draft) -> bool:
    return a.target is not None and a.act == b.act and overlaps(a.evidence, b.evidence)


def _stems(issue: str) -> frozenset[str]:
    """Content words of an issue, without plural endings."""
    words = (w.strip("“”\"'’,.").lower() for w in issue.split())
    return frozenset(w[:-1] if w.endswith("s") and not w.endswith("ss") else w for w in words if len(w) > 3)
