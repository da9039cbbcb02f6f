"""What the network adds to the rules in a short passage: polarity where the lexicon is silent, pairs of actors, tone.

In articles positions are much rarer than in the sentences it learned from; there the judge decides (``judging``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.extraction.stances.network import Floats, Network, words_of
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.records import Act, Entity
from spacy.tokens import Span

PASSAGE = 2  # sentences up to which a text is a passage: there the writer's tone is a position, in reports it is not
_MOST_WORDS = 160  # longer sentences are lists or broken text and are not read
_MOST_MENTIONS = 7  # in one sentence; more are lists, and pairs grow with the square
_KINDS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_Words = tuple[int, int]


class Reader:
    """The sentences of one Doc as the network sees them, each encoded at most once."""

    def __init__(self, cast: Cast, net: Network) -> None:
        self.cast, self.net, self.at, self.doc = cast, net, net.at, cast.doc
        self._seen: dict[int, Floats] = {}

    def sentence(self, span: Span) -> Span:
        """The sentence in which a span begins."""
        start, end = self.cast.sentence_at[span.start]
        return self.doc[start:end]

    def encoded(self, sentence: Span) -> Floats | None:
        """The vectors of a sentence, None when it is too long to be one."""
        if not 0 < len(sentence) <= _MOST_WORDS:
            return None
        if sentence.start not in self._seen:
            self._seen[sentence.start] = self.net.encode(words_of(sentence))
        return self._seen[sentence.start]

    def words(self, start: int, end: int) -> Span | None:
        """The tokens of a span of characters, if they stand in one sentence."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span) or span.end > self.cast.sentence_at[span.start][1]:
            return None
        return span

    def inside(self, span: Span) -> _Words:
        """The place of a span in its sentence, in words."""
        first = self.cast.sentence_at[span.start][0]
        return span.start - first, span.end - first

    def toward(self, holder: Party, target: Party) -> Floats | None:
        """Probabilities of against, neutral, for between two parties of one sentence."""
        a, b = self.words(holder.start, holder.end), self.words(target.start, target.end)
        if a is None or b is None or (a.start < b.end and b.start < a.end):
            return None
        sentence = self.sentence(a)
        x = self.encoded(sentence) if b.start >= sentence.start and b.end <= sentence.end else None
        return None if x is None else self.net.pairs(x, [(self.inside(a), self.inside(b))])[0]

    def light(self, target: Party) -> Floats | None:
        """Probabilities of against, neutral, for: how its sentence shows the target."""
        span = self.words(target.start, target.end)
        x = self.encoded(self.sentence(span)) if span is not None else None
        return self.net.tone(x, [self.inside(span)])[0] if span is not None and x is not None else None


