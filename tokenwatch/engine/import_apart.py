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

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import READING, Progress
from tokenwatch.collect.discover import Found
from tokenwatch.collect.frames import read_frame
from tokenwatch.collect.importer import WORTH_IT
from tokenwatch.collect.source_worker_process import WorkerProcess, end
from tokenwatch.engine.begun import Begun
from tokenwatch.engine.import_frames import Told
from tokenwatch.engine.import_process import begin
from tokenwatch.engine.messages import Imported

if TYPE_CHECKING:
    from tokenwatch.engine.core import Core


_decode: Final = msgspec.msgpack.Decoder(Told).decode


def worth_it(paths: Paths, found: Callable[[], Sequence[Found]]) -> Sequence[Found]:
    """What there is to read, if that is much and there is no ledger yet; else nothing, and it is not looked for."""
    if paths.ledger.exists():
        return ()
    sources = found()
    return sources if sum(entry.size for entry in sources) >= WORTH_IT else ()


def follow(core: Core, progress: Progress, *, committed: bool) -> None:
    """The other program is so far, and has perhaps committed more: show what is there."""
    core.books.apart = progress
    if committed and core.books.look_on():
        core.answers.forget()
        core.recall()


def begun_apart(
    core: Core,
    paths: Paths,
    begun: Begun,
    put: Callable[[Imported], None],
    recall: Callable[[Sequence[Found]], None],
    *,
    may: bool,
) -> ImportApart | None:
    """An import that was begun before there was an engine, or one that is worth it, if there ``may`` be one.

    ``put`` gets what it tells, and ``recall`` what there is to read: who works now is not to wait for its end.
    """
    fresh = core.books.found() if begun.importing else worth_it(paths, core.books.found) if may else ()
    if not fresh and not begun.importing:
        return None
    recall(fresh)
    apart = ImportApart(paths, lambda *said: put(Imported(*said)), begun.importing)
    if begun.importing:  # and has committed something, perhaps, that is shown already
        nothing = Progress(0, sum(entry.size for entry in fresh), READING)
        follow(core, begun.progress or nothing, committed=True)
    return apart


def take_over(core: Core) -> None:
    """The other program has ended: open the ledger for writing."""
    core.close()
    core.books.apart = None
    core.open()
    core.reprice()


class ImportApart:
    """``told`` gets the progress and whether something was committed, on a thread of this; None at the end, however
    that came."""

    def __init__(
        self,
        paths: Paths,
        told: Callable[[Progress | None, bool], None],
        process: WorkerProcess | None = None,
    ) -> None:
        """``process``: it was begun before. Raises OSError where none may be started."""
        self._told = told
        self._process = process or begin(paths)
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
