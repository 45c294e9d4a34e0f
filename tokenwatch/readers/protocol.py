"""What a reader is: the code that knows one agent's sources.

Owns the types between readers and the rest. Does not open files, ask the time, or touch the ledger:
neither do readers. A reader never raises for bad input; what it cannot read it returns as counts.

Types that are made for each of thousands of sources are msgspec structs, as records are (see base/usage.py).

How to add a reader
-------------------
1. ``readers/<agent>.py`` exports ``READER``, usually a ``log_reader.LogReader``. ``roots`` names folders and which
   files in them are sources; a root has one :class:`Kind`, so a folder with two kinds of source is two
   roots. Keep ``depth`` as small as the agent's layout allows: the tree down to it is walked every minute.
2. *Lines* (append-only JSONL): ``part.data`` is whole lines from ``part.offset`` on; see ``jsonl.decoded``. The carry
   is what must be known of earlier lines.
3. *Document* (a JSON file that is written anew): ``part.data`` is the whole file, each time it changed; see
   ``document.decoded``. Return every record each time: the ledger merges by family and variant, the larger count
   wins, and what has vanished from the file stays counted. When the document cannot be decoded return the carry
   unchanged. The carry is what the version of the file before left.
4. *Database* (SQLite): declare ``queries``, see :class:`AsksDatabases`; ``part.rows`` holds, by query, the rows that
   are new or changed, as tuples in the order of ``columns``. What the file lacks is not an error: a missing column is
   None in every row, a missing table has no entry in ``rows``. Rows come again at any time. Nothing but declared
   columns is ever read.
5. A source that keeps a *running total* gives snapshots of it, see ``running_total.py``: its differences are then a
   function of the set of snapshots, and neither repetition nor order matters.
6. ``tests/fixtures/agents/<agent>/<home>/`` is a home with what the agent wrote and ``expected.json``, the records; a
   database stands there as SQL text, ``<name>.sql``. ``tests/readers/test_contract.py`` finds it by itself;
   ``tests/readers/test_<agent>.py`` shows what is special.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal, Protocol, cast, runtime_checkable

import msgspec

from tokenwatch.base.limits import Quota
from tokenwatch.base.paths import Paths
from tokenwatch.base.translation import mark
from tokenwatch.base.usage import Agent, Amendment, Record

MALFORMED: Final = mark("not valid JSON")
"""Why most entries that cannot be read cannot."""

Carry = bytes
"""What a reader must remember between two parts of a source: packed by the reader, opaque to others.
The empty carry stands for the beginning of a source."""


class Kind(StrEnum):
    """How a source is written, and therefore read."""

    LINES = "lines"
    """Only appended to: read on from where the last reading ended."""
    DOCUMENT = "document"
    """Written anew as a whole: read whole each time it changes."""
    DATABASE = "database"
    """SQLite, perhaps open in the agent: asked for rows that changed."""


class Encoding(StrEnum):
    PLAIN = "plain"
    ZSTD = "zstd"
    """Compressed as a whole; read from the start each time it changes."""


class Root(msgspec.Struct, frozen=True):
    """A directory tree in which an agent keeps sources: files below ``path`` whose name fits.

    The collector walks it; ``accepts`` says of a path relative to ``path`` (with ``/``) whether it is a
    source. Only regular files inside the resolved root are opened. ``depth`` is how many folders deep sources may
    stand below ``path``: 0 for only directly in it.
    """

    agent: str
    path: Path
    accepts: Callable[[str], bool]
    kind: Kind = Kind.LINES
    depth: int = 16


class Source(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One file of an agent. ``path`` is its real path, ``relative`` the one below its root, with ``/``."""

    agent: str
    path: str
    relative: str
    encoding: Encoding = Encoding.PLAIN
    kind: Kind = Kind.LINES


Row = tuple[Any, ...]
"""Values of a database: int, float, str, bytes or None. Text that is no UTF-8 has U+FFFD in it."""


class LookUp(msgspec.Struct, frozen=True):
    """Rows of another table that the rows of a query point to: those whose ``key`` is the row's value of ``by``.

    ``only``: which rows of the query are followed; without it all are.
    """

    name: str
    table: str
    key: str
    by: str
    columns: tuple[str, ...]
    only: Callable[[Row], bool] | None = None


