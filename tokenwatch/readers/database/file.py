"""SQLite databases of agents: opening one without touching it, and telling whether it changed.

Owns how such a file is opened, with which limits, and what of its surroundings belongs to it. Does not own what is
asked of it (pages.py). The file is foreign and may be hostile.

Decisions
---------
*Never a new file beside the agent's.* Context: SQLite makes ``-wal`` and ``-shm`` when it opens a database in WAL
mode even read-only, if they are not there, and writes read marks into ``-shm``. Decision: with both there it is
opened with ``readonly_shm``; without ``-wal`` nobody writes it, so it is opened as immutable, and what was read is
thrown away if the file changed meanwhile; otherwise a copy of database and ``-wal`` is opened, in a private folder.
Consequence: a large database whose ``-shm`` is missing cannot be read until its agent runs again.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tokenwatch.base.errors import BusySource, SourceError, UnreadableSource
from tokenwatch.base.rights import may_not_be_read
from tokenwatch.base.translation import tr
from tokenwatch.readers.database.companions import companions_state

if TYPE_CHECKING:
    import tempfile

MOST_COPIED: Final = 256 * 1024 * 1024
MOST_VALUE: Final = 32 * 1024 * 1024

_WAIT_SECONDS: Final = 2.0
"""For a writer that locks readers out, which in WAL mode none does for long."""

_STEPS: Final = 20_000
"""Of SQLite's machine between two looks at the clock."""

_FUNCTIONS: Final = frozenset(("max",))
_LIMITS: Final = (
    (sqlite3.SQLITE_LIMIT_LENGTH, MOST_VALUE),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)


class Changing(Exception):
    """The file was written while it was read without locks."""


class DatabaseFile:
    """The file at ``path`` and a connection to it or to a copy. ``is_late`` ends a statement that takes too long."""

    def __init__(self, path: str, is_late: Callable[[], bool]) -> None:
        self.path = path
        self._is_late = is_late
        self._seen: tuple[int, ...] | None = None
        """The state that the file must still have after reading, when it is read without locks."""
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def open(self) -> sqlite3.Connection:
        """Raises what SQLite and the system raise, :class:`Changing` and ``SourceError``; see :meth:`translated`."""
        path = Path(self.path)
        before = _state(path)
        self._seen = None
        if not _is_wal(self.path):
            if not _size(f"{self.path}-journal"):
                return self._connect(path, "mode=ro")
            with contextlib.suppress(sqlite3.OperationalError):
                return self._connect(path, "mode=ro")
            return self._open_copy(path, before, "-journal")  # a writer was killed: it is to be rolled back
        if not _size(f"{self.path}-wal"):
            self._seen = before
            return self._connect(path, "mode=ro&immutable=1")
        if _size(f"{self.path}-shm"):
            with contextlib.suppress(sqlite3.OperationalError):
                return self._connect(path, "mode=ro&readonly_shm=1")
        return self._open_copy(path, before, "-wal")

    def check(self) -> None:
        """Raise :class:`Changing` if what was read may be torn."""
        if self._seen is not None and _state(Path(self.path)) != self._seen:
            raise Changing

    def clean_up(self) -> None:
        """Remove the copy, if there is one. The connection is closed by who has it."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        """Turn errors into a ``SourceError``, once, here at the border."""
        path = self.path
        try:
            yield
        except FileNotFoundError as error:
            raise SourceError(tr("{path} vanished before it was read.", path=path)) from error
        except PermissionError as error:
            raise UnreadableSource(may_not_be_read(str(path))) from error
        except OSError as error:
            raise SourceError(tr("{path} cannot be read: {why}.", path=path, why=error.strerror or error)) from error
        except UnicodeDecodeError as error:
            # SQLite's own message quotes what stands in a damaged schema.
            raise SourceError(tr("{path} is damaged or no database.", path=path)) from error
        except sqlite3.Error as error:
            code = primary_code(error)
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                why = tr("{path} is locked by another program; it is read again soon.", path=path)
                raise BusySource(why) from error
            if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL):
                # A writer that takes up its -wal anew makes readers see this for a moment.
                raise BusySource(tr("{path} cannot be read right now: {why}.", path=path, why=error)) from error
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise SourceError(tr("{path} is damaged or no database.", path=path)) from error
            if code == sqlite3.SQLITE_INTERRUPT:
                why = tr("{path} takes too long to read, so the rest of it is left out.", path=path)
                raise SourceError(why) from error
            raise SourceError(tr("{path} cannot be read: {why}.", path=path, why=error)) from error

    def _open_copy(self, path: Path, before: tuple[int, ...], companion: str) -> sqlite3.Connection:
        import shutil
        import tempfile

        beside = path.with_name(path.name + companion)
        if path.stat().st_size + beside.stat().st_size > MOST_COPIED:
            why = tr("{path} was not closed in order by its agent; it is read when that runs again.", path=path)
            raise SourceError(why)
        self.clean_up()
        self._folder = tempfile.TemporaryDirectory(prefix="tokenwatch-", ignore_cleanup_errors=True)
        copy = Path(self._folder.name) / "copy"
        shutil.copyfile(path, copy)
        shutil.copyfile(beside, copy.with_name(f"copy{companion}"))
        if _state(path) != before:
            raise Changing
        return self._connect(copy, "mode=rw")

    def _connect(self, path: Path, how: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{how}",
            uri=True,
            timeout=_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for limit, most in _LIMITS:
                connection.setlimit(limit, most)
            for name, value in (("trusted_schema", 0), ("query_only", 1), ("mmap_size", 0), ("cell_size_check", 1)):
                connection.execute(f"PRAGMA {name}={value}")
            connection.text_factory = _text
            connection.set_authorizer(_allowed)
            connection.set_progress_handler(self._is_late, _STEPS)
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # the file is opened only now
        except BaseException:
            connection.close()
            raise
        return connection


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's code without its details; 0 of an error of the module itself."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0


def _allowed(action: int, one: str | None, other: str | None, database: str | None, trigger: str | None) -> int:
    """SQLite asks for each thing that a statement does, also for what a hostile schema has it do."""
    fine = (
        action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_TRANSACTION)
        or (action == sqlite3.SQLITE_READ and database in ("main", None))
        or (action == sqlite3.SQLITE_FUNCTION and other in _FUNCTIONS)
        or (action == sqlite3.SQLITE_PRAGMA and one == "table_xinfo")
    )
    return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY


def _state(path: Path) -> tuple[int, ...]:
    """What changes when a database is written, also if its ``-wal`` appears."""
    state = path.stat()
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, *companions_state(str(path))


def _is_wal(path: str) -> bool:
    """By the file's header: bytes 18 and 19 are the versions needed to write and to read it."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise SourceError(tr("{path} is not a regular file.", path=path))
        header = os.read(descriptor, 100)
    finally:
        os.close(descriptor)
    return len(header) == 100 and header[18] == 2


def _size(path: str) -> int:
    """Of a regular file; 0 without one. Anything else in its place may block whoever opens it."""
    try:
        state = os.lstat(path)
    except FileNotFoundError:
        return 0
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, f"{path} is not a regular file")
    return state.st_size


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
