"""How every agent's processes look: each known form, what of theirs is no session, and what only looks alike."""

from __future__ import annotations

import pytest

from tokenwatch.base.usage import Signature
from tokenwatch.live.programs import ProcessInfo, Role, arguments_of, collapse, role_of, runs_script
from tokenwatch.readers.protocol import readers

SESSION, HOST, OTHER = Role.SESSION, Role.HOST, Role.OTHER
NODE, BUN, PYTHON = "/usr/bin/node", "/home/a/.bun/bin/bun", "/usr/bin/python3.12"
LIB = "/usr/lib/node_modules"
CLAUDE = "/home/a/.local/share/claude/versions/2.1.278"
CODEX = f"{LIB}/@openai/codex/node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex"
OPENCODE = f"{LIB}/opencode-ai/node_modules/opencode-linux-x64/bin/opencode"
CURSOR = "/home/a/.local/share/cursor-agent/versions/2026.01.28-fd13201"
AMP = f"{LIB}/@sourcegraph/amp/node_modules/@ampcode/cli/bin/amp.exe"
KIMI = f"{LIB}/@moonshot-ai/kimi-code/dist/main.mjs"
WINDOWS = r"C:\Users\a\AppData\Roaming\npm\node_modules"

FORMS = [
    # Claude Code
    ("claude-code", SESSION, CLAUDE, ["claude"]),
    ("claude-code", SESSION, CLAUDE, ["claude", "-p", "say hello"]),
    ("claude-code", SESSION, CLAUDE, ["claude", "--print", "--output-format", "stream-json"]),
    ("claude-code", SESSION, CLAUDE, ["claude", "--resume", "0f1e"]),
    ("claude-code", SESSION, CLAUDE, ["claude", "--continue"]),
    ("claude-code", SESSION, CLAUDE, ["claude", "--agent-id", "b@team", "--team-name", "team"]),
    ("claude-code", SESSION, f"{LIB}/@anthropic-ai/claude-code/bin/claude.exe", ["claude"]),
    ("claude-code", SESSION, rf"{WINDOWS}\@anthropic-ai\claude-code\bin\claude.exe", ["claude"]),
    ("claude-code", SESSION, r"C:\Users\a\.local\bin\claude.exe", [r"C:\Users\a\.local\bin\claude.exe"]),
    ("claude-code", SESSION, NODE, ["node", f"{LIB}/@anthropic-ai/claude-code/cli.js", "-p", "hello"]),
    ("claude-code", SESSION, NODE, ["claude"]),
    ("claude-code", SESSION, "/home/a/Applications/ClaudeCode.app/Contents/MacOS/claude", ["claude"]),
    (
        "claude-code",
        SESSION,
        "/home/a/.vscode/extensions/anthropic.claude-code-2.1.278-linux-x64/resources/native-binary/claude",
        ["claude", "--output-format", "stream-json", "--input-format", "stream-json"],
    ),
    (
        "claude-code",
        SESSION,
        "/home/a/.cursor/extensions/anthropic.claude-code-2.1.1/resources/native-binaries/claude",
        ["claude"],
    ),
    (
        "claude-code",
        SESSION,
        "/Users/a/Library/Application Support/Claude/claude-code/2.1.278/claude",
        ["claude", "--print"],
    ),
    ("claude-code", SESSION, r"C:\Users\a\AppData\Roaming\Claude\claude-code\2.1.278\claude.exe", ["claude"]),
    ("claude-code", SESSION, "/home/a/.claude/remote/ccd-cli/2.1.278", ["2.1.278", "--print"]),
    ("claude-code", SESSION, f"{CLAUDE} (deleted)", ["claude"]),
    *(
        ("claude-code", OTHER, CLAUDE, ["claude", *words])
        for words in (
            ["daemon", "run"],
            ["--bg-pty-host", "/tmp/socket"],
            ["--bg-spare"],
            ["server", "--serve"],
            ["mcp", "serve"],
            ["mcp", "list"],
            ["doctor"],
            ["update"],
            ["install"],
            ["config", "list"],
            ["setup-token"],
            ["auth", "login"],
            ["agents", "--json"],
            ["attach", "0f"],
            ["logs", "0f"],
            ["--version"],
            ["--chrome-native-host"],
            ["--claude-in-chrome-mcp"],
            ["--computer-use-mcp"],
            ["remote-control"],
        )
    ),
    ("claude-code", OTHER, "/Applications/Claude.app/Contents/MacOS/claude", ["claude", "--type=renderer"]),
    ("claude-code", OTHER, r"C:\Program Files\WindowsApps\Claude_1.0_x64__p\app\claude.exe", ["claude.exe"]),
    ("claude-code", OTHER, r"C:\Users\a\AppData\Local\AnthropicClaude\app-0.12.1\claude.exe", ["claude.exe"]),
    # Codex
    ("codex", SESSION, CODEX, [CODEX]),
    ("codex", SESSION, CODEX, [CODEX, "exec", "say mcp-server"]),
    ("codex", SESSION, CODEX, [CODEX, "resume", "--last"]),
    ("codex", SESSION, NODE, ["node", "/usr/bin/codex"]),
    ("codex", SESSION, NODE, ["node", f"{LIB}/@openai/codex/bin/codex.js", "exec", "hi"]),
    ("codex", SESSION, BUN, ["bun", f"{LIB}/@openai/codex/bin/codex.js"]),
    ("codex", SESSION, "/home/a/.codex/packages/standalone/releases/0.169.0-x86_64/bin/codex", ["codex"]),
    ("codex", SESSION, rf"{WINDOWS}\@openai\codex\vendor\x86_64-pc-windows-msvc\codex\Codex.exe", ["codex"]),
    ("codex", HOST, CODEX, ["codex", "app-server"]),
    ("codex", HOST, CODEX, ["codex", "-c", "model=x", "app-server", "--listen", "stdio"]),
    *(
        ("codex", OTHER, CODEX, ["codex", *words])
        for words in (
            ["mcp-server"],
            ["mcp", "list"],
            ["login"],
            ["logout"],
            ["completion", "bash"],
            ["doctor"],
            ["sandbox", "linux", "ls"],
            ["--codex-run-as-apply-patch", "*** Begin Patch"],
            ["--version"],
        )
    ),
    # Gemini CLI and Qwen Code
    ("gemini-cli", SESSION, NODE, ["node", "/usr/bin/gemini"]),
    ("gemini-cli", SESSION, NODE, ["/usr/bin/node", "--max-old-space-size=8192", "/usr/bin/gemini", "-p", "hello"]),
    ("gemini-cli", SESSION, NODE, ["node", f"{LIB}/@google/gemini-cli/bundle/gemini.js"]),
    ("gemini-cli", SESSION, NODE, ["node", rf"{WINDOWS}\@google\gemini-cli\dist\index.js".replace("\\", "/")]),
    ("gemini-cli", SESSION, "/opt/gemini/gemini", ["gemini"]),
    ("gemini-cli", HOST, NODE, ["node", "/usr/bin/gemini", "--experimental-acp"]),
    ("gemini-cli", OTHER, NODE, ["node", "/usr/bin/gemini", "mcp", "list"]),
    ("gemini-cli", OTHER, NODE, ["node", "/usr/bin/gemini", "--version"]),
    ("gemini-cli", OTHER, NODE, ["node", "/usr/bin/gemini", "extensions", "update"]),
    ("qwen-code", SESSION, NODE, ["node", "/usr/bin/qwen"]),
    ("qwen-code", SESSION, NODE, ["node", f"{LIB}/@qwen-code/qwen-code/cli-entry.js", "-p", "hello"]),
    ("qwen-code", SESSION, NODE, ["node", f"{LIB}/@qwen-code/qwen-code/dist/cli.js"]),
    ("qwen-code", HOST, NODE, ["node", "/usr/bin/qwen", "--acp"]),
    ("qwen-code", OTHER, NODE, ["node", "/usr/bin/qwen", "mcp", "add", "x"]),
    # opencode and Kilo CLI
    ("opencode", SESSION, OPENCODE, [OPENCODE]),
    ("opencode", SESSION, OPENCODE, [OPENCODE, "run", "serve the dinner"]),
    ("opencode", SESSION, OPENCODE, [OPENCODE, "--continue"]),
    ("opencode", SESSION, NODE, ["node", "/usr/bin/opencode"]),
    ("opencode", SESSION, f"{LIB}/opencode-ai/bin/opencode.exe", ["opencode"]),
    ("opencode", SESSION, "/home/a/.opencode/bin/opencode", ["opencode"]),
    ("opencode", HOST, OPENCODE, [OPENCODE, "serve", "--port", "4096"]),
    ("opencode", HOST, OPENCODE, [OPENCODE, "web"]),
    ("opencode", HOST, OPENCODE, [OPENCODE, "acp"]),
    ("opencode", OTHER, OPENCODE, [OPENCODE, "attach", "http://localhost:4096"]),
    ("opencode", OTHER, OPENCODE, [OPENCODE, "auth", "login"]),
    ("opencode", OTHER, OPENCODE, [OPENCODE, "upgrade"]),
    ("kilo-code", SESSION, f"{LIB}/@kilocode/cli/node_modules/@kilocode/cli-linux-x64/bin/kilo", ["kilo"]),
    ("kilo-code", SESSION, NODE, ["node", "/usr/bin/kilo"]),
    ("kilo-code", HOST, NODE, ["node", f"{LIB}/@kilocode/cli/bin/kilo", "serve"]),
    # Copilot CLI
    ("copilot-cli", SESSION, NODE, ["node", "/usr/bin/copilot"]),
    ("copilot-cli", SESSION, NODE, ["node", f"{LIB}/@github/copilot/index.js", "-p", "hello"]),
    ("copilot-cli", SESSION, f"{LIB}/@github/copilot/node_modules/@github/copilot-linux-x64/copilot", ["copilot"]),
    ("copilot-cli", HOST, NODE, ["node", "/usr/bin/copilot", "--acp"]),
    ("copilot-cli", OTHER, NODE, ["node", "/usr/bin/copilot", "login"]),
    # Cursor
    ("cursor", SESSION, f"{CURSOR}/node", ["/home/a/.local/bin/agent", "--use-system-ca", f"{CURSOR}/index.js"]),
    ("cursor", SESSION, f"{CURSOR}/node", ["cursor-agent", f"{CURSOR}/index.js", "-p", "login page"]),
    ("cursor", SESSION, NODE, ["node", f"{CURSOR}/index.js"]),
    ("cursor", OTHER, f"{CURSOR}/node", ["agent", "--use-system-ca", f"{CURSOR}/index.js", "login"]),
    ("cursor", HOST, f"{CURSOR}/node", ["agent", f"{CURSOR}/index.js", "acp"]),
    # Amp, goose, droid, aider, kimi and others
    ("amp", SESSION, AMP, ["amp"]),
    ("amp", SESSION, NODE, ["node", "--no-warnings", f"{LIB}/@sourcegraph/amp/dist/main.js"]),
    ("amp", SESSION, "/home/a/.amp/bin/amp", ["amp", "threads", "continue"]),
    ("amp", OTHER, AMP, ["amp", "login"]),
    ("goose", SESSION, "/home/a/.local/bin/goose", ["goose"]),
    ("goose", SESSION, "/home/a/.local/bin/goose", ["goose", "session", "--resume"]),
    ("goose", SESSION, "/home/a/.local/bin/goose", ["goose", "run", "-t", "hello"]),
    ("goose", HOST, "/home/a/.local/bin/goose", ["goose", "web"]),
    ("goose", OTHER, "/home/a/.local/bin/goose", ["goose", "configure"]),
    ("goose", OTHER, "/home/a/.local/bin/goose", ["goose", "mcp", "developer"]),
    ("goose", OTHER, "/home/a/.local/bin/goose", ["goose", "session", "list"]),
    ("goose", OTHER, "/home/a/go/bin/goose", ["goose", "-dir", "migrations", "postgres", "dsn", "up"]),
    ("droid", SESSION, "/home/a/.local/bin/droid", ["droid"]),
    ("droid", SESSION, "/home/a/.local/bin/droid", ["droid", "exec", "fix the daemon"]),
    ("droid", SESSION, NODE, ["node", f"{LIB}/@factory/cli/bin/droid"]),
    ("droid", OTHER, "/home/a/.local/bin/droid", ["droid", "daemon"]),
    ("aider", SESSION, PYTHON, ["/usr/bin/python3.12", "/home/a/.local/bin/aider", "--model", "x"]),
    ("aider", SESSION, PYTHON, ["python3", "-m", "aider"]),
    ("aider", OTHER, PYTHON, ["python3", "/home/a/.local/bin/aider", "--version"]),
    ("kimi", SESSION, PYTHON, ["python3", "/home/a/.local/bin/kimi"]),
    ("kimi", SESSION, NODE, ["node", KIMI]),
    ("kimi", SESSION, NODE, ["node", "/usr/bin/kimi", "-p", "hello"]),
    ("kimi", HOST, PYTHON, ["python3", "/home/a/.local/bin/kimi", "acp"]),
    ("kimi", OTHER, NODE, ["node", KIMI, "login"]),
    ("continue", SESSION, NODE, ["node", f"{LIB}/@continuedev/cli/dist/cn.js", "-p", "hello"]),
    ("continue", SESSION, NODE, ["node", "/usr/bin/cn"]),
    ("continue", SESSION, NODE, ["node", "/srv/shop/node_modules/.bin/cn", "-p", "hello"]),
    ("cline", OTHER, f"{LIB}/@cline/cli-linux-x64/bin/cline", ["cline", "--cline-hub-daemon", "--cwd", "/"]),
    ("grok", SESSION, f"{LIB}/@xai-official/grok/bin/grok-native", ["/usr/bin/grok", "-p", "hello"]),
    ("continue", OTHER, NODE, ["node", "/usr/bin/cn", "login"]),
    ("continue", HOST, NODE, ["node", "/usr/bin/cn", "serve"]),
    ("codebuddy", SESSION, NODE, ["node", "/usr/bin/codebuddy", "-p", "hello"]),
    ("codebuddy", SESSION, NODE, ["node", f"{LIB}/@tencent-ai/codebuddy-code/dist/codebuddy.js"]),
    ("codebuddy", HOST, NODE, ["node", "/usr/bin/codebuddy", "--acp"]),
    ("codebuddy", OTHER, NODE, ["node", "/usr/bin/codebuddy", "mcp", "list"]),
    ("iflow", SESSION, NODE, ["node", "/usr/bin/iflow", "-p", "hello"]),
    ("iflow", SESSION, NODE, ["node", f"{LIB}/@iflow-ai/iflow-cli/bundle/iflow.js"]),
    ("iflow", HOST, NODE, ["node", "/usr/bin/iflow", "--experimental-acp"]),
    ("iflow", OTHER, NODE, ["node", "/usr/bin/iflow", "mcp"]),
    ("zcode", SESSION, NODE, ["node", "/opt/ZCode/resources/glm/zcode.cjs", "--prompt", "hello"]),
    ("zcode", OTHER, NODE, ["node", "/opt/ZCode/resources/glm/zcode.cjs", "--version"]),
    ("antigravity", SESSION, "/home/a/.local/bin/agy", ["agy"]),
    ("antigravity", SESSION, "/home/a/.local/bin/agy", ["agy", "-p", "say hello"]),
    ("antigravity", SESSION, r"C:\Users\a\AppData\Local\agy\bin\agy.exe", ["agy.exe", "--conversation", "0f"]),
    ("antigravity", OTHER, "/home/a/.local/bin/agy", ["agy", "update"]),
    ("antigravity", OTHER, "/home/a/.local/bin/agy", ["agy", "plugin", "list"]),
    ("antigravity", OTHER, "/home/a/.local/bin/agy", ["agy", "--version"]),
    ("vibe", SESSION, PYTHON, ["python3", "/home/a/.local/share/uv/tools/mistral-vibe/bin/vibe"]),
    ("vibe", OTHER, PYTHON, ["python3", "/home/a/.local/bin/vibe", "--setup"]),
    ("crush", SESSION, f"{LIB}/@charmland/crush/bin/crush", ["crush"]),
    ("crush", SESSION, NODE, ["node", f"{LIB}/@charmland/crush/run-crush.js", "run", "hello"]),
    ("crush", OTHER, "/usr/bin/crush", ["crush", "login"]),
    ("kiro", SESSION, "/home/a/.local/bin/kiro-cli", ["kiro-cli", "chat"]),
    ("kiro", SESSION, "/home/a/.local/bin/kiro-cli-chat", ["kiro-cli-chat", "chat", "--no-interactive", "hi"]),
    ("kiro", SESSION, "/usr/bin/q", ["q", "chat"]),
    ("kiro", OTHER, "/usr/bin/q", ["q"]),
    ("kiro", OTHER, "/usr/bin/q", ["q", "login"]),
    ("cline", SESSION, NODE, ["node", "/usr/bin/cline", "fix it"]),
    ("cline", OTHER, NODE, ["node", "/usr/bin/cline", "auth"]),
    ("pi", SESSION, NODE, ["node", f"{LIB}/@mariozechner/pi-coding-agent/dist/cli.js"]),
    ("pi", SESSION, NODE, ["node", "/usr/bin/pi", "-p", "hello"]),
    ("pi", SESSION, NODE, ["pi", "", "", ""]),
    ("pi", OTHER, NODE, ["node", "/usr/bin/pi", "install", "x"]),
    ("omp", SESSION, BUN, ["bun", "/home/a/.bun/bin/omp"]),
    ("omp", SESSION, BUN, ["bun", f"{LIB}/@oh-my-pi/pi-coding-agent/src/cli.ts", "-p", "hello"]),
    ("omp", OTHER, BUN, ["bun", "/home/a/.bun/bin/omp", "list"]),
    ("openclaw", SESSION, NODE, ["node", "/usr/bin/openclaw", "tui"]),
    ("openclaw", HOST, NODE, ["node", "/usr/bin/openclaw", "gateway", "run"]),
    ("openclaw", OTHER, NODE, ["node", "/usr/bin/openclaw", "status"]),
    ("hermes", SESSION, PYTHON, ["python3", "/home/a/.local/bin/hermes"]),
    ("hermes", HOST, PYTHON, ["python3", "/home/a/.local/bin/hermes", "gateway"]),
    ("hermes", OTHER, PYTHON, ["python3", "/home/a/.local/bin/hermes", "setup"]),
    ("codebuff", SESSION, "/home/a/.config/manicode/codebuff", ["codebuff"]),
    ("codebuff", SESSION, NODE, ["node", f"{LIB}/codebuff/index.js"]),
    ("grok", SESSION, "/home/a/.grok/bin/grok", ["grok"]),
    ("grok", HOST, "/home/a/.grok/bin/grok", ["grok", "agent", "stdio"]),
    ("grok", OTHER, "/home/a/.grok/bin/grok", ["grok", "update"]),
]

