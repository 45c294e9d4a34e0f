"""The engine: what its threads make of events, commands, settings, clocks and parts that fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.engine.conftest import (
    DOLLAR,
    FIXTURES,
    NOW,
    PATIENCE,
    RECORDED,
    TOY,
    Desk,
    Hurry,
    Listener,
    MovableClock,
    Running,
    Start,
    ToyReader,
    health_of,
)
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot, State
from tokenwatch.collect.watcher import Watcher
from tokenwatch.engine import engine as engine_module
from tokenwatch.engine import schedule
from tokenwatch.engine.engine import Engine
from tokenwatch.engine.hints import Hints
from tokenwatch.engine.schedule import BEAT_HIDDEN, BEAT_VISIBLE, CALM_SCAN_SECONDS, SCAN_SECONDS

# The library warns when a folder is made while it looks for folders.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")


class Blind(Watcher):
    """Events that are lost without a sign."""

    def watch(self, roots: Any, folders: object = ()) -> None:
        pass


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "Watcher", Blind)


def tokens(snapshot: Snapshot) -> int:
    return snapshot.figures.month.tokens if snapshot.figures.month else 0


def levels(snapshot: Snapshot) -> list[str]:
    return [alert.key.rsplit("/", 1)[-1] for alert in snapshot.alerts]


# Starting and reading on


THIS_MONTH = 1_793_491_200_000
"""2026-11-01, in which the recordings were made."""


def test_recorded_logs_come_to_what_the_agents_billed(agents_home: Paths, start: Start) -> None:
    expected = [
        sum(record["tokens"])
        for agent in ("claude-code", "codex")
        for found in sorted(FIXTURES.glob(f"{agent}/*/expected.json"))
        for record in json.loads(found.read_text(encoding="utf-8"))
        if record["time"] >= THIS_MONTH
    ]
    running = start(Engine(agents_home, MovableClock(), Settings(timezone="UTC")))
    running.until_tokens(sum(expected))
    assert running.engine.latest() is not None


def test_the_figures_of_last_time_come_first(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    desk.opened().close()
    desk.use(2, 20)
    running = start()
    running.until_tokens(30)
    assert tokens(running.said.seen[0]) == 10


def test_an_appended_line_reaches_the_next_snapshot(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    running = start()
    running.until_read()
    for number in range(2, 5):
        desk.use(number, 10)
        running.until_tokens(10 * number)


def test_a_new_file_in_a_new_folder_is_noticed(desk: Desk, start: Start) -> None:
    running = start()
    running.until_read()
    desk.use(1, 10, log="2026/11/23/new")
    running.until_tokens(10)


def test_an_agent_that_is_installed_later_is_noticed(desk: Desk, start: Start) -> None:
    desk.log().parent.rmdir()
    running = start()
    running.until_read()
    desk.use(1, 10)
    snapshot = running.until_tokens(10)
    assert snapshot.sources == 1


def test_events_that_are_lost_among_others_are_made_up_for_within_a_minute(
    desk: Desk, start: Start, hurry: Hurry, blind: None
) -> None:
    desk.use(1, 10)
    running = start()
    running.until_read()
    desk.use(2, 20)
    running.engine._path_changed(Path("/one/of/many"))
    assert tokens(running.nudge()) == 10
    hurry(running, SCAN_SECONDS)
    running.until_tokens(30)


def test_while_somebody_is_at_work_everything_is_looked_at_each_minute(
    desk: Desk, start: Start, hurry: Hurry, blind: None
) -> None:
    desk.write({"turn": "prompt", "s": "s1", "t": NOW}, {"id": 1, "t": NOW, "out": 10})
    running = start()
    running.until(lambda one: one.figures.counts.working == 1)
    running.until_tokens(10)
    desk.use(2, 20)
    hurry(running, SCAN_SECONDS)
    running.until_tokens(30)


def test_without_any_sign_of_life_everything_is_looked_at_within_five_minutes(
    desk: Desk, start: Start, hurry: Hurry, blind: None
) -> None:
    desk.use(1, 10, ago=3600)
    running = start()
    running.until_read()
    desk.use(2, 20)
    hurry(running, CALM_SCAN_SECONDS - SCAN_SECONDS)
    assert tokens(running.nudge()) == 10
    hurry(running, SCAN_SECONDS)
    running.until_tokens(30)


def test_with_only_the_icon_to_show_them_lines_are_read_together(
    desk: Desk, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, hidden = Hints.take, engine_module.GAP_HIDDEN
    # Only reading waits so long, not showing what was read.
    monkeypatch.setattr(Hints, "take", lambda self, now, gap: take(self, now, 1000.0 if gap == hidden else gap))
    desk.use(1, 10, ago=3600)  # a file that appears is told of twice: that it is there, and that it grew
    running = start()
    running.until_read()
    desk.use(2, 10)  # the first at once
    running.until_tokens(20)
    desk.use(3, 10)
    desk.use(4, 10)
    running.engine.set_visible(True)  # and all that waits when somebody looks
    running.until_tokens(40)
    seen = [tokens(one) for one in running.said.seen]
    assert 30 not in seen


def test_a_refresh_looks_at_everything_now(desk: Desk, start: Start, blind: None) -> None:
    running = start()
    running.until_read()
    desk.use(1, 10)
    running.engine.refresh()
    running.until_tokens(10)


def test_folders_that_cannot_be_watched_are_polled_and_that_is_said(
    desk: Desk, start: Start, hurry: Hurry, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refused(Blind):
        def watch(self, roots: Any, folders: object = ()) -> None:
            self.polling = refused[0]

    refused = ["Logs are looked at every 5 seconds."]
    monkeypatch.setattr(engine_module, "Watcher", Refused)
    running = start()
    running.until_read()
    assert health_of(running.nudge(), "watcher") == Health("watcher", HealthState.DEGRADED, refused[0])
    desk.use(1, 10)
    hurry(running, 5)
    running.until_tokens(10)
    refused[0] = ""
    hurry(running, 5)
    running.until(lambda one: health_of(one, "watcher") == Health("watcher"))


def test_a_log_of_a_live_session_is_a_row_at_once(desk: Desk, start: Start) -> None:
    desk.use(1, 10, ago=3600)
    running = start()
    running.until_read()
    desk.write({"turn": "prompt", "s": "s1", "t": NOW}, {"id": 2, "s": "s1", "t": NOW, "out": 5})
    snapshot = running.until(lambda one: one.figures.counts.working == 1)
    snapshot = running.until_tokens(15) if tokens(snapshot) != 15 else snapshot
    (row,) = snapshot.figures.sessions
    assert (row.session, row.state, row.project, row.tokens.output) == ("s1", State.WORKING, "acme", 15)


def test_what_ran_before_the_start_is_known_from_its_log(desk: Desk, start: Start) -> None:
    desk.write({"turn": "prompt", "s": "s1", "t": NOW - 60_000}, ago=60)
    desk.opened().close()
    start().until(lambda one: one.figures.counts.working == 1)


def test_while_lines_come_the_month_is_asked_for_now_and_then_and_the_rest_goes_on(
    desk: Desk, start: Start, hurry: Hurry, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.use(1, 600)
    running = start()
    running.until_read()
    running.nudge()
    monkeypatch.setattr(engine_module, "ASK_SECONDS", 1000.0)
    hurry.skipped += 1
    desk.use(2, 600)
    running.until_tokens(1200)
    asked = running.engine._core.answers.asked
    for number in range(3, 6):
        desk.use(number, 600)
        rate = 120.0 * number
        snapshot = running.until(lambda one, rate=rate: one.figures.rate.tokens_5m == pytest.approx(rate))
        assert tokens(snapshot) == 1200
    assert running.engine._core.answers.asked == asked
    hurry.skipped += 1000
    desk.use(6, 600)
    running.until_tokens(3600)


def test_the_last_of_many_lines_is_in_the_month_without_anything_more_happening(
    desk: Desk, start: Start, hurry: Hurry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "BEAT_HIDDEN", 1000.0)
    monkeypatch.setattr(schedule, "BEAT_IDLE", 1000.0)
    running = start()
    running.until_read()
    for number in range(1, 30):
        desk.use(number, 10)
    running.until_tokens(290)
    hurry.skipped += 1
    desk.use(30, 10)
    running.until_tokens(300)
    desk.use(31, 10)  # within the time in which the month is not asked for again
    running.until_tokens(310)


# Pause


def test_a_pause_reads_nothing_and_the_end_of_it_everything(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    running = start()
    running.until_read()
    running.engine.pause()
    running.until(lambda one: one.paused_since == NOW)
    desk.use(2, 20)
    running.engine.refresh()
    assert tokens(running.nudge()) == 10
    desk.clock.advance(60)
    running.engine.pause()
    assert running.nudge().paused_since == NOW
    running.engine.resume()
    assert running.until_tokens(30).paused_since is None


def test_the_end_of_a_pause_looks_at_everything(desk: Desk, start: Start, blind: None) -> None:
    running = start()
    running.until_read()
    running.engine.pause()
    running.nudge()
    desk.use(1, 10)
    running.engine.resume()
    running.until_tokens(10)


def test_an_engine_that_is_paused_at_once_reads_nothing(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    engine = desk.engine()
    engine.pause()
    running = start(engine)
    assert (tokens(running.nudge()), running.nudge().paused_since) == (0, NOW)
    engine.resume()
    running.until_tokens(10)


# Settings, reports, months


def test_settings_reach_the_next_snapshot(desk: Desk, start: Start) -> None:
    desk.use(1, 10, ago=3 * 3600)
    running = start()
    running.until_read()
    running.engine.change_settings(Settings(timezone="Pacific/Kiritimati", budget=DOLLAR))
    month = running.nudge().figures.month
    assert month is not None
    assert (month.budget, month.today) == (DOLLAR, date(2026, 11, 24))


def test_reports_of_other_parts_stand_in_the_health(desk: Desk, start: Start) -> None:
    running = start()
    trouble = Health("notifications", HealthState.DEGRADED, "Nobody shows them.")
    running.engine.report(trouble)
    running.until(lambda one: trouble in one.health)
    running.engine.report(Health("notifications"))
    running.until(lambda one: Health("notifications") in one.health)


def answer(future: Future[Month]) -> Month:
    return future.result(PATIENCE)


def test_another_month_is_answered_beside_the_snapshots(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    desk.use(2, 200, ago=40 * 86_400, log="old")
    running = start()
    running.until_tokens(10)
    assert answer(running.engine.month(date(2026, 10, 1))).tokens == 200
    running.engine.change_settings(replace(desk.settings, budget=7 * DOLLAR))
    assert answer(running.engine.month(date(2026, 10, 1))).budget == 7 * DOLLAR
    assert answer(running.engine.month(date(2026, 11, 1))) == running.nudge().figures.month


def test_a_month_of_a_ledger_that_cannot_be_read_is_an_error(desk: Desk, start: Start) -> None:
    desk.paths.ensure(desk.paths.data)
    desk.paths.ledger.mkdir()
    running = start()
    with pytest.raises(LedgerError, match=r"The ledger c.+ be"):
        answer(running.engine.month(date(2026, 10, 1)))


# Clocks


def test_a_jump_of_the_clock_asks_for_a_whole_scan_and_makes_no_rate(desk: Desk, start: Start, blind: None) -> None:
    desk.use(1, 600)
    running = start()
    running.until_read()
    before = running.nudge().figures.rate.tokens_60m
    desk.clock.set(NOW + 3_600_000)
    desk.use(2, 60, ago=3000)
    running.nudge()
    rate = running.until_tokens(660).figures.rate
    assert 0 < rate.tokens_60m < before
    assert rate.tokens_1m < 1


def test_a_clock_that_was_wrong_for_a_while_leaves_the_live_figures_as_they_were(desk: Desk, start: Start) -> None:
    desk.use(1, 600)
    running = start()
    running.until_read()
    before = running.nudge().figures
    desk.clock.set(NOW + 300 * 86_400_000)
    assert running.nudge().figures.rate.tokens_5m == 0
    desk.clock.set(NOW)
    after = running.nudge().figures
    assert after.rate.tokens_5m == pytest.approx(before.rate.tokens_5m)
    assert after.lanes == before.lanes != ()


def test_the_month_turns_while_it_runs(desk: Desk, start: Start, hurry: Hurry) -> None:
    desk.use(1, 10)
    running = start()
    running.until_read()
    desk.clock.advance(8 * 86_400)
    hurry(running, SCAN_SECONDS)
    month = running.until(lambda one: one.figures.month is not None and one.figures.month.label == "2026-12")
    assert tokens(month) == 0


def test_rates_fade_without_any_event(desk: Desk, start: Start, hurry: Hurry) -> None:
    desk.use(1, 600)
    running = start()
    running.until_read()
    before = running.nudge().figures.rate.tokens_5m
    desk.clock.advance(300)
    hurry(running, SCAN_SECONDS)
    running.until(lambda one: one.figures.rate.tokens_5m < before / 2)


# Notifications


def test_a_first_import_is_silent_and_later_thresholds_are_told_once(desk: Desk, start: Start) -> None:
    desk.settings = replace(desk.settings, budget=DOLLAR, alerts_off=("runaway",))
    desk.use(1, 600_000)
    running = start()
    running.until_read()
    running.until(lambda one: levels(one) == ["50"])
    desk.use(2, 450_000)
    running.until(lambda one: levels(one) == ["100"])
    assert [key.rsplit("/", 1)[-1] for key in running.said.told()] == ["100"]
    running.engine.stop(PATIENCE)
    again = start()
    again.until(lambda one: levels(one) == ["100"])
    again.nudge()
    assert again.said.told() == []


def test_what_is_used_since_the_start_is_told_after_a_first_import_however_short_it_was(
    desk: Desk, start: Start
) -> None:
    desk.settings = replace(desk.settings, budget=DOLLAR, alerts_off=("runaway",))
    desk.use(1, 600_000, ago=1)
    engine = desk.engine()
    desk.clock.advance(0.4)  # within the first second, before the first look at the logs
    desk.use(2, 300_000, ago=0.1, log="b")
    running = start(engine)
    running.until(lambda one: levels(one) == ["80"])
    assert [key.rsplit("/", 1)[-1] for key in running.said.told()] == ["80"]


def test_what_was_used_before_the_start_is_not_told_whenever_it_is_read(desk: Desk, start: Start) -> None:
    desk.settings = replace(desk.settings, budget=DOLLAR, alerts_off=("runaway",))
    desk.use(1, 600_000, ago=1)
    engine = desk.engine()
    desk.clock.advance(0.4)
    desk.use(2, 300_000, ago=0.4, log="b")  # written before it started, and seen afterwards
    desk.use(3, 10_000, ago=0.1, log="c")  # passes nothing
    running = start(engine)
    running.until(lambda one: levels(one) == ["80"])
    running.nudge()
    assert running.said.told() == []


def test_alerts_hold_after_a_start_at_which_nothing_is_new(desk: Desk, start: Start) -> None:
    desk.settings = replace(desk.settings, budget=DOLLAR)
    desk.use(1, 900_000)
    desk.opened().close()
    start().until(lambda one: levels(one) == ["80"])


def test_a_snooze_holds_notifications_back_and_tells_the_highest_afterwards(desk: Desk, start: Start) -> None:
    desk.settings = replace(desk.settings, budget=DOLLAR)
    running = start()
    running.until_read()
    running.engine.snooze()
    running.until(lambda one: one.snoozed == (("", NOW + 3_600_000),))
    desk.use(1, 600_000)
    assert running.until(lambda one: levels(one) == ["50"]).new_alerts == ()
    desk.use(2, 300_000)
    assert running.until(lambda one: levels(one) == ["80"]).new_alerts == ()
    desk.clock.advance(3540)
    running.nudge()
    assert running.said.told() == []
    desk.clock.advance(60)
    running.nudge()
    running.nudge()
    assert [key.rsplit("/", 1)[-1] for key in running.said.told()] == ["80"]


def test_what_is_past_is_unread_until_it_is_read(desk: Desk, start: Start) -> None:
    desk.settings = replace(desk.settings, budget=DOLLAR)
    running = start()
    running.until_read()
    desk.use(1, 600_000)
    running.until(lambda one: one.unread == 1)
    running.engine.read_alerts()
    running.until(lambda one: one.past_alerts and one.unread == 0)


# Parts that fail


def test_a_face_that_fails_is_logged_and_the_others_go_on(
    desk: Desk, start: Start, expected_logs: Callable[[str], None]
) -> None:
    expected_logs("a face failed to take a snapshot")
    engine = desk.engine()

    def broken(snapshot: Snapshot) -> None:
        raise RuntimeError("a face")

    engine.subscribe(broken)
    running = start(engine)
    running.until_read()
    desk.use(1, 10)
    running.until_tokens(10)


@pytest.mark.parametrize(
    ("what", "logged"),
    [
        ("read", "reader ann failed"),
        ("roots", "reader ann failed on the places of its logs"),
        ("turns", "reader ann failed on the turns of"),
        ("settle", "the rule of reader ann failed"),
        ("claims", "reader ann failed on its registry"),
        ("claim", "reader ann failed on its registry"),
    ],
)
def test_a_reader_that_fails_leaves_the_others_alone(
    desk: Desk, start: Start, expected_logs: Callable[[str], None], what: str, logged: str
) -> None:
    expected_logs(logged)
    desk.more_readers = (ToyReader(replace(TOY, id="ann", name="Ann"), fails={what}),)
    claims = desk.folder / ".ann-claims"
    claims.mkdir()
    (claims / "7.json").write_text('{"pid": 7, "session": "s1"}')
    desk.write({"id": 1, "t": NOW, "out": 1, "mark": 1}, {"turn": "prompt"}, agent="ann")
    desk.use(1, 10)
    running = start()
    running.until_read()
    desk.use(2, 20)
    desk.write({"turn": "prompt", "s": "s1", "t": NOW})
    snapshot = running.until(lambda one: tokens(one) in (30, 31) and one.figures.counts.working >= 1)
    assert health_of(snapshot, "toy") == Health("toy")
    degraded = health_of(snapshot, "ann").state is not HealthState.FINE
    assert degraded is (what in ("read", "roots"))


def test_a_registry_that_the_first_agent_makes_is_watched_from_then_on(
    desk: Desk, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start()
    running.until_read()
    claims = desk.folder / ".toy-claims"
    claims.mkdir()
    claim = claims / "7.json"
    claim.write_text('{"pid": 7, "session": "s1"}')
    watched: list[bool] = []
    watch = running.engine._watcher.watch

    def noted(roots: Iterable[Path], folders: Iterable[Path] = ()) -> None:
        roots = list(roots)
        watch(roots, folders)
        watched.append(claims in roots)

    monkeypatch.setattr(running.engine._watcher, "watch", noted)
    desk.write({"turn": "prompt", "s": "s1", "t": NOW})
    running.until(lambda one: one.figures.counts.working == 1 and any(watched))
    woken = threading.Event()
    monkeypatch.setattr(running.engine._live, "wake", woken.set)
    claim.write_text('{"pid": 7, "session": "s2"}')
    assert woken.wait(PATIENCE)


def test_an_engine_that_fails_says_so_and_begins_again(
    desk: Desk, start: Start, hurry: Hurry, expected_logs: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_logs("the engine failed and begins again")
    monkeypatch.setattr(engine_module, "RETRY_SECONDS", 0.01)
    desk.use(1, 10)
    running = start()
    running.until_read()
    failed = threading.Event()

    def broken(*_: Any, **__: Any) -> None:
        if not failed.is_set():
            failed.set()
            raise RuntimeError("a mistake")
        return plan()

    plan = running.engine._core.plan
    monkeypatch.setattr(running.engine._core, "plan", broken)
    desk.use(2, 20)
    running.engine.refresh()
    snapshot = running.until_trouble("TokenWatch met a mistake of its own")
    assert health_of(snapshot, "ledger").state is HealthState.FAILING
    assert running.until_tokens(30)
    running.until_trouble("")
    desk.use(3, 30)
    running.until_tokens(60)


def test_before_the_first_look_it_is_not_known_who_runs(desk: Desk, start: Start) -> None:
    desk.write({"turn": "prompt", "s": "s1", "t": NOW - 60_000}, ago=60)
    running = start()
    first = running.until(lambda _: True)
    running.until(lambda one: one.figures.looked)
    assert (first.figures.looked, first.figures.counts.open) == (False, 0)
    assert next(one.figures.counts.working for one in running.said.seen if one.figures.looked) == 1


def test_nothing_happens_before_the_start(desk: Desk) -> None:
    desk.use(1, 10)
    engine = desk.engine()
    said = Listener(engine)
    assert (engine.latest(), said.told(), desk.paths.data.exists()) == (None, [], False)
    engine.stop()


def test_an_open_face_is_told_of_the_time_more_often(desk: Desk, start: Start, hurry: Hurry) -> None:
    desk.use(1, 600)
    running = start()
    running.until_read()
    running.engine.set_visible(True)
    at = running.nudge().figures.at
    desk.clock.advance(1)
    hurry.skipped += BEAT_VISIBLE
    running.engine._path_changed(Path("/a/hint/that/says/nothing"))
    running.said.until(lambda one: one.figures.at > at, patience=(BEAT_HIDDEN - BEAT_VISIBLE) / 2)


def test_agents_files_are_left_as_they_are(agents_home: Paths, start: Start) -> None:
    def state() -> dict[Path, tuple[int, bytes]]:
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in agents_home.home.rglob("*.jsonl")}

    before = state()
    running = start(Engine(agents_home, MovableClock(RECORDED + 1000), Settings(timezone="UTC")))
    running.until_read()
    running.engine.stop(PATIENCE)
    assert state() == before
    assert {path.parts[-1] for path in agents_home.home.rglob("*.sqlite*")} == {"ledger.sqlite"}


def test_it_runs_on_beside_one_that_only_reads(desk: Desk, start: Start) -> None:
    running: Running = start()
    running.until_read()
    for number in range(1, 10):
        desk.use(number, 10)
        running.until_tokens(10 * number)
        other = desk.core(write=False)
        assert other.open()
        assert tokens(other.snapshot((), judge=False)) == 10 * number
        other.close()
