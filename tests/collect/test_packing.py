"""Packing: what comes out is what went in, and contexts travel once."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Amendment, Context, Record
from tokenwatch.collect.packing import Brought, pack, unpack
from tokenwatch.ledger.checkpoint import Checkpoint, Reading

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
whole = st.integers(-(2**63), 2**63 - 1)
count = st.integers(0, 10**10)

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
    lane=whole,
    origin=whole,
    estimated=st.integers(0, 1),
)


def records(context: st.SearchStrategy[Context]) -> st.SearchStrategy[Record]:
    return st.builds(
        Record,
        context=context,
        family=whole,
        variant=whole,
        time=whole,
        input=count,
        cache_read=count,
        cache_write_5m=count,
        cache_write_1h=count,
        output=count,
        reasoning=count,
        web_search=count,
        cost_reported=st.none() | count,
        uncertain=st.booleans(),
        final=st.booleans(),
        mark=whole,
    )


checkpoints = st.builds(
    Checkpoint,
    device=whole,
    number=st.integers(0, 2**64 - 1),
    head=st.binary(max_size=8),
    head_size=count,
    size=whole,
    modified=whole,
    offset=count,
    tail=st.binary(max_size=8),
    carry=st.binary(max_size=20),
    reader=count,
    newest=st.none() | whole,
    skipped=st.dictionaries(text, count, max_size=3),
)
amendments = st.builds(Amendment, text, whole, count, count, count, count, count, count)
quotas = st.builds(
    Quota, text, text, text, st.floats(allow_nan=False, allow_infinity=False), st.none() | whole, whole
)
# Few contexts for many records, as readers make them.
readings = st.lists(contexts, min_size=1, max_size=3).flatmap(
    lambda few: st.builds(
        Reading,
        path=text,
        agent=text,
        checkpoint=checkpoints,
        records=st.lists(records(st.sampled_from(few)), max_size=6),
        amendments=st.lists(amendments, max_size=2),
        quotas=st.lists(quotas, max_size=2),
    )
)


@given(st.lists(readings, max_size=4), st.dictionaries(text, text, max_size=3))
def test_any_reading_comes_out_as_it_went_in(came: list[Reading], failures: dict[str, str]) -> None:
    out = unpack(pack(Brought(came, failures)))
    assert out.readings == came
    assert out.failures == failures


@given(readings)
def test_packing_leaves_the_reading_as_it_was(reading: Reading) -> None:
    before = msgspec.structs.replace(reading, records=list(reading.records))
    pack(Brought([reading], {}))
    assert reading == before


def test_every_field_of_the_values_is_made_up_here() -> None:
    """A new field would otherwise be packed with its default only."""
    made = {Context: 14, Record: 15, Checkpoint: 12, Reading: 6, Amendment: 8}
    assert {kind: len(kind.__struct_fields__) for kind in made} == made


def record(number: int, context: Context) -> Record:
    return Record(context, number, 0, 0, output=number)


def reading(*came: Record) -> Reading:
    return Reading("/a", "toy", Checkpoint(1, 2, b"", 0, 3, 4, 5, b"", b"", 1), list(came))


def test_records_that_shared_a_context_share_it_afterwards() -> None:
    one, other = Context("toy", "s1", "m1"), Context("toy", "s2", "m1")
    came = reading(record(1, one), record(2, other), record(3, one))
    first, second, third = unpack(pack(Brought([came], {}))).readings[0].records
    assert first.context is third.context
    assert (first.context, second.context) == (one, other)


def test_a_context_travels_once() -> None:
    context = Context("toy", "s1", "m1", project="/work/" + "long" * 100)
    few, many = (pack(Brought([reading(*[record(n, context) for n in range(size)])], {})) for size in (1, 100))
    assert len(many) < 100 * 50
    assert few.count(b"longlong") and many.count(context.project.encode()) == 1


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x92\x90", b"hello"])
def test_what_was_not_packed_is_an_error(data: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        unpack(data)
