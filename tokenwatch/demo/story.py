"""Story: the hour that the demo plays - who starts, spawns, waits and rests, how fast, and with which model.

Owns the script and what follows from it for any moment: the open sessions and the responses between two moments.
Pure: the same moments always give the same. Does not own the days before (history.py) or the clock.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec

from tokenwatch.base.clock import to_ms
from tokenwatch.base.session import Activity, Confidence, Doing, State
from tokenwatch.base.usage import Context, Record, identity
from tokenwatch.live.open_session import OpenSession, OpenSubAgent

MINUTE: Final = 60_000
NOW: Final = to_ms(datetime(2026, 6, 18, 14, 32, tzinfo=UTC))
"""The moment of the pictures: a Thursday, 14:32."""

BEGIN: Final = NOW - 60 * MINUTE
END: Final = NOW + 16 * MINUTE
"""From where to where it is played; sessions that begin earlier were there already."""

_STEP: Final = 20_000
"""A working session has a response this often, more or less."""


class Spell(msgspec.Struct, frozen=True):
    """One state from a minute on (counted from :data:`NOW`), and what the person would see of it."""

    start: int
    state: State
    asks: str = ""
    doing: Doing | None = None


class Helper(msgspec.Struct, frozen=True):
    """A sub-agent from a minute to another."""

    name: str
    model: str
    start: int
    end: int
    rate: int
    """New tokens a minute."""
    doing: Doing | None = None


class Part(msgspec.Struct, frozen=True):
    """One session of the script. ``rate`` is its own new tokens a minute while it works."""

    agent: str
    project: str
    model: str
    provider: str
    rate: int
    window: int
    spells: tuple[Spell, ...]
    """In order; the first one begins the session, an ENDED one ends it."""
    helpers: tuple[Helper, ...] = ()
    branch: str = "main"

    @property
    def session(self) -> str:
        return f"demo-{self.project}"

    @property
    def cwd(self) -> str:
        return f"/home/ada/work/{self.project}"


_READ, _EDIT, _SEARCH = Activity.READING, Activity.EDITING, Activity.SEARCHING
_RUN, _FETCH = Activity.RUNNING, Activity.FETCHING
_W, _Q, _I, _E = State.WORKING, State.WAITING, State.IDLE, State.ENDED

SCRIPT: Final = (
    Part(
        "claude-code", "mobile-app", "claude-sonnet-4-5", "anthropic", 8_400, 200_000,
        (
            Spell(-58, _W, doing=Doing(_EDIT, target="queue.ts")), Spell(-30, _Q, "npm install"),
            Spell(-26, _W, doing=Doing(_RUN, target="jest")), Spell(-4, _Q, "db migrate"),
            Spell(5, _W, doing=Doing(_RUN, target="db migrate")),
        ),
    ),
    Part(
        "claude-code", "atlas-api", "claude-opus-4-5", "anthropic", 4_200, 200_000,
        (
            Spell(-47, _W, doing=Doing(_READ, target="auth")), Spell(-27, _Q, "Which session store?"),
            Spell(-24, _W, doing=Doing(_EDIT, target="session.ts")), Spell(11, _I),
        ),
        (
            Helper("explore", "claude-haiku-4-5", -16, 8, 6_100, Doing(_READ, target="routes.py")),
            Helper("test-writer", "claude-sonnet-4-5", -12, 9, 5_200, Doing(_RUN, target="pytest")),
            Helper("reviewer", "claude-sonnet-4-5", -5, 6, 3_100, Doing(_READ, target="session.ts")),
        ),
        branch="feature/session-store",
    ),
    Part(
        "codex", "ledger-cli", "gpt-5.1-codex", "openai", 7_900, 272_000,
        (Spell(-22, _W, doing=Doing(_EDIT, target="ledger.go")), Spell(9, _E)),
    ),
    Part(
        "opencode", "site-docs", "claude-sonnet-4-5", "anthropic", 2_100, 200_000,
        (Spell(-72, _W, doing=Doing(_READ, target="outline.md")), Spell(-48, _I),
         Spell(-40, _W, doing=Doing(_EDIT, target="guide.md"))),
        (Helper("general", "claude-sonnet-4-5", -12, 10, 3_200, Doing(_FETCH)),),
    ),
    Part(
        "gemini-cli", "infra-tf", "gemini-3-pro-preview", "google", 3_600, 1_000_000,
        (
            Spell(-125, _W, doing=Doing(_READ, target="modules")), Spell(-54, _Q, "Apply this plan?"),
            Spell(-51, _W, doing=Doing(_RUN, target="terraform")), Spell(-11, _I),
            Spell(12, _W, doing=Doing(_EDIT, target="network.tf")),
        ),
    ),
    Part(
        "claude-code", "data-pipeline", "claude-opus-4-5", "anthropic", 9_000, 200_000,
        (Spell(4, _W, doing=Doing(_READ, target="daily.py")),),
        (Helper("explore", "claude-haiku-4-5", 7, 16, 8_000, Doing(_SEARCH, target="jobs")),),
    ),
)  # fmt: skip


def open_sessions(now: int) -> tuple[OpenSession, ...]:
    """What is open at a moment, as looking at processes and registries would tell."""
    found = []
    for number, part in enumerate(SCRIPT):
        spell = _spell(part, now)
        if spell is None:
            continue
        over = spell.state is State.ENDED
        begun, since = NOW + part.spells[0].start * MINUTE, NOW + spell.start * MINUTE
        found.append(
            OpenSession(
                agent=part.agent,
                session=part.session,
                state=spell.state,
                confidence=Confidence.EXACT,
                pid=None if over else 4_711 + number,
                cwd=part.cwd,
                doing=spell.doing,
                branch=part.branch,
                model=part.model,
                waiting_for=spell.asks if spell.state is State.WAITING else "",
                since=since,
                started_at=begun,
                last_activity=now - now % _STEP if spell.state is State.WORKING else since,
                context_window=part.window,
                sub_agents=tuple(
                    OpenSubAgent(
                        helper.name,
                        helper.name,
                        helper.model,
                        NOW + helper.start * MINUTE,
                        doing=helper.doing,
                        last_activity=now - now % _STEP,
                    )
                    for helper in part.helpers
                    if _helps(helper, part, now)
                ),
            )
        )
    return tuple(found)


def responses(since: int, until: int) -> Iterator[Record]:
    """The responses of all sessions with ``since <= time < until``, in order of sessions, then of time."""
    for part in SCRIPT:
        yield from _responses(part, None, since, until)
        for helper in part.helpers:
            yield from _responses(part, helper, since, until)


def first_moment() -> int:
    """When the first session of the script began."""
    return NOW + min(part.spells[0].start for part in SCRIPT) * MINUTE


def _spell(part: Part, now: int) -> Spell | None:
    current = None
    for spell in part.spells:
        if NOW + spell.start * MINUTE <= now:
            current = spell
    return current


def _helps(helper: Helper, part: Part, now: int) -> bool:
    spell = _spell(part, now)
    working = spell is not None and spell.state is State.WORKING
    return working and NOW + helper.start * MINUTE <= now < NOW + helper.end * MINUTE


def _responses(part: Part, helper: Helper | None, since: int, until: int) -> Iterator[Record]:
    name = helper.name if helper else ""
    context = Context(
        agent=part.agent,
        session=part.session,
        model=helper.model if helper else part.model,
        agent_id=name,
        project=part.cwd,
        branch=part.branch,
        provider=part.provider,
    )
    steps = range(-(-since // _STEP), -(-until // _STEP))
    for step in steps:
        at = step * _STEP
        spell = _spell(part, at)
        if spell is None or spell.state is not State.WORKING or (helper and not _helps(helper, part, at)):
            continue
        # Seeded by what it is, so that any stretch of the hour can be asked for by itself.
        chance = random.Random(f"{part.project}/{name}/{step}")  # noqa: S311 - nothing secret
        rate = helper.rate if helper else part.rate
        swell = 0.86 + 0.14 * ((step // 13 + len(part.project)) % 3)
        minutes = (at - NOW) // MINUTE - (helper.start if helper else part.spells[0].start)
        cached = (6_000 if helper else 15_000) + 600 * minutes  # what was said before is given again
        yield record(context, at, round(rate * swell * chance.uniform(0.75, 1.25) * _STEP / MINUTE), cached)


def record(context: Context, at: int, new: int, cached: int) -> Record:
    """A response of ``new`` tokens that were not read from a cache, and ``cached`` that were."""
    writes = context.provider == "anthropic"
    output = new * 22 // 100
    rest = new - output
    kept = rest * 9 // 10 if writes else 0
    name = identity(context.session, context.agent_id, at)
    return Record(
        context,
        family=name,
        variant=name,
        time=at,
        input=rest - kept,
        cache_read=cached,
        cache_write_5m=kept,
        output=output,
    )
