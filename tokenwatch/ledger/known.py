"""What the writer remembers between transactions, so that it need not ask for it: ids, and how sources were left.

Owns the ids of sources, sessions, kinds and contexts, handing out new ones included. Does not own the tables' other
columns, and forgets everything when a transaction is undone.
"""

from __future__ import annotations

import sqlite3
from itertools import starmap
from operator import itemgetter
from typing import Any, Final

import msgspec

from tokenwatch.base.usage import Context

_KEPT: Final = 2_000
"""Contexts and sessions that are remembered while little happens."""

_MOST_FAMILIES: Final = 2_000_000

SELECT_CONTEXTS: Final = (
    "SELECT c.id, k.agent, s.session, k.model, coalesce(p.session, ''), c.agent_id, k.project, k.branch, k.provider, "
    "k.tier, k.geo, c.rank, c.lane, c.origin, k.estimated "
    "FROM contexts c JOIN kinds k ON k.id = c.kind JOIN sessions s ON s.id = c.session "
    "LEFT JOIN sessions p ON p.id = c.parent "
)


_KIND: Final = ("agent", "model", "project", "branch", "provider", "tier", "geo", "estimated")

_Kind = tuple[str, str, str, str, str, str, str, int]


class Mark(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """How a source was when it was last read to its end; ``size`` is -1 if it was not. ``reader`` is a version."""

    id: int
    device: int
    number: int
    size: int
    modified: int
    reader: int


class _Session(msgspec.Struct, gc=False):
    id: int
    seen: bool
    """It has entries of its own, and is not only named as a parent."""
    saved: bool = True
    """The ledger has it."""


class Known:
    """Filled by :meth:`load`."""

    def __init__(self) -> None:
        self.marks: dict[str, Mark] = {}
        """Every source by path."""
        self.families: set[int] | None = None
        """While a ledger that was empty is filled: all families in it, which saves asking. Else None."""
        self._contexts: dict[tuple[int, Context], int] = {}
        self._whole: set[int] = set()
        """Sources whose contexts are all known."""
        self._sessions: dict[tuple[str, str], _Session] = {}
        self._kinds: dict[_Kind, int] = {}
        self._next = {"sources": 1, "contexts": 1, "sessions": 1, "kinds": 1}
        self._new_contexts: list[tuple[Any, ...]] = []
        self._new_kinds: list[tuple[str | int, ...]] = []
        self._new_sessions: list[tuple[_Session, str, str]] = []
        self._unsaved: list[tuple[int]] = []
        """Sessions that the ledger has, but not that they were seen."""
        self._fresh: list[tuple[str, str]] = []
        self.parents: set[str] = set()
        """While :attr:`families` is kept: sessions that raw entries name as their parents."""

    def load(self, connection: sqlite3.Connection) -> None:
        """What the ledger holds now. 2 µs a source; sessions and contexts are asked for when they are needed."""
        # Two questions, so that nothing is done for each of many sources that Python's own loops cannot do.
        paths = connection.execute("SELECT path FROM sources ORDER BY id")
        marks = connection.execute("SELECT id, device, number, size, modified, reader FROM sources ORDER BY id")
        self.marks = dict(zip(map(itemgetter(0), paths), starmap(Mark, marks), strict=True))
        for table in self._next:
            self._next[table] = connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]
        new = not self.marks and self._next["sessions"] == 1
        self.families = set() if new else None
        self._forget()

    def trim(self) -> None:
        """Forget what only hurry needs, after a transaction. Not while an empty ledger is filled."""
        if self.families is not None and len(self.families) > _MOST_FAMILIES:
            self.families = None
        if self.families is None and len(self._contexts) + len(self._sessions) > _KEPT:
            self._forget()

    def _forget(self) -> None:
        self._contexts = {}
        self._whole = set()
        self._sessions = {}
        self._kinds = {}
        self._new_contexts = []
        self._new_kinds = []
        self._new_sessions = []
        self._unsaved = []
        self._fresh = []
        self.parents = set()

    def new_source(self) -> int:
        source = self._take("sources")
        self._whole.add(source)
        return source

    def context(self, connection: sqlite3.Connection, source: int, context: Context) -> int:
        """The id of a context of a source, whose session is seen now. A new one is inserted by :meth:`write`."""
        key = (source, context)
        found = self._contexts.get(key)
        if found is None and source not in self._whole:
            for row in connection.execute(f"{SELECT_CONTEXTS} WHERE c.source = ?", (source,)):
                self._contexts[(source, Context(*row[1:]))] = row[0]
            self._whole.add(source)
            found = self._contexts.get(key)
        if found is None:
            found = self._contexts[key] = self._take("contexts")
            session = self.see(connection, context.agent, context.session)
            parent = 0
            if context.parent_session:
                parent = self._session(connection, context.agent, context.parent_session).id
            kind = self._kind(connection, context)
            self._new_contexts.append(
                (found, source, session, parent, kind, context.agent_id, context.rank, context.lane, context.origin)
            )
        return found

    def see(self, connection: sqlite3.Connection, agent: str, session: str) -> int:
        """The id of a session that has entries; see :meth:`take_fresh`."""
        found = self._session(connection, agent, session)
        if not found.seen:
            found.seen = True
            if found.saved:
                self._unsaved.append((found.id,))
            self._fresh.append((agent, session))
        return found.id

    def take_fresh(self) -> list[tuple[str, str]]:
        """Sessions that were seen for the first time since the last call, as far as raw entries may name them."""
        fresh, self._fresh = self._fresh, []
        return fresh if self.families is None else [entry for entry in fresh if entry[1] in self.parents]

    def seen(self, connection: sqlite3.Connection, agent: str, session: str) -> bool:
        """Whether a session has entries."""
        found = self._sessions.get((agent, session)) or self._asked(connection, agent, session)
        return found is not None and found.seen

    def write(self, connection: sqlite3.Connection) -> None:
        """Insert what is new since the last time."""
        connection.executemany(
            "INSERT INTO sessions (id, agent, session, seen) VALUES (?, ?, ?, ?)",
            [(found.id, agent, session, found.seen) for found, agent, session in self._new_sessions],
        )
        connection.executemany(
            f"INSERT INTO kinds (id, {', '.join(_KIND)}) VALUES (?,?,?,?,?,?,?,?,?)", self._new_kinds
        )
        connection.executemany(
            "INSERT INTO contexts (id, source, session, parent, kind, agent_id, rank, lane, origin) "
            "VALUES (?,?,?,?,?,?,?,?,?)",
            self._new_contexts,
        )
        connection.executemany("UPDATE sessions SET seen = 1 WHERE id = ?", self._unsaved)
        for found, _, _ in self._new_sessions:
            found.saved = True
        self._new_sessions, self._new_kinds, self._new_contexts, self._unsaved = [], [], [], []

    def _kind(self, connection: sqlite3.Connection, context: Context) -> int:
        """The id of what this context has in common with others."""
        kind = (
            *(context.agent, context.model, context.project, context.branch, context.provider),
            *(context.tier, context.geo, context.estimated),
        )
        found = self._kinds.get(kind)
        if found is None and self.families is None:
            asked = " AND ".join(f"{name} = ?" for name in _KIND)
            row = connection.execute(f"SELECT id FROM kinds WHERE {asked}", kind).fetchone()
            found = None if row is None else self._kinds.setdefault(kind, row[0])
        if found is None:
            found = self._kinds[kind] = self._take("kinds")
            self._new_kinds.append((found, *kind))
        return found

    def _session(self, connection: sqlite3.Connection, agent: str, session: str) -> _Session:
        found = self._sessions.get((agent, session)) or self._asked(connection, agent, session)
        if found is None:
            found = self._sessions[(agent, session)] = _Session(self._take("sessions"), seen=False, saved=False)
            self._new_sessions.append((found, agent, session))
        return found

    def _asked(self, connection: sqlite3.Connection, agent: str, session: str) -> _Session | None:
        if self.families is not None:
            return None  # everything that the ledger holds came through here
        row = connection.execute(
            "SELECT id, seen FROM sessions WHERE agent = ? AND session = ?", (agent, session)
        ).fetchone()
        if row is None:
            return None
        found = self._sessions[(agent, session)] = _Session(row[0], bool(row[1]))
        return found

    def _take(self, table: str) -> int:
        self._next[table] += 1
        return self._next[table] - 1
