"""The rule that tells that a conversation is compacted again and again.

Owns the condition and its words. Does not own the counts (live/signs.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.session_alert import session_rule
from tokenwatch.alerts.thresholds import FEWEST_TURNS_BETWEEN, MOST_COMPACTIONS
from tokenwatch.base.snapshot import Session

ID: Final = "compaction-churn"


def _condition(row: Session) -> tuple[str, str] | None:
    signs = row.signs
    between = signs.turns_between_compactions
    if signs.compactions > MOST_COMPACTIONS:
        return f"compacted {signs.compactions} times in 30 minutes", "Each time the conversation is read as a whole."
    if between is not None and between < FEWEST_TURNS_BETWEEN:
        responses = "response" if between == 1 else "responses"
        return "compacted again at once", f"Only {between} {responses} lay between the last two compactions."
    return None


RULE: Final = session_rule(
    ID,
    "A conversation is compacted over and over",
    _condition,
    details=f"{MOST_COMPACTIONS + 1} times in 30 minutes, or less than {FEWEST_TURNS_BETWEEN} responses apart",
)
