"""The rule that tells that a conversation is compacted again and again.

Owns the condition and its words. Does not own the counts (live/signs.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.session_alert import session_rule
from tokenwatch.alerts.thresholds import FEWEST_TURNS_BETWEEN, MOST_COMPACTIONS
from tokenwatch.base.snapshot import Session
from tokenwatch.base.translation import mark, tr

ID: Final = "compaction-churn"


def _condition(row: Session) -> tuple[str, str] | None:
    signs = row.signs
    between = signs.turns_between_compactions
    if signs.compactions > MOST_COMPACTIONS:
        title = tr("compacted {count} times in 30 minutes", count=signs.compactions)
        return title, tr("Each time the conversation is read as a whole.")
    if between is not None and between < FEWEST_TURNS_BETWEEN:
        one = tr("Only 1 response lay between the last two compactions.")
        many = tr("Only {count} responses lay between the last two compactions.", count=between)
        return tr("compacted again at once"), one if between == 1 else many
    return None


RULE: Final = session_rule(
    ID,
    mark("A conversation is compacted over and over"),
    _condition,
    details=lambda: tr(
        "{count} times in 30 minutes, or less than {fewest} responses apart",
        count=MOST_COMPACTIONS + 1,
        fewest=FEWEST_TURNS_BETWEEN,
    ),
)
