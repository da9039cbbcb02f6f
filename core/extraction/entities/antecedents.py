"""Which actor in the reader's mind a pronoun stands for.

Each actor that fits is told by plain features (where and how it was last mentioned, how much of the text is about it,
who spoke last), and by the vectors of its last mention and of what that hangs on, which meet those of the pronoun. The
weights in ``pronouns.npz`` are those of a softmax over the candidates, learned on pronouns annotated by hand
(``training/pronouns.py``). "Nobody" is a candidate, too.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from newsdash.core.extraction.entities.actors import Actor
from newsdash.core.extraction.entities.knowledge import speech_verbs
from newsdash.core.extraction.entities.mind import Mind
from newsdash.core.extraction.entities.pronouns import PRONOUNS, Pronoun
from newsdash.core.extraction.entities.ranking import NOBODY, Pair, Ranker, Told
from newsdash.core.extraction.entities.salience import Candidate
from newsdash.core.extraction.syntax import kept
from spacy.tokens import Token

Resolve = Callable[[Token, Pronoun, Sequence[Candidate], Mind], Actor | None]

WEIGHTS = Path(__file__).parent / "pronouns.npz"
_SURE = 2.0  # logarithm of how much likelier "nobody" must be: a reader rather sees a guess than a gap
_OBJECTS = frozenset({"obj", "iobj", "obl"})
_PREDICATE = _OBJECTS | {"ccomp", "nmod", "xcomp"}
_FAR = 3  # sentences or ranks from which on all are the same
_TALL = 6  # steps up the tree at most


@cache
def _ranker() -> Ranker:
    return Ranker(WEIGHTS)


def antecedent(token: Token, pronoun: Pronoun, candidates: Sequence[Candidate], mind: Mind) -> Actor | None:
    """The likeliest of the candidates, None when it is much likelier that it stands for none of them."""
    if not candidates[1:]:
        return candidates[0].actor if candidates else None
    told = features(token, pronoun, candidates, mind)
    scores = _ranker().scores(told, mind.doc, *pairs(token, candidates))
    scores[0] -= _SURE
    best = int(scores.argmax())
    return candidates[best - 1].actor if best else None


def excluded(token: Token, pronoun: Pronoun, mind: Mind) -> Iterator[Actor | None]:
    """Whom a pronoun cannot mean: as object the subject of its verb, as subject those whom its predicate names.

    "Foo described him", "he described Foo as a friend", "he said that Foo was late"; not "Foo saw himself".
    """
    beside = mind.kids[token.head.i]
    if token.dep_.partition(":")[0] in _OBJECTS and not pronoun.reflexive:
        subject = next((c for c in beside if c.dep_.startswith("nsubj")), None)
        yield mind.actor_with(subject.i) if subject is not None else None
    if _is_subject(token):
        for child in beside:
            if child.i > token.i and child.dep_.partition(":")[0] in _PREDICATE:
                yield from (mind.named_at(t.i) for t in child.subtree)


def pairs(token: Token, candidates: Sequence[Candidate]) -> tuple[Pair, list[Pair]]:
    """The pronoun and its head, and each candidate's last mention and its head."""
    heads = [c.recent[0].head for c in candidates]
    return (token.i, token.head.i), [(h.i, h.head.i) for h in heads]


