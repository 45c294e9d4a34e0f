"""About page: the program's name and version, what it takes of the computer, its parts, and the keys of its window.

Owns these texts. Nothing is set here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch import __version__
from tokenwatch.base.format import byte_size
from tokenwatch.base.own_figures import OwnFigures
from tokenwatch.base.settings import Settings
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.icon import FOR_DARK_PANEL, FOR_LIGHT_PANEL
from tokenwatch.gui.icon_drawing import draw as draw_icon
from tokenwatch.gui.icon_state import IconState, Level
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.form import INSET
from tokenwatch.gui.widgets.key_names import key_name
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import paint_picture, painter_of
from tokenwatch.gui.words import NAME

_LICENCE: Final = mark("Free software under the MIT licence. Built with Qt.")
_SIDE: Final = 56
_ROW: Final = 26
_KEYS: Final = (
    (mark("Pause watching, and resume"), "Ctrl+P"),
    (mark("Snooze alerts for an hour"), "Ctrl+Shift+S"),
    (mark("Look at all logs again"), "F5"),
    (mark("Show a chart as a table"), "T"),
    (mark("Copy a row"), "Ctrl+C"),
    (mark("Fold and unfold agents"), "← →"),
    (mark("Go to the terminal of an agent"), "Enter"),
    (mark("Find in a table"), "Ctrl+F"),
    (mark("Save what is shown as a file"), "Ctrl+E"),
    (mark("Sort a table by another column, or the other way round"), "Alt+← → ↑ ↓"),
    (mark("Hide names and money"), "Ctrl+H"),
    (mark("Settings"), "Ctrl+,"),
    (mark("Close the window, the panel or this dialog"), "Esc"),
)


class AboutPage(SettingsPage):
    """``pages`` are the titles of the window's pages, in order."""

    problem_wanted = Signal()
    """Show what a person may send when something is wrong."""

    def __init__(self, look: Look, pages: Sequence[str]) -> None:
        super().__init__(look, tr("About"), "star")
        turn = (
            (
                tr("Turn to {join}", join=", ".join(pages)),
                tr("{keys} to {last}", keys=key_name("Ctrl+1"), last=len(pages)),
            )
            if len(pages) > 1
            else None
        )
        self.keys = (*((turn,) if turn else ()), *((tr(what), key_name(keys)) for what, keys in _KEYS))
        self.form.column.addWidget(_Name(look))
        self.form.rule()
        self.form.say(tr("What TokenWatch takes"), ink="t1", weight=600, most=1)
        self.own = self.form.say(tr("It is measured every minute."), most=2)
        self.news = Button(look, tr("What is new…"))
        self.news.clicked.connect(self._show_news)
        self.licences = Button(look, tr("Licences…"))
        self.licences.clicked.connect(self._show_licences)
        self.problem = Button(look, tr("Report a problem…"))
        self.problem.clicked.connect(self.problem_wanted)
        self.form.put(self.news, self.licences, self.problem)
        self.form.rule()
        self.form.say(tr("Keyboard"), most=1, ink="t1", weight=600)
        self.table = _Keys(look, self.keys)
        self.form.column.addWidget(self.table)

    def show_settings(self, settings: Settings) -> None:
        """Nothing of it is shown here."""

    def show_own(self, own: OwnFigures | None) -> None:
        if own is None:
            return
        numerals = self.look.numerals
        parts = [tr("{size} of memory", size=byte_size(own.memory, numerals))]
        if own.cpu_percent is not None:
            parts.insert(0, tr("{percent}% of one processor core", percent=f"{own.cpu_percent:.1f}"))
        if own.open_files is not None:
            parts.append(tr("{count} open files", count=own.open_files))
        parts.append(tr("a ledger of {size}", size=byte_size(own.ledger, numerals)))
        said = ", ".join(parts) + "."
        if own.slower > 1:
            said += " " + tr("It looks less often now, because that is more than you allow.")
        self.own.say(said)

    def _show_news(self) -> None:
        from tokenwatch.base.changes import changes
        from tokenwatch.gui.text_dialog import TextDialog

        text = changes() or tr("What changed is not known here.")
        dialog = TextDialog(self.look, tr("What is new in {version}", version=__version__), text, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_licences(self) -> None:
        from tokenwatch.gui.licences_dialog import LicencesDialog

        dialog = LicencesDialog(self.look, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class _Name(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(f"{NAME} {__version__}. {tr(_LICENCE)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(300, self._look.px(_SIDE + 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, scale = self._look, self._look.px
        ratio, side = self.devicePixelRatioF(), scale(_SIDE)
        colours = FOR_DARK_PANEL if look.theme.dark else FOR_LIGHT_PANEL
        picture = draw_icon(IconState(3, 80, Level.UNDER, 2), round(side * ratio), colours)
        picture.setDevicePixelRatio(ratio)
        paint_picture(painter, QRectF(INSET, scale(4), side, side), picture)
        left = INSET + side + 14
        draw(painter, look, left, scale(30), (Run(f"{NAME} {__version__}", 18, 650),), self.width() - left)
        draw(painter, look, left, scale(50), (Run(tr(_LICENCE), 12.5, 400, "t2"),), self.width() - left)


class _Keys(QWidget):
    """What a key does, and the key."""

    def __init__(self, look: Look, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._look = look
        self._rows = tuple(rows)
        self.setAccessibleName(tr("Keyboard"))
        self.setAccessibleDescription("; ".join(f"{what}: {keys}" for what, keys in rows))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(300, self._look.px(_ROW) * len(self._rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, row = self._look, self._look.px(_ROW)
        for number, (what, keys) in enumerate(self._rows):
            place = QRectF(0, number * row, self.width(), row)
            base = middle(look, place, 11.5)
            words = (Run(keys, 11.5, 500),)
            start = draw_right(painter, look, self.width() - 8, base, words)
            cap = QRectF(start - 7, place.top() + 3, self.width() - start + 6, row - 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("sunk"))
            painter.drawRoundedRect(cap, 4, 4)
            draw_right(painter, look, self.width() - 8, base, words)
            draw(painter, look, INSET, middle(look, place, 12.5), (Run(what, 12.5),), start - 20)
