"""One name, one type: what an article shows of a name beside what the pipeline tagged.

Whose ministry, whose customers, "in Foo", "Fooan", "HARSUND –": the words around a name tell what it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from newsdash.core.extraction.entities.knowledge import (
    LOOSE,
    WIDE,
    Head,
    affixes,
    assets,
    given_gender,
    group_words,
    heads,
    known_names,
    not_names,
    plain,
    speech_verbs,
    titles,
    vessel_words,
)
from newsdash.core.extraction.entities.names import Name
from spacy.tokens import Doc, Token

_NAMING = frozenset({"called", "calling", "named", "dubbed", "nicknamed", "known", "titled", "codenamed"})
_HOUSED = frozenset({"group", "museum", "school"})  # bodies that may as well be the house they are in
_APPOSED = 5  # tokens looked at for the noun of "Foo, a Danish maker of bars"
_DATELINE = 8  # tokens of the longest dateline


def _tells(noun: Head, word: str, tagged: set[str], most: str, *, speaks: bool) -> bool:
    """The last word of a name decides its type: "… Association", and among places "… Valley"."""
    type_ = noun.type
    if noun.kind in LOOSE or (noun.flag == "body" and most == "ORG"):
        return False  # the bishops' conference
    if type_ in ("EVENT", "LAW") and most == "ORG" and speaks:
        return False  # "the National Accord rejected that"
    if type_ in ("ORG", "EVENT", "LAW"):
        return "PERSON" not in tagged and most != "LOC"  # the West Bank is none
    if word in group_words("land") and most == "ORG":
        return True
    return type_ in ("LOC", "FAC") and most in ("GPE", "LOC", "FAC")


def _last_noun(key: str) -> Head | None:
    """What the last word of a longer name refers to, in the plural, too: "Century City Towers"."""
    if " " not in key:
        return None
    word = key.partition(" of ")[0].partition(" for ")[0].rsplit(" ", 1)[-1]
    return heads().get(word) or heads().get(word.removesuffix("s"))


def adjectives_of(key: str) -> tuple[str, ...]:
    """What the people of a place may be called, by the usual endings, when no table has them: "Caldoran"."""
    if " " in key or len(key) < 4 or key in group_words("no land"):
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
    """ "Municipality of Ferrara", "City of New York": a kind of place, and its name."""
    words = key.split()
    return (
        2 < len(words) < 6
        and words[1] == "of"
        and words[0] in group_words("of name")
        and words[0] != "church"
        and words[2] not in ("the", "a", "our")
    )


def _is_product(doc: Doc, name: Name) -> bool:
    """A single word tagged as a person before a word for a thing: "Claude AI models"; other oddly tagged names, too."""
    if name.type in ("EVENT", "FAC", "LOC", "LAW") and name.end < len(doc):
        noun = heads().get(doc[name.end].lower_)
        return noun is not None and noun.kind == "thing" and doc[name.end].tag_ == "NN"
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
    """A single word, a person or a body by its tag here, that owns what companies own ("Acme's products")."""
    token = doc[name.start]
    if name.type not in ("PERSON", "ORG") or name.end - name.start > 1 or token.lower_ in given_gender():
        return False
    if name.start and doc[name.start - 1].lower_.rstrip(".") in titles():
        return False
    return owns(doc, name, "company")


def owns(doc: Doc, name: Name, owner: str) -> bool:
    """The name is the possessor of what such an owner has."""
    if name.end + 1 >= len(doc) or doc[name.end].tag_ != "POS":
        return False
    for token in doc[name.end + 1 : name.end + 5]:
        if token.lemma_.lower() in assets(owner) and token.pos_ in ("NOUN", "PROPN"):
            return True
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "PUNCT"):
            return False
    return False


def _has(doc: Doc, name: Name, owner: str) -> bool:
    """ "Foo's coast", "the port of Foo": the name has what such places have."""
    at = name.start - 1 - (name.start > 2 and doc[name.start - 1].lower_ == "the")
    of = at > 0 and doc[at].lower_ == "of" and doc[at - 1].lemma_.lower() in assets(owner)
    return of or owns(doc, name, owner)


def _speaks(doc: Doc, name: Name) -> bool:
    """ "The Foo Museum in Oslo said": a subject of such a verb."""
    token = next((t for t in doc[name.start : name.end] if not name.start <= t.head.i < name.end), doc[name.start])
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in speech_verbs()


def _is_before_date(doc: Doc, at: int) -> bool:
    """ ", February 20" and the end of the line."""
    if at + 2 >= len(doc) or doc[at].text != "," or doc[at + 1].lower_.rstrip(".") not in group_words("month"):
        return False
    line = [token.text for token in doc[at + 2 : at + 2 + _DATELINE]]
    end = next((n for n, word in enumerate(line) if "\n" in word), len(line))
    return 0 < end < len(line) and all(word.isdigit() or word in (",", ".") for word in line[:end])


def _is_titled(doc: Doc, name: Name) -> bool:
    """ "Mr Foo", "Foo, 61,": a surname with a title or an age."""
    if name.end - name.start > 1:
        return False
    before = doc[name.start - 1] if name.start else None
    if before is not None and before.text[:1].isupper() and before.lower_.rstrip(".") in titles():
        return True
    after = doc[name.end : name.end + 3]
    return len(after) == 3 and after[0].text == after[2].text == "," and after[1].text.isdigit() and len(after[1]) == 2


def _is_wild(doc: Doc, name: Name) -> bool:
    """ "The island of Foo", "through the Foo": land or water, and no town or state."""
    before = doc[name.start - 1].lower_ if name.start else ""
    if before == "of" and name.start > 1:
        noun = heads().get(doc[name.start - 2].lower_)
        return noun is not None and noun.type == "LOC"
    after = doc[name.end].tag_[:2] if name.end < len(doc) else ""
    return before == "the" and name.end - name.start == 1 and after not in ("NN", "JJ", "HY", "PO", "CD", ",")


def _in_dateline(doc: Doc, name: Name) -> str:
    """The type of a name before the dash that opens a report: "HARSUND –" a town, "LONDON (Reuters) -" an agency."""
    at = name.start
    while at and at > name.start - _DATELINE and "\n" not in doc[at - 1].text:
        at -= 1
    if (at and "\n" not in doc[at - 1].text) or any(c.isdigit() for c in doc[name.start : name.end].text):
        return ""
    if not doc[at].text.isupper():
        return "GPE" if at == name.start and _is_before_date(doc, name.end) else ""
    for token in doc[name.end : name.end + _DATELINE]:
        if token.text in ("–", "—", "-", "--", "_"):
            bracketed = doc[name.start - 1].text == "(" if name.start else False
            return "ORG" if bracketed else "GPE" if doc[name.start].text.isupper() else ""
        if token.text not in (",", "(", ")", ".") and not token.text[:1].isupper() and not token.text.isdigit():
            return ""
    return ""


def _short(firm: str) -> str:
    """A company's name without its form and descriptive words: "foo bar international inc"."""
    words = firm.split()
    while len(words) > 1 and (words[-1] in affixes("legal") | affixes("tail") | group_words("body end")):
        words.pop()
    return " ".join(words).rstrip(",")


