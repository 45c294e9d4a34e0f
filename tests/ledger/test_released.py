"""Ledgers as each format left them, made by the program of that time: brought up to date, with the same sums."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.ledger.sound import check as sound
from tokenwatch.ledger.rescue import check
from tokenwatch.ledger.schema import MIGRATIONS

LEDGERS = Path(__file__).resolve().parents[1] / "fixtures" / "ledgers"
FORMATS = range(1, len(MIGRATIONS))
NEWEST = max(int(path.stem.removeprefix("format-")) for path in LEDGERS.glob("format-*.sql"))
REPORT = ("report", "--by", "day,agent,model,project,session", "--json")

every = pytest.mark.parametrize("number", range(1, NEWEST + 1))


def put(number: int, home: Path) -> Path:
    """The ledger of this format where the program looks for its own, closed in order."""
    path = home / ".local" / "share" / "tokenwatch" / "ledger.sqlite"
    path.parent.mkdir(parents=True, mode=0o700)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript((LEDGERS / f"format-{number}.sql").read_text(encoding="utf-8"))
        assert connection.execute("PRAGMA user_version").fetchone() == (number,)
    return path


def groups_then(number: int) -> list[dict[str, Any]]:
    """What the program of that time reported."""
    found: list[dict[str, Any]] = json.loads((LEDGERS / f"format-{number}.json").read_text(encoding="utf-8"))
    return found


def test_there_is_one_of_each_format_before_the_present_one() -> None:
    """If this fails: scripts/released_ledger, with the program as it was before the new format."""
    assert [number for number in FORMATS if not (LEDGERS / f"format-{number}.sql").exists()] == []


@every
def test_it_is_brought_up_to_date_and_reports_the_same(run: Run, tmp_path: Path, number: int) -> None:
    path = put(number, tmp_path)
    for _ in range(2):
        ended = run(tmp_path, *REPORT)
        assert (ended.code, ended.errors) == (0, "")
        # Later versions say more of each group, never something else.
        then, now = groups_then(number), ended.json["groups"]
        assert len(now) == len(then)
        assert [{key: group[key] for key in old} for group, old in zip(now, then, strict=True)] == then
    sound(path)
    check(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


@pytest.mark.parametrize("number", FORMATS)
def test_the_ledger_as_it_was_is_kept(run: Run, tmp_path: Path, number: int) -> None:
    path = put(number, tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    run(tmp_path, *REPORT)
    with closing(sqlite3.connect(path.with_name(f"ledger-format{number}.backup"))) as connection:
        assert list(connection.iterdump()) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [(REPORT, 1), (("status", "--json"), 0), (("doctor",), 1), (("forecast",), 1)],  # what runs is known without one
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_a_newer_one_is_refused_in_a_sentence_and_left_as_it_is(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    path = put(NEWEST, tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=999")
        connection.execute("ALTER TABLE meta ADD COLUMN later")
    before = path.read_bytes()
    ended = run(tmp_path, *words)
    said = ended.out + ended.errors
    assert ended.code == code
    assert "The ledger was written by a newer TokenWatch (format 999" in said
    assert "Traceback" not in said
    assert path.read_bytes() == before
    # Whoever reads needs these two; there is nothing in them.
    assert {each.name for each in path.parent.glob("ledger*")} <= {path.name, f"{path.name}-wal", f"{path.name}-shm"}
    assert not path.with_name(f"{path.name}-wal").exists() or not path.with_name(f"{path.name}-wal").stat().st_size
