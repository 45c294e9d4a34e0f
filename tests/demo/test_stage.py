"""The demo's hour: always the same, through the real core, with everything in it that newcomers shall see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tokenwatch.base.health import HealthState
from tokenwatch.base.snapshot import Snapshot, State
from tokenwatch.demo import history, story
from tokenwatch.demo.made_up_log import AGENTS, log_path
from tokenwatch.demo.stage import Stage

MINUTE = 60_000


def played(folder: Path, until: int = story.NOW) -> tuple[Stage, list[Snapshot]]:
    stage = Stage(folder)
    stage.open()
    seen = [stage.snapshot()]
    while stage.clock.now() < until:
        stage.advance(60)
        seen.append(stage.snapshot())
    return stage, seen


@pytest.fixture(scope="module")
def hour(tmp_path_factory) -> list[Snapshot]:
    stage, seen = played(tmp_path_factory.mktemp("hour"))
    stage.close()
    return seen


def test_the_hour_is_the_same_every_time(tmp_path: Path, hour: list[Snapshot]) -> None:
    stage, again = played(tmp_path)
    stage.close()
    assert again[-1].figures == hour[-1].figures
    assert again[-1].alerts == hour[-1].alerts


def test_at_the_end_three_work_one_waits_and_one_rests(hour: list[Snapshot]) -> None:
    counts = hour[-1].figures.counts
    assert (counts.open, counts.working, counts.waiting, counts.idle, counts.sub_agents) == (5, 3, 1, 1, 4)
    first = hour[-1].figures.sessions[0]
    assert (first.project, first.state, first.waiting_for) == ("mobile-app", State.WAITING, "db migrate")


def test_agents_come_one_after_the_other(hour: list[Snapshot]) -> None:
    opened = [snapshot.figures.counts.open for snapshot in hour]
    assert opened[0] == 2 and opened[-1] == 5
    assert sorted(opened) == opened


def test_half_the_budget_is_passed_once_within_the_hour(hour: list[Snapshot]) -> None:
    told = [alert for snapshot in hour for alert in snapshot.new_alerts if alert.rule == "budget"]
    assert [alert.title for alert in told] == ["Half the June budget used"]
    assert hour[0].figures.month.spent < history.BUDGET // 2 < hour[-1].figures.month.spent


def test_everything_has_a_price_and_nothing_is_unreadable(hour: list[Snapshot]) -> None:
    assert hour[-1].figures.month.unpriced_requests == 0
    assert {entry.state for entry in hour[-1].health} == {HealthState.FINE}


def test_the_month_adds_up(hour: list[Snapshot]) -> None:
    month = hour[-1].figures.month
    assert month.spent == month.fees + sum(day.metered for day in month.days)
    assert month.fees == history.FEE
    assert month.forecast.p50 is not None


def test_the_days_of_june_cost_what_was_planned(hour: list[Snapshot]) -> None:
    first = hour[-1].figures.month.days[0]
    assert first.metered / 1e9 == pytest.approx(9.4, rel=0.001)


def test_nothing_is_lost_while_paused(tmp_path: Path) -> None:
    stage, _ = played(tmp_path, story.BEGIN)
    stage.core.paused_since = stage.clock.now()
    while stage.clock.now() < story.NOW:
        stage.advance(300)
    before = stage.snapshot().figures.month.tokens
    stage.core.paused_since = None
    stage.catch_up()
    after = stage.snapshot().figures.month.tokens
    stage.close()
    written = sum(record.total for record in story.responses(story.BEGIN, story.NOW))
    assert after - before == written


def test_a_line_that_is_none_is_counted_and_no_more(tmp_path: Path) -> None:
    stage, _ = played(tmp_path, story.BEGIN)
    path = log_path(stage.paths.home, "codex")
    with path.open("ab") as file:
        file.write(b"not a line\n")
    stage.core.hint([path])
    while stage.core.books.pending:
        stage.core.step()
    stage.core.answers.forget()
    health = {entry.part: entry for entry in stage.snapshot().health}
    stage.close()
    assert "1 entry" in health["codex"].reason


def test_quotas_never_pass_their_limit_nor_come_from_the_future() -> None:
    readings = list(history.quotas())
    assert all(0 <= reading.used_percent <= 100 for reading in readings)
    assert max(reading.as_of for reading in readings) == story.NOW
    assert all(reading.resets_at > reading.as_of for reading in readings)
    last = {(reading.provider, reading.window): reading.used_percent for reading in readings}
    assert last == {
        ("anthropic", "5h"): 62.0, ("anthropic", "7d"): 71.0, ("openai", "5h"): 34.0, ("openai", "7d"): 74.0,
    }  # fmt: skip


def test_every_agent_has_its_own_log(tmp_path: Path) -> None:
    stage, _ = played(tmp_path, story.BEGIN)
    stage.close()
    assert all(log_path(tmp_path, agent.id).is_file() for agent in AGENTS)


def test_who_waited_and_worked_is_on_the_lanes(hour: list[Snapshot]) -> None:
    lanes = {lane.session: lane for lane in hour[-1].figures.lanes}
    assert [round((end - begin) / MINUTE) for begin, end in lanes["demo-mobile-app"].waiting] == [4, 4]
    assert len(lanes["demo-site-docs"].busy) == 2


def test_what_agents_do_is_seen(hour: list[Snapshot]) -> None:
    atlas = next(session for session in hour[-1].figures.sessions if session.project == "atlas-api")
    assert atlas.doing is not None and atlas.doing.target == "session.ts"
    assert [sub.doing.target for sub in atlas.sub_agents if sub.doing] == ["routes.py", "pytest", "session.ts"]


def test_coming_back_tells_what_happened(tmp_path: Path) -> None:
    stage, _ = played(tmp_path, story.BEGIN)
    stage.come_back()
    away = stage.snapshot().figures.away
    stage.close()
    assert away is not None and away.working_ms > 0 and away.tokens > 0
