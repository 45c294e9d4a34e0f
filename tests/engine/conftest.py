"""A toy agent with a home of its own, a clock that can be moved, and what an engine says, to wait for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

import pytest

from tests.agent_homes import FIXTURES, install
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.usage import Agent, Context, Record, Signature, identity
from tokenwatch.engine import engine as engine_module
from tokenwatch.engine import live_thread as live_thread_module
from tokenwatch.engine.books import Books
from tokenwatch.engine.core import Core
from tokenwatch.engine.engine import Engine
from tokenwatch.readers.protocol import LiveClaim, Part, Reader, ReadResult, Root, TurnEvent, TurnKind

NOW = 1_795_431_041_000  # 2026-11-23 10:50:41 UTC, a Monday
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
DOLLAR = 1_000_000_000
NANO_A_TOKEN = 1_000
"""What a token of "toy-1" costs: a dollar a million."""

RECORDED = 1_795_430_946_269
"""The last entry in the recorded logs."""


PATIENCE = 30.0
"""Seconds after which a test gives up on something that should happen at once."""

TOY = Agent("toy", "Toy", "T", "anyone", Signature(programs=("toy-agent-of-a-test",)))


class MovableClock:
    """Stands still until it is moved; the wall alone, as when it is set, or with the other one."""

    def __init__(self, now: int = NOW) -> None:
        self.wall = now
        self.other = 0.0

    def now(self) -> int:
        return self.wall

    def monotonic(self) -> float:
        return self.other

    def advance(self, seconds: float) -> None:
        self.wall += round(seconds * 1000)
        self.other += seconds

    def set(self, now: int) -> None:
        self.wall = now


@dataclass
class ToyReader:
    """Reads lines such as ``{"id": 1, "t": 1795431041000, "s": "s1", "out": 5}``; turns have ``turn`` and no id.

    ``fails`` names the functions that raise.
    """

    agent: Agent = TOY
    version: int = 1
    fails: set[str] = field(default_factory=set)

    def roots(self, paths: Paths) -> Iterable[Root]:
        self._maybe_fail("roots")
        return (Root(self.agent.id, paths.home / f".{self.agent.id}", lambda name: name.endswith(".jsonl")),)

    def read(self, part: Part, carry: bytes) -> ReadResult:
        self._maybe_fail("read")
        records: list[Record] = []
        torn = 0
        for line in _objects(part):
            if line is None:
                torn += 1
            elif "id" in line:
                records.append(self._record(line, part))
        return ReadResult(records, carry, skipped={"torn": torn} if torn else {})

    def _record(self, line: Mapping[str, Any], part: Part) -> Record:
        context = Context(
            self.agent.id,
            line.get("s", "s1"),
            line.get("model", "toy-1"),
            line.get("parent", ""),
            line.get("sub", ""),
            line.get("dir", "/work/acme"),
            line.get("branch", "main"),
            "toy",
        )
        return Record(
            context,
            identity(self.agent.id, line["id"]),
            0,
            line.get("t", part.modified),
            input=line.get("in", 0),
            cache_read=line.get("cache", 0),
            output=line.get("out", 0),
            uncertain=bool(line.get("uncertain")),
            mark=line.get("mark", 0),
        )

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        self._maybe_fail("settle")
        return family

    def turns(self, part: Part, carry: bytes) -> Iterable[TurnEvent]:
        self._maybe_fail("turns")
        return [
            TurnEvent(
                TurnKind(line["turn"]),
                line.get("s", "s1"),
                line.get("t", part.modified),
                agent_id=line.get("sub", ""),
                model=line.get("model", ""),
                project=line.get("dir", "/work/acme"),
                branch=line.get("branch", ""),
            )
            for line in _objects(part)
            if line is not None and "turn" in line
        ]

    def claims(self, paths: Paths) -> Iterable[Path]:
        self._maybe_fail("claims")
        return sorted((paths.home / f".{self.agent.id}-claims").glob("*.json"))

    def claim(self, path: Path, data: bytes) -> LiveClaim | None:
        self._maybe_fail("claim")
        return LiveClaim(self.agent.id, source=path, **json.loads(data))

    def _maybe_fail(self, what: str) -> None:
        if what in self.fails:
            raise RuntimeError(f"{what} of a reader")


def _objects(part: Part) -> Iterator[Mapping[str, Any] | None]:
    for line in part.data.split(b"\n")[:-1]:
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        yield found if isinstance(found, dict) else None


@dataclass
class Desk:
    """A home with toy logs, whose files are as old as the clock says, and makers of what works on it."""

    folder: Path
    clock: MovableClock = field(default_factory=MovableClock)
    settings: Settings = field(default_factory=lambda: Settings(timezone="UTC"))
    reader: ToyReader = field(default_factory=ToyReader)
    more_readers: tuple[ToyReader, ...] = ()

    @classmethod
    def found(cls, folder: Path) -> Desk:
        """One that was made before, perhaps by another user."""
        desk = cls.__new__(cls)
        desk.folder, desk.clock, desk.settings = folder, MovableClock(), Settings(timezone="UTC")
        desk.reader, desk.more_readers = ToyReader(), ()
        desk.paths = Paths.below(folder, TZ="UTC")
        return desk

    def __post_init__(self) -> None:
        self.paths = Paths.below(self.folder, TZ="UTC")
        self.paths.ensure(self.paths.config)
        self.paths.price_overrides.write_text('[[price]]\nmodel = "toy-1"\ninput = 1\noutput = 1\n', encoding="utf-8")
        (self.folder / ".toy").mkdir(exist_ok=True)

    @property
    def readers(self) -> dict[str, Reader]:
        return {reader.agent.id: reader for reader in (self.reader, *self.more_readers)}

    def log(self, name: str = "a", agent: str = "toy") -> Path:
        return self.folder / f".{agent}" / f"{name}.jsonl"

    def write(self, *lines: Mapping[str, Any] | str, log: str = "a", agent: str = "toy", ago: float = 0) -> Path:
        """Append lines to a log, which then is ``ago`` seconds old."""
        path = self.log(log, agent)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
        at = self.clock.now() / 1000 - ago
        os.utime(path, (at, at))
        return path

    def use(self, number: int, out: int, ago: float = 0, log: str = "a", **more: Any) -> Path:
        """One response of so many output tokens, ``ago`` seconds before now."""
        agent = more.pop("agent", "toy")
        line = {"id": number, "t": self.clock.now() - round(ago * 1000), "out": out, **more}
        return self.write(line, log=log, agent=agent, ago=ago)

    def core(self, **more: Any) -> Core:
        return Core(self.paths, self.clock, self.settings, by_id=self.readers, **more)

    def opened(self, **more: Any) -> Core:
        """A core that has read everything."""
        core = self.core(**more)
        assert core.open(), core.books.trouble
        read_all(core)
        return core

    def engine(self, **more: Any) -> Engine:
        return Engine(self.paths, self.clock, self.settings, by_id=self.readers, **more)

    def plan(self, agent: str = "toy", fee: int = 0) -> None:
        """The agent is paid by a flat plan."""
        self.settings = Settings(timezone="UTC", billing=((agent, Billing("plan", fee)),))


def read_all(core: Core) -> None:
    """As the engine does it, without its threads."""
    core.plan()
    while core.books.pending and not core.books.trouble:
        core.step()


def fill(books: Books) -> None:
    """From now on there is no space for one more page: SQLite's own limit, which fails as a full disk does."""
    assert books.ledger is not None
    connection = books.ledger._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")


