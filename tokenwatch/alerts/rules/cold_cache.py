"""The rule that tells that a loop pauses longer than the prompt cache lives, so that each run pays for it anew.

Owns the condition and its words. Does not own the counts (insight/session_spend.py). One such write is a break for
coffee.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.session_alert import session_rule
from tokenwatch.alerts.thresholds import COLD_RUNS
from tokenwatch.base.currency import written
from tokenwatch.base.format import tokens
from tokenwatch.base.snapshot import Session
from tokenwatch.base.translation import mark, tr

ID: Final = "cold-cache"


def _condition(row: Session) -> tuple[str, str] | None:
    signs = row.signs
    if signs.cold_writes < COLD_RUNS or not signs.largest_write:
        return None
    return (
        tr("this loop outlives its cache"),
        tr(
            "{count} times in 6 hours all of it was written anew, now {tokens} tokens.",
            count=signs.cold_writes,
            tokens=tokens(signs.largest_write, written()),
        ),
    )


RULE: Final = session_rule(
    ID,
    mark("A loop outlives its prompt cache"),
    _condition,
    details=lambda: tr("{count} times 100k tokens written anew after a pause", count=COLD_RUNS),
)
