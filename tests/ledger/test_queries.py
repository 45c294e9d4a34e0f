"""Questions to the ledger: each answer is what a plain count over the records gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import HOUR, NOW, FlatPrice, reading, record
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Record, Tokens
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import DIMENSIONS, Queries, Sum
from tokenwatch.ledger.schema import SLOT_MS

DAY = 24 * HOUR
PARENTS = {"child": "s1", "other child": "s1", "grandchild": "child", "orphan": "lost"}
"""Sub-agents with sessions of their own, and who spawned them; nothing is known of "lost"."""

Key = tuple[str, str]
"""(agent, session)"""


@st.composite
def _records(draw: st.DrawFn) -> list[Record]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        session = draw(st.sampled_from(["s1", "s2", *PARENTS]))
        # A sub-agent within its session has no parent; one with its own session has.
        sub = "a1" if session in PARENTS else draw(st.sampled_from(["", "a2"]))
        slots = draw(st.integers(0, 3 * 96)) if draw(st.booleans()) else draw(st.integers(0, 3))
        entry = record(
            number,
            agent=draw(st.sampled_from(["toy", "ann"])),
            session=session,
            parent_session=PARENTS.get(session, ""),
            agent_id=sub,
            model=draw(st.sampled_from(["m1", "m2", "unknown"])),
            project=draw(st.sampled_from(["", "/work/acme", "/work/shop"])),
            branch=draw(st.sampled_from(["", "main"])),
            provider=draw(st.sampled_from(["", "acme"])),
            time=NOW - slots * SLOT_MS + draw(st.sampled_from([-1, 0, 1])),
            input=draw(st.integers(0, 9)),
            cache_read=draw(st.integers(0, 9)),
            cache_write_5m=draw(st.integers(0, 9)),
            cache_write_1h=draw(st.integers(0, 9)),
            output=draw(st.integers(0, 9)),
            reasoning=draw(st.integers(0, 3)),
            uncertain=draw(st.booleans()),
            estimated=draw(st.integers(0, 1)),
        )
        found.append(entry)
    return found


records = _records()
many = settings(max_examples=30)


@contextmanager
def asked(factory: pytest.TempPathFactory, came: Sequence[Record]) -> Iterator[Queries]:
    """A ledger with these records, from as many sources as there are agents."""
    path = factory.mktemp("asked") / "ledger.sqlite"
    ledger = Ledger(path, FlatPrice(), {})
    ledger.enter([reading(f"log of {entry.agent}", entry) for entry in came], NOW)
    queries = Queries(path)
    try:
        yield queries
    finally:
        queries.close()
        ledger.close()


def summed(came: Sequence[Record], *, slot: int = 0, group: tuple[str, ...] = ()) -> Sum:
    costs = [FlatPrice().cost(entry).nano for entry in came]
    return Sum(
        slot,
        group,
        len(came),
        sum((entry.tokens for entry in came), Tokens()),
        sum(cost for cost in costs if cost is not None),
        sum(cost is None for cost in costs),
        sum(entry.uncertain for entry in came),
        sum(entry.context.estimated for entry in came),
        sum(entry.total for entry in came if entry.context.estimated),
    )


def slot_of(entry: Record) -> int:
    return entry.time // SLOT_MS * SLOT_MS


def value(entry: Record, dimension: str) -> str:
    return str(getattr(entry.context, dimension))


def grouped(came: Sequence[Record], by: Sequence[str], slots: bool) -> set[Sum]:
    groups = defaultdict(list)
    for entry in came:
        groups[(slot_of(entry) if slots else 0, tuple(value(entry, name) for name in by))].append(entry)
    return {summed(members, slot=slot, group=group) for (slot, group), members in groups.items()}


def top(session: str, came: Sequence[Record], agent: str) -> str:
    """Who spawned whom, as far as the records tell."""
    known = {entry.session for entry in came if entry.agent == agent}
    while session in known and session in PARENTS:
        session = PARENTS[session]
    return session


def keys(came: Sequence[Record]) -> set[Key]:
    named = {(entry.agent, entry.session) for entry in came}
    return named | {(entry.agent, entry.context.parent_session) for entry in came if entry.context.parent_session}


# Sums


GROUPINGS = [(), *combinations(DIMENSIONS, 1), *combinations(DIMENSIONS, 2), DIMENSIONS, tuple(reversed(DIMENSIONS))]


@many
@given(came=records, by=st.sampled_from(GROUPINGS), slots=st.booleans())
def test_sums_are_those_of_the_records(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record], by: tuple[str, ...], slots: bool
) -> None:
    with asked(tmp_path_factory, came) as queries:
        found = queries.sums(by=by, slots=slots)
    assert len(set(found)) == len(found)
    assert set(found) == grouped(came, by, slots)


@many
@given(
    came=records,
    by=st.sampled_from(GROUPINGS),
    places=st.lists(st.integers(1, 3 * 96), unique=True, max_size=5),
    agents=st.sampled_from([(), ("ann",), ("nobody",)]),
)
def test_cuts_keep_stretches_of_time_apart(
    tmp_path_factory: pytest.TempPathFactory,
    came: list[Record],
    by: tuple[str, ...],
    places: list[int],
    agents: tuple[str, ...],
) -> None:
    since, until = slot_of(record(0, time=NOW)) - (3 * 96 + 1) * SLOT_MS, slot_of(record(0, time=NOW))
    cuts = [since + place * SLOT_MS for place in sorted(places)]
    groups = defaultdict(list)
    for entry in came:
        if since <= entry.time < until and (not agents or entry.agent in agents):
            begin = max(edge for edge in (since, *cuts) if edge <= entry.time)
            groups[(begin, tuple(value(entry, name) for name in by))].append(entry)
    with asked(tmp_path_factory, came) as queries:
        found = queries.sums(since, until, by=by, cuts=cuts, agents=agents)
    assert len(set(found)) == len(found)
    assert set(found) == {summed(members, slot=slot, group=group) for (slot, group), members in groups.items()}


def test_cuts_need_a_begin_and_no_quarters_of_an_hour(tmp_path_factory: pytest.TempPathFactory) -> None:
    with asked(tmp_path_factory, []) as queries:
        with pytest.raises(ValueError, match="cuts need a begin"):
            queries.sums(None, NOW, cuts=[NOW - SLOT_MS])
        with pytest.raises(ValueError, match="cuts need a begin"):
            queries.sums(0, NOW, slots=True, cuts=[NOW - SLOT_MS])


@many
@given(came=records, first=st.integers(-1, 3 * 96), agents=st.sampled_from([(), ("ann",)]))
def test_who_used_anything_in_a_time_is_told_at_least_once(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record], first: int, agents: tuple[str, ...]
) -> None:
    since = slot_of(record(0, time=NOW)) - first * SLOT_MS
    until = since + 96 * SLOT_MS
    meant = [entry for entry in came if since <= entry.time < until and (not agents or entry.agent in agents)]
    with asked(tmp_path_factory, came) as queries:
        found = queries.used_by(since, until, agents)
        everything = queries.used_by(None, None)
    names = ("agent", "model", "project", "provider", "session")
    assert set(found) == {tuple(value(entry, name) for name in names) for entry in meant}
    assert set(everything) == {tuple(value(entry, name) for name in names) for entry in came}


@many
@given(came=records)
def test_whatever_is_grouped_by_adds_up_to_the_same_total(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record]
) -> None:
    with asked(tmp_path_factory, came) as queries:
        for by in GROUPINGS:
            for slots in (False, True):
                parts = queries.sums(by=by, slots=slots)
                whole = summed(came)
                assert sum(part.requests for part in parts) == whole.requests
                assert sum((part.tokens for part in parts), Tokens()) == whole.tokens
                assert sum(part.listed for part in parts) == whole.listed
                assert sum(part.unpriced for part in parts) == whole.unpriced
                assert sum(part.uncertain for part in parts) == whole.uncertain


@many
@given(
    came=records,
    first=st.integers(-1, 3 * 96 + 1),
    length=st.integers(0, 96),
    agents=st.sampled_from([(), ("toy",), ("ann",), ("toy", "ann"), ("nobody",)]),
    project=st.sampled_from(["", "/work/acme", "/work/none"]),
    session=st.sampled_from(["", "s1", "child", "none"]),
    by=st.sampled_from([(), ("model",), ("session", "project")]),
)
def test_what_is_asked_for_only_leaves_the_rest_out(
    tmp_path_factory: pytest.TempPathFactory,
    came: list[Record],
    first: int,
    length: int,
    agents: tuple[str, ...],
    project: str,
    session: str,
    by: tuple[str, ...],
) -> None:
    until = NOW - NOW % SLOT_MS - (first - 2) * SLOT_MS
    since = until - length * SLOT_MS
    meant = [
        entry
        for entry in came
        if since <= entry.time < until
        and (not agents or entry.agent in agents)
        and (not project or entry.context.project == project)
        and (not session or entry.session == session)
    ]
    with asked(tmp_path_factory, came) as queries:
        found = queries.sums(since, until, by=by, agents=agents, project=project, session=session)
        assert set(found) == grouped(meant, by, slots=False)


def test_names_are_values_and_never_part_of_a_statement(ledger: Ledger, ledger_path: Path) -> None:
    hostile = "'); DROP TABLE slots; --"
    ledger.enter([reading("a", record(7, model=hostile, project=hostile, session=hostile))], NOW)
    queries = Queries(ledger_path)
    (found,) = queries.sums(by=("model",), project=hostile, session=hostile, agents=(hostile, "toy"))
    assert found.group == (hostile,)
    assert queries.session_sum("toy", hostile).requests == 1
    queries.close()


def test_a_dimension_that_does_not_exist_is_refused(ledger: Ledger, ledger_path: Path) -> None:
    queries = Queries(ledger_path)
    with pytest.raises(ValueError, match="tokens"):
        queries.sums(by=("tokens",))
    queries.close()


# Sessions


@many
@given(came=records)
def test_a_session_s_sum_has_all_that_it_and_its_sub_agents_used(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record]
) -> None:
    with asked(tmp_path_factory, came) as queries:
        for agent, session in keys(came) | {("toy", "s1"), ("nobody", "s1")}:
            spawned = {session}
            for _ in PARENTS:
                spawned |= {
                    entry.session
                    for entry in came
                    if entry.agent == agent and entry.context.agent_id and entry.context.parent_session in spawned
                }
            meant = [entry for entry in came if entry.agent == agent and entry.session in spawned]
            assert queries.session_sum(agent, session) == summed(meant)


def test_a_fork_is_a_session_of_its_own(ledger: Ledger, ledger_path: Path) -> None:
    fork = record(2, session="fork", parent_session="s1", output=20)
    scout = record(3, session="scout", parent_session="fork", agent_id="a1", output=300)
    ledger.enter([reading("a", record(1, output=1), fork, scout)], NOW)
    queries = Queries(ledger_path)
    assert queries.session_sum("toy", "s1").tokens.output == 1
    assert queries.session_sum("toy", "fork").tokens.output == 320
    assert queries.session_count(NOW - DAY, NOW + DAY) == 2
    queries.close()


def test_sessions_that_name_each_other_as_parents_end_the_question(ledger: Ledger, ledger_path: Path) -> None:
    circle = [
        record(1, session="a", parent_session="b", agent_id="x"),
        record(2, session="b", parent_session="a", agent_id="y"),
        record(3, session="c", parent_session="c", agent_id="z"),
    ]
    ledger.enter([reading("a", *circle)], NOW)
    queries = Queries(ledger_path)
    assert queries.session_sum("toy", "a").requests == 2
    assert queries.session_sum("toy", "c").requests == 1
    assert queries.latest_session() is not None
    assert queries.session_count(NOW - DAY, NOW + DAY) <= 3
    queries.close()


@many
@given(came=records, length=st.integers(1, 3 * 96))
def test_sessions_are_counted_with_their_sub_agents_as_one(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record], length: int
) -> None:
    until = NOW - NOW % SLOT_MS + 2 * SLOT_MS
    since = until - length * SLOT_MS
    tops = {(entry.agent, top(entry.session, came, entry.agent)) for entry in came if since <= entry.time < until}
    with asked(tmp_path_factory, came) as queries:
        assert queries.session_count(since, until) == len(tops)


@many
@given(came=records)
def test_the_latest_session_is_that_of_the_last_record(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record]
) -> None:
    with asked(tmp_path_factory, came) as queries:
        found = queries.latest_session()
    if not came:
        assert found is None
        return
    assert found is not None
    last = max(entry.time for entry in came)
    recent = last > NOW - 25 * HOUR
    latest = [
        entry for entry in came if (entry.time == last if recent else slot_of(entry) == last // SLOT_MS * SLOT_MS)
    ]
    assert found in {
        (
            entry.agent,
            top(entry.session, came, entry.agent),
            entry.context.project,
            entry.context.model,
            entry.time if recent else slot_of(entry),
        )
        for entry in latest
    }


@given(came=records)
@settings(max_examples=15)
def test_the_latest_session_does_not_depend_on_the_order_of_reading(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record]
) -> None:
    alike = [msgspec.structs.replace(entry, time=NOW) for entry in came]
    with asked(tmp_path_factory, alike) as one, asked(tmp_path_factory, alike[::-1]) as other:
        assert one.latest_session() == other.latest_session()


# Single answers


@many
@given(came=records)
def test_the_first_time_is_the_begin_of_the_first_quarter_of_an_hour(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record]
) -> None:
    with asked(tmp_path_factory, came) as queries:
        assert queries.first_time() == min(map(slot_of, came), default=None)


def test_a_quarter_of_an_hour_that_lost_its_record_is_not_the_first(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter([reading("a", record(1, time=NOW))], NOW)
    ledger.enter([reading("b", record(2, time=NOW - DAY))], NOW)
    ledger.start_over(["b"])
    ledger.started_over()
    queries = Queries(ledger_path)
    assert queries.first_time() == slot_of(record(1, time=NOW))
    queries.close()


@many
@given(came=records, hours=st.integers(0, 72))
def test_recent_records_are_those_of_the_last_day_oldest_first_with_their_cost(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record], hours: int
) -> None:
    since = NOW - hours * HOUR
    meant = [entry for entry in came if entry.time >= since and entry.time > NOW - 25 * HOUR]
    with asked(tmp_path_factory, came) as queries:
        found = queries.recent(since)
    assert [entry.time for entry, _ in found] == sorted(entry.time for entry in meant)
    assert {(entry, listed) for entry, listed in found} == {(entry, FlatPrice().cost(entry).nano) for entry in meant}


@many
@given(came=records, slots=st.integers(0, 3 * 96))
def test_models_without_a_price_come_with_their_requests_the_most_first(
    tmp_path_factory: pytest.TempPathFactory, came: list[Record], slots: int
) -> None:
    since = NOW - NOW % SLOT_MS - slots * SLOT_MS
    number = sum(entry.context.model == "unknown" and entry.time >= since for entry in came)
    with asked(tmp_path_factory, came) as queries:
        assert queries.unpriced_models(since) == ([("unknown", number)] if number else [])


def test_of_models_without_a_price_the_most_used_comes_first(ledger_path: Path) -> None:
    class NoPrice(FlatPrice):
        def cost(self, record: Record) -> object:  # type: ignore[override]
            return type("None_", (), {"nano": None})

    ledger = Ledger(ledger_path, NoPrice(), {})
    models = ["b", "c", "a", "c", "a", "c"]
    ledger.enter([reading("a", *(record(number, model=model) for number, model in enumerate(models)))], NOW)
    queries = Queries(ledger_path)
    assert queries.unpriced_models(0) == [("c", 3), ("a", 2), ("b", 1)]
    queries.close()
    ledger.close()


# Sources


def test_what_could_not_be_read_is_added_up_by_agent_and_reason(ledger: Ledger, ledger_path: Path) -> None:
    def torn(path: str, agent: str, **reasons: int) -> object:
        made = reading(path)
        point = msgspec.structs.replace(made.checkpoint, skipped=reasons)
        return msgspec.structs.replace(made, agent=agent, checkpoint=point)

    came = [torn("a", "toy", torn=2, strange=1), torn("b", "toy", torn=5), torn("c", "ann"), torn("d", "bob", torn=1)]
    ledger.enter(came, NOW)  # type: ignore[arg-type]
    queries = Queries(ledger_path)
    assert queries.skipped() == {"toy": {"torn": 7, "strange": 1}, "bob": {"torn": 1}}
    ledger.enter([torn("a", "toy")], NOW)  # type: ignore[list-item]
    assert queries.skipped()["toy"] == {"torn": 5}
    queries.close()


def test_sources_come_with_how_far_they_were_read_and_when(ledger: Ledger, ledger_path: Path) -> None:
    second, first = reading("b", offset=20), reading("a", offset=10)
    ledger.enter([second], NOW - DAY)
    ledger.enter([first], NOW)
    queries = Queries(ledger_path)
    found = queries.sources()
    assert [(facts.path, facts.agent, facts.checkpoint, facts.seen) for facts in found] == [
        ("a", "toy", first.checkpoint, NOW),
        ("b", "toy", second.checkpoint, NOW - DAY),
    ]
    queries.close()


quotas = st.lists(
    st.builds(
        Quota,
        st.sampled_from(["openai", "acme"]),
        st.sampled_from(["plus", ""]),
        st.sampled_from(["5h", "week"]),
        st.integers(0, 4).map(lambda quarter: quarter * 25.0),
        st.sampled_from([None, NOW]),
        st.integers(NOW - 3, NOW),
    ),
    max_size=8,
)


@many
@given(came=quotas, data=st.data())
def test_of_each_limit_the_latest_reading_counts_in_whatever_order_they_came(
    tmp_path_factory: pytest.TempPathFactory, came: list[Quota], data: st.DataObject
) -> None:
    def kept(order: Sequence[Quota], at_once: bool) -> tuple[Quota, ...]:
        path = tmp_path_factory.mktemp("quotas") / "ledger.sqlite"
        ledger = Ledger(path, FlatPrice(), {})
        for batch in [order] if at_once else [[quota] for quota in order]:
            ledger.enter([reading("a", quotas=list(batch))], NOW)
        queries = Queries(path)
        found = queries.quotas()
        queries.close()
        ledger.close()
        return found

    found = kept(came, at_once=True)
    assert found == kept(data.draw(st.permutations(came)), at_once=False)
    latest: dict[tuple[str, str], int] = {}
    for quota in came:
        key = (quota.provider, quota.window)
        latest[key] = max(latest.get(key, 0), quota.as_of)
    assert {(quota.provider, quota.window): quota.as_of for quota in found} == latest
    assert set(found) <= set(came)


# The connection


def test_what_is_not_committed_is_not_seen(ledger: Ledger, total: Callable[[], Sum]) -> None:
    ledger.enter([reading("a", record(7))], NOW, hold=True)
    assert total().requests == 0
    ledger.commit()
    assert total().requests == 1


def test_it_can_write_nothing(ledger: Ledger, ledger_path: Path) -> None:
    queries = Queries(ledger_path)
    with pytest.raises(Exception, match="readonly"):
        queries._connection.execute("DELETE FROM slots")
    queries.close()


def test_a_ledger_that_is_gone_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be opened"):
        Queries(tmp_path / "ledger.sqlite")
