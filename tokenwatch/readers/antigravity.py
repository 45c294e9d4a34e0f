"""Antigravity: the agent's description.

Owns nothing else. Does not own any source: older conversations are encrypted, and the counts in newer ones stand in
a form that its maker does not describe, so they are not guessed. It runs inside its editor, whose processes tell
nothing about sessions.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="antigravity",
    name="Antigravity",
    short_name="Antigrav.",
    letter="V",
    provider="google",
    unknown="Its counts are encrypted, or in a form that is not described: what it uses is not known.",
)

READER: Final = ProcessOnly(AGENT)
