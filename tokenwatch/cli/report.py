"""``tokenwatch report``: totals from the ledger, as a table, JSON or comma-separated values.

Owns the shape of the answer, which for JSON is a public interface. Does not add anything up (insight/totals.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec

from tokenwatch.base.clock import iso
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.format import duration, money, whole
from tokenwatch.base.format import tokens as scaled_text
from tokenwatch.base.money import json_dollars
from tokenwatch.base.zone import name_of
from tokenwatch.cli.given import Given
from tokenwatch.cli.output import SCHEMA, Column, clean, json_text, progress, table, tokens_json, write
from tokenwatch.export.csv_file import csv_text
from tokenwatch.insight.report_hours import has_hours, with_hours
from tokenwatch.insight.totals import TIMES, Group, Report, report

Form = Literal["table", "json", "csv"]

_NUMBERS: Final = ("Requests", "Input", "Cache read", "Cache write", "Output", "Total", "At API prices")
_HOURS: Final = ("Agents worked", "Waited")
_CSV_HOURS: Final = ("agent_hours", "waiting_hours")
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


class Question(msgspec.Struct, frozen=True):
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
        found = with_hours(found, once.queries, question.keys, zone, question.agents, question.project)
        warnings = tuple(clean(sentence) for sentence in (*given.mistakes, *once.warnings))
    if form == "json":
        write(json_text(report_json(found, given.clock.now(), name_of(zone), warnings)))
        return ()
    write(report_csv(found, question.keys) if form == "csv" else report_table(found, question.keys))
    return warnings


def report_json(found: Report, now: int, timezone: str, warnings: tuple[str, ...]) -> dict[str, Any]:
    """The object of ``report --json``. ``now`` is milliseconds."""
    hours = _by_hours(found)
    return {
        "schema": SCHEMA,
        "generated_at": iso(now),
        "timezone": timezone,
        "since": found.since.isoformat() if found.since else None,
        "until": found.until.isoformat() if found.until else None,
        "totals": _numbers_json(found.totals, hours),
        "groups": [
            {"by": {key: clean(value) for key, value in group.by}, **_numbers_json(group, hours)}
            for group in found.groups
        ],
        "warnings": list(warnings),
    }


def _by_hours(found: Report) -> bool:
    """Whether it is a report that has hours of work; what is not known of them is null."""
    return bool(found.groups) and has_hours([key for key, _ in found.groups[0].by])


def _numbers_json(group: Group, hours: bool) -> dict[str, Any]:
    more = {"agent_hours": _hours(group.working_ms), "waiting_hours": _hours(group.waiting_ms)} if hours else {}
    return {
        "requests": group.requests,
        "tokens": tokens_json(group.tokens),
        "cost_usd": json_dollars(group.cost),
        "unpriced_requests": group.unpriced,
        "uncertain_requests": group.uncertain,
        "estimated_requests": group.estimated,
        "estimated_tokens": group.estimated_tokens,
        **more,
    }


def _hours(ms: int | None) -> float | None:
    return None if ms is None else round(ms / 3_600_000, 2)


def report_csv(found: Report, keys: tuple[str, ...]) -> str:
    """One line for each group, exact numbers, the names of the JSON."""
    rows: list[list[str | int | float]] = []
    for group in found.groups:
        tokens = tokens_json(group.tokens)
        cost = f"{Decimal(str(json_dollars(group.cost))):f}"  # never 1e-06
        numbers: list[str | int | float] = [group.requests, *tokens.values()]
        doubts = (group.unpriced, group.uncertain, group.estimated, group.estimated_tokens)
        spans = (_hours(group.working_ms), _hours(group.waiting_ms)) if has_hours(keys) else ()
        hours = ("" if span is None else span for span in spans)
        rows.append([*(clean(value) for _, value in group.by), *numbers, cost, *doubts, *hours])
    return csv_text([*keys, *_CSV_NUMBERS, *(_CSV_HOURS if has_hours(keys) else ())], rows)


def report_table(found: Report, keys: tuple[str, ...]) -> str:
    if not found.groups:
        return "No use of tokens was found.\n"
    known = has_hours(keys) and any(group.working_ms is not None for group in found.groups)
    columns = [Column(key.capitalize(), whole=key in TIMES) for key in keys] + [
        Column(title, number=True) for title in (*_NUMBERS, *(_HOURS if known else ()))
    ]

    def lines(number: Callable[[int], str]) -> tuple[list[list[str]], list[str]]:
        rows = [
            [*(value or "unknown" for _, value in group.by), *_numbers(group, number), *_hours_of(group, known)]
            for group in found.groups
        ]
        total = [*_numbers(found.totals, number), *_hours_of(found.totals, known)]
        return rows, ["Total", *[""] * (len(keys) - 1), *total]

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


def _hours_of(group: Group, known: bool) -> list[str]:
    spans = (group.working_ms, group.waiting_ms) if known else ()
    return ["unknown" if span is None else duration(span / 1000) for span in spans]


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
