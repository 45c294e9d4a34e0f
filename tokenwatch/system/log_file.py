"""Log file: what the app met, kept on this computer for whoever looks for a fault; crash reports are in it, too.

Owns the file, its size and what a line may hold. Does not own what is worth logging.

Decisions
---------
*Where it failed, not in which words.* Context: the message of an exception often quotes what could not be understood,
which may be a line of a log with somebody's prompt. Decision: of an exception only its kind and the places in our own
code are written. Consequence: the file can be shown to others.

*No image of the memory.* Context: it holds what was just read, and keys; some systems keep it of a program that
crashes. Decision: none is asked for. Consequence: of a crash there is only where it happened.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import logging.handlers
import os
import sys
import threading
import traceback
from io import TextIOWrapper
from types import TracebackType
from typing import Any, Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import LogDetail
from tokenwatch.base.text import plain

_LEVELS: Final[dict[LogDetail, int]] = {"little": logging.WARNING, "normal": logging.INFO, "much": logging.DEBUG}
MOST_BYTES: Final = 512 * 1024
_LONGEST: Final = 2000


class WithoutContent(logging.Formatter):
    """One line a record, cleaned; of an exception its kind and where it came from."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        text = plain(f"{self.formatTime(record)} {record.levelname} {record.name}: {record.getMessage()}", _LONGEST)
        if record.exc_info and record.exc_info[0] is not None:
            text += "\n" + self.formatException(record.exc_info)
        return text

    def formatException(self, ei: Any) -> str:
        error = ei[1]
        chain = []
        while error is not None:
            chain.append(f"  {type(error).__name__}")
            chain += [
                f"    {frame.filename}, line {frame.lineno}, in {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            error = error.__cause__ or error.__context__
        return "\n".join(chain)


class LogFile:
    """``open`` begins to write what our modules log, and crashes; a file that cannot be written is done without."""

    def __init__(self, paths: Paths, detail: LogDetail = "normal") -> None:
        self._paths, self._detail = paths, detail
        self._handler: logging.Handler | None = None
        self._crashes: TextIOWrapper | None = None

    def open(self) -> None:
        paths = self._paths
        try:
            paths.ensure(paths.data)
            handler = _Rotating(paths.log, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8", delay=False)
            handler.setFormatter(WithoutContent())
            self._handler = handler
            logger = logging.getLogger("tokenwatch")
            logger.addHandler(handler)
            logger.setLevel(_LEVELS[self._detail])
            self._crashes = _opened(f"{paths.log}.crash", "a")
            faulthandler.enable(self._crashes)
            _keep_no_memory()
        except OSError:
            return
        sys.excepthook = _report
        threading.excepthook = lambda failed: _report(failed.exc_type, failed.exc_value, failed.exc_traceback)

    def set_detail(self, detail: LogDetail) -> None:
        """From now on be told less or more."""
        self._detail = detail
        if self._handler is not None:
            logging.getLogger("tokenwatch").setLevel(_LEVELS[detail])

    def close(self) -> None:
        if self._handler is not None:
            logging.getLogger("tokenwatch").removeHandler(self._handler)
            self._handler.close()
            self._handler = None
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._crashes is not None:
            faulthandler.disable()
            self._crashes.close()
            self._crashes = None


class _Rotating(logging.handlers.RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        return _opened(self.baseFilename, self.mode)


def _keep_no_memory() -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _opened(path: str, mode: str) -> TextIOWrapper:
    """For its owner only, and never through a link that somebody put there."""
    file = open(path, mode, encoding="utf-8", opener=_private)  # noqa: SIM115 - it stays open
    assert isinstance(file, TextIOWrapper)
    return file


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0), 0o600)


def _report(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("tokenwatch").critical("a thread ended by an error", exc_info=(kind, error, trace))
