"""Running calls: the tool calls that agents note in a table apart from the messages that their readers read.

Owns asking that table, only for answers that are being written, only when the database changed, and a few rows of
each. Does not know its columns (readers do) or what follows for a state (states.py). Nothing of it is stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.errors import SourceError
from tokenwatch.live.spawns import State, state_of
from tokenwatch.readers.protocol import NotesCalls, Reader, TurnEvent, TurnKind

log = logging.getLogger(__name__)

MOST_ROWS: Final = 64
"""Of one answer, the latest ones."""

MOST_ANSWERS: Final = 32
_BETWEEN_SECONDS: Final = 0.5
"""A program that a call runs may write without end, and each line changes the database."""


class Answer(msgspec.Struct, frozen=True):
    """An answer that is being written: whose, in which source, and its message."""

    agent: str
    source: str
    session: str
    message: str


class RunningCalls:
    """``monotonic`` gives seconds. One thread only."""

    def __init__(self, readers: Iterable[Reader], monotonic: Callable[[], float]) -> None:
        self._readers = {reader.agent.id: reader for reader in readers if isinstance(reader, NotesCalls)}
        self._monotonic = monotonic
        self._seen: dict[str, tuple[State, frozenset[str], float]] = {}
        """By source: its state, the answers that were asked for, and when."""
        self._open: dict[tuple[Answer, str], TurnEvent] = {}
        """Calls that ran at the last look."""
        self._failed: set[str] = set()

    @property
    def agents(self) -> frozenset[str]:
        return frozenset(self._readers)

    def news(self, answers: Iterable[Answer], now: int) -> list[tuple[Answer, list[TurnEvent]]]:
        """The calls that run and those that ended, by answer, of databases that changed. Raises nothing.

        A call ends with its answer's session, or when its row says so or is gone; ``now`` (ms) is when it was gone.
        """
        asked = list(answers)
        sessions = {(answer.agent, answer.session) for answer in asked}
        self._open = {key: event for key, event in self._open.items() if (key[0].agent, key[0].session) in sessions}
        by_source: dict[tuple[str, str], dict[str, Answer]] = {}
        for answer in (*asked, *(answer for answer, _ in self._open)):
            by_source.setdefault((answer.agent, answer.source), {})[answer.message] = answer
        found = []
        for (agent, source), wanted in by_source.items():
            reader = self._readers.get(agent)
            if reader is None or not reader.notes_calls(source):
                continue
            try:
                found += self._of(reader, source, dict(list(wanted.items())[-MOST_ANSWERS:]), now)
            except Exception:
                if agent not in self._failed:  # said once, not at every look
                    self._failed.add(agent)
                    log.exception("reader %s failed on its running calls", agent)
        self._seen = {
            source: seen for source, seen in self._seen.items() if any(source == one for _, one in by_source)
        }
        return found

    def _of(
        self, reader: NotesCalls, source: str, wanted: dict[str, Answer], now: int
    ) -> list[tuple[Answer, list[TurnEvent]]]:
        from tokenwatch.readers.database.pages import Database

        state, at, names = state_of(Path(source)), self._monotonic(), frozenset(wanted)
        before = self._seen.get(source)
        if not state or (before is not None and (before[:2] == (state, names) or at - before[2] < _BETWEEN_SECONDS)):
            return []
        try:
            with Database(source, self._monotonic) as database:
                rows = {message: database.look_up(reader.call_look_up, message, MOST_ROWS) for message in wanted}
        except SourceError as error:
            log.debug("running calls are not known: %s", error)
            return []
        self._seen[source] = (state, names, at)
        news = []
        for message, answer in wanted.items():
            told = [event for event in reader.calls(rows[message]) if event.session == answer.session]
            running = {event.ref: event for event in told if event.kind is TurnKind.TOOL_OPEN}
            ended = {event.ref: event for event in told if event.kind is TurnKind.TOOL_CLOSED}
            events = list(running.values())
            for (owner, ref), event in list(self._open.items()):
                if owner == answer and ref not in running:
                    del self._open[(owner, ref)]
                    events.append(ended.get(ref) or TurnEvent(TurnKind.TOOL_CLOSED, event.session, now, ref=ref))
            self._open.update({((answer, ref)): event for ref, event in running.items()})
            if events:
                news.append((answer, events))
        return news
