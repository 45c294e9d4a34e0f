"""Frames: the longest stretch in which the window cannot paint while it is resized, re-themed and leafed through.

Owns the figures. The play itself is restless.py, in a process of its own for every round and every scale.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile

from benchmarks.corpora import ROOT
from benchmarks.desktop import desktop
from benchmarks.pairs import Figure

_GOAL_MS = 33.0
_MOST_SECONDS = 300


def measure(rounds: int, *, quick: bool = False) -> list[Figure]:
    figures = []
    with desktop() as screen, tempfile.TemporaryDirectory() as home:
        for scale in ("1",) if quick else ("1", "2"):
            worst: list[float] = []
            walls: list[float] = []
            kinds: dict[str, float] = {}
            for number in range(1 if quick else max(1, rounds // 2)):
                environment = screen.environment | {"HOME": home, "TZ": "UTC", "QT_SCALE_FACTOR": scale}
                gaps = _play(environment, number)
                by_kind = {kind: max(gap for gap, _ in found) for kind, found in gaps.items()}
                worst.append(max(gap for kind, gap in by_kind.items() if kind != "start"))
                walls.append(max(wall for kind, found in gaps.items() for _, wall in found if kind != "start"))
                kinds = {kind: max(gap, kinds.get(kind, 0.0)) for kind, gap in by_kind.items()}
                print(".", end="", file=sys.stderr, flush=True)
            at = "100 %" if scale == "1" else "200 %"
            name = f"window at {at}, 200 resizes, themes, text sizes and pages: longest stretch without a frame"
            goal = _GOAL_MS if scale == "1" and not quick else None
            figures.append(Figure(f"{name}, Qt thread", "ms", tuple(worst), goal, "max"))
            figures.append(Figure(f"{name}, by the clock", "ms", tuple(walls), None, "max"))
            slowest = sorted(kinds, key=lambda kind: -kinds[kind])[:3]
            figures += [Figure(f"window at {at}: {kind}, Qt thread", "ms", (kinds[kind],)) for kind in slowest]
    print(file=sys.stderr)
    return figures


def _play(environment: dict[str, str], seed: int) -> dict[str, list[tuple[float, float]]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.restless", str(seed)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_MOST_SECONDS,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the restless window ended with {done.returncode}: {done.stderr[-500:]}")
    found: dict[str, list[tuple[float, float]]] = json.loads(done.stdout)["gaps"]
    return found
