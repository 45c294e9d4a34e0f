"""What the readers of most agents have in common.

Owns the answers of an agent whose entries with one identity are one response, and that keeps no registry of what
runs. Does not own places or lines: each reader has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Record
from tokenwatch.readers.protocol import Carry, LiveClaim, Part, TurnEvent


class LogReader:
    """The parts of ``protocol.Reader`` that readers need not write again."""

    version = 1

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return family

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return ()

    def claims(self, paths: Paths) -> Iterable[Path]:
        return ()

    def claim(self, path: Path, data: bytes) -> LiveClaim | None:
        return None
