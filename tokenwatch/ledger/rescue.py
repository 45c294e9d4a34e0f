"""Rescue: whether a ledger can be believed, copies of one that can, and putting a copy in a damaged one's place.

Owns the check, the backups and the restoring. Does not own when they happen (engine/guard.py, engine/books.py), and
never deletes a ledger: what cannot be used is set aside under another name.

Decisions
---------
*Sums are compared, not only pages.* Context: SQLite's own check finds pages that are no pages, but not a count that
became another count. Decision: the sums by quarter of an hour, which every figure comes from, must be those of the
records. Consequence: one pass over each table, so the whole check is for once a day, not for each start.

*A copy is as good as its age.* Context: records and checkpoints stand in one file and belong together. Decision: a
backup is a whole copy of both; after it was put in place, logs are simply read on from its checkpoints. Consequence:
only what agents deleted since the copy was made is missing, and that is said.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.errors import LedgerDamaged, LedgerError, LedgerFull, LedgerUnchecked
from tokenwatch.base.translation import tr
from tokenwatch.ledger.formats import SLOT_MS, SLOTS_A_DAY
from tokenwatch.ledger.schema import open_for_reading
from tokenwatch.ledger.sqlite_errors import translated
from tokenwatch.ledger.whole_copy import copy_into_new_file

BACKUPS_KEPT: Final = 3
SET_ASIDE_KEPT: Final = 2
BACKUP_EVERY_MS: Final = 86_400_000
_FREE_FACTOR: Final = 3
"""No copy is made unless so many times its size is free: the space is for the ledger first."""

_BESIDE: Final = ("-wal", "-shm", "-journal")

_STAMP: Final = "%Y%m%dT%H%M%SZ"
_STEPS: Final = 100_000
"""Of SQLite's machine, between two looks at whether the check should end."""

_COUNTS: Final = "input, cache_read, cache_write_5m, cache_write_1h, output, reasoning"
_SUMS: Final = ", ".join(f"coalesce(sum({column}), 0)" for column in _COUNTS.split(", "))
_OF_RECORDS: Final = (
    f"SELECT count(*), {_SUMS}, coalesce(sum(listed), 0), coalesce(sum(listed IS NULL), 0), "
    f"coalesce(sum(time / {SLOT_MS}), 0), coalesce(sum(context), 0) FROM records"
)
_OF_SLOTS: Final = (
    f"SELECT coalesce(sum(requests), 0), {_SUMS}, coalesce(sum(listed), 0), coalesce(sum(unpriced), 0), "
    "coalesce(sum(slot * requests), 0), coalesce(sum(context * requests), 0) FROM slots"
)
_OF_AGENTS: Final = (
    "SELECT s.slot, k.agent, k.estimated > 0, sum(s.requests), sum(s.input), sum(s.cache_read), "
    "sum(s.cache_write_5m), sum(s.cache_write_1h), sum(s.output), sum(s.reasoning), sum(s.listed), sum(s.unpriced), "
    "sum(s.uncertain) FROM slots s JOIN contexts c ON c.id = s.context "
    "JOIN kinds k ON k.id = c.kind GROUP BY 1, 2, 3"
)
_WRONG_AGENTS: Final = (
    f"SELECT (SELECT count(*) FROM ({_OF_AGENTS} EXCEPT SELECT * FROM agent_slots)) "
    f"+ (SELECT count(*) FROM (SELECT * FROM agent_slots EXCEPT {_OF_AGENTS}))"
)
_OF_DAYS: Final = (
    f"SELECT s.slot / {SLOTS_A_DAY}, c.session, c.kind, sum(s.requests), sum(s.input), sum(s.cache_read), "
    "sum(s.cache_write_5m), sum(s.cache_write_1h), sum(s.output), sum(s.reasoning), sum(s.listed), sum(s.unpriced), "
    "sum(s.uncertain) FROM slots s JOIN contexts c ON c.id = s.context GROUP BY 1, 2, 3"
)
_WRONG_DAYS: Final = (
    f"SELECT (SELECT count(*) FROM ({_OF_DAYS} EXCEPT SELECT * FROM days)) "
    f"+ (SELECT count(*) FROM (SELECT * FROM days EXCEPT {_OF_DAYS}))"
)
_NAMELESS: Final = (
    "SELECT count(*) FROM slots s LEFT JOIN contexts c ON c.id = s.context LEFT JOIN sessions n ON n.id = c.session "
    "LEFT JOIN kinds k ON k.id = c.kind WHERE n.id IS NULL OR k.id IS NULL"
)


