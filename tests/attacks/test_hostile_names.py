"""Names in logs are data: in the terminal, in CSV, in SQL, and as paths."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from pathlib import Path

import pytest

from tests.attacks.conftest import HOSTILE, Figure, Run, answer, write_log
from tokenwatch.base.paths import Paths
from tokenwatch.system.log_file import LogFile

_CODES = [*range(32), *range(127, 160), 0x200B, 0x200E, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
CONTROLS = "".join(map(chr, _CODES))
PATHS = ("--upload-pack=x", "$(touch ran)", "`touch ran`", "; touch ran", "a\nb", "../../..", "-rf")


def evil(number: int, name: str) -> dict[str, object]:
    entry = answer(number, cwd=f"/work/{name}", gitBranch=name)
    message = entry["message"]
    assert isinstance(message, dict)
    message["model"] = name
    return entry


@pytest.mark.parametrize("command", ["report --by model,branch,project", "doctor"])
def test_no_control_character_reaches_the_terminal(run: Run, home: Path, command: str, figure: Figure) -> None:
    write_log(home, evil(1, HOSTILE), *(evil(2 + at, f"a{one}b") for at, one in enumerate(CONTROLS)))
    out = run(home, *command.split()).out
    kinds = {unicodedata.category(one) for one in out if one != "\n"}
    assert not kinds & {"Cc", "Cf"}
    assert out
    figure(f"{command}: {len(CONTROLS) + 1} names, 0 control characters")


def test_no_cell_of_a_table_is_a_formula(run: Run, home: Path) -> None:
    names = [f"{sign}cmd|' /C calc'!A0" for sign in "=+-@\t\r"]
    write_log(home, *(evil(number, name) for number, name in enumerate(names, 1)))
    rows = list(csv.reader(io.StringIO(run(home, "report", "--by", "model,branch", "--csv").out)))
    assert len(rows) == len(names) + 1 or len(rows) > 4
    live = [cell for row in rows for cell in row if cell[:1] in "=+@\t\r" and cell]
    assert live == []


def test_sql_in_a_name_is_a_name(run: Run, home: Path) -> None:
    write_log(home, evil(1, "'); DROP TABLE records; --"), evil(2, '"; DELETE FROM slots; --'))
    for _ in range(2):
        report = run(home, "report", "--by", "model", "--json").json
        assert report["totals"]["requests"] == 2
    assert "'); DROP TABLE records; --" in {group["by"]["model"] for group in report["groups"]}


def test_a_path_that_looks_like_an_option_or_a_command_has_no_effect(run: Run, home: Path, figure: Figure) -> None:
    write_log(home, *(answer(number, cwd=f"/work/{name}") for number, name in enumerate(PATHS, 1)))
    before = {path for path in home.rglob("*") if ".local" not in path.parts}
    assert run(home, "report", "--by", "project", "--json").json["totals"]["requests"] == len(PATHS)
    assert {path for path in home.rglob("*") if ".local" not in path.parts} == before
    figure(f"{len(PATHS)} paths: no effect")


# Traps in an agent's folder, and where we write


@pytest.mark.skipif(os.name != "posix", reason="only on POSIX are there pipes and devices among files")
def test_a_tree_of_traps_is_passed_over(run: Run, home: Path, figure: Figure) -> None:
    folder = write_log(home, answer(1)).parent
    outside = home / "outside.jsonl"
    outside.write_bytes(b"")
    traps = {
        "zero.jsonl": "/dev/zero",
        "passwd.jsonl": "/etc/passwd",
        "outside.jsonl": str(outside),
        "nothing.jsonl": str(home / "nowhere"),
        "loop.jsonl": str(folder / "loop.jsonl"),
        "circle": str(folder),
    }
    for name, target in traps.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "folder.jsonl").mkdir()
    (folder / "empty.jsonl").write_bytes(b"")
    with (folder / "sparse.jsonl").open("wb") as file:
        file.truncate(1 << 28)
    ended = run(home, "report", "--json")
    assert (ended.code, ended.json["totals"]["requests"]) == (0, 1)
    figure(f"{len(traps) + 4} traps: none read, none hung")


@pytest.mark.skipif(os.name != "posix", reason="only on POSIX may anybody make links")
def test_a_link_where_we_write_leaves_its_target_alone(run: Run, home: Path) -> None:
    write_log(home, answer(1))
    data = home / ".local" / "share" / "tokenwatch"
    data.mkdir(parents=True)
    target = home / "mine"
    target.write_text("mine")
    for name in ("instance.lock", "backups", "ledger.sqlite-wal", "tokenwatch.log"):
        (data / name).symlink_to(target)
    run(home, "report", "--json")
    log = LogFile(Paths.below(home))
    log.open()
    log.close()
    assert target.read_text() == "mine"
