"""Reported speech and thought of cue verbs: what hangs on them in the tree.

Where the tree is of no help (long sentences, marks inside, lists of appositions) ``wording`` reads the content from
the words around the cue.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsdash.core.extraction import syntax
from newsdash.core.extraction.quotes import speakers, wording
from newsdash.core.extraction.quotes.cues import MIND_GROUPS, SPEECH_GROUPS, Cue
from newsdash.core.extraction.quotes.found import Found
from newsdash.core.extraction.quotes.nominal import source_phrase
from newsdash.core.extraction.quotes.page import FINITE_TAGS, REACH, Page
from spacy.tokens import Token

_ACTING = frozenset({"support", "oppose", "blame", "praise"})  # acts as much as words: "used it to support a strike"
_ACTS = {  # what is no more than an act, by the kind of the content and the class of the cue
    "infinitive": frozenset({"say", "tell", "ask", "order", "offer", "promise"}),
    "object": frozenset({"ask", "offer", "tell", "say"}),
}
_WHEN = 5  # tokens of "on Monday" before "that"
_PLACE = 16  # tokens of a dateline
_KEPT = frozenset({"decline", "refuse", "have", "fail", "avoid"})  # "refused to say how", "has yet to say whether"

_LINKS = frozenset(
    {"however", "yet", "still", "instead", "meanwhile", "moreover", "also", "indeed", "nevertheless", "furthermore"}
)


def find_indirect(page: Page, cues: tuple[Cue, ...]) -> Iterator[Found]:
    """The reported contents of cue verbs, in the order of the cues: of each cue the first kind that fits."""
    relaying = {verb.i for cue in cues if (verb := speakers.quoting_verb(cue.token)) is not None}
    at = {cue.token.i: cue for cue in cues}
    shared: dict[int, Token | None] = {}  # a second cue of one speaker -> who that is
    for cue in cues:
        if cue.token.i in relaying:
            continue  # "quoted an aide as saying": the aide's words
        if page.inside[cue.token.i] >= 0:
            continue  # everything in quotation marks is one speaker's words
        if (aside := wording.aside(cue, page)) is not None:
            tokens, speaker = aside
            rule = "clause"
        else:
            speaker = speakers.subject_of(cue, page)
            rule, tokens = _content(cue, page, speaker)
        if tokens:
            speaker = shared.get(cue.token.i, speaker)
            tokens = _with_second(tokens, page) if rule == "clause" else tokens
            among = (at[i] for i in sorted(tokens) if i in at)
            if (later := next((c for c in among if _goes_on(c, cue, page)), None)) is not None:
                tokens = {i for i in tokens if i < later.token.i - 1}
                if later.token.nbor(-1).dep_ == "cc":
                    shared[later.token.i] = speaker
        if spans := page.spans(_trimmed(tokens, page) if rule == "clause" else tokens):
            relayed = (
                rule == "clause"
                and cue.verb.group in SPEECH_GROUPS
                and speaker is not None
                and speaker.pos_ in ("PROPN", "NOUN")
            )
            act = cue.verb.group in _ACTS.get(rule, ()) and page.tokens[min(tokens)].lower_ != "that"
            act = act and (cue.verb.group != "say" or rule != "object" or not page.finite(tokens))
            act = act or (rule == "clause" and _withheld(cue, page, min(tokens)))
            yield Found(page.with_marks(spans), rule, cue.span, speaker, relayed=relayed, act=act)


def _trimmed(tokens: set[int], page: Page) -> set[int]:
    """Without what is the writer's own: the place and date of a dateline, "However," and "But" at the beginning."""
    order = sorted(i for i in tokens if not page.doc[i].is_space)
    if order and order[0] == page.sentence[order[0]][0] and (dash := _dateline(page, order[0])) in tokens:
        order = [i for i in order if i > dash]
    said_on = next((k for k, i in enumerate(order[:_WHEN]) if page.tokens[i].lower_ == "that"), 0)
    if (
        said_on
        and page.tokens[order[said_on]].tag_ == "IN"
        and page.tokens[order[said_on - 1]].ent_type_ in ("DATE", "TIME")
    ):
        del order[:said_on]  # "told lawmakers on Monday that"
    while order and (page.doc[order[0]].dep_ == "cc" or page.doc[order[0]].text == ","):
        order.pop(0)
    if len(order) > 2 and page.doc[order[0]].lower_ in _LINKS and page.doc[order[0] + 1].text == ",":
        del order[:2]
    told = next((k for k, i in enumerate(order) if k and source_phrase(page, page.tokens[i]) is not None), 0)
    if told and page.tokens[order[told - 1]].text == ",":
        del order[told - 1 :]  # "said it was false, according to a copy of the letter"
    return set(order)


