"""Copilot CLI: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. Another well-known program is called copilot:
path or script decide. Its process may be named MainThread.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="copilot-cli",
    name="Copilot CLI",
    short_name="Copilot",
    letter="P",
    provider="github-copilot",
    signature=Signature(
        paths=(
            r"/@github/copilot(-[^/]+)?/(.*/)?copilot(\.exe)?$",
            r"/\.copilot/(.*/)?copilot(\.exe)?$",
            r"/(Caskroom|Cellar)/copilot-cli[^/]*/(.*/)?copilot$",
            r"/GitHub\.Copilot[^/]*/copilot\.exe$",
        ),
        scripts=(
            r"/@github/copilot(-[^/]+)?/(.*/)?[^/]+\.js$",
            r"/\.copilot/pkg/.*/index\.js$",
            r"/bin/copilot$",
        ),
        not_arguments=(
            "mcp",
            "plugin",
            "login",
            "logout",
            "update",
            "init",
            "help",
            "version",
            "completion",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "--acp",
            "--server",
            "--headless",
        ),
        relaunches=True,
    ),
)

READER: Final = ProcessOnly(AGENT)
