"""opencode: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. Servers host many sessions; a terminal
attached to one is no session of its own.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="opencode",
    name="opencode",
    short_name="opencode",
    letter="O",
    provider="opencode",
    signature=Signature(
        programs=("opencode",),
        paths=(
            r"/opencode-(linux|darwin|windows)-[^/]+/bin/opencode(\.exe)?$",
            r"/opencode-ai/bin/\.?opencode(\.exe)?$",
            r"/\.opencode/bin/opencode(\.exe)?$",
        ),
        scripts=(r"/opencode-ai/bin/opencode[^/]*$",),
        not_arguments=(
            "attach",
            "auth",
            "providers",
            "login",
            "mcp",
            "models",
            "upgrade",
            "uninstall",
            "agent",
            "stats",
            "export",
            "import",
            "github",
            "debug",
            "session",
            "db",
            "completion",
            "plugin",
            "pr",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "serve",
            "web",
            "acp",
        ),
        relaunches=True,
    ),
)

READER: Final = ProcessOnly(AGENT)
