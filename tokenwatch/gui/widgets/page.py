"""Pages: what the window knows of each panel, and the first line every page begins with.

Owns the description :class:`Panel`, the base class and the header. Does not own any page's content.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.base.translation import tr
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.widgets.buttons import ROOM, Button
from tokenwatch.gui.widgets.lettering import Run, draw, middle, width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import beside, painter_of

if TYPE_CHECKING:
    from tokenwatch.gui.widgets.table import Table
    from tokenwatch.insight.explain import Explanation, Why

MARGIN = 20
TOP = 12
GAP = 12


class Page(QWidget):
    """A panel's widget. Made at its first visit; gets snapshots only while it is the page that is shown."""

    command = Signal(str, object)
    """What a person asks for that concerns the whole app: see ``gui/commands.py``."""
    month_wanted = Signal(object)
    """The first day (date) of a month to show; the answer is :meth:`show_month`."""
    refresh_requested = Signal()
    pause_toggled = Signal()
    page_wanted = Signal(str)
    asked = Signal(object, object)
    """A question (see insight/asked.py) and the key of a row, or None; :meth:`show_answer` gets the answer."""
    started = Signal(object, str, object)
    """What was entered at the first start; see :class:`StartCard`."""
    sample_wanted = Signal()
    sources_wanted = Signal()
    """The settings where folders are named."""
    export_wanted = Signal(str, str)
    """A file's suggested name and its text."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self.look = look
        self.head = PageHead(look, title)
        self.column = QVBoxLayout()
        """For what is below the head."""
        self.column.setContentsMargins(0, 0, ROOM, 0)
        self.column.setSpacing(GAP)
        # The head is wider by what a button keeps free for its focus ring, so that its face ends where the cards do.
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, TOP, MARGIN - ROOM, MARGIN)
        outer.setSpacing(GAP)
        outer.addWidget(self.head)
        outer.addLayout(self.column, 1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        raise NotImplementedError

    def prepare(self, snapshot: Snapshot) -> None:
        """Make what takes time to make, before the first visit; asks nothing."""

    def show_numbers(self, snapshot: Snapshot) -> None:
        """Only what is cheap to paint, of a snapshot that :meth:`show_snapshot` gets soon, or a later one."""

    def show_settings(self, settings: Settings) -> None:
        """The present settings; pages that obey none ignore them."""

    def want_price(self, model: str) -> None:
        """Ask the person for the price of a model; only the page of prices can."""

    def show_month(self, month: Month) -> None:
        """The answer to :attr:`month_wanted`; pages that never ask ignore it."""

    def show_answer(self, answer: object) -> None:
        """The answer to :attr:`asked`; pages that never ask ignore it."""

    def show_failure(self, why: str) -> None:
        """Why a question could not be answered."""

    def explain(self, why: Why) -> None:
        """Ask where a figure comes from; the answer is shown over the page that is shown then."""
        self.asked.emit(why, None)

    def show_explanation(self, found: Explanation) -> None:
        from tokenwatch.gui.widgets.explanation_table import explanation_table

        self.show_table(explanation_table(found, self.look))

    def show_table(self, table: Table) -> None:
        """Over the page, until it is closed."""
        from tokenwatch.gui.widgets.table_dialog import TableDialog

        dialog = TableDialog(self.look, table, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def offer_start(self, wanted: bool) -> None:
        """Whether to offer a budget and a plan, once there are agents."""

    def begin_search(self) -> None:
        """Put the keyboard where something can be looked for, if there is such a place."""

    def export(self) -> None:
        """Offer what is shown as a file, if it can be one."""

    def show_looked_for(self, agents: Sequence[LookedFor]) -> None:
        """Which agents have a reader, and where they are looked for; of interest only before one is found."""

    def hold(self, notice: QWidget) -> None:
        """Take the window's notice in, below the title."""
        self.column.insertWidget(0, notice)


class Panel(msgspec.Struct, frozen=True):
    """What a module of gui/panels exports as ``PANEL``. ``icon`` names a drawing of widgets/icons.py."""

    id: str
    title: str
    order: int
    widget: Callable[[Look], Page]
    """The page's class; made at the first visit."""
    icon: str = "page"


class PageHead(QWidget):
    """Title, a note beside it, and the page's own controls at the right."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._notes: tuple[str, ...] = ("",)
        self._stacked = False
        """Whether the controls stand below the title, because there is no room beside it."""
        self._controls: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8 - 2 * ROOM)
        self._row.addStretch(1)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._settle()
        look.follow(self, self._settle)

    def add(self, widget: QWidget) -> None:
        self._controls.append(widget)
        self._row.addWidget(widget)
        self._settle()

    def say(self, note: str, *shorter: str) -> None:
        """``shorter``: what to say where there is no room for the note, the longest first."""
        if (note, *shorter) != self._notes:
            self._notes = (note, *shorter)
            self.setAccessibleDescription(note)
            self.update()

    def note(self) -> str:
        """The note in all its words."""
        return self._notes[0]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle()
        super().resizeEvent(event)

    def _settle(self) -> None:
        shown = [item for item in self._controls if not item.isHidden()]
        needed = sum(item.sizeHint().width() + self._row.spacing() for item in shown)
        needed += math.ceil(width(self._look, self._title_runs())) + 12
        self._stacked = bool(shown) and 0 < self.width() < needed
        tall = self._look.px(36)
        end = 0 if not self._controls or isinstance(self._controls[-1], Button) else ROOM
        self._row.setContentsMargins(0, tall if self._stacked else 0, end, 0)
        self.setMinimumHeight(2 * tall if self._stacked else tall)

    def _title_runs(self) -> tuple[Run, ...]:
        sample = Run(tr("Sample"), 12.5, 600, "acc", 10) if self._look.sample else Run("")
        return Run(self._title, 18, 650), sample

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look = self._look
        room = float(self.width())
        if not self._stacked:
            room = min((beside(item).left() for item in self._controls if item.isVisible()), default=room) - 12
        title = self._title_runs()
        notes = [Run(note, 12.5, 400, "t2", 10) for note in self._notes]
        note = next((note for note in notes if width(look, (*title, note)) <= room), Run(""))
        first = QRectF(0, 0, self.width(), look.px(36) if self._stacked else self.height())
        draw(painter, look, 0, middle(look, first, 18, 650), (*title, note), room)
