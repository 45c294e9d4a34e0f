"""``tokenwatch doctor``: each agent's places and what was found there, and the state of our own parts.

Owns the order, the words and the JSON of the examination, and whether anything is wrong. Does not own the judgement
of a part (engine/checkup.py, system/desktop_services.py) and repairs nothing.
"""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from tokenwatch import __version__
from tokenwatch.base.clock import iso
from tokenwatch.base.format import duration, whole
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.text import plain
from tokenwatch.cli.given import Given
from tokenwatch.cli.output import SCHEMA, clean, counted, json_text, progress, write
from tokenwatch.cli.own_use import OwnUseFound, find_own_use, own_use_json, own_use_text

_MARKS: Final = {HealthState.FINE: "ok", HealthState.DEGRADED: "!", HealthState.FAILING: "!!"}
_LONGEST: Final = 600
_KINDS: Final = {"lines": "JSON lines", "document": "JSON document", "database": "database"}


class Place(msgspec.Struct, frozen=True):
    """A directory in which an agent may keep logs."""

    path: str
    exists: bool


class AgentFindings(msgspec.Struct, frozen=True):
    """``last_event`` is the time of the newest record, milliseconds; ``skipped`` reason -> entries left out.

    ``unreadable``: how many of ``sources`` could not be read when last tried. ``formats``: kind of source -> number,
    of a database with what was found in it. ``unknown`` is what its logs cannot tell.
    """

    id: str
    name: str
    places: tuple[Place, ...] = ()
    sources: int = 0
    requests: int = 0
    last_event: int | None = None
    skipped: Mapping[str, int] = msgspec.field(default_factory=dict)
    unreadable: int = 0
    formats: Mapping[str, int] = msgspec.field(default_factory=dict)
    estimated_requests: int = 0
    unknown: str = ""
    health: Health | None = None
    """None: nothing of this agent is here."""
    off: bool = False
    """Whether the settings say that it is not looked at."""


class Findings(msgspec.Struct, frozen=True):
    at: int
    agents: tuple[AgentFindings, ...]
    parts: tuple[Health, ...]
    own: OwnUseFound = msgspec.field(default_factory=lambda: OwnUseFound(0))

    @property
    def well(self) -> bool:
        """Whether nothing is degraded or failing. An agent that is not there is not wrong."""
        judged = [agent.health for agent in self.agents if agent.health] + list(self.parts)
        return all(health.state is HealthState.FINE for health in judged)


def run(given: Given, *, as_json: bool) -> bool:
    """Examine, print, and tell whether all is well."""
    found = examine(given)
    write(json_text(doctor_json(found)) if as_json else doctor_text(found))
    return found.well


def examine(given: Given) -> Findings:
    from tokenwatch.collect.discover import discover
    from tokenwatch.engine import checkup
    from tokenwatch.engine.once import bring_up_to_date, catch_up

    with progress() as on_progress, bring_up_to_date(given.paths, given.clock, given.settings, on_progress) as once:
        once.books.examine()
        catch_up(once.books, on_progress)
        readers, scanner = once.books.readers, once.books.scanner
        agents = {agent_id: reader.agent for agent_id, reader in readers.items()}
        discovery = scanner.discovery if scanner else discover(readers, once.books.places)
        known = _Known.of(once.books.queries)
        failures = scanner.failures if scanner else {}
        health = checkup.agents(agents, discovery, failures, known.skipped, known.requests)
        parts = tuple(entry for entry in once.books.health() if entry.part not in agents)
        own = find_own_use(given.paths, running=not once.owner)
    judged = {entry.part: entry for entry in health}
    found = tuple(
        AgentFindings(
            id=agent_id,
            name=agent.name,
            places=tuple(
                dict.fromkeys(Place(str(at.path), at.exists) for at in discovery.roots if at.agent == agent_id)
            ),
            sources=sum(entry.source.agent == agent_id for entry in discovery.found),
            requests=known.requests.get(agent_id, 0),
            last_event=known.newest.get(agent_id),
            skipped=known.skipped.get(agent_id, {}),
            unreadable=sum(failure.agent == agent_id for failure in failures.values()),
            formats=Counter(
                _format(entry.source, known.carries.get(entry.source.path, b""))
                for entry in discovery.found
                if entry.source.agent == agent_id
            ),
            estimated_requests=known.estimated.get(agent_id, 0),
            unknown=agent.unknown,
            health=judged.get(agent_id),
            off=agent_id in given.settings.agents_off,
        )
        for agent_id, agent in agents.items()
    )
    return Findings(given.clock.now(), found, _merged(parts, _surroundings(given, len(discovery.directories))), own)


class _Known(msgspec.Struct):
    """What the ledger knows of each agent; empty without a ledger."""

    requests: dict[str, int] = msgspec.field(default_factory=dict)
    newest: dict[str, int] = msgspec.field(default_factory=dict)
    skipped: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    estimated: dict[str, int] = msgspec.field(default_factory=dict)
    carries: dict[str, bytes] = msgspec.field(default_factory=dict)
    """By path of source."""

    @classmethod
    def of(cls, queries: Any) -> _Known:
        known = cls()
        if queries is None:
            return known
        sums = queries.sums(by=("agent",))
        known.requests = {entry.group[0]: entry.requests for entry in sums}
        known.estimated = {entry.group[0]: entry.estimated for entry in sums}
        for source in queries.sources():
            point = source.checkpoint
            if point.newest is not None:
                known.newest[source.agent] = max(known.newest.get(source.agent, 0), point.newest)
            known.carries[source.path] = point.carry
            reasons = known.skipped.setdefault(source.agent, {})
            for reason, number in point.skipped.items():
                reasons[reason] = reasons.get(reason, 0) + number
        return known


