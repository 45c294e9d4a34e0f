"""Progress: how far a long work is.

Owns the value. Does not own its picture.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tokenwatch.base.translation import mark

READING: Final = mark("reading logs")
"""What the first import calls itself."""


class Progress(msgspec.Struct, frozen=True):
    """The first import: ``done`` of ``total`` bytes. Figures are usable before it ends."""

    done: int
    total: int
    what: str = ""

    @property
    def fraction(self) -> float:
        return min(1.0, self.done / self.total) if self.total else 1.0
