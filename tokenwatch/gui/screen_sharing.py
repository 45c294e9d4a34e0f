"""Screen sharing: a snapshot without names and amounts of money, for as long as others see the screen.

Owns what is left out. Does not own when (a setting, switched in one click), nor how money looks then, which is
``Numerals.hidden``. Counts, states, rates and percentages stay.
"""

from __future__ import annotations

from msgspec.structs import replace

from tokenwatch.base.session import Session
from tokenwatch.base.snapshot import Alert, Lane, Snapshot
from tokenwatch.base.translation import tr


def hide(snapshot: Snapshot) -> Snapshot:
    """The snapshot with projects, directories, branches and what agents ask or do left out of every text."""
    figures = snapshot.figures
    names: dict[tuple[str, str], str] = {}
    for session in figures.sessions:
        names.setdefault(session.key, tr("Project {number}", number=len(names) + 1))
    last = figures.last_session
    shown = replace(
        figures,
        sessions=tuple(_session(one, names[one.key]) for one in figures.sessions),
        lanes=tuple(_lane(lane, names.get((lane.agent, lane.session), tr("Hidden"))) for lane in figures.lanes),
        last_session=_session(last, tr("Hidden")) if last is not None else None,
        ended=tuple(_session(one, tr("Hidden")) for one in figures.ended),
    )
    return replace(
        snapshot,
        figures=shown,
        alerts=tuple(map(_alert, snapshot.alerts)),
        new_alerts=tuple(map(_alert, snapshot.new_alerts)),
        past_alerts=tuple(replace(past, alert=_alert(past.alert)) for past in snapshot.past_alerts),
        hidden=True,
    )


def _session(session: Session, name: str) -> Session:
    subs = tuple(
        replace(sub, name="", kind="", doing=replace(sub.doing, target="") if sub.doing is not None else None)
        for sub in session.sub_agents
    )
    doing = replace(session.doing, target="") if session.doing is not None else None
    return replace(
        session, project=name, cwd="", branch="", log="", waiting_for="", doing=doing, sub_agents=subs,
        finished_sub_agents=tuple(replace(sub, name="", kind="") for sub in session.finished_sub_agents),
    )  # fmt: skip


def _lane(lane: Lane, name: str) -> Lane:
    return replace(lane, project=name)


def _alert(alert: Alert) -> Alert:
    return replace(alert, title=tr("An alert, hidden while you share the screen"), body="")
