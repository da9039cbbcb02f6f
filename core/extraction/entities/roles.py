"""Role phrases that stand beside a name: before it, in apposition, before "called".

"U.S. Secretary of Defense Pete Hegseth", "the company's CEO, Dario Amodei", "Steve Whitmore, a representative for the
office", "it became the first AI provider".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsdash.core.extraction.entities.knowledge import (
    Head,
    group_words,
    heads,
    lemma_of,
    second_words,
    titles,
)
from newsdash.core.extraction.entities.names import Name
from newsdash.core.extraction.entities.phrases import Phrase, is_charged, is_plural
from newsdash.core.extraction.entities.regions import with_region
from spacy.tokens import Doc, Token

_LINKS = frozenset({"of", "for", "to", "at", "on", "in", "within", "inside"})
_FORMER = frozenset({"former", "formerly", "ex", "ex-", "then", "late", "outgoing", "one-time", "onetime", "previous"})
_ONCE = frozenset({"formerly", "now", "currently", "previously", "once", "then", "also", "himself", "herself"})
_ENDING = frozenset({",", ".", ";", "—", "–", "-", ":"})
_CLOSING = frozenset({",", ".", ";", ":", ")", "—", "–", "-", "said"})
_RANKS = frozenset({"prime", "vice", "deputy", "assistant", "acting", "majority", "minority"})
_ADDRESSES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir"})  # no role of their own: "Undersecretary Mr. Foo"
_BELONGING = frozenset(
    {"of", "for", "to", "at", "in", "on", "from", "with", "by", "against", "within", "inside",
     "between", "about", "over", "into", "under", "among"}
)  # fmt: skip
_POSSESSIVE = frozenset({"'s", "its", "their", "his", "her"})
_CALLED = frozenset({"called", "named", "dubbed", "nicknamed", "known", "titled", "labelled", "labeled"})
# Endings of nouns for acts and qualities, which nobody is: "Foo, a confrontation"
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ness|ity|ism|ence|ance|ure|ing|age|ery|al|ship|hood)$")
_DASHES = frozenset({"-", "--", "–", "—"})
_MOST_KIDS = 40
_BRACKETED = 12  # tokens of the longest bracketed insertion that is skipped
_MOST_ROLES = 4  # roles read after one name
_FARTHEST = 24  # tokens of the longest role phrase before a name


@dataclass(frozen=True)
class Role:
    """A role phrase by token numbers, its head, and the first token of the name that bears it."""

    start: int
    end: int
    head: int
    name: int
    reason: str


@dataclass(frozen=True)
class Layout:
    """Where things stand, by token: number of its phrase and name (-1: none), number and first token of its sentence,
    its text, and its children (at most ``_MOST_KIDS``: a bound against texts that parse into one flat heap)."""

    doc: Doc
    phrases: list[Phrase]
    names: list[Name]
    phrase_at: list[int]
    name_at: list[int]
    sentence: list[int]
    begins: list[int]
    kids: list[list[Token]]
    words: list[str]

    def head_of(self, token: int) -> Head | None:
        """What the noun at a token refers to, by the table."""
        return noun_of(self.doc, token)


def noun_of(doc: Doc, token: int) -> Head | None:
    """What the noun at a token refers to, by the table of heads; "aircraft carrier" before "carrier".

    "@PERSON campaign" in the table is what "campaign" is right after a person's name, "Foo's" or "her".
    """
    lemma = lemma_of(doc[token])
    if token and lemma == "pm" and doc[token - 1].text[:1].isdigit():
        return None  # "at 7 PM"
    if token and lemma in second_words():
        before = doc[token - 1]
        whose = doc[token - 2] if token > 1 and before.tag_ == "POS" else before
        type_ = "PERSON" if before.lower_ in ("his", "her") else whose.ent_type_
        both = heads().get(f"{before.lower_} {lemma}") or heads().get(f"@{type_} {lemma}")
        if both is not None:
            return both
    return heads().get(lemma)


def lay_out(doc: Doc, phrases: list[Phrase], names: list[Name]) -> Layout:
    """The look-ups from a token to its phrase and its name (-1 for none)."""
    phrase_at, name_at = [-1] * len(doc), [-1] * len(doc)
    for number, phrase in enumerate(phrases):
        for at in range(phrase.core, phrase.end):
            phrase_at[at] = number
    for number, name in enumerate(names):
        for at in range(name.start, name.end):
            name_at[at] = number
    sentence: list[int] = []
    begins: list[int] = []
    words: list[str] = []
    kids: list[list[Token]] = [[] for _ in range(len(doc))]
    steps = doc.to_array("HEAD").astype("int64").tolist()  # an unsigned array: from each token to its head
    for at, token in enumerate(doc):
        first = at == 0 or bool(token.is_sent_start)
        sentence.append((sentence[-1] if sentence else -1) + first)
        begins.append(at if first else begins[-1])
        head = at + steps[at]
        if head != at and len(kids[head]) < _MOST_KIDS:
            kids[head].append(token)
        words.append(token.text)
    return Layout(doc, phrases, names, phrase_at, name_at, sentence, begins, kids, words)


def find_roles(layout: Layout) -> list[Role]:
    """All role phrases beside names, in the order of the names."""
    roles = []
    for name in layout.names:
        if name.form not in ("name", "seat"):
            continue
        before = _before(layout, name) or _called(layout, name)
        outer = None
        if before is None or before.reason == "role before the name":  # "a mediator, former judge Foo,"
            inner = untitled(layout.doc, 0, name.start) if before is None else before.start
            outer = _before(layout, name, inner) if inner < name.start else None
        roles += [*(role for role in (outer, before) if role is not None), *_after(layout, name)]
    return roles


def _fits(layout: Layout, head: int, name: Name) -> bool:
    """The noun describes what the name names: a person's role, a kind of organisation, a kind of place or thing."""
    noun = layout.head_of(head)
    if noun is None or noun.kind == "people" or is_plural(layout.doc[head]):
        return False
    if name.type == "PERSON":
        return noun.type == "PERSON"
    if noun.type == "PERSON" and name.type in ("ORG", "GPE"):
        after = layout.doc[head].head.i
        apposed = head < name.start or (layout.doc[head].dep_ == "appos" and name.start <= after < name.end)
        return apposed and lemma_of(layout.doc[head]) in group_words("shared")
    return noun.type == name.type or (noun.type == "ORG" and name.type in ("ORG", "FAC", "PRODUCT"))


