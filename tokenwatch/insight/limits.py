"""Limits: what the readings of quotas say of each window - pace, when it runs out, its course, the windows before it.

Owns that, and the blocks of five hours that are estimated from own counts where no reading tells more. Does not own
readings (readers, collect) or keeping them (ledger).

Decisions
---------
*After its reset a window is unknown.* Context: a reading is made when an agent asks, and nobody asks while nothing
runs. Decision: the old percentage is dropped at the reset and nothing is put in its place. Consequence: a face says
"has reset", not 0 %.

*A block is no percentage.* Context: a plan's size is not published, so own tokens cannot be divided by it. Decision:
an estimated block tells its tokens, its end and the largest block before it, and is marked as an estimate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

import msgspec
from msgspec.structs import replace

from tokenwatch.base.clock import DAY_MS
from tokenwatch.base.limits import LimitWindow, PastWindow, Quota, window_ms
from tokenwatch.ledger.queries import Queries

HISTORY_MS: Final = 14 * DAY_MS
BLOCK: Final = "5h"
BLOCK_MS: Final = 5 * 3_600_000
_HOUR_MS: Final = 3_600_000
_JITTER: Final = 0.05
"""Readings of one window may tell resets that differ by this part of its length; another's is a whole one later."""
_HIDDEN: Final = 0.03
"""The first part of a window says nothing about its pace."""
_MARGIN: Final = 5.0
"""Points ahead of an even pace that say nothing yet."""
_MOST_COURSE: Final = 200
_MOST_PAST: Final = 100
_REMEMBERED_MS: Final = DAY_MS
"""A window that has reset and was not read since is shown for so long."""

AGENTS: Final = {"openai": ("codex",), "anthropic": ("claude-code",)}
"""Whose use fills a provider's windows."""


class History(msgspec.Struct, frozen=True):
    """What was read and counted in the last two weeks; changes only when that does.

    ``readings``: (provider, window) -> groups of readings of one window each, oldest first. ``blocks``: provider ->
    (begin, new tokens) of each estimated block. ``leaders``: provider -> the project that used most this week, and
    its part (0..1) of the new tokens.
    """

    readings: Mapping[tuple[str, str], tuple[tuple[Quota, ...], ...]] = msgspec.field(default_factory=dict)
    blocks: Mapping[str, tuple[tuple[int, int], ...]] = msgspec.field(default_factory=dict)
    leaders: Mapping[str, tuple[str, float]] = msgspec.field(default_factory=dict)


def history(queries: Queries, now: int, planned: Iterable[str]) -> History:
    """``planned``: agents whose use a plan covers; only theirs is limited. Raises a :class:`LedgerError`."""
    found = queries.quota_readings(now - HISTORY_MS)
    grouped = {
        key: tuple(_windows(list(readings)))
        for key, readings in groupby(found, key=lambda each: (each.provider, each.window))
    }
    in_plan = set(planned)
    blocks: dict[str, tuple[tuple[int, int], ...]] = {}
    leaders: dict[str, tuple[str, float]] = {}
    for provider, agents in AGENTS.items():
        known = any(key[0] == provider for key in grouped)
        if not known and not in_plan.intersection(agents):
            continue
        if not known:
            blocks[provider] = _blocks(queries, agents, now)
        leader = _leader(queries, agents, _week_start(grouped, provider, now), now)
        if leader is not None:
            leaders[provider] = leader
    return History(grouped, blocks, leaders)


def limits(latest: Sequence[Quota], kept: History, now: int) -> tuple[LimitWindow, ...]:
    """Every window that is known, shortest first within its provider. ``latest`` are the newest readings."""
    found = [_window(quota, kept, now) for quota in latest]
    found += [_block(provider, blocks, kept, now) for provider, blocks in kept.blocks.items()]
    shown = [window for window in found if window is not None]
    return tuple(
        sorted(shown, key=lambda each: (each.provider, each.estimated, window_ms(each.window) or 0, each.window))
    )


def current(latest: Sequence[Quota], now: int) -> tuple[Quota, ...]:
    """The readings that still hold: their window has not reset since."""
    return tuple(quota for quota in latest if _end(quota) is None or (_end(quota) or 0) > now)


def _end(quota: Quota) -> int | None:
    """When the reading stops to hold. One that tells no reset holds no longer than its window is long."""
    if quota.resets_at is not None:
        return quota.resets_at
    length = window_ms(quota.window)
    return None if length is None else quota.as_of + length


def _windows(readings: Sequence[Quota]) -> Iterable[tuple[Quota, ...]]:
    """Readings of one limit, oldest first, divided where another window began."""
    begun: list[Quota] = []
    for reading in readings:
        if begun and _another(begun[-1], reading):
            yield tuple(begun)
            begun = []
        begun.append(reading)
    if begun:
        yield tuple(begun)


def _another(before: Quota, after: Quota) -> bool:
    length = window_ms(before.window) or _HOUR_MS
    if before.resets_at is None or after.resets_at is None:
        end = _end(before)
        return after.used_percent < before.used_percent or (end is not None and after.as_of >= end)
    return abs(after.resets_at - before.resets_at) > length * _JITTER or after.as_of >= before.resets_at


