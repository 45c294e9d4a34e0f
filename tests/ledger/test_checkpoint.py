"""Checkpoints come back from the table as they were written, and are the last ones of their sources."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import NOW, FlatPrice, reading, record
from tokenwatch.ledger.checkpoint import Checkpoint, Reading, checkpoint_of, columns_of
from tokenwatch.ledger.ledger import Ledger

numbers = st.integers(0, 2**63 - 1)
checkpoints = st.builds(
    Checkpoint,
    device=numbers,
    number=numbers,
    head=st.binary(max_size=8),
    head_size=numbers,
    size=st.integers(-1, 2**63 - 1),
    modified=numbers,
    offset=numbers,
    tail=st.binary(max_size=8),
    carry=st.binary(max_size=20),
    reader=st.integers(0, 99),
    newest=st.one_of(st.none(), st.integers(1, 10**15)),
    skipped=st.dictionaries(st.text(st.characters(exclude_categories=("Cs",)), max_size=8), st.integers(0, 10**9)),
)


@given(point=checkpoints)
def test_columns_are_turned_into_what_they_came_from(point: Checkpoint) -> None:
    assert checkpoint_of(columns_of(point)) == point


@given(point=checkpoints)
@settings(max_examples=20)
def test_a_checkpoint_survives_a_restart(tmp_path_factory: pytest.TempPathFactory, point: Checkpoint) -> None:
    path = tmp_path_factory.mktemp("checkpoint") / "ledger.sqlite"
    ledger = Ledger(path, FlatPrice(), {})
    ledger.enter([Reading("a", "toy", point)], NOW)
    for made in (ledger, Ledger(path, FlatPrice(), {})):
        assert made.checkpoint("a") == point
        mark = made.marks["a"]
        assert (mark.device, mark.number, mark.size, mark.modified, mark.reader) == (
            point.device,
            point.number,
            point.size,
            point.modified,
            point.reader,
        )
        made.close()


def test_of_several_slices_of_a_source_the_last_one_counts(ledger: Ledger) -> None:
    ledger.enter(
        [reading("a", record(1), offset=10), reading("b", offset=5), reading("a", record(2), offset=20)], NOW
    )
    kept = ledger.checkpoint("a")
    assert kept is not None and kept.offset == 20


def test_the_newest_record_of_a_source_is_remembered_also_when_it_is_read_again(ledger: Ledger) -> None:
    for newest, remembered in ((None, None), (50, 50), (20, 50), (None, 50), (70, 70)):
        point = msgspec.structs.replace(reading("a").checkpoint, newest=newest)
        ledger.enter([Reading("a", "toy", point)], NOW)
        kept = ledger.checkpoint("a")
        assert kept is not None and kept.newest == remembered


def test_a_source_that_is_read_again_from_its_begin_forgets_what_it_could_not_read(
    ledger: Ledger, ledger_path: Path
) -> None:
    point = msgspec.structs.replace(reading("a", offset=10).checkpoint, skipped={"torn": 3}, carry=b"c")
    ledger.enter([Reading("a", "toy", point)], NOW)
    ledger.forget_checkpoints()
    kept = ledger.checkpoint("a")
    assert kept is not None
    assert (kept.offset, kept.size, kept.tail, kept.carry, kept.skipped) == (0, -1, b"", b"", {})
