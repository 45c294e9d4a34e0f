"""Recall: what the ends of logs that were written lately tell of sessions, for one who begins to look.

Owns which logs those are and that their turns are told in the order in which they happened, so that a session is the
same to the app, after each of its starts, and to a command. Does not own what is made of them (live).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from tokenwatch.base.errors import SourceError
from tokenwatch.collect.discover import Found
from tokenwatch.collect.reading import last_part
from tokenwatch.collect.wsl_projects import turns_of_windows
from tokenwatch.live.registry import read_small
from tokenwatch.live.sessions import LiveTracker
from tokenwatch.readers.protocol import Carry, DescribesSubAgents, Part, Reader, Source, TurnEvent

log = logging.getLogger(__name__)

RECALLED_MS: Final = 12 * 3_600_000
MOST_WHOLE: Final = 40
MOST_BRIEF: Final = 120
_WHOLE: Final = 512 * 1024
_BRIEF: Final = 64 * 1024
"""Bytes of a log's end: of the newest logs, and of as many more as sub-agents may have written."""


def lately(found: Iterable[Found], now: int) -> tuple[Found, ...]:
    """Sources that were written in the last hours, the newest first; a few at most."""
    recent = [entry for entry in found if entry.modified // 1_000_000 >= now - RECALLED_MS]
    recent.sort(key=lambda entry: -entry.modified)
    return tuple(recent[: MOST_WHOLE + MOST_BRIEF])


def recall(
    tracker: LiveTracker,
    readers: Mapping[str, Reader],
    found: Sequence[Found],
    stopping: Callable[[], bool] = lambda: False,
) -> None:
    """Tell the tracker what the ends of these sources hold. What cannot be read is passed over."""
    parts: list[tuple[Reader, Part]] = []
    happened: list[tuple[int, int, TurnEvent]] = []
    for number, entry in enumerate(found):
        if stopping():
            return
        reader = readers[entry.source.agent]
        try:
            part = last_part(reader, entry, _WHOLE if number < MOST_WHOLE else _BRIEF)
        except SourceError as error:
            log.info("not looked at: %s", error)
            continue
        time = 0
        for event in _turns(reader, part, b""):
            time = max(time, event.time)  # within a log its own order holds
            happened.append((time, len(parts), event))
        parts.append((reader, part))
    happened.sort(key=lambda entry: entry[:2])
    for number, events in groupby(happened, key=lambda entry: entry[1]):
        reader, part = parts[number]
        _feed(tracker, reader, part, [event for _, _, event in events], grew=False)
    for reader, part in parts:
        _feed(tracker, reader, part, [])
        _describe(tracker, reader, part.source)


def tell(tracker: LiveTracker, reader: Reader, part: Part, carry: Carry = b"") -> None:
    """Feed a part's turns to the tracker; of a reader that fails or says nonsense, none."""
    _feed(tracker, reader, part, _turns(reader, part, carry))
    _describe(tracker, reader, part.source)


def _turns(reader: Reader, part: Part, carry: Carry) -> list[TurnEvent]:
    try:
        found = turns_of_windows(reader.turns(part, carry), part.source.path)
        if not all(isinstance(event, TurnEvent) and isinstance(event.time, int) for event in found):
            raise TypeError("no turns")
        return found
    except Exception:  # noqa: BLE001 - logged in _excuse
        _excuse(reader, part.source)
        return []


def _feed(
    tracker: LiveTracker, reader: Reader, part: Part, events: Sequence[TurnEvent], *, grew: bool = True
) -> None:
    try:
        tracker.feed(reader.agent.id, part.source.path, part.modified if grew else 0, events)
    except Exception:  # noqa: BLE001 - logged in _excuse
        _excuse(reader, part.source)


def _describe(tracker: LiveTracker, reader: Reader, source: Source) -> None:
    """Read the small file beside a sub-agent's source, if the agent wrote it already."""
    if not (isinstance(reader, DescribesSubAgents) and tracker.wants(source.path)):
        return
    try:
        path = reader.beside(source)
        data = read_small(path) if path is not None else None
        facts = reader.sub_agent(source, data) if data is not None else None
        if facts is not None:
            tracker.describe(reader.agent.id, facts)
        if facts is not None or path is None:
            tracker.described(source.path)
    except Exception:  # noqa: BLE001 - logged in _excuse
        _excuse(reader, source)


def _excuse(reader: Reader, source: Source) -> None:
    log.exception("reader %s failed on the turns of %s", reader.agent.id, source.relative)