class Query(msgspec.Struct, frozen=True):
    """What to read of one table of a database. The collector reads on from the row where it ended.

    ``changed``: the column in which the writer notes when it last changed a row; empty if rows are only inserted (or
    replaced by new ones). ``whole``: neither holds, all rows are to be read each time. ``where``: conditions that all
    must hold, as (column, operator, value).
    """

    name: str
    table: str
    columns: tuple[str, ...]
    changed: str = ""
    whole: bool = False
    where: tuple[tuple[str, Literal["=", ">=", "<"], int | str], ...] = ()
    look_ups: tuple[LookUp, ...] = ()


class Part(msgspec.Struct, frozen=True, gc=False):
    """A piece of a source: whole lines, a whole document, or rows of a database.

    ``offset`` is where lines begin in the (decompressed) source. ``rows``: by name of query or look-up.
    ``modified`` is the source's modification time in milliseconds, the last resort for a missing time.
    """

    source: Source
    data: bytes
    offset: int = 0
    modified: int = 0
    rows: Mapping[str, Sequence[Row]] = {}
    beside: bytes = b""
    """What the small file beside the source says, see :class:`ReadsBeside`; empty without one."""


class ReadResult(msgspec.Struct, frozen=True, gc=False):
    """``skipped``: reason (plain words) -> number of entries that could not be read."""

    records: Sequence[Record] = ()
    carry: Carry = b""
    amendments: Sequence[Amendment] = ()
    skipped: Mapping[str, int] = msgspec.field(default_factory=dict)
    quotas: Sequence[Quota] = ()


class TurnKind(StrEnum):
    """Milestones of a session's log that the live state needs. They carry no content and are forgotten."""

    PROMPT = "prompt"
    """A person typed something, or the model is to go on after a tool result."""
    TURN_OPEN = "turn open"
    TURN_CLOSED = "turn closed"
    TOOL_OPEN = "tool open"
    TOOL_CLOSED = "tool closed"
    ASKS = "asks"
    """The model asked the person (question, plan to approve) and waits."""
    INTERRUPTED = "interrupted"
    COMPACTED = "compacted"
    FAILED = "failed"
    """A request to the provider came to nothing; the agent may try again."""


class TurnEvent(msgspec.Struct, frozen=True, gc=False):
    """``ref`` joins an opened and a closed turn or tool call; ``tool`` is the kind of tool, never arguments.

    ``target`` is at most the base name of the file that a tool call is about. ``call`` is a hash of tool and
    arguments, which tells only whether two calls in one run of this program were the same; 0 if it is not known.
    ``typed`` is False for a prompt that no person typed: of a schedule, a notification, another program.
    ``agent_name`` and ``agent_kind`` are what the sub-agent ``agent_id`` is called and was started as.
    """

    kind: TurnKind
    session: str
    time: int
    agent_id: str = ""
    ref: str = ""
    tool: str = ""
    model: str = ""
    project: str = ""
    branch: str = ""
    parent_session: str = ""
    context_window: int | None = None
    target: str = ""
    call: int = 0
    typed: bool = True
    agent_name: str = ""
    agent_kind: str = ""


class SubAgentFacts(msgspec.Struct, frozen=True, gc=False):
    """What a file beside a sub-agent's source says of it. ``call`` is the tool call that started it."""

    session: str
    agent_id: str
    kind: str = ""
    call: str = ""
    parent: str = ""
    """The sub-agent that started it, if the file says so."""


class LiveClaim(msgspec.Struct, frozen=True):
    """A session that the agent itself says is alive. A claim, until pid, start time and program are checked.

    ``status`` is one of busy, idle, waiting, shell or "" when the agent does not say.
    ``process_start`` is Linux clock ticks since boot (field 22 of /proc/<pid>/stat), as text; ``started_at``
    milliseconds since 1970.
    """

    agent: str
    pid: int
    session: str
    cwd: str = ""
    status: str = ""
    waiting_for: str = ""
    process_start: str = ""
    started_at: int | None = None
    status_since: int | None = None
    source: Path | None = None


