"""Processes: which agents run here, by the operating system's process table.

Owns asking the system, cheaply, and forgetting what it was told of command lines. Does not own the signatures'
meaning (programs.py) and matches no sessions (sessions.py). Only the user's own processes are looked at; one that
may not be read is unknown, and unknown is no agent.

Decisions
---------
*What has long been no agent is seldom looked at again.* Context: reading every process's line costs most of a look,
and looks go on while nothing happens. Decision: a process that was the same at three looks and is no agent is read
again at one look in six only. Consequence: a shell that replaces itself by an agent after that is found up to six
looks late; one that starts an agent, which is a new process, at once.

*Between looks only new processes are examined.* Context: an agent shall be seen within a second, and a look costs
milliseconds. Decision: Linux tells the number that it gave last, and numbers follow each other, so those in between
are the new ones (elsewhere processes are listed). They are examined some times, because a new one is still the
program that made it. Consequence: on an idle computer it costs microseconds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from msgspec.structs import replace

from tokenwatch.base.usage import Agent
from tokenwatch.live.process_numbers import LatestNumber, is_process
from tokenwatch.live.programs import ProcessInfo, Program, Role, collapse, matches, option_value

__all__ = ["ProcessInfo", "Processes", "Role", "matches"]

_MOST_WORDS: Final = 64
_LONGEST_WORD: Final = 4096
_SURE: Final = 3
_EACH: Final = 6
_TIMES: Final = 4
"""See the decisions above."""

_MOST_EXAMINED: Final = 64


class _Row(NamedTuple):
    """One line of the process table. ``start`` never changes while a process lives, also when the clock does."""

    pid: int
    ppid: int
    name: str
    start: int
    zombie: bool


class Processes:
    """Call it for the agents that run now, oldest first: sessions without their wrappers, and hosts.

    A verdict is kept by (pid, start, name): a pid alone is used again, and the name changes when a process runs
    another program in its place.
    """

    def __init__(self, agents: Iterable[Agent]) -> None:
        self._agents = tuple(agents)
        self._verdicts: dict[tuple[int, int, str], ProcessInfo | None] = {}
        self._others: dict[int, tuple[_Row, int]] = {}
        """Processes that are no agents, and at how many looks they were the same."""
        self._looks = 0
        self._latest = LatestNumber()
        self._listed: set[int] = set()
        self._running: frozenset[int] = frozenset()
        """Agents' processes at the last look, whatever their role."""
        self._young: dict[int, int] = {}
        """New processes that were no agents yet, and how often they are still to be examined."""

    def __call__(self) -> tuple[ProcessInfo, ...]:
        verdicts: dict[tuple[int, int, str], ProcessInfo | None] = {}
        found: dict[int, ProcessInfo] = {}
        parents: dict[int, int] = {}
        newest: dict[int, int] = {}
        others: dict[int, tuple[_Row, int]] = {}
        self._looks += 1
        self._latest.since()
        old = {
            pid: row for pid, (row, looks) in self._others.items() if looks >= _SURE and (pid + self._looks) % _EACH
        }
        listed: set[int] = set()
        for row in _table(old):
            listed.add(row.pid)
            if row.zombie:
                continue
            parents[row.pid] = row.ppid
            newest[row.ppid] = max(newest.get(row.ppid, 0), row.start)
            key = (row.pid, row.start, row.name)
            verdict = self._verdicts[key] if key in self._verdicts else self._judge(row)
            verdicts[key] = verdict
            if verdict is None:
                before, looks = self._others.get(row.pid, (None, 0))
                others[row.pid] = (row, looks + 1 if row == before else 1)
            else:
                found[row.pid] = verdict if verdict.ppid == row.ppid else replace(verdict, ppid=row.ppid)
        self._verdicts, self._others = verdicts, others
        if self._listed:
            self._young |= dict.fromkeys(others.keys() - self._listed, _TIMES)
        self._listed, self._running = listed, frozenset(found)
        return tuple(
            replace(process, newest_child=_milliseconds(newest[process.pid])) if process.pid in newest else process
            for process in collapse(found, parents)
        )

    @property
    def told(self) -> bool:
        """Whether the system itself tells of new processes, so that :meth:`changed` misses none."""
        return self._latest.works

    def changed(self) -> bool:
        """Whether an agent's process began since the last look; at a small part of the cost of a look.

        One that ended is told of (ends.py), else seen at the next look.
        """
        made = self._latest.since()
        if made is not None and not made and not self._young:
            return False
        try:
            new = self._new_ones() if made is None else [pid for pid in made if is_process(pid)]
        except OSError:
            return True  # a look will say why
        young = self._young | dict.fromkeys(new, _TIMES)
        # Of very many those that were examined least.
        examined = sorted(young, key=young.__getitem__, reverse=True)[:_MOST_EXAMINED]
        self._young = {pid: young[pid] for pid in young.keys() - set(examined)}
        begun = False
        for row in _rows(examined):
            key = (row.pid, row.start, row.name)
            if key not in self._verdicts:
                self._verdicts[key] = self._judge(row)
            begun = begun or (self._verdicts[key] is not None and not row.zombie and row.pid not in self._running)
            if young[row.pid] > 1:
                self._young[row.pid] = young[row.pid] - 1
        return begun

    def _new_ones(self) -> list[int]:
        pids = set(_pids())
        new = pids - self._listed
        self._listed = pids
        return sorted(new)

    def _judge(self, row: _Row) -> ProcessInfo | None:
        import psutil

        try:
            process = psutil.Process(row.pid)
            if not _own(process):
                return None
            argv = tuple(word[:_LONGEST_WORD] for word in process.cmdline()[:_MOST_WORDS])
            exe = _asked(process, "exe")
            program = Program.of(exe, argv)
            for agent in self._agents:
                role = program.role(agent.signature)
                if role is not Role.NONE:
                    break
            else:
                return None
            return ProcessInfo(
                pid=row.pid,
                ppid=row.ppid,
                started_at=_milliseconds(row.start),
                start_ticks=str(row.start) if _LINUX else "",
                exe=exe,
                cwd=_asked(process, "cwd"),
                terminal=_asked(process, "terminal"),
                agent=agent.id,
                role=role,
                interpreted=program.interpreter,
                relaunches=agent.signature.relaunches,
                arguments=program.arguments(agent.signature),
                parent_session=option_value(argv, agent.signature.parent_options),
                team=option_value(argv, agent.signature.team_options),
                member=option_value(argv, agent.signature.member_options).partition("@")[0],
            )
        except (psutil.Error, OSError, ValueError):
            return None


