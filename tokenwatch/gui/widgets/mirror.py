"""Mirror: painting from right to left with sums that were made for left to right.

Owns the one turn of the painter that does it, and how places go from one side to the other. Does not own text, which
lettering.py turns back so that it can be read.

Decisions
---------
*Painted parts are mirrored as a whole; charts are not.* Context: Qt's layouts mirror themselves, what is painted does
not. Decision: every part paints with :func:`painter_of`, whose x runs from the right edge where the layout does;
rows, bars, tags, legends and arrows follow, text and signs are turned back one by one. Axes of time run from left
to right in every script that the field's tools are used in, so charts, sparklines and the calendar paint with an
ordinary painter. Consequence: no sum in a part knows a direction; only places of child widgets and of the pointer,
which Qt gives as they are seen, have to be asked for with :func:`across` and :func:`beside`.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

_RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft


def painter_of(widget: QWidget) -> QPainter:
    """A painter on ``widget`` whose x runs in the direction of its layout."""
    painter = QPainter(widget)
    if widget.layoutDirection() == _RIGHT_TO_LEFT:
        _turn(painter, widget.width() / 2)
    return painter


def turn_cell(painter: QPainter, cell: QRectF, direction: Qt.LayoutDirection) -> None:
    """The same for one cell of a view, whose delegate has saved the painter."""
    if direction == _RIGHT_TO_LEFT:
        _turn(painter, cell.center().x())


def is_turned(painter: QPainter) -> bool:
    return painter.worldTransform().m11() < 0


def upright(painter: QPainter, middle: float) -> None:
    """Paint left to right again, as seen, around ``middle``. The caller has saved the painter."""
    if is_turned(painter):
        _turn(painter, middle)


def paint_picture(painter: QPainter, place: QRectF, picture: QPixmap) -> None:
    """``picture`` at the top left of ``place``, never turned."""
    painter.save()
    upright(painter, place.center().x())
    painter.drawPixmap(place.topLeft(), picture)
    painter.restore()


def across(widget: QWidget, x: float) -> float:
    """An x that Qt gave (of the pointer) as the sums have it, and the other way round."""
    return widget.width() - x if widget.layoutDirection() == _RIGHT_TO_LEFT else x


def seen(widget: QWidget, rect: QRectF) -> QRect:
    """A rectangle of the sums as Qt wants it, to be painted again."""
    return visual(widget, rect.toAlignedRect())


def visual(widget: QWidget, rect: QRect) -> QRect:
    """Where a child with these sums stands in ``widget``."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), rect)


def section_left(header: QHeaderView, section: int) -> float:
    """Where a section of a header begins, as the sums have it."""
    left = header.sectionViewportPosition(section)
    turned = header.layoutDirection() == _RIGHT_TO_LEFT
    return header.viewport().width() - left - header.sectionSize(section) if turned else left


def along(widget: QWidget, key: int) -> int:
    """What an arrow key means along a row: 1 to the next, -1 to the one before, 0 for other keys."""
    step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
    return -step if widget.layoutDirection() == _RIGHT_TO_LEFT else step


def beside(child: QWidget) -> QRectF:
    """Where a child stands in its parent, as the sums have it."""
    parent = child.parentWidget()
    return QRectF(visual(parent, child.geometry()) if parent is not None else child.geometry())


def _turn(painter: QPainter, middle: float) -> None:
    painter.translate(QPointF(2 * middle, 0))
    painter.scale(-1, 1)
