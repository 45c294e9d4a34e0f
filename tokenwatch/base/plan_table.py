"""Plans that are sold, with their price, and which one an agent's own logs point to.

Owns the table (prices in US dollars a month before tax, from the providers' price pages in November 2026) and the
names that logs use. Does not own what a person pays: a plan counts once it is confirmed in the settings, where its
fee, currency and dates can be changed. No credential is opened: only what logs say of limits is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from tokenwatch.base.billing import Plan
from tokenwatch.base.limits import Quota
from tokenwatch.base.money import NANO


class Sold(msgspec.Struct, frozen=True):
    """``plan_type`` is how the provider's limits name it in logs."""

    agent: str
    provider: str
    plan_type: str
    name: str
    dollars: int


SOLD: Final = (
    Sold("codex", "openai", "plus", "ChatGPT Plus", 20),
    Sold("codex", "openai", "prolite", "ChatGPT Pro 5x", 100),
    Sold("codex", "openai", "pro", "ChatGPT Pro 20x", 200),
    Sold("codex", "openai", "team", "ChatGPT Business", 25),
    Sold("codex", "openai", "business", "ChatGPT Business", 25),
    Sold("claude-code", "anthropic", "pro", "Claude Pro", 20),
    Sold("claude-code", "anthropic", "max", "Claude Max 5x", 100),
    Sold("claude-code", "anthropic", "max_5x", "Claude Max 5x", 100),
    Sold("claude-code", "anthropic", "max_20x", "Claude Max 20x", 200),
    Sold("copilot-cli", "github", "pro", "Copilot Pro", 10),
    Sold("copilot-cli", "github", "pro_plus", "Copilot Pro+", 39),
)


def name_of(agent: str, fee: int) -> str:
    """What a plan of this price (nano-dollars) is called that is sold for an agent; empty if none is."""
    return next((sold.name for sold in SOLD if (sold.agent, sold.dollars * NANO) == (agent, fee)), "")


def largest_below(agent: str, cost: int) -> Plan | None:
    """The dearest plan, which covers the most, that is sold to a person for less than ``cost`` (nano-dollars)."""
    own = [each for each in SOLD if each.agent == agent and each.plan_type not in _FOR_TEAMS]
    cheaper = [each for each in own if each.dollars * NANO < cost]
    sold = max(cheaper, key=lambda each: each.dollars, default=None)
    return None if sold is None else Plan(agent, name=sold.name, mode="plan", fee=sold.dollars * NANO)


_FOR_TEAMS: Final = frozenset({"team", "business"})


def suggestions(quotas: Iterable[Quota], known: Iterable[str]) -> tuple[Plan, ...]:
    """Plans that limits in the logs point to, for agents that nothing was said of yet.

    ``known`` are the agents whose billing the settings name, and those for which a suggestion was refused.
    """
    found: dict[str, Plan] = {}
    said = set(known)
    for quota in quotas:
        for sold in SOLD:
            matches = (sold.provider, sold.plan_type) == (quota.provider, quota.plan.strip().lower())
            if matches and sold.agent not in said:
                found[sold.agent] = Plan(sold.agent, name=sold.name, mode="plan", fee=sold.dollars * NANO)
    return tuple(found[agent] for agent in sorted(found))
