"""aider: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. A Python script; the package manager that
started it is no agent.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="aider",
    name="aider",
    short_name="aider",
    letter="R",
    provider="",
    signature=Signature(
        programs=("aider",),
        not_arguments=(
            "--version",
            "--help",
            "-h",
            "--upgrade",
            "--install-main-branch",
            "--list-models",
            "--models",
            "--show-repo-map",
            "--gui",
            "--browser",
        ),
    ),
)

READER: Final = ProcessOnly(AGENT)
