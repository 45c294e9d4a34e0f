"""Import frames: what the app and the program that fills an empty ledger say to each other.

Owns their shapes. Does not own how they go through a pipe (collect/frames.py).
"""

from __future__ import annotations

import msgspec


class Job(msgspec.Struct, frozen=True, array_like=True):
    """The parent's :class:`Paths`, as text."""

    home: str
    environment: dict[str, str]
    data: str
    config: str
    platform: str


class Told(msgspec.Struct, frozen=True, array_like=True):
    """Bytes read of how many; ``committed``: there is something new to be asked of the ledger."""

    done: int
    total: int
    committed: bool
