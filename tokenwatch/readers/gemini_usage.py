"""The use of a response, as Gemini CLI and the agents that were made from it write it.

Owns what the six counts have to do with each other. Does not own what they are called: each kind of entry has names
of its own. Cached input is part of the input, and what tools put in is in no other count.
"""

from __future__ import annotations

import msgspec

from tokenwatch.readers.arbitration import Disjoint, Logged, disjoint
from tokenwatch.readers.entry import Entry


class Names(msgspec.Struct, frozen=True):
    """What the counts are called. ``thoughts_inside``: whether the output holds them, unless the total speaks."""

    input: str
    output: str
    cached: str
    thoughts: str
    tool: str
    total: str
    thoughts_inside: bool

    def read(self, usage: Entry) -> Disjoint:
        return disjoint(
            Logged(
                input=usage.count(self.input),
                output=usage.count(self.output),
                cache_read=usage.count(self.cached),
                reasoning=usage.count(self.thoughts),
                apart=usage.count(self.tool),
                total=usage.count(self.total),
            ),
            cache_inside=True,
            reasoning_inside=self.thoughts_inside,
        )
