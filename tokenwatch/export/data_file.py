"""The user's data as a file: every request as comma-separated values, or everything that is kept as JSON.

Owns the columns and names, and writing the file whole or not at all. Does not own what is kept (ledger) or where the
file goes. Holds nothing that was said: no prompt, no answer and no code is ever kept. Money is US dollars, times are
UTC, and what is not known is empty or null.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Final

from tokenwatch.base.clock import iso
from tokenwatch.base.money import to_dollars
from tokenwatch.base.text import plain
from tokenwatch.base.usage import Record
from tokenwatch.export.csv_file import guarded
from tokenwatch.ledger.everything import Everything

SCHEMA: Final = 1
_TELL_EVERY: Final = 2_000
_LONGEST: Final = 4_096

OnProgress = Callable[[int, int], None]
"""Requests written, and of how many."""

_TEXTS: Final = (
    "time", "agent", "session", "parent_session", "sub_agent", "project", "branch", "provider", "model", "tier",
)  # fmt: skip
_COUNTS: Final = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning")
COLUMNS: Final = (*_TEXTS, *_COUNTS, "list_usd", "reported_usd", "uncertain", "estimated")


class Stopped(Exception):
    """The caller wants no more of it."""


def write_data(
    ledger: Path, target: Path, now: int, on_progress: OnProgress, stopped: Callable[[], bool] = bool
) -> int | None:
    """Write what ``ledger`` holds to ``target``: JSON if its name ends so, else CSV. The requests in it.

    None once ``stopped`` says so; then there is no file. ``now`` is milliseconds. Raises a :class:`LedgerError` if
    the ledger cannot be read, OSError if the file cannot be written; then whatever was there before still is.
    """
    part = target.with_name(f".{target.name}.part")
    everything = Everything(ledger)
    try:
        number = everything.begin()
        # The first one takes longest, for all are sorted then; a file is made when there is something to write.
        came = iter(_watched(everything, number, on_progress, stopped))
        rows = chain(list(islice(came, 1)), came)
        with part.open("w", encoding="utf-8", newline="") as file:
            if target.suffix.lower() == ".json":
                _write_json(file, everything, rows, now)
            else:
                _write_csv(file, rows)
        part.replace(target)
    except Stopped:
        return None
    finally:
        everything.close()
        part.unlink(missing_ok=True)
    on_progress(number, number)
    return number


def _watched(
    everything: Everything, number: int, on_progress: OnProgress, stopped: Callable[[], bool]
) -> Iterable[list[Any]]:
    on_progress(0, number)
    for done, (record, listed) in enumerate(everything.records(), 1):
        yield _row(record, listed)
        if done % _TELL_EVERY == 0:
            if stopped():
                raise Stopped
            on_progress(done, number)


def _row(record: Record, listed: int | None) -> list[Any]:
    """The values of :data:`COLUMNS`; None is not known."""
    context, tokens = record.context, record.tokens
    return [
        iso(record.time),
        *(
            plain(text, _LONGEST)
            for text in (
                context.agent, context.session, context.parent_session, context.agent_id, context.project,
                context.branch, context.provider, context.model, context.tier,
            )
        ),
        tokens.input, tokens.cache_read, tokens.cache_write_5m, tokens.cache_write_1h, tokens.output,
        tokens.reasoning,
        listed, record.cost_reported, record.uncertain, context.estimated > 0,
    ]  # fmt: skip


def _write_csv(file: IO[str], rows: Iterable[list[Any]]) -> None:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        *cells, listed, reported, uncertain, estimated = row
        writer.writerow(
            [
                *(guarded(cell) if isinstance(cell, str) else cell for cell in cells),
                "" if listed is None else f"{to_dollars(listed):.9f}",
                "" if reported is None else f"{to_dollars(reported):.9f}",
                int(uncertain),
                int(estimated),
            ]
        )


def _write_json(file: IO[str], everything: Everything, rows: Iterable[list[Any]], now: int) -> None:
    """One request a line, so that also a large file can be read by a simple program."""
    file.write(f'{{"schema": {SCHEMA}, "generated_at": "{iso(now)}",\n"requests": [')
    between = "\n"
    for row in rows:
        values = dict(zip(COLUMNS, row, strict=True))
        for name in ("list_usd", "reported_usd"):
            values[name] = None if values[name] is None else float(to_dollars(values[name]))
        file.write(f"{between}{json.dumps(values)}")
        between = ",\n"
    file.write("\n]")
    for name, entries in _rest(everything):
        file.write(f',\n"{name}": [')
        file.write(",".join(f"\n{json.dumps(entry)}" for entry in entries))
        file.write("\n]")
    file.write("\n}\n")


def _rest(everything: Everything) -> Iterable[tuple[str, Iterable[dict[str, Any]]]]:
    yield (
        "work",
        (
            {
                "agent": plain(each.agent, _LONGEST),
                "session": plain(each.session, _LONGEST),
                "kind": each.kind.value,
                "begin": iso(each.start),
                "end": iso(each.end),
            }
            for each in everything.intervals(None, None)
        ),
    )
    yield (
        "limits",
        (
            {
                "provider": each.provider,
                "plan": each.plan,
                "window": each.window,
                "used_percent": each.used_percent,
                "resets_at": None if each.resets_at is None else iso(each.resets_at),
                "as_of": iso(each.as_of),
            }
            for each in everything.quota_readings(0)
        ),
    )
    yield (
        "bills",
        (
            {
                "provider": day.provider,
                "report": day.kind.value,
                "day": day.day.isoformat(),
                "as_of": iso(day.as_of),
                "lines": [
                    {"model": line.model, "part": line.part, "tier": line.tier, "amount": line.amount}
                    for line in day.lines
                ],
            }
            for day in everything.bills()
        ),
    )
    yield (
        "alerts",
        (
            {
                "rule": past.alert.rule,
                "title": plain(past.alert.title, _LONGEST),
                "body": plain(past.alert.body, _LONGEST),
                "at": iso(past.alert.at),
                "ended": None if past.ended is None else iso(past.ended),
            }
            for past in everything.alerts()
        ),
    )
