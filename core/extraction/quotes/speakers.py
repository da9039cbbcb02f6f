"""Who speaks: the phrase beside a cue, and the entity it stands for."""

from __future__ import annotations

from newsdash.core.extraction import lexicon, syntax
from newsdash.core.extraction.mentions import MentionIndex
from newsdash.core.extraction.quotes.cues import Cue
from newsdash.core.extraction.quotes.page import Page
from newsdash.core.records import Entity, Span
from spacy.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
_EMPTY = frozenset({"there", "what", "which", "that", "this", "these", "those", "how", "why", "where", "when"})
_QUOTED = frozenset({"obj", "nsubj"})  # who is quoted stands after the verb that quotes, whatever it was taken for
_RELATIVE_TAGS = ("WP", "WDT", "WP$")
_BACK = 250  # tokens back to where the maker of "the statement" was told
_REACH = 12  # tokens between a cue and a speaker that the tree did not connect


_YIELDED = frozenset({"finding", "result"})  # what a study or whoever made it brings: "the results of the survey"


def subject_of(cue: Cue, page: Page) -> Token | None:
    """The head of the phrase that speaks: agent of the verb, else the nearest noun phrase before or after it."""
    verb = cue.token
    before = verb.nbor(-1) if verb.i else None
    if verb.tag_ == "VBG" and before is not None and before.dep_ in syntax.SUBJECTS:
        return before
    quoting = quoting_verb(verb)
    if quoting is not None and not syntax.is_passive(quoting):  # "quoted an aide as saying"
        return next(
            (c for v in (verb, quoting) for c in v.children if quoting.i < c.i < verb.i and c.dep_ in _QUOTED), None
        )
    found = syntax.agent(verb)
    if found is not None and _speaks(found):
        return _name_head(found)
    if syntax.is_passive(verb) or verb.tag_ in ("VB", "VBG"):
        return None
    return beside(verb, page)


def quoting_verb(verb: Token) -> Token | None:
    """In "quoted X as saying" the verb of the newsroom that quotes, of "saying"."""
    above = verb.head
    if verb.tag_ not in ("VBG", "VBN") or above.i >= verb.i or above.lemma_ not in ("quote", "cite"):
        return None
    told = verb.tag_ == "VBG" or any(c.lower_ == "having" for c in verb.children)
    return above if told and (verb.dep_ == "ccomp" or any(c.lower_ == "as" for c in verb.children)) else None


def _speaks(head: Token) -> bool:
    return (
        not head.is_space
        and head.lower_ not in _EMPTY
        and (head.pos_ in _NOMINAL or head.tag_ in ("DT", "CD", "JJ", "NN", "NNS", "NNP"))
    )


def _name_head(head: Token) -> Token:
    """From inside a name up to its head."""
    while head.dep_ in ("flat", "compound") and head.head.i != head.i and head.head.pos_ in _NOMINAL:
        head = head.head
    return head


def beside(verb: Token, page: Page) -> Token | None:
    """The noun phrase that ends right before a finite verb, by tags alone.

    Adverbs and auxiliaries may stand between; before a comma ("Jane Doe, an analyst, said") it is the first noun
    phrase after the last clause.
    """
    begin, _ = page.sentence[verb.i]
    for i in range(verb.i - 1, max(begin, verb.i - _REACH) - 1, -1):
        token = page.doc[i]
        if token.pos_ in ("ADV", "AUX", "PART"):
            continue
        if token.text == "," and i > begin:
            return _before_apposition(begin, i, page)
        return _name_head(token) if token.pos_ in ("NOUN", "PROPN", "PRON") and _speaks(token) else None
    return None


def _before_apposition(begin: int, end: int, page: Page) -> Token | None:
    """The head of the first of the noun phrases between commas that lead up to token ``end``."""
    best, at = None, end
    for i in range(end - 1, max(begin, end - 4 * _REACH) - 2, -1):
        if i < begin or page.doc[i].text == ",":
            first = page.doc[i + 1]
            part = page.doc[i + 1 : at]
            if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in part) and first.tag_ not in _RELATIVE_TAGS:
                break
            if first.pos_ in ("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM") and first.tag_ not in _RELATIVE_TAGS:
                best = next((t for t in part if t.pos_ in ("PROPN", "NOUN", "PRON")), best)
            at = i
    if best is None:
        return None
    while best.head.i != best.i and best.i < best.head.i < end and best.head.pos_ in _NOMINAL:
        best = best.head
    return best


def inverted(verb: Token, page: Page) -> Token | None:
    """The noun phrase that begins right after a verb ("said Patrick McGinley, a law professor")."""
    _, end = page.sentence[verb.i]
    for i in range(verb.i + 1, min(end, verb.i + _REACH)):
        token = page.doc[i]
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            head = token
            while head.head.i > verb.i and head.head.i < min(end, verb.i + _REACH) and head.head.pos_ in _NOMINAL:
                if head.head.i == head.i:
                    break
                head = head.head
            return head
        if token.pos_ not in ("DET", "ADJ", "NUM", "ADV", "ADP") and not token.is_punct:
            return None
    return None


def phrase(head: Token) -> Span:
    """The whole noun phrase with its title and name, and the list it ends, without apposition.

    A relative clause is cut after its pronoun: in "critics, who say …" the corpora mark "who" as the speaker.
    """
    start, end = syntax.full_phrase(head)
    last = head
    while last.i + 1 < len(head.doc) and last.nbor().idx < end:
        last = last.nbor()
        if last.tag_ in _RELATIVE_TAGS:
            return start, last.idx + len(last)
    first = head
    while first.i > 0 and first.idx > start:
        first = first.nbor(-1)
    limit = max(0, first.i - _REACH)
    while (
        first.i > limit
        and first.tag_ == "NNP"
        and first.nbor(-1).tag_ in ("NNP", "NNPS")
        and first.nbor(-1).whitespace_
    ):
        if first.nbor(-1).ent_type_ in ("DATE", "TIME"):
            break
        first = first.nbor(-1)
    return _list_start(first), max(end, _name_end(last), _name_end(head))


