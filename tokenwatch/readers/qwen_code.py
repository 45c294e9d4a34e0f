"""Qwen Code: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. Like the agent it was made from, it may start
itself again with more memory: both are one.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="qwen-code",
    name="Qwen Code",
    short_name="Qwen",
    letter="Q",
    provider="alibaba",
    signature=Signature(
        programs=("qwen",),
        scripts=(r"/@qwen-code/qwen-code/(dist/)?(cli-entry|cli|index)\.js$",),
        not_arguments=(
            "mcp",
            "extensions",
            "extension",
            "skills",
            "hooks",
            "hook",
            "auth",
            "channel",
            "--list-extensions",
            "-l",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "--acp",
            "--experimental-acp",
            "serve",
        ),
        relaunches=True,
    ),
)

READER: Final = ProcessOnly(AGENT)
