"""Matching: which process, claim and log belong to one session.

Owns the rules for pairing them, as a pure function of what was seen. Does not read anything and judges no state.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from tokenwatch.live.programs import ProcessInfo, Role
from tokenwatch.live.registry import verified
from tokenwatch.readers.protocol import LiveClaim

_START_SLACK_MS: Final = 2_000

Instance = tuple[int, int]
"""(pid, start): a process for good, where a pid alone is used again."""


class Log(msgspec.Struct, frozen=True):
    """What the matching needs to know of a top-level session's log. Times are milliseconds since 1970."""

    agent: str
    session: str
    folders: frozenset[str]
    """Working directories it named."""
    began: int
    """Its earliest known event."""
    latest: int
    place: str = ""
    """The folder its source lies in."""
    owner: Instance | None = None
    """The process it was last matched to."""
    ended: bool = False
    """Its process ended, and it has not grown since."""


class Link(msgspec.Struct, frozen=True):
    """A process with its claim and its session; ``session`` is empty if none is known. ``sure``: no other fits."""

    process: ProcessInfo
    session: str = ""
    claim: LiveClaim | None = None
    sure: bool = True


def instance(process: ProcessInfo) -> Instance:
    return process.pid, process.started_at


def match(processes: Sequence[ProcessInfo], claims: Iterable[LiveClaim], logs: Collection[Log]) -> list[Link]:
    """One link for each session process, oldest first. No session is given to two processes unless both claim it."""
    sessions = {process.pid: process for process in processes if process.role is Role.SESSION}
    told = list(claims)
    claimed = _checked(told, sessions)
    kept = _without_wrappers(sessions, claimed)
    by_key = {(log.agent, log.session): log for log in logs}
    taken = {(claim.agent, claim.session) for claim in claimed.values() if claim.session}
    # A process that was killed leaves its claim behind: its log did not go on in a neighbour.
    left = {(claim.agent, claim.session) for claim in told if claim.pid not in claimed}
    links: dict[int, Link] = {}
    for pid, claim in claimed.items():
        if pid in kept:
            session = _present(claim, kept[pid], by_key, taken | left)
            taken.add((claim.agent, session))
            links[pid] = Link(kept[pid], session, claim)
    open_places: dict[tuple[str, str], list[ProcessInfo]] = {}
    for process in kept.values():
        if process.pid not in links:
            open_places.setdefault((process.agent, process.cwd), []).append(process)
    for (agent, folder), group in open_places.items():
        for link in _by_folder(group, _fitting(agent, folder, logs, taken)):
            links[link.process.pid] = link
            taken.add((agent, link.session))
    hosted = {process.agent for process in processes if process.role is Role.HOST}
    for agent in {link.process.agent for link in links.values()} - hosted:
        lost = [link for link in links.values() if link.process.agent == agent and not link.session]
        if len(lost) == 1:
            links[lost[0].process.pid] = _elsewhere(lost[0], logs, taken, kept.values())
    return sorted(links.values(), key=lambda link: (link.process.started_at, link.process.pid))


def _checked(claims: Iterable[LiveClaim], sessions: Mapping[int, ProcessInfo]) -> dict[int, LiveClaim]:
    """The verified claim of each pid; of several the one with a status, then the latest."""
    chosen: dict[int, LiveClaim] = {}
    for claim in claims:
        if not verified(claim, sessions.get(claim.pid)):
            continue
        before = chosen.get(claim.pid)
        if before is None or _weight(claim) > _weight(before):
            chosen[claim.pid] = claim
    return chosen


def _weight(claim: LiveClaim) -> tuple[bool, int, str]:
    return bool(claim.status), claim.status_since or claim.started_at or 0, claim.session


