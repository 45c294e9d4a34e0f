"""The rule that tells that a session does the same thing again and again, or mostly asks whether something is done.

Owns the condition and its words. Does not own the counts (live/signs.py, insight/session_spend.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.session_alert import session_rule
from tokenwatch.alerts.thresholds import MOST_POLLED, MOST_REPEATED
from tokenwatch.base.snapshot import Session

ID: Final = "repeats"


def _condition(row: Session) -> tuple[str, str] | None:
    signs = row.signs
    if signs.repeated > MOST_REPEATED:
        return f"the same call {signs.repeated} times in a row", "Tool and arguments were equal each time."
    if signs.polled > MOST_POLLED:
        return (
            "mostly waits, and pays for it",
            f"{signs.polled:.0%} of the last 30 minutes’ tokens asked if it is done.",
        )
    return None


RULE: Final = session_rule(
    ID,
    "The same call over and over",
    _condition,
    details=f"{MOST_REPEATED + 1} equal calls in a row, or {MOST_POLLED:.0%} of tokens for waiting",
)
