"""Limits: what a provider allows a plan.

Owns the value of one reading, and the names of windows. Does not own where a reading comes from (readers) or what
follows from it.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from tokenwatch.base.translation import mark, tr

_MINUTE_MS: Final = 60_000
_MINUTES: Final = {"m": 1, "h": 60, "d": 24 * 60}
_WORDS: Final = {"m": mark("{count}-minute"), "h": mark("{count}-hour"), "d": mark("{count}-day")}
_NAME: Final = re.compile(r"(\d{1,5})([mhd])")


class Quota(msgspec.Struct, frozen=True):
    """A limit that a provider sets, as an agent's log reports it.

    ``window`` names its length: ``5h``, ``7d``. Times are milliseconds since 1970 UTC.
    """

    provider: str
    plan: str
    window: str
    used_percent: float
    resets_at: int | None
    as_of: int


class PastWindow(msgspec.Struct, frozen=True):
    """A window that is over: when it ended (milliseconds), and the most that was read of it in percent.

    Of an estimated block the new tokens instead.
    """

    ended_at: int
    peak: float
    identity: str = ""


class LimitWindow(msgspec.Struct, frozen=True):
    """One window of a provider's limit as it stands now. Times are milliseconds since 1970 UTC."""

    provider: str
    plan: str
    window: str
    """The name of its length, as :func:`window_name` gives it."""
    used_percent: float | None
    """None: not known, because it has reset since, or because it is estimated."""
    resets_at: int | None
    as_of: int
    started_at: int | None = None
    identity: str = ""
    """The same as long as the window lasts, another for the next one."""
    pace_points: float | None = None
    """Used % minus elapsed %. None in the first 3 % of a window, or if its bounds are not known."""
    lasts: bool = False
    """Whether it lasts until the reset at the average of this window so far."""
    runs_out_at: int | None = None
    """When it is used up at that average, if that is clearly before the reset."""
    course: tuple[tuple[int, float], ...] = ()
    """(time, used percent) of the readings of this window, oldest first."""
    past: tuple[PastWindow, ...] = ()
    """The windows of the last two weeks that are over, oldest first."""
    estimated: bool = False
    """A block of five hours from own counts; no provider said anything."""
    tokens: int | None = None
    """New tokens counted in an estimated block."""
    leader: tuple[str, float] | None = None
    """The project (as the log has it) that used most of the provider's tokens this week, and its part, 0..1."""


def window_name(minutes: int) -> str:
    """How a window of this length is called in data: 5h, 7d, 90m."""
    if minutes % _MINUTES["d"] == 0:
        return f"{minutes // _MINUTES['d']}d"
    return f"{minutes // _MINUTES['h']}h" if minutes % _MINUTES["h"] == 0 else f"{minutes}m"


def window_ms(window: str) -> int | None:
    """The length of a window by its name, None if the name does not tell."""
    found = _NAME.fullmatch(window)
    return int(found[1]) * _MINUTES[found[2]] * _MINUTE_MS or None if found else None


def window_words(window: str) -> str:
    """The name for people: 5-hour, week. One that does not tell a length stays as it is."""
    found = _NAME.fullmatch(window)
    if window == "7d":
        return tr("week")
    return tr(_WORDS[found[2]], count=int(found[1])) if found else window
