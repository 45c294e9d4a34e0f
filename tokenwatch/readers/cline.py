"""Cline: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. The command-line agent; the extension runs
inside its editor.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="cline",
    name="Cline",
    short_name="Cline",
    letter="N",
    provider="cline",
    signature=Signature(
        programs=("cline",),
        scripts=(r"/cline/(bin|dist)/[^/]+$",),
        not_arguments=(
            "auth",
            "config",
            "mcp",
            "history",
            "logs",
            "version",
            "doctor",
            "update",
            "instance",
            "instances",
            "help",
            "hub",
            "kanban",
            "dev",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=("--acp",),
        relaunches=True,
    ),
)

READER: Final = ProcessOnly(AGENT)
