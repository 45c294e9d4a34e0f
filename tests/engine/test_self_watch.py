"""What uses too much of the computer becomes slower, says so, and recovers."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.engine.conftest import Desk, Start
from tokenwatch.base.health import Health, HealthState
from tokenwatch.engine.self_watch import MOST, PART, WINDOW_SECONDS, SelfWatch
from tokenwatch.system.own_use import OwnUse, own_use


@dataclass
class Machine:
    """A process whose use the test decides."""

    limit: float = 2.0
    used: float = 0.0
    now: float = 0.0
    reported: dict[str, Health] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.watch = SelfWatch(lambda: OwnUse(self.used, 0, 0, 0), lambda: self.limit)
        self.factor()

    def factor(self) -> float:
        return self.watch.factor(self.now, self.reported)

    def window(self, percent: float) -> float:
        self.now += WINDOW_SECONDS
        self.used += WINDOW_SECONDS * percent / 100
        return self.factor()


def test_within_the_limit_nothing_changes() -> None:
    machine = Machine()
    assert [machine.window(percent) for percent in (0.0, 1.9, 0.3)] == [1, 1, 1]
    assert machine.reported == {}


def test_above_the_limit_it_gets_slower_up_to_a_bound_and_says_so() -> None:
    machine = Machine()
    assert [machine.window(5.0) for _ in range(6)] == [2, 4, 8, 16, MOST, MOST]
    assert machine.watch.slower == MOST
    health = machine.reported[PART]
    assert health.state is HealthState.DEGRADED
    assert "used 5.0% of a processor core for a minute, and its limit is 2%" in health.reason


def test_it_recovers_and_says_so() -> None:
    machine = Machine()
    machine.window(5.0)
    machine.window(5.0)
    assert [machine.window(percent) for percent in (1.5, 0.5, 0.5)] == [4, 2, 1]
    assert machine.reported[PART] == Health(PART)


def test_a_short_burst_is_no_burden() -> None:
    machine = Machine()
    machine.used += 30
    machine.now += WINDOW_SECONDS / 2
    assert machine.factor() == 1


def test_without_a_limit_it_is_never_slower() -> None:
    machine = Machine(limit=0)
    assert machine.window(100.0) == 1


def test_the_share_is_known_after_a_window() -> None:
    machine = Machine()
    assert machine.watch.percent is None
    machine.window(1.0)
    assert machine.watch.percent is not None
    assert round(machine.watch.percent, 6) == 1.0


def test_own_use_is_measured(desk: Desk) -> None:
    desk.use(1, 10)
    desk.opened().close()
    use = own_use(desk.paths.ledger)
    assert use.cpu_seconds > 0
    assert use.memory > 10_000_000
    assert use.open_files is None or use.open_files > 2
    assert use.ledger == desk.paths.ledger.stat().st_size
    assert own_use(desk.folder / "nowhere").ledger == 0


def test_figures_are_those_last_measured() -> None:
    machine = Machine()
    first = machine.watch.figures
    assert first is not None
    assert first.cpu_percent is None
    machine.window(5.0)
    figures = machine.watch.figures
    assert figures is not None
    assert (figures.cpu_percent, figures.cpu_limit, figures.slower) == (5.0, 2.0, 2.0)


def test_a_running_engine_shows_them(desk: Desk, start: Start) -> None:
    running = start()
    snapshot = running.until(lambda snapshot: snapshot.own is not None, "figures")
    assert snapshot.own is not None
    assert snapshot.own.memory > 10_000_000
