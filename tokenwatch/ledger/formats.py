"""The tables of the ledger, as each format brought them.

Owns every CREATE statement and what an older ledger needs to get them. Does not own files (schema.py), what is
written (ledger.py) or asked (queries.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

SLOT_MS: Final = 900_000
"""A quarter of an hour: every zone's offset is a multiple of it."""

SLOTS_A_DAY: Final = 96
"""Of the days of UTC, which begin with a slot."""

_VERSION_1: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    agent TEXT NOT NULL,
    device INTEGER NOT NULL, number INTEGER NOT NULL,
    head BLOB NOT NULL, head_size INTEGER NOT NULL,
    size INTEGER NOT NULL, modified INTEGER NOT NULL,
    offset INTEGER NOT NULL, tail BLOB NOT NULL,
    carry BLOB NOT NULL,
    reader INTEGER NOT NULL,
    newest INTEGER,
    skipped TEXT NOT NULL DEFAULT '',
    seen INTEGER NOT NULL
);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    agent TEXT NOT NULL, session TEXT NOT NULL,
    seen INTEGER NOT NULL,
    UNIQUE (agent, session)
);

CREATE TABLE contexts (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    session INTEGER NOT NULL, parent INTEGER NOT NULL,
    agent TEXT NOT NULL, model TEXT NOT NULL, agent_id TEXT NOT NULL,
    project TEXT NOT NULL, branch TEXT NOT NULL, provider TEXT NOT NULL,
    tier TEXT NOT NULL, geo TEXT NOT NULL,
    rank INTEGER NOT NULL, lane INTEGER NOT NULL, origin INTEGER NOT NULL
);
CREATE INDEX contexts_by_session ON contexts (session);
CREATE INDEX contexts_by_parent ON contexts (parent) WHERE parent <> 0;
CREATE INDEX contexts_by_source ON contexts (source);

CREATE TABLE records (
    family INTEGER NOT NULL, variant INTEGER NOT NULL,
    time INTEGER NOT NULL, context INTEGER NOT NULL,
    input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    listed INTEGER,
    more BLOB,
    PRIMARY KEY (family, variant)
) WITHOUT ROWID;

CREATE TABLE entries (
    family INTEGER NOT NULL, variant INTEGER NOT NULL,
    source INTEGER NOT NULL, parent TEXT NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (family, variant)
) WITHOUT ROWID;
CREATE INDEX entries_by_parent ON entries (parent) WHERE parent <> '';

CREATE TABLE amendments (
    lane INTEGER NOT NULL,
    input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    PRIMARY KEY (lane, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning)
) WITHOUT ROWID;

CREATE TABLE unfinished (
    lane INTEGER NOT NULL, family INTEGER NOT NULL, variant INTEGER NOT NULL,
    PRIMARY KEY (lane, family, variant)
) WITHOUT ROWID;

CREATE TABLE slots (
    slot INTEGER NOT NULL, context INTEGER NOT NULL,
    requests INTEGER NOT NULL, input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    listed INTEGER NOT NULL, unpriced INTEGER NOT NULL, uncertain INTEGER NOT NULL,
    PRIMARY KEY (slot, context)
) WITHOUT ROWID;
CREATE INDEX slots_by_context ON slots (context);

CREATE TABLE recent (
    time INTEGER NOT NULL, family INTEGER NOT NULL, variant INTEGER NOT NULL,
    PRIMARY KEY (time, family, variant)
) WITHOUT ROWID;

CREATE TABLE quotas (
    provider TEXT NOT NULL, window TEXT NOT NULL, plan TEXT NOT NULL,
    used_percent REAL NOT NULL, resets_at INTEGER, as_of INTEGER NOT NULL,
    PRIMARY KEY (provider, window)
) WITHOUT ROWID;