def features(token: Token, pronoun: Pronoun, candidates: Sequence[Candidate], mind: Mind) -> list[Told]:
    """What is known of "nobody", then of each candidate: name of a feature -> its value."""
    kind = {"m": "he", "f": "he", "n": "it"}.get(pronoun.gender, "they")
    total = sum(c.weight for c in candidates)
    ranks = sorted(candidates, key=lambda c: -c.recent[0].head.i)
    strongest = max(candidates, key=lambda c: c.weight)
    nobody = {NOBODY: 1.0, f"{NOBODY} {kind}": 1.0, f"{NOBODY} {kind} {token.dep_}": 1.0}
    rows = [nobody | {f"{NOBODY} {kind} weight": math.log(total)}]
    speaks = _speaks(token)
    quoted = mind.is_quoted(token.i)
    clause = _subject_of_clause(token, mind)
    begins = token.i == mind.layout.begins[token.i] or (token.i and mind.layout.begins[token.i - 1] == token.i - 1)
    place = "subject" if _is_subject(token) else "owner" if token.dep_.startswith("nmod:poss") else "other"
    for c in candidates:
        near = c.recent[0]
        head = near.head
        away = min(mind.sentence[token.i] - near.sentence, _FAR)
        row = {
            f"{kind} share": c.weight / total,
            f"{kind} weight": math.log(c.weight),
            f"{kind} fit": math.log(c.fit),
            f"{kind} told": math.log1p(len(c.actor.places)),
            f"{kind} words": math.log1p(max(token.i - head.i, 0)),
        }
        rank = min(next(k for k, x in enumerate(ranks) if x.actor is c.actor), _FAR)
        same = head.lower_ in PRONOUNS
        names = [
            f"{kind} strongest={c is strongest}",
            f"{kind} away={away}", f"{kind} rank={rank}",
            f"{kind} {place} away={away} {_place(head)}",
            f"{kind} dep={head.dep_}",
            f"{kind} {'pronoun' if same else 'name' if mind.layout.name_at[head.i] >= 0 else 'phrase'}",
            f"{kind} type={c.actor.type} named={c.actor.named} plural={c.actor.plural}",
            f"{kind} gender={bool(c.actor.gender)}" if kind == "he" else "",
            f"{kind} quoted={quoted} near={mind.is_quoted(head.i)}",
            f"{kind} {place} parallel={_place(head) == _place(token)} away={away}",
            f"{kind} depth={_depth(head)} away={away}",
        ]  # fmt: skip
        before = [r for r in c.recent if mind.sentence[token.i] - r.sentence == 1]
        main = any(_is_subject(r.head) and _depth(r.head) == 1 for r in before)
        names.append(f"{kind} main before={main} begins={bool(begins)}")
        spoke = any(_speaks(r.head) for r in before or c.recent[:1])
        names.append(f"{kind} speaks={speaks} spoke={spoke}")
        names.append(f"{kind} {place} clause={clause is c.actor}" if clause is not None else "")
        names.append(f"{kind} breaks={_breaks(mind, head.i, token.i)}")
        if head.head.i == token.head.i and head.i != token.head.i:
            names.append(f"{kind} {place} beside {_place(head)}")
        if same:
            names.append(f"{kind} same word={PRONOUNS[head.lower_] == pronoun}")
        row |= {name: 1.0 for name in names if name}
        rows.append(row)
    return rows


def _is_subject(token: Token) -> bool:
    return str(token.dep_).startswith("nsubj")


def _place(token: Token) -> str:
    dep = token.dep_.partition(":")[0]
    if dep in ("conj", "appos", "flat"):
        dep = token.head.dep_.partition(":")[0]
    if dep in ("nsubj", "csubj"):
        return "subject"
    return "object" if dep in ("obj", "iobj") else "other"


def _speaks(token: Token) -> bool:
    """Whether the token is who speaks in its clause."""
    return _is_subject(token) and token.head.lemma_ in speech_verbs()


@kept
def _depth(token: Token) -> int:
    """Steps from the token up to the root of its sentence, at most `_TALL`; a list counts as one."""
    steps, at = 0, token
    while at.head.i != at.i and steps < _TALL:
        steps += at.dep_ not in ("conj", "flat", "appos")
        at = at.head
    return steps


def _subject_of_clause(token: Token, mind: Mind) -> Actor | None:
    """The actor that is the subject of the nearest clause around the pronoun, before it."""
    at = token
    for _ in range(_TALL):
        if at.head.i == at.i:
            return None
        at = at.head
        for child in mind.kids[at.i]:
            if _is_subject(child) and child.i < token.i:
                return mind.actor_with(child.i)
    return None


def _breaks(mind: Mind, start: int, end: int) -> int:
    """Paragraphs that begin between two tokens, at most two."""
    return min(bisect_left(mind.breaks, end) - bisect_left(mind.breaks, start), 2)
