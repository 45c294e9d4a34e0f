"""From a source to what the ledger enters: slices, a document or rows through a reader.

Owns joining tail or database and reader, and containing a reader that fails. Opens sources through tail.py and
readers/database.py only; knows nothing of the ledger's tables, so it also runs in worker processes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, cast

from tokenwatch.base.errors import SourceError
from tokenwatch.base.translation import mark, tr
from tokenwatch.collect.discover import Found
from tokenwatch.collect.soundness import check
from tokenwatch.collect.tail import SLICE, TOO_LONG, Slice, read_document, read_range, read_small, slices
from tokenwatch.collect.wsl_projects import with_windows_projects
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.readers.jsonl import MAX_TIME, MIN_TIME
from tokenwatch.readers.protocol import (
    AsksDatabases,
    Carry,
    Kind,
    Part,
    Query,
    Reader,
    ReadResult,
    ReadsBeside,
    Source,
)

log = logging.getLogger(__name__)

SETTLED_NS: Final = 2_000_000_000
"""So long after its last change everything in a database can be read."""

_HEAD: Final = 512 * 1024
"""In so many bytes the first line ends, which may hold an agent's whole instructions."""

_SHORT_HEAD: Final = 32 * 1024
"""In so many it usually does."""

_LAST_ROWS: Final = 200

READER_FAILED = mark("not understood (a mistake in TokenWatch; the entries were left out)")


def readings(
    reader: Reader, found: Found, checkpoint: Checkpoint | None, limit: int = SLICE
) -> Iterator[tuple[Reading, Part, Carry]]:
    """What has come since the checkpoint, slice by slice; each with its part and the carry from before it.

    Raises ``SourceError`` from opening or reading the file; never anything for its content.
    """
    usable = checkpoint if checkpoint is not None and checkpoint.reader == reader.version else None
    match found.source.kind:
        case Kind.LINES:
            yield from _lines(reader, found, usable, limit)
        case Kind.DOCUMENT:
            yield _document(reader, found, usable)
        case Kind.DATABASE:
            yield from _rows(reader, found, usable)


def _lines(
    reader: Reader, found: Found, usable: Checkpoint | None, limit: int
) -> Iterator[tuple[Reading, Part, Carry]]:
    carry = b""
    skipped: dict[str, int] = {}
    newest: int | None = None
    if usable is not None:
        carry, skipped, newest = usable.carry, dict(usable.skipped), usable.newest
    beside = _beside(reader, found.source)
    for part in slices(found, usable, limit):
        if part.first:
            carry, skipped, newest = b"", {}, None
        piece = Part(found.source, part.data, part.offset, _time(part.modified), beside=beside)
        before = carry
        result = _read(reader, piece, carry) if part.data else ReadResult(carry=carry)
        carry = result.carry
        if part.too_long:
            skipped[TOO_LONG] = skipped.get(TOO_LONG, 0) + part.too_long
        newest = _note(result, skipped, newest)
        yield _reading(found, result, _checkpoint(part, carry, reader.version, newest, skipped)), piece, before


def _document(reader: Reader, found: Found, usable: Checkpoint | None) -> tuple[Reading, Part, Carry]:
    """The carry goes from one version of a document to the next, also when another file was put in its place."""
    before = usable.carry if usable is not None else b""
    part = read_document(found)
    piece = Part(found.source, part.data, 0, _time(part.modified), beside=_beside(reader, found.source))
    result = _read(reader, piece, before)
    skipped: dict[str, int] = {}
    newest = _note(result, skipped, usable.newest if usable is not None else None)
    return _reading(found, result, _checkpoint(part, result.carry, reader.version, newest, skipped)), piece, before


def _rows(reader: Reader, found: Found, usable: Checkpoint | None) -> Iterator[tuple[Reading, Part, Carry]]:
    """A database page by page. Its checkpoint's carry holds how far each table was read and the reader's carry."""
    from tokenwatch.readers.database.pages import Cursors, Database, decode_cursors, encode_cursors

    same = usable is not None and (usable.device, usable.number) == (found.device, found.number)
    cursors = decode_cursors(usable.carry) if usable is not None and same else Cursors()
    skipped = dict(usable.skipped) if usable is not None and same else {}
    newest = usable.newest if usable is not None else None
    modified = _time(found.modified)
    # A commit is in the file before it can be read, and no event follows: what was written just now is read again.
    unsettled = abs(time.time_ns() - found.modified) < SETTLED_NS
    queries = _queries(reader, found.source)
    if all(query.whole for query in queries) and all(table.reached is None for table in cursors.tables.values()):
        skipped = {}  # every row comes again, also those that cannot be read
    with Database(found.source.path, time.monotonic) as database:
        last = False
        while not last:
            page = database.page(queries, cursors, modified)
            last = page.last
            piece = Part(found.source, b"", 0, modified, page.rows)
            before = cursors.carry
            result = _read(reader, piece, before) if any(page.rows.values()) else ReadResult(carry=before)
            cursors.carry = result.carry
            for reason, number in page.skipped.items():
                skipped[reason] = skipped.get(reason, 0) + number
            newest = _note(result, skipped, newest)
            point = Checkpoint(
                device=found.device,
                number=found.number,
                head=b"",
                head_size=0,
                # The state from before reading: what was written meanwhile is then seen as a change.
                size=found.size if last else -1,
                modified=found.modified - unsettled if last else -1,
                offset=0,
                tail=b"",
                carry=encode_cursors(cursors),
                reader=reader.version,
                newest=newest,
                skipped=dict(skipped),
            )
            yield _reading(found, result, point), piece, before