def untitled(doc: Doc, start: int, end: int) -> int:
    """Where the titles before a name begin, which stands at ``end``: "Lt Col | Foo"."""
    while end > start and doc[end - 1].lower_.rstrip(".") in titles() and doc[end - 1].text[:1].isupper():
        end -= 1
    return end


def _before(layout: Layout, name: Name, inner: int | None = None) -> Role | None:
    """ "science fiction writer L. Ron Hubbard", "the company's CEO, Dario Amodei".

    ``inner`` is where a role phrase between the comma and the name begins.
    """
    doc, at = layout.doc, (name.start if inner is None else inner) - 1
    sentence = layout.begins[name.start]
    if at < sentence:
        return None
    at -= inner is not None and doc[at].lower_ in ("the", "a", "an")
    if inner is not None and doc[at].text != "," and ((noun := layout.head_of(at)) is None or noun.kind != "role"):
        return None  # but "group leader Cllr Foo"
    while at > sentence and doc[at].lower_.rstrip(".") in _ADDRESSES and doc[at].text[:1].isupper():
        at -= 1
    owned = (  # "its elite group, the Foo Guard"
        doc[at].lower_ == "the" and at > sentence and (doc[at - 1].text == "," or layout.phrase_at[at - 1] >= 0)
    )
    if owned:
        at -= 1
    comma = _sets_off(doc, at) or (doc[at].text == "(" and name.type == "PERSON")  # "his counterpart (Foo)"
    if comma:
        if name.type == "GPE" and name.end < len(doc) and doc[name.end].text in ("'s", "’s", "-"):
            return None  # "its owner, Foo's Bar Corp"
        at -= 1
        at = _before_brackets(doc, at, sentence)
    if at < sentence or layout.phrase_at[at] < 0:
        return None
    if not comma and at > sentence + 1 and doc[at - 1].tag_ == "HYPH" and doc[at - 2].tag_ == "CD":
        return None  # "the 275-member | Foo"
    told = _told_of(layout, name, at) if comma else -1
    if told < 0 and layout.name_at[at] >= 0 and comma and not (name.type == "PERSON" and _ends(layout, name)):
        return None
    head = at if told < 0 or name.type == "PERSON" else told
    if not _fits(layout, head, name) or (comma and layout.name_at[head] >= 0):  # "the Centre for Foo Justice, Bar,"
        chained = _chain(layout, at, sentence, name, comma)
        head = told if chained is None else chained
        if head < 0:
            return None
    phrase = layout.phrases[layout.phrase_at[head]]
    start = phrase.start
    if comma and not _closed(layout, name, phrase):
        return None
    if owned and phrase.determiner not in _POSSESSIVE and told < 0:
        return None
    if not comma and doc[start].lower_ in ("the", "a", "an"):
        start = phrase.core if phrase.possessor is None else start
    start = coordinated_start(layout, phrase) if start == phrase.core else start
    if layout.name_at[start] >= 0:  # never begin inside a name
        start = min(start, layout.names[layout.name_at[start]].start)
    start = _coordinated(layout, start, name)
    return Role(start, at + 1, head, name.start, "apposition" if comma else "role before the name")


