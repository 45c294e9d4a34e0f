"""Processes: what the system says of a process and its children - processor time, wake-ups, memory. Linux only.

Owns reading /proc. A process that ends in between is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_NANO = 1e9


@dataclass(frozen=True)
class Used:
    """Seconds of processor and voluntary context switches of all threads that live, or of both since then."""

    cpu: float
    wakeups: int

    def __sub__(self, other: Used) -> Used:
        return Used(self.cpu - other.cpu, self.wakeups - other.wakeups)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:  # grows while it is walked
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, children.read_text().split())
    return found


def used(pid: int) -> Used:
    """Of the process and all below it. Threads that have ended are not in it."""
    cpu, wakeups = 0, 0
    for task in _tasks(pid):
        with suppress(OSError):
            cpu += int((task / "schedstat").read_text().split()[0])
            for line in (task / "status").read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    wakeups += int(line.split()[1])
    return Used(cpu / _NANO, wakeups)


def memory(pid: int) -> tuple[float, float]:
    """MiB resident and proportional (what is shared with others counts in part), of the process and all below it."""
    resident, proportional = 0, 0
    for number in family(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
                if line.startswith("Rss:"):
                    resident += int(line.split()[1])
                elif line.startswith("Pss:"):
                    proportional += int(line.split()[1])
    return resident / 1024, proportional / 1024


def _tasks(pid: int) -> Iterator[Path]:
    for number in family(pid):
        with suppress(OSError):
            yield from sorted(Path(f"/proc/{number}/task").iterdir())
