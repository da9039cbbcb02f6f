"""Names: what the pipeline tagged, repaired where a general rule sees better.

Titles are cut off, possessives and articles are cut off, names that were missed in one place are found again by what
other places say, and table names get their type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsdash.core.extraction.entities.bounds import (
    cut_common,
    cut_joined,
    cut_owned,
    cut_pair,
    cut_role,
    is_address,
    is_alone,
    is_front,
    is_index,
    with_act,
    with_body,
    with_form,
    with_number,
    with_of,
    with_partner,
)
from newsdash.core.extraction.entities.knowledge import (
    LOOSE,
    first_word,
    first_words,
    given_gender,
    group_words,
    heads,
    known_names,
    lemma_of,
    not_names,
    plain,
    titles,
    vessel_words,
)
from spacy.tokens import Doc

TYPES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
_PROPER = frozenset({"NNP", "NNPS"})
_CUT_LEFT = frozenset(
    {"the", "a", "an", "'s", "’s", '"', "“", "”", "'", "‘", "’", "(", "[", ",", "-", "–", "—", "and", "&"}
)
_CUT_RIGHT = frozenset(
    {"'s", "’s", "'", "’", "‘", '"', "“", "”", ",", ".", ")", "]", ":", ";", "-", "–", "—", "(", "and", "&"}
)
_ADDRESSES = frozenset({"mr", "mrs", "ms"})
_DIRECTIONS = frozenset(
    {"North", "South", "East", "West", "Central", "Northeast", "Northwest", "Southeast", "Southwest"}
)
_SIDES = frozenset({"north", "south", "east", "west"})
_AFFECTED = re.compile(r".-(?:[a-z]+ed|led|run|held|made|born|bound|wide|style|era|like)$")  # "U.N.-backed"
_BRAND = re.compile(r"[a-z]{1,2}[A-Z][a-z]{2,}")  # "iPhone", as nothing but a brand is written
_PARTY = re.compile(r"[RDI]-[A-Z][\w.]*")  # "(R-Ky.)": party and state, nobody
_LINE = 40  # tokens of the longest headline
_BEYOND = 3  # tokens that a table may add to a name
_LONGEST = 12  # tokens of the longest name looked for


@dataclass(frozen=True)
class Name:
    """A name in the text by token numbers, with its type; ``form`` as in ``Known`` ("name" where no table has it)."""

    start: int
    end: int
    type: str
    form: str = "name"


def find_names(doc: Doc) -> list[Name]:
    """All names in text order, none overlapping."""
    taken = [False] * len(doc)
    names: list[Name] = []
    words = [token.text for token in doc]
    common = {word for word in words if word.islower()}

    def keep(name: Name) -> None:
        party = _PARTY.fullmatch(doc[name.start : name.end].text)
        if name.start < name.end and not party and not any(taken[name.start : name.end]):
            taken[name.start : name.end] = [True] * (name.end - name.start)
            names.append(name)

    titled = _title_cased(words)
    for tagged in _of_headlines(doc, [Name(e.start, e.end, e.label_) for e in doc.ents if e.label_ in TYPES], titled):
        for name in _repair(doc, tagged):
            if not _is_common(doc, name, common, titled):
                keep(name)
    capital = [at for at, word in enumerate(words) if word[:1].isupper()]
    for name in _from_tables(doc, taken, capital):
        keep(name)
    for name in _people(doc, taken, capital):
        keep(name)
    for name in _introduced(doc, taken, capital):
        keep(name)
    for name in _in_brackets(doc, names, taken):
        keep(name)
    for at, word in enumerate(words):
        if "." in word and is_address(word):
            keep(Name(at, at + 1, "ORG" if _acts(doc, at) and not word.startswith(("www.", "http")) else "PRODUCT"))
        elif _BRAND.fullmatch(word):
            keep(Name(at, at + 1, "PRODUCT"))
    for name in _again(doc, words, names, taken):
        keep(name)
    return _whole_people(doc, sorted(names, key=lambda n: n.start))


def _whole_people(doc: Doc, names: list[Name]) -> list[Name]:
    """ "Foo | Bar Baz": a given name and the rest of a name, tagged apart, are one person's."""
    found: list[Name] = []
    for name in names:
        last = found[-1] if found else None
        if (
            last is not None
            and last.type == name.type == "PERSON"
            and last.end == name.start
            and last.end - last.start == 1
            and not doc[name.start].is_sent_start
        ):
            found[-1] = replace(last, end=name.end)
        else:
            found.append(name)
    return found


