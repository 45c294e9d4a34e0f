"""Claude Code's families: which of the entries under one message id are responses of their own.

Owns that rule. Pure, and a function of the set of entries only. Does not own how an entry gets its variant and mark
(claude_code_usage.py). The rule follows what users found their bills to be:

- one request id, one response: copies in resumed and forked transcripts have the same;
- several request ids: so many responses, but one that only a side conversation holds is a replay of the main one;
- no request id: the same response as the others, or, where no entry has one, told apart by prompts of different size
  with a person's words between them or in different transcripts.

A mark of zero: the entry has a request id. Below zero: it has none, and ``-1 - mark`` user records came before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import msgspec

from tokenwatch.base.usage import Rank, Record, larger


def settle(family: Sequence[Record]) -> Sequence[Record]:
    """The responses among the entries of one message id, each with the variant of the entry that it stands for."""
    if len(family) == 1:
        return family
    named = [entry for entry in family if entry.mark == 0]
    nameless = sorted((entry for entry in family if entry.mark != 0), key=_order)
    if any(entry.context.rank == Rank.MAIN for entry in named):
        named = [entry for entry in named if entry.context.rank == Rank.MAIN]
    named.sort(key=_order)
    if not named:
        return [reduce(_joined, call) for call in _calls(nameless)]
    counted = dict(enumerate(named))
    for entry in nameless:
        before = [at for at, other in enumerate(named) if other.time <= entry.time]
        at = before[-1] if before else 0
        counted[at] = msgspec.structs.replace(larger(counted[at], entry), variant=named[at].variant, mark=0)
    return list(counted.values())


def _order(entry: Record) -> tuple[int, int]:
    return entry.time, entry.variant


def _calls(entries: Sequence[Record]) -> list[list[Record]]:
    """Entries without a request id, in the order of time, as one list for each call."""
    calls: list[list[Record]] = []
    for entry in entries:
        last = next((other for other in reversed(calls[-1]) if other.variant != 0), None) if calls else None
        if calls and (entry.variant == 0 or last is None or not _distinct(last, entry)):
            calls[-1].append(entry)
        else:
            calls.append([entry])
    return calls


def _distinct(one: Record, other: Record) -> bool:
    """Of two entries with different prompts, neither of them empty."""
    if one.context.origin == other.context.origin:
        return one.mark != other.mark
    return one.time != other.time


def _joined(one: Record, other: Record) -> Record:
    variant = max(one, other, key=lambda entry: (entry.total, entry.output, entry.variant)).variant
    return msgspec.structs.replace(larger(one, other), variant=variant)
