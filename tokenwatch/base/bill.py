"""Bills: what a provider says was used and charged, day by day.

Owns the values that stand for a provider's reports, however they came (asked for, or a file), and the words for what
a line is about. Does not own asking (remote), keeping (ledger) or comparing (insight/reconcile.py).

A line has one amount: tokens of a usage report, nano-dollars of a cost report. Days are UTC days, as providers cut
them. Nobody's name or address is kept: of a report by person only how many there were.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

ANTHROPIC: Final = "anthropic"
OPENAI: Final = "openai"
BILLERS: Final = (ANTHROPIC, OPENAI)
"""Providers whose reports can be asked for or imported."""

BILLER_NAMES: Final = {ANTHROPIC: "Anthropic", OPENAI: "OpenAI"}


class ReportKind(StrEnum):
    """Which of a provider's reports a line stands in."""

    USAGE = "usage"
    """Tokens, as they are billed."""
    COST = "cost"
    """Nano-dollars, after discounts and before credits."""
    CLAUDE_CODE = "claude_code"
    """Tokens of Claude Code, of everybody in the organisation; ``tier`` is ``api`` or ``subscription``."""


class Origin(StrEnum):
    """How the lines came here. What was asked for counts before what was imported."""

    API = "api"
    CSV = "csv"


class Part(StrEnum):
    """What a line counts. The first five are those of :class:`~tokenwatch.base.usage.Tokens`."""

    INPUT = "input"
    CACHE_READ = "cache_read"
    CACHE_WRITE_5M = "cache_write_5m"
    CACHE_WRITE_1H = "cache_write_1h"
    OUTPUT = "output"
    CACHE_WRITE = "cache_write"
    """A cache write of which the report does not tell how long it was kept."""
    WEB_SEARCH = "web_search"
    """Searches, not tokens."""
    REQUESTS = "requests"
    PEOPLE = "people"
    OTHER = "other"
    """Charges that are not for tokens: tools, containers, storage."""


TOKEN_PARTS: Final = frozenset(
    (Part.INPUT, Part.CACHE_READ, Part.CACHE_WRITE_5M, Part.CACHE_WRITE_1H, Part.CACHE_WRITE, Part.OUTPUT)
)


@dataclass(frozen=True, slots=True, order=True)
class BillLine:
    """``model`` as the report names it, empty for what is not a model's; ``tier`` is ``standard``, ``batch`` ..."""

    day: date
    model: str
    part: str
    tier: str
    amount: int


@dataclass(frozen=True, slots=True)
class BillReport:
    """One report for whole UTC days, ``first`` to ``last`` included. Days without a line had none: zero, not unknown.

    ``as_of`` is when it was made, milliseconds. Later reports replace earlier ones of the same days as a whole.
    """

    provider: str
    kind: ReportKind
    origin: Origin
    first: date
    last: date
    lines: tuple[BillLine, ...]
    as_of: int


def added(lines: list[BillLine]) -> tuple[BillLine, ...]:
    """Lines that differ in their amount only become one. Sorted."""
    sums: dict[tuple[date, str, str, str], int] = {}
    for line in lines:
        key = (line.day, line.model, line.part, line.tier)
        sums[key] = sums.get(key, 0) + line.amount
    return tuple(sorted(BillLine(*key, amount) for key, amount in sums.items()))
