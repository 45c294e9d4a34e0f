"""Sidebar: the window's navigation, and below it whether everything is being watched.

Owns the list of pages and the state line. Does not own pages. Narrow windows show icons only, with tooltips.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.base.health import HealthState
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.key_names import key_name
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark, paint_focus, paint_mark
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.page import Panel
from tokenwatch.gui.widgets.three_numbers import missing_sources
from tokenwatch.gui.widgets.tips import tip
from tokenwatch.gui.words import ago, reading_words

WIDE: Final = 188
NARROW: Final = 52
_ITEM: Final = 34


class Sidebar(QWidget):
    chosen = Signal(str)
    settings_requested = Signal()
    sharing_toggled = Signal()

    def __init__(self, look: Look, panels: Sequence[Panel]) -> None:
        super().__init__()
        self._look = look
        self._narrow = False
        self._items: dict[str, NavigationItem] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 10)
        column.setSpacing(2)
        for number, panel in enumerate(panels, 1):
            item = NavigationItem(look, tr(panel.title), panel.icon, f"Ctrl+{number}")
            item.setCheckable(True)
            self._group.addButton(item)
            self._items[panel.id] = item
            column.addWidget(item)
            item.clicked.connect(lambda _=False, page=panel.id: self.chosen.emit(page))
        column.addStretch(1)
        self.state = StateLine(look)
        column.addWidget(self.state)
        self.sharing = NavigationItem(look, tr("Hide names"), "eye", "Ctrl+H")
        hidden = tr("Hide names and amounts of money while you share the screen ({keys})", keys=key_name("Ctrl+H"))
        self.sharing.setToolTip(tip(hidden))
        self.sharing.setCheckable(True)
        self.sharing.clicked.connect(self.sharing_toggled)
        column.addWidget(self.sharing)
        self.settings = NavigationItem(look, tr("Settings"), "settings", "Ctrl+,")
        self.settings.clicked.connect(self.settings_requested)
        column.addWidget(self.settings)
        self.setAccessibleName(tr("Navigation"))
        self.set_narrow(False)
        look.follow(self, self._widen)

    def choose(self, page: str) -> None:
        if page in self._items:
            self._items[page].setChecked(True)

    def badge(self, page: str, text: str, mark: Mark = "") -> None:
        if page in self._items:
            self._items[page].set_badge(text, mark)

    def items(self) -> tuple[NavigationItem, ...]:
        return tuple(self._items.values())

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        for item in (*self._items.values(), self.sharing, self.settings):
            item.set_narrow(narrow)
        self.state.set_narrow(narrow)
        self._widen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        items = [*self._items.values(), self.sharing, self.settings]
        focused = next((number for number, item in enumerate(items) if item.hasFocus()), None)
        if step and focused is not None:
            items[max(0, min(len(items) - 1, focused + step))].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.fillRect(self.rect(), self._look.color("side"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), self._look.color("line"))
        painter.fillRect(QRectF(0, self.state.y(), self.width(), 1), self._look.color("line"))

    def _widen(self) -> None:
        self.setFixedWidth(self._look.px(NARROW if self._narrow else WIDE))


class NavigationItem(Button):
    """A page's entry: icon, title, and a badge at the right."""

    def __init__(self, look: Look, title: str, icon: str, key: str) -> None:
        super().__init__(look, title, icon=icon, kind="quiet")
        self._title = title
        self._badge = ""
        self._mark: Mark = ""
        self._narrow = False
        self.setToolTip(tip(f"{title} ({key_name(key)})"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_badge(self, text: str, mark: Mark) -> None:
        if (text, mark) != (self._badge, self._mark):
            self._badge, self._mark = text, mark
            self.setAccessibleName(f"{self._title}, {text}" if text else self._title)
            self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # Qt would turn the page at once; the sidebar moves only the keyboard
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(36, self._look.px(_ITEM))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, face = self._look, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.row_mark(chosen=self.isChecked()))
            painter.drawRoundedRect(face, 6, 6)
        ink = "t1" if self.isChecked() else "t2"
        left = round(face.center().x() - 8) if self._narrow else face.left() + 9
        paint_icon(painter, self._icon, QRectF(left, round(face.center().y() - 8), 16, 16), look.color(ink))
        if not self._narrow:
            base = middle(look, face, 12.5)
            right = face.right() - 8
            if self._badge:
                words = (
                    Run(self._badge, 11, 500, "warn") if self._mark == "waiting" else Run(self._badge, 11, 400, "t2")
                )
                right = draw_right(painter, look, right, base, (words,))
            if self._mark:
                paint_mark(painter, look, self._mark, QPointF(right - 9, face.center().y()), look.px(12))
                right -= 18
            title = Run(self._title, 12.5, 600 if self.isChecked() else 400, ink)
            draw(painter, look, left + 26, base, (title,), right - left - 30)
        elif self._mark:
            paint_mark(painter, look, self._mark, QPointF(face.right() - 6, face.top() + 7), look.px(9))
        if self._ring and self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), 7)


class StateLine(QWidget):
    """Two lines: what is watched, and when the last event came."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._mark: Mark = "idle"
        self._first = tr("Starting")
        self._second = ""
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        mark, first = _watching(snapshot)
        last = snapshot.figures.last_event
        second = (
            tr("Last event {ago}", ago=ago(last, snapshot.figures.at)) if last is not None else tr("No events yet")
        )
        if snapshot.progress is not None:
            second = reading_words(snapshot)
        if (mark, first, second) != (self._mark, self._first, self._second):
            self._mark, self._first, self._second = mark, first, second
            self.setAccessibleName(f"{first}. {second}")
            self.setToolTip(tip(f"{first}\n{second}"))
            self.update()

    def texts(self) -> tuple[str, str]:
        return self._first, self._second

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(36, self._look.px(32 if self._narrow else 52))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, scale = self._look, self._look.px
        if self._narrow:
            paint_mark(painter, look, self._mark, QPointF(self.width() / 2, self.height() / 2), scale(12))
            return
        paint_mark(painter, look, self._mark, QPointF(16, scale(18)), scale(11))
        room = self.width() - 12.0
        draw(painter, look, 28, scale(22), (Run(self._first, 11, 500),), room - 20)
        draw(painter, look, 10, scale(40), (Run(self._second, 11, 400, "t2"),), room)


def _watching(snapshot: Snapshot) -> tuple[Mark, str]:
    missing, sources = missing_sources(snapshot), snapshot.sources
    if snapshot.paused_since is not None:
        return "absent", tr("Paused")
    if snapshot.figures.month is None:
        return "idle", tr("Reading logs")
    if missing:
        return "problem", tr("{sources} of {sources2} sources", sources=sources, sources2=sources + missing)
    if any(entry.state is HealthState.FAILING for entry in snapshot.health):
        return "problem", tr("Something cannot work")
    if not sources:
        return "idle", tr("Watching for agents")
    return "working", tr("Watching 1 source") if sources == 1 else tr("Watching {sources} sources", sources=sources)
