"""The wire format of Protocol Buffers: what was written is read, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers import wire
from tokenwatch.readers import protobuf
from tokenwatch.readers.protobuf import Message

numbers = st.integers(1, (1 << 29) - 1)
varints = st.integers(0, (1 << 64) - 1)
flat = st.dictionaries(numbers, st.one_of(varints, st.text(max_size=20)), max_size=8)
nested = st.recursive(
    flat, lambda inner: st.dictionaries(numbers, st.one_of(varints, inner), max_size=4), max_leaves=8
)


def read(data: bytes) -> Message:
    found = Message.of(data)
    assert found is not None
    return found


def agrees(found: Message, fields: dict[int, Any]) -> None:
    for number, value in fields.items():
        assert number in found
        if isinstance(value, int):
            assert found.varint(number) == value
        elif isinstance(value, str):
            assert found.text(number) == value
        else:
            inner = found.inside(number)
            assert inner is not None
            agrees(inner, value)


@given(nested)
def test_what_was_written_is_read(fields: dict[int, Any]) -> None:
    agrees(read(wire.message(fields)), fields)


@given(flat, st.data())
def test_a_message_that_ends_within_a_field_is_none(fields: dict[int, Any], data: st.DataObject) -> None:
    whole = wire.message(fields)
    ends = {len(wire.message(dict(list(fields.items())[:number]))) for number in range(len(fields) + 1)}
    end = data.draw(st.integers(0, len(whole)))
    assert (Message.of(whole[:end]) is not None) == (end in ends)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_none(data: bytes) -> None:
    found = Message.of(data)
    if found is not None:
        for number in range(1, 40):
            assert 0 <= found.varint(number) < 1 << 64
            assert isinstance(found.text(number), str)
            found.inside(number, number)


def test_of_a_number_that_stands_twice_the_last_counts() -> None:
    assert read(wire.message({3: [7, 9]})).varint(3) == 9
    assert read(wire.message({3: ["a", "b"]})).text(3) == "b"


def test_parts_of_an_embedded_message_are_one_message() -> None:
    inner = read(wire.message({1: [{2: 5, 3: 1}, {3: 4}]})).inside(1)
    assert inner is not None
    assert (inner.varint(2), inner.varint(3)) == (5, 4)
    first = read(wire.message({1: [{2: 5}, {2: 6}]})).first(1)
    assert first is not None
    assert first.varint(2) == 5


def test_what_is_missing_or_of_another_kind_is_empty() -> None:
    found = read(wire.message({1: 5, 2: "words"}))
    assert (found.varint(2), found.varint(9), found.text(1), found.text(9)) == (0, 0, "", "")
    empty = found.inside(9, 9)
    assert empty is not None
    assert not empty
    assert found.inside(2) is None, "text is no message"
    assert read(wire.message({2: b"\xff"})).text(2) == ""


def test_numbers_of_four_and_eight_bytes_are_passed_over() -> None:
    data = b"\x0d\x01\x02\x03\x04" + b"\x11" + b"\x00" * 8 + wire.message({3: 6})
    assert read(data).varint(3) == 6


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01",  # field 0
        b"\x0b\x0c",  # a group
        b"\x0e\x01",  # a kind that there is not
        b"\x08" + b"\xff" * 9 + b"\x02",  # more than 64 bits
        b"\x08" + b"\x80" * 10 + b"\x00",  # more bytes than a number has
        b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",  # longer than anything
        wire.varint(1 << 29 << 3) + b"\x01",  # a field's number that there is not
    ],
)
def test_what_breaks_the_rules_is_none(data: bytes) -> None:
    assert Message.of(data) is None


def test_more_fields_than_any_message_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protobuf, "MOST_FIELDS", 3)
    assert Message.of(wire.message({1: [1, 2, 3]})) is not None
    assert Message.of(wire.message({1: [1, 2, 3, 4]})) is None