class Reader(Protocol):
    """One per agent, exported as ``READER`` by its module."""

    agent: Agent
    version: int
    """Raised when the same source would give other records; its sources are then read again."""

    def roots(self, paths: Paths) -> Iterable[Root]:
        """Where the agent keeps its sources on this computer, whether or not they exist."""

    def read(self, part: Part, carry: Carry) -> ReadResult:
        """Records of the next part of a source. Pure; the same part and carry give the same result."""

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        """Which entries of a family count, merged; a function of the set only, not of its order.

        ``family`` holds one merged entry per variant. ``known`` tells whether the ledger knows a session.
        Returned records keep the variant of the entry they stand for.
        """

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        """What the live state needs to know, in the order of the log.

        ``carry`` is what :meth:`read` knew before this part; empty if ``part`` holds the source's first line.
        """

    def claims(self, paths: Paths) -> Iterable[Path]:
        """Registry files in which the agent says what is alive; the live package reads them, bounded."""

    def claim(self, path: Path, data: bytes) -> LiveClaim | None:
        """One registry file's claim; None if it is not one or not understood."""


@runtime_checkable
class AsksDatabases(Protocol):
    """A reader with sources that are databases."""

    def queries(self, source: Source) -> Sequence[Query]:
        """What to read of one."""


@runtime_checkable
class ReadsBeside(Protocol):
    """A reader whose agent tells the project of sources in a small file beside them."""

    def file_beside(self, source: Source) -> Path | None:
        """Where that file is, for a source that may have one."""


@runtime_checkable
class DescribesSubAgents(Protocol):
    """A reader whose agent writes a small file about each sub-agent beside its source."""

    def beside(self, source: Source) -> Path | None:
        """The path of that file; None for a source that is no sub-agent's."""

    def sub_agent(self, source: Source, data: bytes) -> SubAgentFacts | None:
        """What the file says; None if it is not understood."""


class Team(msgspec.Struct, frozen=True):
    """What a file says of a team: the session that leads it, and (name, kind) of its members."""

    name: str
    lead: str
    kinds: tuple[tuple[str, str], ...] = ()


@runtime_checkable
class ListsTeams(Protocol):
    """A reader whose agent keeps a file about each team of agents that work together."""

    @property
    def agent(self) -> Agent: ...

    def teams(self, paths: Paths) -> Iterable[Path]:
        """Those files, as far as there are any."""

    def team(self, path: Path, data: bytes) -> Team | None:
        """What one says; None if it is not understood. Of what members are told to do nothing is kept."""


class Spawn(msgspec.Struct, frozen=True):
    """That a session started another one as its sub-agent. ``over``: the agent itself says that it was closed."""

    parent: str
    child: str
    over: bool = False


@runtime_checkable
class ListsSpawns(Protocol):
    """A reader whose agent keeps in a database which sessions started which."""

    @property
    def agent(self) -> Agent: ...

    @property
    def spawn_query(self) -> Query:
        """What to read of it."""

    def spawn_databases(self, paths: Paths) -> Iterable[Path]:
        """The databases in use."""

    def spawns(self, rows: Sequence[Row]) -> Iterable[Spawn]:
        """What the rows say."""


@runtime_checkable
class NotesCalls(Protocol):
    """A reader whose agent keeps tool calls in a table apart from its messages, which do not tell when one begins."""

    @property
    def agent(self) -> Agent: ...

    @property
    def call_look_up(self) -> LookUp:
        """Where they stand; the key is a turn's ``ref``."""

    def notes_calls(self, source: str) -> bool:
        """Whether the source at this path is such a database."""

    def calls(self, rows: Sequence[Row]) -> Iterable[TurnEvent]:
        """What the rows say: tool calls that run, and those that ended."""


def readers() -> dict[str, Reader]:
    """All readers by agent id."""
    from tokenwatch.base.plugins import exports

    found = cast("tuple[Reader, ...]", exports("tokenwatch.readers", "READER"))
    return {reader.agent.id: reader for reader in found}
