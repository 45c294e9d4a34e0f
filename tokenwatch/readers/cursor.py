"""Cursor: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. The command-line agent calls itself "agent"
as other programs do: only its place counts. The editor is no session.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="cursor",
    name="Cursor",
    short_name="Cursor",
    letter="U",
    provider="cursor",
    signature=Signature(
        paths=(r"/cursor-agent/versions/[^/]+/(node|cursor-agent)(\.exe)?$",),
        scripts=(
            r"/cursor-agent/versions/[^/]+/index\.js$",
            r"/bin/cursor-agent$",
        ),
        not_arguments=(
            "login",
            "logout",
            "status",
            "whoami",
            "about",
            "models",
            "update",
            "upgrade",
            "mcp",
            "ls",
            "create-chat",
            "install-shell-integration",
            "uninstall-shell-integration",
            "generate-rule",
            "rule",
            "help",
            "worker-server",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=("acp",),
    ),
)

READER: Final = ProcessOnly(AGENT)
