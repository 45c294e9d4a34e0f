"""Chooses a face: the tray app without arguments, the command line with a command.

Owns that choice, and what happens when no window can be shown. Loads Qt only for the tray app. A packaged program has
no interpreter to start, so it is its own worker too (collect/source_worker.py).
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import Final

_BACKGROUND: Final = "--background"
_WORKER: Final = "--worker"
_IMPORT: Final = "--import"
_STATUS_LINE: Final = "statusline"
_DEMO: Final = "demo"


def main(argv: Sequence[str] | None = None) -> int:
    """Run TokenWatch with these arguments (the process's own without); returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == [_WORKER]:
        from tokenwatch.collect.source_worker import main as worker

        return worker()
    if arguments == [_IMPORT]:
        from tokenwatch.engine.import_program import main as importer

        return importer()
    if arguments == [_DEMO]:
        return _demo()
    if arguments[:1] == [_STATUS_LINE] and _is_status_line(arguments[1:]):
        _status_line(arguments[1:])
    if arguments not in ([], [_BACKGROUND]):
        from tokenwatch.cli.main import main as command_line

        return command_line(arguments)
    return _tray_app(background=_BACKGROUND in arguments)


def _is_status_line(words: Sequence[str]) -> bool:
    """Whether Claude Code asks: with a folder, or without anything but an input. A person gives a verb."""
    return "/" in words[0] or "\\" in words[0] if len(words) == 1 else not words and not sys.stdin.isatty()


def _status_line(folder: Sequence[str]) -> None:
    """Be Claude Code's status line, for which somebody waits; ``folder`` is where its figures are kept, else ours."""
    from tokenwatch.system.statusline_bridge import main as bridge

    if folder:
        bridge(folder[0])
    from tokenwatch.base.paths import Paths

    paths = Paths.of_user()
    paths.ensure(paths.data)
    bridge(str(paths.ensure(paths.status_lines)))


def _tray_app(*, background: bool) -> int:
    from tokenwatch.base.clock import SystemClock
    from tokenwatch.base.errors import DisplayError
    from tokenwatch.base.paths import Paths
    from tokenwatch.engine.head_start import head_start
    from tokenwatch.system.display import trouble
    from tokenwatch.system.first import become_first
    from tokenwatch.system.instance import Instance

    paths, clock = Paths.of_user(), SystemClock()
    without = trouble(paths.environment, paths.platform)
    if without:
        return _terminal(without, background=background)
    instance = Instance(paths)
    unneeded = become_first(instance, background=background)
    if unneeded is not None:
        return unneeded
    gc.disable()  # loading makes no circles; what comes after it has a rule of its own (gui/collection.py)
    # In the background nobody waits for the first numbers, and a login has enough to do.
    filling = instance.owner and not paths.ledger.exists()
    ahead = None if background else head_start(paths, clock, filling=filling)
    importing = None
    if filling:
        from tokenwatch.engine.import_process import begin_early

        importing = begin_early(paths)
    try:
        from tokenwatch.gui.starting import run
    except ImportError as error:
        # A system library that the Qt wheels expect is missing; its name stands in the message.
        without = f"The window cannot be shown: {error}."
    else:
        try:
            return run(paths, clock, instance, ahead, importing, background=background)
        except DisplayError as error:
            without = str(error)
    if ahead is not None:
        ahead.close()
    if importing is not None:
        from tokenwatch.collect.source_worker_process import end

        end(importing, None)
    instance.release()
    gc.enable()
    return _terminal(without, background=background)


def _demo() -> int:
    """A made-up hour in the tray app, in a folder of its own that is gone afterwards."""
    import tempfile
    from pathlib import Path

    from tokenwatch.base.paths import Paths
    from tokenwatch.cli.main import WRONG, complain
    from tokenwatch.system.display import trouble

    own = Paths.of_user()
    without = trouble(own.environment, own.platform)
    if without:
        complain(without)
        return WRONG
    try:
        from tokenwatch.demo.playing import Playing
        from tokenwatch.gui.starting import run_demo
    except ImportError as error:
        complain(f"The window cannot be shown: {error}.")
        return WRONG
    with tempfile.TemporaryDirectory(prefix="tokenwatch-demo-", ignore_cleanup_errors=True) as folder:
        playing = Playing(Path(folder))
        # The desktop's environment, but not one of the user's files.
        paths = Paths(Path(folder), own.environment, Path(folder), Path(folder) / "config", own.platform)
        return run_demo(playing, paths, playing.stage.clock, playing.settings)


def _terminal(sentence: str, *, background: bool) -> int:
    """Say why there is no window, and show the same figures here; at login there is nobody to show them to."""
    from tokenwatch.cli.main import WRONG, complain
    from tokenwatch.cli.main import main as command_line

    if background:
        complain(sentence)
        return WRONG
    complain(f"{sentence} The figures are shown here instead; Ctrl-C ends.")
    return command_line(["status", "--watch"])


if __name__ == "__main__":
    sys.exit(main())
