"""Limit card: one provider's windows, the course of the longest, the peaks of the shortest, and what the pace means.

Owns how these share the card. Does not own any of them.
"""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.base.format import money_set
from tokenwatch.base.limits import LimitWindow, window_ms, window_words
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.limit_words import pace_facts, verdict
from tokenwatch.gui.widgets.lettering import Run, draw, middle, run_width
from tokenwatch.gui.widgets.limit_course import LimitCourse
from tokenwatch.gui.widgets.limit_peaks import LimitPeaks
from tokenwatch.gui.widgets.limit_rows import LimitRows, limit_row
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus, paint_frame, paint_mark, paint_tile
from tokenwatch.gui.widgets.mirror import beside, painter_of
from tokenwatch.gui.widgets.text import Text
from tokenwatch.gui.words import provider_name

_STACKED_BELOW: Final = 620
_SPACE: Final = 18
_SIDE: Final = 17
_AGENTS: Final = {"openai": "codex", "anthropic": "claude-code"}
_MOST_FACTS: Final = 4


class LimitCard(QWidget):
    opened = Signal()
    """It is asked where the figures of the windows come from."""

    def __init__(self, look: Look, provider: str) -> None:
        super().__init__()
        self._look = look
        self.provider = provider
        self.head = _Head(look, _AGENTS.get(provider, provider))
        self.rows = LimitRows(look)
        self.course = LimitCourse(look)
        self.peaks = LimitPeaks(look)
        self.course_title = Text(look, "", px=11.5, weight=500, tall=22)
        self.peaks_title = Text(look, "", px=11.5, weight=500, tall=22)
        self.facts = _Facts(look)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.setSpacing(_SPACE)
        self._lower.setContentsMargins(0, 6, 0, 0)
        self._lower.addLayout(_titled(self.course_title, self.course), 10)
        self._lower.addLayout(_titled(self.peaks_title, self.peaks), 11)
        self._lower.addWidget(self.facts, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 10, _SIDE, 12)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.rows)
        column.addLayout(self._lower)
        for chart in (self.course, self.peaks):
            chart.ringed.connect(lambda _: self.update())
        self.rows.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows.setToolTip(tr("Where it comes from"))
        self.rows.installEventFilter(self)
        self._windows: tuple[LimitWindow, ...] = ()
        look.follow(self)

    def agent(self) -> str:
        """The one whose logs tell of this provider."""
        return _AGENTS.get(self.provider, self.provider)

    def begun(self) -> int | None:
        """When the longest window that is known began, milliseconds."""
        return min((window.started_at for window in self._windows if window.started_at is not None), default=None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in keys:
            self.opened.emit()
            return True
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.opened.emit()
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def show_windows(self, windows: tuple[LimitWindow, ...], now: int, fee: int = 0) -> None:
        """``fee``: what the plan costs a month, if that was set."""
        self._windows = windows
        look = self._look
        self.setAccessibleName(tr("Limits of {provider_name}", provider_name=provider_name(self.provider)))
        self.rows.show_rows(tuple(limit_row(window, now, look) for window in windows))
        read = [window for window in windows if not window.estimated]
        longest = max(read, key=lambda window: window_ms(window.window) or 0, default=None)
        shortest = min(windows, key=lambda window: window_ms(window.window) or 1 << 60)
        plan = next((window.plan for window in windows if window.plan), "")
        note = tr("{capitalize} plan", capitalize=plain(plan, 24).capitalize()) if plan else ""
        if note and fee:
            note = tr("{plan} · {fee} a month", plan=note, fee=money_set(fee, look.numerals))
        if not read:
            note = tr("no limits were read; blocks of five hours are estimated from your own counts")
        self.head.say(provider_name(self.provider), note, *verdict(windows, now, look))
        shown = longest is not None and longest.used_percent is not None
        for part in (self.course_title, self.course):
            part.setVisible(shown)
        self.course.show_window(longest, now)
        length = plain(window_words(longest.window), 16) if longest is not None else ""
        self.course_title.say(tr("This {length} against an even pace", length=length) if length else "")
        self.peaks.show_window(shortest)
        words = plain(window_words(shortest.window), 16)
        estimated = tr("{words} block (estimate)", words=words)
        what = estimated if shortest.estimated else tr("{words} window", words=words)
        self.peaks_title.say(
            tr(
                "{value} of each {what}, two weeks",
                value=tr("Tokens") if shortest.estimated else tr("Peak"),
                what=what,
            )
        )
        self.facts.say(pace_facts(windows, now, look)[:_MOST_FACTS])
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle()
        super().resizeEvent(event)

    def _settle(self) -> None:
        """Below each other where titles and facts have no room beside each other."""
        wide = [part.sizeHint().width() for part in (self.course_title, self.peaks_title, self.facts)]
        narrow = self.width() < max(self._look.px(_STACKED_BELOW), sum(wide) + 2 * _SPACE + 2 * _SIDE)
        for title, needed in zip((self.course_title, self.peaks_title), wide, strict=False):
            title.setMinimumWidth(0 if narrow else needed)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._lower.direction() != way:
            self._lower.setDirection(way)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        paint_frame(painter, look, QRectF(self.rect()), 10)
        line = self.rows.geometry().bottom() + 5
        painter.fillRect(QRectF(17, line, self.width() - 34, 1), look.color("line"))
        for chart in (self.rows, self.course, self.peaks):
            if chart.hasFocus():
                paint_focus(painter, look, beside(chart).adjusted(-4, -2, 4, 2), 6)


def _titled(title: Text, chart: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(title)
    column.addWidget(chart, 1)
    return column


class _Head(QWidget):
    """Tile, name, plan, and at the right what to know."""

    def __init__(self, look: Look, agent: str) -> None:
        super().__init__()
        self._look, self._agent = look, agent
        self._name = self._note = self._verdict = ""
        self._warns = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def say(self, name: str, note: str, verdict: str, warns: bool) -> None:
        if (name, note, verdict, warns) != (self._name, self._note, self._verdict, self._warns):
            self._name, self._note, self._verdict, self._warns = name, note, verdict, warns
            self.setAccessibleName(name)
            self.setAccessibleDescription(". ".join(filter(None, (note, verdict))))
            self.update()

    def verdict(self) -> str:
        return self._verdict

    def sizeHint(self) -> QSize:
        return QSize(300, self._look.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, frame = self._look, QRectF(self.rect())
        side = look.px(22)
        paint_tile(painter, look, QRectF(0, round(frame.center().y() - side / 2), side, side), self._agent, 12)
        base = middle(look, frame, 14, 650)
        right = frame.right()
        if self._verdict:
            run = Run(self._verdict, 11.5, 500, "warn" if self._warns else "t2")
            wide = run_width(look, run) + 20 + (look.px(14) if self._warns else 0)
            chip = QRectF(right - wide, frame.center().y() - look.px(11), wide, look.px(22))
            painter.setBrush(look.color("warnbg" if self._warns else "sunk"))
            painter.setPen(QPen(look.color("line" if look.patterned else "card"), 1 if look.patterned else 0))
            painter.drawRoundedRect(chip, 4, 4)
            x = chip.left() + 10
            if self._warns:
                paint_mark(painter, look, "waiting", QPointF(x + 5, chip.center().y()), look.px(10))
                x += look.px(14)
            draw(painter, look, x, middle(look, chip, 11.5, 500), (run,))
            right = chip.left() - 12
        runs = (Run(self._name, 14, 650), Run(self._note, 12.5, 400, "t2", 9))
        draw(painter, look, side + 10, base, runs, right - side - 10)


class _Facts(QWidget):
    """Figures with what they are, below each other."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._facts: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        look.follow(self)

    def say(self, facts: tuple[tuple[str, str], ...]) -> None:
        if facts != self._facts:
            self._facts = facts
            self.setAccessibleName(tr("At this pace") if facts else "")
            self.setAccessibleDescription("; ".join(f"{figure} {what}" for figure, what in facts))
            self.setVisible(bool(facts))
            self.updateGeometry()
            self.update()

    def facts(self) -> tuple[tuple[str, str], ...]:
        return self._facts

    def sizeHint(self) -> QSize:
        texts = [Run(figure, 12.5, 650) for figure, _ in self._facts] + [Run(what, 11) for _, what in self._facts]
        wide = max((run_width(self._look, text) for text in texts), default=0.0)
        return QSize(max(150, math.ceil(wide) + 2), self._look.px(24 + 38 * len(self._facts)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, scale, wide = self._look, self._look.px, self.width()
        draw(painter, look, 0, scale(15), (Run(tr("At this pace"), 11.5, 500),), wide)
        for number, (figure, what) in enumerate(self._facts):
            top = scale(24 + 38 * number)
            draw(painter, look, 0, top + scale(14), (Run(figure, 12.5, 650),), wide)
            draw(painter, look, 0, top + scale(29), (Run(what, 11, 400, "t2"),), wide)
