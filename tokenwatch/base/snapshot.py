"""Figures and snapshot: all numbers of one moment as an unchangeable value.

Owns the shape of what every face shows (of one session: session.py). Computes nothing and formats nothing.
Money is nano-dollars, time milliseconds since 1970 UTC, rates are tokens per minute and nano-dollars per
hour. None means "not known", never zero.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from tokenwatch.base.alerts import Action, Alert, AlertCounts, PastAlert, Urgency
from tokenwatch.base.bill import BillCheck
from tokenwatch.base.health import Health
from tokenwatch.base.interval import Lane
from tokenwatch.base.limits import LimitWindow, Quota
from tokenwatch.base.own_figures import OwnFigures
from tokenwatch.base.progress import Progress
from tokenwatch.base.restatement import Restatement
from tokenwatch.base.session import Activity, AgentCounts, Confidence, Doing, Session, Signs, State, SubAgent

__all__ = [
    "Action",
    "Activity",
    "AgentCounts",
    "Alert",
    "AlertCounts",
    "Away",
    "Confidence",
    "DaySpend",
    "Doing",
    "Figures",
    "Forecast",
    "ForecastState",
    "Lane",
    "Month",
    "PastAlert",
    "Peak",
    "Rate",
    "RateSeries",
    "Restatement",
    "Session",
    "Signs",
    "Snapshot",
    "State",
    "SubAgent",
    "Urgency",
]


class Rate(msgspec.Struct, frozen=True):
    """New tokens per minute and nano-dollars per hour, exponentially averaged over 1, 5 and 60 minutes."""

    tokens_1m: float = 0.0
    tokens_5m: float = 0.0
    tokens_60m: float = 0.0
    cost_1m: float = 0.0
    cost_5m: float = 0.0
    cost_60m: float = 0.0
    """Listed cost of everything."""
    metered_5m: float = 0.0
    metered_60m: float = 0.0
    """Listed cost of metered agents only: "spending now"."""
    last_event: int | None = None


class RateSeries(msgspec.Struct, frozen=True):
    """New tokens in each step of the last hours, oldest first, one row per agent.

    ``start`` is the first step's begin; every row has equally many steps, the last one is the present.
    """

    start: int = 0
    rows: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """(agent id, tokens of each step)"""
    step: int = 60_000
    """Milliseconds from one value to the next."""
    parts: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """(agent id, tokens of each step) of the busiest session, for agents of which several sessions used tokens."""


class Peak(msgspec.Struct, frozen=True):
    """The most of today: sessions that worked at once, new tokens a minute, nano-dollars an hour (5 minutes)."""

    working: int = 0
    working_at: int | None = None
    tokens_5m: float = 0.0
    tokens_at: int | None = None
    cost_5m: float = 0.0
    cost_at: int | None = None


class Away(msgspec.Struct, frozen=True):
    """What happened between two times (ms) while nobody looked. ``working_ms`` adds up all sessions."""

    since: int
    until: int
    working_ms: int = 0
    waiting_ms: int = 0
    tokens: int = 0
    listed: int = 0
    """Nano-dollars."""
    finished: int = 0
    """Sessions whose process ended."""
    crashed: int = 0
    sessions: tuple[Lane, ...] = ()
    """When each session worked and waited in that time."""


class ForecastState(StrEnum):
    TOO_EARLY = "too early"
    LOW = "low"
    NORMAL = "normal"
    PACE_CHANGED = "pace changed"


class Forecast(msgspec.Struct, frozen=True):
    """The projected "you pay" at month end; nano-dollars. Percentiles are None while it is too early."""

    state: ForecastState = ForecastState.TOO_EARLY
    p10: int | None = None
    p25: int | None = None
    p50: int | None = None
    p75: int | None = None
    p90: int | None = None
    chance_over_budget: float | None = None
    """0..1, None without a budget or a forecast."""
    earliest_over: date | None = None
    """First day on which one in ten draws is over budget."""
    fan: tuple[tuple[date, int, int, int, int, int], ...] = ()
    """(day, p10, p25, p50, p75, p90) of the cumulative month at the end of each day, from today on."""


class DaySpend(msgspec.Struct, frozen=True):
    """One local day: listed cost of metered agents, of all, tokens, and the metered cost by agent."""

    day: date
    metered: int = 0
    listed: int = 0
    tokens: int = 0
    by_agent: tuple[tuple[str, int], ...] = ()
    """(agent id, metered cost), by agent id"""
    listed_by_agent: tuple[tuple[str, int], ...] = ()
    by_agent_tokens: tuple[tuple[str, int], ...] = ()
    extra: int = 0
    """The part of ``metered`` beyond what plans with overage cover."""


class Usual(msgspec.Struct, frozen=True):
    """What the last weeks make usual, metered nano-dollars; None while too little is known."""

    day: int | None = None
    """The mean of days like today, Monday to Friday or of the weekend."""
    dear_day: int | None = None
    """Of such days 19 in 20 cost less."""
    hour: int | None = None
    """The median of hours with any metered use."""
    dear_hour: int | None = None


class BudgetUse(msgspec.Struct, frozen=True):
    """A budget and how much of it is used in its present period, nano-dollars."""

    id: str
    """Empty for the month's budget."""
    amount: int
    used: int
    span: str
    """month, week or day"""
    label: str
    """The period: 2026-11, 2026-W48, 2026-11-28."""
    first: date
    last: date
    basis: str = "paid"
    agent: str = ""
    project: str = ""
    thresholds: tuple[int, ...] = ()


