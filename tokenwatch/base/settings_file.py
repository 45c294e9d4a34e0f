"""Writing the settings file: only what changed is touched, all else stays as the user wrote it.

Owns the text of a new file and the way a changed value gets into an old one. Does not own what a setting means
or may be (settings.py, settings_check.py). Imported late, because the editing library is needed only when something
changes.
"""

from __future__ import annotations

import io
import os
import secrets
import shutil
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import tomlkit
from msgspec.structs import replace
from tomlkit.exceptions import TOMLKitError

from tokenwatch.base.billing import Budget, Plan
from tokenwatch.base.errors import SettingsError
from tokenwatch.base.money import to_dollars
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.settings_check import BILLING_KEYS
from tokenwatch.base.settings_reading import content_of, parse, read_text
from tokenwatch.base.translation import tr

DEFAULT_TEXT: Final = """\
# Settings of TokenWatch. Changes made here count at the next start, or at once after "Refresh".
# A wrong value costs only its own setting: the default is used instead and the program says so.

# What you want to spend in a calendar month, in US dollars. 0: no budget.
budget_month_usd = 0

# At which percentages of the budget to tell you, once a month each.
thresholds = [50, 80, 100]

# Whether to show desktop notifications. Alerts are listed in the window either way.
notifications = true

# Colours of the window: "system", "light" or "dark".
theme = "system"

# What the tray icon's number counts: agents that are "working", all "open" ones, or those that
# work with their "sub_agents".
digit = "working"

# Colours of the tray icon: "auto", "light" (for a dark panel), "dark" (for a light panel) or "mono".
icon = "auto"

# How large text is, in percent of the system's: 90 to 130.
text_size = 100

# How dense lists are: "compact", "normal" or "roomy".
rows = "normal"

# Whether every agent's colour has a pattern, too.
patterns = false

# In which language the windows speak: "system", "en", "de" or "zh_CN".
language = "system"

# Whether the panel and new colours fade in: as the "system" wants it, "on" or "off".
motion = "system"

# Whether the desktop is asked for keys that show the panel from any program. It decides on the keys.
global_shortcut = false

# Whether names and amounts of money are hidden, for as long as others see the screen.
screen_sharing = false

# The time zone in which days and months begin, for instance "Europe/Berlin". Empty: this computer's zone.
timezone = ""

# Whether the token rate counts tokens read from a cache, too. They are cheap and drown the rest.
count_cache_reads = false

# Whether to ask the providers under Settings > Accounts what they billed, a few times a day. Needs an admin key.
check_bills = false

# Whether it is shown what sessions do now: the kind of tool and a file's name. It is never stored.
show_doing = true

# Rules that are switched off on the page Alerts, by their ids.
alerts_off = []

# When only what is urgent is told, for instance "20:00-08:00". The rest is told afterwards if it is still true.
quiet_hours = ""

# The day on which a month of spending begins, 1 to 28.
month_start_day = 1

# How much of one processor core TokenWatch may use, in percent, before it looks less often. 0: no limit.
own_cpu_percent = 2

# In which currency money is shown. Another one than "USD" needs its rate below, or one that is fetched.
currency = "USD"

# Whether newer prices, and rates of currencies, are fetched: "never" or "weekly".
update_prices = "never"
update_rates = "never"

# How many months of history are kept before the present one; what is older is deleted from the ledger, and its sums
# with it. 0: all of it is kept. Agents' own files are never touched.
keep_history_months = 0

# How much tokenwatch.log is told: "little" (only what went wrong), "normal" or "much". Never what was said.
log_detail = "normal"

# Agents that are not looked at, by their ids, for instance ["codex"]. What was counted of them before stays.
agents_off = []

# Whether TokenWatch starts at login is kept by the system itself: "tokenwatch autostart on" or "off".

# On Windows: whether agents inside WSL are counted, too. Looking there starts it.
wsl = false

# More folders to look for an agent's logs in: another home, the agent's folder in one, or its folder of logs.
# [folders]
# claude-code = ["/mnt/backup/home/ana"]

# How much of a currency a dollar is.
# [rates]
# EUR = 0.92

# More budgets: of a "month", "week" or "day", of what you pay ("paid") or of everything at list prices ("listed").
# [[budget]]
# id = "acme"
# amount_usd = 50
# period = "week"
# of = "paid"
# project = "acme"

# How an agent's use is paid: "metered" (by use, the default), "plan" (a flat fee, counted on the 1st) or "overage"
# (a plan that covers included_month_usd at list prices; what is beyond is metered).
# [billing.claude-code]
# mode = "plan"
# fee_month_usd = 100

# Plans with dates, which go before the above. account: only what is billed through this provider.
# [[plan]]
# agent = "claude-code"
# name = "Claude Max 5x"
# fee_month = 100
# currency = "USD"
# from = 2026-03-01
# until = 2026-09-01
"""


