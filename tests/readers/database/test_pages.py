"""An agent's database: what changed is read, nothing is written, and a hostile one does no harm."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tokenwatch.base.errors import BusySource, SourceError
from tokenwatch.readers.database import file as database_file
from tokenwatch.readers.database import pages as database
from tokenwatch.readers.database.pages import (
    TOO_LARGE,
    Cursors,
    Database,
    Page,
    decode_cursors,
    encode_cursors,
)
from tokenwatch.readers.protocol import LookUp, Query

MODIFIED = 1_795_600_000_000
CALLS = Query("calls", "calls", ("id", "tokens"), changed="updated")
LOG = Query("log", "calls", ("id", "tokens"))


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An agent that has its database open, in WAL mode."""
    with closing(connect(tmp_path / "agent.db")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE calls (id TEXT PRIMARY KEY, tokens INTEGER, updated INTEGER)")
        yield connection


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def add(connection: sqlite3.Connection, name: str, tokens: Any, updated: Any) -> None:
    connection.execute("INSERT OR REPLACE INTO calls VALUES (?, ?, ?)", (name, tokens, updated))


def folder_state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        path.name: (path.stat().st_size, path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.iterdir())
    }


def pages(path: Path, *queries: Query, cursors: Cursors | None = None, modified: int = MODIFIED) -> list[Page]:
    cursors = Cursors() if cursors is None else cursors
    found = []
    with Database(str(path), time.monotonic) as opened:
        while not found or not found[-1].last:
            found.append(opened.page(queries, cursors, modified))
    return found


def rows(path: Path, query: Query = CALLS, cursors: Cursors | None = None, modified: int = MODIFIED) -> list[Any]:
    came = pages(path, query, cursors=cursors, modified=modified)
    return [row for page in came for row in page.rows.get(query.name, [])]


# Without a trace


