"""A program that is killed at any statement: the ledger is whole, agrees with its checkpoints, and catches up.

The driver is another process, which forks a writer for each point at which one is killed.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tests.ledger.sound import Counted, check, counted
from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Amendment, Record
from tokenwatch.ledger.checkpoint import Reading
from tokenwatch.ledger.ledger import Ledger

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only on POSIX can a process be forked")

KILLED = 9
STEP = 7
"""Of the statements of a life, every so many-th; each of them takes as long as a life."""


def unless_copied(family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
    return [entry for entry in family if not entry.mark or not known(entry.context.parent_session)]


RULES = {"toy": unless_copied}


def source(path: str) -> list[Reading]:
    """All readings of one source; the number of those that were entered is its offset."""
    return [reading(path, *records, offset=number + 1, **more) for number, (records, more) in enumerate(LOGS[path])]  # type: ignore[arg-type]


PLACEHOLDER = record(7, output=1, final=False, uncertain=True, lane=5, agent_id="a1")
FINISHED = Amendment("toy", 5, 10, 5, 0, 0, 90)
LIMIT = Quota("acme", "", "5h", 4.0, None, NOW)
LOGS: dict[str, list[tuple[list[Record], dict[str, object]]]] = {
    "child": [
        ([record(1, session="child", parent_session="mother", mark=1)], {}),
        ([record(2, session="child", parent_session="mother"), record(3, session="child", time=NOW - 40 * HOUR)], {}),
    ],
    "mother": [
        ([PLACEHOLDER, record(4, session="mother", model="unknown")], {"amendments": [FINISHED]}),
        ([record(5, session="mother", output=50), record(2, session="mother", output=20)], {}),
        ([record(5, session="mother", output=55, time=NOW - 50 * HOUR)], {"quotas": [LIMIT]}),
    ],
    "copy": [
        ([record(5, session="copy", output=9), record(6, variant=1), record(6, variant=2, session="copy")], {}),
    ],
}


def live(path: Path) -> None:
    """A life of the program: a first import, a restart, a reader's new version, new prices, alerts."""
    ledger = Ledger(path, FlatPrice(), RULES)
    first, *rest = [one for name in ("child", "mother", "copy") for one in source(name)]
    ledger.enter([first], NOW, hold=True)
    for one in rest[:3]:
        ledger.enter([one], NOW, hold=True)
    ledger.commit()
    ledger.rest()
    ledger.enter(rest[3:], NOW)
    ledger.close()
    ledger = Ledger(path, FlatPrice(), RULES)
    ledger.alerts.mark(["budget/1/50", "budget/1/80"], NOW)
    ledger.start_over(sorted(LOGS))
    for name in ("mother", "child", "copy"):  # that there is a mother is not forgotten
        ledger.enter(source(name), NOW)
    ledger.started_over()
    ledger.forget_checkpoints()
    for one in (one for name in sorted(LOGS, reverse=True) for one in source(name)):
        ledger.enter([one], NOW)
    price = FlatPrice()
    price.version, price.factor = "flat 2", 3  # type: ignore[misc]
    ledger.close()
    ledger = Ledger(path, price, RULES)
    ledger.reprice(None)
    ledger.close()


class Mortal(sqlite3.Connection):
    """Counts the statements that begin, and ends the process at one of them."""

    begun = 0
    last = 0

    def __init__(self, *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)  # type: ignore[arg-type]
        self.set_trace_callback(self._begin)

    @staticmethod
    def _begin(statement: str) -> None:
        Mortal.begun += 1
        if Mortal.begun == Mortal.last:
            os._exit(KILLED)


def drive(folder: Path, step: int) -> None:
    """Kill a writer at every ``step``-th statement that it makes, and look at what it left."""
    plain = sqlite3.connect
    sqlite3.connect = lambda *given, **more: plain(*given, factory=Mortal, **more)  # type: ignore[assignment]
    live(folder / "whole.sqlite")
    sqlite3.connect = plain
    number = Mortal.begun
    whole = counted(folder / "whole.sqlite")
    check(folder / "whole.sqlite", RULES, NOW)
    points = range(1, number + 1, step)
    for point in points:
        path = folder / f"killed at {point}.sqlite"
        pid = os.fork()
        if pid == 0:
            sqlite3.connect = lambda *given, **more: plain(*given, factory=Mortal, **more)  # type: ignore[assignment]
            Mortal.begun, Mortal.last = 0, point
            live(path)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) == KILLED, f"statement {point} was not reached"
        try:
            survived(path, whole)
        except BaseException:
            print(f"after a kill at statement {point} of {number}:", file=sys.stderr)
            raise
    print(len(points), number)


def survived(path: Path, whole: Counted) -> None:
    """The file can be used, holds what its checkpoints say, and comes to the same as one that was never killed."""
    price = FlatPrice()
    price.factor = 3
    ledger = Ledger(path, price, RULES)
    check(path, RULES)
    offsets = {name: point.offset if (point := ledger.checkpoint(name)) else 0 for name in LOGS}
    said = path.with_suffix(".said")
    fresh = Ledger(said, price, RULES)
    for name in LOGS:
        fresh.enter(source(name)[: offsets[name]], NOW)
    fresh.close()
    # Forgotten checkpoints take nothing away.
    assert records(counted(path)) in (records(counted(said)), records(whole))
    for name in LOGS:
        ledger.enter(source(name)[offsets[name] :], NOW)
    ledger.reprice(None)
    ledger.close()
    check(path, RULES, NOW)
    assert counted(path) == whole
    ledger = Ledger(path, price, RULES)
    ledger.enter([one for name in LOGS for one in source(name)], NOW)
    ledger.close()
    assert counted(path) == whole


def records(found: Counted) -> list[Record]:
    return [record for record, _ in found]


def test_a_writer_that_is_killed_at_any_statement_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    driver = "import sys; from pathlib import Path; from tests.ledger.test_killed import drive; "
    command = [sys.executable, "-c", driver + "drive(Path(sys.argv[1]), int(sys.argv[2]))", str(tmp_path), str(STEP)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2])
    assert done.returncode == 0, done.stderr
    points, statements = map(int, done.stdout.split())
    assert points > 40
    assert statements > 300
