"""Tokens add up, entries merge by law, and an identity is the same everywhere."""

from __future__ import annotations

import subprocess
import sys
from functools import reduce

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.usage import Context, Record, Tokens, identity, larger

few = st.integers(0, 3)
words = st.sampled_from(["", "a", "b"])
CONTEXT_FIELDS = {
    "agent": st.just("toy"),
    "session": words,
    "model": words,
    "parent_session": words,
    "agent_id": words,
    "project": words,
    "branch": words,
    "provider": words,
    "tier": words,
    "geo": words,
    "rank": few,
    "lane": few,
    "origin": few,
    "estimated": st.integers(0, 1),
}
FIELDS = {
    "context": st.builds(Context, **CONTEXT_FIELDS),
    "family": st.just(1),
    "variant": st.just(2),
    "time": few,
    "input": few,
    "cache_read": few,
    "cache_write_5m": few,
    "cache_write_1h": few,
    "output": few,
    "reasoning": few,
    "web_search": few,
    "cost_reported": st.none() | few,
    "uncertain": st.booleans(),
    "final": st.booleans(),
    "mark": few,
}
record_of_one_response = st.builds(Record, **FIELDS)


def test_every_field_of_a_record_takes_part_in_the_laws():
    assert set(FIELDS) == set(Record.__struct_fields__)
    assert set(CONTEXT_FIELDS) == set(Context.__struct_fields__)


@given(record_of_one_response, record_of_one_response)
def test_merging_is_commutative(one, other):
    assert larger(one, other) == larger(other, one)


@given(record_of_one_response, record_of_one_response, record_of_one_response)
def test_merging_is_associative(one, two, three):
    assert larger(larger(one, two), three) == larger(one, larger(two, three))


@given(record_of_one_response, record_of_one_response)
def test_merging_is_idempotent(one, other):
    merged = larger(one, other)
    assert larger(one, one) == one
    assert larger(merged, one) == larger(merged, other) == merged


@given(st.lists(record_of_one_response, min_size=1, max_size=6), st.randoms())
def test_order_and_repetition_change_nothing(entries, random):
    shuffled = entries + random.choices(entries, k=3)
    random.shuffle(shuffled)
    assert reduce(larger, shuffled) == reduce(larger, entries)


@given(record_of_one_response, record_of_one_response)
def test_merged_counts_stood_together_in_one_entry(one, other):
    merged = larger(one, other)
    assert merged.tokens in (one.tokens, other.tokens)
    assert merged.total == max(one.total, other.total)
    assert merged.time == min(one.time, other.time)


def test_cache_write_that_moves_to_another_count_is_not_doubled():
    context = Context("toy", "s", "m")
    early = Record(context, 1, 2, 5, cache_write_5m=100, output=1, final=False)
    late = Record(context, 1, 2, 6, cache_write_1h=100, output=9)
    assert larger(early, late) == msgspec.structs.replace(late, time=5)


def test_finished_entry_wins_a_tie():
    draft = Record(Context("toy", "z", "m"), 1, 2, 5, output=1, final=False)
    final = Record(Context("toy", "a", "m"), 1, 2, 5, output=1)
    assert larger(draft, final) == final


counts = st.builds(Tokens, *[st.integers(0, 10**10)] * 6)


@given(counts, counts)
def test_tokens_add_part_by_part(one, other):
    both = one + other
    assert both.total == one.total + other.total
    assert both.new == one.new + other.new
    assert both.prompt == one.prompt + other.prompt


@given(counts)
def test_parts_never_overlap(tokens):
    assert tokens.total == tokens.new + tokens.cache_read == tokens.prompt + tokens.output


@given(record_of_one_response)
def test_record_and_its_tokens_have_one_total(record):
    assert record.total == record.tokens.total


@given(record_of_one_response)
def test_record_travels_between_processes_unchanged(record):
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=Record) == record


def test_identity_is_equal_in_another_process():
    program = "from tokenwatch.base.usage import identity; print(identity('toy', 'é\\udc80', 7))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) == identity("toy", "é\udc80", 7)


def test_identity_tells_where_parts_end():
    assert identity("ab", "c") != identity("a", "bc")


@given(st.lists(st.text() | st.integers()))
def test_identity_fits_the_ledger(parts):
    assert -(2**63) <= identity(*parts) < 2**63
