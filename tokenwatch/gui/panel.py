"""Glance panel: the small surface at the tray icon that says what is going on right now.

Owns which parts it shows for a snapshot, where it opens, and its keys. Does not own the parts (gui/widgets), the tray
icon, or what its commands do. Hidden, it keeps the last snapshot and does nothing with it.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Session, Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.motion import Fade, windows_fade
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.first_run import NOTHING_TO_SET_UP
from tokenwatch.gui.widgets.headline import HeadlineStrip
from tokenwatch.gui.widgets.key_names import key_name
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.message import Message
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.month_bar import MonthBar
from tokenwatch.gui.widgets.notice import SlimNotice
from tokenwatch.gui.widgets.progress_line import ProgressLine
from tokenwatch.gui.widgets.quota_rows import QuotaRows
from tokenwatch.gui.widgets.session_rows import MORE, ROW, SessionRows
from tokenwatch.gui.widgets.session_text import last_words
from tokenwatch.gui.widgets.three_numbers import panel_cells
from tokenwatch.gui.words import reading_words, troubles

WIDE: Final = 384
NARROW: Final = 360
TALLEST: Final = 620
_HOUR_MS: Final = 3_600_000
_NOT_BEFORE_MS: Final = 600_000
"""A pause that is to end by itself lasts at least so long."""
_AWAY: Final = 8
"""Between the icon and the panel."""
_RADIUS: Final = 10
_FADE_MS: Final = 120
_PAGES: Final = ("live", "live", "spend")
"""What explains each of the three numbers."""


class GlancePanel(QWidget):
    """Frameless; closes on Esc and when another window is used."""

    open_window = Signal(str)
    """The id of the page that explains what was chosen."""
    pause_toggled = Signal()
    resume_wanted = Signal(object)
    """When to resume by itself: a moment in milliseconds."""
    snooze_requested = Signal()
    asked = Signal(object, object)
    """Where a figure comes from, for the window to show; see :attr:`Page.asked`."""
    settings_requested = Signal()
    quit_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        zone: tzinfo | None = None,
        locale: QLocale | None = None,
    ) -> None:
        # No popup: assistive technology does not see those, and some desktops refuse one without a parent.
        kind = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(parent, kind)
        self._look = Look(theme, zone, locale, self)
        self._snapshot: Snapshot | None = None
        self._shown: Snapshot | None = None
        self.setWindowTitle("TokenWatch")
        self.setAccessibleName("TokenWatch")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._headlines = HeadlineStrip(self._look, 25, framed=False)
        self._loading = ProgressLine(self._look)
        self._trouble = SlimNotice(self._look)
        self._rows = SessionRows(self._look)
        self._resume = Button(self._look, tr("Resume"), kind="primary")
        self._nothing = Message(self._look, lined=True)
        self._later = Button(self._look, "-")
        self._paused = Message(self._look, buttons=(self._resume, self._later), lined=True)
        self._due: int | None = None
        self._fade = Fade(_FADE_MS, self)
        self._fade.moved.connect(self.setWindowOpacity)
        self._month = MonthBar(self._look)
        self._quotas = QuotaRows(self._look)
        self._foot = _Foot(self._look)
        self._lay_out()
        self._connect()
        self.setFixedWidth(WIDE)
        self._look.follow(self, self._refit)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        if self.isVisible():
            self._update()

    def show_settings(self, settings: Settings) -> None:
        """The present settings, for the currency."""
        self._look.use(settings)
        self._shown = None
        if self.isVisible():
            self._update()

    def set_zone(self, zone: tzinfo) -> None:
        """Other clock times from now on."""
        if zone != self._look.zone:
            self._look.zone = zone
            self._shown = None
            if self.isVisible():
                self._update()

    def show_due(self, due: int | None) -> None:
        """When it resumes by itself; None: not before somebody says so."""
        self._due, self._shown = due, None
        if self.isVisible():
            self._update()

    def show_at(self, tray_geometry: QRect) -> None:
        """Open beside the icon, on its screen. An empty rectangle (unknown to the desktop): the top right corner."""
        screen = QGuiApplication.screenAt(tray_geometry.center()) if tray_geometry.isValid() else None
        free = (screen or QGuiApplication.primaryScreen()).availableGeometry()
        self.setFixedWidth(min(max(NARROW, self._look.px(WIDE)), free.width() - 2 * _AWAY))
        self._update()
        self._refit()
        self.move(place(tray_geometry, self.width(), self.height(), free))
        if self._look.theme.moves and windows_fade() and not self.isVisible():
            self._fade.start()
        self.show()
        self.activateWindow()
        first = self._rows if self._rows.isVisible() else self._headlines
        if self._paused.isVisible():  # the one thing to do here, so it shows that the keyboard is on it
            self._resume.take_keyboard()
        else:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = Qt.KeyboardModifier.ControlModifier
        plus_shift = control | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_P and event.modifiers() == control:
            self.pause_toggled.emit()
        elif event.key() == Qt.Key.Key_S and event.modifiers() == plus_shift:
            self.snooze_requested.emit()
        elif event.key() == Qt.Key.Key_Comma and event.modifiers() == control:
            self._leave_for_settings()
        elif event.key() == Qt.Key.Key_Q and event.modifiers() == control:
            self.quit_requested.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._update()
        self._refit()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMask(_rounded(self.rect()))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowDeactivate and self.isVisible():
            self.close()
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._fade.stop()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Where nothing blends windows, what is left see-through of the shape would be black.
        painter.setClipRegion(self.mask())
        painter.fillRect(self.rect(), self._look.color("line2"))
        painter.setClipping(False)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._look.color("line2"), self._look.border))
        painter.setBrush(self._look.color("card"))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (
            self._headlines, self._loading, self._trouble, self._rows, self._nothing, self._paused,
            self._month, self._quotas, self._foot,
        ):  # fmt: skip
            column.addWidget(part)
        for part in (self._loading, self._trouble, self._rows, self._nothing, self._paused, self._quotas):
            part.hide()

    def _connect(self) -> None:
        self._headlines.opened.connect(self._number_opened)
        self._rows.opened.connect(lambda: self._leave_for("live"))
        self._month.opened.connect(self._explain_month)
        self._rows.actions_menu.why_wanted.connect(self._explain_session)
        self._trouble.opened.connect(lambda: self._leave_for("live"))
        self._resume.clicked.connect(self.pause_toggled)
        self._later.clicked.connect(self._resume_later)
        self._foot.open.clicked.connect(lambda: self._leave_for("live"))
        self._foot.pause.clicked.connect(self.pause_toggled)
        self._foot.snooze.clicked.connect(self.snooze_requested)
        self._foot.settings.clicked.connect(self._leave_for_settings)

    def _number_opened(self, number: int) -> None:
        if _PAGES[number] == "spend":
            self._explain_month()
        else:
            self._leave_for(_PAGES[number])

    def _explain_month(self) -> None:
        from tokenwatch.insight.explain import Why

        month = self._snapshot.figures.month if self._snapshot is not None else None
        self._leave_for("spend")
        if month is not None:
            self.asked.emit(Why(month.first, month.today), None)

    def _explain_session(self, session: Session) -> None:
        from tokenwatch.insight.explain import Why

        self._leave_for("live")
        self.asked.emit(Why(agent=session.agent, session=session.session), None)

    def _leave_for(self, page: str) -> None:
        self.close()
        self.open_window.emit(page)

    def _leave_for_settings(self) -> None:
        self.close()
        self.settings_requested.emit()

    def _update(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or snapshot is self._shown:
            return
        self._shown = snapshot
        look, figures = self._look, snapshot.figures
        look.know(snapshot.agents)
        look.sample = snapshot.sample
        look.hide(snapshot.hidden)
        paused = snapshot.paused_since
        at = look.when(paused, figures.at) if paused is not None else ""
        self._headlines.set_cells(panel_cells(snapshot, look))
        self._loading.show_progress(snapshot.progress)
        self._tell_trouble(snapshot)
        self._month.show_month(figures.month, at)
        self._quotas.show_quotas(() if paused is not None else figures.quotas, figures.at)
        self._foot.show_paused(paused is not None)
        if paused is not None:
            until = look.clock(self._due if self._due is not None else next_hour(figures.at))
            self._later.set_face(tr("Resume at {time}", time=until), "")
            self._later.setVisible(self._due is None)
            title = tr("Paused since {at}", at=at)
            self._paused.say(
                title if self._due is None else tr("Paused from {at} until {until}", at=at, until=until),
                tr("Logs written meanwhile are counted on resume. Nothing is lost."),
                "paused",
            )
        elif not figures.sessions:
            self._nothing.say(*_nothing_words(snapshot, look))
        loading = figures.month is None and snapshot.progress is not None  # the layout is final, only values miss
        self._paused.setVisible(paused is not None)
        self._nothing.setVisible(paused is None and not figures.sessions and not loading)
        self._month.setVisible(not loading)
        self._foot.setVisible(not loading)
        listed = paused is None and bool(figures.sessions)
        if listed:
            self._rows.show_sessions(figures.sessions, figures.at, self._most_rows(figures.sessions))
        self._rows.setVisible(listed)
        self._refit()

    def _resume_later(self) -> None:
        if self._snapshot is not None:
            self.resume_wanted.emit(next_hour(self._snapshot.figures.at))

    def _tell_trouble(self, snapshot: Snapshot) -> None:
        found = troubles(snapshot)
        more = tr(" And {len} more.", len=len(found) - 1) if len(found) > 1 else ""
        self._trouble.say(plain(found[0].reason, 160) + more if found else "", "problem")

    def _most_rows(self, sessions: tuple[Session, ...]) -> int:
        """How many rows leave the panel below its greatest height."""
        parts = (self._headlines, self._trouble, self._month, self._quotas, self._foot)
        others = sum(part.sizeHint().height() for part in parts if not part.isHidden())
        room = self._look.px(TALLEST) - others - 2
        fits = room // self._look.row(ROW)
        if len(sessions) > fits:
            fits = (room - self._look.row(MORE)) // self._look.row(ROW) + 1
        return max(2, fits)

    def _refit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            height = layout.sizeHint().height()
            if height != self.height():
                self.setFixedHeight(height)


class _Foot(QWidget):
    """The panel's commands."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.open = Button(look, tr("Open window"), icon="window", kind="quiet", strong=True)
        self.pause = Button(look, tr("Pause"), icon="pause", kind="quiet")
        self.snooze = Button(look, tr("Snooze"), icon="snooze", kind="quiet")
        self.settings = Button(look, icon="settings", kind="quiet", name=tr("Settings"))
        self.pause.setToolTip(tr("Stop watching until you resume ({keys})", keys=key_name("Ctrl+P")))
        self.snooze.setToolTip(tr("No alerts for one hour ({keys})", keys=key_name("Ctrl+Shift+S")))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(0)
        for button in (self.open, self.pause, self.snooze):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.settings)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def show_paused(self, paused: bool) -> None:
        self.pause.set_face(tr("Resume") if paused else tr("Pause"), "resume" if paused else "pause")
        self.pause.set_accent(paused)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()).adjusted(0, -2 * _RADIUS, 0, 0), _RADIUS - 1, _RADIUS - 1)
        painter.setClipRect(self.rect())
        painter.fillPath(ground, self._look.color("side"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), self._look.color("line"))


