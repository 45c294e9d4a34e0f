"""Codex's families: which entries with the same counts are copies of a parent's.

Owns that rule and the marks that it reads. Pure, and a function of the set of entries and of which threads are known.
Does not own how an entry gets its mark (codex_cli_usage.py).

An entry without a mark counts. A marked one stands at the beginning of a fork or sub-agent, where its parent's events
may be repeated: it counts unless the parent has the same, or the parent is gone and the entry looks like a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tokenwatch.base.usage import Record

FORKED: Final = 1
"""In a fork, which begins with its parent's history."""

SPAWNED: Final = 2
"""In a sub-agent, which only older versions began with its parent's history."""

BURST: Final = 4
"""Written within moments of the fork and of each other."""

SURE: Final = 8
"""Something came before it, in the total or in the file, or something that may be a copy comes after it."""


def settle(family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
    """The entries that are responses of their own."""
    if all(entry.mark == 0 for entry in family):
        return family
    holders = {entry.session for entry in family}
    counted = []
    orphans: dict[str, Record] = {}
    for entry in sorted(family, key=lambda entry: (entry.time, entry.variant)):
        parent = entry.context.parent_session
        if not entry.mark:
            counted.append(entry)
        elif parent in holders and parent != entry.session:
            if not entry.mark & (FORKED | SURE):
                counted.append(entry)  # a sub-agent's first response may happen to be as large as its parent's
        elif known(parent):
            counted.append(entry)
        elif not (entry.mark & FORKED and entry.mark & BURST):
            # Of several children of a lost parent, what they share was billed once.
            orphans.setdefault(parent, entry)
    return [*counted, *orphans.values()]
