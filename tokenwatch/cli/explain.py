"""``tokenwatch explain``: where the figures of a session, a day or a month come from, or of a single request.

Owns the shape of the answer, which for JSON is a public interface. Does not add anything up (insight/explain.py), and
does not own how a single request is shown (explain_request.py).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tokenwatch.base.clock import iso, month_of
from tokenwatch.base.errors import LedgerError, QuestionError
from tokenwatch.base.format import money, whole
from tokenwatch.base.format import tokens as scaled_text
from tokenwatch.base.money import json_dollars
from tokenwatch.base.text import plain
from tokenwatch.base.zone import name_of
from tokenwatch.cli.given import Given
from tokenwatch.cli.output import SCHEMA, Column, clean, counted, json_text, progress, table, tokens_json, write
from tokenwatch.cli.price_row import price_words, row_json
from tokenwatch.insight.explain import (
    Explanation,
    Priced,
    Request,
    Why,
    day_named,
    explain,
    explain_request,
    explain_session,
)

_MOST_SOURCES = 8
_DIGITS = 20
"""Of a request's number: as many as tell it from every other, as good as surely."""


def run(given: Given, what: str, *, as_json: bool, most: int = 0) -> tuple[str, ...]:
    """Bring the ledger up to date and print the answer. Returns the sentences that belong to standard error.

    ``most``: how many requests are named one by one, the dearest first.
    """
    from tokenwatch.cli.explain_request import request_json, request_text
    from tokenwatch.engine.once import bring_up_to_date

    zone = given.zone
    with progress() as on_progress, bring_up_to_date(given.paths, given.clock, given.settings, on_progress) as once:
        if once.queries is None:
            raise LedgerError(next(iter(once.warnings), "The ledger cannot be opened."))
        days = _days(what, given.settings.month_start)
        pricer = once.books.pricer
        found = (
            explain_session(once.queries, pricer, what, zone, most)
            if days is None
            else explain(once.queries, pricer, Why(*days), zone, most)
        )
        single = explain_request(once.queries, what) if found is None else []
        warnings = tuple(clean(sentence) for sentence in (*given.mistakes, *once.warnings))
        if len(single) > 1:
            raise QuestionError(f'{len(single)} requests have a number that begins with "{what}"; give more of it.')
        if found is None and not single:
            raise QuestionError(
                f'"{plain(what, 60)}" is no day, no month, no session and no request that the ledger knows.'
            )
        if found is not None:
            shown = explanation_json(found, given.clock.now(), name_of(zone)) if as_json else explanation_text(found)
        elif as_json:
            shown = request_json(single[0], pricer, given.clock.now(), name_of(zone))
        else:
            shown = request_text(single[0], pricer, zone)
    if isinstance(shown, str):
        write(shown)
        return warnings
    write(json_text(shown))
    return ()


def _days(what: str, start: int) -> tuple[date, date] | None:
    day = day_named(what)
    if day is not None:
        return day, day
    first = day_named(f"{what}-{start:02d}") if len(what) == 7 else None
    return None if first is None else (first, month_of(first, start).last)


def explanation_json(found: Explanation, now: int, timezone: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "generated_at": iso(now),
        "timezone": timezone,
        "what": clean(found.what),
        "requests": found.requests,
        "cost_usd": json_dollars(found.listed),
        "unpriced_requests": found.unpriced,
        "uncertain_requests": found.uncertain,
        "copies_dropped": found.copies,
        "prices": found.prices,
        "parts": [
            {
                "agent": part.agent,
                "model": clean(part.model),
                "provider": clean(part.provider),
                "tier": clean(part.tier),
                "geo": clean(part.geo),
                "requests": part.requests,
                "tokens": tokens_json(part.tokens),
                "cost_usd": json_dollars(part.listed),
                "unpriced_requests": part.unpriced,
                "uncertain_requests": part.uncertain,
                "price": row_json(part.row),
            }
            for part in found.parts
        ],
        "single_requests": [_single_json(each) for each in found.single],
        "sources": [{"path": clean(path), "requests": number} for path, number in found.sources],
        "restatements": [
            {
                "at": iso(each.at),
                "month": each.month,
                "before_usd": json_dollars(each.before),
                "after_usd": json_dollars(each.after),
                "requests": each.requests,
                "prices": each.prices,
            }
            for each in found.restated
        ],
    }


def _single_json(request: Request) -> dict[str, Any]:
    return {
        "request": request.number,
        "at": iso(request.at),
        "agent": request.agent,
        "session": clean(request.session),
        "model": clean(request.model),
        "tokens": tokens_json(request.tokens),
        "cost_usd": None if request.listed is None else json_dollars(request.listed),
    }


def explanation_text(found: Explanation) -> str:
    if not found.parts:
        return f"Nothing was used on {found.what}.\n"
    titles = ("Requests", "Input", "Cache read", "Cache write", "Output", "At API prices")
    columns = [Column("Model"), Column("Agent"), Column("Price per million")]
    columns += [Column(title, number=True) for title in titles]
    text = table(columns, [_row(part) for part in found.parts])
    if found.single:
        columns = [Column("Request"), Column("Time (UTC)"), Column("Model")]
        columns += [Column("Tokens", number=True), Column("At API prices", number=True)]
        text += "\n" + table(columns, [_single_row(each) for each in found.single])
    lines = [f"Sources: {len(found.sources)}"]
    lines += [f"  {counted(number, 'request')}  {plain(path, 200)}" for path, number in found.sources[:_MOST_SOURCES]]
    if len(found.sources) > _MOST_SOURCES:
        lines.append(f"  and {len(found.sources) - _MOST_SOURCES} more")
    lines.append(f"Copies in the logs that do not count: {whole(found.copies)}.")
    for number, words in ((found.unpriced, "without a known price"), (found.uncertain, "a lower bound")):
        if number:
            lines.append(f"{whole(number)} of {counted(found.requests, 'request')}: {words}.")
    for each in found.restated:
        change = f"from {money(each.before)} to {money(each.after)}"
        lines.append(
            f"Restated on {iso(each.at)[:10]}: {counted(each.requests, 'request')} of {each.month}, {change}."
        )
    lines.append(f"Prices: {found.prices or 'none yet'}.")
    return text + "\n" + "\n".join(lines) + "\n"


def _single_row(request: Request) -> list[str]:
    cost = "no price" if request.listed is None else money(request.listed)
    return [
        request.number[:_DIGITS],
        iso(request.at)[:19].replace("T", " "),
        request.model or "unknown",
        whole(request.tokens.total),
        cost,
    ]


def _row(part: Priced) -> list[str]:
    used = part.tokens
    return [
        part.model or "unknown",
        part.agent,
        price_words(part.row),
        whole(part.requests),
        scaled_text(used.input),
        scaled_text(used.cache_read),
        scaled_text(used.cache_write_5m + used.cache_write_1h),
        scaled_text(used.output),
        money(part.listed) if part.listed or not part.unpriced else "no price",
    ]
