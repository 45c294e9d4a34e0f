"""Idle: what the app uses while nothing happens - window closed, 20 sessions open but quiet."""

from __future__ import annotations

import sys
import time

from benchmarks.agents import sessions
from benchmarks.corpora import BIG, SMALL
from benchmarks.desktop import desktop
from benchmarks.homes import home
from benchmarks.pairs import Figure
from benchmarks.processes import used
from benchmarks.watching import app

_SESSIONS = 20
_SETTLE_SECONDS = 75.0
"""Until the whole scan that follows the first one, and what is shown as flowing, are over."""


def measure(rounds: int, *, quick: bool = False) -> list[Figure]:
    corpus = SMALL if quick else BIG
    settle, seconds, times = (8.0, 15.0, 1) if quick else (_SETTLE_SECONDS, 120.0, max(1, rounds // 3))
    cpu: list[float] = []
    wakeups: list[float] = []
    with desktop() as screen, home(corpus, filled=True) as place, sessions(place.claude, _SESSIONS, "idle"):
        if not screen.real:
            print(
                "idle: without a tray the window stays open, which is not what is measured: left out.",
                file=sys.stderr,
            )
            return []
        with app(screen, place.environment(), "--background") as running:
            time.sleep(settle)
            for _ in range(times):
                begin, since = used(running.pid), time.monotonic()
                time.sleep(seconds)
                spent, passed = used(running.pid) - begin, time.monotonic() - since
                cpu.append(spent.cpu / passed * 100)
                wakeups.append(spent.wakeups / passed)
                print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    goals = (None, None) if quick else (0.05, 2.0)
    name = f"idle, {_SESSIONS} quiet sessions, window closed"
    return [
        Figure(f"{name}: CPU", "% of a core", tuple(cpu), goals[0]),
        Figure(f"{name}: wake-ups", "a second", tuple(wakeups), goals[1]),
    ]
