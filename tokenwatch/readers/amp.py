"""Amp: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. Other programs are called amp: path or script
decide.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="amp",
    name="Amp",
    short_name="Amp",
    letter="A",
    provider="amp",
    signature=Signature(
        paths=(
            r"/@(ampcode|sourcegraph)/[^/]+/bin/amp(\.exe)?$",
            r"/\.amp/(.*/)?bin/amp(\.exe)?$",
            r"/\.local/bin/amp$",
            r"/Cellar/amp[^/]*/(.*/)?amp$",
        ),
        scripts=(
            r"/@(ampcode|sourcegraph)/[^/]+/(.*/)?[^/]+\.js$",
            r"/bin/amp$",
        ),
        not_arguments=(
            "login",
            "logout",
            "update",
            "tools",
            "mcp",
            "doctor",
            "permissions",
            "skill",
            "skills",
            "usage",
            "help",
            "version",
            "--version",
            "-V",
            "--help",
            "-h",
        ),
    ),
)

READER: Final = ProcessOnly(AGENT)
