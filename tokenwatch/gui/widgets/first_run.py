"""First run: what the window says while no agent has been found: what is looked for, and where.

Owns its layout. Does not own the search or the places; the agents named are those that have a reader.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.icons import paint_icon
from tokenwatch.gui.widgets.lettering import Run, draw, draw_centre, draw_right, middle, run_width, wrap_evenly
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_frame, paint_mark, paint_tile
from tokenwatch.gui.widgets.mirror import painter_of, visual

_WIDEST = 760
_ROW = 34
_TOP = 40
_MOST = 7
"""More agents than this are only counted."""
_PLACE = 170
"""Where the places stand, from the list's left edge."""
_TITLE = mark("No coding agents found yet")
NOTHING_TO_SET_UP = mark("Start one, and it appears here within a second. There is nothing to set up.")
_PROCESSES = mark("Running processes")
_NO_NAME = mark("none of the names known")
_PRIVATE = mark("Reads counts, times and names from logs on this computer, and sends none of it.")


class FirstRun(QWidget):
    asked = Signal()
    """Look again."""
    sample_wanted = Signal()
    """Show the demo."""
    folder_wanted = Signal()
    """Name a folder to look in."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._agents: tuple[LookedFor, ...] = ()
        self.button = Button(look, tr("Look again"), kind="primary")
        self.button.setParent(self)
        self.button.clicked.connect(self.asked)
        self.folder = Button(look, tr("Choose a folder…"), icon="folder")
        self.folder.setParent(self)
        self.folder.clicked.connect(self.folder_wanted)
        self.all = Button(look, "", kind="link")
        self.all.setParent(self)
        self.all.clicked.connect(self._show_all)
        self.all.hide()
        self._most = _MOST
        self.sample = Button(look, tr("Show me with sample data"), kind="link")
        self.sample.setParent(self)
        self.sample.clicked.connect(self.sample_wanted)
        self.setAccessibleName(tr(_TITLE))
        self.setAccessibleDescription(f"{tr(NOTHING_TO_SET_UP)} {tr(_PRIVATE)}")
        look.follow(self, self._settle)

    def show_agents(self, agents: Sequence[LookedFor]) -> None:
        """The agents that are looked for."""
        self._agents = tuple(agents)
        named = ", ".join(
            tr("{name} in {place}", name=agent.name, place=agent.place) if agent.place else agent.name
            for agent in self._agents
        )
        named = f"{named}; {tr(_PROCESSES)}: {tr(_NO_NAME)}" if named else ""
        looked = tr(" Looked for {named}.", named=named) if named else ""
        self.setAccessibleDescription(f"{tr(NOTHING_TO_SET_UP)}{looked} {tr(_PRIVATE)}")
        self._settle()
        self.updateGeometry()
        self.update()

    def _has_foot(self) -> bool:
        return len(self._agents) > _MOST

    def _show_all(self) -> None:
        """All agents, or only the usual ones again."""
        self._most = len(self._agents) if self._most == _MOST else _MOST
        self._settle()
        self.updateGeometry()
        self.update()

    def rows(self) -> tuple[LookedFor, ...]:
        """The agents that have a row."""
        return self._agents[: self._most]

    def agents(self) -> tuple[LookedFor, ...]:
        return self._agents

    def focus_button(self) -> None:
        """Put the keyboard on the one thing to do here."""
        self.button.take_keyboard()

    def sizeHint(self) -> QSize:
        listed = _ROW * (len(self.rows()) + 2 + self._has_foot()) if self._agents else 0
        return QSize(640, self._look.px(_TOP + 140 + listed + 70))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle()

    def _settle(self) -> None:
        top = self._look.px(_TOP + 84)
        hint, link, folder = self.button.sizeHint(), self.sample.sizeHint(), self.folder.sizeHint()
        buttons = hint.width() + folder.width() + 4
        beside = self.width() >= buttons + link.width() + 20
        left = (self.width() - buttons - (link.width() + 12 if beside else 0)) // 2
        self.button.setGeometry(visual(self, QRect(QPoint(left, top), hint)))
        self.folder.setGeometry(visual(self, QRect(QPoint(left + hint.width() + 4, top), folder)))
        self._place_all()
        if beside:
            drop = (hint.height() - link.height()) // 2
            self.sample.setGeometry(visual(self, QRect(QPoint(left + buttons + 12, top + drop), link)))
        else:
            across = min(link.width(), self.width())
            self.sample.setGeometry((self.width() - across) // 2, top + hint.height(), across, link.height())

    def _place_all(self) -> None:
        count = len(self._agents)
        few = self._most == _MOST
        self.all.setVisible(self._has_foot())
        self.all.set_face(tr("Show all {count}", count=count) if few else tr("Show fewer"), "")
        wide, row = self._list_width(), self._look.px(_ROW)
        foot = self._look.px(_TOP + 140) + row * (len(self.rows()) + 2)
        size = self.all.sizeHint()
        place = QPoint(round((self.width() - wide) / 2) + 11, foot + (row - size.height()) // 2)
        self.all.setGeometry(visual(self, QRect(place, size)))

    def _list_width(self) -> float:
        return min(self.width() - 2.0, self._look.px(_WIDEST))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, scale = self._look, self._look.px
        title = Run(tr(_TITLE), 22, 650)
        text = Run(tr(NOTHING_TO_SET_UP), 13, 400, "t2")
        room = self.width() - 40.0
        gauge = 62.0
        wide = min(room, max(run_width(look, title), run_width(look, text)) + gauge + 22)
        left = (self.width() - wide) / 2
        self._paint_gauge(painter, QRectF(left, scale(_TOP), gauge, gauge))
        draw(painter, look, left + gauge + 20, scale(_TOP + 28), (title,), wide - gauge - 20)
        draw(painter, look, left + gauge + 20, scale(_TOP + 54), (text,), wide - gauge - 20)
        bottom = self._paint_list(painter, scale(_TOP + 140))
        lines = wrap_evenly(look, tr(_PRIVATE), 12, 400, room - 30, 2)
        for number, line in enumerate(lines):
            run = Run(line, 12, 400, "t2")
            start = (self.width() - run_width(look, run)) / 2 + 10
            base = bottom + scale(32 + 17 * number)
            if not number:
                paint_icon(painter, "shield", QRectF(start - 22, base - scale(12), 15, 15), look.color("ok"))
            draw(painter, look, start, base, (run,))

    def _paint_gauge(self, painter: QPainter, box: QRectF) -> None:
        """The tray icon's ring without an arc and with a dash: nobody works."""
        look = self._look
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.faded("t1", 0.3), 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(box.adjusted(4, 4, -4, -4), -38 * 16, 256 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("t1"))
        painter.drawRoundedRect(QRectF(box.center().x() - 9, box.center().y() - 3.5, 18, 7), 3.5, 3.5)

    def _paint_list(self, painter: QPainter, top: float) -> float:
        """What is looked for; gives where the list ends."""
        look, row, rows = self._look, self._look.px(_ROW), self.rows()
        if not rows:
            return top
        wide = self._list_width()
        foot = self._has_foot()
        frame = QRectF(round((self.width() - wide) / 2), top, wide, row * (len(rows) + 2 + foot))
        paint_frame(painter, look, frame, 10)
        left, right = frame.left() + 16, frame.right() - 16
        head = QRectF(frame.left(), frame.top(), wide, row)
        base = middle(look, head, 13, 600)
        draw(painter, look, left, base, (Run(tr("Where TokenWatch looked"), 13, 600),))
        note = tr("{count} agents; looking again by itself", count=len(self._agents))
        draw_right(painter, look, right, base, (Run(note, 12, 400, "t2"),), wide / 2)
        for number, agent in enumerate(rows, 1):
            line = QRectF(frame.left(), frame.top() + row * number, wide, row)
            painter.fillRect(QRectF(line.left() + 1, line.top(), wide - 2, 1), look.color("line"))
            self._paint_agent(painter, agent, line.adjusted(16, 0, -16, 0))
        line = QRectF(frame.left(), frame.top() + row * (len(rows) + 1), wide, row)
        painter.fillRect(QRectF(line.left() + 1, line.top(), wide - 2, 1), look.color("line"))
        self._paint_processes(painter, line.adjusted(16, 0, -16, 0))
        if foot:
            painter.fillRect(QRectF(frame.left() + 1, frame.bottom() - row, wide - 2, 1), look.color("line"))
        return frame.bottom()

    def _paint_agent(self, painter: QPainter, agent: LookedFor, line: QRectF) -> None:
        look = self._look
        tile = self._tile(line)
        if look.has_own_fill(agent.id):
            paint_tile(painter, look, tile, agent.id, 10)
        else:  # nothing is drawn of it anywhere, so no colour has to be known again
            self._paint_grey_tile(painter, tile, look.agent_letter(agent.id))
        self._paint_words(painter, line, agent.name, agent.place)

    def _paint_processes(self, painter: QPainter, line: QRectF) -> None:
        """What runs is looked at, too."""
        tile = self._tile(line)
        self._paint_grey_tile(painter, tile, "")
        paint_icon(painter, "live", tile.adjusted(4, 4, -4, -4), self._look.color("t2"))
        self._paint_words(painter, line, tr(_PROCESSES), tr(_NO_NAME))

    def _tile(self, line: QRectF) -> QRectF:
        side = self._look.px(18)
        return QRectF(line.left(), round(line.center().y() - side / 2), side, side)

    def _paint_grey_tile(self, painter: QPainter, tile: QRectF, letter: str) -> None:
        look = self._look
        painter.setPen(QPen(look.color("line"), 1) if look.patterned else Qt.PenStyle.NoPen)
        painter.setBrush(look.color("sunk"))
        painter.drawRoundedRect(tile, 4, 4)
        run = Run(letter, 10, 600, "t2")
        draw_centre(painter, look, tile.center().x(), middle(look, tile, 10, 600), (run,))

    def _paint_words(self, painter: QPainter, line: QRectF, name: str, where: str) -> None:
        look, side = self._look, self._look.px(18)
        base = middle(look, line, 12.5)
        start = draw_right(painter, look, line.right(), base, (Run(tr("not there"), 12, 400, "t2"),))
        paint_mark(painter, look, "absent", QPointF(start - 12, round(line.center().y())))
        end = draw(painter, look, line.left() + side + 10, base, (Run(name, 12.5, 500),), start - 60)
        place = max(line.left() + look.px(_PLACE) - 16, end + 12)
        draw(painter, look, place, base, (Run(where, 11.5, 400, "t2", mono=True),), max(0.0, start - 28 - place))
