"""Bill card: what was counted here, checked against the providers' bills, with why the two differ.

Owns its lines. Does not own the comparison (insight/reconcile.py) or asking for a bill. Nothing shown is rescaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.bill import BILLER_NAMES, DIFFERENCE_WORDS, BillCheck
from tokenwatch.base.format import money, percent, tokens
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, run_width, wrap
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_focus
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.words import MONTHS

_MOST_REASONS: Final = 4
_NOTHING: Final = mark(
    "No bill is known. An admin key or an exported file of Anthropic or OpenAI is compared with what was counted "
    "here: see Settings > Accounts."
)


class BillLineText(msgspec.Struct, frozen=True):
    """One line: words at the left, a figure at the right. ``strong`` begins a provider's month."""

    left: str
    note: str = ""
    right: str = ""
    strong: bool = False


def bill_lines(checks: Sequence[BillCheck], now: int, look: Look) -> tuple[BillLineText, ...]:
    lines: list[BillLineText] = []
    for check in checks:
        month = f"{tr(MONTHS[check.first.month - 1])} {check.first.year}"
        name = BILLER_NAMES.get(check.provider) or plain(check.provider, 40)
        numerals = look.numerals
        origin = tr("from a file") if check.imported else tr("asked")
        lines.append(BillLineText(f"{name}, {month}", f"{origin} {look.when(check.as_of, now)}", strong=True))
        if check.known_days:
            apart = _apart(check)
            lines.append(
                BillLineText(
                    tr("Billed on {known_days} days, UTC", known_days=check.known_days),
                    "",
                    money(check.billed, numerals),
                )
            )
            lines.append(
                BillLineText(tr("Counted here for these days, at list prices"), apart, money(check.here, numerals))
            )
        for why, nano in check.differences[:_MOST_REASONS]:
            sign = "−" if nano < 0 else "+"
            lines.append(BillLineText(f"    {tr(DIFFERENCE_WORDS[why])}", "", f"{sign}{money(abs(nano), numerals)}"))
        if len(check.differences) > _MOST_REASONS:
            rest = sum(nano for _, nano in check.differences[_MOST_REASONS:])
            sign = "−" if rest < 0 else "+"
            lines.append(BillLineText("    " + tr("other reasons"), "", f"{sign}{money(abs(rest), numerals)}"))
        if check.coverage is not None:
            counted = tr(
                "{tokens} of {tokens2} tokens",
                tokens=tokens(check.matched_tokens, numerals),
                tokens2=tokens(check.billed_tokens, numerals),
            )
            lines.append(
                BillLineText(tr("Coverage: counted here of what was billed"), counted, percent(check.coverage))
            )
    return tuple(lines)


def _apart(check: BillCheck) -> str:
    if not check.billed:
        return ""
    part = abs(check.billed - check.here) / check.billed
    return tr("the same") if check.billed == check.here else tr("{part}% apart", part=f"{part * 100:.1f}")


class BillCard(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: tuple[BillLineText, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_checks((), 0)
        look.follow(self)

    def show_checks(self, checks: Sequence[BillCheck], now: int) -> None:
        lines = bill_lines(checks, now, self._look)
        said = "; ".join(" ".join(filter(None, (line.left.strip(), line.right, line.note))) for line in lines)
        self.setAccessibleName(tr("Checked against the bill"))
        self.setAccessibleDescription(said or tr(_NOTHING))
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.update()

    def lines(self) -> tuple[BillLineText, ...]:
        return self._lines

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, wide: int) -> int:
        scale = self._look.px
        if not self._lines:
            return scale(19) * len(wrap(self._look, tr(_NOTHING), 12.5, 400, wide, 4)) + scale(10)
        return scale(21) * len(self._lines) + scale(8) * sum(line.strong for line in self._lines[1:]) + scale(8)

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._look.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, wide, scale = self._look, self.width(), self._look.px
        base = scale(15)
        if not self._lines:
            for text in wrap(look, tr(_NOTHING), 12.5, 400, wide, 4):
                draw(painter, look, 0, base, (Run(text, 12.5, 400, "t2"),), wide)
                base += scale(19)
        for number, line in enumerate(self._lines):
            base += scale(8) if line.strong and number else 0
            right = Run(line.right, 12.5, 600)
            draw_right(painter, look, wide, base, (right,))
            left = Run(line.left, 12.5, 600 if line.strong else 400, "t1" if line.strong else "t2")
            room = wide - run_width(look, right) - 16
            draw(painter, look, 0, base, (left, Run(line.note, 11, 400, "t2", 10)), room)
            base += scale(21)
        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), 6)
