"""Codebuff: how its processes look.

Owns the agent's description. Does not own any source: none is read yet.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="codebuff",
    name="Codebuff",
    short_name="Codebuff",
    letter="B",
    provider="codebuff",
    signature=Signature(
        programs=("codebuff",),
        paths=(r"/manicode(-[^/]+)?/codebuff(\.exe)?$",),
        scripts=(r"/codebuff/index\.js$",),
        not_arguments=(
            "login",
            "logout",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        relaunches=True,
    ),
)

READER: Final = ProcessOnly(AGENT)
