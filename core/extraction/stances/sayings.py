"""Who says what and by which word: the quotes of an article that may take a position."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsdash.core.extraction.stances.acts import (
    PREPOSITIONS,
    Frame,
    adjective_frames,
    base_form,
    lemma_of,
    noun_frames,
    verb_frames,
    word_set,
)
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.extraction.stances.propositions import is_wanted
from newsdash.core.extraction.stances.slots import matching
from newsdash.core.extraction.syntax import is_negated, modals
from newsdash.core.records import Quote, Span
from spacy.tokens import Span as Words
from spacy.tokens import Token

_NAMING = word_set("naming")
_SHORT = 200  # characters of a direct quote that is shown with its speaker


@dataclass(frozen=True)
class Saying:
    """A quote with its reporting word and its speakers."""

    cast: Cast
    quote: Quote
    number: int
    cue: Token | None
    frame: Frame | None
    holders: tuple[Party, ...]
    keys: frozenset[str]

    @property
    def takes_side(self) -> bool:
        """Whether the reporting word itself takes a position ("warned")."""
        return self.frame is not None and self.frame.act != "claims"

    @property
    def critical(self) -> bool:
        """Whether those who say it are called by their being against it ("critics said")."""
        return any(h.text.lower().split()[-1:] in (["critics"], ["opponents"], ["detractors"]) for h in self.holders)

    @property
    def names_things(self) -> bool:
        """Whether the cue gives something a name ("calls it historic")."""
        if self.cue is None or lemma_of(self.cue) not in _NAMING or self.cue.i + 1 >= len(self.cue.doc):
            return False
        after = self.cue.nbor().lower_
        return after == "as" or after not in PREPOSITIONS  # not "called for"

    def via(self, holder: Party) -> Party | None:
        """Who quotes the quote, when it stands inside another one."""
        outer = self.cast.around(self.number)
        return outer if outer is not None and outer.key != holder.key else None


def sayings(cast: Cast) -> Iterator[Saying]:
    """The quotes of those who can speak, but for idioms ("asked not to be named") and what is not really said."""
    for number, quote in enumerate(cast.quotes):
        speaker = cast.speaker(quote)
        cue = _cue(cast, quote)
        if speaker is None or (cue is not None and _no_saying(cue, quote)):
            continue
        says = cue is not None and lemma_of(cue) in word_set("saying")
        if quote.kind != "direct" and not says and not cast.can_speak(speaker):
            continue  # "a problem that demands an answer"
        holders = tuple(cast.speakers(quote))
        frame = _frame(cue)
        if frame is None or frame.act != "claims" or frame.open:
            yield Saying(cast, quote, number, cue, frame, holders, frozenset({h.key for h in holders} | {speaker.key}))


def _no_saying(cue: Token, quote: Quote) -> bool:
    """Cues of what somebody takes in ("read", "learned"), and infinitives that tell no act ("asks them to assure")."""
    if quote.kind == "direct":
        return False
    if is_negated(cue) or set(modals(cue)) & {"might", "may", "could"}:
        return True
    if lemma_of(cue) in word_set("unspoken"):
        return True
    above = verb_frames().get(lemma_of(cue.head), ()) if cue.dep_ == "ccomp" and is_wanted(cue) else ()
    if any(f.act in ("demands", "orders", "asks") for f in above):
        return True  # "demands that they prove that …"
    wanted = cue.tag_ == "VB" and any(c.tag_ == "TO" for c in cue.children)
    return wanted and cue.dep_ in ("xcomp", "acl", "advcl") and cue.head.lemma_.lower() not in word_set("leading")


def _cue(cast: Cast, quote: Quote) -> Token | None:
    """The main word of the cue."""
    if quote.cue is None:
        return None
    span = cast.doc.char_span(*quote.cue, alignment_mode="expand")
    if span is None:
        return None
    return next((t for t in span if t.pos_ in ("VERB", "NOUN")), span[0])


def _frame(cue: Token | None) -> Frame | None:
    if cue is None:
        return None
    if (cue.pos_ != "VERB" or lemma_of(cue) not in verb_frames()) and cue.lower_ in adjective_frames():
        return adjective_frames()[cue.lower_]  # also a participle: "are concerned that"
    if cue.pos_ == "NOUN" and cue.lemma_.lower() in noun_frames():
        return noun_frames()[cue.lemma_.lower()]
    frames = verb_frames()
    found = matching(cue, frames.get(lemma_of(cue), ()) or frames.get(base_form(cue.text, frames) or "", ()))
    return found[0] if found is not None else None


def lets(root: Token) -> bool:
    """ "Let me be plain", "let us begin": no demand."""
    return root.lemma_.lower() == "let" and any(c.lower_ in ("me", "us", "'s", "’s") for c in root.subtree)


def shown(quote: Quote, said: Span, sentence: Words) -> Span:
    """The evidence for what a part of a quote says, with speaker and cue where these stand in the same sentence."""
    start, end = said
    places = [quote.cue] if quote.cue is not None else []
    if quote.speaker is not None:
        places.append((quote.speaker.start, quote.speaker.end))
    for place in places if quote.kind != "direct" or len(quote.text) < _SHORT else ():
        if sentence.start_char <= place[0] and place[1] <= sentence.end_char:
            start, end = min(start, place[0]), max(end, place[1])
    return start, end
