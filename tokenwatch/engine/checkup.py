"""Checkup: what health each agent's logs and our own parts have, as plain sentences.

Owns the judgement from what the scanner met to :class:`Health`. Does not repair anything and asks nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.translation import tr
from tokenwatch.base.usage import Agent
from tokenwatch.collect.discover import Discovery
from tokenwatch.collect.scanner import Failure

_FEW: Final = 20
_SHARE: Final = 20
"""Entries left out are mentioned but harmless up to this number, or up to one in so many requests."""

_NAMED: Final = 3


def agents(
    described: Mapping[str, Agent],
    discovery: Discovery,
    failures: Mapping[str, Failure],
    skipped: Mapping[str, Mapping[str, int]],
    requests: Mapping[str, int],
) -> tuple[Health, ...]:
    """One entry for each agent that has a place here or counted ``requests``; in the order of ``described``."""
    present = {state.agent for state in discovery.roots if state.exists} | set(requests)
    result = []
    for agent_id, agent in described.items():
        if agent_id not in present:
            continue
        reasons = [state.reason for state in discovery.roots if state.agent == agent_id and state.reason]
        unreadable = bool(reasons)
        reasons += [why for owner, _, why in discovery.blocked if owner == agent_id and why not in reasons]
        reasons += [failure.reason for failure in failures.values() if failure.agent == agent_id]
        left_out = sum(skipped.get(agent_id, {}).values())
        counted = requests.get(agent_id, 0)
        if unreadable:
            state = HealthState.FAILING
        elif reasons or left_out > max(_FEW, counted // _SHARE) or (left_out and not counted):
            state = HealthState.DEGRADED
        else:
            state = HealthState.FINE
        words = [left_out_sentence(agent.name, skipped[agent_id])] if left_out else []
        # Last, because such a reason may end with a command that people copy.
        if len(reasons) == 1:
            words += reasons
        elif reasons:
            words.append(
                tr(
                    "{count} places of {agent} could not be read. The first: {reason}",
                    count=len(reasons),
                    agent=agent.name,
                    reason=reasons[0],
                )
            )
        result.append(Health(agent_id, state, " ".join(words)))
    return tuple(result)


def left_out_sentence(name: str, skipped: Mapping[str, int]) -> str:
    """Which entries of an agent's logs were not counted, and why. The ledger has the readers' reasons in English."""
    parts = sorted(skipped.items(), key=lambda item: (-item[1], item[0]))
    total = sum(skipped.values())
    named = parts if len(parts) <= _NAMED else parts[: _NAMED - 1]
    reasons = [f"{number:,} {tr(reason)}" if len(parts) > 1 else tr(reason) for reason, number in named]
    others = total - sum(number for _, number in named)
    why = ", ".join(reasons + ([tr("{count} for other reasons", count=f"{others:,}")] if others else []))
    if total == 1:
        return tr("Not counted: 1 entry in the logs of {agent} ({why}).", agent=name, why=why)
    return tr("Not counted: {count} entries in the logs of {agent} ({why}).", count=f"{total:,}", agent=name, why=why)
