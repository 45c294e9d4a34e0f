"""Checking the settings: from a parsed file to :class:`Settings`, with a sentence and its line for each mistake.

Owns which keys there are and what stands in for a wrong value. Does not own what a value may be (settings_values.py,
settings_rows.py) or reading the file (settings_reading.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from tokenwatch.base import settings_rows as rows
from tokenwatch.base import settings_values as values
from tokenwatch.base.billing import Billing, Mode
from tokenwatch.base.settings import (
    Digit,
    Icon,
    Language,
    LogDetail,
    Motion,
    Rows,
    Settings,
    Theme,
    Updates,
)
from tokenwatch.base.text import plain
from tokenwatch.base.toml_lines import Entry, lines_of, place
from tokenwatch.base.translation import tr

MAX_MISTAKES: Final = 20
"""More sentences than this are only counted."""


def used(value: str) -> str:
    """What stands in for a wrong value."""
    return tr("{value} is used", value=value)


class Check(msgspec.Struct):
    """One reading of a parsed file: takes the known entries and collects sentences about the others."""

    content: Mapping[str, Any]
    text: str
    name: str
    problems: list[tuple[int, str]] = msgspec.field(default_factory=list)
    lines: dict[Entry, int] | None = None

    def settings(self) -> tuple[Settings, tuple[str, ...]]:
        default = Settings()
        take = self._take
        settings = Settings(
            budget=take(("budget_month_usd",), values.budget, default.budget, tr("no budget is set")),
            thresholds=take(("thresholds",), values.thresholds, default.thresholds, tr("50, 80 and 100 are used")),
            notifications=take(("notifications",), values.switch, default.notifications, used("true")),
            theme=take(("theme",), values.one_of(Theme), default.theme, used('"system"')),
            icon=take(("icon",), values.one_of(Icon), default.icon, used('"auto"')),
            timezone=take(("timezone",), values.timezone, default.timezone, tr("the system's zone is used")),
            billing=self._billing(),
            count_cache_reads=take(("count_cache_reads",), values.switch, default.count_cache_reads, used("false")),
            text_size=take(("text_size",), values.text_size, default.text_size, used("100")),
            rows=take(("rows",), values.one_of(Rows), default.rows, used('"normal"')),
            patterns=take(("patterns",), values.switch, default.patterns, used("false")),
            language=take(("language",), values.one_of(Language), default.language, used('"system"')),
            motion=take(("motion",), values.one_of(Motion), default.motion, used('"system"')),
            global_shortcut=take(("global_shortcut",), values.switch, default.global_shortcut, used("false")),
            screen_sharing=take(("screen_sharing",), values.switch, default.screen_sharing, used("false")),
            check_bills=take(("check_bills",), values.switch, default.check_bills, used("false")),
            show_doing=take(("show_doing",), values.switch, default.show_doing, used("true")),
            alerts_off=take(("alerts_off",), values.names, default.alerts_off, tr("every rule is on")),
            month_start=take(("month_start_day",), values.start_day, default.month_start, used("1")),
            own_cpu_percent=take(("own_cpu_percent",), values.own_percent, default.own_cpu_percent, used("2")),
            currency=take(("currency",), values.currency, default.currency, used('"USD"')),
            update_prices=take(("update_prices",), values.one_of(Updates), "never", used('"never"')),
            update_rates=take(("update_rates",), values.one_of(Updates), "never", used('"never"')),
            rates=self._rates(),
            folders=self._folders(),
            wsl=take(("wsl",), values.switch, default.wsl, used("false")),
            agents_off=take(("agents_off",), values.names, default.agents_off, tr("every agent is read")),
            digit=take(("digit",), values.one_of(Digit), default.digit, used('"working"')),
            log_detail=take(("log_detail",), values.one_of(LogDetail), default.log_detail, used('"normal"')),
            keep_months=take(("keep_history_months",), values.months, default.keep_months, tr("all of it is kept")),
            budgets=rows.budgets(self._rows("budget")),
            plans=rows.plans(self._rows("plan")),
            quiet=take(("quiet_hours",), values.hours, default.quiet, tr("there are no quiet hours")),
        )
        self._unknown((), self.content, TOP_KEYS)
        sentences = [sentence for _, sentence in sorted(self.problems, key=lambda found: found[0])]
        if len(sentences) > MAX_MISTAKES:
            left = len(sentences) - MAX_MISTAKES
            sentences[MAX_MISTAKES:] = [
                tr("{file}: {count} more mistakes.", file=self.name, count=left)
                if left > 1
                else tr("{file}: 1 more mistake.", file=self.name)
            ]
        return settings, tuple(sentences)

    def _billing(self) -> tuple[tuple[str, Billing], ...]:
        tables = self.content.get("billing", {})
        if not isinstance(tables, Mapping):
            self._problem(("billing",), tr("must hold one table for each agent; every agent counts as metered"))
            return ()
        billing = []
        for agent in sorted(tables):
            entry = ("billing", agent)
            if not isinstance(tables[agent], Mapping):
                self._problem(
                    entry, tr('must be a table with "mode" and "fee_month_usd"; the agent counts as metered')
                )
                continue
            mode = self._take((*entry, "mode"), values.one_of(Mode), Billing().mode, used('"metered"'))
            fee = self._take((*entry, "fee_month_usd"), values.fee, 0, tr("no fee is counted"))
            included = self._take((*entry, "included_month_usd"), values.fee, 0, tr("nothing is covered"))
            self._unknown(entry, tables[agent], BILLING_KEYS)
            billing.append((agent, Billing(mode, fee, included)))
        return tuple(billing)

    def _rates(self) -> tuple[tuple[str, int], ...]:
        table = self.content.get("rates", {})
        if not isinstance(table, Mapping):
            self._problem(("rates",), tr("must be a table of currencies; no rate is used"))
            return ()
        rates = []
        for name in sorted(table):
            try:
                rates.append((values.currency(name), values.rate(table[name])))
            except values.Mistake as mistake:
                self._problem(("rates", name), tr("{mistake}; it is not used", mistake=mistake))
        return tuple(rates)

    def _folders(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        table = self.content.get("folders", {})
        if not isinstance(table, Mapping):
            self._problem(("folders",), tr("must be a table with a list for each agent; no folder is added"))
            return ()
        agents = sorted(table)
        found = ((agent, self._take(("folders", agent), values.folders, (), tr("none is added"))) for agent in agents)
        return tuple(entry for entry in found if entry[1])

    def _rows(self, name: str) -> list[rows.Row]:
        tables = self.content.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
            self._problem((name,), tr("must be written as [[{name}]]; it is not used", name=name))
            return []

        def refuse(number: int, why: str) -> None:
            self._problem((name,), tr("number {number}: {why}; it is not used", number=number, why=why))

        return [rows.Row(number, table, refuse) for number, table in enumerate(tables, 1)]

    def _take(self, entry: Entry, check: Callable[[Any], Any], default: Any, instead: str) -> Any:
        value: Any = self.content
        for key in entry:
            if key not in value:
                return default
            value = value[key]
        try:
            return check(value)
        except values.Mistake as mistake:
            self._problem(entry, f"{mistake}; {instead}")
            return default

    def _unknown(self, table: Entry, content: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in content:
            if key in known:
                continue
            few = len(self.problems) < MAX_MISTAKES and len(key) < 40
            import difflib  # only for a mistake: it would delay every start

            near = difflib.get_close_matches(key, known, n=1) if few else []
            if near:
                self._problem((*table, key), tr('is not a setting; did you mean "{near}"?', near=near[0]), end="")
            else:
                self._problem((*table, key), tr("is not a setting and is ignored"))

    def _problem(self, entry: Entry, what: str, end: str = ".") -> None:
        if self.lines is None:
            self.lines = lines_of(self.text)
        line = self.lines.get(entry, 0)
        shown = plain(".".join(entry))
        self.problems.append((line, f'{place(self.name, line)}: "{shown}" {what}{end}'))


TOP_KEYS: Final = (
    "budget_month_usd",
    "thresholds",
    "notifications",
    "theme",
    "icon",
    "timezone",
    "count_cache_reads",
    "text_size",
    "rows",
    "patterns",
    "language",
    "motion",
    "global_shortcut",
    "screen_sharing",
    "check_bills",
    "show_doing",
    "alerts_off",
    "quiet_hours",
    "month_start_day",
    "own_cpu_percent",
    "currency",
    "update_prices",
    "update_rates",
    "rates",
    "folders",
    "wsl",
    "agents_off",
    "digit",
    "log_detail",
    "keep_history_months",
    "budget",
    "plan",
    "billing",
)
BILLING_KEYS: Final = ("mode", "fee_month_usd", "included_month_usd")
