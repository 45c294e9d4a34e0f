"""Explain: where a figure comes from - sources, requests, the price of each kind of them, and what is uncertain.

Owns putting the ledger's parts beside the prices that were used. Does not own the sums (ledger) or prices (pricing).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo

from tokenwatch.base.clock import DAY_MS, Period, to_datetime
from tokenwatch.base.snapshot import Restatement
from tokenwatch.base.usage import Context, Tokens
from tokenwatch.ledger.queries import Part, Queries
from tokenwatch.pricing.cost import Pricer
from tokenwatch.pricing.rates import RateRow


@dataclass(frozen=True, slots=True)
class Priced:
    """Requests of one model at one tier and place, and the price that holds for them on their last day.

    ``row`` is None if no price is known. ``listed`` is nano-dollars, of the requests with a price.
    """

    agent: str
    model: str
    provider: str
    tier: str
    geo: str
    requests: int
    tokens: Tokens
    listed: int
    unpriced: int
    uncertain: int
    row: RateRow | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """``what`` names the figure. ``sources``: (path, requests), most first."""

    what: str
    since: int
    until: int
    parts: tuple[Priced, ...] = ()
    sources: tuple[tuple[str, int], ...] = ()
    copies: int = 0
    """Entries of the logs that were kept beside others of the same response, and do not count."""
    prices: str = ""
    """The version of the prices that the ledger was last brought to."""
    restated: tuple[Restatement, ...] = field(default=())

    @property
    def requests(self) -> int:
        return sum(part.requests for part in self.parts)

    @property
    def listed(self) -> int:
        return sum(part.listed for part in self.parts)

    @property
    def unpriced(self) -> int:
        return sum(part.unpriced for part in self.parts)

    @property
    def uncertain(self) -> int:
        return sum(part.uncertain for part in self.parts)


def explain_days(queries: Queries, pricer: Pricer, first: date, last: date, zone: tzinfo) -> Explanation:
    """Everything from the first to the last local day."""
    since, until = Period(first, last).bounds(zone)
    what = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    found = _explained(queries, pricer, what, queries.parts(since, until), since, until)
    months = {f"{first.year:04d}-{first.month:02d}", f"{last.year:04d}-{last.month:02d}"}
    return Explanation(
        found.what,
        since,
        until,
        found.parts,
        found.sources,
        queries.copies(since, until),
        queries.prices(),
        tuple(each for each in queries.restatements() if each.month in months),
    )


def explain_session(queries: Queries, pricer: Pricer, session: str) -> Explanation | None:
    """One session, its sub-agents included; None if the ledger has no such session."""
    parts = queries.parts(session=session)
    if not parts:
        return None
    since = min(part.first for part in parts)
    until = max(part.last for part in parts)
    found = _explained(queries, pricer, session, parts, since, until)
    return Explanation(found.what, since, until, found.parts, found.sources, prices=queries.prices())


def _explained(
    queries: Queries, pricer: Pricer, what: str, parts: Sequence[Part], since: int, until: int
) -> Explanation:
    groups: dict[tuple[str, str, str, str, str], list[Part]] = {}
    sources: dict[str, int] = {}
    for part in parts:
        groups.setdefault((part.agent, part.model, part.provider, part.tier, part.geo), []).append(part)
        sources[part.source] = sources.get(part.source, 0) + part.requests
    priced = []
    for (agent, model, provider, tier, geo), members in groups.items():
        context = Context(agent=agent, session="", model=model, provider=provider, tier=tier, geo=geo)
        tokens = Tokens()
        for member in members:
            tokens += member.tokens
        priced.append(
            Priced(
                agent=agent,
                model=model,
                provider=provider,
                tier=tier,
                geo=geo,
                requests=sum(member.requests for member in members),
                tokens=tokens,
                listed=sum(member.listed for member in members),
                unpriced=sum(member.unpriced for member in members),
                uncertain=sum(member.uncertain for member in members),
                row=pricer.row(context, max(member.last for member in members) // DAY_MS),
            )
        )
    priced.sort(key=lambda one: (-one.listed, -one.requests, one.agent, one.model))
    ordered = sorted(sources.items(), key=lambda item: (-item[1], item[0]))
    return Explanation(what, since, until, tuple(priced), tuple(ordered))


def day_named(text: str) -> date | None:
    """The day that a text names; None if it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def first_day(explanation: Explanation, zone: tzinfo) -> date:
    return to_datetime(explanation.since, zone).date()


@dataclass(frozen=True, slots=True)
class Why:
    """The question where the figures of these local days come from."""

    first: date
    last: date
