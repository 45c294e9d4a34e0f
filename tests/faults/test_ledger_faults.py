"""The ledger's file is damaged, torn, full or of an older format: a sentence, and in the end the right totals."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.collect.home import OLD, Home, TickingClock, tokens, toy_lines
from tests.collect.lives import Calls, ended, fork
from tests.engine.conftest import Desk
from tests.engine.conftest import desk as desk
from tests.faults.conftest import Figure, times
from tests.ledger.sound import check as sound
from tokenwatch.base.errors import LedgerError
from tokenwatch.engine.books import Books
from tokenwatch.engine.once import catch_up
from tokenwatch.ledger.rescue import back_up
from tokenwatch.ledger.schema import MIGRATIONS, open_for_writing

DAMAGES, TORN, FILLS = times("DAMAGES", 30), times("TORN", 40), times("FILLS", 12)
PAGE = 4096


# Damage


def noise(chance: random.Random, data: bytearray) -> None:
    """Pages become noise."""
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(data) // PAGE) * PAGE
        data[at : at + PAGE] = chance.randbytes(PAGE)


def zeros(chance: random.Random, data: bytearray) -> None:
    """A stretch was never written, as after a loss of power."""
    at = chance.randrange(len(data))
    data[at : at + chance.randrange(512, 4 * PAGE)] = bytes(min(len(data) - at, 4 * PAGE))[: len(data) - at]


def header(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(100)
    data[at : at + 8] = chance.randbytes(8)


def cut(chance: random.Random, data: bytearray) -> None:
    del data[chance.randrange(1, len(data)) :]


def flips(chance: random.Random, data: bytearray) -> None:
    """A few bytes become others."""
    for _ in range(chance.randrange(1, 40)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


KINDS: list[Callable[[random.Random, bytearray], None]] = [noise, zeros, header, cut, flips]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A ledger of several hundred records, and a backup of it from when it held half of them."""
    for number in range(200):
        desk.use(number, number + 1, s=f"s{number % 7}", ago=number * 60)
    books = Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers)
    books.open()
    catch_up(books)
    back_up(desk.paths.ledger, desk.paths.ensure(desk.paths.backups), desk.clock.now())
    for number in range(200, 400):
        desk.use(number, number + 1, log="b", s=f"s{number % 7}", ago=number * 60)
    catch_up(books)
    books.close()
    return desk


def total(books: Books) -> tuple[int, int]:
    assert books.queries is not None
    (found,) = books.queries.sums()
    return found.requests, found.tokens.total


@pytest.mark.filterwarnings("ignore")
def test_a_damaged_ledger_never_tells_a_wrong_total(
    filled: Desk, figure: Figure, expected_logs: Callable[[str], None], tmp_path: Path
) -> None:
    expected_logs("set aside")
    whole = filled.paths.ledger.read_bytes()
    restored = unharmed = said = 0
    for seed in range(DAMAGES):
        chance = random.Random(seed)
        data = bytearray(whole)
        KINDS[seed % len(KINDS)](chance, data)
        paths = replace(filled.paths, data=tmp_path / f"data {seed}")
        shutil.copytree(filled.paths.backups, paths.backups)
        paths.ledger.write_bytes(data)
        books = Books(paths, filled.clock, filled.settings, by_id=filled.readers)
        books.open_anyhow()
        catch_up(books)
        books.examine()
        catch_up(books)
        if books.trouble:
            said += 1  # for instance a header that names a newer format: left alone, and said
            assert books.queries is None or books.restored == ""
        else:
            assert total(books) == (400, sum(range(1, 401))), f"damage {seed} ({KINDS[seed % len(KINDS)].__name__})"
            restored += bool(books.restored)
            unharmed += not books.restored
        books.close()
        shutil.rmtree(paths.data)
    assert restored > DAMAGES // 3
    figure(f"{DAMAGES} damages: {restored} restored, {unharmed} harmless, {said} said and left, 0 wrong totals")


# Torn write-ahead logs


