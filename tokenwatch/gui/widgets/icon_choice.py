"""Icon choice: the tray icon's colours to choose from, each shown as it will look.

Owns the tiles. Does not own the icon's shapes or colours (gui/icon_drawing.py, gui/icon.py).
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from tokenwatch.base.settings import Icon
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.icon import FOR_ANY_PANEL, FOR_DARK_PANEL, FOR_LIGHT_PANEL, MONO_ON_DARK
from tokenwatch.gui.icon_drawing import Look as IconLook
from tokenwatch.gui.icon_drawing import draw as draw_icon
from tokenwatch.gui.icon_state import IconState, Level
from tokenwatch.gui.widgets.lettering import Run, draw, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus
from tokenwatch.gui.widgets.mirror import paint_picture, painter_of

_SHOWN: Final = IconState(working=3, gauge=100, level=Level.NEAR, flow=2, waiting=True)
_CHOICES: Final[tuple[tuple[Icon, str, IconLook, str], ...]] = (
    ("auto", mark("Automatic"), FOR_ANY_PANEL, ""),
    ("light", mark("Dark panel"), FOR_DARK_PANEL, "#23262D"),
    ("dark", mark("Light panel"), FOR_LIGHT_PANEL, "#ECEDF1"),
    ("mono", mark("One colour"), MONO_ON_DARK, "#23262D"),
)
"""(value, words, colours, what the panel looks like behind it)"""
_SIDE: Final = 22


class IconChoice(QWidget):
    """Exactly one is chosen; the arrow keys move the choice."""

    chosen = Signal(str)
    outset = 3

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._tiles: dict[str, _Tile] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        self.setAccessibleName(tr("Tray icon"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for number, (value, marked, colours, panel) in enumerate(_CHOICES):
            words = tr(marked)
            tile = _Tile(look, words, colours, panel)
            self._group.addButton(tile, number)
            self._tiles[value] = tile
            grid.addWidget(tile, number // 2, number % 2)
        self._group.idClicked.connect(lambda number: self.chosen.emit(_CHOICES[number][0]))

    def choose(self, value: str) -> None:
        """Set the choice without telling."""
        if value in self._tiles:
            self._tiles[value].setChecked(True)

    def value(self) -> str:
        return _CHOICES[max(0, self._group.checkedId())][0]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -2, Qt.Key.Key_Down: 2}
        step = keys.get(Qt.Key(event.key()), 0)
        number = self._group.checkedId() + step
        if step and 0 <= number < len(_CHOICES):
            tile = self._group.button(number)
            tile.setFocus(Qt.FocusReason.TabFocusReason)
            tile.click()
        else:
            super().keyPressEvent(event)


class _Tile(QAbstractButton):
    def __init__(self, look: Look, words: str, colours: IconLook, panel: str) -> None:
        super().__init__()
        self._look, self._colours, self._panel = look, colours, panel
        self._ring = False
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleName(tr("Tray icon: {words}", words=words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(150), self._look.px(42))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, chosen = self._look, self.isChecked()
        wide = look.border + 1 if chosen else look.border
        face = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(look.color("acc" if chosen else "line2"), wide))
        painter.setBrush(look.color("card"))
        painter.drawRoundedRect(face.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), 6, 6)
        panel = QRectF(face.left() + 7, round(face.center().y()) - 14, 28, 28)
        if self._panel:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._panel))
            painter.drawRoundedRect(panel, 4, 4)
        ratio = self.devicePixelRatioF()
        picture = draw_icon(_SHOWN, round(_SIDE * ratio), self._colours)
        picture.setDevicePixelRatio(ratio)
        paint_picture(painter, QRectF(panel.left() + 3, panel.top() + 3, _SIDE, _SIDE), picture)
        words = (Run(self.text(), 12.5, 500 if chosen else 400),)
        draw(painter, look, panel.right() + 9, middle(look, face, 12.5), words, face.right() - panel.right() - 14)
        if self._ring and self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), 8)