ALIKE = [
    ("/usr/bin/vim", ["vim", "/home/a/.claude/settings.json"]),
    ("/usr/bin/tail", ["tail", "-f", "/home/a/.codex/sessions/rollout.jsonl"]),
    ("/bin/bash", ["bash", "-c", "claude -p hello"]),
    ("/bin/sh", ["/bin/sh", "/home/a/.local/bin/cursor-agent"]),
    ("/home/a/.local/share/claude/vendor/ripgrep/x64-linux/rg", ["rg", "claude"]),
    (f"{CURSOR}/rg", ["rg", "agent"]),
    (f"{LIB}/@openai/codex/vendor/x86_64/path/rg", ["rg", "codex"]),
    (CLAUDE, ["rg", "--files"]),
    (CLAUDE, ["ugrep", "-r", "claude"]),
    ("/home/a/.vscode/extensions/anthropic.claude-code-2.1.1/resources/native-binary/claude", ["bfs", "."]),
    ("/Applications/Claude.app/Contents/MacOS/Claude", ["/Applications/Claude.app/Contents/MacOS/Claude"]),
    (
        "/Applications/Claude.app/Contents/Frameworks/Claude Helper.app/Contents/MacOS/Claude Helper",
        ["Claude Helper"],
    ),
    ("/Applications/Claude.app/Contents/Frameworks/x/Helpers/chrome_crashpad_handler", ["chrome_crashpad_handler"]),
    (CODEX, ["codex-linux-sandbox", "--sandbox-policy-cwd", "/srv", "--", "bash", "-lc", "codex exec hi"]),
    (CODEX, ["/home/a/.codex/tmp/arg0/codex-arg0x/apply_patch", "*** Begin Patch"]),
    (CODEX, ["codex-execve-wrapper", "ls"]),
    ("/usr/bin/codex-acp", ["codex-acp"]),
    ("/opt/2.1.278", ["2.1.278"]),
    ("/opt/thing/versions/2.1.278", ["2.1.278"]),
    ("/usr/bin/agent", ["agent"]),
    ("/usr/bin/ssh-agent", ["ssh-agent"]),
    ("/usr/bin/amp", ["amp"]),
    ("/usr/local/bin/copilot", ["copilot", "svc", "deploy"]),
    ("/usr/bin/droid", ["droid"]),
    ("/usr/bin/kilo", ["kilo", "notes.txt"]),
    ("/usr/bin/grok", ["grok"]),
    ("/usr/bin/pi", ["pi"]),
    ("/usr/bin/vibe", ["vibe"]),
    ("/home/a/.local/bin/goosed", ["goosed", "agent"]),
    (NODE, ["node", "/home/a/.vscode/extensions/github.copilot-1.0/dist/language-server.js", "--stdio"]),
    ("/usr/bin/copilot-language-server", ["copilot-language-server"]),
    ("/opt/Cursor/cursor", ["cursor", "--type=renderer"]),
    (NODE, ["npm exec gemini"]),
    (NODE, ["node", "/usr/lib/node_modules/npm/bin/npx-cli.js", "codex"]),
    (NODE, ["node", "/srv/app/index.js", "--agent", "claude"]),
    (NODE, ["node", "-e", "require('/usr/bin/gemini')"]),
    (PYTHON, ["python3", "/home/a/report.py", "aider", "kimi"]),
    ("/usr/bin/uv", ["uv", "tool", "run", "aider"]),
    ("/usr/bin/pipx", ["pipx", "run", "kimi-cli"]),
    ("/usr/bin/figterm", ["figterm"]),
    ("/usr/bin/docker", ["docker", "run", "claude"]),
    ("", []),
    ("", [""]),
]


