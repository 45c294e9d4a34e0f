"""The rule that tells that a session starts sub-agents without end.

Owns the condition and its words. Does not own the counts (live/signs.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.alerts.session_alert import session_rule
from tokenwatch.alerts.thresholds import MOST_DEPTH, MOST_RUNNING, MOST_SPAWNED
from tokenwatch.base.snapshot import Session
from tokenwatch.base.translation import mark, tr

ID: Final = "fan-out"


def _condition(row: Session) -> tuple[str, str] | None:
    running, signs = len(row.sub_agents), row.signs
    if signs.spawned > MOST_SPAWNED:
        title = tr("{count} sub-agents in 10 minutes", count=signs.spawned)
        return title, tr("{count} of them run now.", count=running)
    if running > MOST_RUNNING:
        title = tr("{count} sub-agents run at once", count=running)
        return title, tr("{count} began in the last 10 minutes.", count=signs.spawned)
    if signs.depth > MOST_DEPTH:
        body = tr("{count} run now, {depth} levels deep.", count=running, depth=signs.depth)
        return tr("sub-agents start sub-agents"), body
    return None


RULE: Final = session_rule(
    ID,
    mark("Sub-agents multiply"),
    _condition,
    details=lambda: tr(
        "more than {spawned} in 10 minutes, {running} at once, or sub-agents of sub-agents",
        spawned=MOST_SPAWNED,
        running=MOST_RUNNING,
    ),
)
