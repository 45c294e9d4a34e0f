"""``tokenwatch report``: totals from the ledger, as a table, JSON or comma-separated values.

Owns the shape of the answer, which for JSON is a public interface. Does not add anything up (insight/totals.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal
from typing import Any, Final, Literal

from tokenwatch.base.clock import iso
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.format import money, whole
from tokenwatch.base.format import tokens as scaled_text
from tokenwatch.base.money import json_dollars
from tokenwatch.base.zone import name_of
from tokenwatch.cli.given import Given
from tokenwatch.cli.output import SCHEMA, Column, clean, json_text, progress, table, tokens_json, write
from tokenwatch.export.csv_file import csv_text
from tokenwatch.insight.totals import TIMES, Group, Report, report

Form = Literal["table", "json", "csv"]

_NUMBERS: Final = ("Requests", "Input", "Cache read", "Cache write", "Output", "Total", "At API prices")
_CSV_NUMBERS: Final = (
    "requests",
    "input",
    "cache_read",
    "cache_write_5m",
    "cache_write_1h",
    "output",
    "reasoning",
    "total",
    "cost_usd",
    "unpriced_requests",
    "uncertain_requests",
    "estimated_requests",
    "estimated_tokens",
)


@dataclass(frozen=True, slots=True)
class Question:
    """``since`` and ``until`` are local days, both included; None for all. ``zone`` None: the user's."""

    keys: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    zone: tzinfo | None = None
    agents: tuple[str, ...] = ()
    project: str = ""


def run(given: Given, question: Question, form: Form) -> tuple[str, ...]:
    """Bring the ledger up to date and print the answer. Returns the sentences that belong to standard error."""
    from tokenwatch.engine.once import bring_up_to_date

    zone = question.zone or given.zone
    with progress() as on_progress, bring_up_to_date(given.paths, given.clock, given.settings, on_progress) as once:
        if once.queries is None:
            raise LedgerError(next(iter(once.warnings), "The ledger cannot be opened."))
        found = report(
            once.queries, question.keys, question.since, question.until, zone, question.agents, question.project
        )
        warnings = tuple(clean(sentence) for sentence in (*given.mistakes, *once.warnings))
    if form == "json":
        write(json_text(report_json(found, given.clock.now(), name_of(zone), warnings)))
        return ()
    write(report_csv(found, question.keys) if form == "csv" else report_table(found, question.keys))
    return warnings


def report_json(found: Report, now: int, timezone: str, warnings: tuple[str, ...]) -> dict[str, Any]:
    """The object of ``report --json``. ``now`` is milliseconds."""
    return {
        "schema": SCHEMA,
        "generated_at": iso(now),
        "timezone": timezone,
        "since": found.since.isoformat() if found.since else None,
        "until": found.until.isoformat() if found.until else None,
        "totals": _numbers_json(found.totals),
        "groups": [
            {"by": {key: clean(value) for key, value in group.by}, **_numbers_json(group)} for group in found.groups
        ],
        "warnings": list(warnings),
    }


def _numbers_json(group: Group) -> dict[str, Any]:
    return {
        "requests": group.requests,
        "tokens": tokens_json(group.tokens),
        "cost_usd": json_dollars(group.cost),
        "unpriced_requests": group.unpriced,
        "uncertain_requests": group.uncertain,
        "estimated_requests": group.estimated,
        "estimated_tokens": group.estimated_tokens,
    }


def report_csv(found: Report, keys: tuple[str, ...]) -> str:
    """One line for each group, exact numbers, the names of the JSON."""
    rows: list[list[str | int | float]] = []
    for group in found.groups:
        tokens = tokens_json(group.tokens)
        cost = f"{Decimal(str(json_dollars(group.cost))):f}"  # never 1e-06
        numbers: list[str | int | float] = [group.requests, *tokens.values()]
        doubts = (group.unpriced, group.uncertain, group.estimated, group.estimated_tokens)
        rows.append([*(clean(value) for _, value in group.by), *numbers, cost, *doubts])
    return csv_text([*keys, *_CSV_NUMBERS], rows)


def report_table(found: Report, keys: tuple[str, ...]) -> str:
    if not found.groups:
        return "No use of tokens was found.\n"
    columns = [Column(key.capitalize(), whole=key in TIMES) for key in keys] + [
        Column(title, number=True) for title in _NUMBERS
    ]

    def lines(number: Callable[[int], str]) -> tuple[list[list[str]], list[str]]:
        rows = [[*(value or "unknown" for _, value in group.by), *_numbers(group, number)] for group in found.groups]
        return rows, ["Total", *[""] * (len(keys) - 1), *_numbers(found.totals, number)]

    text = table(columns, *lines(whole), short=lambda: lines(scaled_text))
    return text + "".join(f"{sentence}\n" for sentence in _remarks(found.totals))


def _numbers(group: Group, number: Callable[[int], str]) -> list[str]:
    tokens = group.tokens
    return [
        whole(group.requests),
        number(tokens.input),
        number(tokens.cache_read),
        number(tokens.cache_write_5m + tokens.cache_write_1h),
        number(tokens.output),
        number(tokens.total),
        _cost(group),
    ]


def _cost(group: Group) -> str:
    """What is known: a sum with requests in it that have no price is "at least"."""
    if not group.unpriced:
        return money(group.cost)
    return f"≥ {money(group.cost)}" if group.cost else "no price"


def _remarks(totals: Group) -> list[str]:
    remarks = []
    if totals.unpriced:
        remarks.append(
            f"{whole(totals.unpriced)} of {whole(totals.requests)} requests have no known price: "
            "their tokens are counted, their cost is not."
        )
    if totals.uncertain:
        remarks.append(
            f"{whole(totals.uncertain)} of {whole(totals.requests)} requests were logged before they were finished: "
            "their counts are a lower bound."
        )
    if totals.estimated:
        remarks.append(
            f"{whole(totals.estimated_tokens)} of {whole(totals.tokens.total)} tokens are estimates: "
            "their agents do not write enough to be exact."
        )
    return remarks
