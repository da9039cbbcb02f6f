"""Contents read from the words around a cue, where the tree is of no help."""

from __future__ import annotations

from newsdash.core.extraction import syntax
from newsdash.core.extraction.quotes import speakers
from newsdash.core.extraction.quotes.cues import MIND_GROUPS, Cue
from newsdash.core.extraction.quotes.page import FINITE_TAGS, REACH, Page
from spacy.tokens import Token

_RELATIVES = frozenset(
    {"who", "which", "that", "whose", "whom", "where", "when", "as", "because", "after", "while", "if"}
)
_COMMAS = frozenset({",", "—", "–", "--"})
_ENDS = frozenset(".!?")
_TOLD = frozenset({"NN", "NNS", "NNP", "PRP", "DT", "JJ", "PRP$"})  # how the words begin for who was told
_SETTING = 12  # tokens of when, where and to whom something was said
_MARKS_REACH = 15  # tokens from a cue to the quotation marks that belong to it


def aside(cue: Cue, page: Page) -> tuple[set[int], Token | None] | None:
    """ "…, officials said.", "…, said Jane Doe, an analyst.", "…, he said, …": the sentence without the cue's words.

    Gives the content and the head of the speaker's phrase, None when the cue is no such aside.
    """
    verb, doc = cue.token, page.doc
    begin, end = page.sentence[verb.i]
    if "t" not in cue.verb.takes or "q" not in cue.verb.takes or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    if verb.i - 1 > begin + 1 and doc[verb.i - 1].text == ",":
        if any(c.dep_ in syntax.SUBJECTS and c.i < verb.i and c.pos_ == "PROPN" for c in verb.children):
            return None  # "Jane Doe, who led the talks, told reporters that …"
        return _inverted(cue, page, begin, end)
    last, tail = _closing(cue, page, end)
    left = verb.i
    while left > begin and doc[left - 1].text not in _COMMAS and verb.i - left < 12:
        left -= 1
    if last < 0 or left - 1 <= begin or left == verb.i or doc[left - 1].text not in _COMMAS:
        return None
    clause = doc[left : verb.i]
    if any(
        (t.tag_ in FINITE_TAGS and t.pos_ != "AUX") or t.lower_ in _RELATIVES or t.tag_ in ("CC", "IN")
        for t in clause[:1]
    ):
        return None
    if any(t.tag_ in FINITE_TAGS and t.pos_ != "AUX" for t in clause):
        return None
    speaker = speakers.subject_of(cue, page) or speakers.beside(verb, page)
    if speaker is None or not left <= speaker.i < verb.i:
        return None
    begin = next((i + 1 for i in range(left - 2, begin, -1) if doc[i].text == ";"), begin)  # "A; B, he said"
    content = set(range(begin, left - 1)) | set(range(tail, end))
    return (content, speaker) if page.finite(content) else None


def _closing(cue: Cue, page: Page, end: int) -> tuple[int, int]:
    """Where the words of the cue end, and where the content goes on; -1 when the cue is followed by its content.

    "…, he said, …", "…, officials said on Thursday.", "…, she told a news conference, and …".
    """
    doc, last = page.doc, page.token_at(cue.span[1])
    while last < end and doc[last].is_space:
        last += 1
    if last >= end or doc[last].text in _ENDS:
        return last, end
    if doc[last].text == ",":
        return (last, last + 1) if last + 1 < end else (-1, end)
    told = doc[last].tag_ in _TOLD and doc[last].lower_ not in _RELATIVES and "r" in cue.verb.takes
    if doc[last].tag_ != "IN" and doc[last].ent_type_ != "DATE" and not told:
        return -1, end
    for i in range(last, min(end, last + _SETTING)):
        if doc[i].text in _ENDS:
            return i, end
        if doc[i].text == ",":
            return i, (i + 1 if i + 1 < end and doc[i + 1].dep_ == "cc" else end)
        if doc[i].tag_ in FINITE_TAGS or doc[i].tag_ == "TO" or doc[i].lower_ in _RELATIVES or page.inside[i] >= 0:
            return -1, end
    return (end, end) if end - last <= _SETTING else (-1, end)


def _inverted(cue: Cue, page: Page, begin: int, end: int) -> tuple[set[int], Token | None] | None:
    """ "…, said Jane Doe, an analyst …": nothing but the speaker and what is told of him after the verb."""
    doc, verb = page.doc, cue.token
    tail = end
    for i in range(verb.i + 1, min(end, verb.i + 60)):
        if doc[i].text == "," and i + 1 < end and doc[i + 1].tag_ in FINITE_TAGS:
            tail = i  # "Recipients, said Mauer, are …"
            break
        if doc[i].lower_ in _RELATIVES or (doc[i].text == "," and i + 1 < end and doc[i + 1].tag_ == "VBG"):
            break
        if doc[i].tag_ in FINITE_TAGS:
            return None
    following = doc[verb.i + 1] if verb.i + 1 < end else None
    if following is None or following.pos_ not in ("PROPN", "DET", "NOUN", "ADJ", "PRON", "NUM"):
        return None
    if following.lower_ in _RELATIVES or (following.pos_ == "PRON" and following.tag_ != "PRP"):
        return None
    speaker = speakers.inverted(verb, page)
    content = set(range(begin, verb.i - 1)) | set(range(tail, end))
    return (content, speaker) if speaker is not None and page.finite(content) else None


def clause(cue: Cue, page: Page, speaker: Token | None) -> set[int]:
    """What follows "said (to X) that", or "said" right before a clause, to the end of the sentence."""
    verb, doc = cue.token, page.doc
    _, end = page.sentence[verb.i]
    first = page.token_at(cue.span[1])
    end = min(end, first + REACH)
    for i in range(first, min(end, first + 10)):
        if doc[i].lower_ in ("that", "how", "why", "whether") and doc[i].tag_ in ("IN", "WRB") and i + 2 < end:
            return set(range(i, end))
        if doc[i].tag_ in FINITE_TAGS or doc[i].text in (";", ":", "."):
            break
    if cue.verb.group in MIND_GROUPS or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VBG"):
        return set()
    if speaker is None or speaker.i > verb.i or first >= end or "r" in cue.verb.takes or "n" in cue.verb.takes:
        return set()
    starts_clause = doc[first].pos_ in ("PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM")
    if starts_clause and any(doc[i].tag_ in FINITE_TAGS for i in range(first, end)):
        return set(range(first, end))
    return set()


def up_to_marks(cue: Cue, page: Page, speaker: Token | None) -> set[int]:
    """ "called the holiday “a celebration …”": from the cue to the end of quotation marks that follow it."""
    verb, doc = cue.token, page.doc
    if cue.verb.group in MIND_GROUPS or verb.tag_ == "VB" or (verb.tag_ == "VBN" and speaker is None):
        return set()  # "the so-called “smart” bridge"
    _, end = page.sentence[verb.i]
    first = page.token_at(cue.span[1])
    for i in range(first, min(end, first + _MARKS_REACH)):
        if page.inside[i] >= 0:
            return set(range(first, page.token_before(page.quoted[page.inside[i]].end) + 1))
        if doc[i].tag_ in FINITE_TAGS or doc[i].text in (";", ":", "."):
            return set()
    return set()