def _is_paper(doc: Doc, name: Name) -> bool:
    """ "The Foo Courier": a newspaper, and no person."""
    first, last = doc[name.start], doc[name.end - 1]
    the = first.lower_ == "the" or (name.start and doc[name.start - 1].lower_ == "the")
    return bool(the) and name.end - name.start > 1 and last.lower_ in group_words("paper")


def _is_beside_place(doc: Doc, name: Name, type_at: dict[int, str]) -> bool:
    """A single word joined with a place by "and": "Foo and France"."""
    if name.end - name.start > 1 or doc[name.start].lower_ in given_gender():
        return False
    if name.start and doc[name.start - 1].lower_.rstrip(".") in titles():
        return False
    for step, at in ((1, name.end), (-1, name.start - 1)):
        between = []
        while 0 <= at < len(doc) and doc[at].lower_ in ("and", "or", "from", "in"):
            between.append(doc[at].lower_)
            at += step
        if type_at.get(at) == "GPE" and {"and", "or"} & set(between):
            return True
    return False


def _is_in_state(doc: Doc, name: Name) -> bool:
    """ "Foo Heights, N.J.," is a town."""
    at = name.end + 1
    if at >= len(doc) or doc[name.end].text != "," or name.end - name.start > 2:
        return False
    for end in (at + 1, at + 2):
        known = known_names().get(plain(doc[at:end].text))
        if known is not None and known.form == "name" and known.kind in ("state", "province"):
            return end >= len(doc) or doc[end].text in (",", ".", ";", ")", ":")
    return False


def _named_as_place(key: str) -> str:
    """ "Port Amsel", "North Foo", "Lake Foo": the first of two words says that it is a place."""
    words = key.split()
    if len(words) != 2 or words[1] in heads():
        return ""
    if words[0] in group_words("land front"):
        return "LOC"
    return "GPE" if words[0] in group_words("town front") else ""


