"""``tokenwatch explain`` of a single request: each kind of its tokens, at which price, and every place it stands in.

Owns the shape of that answer, which for JSON is a public interface. Does not own what counts (ledger) or prices.
"""

from __future__ import annotations

from datetime import tzinfo
from fractions import Fraction
from typing import Any

from tokenwatch.base.clock import DAY_MS, iso, to_datetime
from tokenwatch.base.format import whole
from tokenwatch.base.money import NANO, json_dollars
from tokenwatch.base.text import plain
from tokenwatch.base.usage import Estimate, Record
from tokenwatch.cli.output import SCHEMA, Column, clean, table, tokens_json
from tokenwatch.cli.price_row import row_json
from tokenwatch.ledger.origins import Told, number_of
from tokenwatch.pricing.cost import Pricer
from tokenwatch.pricing.rates import RateRow, Rates


def request_json(told: Told, pricer: Pricer, now: int, timezone: str) -> dict[str, Any]:
    record, row = told.record, _row(told.record, pricer)
    context = record.context
    return {
        "schema": SCHEMA,
        "generated_at": iso(now),
        "timezone": timezone,
        "request": number_of(record),
        "at": iso(record.time),
        "agent": context.agent,
        "session": clean(context.session),
        "parent_session": clean(context.parent_session),
        "sub_agent": clean(context.agent_id),
        "project": clean(context.project),
        "model": clean(context.model),
        "provider": clean(context.provider),
        "tier": clean(context.tier),
        "tokens": tokens_json(record.tokens),
        "cost_usd": None if told.listed is None else json_dollars(told.listed),
        "cost_reported_usd": None if record.cost_reported is None else json_dollars(record.cost_reported),
        "uncertain": record.uncertain,
        "estimated": bool(context.estimated),
        "price": row_json(row),
        "sources": [clean(path) for path in told.sources],
        "copies_dropped": [
            {"tokens": tokens_json(other.tokens), "sources": [clean(path) for path in paths]}
            for other, paths in told.others
        ],
    }


def request_text(told: Told, pricer: Pricer, zone: tzinfo) -> str:
    record, row = told.record, _row(told.record, pricer)
    context = record.context
    moment = to_datetime(record.time, zone).isoformat(" ", "milliseconds")
    lines = [f"Request {number_of(record)}", f"{moment}, {context.agent}, {plain(context.model, 60) or 'unknown'}"]
    lines.append(f"Session {plain(context.session, 80)}" + (" (a sub-agent)" if context.agent_id else ""))
    if context.project:
        lines.append(f"Project {plain(context.project, 120)}")
    columns = [Column("Kind"), Column("Tokens", number=True), Column("Price per million", number=True)]
    columns.append(Column("At API prices", number=True))
    text = table(columns, _kinds(record, row))
    after = [f"Together: {'no price is known' if told.listed is None else _exact(told.listed)}"]
    priced = row.price(record).nano if row is not None else None
    if priced is not None and priced != told.listed:
        after.append(f"At present prices it would be {_exact(priced)}.")
    if record.cost_reported is not None:
        after.append(f"The agent itself says {_exact(record.cost_reported)}.")
    if record.uncertain:
        after.append("The agent wrote only a beginning: this is a lower bound.")
    if context.estimated:
        after.append("The agent does not write enough to be exact: this is an estimate.")
    after.append("Stands in:")
    after += [f"  {plain(path, 200)}" for path in told.sources[:1]]
    after += [f"  {plain(path, 200)} (the same again, not counted)" for path in told.sources[1:]]
    if told.others:
        after.append("Other entries of the same response, not counted:")
        after += [
            f"  {whole(other.total)} tokens, {plain(path, 200)}" for other, paths in told.others for path in paths
        ]
    return "\n".join(lines) + "\n\n" + text + "\n" + "\n".join(after) + "\n"


def _row(record: Record, pricer: Pricer) -> RateRow | None:
    row = pricer.row(record.context, record.time // DAY_MS)
    return row.of_sums() if row is not None and record.context.estimated == Estimate.SUM else row


def _kinds(record: Record, row: RateRow | None) -> list[list[str]]:
    rates = Rates(None, None, None, None, None) if row is None else _rates(record, row)
    kinds = (
        ("Input", record.input, rates.input),
        ("Cache read", record.cache_read, rates.cache_read),
        ("Cache write, 5 minutes", record.cache_write_5m, rates.cache_write_5m),
        ("Cache write, 1 hour", record.cache_write_1h, rates.cache_write_1h),
        ("Output", record.output, rates.output),
    )
    return [[words, whole(number), _price(rate), _cost(number, rate)] for words, number, rate in kinds if number]


def _rates(record: Record, row: RateRow) -> Rates:
    """Of the band that the request's prompt falls in."""
    return [band.rates for band in row.bands if band.above == 0 or record.tokens.prompt > band.above][-1]


def _price(rate: Fraction | None) -> str:
    return "—" if rate is None else f"${float(rate):g}"


def _cost(number: int, rate: Fraction | None) -> str:
    return "—" if rate is None else _exact(round(number * rate * 1000))


def _exact(nano: int) -> str:
    """$0.010418: an amount of one request is often below a cent."""
    whole_dollars, rest = divmod(nano, NANO)
    decimals = f"{rest:09d}".rstrip("0").ljust(2, "0")
    return f"${whole_dollars}.{decimals}"
