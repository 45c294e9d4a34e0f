"""Claude Code: where it keeps its transcripts and registry, how its processes look, and its reader.

Owns places, the agent's description and the registry's format. Does not own the lines of a transcript
(claude_code_usage.py, claude_code_turns.py) or which copies of a response count (claude_code_family.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Record, Signature
from tokenwatch.readers import claude_code_family, claude_code_turns, claude_code_usage
from tokenwatch.readers.jsonl import line_fields, milliseconds, plain_value, text
from tokenwatch.readers.protocol import (
    Carry,
    LiveClaim,
    Part,
    ReadResult,
    Root,
    Source,
    SubAgentFacts,
    Team,
    TurnEvent,
)

AGENT: Final = Agent(
    id=claude_code_usage.AGENT_ID,
    name="Claude Code",
    short_name="Claude",
    letter="C",
    provider="anthropic",
    unknown="Calls in the background, for instance for titles, are written nowhere.",
    signature=Signature(
        programs=("claude",),
        paths=(
            r"/claude/versions/[^/]+$",
            r"/@anthropic-ai/claude-code/bin/claude\.exe$",
            r"/ClaudeCode\.app/Contents/MacOS/claude$",
            r"/anthropic\.claude-code-[^/]+/resources/native-binar(y|ies)/claude(\.exe)?$",
            r"/Claude/claude-code/[^/]+/claude(\.exe)?$",
            r"/\.claude/remote/ccd-cli/[^/]+$",
        ),
        scripts=(r"/@anthropic-ai/claude-code/cli\.js$",),
        # The native file is also the searches that come with it, by the name under which it is run.
        not_programs=("rg", "ugrep", "bfs"),
        not_arguments=(
            "daemon run",
            "--bg-pty-host",
            "--bg-spare",
            "server --serve",
            "--chrome-native-host",
            "--claude-in-chrome-mcp",
            "--computer-use-mcp",
            "remote-control",
            "mcp",
            "doctor",
            "update",
            "install",
            "config",
            "setup-token",
            "auth",
            "agents",
            "attach",
            "logs",
            "plugin",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        parent_options=("--parent-session-id",),
        team_options=("--team-name",),
        member_options=("--agent-name", "--agent-id"),
    ),
)


class _Member(msgspec.Struct, gc=False):
    name: str = ""
    agentType: str = ""


_members: Final = msgspec.json.Decoder(list[_Member]).decode
_STATUSES: Final = frozenset(("busy", "idle", "waiting", "shell"))
_NESTED_LEVELS: Final = 8
"""How deep below the desktop app's folder of sessions a ``projects`` folder is looked for."""

_MAX_PID: Final = 2**31