def _named_as_body(key: str, most: str) -> bool:
    """ "Alianza Foo", "Foo Bar Homes", "Parents for Foo", "the Conservatives": the words say that it is a body."""
    words = key.split()
    if most == "NORP":
        return key in group_words("party name")
    if len(words) < 2 or words[0] in given_gender():
        return False
    if words[0] in group_words("body front") or words[-1] in affixes("tail") or words[-1] in group_words("body end"):
        return True
    return most == "PERSON" and ("for" in words or "against" in words)


def _called(doc: Doc, name: Name) -> str:
    """The type that a noun beside the name tells: "the website Foo", "the operator, Foo,", "Foo, a maker of bars"."""
    given = _by_this_name(doc, name.start - 1)
    if given is not None and given.type != "PERSON":
        return given.type
    at = name.start - 1 - (name.start > 0 and doc[name.start - 1].text in "\"“‘'")
    if at < 0 or doc[name.start].is_sent_start:
        return _said_to_be(doc, name.end)
    the = doc[at].lower_ == "the" and at > 0 and doc[at - 1].text == ","
    comma = the or (doc[at].text == "," and name.end < len(doc) and doc[name.end].text == ",")
    at -= comma + the
    noun = heads().get(doc[at].lower_) if at >= 0 and doc[at].tag_ == "NN" else None
    joined = noun is not None and (
        at <= doc[at].head.i < name.end or any(t.head.i == at for t in doc[name.start : name.end])
    )
    if noun is None or not joined or not (doc[at].text.islower() or doc[at].is_sent_start):
        return _said_to_be(doc, name.end)
    return "" if comma and _is_of_person(doc[at]) else _type_told(noun)


def _is_of_person(token: Token) -> bool:
    """The last noun of "the head of the agency", of a member, a leader: what follows the comma is the person's name."""
    while token.dep_ == "nmod" and token.head.i < token.i:
        token = token.head
        noun = heads().get(token.lower_)
        if noun is not None and noun.type == "PERSON":
            return True
    return False


def _by_this_name(doc: Doc, at: int) -> Head | None:
    """The noun before "called", "known as" or "calling itself" that ends at ``at``."""
    while at > 1 and (doc[at].lower_ in ("the", "as", "itself") or doc[at].text in "\"“‘'"):
        at -= 1
    if at < 1 or doc[at].lower_ not in _NAMING or doc[at].tag_ == "VBD":
        return None  # "the academy named Foo its head"
    at -= 1 + (doc[at - 1].text == ",")
    return heads().get(doc[at].lower_) if at >= 0 and doc[at].tag_ == "NN" else None


def _type_told(noun: Head) -> str:
    """The type of what a noun beside a name says that it is; "" for what may as well be said of something else."""
    if noun.type == "PRODUCT" and noun.kind in ("thing", "work"):
        return "PRODUCT"
    if (noun.type == "ORG" and noun.kind != "people") or noun.kind in ("website", "vehicle"):
        return "PRODUCT" if noun.kind == "vehicle" else "ORG"
    return ""


def _said_to_be(doc: Doc, at: int) -> str:
    """ "Foo, a Danish maker of bars": the type that the first noun after the comma and a determiner tells."""
    if at + 2 >= len(doc) or doc[at].text != "," or doc[at + 1].lower_ not in ("a", "an", "the", "its"):
        return ""
    for token in doc[at + 2 : at + 2 + _APPOSED]:
        if (
            token.tag_ in ("NN", "NNS")
            and doc[token.i + 1 : token.i + 2].text not in ("-",)
            and token.head.i != token.i + 1
        ):
            first = token.i - 2 * (doc[token.i - 1].text == "-")  # "think-tank"
            told = token.dep_ == "appos" and token.tag_ == "NN" and doc[token.i + 1 : token.i + 2].text != "who"
            noun = (heads().get(doc[first : token.i + 1].text.lower()) or heads().get(token.lower_)) if told else None
            return _type_told(noun) if noun is not None else ""
        if token.tag_[:2] not in ("NN", "JJ", "VB", "CD", "HY", "PO") and token.text != "-":
            return ""
    return ""


