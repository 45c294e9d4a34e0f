"""Page list: the settings' navigation, a list with an icon and a title in each row.

Owns its look and keys. Does not own the pages. Going up and down turns to the page at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.lettering import Run, draw, middle, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus
from tokenwatch.gui.widgets.mirror import turn_cell

WIDE = 160
_AROUND = 62
"""Beside a title: margins, icon and gap."""
_ROW = 30
_ICON = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class PageList(QListView):
    chosen = Signal(int)

    def __init__(self, look: Look, pages: Sequence[tuple[str, str]]) -> None:
        """``pages`` are (title, name of an icon)."""
        super().__init__()
        self._look = look
        self._titles = [title for title, _ in pages]
        model = QStandardItemModel(self)
        for title, icon in pages:
            item = QStandardItem(title)
            item.setEditable(False)
            item.setData(icon, _ICON)
            model.appendRow(item)
        self.setModel(model)
        self.setItemDelegate(_Painter(look, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Pages"))
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(lambda current, _: self.chosen.emit(current.row()))
        look.follow(self, self._widen)
        self._widen()

    def choose(self, number: int) -> None:
        self.setCurrentIndex(self.model().index(number, 0))

    def current(self) -> int:
        return self.currentIndex().row()

    def _widen(self) -> None:
        words = max(run_width(self._look, Run(title, 12.5, 600)) for title in self._titles) if self._titles else 0.0
        self.setFixedWidth(max(self._look.px(WIDE), round(words) + _AROUND))
        self.scheduleDelayedItemsLayout()


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look = look
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = self._look, QRectF(option.rect)
        state = option.state
        painter.save()
        turn_cell(painter, rect, self._list.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = index == self._list.currentIndex()
        face = rect.adjusted(8, 1, -8, -1)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.row_mark(chosen=chosen))
            painter.drawRoundedRect(face, 6, 6)
        ink = "t1" if chosen else "t2"
        place = QRectF(face.left() + 8, round(face.center().y() - 7.5), 15, 15)
        paint_icon(painter, str(index.data(_ICON)), place, look.color(ink))
        title = Run(str(index.data()), 12.5, 600 if chosen else 400, ink)
        draw(painter, look, place.right() + 9, middle(look, face, 12.5), (title,), face.right() - place.right() - 12)
        if chosen and self._list.hasFocus() and state & QStyle.StateFlag.State_KeyboardFocusChange:
            paint_focus(painter, look, face.adjusted(-1, 0, 1, 0), 7)
        painter.restore()