def _with_second(tokens: set[int], page: Page) -> set[int]:
    """With "and that …" after it, which the parser hung elsewhere."""
    doc, last = page.tokens, max(tokens)
    end = page.sentence[last][1]
    at = last + 2 if last + 1 < end and doc[last + 1].text == "," else last + 1
    if (
        at + 2 >= end
        or doc[at].lower_ not in ("and", "but")
        or doc[at + 1].lower_ != "that"
        or doc[at + 1].tag_ != "IN"
    ):
        return tokens
    return tokens | set(range(last + 1, min(end, last + REACH)))


def _goes_on(later: Cue, cue: Cue, page: Page) -> bool:
    """ "said the talks were useful and praised both sides", "…, and she praised": the speaker's next word or act.

    A verb of the same tense after "and" is read as the speaker's, unless it shares the passive of what is said.
    """
    verb, doc = later.token, page.tokens
    if verb.tag_ != cue.token.tag_ or verb.tag_ not in FINITE_TAGS or verb.i - 2 <= cue.token.i:
        return False
    if later.verb.group in MIND_GROUPS or later.verb.group in ("show", "tell"):
        return False
    pronoun = doc[verb.i - 1].tag_ == "PRP" and doc[verb.i - 3].text == ","  # ", and she asked …"
    if doc[verb.i - 2 if pronoun else verb.i - 1].lower_ not in ("and", "but"):
        return False
    return page.inside[verb.i] < 0 and not (verb.dep_ == "conj" and syntax.is_passive(verb.head))


def _dateline(page: Page, first: int) -> int:
    """The dash that ends "OSLO, June 8 (Staff) —" at the beginning of a line, -1 where there is none."""
    if not page.tokens[first].is_upper or (first and "\n" not in page.tokens[first - 1].text_with_ws):
        return -1
    for i in range(first + 1, min(page.sentence[first][1], first + _PLACE)):
        if page.tokens[i].text in ("—", "–", "-", "--"):
            return i
        if page.tokens[i].tag_ in FINITE_TAGS:
            return -1
    return -1


def _withheld(cue: Cue, page: Page, first: int) -> bool:
    """ "did not say whether …", "declined to say how …": nothing was said."""
    verb, opens = cue.token, page.tokens[first]
    if cue.verb.group not in ("say", "tell") or not (
        opens.tag_ in ("WP", "WDT", "WRB") or opens.lower_ in ("whether", "if")
    ):
        return False
    above = verb.head if verb.dep_ == "xcomp" else None
    return syntax.is_negated(verb) or (above is not None and above.lemma_ in _KEPT)


def _content(cue: Cue, page: Page, speaker: Token | None) -> tuple[str, set[int]]:
    """Kind and tokens of what a cue introduces; no tokens when nothing fits."""
    takes = cue.verb.takes
    if "t" in takes and (tokens := _clause(cue, page)):
        return "clause", tokens
    if "i" in takes and (tokens := _infinitive(cue, page)):
        return "infinitive", tokens
    if cue.verb.group == "name" and (tokens := _naming(cue, page)):
        return "naming", tokens
    if cue.verb.prepositions and (tokens := _after_preposition(cue, page)):
        return "preposition", tokens
    if "a" in takes and (tokens := _naming(cue, page)):
        return "naming", tokens
    if "n" in takes and (tokens := _thing(cue, page)):
        return "object", tokens
    if "t" in takes and (tokens := wording.clause(cue, page, speaker)):
        return "clause", tokens
    if takes and (tokens := wording.up_to_marks(cue, page, speaker)):
        return "marks", tokens
    return "", set()


