"""Which programs are agents: every known form of them, and everything that only looks like one."""

from __future__ import annotations

import pytest

from tokenwatch.base.usage import Signature
from tokenwatch.live.programs import ProcessInfo, Role, collapse, matches, role_of

CLAUDE = Signature(
    programs=("claude",),
    paths=(r"/claude/versions/[^/]+$", r"/claude-code/bin/claude\.exe$"),
    scripts=(r"/claude-code/cli\.js$",),
    not_arguments=("doctor", "update", "mcp", "daemon run", "--bg-spare", "--bg-pty-host", "--version"),
)
CODEX = Signature(programs=("codex",), not_arguments=("login", "mcp-server", "completion"), hosts=("app-server",))
AIDER = Signature(programs=("aider",))
CURSOR = Signature(paths=(r"/cursor-agent/versions/",), scripts=(r"/cursor-agent/versions/[^/]+/index\.js$",))

NODE = "/usr/bin/node"
PYTHON = "/usr/bin/python3.11"


@pytest.mark.parametrize(
    ("signature", "exe", "argv"),
    [
        (CLAUDE, "/home/a/.local/share/claude/versions/2.1.197", ["claude"]),
        (CLAUDE, "/home/a/.local/share/claude/versions/2.1.197", ["/home/a/.local/bin/claude", "-p", "fix it"]),
        (CLAUDE, "/usr/lib/node_modules/@anthropic-ai/claude-code/bin/claude.exe", ["claude", "--resume"]),
        (CLAUDE, NODE, ["node", "/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js"]),
        (CLAUDE, NODE, ["claude"]),
        (CLAUDE, NODE, ["node", "--max-old-space-size=4096", "/usr/local/bin/claude"]),
        (CLAUDE, PYTHON, ["python3", "/tmp/claude", "--model", "x"]),
        (CLAUDE, "/home/a/.vscode/extensions/anthropic.claude-code-2.1/resources/native-binary/claude", ["claude"]),
        (CLAUDE, r"C:\Users\a\.local\bin\Claude.exe", [r"C:\Users\a\.local\bin\Claude.exe"]),
        (CLAUDE, "/home/a/.local/share/claude/versions/2.1.197 (deleted)", ["x"]),
        (CLAUDE, r"C:\Users\a\AppData\Local\Microsoft\WindowsApps\claude.exe", ["claude"]),
        (CODEX, "/opt/codex", ["codex", "exec", "say mcp-server"]),
        (CODEX, "/opt/codex", ["codex", "resume", "--last"]),
        (CODEX, "/opt/codex", ["codex", "explain what app-server does"]),
        (CODEX, NODE, ["node", "--require", "/tmp/x.js", "/usr/bin/codex"]),
        (AIDER, PYTHON, ["/usr/bin/python3.11", "-W", "ignore", "/home/a/.local/bin/aider"]),
        (AIDER, PYTHON, ["python3", "-m", "aider"]),
        (CURSOR, NODE, ["node", "/home/a/.local/share/cursor-agent/versions/9/index.js"]),
    ],
)
def test_a_session_is_found(signature, exe, argv) -> None:
    assert role_of(signature, exe, argv) is Role.SESSION
    assert matches(signature, ProcessInfo(1, 1, 0, exe=exe, argv=tuple(argv)))


@pytest.mark.parametrize(
    ("signature", "exe", "argv"),
    [
        (CLAUDE, "/usr/bin/vim", ["vim", "claude"]),
        (CLAUDE, "/usr/bin/grep", ["grep", "-r", "claude", "/opt/claude"]),
        (CLAUDE, PYTHON, ["python3", "/tmp/notes.py", "claude"]),
        (CLAUDE, PYTHON, ["python3", "-c", "import claude", "claude"]),
        (CLAUDE, NODE, ["node", "-e", "claude"]),
        (CLAUDE, NODE, ["npm exec claude"]),
        (CLAUDE, NODE, ["node", "/usr/lib/npx-cli.js", "claude"]),
        (CLAUDE, "/opt/2.1.197", ["2.1.197"]),
        (
            CLAUDE,
            "/Applications/Claude.app/Contents/MacOS/Claude",
            ["/Applications/Claude.app/Contents/MacOS/Claude"],
        ),
        (CLAUDE, "/bin/bash", ["/bin/bash", "/home/a/bin/claude"]),
        (CLAUDE, "/opt/claude/vendor/ripgrep/rg", ["rg", "claude"]),
        (CURSOR, "/opt/agent", ["agent"]),
        (CODEX, "", []),
        (CODEX, "", [""]),
        (AIDER, "/usr/bin/uv", ["uv", "tool", "run", "aider"]),
    ],
)
def test_what_only_mentions_an_agent_is_none(signature, exe, argv) -> None:
    assert role_of(signature, exe, argv) is Role.NONE


