"""Lettering: lines of text in several sizes and colours, measured, cut with an ellipsis, and drawn as plain text.

Owns one-line text. Does not own what is written or which colours exist.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import bidirectional

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QPainter

from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import is_turned, upright

SMALLEST: Final = 11.0
"""No text is smaller (heat-map days apart)."""


_IDEOGRAPH: Final = "\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u3400-\u9fff\uf900-\ufaff"
_OPENS: Final = "“‘（《「『【"
_CLOSES: Final = "，。、；：？！”’）》」』】…"
_PARTS: Final = re.compile(
    f"[{_OPENS}]*(?:[{_IDEOGRAPH}]|[^{_IDEOGRAPH}{_OPENS}{_CLOSES}]+)[{_CLOSES}]*|[{_OPENS}{_CLOSES}]+"
)
"""Between which a word may be broken: single ideographs, with the signs that may not stand away from them."""


class Run(msgspec.Struct, frozen=True):
    """Text in one font and colour. ``gap`` is the space before it; ``ink`` the name of a colour."""

    text: str
    px: float = 12.5
    weight: int = 400
    ink: str = "t1"
    gap: float = 0.0
    mono: bool = False
    colour: QColor | None = None
    """In the place of ``ink``, where no name of the design has it."""

    @property
    def tabular(self) -> bool:
        """Names with a hyphen are not: some fonts make it as wide as a digit. Our numbers have none."""
        return "-" not in self.text


def run_width(look: Look, run: Run) -> float:
    if not run.text:
        return 0.0
    return look.advance(run.text, run.px, run.weight, mono=run.mono, tabular=run.tabular)


def _metrics(look: Look, run: Run) -> QFontMetricsF:
    return look.metrics(run.px, run.weight, mono=run.mono, tabular=run.tabular)


def width(look: Look, runs: Sequence[Run]) -> float:
    return sum(run.gap + run_width(look, run) for run in runs if run.text)


_NO_LIMIT: Final = 1e6


def cut(look: Look, runs: Sequence[Run], limit: float) -> tuple[Run, ...]:
    """The runs shortened to ``limit`` pixels: the last is cut first, and left out when nothing of it fits."""
    kept = [run for run in runs if run.text]
    while kept and limit < _NO_LIMIT and width(look, kept) > limit:
        last = kept.pop()
        left = limit - width(look, kept) - last.gap
        metrics = _metrics(look, last)
        if left > metrics.horizontalAdvance("…") * 2:
            short = metrics.elidedText(last.text, Qt.TextElideMode.ElideRight, left)
            if short and short != "…":
                kept.append(replace(last, text=short))
                break
    return tuple(kept)


def cut_middle(look: Look, run: Run, limit: float) -> Run:
    """``run`` with what does not fit left out of its middle, so that a path keeps its file's name."""
    if run_width(look, run) <= limit:
        return run
    return replace(run, text=_metrics(look, run).elidedText(run.text, Qt.TextElideMode.ElideMiddle, max(0.0, limit)))


def whole(look: Look, runs: Sequence[Run], limit: float) -> tuple[Run, ...]:
    """As many of the runs as have room whole, and the first in any case: what only explains is left out, not cut."""
    kept = tuple(runs)
    while len(kept) > 1 and width(look, kept) > limit:
        kept = kept[:-1]
    return kept


def draw(
    painter: QPainter, look: Look, x: float, baseline: float, runs: Sequence[Run], limit: float = _NO_LIMIT
) -> float:
    """Draw from ``x`` on in the painter's direction; gives where the text ends."""
    kept = cut(look, runs, limit)
    if is_turned(painter):
        return _draw_turned(painter, look, x, baseline, kept)
    for run in kept:
        x += run.gap
        _draw_run(painter, look, x, baseline, run)
        x += run_width(look, run)
    return x


def _draw_turned(painter: QPainter, look: Look, x: float, baseline: float, runs: Sequence[Run]) -> float:
    """Pieces that follow each other without a gap, as a number and its unit, are read in their own direction."""
    pieces: list[list[Run]] = []
    for run in runs:
        if pieces and not run.gap:
            pieces[-1].append(run)
        else:
            pieces.append([run])
    for piece in pieces:
        x += piece[0].gap
        wide = sum(run_width(look, run) for run in piece)
        painter.save()
        upright(painter, x + wide / 2)
        place = x
        for run in reversed(piece) if _reads_from_right(piece[0].text) else piece:
            _draw_run(painter, look, place, baseline, run)
            place += run_width(look, run)
        painter.restore()
        x += wide
    return x


