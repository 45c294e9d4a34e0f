"""Kimi CLI and its successor Kimi Code: where they keep their wires, how their processes look, and their reader.

Owns places and the agent's description. Does not own the lines of a wire (kimi_cli_wire.py, kimi_code_wire.py). The
Python program and its successor on Node go by one name and may be installed together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record, Signature
from tokenwatch.readers import kimi_cli_wire, kimi_code_wire
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import Carry, Part, ReadResult, Root, TurnEvent

AGENT: Final = Agent(
    id=kimi_cli_wire.AGENT_ID,
    name="Kimi CLI",
    short_name="Kimi",
    letter="K",
    provider="moonshotai",
    signature=Signature(
        programs=(
            "kimi",
            "kimi-cli",
            "kimi-code",
        ),
        scripts=(r"/@moonshot-ai/kimi-code/dist/main\.mjs$",),
        not_arguments=(
            "login",
            "logout",
            "mcp",
            "info",
            "export",
            "vis",
            "plugin",
            "update",
            "doctor",
            "help",
            "--version",
            "-V",
            "--help",
            "-h",
        ),
        hosts=(
            "acp",
            "--acp",
            "web",
            "serve",
            "server",
        ),
    ),
    unknown="Kimi CLI does not write which model answered, so its tokens have no price; Kimi Code does.",
)


class KimiCli(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for home in homes(paths, "KIMI_SHARE_DIR", "KIMI_DATA_DIR", default=paths.home / ".kimi"):
            yield Root(AGENT.id, home / "sessions", _is_wire)
        for home in homes(paths, "KIMI_CODE_HOME", default=paths.home / ".kimi-code"):
            yield Root(AGENT.id, home / "sessions", _is_wire)
        desktop = _desktop(paths)
        if desktop is not None:
            yield Root(AGENT.id, desktop / "sessions", _is_wire)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        if kimi_code_wire.is_wire(part.source.relative):
            return kimi_code_wire.read(part, carry)
        return kimi_cli_wire.read(part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return kimi_cli_wire.settle(family)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        if kimi_code_wire.is_wire(part.source.relative):
            return kimi_code_wire.turns(part, carry)
        return kimi_cli_wire.turns(part)


READER: Final = KimiCli()


def _is_wire(relative: str) -> bool:
    return relative.endswith("/wire.jsonl")


def _desktop(paths: Paths) -> Path | None:
    """Where the desktop program keeps the agent's home."""
    inner = Path("kimi-desktop", "daimon-share", "daimon", "runtime", "kimi-code", "home")
    if paths.platform == "darwin":
        return paths.home / "Library" / "Application Support" / inner
    roaming = paths.variable("APPDATA")
    return Path(roaming) / inner if paths.platform == "win32" and roaming else None