def _is_common(doc: Doc, name: Name, common: set[str], titled: list[bool]) -> bool:
    """A heading's "Dockers", or one that the text has in lower case, too."""
    token = doc[name.start]
    if name.end - name.start > 1 or name.form != "name" or lemma_of(token) not in heads():
        return False
    return token.lower_ in common or (titled[token.i] and token.tag_ in ("NNS", "NNPS"))


def _of_headlines(doc: Doc, names: list[Name], titled: list[bool]) -> list[Name]:
    """Names as tagged; of one in a title-cased line only the parts that are names elsewhere: "Foo | Sues | Bar"."""
    types = {doc[n.start : n.end].text: n.type for n in names if not titled[n.start]}
    found = []
    for name in names:
        text = doc[name.start : name.end].text
        if not titled[name.start] or name.end - name.start < 3 or text in types or plain(text) in known_names():
            found.append(name)
            continue
        parts, at = [], name.start
        while at < name.end:
            ends = [
                e for e in range(name.end, at, -1) if doc[at:e].text in types or plain(doc[at:e].text) in known_names()
            ]
            if ends:
                part = doc[at : ends[0]].text
                parts.append(Name(at, ends[0], types.get(part) or known_names()[plain(part)].type))
            at = ends[0] if ends else at + 1
        whole = len(parts) > 1 and parts[0].start == name.start and parts[-1].end == name.end
        found += parts if whole else [name]
    return found


def _title_cased(words: list[str]) -> list[bool]:
    """For each token whether its line is a headline in title case."""
    titled = [False] * len(words)
    start = 0
    for end in [*(at for at, word in enumerate(words) if "\n" in word), len(words)]:
        long_ = [word for word in words[start:end] if len(word) > 3 and word.isalpha()] if end - start < _LINE else []
        closed = end > start and words[end - 1] in (".", "!", "?", "”", '"')
        if len(long_) > 2 and not closed and all(word[:1].isupper() for word in long_):
            titled[start:end] = [True] * (end - start)
        start = end + 1
    return titled