class ClaudeCode:
    """The reader; see ``protocol.Reader``."""

    agent = AGENT
    version = 1

    def roots(self, paths: Paths) -> Iterable[Root]:
        for folder in _projects(paths):
            yield Root(AGENT.id, folder, _is_transcript)
        for folder in _desktop_sessions(paths):
            yield Root(AGENT.id, folder, _is_nested_transcript)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return claude_code_usage.read(part, carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return claude_code_family.settle(family)

    def turns(self, part: Part, carry: Carry) -> Iterable[TurnEvent]:
        return claude_code_turns.turns(part)

    def claims(self, paths: Paths) -> Iterable[Path]:
        for folder in _projects(paths):
            yield from (folder.parent / "sessions").glob("*.json")

    def claim(self, path: Path, data: bytes) -> LiveClaim | None:
        """Of ``sessions/<pid>.json``. Older files ``pid-<n>.json`` name no start: they may be stale."""
        try:
            found = msgspec.json.decode(data)
        except (msgspec.DecodeError, RecursionError):
            return None
        if not isinstance(found, dict):
            return None
        pid = found.get("pid")
        if type(pid) is not int or not 0 < pid < _MAX_PID:
            return None
        status = text(found.get("status"))
        return LiveClaim(
            agent=AGENT.id,
            pid=pid,
            session=text(found.get("sessionId")),
            cwd=text(found.get("cwd")),
            status=status if status in _STATUSES else "",
            waiting_for=text(found.get("waitingFor")),
            process_start=_ticks(found.get("procStart")),
            started_at=milliseconds(found.get("startedAt")),
            status_since=milliseconds(found.get("statusUpdatedAt")),
            source=path,
        )

    def teams(self, paths: Paths) -> Iterable[Path]:
        for folder in _projects(paths):
            yield from (folder.parent / "teams").glob("*/config.json")

    def team(self, path: Path, data: bytes) -> Team | None:
        """Of ``teams/<team>/config.json``, whose members' prompts are left alone."""
        found = line_fields(data)
        lead = text(plain_value(found.get("leadSessionId"))) if found is not None else ""
        if found is None or not lead:
            return None
        try:
            members = _members(found["members"]) if "members" in found else []
        except (msgspec.MsgspecError, RecursionError):
            members = []
        kinds = tuple((member.name, member.agentType) for member in members if member.name and member.agentType)
        return Team(text(plain_value(found.get("name"))) or path.parent.name, lead, kinds)

    def beside(self, source: Source) -> Path | None:
        name = source.relative.rsplit("/", 1)[-1]
        return Path(source.path.removesuffix(".jsonl") + ".meta.json") if name.startswith("agent-") else None

    def sub_agent(self, source: Source, data: bytes) -> SubAgentFacts | None:
        """Of ``agent-<id>.meta.json``, whose task's description is left alone."""
        parts = source.relative.removesuffix(".jsonl").split("/")
        found = line_fields(data)
        if found is None or "subagents" not in parts[1:]:
            return None
        return SubAgentFacts(
            session=parts[parts.index("subagents", 1) - 1],
            agent_id=parts[-1].removeprefix("agent-"),
            kind=text(plain_value(found.get("agentType"))),
            call=text(plain_value(found.get("toolUseId"))),
            parent=text(plain_value(found.get("parentAgentId"))),
        )


READER: Final = ClaudeCode()


def _projects(paths: Paths) -> Iterator[Path]:
    """The folders ``projects``: of the variable if it is set, else both default places."""
    value = paths.variable("CLAUDE_CONFIG_DIR").strip()
    if not value:
        yield paths.home / ".claude" / "projects"
        yield paths.xdg_config() / "claude" / "projects"
        return
    # The agent takes one path; other tools take several with commas between them.
    whole = _expanded(value, paths)
    for folder in (whole,) if whole.is_dir() else [_expanded(part.strip(), paths) for part in value.split(",")]:
        if folder != Path():
            yield folder if folder.name == "projects" else folder / "projects"


def _expanded(value: str, paths: Paths) -> Path:
    if value == "~" or value.startswith(("~/", "~\\")):
        return paths.home / value[2:]
    return Path(value)


def _desktop_sessions(paths: Paths) -> Iterator[Path]:
    """Where the desktop app keeps the sessions of its local agent mode."""
    name = "local-agent-mode-sessions"
    if paths.platform == "darwin":
        yield paths.home / "Library" / "Application Support" / "Claude" / name
    elif paths.platform == "win32":
        roaming, local = paths.variable("APPDATA"), paths.variable("LOCALAPPDATA")
        if roaming:
            yield Path(roaming) / "Claude" / name
        if local:
            packages = Path(local) / "Packages"
            found = {*packages.glob("Claude_*"), *packages.glob("*.Claude_*")}
            for package in sorted(found):
                yield package / "LocalCache" / "Roaming" / "Claude" / name
    else:
        yield paths.xdg_config() / "Claude" / name


def _is_transcript(relative: str) -> bool:
    """Any JSONL file below ``projects``, however deep; a workflow's journal holds no responses."""
    return relative.endswith(".jsonl") and relative.rsplit("/", 1)[-1] != "journal.jsonl"


def _is_nested_transcript(relative: str) -> bool:
    return "projects" in relative.split("/")[:-1][: _NESTED_LEVELS + 1] and _is_transcript(relative)


def _ticks(value: Any) -> str:
    """Clock ticks since boot, written as text or number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if value >= 0 else ""
    return value if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20 else ""
