"""History: reading it again from the logs, and deleting all of it, as the user wants.

Owns the order in which a running core lets go of its ledger. Does not own what is deleted (ledger/forgetting.py), how
far back it is kept (kept_months.py) or when (engine.py). Agents' own files are never touched.
"""

from __future__ import annotations

import contextlib
import logging
from concurrent.futures import Future
from typing import TYPE_CHECKING

from tokenwatch.base.errors import LedgerError
from tokenwatch.base.paths import Paths
from tokenwatch.base.translation import tr
from tokenwatch.ledger.forgetting import start_empty

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from tokenwatch.engine.core import Core


def read_again(core: Core) -> None:
    """Have every log that still exists read from its beginning, and entered into what is known; on its thread.

    A record has a key, so what was counted is met again and not counted twice, what was missed is found, and what
    no log holds any more stays. A ledger that cannot be written reads again what it can when it can be.
    """
    ledger = core.books.ledger
    if ledger is None or ledger.starting_over:  # which reads everything that matters anyway
        return
    try:
        ledger.forget_checkpoints()
    except LedgerError as error:
        log.warning("the logs are not read again: %s", error)


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
