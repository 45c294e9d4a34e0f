"""Messages: what other threads tell the engine's thread, as frozen values in its queue.

Owns their shapes. Does not own what follows (engine.py).
"""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tokenwatch.base.health import Health
from tokenwatch.base.progress import Progress
from tokenwatch.base.settings import Settings

if TYPE_CHECKING:
    from tokenwatch.live.sessions import OpenSession
    from tokenwatch.remote.bill_check import Checked


class Changed(msgspec.Struct, frozen=True):
    path: Path


class Opened(msgspec.Struct, frozen=True):
    sessions: tuple[OpenSession, ...]


class ScanSoon(msgspec.Struct, frozen=True):
    pass


class Pause(msgspec.Struct, frozen=True):
    paused: bool


class Show(msgspec.Struct, frozen=True):
    visible: bool


class ChangeSettings(msgspec.Struct, frozen=True):
    settings: Settings


class Report(msgspec.Struct, frozen=True):
    health: Health


class Snooze(msgspec.Struct, frozen=True):
    rule: str
    span: str


class Imported(msgspec.Struct, frozen=True):
    """How far the first import is in its own program, and whether there is more in the ledger; None: it has ended."""

    progress: Progress | None
    committed: bool


class ReadAlerts(msgspec.Struct, frozen=True):
    pass


class ReloadPrices(msgspec.Struct, frozen=True):
    """``problems`` is None when a person changed them; else what went wrong with a fetch."""

    problems: tuple[str, ...] | None = None


class UpdatePrices(msgspec.Struct, frozen=True):
    pass


class Damaged(msgspec.Struct, frozen=True):
    """The ledger cannot be believed."""

    why: str


class CheckBills(msgspec.Struct, frozen=True):
    """``file`` None: ask the providers; else take in what one of them exported."""

    file: Path | None = None


class BillsChecked(msgspec.Struct, frozen=True):
    checked: Checked


class DeleteHistory(msgspec.Struct, frozen=True):
    """``answer`` is done when nothing of it is left, or has the LedgerError why it is not."""

    answer: Future[None]


class ReadAgain(msgspec.Struct, frozen=True):
    """Read every log from its beginning."""


Message = (
    Changed | Opened | ScanSoon | Pause | Show | ChangeSettings | Report | Snooze | ReadAlerts
    | ReloadPrices | UpdatePrices | Damaged | CheckBills | BillsChecked | Imported | DeleteHistory | ReadAgain
)  # fmt: skip
