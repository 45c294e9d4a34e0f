"""Progress line: the thin bar that says how much of the logs has been read at the first import.

Owns its painting and accessible text. Does not own the reading.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.format import percent
from tokenwatch.base.progress import Progress
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of

TALL = 3


class ProgressLine(QWidget):
    """Three pixels tall; takes no room when nothing is being read."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._thousandths = 0
        self.setFixedHeight(TALL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def show_progress(self, progress: Progress | None) -> None:
        self.setVisible(progress is not None)
        if progress is None:
            return
        said = tr("{percent} of the logs read", percent=percent(progress.fraction))
        if progress.what:
            said += tr(", now {plain}", plain=plain(tr(progress.what), 60))
        self.setAccessibleName(said)
        thousandths = round(progress.fraction * 1000)
        if thousandths != self._thousandths:
            self._thousandths = thousandths
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.fillRect(self.rect(), self._look.color("sunk"))
        painter.fillRect(QRectF(0, 0, self.width() * self._thousandths / 1000, TALL), self._look.color("acc"))
