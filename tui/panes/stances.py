"""Who wants what: positions by holder, issue or target, as a matrix of holders and issues, and quotes by speaker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, get_args

import msgspec
from newsdash.core.library import Correction
from newsdash.core.records import Act, Analysis, Quote, Stance
from newsdash.tui import signs
from newsdash.tui.actions import bindings
from newsdash.tui.panes.base import Correct, Explained, ListPane, ShowEvidence
from newsdash.tui.panes.timeline import with_joint
from newsdash.tui.widgets.pieces import Line, Piece, cells, fit, join, one_line, spread
from newsdash.tui.widgets.rows import AnyRow, Row, heading
from textual import work

VIEWS = ("by holder", "by issue", "by target", "matrix", "quotes")
_RANK = {"high": 0, "medium": 1, "low": 2}


def balance(stances: Sequence[Stance], width: int) -> list[Piece]:
    """How many are for, neutral and against, as a bar with a sign at each end and the numbers."""
    pro = sum(s.polarity == "for" for s in stances)
    con = sum(s.polarity == "against" for s in stances)
    total = len(stances)
    if not total:
        return []
    left = round(pro / total * width)
    right = round(con / total * width)
    left = max(left, 1) if pro else 0
    right = max(right, 1) if con else 0
    while left + right > width:
        left, right = (left - 1, right) if left >= right else (left, right - 1)
    return [
        (f"{pro}▲ " if pro else "   ", "for"),
        ("█" * left, "for"),
        ("─" * (width - left - right), "faint"),
        ("▒" * right, "against"),
        (f" ▼{con:<2}" if con else "    ", "against"),
    ]


def sign(stances: Sequence[Stance]) -> tuple[str, str]:
    """The sign of several stances together, and its style."""
    found = {s.polarity for s in stances}
    if {"for", "against"} <= found:
        return signs.MIXED, "warn"
    for polarity in ("for", "against"):
        if polarity in found:
            return signs.POLARITY[polarity], polarity
    return (signs.POLARITY["neutral"], "neutral") if found else ("·", "faint")


def grouped(items: Sequence[Stance], key: Callable[[Stance], str]) -> dict[str, list[Stance]]:
    """The stances by a key, the largest groups first, then in the order of the text."""
    groups: dict[str, list[Stance]] = {}
    for stance in items:
        groups.setdefault(key(stance), []).append(stance)
    return dict(sorted(groups.items(), key=lambda g: (-len(g[1]), g[1][0].evidence)))


def _keys(stances: Sequence[Stance]) -> list[str]:
    """A key for each stance, which it keeps when others are rejected or corrected."""
    keys: list[str] = []
    met: dict[str, int] = {}
    for stance in stances:
        key = f"s{stance.evidence} {stance.holder_text}"
        met[key] = met.get(key, 0) + 1
        keys.append(f"{key} {met[key]}")
    return keys


def quoted(text: str) -> str:
    """The words on one line, in quotation marks unless they bring their own."""
    words = one_line(text)
    return words if words[:1] in '“"«„‘' and words else f"“{words}”"


class _StanceRow(NamedTuple):
    """The row of a stance."""

    key: str
    pane: StancesPane
    stance: Stance
    view: str
    height: int = 1

    def draw(self, width: int, /) -> list[Line]:
        """Its line."""
        return self.pane.draw(self.key, self.stance, self.view, width)

    def note(self) -> str:
        """Who takes it, toward whom, on what."""
        return self.pane.note(self.stance)


class _QuoteRow(NamedTuple):
    """The row of a quote."""

    key: str
    quote: Quote
    speaker: str
    height: int = 1

    def draw(self, width: int, /) -> list[Line]:
        """Its line."""
        kind, words = self.quote.kind, one_line(self.quote.text)
        return [fit([(f"{signs.QUOTE[kind]} ", "quote"), (words, "" if kind == "indirect" else "quote")], width)]

    def note(self) -> str:
        """Who says what."""
        return f"{self.speaker}: {one_line(self.quote.text)}"


class _Words(NamedTuple):
    """A stance in words: names of entities where there are some, "" where nothing is said."""

    holder: str
    target: str
    issue: str


class StancesPane(ListPane):
    """The stances and the quotes."""

    PLACE = "stances"
    PART = "stances"
    SEEKS = "quotes and positions"
    TITLE = "Stances"
    ABOUT = (
        "Who supports, opposes, warns, demands, offers, refuses … toward whom, on what. ▲ for, ▼ against, ● neither; "
        "the dots say how sure newsdash is, and unsure rows are dim; ⇄ marks what another holder contradicts, c shows "
        "both. v changes the grouping, up to a matrix of holders and issues (h and l move in it) and the quotes by "
        "speaker. Enter shows the words, x, f and e correct."
    )
    BINDINGS = bindings("stances")

    def __init__(self) -> None:
        super().__init__()
        self.view = 0
        self.column = 0
        self._stances: dict[str, Stance] = {}
        self._keys: list[str] = []
        self._against: dict[str, list[Stance]] = {}  # those that contradict a stance
        self._quotes: dict[str, Quote] = {}
        self._names: dict[str, str] = {}
        self._words: dict[int, _Words] = {}  # what is said of a stance, by its identity
        self._cells: dict[str, dict[str, list[Stance]]] = {}
        self._issues: list[str] = []
        self._at = 0  # which evidence of a cell was shown last
        self._read: Analysis | None = None

    def _read_once(self, analysis: Analysis) -> None:
        """What does not change with view and filter: a book has thousands of stances, and a key may not wait."""
        from newsdash.core.story import contrasts  # spaCy is there when there is an analysis

        self._read = analysis
        self._names = {e.id: one_line(e.name) for e in analysis.entities}
        self._words = {id(s): self._say(s) for s in analysis.stances}
        self._keys = _keys(analysis.stances)
        against = contrasts(analysis.stances)
        self._against = {self._keys[n]: [analysis.stances[m] for m in others] for n, others in against.items()}

    def _say(self, stance: Stance) -> _Words:
        holder = self._names.get(stance.holder or "", "") or one_line(stance.holder_text) or "somebody"
        target = self._names.get(stance.target or "", "") or one_line(stance.target_text)
        return _Words(holder, target, one_line(stance.issue))

    def nothing(self) -> str:
        """Said when there are none."""
        if self.entity is not None:
            return f"Nothing here about {self._names.get(self.entity, 'this name')}: Esc shows all."
        quotes = VIEWS[self.view] == "quotes"
        return "No quotes in this article." if quotes else "Nobody takes a position in this article."

    # -- names

    def _holder(self, stance: Stance) -> str:
        return self._words[id(stance)].holder

    def _target(self, stance: Stance) -> str:
        return self._words[id(stance)].target

    def _issue(self, stance: Stance) -> str:
        return self._words[id(stance)].issue or "no issue"

    # -- rows

    def build(self, analysis: Analysis) -> tuple[list[AnyRow], str, str]:
        """Rows of the view."""
        if analysis is not self._read:
            self._read_once(analysis)
        ids = with_joint(analysis, self.entity)
        keyed = list(zip(self._keys, analysis.stances, strict=True))
        if ids is not None:
            keyed = [(k, s) for k, s in keyed if ids & {s.holder, s.target, s.via}]
        self._stances = dict(keyed)
        quotes = [(f"q{n}", q) for n, q in enumerate(analysis.quotes)]
        if ids is not None:
            quotes = [(k, q) for k, q in quotes if q.speaker and q.speaker.entity in ids]
        self._quotes = dict(quotes)
        view = VIEWS[self.view]
        if view == "quotes":
            total, count = len(analysis.quotes), len(quotes)
            rows = self._quote_rows()
        else:
            total, count = len(analysis.stances), len(keyed)
            rows = self._matrix() if view == "matrix" else self._groups(view)
        number = str(total) if count == total else f"{count} of {total}"
        return rows, f"{number} · {view}", ""

    def _groups(self, view: str) -> list[AnyRow]:
        key: Callable[[Stance], str] = {
            "by holder": self._holder,
            "by issue": self._issue,
            "by target": lambda s: self._target(s) or "nobody named",
        }[view]
        keys = {id(s): k for k, s in self._stances.items()}
        rows: list[AnyRow] = []
        for name, group in grouped(list(self._stances.values()), key).items():
            rows.append(Row(None, self._title(name, group, several=view != "by holder")))
            rows += [_StanceRow(keys[id(s)], self, s, view) for s in group]
        return rows

    def _title(self, name: str, group: Sequence[Stance], *, several: bool) -> Callable[[int], list[Line]]:
        """A heading with the balance; ⇄ where ``several`` holders are for and against."""
        line: list[Piece] = [(name, "heading")]
        if several and {"for", "against"} <= {s.polarity for s in group} and len({self._holder(s) for s in group}) > 1:
            line.append((f" {signs.CONTRAST}", "warn"))
        return lambda width: [spread(line, balance(group, 10 if width >= 40 else 6), width)]

    def note(self, stance: Stance) -> str:
        """A stance in words."""
        holder, target, issue = self._words[id(stance)]
        return join((holder, stance.act, target, issue))

    def draw(self, key: str, stance: Stance, view: str, width: int) -> list[Line]:
        """A stance in a row of the view."""
        holder, target, issue = self._words[id(stance)]
        words: list[Piece] = [(stance.act.replace("-", " "), stance.polarity)]
        if view != "by holder":
            strong = "bold" if stance.confidence == "high" else ""
            words = [*fit([(holder, strong)], width // 2), (" ", ""), *words]  # a long name leaves room for the act
        if target and view != "by target":
            words.append((f" {target}", ""))
        said = "" if view == "by target" else f" {target} ".casefold()
        if issue and view != "by issue" and f" {issue} ".casefold() not in said:
            words.append((f" · {issue}", "dim"))
        quiet = "dim italic" if stance.confidence == "low" else ""
        left: list[Piece] = [(f"{signs.POLARITY[stance.polarity]} ", stance.polarity)]
        left += [(text, f"{style} {quiet}".strip()) for text, style in words]
        right: list[Piece] = [(signs.CONFIDENCE[stance.confidence], stance.confidence)]
        if key in self._against:
            right.insert(0, (f"{signs.CONTRAST} ", "warn"))
        return [spread(left, right, width)]

    def _quote_rows(self) -> list[AnyRow]:
        groups: dict[str, list[tuple[str, Quote]]] = {}
        for key, quote in self._quotes.items():
            groups.setdefault(self._speaker(quote), []).append((key, quote))
        rows: list[AnyRow] = []
        for name, group in sorted(groups.items(), key=lambda g: (-len(g[1]), g[1][0][1].start)):
            rows.append(heading([(name, "heading"), (f" {len(group)}", "faint")]))
            for key, quote in group:
                rows.append(_QuoteRow(key, quote, name))
        return rows

    def _speaker(self, quote: Quote) -> str:
        if quote.speaker is None or self.analysis is None:
            return "somebody not named"
        words = self.analysis.article.text[quote.speaker.start : quote.speaker.end]
        return self._names.get(quote.speaker.entity or "", "") or one_line(words)

    # -- the matrix

    def _matrix(self) -> list[AnyRow]:
        stances = list(self._stances.values())
        self._issues = list(grouped(stances, self._issue))
        self.column = max(0, min(self.column, len(self._issues) - 1))
        holders = grouped(stances, self._holder)
        self._cells = {name: grouped(group, self._issue) for name, group in holders.items()}
        if not holders:
            return []
        rows: list[AnyRow] = [Row(None, self._matrix_head)]
        for name in holders:
            rows.append(Row(f"m{name}", self._matrix_row(name), note=partial(str, name)))
        rows.append(heading([]))
        for n, (issue, group) in enumerate(grouped(stances, self._issue).items(), 1):
            rows.append(Row(None, self._legend(n, issue, group)))
        return rows

    def _legend(self, number: int, issue: str, group: Sequence[Stance]) -> Callable[[int], list[Line]]:
        """What a column is about."""

        def draw(width: int) -> list[Line]:
            line: list[Piece] = [
                (f"{number:>3} ", "heading accent" if number - 1 == self.column else "dim"),
                (issue, ""),
            ]
            return [spread(line, balance(group, 10 if width >= 40 else 6), width)]

        return draw

    def _window(self, width: int) -> tuple[int, range]:
        """Cells for the names, and the columns there is room for around the chosen one."""
        names = max(12, min(30, width // 3))
        count = max(1, (width - names - 1) // 3)
        first = max(0, min(self.column - count // 2, len(self._issues) - count))
        return names, range(first, min(len(self._issues), first + count))

    def _matrix_head(self, width: int) -> list[Line]:
        names, columns = self._window(width)
        before = "‹" if columns.start else " "
        line: list[Piece] = [(f"{'holder × issue':<{names - 1}}{before}", "dim")]
        line += [(f"{n + 1:>3}", "heading accent" if n == self.column else "dim") for n in columns]
        if columns.stop < len(self._issues):
            line.append(("›", "dim"))
        return [line]

    def _matrix_row(self, name: str) -> Callable[[int], list[Line]]:
        def draw(width: int) -> list[Line]:
            names, columns = self._window(width)
            head = fit([(name, "")], names - 1)
            line: list[Piece] = [*head, (" " * (names - cells(head)), "")]
            for n in columns:
                mark, style = sign(self._cells[name].get(self._issues[n], ()))
                chosen = n == self.column and self.rows.key == f"m{name}"
                line.append((f"[{mark}]" if chosen else f" {mark} ", style))
            return [line]

        return draw

    def action_left(self) -> None:
        """The column to the left."""
        self._turn(-1)

    def action_right(self) -> None:
        """The column to the right."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        if VIEWS[self.view] == "matrix" and self._issues:
            self.column = (self.column + by) % len(self._issues)
            self._at = 0
            self.rows.refresh()
            self.detail.refresh()

    # -- what a row means

    def explain(self, key: str) -> Explained:
        """The words, act, channel, confidence and why."""
        if self.analysis is None:
            return (), ()
        text = self.analysis.article.text
        if key in self._quotes:
            quote = self._quotes[key]
            cue = f"“{one_line(text[slice(*quote.cue)])}”" if quote.cue else ""
            facts = join((quote.kind, signs.CHANNEL[quote.channel], cue, f"{len(quote.text.split())} words"))
            return [(facts, "dim")], [(quoted(quote.text), "quote")]
        if key.startswith("m"):
            return self._explain_cell(key[1:], text)
        stance = self._stances.get(key)
        if stance is None:
            return (), ()
        via = self._names.get(stance.via or "", "")
        facts = join((self._channel(stance), f"via {via}" if via else ""))
        first: list[Piece] = [
            (f"{signs.POLARITY[stance.polarity]} {stance.polarity}", stance.polarity),
            (f" · {stance.confidence} confidence", stance.confidence),
            (f" · {facts}", "dim"),
        ]
        body: list[Piece] = []
        if others := self._against.get(key):
            who = ", ".join(dict.fromkeys(f"{self._holder(s)} {signs.POLARITY[s.polarity]}" for s in others))
            body = [(f"{signs.CONTRAST} {who} ", "warn")]
        # The reason comes first, as in the timeline: words that do not fit are one key away, it is not.
        why = join((one_line(stance.reason), self._words[id(stance)].issue))
        body.append((f"{why} · " if why else "", "dim italic"))
        return first, [*body, (quoted(text[slice(*stance.evidence)]), "quote")]

    def _channel(self, stance: Stance) -> str:
        """How the words reach the reader: as those of the quote that they are from, or told by the article."""
        start, end = stance.evidence
        quotes = self.analysis.quotes if self.analysis else ()
        quote = next((q for q in quotes if q.start < end and start < q.end), None)
        return signs.CHANNEL[quote.channel] if quote else "told by the article"

    def _explain_cell(self, holder: str, text: str) -> Explained:
        if not self._issues or holder not in self._cells:
            return (), ()
        issue = self._issues[self.column]
        there = self._cells[holder].get(issue, [])
        head: list[Piece] = [(f"{self.column + 1} ", "accent"), (issue, "bold")]
        said = ", ".join(dict.fromkeys(s.act.replace("-", " ") for s in there)) or "says nothing on it"
        words = " ".join(quoted(text[slice(*s.evidence)]) for s in there)
        return head, [(f"{holder}: {said} ", "dim"), (words, "quote")]

    def picked(self, key: str) -> None:
        """Go to the words; in the matrix each Enter goes to the next words of the cell."""
        if key in self._quotes:
            quote = self._quotes[key]
            self.post_message(ShowEvidence(quote.spans or ((quote.start, quote.end),)))
        elif key.startswith("m"):
            there = self._cells.get(key[1:], {}).get(self._issues[self.column], [])
            if there:
                self.post_message(ShowEvidence([there[self._at % len(there)].evidence]))
                self._at += 1
        else:
            self.post_message(ShowEvidence([self._stances[key].evidence]))

    def moved(self, key: str | None) -> None:
        """Another row: its first evidence comes first."""
        self._at = 0

    def clicked(self, cell: int) -> None:
        """A click in the matrix is on a column."""
        if VIEWS[self.view] != "matrix":
            return
        names, columns = self._window(self.rows.room)
        place = columns.start + (cell - names) // 3
        if cell >= names and place in columns:
            self.column = place
            self._at = 0
            self.rows.refresh()
            self.detail.refresh()

    def action_contrast(self) -> None:
        """The words of the stance and of those against it."""
        stance = self._chosen()
        if stance is None:
            return
        others = self._against.get(self.rows.key or "", [])
        if others:
            self.post_message(ShowEvidence([stance.evidence, *(s.evidence for s in others)]))
        else:
            self.notify("Nobody in this article stands against that.", severity="warning", markup=False)

    def action_view(self) -> None:
        """The next grouping."""
        self.view = (self.view + 1) % len(VIEWS)
        self.rebuild(first=True)
        first = self._cells.get((self.rows.key or "m")[1:]) if VIEWS[self.view] == "matrix" else None
        if first:
            self.column = self._issues.index(next(iter(first)))  # a cell where something is said

    # -- corrections

    def _chosen(self) -> Stance | None:
        stance = self._stances.get(self.rows.key or "")
        if stance is None:
            self.notify("Choose a stance first (v changes the view).", severity="warning", markup=False)
        return stance

    def action_reject(self) -> None:
        """There is no such stance."""
        if (stance := self._chosen()) is not None:
            correction = Correction(action="reject", span=stance.evidence, act=stance.act, holder=stance.holder_text)
            self.post_message(Correct(correction, f"Rejected: {self._holder(stance)} {stance.act}"))

    def action_flip(self) -> None:
        """The other way round."""
        if (stance := self._chosen()) is not None:
            if stance.polarity == "neutral":
                self.notify("A neutral stance has no other side: e edits it.", severity="warning", markup=False)
                return
            other = "against" if stance.polarity == "for" else "for"
            correction = Correction(action="flip", span=stance.evidence, act=stance.act, holder=stance.holder_text)
            self.post_message(Correct(correction, f"{self._holder(stance)} is now {other} it"))

    @work
    async def action_edit(self) -> None:
        """Ask what to change, then for the new words."""
        stance = self._chosen()
        if stance is None:
            return
        from newsdash.tui.screens.ask import Ask

        fields = [
            ("act", f"act: {stance.act}"),
            ("polarity", f"polarity: {stance.polarity}"),
            ("issue", f"issue: {one_line(stance.issue)}"),
            ("target_text", f"target: {one_line(stance.target_text)}"),
        ]
        field = await self.app.push_screen_wait(Ask("Edit", "What shall change?", "", fields))
        if not field:
            return
        options: tuple[str, ...] = {"act": get_args(Act), "polarity": ("for", "against", "neutral")}.get(field, ())
        now = str(getattr(stance, field))
        choices = [(option, option) for option in options]
        question = f"{field.removesuffix('_text')} instead of “{one_line(now)}”"
        value = await self.app.push_screen_wait(Ask("Edit", question, now, choices))
        if value:
            words = msgspec.json.encode({field: value}).decode()
            correction = Correction(
                action="edit", span=stance.evidence, act=stance.act, holder=stance.holder_text, value=words
            )
            self.post_message(Correct(correction, f"{field.removesuffix('_text')} is now “{value}”"))