def _sets_off(doc: Doc, at: int) -> bool:
    """A comma, or a dash after a space: "the minister - Foo - said"."""
    return doc[at].text == "," or (doc[at].text in _DASHES and at > 0 and bool(doc[at - 1].whitespace_))


def _told_of(layout: Layout, name: Name, before: int) -> int:
    """ "A catering firm from Foo, Bar, …", "the largest party, the Foo Front, …": the noun of which the name is an
    apposition by the parse, in the same sentence and up to ``before``; -1 where there is none."""
    if not _ends(layout, name):
        return -1
    found = (t.head.i for t in layout.doc[name.start : name.end] if t.dep_ == "appos" and t.head.i <= before)
    return next((at for at in found if layout.phrase_at[at] >= 0 and _fits(layout, at, name)), -1)


def coordinated_start(layout: Layout, phrase: Phrase) -> int:
    """Where "oil and gas company" begins for the phrase "gas company", else where its own words begin.

    "Danish, Dutch and Greek ministers", too.
    """
    doc, core = layout.doc, phrase.core
    if phrase.determiner or core < 2 or core == phrase.head or doc[core - 1].lower_ not in ("and", "or", "&"):
        return core
    before = doc[core - 2]
    listed = is_plural(doc[phrase.head]) and doc[phrase.head].head.i == before.i
    if listed and before.text.isupper() and layout.name_at[core - 2] >= 0:
        return layout.names[layout.name_at[core - 2]].start  # "EU and Danish troops"
    joined = [t.head for t in doc[core : phrase.head] if t.dep_ == "conj" and t.head.i < core]
    if not joined or not core <= joined[0].head.i <= phrase.head:
        return core
    first = int(joined[0].i)
    return layout.names[layout.name_at[first]].start if layout.name_at[first] >= 0 else first


def _before_brackets(doc: Doc, at: int, lowest: int) -> int:
    """The token before a short bracketed insertion that ends at ``at``, else ``at``."""
    if doc[at].text != ")":
        return at
    for begin in range(at - 1, max(lowest, at - _BRACKETED), -1):
        if doc[begin].text == "(":
            return begin - 1
    return at


def _ends(layout: Layout, name: Name) -> bool:
    """A comma, a stop or the end follows the name."""
    return name.end >= len(layout.doc) or layout.doc[name.end].text in (",", ".", ";", ":", ")")