def _beside(reader: Reader, source: Source) -> bytes:
    if not _reads_beside(type(reader)):
        return b""
    try:
        path = cast(ReadsBeside, reader).file_beside(source)
    except Exception:
        log.exception("reader %s failed on what stands beside %s", reader.agent.id, source.relative)
        return b""
    return b"" if path is None else read_small(path)


@cache
def _reads_beside(kind: type[Reader]) -> bool:
    """Asked for each source, and Python looks long for what a protocol wants."""
    return issubclass(kind, ReadsBeside)


def _queries(reader: Reader, source: Source) -> Sequence[Query]:
    if not isinstance(reader, AsksDatabases):
        return ()
    try:
        return reader.queries(source)
    except Exception as error:
        log.exception("reader %s failed on the tables of %s", reader.agent.id, source.relative)
        why = tr("{path} was not understood (a mistake in TokenWatch).", path=source.path)
        raise SourceError(why) from error


def _reading(found: Found, result: ReadResult, point: Checkpoint) -> Reading:
    return Reading(
        path=found.source.path,
        agent=found.source.agent,
        checkpoint=point,
        records=list(result.records),
        amendments=list(result.amendments),
        quotas=list(result.quotas),
    )


def _note(result: ReadResult, skipped: dict[str, int], newest: int | None) -> int | None:
    """Add what was skipped to ``skipped``; the time of the newest record so far."""
    for reason, number in result.skipped.items():
        skipped[reason] = skipped.get(reason, 0) + number
    for record in result.records:
        newest = record.time if newest is None else max(newest, record.time)
    return newest


def _read(reader: Reader, part: Part, carry: bytes) -> ReadResult:
    try:
        result = reader.read(part, carry)
        check(result)
        return with_windows_projects(result, part.source.path)
    except Exception:
        # A plug-in may fail; the source is then passed over, not the program.
        log.exception("reader %s failed on %s", reader.agent.id, part.source.relative)
        return ReadResult(carry=carry, skipped={READER_FAILED: part.data.count(b"\n") or 1})


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


def last_part(reader: Reader, found: Found, limit: int = _HEAD) -> Part:
    """The first line of an uncompressed source, which may say whose it is, and its last whole lines.

    Up to ``limit`` bytes of those; ``offset`` is where they begin. Of a document the whole; of a database the rows
    that were inserted last. Raises ``SourceError``.
    """
    if found.source.kind is Kind.DOCUMENT:
        part = read_document(found)
        return Part(found.source, part.data, 0, _time(part.modified))
    if found.source.kind is Kind.DATABASE:
        return _last_rows(reader, found)
    begin = max(0, found.size - limit)
    data, modified = read_range(found, begin, limit)
    if begin:
        head, _ = read_range(found, 0, _SHORT_HEAD)  # the first line may end after ``begin``
        if b"\n" not in head:
            head, _ = read_range(found, 0, _HEAD)
        cut = data.find(b"\n") + 1
        begin, data = begin + cut, head[: head.find(b"\n") + 1] + data[cut:]
    return Part(found.source, data[: data.rfind(b"\n") + 1], begin, _time(modified))


def _last_rows(reader: Reader, found: Found) -> Part:
    from tokenwatch.readers.database.pages import Database

    modified = _time(found.modified)
    with Database(found.source.path, time.monotonic) as database:
        page = database.last_page(_queries(reader, found.source), _LAST_ROWS, modified)
    return Part(found.source, b"", 0, modified, page.rows)


def _time(modified: int) -> int:
    """A file's time in milliseconds, as near to it as a time of use can be: some entries have no other."""
    return min(max(modified // 1_000_000, MIN_TIME), MAX_TIME)
