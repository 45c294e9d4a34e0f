"""Grok Build: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. Other programs are called grok: only its
place counts.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="grok",
    name="Grok Build",
    short_name="Grok",
    letter="Z",
    provider="x-ai",
    signature=Signature(
        paths=(
            r"/\.grok/(.*/)?grok[^/]*$",
            r"/@xai-official/grok[^/]*/(.*/)?grok(\.exe)?$",
        ),
        scripts=(r"/@xai-official/grok/(.*/)?[^/]+$",),
        not_arguments=(
            "login",
            "logout",
            "update",
            "mcp",
            "models",
            "inspect",
            "sessions",
            "export",
            "import",
            "setup",
            "completions",
            "help",
            "version",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "acp",
            "agent stdio",
            "agent serve",
            "agent leader",
        ),
        relaunches=True,
    ),
)

READER: Final = ProcessOnly(AGENT)
