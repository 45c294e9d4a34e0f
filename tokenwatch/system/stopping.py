"""Stopping: ask a process to end, after making sure that it is still the one that was meant.

Owns the check of its identity and the signal. Does not own asking the person (gui), and is never called but by one:
nothing is stopped by itself. A pid alone is used again, so its start must be the same, too.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.translation import tr

_SLACK_MS: Final = 2_000
"""Between two ways of telling when a process began: one counts from a boot time in whole seconds."""


def alive(pid: int, started_at: int) -> bool:
    """Whether the process with this pid is the one that began then (milliseconds since 1970)."""
    import psutil

    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() * 1000 - started_at) <= _SLACK_MS
        return same and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OSError):
        return False


def stop(pid: int, started_at: int, *, hard: bool = False) -> str:
    """Interrupt it as Ctrl+C does, or with ``hard`` ask it to terminate. Empty if that was done, else why not."""
    import signal

    import psutil

    if not alive(pid, started_at):
        return tr("It has ended already.")
    try:
        process = psutil.Process(pid)
        if hard:
            process.terminate()
        elif psutil.WINDOWS:
            return tr("Windows cannot interrupt another program; it can only be terminated.")
        else:
            process.send_signal(signal.SIGINT)
    except psutil.NoSuchProcess:
        return tr("It has ended already.")
    except psutil.AccessDenied:
        return tr("It could not be stopped: {error}.", error=tr("you may not"))
    except (psutil.Error, OSError) as error:
        return tr("It could not be stopped: {error}.", error=getattr(error, "strerror", None) or error)
    return ""