def free(books: Books) -> None:
    assert books.ledger is not None
    books.ledger._connection.execute("PRAGMA max_page_count = 1000000")


def health_of(snapshot: Snapshot, part: str) -> Health:
    (found,) = [entry for entry in snapshot.health if entry.part == part]
    return found


class Listener:
    """Every snapshot of an engine, to wait for one of them."""

    def __init__(self, engine: Engine) -> None:
        self._came: SimpleQueue[Snapshot] = SimpleQueue()
        self.seen: list[Snapshot] = []
        engine.subscribe(self._came.put)

    def until(self, fits: Callable[[Snapshot], bool], what: str = "", patience: float = PATIENCE) -> Snapshot:
        """The last snapshot or the next that fits; those before it are :attr:`seen`."""
        if self.seen and fits(self.seen[-1]):
            return self.seen[-1]
        end = monotonic() + patience
        while True:
            try:
                snapshot = self._came.get(timeout=max(0.0, end - monotonic()))
            except Empty:
                last = self.seen[-1] if self.seen else None
                pytest.fail(f"no snapshot fits {what}; the last of {len(self.seen)} was {last}")
            self.seen.append(snapshot)
            if fits(snapshot):
                return snapshot

    def told(self) -> list[str]:
        """Keys of all notifications so far."""
        while True:
            try:
                self.seen.append(self._came.get_nowait())
            except Empty:
                return [alert.key for snapshot in self.seen for alert in snapshot.new_alerts]