def _clause(cue: Cue, page: Page) -> set[int]:
    """The finite clause under the cue, or the clause that the cue stands in as an aside."""
    verb = cue.token
    begin, end = page.sentence[verb.i]
    best: set[int] = set()
    for child in verb.children:
        if not begin <= child.i < end:
            continue  # two sentences that the parser took for one
        if (
            cue.verb.group in MIND_GROUPS
            and child.tag_ in ("VB", "VBG")
            and all(c.tag_ not in FINITE_TAGS for c in child.children)
        ):
            continue  # "the museum saw its visitors return"
        told = child.dep_ in ("ccomp", "csubj:pass") or (child.dep_ == "obj" and child.tag_ in ("WP", "WDT"))
        told = told or (child.dep_ in ("xcomp", "advcl") and verb.i < child.i and child.left_edge.lower_ == "that")
        if told or (child.dep_ == "parataxis" and child.i > verb.i and _after_colon(child)):
            tokens = page.under(child) - {verb.i}
            if best and verb.i < min(best) < min(tokens) and any(c.lower_ == "that" for c in child.lefts):
                best = set(range(min(best), max(tokens) + 1))  # "that …, and that …"
            elif len(tokens) > len(best):
                best = tokens
    if len(best) > 1:
        return best
    if verb.dep_ in ("parataxis", "advcl", "discourse") and verb.head.i != verb.i and "t" in cue.verb.takes:
        as_clause = any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children)
        apart = any(t.text in (",", "—", "–", "--") for t in page.doc[verb.head.i : verb.i])
        finite_aside = verb.dep_ == "parataxis" and verb.tag_ in ("VBD", "VBZ", "VBP") and apart
        if as_clause or finite_aside:
            tokens = {i for i in page.under(verb.head) if begin <= i < end} - page.under(verb)
            return tokens if len(tokens) > 1 else set()
    return set()


def _after_colon(child: Token) -> bool:
    left = child.left_edge
    return left.i > 0 and left.nbor(-1).text in (":", ",")


def _infinitive(cue: Cue, page: Page) -> set[int]:
    """ "to cease …", without the one who is told to."""
    if cue.verb.prepositions and "r" not in cue.verb.takes and not _after_preposition(cue, page):
        return set()  # "called on X to", but not "called X to"
    for child in cue.token.children:
        if child.i < cue.token.i or child.dep_ not in ("xcomp", "ccomp", "advcl"):
            continue
        to = child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        if child.dep_ == "advcl" and any(c.lower_ in ("order", "so") for c in child.children):
            continue  # "in order to": why, not what
        if to or (child.dep_ == "xcomp" and child.tag_ == "VBG"):
            return page.under(child)
    return set()


def _after_preposition(cue: Cue, page: Page) -> set[int]:
    """What follows the cue's preposition; with the object before it where there is one ("blasted X for Y")."""
    verb = cue.token
    for child in verb.children:
        if child.i < verb.i or syntax.base_dep(child) not in ("obl", "advcl", "xcomp", "ccomp"):
            continue
        for case in child.children:
            if case.dep_ not in ("case", "mark") or case.lower_ not in cue.verb.prepositions:
                continue
            tokens = {i for i in page.under(child) if i > case.i}
            later = [c for c in verb.children if c.i > child.i and c.dep_ in ("xcomp", "advcl", "ccomp")]
            if case.lower_ == "on" and cue.verb.lemma == "call" and later:
                return tokens | page.under(later[0])
            things = [c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < child.i]
            if "n" in cue.verb.takes and things:
                return tokens | page.under(things[0]) | {case.i}
            return tokens
    return set()


def _naming(cue: Cue, page: Page) -> set[int]:
    """ "(called) X a liar", "(described) X as …", "(likened) X to …": both parts."""
    verb = cue.token
    thing = next((c for c in verb.children if c.dep_ == "obj" and c.i > verb.i), None)
    for child in verb.children:
        if child.i < verb.i:
            continue
        if verb.tag_ == "VBN" and child.pos_ == "PROPN":
            continue  # "a brook called Silver Walk": its name
        like = child.dep_ in ("obl", "advcl") and any(c.lower_ in cue.verb.prepositions for c in child.children)
        if (child.dep_ == "xcomp" and "q" in cue.verb.takes) or like:
            return page.under(child) | (page.under(thing) if thing is not None else set())
    return set()


def _thing(cue: Cue, page: Page) -> set[int]:
    """The noun phrase that is proposed, denied, attacked …"""
    verb = cue.token
    if syntax.is_passive(verb) or (
        verb.tag_ == "VB" and verb.dep_ in ("advcl", "xcomp", "acl") and cue.verb.group in _ACTING
    ):
        return set()
    for child in verb.children:
        if child.dep_ in ("obj", "xcomp", "ccomp") and child.i > verb.i and child.pos_ != "PRON":
            return page.under(child)
    return set()
