"""Entering readings: exactly once, whatever the order, and nothing or all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.conftest import Figure, times
from tests.faults.conftest import figure as figure
from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Amendment, Record
from tokenwatch.ledger.change import Entered
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries, Sum

Ask = Callable[[], Sum]
ORDERS = times("ORDERS", 100)
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def test_a_record_is_counted_with_its_cost(ledger: Ledger, total: Ask) -> None:
    ledger.enter([reading("a", record(7))], NOW)
    assert (total().requests, total().tokens.total, total().listed) == (1, 22, 22)


def test_the_same_record_from_two_sources_is_counted_once(ledger: Ledger, total: Ask) -> None:
    ledger.enter([reading("a", record(7)), reading("b", record(7))], NOW)
    ledger.enter([reading("a", record(7))], NOW)
    assert total().requests == 1


def test_the_larger_entry_replaces_the_smaller_in_sums(ledger: Ledger, total: Ask) -> None:
    ledger.enter([reading("a", record(7, output=3))], NOW)
    ledger.enter([reading("a", record(7, output=30))], NOW)
    ledger.enter([reading("a", record(7, output=20))], NOW)
    assert (total().requests, total().tokens.output) == (1, 30)


def test_an_earlier_time_moves_the_record_to_its_hour(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter([reading("a", record(7, output=30))], NOW)
    ledger.enter([reading("b", record(7, output=3, time=NOW - 5 * HOUR))], NOW)
    queries = Queries(ledger_path)
    (found,) = queries.sums(slots=True)
    queries.close()
    assert (found.requests, found.tokens.output) == (1, 30)
    assert found.slot <= NOW - 5 * HOUR < found.slot + 900_000


def test_a_change_tells_by_how_much_the_record_grew(ledger: Ledger) -> None:
    (first,) = ledger.enter([reading("a", record(7))], NOW).recent
    (second,) = ledger.enter([reading("a", record(7, output=10, cache_read=6))], NOW).recent
    assert (first.new_tokens, first.cache_read, first.listed) == (17, 5, 22)
    assert (second.new_tokens, second.cache_read, second.listed) == (3, 1, 4)


def test_reading_again_changes_nothing(ledger: Ledger) -> None:
    ledger.enter([reading("a", record(7))], NOW)
    assert ledger.enter([reading("a", record(7))], NOW) == Entered()


def test_of_old_records_only_the_session_is_told(ledger: Ledger) -> None:
    old = record(7, time=NOW - 26 * HOUR, session="child", parent_session="mother")
    entered = ledger.enter([reading("a", old)], NOW)
    assert (entered.recent, entered.sessions) == ((), {("toy", "child"), ("toy", "mother")})


def test_checkpoints_survive_reopening(ledger: Ledger, ledger_path: Path, price: FlatPrice) -> None:
    given_checkpoint = reading("a", offset=77).checkpoint
    given_checkpoint.skipped["torn"] = 2
    ledger.enter([msgspec.structs.replace(reading("a"), checkpoint=given_checkpoint)], NOW)
    ledger.close()
    again = Ledger(ledger_path, price, {})
    assert again.checkpoint("a") == given_checkpoint
    assert again.checkpoint("b") is None
    again.close()


def test_a_failing_entry_changes_nothing(ledger: Ledger, total: Ask) -> None:
    ledger.enter([reading("a", record(7))], NOW)
    with pytest.raises(LedgerError):
        ledger.enter([reading("a", record(8), offset=200), reading("b", record(9, input=2**70))], NOW)
    assert total().requests == 1
    kept = ledger.checkpoint("a")
    assert kept is not None and kept.offset == 100
    ledger.enter([reading("b", record(8))], NOW)
    assert total().requests == 2


def test_deleting_all_checkpoints_and_reading_again_changes_no_total(ledger: Ledger, total: Ask) -> None:
    came = [reading("a", record(7), record(8)), reading("b", record(8, session="s2"))]
    ledger.enter(came, NOW)
    before = total()
    ledger.forget_checkpoints()
    ledger.enter(came, NOW)
    assert total() == before


def test_a_newer_reader_replaces_what_the_older_wrote(ledger: Ledger, total: Ask) -> None:
    ledger.enter([reading("a", record(7), record(8)), reading("gone", record(9))], NOW)
    ledger.start_over(["a"])
    before = ledger.taken_back
    ledger.enter([reading("a", record(7, output=1))], NOW)
    assert total().requests == 3  # nobody sees less in between
    ledger.started_over()
    assert (total().requests, total().tokens.output) == (2, 1 + 9)
    assert ledger.taken_back == before + 1


def test_what_an_older_reader_wrote_stays_if_it_cannot_be_read_again(ledger: Ledger, total: Ask) -> None:
    ledger.enter([reading("a", record(7)), reading("b", record(8))], NOW)
    was = (total(), ledger.checkpoint("a"), ledger.checkpoint("b"))
    ledger.start_over(["a", "b"])
    ledger.enter([reading("a", record(7, output=1))], NOW)
    ledger.undo()
    assert (total(), ledger.checkpoint("a"), ledger.checkpoint("b")) == was
    ledger.enter([reading("c", record(9))], NOW)
    assert total().requests == 3


def test_a_ledger_closed_while_it_starts_over_is_as_it_was(ledger_path: Path, price: FlatPrice, total: Ask) -> None:
    ledger = Ledger(ledger_path, price, {})
    ledger.enter([reading("a", record(7)), reading("b", record(8))], NOW)
    ledger.start_over(["a", "b"])
    ledger.enter([reading("a", record(7))], NOW)
    ledger.close()
    assert total().requests == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda ledger: ledger.alerts.mark(["budget/1"], NOW),
        lambda ledger: ledger.commit(),
        lambda ledger: ledger.reprice(None),
    ],
)
def test_nothing_else_commits_what_is_forgotten(
    ledger: Ledger, total: Ask, change: Callable[[Ledger], object]
) -> None:
    ledger.enter([reading("a", record(7)), reading("b", record(8))], NOW)
    ledger.start_over(["a", "b"])
    change(ledger)
    assert (total().requests, ledger.starting_over) == (2, True)


def test_new_prices_reach_old_records(ledger: Ledger, total: Ask, price: FlatPrice) -> None:
    ledger.enter([reading("a", record(7))], NOW)
    price.factor = 3
    assert ledger.reprice(None) == 1
    assert total().listed == 66
    assert ledger.prices == "flat 1"


def test_a_later_price_leaves_the_past_alone(ledger: Ledger, total: Ask, price: FlatPrice) -> None:
    ledger.enter(
        [reading("a", record(7, time=NOW - 90 * HOUR), record(8)) if False else reading("a", record(8))], NOW
    )
    ledger.enter([reading("b", record(7, time=NOW - 90 * HOUR))], NOW)
    price.factor = 2
    assert ledger.reprice(NOW - 2 * HOUR) == 1
    assert total().listed == 23 * 2 + 22


def test_a_model_without_price_is_counted_as_unpriced(ledger: Ledger, total: Ask) -> None:
    ledger.enter([reading("a", record(7, model="unknown"))], NOW)
    assert (total().requests, total().unpriced, total().listed) == (1, 1, 0)


def test_an_amendment_finishes_a_placeholder(ledger: Ledger, total: Ask) -> None:
    placeholder = record(7, output=1, final=False, uncertain=True, lane=5)
    ledger.enter([reading("a", placeholder)], NOW)
    assert total().uncertain == 1
    ledger.enter([reading("b", amendments=[Amendment("toy", 5, 10, 5, 0, 0, 90)])], NOW)
    assert (total().tokens.output, total().uncertain) == (90, 0)


def test_an_amendment_may_come_first(ledger: Ledger, total: Ask) -> None:
    ledger.enter([reading("b", amendments=[Amendment("toy", 5, 10, 5, 0, 0, 90)])], NOW)
    ledger.enter([reading("a", record(7, output=1, final=False, uncertain=True, lane=5))], NOW)
    assert (total().tokens.output, total().uncertain) == (90, 0)


def test_an_amended_record_is_not_undone_by_reading_its_placeholder_again(ledger: Ledger, total: Ask) -> None:
    placeholder = reading("a", record(7, output=1, final=False, uncertain=True, lane=5))
    ledger.enter([placeholder, reading("b", amendments=[Amendment("toy", 5, 10, 5, 0, 0, 90)])], NOW)
    ledger.enter([placeholder], NOW)
    assert (total().tokens.output, total().requests) == (90, 1)


def test_a_settled_family_counts_what_its_rule_says(ledger_path: Path, price: FlatPrice) -> None:
    def largest(family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return [max(family, key=lambda entry: entry.output)]

    ledger = Ledger(ledger_path, price, {"toy": largest})
    ledger.enter([reading("a", record(7, variant=1, output=3))], NOW)
    ledger.enter([reading("a", record(7, variant=2, output=9))], NOW)
    ledger.enter([reading("a", record(7, variant=3, output=5))], NOW)
    queries = Queries(ledger_path)
    (found,) = queries.sums()
    queries.close()
    ledger.close()
    assert (found.requests, found.tokens.output) == (1, 9)


def test_a_parent_that_becomes_known_has_its_children_settled_again(ledger_path: Path, price: FlatPrice) -> None:
    def unless_copied(family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return [entry for entry in family if not known(entry.context.parent_session)]

    ledger = Ledger(ledger_path, price, {"toy": unless_copied})
    ledger.enter([reading("child", record(7, session="child", parent_session="mother", mark=1))], NOW)
    queries = Queries(ledger_path)
    assert queries.sums()[0].requests == 1
    ledger.enter([reading("mother", record(8, session="mother"))], NOW)
    assert queries.sums()[0].requests == 1
    assert queries.sums()[0].tokens.output == 8
    queries.close()
    ledger.close()


def test_a_notified_alert_is_remembered(ledger: Ledger) -> None:
    ledger.alerts.mark(["budget/2026-11/80"], NOW)
    assert ledger.alerts.fired("budget/2026-11/") == {"budget/2026-11/80": NOW}
    assert ledger.alerts.fired("budget/2026-12/") == {}


def test_the_latest_reading_of_a_quota_is_kept(ledger: Ledger, ledger_path: Path) -> None:
    late = Quota("openai", "plus", "5h", 40.0, None, NOW)
    ledger.enter([reading("a", quotas=[late])], NOW)
    ledger.enter([reading("b", quotas=[Quota("openai", "plus", "5h", 10.0, None, NOW - HOUR)])], NOW)
    queries = Queries(ledger_path)
    assert queries.quotas() == (late,)
    queries.close()


entries = st.lists(
    st.builds(
        lambda number, variant, output, back, source, session: (
            source,
            record(number, variant=variant, output=output, time=NOW - back * HOUR, session=session),
        ),
        st.integers(0, 3),
        st.integers(0, 2),
        st.integers(0, 40),
        st.integers(0, 60),
        st.sampled_from("abc"),
        st.sampled_from(["s1", "s2"]),
    ),
    max_size=12,
)


def judge(family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
    """Any rule that looks at the set only: here, variants of one output are one."""
    kept: dict[int, Record] = {}
    for entry in sorted(family, key=lambda entry: entry.variant):
        kept.setdefault(entry.output % 5, entry)
    return list(kept.values())


def contents(path: Path, price: FlatPrice, came: Sequence[tuple[str, Record]], cuts: Mapping[int, bool]) -> list[Sum]:
    ledger = Ledger(path, price, {"toy": judge})
    try:
        batch = []
        for position, (source, entry) in enumerate(came):
            batch.append(reading(source, entry))
            if cuts.get(position):
                ledger.enter(batch, NOW)
                batch = []
        ledger.enter(batch, NOW)
    finally:
        ledger.close()
    queries = Queries(path)
    try:
        return sorted(queries.sums(by=("session", "model"), slots=True), key=repr)
    finally:
        queries.close()


def test_order_repetition_and_cuts_change_no_sum(figure: Figure) -> None:
    @settings(max_examples=ORDERS, deadline=None)
    @given(came=entries, data=st.data())
    def law(came: list[tuple[str, Record]], data: st.DataObject) -> None:
        price = FlatPrice()
        with TemporaryDirectory(dir=MEMORY) as folder:
            once = contents(Path(folder) / "one.sqlite", price, came, {})
            shuffled = data.draw(st.permutations(came + came))
            cuts = data.draw(st.dictionaries(st.integers(0, 24), st.booleans()))
            assert contents(Path(folder) / "two.sqlite", price, shuffled, cuts) == once

    law()
    figure(f"{ORDERS:,} orders, each entry twice: 0 differ")