AGENT = """
import sqlite3, sys
agent = sqlite3.connect(sys.argv[1], isolation_level=None)
agent.execute("PRAGMA journal_mode=WAL")
agent.execute("CREATE TABLE calls (id TEXT PRIMARY KEY, tokens INTEGER, updated INTEGER)")
for number in range(int(sys.argv[2])):
    agent.execute("INSERT INTO calls VALUES (?, 5, ?)", (f"k{number}", number))
print("written", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("number", [1, 3000], ids=["all in the -wal", "after checkpoints"])
def test_an_open_database_is_read_with_its_wal_and_nothing_changes(tmp_path: Path, number: int) -> None:
    # In a process of its own: within one, SQLite shares what is mapped.
    path = tmp_path / "agent.db"
    with subprocess.Popen(
        [sys.executable, "-c", AGENT, str(path), str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as agent:
        assert agent.stdout is not None
        agent.stdout.readline()
        before = folder_state(tmp_path)
        assert {"agent.db", "agent.db-wal", "agent.db-shm"} == before.keys()
        assert len(rows(path)) == number
        assert folder_state(tmp_path) == before
        agent.communicate(b"\n")


def test_a_closed_database_gets_no_files_beside_it(agent: sqlite3.Connection, tmp_path: Path) -> None:
    add(agent, "a", 5, 1)
    agent.close()
    before = folder_state(tmp_path)
    assert before.keys() == {"agent.db"}
    assert rows(tmp_path / "agent.db") == [("a", 5)]
    assert folder_state(tmp_path) == before


@pytest.mark.parametrize("missing", ["-shm", ""], ids=["without -shm", "with all"])
def test_what_a_killed_agent_left_is_read_and_stays_as_it_is(
    agent: sqlite3.Connection, tmp_path: Path, missing: str
) -> None:
    add(agent, "a", 5, 1)
    left = tmp_path / "left"
    left.mkdir()
    for path in tmp_path.glob("agent.db*"):
        if not missing or not path.name.endswith(missing):
            shutil.copy(path, left)
    before = folder_state(left)
    assert rows(left / "agent.db") == [("a", 5)]
    assert folder_state(left) == before


def test_a_rollback_journal_of_a_killed_agent_is_not_rolled_back_in_its_file(tmp_path: Path) -> None:
    path, left = tmp_path / "agent.db", tmp_path / "left"
    left.mkdir()
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("CREATE TABLE calls (id TEXT PRIMARY KEY, tokens INTEGER, updated INTEGER)")
        for number in range(400):
            add(connection, f"k{number}", 5, 1)
        connection.execute("BEGIN")
        connection.execute("UPDATE calls SET tokens = 6, id = id || 'x'")
        for entry in tmp_path.glob("agent.db*"):
            shutil.copy(entry, left)
        connection.execute("ROLLBACK")
    before = folder_state(left)
    assert "agent.db-journal" in before
    assert {row[1] for row in rows(left / "agent.db")} == {5}
    assert folder_state(left) == before


def test_a_large_database_that_was_left_open_is_not_copied(
    agent: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(agent, "a", 5, 1)
    left = tmp_path / "left"
    left.mkdir()
    shutil.copy(tmp_path / "agent.db", left)
    shutil.copy(tmp_path / "agent.db-wal", left)
    monkeypatch.setattr(database_file, "MOST_COPIED", 100)
    with pytest.raises(SourceError, match="not closed in order"):
        rows(left / "agent.db")


def test_no_copy_is_left_behind(agent: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(agent, "a", 5, 1)
    left, temporary = tmp_path / "left", tmp_path / "temporary"
    left.mkdir()
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    shutil.copy(tmp_path / "agent.db", left)
    shutil.copy(tmp_path / "agent.db-wal", left)
    with Database(str(left / "agent.db"), time.monotonic) as opened:
        opened.page([CALLS], Cursors(), MODIFIED)
        (copy,) = temporary.iterdir()
        assert copy.stat().st_mode & 0o077 == 0
    assert list(temporary.iterdir()) == []


def test_a_database_that_is_written_while_it_is_read_without_locks_is_read_again(
    agent: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(agent, "a", 5, 1)
    agent.close()
    path = tmp_path / "agent.db"
    waiting = [1, 2]
    check = database_file.DatabaseFile.check

    def write_meanwhile(self: database_file.DatabaseFile) -> None:
        if waiting:
            with closing(connect(path)) as other:
                add(other, "a", 5 + waiting.pop(), 2)
        check(self)

    monkeypatch.setattr(database_file.DatabaseFile, "check", write_meanwhile)
    assert rows(path) == [("a", 6)]
    assert waiting == []


def test_a_database_that_never_rests_is_left_for_later(
    agent: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent.close()

    def never(self: database_file.DatabaseFile) -> None:
        raise database_file.Changing

    monkeypatch.setattr(database_file.DatabaseFile, "check", never)
    cursors = Cursors()
    with pytest.raises(SourceError, match="read again soon"):
        rows(tmp_path / "agent.db", cursors=cursors)
    assert cursors == Cursors()


# What changed


def test_only_new_and_changed_rows_come_again(agent: sqlite3.Connection, tmp_path: Path) -> None:
    path, cursors = tmp_path / "agent.db", Cursors()
    for number in range(5):
        add(agent, f"k{number}", number, 100 + number)
    assert len(rows(path, cursors=cursors)) == 5
    agent.execute("UPDATE calls SET tokens = 77, updated = 200 WHERE id = 'k1'")
    add(agent, "k9", 9, 50)
    came = rows(path, cursors=cursors)
    assert ("k1", 77) in came
    assert ("k9", 9) in came, "a new row counts, also when the writer's clock went back"
    assert ("k0", 0) not in came
    assert rows(path, cursors=cursors) == [("k1", 77)], "rows as late as the last may come again"


def test_of_a_table_that_only_grows_no_row_comes_again(agent: sqlite3.Connection, tmp_path: Path) -> None:
    path, cursors = tmp_path / "agent.db", Cursors()
    add(agent, "a", 1, 1)
    assert rows(path, LOG, cursors) == [("a", 1)]
    assert rows(path, LOG, cursors) == []
    add(agent, "b", 2, 1)
    add(agent, "a", 3, 1)  # put in its place as a new row
    assert rows(path, LOG, cursors) == [("b", 2), ("a", 3)]


def test_every_few_hours_all_rows_come(agent: sqlite3.Connection, tmp_path: Path) -> None:
    path, cursors = tmp_path / "agent.db", Cursors()
    add(agent, "a", 1, 1)
    add(agent, "b", 1, 2)
    rows(path, cursors=cursors)
    assert rows(path, cursors=cursors, modified=MODIFIED + 3_600_000) == [("b", 1)]
    assert len(rows(path, cursors=cursors, modified=MODIFIED + 6 * 3_600_000)) == 2
    assert rows(path, cursors=cursors, modified=MODIFIED + 7 * 3_600_000) == [("b", 1)]


def test_a_table_that_began_anew_is_read_whole(agent: sqlite3.Connection, tmp_path: Path) -> None:
    path, cursors = tmp_path / "agent.db", Cursors()
    for number in range(3):
        add(agent, f"k{number}", number, 1)
    rows(path, LOG, cursors)
    agent.execute("DELETE FROM calls")
    add(agent, "n", 9, 1)
    assert rows(path, LOG, cursors) == [("n", 9)]


def test_without_the_column_of_changes_all_rows_come_each_time(tmp_path: Path) -> None:
    path, cursors = tmp_path / "agent.db", Cursors()
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE calls (id TEXT)")
        connection.execute("INSERT INTO calls VALUES ('a')")
    assert rows(path, cursors=cursors) == [("a", None)]
    assert rows(path, cursors=cursors) == [("a", None)]


def test_a_table_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "agent.db")) as connection:
        connection.execute("CREATE TABLE other (id TEXT)")
    assert pages(tmp_path / "agent.db", CALLS)[0].rows == {}


def test_conditions_choose_rows(agent: sqlite3.Connection, tmp_path: Path) -> None:
    for name in ("a:1", "a:2", "b:1"):
        add(agent, name, 1, 1)
    query = Query("calls", "calls", ("id",), where=(("id", ">=", "a:"), ("id", "<", "a;"), ("tokens", "=", 1)))
    assert rows(tmp_path / "agent.db", query) == [("a:1",), ("a:2",)]
    absent = Query("calls", "calls", ("id",), where=(("kind", "=", "x"),))
    assert pages(tmp_path / "agent.db", absent)[0].rows == {}


def test_rows_that_others_point_to_are_looked_up(agent: sqlite3.Connection, tmp_path: Path) -> None:
    agent.execute("CREATE TABLE sessions (id TEXT, folder TEXT)")
    agent.executemany("INSERT INTO sessions VALUES (?, ?)", [("a", "/one"), ("b", "/two"), ("c", "/three")])
    add(agent, "a", 1, 1)
    add(agent, "c", 1, 1)
    query = Query(
        "calls",
        "calls",
        ("id", "tokens"),
        changed="updated",
        look_ups=(
            LookUp("sessions", "sessions", "id", "id", ("id", "folder", "branch")),
            LookUp("absent", "absent", "id", "id", ("id",)),
        ),
    )
    (page,) = pages(tmp_path / "agent.db", query)
    assert sorted(page.rows["sessions"]) == [("a", "/one", None), ("c", "/three", None)]
    assert "absent" not in page.rows


def test_only_rows_that_are_to_be_followed_are_looked_up(agent: sqlite3.Connection, tmp_path: Path) -> None:
    agent.execute("CREATE TABLE sessions (id TEXT, folder TEXT)")
    agent.executemany("INSERT INTO sessions VALUES (?, ?)", [("a", "/one"), ("b", "/two")])
    add(agent, "a", 0, 1)
    add(agent, "b", 7, 1)
    look_up = LookUp("sessions", "sessions", "id", "id", ("id", "folder"), only=lambda row: row[1] == 0)
    query = Query("calls", "calls", ("id", "tokens"), changed="updated", look_ups=(look_up,))
    (page,) = pages(tmp_path / "agent.db", query)
    assert page.rows["sessions"] == [("a", "/one")]


def test_many_rows_come_in_pages_and_a_pass_goes_on_where_it_was_left(
    agent: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_ROWS", 7)
    path, cursors, came = tmp_path / "agent.db", Cursors(), []
    for number in range(40):
        add(agent, f"k{number}", number, 1000 + number)
    last = False
    number = 0
    while not last:
        kept = decode_cursors(encode_cursors(cursors))  # as after a restart
        with Database(str(path), time.monotonic) as opened:
            page = opened.page([CALLS], kept, MODIFIED)
        came += page.rows["calls"]
        cursors, last = kept, page.last
        # Behind the pass a row changes; the next pass sees it.
        agent.execute("UPDATE calls SET tokens = tokens + 1000, updated = ? WHERE id = 'k0'", (2000 + number,))
        number += 1
    assert {row[0] for row in came} == {f"k{number}" for number in range(40)}
    changed = 1000 * number
    assert ("k0", changed) in rows(path, cursors=cursors)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("add"), st.integers(0, 9), st.integers(1, 99)),
            st.tuples(st.just("read"), st.just(0), st.just(0)),
            st.tuples(st.just("restart"), st.just(0), st.just(0)),
        ),
        max_size=40,
    )
)
def test_in_the_end_every_row_was_seen_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, script: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("script") / "agent.db"
    seen: dict[str, int] = {}
    cursors = Cursors()
    with closing(connect(path)) as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_ROWS", 2)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE calls (id TEXT PRIMARY KEY, tokens INTEGER, updated INTEGER)")
        for moment, (deed, key, tokens) in enumerate(script):
            if deed == "add":
                add(connection, f"k{key}", tokens, moment)
            elif deed == "read":
                with Database(str(path), time.monotonic) as opened:
                    seen.update(opened.page([CALLS], cursors, MODIFIED).rows["calls"])
            else:
                cursors = decode_cursors(encode_cursors(cursors))
        seen.update(rows(path, cursors=cursors))
        seen.update(rows(path, cursors=cursors))
        assert seen == dict(connection.execute("SELECT id, tokens FROM calls"))


# Hostile databases


def hostile(path: Path, *statements: str) -> Path:
    with closing(connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE VIEW calls AS SELECT 'a' AS id, 1 AS tokens, 1 AS updated"],
        ["CREATE VIRTUAL TABLE calls USING fts5(id, tokens, updated)"],
        ["CREATE TABLE calls (id TEXT PRIMARY KEY, tokens, updated) WITHOUT ROWID"],
        ["CREATE TABLE calls (id TEXT, tokens, updated, rowid TEXT)"],
    ],
    ids=["view", "virtual table", "without rowid", "its own rowid"],
)
def test_what_is_no_plain_table_is_not_there(tmp_path: Path, statements: list[str]) -> None:
    assert pages(hostile(tmp_path / "h.db", *statements), CALLS)[0].rows == {}


def test_a_computed_column_is_not_computed(tmp_path: Path) -> None:
    path = hostile(
        tmp_path / "h.db",
        "CREATE TABLE calls (id TEXT, tokens AS (hex(zeroblob(500 * id))), updated)",
        "INSERT INTO calls (id, updated) VALUES ('1000', 1)",
    )
    assert rows(path) == [("1000", None)]


def test_an_index_over_a_computed_value_is_not_run(tmp_path: Path) -> None:
    path = hostile(
        tmp_path / "h.db",
        "CREATE TABLE calls (id TEXT, tokens, updated)",
        "CREATE INDEX i ON calls (hex(zeroblob(tokens)))",
        "INSERT INTO calls VALUES ('a', 1, 1)",
    )
    assert rows(path) == [("a", 1)]


def test_a_row_that_is_too_large_is_passed_over_alone(
    agent: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = tuple((limit, 1000 if limit == sqlite3.SQLITE_LIMIT_LENGTH else most) for limit, most in LIMITS)
    monkeypatch.setattr(database_file, "_LIMITS", limits)
    add(agent, "a", 1, 1)
    add(agent, "b", "x" * 5000, 1)
    add(agent, "c", 3, 1)
    came = pages(tmp_path / "agent.db", CALLS)
    assert [row for page in came for row in page.rows["calls"]] == [("a", 1), ("c", 3)]
    assert sum(page.skipped.get(TOO_LARGE, 0) for page in came) == 1


LIMITS = database_file._LIMITS


def test_a_statement_that_takes_too_long_ends(agent: sqlite3.Connection, tmp_path: Path) -> None:
    agent.execute(
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 30000) "
        "INSERT INTO calls SELECT 'k' || x, x, 0 FROM n"
    )
    seconds = iter(range(10_000_000))
    nothing = Query("calls", "calls", ("id",), where=(("tokens", "=", -1),))
    with (
        Database(str(tmp_path / "agent.db"), lambda: next(seconds) * 10.0) as opened,
        pytest.raises(SourceError, match="takes too long"),
    ):
        opened.page([nothing], Cursors(), MODIFIED)


@pytest.mark.parametrize("updated", ["zzzz", b"\xff", float("inf"), -1, None, 2**63 - 1, "x" * 5000])
def test_a_nonsense_time_hides_no_new_row(agent: sqlite3.Connection, tmp_path: Path, updated: Any) -> None:
    path, cursors = tmp_path / "agent.db", Cursors()
    add(agent, "a", 1, updated)
    rows(path, cursors=decode_cursors(encode_cursors(cursors)))
    rows(path, cursors=cursors)
    add(agent, "b", 2, 5)
    assert ("b", 2) in rows(path, cursors=decode_cursors(encode_cursors(cursors)))


def test_text_that_is_none_is_read_with_marks_in_it(agent: sqlite3.Connection, tmp_path: Path) -> None:
    agent.execute("INSERT INTO calls VALUES (CAST(x'41ff42' AS TEXT), 1, 1)")
    assert rows(tmp_path / "agent.db") == [("A\ufffdB", 1)]


def test_another_kind_of_file_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_bytes(b"not a database at all" * 100)
    (tmp_path / "empty.db").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe.db")
    (tmp_path / "folder.db").mkdir()
    for name in ("text.db", "pipe.db", "folder.db", "none.db"):
        with pytest.raises(SourceError):
            rows(tmp_path / name)
    assert pages(tmp_path / "empty.db", CALLS)[0].rows == {}


def test_a_pipe_beside_a_database_blocks_nothing(agent: sqlite3.Connection, tmp_path: Path) -> None:
    add(agent, "a", 1, 1)
    agent.close()
    os.mkfifo(tmp_path / "agent.db-wal")
    with pytest.raises(SourceError, match="not a regular file"):
        rows(tmp_path / "agent.db")


def test_a_locked_database_is_told_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_file, "_WAIT_SECONDS", 0.01)
    path = tmp_path / "agent.db"
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE calls (id TEXT PRIMARY KEY, tokens INTEGER, updated INTEGER)")
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SourceError, match="locked by another program"):
            rows(path)
        connection.execute("ROLLBACK")
    assert rows(path) == []


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_bytes_end_in_rows_or_in_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "whole.db"
    if not path.exists():
        with closing(connect(path)) as connection:
            connection.execute("PRAGMA page_size=512")
            connection.execute("CREATE TABLE calls (id TEXT PRIMARY KEY, tokens INTEGER, updated INTEGER)")
            for number in range(60):
                add(connection, f"key number {number}", number, number)
    damaged = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    target = tmp_path / "damaged.db"
    target.write_bytes(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
    for leftover in tmp_path.glob("damaged.db-*"):
        leftover.unlink()
    try:
        found = rows(target)
    except SourceError as error:
        assert str(target) in str(error)
    else:
        assert len(found) <= 10_000


def test_a_damaged_schema_that_is_no_text_ends_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "agent.db"
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE calls (id TEXT PRIMARY KEY, tokens INTEGER, updated INTEGER)")
    # SQLite quotes the table's name in its message; no Python text can hold this one.
    path.write_bytes(
        path.read_bytes().replace(b"tablecallscalls", b"table\xff\xfe\xfdlscalls").replace(b"CREATE", b"CR(ATE")
    )
    with pytest.raises(SourceError, match="is damaged or no database"):
        rows(path)


def test_cursors_of_nonsense_are_fresh_ones() -> None:
    for nonsense in (b"\xff", b"{}", b"", b"\x93\x01\x02\x03"):
        assert decode_cursors(nonsense) == Cursors()


@pytest.mark.parametrize(
    ("code", "busy"),
    [
        (sqlite3.SQLITE_BUSY, True),
        (sqlite3.SQLITE_BUSY_RECOVERY, True),
        (sqlite3.SQLITE_IOERR_SHORT_READ, True),
        (sqlite3.SQLITE_PROTOCOL, True),
        (sqlite3.SQLITE_CORRUPT_INDEX, False),
        (sqlite3.SQLITE_ERROR, False),
    ],
)
def test_what_passes_by_itself_is_told_apart(tmp_path: Path, code: int, busy: bool) -> None:
    error = sqlite3.OperationalError("so it is")
    error.sqlite_errorcode = code
    opened = database_file.DatabaseFile(str(tmp_path / "agent.db"), lambda: False)
    with pytest.raises(SourceError) as caught, opened.translated():
        raise error
    assert isinstance(caught.value, BusySource) == busy


@pytest.mark.parametrize("query", [CALLS, LOG], ids=["changed", "inserted"])
def test_the_rows_that_were_inserted_last(agent: sqlite3.Connection, tmp_path: Path, query: Query) -> None:
    for number in range(10):
        add(agent, f"c{number}", number, 5)
    with Database(str(tmp_path / "agent.db"), time.monotonic) as opened:
        page = opened.last_page((query, Query("none", "elsewhere", ("id",))), 3, MODIFIED)
    assert page.rows == {query.name: [("c7", 7), ("c8", 8), ("c9", 9)]}


def test_an_empty_table_has_no_last_rows(agent: sqlite3.Connection, tmp_path: Path) -> None:
    with Database(str(tmp_path / "agent.db"), time.monotonic) as opened:
        assert opened.last_page((CALLS,), 3, MODIFIED).rows == {"calls": []}


def test_rows_with_a_key_are_looked_up_latest_first(tmp_path: Path, agent: sqlite3.Connection) -> None:
    agent.execute("CREATE TABLE parts (id TEXT PRIMARY KEY, call TEXT, data TEXT)")
    for number in range(5):
        agent.execute("INSERT INTO parts VALUES (?, ?, ?)", (f"p{number}", f"k{number % 2}", "x"))
    where = LookUp("parts", table="parts", key="call", by="id", columns=("id", "nowhere", "data"))
    with Database(str(tmp_path / "agent.db"), time.monotonic) as opened:
        assert opened.look_up(where, "k0", 2) == [("p4", None, "x"), ("p2", None, "x")]
        assert opened.look_up(where, "k1' OR 1 --", 2) == []
        assert opened.look_up(LookUp("none", "elsewhere", "id", "id", ("id",)), "k0", 2) == []
        assert opened.look_up(LookUp("none", "parts", "nowhere", "id", ("id",)), "k0", 2) == []


def test_the_last_rows_of_a_database_that_is_written_are_left_for_later(
    agent: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changes(self: database_file.DatabaseFile) -> sqlite3.Connection:
        raise database_file.Changing

    monkeypatch.setattr(database_file.DatabaseFile, "open", changes)
    with Database(str(tmp_path / "agent.db"), time.monotonic) as opened, pytest.raises(BusySource, match="written"):
        opened.last_page((CALLS,), 3, MODIFIED)
