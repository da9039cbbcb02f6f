"""Who and what: entities by type, with weight, where they are in the article, names and reasons on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from newsdash.core.export.ledger import occurrences
from newsdash.core.library import Correction
from newsdash.core.records import Analysis, Entity, Span
from newsdash.tui import signs
from newsdash.tui.actions import bindings
from newsdash.tui.panes.base import Correct, EntityPicked, Explained, ListPane, ShowEvidence
from newsdash.tui.widgets.pieces import Line, Piece, one_line, spread
from newsdash.tui.widgets.rows import AnyRow, Row, heading
from newsdash.tui.words import counted
from rich.cells import cell_len
from textual import work

ORDERS = ("weight", "name", "appearance")


def spread_of(entity: Entity, length: int, cells: int) -> str:
    """Where in the article the entity is mentioned, as a row of blocks; nothing where there is no room."""
    counts = [0] * cells
    for mention in occurrences(entity) if cells else ():
        counts[min(cells - 1, mention.start * cells // max(1, length))] += 1
    return signs.spark(counts)


def ordered(entities: Sequence[Entity], order: str) -> list[Entity]:
    """The entities in one of the ORDERS."""
    if order == "name":
        return sorted(entities, key=lambda e: e.name.casefold())
    if order == "appearance":
        return sorted(entities, key=lambda e: e.mentions[0].start)
    return sorted(entities, key=lambda e: (-e.prominence, -len(e.mentions), e.mentions[0].start))


def _names(entity: Entity) -> str:
    return " ".join(map(one_line, (entity.name, *entity.aliases)))


def anchor(entity: Entity) -> Span:
    """The words that a correction of the entity is anchored on: its first name, else its first mention."""
    best = next((m for m in entity.mentions if m.kind == "name"), entity.mentions[0])
    return (best.start, best.end)


class EntitiesPane(ListPane):
    """The entities."""

    PLACE = "entities"
    PART = "entities"
    SEEKS = "names"
    TITLE = "Entities"
    ABOUT = (
        "Everyone and everything the article names, under all names. Enter marks the entity in the text and filters "
        "timeline and stances to it; Enter again goes to its next mention. The blocks show where in the article it is."
    )
    BINDINGS = bindings("entities")

    def __init__(self) -> None:
        super().__init__()
        self.order = "weight"
        self.unfolded: set[str] = set()
        self._by_id: dict[str, Entity] = {}

    def only(self, entity: str | None) -> None:
        """The pane itself is not filtered: the entity is marked."""
        self.entity = entity
        self.rebuild()
        if entity is not None:
            self.rows.go(entity)

    def nothing(self) -> str:
        """Said when there are no entities."""
        return "No names in this article."

    def build(self, analysis: Analysis) -> tuple[list[AnyRow], str, str]:
        """Rows grouped by type, or one list when ordered by name or appearance."""
        entities = [e for e in analysis.entities if e.mentions]
        self._by_id = {e.id: e for e in entities}
        length = len(analysis.article.text)
        rows: list[AnyRow] = []
        if self.order == "weight":
            for kind, (style, _, name) in signs.TYPES.items():
                group = ordered([e for e in entities if e.type == kind], self.order)
                if group:
                    rows.append(heading([(name, f"heading {style}"), (f" {len(group)}", "faint")]))
                    rows += [row for e in group for row in self._rows(e, length)]
        else:
            rows = [row for e in ordered(entities, self.order) for row in self._rows(e, length)]
        return rows, str(len(entities)), "" if self.order == "weight" else f"by {self.order}"

    def _rows(self, entity: Entity, length: int) -> list[Row]:
        rows = [Row(entity.id, partial(self._draw, entity, length), note=partial(_names, entity))]
        if entity.id in self.unfolded:
            counts = Counter(m.text for m in entity.mentions)
            reasons = {m.text: m.reason for m in reversed(entity.mentions)}
            for words, count in counts.most_common():
                rows.append(self._alias(entity, words, count, reasons[words]))
        return rows

    def _draw(self, entity: Entity, length: int, width: int) -> list[Line]:
        style, sign, _ = signs.TYPES[entity.type]
        name = one_line(entity.name)
        marked = entity.id == self.entity
        cells = 24 if width >= 70 else 12 if width >= 44 else 8 if width >= 34 else 0
        left: list[Piece] = [
            (f"{'✓' if marked else sign} ", style),
            (name, f"{style} chosen" if marked else "bold" if entity.prominence >= 0.5 else ""),
        ]
        right: list[Piece] = [(spread_of(entity, length, cells), style), (f"{len(occurrences(entity)):>4}", "dim")]
        if entity.role and width - cells - cell_len(name) > 20:
            left.append((f"  {one_line(entity.role)}", "dim"))
        return [spread(left, right, width)]

    def _alias(self, entity: Entity, words: str, count: int, reason: str) -> Row:
        name = one_line(words)

        def draw(width: int) -> list[Line]:
            left: list[Piece] = [("   └ ", "faint"), (name, ""), (f"  {one_line(reason)}", "dim italic")]
            return [spread(left, [(f"{count:>4}", "dim")], width)]

        return Row(f"{entity.id}\n{words}", draw, note=lambda: f"{name} {reason}")

    def _chosen(self) -> tuple[Entity | None, str | None]:
        """The entity under the cursor, and its name where the cursor is on one of its names."""
        key = self.rows.key
        if key is None:
            return None, None
        entity, _, words = key.partition("\n")
        return self._by_id.get(entity), words or None

    def explain(self, key: str) -> Explained:
        """Type and role; then its other names."""
        entity, words = self._by_id.get(key.partition("\n")[0]), key.partition("\n")[2]
        if entity is None:
            return (), ()
        if words:
            reason = next((m.reason for m in entity.mentions if m.text == words), "")
            return [(one_line(words), "bold"), (f" is {one_line(entity.name)}", "")], [(one_line(reason), "dim")]
        style = signs.TYPES[entity.type][0]
        about = one_line(entity.role or "")
        first: list[Piece] = [(signs.TYPE_WORD[entity.type], style), (f" · {about}" if about else "", "")]
        first.append((f" · {counted(len(occurrences(entity)), 'mention')}", "dim"))
        members = [one_line(self._by_id[m].name) for m in entity.members if m in self._by_id]
        names = [one_line(a) for a in entity.aliases if a != entity.name]
        if members:
            second: list[Piece] = [("together ", "dim"), (", ".join(members), "")]
        elif names:
            second = [("also ", "dim"), (", ".join(names), "")]
        else:
            second = [("no other name", "dim")]
        return first, second

    def picked(self, key: str) -> None:
        """Mark the entity, or go to the mentions of one of its names."""
        entity, _, words = key.partition("\n")
        if words:
            self.post_message(ShowEvidence([(m.start, m.end) for m in self._by_id[entity].mentions if m.text == words]))
        else:
            self.post_message(EntityPicked(entity))

    def action_aliases(self) -> None:
        """Unfold or fold the names."""
        entity, _ = self._chosen()
        if entity is not None:
            self.unfolded ^= {entity.id}
            if entity.id not in self.unfolded:
                self.rows.go(entity.id)
            self.rebuild()

    def action_order(self) -> None:
        """The next order."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.rebuild()

    # -- corrections

    def action_hide(self) -> None:
        """Hide it."""
        entity, _ = self._chosen()
        if entity is not None:
            self.post_message(Correct(Correction(action="hide", span=anchor(entity)), f"Hid {entity.name}"))

    @work
    async def action_rename(self) -> None:
        """Ask for another name."""
        entity, _ = self._chosen()
        if entity is None:
            return
        name = await self._ask("Rename", f"How shall “{one_line(entity.name)}” be called?", entity.name)
        if name:
            said = f"{entity.name} is now called {name}"
            self.post_message(Correct(Correction(action="rename", span=anchor(entity), value=name), said))

    @work
    async def action_retype(self) -> None:
        """Ask for the type."""
        entity, _ = self._chosen()
        if entity is None:
            return
        choices = [(kind, f"{sign} {signs.TYPE_WORD[kind]}") for kind, (_, sign, _) in signs.TYPES.items()]
        kind = await self._ask("Type", f"What is “{one_line(entity.name)}”?", entity.type, choices)
        if kind:
            said = f"{entity.name} is now a {signs.TYPE_WORD[kind]}"  # type: ignore[index]  # from the choices
            self.post_message(Correct(Correction(action="retype", span=anchor(entity), value=kind), said))

    @work
    async def action_merge(self) -> None:
        """Ask for the entity it is."""
        entity, _ = self._chosen()
        if entity is None:
            return
        others = [e for e in ordered(list(self._by_id.values()), "weight") if e.id != entity.id]
        others.sort(key=lambda e: e.type != entity.type)  # it is most likely one of its own kind
        choices = [(e.id, f"{signs.TYPES[e.type][1]} {one_line(e.name)}") for e in others]
        other = await self._ask("Merge", f"Who else is “{one_line(entity.name)}”?", "", choices)
        if other:
            into = self._by_id[other]
            correction = Correction(action="merge", span=anchor(entity), other=anchor(into))
            self.post_message(Correct(correction, f"{entity.name} is now part of {into.name}"))

    @work
    async def action_split(self) -> None:
        """Ask which name goes."""
        entity, words = self._chosen()
        if entity is None:
            return
        names = list(dict.fromkeys(m.text for m in entity.mentions))
        if len(names) < 2:
            self.notify(f"{entity.name} has only one name in this article.", severity="warning", markup=False)
            return
        if words is None:
            choices = [(name, one_line(name)) for name in names]
            words = await self._ask("Split", f"Which of these is not “{one_line(entity.name)}”?", "", choices)
        if words:
            span = next((m.start, m.end) for m in entity.mentions if m.text == words)
            said = f"{words} is now an entity of its own"
            self.post_message(Correct(Correction(action="split", span=span, value=words), said))

    async def _ask(self, title: str, question: str, value: str, choices: Sequence[tuple[str, str]] = ()) -> str | None:
        from newsdash.tui.screens.ask import Ask

        return await self.app.push_screen_wait(Ask(title, question, value, choices))
