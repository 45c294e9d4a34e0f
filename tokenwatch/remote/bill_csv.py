"""Bill CSV: the files that providers' consoles export, for those without an admin key.

Owns the four forms (Anthropic's usage and cost, OpenAI's usage and costs), told apart by their first line. Does not
own opening files or what the lines are compared with. Raises a :class:`BillError` with the line, never half a bill.

Facts: Anthropic's columns begin with ``usage_``, its cost export names models as people do and kinds of tokens as
``input_no_cache``; rows may be of hours. OpenAI exports the fields of its API, in dollars and seconds since 1970.
A day without rows between the first and the last one had none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from tokenwatch.base.bill import ANTHROPIC, OPENAI, BillLine, BillReport, Origin, Part, ReportKind, added
from tokenwatch.base.errors import BillError
from tokenwatch.base.money import from_dollars
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.base.usage import STANDARD
from tokenwatch.remote.openai_costs import line_item, usage_tier

MOST_BYTES: Final = 64 * 1024 * 1024
_MOST_DOLLARS: Final = 10**9

Row = Mapping[str, str]
_Read = Callable[[Row], Iterator[BillLine]]

_ANTHROPIC_COUNTS: Final = {
    "usage_input_tokens_no_cache": Part.INPUT,
    "usage_input_tokens_cache_read": Part.CACHE_READ,
    "usage_input_tokens_cache_write_5m": Part.CACHE_WRITE_5M,
    "usage_input_tokens_cache_write_1h": Part.CACHE_WRITE_1H,
    "usage_output_tokens": Part.OUTPUT,
    "web_search_count": Part.WEB_SEARCH,
}
_ANTHROPIC_KINDS: Final = {
    "input_no_cache": Part.INPUT,
    "input_cache_read": Part.CACHE_READ,
    "input_cache_write_5m": Part.CACHE_WRITE_5M,
    "input_cache_write_1h": Part.CACHE_WRITE_1H,
    "output": Part.OUTPUT,
}


def read_bill(text: str, now: int) -> BillReport:
    """The report in an exported file. ``now`` (milliseconds) becomes its ``as_of``. Raises a :class:`BillError`."""
    text = text.removeprefix("﻿")
    first_line = text.split("\n", 1)[0]
    rows = csv.DictReader(
        io.StringIO(text), delimiter="\t" if first_line.count("\t") > first_line.count(",") else ","
    )
    lines: list[BillLine] = []
    try:
        provider, kind, read = _form(rows.fieldnames or ())
        for row in rows:
            if any(row.values()):
                lines += read({name: value or "" for name, value in row.items() if isinstance(name, str)})
    except (_Odd, csv.Error) as error:
        raise BillError(
            tr("Line {line} of the file is not understood: {error}.", line=rows.line_num, error=error)
        ) from None
    if not lines:
        raise BillError(tr("The file has no rows, so there is nothing to compare."))
    days = [line.day for line in lines]
    charged = [line for line in lines if line.amount]
    return BillReport(provider, kind, Origin.CSV, min(days), max(days), added(charged), now)


def read_bill_file(path: Path, now: int) -> BillReport:
    """As :func:`read_bill`, from a file that a person named. Raises a :class:`BillError` with the file's name."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BillError(tr("{file} cannot be read: {why}.", file=path.name, why=error.strerror or error)) from error
    if len(content) > MOST_BYTES:
        raise BillError(
            tr("{file} is larger than {most} MiB, which no export is.", file=path.name, most=MOST_BYTES >> 20)
        )
    try:
        return read_bill(content.decode("utf-8-sig"), now)
    except UnicodeDecodeError:
        raise BillError(tr("{file} is not text in UTF-8.", file=path.name)) from None
    except BillError as error:
        raise BillError(f"{path.name}: {error}") from None


class _Odd(Exception):
    """Something in a row that is not understood."""


