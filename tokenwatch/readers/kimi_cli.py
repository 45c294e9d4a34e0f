"""Kimi CLI: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. The Python program and its successor on Node.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="kimi",
    name="Kimi CLI",
    short_name="Kimi",
    letter="K",
    provider="moonshotai",
    signature=Signature(
        programs=(
            "kimi",
            "kimi-cli",
            "kimi-code",
        ),
        scripts=(r"/@moonshot-ai/kimi-code/dist/main\.mjs$",),
        not_arguments=(
            "login",
            "logout",
            "mcp",
            "info",
            "export",
            "vis",
            "plugin",
            "update",
            "doctor",
            "help",
            "--version",
            "-V",
            "--help",
            "-h",
        ),
        hosts=(
            "acp",
            "--acp",
            "web",
            "serve",
            "server",
        ),
    ),
)

READER: Final = ProcessOnly(AGENT)
