"""Reading on in a source: its identity, whole lines, and what to remember.

Owns the comparison of a file with its checkpoint, and slices of whole lines. Does not know what lines mean.
A source is opened for one slice and closed again, so no agent is kept from renaming or deleting it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.digest import blake2b
from tokenwatch.base.errors import SourceError, UnreadableSource
from tokenwatch.base.rights import may_not_be_read
from tokenwatch.base.translation import mark, tr
from tokenwatch.collect.discover import Found
from tokenwatch.ledger.checkpoint import Checkpoint
from tokenwatch.readers.protocol import Encoding

SLICE: Final = 8 * 1024 * 1024
MAX_LINE: Final = 32 * 1024 * 1024
HEAD: Final = 1024
TAIL: Final = 64
MOST_DOCUMENT: Final = 128 * 1024 * 1024
TOO_LONG: Final = mark("line over 32 MiB")

_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class Slice(msgspec.Struct, frozen=True, gc=False):
    """Whole lines from ``offset`` on; ``end`` is where reading goes on. ``first``: forget the old carry.

    ``last`` says that nothing more can be read now. ``too_long`` counts lines that were skipped.
    """

    data: bytes
    offset: int
    end: int
    tail: bytes
    first: bool
    last: bool
    head: bytes
    head_size: int
    device: int
    number: int
    size: int
    modified: int
    too_long: int = 0


def unchanged(found: Found, checkpoint: Checkpoint | None) -> bool:
    """True if there is nothing to read: same file, same size, same time."""
    return (
        checkpoint is not None
        and checkpoint.size == found.size
        and checkpoint.modified == found.modified
        and checkpoint.number == found.number
        and checkpoint.device == found.device
    )


def slices(found: Found, checkpoint: Checkpoint | None, limit: int = SLICE) -> Iterator[Slice]:
    """Read on from the checkpoint, or from the beginning if it does not fit the file any more.

    Raises :class:`SourceError`. Each slice is safe to enter by itself.
    """
    if found.source.encoding is Encoding.ZSTD:
        yield from _compressed(found, limit)
        return
    while True:
        part = read_slice(found, checkpoint, limit)
        yield part
        if part.last:
            return
        checkpoint = Checkpoint(
            part.device, part.number, part.head, part.head_size, -1, -1, part.end, part.tail, b"", 0
        )


def read_slice(found: Found, checkpoint: Checkpoint | None, limit: int = SLICE) -> Slice:
    """One slice of an uncompressed source. Opens, reads, closes."""
    with _opened(found.source.path) as (descriptor, state):
        return _slice(descriptor, state, checkpoint, limit)


def read_range(found: Found, offset: int, length: int) -> tuple[bytes, int]:
    """Bytes of an uncompressed source from ``offset`` on, and its modification time in nanoseconds."""
    if found.source.encoding is not Encoding.PLAIN:
        return b"", found.modified
    with _opened(found.source.path) as (descriptor, state):
        return _read(descriptor, offset, length), state.st_mtime_ns


def read_document(found: Found) -> Slice:
    """A source that is written anew, whole. Raises ``SourceError``."""
    with _opened(found.source.path) as (descriptor, state):
        if state.st_size > MOST_DOCUMENT:
            most = MOST_DOCUMENT >> 20
            path = found.source.path
            raise SourceError(tr("{path} is larger than {most} MiB, so it is left out.", path=path, most=most))
        data = _read(descriptor, 0, state.st_size)
        return _result(descriptor, state, data, 0, len(data), True, True, data[:HEAD], 0)


def read_small(path: Path, limit: int = 64 * 1024) -> bytes:
    """A small file beside a source; nothing if there is none, or none that may be read."""
    try:
        with _opened(str(path)) as (descriptor, state):
            return _read(descriptor, 0, state.st_size) if state.st_size <= limit else b""
    except SourceError:
        return b""


@contextmanager
def _opened(path: str) -> Iterator[tuple[int, os.stat_result]]:
    """Open a regular file for reading; OS errors become a :class:`SourceError`.

    Sources are named by their resolved path, so a link at its end was put there since: it is not followed. Nor is
    a pipe waited for.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError as error:
        raise SourceError(tr("{path} vanished before it was read.", path=path)) from error
    except PermissionError as error:
        raise UnreadableSource(may_not_be_read(path)) from error
    except OSError as error:
        raise SourceError(tr("{path} cannot be opened: {why}.", path=path, why=error.strerror or error)) from error
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise SourceError(tr("{path} is not a regular file.", path=path))
        yield descriptor, state
    except OSError as error:
        raise SourceError(tr("{path} cannot be read: {why}.", path=path, why=error.strerror or error)) from error
    finally:
        os.close(descriptor)


