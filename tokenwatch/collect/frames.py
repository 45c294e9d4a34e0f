"""Frames: how two processes of ours speak through a pipe - four bytes of length, then the content.

Owns that. Does not own what is said (source_worker.py, importer.py, and the import of the engine).
"""

from __future__ import annotations

from typing import IO, Final

_LENGTH: Final = 4
MOST_FRAME: Final = 1 << 30


def read_frame(source: IO[bytes]) -> bytes | None:
    """The next frame; None at the end, also if that comes within a frame."""
    head = source.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    data = source.read(size) if size <= MOST_FRAME else b""
    return data if len(data) == size else None


def write_frame(target: IO[bytes], data: bytes) -> None:
    target.write(len(data).to_bytes(_LENGTH, "big"))
    target.write(data)
    target.flush()