def _coordinated(layout: Layout, start: int, name: Name) -> int:
    """ "American academic and professor Marc Lamont Hill": the role begins at "American"."""
    doc = layout.doc
    if (
        start >= 2
        and doc[start - 1].lower_ == "and"
        and layout.phrase_at[start - 2] >= 0
        and not doc[start].is_sent_start
    ):
        other = layout.phrases[layout.phrase_at[start - 2]]
        alone = other.head == start - 2 and layout.name_at[other.head] < 0 and other.determiner == ""
        if alone and _fits(layout, other.head, name):
            return other.start
    return start


def _chain(layout: Layout, at: int, sentence: int, name: Name, comma: bool = False) -> int | None:
    """The role noun from which a chain of "of" phrases leads up to the token ``at``; "a lawyer for Foo, Bar," too."""
    doc = layout.doc
    if layout.name_at[at] >= 0 and layout.names[layout.name_at[at]].type == "PERSON" and not comma:
        return None
    token, lowest = at, max(sentence, at - _FARTHEST)
    while token >= lowest:
        number = layout.phrase_at[token]
        if number < 0:
            if doc[token].lower_ in _LINKS or doc[token].lower_ in ("and", "&") or doc[token].tag_ in ("POS", "DT"):
                token -= 1
                continue
            return None
        phrase = layout.phrases[number]
        linked = phrase.end <= at and doc[phrase.end].lower_ in _LINKS  # the "U.S. city | of Foo" is no U.S.
        if linked and _fits(layout, phrase.head, name):
            noun = layout.head_of(phrase.head)
            return phrase.head if noun is not None and (name.type != "PERSON" or noun.kind == "role") else None
        token = phrase.core - 1
    return None


def _called(layout: Layout, name: Name) -> Role | None:
    """ "an elite group within the church called the Foo Guard", "a firm known as Foo"."""
    doc, at = layout.doc, name.start - 1
    sentence = layout.begins[name.start]
    while at > sentence and (doc[at].lower_ in ("the", "as") or doc[at].text in "\"“'‘"):
        at -= 1
    itself = at > sentence and doc[at].lower_ == "itself" and doc[at - 1].lower_ == "calling"
    if at <= sentence or not (itself or (doc[at].lower_ in _CALLED and doc[at].tag_ in ("VBN", "VBD"))):
        return None
    at -= 2 if itself else 1
    if doc[at].text == "," and at > sentence:
        at -= 1
    if layout.phrase_at[at] < 0:
        return None
    head = at if _fits(layout, at, name) and layout.name_at[at] < 0 else _chain(layout, at, sentence, name)
    if head is None:
        return None
    phrase = layout.phrases[layout.phrase_at[head]]
    return Role(phrase.start, at + 1, head, name.start, "called by this name")


def _closed(layout: Layout, name: Name, phrase: Phrase) -> bool:
    """A phrase before a comma is an apposition when it is definite or the name is closed by a comma, too."""
    doc = layout.doc
    after = doc[name.end].text if name.end < len(doc) else "."
    opens, head = phrase.start == layout.begins[name.start] and name.type == "PERSON", doc[phrase.head]
    for token in doc[name.start : name.end] if opens else ():
        twice = token.dep_ == head.dep_ == "nsubj" and token.head.i == head.head.i  # one verb has one subject
        if twice or (token.dep_ == "appos" and token.head.i == head.i):
            return True  # "State spokesman, Foo said"
    return phrase.determiner == "the" or phrase.determiner in _POSSESSIVE or after in _ENDING


def _after(layout: Layout, name: Name) -> list[Role]:
    """ "Foo, editor at large", "NPD Group, a market research firm", "Foo, head of Bar, and founder of Baz"."""
    doc, at = layout.doc, name.end
    count = len(doc)
    if at < count and doc[at].text == "(":  # an acronym between
        close = at + 1
        while close < min(count, at + 6) and doc[close].text != ")":
            close += 1
        at = close + 1
    at += at < count and doc[at].text in '"”’' and not doc[at].is_sent_start
    if name.type == "PERSON" and at + 1 < count and doc[at].lower_ in ("of", "from"):  # "Foo of Ohio, a Democrat"
        place = layout.name_at[at + 1]
        at = layout.names[place].end if place >= 0 and layout.names[place].type == "GPE" else at
    if at + 2 < count and doc[at].text == doc[at + 2].text == "," and doc[at + 1].text.isdigit():
        at += 2  # "Foo, 61, a dancer"
    found: list[Role] = []
    role = _apposed(layout, name, at)
    while role is not None and len(found) < _MOST_ROLES:
        found.append(role)
        role = _apposed(layout, name, role.end, further=True) if name.type == "PERSON" else None
    return found


