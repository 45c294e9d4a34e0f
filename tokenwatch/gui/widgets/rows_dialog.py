"""Rows dialog: a small table to edit - plans with their dates, or budgets - one row each, checked as the file is.

Owns the table and reading it. Does not own what a row may hold (base/settings_rows.py) or keeping it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tokenwatch.base import settings_rows
from tokenwatch.base.billing import Budget, Plan
from tokenwatch.base.money import to_dollars
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.text import Text

Kind = Literal["text", "amount", "day", "percents"]
Columns = tuple[tuple[str, str, Kind], ...]

PLAN_COLUMNS: Final[Columns] = (
    ("agent", mark("Agent"), "text"),
    ("account", mark("Account"), "text"),
    ("name", mark("Plan"), "text"),
    ("mode", mark("Paid as"), "text"),
    ("fee_month", mark("Fee a month"), "amount"),
    ("currency", mark("Currency"), "text"),
    ("from", mark("From"), "day"),
    ("until", mark("Until"), "day"),
    ("included_month_usd", mark("Covers, US dollars"), "amount"),
)
BUDGET_COLUMNS: Final[Columns] = (
    ("id", mark("Name"), "text"),
    ("amount_usd", mark("US dollars"), "amount"),
    ("period", mark("Each"), "text"),
    ("of", mark("Of"), "text"),
    ("agent", mark("Agent"), "text"),
    ("project", mark("Project"), "text"),
    ("thresholds", mark("Tell me at %"), "percents"),
)


class RowsDialog(QDialog):
    def __init__(
        self,
        look: Look,
        title: str,
        about: str,
        columns: Columns,
        rows: Sequence[Sequence[str]],
        new: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._new = columns, tuple(new)
        self.setWindowTitle(title)
        self.resize(look.px(820), look.px(340))
        self.grid = QTableWidget(0, len(columns))
        self.grid.setHorizontalHeaderLabels([tr(words) for _, words, _ in columns])
        self.grid.setAccessibleName(title)
        self.grid.verticalHeader().hide()
        self.grid.setFont(look.font(12.5))
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for row in rows:
            self._append(row)
        self.wrong = Text(look, "", ink="bad", most=2, tall=24)
        self.add = QPushButton(tr("Add a row"))
        self.remove = QPushButton(tr("Remove the row"))
        self.add.clicked.connect(lambda: self._append(self._new))
        self.remove.clicked.connect(self._drop)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self._try)
        self.buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.addWidget(Text(look, about, ink="t2", most=3))
        column.addWidget(self.grid, 1)
        column.addWidget(self.wrong)
        column.addLayout(foot)

    def plans(self) -> tuple[Plan, ...]:
        """The plans in the table; those with a mistake are said and left out."""
        return settings_rows.plans(self._rows())

    def budgets(self) -> tuple[Budget, ...]:
        return settings_rows.budgets(self._rows())

    def _rows(self) -> list[settings_rows.Row]:
        self.wrong.say("")
        found = []
        for row in range(self.grid.rowCount()):
            values = {}
            for column, (key, _, kind) in enumerate(self._columns):
                item = self.grid.item(row, column)
                text = item.text().strip() if item is not None else ""
                if text:
                    values[key] = _value(text, kind)
            found.append(settings_rows.Row(row + 1, values, self._refuse))
        return found

    def _refuse(self, number: int, why: str) -> None:
        if not self.wrong.text():
            self.wrong.say(tr("Row {number}: {why}.", number=number, why=why))

    def _try(self) -> None:
        if self._columns is PLAN_COLUMNS:
            self.plans()
        else:
            self.budgets()
        if not self.wrong.text():
            self.accept()

    def _append(self, texts: Sequence[str]) -> None:
        row = self.grid.rowCount()
        self.grid.insertRow(row)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if self._columns[column][2] == "amount":
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.grid.setItem(row, column, item)

    def _drop(self) -> None:
        row = self.grid.currentRow()
        if row >= 0:
            self.grid.removeRow(row)


def plans_dialog(look: Look, plans: Sequence[Plan], parent: QWidget | None = None) -> RowsDialog:
    rows = [
        (
            plan.agent,
            plan.provider,
            plan.name,
            plan.mode,
            _dollars(plan.fee),
            plan.currency,
            plan.since.isoformat() if plan.since else "",
            plan.until.isoformat() if plan.until else "",
            _dollars(plan.included) if plan.included else "",
        )
        for plan in plans
    ]
    about = tr(
        "A row goes before the settings of Plans, from its first day until the day before its last. Paid as: "
        "metered, plan, or overage, which covers so much a month. Account: only what is billed through this provider."
    )
    new = ("claude-code", "", "", "plan", "20", "USD", "", "", "")
    return RowsDialog(look, tr("Plans with dates"), about, PLAN_COLUMNS, rows, new, parent)


def budgets_dialog(look: Look, budgets: Sequence[Budget], parent: QWidget | None = None) -> RowsDialog:
    rows = [
        (
            budget.id,
            _dollars(budget.amount),
            budget.span,
            budget.basis,
            budget.agent,
            budget.project,
            ", ".join(map(str, budget.thresholds)),
        )
        for budget in budgets
    ]
    about = tr(
        "Besides the month’s budget. Each: month, week or day. Of: paid (what you pay) or listed (at API prices). "
        "An agent or a project may be left empty."
    )
    new = ("", "50", "week", "paid", "", "", "")
    return RowsDialog(look, tr("Budgets"), about, BUDGET_COLUMNS, rows, new, parent)


def _dollars(nano: int) -> str:
    text = f"{to_dollars(nano):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _value(text: str, kind: Kind) -> Any:
    """As the file would have it; what is none stays a text, which the check of the row then refuses in words."""
    if kind == "amount":
        try:
            return Decimal(text.removeprefix("$").replace(",", ""))
        except InvalidOperation:
            return text
    if kind == "day":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if kind == "percents":
        parts = [part.strip().removesuffix("%") for part in text.split(",")]
        return [int(part) if part.isascii() and part.isdigit() else part for part in parts]
    return text
