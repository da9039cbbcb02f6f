"""Scores to annotation: valid name spans, sentences, and one tree a sentence.  Plain numpy, linear in the text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from newsdash.core.language.labels import NAME_LABELS, NAME_TYPES
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
IMPOSSIBLE = -1e9
QUOTES_OPEN, QUOTES_CLOSE, QUOTES_BOTH = "“«„", "”»", '"'
FINAL = frozenset(".!?…:") | {"...", "....", "..", "?!", "!!", "!!!", "??", "???", "—", "--"}
CLOSING = frozenset("\"”’')]»") | {"''", "’’"}
LONGEST_SENTENCE = 150
"""A sentence is cut where it is longer (in words): lists and tables without end are no sentence."""


SURELY_ENDED = 0.1
"""Probability that is enough for a sentence to begin where the one before ends in a full stop and closing marks."""
NO_NAME = 0.75
"""What is added to the log-probability of no name where none goes on: a network that learned from the probabilities of
others finds too many (chosen among six with UNER, Wikigold and GUM in view: 0.4, 1.1 and -0.2 points)."""


def names(scores: Floats) -> Ints:
    """The best sequence of name labels [n] for log-probabilities [n, labels] in which no I lacks its B.

    The best label of each word, unless that breaks the rule: then Viterbi over that stretch.
    """
    scores = scores.copy()
    scores[~is_inside(scores.argmax(-1)), 0] += NO_NAME
    best: Ints = scores.argmax(-1).astype(np.int64)
    if not broken(best).any():
        return best
    n, kinds = len(best), len(NAME_TYPES)
    total = scores[0].copy()
    total[2::2] = IMPOSSIBLE
    back = np.zeros((n, len(NAME_LABELS)), np.int64)
    begins, insides = np.arange(1, 1 + 2 * kinds, 2), np.arange(2, 2 + 2 * kinds, 2)
    for i in range(1, n):
        top = int(total.argmax())
        new = scores[i] + total[top]
        back[i] = top
        stays = total[insides] > total[begins]
        before = np.where(stays, insides, begins)
        new[insides] = scores[i][insides] + total[before]
        back[i][insides] = before
        total = new
    path = np.zeros(n, np.int64)
    path[-1] = int(total.argmax())
    for i in range(n - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def kinds(scores: Floats) -> Floats:
    """Log-probabilities [n, types] of the type of each word, if it belongs to a name."""
    joint = np.logaddexp(scores[:, 1::2], scores[:, 2::2])
    found: Floats = (joint - np.logaddexp.reduce(joint, -1, keepdims=True)).astype(np.float32)
    return found


def broken(labels: Ints) -> NDArray[np.bool_]:
    """Where an I stands that continues no B or I of its type."""
    before = np.concatenate([[0], labels[:-1]])
    found: NDArray[np.bool_] = is_inside(labels) & (before != labels) & (before != labels - 1)
    return found


def is_inside(labels: Ints) -> NDArray[np.bool_]:
    """Which labels go on with a name."""
    found: NDArray[np.bool_] = (labels > 0) & (labels % 2 == 0)
    return found


def ended_quotation(words: Sequence[str], i: int) -> bool:
    """Whether a capitalised word follows a full stop and closing marks (.” The …)."""
    return i > 1 and words[i - 1] in CLOSING and words[i - 2] == "." and words[i][:1].isupper()


def sentence_starts(
    words: Sequence[str], probability: Floats, breaks: Sequence[bool], threshold: float = 0.5
) -> list[bool]:
    """Which words begin a sentence.

    `breaks` marks sure starts (paragraphs).  Inside a paragraph the network decides, but for these:
    a lower-case word after a closing quotation mark begins nothing, punctuation that closes begins nothing, and
    inside an open quotation a sentence may begin only after a full stop or the like.
    """
    found: list[bool] = []
    open_quote = False
    last = 0
    for i, word in enumerate(words):
        if breaks[i]:
            open_quote = False
            start = True
        else:
            before = words[i - 1]
            start = bool(probability[i] > (SURELY_ENDED if ended_quotation(words, i) else threshold))
            if (
                start
                and open_quote
                and before not in FINAL
                and not (before in CLOSING and i > 1 and words[i - 2] in FINAL)
            ):
                start = before[-1] in ".!?" and probability[i] > 0.9
            if start and (word in CLOSING and word not in QUOTES_BOTH and word not in "’'"):
                start = False
            if start and word[:1].islower() and before in CLOSING and before not in ")]":
                start = False
            if start and word in (",", ";", ".", "?", "!", ":", "%"):
                start = False
            if not start and i - last >= LONGEST_SENTENCE:
                start = True
        if start:
            last = i
        found.append(start)
        if word in QUOTES_BOTH:
            open_quote = not open_quote
        elif word in QUOTES_OPEN or word == "``":
            open_quote = True
        elif word in QUOTES_CLOSE or word == "''":
            open_quote = False
    return found


def tree(scores: Floats) -> Ints:
    """Heads [n] (0 = root, else 1 + index) of the best one-rooted tree for scores [n, n + 1] of dependents by heads.

    Greedy where the greedy heads are a tree already (nearly always), else Chu-Liu-Edmonds.
    """
    n = len(scores)
    if n == 1:
        return np.zeros(1, np.int64)
    scores = scores.astype(np.float64)
    scores[np.arange(n), np.arange(1, n + 1)] = IMPOSSIBLE
    heads: Ints = scores.argmax(1).astype(np.int64)
    roots = np.flatnonzero(heads == 0)
    if len(roots) != 1:
        best, without = scores[:, 0], scores[:, 1:].max(1)
        pool = roots if len(roots) else np.arange(n)
        root = int(pool[(best[pool] - without[pool]).argmax()])
        scores[:, 0] = IMPOSSIBLE
        scores[root] = IMPOSSIBLE
        scores[root, 0] = 0.0
        heads = scores.argmax(1).astype(np.int64)
    if cycle_of(heads) is None:
        return heads
    square = np.full((n + 1, n + 1), IMPOSSIBLE)
    square[1:] = scores
    return chu_liu_edmonds(square)[1:] if len(roots) == 1 else fix_single_root(square)


def fix_single_root(square: NDArray[np.float64]) -> Ints:
    """The best tree when the root is fixed already (its row allows nothing else)."""
    return chu_liu_edmonds(square)[1:]


LEAVES = frozenset({"case", "det", "cop", "aux", "aux:pass", "mark", "cc", "punct"})
"""Relations of words that stand for no phrase: in UD nothing that they could be asked about hangs on them."""
HANGING = frozenset(
    {"nsubj", "nsubj:pass", "csubj", "obj", "iobj", "obl", "ccomp", "xcomp", "advcl", "advmod", "cop", "aux", "mark"}
)
FREE = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "nmod:unmarked", "obl:unmarked"})
"""Relations that a word with a possessive mark does not have."""
BESIDE_NOUNS = frozenset({"JJ", "JJR", "JJS", "CD", "RB", "RBS", "VBN", "VBG"})
"""Tags of words that stand between a possessor and the noun."""
BESIDE_NAMES = BESIDE_NOUNS | {"DT", "NN", "NNS", "NNP", "NNPS"}
"""Tags of words that stand between a noun and what it is called."""
NAMED = frozenset({"obj", "nsubj"})
"""Relations to a later verb that a noun has by mistake, when it is what a gerund calls its object."""
NEAR = 4
"""Words after a verb: the head of its object is nearer."""
SUBJECTS, CLAUSES = frozenset({"nsubj", "nsubj:pass"}), frozenset({"ccomp", "parataxis"})


def settle(heads: Ints, deps: Ints, labels: Sequence[str], tags: Sequence[str]) -> None:
    """Mend, in place, what heads and relations [n] chosen word by word contradict each other in.

    A possessive mark makes a possessor of the word before it. What hangs on a preposition, copula or the like hangs on
    the head of that. Of two subjects of a verb, one before a clause that is its object and has no subject is that
    clause's ("has hinted it would veto"), and one that stands after the verb is its object. A root is its own head.
    """
    case, possessor = labels.index("case"), labels.index("nmod:poss")
    free = {i for i, label in enumerate(labels) if label in FREE}
    for mark in [i for i, tag in enumerate(tags) if tag == "POS" and 0 < i < len(tags) - 1]:
        owner = int(heads[mark]) if deps[mark] == case and heads[mark] < mark else mark - 1
        owned = owned_by(mark, heads, tags)
        if owned is None or int(deps[owner]) not in free:
            continue
        if len({root_of(word, heads) for word in (owner, mark, owned)}) > 1:
            continue  # a heading ends in the mark, and the next sentence begins
        if not is_under(owned, owner, heads) and not is_under(owned, mark, heads):
            heads[owner], deps[owner], heads[mark], deps[mark] = owned, possessor, owner, case
    leaf, hanging, subject, clause = (
        np.isin(deps, [i for i, label in enumerate(labels) if label in group])
        for group in (LEAVES, HANGING, SUBJECTS, CLAUSES)
    )
    for i in np.flatnonzero(hanging & leaf[heads]).tolist():
        above = int(heads[heads[i]])
        if not is_under(above, i, heads):
            heads[i] = above
    settle_gerunds(heads, deps, labels, tags)
    subjects = np.flatnonzero(subject)
    if len(subjects) == len(np.unique(heads[subjects])):
        return
    of: dict[int, list[int]] = {}
    for i in subjects.tolist():
        of.setdefault(int(heads[i]), []).append(i)
    for verb, found in of.items():
        if len(found) != 2 or found[0] > verb:
            continue
        moved = found[0] if found[1] < verb else found[1]
        ends = found[1] if found[1] < verb else len(heads)
        clauses = [c for c in np.flatnonzero((heads == verb) & clause).tolist() if moved < c < ends and c not in of]
        if clauses and not is_under(clauses[0], moved, heads):
            heads[moved] = clauses[0]
        elif verb < moved < verb + NEAR:
            deps[moved] = labels.index("obj")


def settle_gerunds(heads: Ints, deps: Ints, labels: Sequence[str], tags: Sequence[str]) -> None:
    """Of two clauses that are a verb's object, a gerund before one without a subject is that one's subject ("warned
    that raising the tax could cost jobs"); and what it calls its object is its own ("calling it a risk could")."""
    objects = np.flatnonzero(deps == labels.index("ccomp")).tolist()
    for one, other in itertools.pairwise(objects):
        is_gerund = tags[one] == "VBG" and labels[int(deps[one - 1])] != "aux"
        if is_gerund and heads[one] == heads[other] < one:
            subjects = [i for i in range(one + 1, other) if heads[i] == other and labels[int(deps[i])] in SUBJECTS]
            if all(names_object(i, one, heads, deps, labels, tags) for i in subjects):
                heads[one], deps[one] = other, labels.index("csubj")
    for gerund in np.flatnonzero(deps == labels.index("csubj")).tolist():
        verb = int(heads[gerund])
        if tags[gerund] != "VBG" or verb < gerund:
            continue
        for name in [i for i in range(gerund + 1, verb) if heads[i] == verb and labels[int(deps[i])] in NAMED]:
            if names_object(name, gerund, heads, deps, labels, tags):
                heads[name], deps[name] = gerund, labels.index("xcomp")
                for i in range(gerund + 1, name):
                    if heads[i] > name and not is_under(name, i, heads):
                        heads[i] = name


def names_object(name: int, verb: int, heads: Ints, deps: Ints, labels: Sequence[str], tags: Sequence[str]) -> bool:
    """Whether a noun follows the object of a verb with nothing but an article and its own words between."""
    things = [i for i in range(verb + 1, name) if heads[i] == verb and labels[int(deps[i])] == "obj"]
    between = tags[things[-1] + 1 : name] if things else ()
    return bool(between) and between[0] == "DT" and tags[name].startswith("NN") and set(between) <= BESIDE_NAMES


def root_of(word: int, heads: Ints) -> int:
    """The root of the tree of a word, its own head."""
    while int(heads[word]) != word:
        word = int(heads[word])
    return word


def is_under(word: int, top: int, heads: Ints) -> bool:
    """Whether a word is another one or hangs on it, in a tree whose root is its own head."""
    while word != top and int(heads[word]) != word:
        word = int(heads[word])
    return word == top


def owned_by(mark: int, heads: Ints, tags: Sequence[str]) -> int | None:
    """The noun that a possessive mark at this place makes somebody's: the head of the words right after it."""
    noun = mark + 1
    while noun < len(tags) and tags[noun] in BESIDE_NOUNS:
        noun += 1
    if noun == len(tags) or not tags[noun].startswith("NN"):
        return None
    while noun < heads[noun] < mark + 6 and tags[int(heads[noun])].startswith("NN"):
        noun = int(heads[noun])
    return noun


def cycle_of(heads: Ints) -> list[int] | None:
    """Words (1-based) of a cycle among heads [n] (0 = root), or None."""
    n = len(heads)
    state = [0] * (n + 1)
    state[0] = 2
    plain = [0, *heads.tolist()]
    for start in range(1, n + 1):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = plain[at]
        if state[at] == 1:
            return path[path.index(at) :]
        for node in path:
            state[node] = 2
    return None


def chu_liu_edmonds(scores: NDArray[np.float64]) -> Ints:
    """Heads [n + 1] of the best tree rooted in 0 for scores [n + 1 dependents, n + 1 heads]; entry 0 means nothing.

    Cycles are contracted one at a time, without recursion over words: at most n rounds.
    """
    scores = scores.copy()
    np.fill_diagonal(scores, IMPOSSIBLE)
    heads: Ints = scores.argmax(1).astype(np.int64)
    heads[0] = 0
    cycle = cycle_of(heads[1:])
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    members = np.array(cycle)
    kept = scores[members, heads[members]]
    enter = scores[np.ix_(members, rest)] - kept[:, None]  # replace one arc of the cycle
    leave = scores[np.ix_(rest, members)]
    size = len(rest)
    small = np.full((size + 1, size + 1), IMPOSSIBLE)
    small[:size, :size] = scores[np.ix_(rest, rest)]
    small[size, :size] = enter.max(0)
    small[:size, size] = leave.max(1)
    entered, left = enter.argmax(0), leave.argmax(1)
    found = chu_liu_edmonds(small)
    for i in range(1, size):
        h = int(found[i])
        heads[rest[i]] = members[left[i]] if h == size else rest[h]
    by = int(found[size])
    heads[members[entered[by]]] = rest[by]
    return heads
