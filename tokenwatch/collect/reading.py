"""From a source to what the ledger enters: slices through a reader.

Owns joining tail and reader, and containing a reader that fails. Opens sources through tail.py only; knows
no SQL, so it also runs in worker processes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from tokenwatch.collect.discover import Found
from tokenwatch.collect.soundness import check
from tokenwatch.collect.tail import SLICE, TOO_LONG, Slice, read_range, slices
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.readers.jsonl import MAX_TIME, MIN_TIME
from tokenwatch.readers.protocol import Carry, Part, Reader, ReadResult

log = logging.getLogger(__name__)

READER_FAILED = "not understood (a mistake in TokenWatch; the entries were left out)"


def readings(
    reader: Reader, found: Found, checkpoint: Checkpoint | None, limit: int = SLICE
) -> Iterator[tuple[Reading, Part, Carry]]:
    """What has come since the checkpoint, slice by slice; each with its part and the carry from before it.

    Raises ``SourceError`` from opening or reading the file; never anything for its content.
    """
    carry = b""
    skipped: dict[str, int] = {}
    newest: int | None = None
    usable = checkpoint if checkpoint is not None and checkpoint.reader == reader.version else None
    if usable is not None:
        carry, skipped, newest = usable.carry, dict(usable.skipped), usable.newest
    for part in slices(found, usable, limit):
        if part.first:
            carry, skipped, newest = b"", {}, None
        piece = Part(found.source, part.data, part.offset, _time(part.modified))
        before = carry
        result = _read(reader, piece, carry) if part.data else ReadResult(carry=carry)
        carry = result.carry
        for reason, number in result.skipped.items():
            skipped[reason] = skipped.get(reason, 0) + number
        if part.too_long:
            skipped[TOO_LONG] = skipped.get(TOO_LONG, 0) + part.too_long
        for record in result.records:
            newest = record.time if newest is None else max(newest, record.time)
        yield (
            Reading(
                path=str(found.source.path),
                agent=found.source.agent,
                checkpoint=_checkpoint(part, carry, reader.version, newest, skipped),
                records=list(result.records),
                amendments=list(result.amendments),
                quotas=list(result.quotas),
            ),
            piece,
            before,
        )


def _read(reader: Reader, part: Part, carry: bytes) -> ReadResult:
    try:
        result = reader.read(part, carry)
        check(result)
        return result
    except Exception:
        # A plug-in may fail; the source is then passed over, not the program.
        log.exception("reader %s failed on %s", reader.agent.id, part.source.relative)
        return ReadResult(carry=carry, skipped={READER_FAILED: part.data.count(b"\n")})


def _checkpoint(part: Slice, carry: bytes, version: int, newest: int | None, skipped: dict[str, int]) -> Checkpoint:
    return Checkpoint(
        device=part.device,
        number=part.number,
        head=part.head,
        head_size=part.head_size,
        # Only a source read to its end may be passed over as unchanged.
        size=part.size if part.last else -1,
        modified=part.modified if part.last else -1,
        offset=part.end,
        tail=part.tail,
        carry=carry,
        reader=version,
        newest=newest,
        skipped=dict(skipped),
    )


def last_part(found: Found, limit: int = 512 * 1024) -> Part:
    """The first line of an uncompressed source, which may say whose it is, and its last whole lines.

    Up to ``limit`` bytes of each; ``offset`` is where the last lines begin. Raises ``SourceError``.
    """
    begin = max(0, found.size - limit)
    data, modified = read_range(found, begin, limit)
    if begin:
        head, _ = read_range(found, 0, limit)  # the first line may end after ``begin``
        cut = data.find(b"\n") + 1
        begin, data = begin + cut, head[: head.find(b"\n") + 1] + data[cut:]
    return Part(found.source, data[: data.rfind(b"\n") + 1], begin, _time(modified))


def _time(modified: int) -> int:
    """A file's time in milliseconds, as near to it as a time of use can be: some entries have no other."""
    return min(max(modified // 1_000_000, MIN_TIME), MAX_TIME)