_LINUX: Final = sys.platform == "linux"


def _own(process: object) -> bool:
    import psutil

    assert isinstance(process, psutil.Process)
    if sys.platform == "win32":
        return process.username() == psutil.Process().username()
    return process.uids().real == os.getuid()


def _asked(process: object, what: str) -> str:
    """One property of a process, or nothing where the system refuses it."""
    import psutil

    try:
        value = getattr(process, what)()
    except (psutil.Error, OSError):
        return ""
    return value if isinstance(value, str) else ""


def _pids() -> list[int]:
    import psutil

    return psutil.pids()


def _table(old: Mapping[int, _Row]) -> Iterator[_Row]:
    """All processes; of those in ``old`` that still run, what is known of them."""
    for pid in _pids():
        if pid in old:
            yield old[pid]
        else:
            yield from _rows((pid,))


def _rows(pids: Iterable[int]) -> Iterator[_Row]:
    """What is known of these processes now, as far as they still run."""
    return _linux_rows(pids) if _LINUX else _psutil_rows(pids)


def _linux_rows(pids: Iterable[int]) -> Iterator[_Row]:
    """One small file per process; a sixth of what the general way costs, and it names the start exactly."""
    for pid in pids:
        try:
            handle = os.open(f"/proc/{pid}/stat", os.O_RDONLY | os.O_CLOEXEC)
            try:
                data = os.read(handle, 4096)
            finally:
                os.close(handle)
            # The name stands in brackets and may itself hold any character.
            head, _, tail = data.rpartition(b")")
            fields = tail.split()
            name = head.partition(b"(")[2].decode("utf-8", "replace")
            yield _Row(pid, int(fields[1]), name, int(fields[19]), fields[0] in (b"Z", b"X"))
        except (OSError, ValueError, IndexError):
            continue  # it ended meanwhile


def _psutil_rows(pids: Iterable[int]) -> Iterator[_Row]:
    import psutil

    for pid in pids:
        try:
            # A new object each time: the library's own iteration does not notice that a pid was used again.
            process = psutil.Process(pid)
            with process.oneshot():
                zombie = process.status() == psutil.STATUS_ZOMBIE
                yield _Row(pid, process.ppid() or 0, process.name(), int(process.create_time() * 1000), zombie)
        except (psutil.Error, OSError):
            continue


def _milliseconds(start: int) -> int:
    """A row's start as milliseconds since 1970. On Linux it is ticks since boot, sleep included."""
    if _LINUX:
        boot = time.time_ns() - time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        return boot // 1_000_000 + start * 1000 // os.sysconf("SC_CLK_TCK")
    return start
