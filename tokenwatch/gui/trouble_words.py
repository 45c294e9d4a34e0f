"""Trouble words: what the window's notice says of parts that cannot work, or only in part.

Owns title and sentence. Does not own the reasons, which come with health, or the notice (widgets/notice.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.health import Health
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.words import OWN_PARTS

_JUST_BEFORE_MS: Final = 5 * 60_000
_TROUBLES: Final = {
    "ledger": mark("The ledger cannot be used"),
    "tray": mark("The tray icon cannot be shown"),
    "notifications": mark("Notifications cannot be shown"),
    "settings": mark("The settings cannot be used"),
    "pricing": mark("The price table cannot be used"),
    "watcher": mark("Changes are noticed late"),
}
_WARNINGS: Final = {
    "ledger": mark("The ledger works only in part"),
    "tray": mark("There is no place for the tray icon"),
    "notifications": mark("Notifications cannot be shown"),
    "settings": mark("The settings file has a mistake"),
    "pricing": mark("Some use has no price"),
}


def warning_title(part: str) -> str:
    return tr(_WARNINGS.get(part, mark("A part of TokenWatch works only in part")))


def trouble_words(found: tuple[Health, ...], snapshot: Snapshot, look: Look) -> tuple[str, str]:
    """Title and text for what cannot work: the first of ``found`` at length, the others by name."""
    first = found[0]
    own = first.part in OWN_PARTS
    if own:
        title = tr(_TROUBLES[first.part]) if first.part in _TROUBLES else ""
    else:
        title = tr("{agent_name}’s logs cannot be read", agent_name=look.agent_name(first.part))
    when = look.when(first.since, snapshot.figures.at) if first.since is not None else ""
    more = tr(" Since {when}.", when=when) if when else ""
    others = ", ".join(look.agent_name(entry.part) for entry in found[1:] if entry.part not in OWN_PARTS)
    if others:
        more += tr(" Also: {plain}.", plain=plain(others, 100))
    elif not own and snapshot.sources:
        fine = snapshot.sources
        more += (
            tr(" The other source is fine.") if fine == 1 else tr(" The other {count} sources are fine.", count=fine)
        )
    # Where sessions are listed, they have a row of their own there (widgets/lost_agents.py).
    listed = own or bool(snapshot.figures.sessions)
    projects = () if listed else tuple(dict.fromkeys(last_seen(first, snapshot)))
    if projects:
        more += tr(" Last seen: {projects}.", projects=plain(", ".join(projects), 120))
    return title or tr("A part of TokenWatch cannot work"), f"{plain(first.reason, 300)}{more}"


def last_seen(lost: Health, snapshot: Snapshot) -> tuple[str, ...]:
    """The project of each session in which that agent was at work when it was lost."""
    if lost.since is None:
        return ()
    found: list[str] = []
    for lane in snapshot.figures.lanes:
        last = max((end for _, end in (*lane.busy, *lane.waiting)), default=0)
        if lane.agent == lost.part and last >= lost.since - _JUST_BEFORE_MS:
            found.append(plain(lane.project, 40))
    return tuple(found)
