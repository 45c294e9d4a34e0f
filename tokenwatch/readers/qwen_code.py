"""Qwen Code: where it keeps its chats, how its processes look, and its reader.

Owns places and the agent's description. Does not own the lines of a chat (qwen_chats.py, and gemini_chats.py for old
ones). Like the agent it was made from, it may start itself again with more memory: both are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record, Signature
from tokenwatch.readers import gemini_chats, qwen_chats
from tokenwatch.readers.gemini_command_line import HOSTS, NO_SESSIONS
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root, TurnEvent

AGENT: Final = Agent(
    id=qwen_chats.AGENT_ID,
    name="Qwen Code",
    short_name="Qwen",
    letter="Q",
    provider="alibaba",
    signature=Signature(
        programs=("qwen",),
        scripts=(r"/@qwen-code/qwen-code/(dist/)?(cli-entry|cli|index)\.js$",),
        not_arguments=(*NO_SESSIONS, "auth", "channel"),
        hosts=(*HOSTS, "serve"),
        relaunches=True,
    ),
)

_DEPTH: Final = 3


class QwenCode(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for base in homes(paths, "QWEN_RUNTIME_DIR", "QWEN_HOME", default=paths.home / ".qwen"):
            yield Root(AGENT.id, base / "projects", qwen_chats.is_chat, depth=_DEPTH)
            yield Root(AGENT.id, base / "tmp", gemini_chats.is_document, Kind.DOCUMENT, depth=_DEPTH)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        if part.source.kind is Kind.DOCUMENT:
            return gemini_chats.read(AGENT.id, part, carry)
        return qwen_chats.read(part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return qwen_chats.settle(family)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        if part.source.kind is Kind.DOCUMENT:
            return gemini_chats.turns(part, carry)
        return qwen_chats.turns(part)


READER: Final = QwenCode()
