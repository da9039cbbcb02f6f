"""The judge: which openings are positions, on which side, and toward which of their options (numpy only).

A small network over the word vectors of the parse and what rules and lexicons say (``openings``). It learned from whole
articles and single sentences annotated by hand (``python -m newsdash.core.extraction.training``), so it weighs the
rules by how often they are right, and reads what they leave unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from newsdash.core.extraction.stances.acts import SIDES
from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.extraction.stances.issues import matter
from newsdash.core.extraction.stances.network import Floats, Ints, Network, softmax
from newsdash.core.extraction.stances.openings import ACTOR, ACTS, AIMED, ASIDE, DONE, Opening, Scene, Told, openings
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.extraction.stances.sayings import shown
from newsdash.core.extraction.syntax import clause
from newsdash.core.records import Act, Span

_LEAST = 1e-6  # a probability whose logarithm is still a number
_PASSING = 0.85  # probability that is asked of what is told in passing
_READ = 0.2  # share of the threshold that is enough for what the rules read
_START = 2.0  # logarithm of how much likelier the rules' side and act are taken to be than the network says
_AIM = 3.0  # the same of an actor that they have as target
_TURNED = 3.0  # the same where they find the contrary of what the word says ("dropped its opposition")
_PLAIN = 1.0  # and where they find no side, or aim at a thing that is no actor
_ELSEWHERE = 9.0  # the same of a target that another reading of the same word has
_ALIKE = 0.5  # chance from which what is told of one actor of a list is told of all
_FITTING: dict[int, Floats] = {
    sign: np.array([SIDES.get(act, sign) == sign and (act in ("claims", "declines-comment")) <= (not sign)
                    for act in ACTS], np.float32)
    for sign in (-1, 0, 1)
}  # fmt: skip


@dataclass(frozen=True)
class Verdicts:
    """Of n openings with m options: probabilities of being a position [n], of against, neutral, for [n, 3], of the acts
    [n, acts], and of each option being the target [m], with the sides toward it [m, 3]."""

    position: Floats
    side: Floats
    act: Floats
    target: Floats
    toward: Floats


@dataclass(frozen=True)
class Verdict:
    """What the judge makes of one opening; ``option`` is the number of the target, None when there is none.

    ``chance`` is the probability that holder, side and target are all right; ``read``: a rule reads the same side in a
    word that takes one.
    """

    opening: int
    sign: int
    act: Act
    option: int | None
    chance: float
    read: bool


def inputs(vectors: Floats, told: Told) -> tuple[Floats, Floats]:
    """The vectors [n, 4 x width] of openings: trigger, mean of the evidence, holder, cue; and of options [m, width]."""
    trigger, first, last, holder, cue = told.at.T
    spans = zip(first.tolist(), last.tolist(), strict=True)
    mean = np.stack([vectors[a:b].mean(0) for a, b in spans])
    spoken = vectors[cue] * (cue[:, None] >= 0).astype(np.float32)
    return np.concatenate([vectors[trigger], mean, vectors[holder], spoken], 1), vectors[told.head]


def weigh(net: Network, vectors: Floats, told: Told) -> Verdicts:
    """The judge's probabilities; ``vectors`` are those of the words of the article."""
    rows, options = inputs(vectors, told)
    seen = net.hidden("judge_words", rows, net.linear("judge_told", told.row))
    seen = net.hidden("judge_both", seen)
    met = net.hidden(
        "judge_option", options, net.linear("judge_traits", told.traits) + net.linear("judge_for", seen)[told.of]
    )
    scores = net.linear("judge_target", net.hidden("judge_inner", met))[:, 0]
    return Verdicts(
        np.asarray(1 / (1 + np.exp(-net.linear("judge_position", seen)[:, 0])), np.float32),
        softmax(net.linear("judge_side", seen)),
        softmax(net.linear("judge_act", seen)),
        shares(scores, told.of, len(rows)),
        softmax(net.linear("judge_toward", met)),
    )  # fmt: skip


def shares(scores: Floats, of: Ints, n: int) -> Floats:
    """Softmax of the scores [m] among those of one opening each."""
    best = np.full(n, -np.inf, np.float32)
    np.maximum.at(best, of, scores)
    e = np.exp(scores - best[of])
    return np.asarray(e / np.bincount(of, e, minlength=n)[of], np.float32)


