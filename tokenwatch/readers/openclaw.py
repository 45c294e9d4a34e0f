"""OpenClaw: where it keeps its sessions, how its processes look, and its reader.

Owns places and the agent's description. Does not own the lines of a session (pi_sessions.py).

Facts: sessions that were reset or deleted are renamed, and were billed all the same. Entries with the model
``delivery-mirror`` or the provider ``openclaw`` repeat what was sent to a chat; nobody was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers import pi_sessions
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import folders_of
from tokenwatch.readers.protocol import Carry, Part, ReadResult, Root, TurnEvent

AGENT: Final = Agent(
    id="openclaw",
    name="OpenClaw",
    short_name="OpenClaw",
    letter="W",
    provider="",
    signature=Signature(
        programs=("openclaw",),
        scripts=(r"/openclaw/(openclaw\.mjs|dist/(index|entry)\.js)$",),
        uses=("tui", "agent", "chat"),
        hosts=("gateway",),
    ),
)
_FORMAT: Final = pi_sessions.Format(AGENT.id, frozenset(("delivery-mirror", "openclaw")))
_FORMER: Final = (".openclaw", ".clawdbot", ".moltbot", ".moldbot")
_SESSION: Final = re.compile(r"(^|/)[^/]+/sessions/[^/]+\.jsonl(\.(reset|deleted)\.[^/]*)?$")
"""Below ``agents``: ``<agent>/sessions/<id>.jsonl``."""


class OpenClaw(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        named = folders_of(paths, "OPENCLAW_STATE_DIR") or folders_of(paths, "OPENCLAW_DIR")
        for home in named or [paths.home / name for name in _FORMER]:
            yield Root(AGENT.id, home / "agents", _is_session)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return pi_sessions.read(_FORMAT, part, carry)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return pi_sessions.turns(_FORMAT, part, carry)


READER: Final = OpenClaw()


def _is_session(relative: str) -> bool:
    return _SESSION.search(relative) is not None
