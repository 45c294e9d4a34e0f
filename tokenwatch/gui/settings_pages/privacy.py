"""Privacy page: what stays on this computer, what is shown of it, and the few things that go online if wanted.

Owns these switches and the words beside them. Does not own what they switch, or the rows about history
(history_rows.py).
"""

from __future__ import annotations

from tokenwatch.base.settings import Settings
from tokenwatch.base.translation import tr
from tokenwatch.gui.history_store import HistoryStore
from tokenwatch.gui.settings_pages.history_rows import HistoryRows
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.settings_pages.promise import Promise
from tokenwatch.gui.widgets.key_names import key_name
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.remote.transport import ANTHROPIC_HOST, OPENAI_HOST, PRICES_HOST, RATES_HOST


class PrivacyPage(SettingsPage):
    """``history`` None: nothing is kept here that could be exported or deleted."""

    def __init__(self, look: Look, history: HistoryStore | None = None) -> None:
        super().__init__(look, tr("Privacy"), "shield")
        kept = tr(
            "Kept: token counts, times, models, and names of projects and tools. Never kept: prompts, answers, "
            "code, keys."
        )
        self.promise = Promise(look, tr("Your logs stay on this computer."), kept)
        self.form.column.addWidget(self.promise)
        self.doing = Switch(look, tr("Show what agents do"))
        self.doing.clicked.connect(lambda on: self.change(show_doing=on))
        self.sharing = Switch(look, tr("Hide names and money"))
        self.sharing.clicked.connect(lambda on: self.change(screen_sharing=on))
        self.prices = Switch(look, tr("Fetch newer prices"))
        self.prices.clicked.connect(lambda on: self.change(update_prices="weekly" if on else "never"))
        self.rates = Switch(look, tr("Fetch rates of currencies"))
        self.rates.clicked.connect(lambda on: self.change(update_rates="weekly" if on else "never"))
        self.bills = Switch(look, tr("Check bills"))
        self.bills.clicked.connect(lambda on: self.change(check_bills=on))
        self.form.add(tr("What agents do"), self.doing, hint=tr("“Editing session.ts”, read live, not kept"))
        hidden = tr("hide project names and money ({keys})", keys=key_name("Ctrl+H"))
        self.form.add(tr("Screen sharing"), self.sharing, hint=hidden)
        self.history = HistoryRows(look, self.form, self, history, lambda months: self.change(keep_months=months))
        self.form.rule()
        self.form.say(tr("Goes online for"), ink="t1", weight=600, most=1)
        self.form.add(tr("Price list"), self.prices, hint=tr("{host}, weekly, no identifiers", host=PRICES_HOST))
        self.form.add(tr("Currency rates"), self.rates, hint=tr("{host}, weekly, no identifiers", host=RATES_HOST))
        self.form.add(tr("Bill checks"), self.bills, hint=tr("only providers under Accounts"))
        self.form.say(
            tr(
                "A bill check sends {anthropic} and {openai} the admin key you typed for each, and the days that are "
                "asked for. Nothing that was counted here is ever sent, and nobody else is asked.",
                anthropic=ANTHROPIC_HOST,
                openai=OPENAI_HOST,
            )
        )

    def show_settings(self, settings: Settings) -> None:
        self.history.show_months(settings.keep_months)
        self.doing.setChecked(settings.show_doing)
        self.sharing.setChecked(settings.screen_sharing)
        self.prices.setChecked(settings.update_prices == "weekly")
        self.rates.setChecked(settings.update_rates == "weekly")
        self.bills.setChecked(settings.check_bills)
