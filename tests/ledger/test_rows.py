"""Rows: a record comes out of the tables as it went in, and sums of slots are those of what was added and taken."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tests.ledger.sound import counted
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.usage import Amendment, Context, Record
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.rows import SlotSums
from tokenwatch.ledger.schema import SLOT_MS

sixty_four_bits = st.integers(-(2**63), 2**63 - 1)
counts = st.integers(0, 10**10)
text = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)

contexts = st.builds(
    Context,
    agent=text,
    session=text,
    model=text,
    parent_session=text,
    agent_id=text,
    project=text,
    branch=text,
    provider=text,
    tier=text,
    geo=text,
    rank=st.integers(0, 2),
    lane=sixty_four_bits,
    origin=sixty_four_bits,
)
records = st.builds(
    Record,
    context=contexts,
    family=sixty_four_bits,
    variant=sixty_four_bits,
    time=st.integers(-(10**13), 10**15),
    input=counts,
    cache_read=counts,
    cache_write_5m=counts,
    cache_write_1h=counts,
    output=counts,
    reasoning=counts,
    web_search=st.integers(0, 3),
    cost_reported=st.one_of(st.none(), st.integers(0, 10**13)),
    uncertain=st.booleans(),
    final=st.booleans(),
    mark=st.integers(-3, 0),
)


@given(given_record=records)
@settings(max_examples=40)
def test_a_record_comes_back_as_it_was_entered(
    tmp_path_factory: pytest.TempPathFactory, given_record: Record
) -> None:
    path = tmp_path_factory.mktemp("rows") / "ledger.sqlite"
    ledger = Ledger(path, FlatPrice(), {})
    ledger.enter([reading("a", given_record)], NOW)
    ledger.close()
    assert counted(path) == [(given_record, FlatPrice().cost(given_record).nano)]


@pytest.mark.parametrize(
    "seldom",
    [
        {"web_search": 2},
        {"cost_reported": 0},
        {"cost_reported": 7},
        {"uncertain": True},
        {"final": False},
        {"mark": -1},
    ],
    ids=str,
)
def test_what_seldom_differs_is_kept_also_if_nothing_else_does(
    ledger: Ledger, ledger_path: Path, seldom: dict[str, object]
) -> None:
    ledger.enter([reading("a", record(1, **seldom), record(2))], NOW)
    assert {found for found, _ in counted(ledger_path)} == {record(1, **seldom), record(2)}


def test_a_placeholder_that_was_finished_is_known_as_it_was_logged(ledger: Ledger, ledger_path: Path) -> None:
    placeholder = record(7, output=3, reasoning=1, uncertain=True, final=False, lane=5, web_search=2)
    amendment = Amendment("toy", 5, 10, 5, 0, 0, 90, 40)
    ledger.enter([reading("a", placeholder, amendments=[amendment])], NOW)
    ((found, _),) = counted(ledger_path)
    assert (found.output, found.reasoning, found.uncertain, found.final) == (90, 40, False, True)
    # Another entry of its family, which keeps all its entries as they were logged.
    ledger.enter([reading("a", record(7, variant=2, time=NOW - HOUR))], NOW)
    kept = ledger._connection.execute("SELECT record FROM entries ORDER BY variant").fetchall()
    assert msgspec.msgpack.decode(kept[0][0], type=Record) == placeholder


@pytest.mark.parametrize(
    "absurd",
    [{"input": 2**63}, {"family": 2**63}, {"time": -(2**64)}, {"session": "\ud800"}, {"project": "a\udfffb"}],
    ids=lambda absurd: next(iter(absurd)),
)
def test_what_no_table_can_hold_is_refused_as_a_whole(
    ledger: Ledger, ledger_path: Path, absurd: dict[str, object]
) -> None:
    with pytest.raises(LedgerError, match="cannot hold what was read"):
        ledger.enter([reading("a", record(1), record(2, **absurd))], NOW)
    assert counted(ledger_path) == []
    assert ledger.checkpoint("a") is None


@given(entries=st.lists(st.tuples(st.integers(1, 2), records, st.booleans()), max_size=6))
def test_what_is_added_and_taken_again_leaves_nothing(entries: list[tuple[int, Record, bool]]) -> None:
    sums = SlotSums()
    for context, entry, priced in entries:
        sums.add(entry, context, entry.total if priced else None)
    for context, entry, priced in reversed(entries):
        sums.add(entry, context, entry.total if priced else None, -1)
    assert sums.changes() == []


def test_sums_are_kept_by_quarter_of_an_hour_and_context() -> None:
    sums = SlotSums()
    begin = NOW - NOW % SLOT_MS
    for time, context in ((begin, 1), (begin + SLOT_MS - 1, 1), (begin - 1, 1), (begin, 2)):
        sums.add(record(1, time=time, uncertain=True, reasoning=1), context, 7)
    sums.add(record(1, time=begin), 2, None)
    slot = begin // SLOT_MS
    assert sorted(sums.changes()) == [
        (slot - 1, 1, 1, 10, 5, 0, 0, 1, 1, 7, 0, 1),
        (slot, 1, 2, 20, 10, 0, 0, 2, 2, 14, 0, 2),
        (slot, 2, 2, 20, 10, 0, 0, 2, 1, 7, 1, 1),
    ]