def _is_thing(doc: Doc, name: Name) -> bool:
    """ "Foo, which …", "the Foo sued", "Foo said it would": nobody is referred to so."""
    if name.end + 1 < len(doc) and doc[name.end].text == "," and doc[name.end + 1].lower_ == "which":
        return doc[name.end + 1].head.head.i in range(name.start, name.end)
    before = doc[name.start - 1] if name.start else doc[name.start]
    after = doc[name.end] if name.end < len(doc) else before
    if before.lower_ == "the" or doc[name.start].lower_ == "the":  # "the Foo Bar sued", but not "the Foo family"
        return name.end - name.start > 1 and after.tag_[:2] != "NN" and not doc[name.end - 1].lower_.endswith("s")
    based = next((t for t in doc[max(0, name.start - 3) : name.start] if t.lower_.endswith("based")), None)
    if based is not None and (based.text != "based" or doc[based.i - 1].text == "-"):
        return all(t.tag_[:2] in ("NN", "JJ") for t in doc[based.i + 1 : name.start])  # "Berlin-based dealer Foo"
    noun = heads().get(after.lower_)
    if name.end - name.start > 1 and after.tag_ == "NN" and noun is not None and noun.kind == "role":
        return name.end + 1 < len(doc) and doc[name.end + 1].tag_ == "NNP"  # "Foo Bar convener Baz"
    if _has_its(doc, name):
        return True
    if before.lower_ in titles() or (before.lower_ in heads() and heads()[before.lower_].type == "PERSON"):
        return False
    head = doc[name.end - 1].head if doc[name.end - 1].dep_ == "nsubj" else doc[name.start].head
    told = doc[head.i + 1 : head.i + 3]
    said = head.lemma_.lower() in speech_verbs() and name.end <= head.i < name.end + 3
    return said and any(
        t.lower_ == "it" and t.dep_ == "nsubj" and t.head.dep_ == "ccomp" and t.head.head.i == head.i
        and t.head.pos_ == "VERB"  # not "it was the first time"
        for t in told
    )  # fmt: skip


def _has_its(doc: Doc, name: Name) -> bool:
    """ "Foo kept its distance", "Foo and its crew"."""
    for token in doc[name.start : name.end]:
        if token.dep_ != "nsubj" or token.head.i < name.end:
            continue
        verb = token.head.i
        if any(t.lower_ == "its" and t.head.dep_ == "obj" and t.head.head.i == verb for t in doc[verb : verb + 5]):
            return True
    return name.end + 1 < len(doc) and doc[name.end].lower_ == "and" and doc[name.end + 1].lower_ == "its"


@dataclass(frozen=True)
class _Clues:
    """What the places of all names of an article show, as sets of their plain forms."""

    votes: dict[str, Counter[str]]
    full: set[str]  # words of people's full names
    surnames: Counter[str]
    peoples: set[str]
    products: set[str]
    companies: set[str]
    papers: set[str]
    firms: set[str]  # "Foo Bar Corp.", and "Foo Bar" beside it
    towns: set[str]  # "Municipality of Foo", "the port of Foo", "Foo, Ohio,"
    places: set[str]  # "in Foo", "Foo's coast", "Foo and France"
    ruled: set[str]  # "Foo's coast"
    opening: dict[str, str]  # type of a name in a dateline
    called: dict[str, str]  # type of a name by the noun beside it: "the website Foo"
    titled: set[str]  # "Mr Foo"
    wild: set[str]  # "the island of Foo", "the Foo"
    things: set[str]  # "Foo, which", "Foo said it would"
    speakers: set[str]  # "Foo said"


def settle_types(doc: Doc, names: list[Name]) -> list[Name]:
    """One name, one type: the type most of its places have; a table's type and a telling last word count most."""
    keys = [plain(doc[n.start : n.end].text) for n in names]
    clues = _look(doc, names, keys)
    decided = {key: _decide(key, clues) for key in clues.votes}
    return [replace(n, type=decided[k]) for k, n in zip(keys, names, strict=True)]