_UNUSABLE: Final = (SettingsError, TOMLKitError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What reading or editing a text raises that is no TOML, or TOML of an unexpected shape."""


def save(path: Path, settings: Settings) -> None:
    """Write the settings so that reading the file gives them again, keeping the user's comments and unknown keys.

    The file is replaced as a whole or not at all and readable by its owner only. Raises SettingsError when it
    cannot be written.
    """
    try:
        target = path.resolve()  # a link into someone's collection of settings stays a link
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _replace(target, io.BytesIO(_new_text(target, settings).encode()))
    except (OSError, RuntimeError) as error:  # before Python 3.13, links that lead in a circle are a RuntimeError
        why = getattr(error, "strerror", None) or tr("it is not an ordinary file")
        raise SettingsError(
            tr("The settings could not be saved to {file} ({why}).", file=path.name, why=why)
        ) from error


def _new_text(target: Path, settings: Settings) -> str:
    try:
        text = _edited(read_text(target), settings)
        if _meaning(parse(text)[0]) == _meaning(settings):
            return text
    except FileNotFoundError:
        return _edited(DEFAULT_TEXT, settings)
    except _UNUSABLE:
        pass
    # What is there is no TOML, or cannot hold these settings. It may be hours of someone's work: keep it.
    with target.open("rb") as old:
        _replace(target.with_name(target.name + ".unreadable"), old)
    return _edited(DEFAULT_TEXT, settings)


def _meaning(settings: Settings) -> Settings:
    """Without agents that are paid as those never mentioned: their table may remain for what else is in it."""
    return replace(settings, billing=tuple(entry for entry in settings.billing if entry[1] != Billing()))


def _edited(text: str, settings: Settings) -> str:
    """``text`` with the values that differ from what it says now."""
    content_of(text)  # refuses what would take the editing library forever
    document = tomlkit.parse(text)
    present, _ = parse(text)
    for key, attribute, written in _ENTRIES:
        value = getattr(settings, attribute)
        if value != getattr(present, attribute):
            document[key] = written(value)
    for key, attribute, row in _TABLES:
        rows = getattr(settings, attribute)
        if rows != getattr(present, attribute):
            document.pop(key, None)
            if rows:
                tables = tomlkit.aot()
                for each in rows:
                    tables.append(row(each))
                document[key] = tables
    if settings.rates != present.rates:
        table = tomlkit.table()
        for currency, rate in settings.rates:
            table[currency] = _dollars(rate)
        document["rates"] = table
    if settings.folders != present.folders:
        table = tomlkit.table()
        for agent, folders in settings.folders:
            table[agent] = list(folders)
        document["folders"] = table
    before, after = dict(present.billing), dict(settings.billing)
    for agent in sorted(before.keys() | after.keys()):
        if before.get(agent) != after.get(agent):
            _write_billing(document, agent, after.get(agent))
    return tomlkit.dumps(document)


def _write_billing(document: MutableMapping[str, Any], agent: str, billing: Billing | None) -> None:
    if "billing" not in document:
        document["billing"] = tomlkit.table(is_super_table=True)
    tables = document["billing"]
    if billing is None:
        for key in BILLING_KEYS:
            tables[agent].pop(key, None)
        if not tables[agent]:
            del tables[agent]
        return
    if agent not in tables:
        tables[agent] = tomlkit.table()
    tables[agent]["mode"] = billing.mode
    tables[agent]["fee_month_usd"] = _dollars(billing.fee)
    if billing.included or "included_month_usd" in tables[agent]:
        tables[agent]["included_month_usd"] = _dollars(billing.included)


def _budget_row(budget: Budget) -> Any:
    row = tomlkit.table()
    row["id"], row["amount_usd"], row["period"], row["of"] = (
        budget.id, _dollars(budget.amount), budget.span, budget.basis,
    )  # fmt: skip
    for key, value in (("agent", budget.agent), ("project", budget.project)):
        if value:
            row[key] = value
    if budget.thresholds:
        row["thresholds"] = list(budget.thresholds)
    return row


def _plan_row(plan: Plan) -> Any:
    row = tomlkit.table()
    row["agent"] = plan.agent
    for key, value in (("account", plan.provider), ("name", plan.name)):
        if value:
            row[key] = value
    row["mode"], row["fee_month"], row["currency"] = plan.mode, _dollars(plan.fee), plan.currency
    for key, day in (("from", plan.since), ("until", plan.until)):
        if day is not None:
            row[key] = day
    if plan.included:
        row["included_month_usd"] = _dollars(plan.included)
    return row


def _dollars(nano: int | None) -> Any:
    """A TOML number without an exponent or needless zeros: 450, 19.99."""
    amount = to_dollars(nano or 0)
    text = f"{amount:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return tomlkit.value(text)


def _list(values: tuple[int, ...] | tuple[str, ...]) -> list[int | str]:
    return list(values)


def _hours(quiet: tuple[int, int] | None) -> str:
    if quiet is None:
        return ""
    return "-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in quiet)


def _as_is(value: Any) -> Any:
    return value


_ENTRIES: Final[tuple[tuple[str, str, Callable[[Any], Any]], ...]] = (
    ("budget_month_usd", "budget", _dollars),
    ("thresholds", "thresholds", _list),
    ("notifications", "notifications", _as_is),
    ("theme", "theme", _as_is),
    ("icon", "icon", _as_is),
    ("timezone", "timezone", _as_is),
    ("count_cache_reads", "count_cache_reads", _as_is),
    ("text_size", "text_size", _as_is),
    ("rows", "rows", _as_is),
    ("patterns", "patterns", _as_is),
    ("language", "language", _as_is),
    ("motion", "motion", _as_is),
    ("global_shortcut", "global_shortcut", _as_is),
    ("screen_sharing", "screen_sharing", _as_is),
    ("check_bills", "check_bills", _as_is),
    ("month_start_day", "month_start", _as_is),
    ("own_cpu_percent", "own_cpu_percent", _as_is),
    ("currency", "currency", _as_is),
    ("update_prices", "update_prices", _as_is),
    ("update_rates", "update_rates", _as_is),
    ("show_doing", "show_doing", _as_is),
    ("alerts_off", "alerts_off", _list),
    ("quiet_hours", "quiet", _hours),
    ("wsl", "wsl", _as_is),
    ("agents_off", "agents_off", _list),
    ("digit", "digit", _as_is),
    ("log_detail", "log_detail", _as_is),
    ("keep_history_months", "keep_months", _as_is),
)


_TABLES: Final[tuple[tuple[str, str, Callable[[Any], Any]], ...]] = (
    ("budget", "budgets", _budget_row),
    ("plan", "plans", _plan_row),
)


def _replace(target: Path, content: BinaryIO) -> None:
    """Put ``content`` where ``target`` is, whole or not at all, readable by the owner only."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