def _slice(descriptor: int, state: os.stat_result, checkpoint: Checkpoint | None, limit: int) -> Slice:
    size = state.st_size
    head = b""
    offset = 0
    if checkpoint is not None:
        head = _read(descriptor, 0, min(HEAD, size))
        offset = checkpoint.offset if _continues(descriptor, state, checkpoint, head) else 0
    first = offset == 0
    data = _read(descriptor, offset, min(limit, MAX_LINE, max(0, size - offset)))
    if first:
        head = data[:HEAD] if len(data) >= HEAD or len(data) == size else _read(descriptor, 0, min(HEAD, size))
    end = data.rfind(b"\n") + 1
    too_long = 0
    while not end and offset + len(data) < size:
        if len(data) > MAX_LINE:
            skipped = _skip_line(descriptor, offset + len(data), size)
            if skipped is None:
                # The long line is not finished: come back when it is, without having kept it.
                data = b""
                break
            too_long += 1
            offset, data = skipped, _read(descriptor, skipped, min(limit, MAX_LINE, max(0, size - skipped)))
        else:
            # One byte over the limit tells whether the line ends at it.
            room = min(max(len(data), 1), MAX_LINE + 1 - len(data), size - offset - len(data))
            more = _read(descriptor, offset + len(data), room)
            if not more:
                break
            data += more
        end = data.rfind(b"\n") + 1
    whole = data if end == len(data) else data[:end]
    last = offset + len(data) >= size or not end
    return _result(descriptor, state, whole, offset, offset + end, first, last, head, too_long)


def _result(
    descriptor: int,
    state: os.stat_result,
    data: bytes,
    offset: int,
    end: int,
    first: bool,
    last: bool,
    head: bytes,
    too_long: int,
) -> Slice:
    return Slice(
        data=data,
        offset=offset,
        end=end,
        tail=_hash(data[-TAIL:]) if len(data) >= TAIL else _tail(descriptor, end),
        first=first,
        last=last,
        head=_hash(head),
        head_size=len(head),
        device=state.st_dev,
        number=state.st_ino,
        size=state.st_size,
        modified=state.st_mtime_ns,
        too_long=too_long,
    )


def _continues(descriptor: int, state: os.stat_result, checkpoint: Checkpoint, head: bytes) -> bool:
    """Is this still the file that was read up to the checkpoint's offset?

    ``head`` is its first bytes now, at least as many as the checkpoint knew: a short file may have grown.
    """
    return (
        checkpoint.device == state.st_dev
        and checkpoint.number == state.st_ino
        and state.st_size >= checkpoint.offset
        and checkpoint.offset > 0
        # Same size but a new time: rewritten in place, perhaps before the bytes that the tail hash covers.
        and not (checkpoint.size == state.st_size and checkpoint.modified != state.st_mtime_ns)
        and checkpoint.head_size <= len(head)
        and checkpoint.head == _hash(head[: checkpoint.head_size])
        and checkpoint.tail == _tail(descriptor, checkpoint.offset)
    )


def _tail(descriptor: int, offset: int) -> bytes:
    begin = max(0, offset - TAIL)
    return _hash(_read(descriptor, begin, offset - begin))


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=8).digest()


def _read(descriptor: int, offset: int, length: int) -> bytes:
    """Up to ``length`` bytes; fewer only at the end of the file."""
    if length <= 0:
        return b""
    os.lseek(descriptor, offset, os.SEEK_SET)
    data = os.read(descriptor, length)
    if len(data) == length or not data:
        return data
    pieces = [data]
    missing = length - len(data)
    while missing > 0:
        data = os.read(descriptor, missing)
        if not data:
            break
        pieces.append(data)
        missing -= len(data)
    return b"".join(pieces)


def _skip_line(descriptor: int, offset: int, size: int) -> int | None:
    """Offset after the next line feed, found in constant memory; None if the line does not end yet."""
    while offset < size:
        data = _read(descriptor, offset, min(1024 * 1024, size - offset))
        if not data:
            return None
        at = data.find(b"\n")
        if at >= 0:
            return offset + at + 1
        offset += len(data)
    return None


def _compressed(found: Found, limit: int) -> Iterator[Slice]:
    """A source compressed as a whole is read from its start; its last line may lack the line feed."""
    from sys import version_info

    if version_info >= (3, 14):
        from compression.zstd import ZstdError, ZstdFile
    else:
        from backports.zstd import ZstdError, ZstdFile

    path = found.source.path
    offset = 0
    rest = b""
    first = True
    dropping = False
    with _opened(path) as (descriptor, state), os.fdopen(descriptor, "rb", closefd=False) as raw:
        try:
            with ZstdFile(raw) as stream:
                while True:
                    block = stream.read(min(limit, MAX_LINE))
                    last = not block
                    too_long = 0
                    if dropping:
                        at = block.find(b"\n") + 1
                        offset += at or len(block)
                        block, dropping = block[at:] if at else b"", not at
                    data = rest + block
                    if last and data:
                        data += b"\n"
                    line = data.find(b"\n") + 1 if rest else 0
                    if line > MAX_LINE + 1:  # begun in earlier blocks, ended in this one
                        too_long += 1
                        offset += line
                        data = data[line:]
                    end = data.rfind(b"\n") + 1
                    begin, rest = offset, data[end:]
                    offset += end
                    if len(rest) > MAX_LINE:
                        too_long, dropping = too_long + 1, True
                        offset += len(rest)
                        rest = b""
                    yield Slice(
                        data=data[:end],
                        offset=begin,
                        end=offset,
                        tail=b"",
                        first=first,
                        last=last,
                        head=b"",
                        head_size=0,
                        device=state.st_dev,
                        number=state.st_ino,
                        size=state.st_size,
                        modified=state.st_mtime_ns,
                        too_long=too_long,
                    )
                    first = False
                    if last:
                        return
        except (EOFError, ZstdError) as error:
            raise SourceError(tr("{path} cannot be decompressed: {why}.", path=path, why=error)) from error
