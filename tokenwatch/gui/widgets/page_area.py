"""Page area: a page that scrolls, with its bar in the page's own margin.

Owns the bar's place and that it moves the page. Does not own pages or the bar's look (scroll_bar.py).

The page is as wide with the bar as without. Qt would take the bar's width from it, and a page that is lower when it
is narrower would then need no bar, be wider again, need one, and so on without end.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import visual
from tokenwatch.gui.widgets.scroll_bar import THICK, ScrollBar


class PageArea(QScrollArea):
    def __init__(self, look: Look, page: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.bar = ScrollBar(look)
        self.bar.setParent(self)
        self.bar.hide()
        inner = self.verticalScrollBar()
        inner.rangeChanged.connect(self._range_changed)
        inner.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(inner.setValue)
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.setGeometry(visual(self, QRect(self.width() - THICK, 0, THICK, self.height())))

    def _range_changed(self, low: int, high: int) -> None:
        inner = self.verticalScrollBar()
        self.bar.setRange(low, high)
        self.bar.setPageStep(inner.pageStep())
        self.bar.setSingleStep(inner.singleStep())
        self.bar.setVisible(high > low)
        self.bar.raise_()
