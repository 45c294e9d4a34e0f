"""Words for limits: how a window is called, whether it lasts, when it resets, and what the pace means.

Owns these sentences. Does not own what they are about (insight/limits.py) or painting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from tokenwatch.base.format import duration, percent, tokens
from tokenwatch.base.limits import LimitWindow, window_ms, window_words
from tokenwatch.base.text import plain, project_name
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import Mark

_HOUR_MS: Final = 3_600_000
_DAY_MS: Final = 24 * _HOUR_MS
_ON_PACE: Final = 1.5
"""Points beside an even pace that are not worth a word."""
_NEARLY: Final = 80.0
_STALE_MS: Final = _HOUR_MS
"""A reading older than this says when it is from."""

_FEW_FACTS: Final = 2


def window_title(window: LimitWindow) -> str:
    """5-hour window, Week, 5-hour block"""
    words = plain(window_words(window.window), 20)
    if window.estimated:
        return tr("{words} block", words=words)
    title = words if window.window == "7d" else tr("{words} window", words=words)
    return title[:1].upper() + title[1:]


def used_words(window: LimitWindow, look: Look) -> str:
    """74%, or an estimated block's tokens, or a dash for what is not known."""
    if window.estimated:
        return tokens(window.tokens or 0, look.numerals)
    return "—" if window.used_percent is None else percent(window.used_percent / 100)


def pace_words(window: LimitWindow, now: int, look: Look) -> tuple[str, bool]:
    """27 points ahead; 2 points in hand, lasts until reset. And whether that is a warning."""
    if window.estimated:
        most = max((past.peak for past in window.past), default=0)
        words = tr("new tokens, an estimate from own counts")
        return (
            tr("{words}; the largest had {tokens}", words=words, tokens=tokens(int(most), look.numerals))
            if most
            else words
        ), False
    if window.used_percent is None:
        return tr("has reset, not read since"), False
    if window.used_percent >= 100:
        words, warns = tr("used up"), True
    elif window.pace_points is None:
        words, warns = "", False
    else:
        points, warns = window.pace_points, window.runs_out_at is not None
        words = (
            tr("on pace")
            if abs(points) < _ON_PACE
            else f"{_points(abs(points))} {tr('ahead') if points > 0 else tr('in hand')}"
        )
        if window.lasts:
            words += tr(", lasts until reset")
    if now - window.as_of > _STALE_MS:
        words = ", ".join(filter(None, (words, tr("as of {when}", when=look.when(window.as_of, now)))))
    return words, warns


def reset_words(window: LimitWindow, now: int, look: Look) -> str:
    """resets Mon 08:15, in 3d 18h"""
    if window.resets_at is None:
        return "" if not window.estimated else tr("none is running")
    left = window.resets_at - now
    at = look.clock(window.resets_at) if abs(left) < 12 * _HOUR_MS else look.weekday_and_clock(window.resets_at)
    if left <= 0:
        return tr("reset {at}, {duration} ago", at=at, duration=duration(-left / 1000))
    return tr(
        "{value} {at}, in {duration}",
        value=tr("ends about") if window.estimated else tr("resets"),
        at=at,
        duration=duration(left / 1000),
    )


def out_words(at: int, now: int, look: Look) -> str:
    """~16:40 or Fri ~18:00: an estimate, so to ten minutes when it is soon and else to the hour."""
    soon = at - now < 12 * _HOUR_MS
    step = _HOUR_MS // (6 if soon else 1)
    beside_utc = look.moment(at).utcoffset() or timedelta()
    beside = int(beside_utc.total_seconds() * 1000)
    rounded = (at + beside + step // 2) // step * step - beside
    return f"~{look.clock(rounded)}" if soon else look.weekday_and_clock(rounded).replace(" ", " ~", 1)


def verdict(windows: tuple[LimitWindow, ...], now: int, look: Look) -> tuple[str, bool]:
    """What to know of a provider's windows together: the first that runs out, or that all last."""
    out = [window for window in windows if window.runs_out_at is not None]
    if out:
        first = min(out, key=lambda window: window.runs_out_at or 0)
        at, resets = first.runs_out_at or 0, first.resets_at or 0
        return tr(
            "Runs out {out_words}, {duration} before reset",
            out_words=out_words(at, now, look),
            duration=duration((resets - at) / 1000),
        ), True
    if any(window.used_percent is not None and window.used_percent >= 100 for window in windows):
        return tr("Used up"), True
    known = [window for window in windows if window.pace_points is not None]
    return (tr("Lasts until reset"), False) if known and all(window.lasts for window in known) else ("", False)


def limit_badge(windows: Sequence[LimitWindow]) -> tuple[str, Mark]:
    """For the navigation: how much of the limit that runs out or is nearly used up, if one is."""
    found = [each for each in windows if each.runs_out_at is not None or (each.used_percent or 0) >= _NEARLY]
    if not found:
        return "", ""
    return percent(max(window.used_percent or 0 for window in found) / 100), "waiting"


def pace_facts(windows: tuple[LimitWindow, ...], now: int, look: Look) -> tuple[tuple[str, str], ...]:
    """(figure, what it is) for the column "At this pace"."""
    facts: list[tuple[str, str]] = []
    week = max(windows, key=lambda window: window_ms(window.window) or 0)
    facts += _rates(week, now, look)
    short = min(windows, key=lambda window: window_ms(window.window) or _DAY_MS * 400)
    if not short.estimated and len(short.past) >= 2:
        full = sum(past.peak >= 99.5 for past in short.past)
        if full or len(facts) < _FEW_FACTS:  # none of them says little where there is more to say
            facts.append((tr("{full} of {len} windows", full=full, len=len(short.past)), tr("used up in two weeks")))
    if week.leader is not None:
        project, part = week.leader
        facts.append((f"{project_name(project)} {percent(part)}", tr("of this week’s new tokens")))
    return tuple(facts)


def _rates(week: LimitWindow, now: int, look: Look) -> list[tuple[str, str]]:
    used, started, resets = week.used_percent, week.started_at, week.resets_at
    if used is None or started is None or resets is None or week.pace_points is None or now <= started:
        return []
    an_hour = used / ((now - started) / _HOUR_MS)
    since = look.clock(started) if now - started < 12 * _HOUR_MS else look.weekday_and_clock(started)
    if week.lasts:
        at_end = used * (resets - started) / (now - started)
        return [
            (
                tr(
                    "{percent} by {weekday_and_clock}",
                    percent=percent(at_end / 100),
                    weekday_and_clock=look.weekday_and_clock(resets),
                ),
                tr("if it goes on like this"),
            )
        ]
    left = max(0.0, 100 - used) / ((resets - now) / _HOUR_MS)
    return [
        (tr("{an_hour}% an hour", an_hour=_hundredths(an_hour, look)), tr("average since {since}", since=since)),
        (tr("{left}% an hour", left=_hundredths(left, look)), tr("would last until the reset")),
    ]


def _hundredths(percent: float, look: Look) -> str:
    return f"{percent:.2f}".replace(".", look.numerals.decimal)


def _points(points: float) -> str:
    whole = round(points)
    return tr("1 point") if whole == 1 else tr("{whole} points", whole=whole)