def _format(source: Any, carry: bytes) -> str:
    """How a source is written; of a database also which tables of the agent's were found when it was read."""
    from tokenwatch.readers.database.pages import decode_cursors
    from tokenwatch.readers.protocol import Encoding, Kind

    if source.kind is Kind.DATABASE:
        tables = ", ".join(sorted(decode_cursors(carry).tables))
        return f"{_KINDS[source.kind]} ({tables or 'nothing known in it'})"
    return "compressed JSON lines" if source.encoding is Encoding.ZSTD else _KINDS[source.kind]


def _surroundings(given: Given, directories: int) -> tuple[Health, ...]:
    from tokenwatch.system.desktop_services import look
    from tokenwatch.system.display import trouble

    mistakes = " ".join(given.mistakes)
    settings = Health("settings", HealthState.DEGRADED if mistakes else HealthState.FINE, mistakes)
    paths = given.paths
    headless = trouble(paths.environment, paths.platform)
    # A computer without a display is not broken; a display that cannot be used is.
    asked_for = bool(paths.variable("DISPLAY") or paths.variable("WAYLAND_DISPLAY"))
    display = Health("display", HealthState.DEGRADED if headless and asked_for else HealthState.FINE, headless)
    return (settings, display, _keyring(given), *look(paths.environment, paths.platform, directories))


def _keyring(given: Given) -> Health:
    """A missing keyring is wrong only if bills are to be checked, which needs a key."""
    from tokenwatch.remote.secrets import KeyringState, Secrets

    found = Secrets().keyring()
    wanted = given.settings.check_bills and found.state is not KeyringState.UNLOCKED
    state = HealthState.DEGRADED if wanted else HealthState.FINE
    return Health("keyring", state, found.reason or f"{found.name}, {found.state}.")


def _merged(first: Iterable[Health], second: Iterable[Health]) -> tuple[Health, ...]:
    """One entry for each part; of two, the one that has something to say."""
    result: dict[str, Health] = {}
    for entry in (*first, *second):
        present = result.get(entry.part)
        if present is None or present.state is HealthState.FINE:
            result[entry.part] = entry
    return tuple(result.values())


def doctor_json(found: Findings) -> dict[str, Any]:
    """The object of ``doctor --json``."""
    return {
        "schema": SCHEMA,
        "at": iso(found.at),
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "well": found.well,
        "agents": [
            {
                "agent": agent.id,
                "name": agent.name,
                "places": [{"path": clean(place.path), "exists": place.exists} for place in agent.places],
                "sources": agent.sources,
                "requests": agent.requests,
                "last_event": None if agent.last_event is None else iso(agent.last_event),
                "skipped": {clean(reason): number for reason, number in sorted(agent.skipped.items())},
                "unreadable": agent.unreadable,
                "formats": {clean(name): number for name, number in sorted(agent.formats.items())},
                "estimated_requests": agent.estimated_requests,
                "unknown": agent.unknown,
                "state": "off" if agent.off else agent.health.state.value if agent.health else "absent",
                "reason": clean(agent.health.reason) if agent.health else "",
            }
            for agent in found.agents
        ],
        "own_use": own_use_json(found.own),
        "health": [
            {"part": part.part, "state": part.state.value, "reason": clean(part.reason)} for part in found.parts
        ],
    }


def doctor_text(found: Findings) -> str:
    system = f"Python {platform.python_version()} on {platform.platform(terse=True)}"
    lines = [f"TokenWatch {__version__}, {system}", "", "Agents"]
    for agent in found.agents:
        lines += _agent_lines(agent, found.at)
    if not any(agent.health for agent in found.agents):
        lines.append("    No agent's logs were found. They appear here as soon as an agent has run.")
    lines += ["", "Parts"]
    for part in found.parts:
        lines.append(
            f"{_MARKS[part.state]:>2}  {part.part}{': ' if part.reason else ''}{plain(part.reason, _LONGEST)}"
        )
    lines.append(f"    own use: {own_use_text(found.own)}")
    lines += [
        "",
        "All is well." if found.well else "Something is wrong: see the lines that begin with an exclamation mark.",
    ]
    return "".join(f"{line}\n" for line in lines)


def _agent_lines(agent: AgentFindings, now: int) -> list[str]:
    if agent.off:
        before = f"; {counted(agent.requests, 'request')} counted before" if agent.requests else ""
        return [f" -  {agent.name}: switched off in the settings{before}"]
    if agent.health is None:
        places = ", ".join(plain(place.path, _LONGEST) for place in agent.places)
        looked = f"not here (looked in {places})" if places else "has no logs that can be read"
        return [f" -  {agent.name}: {looked}", *([f"      Not known: {agent.unknown}"] if not places else [])]
    parts = [counted(agent.sources, "source"), counted(agent.requests, "request")]
    if agent.unreadable:
        parts.insert(1, f"{whole(agent.unreadable)} of them unreadable")
    if agent.estimated_requests:
        parts.append(f"{whole(agent.estimated_requests)} of them estimated")
    if agent.last_event is not None:
        parts.append(f"last {duration((now - agent.last_event) / 1000)} ago")
    lines = [f"{_MARKS[agent.health.state]:>2}  {agent.name}: {', '.join(parts)}"]
    lines += [
        f"      {plain(place.path, _LONGEST)}{'' if place.exists else ' (not there)'}" for place in agent.places
    ]
    if agent.formats:
        named = ", ".join(
            f"{whole(number)} {plain(name, _LONGEST)}" for name, number in sorted(agent.formats.items())
        )
        lines.append(f"      Formats: {named}")
    if agent.unknown:
        lines.append(f"      Not known: {plain(agent.unknown, _LONGEST)}")
    if agent.health.reason:
        lines.append(f"      {plain(agent.health.reason, _LONGEST)}")
    return lines
