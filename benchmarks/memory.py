"""Memory: what the tray app holds after a first import, and what it holds more after 100,000 lines. All processes."""

from __future__ import annotations

import json
import sys
import time

from benchmarks.agents import Agent, sessions
from benchmarks.corpora import check_totals, until_today
from benchmarks.desktop import desktop
from benchmarks.homes import Home, home
from benchmarks.pairs import Figure
from benchmarks.processes import memory
from benchmarks.watching import app

_SESSIONS = 20
_WARM_LINES = 10_000
_LINES = 100_000
_AT_ONCE = 250
_REST_SECONDS = 20.0
_IMPORT_SECONDS = 300.0


def measure(rounds: int, *, quick: bool = False) -> list[Figure]:
    corpus = until_today("100MB" if quick else "1GB")
    warm, lines, rest = (500, 2000, 3.0) if quick else (_WARM_LINES, _LINES, _REST_SECONDS)
    resident: list[float] = []
    proportional: list[float] = []
    growth: list[float] = []
    with desktop() as screen:
        for _ in range(1 if quick else max(1, rounds // 3)):
            with home(corpus) as place, app(screen, place.environment(), "--background") as running:
                events = sum(agent["events"] for agent in corpus.truth()["agents"].values())
                _until_entered(place, events)
                output = place.path / "report.json"
                place.report("--by", "agent,model", output=str(output))
                check_totals(json.loads(output.read_text()), corpus)
                time.sleep(rest)
                whole, shared_out = memory(running.pid)
                resident.append(whole)
                proportional.append(shared_out)
                with sessions(place.claude, _SESSIONS, "busy") as agents:
                    events += _SESSIONS + warm
                    _append(agents, warm)
                    _until_entered(place, events)
                    time.sleep(rest)
                    before, _ = memory(running.pid)
                    events += lines
                    _append(agents, lines)
                    _until_entered(place, events)
                    time.sleep(rest)
                    after, _ = memory(running.pid)
                    growth.append(after - before)
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    name = f"memory of the tray app after a first import of {corpus.size}"
    goals = (None, None) if quick else (80.0, 1.0)
    return [
        Figure(f"{name}: resident", "MiB", tuple(resident), goals[0]),
        Figure(f"{name}: proportional", "MiB", tuple(proportional)),
        Figure(f"growth of memory over {lines:,} appended lines", "MiB", tuple(growth), goals[1]),
    ]


def _requests(place: Home) -> int:
    """What the ledger holds, as a command beside the app says."""
    if not place.ledger.is_file():
        return 0
    output = place.path / "requests.json"
    place.report(output=str(output))
    return int(json.loads(output.read_text())["totals"]["requests"])


def _until_entered(place: Home, events: int) -> None:
    end = time.monotonic() + _IMPORT_SECONDS
    while _requests(place) < events:
        if time.monotonic() > end:
            raise SystemExit("void: the ledger does not hold every line")
        time.sleep(1.0)


def _append(agents: list[Agent], lines: int) -> None:
    """So many lines, evenly over the sessions, as fast as they are written a few at a time."""
    for number in range(lines // _AT_ONCE):
        agents[number % len(agents)].append([100] * _AT_ONCE)
        time.sleep(0.05)
