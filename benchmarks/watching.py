"""Watching: the app as a process, started with a home of its own, and what it says of its paint events.

Owns its start and end and the reading of its lines. What the lines mean is written in watched_app.py.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpora import ROOT
from benchmarks.desktop import Desktop
from benchmarks.program import python

UNKNOWN = "··"
"""What the app writes for a number that it does not know yet."""

_SCRIPT = Path(__file__).with_name("watched_app.py")
_END_SECONDS = 10.0


@dataclass(frozen=True)
class Paint:
    """``at`` is nanoseconds of the monotonic clock; None: not known, or no import."""

    at: int
    tokens: int
    today: int | None
    progress: int | None
    cells: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether agents, token rate and month are numbers (the first, second and last cell)."""
        return len(self.cells) > 2 and not any(UNKNOWN in self.cells[place] for place in (0, 1, -1))


@dataclass
class App:
    """``started`` is the moment before the process was made, in nanoseconds of the monotonic clock."""

    process: subprocess.Popen[bytes]
    started: int
    said: int
    errors: Path
    paints: list[Paint] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    _rest: bytes = b""

    @property
    def pid(self) -> int:
        return self.process.pid

    def listen(self, seconds: float) -> None:
        """Take in what it says for about so long; fails if it is not running."""
        end = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.said, selectors.EVENT_READ)
            while True:
                left = end - time.monotonic()
                if not selector.select(max(0.0, left)):
                    return
                data = os.read(self.said, 1 << 16)
                if not data:
                    raise SystemExit(f"the app ended by itself: {self.errors.read_text()[-1000:]}")
                *lines, self._rest = (self._rest + data).split(b"\n")
                for line in lines:
                    self._take(line.decode())
                if left <= 0:
                    return

    def wait(self, found: Callable[[Paint], bool], what: str, patience: float = 60.0) -> Paint:
        """The first paint from now on, or already, for which ``found`` is true."""
        seen, end = 0, time.monotonic() + patience
        while True:
            for paint in self.paints[seen:]:
                if found(paint):
                    return paint
            seen = len(self.paints)
            if time.monotonic() > end:
                raise SystemExit(f"not in {patience:.0f} s: {what}; last: {self.paints[-1:]}")
            self.listen(0.05)

    def _take(self, line: str) -> None:
        kind, at, *fields = line.split("\t")
        if kind == "frame":
            self.frames.append(int(at))
            return
        tokens, today, progress, cells = fields
        self.paints.append(Paint(int(at), int(tokens), _number(today), _number(progress), tuple(cells.split("|"))))


@contextmanager
def app(desktop: Desktop, environment: Mapping[str, str], *arguments: str, frames: bool = False) -> Iterator[App]:
    """The app until the block ends. ``environment``: home, and where logs are."""
    reading, writing = os.pipe()
    with tempfile.NamedTemporaryFile(prefix="app-errors-") as errors:
        command = [python(), "-P", str(_SCRIPT), str(writing), *(["--frames"] if frames else []), *arguments]
        started = time.monotonic_ns()
        process = subprocess.Popen(
            command, env={**desktop.environment, **environment}, cwd=ROOT, stderr=errors, pass_fds=[writing]
        )
        os.close(writing)
        try:
            yield App(process, started, reading, Path(errors.name))
        finally:
            process.terminate()
            try:
                process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            os.close(reading)


def _number(field: str) -> int | None:
    return None if field == "-" else int(field)
