"""Kiro CLI: how its processes look.

Owns the agent's description. Does not own any source: what it writes tells no tokens. Formerly Amazon Q: its chat
counts; its terminals, services and editor do not.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="kiro",
    name="Kiro CLI",
    short_name="Kiro",
    letter="I",
    provider="amazon-bedrock",
    signature=Signature(
        programs=(
            "kiro-cli",
            "kiro-cli-chat",
            "qchat",
            "q",
        ),
        uses=("chat",),
        not_arguments=(
            "chat --list-models",
            "chat --help",
            "chat -h",
            "chat --list-sessions",
            "chat --delete-session",
        ),
        relaunches=True,
    ),
    unknown="It writes no token counts: it is counted while it runs, what it uses is not known.",
)

READER: Final = ProcessOnly(AGENT)
