"""Which candidates are worth a line on a timeline."""

from __future__ import annotations

from collections.abc import Sequence

from newsdash.core.extraction.events.calendar import is_one_day
from newsdash.core.extraction.events.candidates import Candidate, governor, noun_kind, verb_class
from newsdash.core.extraction.events.status import (
    has_chance,
    is_going_to,
    is_mere_thought,
    is_perfect,
    is_progressive,
    is_to_be,
)
from newsdash.core.extraction.events.story import Story
from newsdash.core.extraction.syntax import SUBJECTS, agent, is_passive, subject
from spacy.tokens import Token

_DEEDS = frozenset({"act", "declare", "phase", "light"})
_US = frozenset({"i", "we", "you", "let"})
_TOLD = frozenset({"after", "before", "when", "once", "since", "while", "as"})


def is_statement(c: Candidate) -> bool:
    """A report, opinion or position that somebody gave: "said", "described"."""
    return c.kind == "say" and c.role == "main" and c.status == "happened" and c.line.kind == "body"


def choose(candidates: Sequence[Candidate], story: Story) -> list[Candidate]:
    """The candidates worth a line. What a chosen statement or speech act tells without a date of its own is its
    content, not one more event; a plan or a chance that somebody speaks of stands beside the plain statement.
    """
    chosen: dict[int, Candidate] = {}
    for c in sorted((c for c in candidates if is_worth_a_line(c, story)), key=lambda c: c.role == "content"):
        if c.role == "content" and c.token.i not in story.own:
            teller = chosen.get(governor(c.token).i)
            if teller is not None and (teller.kind != "say" or c.status not in ("planned", "possible")):
                continue
        chosen[c.token.i] = c
    return [c for c in chosen.values() if not _sets_the_scene(c, chosen, story)]


def _sets_the_scene(c: Candidate, chosen: dict[int, Candidate], story: Story) -> bool:
    """ "Warned in a report published on Friday": the report is the warning's."""
    if c.token.dep_ != "acl" or noun_kind(c.token.head) not in ("document", "speech"):
        return False
    above = next((a.i for a in c.token.head.ancestors if a.i in chosen), None)
    if above is None:
        return False
    mine, theirs = story.whens[c.token.i], story.whens[above]
    return (mine.start, mine.end) == (theirs.start, theirs.end)


def is_worth_a_line(c: Candidate, story: Story) -> bool:
    """Whether a candidate is an event of the timeline by its class, its place in the sentence, and its date."""
    dated = c.token.i in story.own
    if c.line.kind == "dateline":
        return False
    if c.line.kind in ("headline", "heading"):
        return False
    if dated and c.line.kind == "body" and not lasts(c, story):
        return True  # whoever gives the date thinks it worth telling
    if c.line.kind == "caption" and (c.role != "main" or c.tense != "past" or c.kind not in _DEEDS):
        return False  # most captions describe a picture
    if c.status == "denied" and (not dated or c.kind in ("say", "mind", "state", "weak")):
        return False
    if c.token.dep_ == "acl" and c.token.lemma_ == "end" and noun_kind(c.token.head) is None:
        return False  # "the quarter ended Sept. 30"
    if c.token.i == story.news and not is_mere_thought(c.token) and not _is_habit(c, dated):
        return True  # what the article opens with is its news, be it a state or a statement
    if _is_announced(c) and c.token.i not in story.quoted:
        return True
    if c.kind == "say":
        return dated
    if not dated and (_speaks_of_us(c.token) or (c.kind == "place" and not _arrives(c.token))):
        return False
    if c.token.i in story.quoted and (
        (c.kind == "copula" and not is_perfect(c.token)) or (not dated and c.status == "ongoing")
    ):
        return False  # "It ruins the club": how the quoted speaker sees things
    if _faces_a_chance(c):
        return True
    if not dated and (is_mere_thought(c.token) or _asks(c) or _missed(c.token) or _stands_firm(c)):
        return False
    if c.role == "main":
        placed = c.token.i in story.anchors
        return _main(c, dated, c.kind == "weak" and placed and not _is_described(c.token))
    if c.role == "content":
        return _content(c, dated)
    if c.role == "subordinate":
        finite = c.tense == "past" and any(ch.dep_ == "mark" and ch.lower_ in _TOLD for ch in c.token.children)
        if dated:
            return c.kind not in ("state", "mind", "copula", "say")
        return finite and c.kind in ("act", "declare") and verb_class(_finite(c.token.head)) != "say"
    return dated and not lasts(c, story) and c.kind not in ("state", "mind", "copula")