def _without_wrappers(sessions: Mapping[int, ProcessInfo], claimed: Collection[int]) -> dict[int, ProcessInfo]:
    """Without the processes that claim nothing while one they started does: the latter is the agent."""
    wrappers = {
        parent
        for pid in claimed
        if (parent := sessions[pid].nested_in) is not None and parent in sessions and parent not in claimed
    }
    return {
        pid: replace(process, nested_in=None) if process.nested_in in wrappers else process
        for pid, process in sessions.items()
        if pid not in wrappers
    }


def _present(
    claim: LiveClaim,
    process: ProcessInfo,
    logs: Mapping[tuple[str, str], Log],
    taken: Collection[tuple[str, str]],
) -> str:
    """The session a claim is about now.

    After the conversation was cleared the registry may go on to name the old one. A log of the same folder that
    nobody claims and that began after the named one fell silent, when this process was at work, is the new one.
    """
    if not claim.session:
        return ""
    named = logs.get((claim.agent, claim.session))
    folders = {claim.cwd} | (named.folders if named is not None else set())
    silent_since = max(process.started_at, named.latest if named is not None else 0)
    later = [
        log
        for key, log in logs.items()
        if key not in taken
        and log.agent == claim.agent
        and log.owner in (None, instance(process))
        and not log.ended
        and (named is None or log.place == named.place)
        and log.folders & folders
        and log.began >= silent_since
        and (claim.status_since is None or claim.status_since >= log.began - _START_SLACK_MS)
    ]
    return max(later, key=_latest).session if later else claim.session


def _fitting(agent: str, folder: str, logs: Iterable[Log], taken: Collection[tuple[str, str]]) -> list[Log]:
    if not folder:
        return []
    return [log for log in logs if log.agent == agent and folder in log.folders and (agent, log.session) not in taken]


def _by_folder(group: Sequence[ProcessInfo], logs: Sequence[Log]) -> list[Link]:
    """Processes of one agent in one folder, and the logs that name it.

    A process can only have written to a log that grew in its life. Alone, it has the one that grew last. Among
    several, each keeps the log it had; a new one takes the log that began first after it, else an old log that it
    may have gone on with.
    """
    links = []
    free = list(logs)
    for process in sorted(group, key=lambda process: (process.started_at, process.pid), reverse=True):
        others = [other for other in group if other is not process]
        others_own = {instance(other) for other in others}
        possible = [log for log in free if log.latest >= _begin(process) and log.owner not in others_own]
        own = [log for log in possible if log.owner == instance(process)]
        if not others:
            chosen = max(possible, key=_latest, default=None)
        elif own:
            chosen = max(own, key=_latest)
        else:
            fresh = [log for log in possible if log.began >= _begin(process)]
            old = [log for log in possible if not any(log.began >= _begin(other) for other in others)]
            chosen = min(fresh, key=_began, default=None) or max(old, key=_latest, default=None)
        if chosen is None:
            links.append(Link(process, sure=False))
            continue
        free.remove(chosen)
        rivals = [log for log in possible if log is not chosen and log.owner != instance(process)]
        links.append(Link(process, chosen.session, sure=not others and not rivals))
    return links


def _elsewhere(
    lost: Link, logs: Iterable[Log], taken: Collection[tuple[str, str]], processes: Iterable[ProcessInfo]
) -> Link:
    """The only process without a log may work in another folder than it was started in: a guess.

    Its log began in its life and names a folder in which no process of the agent is.
    """
    agent = lost.process.agent
    folders = {process.cwd for process in processes if process.agent == agent}
    possible = [
        log
        for log in logs
        if log.agent == agent
        and (agent, log.session) not in taken
        and log.began >= _begin(lost.process)
        and log.owner in (None, instance(lost.process))
        and not log.ended
        and not log.folders & folders
    ]
    chosen = max(possible, key=_latest, default=None)
    return replace(lost, session=chosen.session) if chosen is not None and lost.claim is None else lost


def _begin(process: ProcessInfo) -> int:
    return process.started_at - _START_SLACK_MS


def _began(log: Log) -> tuple[int, str]:
    return log.began, log.session


def _latest(log: Log) -> tuple[int, str]:
    return log.latest, log.session
