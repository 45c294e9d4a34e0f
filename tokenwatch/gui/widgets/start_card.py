"""Start card: the budget and the plan offered once, in one step, when the first agents were found.

Owns the question and its two fields. Does not own settings: what was entered is told, as one change.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tokenwatch.base.format import money_set
from tokenwatch.base.settings import MAX_BUDGET_USD, MAX_FEE_USD
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.amount_text import read_amount
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.choice_button import ChoiceButton
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_frame
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.text import Text


class StartCard(QWidget):
    """Both are offered, neither is demanded: "Not now" is one of the two buttons."""

    entered = Signal(object, str, object)
    """The month's budget in nano-dollars or None, the agent that is in a plan or nothing, and the plan's fee."""
    declined = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.budget = Field(look, tr("Monthly budget in US dollars"), 84, self._read_budget, self._write)
        self.budget.setPlaceholderText(tr("none"))
        self.agent = ChoiceButton(look, [("", tr("none"))], label=tr("Plan"))
        self.fee = Field(look, tr("Monthly fee in US dollars"), 72, self._read_fee, self._write)
        self.fee.setPlaceholderText(tr("fee"))
        self.save = Button(look, tr("Save"), kind="primary")
        self.later = Button(look, tr("Not now"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 13, 10)
        column.setSpacing(4)
        column.addWidget(Text(look, tr("What may a month cost?"), px=13, weight=600))
        column.addWidget(
            Text(
                look,
                tr("A budget and a flat plan make the numbers yours. Both can be set later, too."),
                ink="t2",
                most=2,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Text(look, tr("Budget a month"), weight=500))
        for part in (self.budget, self.agent, self.fee):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.later)
        row.addWidget(self.save)
        column.addLayout(row)
        self.agent.chosen.connect(lambda agent: self.fee.setVisible(bool(agent)))
        self.fee.hide()
        self.save.clicked.connect(self._save)
        self.later.clicked.connect(self.declined)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("What may a month cost?"))
        look.follow(self)

    def offer(self, agents: list[tuple[str, str]]) -> None:
        """(id, name) of the agents that were found."""
        self.agent.offer([("", tr("none")), *agents])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_frame(painter, self._look, self.rect().toRectF(), 10)

    def _save(self) -> None:
        for field in (self.budget, self.fee):
            field.take()
        if self.budget.wrong() or (self.agent.value() and self.fee.wrong()):
            return
        self.entered.emit(self.budget.value() or None, self.agent.value(), self.fee.value() or 0)

    def _read_budget(self, text: str) -> int:
        return read_amount(text, MAX_BUDGET_USD, self._look.numerals)

    def _read_fee(self, text: str) -> int:
        return read_amount(text, MAX_FEE_USD, self._look.numerals)

    def _write(self, amount: int | None) -> str:
        return money_set(amount, self._look.numerals) if amount else ""
