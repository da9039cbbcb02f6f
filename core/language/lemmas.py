"""Lemmas by rule: what to cut from the end of a form and what to put there."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from importlib import resources


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


_PREFIX = re.compile(r"(?:over|under|out|fore|with|mis|re|un|up)(?=\w{3})")
_DOUBLED = re.compile(r"([bdgklmnprtvz])\1$")
_NEEDS_E = re.compile(
    r"(?:[^aeiou][aeiou]t|[aeiouy](?:[vz]|c|s)|[aeiou][^aeiou]l|[^aeiou]l|[dr]g|u|[aou]r|[^aeiou][aiou]k|[^aeiou][ae]g|rs|ns|[^s]s)$"
)
"""Stems that most often have lost an "e": "nominat-", "resolv-", "announc-", "handl-", "charg-", "argu-"."""
_SHORT = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")


def candidates(word: str, tag: str) -> tuple[str, ...]:
    """Regular lemmas that an inflected form (lower case) may come from, the likeliest first; () for other words."""
    if tag in ("NNS", "VBZ") and word.endswith("s") and not word.endswith("ss"):
        if word.endswith("ies") and len(word) > 4:
            return (word[:-3] + "y", word[:-1])
        if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
            return (word[:-2], word[:-1])
        return (word[:-1], word[:-2]) if word.endswith("es") else (word[:-1],)
    ending = {"VBD": "ed", "VBN": "ed", "VBG": "ing", "JJR": "er", "RBR": "er", "JJS": "est", "RBS": "est"}.get(tag, "")
    if not ending or not word.endswith(ending) or len(word) < len(ending) + 2:
        return ()
    stem = word[: -len(ending)]
    if _SHORT.search(stem):  # "hoped" is not of "hop", which doubles its consonant
        return (stem + "e", stem)
    if stem.endswith("i") and ending != "ing":
        return (stem[:-1] + "y", stem + "e")
    if _DOUBLED.search(stem) and len(stem) > 3:
        return (stem[:-1], stem, stem + "e")
    return (stem + "e", stem) if _NEEDS_E.search(stem) else (stem, stem + "e")


def settle(lemma: str, word: str, tag: str, known: Container[str]) -> str:
    """The lemma that the rules chose, or a better one when it cannot be one.

    `known` has the words that exist.  A regular form keeps its lemma if that is one of its `candidates` and known;
    otherwise the first known candidate is taken, else the likeliest.
    """
    form = word.lower()
    past = tag in ("VBD", "VBN") or (tag in ("VB", "VBP") and form not in known)  # "overthrew" can be no present
    table = "verbs" if past else "nouns" if tag == "NNS" else ""
    if table and (lemmas := irregular(table, form)):
        return lemma if lemma in lemmas else lemmas[0]
    choice = candidates(form, tag) if form.isalpha() else ()
    if not choice or (lemma == form and tag not in ("VBD", "VBN", "VBG")):
        return lemma
    if lemma in choice and lemma in known and not _SHORT.search(lemma):
        return lemma
    return next((c for c in choice if c in known), choice[0])


@cache
def irregular_forms() -> dict[str, dict[str, tuple[str, ...]]]:
    """``data/irregular.txt``: section to form to lemmas."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    rows: dict[str, tuple[str, ...]] = {}
    for line in resources.files(__package__).joinpath("data/irregular.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            rows = found.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            lemma, *forms = line.split()
            for form in forms:
                rows[form] = (*rows.get(form, ()), lemma)
    return found


def irregular(table: str, form: str) -> tuple[str, ...]:
    """Lemmas that a form (lower case) is an irregular form of, "overthrew" by its last part; () when regular."""
    rows = irregular_forms()[table]
    if form in rows:
        return rows[form]
    m = _PREFIX.match(form)
    return tuple(m[0] + lemma for lemma in rows.get(form[m.end() :], ())) if m else ()