CREATE TABLE alerts (key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
"""

_ALERTS: Final = """
CREATE TABLE alert_log (
    key TEXT PRIMARY KEY, rule TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
    urgency TEXT NOT NULL, replaces TEXT NOT NULL, actions TEXT NOT NULL,
    at INTEGER NOT NULL, ended INTEGER, told INTEGER NOT NULL, read INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX alert_log_by_time ON alert_log (at);

CREATE TABLE alert_holds (
    thing TEXT PRIMARY KEY, since INTEGER NOT NULL, started INTEGER, over INTEGER
) WITHOUT ROWID;

CREATE TABLE alert_snoozes (rule TEXT PRIMARY KEY, until INTEGER NOT NULL, level INTEGER NOT NULL) WITHOUT ROWID;
"""

_LIMITS_AND_BILLS: Final = """
CREATE TABLE quota_readings (
    provider TEXT NOT NULL, window TEXT NOT NULL, slot INTEGER NOT NULL, era INTEGER NOT NULL,
    plan TEXT NOT NULL, used_percent REAL NOT NULL, resets_at INTEGER, as_of INTEGER NOT NULL,
    PRIMARY KEY (provider, window, slot, era)
) WITHOUT ROWID;

INSERT INTO quota_readings
SELECT provider, window, as_of / 900000, (coalesce(resets_at, 0) + 1800000) / 3600000, plan, used_percent, resets_at,
as_of FROM quotas;

CREATE TABLE bill_days (
    provider TEXT NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, day INTEGER NOT NULL, as_of INTEGER NOT NULL,
    PRIMARY KEY (provider, kind, origin, day)
) WITHOUT ROWID;

CREATE TABLE bill_lines (
    provider TEXT NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, day INTEGER NOT NULL,
    model TEXT NOT NULL, part TEXT NOT NULL, tier TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (provider, kind, origin, day, model, part, tier)
) WITHOUT ROWID;
"""

_RESTATEMENTS: Final = """
CREATE TABLE restatements (
    at INTEGER NOT NULL, month TEXT NOT NULL, before INTEGER NOT NULL, after INTEGER NOT NULL,
    requests INTEGER NOT NULL, prices TEXT NOT NULL,
    PRIMARY KEY (month, at)
) WITHOUT ROWID;
"""

_INTERVALS: Final = """
CREATE TABLE intervals (
    begin INTEGER NOT NULL, agent TEXT NOT NULL, session TEXT NOT NULL, kind TEXT NOT NULL, until INTEGER NOT NULL,
    PRIMARY KEY (begin, agent, session, kind)
) WITHOUT ROWID;
"""

_ESTIMATES: Final = """
ALTER TABLE contexts ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0;
CREATE INDEX contexts_estimated ON contexts (id) WHERE estimated > 0;
"""

_ENDS: Final = """
CREATE TABLE ends (
    agent TEXT NOT NULL, session TEXT NOT NULL, at INTEGER NOT NULL, crashed INTEGER NOT NULL,
    PRIMARY KEY (agent, session)
) WITHOUT ROWID;
"""

_AGENT_SLOTS: Final = """
CREATE TABLE agent_slots (
    slot INTEGER NOT NULL, agent TEXT NOT NULL, estimated INTEGER NOT NULL,
    requests INTEGER NOT NULL, input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    listed INTEGER NOT NULL, unpriced INTEGER NOT NULL, uncertain INTEGER NOT NULL,
    PRIMARY KEY (slot, agent, estimated)
) WITHOUT ROWID;

INSERT INTO agent_slots
SELECT s.slot, c.agent, c.estimated > 0, sum(s.requests), sum(s.input), sum(s.cache_read), sum(s.cache_write_5m),
sum(s.cache_write_1h), sum(s.output), sum(s.reasoning), sum(s.listed), sum(s.unpriced), sum(s.uncertain)
FROM slots s JOIN contexts c ON c.id = s.context GROUP BY s.slot, c.agent, c.estimated > 0;
"""

_COPIES: Final = """
CREATE TABLE copies (
    family INTEGER NOT NULL, variant INTEGER NOT NULL, source INTEGER NOT NULL,
    PRIMARY KEY (family, variant, source)
) WITHOUT ROWID;
"""
"""Every source in which an entry stands that stands in more than one."""

_KINDS_AND_DAYS: Final = """
CREATE TABLE kinds (
    id INTEGER PRIMARY KEY,
    agent TEXT NOT NULL, model TEXT NOT NULL, project TEXT NOT NULL, branch TEXT NOT NULL, provider TEXT NOT NULL,
    tier TEXT NOT NULL, geo TEXT NOT NULL, estimated INTEGER NOT NULL,
    UNIQUE (project, model, branch, agent, provider, tier, geo, estimated)
);
CREATE INDEX kinds_estimated ON kinds (id) WHERE estimated > 0;

INSERT INTO kinds (agent, model, project, branch, provider, tier, geo, estimated)
SELECT DISTINCT agent, model, project, branch, provider, tier, geo, estimated FROM contexts;

CREATE TABLE contexts_of_kinds (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    session INTEGER NOT NULL, parent INTEGER NOT NULL, kind INTEGER NOT NULL,
    agent_id TEXT NOT NULL, rank INTEGER NOT NULL, lane INTEGER NOT NULL, origin INTEGER NOT NULL
);

INSERT INTO contexts_of_kinds
SELECT c.id, c.source, c.session, c.parent, k.id, c.agent_id, c.rank, c.lane, c.origin
FROM contexts c JOIN kinds k USING (project, model, branch, agent, provider, tier, geo, estimated);

DROP TABLE contexts;
ALTER TABLE contexts_of_kinds RENAME TO contexts;
CREATE INDEX contexts_by_session ON contexts (session);
CREATE INDEX contexts_by_parent ON contexts (parent) WHERE parent <> 0;
CREATE INDEX contexts_by_source ON contexts (source);

CREATE TABLE days (
    day INTEGER NOT NULL, session INTEGER NOT NULL, kind INTEGER NOT NULL,
    requests INTEGER NOT NULL, input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    listed INTEGER NOT NULL, unpriced INTEGER NOT NULL, uncertain INTEGER NOT NULL,
    PRIMARY KEY (day, session, kind)
) WITHOUT ROWID;

INSERT INTO days
SELECT s.slot / 96, c.session, c.kind, sum(s.requests), sum(s.input), sum(s.cache_read), sum(s.cache_write_5m),
sum(s.cache_write_1h), sum(s.output), sum(s.reasoning), sum(s.listed), sum(s.unpriced), sum(s.uncertain)
FROM slots s JOIN contexts c ON c.id = s.context GROUP BY 1, 2, 3;
"""
"""What many contexts have in common stands once, and is compared as a number. What slots say, by whole days of UTC: a
month by session is a third of the rows, and needs no contexts."""

MIGRATIONS: Final[Sequence[str]] = (
    _VERSION_1,
    _ALERTS,
    _LIMITS_AND_BILLS,
    _RESTATEMENTS,
    _INTERVALS,
    _ESTIMATES,
    _ENDS,
    _AGENT_SLOTS,
    _COPIES,
    _KINDS_AND_DAYS,
)
"""Script n brings a ledger of version n to version n + 1."""
