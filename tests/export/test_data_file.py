"""Everything the ledger holds comes out, exact and harmless, whole or not at all."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tokenwatch.base.alerts import Alert, PastAlert
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.interval import Activeness, Interval
from tokenwatch.base.limits import Quota
from tokenwatch.export import data_file
from tokenwatch.export.data_file import COLUMNS, write_data
from tokenwatch.ledger.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "ledger.sqlite"
    path.parent.mkdir()
    made = Ledger(path, FlatPrice(), {})
    made.enter(
        [
            reading("/a", *(record(number, time=NOW - number * HOUR) for number in range(1, 6))),
            reading(
                "/b",
                record(
                    7,
                    time=NOW,
                    model="unknown",
                    session="=1+2",
                    project="/work/\u202eevil\nname",
                    uncertain=True,
                    cost_reported=1_500_000_000,
                    estimated=1,
                ),
            ),
        ],
        NOW,
    )
    made.intervals.keep([Interval("toy", "s1", Activeness.WORKING, NOW - HOUR, NOW)])
    made.enter_quotas([Quota("anyone", "plus", "5h", 34.5, NOW + HOUR, NOW)])
    made.alerts.mark(["k"], NOW, [PastAlert(Alert("k", "budget", "80% spent", "Of $450.", at=NOW))])
    made.close()
    return path


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said() -> tuple[list[tuple[int, int]], Any]:
    heard: list[tuple[int, int]] = []
    return heard, lambda done, total: heard.append((done, total))


def test_every_request_is_a_line_oldest_first(ledger: Path, tmp_path: Path) -> None:
    heard, tell = said()
    target = tmp_path / "mine.csv"
    assert write_data(ledger, target, NOW, tell) == 6
    rows = csv_rows(target)
    assert tuple(rows[0]) == COLUMNS
    assert [row["output"] for row in rows] == ["5", "4", "3", "2", "1", "7"]
    assert rows[0]["list_usd"] == "0.000000020"
    assert heard == [(0, 6), (6, 6)]


def test_what_is_not_known_is_empty_and_marks_are_kept(ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.csv"
    write_data(ledger, target, NOW, lambda done, total: None)
    last = csv_rows(target)[-1]
    assert (last["list_usd"], last["reported_usd"]) == ("", "1.500000000")
    assert (last["uncertain"], last["estimated"]) == ("1", "1")


def test_no_cell_is_a_formula_and_no_name_turns_the_line(ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.csv"
    write_data(ledger, target, NOW, lambda done, total: None)
    last = csv_rows(target)[-1]
    assert last["session"] == "'=1+2"
    assert "\u202e" not in last["project"]
    assert "\n" not in last["project"]


def test_json_holds_everything_that_is_kept(ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.JSON"
    write_data(ledger, target, NOW, lambda done, total: None)
    found = json.loads(target.read_text(encoding="utf-8"))
    assert (found["schema"], len(found["requests"])) == (1, 6)
    assert found["requests"][-1]["list_usd"] is None
    assert found["requests"][0]["list_usd"] == 0.00000002
    assert [entry["kind"] for entry in found["work"]] == ["working"]
    assert [(entry["window"], entry["used_percent"]) for entry in found["limits"]] == [("5h", 34.5)]
    assert [entry["title"] for entry in found["alerts"]] == ["80% spent"]
    assert found["bills"] == []


def test_an_empty_ledger_gives_files_without_requests(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger(path, FlatPrice(), {}).close()
    for name in ("a.csv", "a.json"):
        assert write_data(path, tmp_path / name, NOW, lambda done, total: None) == 0
    assert csv_rows(tmp_path / "a.csv") == []
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["requests"] == []


def test_stopped_it_leaves_what_was_there(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_file, "_TELL_EVERY", 2)
    target = tmp_path / "mine.csv"
    target.write_text("before")
    assert write_data(ledger, target, NOW, lambda done, total: None, lambda: True) is None
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.csv"]


def test_it_says_how_far_it_is(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_file, "_TELL_EVERY", 2)
    heard, tell = said()
    write_data(ledger, tmp_path / "mine.csv", NOW, tell)
    assert heard == [(0, 6), (2, 6), (4, 6), (6, 6), (6, 6)]


def test_a_ledger_that_cannot_be_read_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    bad = tmp_path / "ledger.sqlite"
    bad.write_bytes(b"nothing of the kind" * 400)
    with pytest.raises(LedgerError):
        write_data(bad, tmp_path / "mine.csv", NOW, lambda done, total: None)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.sqlite"]


def test_a_place_that_cannot_be_written_is_told(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_data(ledger, tmp_path / "nowhere" / "mine.csv", NOW, lambda done, total: None)


def test_it_is_of_one_moment_while_more_is_written(ledger: Path, tmp_path: Path) -> None:
    writer = Ledger(ledger, FlatPrice(), {})

    def write_more(done: int, total: int) -> None:
        if done == 0:
            writer.enter([reading("/c", record(99, time=NOW))], NOW)

    assert write_data(ledger, tmp_path / "mine.csv", NOW, write_more) == 6
    writer.close()
    assert len(csv_rows(tmp_path / "mine.csv")) == 6