def _repair(doc: Doc, name: Name) -> list[Name]:
    """Cut articles, possessives and titles; split a name that holds a role and a person."""
    start, end = name.start, name.end
    for at in range(start, end):  # no name runs over a line break
        if doc[at].is_space and "\n" in doc[at].text:
            return [*_repair(doc, replace(name, end=at)), *_repair(doc, replace(name, start=at + 1))]
    joined = cut_joined(doc, start, end)
    if joined < end:
        return [*_repair(doc, replace(name, end=joined)), *_repair(doc, replace(name, start=joined + 1))]
    end = cut_common(doc, start, cut_owned(doc, start, end))
    start = cut_role(doc, start, end) if name.type in ("PERSON", "ORG") else start
    pair = cut_pair(doc, start, end) if name.type == "ORG" else end
    if pair < end:
        return [*_repair(doc, replace(name, end=pair)), *_repair(doc, replace(name, start=pair + 1))]
    while start < end and (doc[start].lower_ in _CUT_LEFT or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].lower_ in _CUT_RIGHT or doc[end - 1].is_space):
        if doc[end - 1].text == ")" and any(t.text == "(" for t in doc[start : end - 1]):
            break
        if doc[end - 1].text == "." and not doc[end - 1].is_punct:
            break
        end -= 1
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        if not doc[end + 1].text[:1].isalpha() or doc[end + 1].tag_ not in _PROPER or doc[end + 1].ent_iob_ == "B":
            break
        if cut_joined(doc, start, end + 2) == end:
            break
        end += 2  # "Cheng Chung|-tai"
    if end < len(doc) and doc[end].tag_ in _PROPER and doc[end].lower_ in group_words("paper"):
        the = doc[start].lower_ == "the" or (start > 0 and doc[start - 1].lower_ == "the")
        end, name = (end + 1, replace(name, type="ORG")) if the else (end, name)  # "The Foo | Courier"
    while start and doc[start - 1].tag_ in _PROPER and is_front(doc[start - 1]):
        start -= 1  # "Port | Foo"
    if end - start == 1 and is_front(doc[start]) and end < len(doc) and doc[end].tag_ in _PROPER:
        end += doc[end].text[:1].isupper()
    if name.type in ("PERSON", "GPE", "ORG") and (firm := with_form(doc, start, end)) > end:
        end, name = firm, replace(name, type="ORG")
    firm = with_partner(doc, start, end)
    if firm > end:
        end, name = firm, replace(name, type="ORG")
    end = with_body(doc, start, end) if name.type == "ORG" else end
    end = with_of(doc, start, end) if name.type in ("ORG", "GPE", "FAC", "LOC") else end
    end = with_act(doc, start, end) if name.type == "LAW" else end
    end = with_number(doc, start, end) if name.type not in ("PERSON", "GPE", "NORP") else end
    if name.type in ("GPE", "LOC"):
        while end < len(doc) and doc[end].text in _DIRECTIONS and doc[end].tag_ in _PROPER:
            end += 1  # "New Territories | East"
    if start >= end or is_index(doc, start, end) or all(not t.text[:1].isalnum() for t in doc[start:end]):
        return []
    end = _longest_known(doc, start, end)
    known = known_names().get(plain(doc[start:end].text))
    if known is not None and not (known.type == "ORG" and doc[start].is_lower):  # "in philadelphia pa"
        return [Name(start, end, known.type if known.form != "seat" else name.type, known.form)]
    if doc[max(start - 1, 0)].lower_.rstrip(".") in _ADDRESSES or (
        doc[start].lower_.rstrip(".") in _ADDRESSES and end - start > 1
    ):
        name = replace(name, type="PERSON")
    while end - start > 1 and plain(doc[end - 1].text) in not_names() and name.type == "PERSON":
        end -= 1  # "Claude AI"
    if name.type == "PERSON":
        while end - start > 1 and doc[start].lower_.rstrip(".") in titles():
            start += 1
    elif name.type in ("ORG", "GPE", "WORK_OF_ART"):
        split = _person_inside(doc, start, end)
        if split is not None:
            return [Name(split, end, "PERSON")]
        if _is_office(doc, start, end):
            return []
        noun = heads().get(doc[end - 1].lower_)
        if end - start > 1 and noun is not None and noun.kind == "role":
            seat = known_names().get(plain(doc[start : end - 1].text))
            if seat is not None and seat.type == "GPE":  # "LA | Sheriff's office"
                return [Name(start, end - 1, "GPE", seat.form)]
    only = doc[start]
    if only.lower_ in ("of", "for") or _AFFECTED.search(doc[end - 1].text):
        return []  # "of State", "U.N.-backed"
    if end - start == 1:
        noun = heads().get(only.lower_)
        defined = (
            start > 0 and doc[start - 1].lower_ in ("the", "this") and noun is not None and noun.type in ("ORG", "GPE")
        )
        role = noun is not None and noun.kind == "role" and end < len(doc) and doc[end].lower_ in ("of", "for", "to")
        if name.type == "PERSON" and (role or only.lower_ in group_words("anybody")):
            return []  # "Undersecretary for Education", "Man of the Match"
        if name.type == "PERSON" and noun is not None and noun.type == "PERSON" and only.is_sent_start:
            return []  # "Lawmaker urges …"; a surname is found again by the full name
        if name.type == "GPE" and only.lower_ in group_words("town front") and only.lower_ not in _SIDES:
            return []  # "New"
        if only.lower_.endswith(("ism", "ianity")):  # a doctrine
            return []
        if plain(only.text) in not_names() or defined:  # "the Court" describes
            return []
        title = only.lower_.rstrip(".") in titles() and not (name.type == "ORG" and is_alone(only))
        if title or (only.lemma_.lower() in heads() and only.tag_ not in _PROPER):
            return []
        if only.pos_ in ("PRON", "DET", "ADP", "CCONJ", "AUX", "SCONJ", "PUNCT"):
            return []
    if not any(c.isupper() or c.isdigit() for c in doc[start:end].text) and not _is_careless(doc, start, end):
        return []
    return [Name(start, end, name.type)]


def _acts(doc: Doc, at: int) -> bool:
    """ "Foo.com announced": a site that does something is its firm."""
    return doc[at].dep_ in ("nsubj", "nsubj:pass") and doc[at].head.pos_ == "VERB"


def _is_careless(doc: Doc, start: int, end: int) -> bool:
    """A name in lower case, as in mails and posts: by its tags ("in leeds"), or in a sentence that begins so, too."""
    before = doc[start - 1].tag_ if start else ""
    after = doc[end].tag_[:2] if end < len(doc) else ""
    if all(token.tag_ in _PROPER for token in doc[start:end]) and before not in ("DT", "POS", "JJ") and after != "NN":
        return True
    return next((c.islower() for c in doc[start].sent.text if c.isalpha()), False)


