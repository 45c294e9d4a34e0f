"""Progress: how far a long work is.

Owns the value. Does not own its picture.
"""

from __future__ import annotations

import msgspec


class Progress(msgspec.Struct, frozen=True):
    """The first import: ``done`` of ``total`` bytes. Figures are usable before it ends."""

    done: int
    total: int
    what: str = ""

    @property
    def fraction(self) -> float:
        return min(1.0, self.done / self.total) if self.total else 1.0
