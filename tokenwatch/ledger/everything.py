"""Everything: all that the ledger holds, row by row, for whoever wants to take it along.

Owns the statements that leave nothing out. Does not own a format (export) and adds nothing up (queries.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tokenwatch.base.alerts import PastAlert
from tokenwatch.base.usage import Record
from tokenwatch.ledger.alert_log import past_alerts
from tokenwatch.ledger.bills import BillDay
from tokenwatch.ledger.queries import Queries
from tokenwatch.ledger.rows import SELECT_ROWS, Row
from tokenwatch.ledger.sqlite_errors import translated

_AT_ONCE = 500


class Everything(Queries):
    """As of one moment, however long it takes. One thread at a time; raises a :class:`LedgerError`."""

    def begin(self) -> int:
        """Hold on to what is committed now; how many records that are."""
        with translated():
            self._connection.execute("BEGIN")
            (number,) = self._connection.execute("SELECT count(*) FROM records").fetchone()
        return int(number)

    def records(self) -> Iterator[tuple[Record, int | None]]:
        """Every record that counts, oldest first, with its listed cost (nano-dollars, None: no price)."""
        with translated():
            rows = self._connection.execute(f"{SELECT_ROWS} ORDER BY r.time, r.family, r.variant")
        while True:
            with translated():
                came = rows.fetchmany(_AT_ONCE)
            if not came:
                return
            for values in came:
                row = Row.of(values)
                yield row.record, row.listed

    def alerts(self) -> tuple[PastAlert, ...]:
        """Every alert that is remembered, latest first."""
        return past_alerts(self._connection, -1)

    def bills(self) -> list[BillDay]:
        """What providers reported of any day."""
        return self.bill_days(date.min, date.max)
