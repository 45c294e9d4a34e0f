"""Kilo CLI: how its processes look.

Owns the agent's description. Does not own any source: none is read yet. An editor is called kilo: path or script
decide.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.readers.process_only import ProcessOnly

AGENT: Final = Agent(
    id="kilo-code",
    name="Kilo CLI",
    short_name="Kilo",
    letter="L",
    provider="kilocode",
    signature=Signature(
        programs=("kilocode",),
        paths=(r"/@kilocode/cli[^/]*/bin/\.?kilo(code)?(\.exe)?$",),
        scripts=(
            r"/@kilocode/cli/(.*/)?(kilo(code)?|index\.js)$",
            r"/bin/kilo$",
        ),
        not_arguments=(
            "attach",
            "auth",
            "providers",
            "login",
            "mcp",
            "models",
            "upgrade",
            "uninstall",
            "agent",
            "stats",
            "export",
            "import",
            "github",
            "debug",
            "session",
            "db",
            "completion",
            "plugin",
            "pr",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
        hosts=(
            "serve",
            "web",
            "acp",
        ),
        relaunches=True,
    ),
)

READER: Final = ProcessOnly(AGENT)
