"""Through which channel words reach the article: direct speech, paraphrase, a document, or a third party.

``document``: something written or counted speaks (a letter, a poll, a law), or the speaker writes it in one.
``third party``: the article has it from another newsroom ("according to a report by the Financial Times").
"""

from __future__ import annotations

from functools import cache

from newsdash.core.extraction import lexicon
from newsdash.core.extraction.quotes.found import Found
from newsdash.core.extraction.quotes.page import Page
from newsdash.core.records import Channel, QuoteKind
from spacy.tokens import Token

_WRITING = frozenset({"write", "tweet", "email", "e-mail", "post", "blog", "cable"})


def channel_of(page: Page, found: Found, kind: QuoteKind, phrase: str) -> Channel:
    """The channel of a quote; ``phrase`` is the words of its speaker."""
    if _is_newsroom(phrase):
        return "third party"
    if found.speaker is not None and _is_document(found.speaker):
        return "document"
    if found.cue is not None and _written(page.doc[page.token_at(found.cue[0])]):
        return "document"
    return "paraphrase" if kind == "indirect" else "speech"


def _is_document(head: Token) -> bool:
    return lexicon.mapping("quote_nouns").get(head.lemma_.lower(), ("",))[0] in ("document", "poll")


def _written(cue: Token) -> bool:
    """ "wrote", or "said in a letter"."""
    if cue.lemma_.lower() in _WRITING:
        return True
    return any(
        child.dep_.partition(":")[0] == "obl"
        and _is_document(child)
        and any(c.lower_ in ("in", "on") for c in child.children)
        for child in cue.children
    )


@cache
def _newsrooms() -> tuple[frozenset[str], frozenset[str]]:
    whole = frozenset(row[0].lower() for row in lexicon.table("quote_newsrooms") if row[1] == "name")
    endings = frozenset(row[0].lower() for row in lexicon.table("quote_newsrooms") if row[1] == "ending")
    return whole, endings


def _is_newsroom(phrase: str) -> bool:
    """Whether a phrase ends in the name of a newsroom ("a report by the Financial Times")."""
    words = phrase.lower().removesuffix("’s").removesuffix("'s").split()
    if not words or phrase == phrase.lower():
        return False
    whole, endings = _newsrooms()
    return (len(words) > 1 and words[-1] in endings) or words[-1] in whole or " ".join(words[-2:]) in whole
