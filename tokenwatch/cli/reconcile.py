"""``tokenwatch reconcile``: a month's listed cost beside the bill, as a table for people or as JSON.

Owns what is printed. Does not own asking for the bill (remote), comparing (insight/reconcile.py) or reading logs.
Nothing goes online unless the settings say so; exported files are read from here.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, date
from pathlib import Path
from typing import Any, Final

import msgspec

from tokenwatch.base.bill import BILLER_NAMES, BILLERS, DIFFERENCE_WORDS, BillCheck, BillReport
from tokenwatch.base.clock import day_of, iso, month_of
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.format import money, percent, tokens, whole
from tokenwatch.base.money import json_dollars
from tokenwatch.cli.given import Given
from tokenwatch.cli.output import SCHEMA, Column, clean, json_text, progress, table, tokens_json, write
from tokenwatch.engine.once import Once, bring_up_to_date
from tokenwatch.insight.reconcile import Cell, Here, Reconciled, reconcile
from tokenwatch.ledger.bills import BillDay, days_of
from tokenwatch.remote.bill_check import Checked, check_bills
from tokenwatch.remote.bill_csv import read_bill_file
from tokenwatch.remote.secrets import Secrets
from tokenwatch.remote.transport import HttpsTransport, Transport

_OFF: Final = (
    "Nothing was asked online: account checks are off. Switch them on in Settings > Accounts, or with "
    '"check_bills = true" in the settings file.'
)
_NO_KEY: Final = "No admin key is kept, so no provider was asked. Add one in Settings > Accounts."
_NOT_KEPT: Final = "Another TokenWatch keeps the ledger, so what was read now is shown and not kept."
_MOST_DAYS: Final = 31


class Question(msgspec.Struct, frozen=True):
    """``first`` is the month's first day, None for the present month (UTC); ``files`` are exports to take in."""

    first: date | None = None
    files: tuple[Path, ...] = ()


def run(
    given: Given,
    question: Question,
    *,
    as_json: bool,
    secrets: Secrets | None = None,
    transport: Transport | None = None,
) -> tuple[str, ...]:
    """Print the comparison, asking with the system's keyring and network unless others are given.

    Returns the sentences that belong to standard error. Raises a BillError or a LedgerError.
    """
    now = given.clock.now()
    today = day_of(now, UTC)
    month = month_of(question.first or today)
    last = min(month.last, today)
    reports = [read_bill_file(path, now) for path in question.files]
    with progress() as on_progress, bring_up_to_date(given.paths, given.clock, given.settings, on_progress) as once:
        if once.queries is None:
            raise LedgerError(next(iter(once.warnings), "The ledger cannot be opened."))
        warnings = [*given.mistakes, *once.warnings]
        if last >= month.first:
            checked = _ask(given, month.first, last, now, secrets or Secrets(), transport, quiet=bool(reports))
            reports += checked.reports
            warnings += checked.troubles
        known = _kept(once, reports, month.first, month.last, warnings)
        makers = {agent.id: agent.provider for agent in once.books.agents.values()}
        about = Here(given.settings, makers, now)
        found = [
            each
            for provider in BILLERS
            if (each := reconcile(once.queries, known, provider, month.first, month.last, about)) is not None
        ]
    sentences = tuple(clean(sentence) for sentence in warnings)
    if as_json:
        write(json_text(reconcile_json(month.label, found, now, sentences)))
        return ()
    write(reconcile_table(month.label, found))
    return sentences


def _ask(
    given: Given, first: date, last: date, now: int, secrets: Secrets, transport: Transport | None, *, quiet: bool
) -> Checked:
    """The reports of providers with a key, and what went wrong; nothing is asked unless the settings say so."""
    if not given.settings.check_bills:
        return Checked(troubles=() if quiet else (_OFF,))
    transport = transport or HttpsTransport(threading.Event().wait)
    checked = check_bills(secrets, transport, first, last, now, ask=True)
    return checked if checked.asked or checked.troubles or quiet else Checked(troubles=(_NO_KEY,))


def _kept(once: Once, reports: Sequence[BillReport], first: date, last: date, warnings: list[str]) -> list[BillDay]:
    """What is known of these days, with ``reports`` entered into the ledger if it may be written."""
    assert once.queries is not None
    if reports and once.books.ledger is not None:
        once.books.ledger.enter_bills(reports)
        return once.queries.bill_days(first, last)
    kept = {(day.provider, day.kind, day.day): day for day in once.queries.bill_days(first, last)}
    if reports:
        warnings.append(_NOT_KEPT)
        kept |= {(day.provider, day.kind, day.day): day for report in reports for day in days_of(report)}
    return list(kept.values())


