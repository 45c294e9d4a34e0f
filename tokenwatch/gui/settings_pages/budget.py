"""Budget page: how much a month or day may cost, at which parts of it to tell, what else to tell, and when not to.

Owns these. Does not own the rules that watch the budgets (alerts) or the list of other budgets (project_budgets.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from tokenwatch.alerts.rules import forecast, waiting
from tokenwatch.alerts.thresholds import WAITING_MS
from tokenwatch.base import settings_values as values
from tokenwatch.base.billing import Budget
from tokenwatch.base.format import duration, money_set
from tokenwatch.base.settings import MAX_BUDGET_USD, Settings
from tokenwatch.base.settings_values import MAX_START_DAY
from tokenwatch.base.snapshot import BudgetUse
from tokenwatch.base.translation import tr
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.settings_pages.project_budgets import ProjectBudgets
from tokenwatch.gui.widgets.amount_text import read_amount
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.rows_dialog import RowsDialog, budgets_dialog
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.text import Text
from tokenwatch.gui.widgets.thresholds import Thresholds

_DAILY: Final = "daily"
"""The id of a daily budget that is set here."""


class BudgetPage(SettingsPage):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Budgets & alerts"), "snooze")
        self._settings = Settings()
        self.budget = self._amount(tr("Monthly budget in US dollars"))
        self.budget.entered.connect(self._enter_budget)
        self.start = Field(look, tr("First day of a month"), 44, _read_start, str)
        self.start.entered.connect(lambda day: self.change(month_start=day))
        begins = Text(look, tr("US dollars, from day"), px=11.5, ink="t2")
        self.thresholds = Thresholds(look)
        self.thresholds.changed.connect(self._change_thresholds)
        self.projection = Switch(look, tr("Tell me when the projection passes the budget"))
        self.projection.clicked.connect(lambda on: self._switch(forecast.ID, on))
        self.daily = self._amount(tr("Daily budget in US dollars"))
        self.daily.entered.connect(self._enter_daily)
        self.waiting = Switch(look, tr("Tell me when an agent waits"))
        self.waiting.clicked.connect(lambda on: self._switch(waiting.ID, on))
        self.notifications = Switch(look, tr("Notifications on the desktop"))
        self.notifications.clicked.connect(lambda on: self.change(notifications=on))
        self.quiet = Field(look, tr("Quiet hours"), 120, _read_hours, _write_hours)
        self.quiet.setPlaceholderText(tr("none"))
        self.quiet.entered.connect(lambda hours: self.change(quiet=hours))
        add = self.form.add
        add(tr("Monthly budget"), self.budget, begins, self.start)
        note = add(tr("Tell me at"), self.thresholds, hint=tr("of the budget"))
        self.thresholds.refused.connect(lambda why: note.say(why or tr("of the budget"), "bad" if why else "t2"))
        add(tr("Also tell me"), self.projection, hint=tr("when the projection passes the budget"))
        add(tr("Daily budget"), self.daily, hint=tr("metered, in US dollars; empty for none"))
        after = duration(WAITING_MS / 1000)
        add(tr("Agent waiting"), self.waiting, hint=tr("tell me after {time}", time=after))
        add(tr("Notifications"), self.notifications, hint=tr("on the desktop, at most one a minute"))
        add(tr("Quiet hours"), self.quiet, hint=tr("only what is urgent is told; empty for none"))
        self.form.rule()
        self.others = ProjectBudgets(look)
        self.form.column.addWidget(self.others)
        self.more = Button(look, tr("More budgets…"))
        self.more.clicked.connect(self._open_budgets)
        self.form.put(self.more)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.others.show_uses(self.others.uses(), hidden=settings.screen_sharing)
        self.budget.set_value(settings.budget)
        self.start.set_value(settings.month_start)
        self.thresholds.show_values(settings.thresholds)
        self.projection.setChecked(forecast.ID not in settings.alerts_off)
        found = daily_budget(settings)
        self.daily.set_value(found.amount if found is not None else None)
        self.waiting.setChecked(waiting.ID not in settings.alerts_off)
        self.notifications.setChecked(settings.notifications)
        self.quiet.set_value(settings.quiet)

    def show_budgets(self, uses: Sequence[BudgetUse]) -> None:
        """What is used of every budget."""
        self.others.show_uses(uses, hidden=self._settings.screen_sharing)

    def _amount(self, name: str) -> Field:
        field = Field(self.look, name, 104, self._read, self._write)
        field.setPlaceholderText(tr("none"))
        return field

    def _read(self, text: str) -> int | None:
        return read_amount(text, MAX_BUDGET_USD, self.look.numerals) or None

    def _write(self, budget: int | None) -> str:
        return money_set(budget, self.look.numerals) if budget else ""

    def _enter_budget(self, budget: int | None) -> None:
        before = self._settings.budget
        lost = tr("The budget of {write} is gone.", write=self._write(before)) if before and not budget else ""
        self.change(lost, budget=budget)

    def _enter_daily(self, amount: int | None) -> None:
        before = daily_budget(self._settings)
        lost = ""
        if before is not None and not amount:
            lost = tr("The budget of {write} is gone.", write=self._write(before.amount))
        self.change(lost, budgets=with_daily(self._settings, amount))

    def _switch(self, rule: str, on: bool) -> None:
        off = set(self._settings.alerts_off) - {rule} if on else {*self._settings.alerts_off, rule}
        self.change(alerts_off=tuple(sorted(off)))

    def _change_thresholds(self, thresholds: tuple[int, ...]) -> None:
        gone = sorted(set(self._settings.thresholds) - set(thresholds))
        fewer = len(thresholds) < len(self._settings.thresholds)
        lost = (
            tr("You are no longer told at {join}.", join=", ".join(f"{each}%" for each in gone))
            if gone and fewer
            else ""
        )
        self.change(lost, thresholds=thresholds)

    def _open_budgets(self) -> None:
        dialog: RowsDialog = budgets_dialog(self.look, self._settings.budgets, self)
        dialog.accepted.connect(lambda: self.change(budgets=dialog.budgets()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def daily_budget(settings: Settings) -> Budget | None:
    """The first budget of everything that is paid in a day."""
    days = (each for each in settings.budgets if each.whole and each.span == "day" and each.basis == "paid")
    return next(days, None)


def with_daily(settings: Settings, amount: int | None) -> tuple[Budget, ...]:
    """The budgets with a daily one of ``amount``, where the one before stood; without it if there is no amount."""
    before = daily_budget(settings)
    if before is not None:
        changed = (replace(each, amount=amount or 0) if each is before else each for each in settings.budgets)
        return tuple(each for each in changed if each.amount)
    if not amount:
        return settings.budgets
    taken = {each.id for each in settings.budgets}
    numbered = (f"{_DAILY}{number}" for number in range(2, len(taken) + 3))
    name = next(each for each in (_DAILY, *numbered) if each not in taken)
    return (*settings.budgets, Budget(name, amount, "day"))


def _read_start(text: str) -> int:
    day = text.strip() or "1"
    if not (day.isascii() and day.isdigit() and 1 <= int(day) <= MAX_START_DAY):
        raise ValueError(tr("A day from 1 to 28"))
    return int(day)


def _read_hours(text: str) -> tuple[int, int] | None:
    try:
        return values.hours(text.strip())
    except values.Mistake:
        raise ValueError(tr("Two clock times such as 20:00-08:00")) from None


def _write_hours(hours: tuple[int, int] | None) -> str:
    if hours is None:
        return ""
    return "–".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in hours)
