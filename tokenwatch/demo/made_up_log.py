"""Made-up log: the agents of the demo and the log they write, in a format of our own that holds records as they are.

Owns the agents' descriptions and the reader of that log. Does not own what happens (story.py, history.py). Never a
part of a real start: readers of real agents live in the package ``readers``, where this one is not found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from tokenwatch.base.limits import Quota
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record
from tokenwatch.readers.protocol import MALFORMED, Carry, LiveClaim, Part, ReadResult, Root, TurnEvent

AGENTS: Final = (
    Agent("claude-code", "Claude Code", "C", "anthropic"),
    Agent("codex", "Codex", "X", "openai"),
    Agent("opencode", "opencode", "O", "anthropic"),
    Agent("gemini-cli", "Gemini CLI", "G", "google"),
)


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line: a response of a model, or what a provider said of a limit."""

    record: Record | None = None
    quota: Quota | None = None


_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(Line).decode


def log_path(home: Path, agent: str) -> Path:
    """The one log of an agent."""
    return home / f".{agent}" / "made-up.jsonl"


def append(home: Path, lines: Iterable[Line]) -> tuple[Path, ...]:
    """Write each line to the end of its agent's log; which logs grew. A limit goes to its provider's first agent."""
    by_agent: dict[str, list[bytes]] = {}
    for line in lines:
        by_agent.setdefault(_agent_of(line), []).append(_encode(line) + b"\n")
    grown = []
    for agent, texts in by_agent.items():
        path = log_path(home, agent)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.writelines(texts)
        grown.append(path)
    return tuple(grown)


def _agent_of(line: Line) -> str:
    if line.record is not None:
        return line.record.agent
    assert line.quota is not None
    provider = line.quota.provider
    return next(agent.id for agent in AGENTS if agent.provider == provider)


class MadeUpReader:
    """Reads :class:`Line` after :class:`Line`; what is none is counted as unreadable, as in any log."""

    version = 1

    def __init__(self, agent: Agent) -> None:
        self.agent = agent

    def roots(self, paths: Paths) -> Iterable[Root]:
        folder = log_path(paths.home, self.agent.id).parent
        return (Root(self.agent.id, folder, lambda name: name.endswith(".jsonl")),)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        records, quotas, wrong = [], [], 0
        for text in part.data.splitlines():
            try:
                line = _decode(text)
            except msgspec.DecodeError:
                wrong += 1
                continue
            if line.record is not None:
                records.append(line.record)
            if line.quota is not None:
                quotas.append(line.quota)
        return ReadResult(records, b"", (), {MALFORMED: wrong} if wrong else {}, quotas)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return family

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return ()

    def claims(self, paths: Paths) -> Iterable[Path]:
        return ()

    def claim(self, path: Path, data: bytes) -> LiveClaim | None:
        return None