@dataclass
class Running:
    """A started engine and what it says."""

    engine: Engine
    said: Listener
    nudged: int = 0

    def until(self, fits: Callable[[Snapshot], bool], what: str = "") -> Snapshot:
        return self.said.until(fits, what)

    def until_tokens(self, number: int) -> Snapshot:
        """Until the month has so many tokens."""
        return self.until(
            lambda one: one.figures.month is not None and one.figures.month.tokens == number, f"{number} tokens"
        )

    def until_read(self) -> Snapshot:
        """Until everything that was there at the start is read and judged: what holds is told of from then on."""
        return self.until(lambda _: self.engine._core.books.caught_up and not self.engine._core.first_import)

    def until_trouble(self, words: str) -> Snapshot:
        """Until the ledger is in trouble with these words in its reason; without words: in none."""
        if not words:
            return self.until(lambda one: not health_of(one, "ledger").reason, "the ledger without trouble")
        return self.until(lambda one: words in health_of(one, "ledger").reason, words)

    def nudge(self) -> Snapshot:
        """Have it look at its inbox and the time now: a snapshot after that with all that was entered before."""
        self._nudge()
        self.until(lambda _: not self.engine._core.answers.behind, "the month of what was entered")
        return self._nudge()

    def _nudge(self) -> Snapshot:
        self.nudged += 1
        mark = Health("tray", HealthState.FINE, f"nudge {self.nudged}")
        self.engine.report(mark)
        return self.until(lambda one: mark in one.health)


class Hurry:
    """The engine's own time, which runs as usual and can be moved on, so that no test waits for a deadline."""

    def __init__(self) -> None:
        self.skipped = 0.0

    def monotonic(self) -> float:
        return monotonic() + self.skipped

    def __call__(self, running: Running, seconds: float) -> None:
        """So many seconds later; what is due then, happens now."""
        self.skipped += seconds
        running.nudge()


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> Hurry:
    made = Hurry()
    monkeypatch.setattr("tokenwatch.engine.engine.time", made)
    return made


@pytest.fixture
def agents_home(tmp_path: Path) -> Paths:
    """A home with recorded logs of two agents, as old as their last entries: a minute and a half."""
    home = tmp_path / "agents"
    for agent in ("claude-code", "codex"):
        for recorded in sorted((FIXTURES / agent).iterdir()):
            install(recorded, home)
    for path in home.rglob("*.jsonl"):
        path.chmod(0o644)
        os.utime(path, ns=(RECORDED * 1_000_000, RECORDED * 1_000_000))
    return Paths.below(home, TZ="UTC")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "home")


@pytest.fixture
def cores() -> Iterator[Callable[[Core], Core]]:
    """Closes what it is given at the end of the test."""
    made: list[Core] = []

    def keep(core: Core) -> Core:
        made.append(core)
        return core

    yield keep
    for core in made:
        core.close()


Start = Callable[..., Running]


@pytest.fixture
def start(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts an engine on the desk, or the one given; it is stopped at the end of the test.

    Nobody waits for a second because there is only an icon to show anything.
    """
    for module in (engine_module, live_thread_module):
        monkeypatch.setattr(module, "GAP_HIDDEN", 0.05)
    made: list[Engine] = []

    def begin(engine: Engine | None = None) -> Running:
        engine = engine or desk.engine()
        made.append(engine)
        said = Listener(engine)
        engine.start()
        return Running(engine, said)

    yield begin
    for engine in made:
        engine.stop(PATIENCE)
