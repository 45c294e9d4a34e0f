"""The command line of Gemini CLI and of the agents that were made from it.

Owns which words make a process no session, or one that hosts many. Does not own what else an agent adds to them.
"""

from __future__ import annotations

from typing import Final

NO_SESSIONS: Final = (
    "mcp",
    "extensions",
    "skills",
    "hooks",
    "hook",
    "--list-extensions",
    "-l",
    "--version",
    "-v",
    "--help",
    "-h",
)

HOSTS: Final = ("--acp", "--experimental-acp")
