"""Transactions: all or nothing, held ones too, also when even undoing fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tokenwatch.base.errors import LedgerError, LedgerFull
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Sum
from tokenwatch.ledger.transaction import Transactions

Ask = Callable[[], Sum]


class Stubborn:
    """A connection that may refuse one kind of statement, as one to a damaged file or a lost disk does."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.refuses = ""

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, statement: str) -> sqlite3.Cursor:
        if self.refuses and statement.startswith(self.refuses):
            raise sqlite3.OperationalError("disk I/O error")
        return self._connection.execute(statement)


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "plain.sqlite", isolation_level=None)
    connection.execute("CREATE TABLE t (x)")
    yield connection
    connection.close()


def rows(connection: sqlite3.Connection) -> list[int]:
    return [x for (x,) in connection.execute("SELECT x FROM t ORDER BY x")]


class Undone:
    """Counts how often something was undone."""

    def __init__(self) -> None:
        self.times = 0
        self.fails = False

    def __call__(self) -> None:
        if self.fails:
            raise sqlite3.OperationalError("still out of order")
        self.times += 1


# The transaction itself


def test_what_succeeds_is_kept(plain: sqlite3.Connection) -> None:
    transactions = Transactions(plain, Undone())
    with transactions.change():
        plain.execute("INSERT INTO t VALUES (1)")
    assert not plain.in_transaction
    assert rows(plain) == [1]


def test_what_fails_is_undone_as_a_whole_and_told(plain: sqlite3.Connection) -> None:
    undone = Undone()
    transactions = Transactions(plain, undone)
    with pytest.raises(ZeroDivisionError), transactions.change():
        plain.execute("INSERT INTO t VALUES (1)")
        raise ZeroDivisionError
    assert (rows(plain), undone.times, plain.in_transaction, transactions.broken) == ([], 1, False, False)


def test_what_is_held_waits_for_the_next_that_is_not(plain: sqlite3.Connection) -> None:
    transactions = Transactions(plain, Undone())
    for number in (1, 2):
        with transactions.change(hold=True):
            plain.execute("INSERT INTO t VALUES (?)", (number,))
    assert plain.in_transaction
    with transactions.change():
        plain.execute("INSERT INTO t VALUES (3)")
    assert not plain.in_transaction
    assert rows(plain) == [1, 2, 3]


def test_committing_ends_what_is_held_and_nothing_else(plain: sqlite3.Connection) -> None:
    transactions = Transactions(plain, Undone())
    transactions.commit()
    with transactions.change(hold=True):
        plain.execute("INSERT INTO t VALUES (1)")
    transactions.commit()
    transactions.commit()
    assert (rows(plain), plain.in_transaction) == ([1], False)


def test_a_failure_undoes_what_was_held_too(plain: sqlite3.Connection) -> None:
    undone = Undone()
    transactions = Transactions(plain, undone)
    with transactions.change():
        plain.execute("INSERT INTO t VALUES (1)")
    with transactions.change(hold=True):
        plain.execute("INSERT INTO t VALUES (2)")
    with pytest.raises(ZeroDivisionError), transactions.change(hold=True):
        raise ZeroDivisionError
    assert (rows(plain), undone.times) == ([1], 1)


def test_a_commit_that_fails_is_undone(plain: sqlite3.Connection) -> None:
    stubborn, undone = Stubborn(plain), Undone()
    transactions = Transactions(stubborn, undone)  # type: ignore[arg-type]
    stubborn.refuses = "COMMIT"
    with pytest.raises(sqlite3.OperationalError), transactions.change():
        plain.execute("INSERT INTO t VALUES (1)")
    assert (rows(plain), undone.times, plain.in_transaction) == ([], 1, False)


def test_a_roll_back_that_fails_is_made_up_for_before_anything_else(plain: sqlite3.Connection) -> None:
    stubborn, undone = Stubborn(plain), Undone()
    transactions = Transactions(stubborn, undone)  # type: ignore[arg-type]
    stubborn.refuses = "ROLLBACK"
    with pytest.raises(sqlite3.OperationalError), transactions.change():
        plain.execute("INSERT INTO t VALUES (1)")
        raise ZeroDivisionError
    assert transactions.broken
    with pytest.raises(sqlite3.OperationalError), transactions.change():
        pytest.fail("nothing may be written yet")
    stubborn.refuses = ""
    with transactions.change():
        plain.execute("INSERT INTO t VALUES (2)")
    assert (rows(plain), undone.times, transactions.broken) == ([2], 1, False)


def test_as_long_as_what_was_undone_cannot_be_followed_nothing_is_written(plain: sqlite3.Connection) -> None:
    undone = Undone()
    transactions = Transactions(plain, undone)
    undone.fails = True
    with pytest.raises(sqlite3.OperationalError), transactions.change():
        raise ZeroDivisionError
    assert transactions.broken
    with pytest.raises(sqlite3.OperationalError), transactions.change():
        pytest.fail("nothing may be written yet")
    undone.fails = False
    transactions.mend()
    transactions.mend()
    assert (undone.times, transactions.broken) == (1, False)


# The ledger's


def full(ledger: Ledger, spare: int = 0) -> None:
    """From now on there is no space for more than ``spare`` new pages."""
    (pages,) = ledger._connection.execute("PRAGMA page_count").fetchone()
    ledger._connection.execute(f"PRAGMA max_page_count = {pages + spare}")


