"""Bills: what a provider says was used and charged, day by day.

Owns the values that stand for a provider's reports, however they came (asked for, or a file), and the words for what
a line is about. Does not own asking (remote), keeping (ledger) or comparing (insight/reconcile.py).

A line has one amount: tokens of a usage report, nano-dollars of a cost report. Days are UTC days, as providers cut
them. Nobody's name or address is kept: of a report by person only how many there were.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from tokenwatch.base.translation import mark

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


class BillLine(msgspec.Struct, frozen=True, order=True):
    """``model`` as the report names it, empty for what is not a model's; ``tier`` is ``standard``, ``batch`` ..."""

    day: date
    model: str
    part: str
    tier: str
    amount: int


class BillReport(msgspec.Struct, frozen=True):
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


class Difference(StrEnum):
    """Why a bill and what was counted here differ."""

    PROVISIONAL = "provisional"
    """The day is not over, or the provider still corrects it."""
    BEFORE = "before"
    """From before the first record here: the logs were gone already."""
    ELSEWHERE = "elsewhere"
    """Billed and not seen here: other machines, other people, logs that were deleted."""
    NOT_BILLED = "not_billed"
    """Seen here and not on this bill: another account, or a plan."""
    UNPRICED = "unpriced"
    """Seen here without a known price."""
    TOOLS = "tools"
    """Charges that are not for tokens."""
    PRIORITY = "priority"
    """Committed capacity, which the provider's cost report leaves out."""
    BATCH = "batch"
    """Batches, which cost less and which nothing here can tell apart."""
    DISCOUNT = "discount"
    """The same tokens for less than the price list."""
    DEARER = "dearer"
    """The same tokens for more than the price list."""
    UNKNOWN = "unknown"
    """Only amounts are known, not what was used."""
    ROUNDING = "rounding"


DIFFERENCE_WORDS: Final = {
    Difference.PROVISIONAL: mark("days that are not over, which the provider still corrects"),
    Difference.BEFORE: mark("from before the first record here"),
    Difference.ELSEWHERE: mark("not seen here: other machines, other people, or logs that were deleted"),
    Difference.NOT_BILLED: mark("seen here and not on this bill: another account, or a plan"),
    Difference.UNPRICED: mark("seen here, without a known price"),
    Difference.TOOLS: mark("charges that are not for tokens: searches, code execution, storage"),
    Difference.PRIORITY: mark("priority tier, which the cost report leaves out"),
    Difference.BATCH: mark("batches, which cost less"),
    Difference.DISCOUNT: mark("the same tokens for less than the price list: a discount"),
    Difference.DEARER: mark("the same tokens for more than the price list"),
    Difference.UNKNOWN: mark("not explained: no usage report, so only amounts are known"),
    Difference.ROUNDING: mark("rounding"),
}
"""What the classes are called for people."""


class BillCheck(msgspec.Struct, frozen=True):
    """A provider's bill for a span of UTC days beside what was counted here. Nothing here was rescaled to fit.

    Money is nano-dollars. ``differences`` add up to ``billed - here``.
    """

    provider: str
    first: date
    last: date
    known_days: int
    """Days of the span with a cost report; the amounts below are of these."""
    billed: int
    here: int
    """Listed cost of metered use here."""
    billed_tokens: int
    """Of the days with a usage report, as are the two below."""
    here_tokens: int
    matched_tokens: int
    """As many tokens of each kind, model and day as both know."""
    differences: tuple[tuple[Difference, int], ...] = ()
    """Largest first."""
    as_of: int = 0
    """When the oldest of the reports was made, milliseconds."""
    imported: bool = False
    """Whether any of it came from a file."""
    plan_tokens: int = 0
    """Used here in plans, which are on no such bill."""
    people: int = 0
    """The most who used Claude Code by key on one day; 0 if not known."""

    @property
    def coverage(self) -> float | None:
        """The part (0..1) of the billed tokens that was counted here; None if no usage is known."""
        return self.matched_tokens / self.billed_tokens if self.billed_tokens else None
