"""Origins: what figures are made of, the copies that do not count, and single requests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tokenwatch.base.usage import Record
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.origins import Scope, number_of
from tokenwatch.ledger.queries import Queries
from tokenwatch.ledger.schema import SLOT_MS

ALL = Scope()


@pytest.fixture
def queries(ledger: Ledger, ledger_path: Path) -> Iterator[Queries]:
    made = Queries(ledger_path)
    yield made
    made.close()


def test_an_entry_in_another_source_is_a_copy_however_often_it_is_read(ledger: Ledger, queries: Queries) -> None:
    for path in ("/a", "/b", "/b", "/a", "/b"):
        ledger.enter([reading(path, record(1), record(2))], NOW)
    assert queries.copies(ALL) == 2
    ledger.enter([reading("/c", record(1))], NOW)
    assert queries.copies(ALL) == 3


def test_an_entry_that_is_told_again_in_its_own_source_is_none(ledger: Ledger, queries: Queries) -> None:
    ledger.enter([reading("/a", record(1, output=1), record(1, output=5))], NOW)
    ledger.enter([reading("/a", record(1, output=9))], NOW)
    assert queries.copies(ALL) == 0


def test_the_order_of_sources_and_of_transactions_does_not_matter(tmp_path: Path) -> None:
    came = [reading("/a", record(1)), reading("/b", record(1, output=50)), reading("/c", record(1), record(2))]
    for number, order in enumerate(permutations(came)):
        for together in (False, True):
            path = tmp_path / f"{number} {together}.sqlite"
            ledger = Ledger(path, FlatPrice(), {})
            for each in [order] if together else [[one] for one in order]:
                ledger.enter(each, NOW)
            ledger.close()
            found = Queries(path)
            assert found.copies(ALL) == 2
            found.close()


def test_another_entry_of_the_same_response_is_a_copy_too(ledger_path: Path) -> None:
    def largest(family: list[Record], known: object) -> list[Record]:
        return [max(family, key=lambda entry: entry.output)]

    ledger = Ledger(ledger_path, FlatPrice(), {"toy": largest})  # type: ignore[dict-item]
    ledger.enter([reading("/a", record(1, variant=1, output=5)), reading("/b", record(1, variant=2, output=9))], NOW)
    ledger.enter([reading("/c", record(1, variant=1, output=5))], NOW)
    queries = Queries(ledger_path)
    assert queries.copies(ALL) == 2
    (told,) = queries.requests_named(number_of(record(1, variant=2)))
    assert (told.record.output, told.sources) == (9, ("/b",))
    assert [(other.output, paths) for other, paths in told.others] == [(5, ("/a", "/c"))]
    queries.close()
    ledger.close()


def test_only_copies_of_the_requests_that_are_meant_count(ledger: Ledger, queries: Queries) -> None:
    old = record(2, time=NOW - 40 * HOUR, session="s2", model="m2")
    for path in ("/a", "/b"):
        ledger.enter([reading(path, record(1), old)], NOW)
    since = (NOW - 10 * HOUR) // SLOT_MS * SLOT_MS
    assert queries.copies(Scope(since=since)) == 1
    assert queries.copies(Scope(until=since)) == 1
    assert queries.copies(Scope(agent="toy", session="s2")) == 1
    assert queries.copies(Scope(model="m2", agent="toy")) == 1
    assert queries.copies(Scope(project="")) == 0


def test_parts_are_those_of_what_is_named(ledger: Ledger, queries: Queries) -> None:
    ledger.enter(
        [
            reading("/a", record(1), record(2, model="m2"), record(3, project="/else")),
            reading("/b", record(4, session="child", parent_session="s1", agent_id="child")),
            reading("/c", record(5, session="fork", parent_session="s1")),
        ],
        NOW,
    )

    def requests(scope: Scope) -> int:
        return sum(part.requests for part in queries.parts(scope))

    assert requests(ALL) == 5
    assert requests(Scope(model="m2")) == 1
    assert requests(Scope(project="/else")) == 1
    assert requests(Scope(agent="other")) == 0
    assert requests(Scope(agent="toy", session="s1")) == 4, "what it spawned, but not what was forked from it"
    assert requests(Scope(agent="toy", session="child")) == 1 == requests(Scope(agent="toy", session="fork"))
    assert queries.agents_of("fork") == ["toy"]
    assert queries.agents_of("none") == []


def test_single_requests_are_the_dearest(ledger: Ledger, queries: Queries) -> None:
    ledger.enter([reading("/a", *(record(number) for number in range(1, 9)), record(99, model="unknown"))], NOW)
    found = queries.requests_of(ALL, 3)
    assert [(one.output, listed) for one, listed in found] == [(8, 23), (7, 22), (6, 21)]
    assert queries.requests_of(ALL, 99)[-1][1] is None


def test_a_request_is_found_by_as_many_digits_of_its_number_as_tell_it_apart(
    ledger: Ledger, queries: Queries
) -> None:
    every = [record(number, variant=variant) for number in range(40) for variant in (0, -1, 2**62)]
    ledger.enter([reading("/a", *every)], NOW)
    assert {one.family > 0 for one in every} == {True, False}
    for one in every:
        number = number_of(one)
        for digits in (number, number[:20], number.upper()):
            named = queries.requests_named(digits)
            assert [told.record.variant for told in named if told.record.family == one.family] == [one.variant]
        assert len(queries.requests_named(number[:16])) == 3


@pytest.mark.parametrize("number", ["", "abc", "xyzxyzxyz", "0x12345", "f" * 33, "١٢٣٤٥٦"])
def test_what_is_no_number_of_a_request_names_none(ledger: Ledger, queries: Queries, number: str) -> None:
    ledger.enter([reading("/a", record(1))], NOW)
    assert queries.requests_named(number) == []


def test_what_is_forgotten_has_no_copies(ledger: Ledger, queries: Queries) -> None:
    for path in ("/a", "/b"):
        ledger.enter([reading(path, record(1), record(2, time=NOW - 40 * HOUR))], NOW)
    ledger.forget_before(NOW - 20 * HOUR)
    assert queries.copies(ALL) == 1


def test_what_is_read_anew_is_noted_anew(ledger: Ledger, queries: Queries) -> None:
    for path in ("/a", "/b"):
        ledger.enter([reading(path, record(1))], NOW)
    ledger.start_over(["/a", "/b"])
    ledger.enter([reading("/a", record(1))], NOW)
    ledger.started_over()
    assert queries.copies(ALL) == 0
