"""Budget page: how much a month may cost, at which parts of it to tell, and whether to tell on the desktop.

Owns these three. Does not own the rules that watch the budget (alerts).
"""

from __future__ import annotations

from tokenwatch.base.format import money_set
from tokenwatch.base.settings import MAX_BUDGET_USD, Settings
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.amount_text import read_amount
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.thresholds import Thresholds


class BudgetPage(SettingsPage):
    def __init__(self, look: Look) -> None:
        super().__init__(look, "Budget & alerts", "snooze")
        self.budget = Field(look, "Monthly budget in US dollars", 104, self._read, self._write)
        self.budget.setPlaceholderText("none")
        self.budget.entered.connect(self._enter_budget)
        self.thresholds = Thresholds(look)
        self.thresholds.changed.connect(self._change_thresholds)
        self.notifications = Switch(look, "Notifications on the desktop")
        self.notifications.clicked.connect(lambda on: self.change(notifications=on))
        self.form.add("Monthly budget", self.budget, hint="US dollars, from the 1st; empty for none")
        note = self.form.add("Tell me at", self.thresholds, hint="of the budget")
        self.thresholds.refused.connect(lambda why: note.say(why or "of the budget", "bad" if why else "t2"))
        self.form.add("Notifications", self.notifications, hint="on the desktop, at most one a minute")
        self._settings = Settings()

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.budget.set_value(settings.budget)
        self.thresholds.show_values(settings.thresholds)
        self.notifications.setChecked(settings.notifications)

    def _read(self, text: str) -> int | None:
        return read_amount(text, MAX_BUDGET_USD, self.look.numerals) or None

    def _write(self, budget: int | None) -> str:
        return money_set(budget, self.look.numerals) if budget else ""

    def _enter_budget(self, budget: int | None) -> None:
        before = self._settings.budget
        lost = f"The budget of {self._write(before)} is gone." if before and not budget else ""
        self.change(lost, budget=budget)

    def _change_thresholds(self, thresholds: tuple[int, ...]) -> None:
        gone = sorted(set(self._settings.thresholds) - set(thresholds))
        fewer = len(thresholds) < len(self._settings.thresholds)
        lost = f"You are no longer told at {', '.join(f'{each}%' for each in gone)}." if gone and fewer else ""
        self.change(lost, thresholds=thresholds)
