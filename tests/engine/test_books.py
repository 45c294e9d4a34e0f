"""The books: opened as far as possible, brought up to date, priced, and honest about what they cannot do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import DAY, NANO_A_TOKEN, Desk, fill, free
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.usage import Tokens
from tokenwatch.engine.books import Books
from tokenwatch.engine.once import catch_up
from tokenwatch.ledger.rescue import back_up
from tokenwatch.ledger.schema import MIGRATIONS

Open = Callable[..., Books]


@pytest.fixture
def books(desk: Desk) -> Iterator[Open]:
    """Makes books on the desk that are open as far as possible; they are closed at the end of the test."""
    made: list[Books] = []

    def make(**more: object) -> Books:
        made.append(Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers, **more))  # type: ignore[arg-type]
        made[-1].open_anyhow()
        return made[-1]

    yield make
    for one in made:
        one.close()


def tokens(books: Books) -> int:
    assert books.queries is not None
    return sum(entry.tokens.total for entry in books.queries.sums())


def cost(books: Books) -> tuple[int, int]:
    """Nano-dollars, and requests without a price."""
    assert books.queries is not None
    (found,) = books.queries.sums()
    return found.listed, found.unpriced


def part(books: Books, name: str) -> Health:
    (found,) = [entry for entry in books.health() if entry.part == name]
    return found


def price(desk: Desk, dollars: str, model: str = "toy-1") -> None:
    desk.paths.price_overrides.write_text(
        f'[[price]]\nmodel = "{model}"\ninput = {dollars}\noutput = {dollars}\n', encoding="utf-8"
    )


# Reading


def test_everything_that_is_there_is_read(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    desk.use(2, 20, log="b", ago=9000)
    made = books()
    assert not made.caught_up
    catch_up(made)
    assert (tokens(made), made.caught_up, made.pending) == (30, True, False)


def test_with_nothing_to_read_everything_is_read(desk: Desk, books: Open) -> None:
    made = books()
    made.plan()
    assert made.caught_up


def test_reading_again_finds_nothing_to_do(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    catch_up(books())
    made = books()
    made.plan()
    assert not made.pending
    assert made.caught_up


def test_a_hint_about_a_file_has_it_read(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    made = books()
    catch_up(made)
    path = desk.use(2, 20)
    made.hint([path, desk.folder / "elsewhere.jsonl"])
    assert made.pending
    made.step()
    assert tokens(made) == 30


def test_what_a_step_brought_is_told(desk: Desk, books: Open) -> None:
    desk.use(1, 10, s="s7")
    made = books()
    made.plan()
    entered = made.step()
    assert [change.new_tokens for change in entered.recent] == [10]
    assert entered.sessions == {("toy", "s7")}


def test_sources_are_found_also_without_a_scan(desk: Desk, books: Open) -> None:
    path = desk.use(1, 10)
    for made in (books(write=False), books()):
        assert [found.source.path for found in made.found()] == [str(path)]


def test_logs_that_are_gone_stay_counted(desk: Desk, books: Open) -> None:
    path = desk.use(1, 10)
    catch_up(books())
    path.unlink()
    made = books()
    catch_up(made)
    assert tokens(made) == 10
    assert part(made, "toy") == Health("toy")


# Prices


def test_new_prices_reach_this_month_and_what_had_none_but_not_the_past(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    desk.use(2, 100, ago=40 * DAY / 1000, log="old")
    desk.use(3, 1000, ago=40 * DAY / 1000, log="old", model="no-such-model")
    made = books()
    catch_up(made)
    assert cost(made) == (110 * NANO_A_TOKEN, 1)
    made.close()
    desk.paths.price_overrides.write_text(
        '[[price]]\nmodel = ["toy-1", "no-such-model"]\ninput = 2\noutput = 2\n', encoding="utf-8"
    )
    made = books()
    assert made.reprice()
    assert cost(made) == ((20 + 100 + 2000) * NANO_A_TOKEN, 0)
    assert not made.reprice()
    assert made.reprice(everything=True)
    assert cost(made) == ((20 + 200 + 2000) * NANO_A_TOKEN, 0)


def test_the_month_that_is_repriced_is_the_one_in_the_time_zone(desk: Desk, books: Open) -> None:
    desk.clock.set(1_793_491_200_000)  # 2026-11-01 00:00 UTC; in New York it is still October
    desk.use(1, 10, ago=20 * DAY / 1000)
    catch_up(books())
    price(desk, "3")
    made = books()
    made.reprice()
    assert cost(made)[0] == 10 * NANO_A_TOKEN
    price(desk, "5")
    made = Books(desk.paths, desk.clock, desk.settings.__class__(timezone="America/New_York"), by_id=desk.readers)
    made.open()
    made.reprice()
    assert cost(made)[0] == 50 * NANO_A_TOKEN
    made.close()


def test_a_model_of_this_month_without_a_price_is_named(desk: Desk, books: Open) -> None:
    desk.use(1, 10, model="nobody-1")
    desk.use(2, 10, model="gone-1", ago=40 * DAY / 1000, log="old")
    made = books()
    catch_up(made)
    assert made.unpriced() == (("nobody-1", 1),)
    health = part(made, "pricing")
    assert health.state is HealthState.DEGRADED
    assert health.reason == "No price is known for nobody-1; the tokens are counted, their cost is not."


def test_of_many_models_without_a_price_three_are_named(desk: Desk, books: Open) -> None:
    for number in range(5):
        for again in range(5 - number):
            desk.use(10 * number + again, 1, model=f"nobody-{number}" if number else "")
    made = books()
    catch_up(made)
    assert "for unknown, nobody-1, nobody-2 and 2 more;" in part(made, "pricing").reason


def test_a_mistake_in_the_users_prices_is_said(desk: Desk, books: Open) -> None:
    price(desk, '"much"')
    health = part(books(), "pricing")
    assert health.state is HealthState.DEGRADED
    assert "prices.toml" in health.reason


# Health


def test_all_parts_are_fine_when_they_are(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    made = books()
    catch_up(made)
    assert made.health() == (Health("toy"), Health("ledger"), Health("pricing"))


def test_lines_that_are_left_out_are_said_and_the_others_counted(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    desk.write("{torn", "{torn again")
    made = books()
    catch_up(made)
    assert tokens(made) == 10
    assert part(made, "toy") == Health("toy", HealthState.FINE, "Not counted: 2 entries in the logs of Toy (torn).")


def test_a_reader_that_fails_leaves_its_own_lines_out_and_the_others_go_on(
    desk: Desk, books: Open, expected_logs: Callable[[str], None]
) -> None:
    other = desk.reader.__class__(agent=desk.reader.agent.__class__("ann", "Ann", "A", "anyone"), fails={"read"})
    desk.more_readers = (other,)
    desk.use(1, 10)
    desk.use(2, 20, agent="ann")
    made = books()
    expected_logs("reader ann failed")
    catch_up(made)
    assert tokens(made) == 10
    assert part(made, "toy") == Health("toy")
    assert part(made, "ann").state is HealthState.DEGRADED
    assert "Not counted: 1 entry in the logs of Ann" in part(made, "ann").reason


# A ledger that cannot be used


def newer_version(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()


def no_database(path: Path) -> None:
    path.write_bytes(b"this is not a ledger" * 100)


def damaged_tables(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = pytest.mark.parametrize("spoil", [no_database, damaged_tables])

TROUBLES = [
    (newer_version, "The ledger was written by a newer TokenWatch"),
    (directory, "The ledger cannot be opened: Is a directory."),
]
each_trouble = pytest.mark.parametrize(
    ("spoil", "sentence"), TROUBLES, ids=[trouble.__name__ for trouble, _ in TROUBLES]
)


@each_trouble
def test_a_ledger_that_cannot_be_used_is_said_and_left_as_it_is(
    desk: Desk, books: Open, spoil: Callable[[Path], None], sentence: str
) -> None:
    desk.use(1, 10)
    made = books()
    catch_up(made)
    made.close()
    spoil(desk.paths.ledger)
    before = desk.paths.ledger.read_bytes() if desk.paths.ledger.is_file() else b""
    made = books()
    catch_up(made)
    assert made.trouble.startswith(sentence)
    health = part(made, "ledger")
    assert (health.state, health.reason) == (HealthState.FAILING, made.trouble)
    assert part(made, "pricing") == Health("pricing")
    assert (desk.paths.ledger.read_bytes() if desk.paths.ledger.is_file() else b"") == before


@each_trouble
def test_when_the_trouble_ends_counting_catches_up(
    desk: Desk, books: Open, spoil: Callable[[Path], None], sentence: str
) -> None:
    desk.use(1, 10)
    catch_up(first := books())
    first.close()
    kept = desk.paths.ledger.with_suffix(".kept")
    shutil.copy(desk.paths.ledger, kept)
    spoil(desk.paths.ledger)
    made = Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers)
    opened = made.open()
    catch_up(made)
    assert made.trouble
    if opened:
        made.close()
    desk.use(2, 20)
    if desk.paths.ledger.is_dir():
        desk.paths.ledger.rmdir()
    kept.replace(desk.paths.ledger)
    assert made.open()
    catch_up(made)
    assert (tokens(made), made.trouble, made.caught_up) == (30, "", True)
    made.close()


def test_a_full_disk_is_said_and_nothing_is_entered_in_part(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    made = books()
    catch_up(made)
    fill(made)
    for number in range(2, 300):
        desk.use(number, 20, s=f"session {number}", log="b")
    made.plan()
    made.step()
    assert made.trouble == "There is no space left for the ledger. Counting goes on when space is free."
    assert part(made, "ledger").state is HealthState.FAILING
    assert tokens(made) == 10
    assert made.pending
    free(made)
    made.step()
    assert (tokens(made), made.trouble) == (10 + 298 * 20, "")


def test_figures_of_before_can_be_asked_for_while_the_disk_is_full(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    made = books()
    catch_up(made)
    fill(made)
    for number in range(2, 300):
        desk.use(number, 20, s=f"session {number}", log="b")
    catch_up(made)
    assert made.queries is not None
    assert made.queries.sums(by=("model",))[0].tokens == Tokens(output=10)


def test_a_data_folder_that_cannot_be_made_is_said(desk: Desk, books: Open) -> None:
    desk.paths.data.parent.mkdir(parents=True)
    desk.paths.data.write_text("a file where the folder should be")
    made = books()
    catch_up(made)
    assert str(desk.paths.data) in made.trouble
    assert made.queries is None


def test_a_ledger_that_is_only_read_shows_the_owners_figures_and_reads_no_logs(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    owner = books()
    catch_up(owner)
    desk.use(2, 20)
    other = books(write=False)
    catch_up(other)
    assert (tokens(other), other.trouble, other.caught_up) == (10, "", True)
    assert other.health() == (Health("ledger"), Health("pricing"))
    catch_up(owner)
    assert tokens(other) == 30


def test_closing_twice_is_harmless(desk: Desk, books: Open) -> None:
    made = books()
    made.close()
    made.close()
    assert made.queries is None
    assert os.path.exists(desk.paths.ledger)


# A damaged ledger


@pytest.mark.expected_logs("damaged and has been set aside")
@DAMAGES
def test_a_damaged_ledger_is_set_aside_and_the_logs_are_read_again(
    desk: Desk, books: Open, spoil: Callable[[Path], None]
) -> None:
    desk.use(1, 10)
    catch_up(made := books())
    made.close()
    spoil(desk.paths.ledger)
    spoilt = desk.paths.ledger.read_bytes()
    made = books()
    catch_up(made)
    assert (tokens(made), made.trouble) == (10, "")
    health = part(made, "ledger")
    assert health.state is HealthState.DEGRADED
    assert health.reason.startswith("The ledger was damaged and has been set aside as ledger-damaged-")
    (aside,) = desk.paths.data.glob("ledger-damaged-*.sqlite")
    assert aside.read_bytes() == spoilt
    assert aside.name in health.reason


@pytest.mark.expected_logs("damaged and has been set aside")
def test_a_backup_keeps_what_agents_have_deleted(desk: Desk, books: Open) -> None:
    gone = desk.use(1, 10)
    catch_up(made := books())
    desk.paths.ensure(desk.paths.backups)
    back_up(desk.paths.ledger, desk.paths.backups, desk.clock.now())
    made.close()
    gone.unlink()
    desk.use(2, 20, log="b")
    no_database(desk.paths.ledger)
    made = books()
    catch_up(made)
    assert tokens(made) == 30
    assert "The backup of 20" in part(made, "ledger").reason


@pytest.mark.expected_logs("damaged and has been set aside")
def test_a_count_that_became_another_is_found_by_examining(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    catch_up(made := books())
    with sqlite3.connect(desk.paths.ledger) as connection:
        connection.execute("UPDATE agent_slots SET output = output + 1000000")
    connection.close()
    made.close()
    made.open()
    assert tokens(made) == 1_000_010
    made.examine()
    catch_up(made)
    assert tokens(made) == 10
    assert part(made, "ledger").state is HealthState.DEGRADED


def test_examining_leaves_a_good_ledger_as_it_is(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    catch_up(made := books())
    made.examine()
    assert (tokens(made), part(made, "ledger")) == (10, Health("ledger"))


def test_a_ledger_that_is_only_read_is_never_replaced(desk: Desk, books: Open) -> None:
    desk.use(1, 10)
    catch_up(made := books())
    made.close()
    no_database(desk.paths.ledger)
    made = books(write=False)
    assert made.trouble == "The ledger file is damaged and cannot be read."
    assert not list(desk.paths.data.glob("ledger-damaged-*"))
