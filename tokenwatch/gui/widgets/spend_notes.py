"""Spend notes: lines below the figures that a person may act on - other budgets, models without a price, plans seen.

Owns the lines. Does not own what follows from their links.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.base.format import money, money_set, percent, tokens, whole
from tokenwatch.base.snapshot import BudgetUse, Month
from tokenwatch.base.text import plain, project_name
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark, paint_mark
from tokenwatch.gui.widgets.mirror import beside, painter_of

MOST_MODELS = 6


class NoteLine(msgspec.Struct, frozen=True):
    """``share`` is drawn as a bar, None for none. ``link`` and ``what``: its button and what goes with it.

    ``other`` and ``other_what`` are a second one.
    """

    text: str
    right: str = ""
    mark: Mark = ""
    share: float | None = None
    link: str = ""
    what: tuple[str, str] = ("", "")
    other: str = ""
    other_what: tuple[str, str] = ("", "")


def budget_lines(budgets: Sequence[BudgetUse], look: Look) -> tuple[NoteLine, ...]:
    """Every budget but the month's, which has the headline."""
    spans = {"month": tr("this month"), "week": tr("this week"), "day": tr("today")}
    lines = []
    for use in budgets:
        if not use.id:
            continue
        name = tr("a project") if look.hidden and use.project else project_name(use.project) if use.project else ""
        name = plain(name or (look.agent_name(use.agent) if use.agent else tr("Everything")), 40)
        basis = tr(" at list prices") if use.basis == "listed" else ""
        text = f"{name} {spans[use.span]}{basis}"
        numerals = look.numerals
        used, amount = money(use.used, numerals), money_set(use.amount, numerals)
        right = tr("{used} of {amount} · {part}", used=used, amount=amount, part=percent(use.used / use.amount))
        share = min(1.0, use.used / use.amount)
        lines.append(NoteLine(text, right, "problem" if use.used > use.amount else "", share))
    return tuple(lines)


def unpriced_lines(unpriced: Sequence[tuple[str, int]], look: Look) -> tuple[NoteLine, ...]:
    return tuple(
        NoteLine(
            tr("{model} has no price", model=plain(model, 50) or tr("an unnamed model")),
            tr("{number} requests", number=whole(requests, look.numerals)),
            "waiting",
            link=tr("Set a price…"),
            what=("price", model),
        )
        for model, requests in unpriced[:MOST_MODELS]
    )


def estimated_lines(month: Month | None, look: Look) -> tuple[NoteLine, ...]:
    """How much of the month is an estimate, which is counted and marked apart."""
    if month is None or not month.estimated_tokens:
        return ()
    share = percent(month.estimated_tokens / month.tokens) if month.tokens else ""
    words = tr(
        "~{tokens} tokens are estimates: their agents do not write enough to be exact",
        tokens=tokens(month.estimated_tokens, look.numerals),
    )
    return (NoteLine(words, tr("{share} of all", share=share) if share else ""),)


def restated_lines(month: Month | None, look: Look) -> tuple[NoteLine, ...]:
    if month is None:
        return ()
    lines = []
    for each in month.restated:
        day = look.day(look.moment(each.at).date())
        change = f"{money(each.before, look.numerals)} → {money(each.after, look.numerals)}"
        lines.append(
            NoteLine(
                tr("Restated on {day}, {number} requests", day=day, number=whole(each.requests, look.numerals)),
                change,
            )
        )
    return tuple(lines)


class SpendNotes(QWidget):
    """Hidden while there is nothing to say."""

    asked = Signal(str, str)
    """What a line's link is for, and about what."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: tuple[NoteLine, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def lines(self) -> tuple[NoteLine, ...]:
        return self._lines

    def rows(self) -> tuple[NoteRow, ...]:
        found = (self._column.itemAt(number).widget() for number in range(self._column.count()))  # type: ignore[union-attr]
        return tuple(row for row in found if isinstance(row, NoteRow))

    def show_lines(self, lines: Sequence[NoteLine]) -> None:
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in self._lines:
            self._column.addWidget(NoteRow(self._look, line, self.asked.emit))


class NoteRow(QWidget):
    def __init__(self, look: Look, line: NoteLine, ask: Callable[[str, str], None]) -> None:
        super().__init__()
        self._look, self._line = look, line
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.setSpacing(8)
        self.links: list[Button] = []
        for words, what in ((line.link, line.what), (line.other, line.other_what)):
            if words:
                link = Button(look, words, kind="link", name=f"{words} {line.text}")
                link.clicked.connect(lambda _=False, what=what: ask(*what))
                row.addWidget(link)
                self.links.append(link)
        if not self.links:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{line.text} {line.right}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(320, self._look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, line, frame = self._look, self._line, QRectF(self.rect())
        base = middle(look, frame, 12.5)
        x = 0.0
        if line.mark:
            paint_mark(painter, look, line.mark, QPointF(7, frame.center().y()), look.px(11))
            x = 20.0
        right = (beside(self.links[0]).left() - 8.0) if self.links else float(self.width())
        ink = "bad" if line.mark == "problem" else "t2"
        start = draw_right(painter, look, right, base, (Run(line.right, 12, 500, ink),), self.width() * 0.5)
        if line.share is not None:
            bar = QRectF(start - look.px(120) - 14, frame.center().y() - 3, look.px(120), 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("sunk"))
            painter.drawRoundedRect(bar, 3, 3)
            painter.setBrush(look.color("badf" if line.mark == "problem" else "acc"))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * line.share, 6), 3, 3)
            start = bar.left()
        draw(painter, look, x, base, (Run(line.text, 12.5),), start - x - 12)