def _form(names: Sequence[str]) -> tuple[str, ReportKind, _Read]:
    forms: tuple[tuple[set[str], str, ReportKind, _Read], ...] = (
        ({"usage_date_utc", "model_version", "usage_output_tokens"}, ANTHROPIC, ReportKind.USAGE, _anthropic_usage),
        ({"usage_date_utc", "model", "token_type", "cost_usd"}, ANTHROPIC, ReportKind.COST, _anthropic_cost),
        ({"start_time", "amount_value", "line_item"}, OPENAI, ReportKind.COST, _openai_cost),
        ({"start_time", "model", "input_tokens", "output_tokens"}, OPENAI, ReportKind.USAGE, _openai_usage),
    )
    for needed, provider, kind, read in forms:
        if needed <= set(names):
            return provider, kind, read
    raise BillError(
        tr(
            "This is none of the exports that are known: the usage or cost export of the Claude "
            "Console, or the usage or costs export of the OpenAI platform, as CSV."
        )
    )


def _anthropic_usage(row: Row) -> Iterator[BillLine]:
    day, model = _day(row["usage_date_utc"]), plain(row["model_version"])
    tier = _tier(row.get("usage_type", ""))
    for name, part in _ANTHROPIC_COUNTS.items():
        yield BillLine(day, model, part, tier, _count(row.get(name, "")))
    if "usage_input_tokens_cache_write" in row:  # before the two were told apart
        yield BillLine(day, model, Part.CACHE_WRITE_5M, tier, _count(row["usage_input_tokens_cache_write"]))


def _anthropic_cost(row: Row) -> Iterator[BillLine]:
    cost_type = row.get("cost_type", "")
    part = _ANTHROPIC_KINDS.get(row["token_type"], Part.OTHER)
    if cost_type == "web_search":
        part = Part.WEB_SEARCH
    model = plain(row["model"]) if part != Part.WEB_SEARCH else ""
    tier = _tier(row.get("usage_type", ""))
    yield BillLine(_day(row["usage_date_utc"]), model or plain(cost_type), part, tier, _nano(row["cost_usd"]))


def _openai_cost(row: Row) -> Iterator[BillLine]:
    day = _day(row["start_time"])
    if not row["amount_value"]:  # a day without costs is an empty row
        yield BillLine(day, "", Part.OTHER, STANDARD, 0)
        return
    currency = row.get("amount_currency", "usd").lower()
    if currency != "usd":
        raise _Odd(tr("the amount is in {currency} and not in dollars", currency=plain(currency, 12)))
    model, part, tier = line_item(plain(row["line_item"]))
    yield BillLine(day, model, part, tier, _nano(row["amount_value"]))


def _openai_usage(row: Row) -> Iterator[BillLine]:
    day, model = _day(row["start_time"]), plain(row["model"])
    tier = usage_tier(row.get("service_tier", ""), row.get("batch", "").lower() == "true")
    cached, written = _count(row.get("input_cached_tokens", "")), _count(row.get("input_cache_write_tokens", ""))
    yield BillLine(day, model, Part.INPUT, tier, max(0, _count(row["input_tokens"]) - cached - written))
    yield BillLine(day, model, Part.CACHE_READ, tier, cached)
    yield BillLine(day, model, Part.CACHE_WRITE_5M, tier, written)
    yield BillLine(day, model, Part.OUTPUT, tier, _count(row["output_tokens"]))
    yield BillLine(day, model, Part.REQUESTS, tier, _count(row.get("num_model_requests", "")))


def _tier(text: str) -> str:
    """Anthropic's exports call usual requests ``standard`` or ``message``."""
    return text if text in ("batch", "priority", "flex") else STANDARD


def _day(text: str) -> date:
    text = text.strip()
    try:
        if text.isascii() and text.isdigit() and len(text) > 8:
            return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(text))).date()
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise _Odd(tr('"{text}" is no day', text=plain(text, 30))) from None
    return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()


def _count(text: str) -> int:
    digits = text.replace(",", "").strip().removesuffix(".0")
    if not digits:
        return 0
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise _Odd(tr('"{text}" is no number of tokens', text=plain(text, 30)))
    return int(digits)


def _nano(text: str) -> int:
    try:
        dollars = Decimal(text.strip().removeprefix("$").replace(",", ""))
    except InvalidOperation:
        raise _Odd(tr('"{text}" is no amount', text=plain(text, 30))) from None
    if not dollars.is_finite() or abs(dollars) > _MOST_DOLLARS:
        raise _Odd(tr('"{text}" is no amount', text=plain(text, 30)))
    return from_dollars(dollars)
