"""Factory Droid: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. Another program is called droid: path or
script decide.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="droid",
    name="Factory Droid",
    short_name="Droid",
    letter="D",
    provider="factory",
    signature=Signature(
        paths=(
            r"/(\.local|\.factory)/(.*/)?bin/droid(\.exe)?$",
            r"/@factory/[^/]+/(.*/)?droid(\.exe)?$",
            r"/(Caskroom|Cellar)/droid/(.*/)?droid[^/]*$",
        ),
        scripts=(
            r"/@factory/cli/bin/droid$",
            r"/bin/droid$",
        ),
        not_arguments=(
            "daemon",
            "mcp",
            "plugin",
            "update",
            "search",
            "computer",
            "login",
            "logout",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
    ),
)

READER: Final = ProcessOnly(AGENT)