def _list_start(first: Token) -> int:
    """Where a list of names begins whose last name begins at ``first``: "SIIA, TechNet, and the BSA"; read by tags."""
    doc, start = first.doc, first.i
    if start < 4 or doc[start - 1].lower_ != "and":
        return int(first.idx)
    i = start - 2 if doc[start - 2].text == "," else start - 1
    named, at = False, i
    while at > first.sent.start and i - at < 5 * _REACH:
        token = doc[at - 1]
        if token.text == ",":
            if not named:
                break
            start, named = at, False
        elif token.tag_ in ("NNP", "NNPS"):
            named = True
        elif token.tag_ not in ("NN", "NNS", "CC", "-LRB-", "-RRB-", "HYPH", "JJ", "DT") or token.lower_ == "and":
            named = False
            break
        at -= 1
    if named and at == first.sent.start:
        start = at
    return int(doc[start].idx if start < i else first.idx)


def _name_end(last: Token) -> int:
    """Where a name ends that follows its title without a comma ("Ambassador Mohib", "team member Rodaba Noori")."""
    limit = min(last.i + _REACH, len(last.doc) - 1)
    while last.i < limit:
        following = last.nbor()
        if following.text == "-" and not last.whitespace_ and last.i + 1 < limit:
            following = following.nbor()  # "Suleiman al-Amr"
        elif not last.whitespace_:
            break
        if following.tag_ not in ("NNP", "NNPS") or following.ent_type_ in ("DATE", "TIME"):
            break
        last = following
    end: int = last.idx + len(last)
    return end


def entity_of(head: Token, span: Span, index: MentionIndex) -> Entity | None:
    """The entity a speaker's phrase refers to: the name that a title ends in, the head, a name joined to the head.

    "A spokeswoman for Apple" is not Apple: a name after a preposition is no speaker. In what somebody wrote he speaks.
    """
    found = maker(head, index) or _titled_name(head, span, index) or index.covering(head.idx)
    if found is not None:
        return found
    for child in head.children:
        if syntax.base_dep(child) in ("flat", "appos", "compound") or child.dep_ == "nmod:desc":
            found = index.covering(child.idx)
            if found is not None and not (child.dep_ == "compound" and found.type in ("GPE", "LOC")):
                return found  # "the Ohio chapter" is not Ohio
    return None


def maker(head: Token, index: MentionIndex) -> Entity | None:
    """Who speaks in a letter, report, survey: its owner, who it is by, or who was told to have made it before.

    "The company's letter", "a study by X", "an army statement", "the statement" after "X said in a statement".
    """
    if not _is_authored(head):
        return None
    found = _author(head, index)
    if found is not None or not any(c.lower_ in ("the", "this", "that") for c in head.children if c.dep_ == "det"):
        return found
    for i in range(head.i - 1, max(0, head.i - _BACK) - 1, -1):
        earlier = head.doc[i]
        if earlier.lemma_ == head.lemma_ and earlier.pos_ == "NOUN":
            found = _author(earlier, index) or _writer(earlier, index)
            if found is not None:
                return found
    return None


def _is_authored(head: Token) -> bool:
    return head.pos_ == "NOUN" and lexicon.mapping("quote_nouns").get(head.lemma_.lower(), ())[1:] == ("authored",)


def _author(head: Token, index: MentionIndex) -> Entity | None:
    whose = ("by", "from", "of") if head.lemma_.lower() in _YIELDED else ("by", "from")
    for child in head.children:
        by = any(c.lower_ in whose for c in child.children if c.dep_ == "case")
        if child.dep_ in ("nmod:poss", "compound") or (child.dep_ == "nmod" and by):
            found = (_author(child, index) if _is_authored(child) else None) or index.covering(child.idx)
            types = ("PERSON", "ORG") if child.dep_ == "compound" else ("PERSON", "ORG", "GPE")
            if found is not None and found.type in types and not _covers(found, head):
                return found
    return None


def _covers(entity: Entity, head: Token) -> bool:
    """Whether the document itself is the entity."""
    return any(m.start <= head.idx < m.end for m in entity.mentions)


def _writer(head: Token, index: MentionIndex) -> Entity | None:
    """ "X said in a letter", "X has issued a statement"."""
    verb = head.head
    said = head.dep_ == "obl" and any(c.lower_ == "in" for c in head.children)
    if verb.pos_ != "VERB" or not (said or (head.dep_ == "obj" and verb.lemma_ in lexicon.words("writing_verbs"))):
        return None
    who = syntax.agent(verb) or syntax.subject(verb)
    return index.covering(who.idx) if who is not None else None


def _titled_name(head: Token, span: Span, index: MentionIndex) -> Entity | None:
    """The entity of a name that ends the phrase right after a title ("Secretary of Defense Pete Hegseth")."""
    inside = [(m, e) for m, e in index.within(*span) if m.end == span[1] and m.kind == "name"]
    if not inside:
        return None
    mention, entity = min(inside, key=lambda found: found[0].start)
    if mention.start <= head.idx:
        return entity
    before = head
    while before.i + 1 < len(head.doc) and before.nbor().idx < mention.start:
        before = before.nbor()
    return entity if before.tag_ in ("NN", "NNS", "NNP", "NNPS") and entity.type == "PERSON" else None
