"""Names: what the pipeline tagged, repaired where a general rule sees better.

Titles are cut off, possessives and articles are cut off, one name has one type in an article, names that were
missed in one place are found again by what other places say, and table names get their type.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from newsdash.core.extraction.entities.knowledge import (
    Head,
    assets,
    given_gender,
    group_words,
    heads,
    known_names,
    not_names,
    plain,
    titles,
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

    def keep(name: Name) -> None:
        if name.start < name.end and not any(taken[name.start : name.end]):
            taken[name.start : name.end] = [True] * (name.end - name.start)
            names.append(name)

    for ent in doc.ents:
        if ent.label_ in TYPES:
            for name in _repair(doc, Name(ent.start, ent.end, ent.label_)):
                keep(name)
    for name in _from_tables(doc, taken):
        keep(name)
    for name in _people(doc, taken):
        keep(name)
    for name in _introduced(doc, taken):
        keep(name)
    for name in _in_brackets(doc, names, taken):
        keep(name)
    for name in _again(doc, names, taken):
        keep(name)
    return _settle_types(doc, sorted(names, key=lambda n: n.start))


def _repair(doc: Doc, name: Name) -> list[Name]:
    """Cut articles, possessives and titles; split a name that holds a role and a person."""
    start, end = name.start, name.end
    for at in range(start, end):  # no name runs over a line break
        if doc[at].is_space and "\n" in doc[at].text:
            return [*_repair(doc, replace(name, end=at)), *_repair(doc, replace(name, start=at + 1))]
    while start < end and (doc[start].lower_ in _CUT_LEFT or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].lower_ in _CUT_RIGHT or doc[end - 1].is_space):
        if doc[end - 1].text == ")" and any(t.text == "(" for t in doc[start : end - 1]):
            break
        if doc[end - 1].text == "." and not doc[end - 1].is_punct:
            break
        end -= 1
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        if not doc[end + 1].text[:1].isalpha() or doc[end + 1].tag_ not in _PROPER:
            break
        end += 2  # "Cheng Chung|-tai"
    end = _with_of(doc, end) if name.type in ("ORG", "GPE", "FAC", "LOC") else end
    if name.type in ("GPE", "LOC"):
        while end < len(doc) and doc[end].text in _DIRECTIONS and doc[end].tag_ in _PROPER:
            end += 1  # "New Territories | East"
    if start >= end or all(not t.text[:1].isalnum() for t in doc[start:end]):
        return []
    known = known_names().get(plain(doc[start:end].text))
    if known is not None:
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
    if end - start == 1:
        noun = heads().get(only.lower_)
        defined = (
            start > 0 and doc[start - 1].lower_ in ("the", "this") and noun is not None and noun.type in ("ORG", "GPE")
        )
        if plain(only.text) in not_names() or defined:  # "the Court" describes
            return []
        if only.lower_.rstrip(".") in titles() or (only.lemma_.lower() in heads() and only.tag_ not in _PROPER):
            return []
        if only.pos_ in ("PRON", "DET", "ADP", "CCONJ", "AUX", "SCONJ", "PUNCT"):
            return []
    if not any(
        t.text[:1].isupper() or t.text[:1].isdigit() or any(c.isupper() for c in t.text) for t in doc[start:end]
    ):
        return []
    return [Name(start, end, name.type)]


def _with_of(doc: Doc, end: int) -> int:
    """ "U.S. Department" goes on "of War", "University" on "of Texas"."""
    noun = heads().get(doc[end - 1].lower_)
    if noun is None or noun.type not in ("ORG", "GPE") or end + 1 >= len(doc) or doc[end].lower_ != "of":
        return end
    stop = end + 1
    while stop < len(doc) and stop - end < _LONGEST and doc[stop].tag_ in _PROPER and doc[stop].text[:1].isupper():
        if doc[stop].is_sent_start:
            break
        stop += 1
    return stop if stop > end + 1 else end


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


def _from_tables(doc: Doc, taken: list[bool]) -> list[Name]:
    """Countries, their adjectives and institutions that nobody tagged."""
    found = []
    table = known_names()
    at, count = 0, len(doc)
    while at < count:
        step = 1
        if not taken[at] and doc[at].text[:1].isupper():
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
                step = end - at
                break
        at += step
    return found


def _spelled(text: str, doc: Doc, at: int, end: int) -> bool:
    """Not a common word: short table forms ("US", "IS", "WHO", "Fed") must be spelled as names and tagged so."""
    letters = text.replace(".", "")
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


def _people(doc: Doc, taken: list[bool]) -> list[Name]:
    """A known given name before another capitalised word, or a title before one, is a person."""
    found = []
    at, count = 0, len(doc)
    while at < count - 1:
        token = doc[at]
        word = token.lower_.rstrip(".")
        if taken[at] or token.tag_ not in _PROPER or not token.text[:1].isupper():
            at += 1
            continue
        start = -1
        if word in given_gender() and word not in heads():
            start = at
        elif word in ("mr", "mrs", "ms", "dr", "sir", "sen", "rep", "gov", "gen") and token.text[:1].isupper():
            start = at + 1
            while start + 1 < count and doc[start].lower_.rstrip(".") in titles() and not taken[start]:
                start += 1  # "Mr Justice Foo"
        if start < 0:
            at += 1
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
        at = max(end, at + 1)
    return found


def _introduced(doc: Doc, taken: list[bool]) -> list[Name]:
    """Runs of proper nouns that end in a head that says what they are ("… Association", "… University")."""
    found = []
    at, count = 0, len(doc)
    while at < count:
        if taken[at] or doc[at].tag_ not in _PROPER or not doc[at].text[:1].isupper():
            at += 1
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
        if (
            end - at > 1
            and last is not None
            and last.type in ("ORG", "EVENT", "LAW")
            and doc[at].lower_ not in titles()
        ):
            found.append(Name(at, end, last.type))
        at = max(end, at + 1)
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


def _again(doc: Doc, names: list[Name], taken: list[bool]) -> list[Name]:
    """Names that were tagged elsewhere in the article, and the surnames of its people."""
    by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    seen: set[tuple[str, ...]] = set()

    def learn(words: tuple[str, ...], type_: str, form: str) -> None:
        if words not in seen and len(by_first.setdefault(words[0], [])) < 20:
            seen.add(words)
            by_first[words[0]].append((words, type_, form))

    for name in names:
        words = tuple(t.text for t in doc[name.start : name.end])
        if any(w[:1].isupper() for w in words):
            learn(words, name.type, name.form)
        if name.type == "PERSON" and len(words) > 1 and len(words[-1]) > 2 and words[-1][:1].isupper():
            learn(words[-1:], "PERSON", "name")
    found = []
    at, count = 0, len(doc)
    while at < count:
        best = 0
        if not taken[at]:
            for words, type_, form in by_first.get(doc[at].text, ()):
                end = at + len(words)
                if (
                    len(words) > best
                    and end <= count
                    and not any(taken[at:end])
                    and (end - at > 1 or doc[at].tag_ in _PROPER or not doc[at].is_sent_start or _before_verb(doc, end))
                    and tuple(t.text for t in doc[at:end]) == words
                ):
                    best = len(words)
                    name = Name(at, end, type_, form)
        if best:
            found.append(name)
        at += best or 1
    return found


def _tells(noun: Head, tagged: set[str], most: str) -> bool:
    """The last word of a name decides its type: "… Association", and among places "… Valley"."""
    type_ = noun.type
    if noun.flag == "body" and most == "ORG":
        return False  # the bishops' conference
    if type_ in ("ORG", "EVENT", "LAW"):
        return "PERSON" not in tagged
    return type_ in ("LOC", "FAC") and most in ("GPE", "LOC", "FAC")


def _last_noun(key: str) -> Head | None:
    """What the last word of a longer name refers to, in the plural, too: "Century City Towers"."""
    if " " not in key:
        return None
    word = key.rsplit(" ", 1)[-1]
    return heads().get(word) or heads().get(word.removesuffix("s"))


def adjectives_of(key: str) -> tuple[str, ...]:
    """What the people of a place may be called, by the usual endings, when no table has them: "Caldoran"."""
    if " " in key or len(key) < 4:
        return ()
    return (
        f"{key}n",
        f"{key}an",
        f"{key}ian",
        f"{key}ese",
        f"{key.removesuffix('a')}ian",
        f"{key.removesuffix('a')}ese",
    )


def _is_homeland(key: str, peoples: set[str], names: dict[str, Counter[str]]) -> bool:
    """The text has an adjective or a people of this place: "Caldoran", tagged as a people or plainly formed."""
    forms = adjectives_of(key)
    if any(form in peoples for form in forms):
        return True
    return key.endswith("a") and key not in given_gender() and bool(forms) and forms[0] in names


def _is_inside(doc: Doc, name: Name) -> bool:
    """ "in Velmark", and no possessor: "in Smith's house"."""
    owns = name.end < len(doc) and (doc[name.end].tag_ == "POS" or doc[name.end].tag_ in ("NN", "NNS", "NNP"))
    return name.start > 0 and doc[name.start - 1].lower_ == "in" and not owns


def is_place_of(key: str) -> bool:
    """ "Municipality of Livorno", "City of New York": a kind of place, and its name."""
    words = key.split()
    return (
        2 < len(words) < 6
        and words[1] == "of"
        and words[0] in group_words("of name")
        and words[0] != "church"
        and words[2] not in ("the", "a", "our")
    )


def _is_product(doc: Doc, name: Name) -> bool:
    """A single word tagged as a person before a word for a thing: "Claude AI models"."""
    if name.type != "PERSON" or name.end - name.start > 1 or doc[name.start].lower_ in given_gender():
        return False
    for token in doc[name.end : name.end + 2]:
        noun = heads().get(token.lower_) or heads().get(token.lemma_.lower())
        if noun is not None and token.tag_ in ("NN", "NNS"):
            return noun.type == "PRODUCT"
        if plain(token.text) not in not_names():
            return False
    return False


def _is_company(doc: Doc, name: Name) -> bool:
    """A single word tagged as a person that is all capitals ("NPD") or owns what companies own ("Acme's products")."""
    token = doc[name.start]
    if name.type != "PERSON" or name.end - name.start > 1 or token.lower_ in given_gender():
        return False
    if name.start and doc[name.start - 1].lower_.rstrip(".") in titles():
        return False
    neighbours = doc[max(0, name.start - 1) : name.end + 1]
    if token.text.isupper() and len(token) > 2 and not all(t.text.isupper() for t in neighbours if t.is_alpha):
        return True
    if name.end + 1 >= len(doc) or doc[name.end].tag_ != "POS":
        return False
    return any(t.lemma_.lower() in assets() for t in doc[name.end + 1 : name.end + 4] if t.tag_ in ("NN", "NNS"))


def _settle_types(doc: Doc, names: list[Name]) -> list[Name]:
    """One name, one type: the type most of its places have; a table's type and a telling last word count most."""
    votes: dict[str, Counter[str]] = {}
    keys = [plain(doc[n.start : n.end].text) for n in names]
    for key, name in zip(keys, names, strict=True):
        votes.setdefault(key, Counter())[name.type] += 1
    surnames = Counter(key.rsplit(" ", 1)[-1] for key, name in zip(keys, names, strict=True) if name.type == "PERSON")
    full = {word for key, counter in votes.items() if "PERSON" in counter and " " in key for word in key.split()}
    products = {key for key, name in zip(keys, names, strict=True) if _is_product(doc, name)} - full
    companies = {key for key, name in zip(keys, names, strict=True) if _is_company(doc, name)} - full
    towns = {key.partition(" of ")[2] for key in votes if is_place_of(key)}
    inside = {key for key, name in zip(keys, names, strict=True) if " " not in key and _is_inside(doc, name)}
    peoples = {key for key, counter in votes.items() if "NORP" in counter}
    decided: dict[str, str] = {}
    for key, counter in votes.items():
        known = known_names().get(key)
        last = _last_noun(key)
        best = max(counter.values())
        most = next(type_ for type_, n in counter.items() if n == best)  # of equals the one met first
        if known is not None and known.form != "seat":
            decided[key] = known.type
        elif key not in full and _is_homeland(key, peoples, votes):
            decided[key] = "GPE"  # "Caldora", where others are Caldoran
        elif most == "PERSON" and (key in inside or key in towns) and key not in full:
            decided[key] = "GPE"  # nobody is met "in Smith"
        elif (
            key in full and surnames[key] > counter.total() - counter["PERSON"] and counter["PERSON"] < counter.total()
        ):
            decided[key] = "PERSON"  # "Jobs", once tagged as something else
        elif key in products and "PERSON" in counter:
            decided[key] = "PRODUCT"
        elif key in companies and "PERSON" in counter:
            decided[key] = "ORG"
        elif last is not None and _tells(last, set(counter), most):
            decided[key] = last.type
        else:
            decided[key] = "GPE" if is_place_of(key) and most != "PERSON" else most
    return [replace(n, type=decided[k]) for k, n in zip(keys, names, strict=True)]