class Burn(msgspec.Struct, frozen=True):
    """Metered nano-dollars of the time until now, by when they were spent."""

    minutes_5: int = 0
    minutes_30: int = 0
    hours_1: int = 0
    hours_6: int = 0
    most: tuple[str, str] | None = None
    """(agent, session) with the largest part of the last hour."""
    most_cost: int = 0


class Month(msgspec.Struct, frozen=True):
    """A calendar month in the user's time zone. ``spent`` = fees + metered: "you pay" so far."""

    label: str
    first: date
    last: date
    today: date
    spent: int = 0
    fees: int = 0
    metered: int = 0
    listed: int = 0
    """Everything at list prices, plans included."""
    spent_today: int = 0
    listed_today: int = 0
    budget: int | None = None
    forecast: Forecast = Forecast()
    days: tuple[DaySpend, ...] = ()
    """Every day of the month up to today, also empty ones."""
    tokens: int = 0
    sessions: int = 0
    unpriced_requests: int = 0
    unpriced_paid: int = 0
    """Those of them that no plan covers, so that ``metered`` and ``spent`` are without them."""
    unpriced_today: int = 0
    """Those of today, so that ``spent_today`` is without them."""
    uncertain_requests: int = 0
    estimated_tokens: int = 0
    last_month: int | None = None
    """Spent in the month before; None if nothing is known of it."""
    incomplete_since: int | None = None
    """A source is missing since then: totals are "at least"."""
    extra: int = 0
    """The part of ``metered`` that is beyond what plans with overage cover."""
    usual: Usual = Usual()
    restated: tuple[Restatement, ...] = ()
    """Later changes of a month that was over, oldest first."""

    @property
    def spent_is_least(self) -> bool:
        """What is paid is at least so much: a source is missing, or the price of something that is paid by use."""
        return self.incomplete_since is not None or self.unpriced_paid > 0

    @property
    def today_is_least(self) -> bool:
        """What is paid for today is at least so much."""
        return self.incomplete_since is not None or self.unpriced_today > 0

    @property
    def listed_is_least(self) -> bool:
        """The value at list prices is at least so much."""
        return self.incomplete_since is not None or self.unpriced_requests > 0


