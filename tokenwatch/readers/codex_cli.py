"""Codex CLI: where it keeps its rollouts, how its processes look, and its reader.

Owns places and the agent's description. Does not own the lines of a rollout (codex_cli_usage.py, codex_cli_turns.py)
or which copies of a response count (codex_cli_family.py). Codex keeps no registry of what runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record, Signature
from tokenwatch.readers import codex_cli_family, codex_cli_turns, codex_cli_usage
from tokenwatch.readers.protocol import Carry, LiveClaim, Part, Query, ReadResult, Root, Row, Spawn, TurnEvent

AGENT: Final = Agent(
    id=codex_cli_usage.AGENT_ID,
    name="Codex",
    short_name="Codex",
    letter="X",
    provider="openai",
    unknown="Runs with --ephemeral are written nowhere.",
    signature=Signature(
        programs=("codex",),
        paths=(r"/codex/versions/[^/]+$",),
        scripts=(r"/@openai/codex/bin/codex\.js$",),
        # The same file, run under these names, confines or does what a model asked for.
        not_programs=("codex-linux-sandbox", "codex-execve-wrapper", "apply_patch", "applypatch"),
        not_arguments=(
            "mcp-server",
            "mcp",
            "login",
            "logout",
            "completion",
            "doctor",
            "sandbox",
            "--codex-run-as-apply-patch",
            "--codex-run-as-fs-helper",
            "debug",
            "apply",
            "cloud",
            "features",
            "update",
            "--version",
            "-V",
            "--help",
            "-h",
        ),
        hosts=("app-server",),
    ),
)


_STATE: Final = re.compile(r"state_([0-9]{1,6})\.sqlite\Z")
_SPAWNS: Final = Query("spawns", "thread_spawn_edges", ("parent_thread_id", "child_thread_id", "status"))


class CodexCli:
    """The reader; see ``protocol.Reader``."""

    agent = AGENT
    version = 1

    def roots(self, paths: Paths) -> Iterable[Root]:
        for home in _homes(paths):
            for name in ("sessions", "archived_sessions"):
                yield Root(AGENT.id, home / name, _is_rollout)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return codex_cli_usage.read(part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return codex_cli_family.settle(family, known)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return codex_cli_turns.turns(part, carry)

    @property
    def spawn_query(self) -> Query:
        return _SPAWNS

    def spawn_databases(self, paths: Paths) -> Iterable[Path]:
        """``state_<N>.sqlite`` with the highest N: each version that changes the format begins a new one."""
        for home in _homes(paths):
            numbered = [(int(found[1]), path) for path in home.glob("state_*") if (found := _STATE.match(path.name))]
            if numbered:
                yield max(numbered)[1]

    def spawns(self, rows: Sequence[Row]) -> Iterable[Spawn]:
        for parent, child, status in rows:
            if isinstance(parent, str) and isinstance(child, str) and parent and child and parent != child:
                yield Spawn(parent, child, over=status == "closed")

    def claims(self, paths: Paths) -> Iterable[Path]:
        return ()

    def claim(self, path: Path, data: bytes) -> LiveClaim | None:
        return None


READER: Final = CodexCli()


def _homes(paths: Paths) -> Iterator[Path]:
    """The agent takes one path; other tools take several with commas between them."""
    value = paths.variable("CODEX_HOME").strip()
    if not value:
        yield paths.home / ".codex"
        return
    whole = _expanded(value, paths)
    for folder in (whole,) if whole.is_dir() else [_expanded(part.strip(), paths) for part in value.split(",")]:
        if folder != Path():
            yield folder


def _expanded(value: str, paths: Paths) -> Path:
    if value == "~" or value.startswith(("~/", "~\\")):
        return paths.home / value[2:]
    return Path(value)


def _is_rollout(relative: str) -> bool:
    name = relative.rsplit("/", 1)[-1]
    return name.startswith("rollout-") and name.endswith((".jsonl", ".jsonl.zst"))
