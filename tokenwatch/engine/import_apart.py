"""Import apart: the first import of an app with a window, in a program of its own, so that nothing else waits for it.

Owns that program as its parent sees it, and when it is worth one. Does not own what it does (import_program.py) or
what is shown meanwhile (engine.py).

Decisions
---------
*The first import does not happen in the app's process.* Context: reading and entering a gigabyte takes the
interpreter's lock from the windows for tens of milliseconds at a time, and leaves memory behind that Python never
gives back. Decision: while there is no ledger, another process fills it and the app reads what that has committed.
Consequence: frames come in time, the app stays small, and there is one writer at any moment: the app opens the ledger
for writing when the other one is gone, and reads on where that stopped, wherever it was.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import READING, Progress
from tokenwatch.collect.discover import Found
from tokenwatch.collect.importer import WORTH_IT
from tokenwatch.collect.worker import read_frame, write_frame
from tokenwatch.collect.worker_process import end

if TYPE_CHECKING:
    from tokenwatch.engine.core import Core

IMPORT: Final = "--import"
"""The argument with which a packaged program becomes this one."""

_encode: Final = msgspec.msgpack.Encoder().encode


class Job(msgspec.Struct, frozen=True, array_like=True):
    """The parent's :class:`Paths`, as text."""

    home: str
    environment: dict[str, str]
    data: str
    config: str
    platform: str


class Told(msgspec.Struct, frozen=True, array_like=True):
    """Bytes read of how many; ``committed``: there is something new to be asked of the ledger."""

    done: int
    total: int
    committed: bool


_decode: Final = msgspec.msgpack.Decoder(Told).decode


def worth_it(paths: Paths, found: Callable[[], Sequence[Found]]) -> Sequence[Found]:
    """What there is to read, if that is much and there is no ledger yet; else nothing, and it is not looked for."""
    if paths.ledger.exists():
        return ()
    sources = found()
    return sources if sum(entry.size for entry in sources) >= WORTH_IT else ()


def command() -> list[str]:
    """This program again, packaged or not; never a module of the current directory."""
    if getattr(sys, "frozen", False):
        return [sys.executable, IMPORT]
    code = "import sys; from tokenwatch.engine.import_program import main; sys.exit(main())"
    return [sys.executable, "-P", "-c", code]


def follow(core: Core, progress: Progress, *, committed: bool) -> None:
    """The other program is so far, and has perhaps committed more: show what is there."""
    core.books.apart = progress
    if committed and core.books.look_on():
        core.answers.forget()
        core.recall()


def take_over(core: Core) -> None:
    """The other program has ended: open the ledger for writing."""
    core.close()
    core.books.apart = None
    core.open()
    core.reprice()


class ImportApart:
    """``told`` gets the progress and whether something was committed, on a thread of this; None at the end, however
    that came."""

    def __init__(self, paths: Paths, told: Callable[[Progress | None, bool], None]) -> None:
        self._told = told
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        job = Job(str(paths.home), dict(paths.environment), str(paths.data), str(paths.config), paths.platform)
        with contextlib.suppress(OSError):  # it is gone already; the end is told
            assert self._process.stdin is not None
            write_frame(self._process.stdin, _encode(job))
        self._thread = threading.Thread(target=self._listen, name="tokenwatch-import", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it, at once. Whatever it was doing, the ledger holds only what was entered as a whole."""
        end(self._process, self._thread)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while True:
            try:
                frame = read_frame(self._process.stdout)
                said = None if frame is None else _decode(frame)
            except (OSError, ValueError):
                said = None
            if said is None:
                self._told(None, True)
                return
            self._told(Progress(said.done, said.total, READING), said.committed)
