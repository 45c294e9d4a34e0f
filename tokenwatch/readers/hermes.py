"""Hermes: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. Other programs are called hermes: only a
script of that name in a folder of programs counts.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="hermes",
    name="Hermes",
    short_name="Hermes",
    letter="M",
    provider="",
    signature=Signature(
        scripts=(r"/bin/hermes$",),
        uses=(
            "",
            "chat",
        ),
        not_arguments=(
            "--version",
            "--help",
            "-h",
        ),
        hosts=(
            "gateway",
            "acp",
        ),
    ),
)

READER: Final = ProcessOnly(AGENT)