def _apposed(layout: Layout, name: Name, at: int, further: bool = False) -> Role | None:
    """The role phrase after a comma at ``at``; a further one of the same person begins with a role noun."""
    doc, count = layout.doc, len(layout.doc)
    if at + 1 >= count or not _sets_off(doc, at) or doc[at + 1].is_sent_start:
        return None
    at += 1
    if further and doc[at].lower_ == "and" and at + 1 < count:
        at += 1
    if doc[at].lower_ in _ONCE and at + 1 < count:  # "Foo, formerly a director of Bar"
        at += 1
    number = layout.phrase_at[at]
    if number < 0 and doc[at].tag_ in ("DT", "PRP$") and at + 1 < count:
        number = layout.phrase_at[at + 1]
    if number < 0:
        return None
    phrase = layout.phrases[number]
    if number + 1 < len(layout.phrases) and layout.phrases[number + 1].possessor == number:
        phrase = layout.phrases[number + 1]  # "Foo, Google's CEO"
    if phrase.start < at - 1 or phrase.start > at:
        return None
    member = _is_member(layout, phrase, name)
    if not member and not _fits(layout, phrase.head, name) and not _is_apposed(layout, phrase, name):
        return None
    if layout.name_at[phrase.head] >= 0 and not member:
        return None
    noun = layout.head_of(phrase.head)
    if (phrase.determiner == "" or further) and (noun is None or noun.kind != "role"):
        return None
    sure = name.start <= doc[phrase.head].head.i < name.end and doc[phrase.head].dep_ == "appos"
    sure = sure and phrase.determiner != ""
    end = after_role(layout, phrase, sure)
    if end + 1 < count and doc[end].lower_ == "and" and layout.phrase_at[end + 1] >= 0:
        other = layout.phrases[layout.phrase_at[end + 1]]  # "finance chief and treasurer of Foo"
        if other.start == end + 1 and layout.name_at[other.head] < 0 and _fits(layout, other.head, name):
            end = after_role(layout, other)
    closing = doc[end] if end < count else None
    if (
        closing is not None
        and not (sure and phrase.determiner in ("the", "a", "an"))
        and closing.text not in _CLOSING
        and closing.tag_ not in ("WP", "WDT", "VBN", "VBG")
    ):
        return None  # "In London, the prime minister said": no apposition, but the subject
    if name.type != "PERSON" and doc[phrase.head].text[:1].isupper():
        return None  # "the Church" is another name
    return Role(phrase.start, end, phrase.head, name.start, "apposition")


def _is_member(layout: Layout, phrase: Phrase, name: Name) -> bool:
    """ "Foo, a Democrat", "Foo, the top Republican on the committee": one of a people or party."""
    number = layout.name_at[phrase.head]
    if name.type != "PERSON" or number < 0 or phrase.determiner not in ("a", "an", "the", "'s"):
        return False
    return layout.names[number].type == "NORP" and layout.doc[phrase.head].tag_ in ("NNP", "NN", "JJ")


def is_somebody(layout: Layout, phrase: Phrase) -> bool:
    """A noun with "a" that no table has and that may be said of a person: by its ending no act or quality."""
    head = layout.doc[phrase.head]
    known = layout.head_of(phrase.head) is not None
    return not known and phrase.determiner in ("a", "an") and head.tag_ == "NN" and not _ABSTRACT.search(head.lower_)