def test_a_torn_write_ahead_log_falls_back_to_a_whole_state_and_catches_up(tmp_path: Path, figure: Figure) -> None:
    """As a loss of power may leave it: cut or changed at any byte."""
    home = Home(tmp_path / "home", clock=TickingClock(OLD + 86_400_000))
    home.ledger._connection.execute("PRAGMA wal_autocheckpoint=0")
    for number in range(12):
        home.write(f"{number}.jsonl", toy_lines(number * 30 + 1, number * 30 + 30))
        home.read()
    image = home.image()
    home.end()
    wal = image["ledger.sqlite-wal"]
    behind = 0
    for seed in range(TORN):
        chance = random.Random(seed)
        torn = bytearray(wal)
        if seed % 2:
            del torn[chance.randrange(len(torn)) :]
        else:
            for _ in range(chance.randrange(1, 9)):
                torn[chance.randrange(len(torn))] ^= 1 << chance.randrange(8)
        data = tmp_path / f"torn {seed}"
        data.mkdir()
        (data / "ledger.sqlite").write_bytes(image["ledger.sqlite"])
        (data / "ledger.sqlite-wal").write_bytes(torn)
        found = Home(tmp_path / "home", data=data)
        sound(found.paths.ledger)
        behind += found.total != tokens(1, 360)
        found.read()
        assert found.total == tokens(1, 360)
        found.end()
        sound(found.paths.ledger)
        shutil.rmtree(data)
    assert behind > TORN // 3
    figure(f"{TORN} torn logs: {behind} fell back and caught up, 0 wrong")


# A full disk


def test_a_disk_that_is_full_at_any_point_loses_nothing(tmp_path: Path, figure: Figure) -> None:
    refused = 0
    for seed in range(FILLS):
        chance = random.Random(seed)
        home = Home(tmp_path / str(seed), clock=TickingClock(OLD + 86_400_000))
        for number in range(30):
            home.write(f"{number}.jsonl", toy_lines(number * 20 + 1, number * 20 + 20))
        connection = home.ledger._connection
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + chance.randrange(0, 40)}")
        home.scanner.plan()
        try:
            home.finish()
        except LedgerError:
            refused += 1
        before = home.total
        assert before[0] % 20 == 0, "a source was entered in part"
        connection.execute("PRAGMA max_page_count=1073741823")
        home.read()
        assert home.total == tokens(1, 600)
        home.end()
        sound(home.paths.ledger)
    assert refused
    figure(f"{FILLS} fills: {refused} refused, 0 in part, 0 lost")


# Older formats


def older(path: Path, version: int) -> None:
    """A ledger of an older format, with something in each table that a total comes from."""
    connection = open_for_writing(path, MIGRATIONS[:version])
    connection.execute("INSERT INTO sessions (id, agent, session, seen) VALUES (1, 'toy', 's', 1)")
    names = [row[1] for row in connection.execute("PRAGMA table_info(contexts)")]
    values = dict.fromkeys(names, "''") | dict.fromkeys(("id", "source", "session", "lane", "origin"), "1")
    values |= dict.fromkeys({"parent", "rank", "estimated"} & set(names), "0")
    connection.execute(
        f"INSERT INTO contexts ({', '.join(names)}) VALUES ({', '.join(values[name] for name in names)})"
    )
    for number in range(1, 50):
        connection.execute(
            "INSERT INTO records (family, variant, time, context, input, cache_read, cache_write_5m, cache_write_1h, "
            f"output, reasoning, listed) VALUES ({number}, 0, {OLD}, 1, 1, 0, 0, 0, {number}, 0, 5)"
        )
    connection.execute(
        "INSERT INTO slots (slot, context, requests, input, cache_read, cache_write_5m, cache_write_1h, output, "
        f"reasoning, listed, unpriced, uncertain) VALUES ({OLD // 900_000}, 1, 49, 49, 0, 0, 0, {49 * 50 // 2}, 0, "
        "245, 0, 0)"
    )
    connection.close()


def shape(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        facts = connection.execute("SELECT sum(output), count(*) FROM records").fetchall()
        return json.dumps([connection.execute("PRAGMA user_version").fetchone(), rows, facts])
    finally:
        connection.close()


@pytest.mark.skipif(os.name != "posix", reason="only on POSIX: lives are forked")
@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)) if times("VERSIONS", 0) else [1])
def test_bringing_an_older_format_up_to_date_may_end_at_any_statement(
    version: int, tmp_path: Path, figure: Figure
) -> None:
    path = tmp_path / "ledger.sqlite"
    older(path, version)

    def life(copy: Path, last: int) -> int:
        def lived() -> None:
            calls = Calls(last)
            calls.watch()
            open_for_writing(copy / "ledger.sqlite").close()
            (copy / "calls").write_text(str(calls.number))

        copy.mkdir()
        shutil.copy(path, copy / "ledger.sqlite")
        return ended(fork(lived))

    whole = tmp_path / "whole"
    assert life(whole, 0) == 0
    expected, calls = shape(whole / "ledger.sqlite"), int((whole / "calls").read_text())
    for last in range(1, calls + 1):
        copy = tmp_path / str(last)
        assert life(copy, last) == 9
        open_for_writing(copy / "ledger.sqlite").close()
        assert shape(copy / "ledger.sqlite") == expected, f"ended at call {last}"
    figure(f"from format {version}: {calls} ends, 0 differ")
