"""Messages: what other threads tell the engine's thread, as frozen values in its queue.

Owns their shapes. Does not own what follows (engine.py).
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tokenwatch.base.health import Health
from tokenwatch.base.progress import Progress
from tokenwatch.base.settings import Settings

if TYPE_CHECKING:
    from tokenwatch.live.sessions import OpenSession
    from tokenwatch.remote.bill_check import Checked


@dataclass(frozen=True, slots=True)
class Changed:
    path: Path


@dataclass(frozen=True, slots=True)
class Opened:
    sessions: tuple[OpenSession, ...]


@dataclass(frozen=True, slots=True)
class ScanSoon:
    pass


@dataclass(frozen=True, slots=True)
class Pause:
    paused: bool


@dataclass(frozen=True, slots=True)
class Show:
    visible: bool


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    settings: Settings


@dataclass(frozen=True, slots=True)
class Report:
    health: Health


@dataclass(frozen=True, slots=True)
class Snooze:
    rule: str
    span: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How far the first import is in its own program, and whether there is more in the ledger; None: it has ended."""

    progress: Progress | None
    committed: bool


@dataclass(frozen=True, slots=True)
class ReadAlerts:
    pass


@dataclass(frozen=True, slots=True)
class ReloadPrices:
    """``problems`` is None when a person changed them; else what went wrong with a fetch."""

    problems: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class UpdatePrices:
    pass


@dataclass(frozen=True, slots=True)
class Damaged:
    """The ledger cannot be believed."""

    why: str


@dataclass(frozen=True, slots=True)
class CheckBills:
    """``file`` None: ask the providers; else take in what one of them exported."""

    file: Path | None = None


@dataclass(frozen=True, slots=True)
class BillsChecked:
    checked: Checked


@dataclass(frozen=True, slots=True)
class DeleteHistory:
    """``answer`` is done when nothing of it is left, or has the LedgerError why it is not."""

    answer: Future[None]


Message = (
    Changed | Opened | ScanSoon | Pause | Show | ChangeSettings | Report | Snooze | ReadAlerts
    | ReloadPrices | UpdatePrices | Damaged | CheckBills | BillsChecked | Imported | DeleteHistory
)  # fmt: skip
