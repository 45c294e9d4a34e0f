"""Mistral Vibe: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. Other programs are called vibe: only a script
of that name in a folder of programs counts.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="vibe",
    name="Mistral Vibe",
    short_name="Vibe",
    letter="V",
    provider="mistral",
    signature=Signature(
        scripts=(r"/bin/vibe$",),
        not_arguments=(
            "--setup",
            "--check-upgrade",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
    ),
    unknown="Its logs are not read yet: it is counted while it runs, what it uses is not known.",
)

READER: Final = ProcessOnly(AGENT)
