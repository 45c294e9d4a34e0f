"""SQLite databases of agents: which rows are new or changed.

Owns the statements for what readers declare, and how far each table was read. Does not own opening the file
(file.py) and knows no agent's tables. The database is foreign and may be hostile: only plain tables and
declared columns are read, with limits on time and size.

Decisions
---------
*Pages of rows by rowid.* Context: few agents index the column that says when a row changed, and a page must not be
sorted by it. Decision: each pass goes through the table by rowid and takes rows that are new or changed since the
pass before; a pass may be left at any row and taken up there. Every few hours one takes all rows, because clocks are
set back and rowids are used again. Consequence: readers get rows repeatedly, in the order of insertion.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from types import TracebackType
from typing import Any, Final

import msgspec

from tokenwatch.base.errors import BusySource, SourceError
from tokenwatch.base.translation import mark, tr
from tokenwatch.readers.database.file import Changing, DatabaseFile, primary_code
from tokenwatch.readers.protocol import LookUp, Query, Row

TOO_LARGE: Final = mark("row over 32 MiB")
"""As long as :data:`~tokenwatch.readers.database.file.MOST_VALUE` lets a value be."""

_ROWS: Final = 2000
_BYTES: Final = 8 * 1024 * 1024
_SECONDS: Final = 5.0
"""For one page."""

_WHOLE_MS: Final = 6 * 3_600_000
_TRIES: Final = 3
_CHUNK: Final = 400
_LONGEST_TIME: Final = 64
_FIRST_ROWID: Final = -(1 << 63)

Changed = int | float | str | None


class Cursor(msgspec.Struct, array_like=True, omit_defaults=True):
    """How far one table was read. ``since``: rows changed earlier than this were seen by the pass before.

    ``highest``: the largest rowid that pass saw. ``reached``: in the middle of a pass, the last rowid of its pages so
    far; ``top`` and ``most`` are what the next pass begins with. ``whole_at``: file time of the last pass over all
    rows, milliseconds.
    """

    since: Changed = None
    highest: int | None = None
    reached: int | None = None
    top: Changed = None
    most: int | None = None
    whole_at: int = 0


class Cursors(msgspec.Struct, array_like=True):
    """Of all tables of a database, by query, and the carry of its reader."""

    tables: dict[str, Cursor] = {}
    carry: bytes = b""


class Page(msgspec.Struct):
    """Rows by query and look-up. ``last``: there are no more now. ``skipped``: reason -> rows."""

    rows: dict[str, list[Row]] = {}
    last: bool = True
    skipped: dict[str, int] = {}


encode_cursors: Final[Callable[[Cursors], bytes]] = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Cursors).decode


def decode_cursors(data: bytes) -> Cursors:
    """From a checkpoint; fresh ones for anything that is none."""
    try:
        return _decode(data) if data else Cursors()
    except msgspec.MsgspecError:
        return Cursors()


class Database:
    """An agent's database, open for reading. ``monotonic`` gives seconds."""

    def __init__(self, path: str, monotonic: Callable[[], float]) -> None:
        self._file = DatabaseFile(path, self._is_late)
        self._monotonic = monotonic
        self._connection: sqlite3.Connection | None = None
        self._columns: dict[str, tuple[str, ...]] = {}
        self._until = 0.0

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._file.clean_up()

    def page(self, queries: Sequence[Query], cursors: Cursors, modified: int) -> Page:
        """The next rows of each query; ``cursors`` are moved on. ``modified``: the file's time, milliseconds.

        Raises a ``SourceError``; then the cursors are as before.
        """
        before = encode_cursors(cursors)
        try:
            for _ in range(_TRIES):
                try:
                    with self._file.translated():
                        page = self._page(queries, cursors, modified)
                        self._file.check()
                    return page
                except Changing:
                    self.close()
                    cursors.tables = decode_cursors(before).tables
            raise BusySource(tr("{path} is being written; it is read again soon.", path=self._file.path))
        except SourceError:
            self.close()
            cursors.tables = decode_cursors(before).tables
            raise

    def last_page(self, queries: Sequence[Query], most: int, modified: int) -> Page:
        """The ``most`` rows of each query that were inserted last, in one page. Raises a ``SourceError``."""
        cursors = Cursors()
        self._until = self._monotonic() + _SECONDS
        try:
            with self._file.translated():
                for query in queries:
                    if self._has(query.table, []):
                        find = f"SELECT max(rowid) FROM {_quoted(query.table)}"
                        (highest,) = self._opened().execute(find).fetchone()
                        if highest is not None:
                            cursors.tables[query.name] = Cursor(reached=max(_FIRST_ROWID, highest - most))
        except Changing as error:
            raise BusySource(tr("{path} is being written; it is read again soon.", path=self._file.path)) from error
        return self.page(queries, cursors, modified)

    def look_up(self, look_up: LookUp, value: str | int, most: int) -> list[Row]:
        """The ``most`` rows with this key that were inserted last, the latest first. Raises a ``SourceError``."""
        self._until = self._monotonic() + _SECONDS
        try:
            with self._file.translated():
                if not self._has(look_up.table, [look_up.key]):
                    return []
                rows = (
                    self._opened()
                    .execute(
                        f"SELECT {self._listed(look_up.table, look_up.columns)} FROM {_quoted(look_up.table)} "
                        f"WHERE {_quoted(look_up.key)} = ? ORDER BY rowid DESC LIMIT ?",
                        (value, most),
                    )
                    .fetchall()
                )
                self._file.check()
        except Changing as error:
            raise BusySource(tr("{path} is being written; it is read again soon.", path=self._file.path)) from error
        return rows

    def _page(self, queries: Sequence[Query], cursors: Cursors, modified: int) -> Page:
        self._until = self._monotonic() + _SECONDS
        connection = self._opened()
        page = Page()
        connection.execute("BEGIN")
        try:
            for query in queries:
                if not self._has(query.table, [column for column, _, _ in query.where]):
                    continue
                cursor = cursors.tables.setdefault(query.name, Cursor())
                if cursor.reached is None:
                    self._begin_pass(query, cursor, modified)
                rows = page.rows[query.name] = self._rows(query, cursor, page)
                for look_up in query.look_ups:
                    if self._has(look_up.table, [look_up.key]):
                        page.rows.setdefault(look_up.name, []).extend(self._looked_up(look_up, query, rows))
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        for cursor in cursors.tables.values():
            if page.last:  # of several tables, all are at their end or none is
                _end_pass(cursor)
        return page

    def _begin_pass(self, query: Query, cursor: Cursor, modified: int) -> None:
        connection, table = self._opened(), _quoted(query.table)
        (most,) = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()
        follows = not query.changed or self._has(query.table, [query.changed])
        due = not 0 <= modified - cursor.whole_at < _WHOLE_MS
        restarted = cursor.highest is not None and (most is None or most < cursor.highest)
        if query.whole or not follows or due or restarted:
            cursor.since, cursor.highest, cursor.whole_at = None, None, modified
        cursor.top, cursor.most = cursor.since, cursor.highest
        cursor.reached = cursor.highest if cursor.highest is not None and not query.changed else _FIRST_ROWID
        if query.changed and follows and cursor.highest is None:
            # What changes behind a pass of many pages changes after its beginning.
            (top,) = connection.execute(f"SELECT max({_quoted(query.changed)}) FROM {table}").fetchone()
            cursor.top = top if _is_time(top) else None

    def _rows(self, query: Query, cursor: Cursor, page: Page) -> list[Row]:
        table = _quoted(query.table)
        conditions = ["rowid > ?", *(f"{_quoted(column)} {operator} ?" for column, operator, _ in query.where)]
        values: list[Any] = [cursor.reached, *(value for _, _, value in query.where)]
        if cursor.since is not None:
            conditions.append(f"({_quoted(query.changed)} >= ? OR rowid > ?)")
            values += [cursor.since, cursor.highest]
        changed = self._listed(query.table, [query.changed or "rowid"])
        listed = self._listed(query.table, query.columns)
        where = " AND ".join(conditions)
        rows: list[Row] = []
        size = 0
        statement = f"SELECT rowid, {changed}, {listed} FROM {table} WHERE {where} ORDER BY rowid LIMIT ?"
        most = _ROWS
        while not rows:
            try:
                with closing(self._opened().execute(statement, [*values, most])) as found:
                    for number, when, *row in found:
                        rows.append(tuple(row))
                        cursor.reached = number
                        cursor.most = number if cursor.most is None else max(cursor.most, number)
                        if cursor.since is not None and _is_later(when, cursor.top):
                            cursor.top = when
                        size += sum(len(value) for value in row if isinstance(value, str | bytes))
                        if len(rows) >= most or size >= _BYTES:
                            page.last = False
                            break
                return rows
            except sqlite3.Error as error:
                if primary_code(error) != sqlite3.SQLITE_TOOBIG:
                    raise
            page.last = False
            if most > 1:
                most = 1  # one of the next rows is too large: go on one by one, page by page
                continue
            page.skipped[TOO_LARGE] = page.skipped.get(TOO_LARGE, 0) + 1
            next_one = f"SELECT rowid FROM {table} WHERE {where} ORDER BY rowid LIMIT 1"
            (cursor.reached,) = self._opened().execute(next_one, values).fetchone()
            values[0] = cursor.reached
        return rows

    def _looked_up(self, look_up: LookUp, query: Query, rows: Sequence[Row]) -> list[Row]:
        at = query.columns.index(look_up.by)
        followed = rows if look_up.only is None else [row for row in rows if look_up.only(row)]
        wanted = list(dict.fromkeys(row[at] for row in followed if isinstance(row[at], str | int)))
        listed = self._listed(look_up.table, look_up.columns)
        found: list[Row] = []
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            found += self._opened().execute(
                f"SELECT {listed} FROM {_quoted(look_up.table)} WHERE {_quoted(look_up.key)} IN ({marks})", chunk
            )
        return found

    # The tables

    def _has(self, table: str, columns: Sequence[str]) -> bool:
        """Whether there is a plain table with these columns; computed ones are none."""
        known = self._columns.get(table)
        if known is None:
            known = self._columns[table] = self._columns_of(table)
        return bool(known) and all(column in known for column in columns)

    def _columns_of(self, table: str) -> tuple[str, ...]:
        connection = self._opened()
        # A virtual table has no page of its own; a view is no table.
        plain = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? AND rootpage > 0", (table,)
        ).fetchone()
        if plain is None:
            return ()
        columns = tuple(row[1] for row in connection.execute(f"PRAGMA table_xinfo({_quoted(table)})") if not row[6])
        return columns if "rowid" not in columns and self._has_rowid(table) else ()

    def _has_rowid(self, table: str) -> bool:
        try:
            self._opened().execute(f"SELECT rowid FROM {_quoted(table)} LIMIT 0")
        except sqlite3.OperationalError as error:
            if primary_code(error) == sqlite3.SQLITE_ERROR:
                return False
            raise
        return True

    def _listed(self, table: str, columns: Sequence[str]) -> str:
        known = self._columns[table]
        return ", ".join(_quoted(column) if column in known else "NULL" for column in columns)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._columns = {}
            self._connection = self._file.open()
        return self._connection

    def _is_late(self) -> bool:
        return self._monotonic() > self._until


def _end_pass(cursor: Cursor) -> None:
    cursor.since, cursor.highest = cursor.top, cursor.most
    cursor.reached = cursor.top = cursor.most = None


def _is_time(value: Any) -> bool:
    """Whether it can be a time as a writer notes it; anything else is passed over."""
    return (isinstance(value, int | float) and not isinstance(value, bool)) or (
        isinstance(value, str) and len(value) <= _LONGEST_TIME
    )


def _is_later(value: Any, other: Any) -> bool:
    if not _is_time(value) or isinstance(value, str) != isinstance(other, str):
        return False
    return bool(value > other)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