def _longest_known(doc: Doc, start: int, end: int) -> int:
    """ "USA | Today", "Globe | and Mail": where a table's institution ends that begins with the name."""
    if first_word(doc[start].text) in first_words():
        for stop in range(min(len(doc), end + _BEYOND), end, -1):
            known = known_names().get(plain(doc[start:stop].text)) if doc[stop - 1].text[:1].isupper() else None
            if known is not None and known.form == "name" and known.type in ("ORG", "LAW"):
                return stop
    return end


def _before_verb(doc: Doc, at: int) -> bool:
    """A verb follows: "Jobs resigned"."""
    return at < len(doc) and doc[at].tag_ in ("VBD", "VBZ", "MD")


def _is_office(doc: Doc, start: int, end: int) -> bool:
    """ "Undersecretary of Defense" is a role, and so is the "Defense" in it."""
    for at in range(max(start - 2, 0), end - 1):
        noun = heads().get(doc[at].lower_)
        if noun is not None and noun.kind == "role" and doc[at + 1].lower_ in ("of", "for"):
            longer = any(token.lower_ == "for" for token in doc[start:end])  # "Defense for Research and Engineering"
            return at >= start or (at == start - 2 and (end - start == 1 or longer))
    return False


def _person_inside(doc: Doc, start: int, end: int) -> int | None:
    """Where a person begins in "U.S. Secretary of Defense Pete Hegseth": after a role noun, at a given name."""
    role = False
    for at in range(start, end - 1):
        word = doc[at].lower_.rstrip(".")
        if word in titles() or (word in heads() and heads()[word].kind == "role"):
            role = True
        elif role and word in given_gender() and doc[at + 1].text[:1].isupper():
            return at
    return None


def _from_tables(doc: Doc, taken: list[bool], capital: list[int]) -> list[Name]:
    """Countries, their adjectives and institutions that nobody tagged."""
    found = []
    table, firsts = known_names(), first_words()
    beyond, count = 0, len(doc)
    for at in capital:
        if taken[at] or at < beyond or first_word(doc[at].text) not in firsts:
            continue
        for end in range(min(count, at + 6), at, -1):
            if any(taken[at:end]):
                continue
            text = doc[at:end].text
            known = table.get(plain(text))
            if known is None or not _spelled(text, doc, at, end):
                continue
            type_ = "GPE" if known.form == "seat" and known.type == "GPE" else known.type
            if known.form == "seat" and known.type == "ORG" and not known.firm:
                type_ = "FAC"
            found.append(Name(at, end, type_, known.form))
            beyond = end
            break
    return found


def _spelled(text: str, doc: Doc, at: int, end: int) -> bool:
    """Not a common word: short table forms ("US", "IS", "WHO", "Fed") must be spelled as names and tagged so."""
    letters = text.replace(".", "")
    if len(letters) == 2 and not letters.isupper():  # "La Liga"
        return False
    if len(letters) <= 4 and " " not in letters:
        neighbours_upper = (at > 0 and doc[at - 1].text.isupper() and len(doc[at - 1]) > 3) or (
            end < len(doc) and doc[end].text.isupper() and len(doc[end]) > 3
        )
        if letters.isupper() and neighbours_upper:  # a line in capitals: "WHO SAID"
            return False
        return (letters.isupper() and len(letters) > 1 and doc[at].pos_ in ("PROPN", "NOUN", "X", "ADJ")) or doc[
            at
        ].tag_ in _PROPER
    return doc[at].pos_ in ("PROPN", "ADJ", "NOUN", "X", "ADV", "VERB", "NUM") or end - at > 1


def _people(doc: Doc, taken: list[bool], capital: list[int]) -> list[Name]:
    """A known given name before another capitalised word, or a title before one, is a person."""
    found = []
    beyond, count = 0, len(doc)
    for at in capital:
        token = doc[at]
        word = token.lower_.rstrip(".")
        if taken[at] or at < beyond or token.tag_ not in _PROPER:
            continue
        start = -1
        if word in given_gender() and word not in heads():
            start = at
        elif word in ("mr", "mrs", "ms", "dr", "sir", "sen", "rep", "gov", "gen") and token.text[:1].isupper():
            start = at + 1
            while start + 1 < count and doc[start].lower_.rstrip(".") in titles() and not taken[start]:
                start += 1  # "Mr Justice Foo"
        if start < 0:
            continue
        end = start
        while (
            end < count
            and end - start < 5
            and not taken[end]
            and doc[end].tag_ in _PROPER
            and doc[end].text[:1].isupper()
        ):
            if end > start and doc[end].is_sent_start:
                break
            end += 1
        if (end - start > 1 or start > at) and end > start:
            found.append(Name(start, end, "PERSON"))
        beyond = end
    return found


