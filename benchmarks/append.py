"""Append: from a line at the end of a log to a figure on the screen, and what a line costs.

Owns three figures in a home of 20,000 files with 20 open sessions: the time from the moment before the write to the
paint event of the window's token rate that holds it; the same for today's tokens; and processor time for a line, of
all processes of the app, with the window open and closed.

A line's tokens are a small part of what the rate holds by then, but enough to change how it is written, so every line
has to be painted. Which lines a paint event holds is told by the exact sums of the snapshot that it shows.
"""

from __future__ import annotations

import random
import sys
import time
from bisect import bisect_left
from collections.abc import Sequence
from math import ceil, exp

from benchmarks.agents import Agent, sessions
from benchmarks.corpora import MANY, SMALL
from benchmarks.desktop import Desktop, desktop
from benchmarks.homes import Home, home
from benchmarks.pairs import Figure
from benchmarks.processes import used
from benchmarks.watching import App, Paint, app

SESSIONS = 20
_APPENDS = 300
_GAP_SECONDS = (0.1, 0.5)
_FIRST_TOKENS = 50_000
_SHARE = 0.0145
"""Of the rate's five minutes: about half its last written digit at worst, and 75 times as much after 300 lines."""

_LINES = 2000
_LINES_A_SECOND = 50
_SETTLE_SECONDS = 5.0
_CACHED = 20_000
"""What each line of the stand-ins reads from a cache; see agents.py."""


def measure(rounds: int, *, quick: bool = False) -> list[Figure]:
    corpus = SMALL if quick else MANY
    appends, lines = (30, 150) if quick else (_APPENDS, _LINES)
    rates: list[float] = []
    todays: list[float] = []
    shown: list[float] = []
    hidden: list[float] = []
    with desktop() as screen, home(corpus, filled=True) as place:
        for number in range(1 if quick else max(1, rounds // 3)):
            with sessions(place.claude, SESSIONS, "busy") as agents:
                at_rate, at_today = _latencies(screen, place, agents, appends, number)
                rates += at_rate
                todays += at_today
                shown.append(_cpu(screen, place, agents, lines))
                if screen.real:
                    hidden.append(_cpu(screen, place, agents, lines, "--background"))
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    goals = (None, None, None) if quick else (40.0, 100.0, 1.0)
    name = f"append among {corpus.name}"
    found = [
        Figure(f"{name}: token rate on the screen, p50", "ms", tuple(rates), goals[0]),
        Figure(f"{name}: token rate on the screen, p95", "ms", tuple(rates), goals[1], "p95"),
        Figure(f"{name}: today's tokens and money on the screen, p50", "ms", tuple(todays)),
        Figure(f"{name}: CPU for a line at {_LINES_A_SECOND} a second, window open", "ms", tuple(shown)),
    ]
    if hidden:
        found.append(
            Figure(
                f"{name}: CPU for a line at {_LINES_A_SECOND} a second, window closed", "ms", tuple(hidden), goals[2]
            )
        )
    return found


def _latencies(
    screen: Desktop, place: Home, agents: Sequence[Agent], appends: int, seed: int
) -> tuple[list[float], list[float]]:
    """Milliseconds from each append to its rate and to its day."""
    chance = random.Random(seed)
    written: list[tuple[int, int]] = []
    with app(screen, place.environment()) as running:
        before = _settled(running)
        total, weight, last = 0, 0.0, time.monotonic()
        for _ in range(appends):
            now = time.monotonic()
            weight *= exp(-(now - last) / 300)
            last = now
            tokens = ceil(max(float(_FIRST_TOKENS), weight) * (_SHARE if weight else 1))
            weight += tokens
            total += tokens
            written.append((chance.choice(agents).append([tokens]), total))
            running.listen(chance.uniform(*_GAP_SECONDS))
        running.wait(lambda paint: paint.tokens - before.tokens >= total, "the last line on the screen")
        cached = total + appends * _CACHED
        assert before.today is not None
        day = before.today
        running.wait(lambda paint: (paint.today or 0) - day >= cached, "the last line in the day")
        ats = [paint.at for paint in running.paints]
        rates = first_with(written, ats, [paint.tokens - before.tokens for paint in running.paints])
        days = first_with(
            [(at, tokens + number * _CACHED) for number, (at, tokens) in enumerate(written, 1)],
            ats,
            [(paint.today or 0) - day for paint in running.paints],
        )
    return rates, days


def first_with(written: Sequence[tuple[int, int]], ats: Sequence[int], sums: Sequence[int]) -> list[float]:
    """Milliseconds from each (moment, sum so far) to the first paint event (``ats``) whose sum holds it."""
    highest: list[int] = []
    for value in sums:
        highest.append(max(value, highest[-1] if highest else value))
    return [(ats[bisect_left(highest, total)] - moment) / 1e6 for moment, total in written]


def _settled(running: App) -> Paint:
    """The last paint event when the start is over."""
    running.wait(lambda paint: paint.whole, "three numbers painted")
    running.listen(_SETTLE_SECONDS)
    return running.paints[-1]


def _cpu(screen: Desktop, place: Home, agents: Sequence[Agent], lines: int, *arguments: str) -> float:
    """Milliseconds of processor time for a line, while lines come evenly."""
    with app(screen, place.environment(), *arguments) as running:
        if arguments:
            time.sleep(_SETTLE_SECONDS)
        else:
            _settled(running)
        begin = used(running.pid)
        due = time.monotonic()
        for number in range(lines):
            agents[number % len(agents)].append([100])
            due += 1 / _LINES_A_SECOND
            running.listen(max(0.0, due - time.monotonic()))
        running.listen(1.0)
        spent = used(running.pid) - begin
    return spent.cpu * 1000 / lines
