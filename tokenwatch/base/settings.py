"""Settings: what the user may change, in a commented TOML file that can be edited by hand.

Owns names, defaults, reading and checking with line numbers. Does not own where the file is (base/paths.py),
writing it (base/settings_file.py, offered here as :func:`save`), or the dialog that edits it.

A mistake in the file costs only the entry it stands in, which keeps its default, and gives one plain sentence.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, Literal

from tokenwatch.base import settings_rows as rows
from tokenwatch.base import settings_values as values
from tokenwatch.base.billing import DOLLARS, Budget, Lanes, Plan
from tokenwatch.base.billing import Billing as Billing
from tokenwatch.base.billing import Mode as Mode
from tokenwatch.base.errors import SettingsError
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings_values import MAX_BUDGET_USD as MAX_BUDGET_USD
from tokenwatch.base.settings_values import MAX_FEE_USD as MAX_FEE_USD
from tokenwatch.base.settings_values import MAX_THRESHOLD as MAX_THRESHOLD
from tokenwatch.base.settings_values import MAX_THRESHOLDS as MAX_THRESHOLDS
from tokenwatch.base.text import plain
from tokenwatch.base.toml_lines import Entry, lines_of
from tokenwatch.base.zone import named, system_zone

Theme = Literal["system", "light", "dark"]
Icon = Literal["auto", "light", "dark", "mono"]
Updates = Literal["never", "weekly"]
Rows = Literal["compact", "normal", "roomy"]
Language = Literal["system", "en", "de", "zh_CN"]

_MAX_FILE: Final = 64 * 1024
_MAX_MISTAKES: Final = 20
"""More sentences than this are only counted."""

_MANY_DOTS: Final = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){30}""")
"""A key of absurdly many parts, for which the parser's time grows with the square of their number."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults. Money is nano-dollars; in the file it is dollars."""

    budget: int | None = None
    """Nano-dollars per calendar month; None for no budget (0 in the file)."""
    thresholds: tuple[int, ...] = (50, 80, 100)
    """Whole percentages of the budget, ascending, each once."""
    notifications: bool = True
    theme: Theme = "system"
    icon: Icon = "auto"
    timezone: str = ""
    """An IANA name; empty for the system's zone."""
    billing: tuple[tuple[str, Billing], ...] = ()
    """(agent id, billing) in the order of ids, for agents the user set; see :meth:`billing_of`."""
    count_cache_reads: bool = False
    """Whether the token rate counts cache reads too."""
    text_size: int = 100
    """Percent of the system's."""
    rows: Rows = "normal"
    """How dense lists are."""
    patterns: bool = False
    """Whether every agent's colour has a pattern, too."""
    language: Language = "system"
    screen_sharing: bool = False
    """Whether names and amounts of money are hidden, for as long as others see the screen."""
    check_bills: bool = False
    """Whether providers with an admin key are asked for their bill. Off: nothing goes online for it."""
    show_doing: bool = True
    """Whether it is shown what sessions do now, down to a file's name; it is never stored."""
    alerts_off: tuple[str, ...] = ()
    """Ids of the rules that are switched off, each once, in order."""
    quiet: tuple[int, int] | None = None
    """From when to when only what is urgent is told: minutes after midnight; None for never."""
    budgets: tuple[Budget, ...] = ()
    """Budgets besides the month's, in the order of the file."""
    plans: tuple[Plan, ...] = ()
    """Rows of the table of plans, in the order of the file; see :meth:`lanes`."""
    month_start: int = 1
    """The day of the month on which a month of spending begins, 1 to 28."""
    own_cpu_percent: int = 2
    """How much of one processor core TokenWatch may use before it looks less often; 0 for no limit."""
    currency: str = DOLLARS
    """In which money is shown; counted it is in dollars."""
    rates: tuple[tuple[str, int], ...] = ()
    """(currency, nano-units of it for a dollar) as the user set them, in the order of currencies."""
    update_prices: Updates = "never"
    """Whether prices are fetched; asking for it once is a consent of its own."""
    update_rates: Updates = "never"
    """Whether rates of currencies are fetched, for those that the user did not set."""
    folders: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(agent id, more folders to look for its logs in) in the order of ids, as the user wrote them."""
    wsl: bool = False
    """On Windows: whether homes inside WSL are looked through, too."""
    fetched_rates: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    """As ``rates``, but not of the file: what was fetched, added by whoever knows it."""

    def lanes(self) -> Lanes:
        """How use is paid on each day."""
        return Lanes(self.billing, self.plans, self.known_rates)

    @property
    def known_rates(self) -> dict[str, int]:
        """Nano-units of a currency for a dollar: what the user set goes before what was fetched."""
        return {**dict(self.fetched_rates), **dict(self.rates)}

    def billing_of(self, agent_id: str) -> Billing:
        """How ``agent_id`` is paid; metered without a fee unless set."""
        return dict(self.billing).get(agent_id, Billing())

    def quiet_at(self, minute: int) -> bool:
        """Whether this minute of the day lies in the quiet hours, which may span midnight."""
        if self.quiet is None:
            return False
        begin, end = self.quiet
        return begin <= minute < end if begin < end else minute >= begin or minute < end

    def zone(self, paths: Paths | None = None) -> tzinfo:
        """The time zone in which days and months are cut; without ``paths`` the real user's environment counts."""
        return named(self.timezone) or system_zone((paths or Paths.of_user()).environment)