def verdicts(exe: str, argv: list[str]) -> dict[str, Role]:
    """What the program is to each agent that knows it."""
    asked = {agent_id: role_of(reader.agent.signature, exe, argv) for agent_id, reader in readers().items()}
    return {agent_id: role for agent_id, role in asked.items() if role is not Role.NONE}


@pytest.mark.parametrize(("agent", "role", "exe", "argv"), FORMS)
def test_a_program_is_what_it_is_to_one_agent_only(agent, role, exe, argv) -> None:
    assert verdicts(exe, argv) == {agent: role}


@pytest.mark.parametrize(("exe", "argv"), ALIKE)
def test_what_only_looks_like_an_agent_is_none(exe, argv) -> None:
    assert verdicts(exe, argv) == {}


def test_an_agent_in_the_sandbox_of_another_is_nested() -> None:
    sandbox = ["codex-linux-sandbox", "--", "bash", "-lc", "codex exec hi"]
    found = {
        10: seen(10, 1, "codex", CODEX, [CODEX]),
        13: seen(13, 12, "codex", CODEX, [CODEX, "exec", "hi"], 60_000),
    }
    assert seen(11, 10, "codex", CODEX, sandbox).role is Role.NONE
    assert [(one.pid, one.nested_in) for one in collapse(found, {10: 1, 11: 10, 12: 11, 13: 12})] == [
        (10, None),
        (13, 10),
    ]


