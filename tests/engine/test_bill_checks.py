"""Bill checks: only when wanted, not too often, for the right days; and what comes of them in the figures."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.remote import fake_anthropic, fake_openai
from tests.remote.conftest import World
from tests.remote.fake_anthropic import FakeAnthropic
from tests.remote.fake_openai import FakeOpenAI
from tests.remote.fake_provider import Trouble, serving
from tests.remote.test_secrets import Memory, secrets_in
from tokenwatch.base.clock import FixedClock, to_ms
from tokenwatch.base.health import HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.engine.bill_checks import BillChecks
from tokenwatch.engine.core import Core
from tokenwatch.remote.bill_check import Checked
from tokenwatch.remote.secrets import AdminKey, Secrets

ON, OFF = Settings(check_bills=True, timezone="UTC"), Settings(timezone="UTC")
HOUR = 3600
DAY = date(2026, 10, 20)


@pytest.fixture
def world() -> Iterator[World]:
    anthropic, openai = FakeAnthropic(), FakeOpenAI()
    with serving(anthropic, openai) as connect:
        yield World(anthropic, openai, connect)


class Desk:
    """Checks with a clock that moves, keys in memory and the fake network."""

    def __init__(self, world: World, secrets: Secrets) -> None:
        self.clock = FixedClock(to_ms(datetime(2026, 10, 21, 12, tzinfo=UTC)))
        self.came: list[Checked] = []
        self.checks = BillChecks(self.clock.now, self.came.append, secrets, world.transport)

    def settle(self) -> list[Checked]:
        done = threading.Event()
        self.checks._thread.submit(done.set)
        assert done.wait(20)
        came, self.came[:] = list(self.came), []
        return came

    def due(self, settings: Settings) -> list[Checked]:
        self.checks.check_if_due(settings)
        return self.settle()


def both() -> Secrets:
    secrets = secrets_in(Memory())
    secrets.keep("anthropic", AdminKey(fake_anthropic.KEY))
    secrets.keep("openai", AdminKey(fake_openai.KEY))
    return secrets


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    made = Desk(world, both())
    yield made
    made.checks.stop()


def test_switched_off_nobody_is_asked(world: World, desk: Desk) -> None:
    assert desk.due(OFF) == []
    assert world.anthropic.asked == world.openai.asked == []


def test_switched_on_both_are_asked_a_few_times_a_day(desk: Desk) -> None:
    assert [checked.asked for checked in desk.due(ON)] == [("anthropic", "openai")]
    assert desk.due(ON) == []
    desk.clock.advance(6 * HOUR - 1)
    assert desk.due(ON) == []
    desk.clock.advance(1)
    assert len(desk.due(ON)) == 1


def test_the_month_is_asked_for_and_at_its_beginning_the_one_before(desk: Desk) -> None:
    (checked,) = desk.due(ON)
    assert {(report.first, report.last) for report in checked.reports} == {(date(2026, 10, 1), date(2026, 10, 21))}
    desk.clock.advance(14 * 24 * HOUR)
    (checked,) = desk.due(ON)
    assert {(report.first, report.last) for report in checked.reports} == {(date(2026, 10, 1), date(2026, 11, 4))}


def test_a_person_may_ask_but_not_all_the_time(desk: Desk) -> None:
    desk.checks.check()
    assert len(desk.settle()) == 1
    desk.checks.check()
    assert desk.settle() == []
    desk.clock.advance(60)
    desk.checks.check()
    assert len(desk.settle()) == 1


def test_without_a_key_it_says_so(world: World) -> None:
    desk = Desk(world, secrets_in(Memory()))
    (checked,) = desk.due(ON)
    assert "no admin key is kept" in checked.troubles[0]
    desk.checks.stop()


def test_a_file_is_read_and_a_wrong_one_is_said(desk: Desk, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("start_time,amount_value,line_item\n1791158400,5,x\n", encoding="utf-8")
    bad.write_text("hello\n", encoding="utf-8")
    for path in (good, bad, tmp_path / "none.csv", tmp_path):
        desk.checks.take_file(path)
    came = desk.settle()
    assert [len(checked.reports) for checked in came] == [1, 0, 0, 0]
    assert came[1].troubles[0].startswith("bad.csv: This is none of the exports")
    assert came[2].troubles == ("none.csv cannot be read: No such file or directory.",)
    assert "cannot be read" in came[3].troubles[0]


def test_stopping_waits_for_nobody(world: World) -> None:
    desk, answer = Desk(world, both()), threading.Event()
    world.anthropic.troubles = [Trouble(until=answer)]
    desk.checks.check()
    (thread,) = (found for found in threading.enumerate() if found.name == "tokenwatch-bills")
    while not world.anthropic.asked:
        thread.join(0.01)
    desk.checks.stop()
    assert thread.is_alive()
    # A connection must not be in the making while the server ends: Python 3.11 would lose its socket unclosed.
    world.stop_after = 0
    answer.set()
    thread.join(20)
    assert not thread.is_alive()
    assert desk.came == []


def test_what_came_is_in_the_figures_and_troubles_are_in_health(world: World, desk: Desk, tmp_path: Path) -> None:
    world.openai.charge(DAY, 12.5, "gpt-5.4, output")
    world.anthropic.unauthorized = True
    core = Core(Paths.below(tmp_path), desk.clock, ON, by_id={})
    assert core.open()
    core.snapshot(())
    (checked,) = desk.due(ON)
    health = core.books.take_bills(checked)
    assert (health.part, health.state) == ("accounts", HealthState.DEGRADED)
    assert "does not let this key read reports" in health.reason
    bills = core.snapshot(()).figures.bills
    core.close()
    assert [(bill.provider, bill.billed, bill.here) for bill in bills if bill.billed] == [
        ("openai", 12_500_000_000, 0)
    ]


def test_a_bill_that_cannot_be_kept_is_said(desk: Desk, tmp_path: Path) -> None:
    core = Core(Paths.below(tmp_path), desk.clock, ON, by_id={})
    (checked,) = desk.due(ON)
    assert "could not be written" in core.books.take_bills(checked).reason
