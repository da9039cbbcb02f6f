"""Lemmas by rule: what to cut from the end of a form and what to put there."""

from __future__ import annotations


def make_rule(form: str, lemma: str) -> str:
    """The rule that makes the lemma of the form: "l2y" = lower-case it, cut 2 characters, add "y"."""
    case, base = ("k", form) if lemma[:1] == form[:1] and lemma.lower() != lemma else ("l", form.lower())
    if lemma == form:
        case, base = ("k", form) if form != form.lower() else ("l", form)
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    return f"{case}{len(base) - same}{lemma[same:]}"


def apply_rule(rule: str, form: str) -> str:
    """The lemma; the form itself where the rule would cut more than there is."""
    base = form.lower() if rule[0] == "l" else form
    digits = 1
    while (
        digits + 1 < len(rule)
        and rule[digits].isdigit()
        and rule[1 : digits + 1].isdigit()
        and rule[digits + 1].isdigit()
    ):
        digits += 1
    cut, add = int(rule[1 : digits + 1]), rule[digits + 1 :]
    if cut > len(base) or (cut == len(base) and not add):
        return base
    return base[: len(base) - cut] + add
