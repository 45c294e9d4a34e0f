"""Gemini CLI: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. A light parent starts the agent again with
more memory: both are one.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="gemini-cli",
    name="Gemini CLI",
    short_name="Gemini",
    letter="G",
    provider="google",
    signature=Signature(
        programs=("gemini",),
        scripts=(r"/@google/gemini-cli/(bundle|dist)/[^/]+\.js$",),
        not_arguments=(
            "mcp",
            "extensions",
            "extension",
            "skills",
            "skill",
            "hooks",
            "hook",
            "gemma",
            "--list-extensions",
            "-l",
            "--list-sessions",
            "--delete-session",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "--acp",
            "--experimental-acp",
        ),
        relaunches=True,
    ),
)

READER: Final = ProcessOnly(AGENT)
