"""The first look: the same numbers as the app's own a moment later, or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.engine.conftest import MovableClock
from tests.engine.test_look_once import recorded_sessions
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.engine import look_once
from tokenwatch.engine.first_look import first_look
from tokenwatch.engine.once import bring_up_to_date


@pytest.fixture
def known(agents_home: Paths) -> Paths:
    """What there is in the logs was read before."""
    with bring_up_to_date(agents_home, MovableClock(), Settings()):
        pass
    return agents_home


def test_its_figures_are_those_of_a_whole_look(known: Paths) -> None:
    snapshot, sessions = first_look(known, MovableClock())
    whole = look_once.snapshot(known, MovableClock(), Settings())
    assert snapshot is not None
    first, later = snapshot.figures, whole.figures
    assert (first.month, first.rate) == (later.month, later.rate)
    rows = recorded_sessions(snapshot)
    assert rows == recorded_sessions(whole)
    assert rows.keys() <= {one.session for one in sessions if one.state.open}
    assert first.looked and first.month is not None and rows


def test_it_writes_nothing(known: Paths) -> None:
    before = {path: path.stat().st_mtime_ns for path in known.data.rglob("*") if path.is_file()}
    first_look(known, MovableClock())
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_what_it_says_of_health_is_left_to_the_app(known: Paths) -> None:
    snapshot, _ = first_look(known, MovableClock())
    assert snapshot is not None and snapshot.health == ()


def test_without_a_ledger_only_who_runs_is_known(agents_home: Paths) -> None:
    snapshot, sessions = first_look(agents_home, MovableClock())
    assert snapshot is None and sessions
    assert not agents_home.ledger.exists()


def test_a_ledger_that_was_not_closed_is_not_believed(known: Paths) -> None:
    known.ledger.with_name(f"{known.ledger.name}-wal").write_bytes(b"left over")
    assert first_look(known, MovableClock())[0] is None


def test_a_damaged_ledger_gives_no_figures(known: Paths) -> None:
    known.ledger.write_bytes(os.urandom(8192))
    assert first_look(known, MovableClock())[0] is None


def test_agents_that_are_off_are_not_counted(known: Paths) -> None:
    known.ensure(known.config)
    Path(known.settings).write_text('agents_off = ["codex"]\n', encoding="utf-8")
    _, sessions = first_look(known, MovableClock())
    assert "codex" not in {one.agent for one in sessions}
