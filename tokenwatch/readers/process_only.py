"""Process only: a reader for an agent of which TokenWatch knows the processes and no source.

Owns answering every question about sources with nothing. Such an agent is counted while it runs; what it uses is
not known.
"""

from __future__ import annotations

from collections.abc import Iterable

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.protocol import Carry, Part, ReadResult, Root


class ProcessOnly(LogReader):
    """The reader; see ``protocol.Reader``."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent

    def roots(self, paths: Paths) -> Iterable[Root]:
        return ()

    def read(self, part: Part, carry: Carry) -> ReadResult:
        return ReadResult()
