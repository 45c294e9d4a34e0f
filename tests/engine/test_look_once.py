"""One look for a command: live sessions with their use, beside the month."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import RECORDED, MovableClock, health_of
from tokenwatch.base.clock import SystemClock
from tokenwatch.base.health import HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Confidence, Session, Snapshot, State
from tokenwatch.engine import look_once
from tokenwatch.insight.totals import report
from tokenwatch.ledger.queries import Queries
from tokenwatch.system.instance import Instance

SETTINGS = Settings(timezone="UTC")
FOLDER = "/home/dev/code/acme"


def look(paths: Paths, clock: MovableClock | SystemClock | None = None) -> Snapshot:
    return look_once.snapshot(paths, clock or MovableClock(), SETTINGS)


def recorded_sessions(snapshot: Snapshot) -> dict[str, Session]:
    """Agents that run on this computer while the tests do are left out."""
    return {row.session: row for row in snapshot.figures.sessions if row.cwd == FOLDER}


def test_logs_that_were_just_written_are_open_sessions_with_their_use(agents_home: Paths) -> None:
    rows = recorded_sessions(look(agents_home))
    queries = Queries(agents_home.ledger)
    said = report(queries, ("session",), None, None, SETTINGS.zone(agents_home))
    queries.close()
    assert {session: (row.tokens, row.cost) for session, row in rows.items()} == {
        dict(group.by)["session"]: (group.tokens, group.cost) for group in said.groups
    }
    assert {row.agent for row in rows.values()} == {"claude-code", "codex"}
    assert {row.confidence for row in rows.values()} == {Confidence.LOG_ONLY}


def test_without_any_growth_nothing_is_open_and_the_last_session_is_known(agents_home: Paths) -> None:
    snapshot = look(agents_home, MovableClock(RECORDED + 3 * 3_600_000))
    assert recorded_sessions(snapshot) == {}
    if not snapshot.figures.sessions:
        last = snapshot.figures.last_session
        assert last is not None
        assert (last.agent, last.last_activity) == ("codex", RECORDED)


def test_beside_the_owner_its_figures_are_shown_with_what_runs_now(agents_home: Paths) -> None:
    own = look(agents_home)
    owner = Instance(agents_home)
    assert owner.acquire()
    beside = look(agents_home)
    owner.release()
    assert beside.figures.month == own.figures.month
    assert beside.figures.rate.tokens_5m == pytest.approx(own.figures.rate.tokens_5m)
    assert recorded_sessions(beside) == recorded_sessions(own)


def test_with_a_ledger_that_cannot_be_opened_the_live_counter_goes_on(agents_home: Paths) -> None:
    agents_home.ensure(agents_home.data)
    agents_home.ledger.mkdir()
    snapshot = look(agents_home)
    assert health_of(snapshot, "ledger").state is HealthState.FAILING
    assert snapshot.figures.month is None
    rows = recorded_sessions(snapshot)
    assert len(rows) == 8
    assert {row.cost for row in rows.values()} == {None}


def test_nobody_is_told_of_alerts(agents_home: Paths) -> None:
    taken = look_once.snapshot(agents_home, MovableClock(), Settings(timezone="UTC", budget=1))
    assert (taken.alerts, taken.new_alerts) == ((), ())


@pytest.fixture
def claude(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that looks like Claude Code's own."""
    if sys.platform != "linux":
        pytest.skip("only on Linux does a copy of this program run and name its start")
    program = tmp_path / "share" / "claude" / "versions" / "2.1.197"
    program.parent.mkdir(parents=True)
    shutil.copy(shutil.which("sleep") or "/bin/sleep", program)
    with subprocess.Popen([str(program), "600"]) as process:
        yield process
        process.kill()


def test_a_process_its_claim_and_its_log_are_one_session(agents_home: Paths, claude: subprocess.Popen[bytes]) -> None:
    session = "1ed24f49-ccd2-45ac-adb0-344c973aaf29"
    start = Path(f"/proc/{claude.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    claim = agents_home.home / ".claude" / "sessions" / f"{claude.pid}.json"
    claim.parent.mkdir()
    claim.write_text(
        json.dumps({"pid": claude.pid, "sessionId": session, "cwd": FOLDER, "procStart": start, "status": "busy"})
    )
    row = recorded_sessions(look(agents_home))[session]
    assert (row.pid, row.state, row.confidence) == (claude.pid, State.WORKING, Confidence.EXACT)
    assert row.tokens.total > 0
    claim.unlink()
    assert recorded_sessions(look(agents_home))[session].pid is None
