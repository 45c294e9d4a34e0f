"""An engine that is made later: first numbers at once, and nothing that was told or asked before is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from queue import Queue

import pytest

from tests.engine.conftest import PATIENCE, MovableClock, health_of
from tests.engine.test_look_once import recorded_sessions
from tokenwatch.base.health import Health
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.engine import engine as engine_module
from tokenwatch.engine.head_start import head_start
from tokenwatch.engine.later import LaterEngine
from tokenwatch.engine.once import bring_up_to_date

# The library warns when a folder is made while it looks for folders.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

Make = Callable[..., "Said"]


class Said:
    """An engine and its snapshots."""

    def __init__(self, engine: LaterEngine) -> None:
        self.engine = engine
        self._came: Queue[Snapshot] = Queue()
        engine.subscribe(self._came.put)

    def next(self) -> Snapshot:
        return self._came.get(timeout=PATIENCE)

    def until(self, fits: Callable[[Snapshot], bool]) -> list[Snapshot]:
        """Everything up to one that fits."""
        seen = [self.next()]
        while not fits(seen[-1]):
            seen.append(self.next())
        return seen


@pytest.fixture
def known(agents_home: Paths) -> Paths:
    with bring_up_to_date(agents_home, MovableClock(), Settings()):
        pass
    return agents_home


@pytest.fixture
def make(known: Paths) -> Iterator[Make]:
    made: list[LaterEngine] = []

    def one(*, ahead: bool = False) -> Said:
        begun = head_start(known, MovableClock()) if ahead else None
        engine = LaterEngine(known, MovableClock(), Settings(timezone="UTC"), begun)
        made.append(engine)
        return Said(engine)

    yield one
    for engine in made:
        engine.stop(PATIENCE)


def ledger_is_open(snapshot: Snapshot) -> bool:
    return any(entry.part == "ledger" for entry in snapshot.health)


@pytest.mark.skipif(sys.platform != "linux", reason="the app is forked on Linux only")
def test_the_first_numbers_are_whole_and_stay_so_when_the_engine_takes_over(make: Make) -> None:
    said = make(ahead=True)
    said.engine.start()
    seen = said.until(ledger_is_open)
    assert len(seen) > 1
    assert all(one.figures.looked and one.figures.month is not None for one in seen)
    assert {one.figures.month.tokens for one in seen if one.figures.month is not None} == {
        seen[-1].figures.month.tokens if seen[-1].figures.month is not None else None
    }
    assert len({frozenset(recorded_sessions(one)) for one in seen}) == 1
    assert said.engine.latest() is seen[-1]


def test_without_a_head_start_the_engine_is_made_at_once(make: Make) -> None:
    said = make()
    said.engine.start()
    assert ledger_is_open(said.next())


def test_what_was_told_before_is_obeyed(make: Make) -> None:
    said = make()
    said.engine.pause()
    said.engine.report(Health("tray"))
    said.engine.start()
    last = said.until(lambda one: one.paused_since is not None)[-1]
    assert health_of(last, "tray") == Health("tray")


def test_settings_that_changed_before_hold(make: Make) -> None:
    said = make()
    said.engine.change_settings(Settings(timezone="UTC", budget=7 * 10**9))
    said.engine.start()
    said.until(lambda one: bool(one.figures.budgets))


def test_a_question_that_was_asked_before_is_answered(make: Make) -> None:
    said = make()
    answer = said.engine.month(date(2026, 11, 1))
    assert not answer.done()
    said.engine.start()
    assert answer.result(PATIENCE).tokens == said.next().figures.month.tokens  # type: ignore[union-attr]


def test_stopped_before_it_began_it_never_makes_one(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(engine_module, "Engine")
    said = make(ahead=True)
    said.engine.stop()
    said.engine.start()
    said.engine.stop(PATIENCE)


def test_an_engine_that_cannot_be_made_is_said(
    make: Make, monkeypatch: pytest.MonkeyPatch, expected_logs: Callable[[str], None]
) -> None:
    expected_logs("could not be made")
    monkeypatch.delattr(engine_module, "Engine")
    said = make()
    said.engine.start()
    assert health_of(said.next(), "ledger").reason
