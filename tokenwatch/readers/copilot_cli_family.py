"""Copilot CLI's families: which of the entries of one session count.

Owns that rule and the marks that it reads. Pure, and a function of the set of entries only. Does not own the event
log (copilot_cli_events.py) or the database (copilot_cli.py).

One response may be told four times: exactly by a record in the event log and by a row of the database, of which the
more complete ones count; in the sums at the session's end; and in the event log by its output alone, which counts
only as far as nothing else tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import msgspec

from tokenwatch.base.usage import Record, identity
from tokenwatch.readers.running_total import differences, snapshot

AGENT_ID: Final = "copilot-cli"

SUMS: Final = 1
"""The sums of one model since the session's beginning."""

ANSWER: Final = 2
"""The output of one response."""

USED: Final = 3
"""All tokens of one response, in the event log. A row of the database has no mark."""


def family_of(session: str) -> int:
    return identity(AGENT_ID, "session", session)


def sums(record: Record, begun: int) -> Record:
    """``record`` as the sums of its model in a session that began at ``begun``: milliseconds, 0 if not known."""
    entry = snapshot(record, begun=begun)
    return msgspec.structs.replace(entry, variant=identity(entry.variant, record.context.model), mark=SUMS)


def settle(family: Sequence[Record]) -> Sequence[Record]:
    """The entries that count, each with what it counts."""
    used = [entry for entry in family if entry.mark == USED]
    rows = [entry for entry in family if entry.mark == 0]
    exact = rows if _total(rows) > _total(used) else used
    told = sorted((entry for entry in family if entry.mark == SUMS), key=_model)
    summed = [record for _, entries in groupby(told, _model) for record in differences(list(entries))]
    if exact:
        # Both are younger than the agent: of a session from before them only the sums tell some models.
        if _total(summed) <= _total(exact):
            return exact
        known = {entry.context.model for entry in exact}
        return [*exact, *(record for record in summed if record.context.model not in known)]
    until = max((entry.time for entry in told), default=0)
    return [*summed, *(entry for entry in family if entry.mark == ANSWER and entry.time > until)]


def _total(records: Sequence[Record]) -> int:
    return sum(record.total for record in records)


def _model(entry: Record) -> str:
    return entry.context.model