def lasts(c: Candidate, story: Story) -> bool:
    """ "Which has served the islands for the last 30 years" tells no event of these years."""
    own = story.own.get(c.token.i)
    return c.role == "relative" and own is not None and own.granularity == "unknown"


def _is_announced(c: Candidate) -> bool:
    """ "The court will hear the case", "…, which will be given to a museum": a plan, whatever the verb."""
    first = c.token.left_edge
    plain = c.role == "main" or (c.token.dep_ == "acl:relcl" and first.i > 0 and first.nbor(-1).text == ",")
    duty = c.token.lemma_ == "have"  # "will have to pay"
    return c.status == "planned" and c.tense == "future" and plain and not duty and c.kind not in ("copula", "mind")


def _is_habit(c: Candidate, dated: bool) -> bool:
    """ "She counts fish for a living": what is done time and again."""
    simple = c.tense == "present" and not is_progressive(c.token) and not is_perfect(c.token)
    return simple and not dated and c.kind not in ("say", "copula", "state")


def _finite(verb: Token) -> Token:
    """The verb that an infinitive belongs to: "declined" in "declined to comment"."""
    for _ in range(6):
        if not is_to_be(verb):
            break
        verb = verb.head
    return verb


def _main(c: Candidate, dated: bool, filed: bool) -> bool:
    if c.kind == "copula":
        return dated or _names_deed(c)
    if c.kind == "state":
        return dated and c.tense in ("past", "future")
    if c.kind == "cause":
        return dated or (c.tense == "past" and any(x.dep_ == "obj" and noun_kind(x) for x in c.token.children))
    if c.kind == "mind":
        return dated or (c.status == "planned" and any(x.dep_ in ("xcomp", "obj") for x in c.token.children))
    if c.kind == "say":
        return c.tense in ("past", "present")
    if c.tense == "past":
        return c.kind in _DEEDS or c.kind == "place" or dated or _names_deed(c) or filed
    if c.tense == "present" and c.status != "planned":
        return (
            (is_progressive(c.token) and (c.kind != "light" or _does_something(c.token)))
            or c.kind == "declare"
            or dated
            or (is_going_to(c.token) and _does_deed(c.token))
        )
    if c.status == "planned" and c.kind == "weak":
        who = subject(c.token)
        return who is None or (who.tag_ not in ("DT", "EX") and who.lower_ != "it")
    return c.status in ("planned", "possible") and (c.kind in _DEEDS or dated)


def _asks(c: Candidate) -> bool:
    """An indirect question tells no event: "asked why it took so long"."""
    if c.role != "content":
        return False
    first = max(c.token.sent.start, c.token.left_edge.i - 1)  # the question word may hang on the verb of asking
    return any(t.tag_ in ("WP", "WRB", "WDT") for t in c.token.doc[first : c.token.i])


def _missed(verb: Token) -> bool:
    """It did not come to it: "the text was almost lost"."""
    return any(child.dep_ == "advmod" and child.lower_ in ("almost", "nearly") for child in verb.children)


def _stands_firm(c: Candidate) -> bool:
    """A light verb that lends itself to an adjective names a state: "held firm", "kept quiet"."""
    return c.kind == "light" and any(child.dep_ == "xcomp" and child.tag_ == "JJ" for child in c.token.children)


