"""Limit rows: the windows of one provider with how much is used, against an even pace.

Owns the rows' painting. Does not own their words (gui/limit_words.py). The tick on a bar is the even pace: the part
of the window that has passed. An estimated block has no bar, for nobody knows what it is a part of.
"""

from __future__ import annotations

from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.limits import LimitWindow
from tokenwatch.base.translation import tr
from tokenwatch.gui.limit_words import pace_words, reset_words, used_words, window_title
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus, paint_mark, paint_track
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.tips import tip

ROW: Final = 26


class LimitRow(msgspec.Struct, frozen=True):
    """``used`` and ``elapsed`` are parts (0..1), None if not known."""

    title: str
    figure: str
    pace: str
    reset: str
    used: float | None
    elapsed: float | None
    warns: bool
    estimated: bool

    @property
    def sentence(self) -> str:
        said = (
            tr("{figure} used", figure=self.figure)
            if self.used is not None
            else ""
            if self.figure == "—"
            else self.figure
        )
        return ", ".join(filter(None, (self.title, said, self.pace, self.reset)))


def limit_row(window: LimitWindow, now: int, look: Look) -> LimitRow:
    pace, warns = pace_words(window, now, look)
    elapsed = None
    if window.used_percent is not None and window.started_at is not None and window.resets_at is not None:
        elapsed = (now - window.started_at) / (window.resets_at - window.started_at)
    return LimitRow(
        title=window_title(window),
        figure=used_words(window, look),
        pace=pace,
        reset=reset_words(window, now, look),
        used=None if window.used_percent is None else max(0.0, window.used_percent) / 100,
        elapsed=elapsed,
        warns=warns,
        estimated=window.estimated,
    )


class LimitRows(QWidget):
    """One line each; a narrow page leaves out the words about pace, then those about the reset."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: tuple[LimitRow, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def show_rows(self, rows: tuple[LimitRow, ...]) -> None:
        if rows == self._rows:
            return
        changed = len(rows) != len(self._rows)
        self._rows = rows
        self.setAccessibleName(tr("Windows"))
        self.setAccessibleDescription("; ".join(row.sentence for row in rows))
        self.setToolTip(tip("\n".join(row.sentence for row in rows)))
        if changed:
            self.updateGeometry()
        self.update()

    def rows(self) -> tuple[LimitRow, ...]:
        return self._rows

    def sizeHint(self) -> QSize:
        return QSize(480, self._look.px(ROW) * max(1, len(self._rows)) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, wide, scale = self._look, self.width(), self._look.px
        bar_left = (
            scale(8) + max((run_width(look, Run(row.title, 12.5, 500)) for row in self._rows), default=0.0) + 16
        )
        figures = max((run_width(look, Run(row.figure, 12.5, 650)) for row in self._rows), default=0.0)
        bar_right = min(bar_left + wide * 0.32, wide - figures - 24)
        figure_right = bar_right + figures + 16
        for number, row in enumerate(self._rows):
            base = scale(ROW) * number + scale(18)
            draw(painter, look, 0, base, (Run(row.title, 12.5, 500),), bar_left - 8)
            bar = QRectF(bar_left, base - scale(4) - 4, max(24.0, bar_right - bar_left), 8)
            if row.estimated:
                painter.fillRect(QRectF(bar.left(), bar.center().y(), bar.width(), 1), look.color("line2"))
            else:
                paint_limit_bar(painter, look, bar, row.used, row.elapsed, warns=row.warns)
            draw_right(painter, look, figure_right, base, (Run(row.figure, 12.5, 650),))
            self._paint_words(painter, row, figure_right + 12, base)
        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), 6)

    def _paint_words(self, painter: QPainter, row: LimitRow, left: float, base: float) -> None:
        look = self._look
        room = self.width() - left
        mark = look.px(11) + 7 if row.warns else 0
        pace, reset = self._fitting(row, room - mark)
        if reset:
            draw_right(painter, look, self.width(), base, (Run(reset, 12.5, 400, "t2"),))
        if row.warns and pace:
            paint_mark(painter, look, "waiting", QPointF(left + 6, base - look.px(4)), look.px(11))
        ink = "warn" if row.warns else "t2"
        pace = pace[:1].upper() + pace[1:]
        draw(painter, look, left + mark, base, (Run(pace, 12.5, 500 if row.warns else 400, ink),), room - mark)

    def _fitting(self, row: LimitRow, room: float) -> tuple[str, str]:
        """Pace and reset in as many words as there is room for: whole clauses rather than cut ones."""
        short_pace, short_reset = row.pace.split(", ")[0], row.reset.split(", ")[-1]
        for pace, reset in (
            (row.pace, row.reset), (short_pace, row.reset), (short_pace, short_reset), ("", row.reset),
            ("", short_reset), ("", ""),
        ):  # fmt: skip
            runs = (Run(pace, 12.5, 500), Run(reset, 12.5, 400, gap=16))
            if sum(run_width(self._look, run) + run.gap for run in runs if run.text) <= room:
                return pace, reset
        return "", ""


def paint_limit_bar(
    painter: QPainter, look: Look, bar: QRectF, used: float | None, elapsed: float | None, *, warns: bool
) -> None:
    """A track, filled as far as it is used, with a tick where an even pace would be."""
    outline = QPainterPath()
    outline.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
    paint_track(painter, look, outline)
    if used:
        painter.save()
        painter.setClipPath(outline)
        fill = QRectF(bar.left(), bar.top(), bar.width() * min(1.0, used), bar.height())
        fill.setWidth(max(fill.width(), bar.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("warnf" if warns else "acc"))
        painter.drawRoundedRect(fill, bar.height() / 2, bar.height() / 2)
        painter.restore()
    if elapsed is not None:
        x = round(bar.left() + bar.width() * min(1.0, max(0.0, elapsed)))
        painter.fillRect(QRectF(x - 2, bar.top() - 3, 4, bar.height() + 6), look.color("card"))
        painter.fillRect(QRectF(x - 1, bar.top() - 4, 2, bar.height() + 8), look.color("t1"))
