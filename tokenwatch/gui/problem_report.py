"""Problem report: a text about this installation that a person reads whole, changes, and sends or keeps to himself.

Owns what stands in it and what is made unknowable. Does not own showing it (text_dialog.py). Sends nothing. It holds
versions, states, sentences of health and counts; no project, no prompt, no amount of money, and of a path at most
that it is in the home directory. It is in English, for those who mend the program.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tokenwatch import __version__
from tokenwatch.base.clock import iso
from tokenwatch.base.format import byte_size
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.text import plain

_SHOWN: Final = (
    "notifications", "theme", "icon", "count_cache_reads", "text_size", "rows", "patterns", "language",
    "screen_sharing", "check_bills", "show_doing", "alerts_off", "month_start", "own_cpu_percent", "update_prices",
    "update_rates", "wsl", "agents_off", "digit", "log_detail", "keep_months", "motion", "global_shortcut",
)  # fmt: skip
"""Settings whose values tell nothing about a person; of others only that they are set."""
_DESKTOP: Final = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM", "LANG")
_START: Final = re.compile(r"(?<![\w.])(?:~|[A-Za-z]:)?[/\\](?=\S)")
_SENTENCE: Final = re.compile(r"(?<=[.!?。]) +|(?<=。)")
_SHORT: Final = 3
"""Names of fewer letters are parts of other words."""


def problem_report(
    snapshot: Snapshot | None,
    settings: Settings,
    home: Path,
    environment: Mapping[str, str],
    *,
    qt: str,
    screens: Sequence[tuple[int, int, float]] = (),
) -> str:
    """The text. ``screens``: width, height and scale of each; ``snapshot`` None: nothing was read yet."""
    lines = [
        "# TokenWatch: report of a problem",
        "# What did you do, what did you expect, and what came instead? Write it here:",
        "",
        "",
        "# Versions",
        f"TokenWatch {__version__}{' (packaged program)' if getattr(sys, 'frozen', False) else ''}",
        f"Python {platform.python_version()}, Qt {qt}",
        platform.platform(),
        *(f"{name}={plain(environment[name], 60)}" for name in _DESKTOP if environment.get(name)),
        *(f"Screen {width}x{height} at {ratio:.0%}" for width, height, ratio in screens),
        "",
        "# Settings that differ from the defaults",
        *_changed(settings),
    ]
    if snapshot is not None:
        lines += ["", *_state(snapshot, home)]
    return "\n".join(lines) + "\n"


def masked(text: str, home: Path, names: Iterable[str] = ()) -> str:
    """``text`` without paths and ``names``: of a path in the home directory only ~/… is left, of another one …

    A path may hold spaces, so everything from its begin to the last stroke of the sentence goes, with that word.
    """
    sentences: list[str] = []
    for sentence in filter(None, _SENTENCE.split(text)):
        left = any("…" in before for before in sentences)
        sentences.append(_without_path(sentence, str(home), left))
    text = " ".join(sentences)
    for name in sorted({*names, home.name}, key=len, reverse=True):
        if len(name) >= _SHORT:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text)
    return text


def _without_path(sentence: str, home: str, begun: bool) -> str:
    """``begun``: a path stands before this, so a stroke within a word goes on with it: names may hold a dot."""
    found = _START.search(sentence)
    first, last = re.search(r"[/\\]", sentence), max(sentence.rfind("/"), sentence.rfind("\\"))
    if first is None:
        return sentence
    start = found.start() if found is not None else len(sentence)
    if begun and first.start() < start:
        start = 0
    elif found is None:
        return sentence
    rest = sentence[last:]
    if sentence.count("'") >= 2 and "'" in rest:  # a command's argument, which may hold spaces
        rest = rest[rest.index("'") :]
    else:
        rest = re.sub(r"^[/\\][^\s'\",;)]*?(?=[.:]?(?:[\s'\",;)]|$))", "", rest)
    place = "~/…" if sentence[start:].startswith((home, "~")) else "…"
    return f"{sentence[:start]}{place}{rest}"


def _changed(settings: Settings) -> list[str]:
    usual = Settings()
    lines = []
    for name in Settings.__struct_fields__:
        value = getattr(settings, name)
        if value != getattr(usual, name):
            lines.append(f"{name} = {value!r}" if name in _SHOWN else f"{name} is set")
    return lines or ["none"]


def _state(snapshot: Snapshot, home: Path) -> list[str]:
    figures, counts, own = snapshot.figures, snapshot.figures.counts, snapshot.own
    names = _names(snapshot)
    lines = [
        "# State",
        f"At {iso(figures.at)}{', paused' if snapshot.paused_since is not None else ''}",
        f"Sessions: {counts.open} open, {counts.working} working, {counts.waiting} waiting, {counts.idle} idle",
        f"Agents with readable logs: {snapshot.sources}",
        f"Models without a price this month: {len(figures.unpriced)}",
        f"Alerts that hold: {', '.join(sorted({alert.rule for alert in snapshot.alerts})) or 'none'}",
    ]
    if own is not None:
        cpu = "" if own.cpu_percent is None else f", {own.cpu_percent:.1f}% of a core"
        files = "" if own.open_files is None else f", {own.open_files} open files"
        lines.append(f"Own use: {byte_size(own.memory)}{cpu}{files}, ledger {byte_size(own.ledger)}")
    lines += ["", "# Health, as doctor says it"]
    for entry in snapshot.health:
        since = f" since {iso(entry.since)}" if entry.since is not None else ""
        why = f": {masked(plain(entry.reason, 600), home, names)}" if entry.reason else ""
        lines.append(f"{masked(plain(entry.part, 40), home, names)} is {entry.state.value}{since}{why}")
    return lines


def _names(snapshot: Snapshot) -> set[str]:
    """What sessions and projects are called."""
    figures = snapshot.figures
    last = (figures.last_session,) if figures.last_session is not None else ()
    found = {lane.project for lane in figures.lanes}
    for session in (*figures.sessions, *figures.ended, *last):
        found |= {session.project, session.session}
    found |= {budget.project for budget in figures.budgets}
    return {part for name in found for part in (name, Path(name).name) if part not in ("", "unknown")}
