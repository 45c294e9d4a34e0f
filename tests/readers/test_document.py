"""Documents as writers leave them: whole, torn, marked, or no JSON at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.readers.document import decoded, mapping, not_decoded, objects
from tokenwatch.readers.protocol import MALFORMED

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(st.text(max_size=5), values, min_size=1, max_size=4)


@given(documents)
def test_a_document_is_its_value_also_with_what_crashes_leave_around_it(value: dict[str, Any]) -> None:
    data = json.dumps(value).encode()
    assert decoded(data) == value
    assert decoded(b"\xef\xbb\xbf" + data + b"\r\n\0\0\0") == value


@given(documents, st.data())
def test_a_document_cut_anywhere_is_nothing(value: dict[str, Any], data: st.DataObject) -> None:
    whole = json.dumps(value).encode()
    assert decoded(whole[: data.draw(st.integers(0, len(whole) - 1))]) is None


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything(data: bytes) -> None:
    decoded(data)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"a":NaN}',
        b'{"a":' + b"9" * 5000 + b"}",
    ],
    ids=["deep lists", "deep objects", "not a number", "a long number"],
)
def test_what_would_break_a_decoder_does_not(data: bytes) -> None:
    decoded(data)


def test_text_that_was_cut_in_the_middle_of_a_character_is_read_with_a_mark() -> None:
    assert decoded(b'{"a":"\xff","b":1}') == {"a": "\ufffd", "b": 1}
    assert decoded(b'{"a":"\\ud83d","b":1}') == {"a": "?", "b": 1}


def test_what_cannot_be_decoded_changes_nothing_and_is_told_unless_it_is_empty() -> None:
    torn = not_decoded(b'{"a":', b"known")
    assert (torn.records, torn.carry, torn.skipped) == ((), b"known", {MALFORMED: 1})
    for empty in (b"", b"\0\0\0", b" \r\n", b"\xef\xbb\xbf"):
        assert not_decoded(empty, b"known").skipped == {}


def test_values_of_other_kinds_hold_nothing() -> None:
    assert mapping({"a": 1}) == {"a": 1}
    assert list(objects([{"a": 1}, 2, None, {"b": 3}])) == [{"a": 1}, {"b": 3}]
    for other in (None, 1, "x", True, 1.5):
        assert mapping(other) == {}
        assert list(objects(other)) == []
