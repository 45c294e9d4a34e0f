"""Status lines: what Claude Code told its status line, as the bridge keeps it, made into readings of limits.

Owns reading and checking those files, and which of several sessions' readings holds. Does not own the bridge (system)
or the ledger. The files are ours, but what stands in them came from an agent: numbers out of range are left out.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from tokenwatch.base.limits import Quota, window_ms
from tokenwatch.base.text import plain

PROVIDER: Final = "anthropic"
AGENT: Final = "claude-code"
_WINDOWS: Final = {"five_hour": "5h", "seven_day": "7d"}
_LARGEST: Final = 64 * 1024
_MOST_FILES: Final = 500
_FORGOTTEN_MS: Final = 8 * 86_400_000
_MOST_TOKENS: Final = 10**9


class StatusLine(msgspec.Struct, frozen=True):
    """One session's figures as of ``at`` (milliseconds). None is not known."""

    session: str
    at: int
    quotas: tuple[Quota, ...] = ()
    context_tokens: int | None = None
    context_window: int | None = None


def read_status_lines(folder: Path, now: int) -> tuple[StatusLine, ...]:
    """Every session's figures, latest first. Files of sessions long ago are removed. Never raises."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".json")[:_MOST_FILES]
    except OSError:
        return ()
    found = []
    for path in paths:
        line = _read(path, now)
        if line is not None and now - line.at > _FORGOTTEN_MS:
            path.unlink(missing_ok=True)
        elif line is not None:
            found.append(line)
    return tuple(sorted(found, key=lambda line: (-line.at, line.session)))


def quotas_of(lines: Iterable[StatusLine]) -> tuple[Quota, ...]:
    """One reading for each window: of the latest window, from the session that has seen most of it.

    A session that idles shows the limits of its last response again and again; use within a window only grows.
    """
    best: dict[str, Quota] = {}
    for line in lines:
        for quota in line.quotas:
            known = best.get(quota.window)
            if known is None or _rank(quota) > _rank(known):
                best[quota.window] = quota
    return tuple(best[window] for window in sorted(best))


def _rank(quota: Quota) -> tuple[int, float, int]:
    # Resets that differ by seconds are of one window.
    length = window_ms(quota.window) or 1
    return (quota.resets_at or 0) // (length // 20), quota.used_percent, -quota.as_of


def _read(path: Path, now: int) -> StatusLine | None:
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(number, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            told = json.loads(file.read(_LARGEST))
        session, at, limits_at = told["session"], told["at"], told["limits_at"]
        if not isinstance(session, str) or type(at) is not int or type(limits_at) is not int or at > now + 60_000:
            return None
        limits, context = told.get("rate_limits") or {}, told.get("context_window") or {}
        quotas = tuple(
            filter(None, (_quota(limits.get(name), window, limits_at) for name, window in _WINDOWS.items()))
        )
        return StatusLine(
            plain(session, 64), at, quotas, _context_tokens(context), _count(context.get("context_window_size"))
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _quota(told: Any, window: str, at: int) -> Quota | None:
    if not isinstance(told, dict):
        return None
    used, resets = told.get("used_percentage"), told.get("resets_at")
    if isinstance(used, bool) or not isinstance(used, int | float) or not 0 <= used <= 1000:
        return None
    length = window_ms(window) or 0
    resets_at = (
        int(resets) * 1000 if type(resets) in (int, float) and resets is not None and 0 < resets < 1e11 else None
    )
    if resets_at is not None and not at - length <= resets_at <= at + 2 * length:
        resets_at = None
    return Quota(PROVIDER, "", window, float(used), resets_at, at)


def _context_tokens(context: Any) -> int | None:
    """What the model was last given."""
    usage = context.get("current_usage")
    if not isinstance(usage, dict):
        return None
    parts = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    counts = [_count(usage.get(part)) for part in parts]
    return None if all(count is None for count in counts) else sum(count or 0 for count in counts)


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= _MOST_TOKENS else None