def _reads_from_right(text: str) -> bool:
    """By its first letter, as Unicode's rule for paragraphs has it."""
    return next((bidirectional(c) in ("R", "AL") for c in text if bidirectional(c) in ("L", "R", "AL")), False)


def _draw_run(painter: QPainter, look: Look, x: float, baseline: float, run: Run) -> None:
    if QGuiApplication.isRightToLeft():
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text as its own letters are read
    painter.setFont(look.font(run.px, run.weight, mono=run.mono, tabular=run.tabular))
    painter.setPen(run.colour or look.color(run.ink))
    painter.drawText(QPointF(x, baseline), run.text)


def draw_right(
    painter: QPainter, look: Look, right: float, baseline: float, runs: Sequence[Run], limit: float = _NO_LIMIT
) -> float:
    """Draw so that the text ends at ``right``; gives where it begins."""
    kept = cut(look, runs, limit)
    start = right - width(look, kept)
    draw(painter, look, start, baseline, kept)
    return start


def draw_centre(
    painter: QPainter, look: Look, centre: float, baseline: float, runs: Sequence[Run], limit: float = _NO_LIMIT
) -> None:
    kept = cut(look, runs, limit)
    draw(painter, look, centre - width(look, kept) / 2, baseline, kept)


def fit(look: Look, runs: Sequence[Run], limit: float, least: float = 0.6) -> tuple[Run, ...]:
    """The runs in smaller type if they are wider than ``limit``: whole numbers rather than cut ones.

    Never below ``least`` of their size or the smallest size; what is still too wide is cut when drawn.
    """
    factor = 1.0
    kept = tuple(runs)
    while width(look, kept) > limit and factor > least:
        factor -= 0.05
        kept = tuple(replace(run, px=round(max(SMALLEST, run.px * factor) * 2) / 2) for run in runs)
    return kept


def middle(look: Look, rect: QRectF, px: float, weight: int = 400) -> float:
    """The baseline on which capitals stand in the middle of ``rect``."""
    return round(rect.center().y() + look.metrics(px, weight).capHeight() / 2)


def wrap(look: Look, text: str, px: float, weight: int, limit: float, most: int) -> tuple[str, ...]:
    """``text`` broken into at most ``most`` lines; the last one may have to be cut when drawn.

    It is broken at spaces and, as is usual there, between Chinese or Japanese characters.
    """
    return _broken(_pieces(look, text, px, weight), limit, most)


_Piece = tuple[str, str, float, float]
"""What stands before it on its line, the piece, and how wide either is."""


def _pieces(look: Look, text: str, px: float, weight: int) -> list[_Piece]:
    space = look.advance(" ", px, weight)
    pieces: list[_Piece] = []
    for word in text.split():
        between, gap = " ", space
        for part in _PARTS.findall(word) if not word.isascii() else (word,):
            pieces.append((between, part, gap, look.advance(part, px, weight)))
            between, gap = "", 0.0
    return pieces


def _broken(pieces: Sequence[_Piece], limit: float, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    wide = 0.0
    for between, part, gap, alone in pieces:
        if lines and (len(lines) == most or wide + gap + alone <= limit):
            lines[-1] += between + part
            wide += gap + alone
        else:
            lines.append(part)
            wide = alone
    return tuple(lines)


def wrap_evenly(look: Look, text: str, px: float, weight: int, limit: float, most: int) -> tuple[str, ...]:
    """As :func:`wrap`, with lines of like length, so that none holds a single word."""
    pieces = _pieces(look, text, px, weight)  # measured once; only their sums are worked out for each width
    best = _broken(pieces, limit, most)
    narrower = limit
    while narrower > limit / 2:
        narrower -= limit / 20
        lines = _broken(pieces, narrower, most + 1)
        if len(lines) > len(best):
            break
        best = lines
    return best