def reconcile_json(month: str, found: Sequence[Reconciled], now: int, warnings: Sequence[str]) -> dict[str, Any]:
    """The object of ``reconcile --json``. ``now`` is milliseconds."""
    return {
        "schema": SCHEMA,
        "generated_at": iso(now),
        "timezone": "UTC",
        "month": month,
        "providers": [
            {**check_json(each.check), "days": [_cell_json(cell) for cell in each.cells]} for each in found
        ],
        "warnings": list(warnings),
    }


def check_json(check: BillCheck) -> dict[str, Any]:
    return {
        "provider": check.provider,
        "since": check.first.isoformat(),
        "until": check.last.isoformat(),
        "billed_days": check.known_days,
        "billed_usd": json_dollars(check.billed) if check.known_days else None,
        "here_usd": json_dollars(check.here) if check.known_days else None,
        "difference_usd": json_dollars(check.billed - check.here) if check.known_days else None,
        "differences": [
            {"reason": str(why), "usd": json_dollars(nano), "words": DIFFERENCE_WORDS[why]}
            for why, nano in check.differences
        ],
        "coverage": None if check.coverage is None else round(check.coverage, 6),
        "billed_tokens": check.billed_tokens,
        "here_tokens": check.here_tokens,
        "matched_tokens": check.matched_tokens,
        "plan_tokens": check.plan_tokens,
        "claude_code_people": check.people or None,
        "as_of": iso(check.as_of),
        "imported": check.imported,
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {
        "day": cell.day.isoformat(),
        "model": clean(cell.model),
        "billed_usd": None if cell.billed_cost is None else json_dollars(cell.billed_cost),
        "here_usd": json_dollars(cell.here_cost),
        "difference_usd": None if cell.delta is None else json_dollars(cell.delta),
        "billed_tokens": cell.billed_tokens,
        "here_tokens": tokens_json(cell.here),
        "unpriced_requests": cell.unpriced,
        "differences": {str(why): json_dollars(nano) for why, nano in cell.differences.items()},
    }


def reconcile_table(month: str, found: Sequence[Reconciled]) -> str:
    if not found:
        return (
            f"Nothing is known of any bill for {month}. Give an exported file with --import, or add an admin key in "
            "Settings > Accounts.\n"
        )
    return "\n".join(_provider_text(each) for each in found)


def _provider_text(found: Reconciled) -> str:
    check = found.check
    name = BILLER_NAMES[check.provider]
    lines = [f"{name}, {check.first:%Y-%m}, UTC days"]
    columns = [Column("Day", whole=True), *(Column(title, number=True) for title in ("Billed", "Here", "Difference"))]
    days: dict[date, list[Cell]] = {}
    for cell in found.cells:
        days.setdefault(cell.day, []).append(cell)
    rows = [_day_row(day, cells) for day, cells in list(days.items())[-_MOST_DAYS:]]
    totals = ["Total", money(check.billed), money(check.here), _signed(check.billed - check.here)]
    text = table(columns, rows, totals if check.known_days else ())
    for why, nano in check.differences:
        lines.append(f"{_signed(nano):>12}  {DIFFERENCE_WORDS[why]}")
    if check.coverage is not None:
        lines.append(
            f"Coverage {percent(check.coverage)}: {tokens(check.matched_tokens)} of "
            f"{tokens(check.billed_tokens)} billed tokens were counted here."
        )
    if check.plan_tokens:
        lines.append(f"{whole(check.plan_tokens)} tokens here were in plans, which are on no such bill.")
    if check.people > 1:
        lines.append(f"Up to {check.people} people used Claude Code by key on one day in this organisation.")
    lines.append(f"{'From exported files' if check.imported else 'Asked'} {iso(check.as_of)}.")
    head, *rest = lines
    return f"{head}\n{text}" + "".join(f"{line}\n" for line in rest)


def _day_row(day: date, cells: Sequence[Cell]) -> list[str]:
    billed = [cell.billed_cost for cell in cells if cell.billed_cost is not None]
    here = sum(cell.here_cost for cell in cells)
    if not billed:
        return [day.isoformat(), "not known", money(here), ""]
    return [day.isoformat(), money(sum(billed)), money(here), _signed(sum(billed) - here)]


def _signed(nano: int) -> str:
    return f"{'−' if nano < 0 else '+'}{money(abs(nano))}" if nano else money(0)
