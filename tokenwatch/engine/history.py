"""History: how far back it is kept, and deleting all of it, as the user wants.

Owns which time that is and the order in which a running core lets go of its ledger. Does not own what is deleted
(ledger/forgetting.py) or when (books.py, engine.py). Agents' own files are never touched.
"""

from __future__ import annotations

import contextlib
from concurrent.futures import Future
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from tokenwatch.base.clock import day_of, day_start, month_of
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.translation import tr
from tokenwatch.ledger.forgetting import start_empty

if TYPE_CHECKING:
    from tokenwatch.engine.core import Core


def kept_since(settings: Settings, now: int, zone: tzinfo) -> int:
    """The begin (ms) of the first month that is kept; 0: all of it is."""
    if not settings.keep_months:
        return 0
    first = month_of(day_of(now, zone), settings.month_start).first
    months = max(12, first.year * 12 + first.month - 1 - settings.keep_months)
    return day_start(date(months // 12, months % 12 + 1, first.day), zone)


def delete_history(core: Core, paths: Paths, now: int, answer: Future[None]) -> None:
    """Delete the ledger with its copies and what status lines told, and go on with an empty one. On its thread."""
    core.close()
    try:
        start_empty(paths.ledger, now)
        with contextlib.suppress(FileNotFoundError):
            for file in paths.status_lines.iterdir():
                if file.suffix == ".json":
                    file.unlink(missing_ok=True)
    except (LedgerError, OSError) as error:
        why = (
            error
            if isinstance(error, LedgerError)
            else LedgerError(tr("The history could not be deleted: {why}.", why=error.strerror or error))
        )
        answer.set_exception(why)
    else:
        core.books.restored = ""
        answer.set_result(None)
    finally:
        core.open()