@pytest.mark.parametrize(
    ("signature", "argv", "role"),
    [
        (CLAUDE, ["claude", "doctor"], Role.OTHER),
        (CLAUDE, ["claude", "--debug", "mcp", "serve"], Role.OTHER),
        (CLAUDE, ["claude", "daemon", "run"], Role.OTHER),
        (CLAUDE, ["claude", "--bg-spare"], Role.OTHER),
        (CLAUDE, ["claude", "--bg-pty-host", "/tmp/s"], Role.OTHER),
        (CLAUDE, ["claude", "--type=renderer"], Role.OTHER),
        (CLAUDE, ["claude", "daemon"], Role.SESSION),
        (CLAUDE, ["claude", "-p", "see", "a", "doctor"], Role.SESSION),
        (CLAUDE, ["claude", "--", "doctor"], Role.SESSION),
        (CODEX, ["codex", "app-server"], Role.HOST),
        (CODEX, ["codex", "-c", "model=x", "app-server"], Role.HOST),
        (CODEX, ["codex", "--full-auto", "login"], Role.OTHER),
        (CODEX, ["codex", "mcp-server"], Role.OTHER),
        (CODEX, ["codex", "exec", "login"], Role.SESSION),
    ],
)
def test_a_subcommand_tells_the_use(signature, argv, role) -> None:
    assert role_of(signature, "/opt/" + argv[0], argv) is role


@pytest.mark.parametrize(
    "exe",
    [
        r"C:\Program Files\WindowsApps\Claude_1.0.0.0_x64__pzs8sxrjxfjjc\app\claude.exe",
        r"C:\Users\a\AppData\Local\AnthropicClaude\app-0.12.1\claude.exe",
    ],
)
def test_a_desktop_program_of_the_same_name_is_no_session(exe) -> None:
    assert role_of(CLAUDE, exe, [exe]) is Role.OTHER


def table(*rows: tuple) -> tuple[dict[int, ProcessInfo], dict[int, int]]:
    """Rows: (pid, parent, agent or "", role, interpreted)."""
    found = {
        pid: ProcessInfo(pid, parent, pid, agent=agent, role=role, interpreted=interpreted)
        for pid, parent, agent, role, interpreted in rows
        if agent
    }
    return found, {row[0]: row[1] for row in rows}


def nesting(*rows: tuple) -> dict[int, int | None]:
    return {process.pid: process.nested_in for process in collapse(*table(*rows))}


def test_a_launcher_script_and_its_program_are_one() -> None:
    assert nesting((10, 1, "codex", Role.SESSION, True), (11, 10, "codex", Role.SESSION, False)) == {11: None}


def test_a_script_that_starts_itself_again_is_one() -> None:
    assert nesting((10, 1, "gemini", Role.SESSION, True), (11, 10, "gemini", Role.SESSION, True)) == {11: None}


def test_a_shell_between_makes_a_nested_session() -> None:
    rows = [
        (10, 1, "claude", Role.SESSION, False),
        (11, 10, "", Role.NONE, False),
        (12, 11, "claude", Role.SESSION, False),
    ]
    assert nesting(*rows) == {10: None, 12: 10}


def test_a_launcher_inside_a_session_is_nested_in_it() -> None:
    rows = [
        (10, 1, "codex", Role.SESSION, False),
        (11, 10, "codex", Role.SESSION, True),
        (12, 11, "codex", Role.SESSION, False),
    ]
    assert nesting(*rows) == {10: None, 12: 10}


def test_another_agent_inside_a_session_is_its_own() -> None:
    assert nesting((10, 1, "claude", Role.SESSION, False), (11, 10, "codex", Role.SESSION, False)) == {
        10: None,
        11: None,
    }


def test_a_service_between_ends_the_nesting() -> None:
    rows = [
        (10, 1, "claude", Role.SESSION, False),
        (11, 10, "claude", Role.OTHER, False),
        (12, 11, "claude", Role.SESSION, False),
    ]
    assert nesting(*rows) == {10: None, 12: None}


def test_a_host_is_kept_and_is_no_session() -> None:
    kept = collapse(*table((10, 1, "codex", Role.HOST, False)))
    assert [process.role for process in kept] == [Role.HOST]


def test_a_loop_of_parents_ends() -> None:
    assert nesting((10, 11, "claude", Role.SESSION, False), (11, 10, "", Role.NONE, False)) == {10: None}


def test_arguments_are_not_in_the_text_of_a_process() -> None:
    assert "secret" not in repr(ProcessInfo(1, 1, 0, argv=("claude", "secret")))