class Restored(msgspec.Struct, frozen=True):
    """``backup``: when the copy was made that stands in the ledger's place now, milliseconds; None without one."""

    aside: Path
    backup: int | None

    @property
    def sentence(self) -> str:
        kept = tr("The ledger was damaged and has been set aside as {name}.", name=self.aside.name)
        if self.backup is None:
            again = tr("There was no backup, so all logs are read again; what agents have deleted is not counted.")
            return f"{kept} {again}"
        made = datetime.fromtimestamp(self.backup / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
        restored = tr(
            "The backup of {made} is in its place and the logs since then are read again; "
            "what agents wrote and deleted in between is not counted.",
            made=made,
        )
        return f"{kept} {restored}"


# The check


def check(path: Path, stopped: Callable[[], bool] = bool) -> None:
    """Examine the whole ledger. Raises LedgerDamaged if it cannot be believed, LedgerUnchecked once ``stopped``
    says so, and another :class:`LedgerError` if it cannot be opened."""
    with _examining(path, stopped) as connection:
        _sound_pages(connection)
        try:
            records, slots = (connection.execute(query).fetchone() for query in (_OF_RECORDS, _OF_SLOTS))
            (nameless,) = connection.execute(_NAMELESS).fetchone()
            wrong = any(connection.execute(query).fetchone()[0] for query in (_WRONG_AGENTS, _WRONG_DAYS))
        except sqlite3.OperationalError as error:
            if "overflow" in str(error):
                raise LedgerDamaged(tr("The ledger holds counts that cannot be.")) from error
            raise
        if records != slots or (wrong and not nameless):
            raise LedgerDamaged(tr("The ledger's sums are not those of its records."))
        if nameless:
            raise LedgerDamaged(tr("The ledger holds sums that belong to no session."))


def check_after_crash(path: Path) -> None:
    """The part of :func:`check` that is quick, if the ledger was not closed in order. Raises as :func:`check`."""
    if left_open(path):
        with _examining(path, bool) as connection:
            _sound_pages(connection)


def left_open(path: Path) -> bool:
    """Whether whoever wrote the ledger last did not close it; also while somebody has it open."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


@contextlib.contextmanager
def _examining(path: Path, stopped: Callable[[], bool]) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(open_for_reading(path)) as connection:
        connection.set_progress_handler(lambda: 1 if stopped() else 0, _STEPS)
        try:
            with translated():
                connection.execute("BEGIN")  # all of it as of one moment
                yield connection
        except LedgerError as error:
            if stopped():
                raise LedgerUnchecked(tr("The check of the ledger was broken off.")) from error
            raise


def _sound_pages(connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise LedgerDamaged(tr("The ledger file is damaged."))


# Backups


def backups(folder: Path) -> list[tuple[int, Path]]:
    """(when it was made in milliseconds, file) of every backup, the newest first."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            made = _made(path)
            if made is not None and path.is_file() and not path.is_symlink():
                found.append((made, path))
    return sorted(found, reverse=True)


def back_up(path: Path, folder: Path, now: int, stopped: Callable[[], bool] = bool) -> Path | None:
    """Copy a ledger that :func:`check` found good into ``folder``, and delete the oldest copies beyond the last few.

    None if too little space is free. ``now`` is milliseconds. The folder must exist. Raises a :class:`LedgerError`;
    then no copy was made.
    """
    if shutil.disk_usage(folder).free < _FREE_FACTOR * path.stat().st_size:
        return None
    target = folder / f"ledger-{datetime.fromtimestamp(now / 1000, UTC):{_STAMP}}.sqlite"
    with contextlib.closing(open_for_reading(path)) as connection, translated():
        # As of one moment: a copy that follows what is written meanwhile might never end.
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        copy_into_new_file(connection, target, stopped)
    for _, old in backups(folder)[BACKUPS_KEPT:]:
        old.unlink(missing_ok=True)
    return target


def _made(path: Path) -> int | None:
    try:
        made = datetime.strptime(path.name, f"ledger-{_STAMP}.sqlite").replace(tzinfo=UTC)
    except ValueError:
        return None
    return round(made.timestamp() * 1000)


# Restoring


def restore(path: Path, folder: Path, now: int) -> Restored:
    """Set a ledger that cannot be believed aside, with what stands beside it, and put the newest good backup there.

    Nobody may have it open. Without a good backup there is no ledger afterwards, and the next writer makes one.
    ``now`` is milliseconds. Raises a :class:`LedgerError` if files cannot be moved.
    """
    try:
        aside = _set_aside(path, now)
        for made, backup in backups(folder):
            try:
                check(backup)
            except LedgerError:
                continue
            part = path.with_suffix(".part")
            part.unlink(missing_ok=True)
            with backup.open("rb") as source, open(_new(part), "wb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            part.replace(path)
            return Restored(aside, made)
    except OSError as error:
        if error.errno == 28:
            raise LedgerFull(tr("The ledger is damaged, and there is no space for its backup.")) from error
        raise LedgerError(
            tr(
                "The ledger is damaged, and its backup could not be put in place: {why}.",
                why=error.strerror or error,
            )
        ) from error
    return Restored(aside, None)


def _set_aside(path: Path, now: int) -> Path:
    """The new name; files beside it keep their endings, so that it could be opened there."""
    aside = path.with_name(f"{path.stem}-damaged-{datetime.fromtimestamp(now / 1000, UTC):{_STAMP}}.sqlite")
    for ending in (*_BESIDE, ""):  # the ledger last: killed in between, it is still found damaged
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(aside.with_name(aside.name + ending))
    others = sorted(path.parent.glob(f"{path.stem}-damaged-*.sqlite"), reverse=True)
    for old in others[SET_ASIDE_KEPT:]:
        for ending in (*_BESIDE, ""):
            old.with_name(old.name + ending).unlink(missing_ok=True)
    return aside


def _new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