PROGRAMS = sorted(agent for agent, reader in readers().items() if reader.agent.signature != Signature())
"""Agents with a program of their own; the others run inside an editor."""


@pytest.mark.parametrize("agent", PROGRAMS)
def test_every_agent_has_a_form_that_is_tested(agent) -> None:
    assert any(form[:2] == (agent, SESSION) for form in FORMS)


@pytest.mark.parametrize("agent", PROGRAMS)
def test_a_prompt_makes_no_agent(agent) -> None:
    program = next(form for form in FORMS if form[:2] == (agent, SESSION))
    assert agent not in verdicts("/usr/bin/env", ["env", program[2], *program[3]])
    assert verdicts(NODE, ["node", "/srv/app.js", *program[3]]) == {}


def seen(pid: int, parent: int, agent: str, exe: str, argv: list[str], started_at: int = 0) -> ProcessInfo:
    signature = readers()[agent].agent.signature
    return ProcessInfo(
        pid,
        parent,
        started_at,
        agent=agent,
        role=role_of(signature, exe, argv),
        interpreted=runs_script(exe, argv),
        relaunches=signature.relaunches,
        arguments=arguments_of(signature, exe, argv),
    )


LAUNCHES = [
    ("codex", (NODE, ["node", "/usr/bin/codex", "exec", "hi"]), (CODEX, [CODEX, "exec", "hi"])),
    (
        "gemini-cli",
        (NODE, ["node", "/usr/bin/gemini"]),
        (NODE, ["node", "--max-old-space-size=9", "/usr/bin/gemini"]),
    ),
    ("gemini-cli", ("/opt/gemini", ["gemini", "-p", "x"]), ("/opt/gemini", ["gemini", "-p", "x"])),
    ("qwen-code", (NODE, ["node", "/usr/bin/qwen"]), (NODE, ["node", f"{LIB}/@qwen-code/qwen-code/dist/cli.js"])),
    ("opencode", (NODE, ["node", "/usr/bin/opencode"]), (OPENCODE, [OPENCODE])),
    ("crush", (NODE, ["node", "/usr/bin/crush"]), (f"{LIB}/@charmland/crush/bin/crush", ["crush"])),
    ("kiro", ("/usr/bin/kiro-cli", ["kiro-cli", "chat"]), ("/usr/bin/kiro-cli-chat", ["kiro-cli-chat", "chat"])),
]


@pytest.mark.parametrize(("agent", "launcher", "program"), LAUNCHES)
def test_a_launcher_and_its_program_are_one(agent, launcher, program) -> None:
    found = {10: seen(10, 1, agent, *launcher), 11: seen(11, 10, agent, *program, started_at=60_000)}
    assert [(one.pid, one.nested_in) for one in collapse(found, {10: 1, 11: 10})] == [(11, None)]


@pytest.mark.parametrize(("agent", "launcher", "program"), LAUNCHES)
def test_an_agent_that_its_own_kind_starts_later_is_nested(agent, launcher, program) -> None:
    found = {
        10: seen(10, 1, agent, *launcher),
        11: seen(11, 10, agent, *program),
        12: seen(12, 11, agent, launcher[0], [*launcher[1], "another", "question"], started_at=60_000),
        13: seen(13, 12, agent, program[0], [*program[1], "another", "question"], started_at=60_100),
    }
    assert [(one.pid, one.nested_in) for one in collapse(found, {10: 1, 11: 10, 12: 11, 13: 12})] == [
        (11, None),
        (13, 11),
    ]