class Figures(msgspec.Struct, frozen=True):
    """All numbers of one moment."""

    at: int
    counts: AgentCounts = msgspec.field(default_factory=AgentCounts)
    looked: bool = True
    """False until somebody looked at processes: who runs is not known, and ``counts`` says nothing."""
    sessions: tuple[Session, ...] = ()
    """Waiting first, then by token rate, then by last activity."""
    rate: Rate = Rate()
    agent_rates: tuple[tuple[str, Rate], ...] = ()
    """(agent id, rate) of those that used tokens in the last hours, the fastest first."""
    series: RateSeries = RateSeries()
    day_series: RateSeries = RateSeries()
    """The last 24 hours in steps of five minutes."""
    lanes: tuple[Lane, ...] = ()
    month: Month | None = None
    """None until the ledger was asked for the first time."""
    calendar: tuple[tuple[date, int], ...] = ()
    """(day, tokens) of the last 16 weeks, only days with use"""
    quotas: tuple[Quota, ...] = ()
    """The readings that still hold; of a window that has reset there is none."""
    limits: tuple[LimitWindow, ...] = ()
    """Every window of a limit, by provider, with its pace and its past."""
    bills: tuple[BillCheck, ...] = ()
    """Providers' bills of this month and the last one beside what was counted here, as far as any is known."""
    budgets: tuple[BudgetUse, ...] = ()
    """The month's budget first, if one is set."""
    burn: Burn = Burn()
    unpriced: tuple[tuple[str, int], ...] = ()
    """(model, requests) of this month without a price, most first."""
    lost: tuple[Health, ...] = ()
    """Agents whose logs cannot be read, and since when."""
    last_session: Session | None = None
    """What ran last, for the face when nothing runs."""
    last_event: int | None = None
    """When anything was logged last, if long ago to a quarter of an hour; None: never, as far as is known."""
    ended: tuple[Session, ...] = ()
    """Sessions that ended or crashed in the last hours; ``since`` is when. Latest first."""
    peak: Peak = Peak()
    working_today_ms: int = 0
    """Agent-hours: the time that sessions worked today, all added up."""
    waiting_today_ms: int = 0
    away: Away | None = None
    """What happened while no face was open; None if that was only a short time."""
    usual_cost: int | None = None
    """The burn rate ($/h, 5 minutes) that the last weeks' active hours rarely passed (95 %); None: not known yet."""
    active_hours: int = 0
    """Of the last 24 hours, those in which any tokens were used."""


class Snapshot(msgspec.Struct, frozen=True):
    """What the faces show: figures, alerts and health of one moment."""

    figures: Figures
    alerts: tuple[Alert, ...] = ()
    """Alerts that hold now, newest first."""
    new_alerts: tuple[Alert, ...] = ()
    """Alerts to notify of with this snapshot; each appears in exactly one snapshot, ever."""
    past_alerts: tuple[PastAlert, ...] = ()
    """Alerts that began, latest first; see :meth:`unread`."""
    snoozed: tuple[tuple[str, int], ...] = ()
    """(rule, until) of rules that are held back, milliseconds; the rule is empty for all of them."""
    alert_counts: AlertCounts = msgspec.field(default_factory=AlertCounts)
    """Of this month."""
    health: tuple[Health, ...] = ()
    progress: Progress | None = None
    paused_since: int | None = None
    sources: int = 0
    """Agents with a readable source."""
    agents: tuple[tuple[str, str, str], ...] = msgspec.field(default=())
    """(agent id, name, letter) of every agent in the figures, in the order they were found"""
    hidden: bool = False
    """Whether names were left out and amounts of money shall be, because the screen is shared."""
    sample: bool = False
    """Whether everything is made up: the demo."""
    own: OwnFigures | None = None
    """What TokenWatch itself takes of the computer."""

    @property
    def unread(self) -> int:
        """Past alerts that nobody has looked at yet, for badges."""
        return sum(not past.read for past in self.past_alerts)
