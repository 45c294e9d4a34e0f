"""Explain: where a figure comes from - sources, requests, the price of each kind of them, and what is uncertain.

Owns putting the ledger's parts beside the prices that were used, down to a single request. Does not own the sums
(ledger) or prices (pricing).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from tokenwatch.base.clock import DAY_MS, day_start, to_datetime
from tokenwatch.base.snapshot import Restatement
from tokenwatch.base.usage import Context, Estimate, Record, Tokens

if TYPE_CHECKING:
    from tokenwatch.insight.breakdown import Question, Row
    from tokenwatch.ledger.origins import Part, Told
    from tokenwatch.ledger.queries import Queries
    from tokenwatch.pricing.cost import Pricer
    from tokenwatch.pricing.rates import RateRow


class Priced(msgspec.Struct, frozen=True):
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


class Request(msgspec.Struct, frozen=True):
    """A single one. ``number`` is what it is called, ``at`` milliseconds, ``listed`` None without a price."""

    number: str
    at: int
    agent: str
    session: str
    model: str
    tokens: Tokens
    listed: int | None


class Explanation(msgspec.Struct, frozen=True):
    """``what`` names the figure. ``sources``: (path, requests), most first."""

    what: str
    since: int
    until: int
    parts: tuple[Priced, ...] = ()
    sources: tuple[tuple[str, int], ...] = ()
    copies: int = 0
    """Entries of the logs that do not count: others of the same response, and identical ones in other logs."""
    prices: str = ""
    """The version of the prices that the ledger was last brought to."""
    restated: tuple[Restatement, ...] = msgspec.field(default=())
    single: tuple[Request, ...] = ()
    """The dearest requests, as many as were asked for."""

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


def explain(queries: Queries, pricer: Pricer, why: Why, zone: tzinfo, most: int = 0) -> Explanation:
    """All that the question means, and the ``most`` dearest requests of it."""
    from tokenwatch.ledger.origins import Scope  # loads what a window that opens does not need

    since, until = _bounds(why, zone)
    scope = Scope(since, until, why.agent, why.model, why.project, why.session)
    parts = queries.parts(scope)
    months = _months(why, parts, zone)
    return replace(
        _explained(pricer, _named(why), parts, since, until),
        copies=queries.copies(scope),
        prices=queries.prices(),
        restated=tuple(each for each in queries.restatements() if each.month in months),
        single=tuple(_request(record, listed) for record, listed in queries.requests_of(scope, most)) if most else (),
    )


def explain_session(
    queries: Queries, pricer: Pricer, session: str, zone: tzinfo, most: int = 0
) -> Explanation | None:
    """One session, its sub-agents included; None if the ledger has no such session."""
    found = [
        explain(queries, pricer, Why(session=session, agent=agent), zone, most)
        for agent in queries.agents_of(session)
    ]
    return next((each for each in found if each.parts), None)


def explain_request(queries: Queries, number: str) -> list[Told]:
    """The requests that are called so, or whose number begins so; none if there is none."""
    return queries.requests_named(number)


def _request(record: Record, listed: int | None) -> Request:
    from tokenwatch.ledger.origins import number_of

    context = record.context
    number = number_of(record)
    return Request(number, record.time, context.agent, context.session, context.model, record.tokens, listed)


def _bounds(why: Why, zone: tzinfo) -> tuple[int | None, int | None]:
    since = None if why.first is None else day_start(why.first, zone)
    until = None if why.last is None else day_start(why.last + timedelta(days=1), zone)
    return since, until


def _named(why: Why) -> str:
    """``2026-11-01 to 2026-11-28, gpt-5.1``"""
    days = [day.isoformat() for day in dict.fromkeys((why.first, why.last)) if day is not None]
    names = [" to ".join(days), why.session or why.agent, why.model, why.project]
    return ", ".join(name for name in names if name)


def _months(why: Why, parts: Sequence[Part], zone: tzinfo) -> set[str]:
    """Those that a restatement may be of: the first's and the last's."""
    days = [day for day in (why.first, why.last) if day is not None]
    for times in ([part.first for part in parts], [part.last - 1 for part in parts]):
        if len(days) < 2 and times:
            days += [to_datetime(moment, zone).date() for moment in (min(times), max(times))]
    return {f"{day.year:04d}-{day.month:02d}" for day in days}


def _explained(pricer: Pricer, what: str, parts: Sequence[Part], since: int | None, until: int | None) -> Explanation:
    groups: dict[tuple[str, str, str, str, str, int], list[Part]] = {}
    sources: dict[str, int] = {}
    for part in parts:
        is_sum = Estimate.SUM if part.estimated == Estimate.SUM else Estimate.NONE
        groups.setdefault((part.agent, part.model, part.provider, part.tier, part.geo, is_sum), []).append(part)
        sources[part.source] = sources.get(part.source, 0) + part.requests
    priced = []
    for (agent, model, provider, tier, geo, is_sum), members in groups.items():
        context = Context(agent, "", model, provider=provider, tier=tier, geo=geo, estimated=is_sum)
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
    begin = since if since is not None else min((part.first for part in parts), default=0)
    end = until if until is not None else max((part.last for part in parts), default=begin)
    return Explanation(what, begin, end, tuple(priced), tuple(ordered))


def day_named(text: str) -> date | None:
    """The day that a text names; None if it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class Why(msgspec.Struct, frozen=True):
    """The question where figures come from: of these local days, both included (None: no bound), and what is named.

    ``session`` needs ``agent``, and means all that it spawned, too. An empty model or project is one without a name.
    """

    first: date | None = None
    last: date | None = None
    agent: str = ""
    model: str | None = None
    project: str | None = None
    session: str = ""


def why_of_row(question: Question, row: Row) -> Why:
    """Where the figures of a row of a breakdown come from, which is of all that was paid for in any way."""
    why = Why(question.since, question.until, *question.agents[:1])
    match question.by:
        case "day":
            day = date.fromisoformat(row.key)
            return replace(why, first=day, last=day)
        case "session":
            return replace(why, agent=row.agents[0][0] if row.agents else "", session=row.key)
        case "agent":
            return replace(why, agent=row.key)
        case "model":
            return replace(why, model=row.key)
        case "project":
            return replace(why, project=row.key)