def free(ledger: Ledger) -> None:
    ledger._connection.execute("PRAGMA max_page_count = 1000000")


def many(first: int, number: int = 2000) -> list[object]:
    """Records that need pages of their own."""
    return [record(first + at, session=f"session {first + at}", project="/" + "long" * 30) for at in range(number)]


def test_what_is_held_when_the_disk_is_full_is_undone_with_its_checkpoints(ledger: Ledger, total: Ask) -> None:
    ledger.enter([reading("a", record(1))], NOW)
    before = ledger.taken_back
    ledger.enter([reading("b", record(2))], NOW, hold=True)
    full(ledger)
    with pytest.raises(LedgerFull):
        ledger.enter([reading("c", *many(100))], NOW, hold=True)  # type: ignore[arg-type]
    assert ledger.taken_back == before + 1
    assert total().requests == 1
    assert set(ledger.marks) == {"a"}
    assert ledger.checkpoint("b") is None
    free(ledger)
    assert len(ledger.enter([reading("b", record(2))], NOW).recent) == 1
    assert total().requests == 2


def test_ids_after_an_undone_change_are_those_of_the_file(ledger: Ledger, total: Ask) -> None:
    """A session, a context and a source that were undone get their rows again when they come again."""
    full(ledger)
    with pytest.raises(LedgerFull):
        ledger.enter([reading("a", *many(100))], NOW)  # type: ignore[arg-type]
    free(ledger)
    ledger.enter([reading("b", record(1, session="other"))], NOW)
    ledger.enter([reading("a", record(100, session="session 100"))], NOW)
    assert total().requests == 2
    rows = ledger._connection.execute(
        "SELECT n.session, o.path FROM records r JOIN contexts c ON c.id = r.context "
        "JOIN sessions n ON n.id = c.session JOIN sources o ON o.id = c.source ORDER BY 1"
    ).fetchall()
    assert rows == [("other", "b"), ("session 100", "a")]


@pytest.mark.parametrize(
    "change",
    [
        lambda ledger: ledger.enter([reading("a", *many(100))], NOW),
        lambda ledger: (ledger.start_over(["a"]), ledger.started_over()),
        lambda ledger: ledger.forget_checkpoints(),
        lambda ledger: ledger.reprice(None),
        lambda ledger: ledger.alerts.mark(["budget/1"], NOW),
    ],
    ids=["enter", "start_over", "forget_checkpoints", "reprice", "mark"],
)
def test_a_change_that_fails_leaves_everything_as_it_was(
    ledger_path: Path, price: FlatPrice, change: Callable[[Ledger], object]
) -> None:
    ledger = Ledger(ledger_path, price, {})
    ledger.enter([reading("a", *(record(number, time=NOW - number * HOUR) for number in range(50)))], NOW)
    before = dump(ledger_path)
    price.factor = 3
    read_only(ledger, True)
    with pytest.raises(LedgerError):
        change(ledger)
    read_only(ledger, False)
    assert dump(ledger_path) == before
    change(ledger)
    assert dump(ledger_path) != before
    ledger.close()


def read_only(ledger: Ledger, flag: bool) -> None:
    """The connection may not write from now on, or may again."""
    ledger._connection.execute(f"PRAGMA query_only = {int(flag)}")


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_a_ledger_whose_roll_back_failed_tells_no_marks_that_may_be_wrong(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.enter([reading("a", record(1))], NOW)
    stubborn = Stubborn(ledger._connection)
    monkeypatch.setattr(ledger._transactions, "_connection", stubborn)
    stubborn.refuses = "ROLLBACK"
    with pytest.raises(LedgerError):
        ledger.enter([reading("b", record(2, input=2**70))], NOW)
    for ask in (
        lambda: ledger.marks,
        lambda: ledger.checkpoint("b"),
        ledger.commit,
        lambda: ledger.alerts.mark(["x"], NOW),
    ):
        with pytest.raises(LedgerError, match="disk I/O error"):
            ask()
    stubborn.refuses = ""
    assert set(ledger.marks) == {"a"}
    assert len(ledger.enter([reading("b", record(2))], NOW).recent) == 1


def test_closing_commits_what_is_held(ledger_path: Path, price: FlatPrice) -> None:
    ledger = Ledger(ledger_path, price, {})
    ledger.enter([reading("a", record(1))], NOW, hold=True)
    ledger.close()
    ledger.close()
    again = Ledger(ledger_path, price, {})
    assert set(again.marks) == {"a"}
    again.close()
    assert not ledger_path.with_name("ledger.sqlite-wal").exists()


def test_closing_lets_go_of_the_file_also_when_committing_fails(
    ledger_path: Path, price: FlatPrice, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(ledger_path, price, {})
    ledger.enter([reading("a", record(1))], NOW, hold=True)
    stubborn = Stubborn(ledger._connection)
    monkeypatch.setattr(ledger._transactions, "_connection", stubborn)
    stubborn.refuses = "COMMIT"
    with pytest.raises(LedgerError):
        ledger.close()
    other = sqlite3.connect(ledger_path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert other.execute("SELECT count(*) FROM records").fetchone() == (0,)
    other.close()
