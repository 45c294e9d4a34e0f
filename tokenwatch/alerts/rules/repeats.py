"""The rule that tells that a session does the same thing again and again, or mostly asks whether something is done.

Owns the condition and its words. Does not own the counts (live/signs.py, insight/session_spend.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.session_alert import session_rule
from tokenwatch.alerts.thresholds import MOST_POLLED, MOST_REPEATED
from tokenwatch.base.snapshot import Session
from tokenwatch.base.translation import mark, tr

ID: Final = "repeats"


def _condition(row: Session) -> tuple[str, str] | None:
    signs = row.signs
    if signs.repeated > MOST_REPEATED:
        title = tr("the same call {count} times in a row", count=signs.repeated)
        return title, tr("Tool and arguments were equal each time.")
    if signs.polled > MOST_POLLED:
        return (
            tr("mostly waits, and pays for it"),
            tr("{share} of the last 30 minutes’ tokens asked if it is done.", share=f"{signs.polled:.0%}"),
        )
    return None


RULE: Final = session_rule(
    ID,
    mark("The same call over and over"),
    _condition,
    details=lambda: tr(
        "{count} equal calls in a row, or {share} of tokens for waiting",
        count=MOST_REPEATED + 1,
        share=f"{MOST_POLLED:.0%}",
    ),
)