def _is_apposed(layout: Layout, phrase: Phrase, name: Name) -> bool:
    """ "Foo, a practising homeopath", "Foo, its main rival": the parse says what somebody or something is."""
    head = layout.doc[phrase.head]
    if head.dep_ != "appos" or not name.start <= head.head.i < name.end or is_plural(head):
        return False
    if name.type == "PERSON":
        return is_somebody(layout, phrase)
    noun = layout.head_of(phrase.head)
    same = noun is None or noun.type != "PERSON" or lemma_of(head) in group_words("shared")
    return same and name.type != "NORP" and phrase.determiner in ("a", "an", "its", "their")


def after_role(layout: Layout, phrase: Phrase, sure: bool = False) -> int:
    """Where "a representative for the LA Sheriff's office" ends: prepositional phrases that follow on.

    "Foo, a school in Milan" says where it is; "Foo, the minister in Milan said" may go on otherwise, unless the
    parse is ``sure`` of the apposition.
    """
    loose = sure or phrase.determiner in ("a", "an")
    placed = frozenset() if loose else frozenset({"in", "on", "within", "inside"})
    return extended(layout, phrase.end, 3, (_LINKS | {"from", "with"}) - placed)


def extended(layout: Layout, end: int, most: int, links: frozenset[str] | None = None) -> int:
    """The end of up to ``most`` phrases that belong to the noun before ``end``: "of …", "familiar with …", "in …".

    "of" belongs to the noun before it; other prepositions where the parse says so; ``links`` restricts them.
    """
    doc = layout.doc
    head = end - 1
    for _ in range(most):
        at = end
        if at + 1 < len(doc) and doc[at].tag_ == "JJ" and doc[at].head.i == head and doc[at + 1].tag_ == "IN":
            at += 1
        if at + 1 >= len(doc) or doc[at].lower_ not in _BELONGING or doc[at].is_sent_start:
            break
        if links is not None and doc[at].lower_ not in links:
            break
        after = at + 1
        while after < len(doc) and doc[after].tag_ in ("DT", "PRP$"):
            after += 1
        if after >= len(doc) or layout.phrase_at[after] < 0 or is_date(doc[after]):
            break
        number = layout.phrase_at[after]
        stop = layout.phrases[number].end
        while stop < len(doc) and doc[stop].tag_ == "POS" and number + 1 < len(layout.phrases):
            number += 1
            if layout.phrases[number].possessor != number - 1:
                break
            stop = layout.phrases[number].end
        above = doc[layout.phrases[number].head].head.i
        if doc[at].lower_ != "of" and not head <= above < stop:
            break
        if doc[at].lower_ == "of" and is_charged(doc, end - 1):
            break
        inside = layout.name_at[stop - 1]
        end = max(stop, layout.names[inside].end) if inside >= 0 else stop  # "of the Court | of Appeals"
        if end + 1 < len(doc) and doc[end].lower_ == "and" and _are_places(layout, end - 1, end + 1):
            end = layout.names[layout.name_at[end + 1]].end  # "in Foo | and Bar"
    if end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].tag_ == "CD" and layout.phrase_at[end + 1] < 0:
        end += 2  # "the panel of twelve"
    return with_region(layout, end)


def _are_places(layout: Layout, one: int, other: int) -> bool:
    """Both tokens belong to names of places."""
    numbers = (layout.name_at[one], layout.name_at[other])
    return all(number >= 0 and layout.names[number].type == "GPE" for number in numbers)


def role_word(doc: Doc, head: int) -> str:
    """The role in one or two words: "minister" and "prime minister" are two roles."""
    before = doc[head - 1].lower_ if head else ""
    lemma = lemma_of(doc[head])
    return f"{before} {lemma}" if before in _RANKS else lemma


def is_date(token: Token) -> bool:
    """A year, or the name of a month."""
    return token.shape_ == "dddd" or (token.lower_ in group_words("month") and token.text[:1].isupper())


def is_former(doc: Doc, start: int, head: int) -> bool:
    """The role is over: "former", "ex-", "late"."""
    return any(doc[at].lower_ in _FORMER or doc[at].lower_.startswith("ex-") for at in range(start, head + 1))
