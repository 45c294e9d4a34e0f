"""Two small agents, a clock, and a stage on which processes, claims and logs can be put."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tokenwatch.base.clock import FixedClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Signature
from tokenwatch.live.processes import ProcessInfo, Role
from tokenwatch.live.sessions import LiveTracker, OpenSession
from tokenwatch.readers.protocol import LiveClaim, Part, ReadResult, TurnEvent, TurnKind

NOW = 1_795_000_000_000

WITH_REGISTRY = Agent(
    "ann",
    "Ann",
    "A",
    "anyone",
    Signature(
        programs=("ann",),
        paths=(r"/ann/versions/[^/]+$",),
        scripts=(r"/ann-cli/cli\.js$",),
        not_arguments=("doctor", "daemon run", "--bg-spare"),
        hosts=("app-server",),
    ),
)
WITHOUT_REGISTRY = Agent("bob", "Bob", "B", "anyone", Signature(programs=("bob",), hosts=("app-server",)))


@dataclass
class FakeReader:
    """A reader whose registry is ``<home>/.<agent>/sessions/*.json``."""

    agent: Agent
    registry: bool = True
    version: int = 1
    asked: list[Path] = field(default_factory=list)

    def roots(self, paths: Paths) -> Iterable[Any]:
        return ()

    def read(self, part: Part, carry: bytes) -> ReadResult:
        return ReadResult()

    def settle(self, family: Any, known: Any) -> Any:
        return family

    def turns(self, part: Part, carry: bytes) -> Iterable[TurnEvent]:
        return ()

    def claims(self, paths: Paths) -> Iterable[Path]:
        return sorted((paths.home / f".{self.agent.id}" / "sessions").glob("*.json")) if self.registry else ()

    def claim(self, path: Path, data: bytes) -> LiveClaim | None:
        self.asked.append(path)
        try:
            found = json.loads(data)
            return LiveClaim(
                agent=self.agent.id,
                pid=int(found["pid"]),
                session=str(found.get("session", "")),
                cwd=str(found.get("cwd", "")),
                status=str(found.get("status", "")),
                waiting_for=str(found.get("waiting_for", "")),
                process_start=str(found.get("process_start", "")),
                started_at=found.get("started_at"),
                status_since=found.get("status_since"),
                source=path,
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            return None


@dataclass
class Stage:
    """What a tracker sees; change it, then :meth:`look`."""

    home: Path
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))
    running: list[ProcessInfo] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.paths = Paths.below(self.home)
        self.readers = {
            "ann": FakeReader(WITH_REGISTRY),
            "bob": FakeReader(WITHOUT_REGISTRY, registry=False),
        }
        self.tracker = LiveTracker(self.readers, self.paths, self.clock, lambda: tuple(self.running))

    @property
    def now(self) -> int:
        return self.clock.now()

    def process(
        self, pid: int, agent: str = "ann", cwd: str = "/code/shop", ago: float = 3600, **more: Any
    ) -> ProcessInfo:
        started = self.now - round(ago * 1000)
        info = ProcessInfo(
            pid=pid,
            ppid=1,
            started_at=started,
            start_ticks=str(started // 10),
            exe=f"/opt/{agent}",
            cwd=cwd,
            agent=agent,
            role=Role.SESSION,
        )
        self.running.append(replace(info, **more))
        return self.running[-1]

    def end(self, pid: int) -> None:
        self.running[:] = [process for process in self.running if process.pid != pid]

    def claim(self, process: ProcessInfo, session: str, status: str = "", **more: Any) -> Path:
        folder = self.home / ".ann" / "sessions"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{process.pid}.json"
        content = {
            "pid": process.pid,
            "session": session,
            "cwd": process.cwd,
            "status": status,
            "process_start": process.start_ticks,
            "started_at": process.started_at,
            "status_since": self.now,
        }
        path.write_text(json.dumps(content | more), encoding="utf-8")
        return path

    def log(self, session: str, *kinds: TurnKind, agent: str = "ann", ago: float = 0, **more: Any) -> None:
        """The log of a session grew by these events, ``ago`` seconds ago."""
        time = self.now - round(ago * 1000)
        more = {"project": "/code/shop"} | more
        events = [TurnEvent(kind, session, time, **more) for kind in kinds]
        self.tracker.feed(agent, f"/logs/shop/{session}-{more.get('agent_id', '')}.jsonl", time, events)

    def look(self, after: float = 2) -> dict[str, OpenSession]:
        """Open sessions by session id, or by pid where that is not known."""
        self.clock.advance(after)
        found = self.tracker.tick()
        return {one.session or str(one.pid): one for one in found}


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)
