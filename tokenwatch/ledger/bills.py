"""Bills in the ledger: what providers reported, by UTC day.

Owns the statements over ``bill_days`` and ``bill_lines``. Does not own asking for bills (remote), comparing
(insight/reconcile.py) or the transaction (ledger.py).

A report replaces an earlier one of the same days as a whole, which is how late corrections come in. A day that was
reported without a line had none: ``bill_days`` tells it from a day that is not known.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

import msgspec

from tokenwatch.base.bill import BillLine, BillReport, Origin, ReportKind


class BillDay(msgspec.Struct, frozen=True):
    """One day of one report: its lines, where they came from, and when (milliseconds)."""

    provider: str
    kind: ReportKind
    origin: Origin
    day: date
    as_of: int
    lines: tuple[BillLine, ...] = ()


def days_of(report: BillReport) -> list[BillDay]:
    """The days of a report that is not kept."""
    lines: dict[date, list[BillLine]] = {}
    for line in report.lines:
        lines.setdefault(line.day, []).append(line)
    days = (date.fromordinal(day) for day in range(report.first.toordinal(), report.last.toordinal() + 1))
    return [
        BillDay(report.provider, report.kind, report.origin, day, report.as_of, tuple(lines.get(day, ())))
        for day in days
    ]


def enter_bills(connection: sqlite3.Connection, reports: Iterable[BillReport]) -> int:
    """Keep the reports, within the caller's transaction. Returns how many days differ from what was kept before.

    A report that is older than what is kept of a day leaves that day alone.
    """
    changed = 0
    for report in reports:
        key = (report.provider, report.kind, report.origin)
        lines: dict[int, dict[tuple[str, str, str], int]] = {}
        for line in report.lines:
            of_day = lines.setdefault(line.day.toordinal(), {})
            what = (line.model, line.part, line.tier)
            of_day[what] = of_day.get(what, 0) + line.amount
        kept = dict(
            connection.execute("SELECT day, as_of FROM bill_days WHERE (provider, kind, origin) = (?, ?, ?)", key)
        )
        for day in range(report.first.toordinal(), report.last.toordinal() + 1):
            if kept.get(day, -1) > report.as_of:
                continue
            where = (*key, day)
            before = {
                (model, part, tier): amount
                for model, part, tier, amount in connection.execute(
                    "SELECT model, part, tier, amount FROM bill_lines "
                    "WHERE (provider, kind, origin, day) = (?, ?, ?, ?)",
                    where,
                )
            }
            changed += day not in kept or before != lines.get(day, {})
            connection.execute("DELETE FROM bill_lines WHERE (provider, kind, origin, day) = (?, ?, ?, ?)", where)
            connection.execute("INSERT OR REPLACE INTO bill_days VALUES (?, ?, ?, ?, ?)", (*where, report.as_of))
            connection.executemany(
                "INSERT INTO bill_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(*where, *what, amount) for what, amount in lines.get(day, {}).items()],
            )
    return changed


def bill_days(connection: sqlite3.Connection, first: date, last: date) -> list[BillDay]:
    """Everything known of these UTC days, both included. A provider's own answer counts before a file."""
    span = (first.toordinal(), last.toordinal())
    lines: dict[tuple[str, str, str, int], list[BillLine]] = {}
    for provider, kind, origin, day, model, part, tier, amount in connection.execute(
        "SELECT provider, kind, origin, day, model, part, tier, amount FROM bill_lines WHERE day BETWEEN ? AND ? "
        "ORDER BY day, model, part, tier",
        span,
    ):
        line = BillLine(date.fromordinal(day), model, part, tier, amount)
        lines.setdefault((provider, kind, origin, day), []).append(line)
    found: dict[tuple[str, str, int], BillDay] = {}
    for provider, kind, origin, day, as_of in connection.execute(
        "SELECT provider, kind, origin, day, as_of FROM bill_days WHERE day BETWEEN ? AND ? "
        "ORDER BY provider, kind, day, origin = 'api'",
        span,
    ):
        of_day = tuple(lines.get((provider, kind, origin, day), ()))
        found[(provider, kind, day)] = BillDay(
            provider, ReportKind(kind), Origin(origin), date.fromordinal(day), as_of, of_day
        )
    return list(found.values())


def forget_bills(connection: sqlite3.Connection, provider: str) -> None:
    """Drop everything a provider reported, within the caller's transaction."""
    connection.execute("DELETE FROM bill_lines WHERE provider = ?", (provider,))
    connection.execute("DELETE FROM bill_days WHERE provider = ?", (provider,))