def verdicts(found: Verdicts, told: Told, least: float) -> Iterator[Verdict]:
    """The likeliest side and target of each opening that is a position, likeliest first.

    What the rules leave unread is one with the probability ``least``, what they read with less, and their side and
    target have a start: it learned mostly from invented articles, and real news is plainer. Of what only claims
    something the target is a guess (who the sentence is about), and has none.
    """
    starts = np.searchsorted(told.of, np.arange(len(told.openings) + 1))
    own = np.log(found.target + _LEAST) + _head_start(told) - _others(told)
    for n in np.argsort(-found.position, kind="stable").tolist():
        draft = told.openings[n].draft
        far = _PASSING if told.openings[n].rule == ASIDE else least if draft is None else least * _READ
        if found.position[n] < far:
            continue
        a, b = int(starts[n]), int(starts[n + 1])
        if draft is None and a == b:
            continue  # nobody and nothing that it could be toward
        side, chance, option = np.log(found.side[n] + _LEAST), float(found.position[n]), None
        if b > a:
            option = a + int(own[a:b].argmax())
            side = (side + np.log(found.toward[option] + _LEAST)) / 2
            chance *= float(found.target[option])
        if draft is not None:
            side[draft.sign + 1] += _PLAIN if not draft.sign else _TURNED if told.turned[n] else _START
        sides = softmax(side)
        sign = int(sides.argmax()) - 1
        acts = np.log(found.act[n] + _LEAST) + np.log(_FITTING[sign] + _LEAST)
        if draft is not None:
            acts[ACTS.index(draft.act)] += _START
        act = ACTS[int(acts.argmax())]
        read = draft is not None and draft.sign == sign and draft.act != "claims"
        yield Verdict(n, sign, act, option, chance * float(sides.max()), read)


def _head_start(told: Told) -> Floats:
    """How far each option is ahead as the rules' own target."""
    drafts = (opening.draft for opening in told.openings)
    sided = np.array([draft is not None and draft.act != "claims" for draft in drafts], bool)
    aimed, actor = told.traits[:, AIMED], told.traits[:, ACTOR]
    return np.asarray(aimed * sided[told.of] * np.where(actor > 0, _AIM, _PLAIN), np.float32)


def _others(told: Told) -> Floats:
    """How far each option is behind as what another reading of the same word is aimed at.

    "The council asked Oslo to close the mine" asks Oslo, and opposes the mine.
    """
    aims: dict[tuple[str, int], set[str]] = {}
    for opening in told.openings:
        if opening.draft is not None and opening.draft.target is not None:
            aims.setdefault((opening.holder.key, opening.trigger), set()).add(opening.draft.target.key)
    behind = np.zeros(len(told.options), np.float32)
    for k, (option, n) in enumerate(zip(told.options, told.of.tolist(), strict=True)):
        draft, at = told.openings[n].draft, (told.openings[n].holder.key, told.openings[n].trigger)
        if draft is not None and draft.target is not None and len(aims[at]) > 1 and option.key != draft.target.key:
            behind[k] = _ELSEWHERE * (option.key in aims[at])
    return behind


def judged(cast: Cast, net: Network, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts as the judge sees them, and what they leave unread; who declines to comment is left as it is."""
    yield from (d for d in drafts if d.rule == "silence")
    told = Scene(cast).tell(list(openings(cast, drafts)))
    if not told.openings:
        return
    seen: set[tuple[str, int, str]] = set()
    for verdict in verdicts(weigh(net, np.asarray(cast.doc.tensor, np.float32), told), told, net.at.position):
        opening = told.openings[verdict.opening]
        target = told.options[verdict.option] if verdict.option is not None else None
        key = opening.holder.key, cast.sentence_at[opening.trigger][0], target.key if target is not None else ""
        if key not in seen:
            seen.add(key)
            yield _draft(cast, opening, verdict, target)
        alike = target is not None and verdict.sign and verdict.chance >= _ALIKE
        for other in cast.beside(target) if target is not None and alike else ():
            key = (*key[:2], other.key)
            if key not in seen and other.key != opening.holder.key:
                seen.add(key)
                yield _draft(cast, opening, verdict, other)


def _draft(cast: Cast, opening: Opening, verdict: Verdict, target: Party | None) -> Draft:
    draft, trigger = opening.draft, cast.tokens[opening.trigger]
    if draft is None:
        holder, done = opening.holder, opening.rule.startswith(DONE)
        voice = cast.voice(trigger) if done else cast.around(cast.quote_at[opening.trigger])
        via = voice if voice is not None and voice.key != holder.key else None
        return Draft(
            holder, verdict.act, target, verdict.sign, matter(trigger, target), _evidence(cast, opening),
            opening.trigger, opening.rule, trigger.text, via, chance=verdict.chance,
        )  # fmt: skip
    same = target is not None and draft.target is not None and _is_same(target, draft.target)
    return replace(
        draft,
        act=verdict.act,
        sign=verdict.sign,
        target=draft.target if same else target,
        issue=draft.issue or matter(trigger, target),
        sure=verdict.read,
        chance=verdict.chance,
    )


def _is_same(chosen: Party, read: Party) -> bool:
    """Whether the judge chose what the rules read, or a thing that they give to its owner ("Apple's store")."""
    edge = chosen.start == read.start or chosen.end == read.end
    return chosen.key == read.key or (not read.proper and edge)


def _evidence(cast: Cast, opening: Opening) -> Span:
    """The clause of what is done; what is said with speaker and cue."""
    trigger = cast.tokens[opening.trigger]
    number = cast.quote_at[opening.trigger]
    if opening.rule.startswith(DONE) or number < 0:
        return clause(trigger)
    return shown(cast.quotes[number], opening.evidence, trigger.sent)
