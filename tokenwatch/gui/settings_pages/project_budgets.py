"""Project budgets: the budgets besides the month's, with what is used of each.

Owns the list's painting. Does not own the budgets (settings) or what is used of them (insight/budgets.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.format import money, money_set
from tokenwatch.base.snapshot import BudgetUse
from tokenwatch.base.text import plain, project_name
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.form import INSET
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of

_ROW: Final = 30
_BAR: Final = 130
_AMOUNT: Final = 90
_SPANS: Final = {"month": mark("a month"), "week": mark("a week"), "day": mark("a day")}


class ProjectBudgets(QWidget):
    """Hidden while there are none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._uses: tuple[BudgetUse, ...] = ()
        self._hidden = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.follow(self)
        self.hide()

    def show_uses(self, uses: Sequence[BudgetUse], *, hidden: bool = False) -> None:
        """Those with an id; the month's has its field. ``hidden``: without names of projects and money."""
        shown = tuple(use for use in uses if use.id)
        if (shown, hidden) != (self._uses, self._hidden):
            self._uses, self._hidden = shown, hidden
            said = (f"{self.name(use)}: {tr('{used} of {amount}', **self._amounts(use))}" for use in shown)
            self.setAccessibleName(tr("More budgets"))
            self.setAccessibleDescription("; ".join(said))
            self.updateGeometry()
            self.update()
        self.setVisible(bool(self._uses))

    def uses(self) -> tuple[BudgetUse, ...]:
        return self._uses

    def name(self, use: BudgetUse) -> str:
        """What it is of, and of which time unless that is the month."""
        look = self._look
        if use.project:
            name = tr("a project") if self._hidden else project_name(use.project)
        else:
            name = look.agent_name(use.agent) if use.agent else tr("Everything")
        words = [plain(name, 40)]
        if use.span != "month":
            words.append(tr(_SPANS.get(use.span, _SPANS["month"])))
        if use.basis == "listed":
            words.append(tr("at API prices"))
        return ", ".join(words)

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(_ROW) * (len(self._uses) + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _amounts(self, use: BudgetUse) -> dict[str, str]:
        numerals = replace(self._look.numerals, hidden=self._hidden)
        return {"used": money(use.used, numerals), "amount": money_set(use.amount, numerals)}

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, tall = painter_of(self), self._look, self._look.px(_ROW)
        painter.translate(INSET, 0)
        width = self.width() - 2 * INSET
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = min(look.px(_BAR), width / 4)
        amount = width - bar - 16
        used = amount - min(look.px(_AMOUNT), width / 5)
        head = QRectF(0, 0, width, tall)
        base = middle(look, head, 11, 500)
        draw(painter, look, 0, base, (Run(tr("More budgets"), 11, 500, "t2"),), used - 60)
        draw_right(painter, look, used, base, (Run(tr("So far"), 11, 500, "t2"),))
        draw_right(painter, look, amount, base, (Run(tr("Budget"), 11, 500, "t2"),))
        for number, use in enumerate(self._uses, 1):
            line = head.translated(0, number * tall)
            painter.fillRect(QRectF(0, line.top(), line.width(), 1), look.color("line"))
            base = middle(look, line, 12.5)
            over = use.used > use.amount
            texts = self._amounts(use)
            start = draw_right(painter, look, used, base, (Run(texts["used"], 12.5, 400, "bad" if over else "t1"),))
            draw(painter, look, 0, base, (Run(self.name(use), 12.5, 500),), start - 12)
            draw_right(painter, look, amount, base, (Run(texts["amount"], 12.5),))
            place = QRectF(width - bar, round(line.center().y()) - 3, bar, 6)
            self._paint_bar(painter, place, use, over=over)

    def _paint_bar(self, painter: QPainter, place: QRectF, use: BudgetUse, *, over: bool) -> None:
        look = self._look
        painter.setPen(look.color("line") if look.patterned else Qt.PenStyle.NoPen)
        painter.setBrush(look.color("sunk"))
        painter.drawRoundedRect(place, 3, 3)
        if not use.used:
            return
        part = min(1.0, use.used / use.amount) if use.amount else 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("badf" if over else "acc"))
        painter.drawRoundedRect(QRectF(place.left(), place.top(), max(6.0, place.width() * part), 6), 3, 3)