def _window(quota: Quota, kept: History, now: int) -> LimitWindow | None:
    groups = kept.readings.get((quota.provider, quota.window), ())
    end, length = _end(quota), window_ms(quota.window)
    if end is not None and end <= now:
        if now - end > _REMEMBERED_MS:
            return None
        return LimitWindow(
            quota.provider, quota.plan, quota.window, None, end, quota.as_of,
            past=_past(groups, quota), identity=_identity(quota, groups), leader=kept.leaders.get(quota.provider),
        )  # fmt: skip
    own = groups[-1] if groups and not _another(groups[-1][-1], quota) else ()
    course = tuple((each.as_of, each.used_percent) for each in own if each.as_of < quota.as_of)
    window = LimitWindow(
        provider=quota.provider,
        plan=quota.plan,
        window=quota.window,
        used_percent=quota.used_percent,
        resets_at=quota.resets_at,
        as_of=quota.as_of,
        identity=_identity(quota, groups),
        course=(*_thinned(course), (quota.as_of, quota.used_percent)),
        past=_past(groups[:-1] if own else groups, None),
        leader=kept.leaders.get(quota.provider),
    )
    if quota.resets_at is None or length is None or not 0 < quota.resets_at - now <= length:
        return window
    started = quota.resets_at - length
    elapsed = (now - started) / length
    if elapsed < _HIDDEN:
        return replace(window, started_at=started)
    pace = quota.used_percent - elapsed * 100
    return replace(
        window,
        started_at=started,
        pace_points=pace,
        lasts=pace <= 0,
        runs_out_at=_runs_out(quota, started, elapsed, pace, now),
    )


def _runs_out(quota: Quota, started: int, elapsed: float, pace: float, now: int) -> int | None:
    """When it is used up at the average of this window so far, if that is clearly before the reset."""
    used = quota.used_percent
    if pace <= _MARGIN or not 0 < used < 100:
        return None
    out = started + int((now - started) * 100 / used)
    return out if quota.resets_at is not None and now <= out < quota.resets_at else None


def _identity(quota: Quota, groups: Sequence[tuple[Quota, ...]]) -> str:
    """The same for all readings of one window: its first known reset, to ten minutes."""
    own = groups[-1][0] if groups and not _another(groups[-1][-1], quota) else quota
    end = _end(own) or own.as_of
    return str((end + 300_000) // 600_000)


def _past(groups: Sequence[tuple[Quota, ...]], last: Quota | None) -> tuple[PastWindow, ...]:
    """Windows that are over, oldest first, with the most that was read of each."""
    over = []
    for group in groups[-_MOST_PAST:]:
        end = _end(group[-1])
        peak = max(each.used_percent for each in group)
        over.append(PastWindow(end if end is not None else group[-1].as_of, peak, _identity(group[-1], (group,))))
    if last is not None and not groups:
        over.append(PastWindow(_end(last) or last.as_of, last.used_percent, _identity(last, ())))
    return tuple(over)


def _thinned(course: tuple[tuple[int, float], ...]) -> tuple[tuple[int, float], ...]:
    step = -(-len(course) // _MOST_COURSE)
    return course[::step] if step > 1 else course


def _blocks(queries: Queries, agents: Sequence[str], now: int) -> tuple[tuple[int, int], ...]:
    """Blocks of five hours: each begins at the full UTC hour of the first response after the one before ended.

    An approximation of what providers do, from what their plans' users observed.
    """
    sums = queries.sums((now - HISTORY_MS) // _HOUR_MS * _HOUR_MS, None, slots=True, agents=agents)
    blocks: list[list[int]] = []
    for entry in sorted(sums, key=lambda each: each.slot):
        if entry.slot > now:
            break
        if not blocks or entry.slot >= blocks[-1][0] + BLOCK_MS:
            blocks.append([entry.slot // _HOUR_MS * _HOUR_MS, 0])
        blocks[-1][1] += entry.tokens.new
    return tuple((begin, tokens) for begin, tokens in blocks)


def _block(provider: str, blocks: Sequence[tuple[int, int]], kept: History, now: int) -> LimitWindow | None:
    if not blocks:
        return None
    begin, tokens = blocks[-1]
    running = begin <= now < begin + BLOCK_MS
    before = blocks[:-1] if running else blocks
    return LimitWindow(
        provider=provider,
        plan="",
        window=BLOCK,
        used_percent=None,
        resets_at=begin + BLOCK_MS if running else None,
        as_of=now,
        started_at=begin if running else None,
        identity=str(begin // 600_000),
        estimated=True,
        tokens=tokens if running else 0,
        past=tuple(PastWindow(start + BLOCK_MS, float(count), str(start // 600_000)) for start, count in before),
        leader=kept.leaders.get(provider),
    )


def _week_start(grouped: Mapping[tuple[str, str], Sequence[Sequence[Quota]]], provider: str, now: int) -> int:
    """Where the running week began, or seven days ago."""
    groups = grouped.get((provider, "7d"))
    end = _end(groups[-1][-1]) if groups else None
    return end - 7 * DAY_MS if end is not None and end > now else now - 7 * DAY_MS


def _leader(queries: Queries, agents: Sequence[str], since: int, now: int) -> tuple[str, float] | None:
    sums = queries.sums(since // 900_000 * 900_000, None, by=("project",), agents=agents)
    total = sum(entry.tokens.new for entry in sums)
    if not total:
        return None
    most = max(sums, key=lambda entry: (entry.tokens.new, entry.group))
    return most.group[0], most.tokens.new / total
