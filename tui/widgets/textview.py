"""A text of any length on the line API: wrapped by cells, with layers of marked spans, selection and a gutter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import ClassVar

from newsdash.core.records import Span
from newsdash.tui.actions import bindings
from newsdash.tui.widgets.painted import Painted
from newsdash.tui.widgets.pieces import shown, visible
from newsdash.tui.widgets.wrap import wrap
from newsdash.tui.words import counted
from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

MEASURE = 92  # longest line in cells: longer ones are hard to read
_GUTTER = 2
_KEPT = 4096  # strips kept


class Layer:
    """Spans with a style each, and quick answers to "which of you touch this line?"."""

    def __init__(self, spans: Iterable[tuple[int, int, str]] = ()) -> None:
        self.spans = sorted(spans)
        self._starts = [span[0] for span in self.spans]
        self._reach = list(accumulate((span[1] for span in self.spans), max))  # furthest end so far

    def touching(self, start: int, end: int) -> Sequence[tuple[int, int, str]]:
        """The spans that share a character with ``start:end``."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [span for span in self.spans[first:last] if span[1] > start]


class TextView(Painted, ScrollView, can_focus=True):
    """The text of an article. Later layers lie over earlier ones."""

    BINDINGS = bindings("text")
    LAYERS: ClassVar[tuple[str, ...]] = ("mentions", "times", "evidence", "chosen", "matches", "now")
    ALLOW_SELECT = True

    class Clicked(Message):
        """A place in the text was clicked: the offset of the character."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    class Hovered(Message):
        """The mouse is over a character (-1: over none)."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    class Scrolled(Message):
        """The text moved, or was wrapped anew."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self.text = ""
        self._visible = ""
        self._lines: list[Span] = [(0, 0)]
        self._starts: list[int] = [0]
        self._wrapped_at = 0
        self._layers = {name: Layer() for name in self.LAYERS}
        self._state = 0  # changes whenever the same line may look different
        self._strips: OrderedDict[tuple[int, int, int], Strip] = OrderedDict()
        self._goal: int | None = None  # offset to show once the size is known
        self._over = -1
        self._look: tuple[str, Style] | None = None  # theme and style of the strips
        self._codes: list[tuple[int, str]] = []  # letters shown over characters, by offset

    # -- what is in it

    def set_text(self, text: str) -> None:
        """Show another text, from its start, without marks."""
        self.text = text
        self._visible = visible(text)
        self._layers = {name: Layer() for name in self.LAYERS}
        self._wrapped_at = 0
        self.scroll_to(y=0, animate=False)
        self._wrap()
        self._changed()

    def set_layer(self, name: str, spans: Layer | Iterable[tuple[int, int, str]]) -> None:
        """Replace one layer."""
        self._layers[name] = spans if isinstance(spans, Layer) else Layer(spans)
        self._changed()

    def label(self, codes: Iterable[tuple[int, str]]) -> None:
        """Show letters over the characters at these offsets, none when there are none."""
        self._codes = sorted(codes)
        self._changed()

    def _changed(self) -> None:
        self._state += 1
        self._strips.clear()
        self.refresh()

    # -- lines

    @property
    def measure(self) -> int:
        """Width of the text in cells."""
        return max(10, min(MEASURE, self.scrollable_content_region.width - _GUTTER - 1))

    @property
    def _margin(self) -> int:
        """Blank cells before the gutter, which keep a narrow text in the middle of a wide pane."""
        return max(0, (self.scrollable_content_region.width - self.measure - _GUTTER - 1) // 2)

    def _wrap(self) -> None:
        width = self.measure
        if not self.size.width or width == self._wrapped_at:
            return
        top = self._starts[min(self.scroll_offset.y, len(self._starts) - 1)] if self._wrapped_at else None
        self._wrapped_at = width
        self._lines = wrap(self.text, self._visible, width)
        self._starts = [start for start, _ in self._lines]
        self.virtual_size = Size(0, len(self._lines))
        if self._goal is not None:
            goal, self._goal = self._goal, None
            self.show_offset(goal)
        elif top is not None:
            self.scroll_to(y=self.line_of(top), animate=False, force=True)
        self._changed()
        self.post_message(self.Scrolled())

    def on_resize(self) -> None:
        """Another width: break the lines anew, keep the first one in place."""
        self._wrap()

    def line_of(self, offset: int) -> int:
        """The line on which a character stands."""
        return max(0, bisect_right(self._starts, offset) - 1)

    @property
    def top_offset(self) -> int:
        """The first character that is visible."""
        return self._starts[min(self.scroll_offset.y, len(self._starts) - 1)]

    @property
    def progress(self) -> float:
        """How much of the text has been on screen when read from the start, 0..1."""
        bottom = self.scroll_offset.y + self.scrollable_content_region.height
        return min(1.0, bottom / max(1, len(self._lines)))

    @property
    def seen(self) -> Span:
        """The characters that are on the screen."""
        if not self.is_on_screen:
            return (0, 0)
        last = min(self.scroll_offset.y + self.scrollable_content_region.height, len(self._lines)) - 1
        return self.top_offset, self._lines[last][1]

    def show_offset(self, offset: int, end: int | None = None) -> None:
        """Scroll so that the characters can be read, a third down, unless they can be read already."""
        if not self._wrapped_at:
            self._goal = offset
            return
        height = self.scrollable_content_region.height
        first = self.line_of(offset)
        last = min(self.line_of(end if end is not None else offset), first + height - 2)
        top = self.scroll_offset.y
        if not (top < first or top == first == 0) or last >= top + height - 1:
            self.scroll_to(y=max(0, first - height // 3), animate=False, force=True)

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        if not self._wrapped_at or self._wrapped_at + _GUTTER > width:  # drawn before the new width was told
            self._wrap()
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return self.strip((), width)
        selection = self.text_selection
        span = selection.get_span(number) if selection is not None else None
        if span is not None:
            return self._line(number, width, span)
        key = (number, width, self._state)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._line(number, width, None)
            if len(self._strips) > _KEPT:
                self._strips.popitem(last=False)
        return strip

    def _line(self, number: int, width: int, selected: tuple[int, int] | None) -> Strip:
        start, end = self._lines[number]
        base = self.rich_style
        names: list[list[str]] = [[] for _ in range(end - start)]
        marked = False
        for name in self.LAYERS:
            for first, last, ink in self._layers[name].touching(start, end):
                marked = marked or name in ("evidence", "now")
                for place in range(max(first, start) - start, min(last, end) - start):
                    names[place].append(ink)
        text = self._visible
        for first, code in self._codes[bisect_left(self._codes, (start, "")) : bisect_left(self._codes, (end, ""))]:
            stop = min(first + len(code), end)
            text = text[:first] + code[: stop - first] + text[stop:]
            names[first - start : stop - start] = [["match-now"]] * (stop - first)
        runs = [" ".join(dict.fromkeys(part)) for part in names]
        segments: list[Segment] = []
        place = 0
        while place < len(runs):
            stop = place + 1
            while stop < len(runs) and runs[stop] == runs[place]:
                stop += 1
            style = base + self.paint(runs[place])
            segments += self._pieces(text, start, place, stop, style, selected)
            place = stop
        strip = Strip(segments).apply_offsets(0, number)
        gutter = " " * self._margin + ("▍ " if marked else "  ")
        head = Segment(gutter, base + self.paint("gutter"))
        return Strip([head, *strip]).adjust_cell_length(width, base)

    def _pieces(
        self, text: str, start: int, place: int, stop: int, style: Style, selected: tuple[int, int] | None
    ) -> list[Segment]:
        """One run of characters of the same style, cut where the selection begins and ends."""
        if selected is None:
            return [Segment(shown(text[start + place : start + stop]), style)]
        first, last = selected[0], selected[1] if selected[1] >= 0 else 1 << 30
        cuts = sorted({place, stop, *(cut for cut in (first, last) if place < cut < stop)})
        mark = self.screen.get_component_rich_style("screen--selection")
        return [
            Segment(shown(text[start + a : start + b]), style + mark if first <= a < last else style)
            for a, b in pairwise(cuts)
        ]

    def notify_style_update(self) -> None:
        """Another theme: draw anew. Most changes of style (another pane has the focus) change nothing here."""
        super().notify_style_update()
        look = (self.app.theme, self.rich_style)
        if look != self._look:
            self._look = look
            self._changed()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say that the text moved."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled())

    # -- selection

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The very characters of the text that are selected (lines that were wrapped come back whole)."""
        start = 0 if selection.start is None else self._offset(selection.start.y, selection.start.x)
        end = len(self.text) if selection.end is None else self._offset(selection.end.y, selection.end.x)
        return self.text[start:end], "\n"

    def _offset(self, line: int, column: int) -> int:
        start, end = self._lines[max(0, min(line, len(self._lines) - 1))]
        return min(start + max(0, column), end)

    def selection_updated(self, selection: Selection | None) -> None:
        """Show the selection."""
        self.refresh()

    # -- the mouse

    def _under(self, event: events.MouseEvent) -> int:
        """The offset of the character under the mouse, -1 when there is none."""
        place = event.style.meta.get("offset") if event.style else None
        if place is None:
            return -1
        at = event.get_content_offset(self)
        if at is None:
            return -1
        number = at.y + self.scroll_offset.y
        if number >= len(self._lines):
            return -1
        start, end = self._lines[number]
        column = at.x - self._margin - _GUTTER
        taken = 0
        for offset in range(start, end):
            taken += get_character_cell_size(self._visible[offset])
            if taken > column >= 0:
                return offset
        return -1

    def on_click(self, event: events.Click) -> None:
        """Tell which character was clicked."""
        offset = self._under(event)
        if offset >= 0 and not self.screen.selections:
            self.post_message(self.Clicked(offset))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell which character the mouse is over, when it changed."""
        offset = self._under(event)
        if offset != self._over:
            self._over = offset
            self.post_message(self.Hovered(offset))

    # -- moving

    def _by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_target_y + lines, animate=False)

    def action_line_down(self) -> None:
        """One line down."""
        self._by(1)

    def action_line_up(self) -> None:
        """One line up."""
        self._by(-1)

    def action_top(self) -> None:
        """To the start."""
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """To the end."""
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def action_half_down(self) -> None:
        """Half a page down."""
        self._by(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """Half a page up."""
        self._by(-max(1, self.size.height // 2))

    def action_page_down(self) -> None:
        """A page down, one line kept."""
        self._by(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """A page up, one line kept."""
        self._by(-max(1, self.size.height - 1))

    def action_copy(self) -> None:
        """Copy what is selected, else the evidence that is marked."""
        evidence = " … ".join(self.text[start:end] for start, end, _ in self._layers["evidence"].spans)
        words = self.screen.get_selected_text() or evidence
        if words:
            self.app.copy_to_clipboard(words)
            self.notify(f"Copied {counted(len(words.split()), 'word')}.", markup=False)
        else:
            self.notify(
                "Nothing to copy: drag with the mouse, or Enter on a row marks evidence. q quits.",
                severity="warning",
                markup=False,
            )