def _look(doc: Doc, names: list[Name], keys: list[str]) -> _Clues:
    pairs = list(zip(keys, names, strict=True))
    votes: dict[str, Counter[str]] = {}
    for key, name in pairs:
        votes.setdefault(key, Counter())[name.type] += 1
    type_at = {at: name.type for name in names for at in (name.start, name.end - 1)}
    full = {word for key, counter in votes.items() if "PERSON" in counter and " " in key for word in key.split()}
    ruled = {key for key, name in pairs if _has(doc, name, "place")} - full
    towns = {key.partition(" of ")[2] for key in votes if is_place_of(key)}
    towns |= {key for key, name in pairs if _has(doc, name, "town") or _is_in_state(doc, name)}
    inside = {key for key, name in pairs if " " not in key and _is_inside(doc, name)}
    beside = {key for key, name in pairs if _is_beside_place(doc, name, type_at)}
    full_of_given = {key for key in votes if key.partition(" ")[0] in given_gender()}
    firms = {key for key in votes if " " in key and key.rsplit(" ", 1)[-1] in affixes("legal")}
    firms |= {key for key, counter in votes.items() if "PERSON" in counter and _named_as_body(key, "PERSON")}
    shorts = {_short(key) for key in votes if key in firms or ("ORG" in votes[key] and _named_as_body(key, "ORG"))}
    return _Clues(
        votes,
        full,
        Counter(key.rsplit(" ", 1)[-1] for key, name in pairs if name.type == "PERSON"),
        {key for key, counter in votes.items() if "NORP" in counter},
        {key for key, name in pairs if _is_product(doc, name)} - full,
        {key for key, name in pairs if _is_company(doc, name)} - full,
        {key for key, name in pairs if _is_paper(doc, name)},
        firms | {key for key in shorts if key in firms or " " in key},
        towns - full,
        inside | beside | ruled,
        ruled,
        {key: type_ for key, name in pairs if (type_ := _in_dateline(doc, name))},
        {key: type_ for key, name in pairs if (type_ := _called(doc, name))},
        {key for key, name in pairs if name.type == "PERSON" and _is_titled(doc, name)},
        {key for key, name in pairs if name.type in ("GPE", "LOC") and _is_wild(doc, name)} - ruled - towns,
        {key for key, name in pairs if name.type == "PERSON" and _is_thing(doc, name)} - full_of_given - full,
        {key for key, name in pairs if _speaks(doc, name)},
    )


def _decide(key: str, clues: _Clues) -> str:
    """The type of one name, the surest clue first."""
    counter, known, last = clues.votes[key], known_names().get(key), _last_noun(key)
    best = max(counter.values())
    most = next(type_ for type_, n in counter.items() if n == best)  # of equals the one met first
    surname = key in clues.full and clues.surnames[key] > 0 and key not in clues.places
    person = surname if known is not None and known.kind == "country" else key in clues.full
    if known is not None and known.form != "seat" and not (known.kind in WIDE and person):
        return known.type  # unless the article has a Virginia Foo, or a Foo Jordan and nobody in Jordan
    if 0 < vessel_words(key) < len(key.split()) and last is None:
        return "PRODUCT"
    base, _, number = key.rpartition(" ")
    if number.isdigit() and base in clues.votes and "PERSON" not in counter:  # "Foo 9" is what "Foo" is
        return _decide(base, clues)
    if known is not None and most == "PERSON" and key not in clues.full:
        return known.type  # nobody is called "Kremlin"
    if key not in clues.full and _is_homeland(key, clues.peoples, clues.votes):
        return "GPE"  # "Caldora", where others are Caldoran
    if most in ("GPE", "ORG") and known is None and last is None and key.rpartition(" ")[2] in clues.titled:
        return "PERSON"  # "Foo Bar" tagged as a place, where "Mr Bar" says
    if (most == "PERSON" and key in clues.papers) or key in clues.firms:
        return "ORG"
    if most in ("PERSON", "GPE", "NORP") and _named_as_body(key, most):
        return "ORG"
    if key in clues.towns and most in ("PERSON", "ORG", "LOC") and (last is None or last.type == "LOC"):
        return "GPE"
    known_person = most == "PERSON" and (key.partition(" ")[0] in given_gender() or key in clues.full)
    if key in clues.called and not known_person:
        return clues.called[key]
    if most == "PERSON" and key in clues.things:
        return "ORG"
    if key in clues.opening:
        return clues.opening[key]
    if most == "GPE" and key in clues.wild:
        return "LOC"
    if most in ("PERSON", "LOC", "GPE") and _named_as_place(key):
        return _named_as_place(key)
    placed = key in clues.places and key not in clues.full
    if (most == "PERSON" and placed) or (most == "ORG" and key in clues.ruled and last is None):
        return "GPE"  # nobody is met "in Smith", and nobody has a coast
    others = counter.total() - counter["PERSON"]
    if key in clues.full and 0 < others <= clues.surnames[key]:
        return "PERSON"  # "Jobs", once tagged as something else
    if key in clues.products and most in ("EVENT", "FAC", "LOC", "LAW"):
        return "PRODUCT"
    if "PERSON" in counter and key in clues.products | clues.companies:
        return "PRODUCT" if key in clues.products else "ORG"
    if is_place_of(key) and most != "PERSON":
        return "GPE"
    if last is None or (most == "FAC" and last.kind in _HOUSED and key not in clues.speakers):
        return most  # "at the Foo Museum"
    return last.type if _tells(last, key.rsplit(" ", 1)[-1], set(counter), most, speaks=key in clues.speakers) else most
