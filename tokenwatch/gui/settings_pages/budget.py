"""Budget page: how much a month may cost, at which parts of it to tell, and when not to.

Owns these. Does not own the rules that watch the budget (alerts).
"""

from __future__ import annotations

from tokenwatch.base import settings_values as values
from tokenwatch.base.format import money_set
from tokenwatch.base.settings import MAX_BUDGET_USD, Settings
from tokenwatch.base.translation import tr
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.amount_text import read_amount
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.thresholds import Thresholds


class BudgetPage(SettingsPage):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Budgets & alerts"), "snooze")
        self.budget = Field(look, tr("Monthly budget in US dollars"), 104, self._read, self._write)
        self.budget.setPlaceholderText(tr("none"))
        self.budget.entered.connect(self._enter_budget)
        self.thresholds = Thresholds(look)
        self.thresholds.changed.connect(self._change_thresholds)
        self.notifications = Switch(look, tr("Notifications on the desktop"))
        self.notifications.clicked.connect(lambda on: self.change(notifications=on))
        self.form.add(tr("Monthly budget"), self.budget, hint=tr("US dollars, from the 1st; empty for none"))
        note = self.form.add(tr("Tell me at"), self.thresholds, hint=tr("of the budget"))
        self.thresholds.refused.connect(lambda why: note.say(why or tr("of the budget"), "bad" if why else "t2"))
        self.form.add(tr("Notifications"), self.notifications, hint=tr("on the desktop, at most one a minute"))
        self.quiet = Field(look, tr("Quiet hours"), 120, _read_hours, _write_hours)
        self.quiet.setPlaceholderText(tr("none"))
        self.quiet.entered.connect(lambda hours: self.change(quiet=hours))
        self.form.add(tr("Quiet hours"), self.quiet, hint=tr("only what is urgent is told; empty for none"))
        self._settings = Settings()

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.budget.set_value(settings.budget)
        self.thresholds.show_values(settings.thresholds)
        self.notifications.setChecked(settings.notifications)
        self.quiet.set_value(settings.quiet)

    def _read(self, text: str) -> int | None:
        return read_amount(text, MAX_BUDGET_USD, self.look.numerals) or None

    def _write(self, budget: int | None) -> str:
        return money_set(budget, self.look.numerals) if budget else ""

    def _enter_budget(self, budget: int | None) -> None:
        before = self._settings.budget
        lost = tr("The budget of {write} is gone.", write=self._write(before)) if before and not budget else ""
        self.change(lost, budget=budget)

    def _change_thresholds(self, thresholds: tuple[int, ...]) -> None:
        gone = sorted(set(self._settings.thresholds) - set(thresholds))
        fewer = len(thresholds) < len(self._settings.thresholds)
        lost = (
            tr("You are no longer told at {join}.", join=", ".join(f"{each}%" for each in gone))
            if gone and fewer
            else ""
        )
        self.change(lost, thresholds=thresholds)


def _read_hours(text: str) -> tuple[int, int] | None:
    try:
        return values.hours(text.strip())
    except values.Mistake:
        raise ValueError(tr("Two clock times such as 20:00-08:00")) from None


def _write_hours(hours: tuple[int, int] | None) -> str:
    if hours is None:
        return ""
    return "–".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in hours)