def _is_described(verb: Token) -> bool:
    """ "Relations were strained": a participle without a doer tells a state unless its verb is known for a deed."""
    return is_passive(verb) and agent(verb) is None


def _does_something(verb: Token) -> bool:
    """ "is holding talks", not "is holding a book"."""
    return any(child.dep_ in ("obj", "nsubj:pass") and noun_kind(child) for child in verb.children)


def _does_deed(verb: Token) -> bool:
    """ "Is going to resign", not "is going to be interesting"."""
    return any(child.dep_ == "xcomp" and verb_class(child) in _DEEDS for child in verb.children)


def _had(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "had" for child in verb.children)


def _speaks_of_us(verb: Token) -> bool:
    """ "We should inspire …": the quoted speaker of himself or to the reader."""
    who = subject(verb)
    return who is not None and who.lower_ in _US


def _arrives(verb: Token) -> bool:
    """ "Requests have come from the towns": a verb of place that tells a deed all the same."""
    subject = any(child.dep_ in SUBJECTS and noun_kind(child) for child in verb.children)
    return subject and any(g.lower_ == "from" for child in verb.children for g in child.children)


def _faces_a_chance(c: Candidate) -> bool:
    """ "faces the possibility of being banned": a possible event told as a state."""
    faced = c.status == "possible" and c.kind in ("state", "light") and has_chance(c.token)
    return faced and not is_mere_thought(c.token)


def _content(c: Candidate, dated: bool) -> bool:
    if c.status == "planned" and c.kind in ("mind", "weak") and any(x.dep_ == "xcomp" for x in c.token.children):
        return True  # "said it plans to build a plant"
    if c.kind in ("state", "mind", "copula", "say", "cause"):
        return dated
    if verb_class(governor(c.token)) == "mind" and not dated:
        return False  # "he feared that they had won"
    if c.status in ("planned", "possible"):
        return c.kind in _DEEDS and (dated or not _is_argument(c))
    if is_progressive(c.token):
        return True
    if _had(c.token) and not dated:
        return False  # what had been before what somebody said: the source's background
    return (c.tense == "past" or is_perfect(c.token)) and (c.kind in _DEEDS or dated)


def _is_argument(c: Candidate) -> bool:
    """ "Argued that the ban could weaken trade": what an event may do to another thing is an opinion."""
    who = subject(c.token)
    thing = who is not None and (who.dep_.startswith("csubj") or noun_kind(who) is not None)
    acts = not is_passive(c.token) and any(x.dep_ == "obj" for x in c.token.children)
    return thing and acts


def _names_deed(c: Candidate) -> bool:
    """A noun of the clause names what happened: "held talks", "the candidates elected were …"."""
    if c.tense != "past":
        return False
    nouns = [c.token, *(x for x in c.token.children if x.dep_ in ("nsubj", "nsubj:pass", "obj"))]
    return any(_has_participle(n) or (c.kind != "copula" and noun_kind(n) is not None) for n in nouns)


def _has_participle(noun: Token) -> bool:
    """ "The candidates elected", "the rest of the candidates elected"."""
    parts = (p for p in noun.children if p.dep_ == "nmod" and any(g.lower_ == "of" for g in p.children))
    return any(ch.dep_ == "acl" and ch.tag_ == "VBN" for n in (noun, *parts) for ch in n.children)


def noun_is_worth_a_line(noun: Candidate, story: Story, taken: set[int]) -> bool:
    """A dated event noun, unless its predicate tells the same at the same time ("held talks on Friday")."""
    if noun.line.kind != "body" or noun.token.i in taken:
        return False
    told = story.nouns[noun.token.i]
    if is_one_day(told) and noun.token.i > story.news and story.own.get(story.news) == told:
        return False  # "called Monday's ruling wrong": the news itself
    for above in noun.token.ancestors:
        if above.i in taken:
            theirs = story.whens.get(above.i)
            return theirs is None or (told.start, told.end) != (theirs.start, theirs.end)
        if above.i in story.whens:
            break
    return True