def _introduced(doc: Doc, taken: list[bool], capital: list[int]) -> list[Name]:
    """Runs of proper nouns that end in a head that says what they are ("… Association", "… University")."""
    found = []
    beyond, count = 0, len(doc)
    for at in capital:
        if taken[at] or at < beyond or doc[at].tag_ not in _PROPER:
            continue
        end = at
        while (
            end < count
            and end - at < _LONGEST
            and not taken[end]
            and (
                (doc[end].tag_ in _PROPER and doc[end].text[:1].isupper())
                or (
                    doc[end].text in ("&", "of", "for")
                    and end + 1 < count
                    and doc[end + 1].tag_ in _PROPER
                    and end > at
                )
            )
        ):
            if end > at and doc[end].is_sent_start:
                break
            end += 1
        last = heads().get(doc[end - 1].lemma_.lower()) or heads().get(doc[end - 1].lower_)
        if end - at > 1 and doc[end - 1].lower_ in group_words("feast") and doc[at].lower_ not in group_words("month"):
            found.append(Name(at, end, "EVENT"))
        elif 0 < vessel_words(doc[at : at + 2].text.lower()) < end - at:
            found.append(Name(at, end, "PRODUCT"))
        elif doc[at].lower_ == "shuttle" and end - at > 1:  # the model takes "Space" for a common noun
            found.append(Name(at - (at > 0 and doc[at - 1].text == "Space"), end, "PRODUCT"))
        elif (
            end - at > 1
            and last is not None
            and last.type in ("ORG", "EVENT", "LAW")
            and last.kind not in LOOSE
            and doc[at].lower_ not in titles()
        ):
            found.append(Name(at, end, last.type))
        beyond = end
    return found


def _in_brackets(doc: Doc, names: list[Name], taken: list[bool]) -> list[Name]:
    """The short form beside a bracketed name: "Italian Episcopal Conference (CEI)", "CEI (Italian … Conference)"."""
    found = []
    for name in names:
        if name.end - name.start < 2 or name.type == "PERSON":
            continue
        at = -1
        if name.end + 2 < len(doc) and doc[name.end].text == "(" and doc[name.end + 2].text == ")":
            at = name.end + 1
        elif name.start > 1 and name.end < len(doc) and doc[name.start - 1].text == "(" and doc[name.end].text == ")":
            at = name.start - 2
        if at >= 0 and not taken[at] and doc[at].text.isupper() and 1 < len(doc[at]) < 9 and doc[at].text[0].isalpha():
            found.append(Name(at, at + 1, name.type))
    return found


def _again(doc: Doc, texts: list[str], names: list[Name], taken: list[bool]) -> list[Name]:
    """Names that were tagged elsewhere in the article, and the surnames of its people."""
    by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    seen: set[tuple[str, ...]] = set()

    def learn(words: tuple[str, ...], type_: str, form: str) -> None:
        if words not in seen and len(by_first.setdefault(words[0], [])) < 20:
            seen.add(words)
            by_first[words[0]].append((words, type_, form))

    for name in names:
        words = tuple(texts[name.start : name.end])
        if any(w[:1].isupper() for w in words):
            learn(words, name.type, name.form)
        if name.type == "PERSON" and len(words) > 1 and len(words[-1]) > 2 and words[-1][:1].isupper():
            learn(words[-1:], "PERSON", "name")
    found = []
    at, count = 0, len(doc)
    while at < count:
        best = 0
        if not taken[at]:
            for words, type_, form in by_first.get(texts[at], ()):
                end = at + len(words)
                if (
                    len(words) > best
                    and end <= count
                    and not any(taken[at:end])
                    and tuple(texts[at:end]) == words
                    and (end - at > 1 or doc[at].tag_ in _PROPER or not doc[at].is_sent_start or _before_verb(doc, end))
                ):
                    best = len(words)
                    name = Name(at, end, type_, form)
        if best:
            found.append(name)
        at += best or 1
    return found
