"""Crush: how its processes look.

Owns the agent's description. Does not own any source: none is read yet.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="crush",
    name="Crush",
    short_name="Crush",
    letter="H",
    provider="",
    signature=Signature(
        programs=("crush",),
        paths=(r"/@charmland/crush[^/]*/(.*/)?crush(\.exe)?$",),
        scripts=(r"/@charmland/crush/run-crush\.js$",),
        not_arguments=(
            "login",
            "logout",
            "logs",
            "dirs",
            "projects",
            "models",
            "schema",
            "session",
            "stats",
            "update-providers",
            "completion",
            "help",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "server",
            "serve",
        ),
    ),
)

READER: Final = ProcessOnly(AGENT)
