"""Reading a Universal Dependencies parse: phrases, clauses, subjects, tense, negation.

All functions are pure, take spaCy tokens and look only at the token's own sentence. Labels are UD v2
(https://universaldependencies.org/en/dep/); a copular clause has its predicate (noun, adjective) as head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar

from spacy.tokens import Doc, Token

_Answer = TypeVar("_Answer", int, bool, tuple[int, int], tuple[str, ...], frozenset[str])

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer"})
CLAUSES = frozenset(
    {
        "ccomp",
        "xcomp",
        "advcl",
        "advcl:relcl",
        "acl",
        "acl:relcl",
        "parataxis",
        "csubj",
        "csubj:pass",
        "csubj:outer",
    }
)
# What a noun phrase keeps of its head's children when it is cut to its core: no clause, no apposition, no list.
_CORE = frozenset(
    {"det", "det:predet", "amod", "nummod", "compound", "flat", "nmod:poss", "nmod:desc", "nmod:unmarked", "case",
     "fixed", "goeswith", "advmod"}
)  # fmt: skip
# Parts after the head that still belong to a noun phrase's full form ("undersecretary of defense for research").
_FULL = _CORE | {"nmod", "cc", "conj", "punct", "acl"}
_CONJUNCTIONS = frozenset({"after", "as", "before", "since", "until"})  # prepositions or conjunctions
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "scarcely", "without"})


def kept(look: Callable[[Token], _Answer]) -> Callable[[Token], _Answer]:
    """Answers are kept with the Doc: all parts of the extraction ask the same of the same words."""
    name = f"{look.__module__} {look.__qualname__}"

    @wraps(look)
    def ask(token: Token) -> _Answer:
        data = token.doc.user_data
        known: dict[int, _Answer] | None = data.get(name)
        if known is None:
            known = data[name] = {}
        answer = known.get(token.i)
        if answer is None:
            answer = known[token.i] = look(token)
        return answer

    return ask


def text_of(doc: Doc) -> str:
    """The text of a Doc; spaCy puts it together anew each time it is asked."""
    data = doc.user_data
    text: str | None = data.get("text")
    if text is None:
        text = data["text"] = doc.text
    return text


def base_dep(token: Token) -> str:
    """The UD relation without its subtype: ``nsubj:pass`` -> ``nsubj``."""
    return str(token.dep_.partition(":")[0])


def children(token: Token, *deps: str) -> Iterator[Token]:
    """The children with one of these relations (full label or base label), in text order."""
    for child in token.children:
        if child.dep_ in deps or child.dep_.partition(":")[0] in deps:
            yield child


def edges(tokens: list[Token]) -> tuple[int, int]:
    """Character span from the first to the last of the tokens, blanks and punctuation at both ends cut."""
    tokens = sorted((t for t in tokens if not t.is_space), key=lambda t: t.i) or tokens
    while len(tokens) > 1 and tokens[-1].is_punct and tokens[-1].text not in ')”’"%':
        tokens.pop()
    while len(tokens) > 1 and tokens[0].is_punct and tokens[0].text not in '(“‘"$':
        tokens.pop(0)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _grow(head: Token, keep: frozenset[str], left_case: bool) -> list[Token]:
    """The head with the subtrees of the kept children, as far as they join on without a gap."""
    inside = {head.i}
    for child in head.children:
        if child.dep_ not in keep and child.dep_.partition(":")[0] not in keep:
            continue
        if child.dep_ == "case" and child.i < head.i and not left_case:
            continue
        if child.dep_ == "advmod" and child.i > head.i:
            continue
        inside.update(t.i for t in child.subtree)
    first = last = head.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    doc = head.doc
    return [doc[i] for i in range(first, last + 1)]


@kept
def core_phrase(head: Token) -> tuple[int, int]:
    """The noun phrase of a head without clauses, appositions, lists and "of" phrases: "the Geneva-based firm"."""
    return edges(_grow(head, _CORE, False))


@kept
def full_phrase(head: Token) -> tuple[int, int]:
    """The noun phrase with its prepositional parts and coordination, without relative clauses and appositions."""
    return edges(_grow(head, _FULL, False))


def subtree(head: Token) -> tuple[int, int]:
    """Everything that hangs on the head."""
    return edges(list(head.subtree))


def clause(head: Token, *, drop: frozenset[str] = frozenset({"cc", "punct", "conj"})) -> tuple[int, int]:
    """The clause of a predicate: its subtree without a leading conjunction and without coordinated clauses."""
    skip: set[int] = set()
    for child in head.children:
        if child.dep_ in drop and (child.dep_ != "conj" or is_predicate(child)):
            skip.update(t.i for t in child.subtree)
    inside = {t.i for t in head.subtree} - skip | {head.i}
    first = last = head.i
    while first - 1 in inside or (
        first - 1 >= head.sent.start and head.doc[first - 1].is_punct and first - 2 in inside
    ):
        first -= 1
    while last + 1 in inside or (last + 1 < head.sent.end and head.doc[last + 1].is_punct and last + 2 in inside):
        last += 1
    return edges(list(head.doc[first : last + 1]))


def is_predicate(token: Token) -> bool:
    """A verb, or the predicate noun or adjective of a copular clause."""
    return token.pos_ == "VERB" or any(c.dep_ == "cop" for c in token.children)


def predicate_of(token: Token) -> Token | None:
    """The nearest predicate above the token, None when there is none in its sentence."""
    for above in token.ancestors:
        if is_predicate(above):
            return told_before(token, above) or above
    return None


def told_before(token: Token, verb: Token) -> Token | None:
    """The reporting verb to which a word belongs, though the tree hangs it on the verb of what is reported.

    "The port said on Monday it would answer": what stands before the subject of the content is no part of it.
    """
    above = verb.head
    if verb.dep_ != "ccomp" or not above.i < token.i < verb.i or token.dep_ not in ("obl", "obl:unmarked", "advmod"):
        return None
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.i > token.i]
    begun = any(c.i < token.i and c.dep_ in (*SUBJECTS, "mark", "punct") for c in verb.children)
    return above if own and not begun and token.head.i == verb.i else None


def _compared(noun: Token) -> bool:
    """Whether a noun only stands for comparison: "talks rather than a strike could …"."""
    first = noun.left_edge
    return first.i > 0 and bool(first.nbor(-1).lower_ == "than")


def subject(verb: Token) -> Token | None:
    """The subject of a predicate: its own, else that of the verb it is coordinated with or controlled by.

    For a participle after a noun ("talks held in Geneva") the noun; for a relative clause whose subject is "who",
    "which" or "that", the noun it describes.
    """
    at = _subject_at(verb)
    return verb.doc[at] if at >= 0 else None


@kept
def _subject_at(verb: Token) -> int:
    """Where the subject stands, -1 when there is none."""
    found = _subject(verb)
    return int(found.i) if found is not None else -1


def _subject(verb: Token) -> Token | None:
    at = verb
    for _ in range(6):  # chains of coordination and control are short; a bound keeps broken parses cheap
        own = [c for c in at.children if c.dep_ in SUBJECTS and not _compared(c)]
        for child in [c for c in own if c.i < at.i][-1:] or own:  # of two the nearer one
            if child.dep_ in SUBJECTS:
                relative = child.lower_ in ("who", "which", "that", "whom") and at.dep_ == "acl:relcl"
                return at.head if relative else child
        if at.dep_ in ("conj", "xcomp") or (at.dep_ == "advcl" and at.tag_ in ("VBG", "VB")):
            if at.dep_ == "xcomp" or _laid_to(at):  # "ordered agencies to cease": the object acts
                for child in at.head.children:
                    if child.dep_ == "obj":
                        return child
            at = at.head
            continue
        if at.dep_ == "acl":
            return at.head
        if at.dep_ == "advcl" and at.tag_ in ("VBD", "VBZ", "VBP"):
            return _cut_off(at)
        return None
    return None


def _laid_to(verb: Token) -> bool:
    """ "thanked them for helping", "accused the firm of lying", "kept him from leaving": the object does it."""
    return verb.tag_ == "VBG" and any(c.dep_ == "mark" and c.lower_ in ("for", "from", "of") for c in verb.children)


def _cut_off(verb: Token) -> Token | None:
    """The subject that a tree took for a phrase of time: "left after Spain, which …, refused"."""
    for sibling in verb.head.children:
        opens = any(c.dep_ == "case" and c.lower_ in _CONJUNCTIONS for c in sibling.children)
        if opens and sibling.dep_ == "obl" and verb.head.i < sibling.i < verb.i:
            return sibling
    return None


def agent(verb: Token) -> Token | None:
    """Who does it: the subject of an active verb, the "by" phrase of a passive one."""
    if is_passive(verb):
        for child in verb.children:
            if child.dep_ == "obl:agent" or (
                child.dep_ == "obl" and any(c.dep_ == "case" and c.lower_ == "by" for c in child.children)
            ):
                return child
        return None
    return subject(verb)


@kept
def is_passive(verb: Token) -> bool:
    """Passive voice, seen by its subject, its auxiliary, as a bare participle after a noun, or shared by "and"."""
    if any(c.dep_ in ("nsubj:pass", "aux:pass", "csubj:pass") for c in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "conj":  # "was taken in and told"
        own = any(c.dep_ in SUBJECTS or c.dep_.startswith("aux") for c in verb.children)
        return not own and verb.head.tag_ == "VBN" and any(c.dep_ == "aux:pass" for c in verb.head.children)
    return bool(verb.dep_ == "acl")


@kept
def is_negated(verb: Token) -> bool:
    """A negation hangs on the predicate itself ("did not agree", "no longer supports")."""
    for child in verb.children:
        if child.dep_ in ("advmod", "det", "cc:preconj", "aux", "cc") and child.lower_ in _NEGATIONS:
            following = child.doc[child.i + 1].lower_ if child.i + 1 < len(child.doc) else ""
            if child.lower_ != "not" or following not in ("only", "just", "merely"):  # "not only asked but …"
                return True
        if child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            return True
        if child.dep_ in ("nsubj", "obj", "nsubj:pass") and any(
            c.dep_ == "det" and c.lower_ in ("no", "neither") for c in child.children
        ):
            return True
    return False


@kept
def modals(verb: Token) -> tuple[str, ...]:
    """Lower-case lemmas of the modal auxiliaries: ("could",), ("will",)."""
    return tuple("will" if c.lower_ in ("'ll", "’ll", "wo") else c.lower_ for c in verb.children if c.tag_ == "MD")


def tense(verb: Token) -> str:
    """past, present, future, or none (infinitives, participles without auxiliary).

    The tense of the first finite verb of the group: "has met" is past ("present perfect" reports a past event),
    "is meeting" present, "will meet" future.
    """
    marks = modals(verb)
    if "will" in marks or "shall" in marks:
        return "future"
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    if any(a.lemma_ == "have" for a in auxiliaries) and verb.tag_ in ("VBN", "VBD"):
        return "past"
    for word in (*auxiliaries, verb):
        if word.tag_ == "VBD":
            return "past"
        if word.tag_ in ("VBZ", "VBP"):
            return "present"
    return "past" if verb.tag_ == "VBD" else "none"
