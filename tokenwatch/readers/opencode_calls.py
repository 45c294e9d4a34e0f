"""opencode's tool calls: which of an answer run and which have ended, from its parts.

Owns what a part says of a call. Does not own messages (opencode_messages.py). Of what a tool is given only the base
name of a file is taken, of what it gave nothing.

Facts (seen with 1.18.33): the message's row is written when the answer begins and when all its tools have ended, not
when one begins; a tool's part is ``pending`` while the model writes its input, then ``running`` from ``time.start``,
and then ``completed`` or ``error``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tokenwatch.readers.entry import Entry
from tokenwatch.readers.jsonl import milliseconds, text
from tokenwatch.readers.protocol import LookUp, Row, TurnEvent, TurnKind

LOOK_UP: Final = LookUp(
    "parts",
    table="part",
    key="message_id",
    by="id",
    columns=("id", "session_id", "time_created", "time_updated", "data"),
)

_LONGEST: Final = 1024 * 1024
"""A part that is longer is not decoded: what it holds is content."""

_ENDED: Final = frozenset({"completed", "error"})
_FILE: Final = "filePath"


def calls(rows: Iterable[Row]) -> Iterator[TurnEvent]:
    """``rows`` as :data:`LOOK_UP` gives them."""
    for own, session, created, updated, data in rows:
        if not isinstance(data, str) or len(data) > _LONGEST or '"tool"' not in data:
            continue
        part = Entry.of(data.encode("utf-8", "replace"))
        if part is None or part.text("type") != "tool":
            continue
        state = part.inside("state")
        begun = state.inside("time").time("start") or milliseconds(created)
        if begun is None:
            continue
        status = state.text("status")
        if status == "running":
            named = state.inside("input").text(_FILE)
            target = named.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
            yield TurnEvent(
                TurnKind.TOOL_OPEN, text(session), begun, ref=text(own), tool=part.text("tool"), target=target
            )
        elif status in _ENDED:
            ended = state.inside("time").time("end") or milliseconds(updated) or begun
            yield TurnEvent(TurnKind.TOOL_CLOSED, text(session), ended, ref=text(own))
