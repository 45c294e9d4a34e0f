"""Progress: how far a long work is.

Owns the value. Does not own its picture.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """The first import: ``done`` of ``total`` bytes. Figures are usable before it ends."""

    done: int
    total: int
    what: str = ""

    @property
    def fraction(self) -> float:
        return min(1.0, self.done / self.total) if self.total else 1.0
