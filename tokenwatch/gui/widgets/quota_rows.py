"""Quota rows: how much of each provider's limit is used, against an even pace.

Owns the rows' words and painting, and the straight line from use so far to when it runs out. Does not own the
readings, which agents' logs report. The tick on a bar is the even pace: the part of the window that has passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.format import duration, percent
from tokenwatch.base.limits import Quota, window_ms, window_words
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, run_width
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus, paint_mark, paint_track
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.tips import tip
from tokenwatch.gui.words import provider_name

MOST: Final = 4
ROW: Final = 20
_STALE_MS: Final = 6 * 3_600_000
"""A reading older than this says when it is from."""
_HIDDEN: Final = 0.03
"""The first part of a window says nothing about its pace."""
_MARGIN: Final = 0.05
"""So far ahead of an even pace says nothing yet."""
_HOUR_MS: Final = 3_600_000


class QuotaRow(msgspec.Struct, frozen=True):
    """``elapsed`` is the part (0..1) of the window that has passed, None if the window's length is not known."""

    name: str
    window: str
    used: float
    elapsed: float | None
    status: str
    warns: bool

    @property
    def sentence(self) -> str:
        return tr(
            "{name} {window} {percent} used, {status}",
            name=self.name,
            window=self.window,
            percent=percent(self.used),
            status=self.status,
        )


def quota_row(quota: Quota, now: int, look: Look) -> QuotaRow:
    used = max(0.0, quota.used_percent) / 100
    length = window_ms(quota.window)
    elapsed = None
    status, warns = "", used >= 1
    if quota.resets_at is not None:
        left = quota.resets_at - now
        status = tr("resets {duration}", duration=duration(left / 1000)) if left > 0 else tr("has reset")
        if length and 0 < left <= length:
            elapsed = 1 - left / length
            if elapsed >= _HIDDEN and elapsed + _MARGIN < used < 1:
                out = now + int((1 - used) * elapsed * length / used)
                if out < quota.resets_at:
                    status, warns = _runs_out(out, now, look), True
    if now - quota.as_of > _STALE_MS:
        status = tr("as of {when}", when=look.when(quota.as_of, now))
    name = provider_name(quota.provider)
    return QuotaRow(name, plain(window_words(quota.window), 20), used, elapsed, status, warns)


def _runs_out(at: int, now: int, look: Look) -> str:
    """out ~16:40 or out Fri ~18:00: an estimate, so to ten minutes when it is soon and else to the hour."""
    soon = at - now < 12 * _HOUR_MS
    step = _HOUR_MS // (6 if soon else 1)
    beside_utc = look.moment(at).utcoffset() or timedelta()
    beside = int(beside_utc.total_seconds() * 1000)
    rounded = (at + beside + step // 2) // step * step - beside
    return (
        tr("out ~{clock}", clock=look.clock(rounded))
        if soon
        else tr("out {replace}", replace=look.weekday_and_clock(rounded).replace(" ", " ~", 1))
    )


class QuotaRows(QWidget):
    """At most four rows, the most used ones, in the order given. Takes no room when there is none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: tuple[QuotaRow, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def show_quotas(self, quotas: Sequence[Quota], now: int) -> None:
        fullest = sorted(range(len(quotas)), key=lambda number: -quotas[number].used_percent)[:MOST]
        rows = tuple(quota_row(quotas[number], now, self._look) for number in sorted(fullest))
        if rows == self._rows:
            return
        count, self._rows = len(self._rows), rows
        said = "; ".join(row.sentence for row in rows)
        self.setAccessibleName(tr("Limits"))
        self.setAccessibleDescription(said)
        self.setToolTip(tip("\n".join(row.sentence for row in rows)))
        if len(rows) != count:
            self.setVisible(bool(rows))
            self.updateGeometry()
        self.update()

    def rows(self) -> tuple[QuotaRow, ...]:
        return self._rows

    def sizeHint(self) -> QSize:
        return QSize(320, self._look.px(ROW * len(self._rows) + 18) if self._rows else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, wide, scale = self._look, self.width(), self._look.px
        painter.fillRect(self.rect(), look.color("card"))
        painter.fillRect(QRectF(0, 0, wide, 1), look.color("line"))
        names = max((run_width(look, Run(f"{row.name} {row.window}", 11)) for row in self._rows), default=0.0)
        bar_left = 12 + min(names + 4, wide * 0.32) + 10
        ends = max(
            (run_width(look, Run(row.status, 11)) + (16 if row.warns else 0) for row in self._rows), default=0.0
        )
        status_left = wide - 12 - min(ends, wide * 0.3)
        number_right = status_left - 10
        bar_right = number_right - look.metrics(11, 600).horizontalAdvance("100%") - 8
        for number, row in enumerate(self._rows):
            base = scale(ROW * number + 9) + scale(14)
            words = (Run(row.name, 11), Run(row.window, 11, 400, "t2", 4))
            draw(painter, look, 12, base, words, bar_left - 22)
            bar = QRectF(bar_left, base - scale(4) - 3, max(20.0, bar_right - bar_left), 6)
            self._paint_bar(painter, bar, row)
            draw_right(painter, look, number_right, base, (Run(percent(row.used), 11, 600),))
            ink = "warn" if row.warns else "t2"
            runs = (Run(row.status, 11, 500 if row.warns else 400, ink),)
            room = wide - 12 - status_left - (14 if row.warns else 0)
            start = draw_right(painter, look, wide - 12, base, runs, max(room, 20))
            if row.warns:
                paint_mark(painter, look, "waiting", QPointF(start - 9, base - scale(4)), scale(10))
        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()).adjusted(2, 3, -2, -2), 6)

    def _paint_bar(self, painter: QPainter, bar: QRectF, row: QuotaRow) -> None:
        look = self._look
        outline = QPainterPath()
        outline.addRoundedRect(bar, 3, 3)
        paint_track(painter, look, outline)
        painter.save()
        painter.setClipPath(outline)
        fill = QRectF(bar.left(), bar.top(), bar.width() * min(1.0, row.used), bar.height())
        if row.used > 0:
            fill.setWidth(max(fill.width(), bar.height()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("warnf" if row.warns else "acc"))
            painter.drawRoundedRect(fill, 3, 3)
        painter.restore()
        if row.elapsed is not None:
            x = round(bar.left() + bar.width() * row.elapsed)
            painter.fillRect(QRectF(x - 2, bar.top() - 3, 4, bar.height() + 6), look.color("card"))
            painter.fillRect(QRectF(x - 1, bar.top() - 4, 2, bar.height() + 8), look.color("t1"))
