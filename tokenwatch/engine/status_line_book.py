"""Status line book: what Claude Code's status lines told, entered as readings of limits, and beside open sessions.

Owns when those files are read again. Does not own reading them (collect/status_lines.py) or what a reading means
(insight/limits.py). Without the bridge there is no folder, and nothing happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tokenwatch.base.limits import Quota
from tokenwatch.collect.status_lines import AGENT, StatusLine, quotas_of, read_status_lines
from tokenwatch.ledger.ledger import Ledger

if TYPE_CHECKING:
    from tokenwatch.base.session import Session


class StatusLineBook:
    """Used by one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entered: tuple[Quota, ...] = ()
        self._by_session: dict[str, StatusLine] = {}

    def concerns(self, paths: Iterable[Path]) -> bool:
        """Whether one of these files that changed is a status line's."""
        return any(path.parent == self._folder and path.suffix == ".json" for path in paths)

    def take_in(self, ledger: Ledger, now: int) -> None:
        """Read what is there and enter what is new. ``now`` is milliseconds. Raises a :class:`LedgerError`."""
        lines = read_status_lines(self._folder, now)
        self._by_session = {line.session: line for line in lines}
        found = quotas_of(lines)
        new = [quota for quota in found if quota not in self._entered]
        if new:
            ledger.enter_quotas(new)
        self._entered = found

    def beside(self, rows: Sequence[Session]) -> tuple[Session, ...]:
        """The rows with the size of their context as Claude Code itself tells it, where it does."""
        return tuple(self._told(row) for row in rows)

    def _told(self, row: Session) -> Session:
        line = self._by_session.get(row.session) if row.agent == AGENT else None
        if line is None or line.context_window is None:
            return row
        tokens = row.context_tokens
        if line.context_tokens is not None and line.at >= (row.last_activity or 0):
            tokens = line.context_tokens
        return replace(row, context_tokens=tokens, context_window=line.context_window)