def load(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings in the file and one plain sentence for each mistake. Never raises.

    A file that does not exist means defaults and is no mistake. One that cannot be read or is not TOML means
    defaults and one sentence.
    """
    try:
        text = read_text(path)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        why = error.strerror or "it is not an ordinary file"
        return Settings(), (f"The settings in {path.name} could not be read ({why}), so defaults are used.",)
    except UnicodeDecodeError:
        return Settings(), (f"The settings in {path.name} are not text in UTF-8, so defaults are used.",)
    except ValueError:
        most = f"{_MAX_FILE // 1024} KiB"
        return Settings(), (f"The settings in {path.name} are longer than {most}, so defaults are used.",)
    return parse(text, path.name)


def parse(text: str, name: str = "settings.toml") -> tuple[Settings, tuple[str, ...]]:
    """As :func:`load`, from text; ``name`` is how the sentences call the file."""
    try:
        content = content_of(text)
    except SettingsError as error:
        line = f" line {error.line}" if error.line else ""
        return Settings(), (f"{name}{line}: {error}",)
    return _Check(content, text, name).settings()


def content_of(text: str) -> dict[str, Any]:
    """The text as TOML, numbers with a point as Decimal. Raises SettingsError, with the line if that is known."""
    many = _MANY_DOTS.search(text)
    try:
        if many:
            raise SettingsError(_NOT_TOML, line=text.count("\n", 0, many.start()) + 1)
        return tomllib.loads(text, parse_float=_decimal)
    except RecursionError as error:
        raise SettingsError(_NOT_TOML) from error
    except ValueError as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where.group(1)) if where else None
        if "end of document" in str(error):
            line = text.count("\n") + 1
        raise SettingsError(_NOT_TOML, line=line) from error


def save(path: Path, settings: Settings) -> None:
    """Write the settings so that :func:`load` gives them again, keeping the user's comments and unknown keys.

    The file is replaced as a whole or not at all and readable by its owner only. Raises SettingsError when it
    cannot be written.
    """
    from tokenwatch.base.settings_file import write

    write(path, settings)


def commented_default() -> str:
    """The text of a new settings file: every setting with its default and a comment."""
    from tokenwatch.base.settings_file import DEFAULT_TEXT

    return DEFAULT_TEXT


def read_text(path: Path) -> str:
    """The file's text; OSError if it is not a readable ordinary file, ValueError if it is too long or not UTF-8."""
    # Without waiting for a pipe's other end; on Windows there is neither such a pipe nor the flag.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(_MAX_FILE + 1)
    finally:
        os.close(descriptor)
    if len(data) > _MAX_FILE:
        raise ValueError("too long")
    return data.decode("utf-8-sig").replace("\r\n", "\n")  # editors on Windows add a mark and carriage returns


_NOT_TOML: Final = "this is not valid TOML, so defaults are used for all settings."


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return Decimal("NaN")


@dataclass(slots=True)
class _Check:
    """One reading of a parsed file: takes the known entries and collects sentences about the others."""

    content: Mapping[str, Any]
    text: str
    name: str
    problems: list[tuple[int, str]] = field(default_factory=list)
    lines: dict[Entry, int] | None = None

    def settings(self) -> tuple[Settings, tuple[str, ...]]:
        default = Settings()
        take = self._take
        settings = Settings(
            budget=take(("budget_month_usd",), values.budget, default.budget, "no budget is set"),
            thresholds=take(("thresholds",), values.thresholds, default.thresholds, "50, 80 and 100 are used"),
            notifications=take(("notifications",), values.switch, default.notifications, "true is used"),
            theme=take(("theme",), values.one_of(Theme), default.theme, '"system" is used'),
            icon=take(("icon",), values.one_of(Icon), default.icon, '"auto" is used'),
            timezone=take(("timezone",), values.timezone, default.timezone, "the system's zone is used"),
            billing=self._billing(),
            count_cache_reads=take(("count_cache_reads",), values.switch, default.count_cache_reads, "false is used"),
            text_size=take(("text_size",), values.text_size, default.text_size, "100 is used"),
            rows=take(("rows",), values.one_of(Rows), default.rows, '"normal" is used'),
            patterns=take(("patterns",), values.switch, default.patterns, "false is used"),
            language=take(("language",), values.one_of(Language), default.language, '"system" is used'),
            screen_sharing=take(("screen_sharing",), values.switch, default.screen_sharing, "false is used"),
            check_bills=take(("check_bills",), values.switch, default.check_bills, "false is used"),
            show_doing=take(("show_doing",), values.switch, default.show_doing, "true is used"),
            alerts_off=take(("alerts_off",), values.names, default.alerts_off, "every rule is on"),
            month_start=take(("month_start_day",), values.start_day, default.month_start, "1 is used"),
            own_cpu_percent=take(("own_cpu_percent",), values.own_percent, default.own_cpu_percent, "2 is used"),
            currency=take(("currency",), values.currency, default.currency, '"USD" is used'),
            update_prices=take(("update_prices",), values.one_of(Updates), "never", '"never" is used'),
            update_rates=take(("update_rates",), values.one_of(Updates), "never", '"never" is used'),
            rates=self._rates(),
            folders=self._folders(),
            wsl=take(("wsl",), values.switch, default.wsl, "false is used"),
            budgets=rows.budgets(self._rows("budget")),
            plans=rows.plans(self._rows("plan")),
            quiet=take(("quiet_hours",), values.hours, default.quiet, "there are no quiet hours"),
        )
        self._unknown((), self.content, TOP_KEYS)
        sentences = [sentence for _, sentence in sorted(self.problems, key=lambda found: found[0])]
        if len(sentences) > _MAX_MISTAKES:
            left = len(sentences) - _MAX_MISTAKES
            sentences[_MAX_MISTAKES:] = [f"{self.name}: {left} more mistake{'s' if left > 1 else ''}."]
        return settings, tuple(sentences)

    def _billing(self) -> tuple[tuple[str, Billing], ...]:
        tables = self.content.get("billing", {})
        if not isinstance(tables, Mapping):
            self._problem(("billing",), "must hold one table for each agent; every agent counts as metered")
            return ()
        billing = []
        for agent in sorted(tables):
            entry = ("billing", agent)
            if not isinstance(tables[agent], Mapping):
                self._problem(entry, 'must be a table with "mode" and "fee_month_usd"; the agent counts as metered')
                continue
            mode = self._take((*entry, "mode"), values.one_of(Mode), Billing().mode, '"metered" is used')
            fee = self._take((*entry, "fee_month_usd"), values.fee, 0, "no fee is counted")
            included = self._take((*entry, "included_month_usd"), values.fee, 0, "nothing is covered")
            self._unknown(entry, tables[agent], BILLING_KEYS)
            billing.append((agent, Billing(mode, fee, included)))
        return tuple(billing)

    def _rates(self) -> tuple[tuple[str, int], ...]:
        table = self.content.get("rates", {})
        if not isinstance(table, Mapping):
            self._problem(("rates",), "must be a table of currencies; no rate is used")
            return ()
        rates = []
        for name in sorted(table):
            try:
                rates.append((values.currency(name), values.rate(table[name])))
            except values.Mistake as mistake:
                self._problem(("rates", name), f"{mistake}; it is not used")
        return tuple(rates)

    def _folders(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        table = self.content.get("folders", {})
        if not isinstance(table, Mapping):
            self._problem(("folders",), "must be a table with a list for each agent; no folder is added")
            return ()
        agents = sorted(table)
        found = ((agent, self._take(("folders", agent), values.folders, (), "none is added")) for agent in agents)
        return tuple(entry for entry in found if entry[1])

    def _rows(self, name: str) -> list[rows.Row]:
        tables = self.content.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
            self._problem((name,), f"must be written as [[{name}]]; it is not used")
            return []

        def refuse(number: int, why: str) -> None:
            self._problem((name,), f"number {number}: {why}; it is not used")

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
            few = len(self.problems) < _MAX_MISTAKES and len(key) < 40
            near = difflib.get_close_matches(key, known, n=1) if few else []
            hint = f'; did you mean "{near[0]}"?' if near else " and is ignored."
            self._problem((*table, key), f"is not a setting{hint}", end="")

    def _problem(self, entry: Entry, what: str, end: str = ".") -> None:
        if self.lines is None:
            self.lines = lines_of(self.text)
        line = self.lines.get(entry, 0)
        place = f"{self.name} line {line}" if line else self.name
        shown = plain(".".join(entry))
        self.problems.append((line, f'{place}: "{shown}" {what}{end}'))


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
    "budget",
    "plan",
    "billing",
)
BILLING_KEYS: Final = ("mode", "fee_month_usd", "included_month_usd")
