"""Snapshots of a sum: what they count depends on the set of them and on nothing else."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers.conftest import NoPrice
from tokenwatch.base.usage import Context, Estimate, Record, identity
from tokenwatch.ledger.checkpoint import Checkpoint, Reading
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries
from tokenwatch.readers.running_total import LONG_PROMPT, differences, snapshot

FAMILY = identity("toy", "s1")


def seen(
    time: int, input: int, output: int, cost: int | None = None, model: str = "m1", reasoning: int = 0
) -> Record:
    return snapshot(
        Record(
            Context("toy", "s1", model),
            FAMILY,
            0,
            1_795_000_000_000 + time,
            input=input,
            output=output,
            reasoning=reasoning,
            cost_reported=cost,
        )
    )


def begun(moment: int, *family: Record) -> list[Record]:
    return [snapshot(entry, begun=1_795_000_000_000 + moment) for entry in family]


def estimates(family: list[Record]) -> list[int]:
    return [entry.context.estimated for entry in differences(family)]


def told(family: list[Record], *, each: bool = False) -> list[tuple[int, int, int]]:
    return [(entry.time % 1000, entry.input, entry.output) for entry in differences(family, each=each)]


def test_each_snapshot_counts_what_it_has_more_than_the_one_before() -> None:
    assert told([seen(1, 10, 5), seen(2, 10, 9), seen(3, 30, 9)]) == [(1, 10, 5), (2, 0, 4), (3, 20, 0)]


def test_a_sum_that_drops_began_anew() -> None:
    assert told([seen(1, 10, 5), seen(2, 3, 1), seen(3, 4, 1)]) == [(1, 10, 5), (2, 3, 1), (3, 1, 0)]


def test_of_a_writer_that_corrects_single_counts_only_what_went_up_counts() -> None:
    assert told([seen(1, 10, 5), seen(2, 8, 9), seen(3, 9, 9)], each=True) == [(1, 10, 5), (2, 0, 4), (3, 1, 0)]


def test_what_was_used_long_before_the_first_sight_is_an_estimate_of_when() -> None:
    family = [seen(1, 10, 5), seen(2, 20, 5)]
    assert estimates(family) == [Estimate.COUNTS, Estimate.NONE]
    assert estimates(begun(-60_000, *family)) == [Estimate.NONE, Estimate.NONE]
    assert estimates(begun(-3 * 3_600_000, *family)) == [Estimate.COUNTS, Estimate.NONE]
    assert estimates(begun(3_600_000, *family)) == [Estimate.COUNTS, Estimate.NONE], "it cannot begin afterwards"


def test_a_difference_whose_price_may_depend_on_how_it_was_asked_for_is_a_sum() -> None:
    family = begun(-1, seen(1, 10, 5), seen(2, 10 + LONG_PROMPT, 5), seen(3, 11 + 2 * LONG_PROMPT, 5))
    assert estimates(family) == [Estimate.NONE, Estimate.NONE, Estimate.SUM]


def test_what_the_agent_says_it_cost_is_a_sum_too() -> None:
    found = differences([seen(1, 1, 1, cost=100), seen(2, 2, 1, cost=250), seen(3, 2, 1, cost=400)])
    assert [entry.cost_reported for entry in found] == [100, 150, 150]


def test_a_later_difference_belongs_to_the_later_model() -> None:
    found = differences([seen(1, 10, 0, model="m1"), seen(2, 15, 0, model="m2")])
    assert [(entry.context.model, entry.input) for entry in found] == [("m1", 10), ("m2", 5)]


def test_reasoning_never_exceeds_output() -> None:
    for entry in differences([seen(1, 1, 10, reasoning=0), seen(2, 1, 12, reasoning=8)]):
        assert entry.reasoning <= entry.output


snapshots = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5)


@given(snapshots)
def test_order_and_repetition_change_nothing(came: list[tuple[int, int, int]]) -> None:
    family = list({entry.variant: entry for entry in (seen(*values) for values in came)}.values())
    first = sorted(told(family))
    for order in permutations(family):
        assert sorted(told(list(order))) == first


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=8), data=st.data())
def test_the_ledger_holds_the_last_sum_however_often_it_was_looked_at(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int]], data: st.DataObject
) -> None:
    path: Path = tmp_path_factory.mktemp("sum") / "ledger.sqlite"
    ledger = Ledger(path, NoPrice(), {"toy": lambda family, known: differences(family)})
    sums, total = [], (0, 0)
    for number, (more_input, more_output) in enumerate(steps):
        total = (total[0] + more_input, total[1] + more_output)
        sums.append(seen(number, *total))
    looked_at = [*data.draw(st.lists(st.sampled_from(sums), max_size=12)), sums[-1]]
    for entry in looked_at:
        point = Checkpoint(1, 1, b"", 0, 1, 1, 0, b"", b"", 1)
        ledger.enter([Reading("a", "toy", point, [entry])], entry.time)
    ledger.close()
    queries = Queries(path)
    found = queries.sums()
    queries.close()
    assert sum(entry.tokens.total for entry in found) == sum(total)
