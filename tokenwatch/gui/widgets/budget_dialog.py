"""Budget dialog: a rule of one's own - tell me when what this uses passes so much in a month, week or day.

Owns the fields, what is missing in them, and the list of rules that are there, each with a button to take it away.
Does not own the watching (alerts/rules/budget.py) or the settings' file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from msgspec.structs import replace
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from tokenwatch.base.billing import Basis, Budget, Span
from tokenwatch.base.format import money_set
from tokenwatch.base.settings import MAX_BUDGET_USD, Settings
from tokenwatch.base.text import plain, project_name
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.amount_text import read_amount
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.look import Look

_SPANS = (("month", mark("a month")), ("week", mark("a week")), ("day", mark("a day")))
_BASES = (("paid", mark("of what you pay by use")), ("listed", mark("of everything, at API prices")))


def with_budget(settings: Settings, budget: Budget) -> Settings:
    """The settings with one more budget, under an id that no other has."""
    taken = {each.id for each in settings.budgets}
    number = next(n for n in range(1, len(taken) + 2) if f"budget{n}" not in taken)
    return replace(settings, budgets=(*settings.budgets, replace(budget, id=f"budget{number}")))


def without_budget(settings: Settings, budget_id: str) -> Settings:
    return replace(settings, budgets=tuple(each for each in settings.budgets if each.id != budget_id))


class BudgetDialog(QDialog):
    """``agents`` are (id, name). ``project`` or ``agent``: what it is about at first; nothing: everything."""

    def __init__(
        self,
        look: Look,
        settings: Settings,
        agents: Sequence[tuple[str, str]],
        change: Callable[[Settings], None],
        *,
        project: str = "",
        agent: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._settings, self._change = look, settings, change
        self._agents = dict(agents)
        self.setWindowTitle(tr("New rule"))
        form = QFormLayout(self)
        self.about = self._choice(tr("What it watches"), [("", tr("Everything")), *self._subjects(project)])
        self.about.setCurrentIndex(max(0, self.about.findData(f"agent:{agent}" if agent else f"project:{project}")))
        if not (agent or project):
            self.about.setCurrentIndex(0)
        self.amount = QLineEdit()
        self.amount.setPlaceholderText(money_set(50 * 10**9, look.numerals))
        self.amount.setAccessibleName(tr("Amount in US dollars"))
        self.amount.textChanged.connect(self._check)
        self.span = self._choice(tr("In which time"), [(span, tr(words)) for span, words in _SPANS])
        self.basis = self._choice(tr("Counted"), [(basis, tr(words)) for basis, words in _BASES])
        self.wrong = self._words("")
        form.addRow(tr("Tell me when"), self.about)
        form.addRow(tr("passes"), self.amount)
        form.addRow("", self.span)
        form.addRow("", self.basis)
        form.addRow(self.wrong)
        self.removers: dict[str, Button] = {}
        for budget in settings.budgets:
            self._list(form, budget)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form.addRow(self.buttons)
        self.amount.setFocus()
        self._check()

    def given(self) -> Budget | None:
        """The rule, without an id; None while the amount makes no sense."""
        try:
            amount = read_amount(self.amount.text(), MAX_BUDGET_USD, self._look.numerals)
        except ValueError:
            return None
        if not amount:
            return None
        kind, _, value = str(self.about.currentData()).partition(":")
        return Budget(
            "",
            amount,
            cast("Span", self.span.currentData()),
            cast("Basis", self.basis.currentData()),
            agent=value if kind == "agent" else "",
            project=value if kind == "project" else "",
        )

    def accept(self) -> None:
        given = self.given()
        if given is not None:
            self._change(with_budget(self._settings, given))
        super().accept()

    def _subjects(self, project: str) -> list[tuple[str, str]]:
        """Agents, and the projects that are known here."""
        projects = dict.fromkeys(filter(None, (project, *(each.project for each in self._settings.budgets))))
        found = [(f"agent:{agent}", plain(name, 40)) for agent, name in self._agents.items()]
        return found + [(f"project:{path}", plain(project_name(path), 60)) for path in projects]

    def _list(self, form: QFormLayout, budget: Budget) -> None:
        spans = dict(_SPANS)
        name = project_name(budget.project) if budget.project else self._agents.get(budget.agent, budget.agent)
        name = plain(name, 60) or tr("Everything")
        amount = money_set(budget.amount, self._look.numerals)
        text = tr("{name} passes {amount} {span}", name=name, amount=amount, span=tr(spans[budget.span]))
        words, remove = (
            self._words(text),
            Button(self._look, tr("Remove"), kind="link", name=f"{tr('Remove')}: {text}"),
        )
        self.removers[budget.id] = remove

        def take_away() -> None:
            self._settings = without_budget(self._settings, budget.id)
            words.hide()
            remove.hide()
            self._change(self._settings)

        remove.clicked.connect(take_away)
        form.addRow(words, remove)

    def _choice(self, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for value, words in choices:
            box.addItem(words, value)
        return box

    def _words(self, text: str) -> QLabel:
        from PySide6.QtCore import Qt

        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _check(self) -> None:
        if not hasattr(self, "buttons"):
            return
        why = ""
        try:
            read_amount(self.amount.text(), MAX_BUDGET_USD, self._look.numerals)
        except ValueError as error:
            why = str(error)
        self.wrong.setText(why)
        self.wrong.setVisible(bool(why))
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(self.given() is not None)