def next_hour(now: int) -> int:
    """The next full hour that is not too near, in milliseconds."""
    return -(-(now + _NOT_BEFORE_MS) // _HOUR_MS) * _HOUR_MS


def place(icon: QRect, width: int, height: int, free: QRect) -> QPoint:
    """Where a panel of this size opens: beside the icon, towards the middle of the screen, and wholly on it."""
    if not icon.isValid():
        return QPoint(free.right() - width - _AWAY, free.top() + _AWAY)
    x = icon.center().x() - width // 2
    y = icon.bottom() + _AWAY if icon.center().y() < free.center().y() else icon.top() - height - _AWAY
    x = max(free.left() + _AWAY, min(x, free.right() - width - _AWAY))
    return QPoint(x, max(free.top() + _AWAY, min(y, free.bottom() - height - _AWAY)))


def _rounded(rect: QRect) -> QRegion:
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), _RADIUS - 1, _RADIUS - 1)
    return QRegion(path.toFillPolygon().toPolygon())


def _nothing_words(snapshot: Snapshot, look: Look) -> tuple[str, str]:
    figures = snapshot.figures
    if figures.month is None:
        return tr("Reading logs"), reading_words(snapshot) or tr("The first numbers appear in a few seconds.")
    if not figures.looked:
        return tr("Looking for agents"), tr("Those that run appear in a second.")
    last = figures.last_session
    if last is None:
        if troubles(snapshot):
            return tr("Nothing can be read now"), tr("TokenWatch tries again by itself. Agents may still be working.")
        if not snapshot.sources:
            return tr("No coding agents found yet"), tr(NOTHING_TO_SET_UP)
        return tr("Nothing is running"), tr("A session appears here as soon as an agent works.")
    return tr("Nothing is running"), last_words(last, figures.at, look)
