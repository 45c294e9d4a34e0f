"""A worker: the process that reads whole sources for another one. Runs readers only: no Qt, no SQL.

Owns the loop over jobs. Does not own the frames in which they come and go (frames.py) or what is read (reading.py).
Whoever starts it is importer.py.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping, Sequence
from typing import IO, Final

import msgspec

from tokenwatch.base.errors import SourceError
from tokenwatch.collect.discover import Found
from tokenwatch.collect.frames import read_frame, write_frame
from tokenwatch.collect.packing import Brought, pack
from tokenwatch.collect.reading import readings
from tokenwatch.ledger.checkpoint import Reading
from tokenwatch.readers.protocol import Reader, readers

_decode: Final = msgspec.msgpack.Decoder(list[Found]).decode


def main() -> int:
    """Work through standard input and output."""
    return work(sys.stdin.buffer, sys.stdout.buffer)


def work(source: IO[bytes], target: IO[bytes]) -> int:
    """Read jobs from ``source``, write what they brought to ``target``, until the jobs end. The exit status."""
    gc.disable()  # nothing here makes circles, and the process is short-lived
    known = readers()
    while True:
        frame = read_frame(source)
        if frame is None:
            return 0
        write_frame(target, pack(read_whole(_decode(frame), known)))


def read_whole(found: Sequence[Found], by_id: Mapping[str, Reader]) -> Brought:
    """Read sources from their beginning. Slices of one source stay in order."""
    came: list[Reading] = []
    failures: dict[str, str] = {}
    for entry in found:
        try:
            came.extend(reading for reading, _, _ in readings(by_id[entry.source.agent], entry, None))
        except SourceError as error:
            failures[entry.source.path] = str(error)
    return Brought(came, failures)