def refined(read: Reader, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts with the polarity of quoted words filled in, and with what the network thinks of the others."""
    for draft in drafts:
        p = _opinion(read, draft)
        against, neutral, good = (float(v) for v in p) if p is not None else (0.0, 0.0, 0.0)
        same = good if draft.sign > 0 else against if draft.sign < 0 else neutral
        if not draft.rule.startswith("quote") or "retold" in draft.doubts or draft.target is None:
            yield replace(draft, sure=same > read.at.same)
        elif draft.sign == 0 and draft.act in ("claims", "denies"):
            if max(against, good) >= read.at.sign:
                sign = 1 if good > against else -1
                act: Act = "supports" if sign > 0 else "accuses" if draft.target.entity is not None else "criticises"
                sure = max(against, good) > read.at.same
                yield _filled(draft, act, sign, max(against, good), sure=sure)
            else:
                yield replace(draft, sure=same > read.at.same)
        elif p is not None and _open(draft) and same < read.at.doubt:
            yield replace(draft, act="claims", sign=0, words=f"{draft.words}, network {neutral:.2f} neutral")
        else:
            yield replace(draft, sure=same > read.at.same)


def _filled(draft: Draft, act: Act, sign: int, chance: float, *, sure: bool) -> Draft:
    words = f"{draft.words}, network {chance:.2f}"
    return replace(draft, rule="quote network", act=act, sign=sign, words=words, sure=sure)


def _opinion(read: Reader, draft: Draft) -> Floats | None:
    """What the network says of holder and target, else of the light on the target."""
    target = draft.target
    if target is None or target.entity is None or not (target.proper or draft.rule.startswith("quote")):
        return None  # it learned from actors and knows little of things
    if not draft.sign and draft.act not in ("claims", "denies"):
        return None  # a question or a request: no side to be sure of
    p = read.toward(draft.holder, target)
    return read.light(target) if p is None else p


def _open(draft: Draft) -> bool:
    """Whether a polarity stands on few words only."""
    return (
        draft.sign != 0 and not draft.strong and draft.act in ("praises", "supports", "criticises", "accuses", "claims")
    )


def between(read: Reader, known: Sequence[Draft]) -> Iterator[Draft]:
    """Positions between two actors that no rule tells."""
    once: set[tuple[str, str]] = set()
    told = {(d.holder.key, read.cast.sentence_at[d.trigger][0]) for d in known}
    for sentence in read.doc.sents:
        found = _mentions(read, sentence)
        if not 2 <= len(found) <= _MOST_MENTIONS:
            continue
        ways = [(i, j) for i in range(len(found)) for j in range(len(found)) if _apart(found[i], found[j])]
        x = read.encoded(sentence)
        if x is None or not ways:
            continue
        rows = read.net.pairs(x, [(found[i][0], found[j][0]) for i, j in ways])
        for (i, j), (against, _, good) in zip(ways, rows.tolist(), strict=True):
            p = max(against, good)
            holder, target = found[i][1], found[j][1]
            first = read.doc[sentence.start + found[i][0][0]]
            if p < read.at.pair or (holder.key, sentence.start) in told or (holder.key, target.key) in once:
                continue
            once.add((holder.key, target.key))
            act: Act = "supports" if good > against else "opposes"
            yield Draft(
                holder, act, target, 1 if good > against else -1, target.text, _trimmed(sentence), first.i,
                "network", f"{p:.2f}", sure=p > read.at.same,
            )  # fmt: skip


def is_passage(cast: Cast) -> bool:
    """Whether a text is too short to be a report."""
    return len(cast.sentences) <= PASSAGE


def _apart(a: tuple[_Words, Party], b: tuple[_Words, Party]) -> bool:
    return a[1].key != b[1].key and (a[0][1] <= b[0][0] or b[0][1] <= a[0][0])


def _mentions(read: Reader, sentence: Span) -> list[tuple[_Words, Party]]:
    """The actors mentioned in a sentence with their words."""
    found: list[tuple[_Words, Party]] = []
    for start, end, entity in read.cast.mentioned((sentence.start_char, sentence.end_char)):
        span = read.words(start, end)
        if span is not None and entity.type in _KINDS and not entity.members:
            found.append((read.inside(span), read.cast.party(start, end, entity.id)))
    return found


def _trimmed(sentence: Span) -> tuple[int, int]:
    text = sentence.text
    return sentence.start_char + len(text) - len(text.lstrip()), sentence.start_char + len(text.rstrip())


def tone(read: Reader, entities: Sequence[Entity]) -> Iterator[Draft]:
    """The light in which a passage as a whole shows an actor: the mean over its mentions."""
    for entity in entities:
        rows, best = [], None
        for m in entity.mentions:
            party = Party(entity.id, m.text, m.start, m.end)
            p = read.light(party)
            if p is not None:
                rows.append(p)
                weight = max(float(p[0]), float(p[2]))
                best = (weight, party) if best is None or weight > best[0] else best
        if best is None:
            continue
        mean = sum(rows[1:], rows[0]) / len(rows)
        strength = max(float(mean[0]), float(mean[2]))
        if strength < read.at.tone:
            continue
        sign = 1 if mean[2] > mean[0] else -1
        span = read.words(best[1].start, best[1].end)
        if span is None:
            continue
        act: Act = "praises" if sign > 0 else "criticises"
        nobody = Party(None, "", best[1].start, best[1].start)
        yield Draft(
            nobody,
            act,
            best[1],
            sign,
            entity.name,
            _trimmed(read.sentence(span)),
            span[0].i,
            "tone of the text",
            f"{strength:.2f}",
        )
