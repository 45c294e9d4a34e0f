"""goose: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. A migration tool has the same name: only the
subcommands of sessions count. Its desktop program runs goosed.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="goose",
    name="goose",
    short_name="goose",
    letter="E",
    provider="goose",
    signature=Signature(
        programs=("goose",),
        uses=(
            "",
            "session",
            "s",
            "run",
            "r",
        ),
        not_arguments=(
            "session list",
            "session remove",
            "session export",
            "session import",
            "session diagnostics",
            "--version",
            "-V",
            "--help",
            "-h",
        ),
        hosts=(
            "acp",
            "web",
            "serve",
        ),
    ),
)

READER: Final = ProcessOnly(AGENT)
