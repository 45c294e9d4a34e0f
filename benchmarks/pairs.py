"""Pairs: whole processes timed in turn, A B A B, so that a machine that changes its speed changes both.

Owns running and the arithmetic. Times are the operating system's own account of a finished process and its children.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Run:
    """One finished process: seconds of wall clock and of processor (with threads and children), peak KiB."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Figure:
    """``unit`` is what the values are; ``values`` in the order they were measured."""

    name: str
    unit: str
    values: tuple[float, ...]
    goal: float | None = None
    """Not to be above it."""
    of: str = "median"
    """Which of the values is held to the goal: median, max, or p95."""

    @property
    def judged(self) -> float:
        judges: dict[str, Callable[[Sequence[float]], float]] = {"median": median, "max": max, "p95": p95}
        return judges[self.of](self.values)

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.judged <= self.goal


def p95(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def run(command: Sequence[str], environment: dict[str, str], *, output: str | None = None) -> Run:
    """Run to the end; what it prints goes to the file ``output`` or nowhere. Raises if it fails."""
    target = open(output, "wb") if output else subprocess.DEVNULL  # noqa: SIM115 - closed below
    full = {"PATH": os.environ["PATH"], **environment}
    begin = time.perf_counter()
    process = subprocess.Popen(list(command), env=full, stdout=target, stderr=subprocess.PIPE)
    errors = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stderr:
        process.stderr.close()
    if output:
        target.close()  # type: ignore[union-attr]
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {errors.decode()[-500:]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss)


def in_turn(one: Callable[[], Run], other: Callable[[], Run] | None, rounds: int) -> tuple[list[Run], list[Run]]:
    """``rounds`` runs of each after one that is not counted."""
    ones, others = [], []
    for number in range(rounds + 1):
        found = one()
        against = other() if other is not None else None
        print(".", end="", file=sys.stderr, flush=True)
        if number:
            ones.append(found)
            if against is not None:
                others.append(against)
    print(file=sys.stderr)
    return ones, others


def ratios(ones: Sequence[Run], others: Sequence[Run], what: str) -> tuple[float, ...]:
    return tuple(getattr(a, what) / getattr(b, what) for a, b in zip(ones, others, strict=True))
