"""Entries: a field by name, whatever stands there."""

from __future__ import annotations

from typing import Any

import pytest

from tokenwatch.readers.entry import Entry, added, entries_of, lines, listed, of_first, without_cached
from tokenwatch.readers.jsonl import MAX_COUNT


def entry(text: str) -> Entry:
    found = Entry.of(text.encode())
    assert found is not None
    return found


def test_fields_of_the_wanted_kind_are_given() -> None:
    found = entry(
        '{"a":"x","n":7,"t":"2026-03-02T09:00:00Z","c":0.5,"b":true,"o":{"i":{"n":1}},"l":[{"n":1},2,{"n":3}]}'
    )
    assert (found.text("a"), found.count("n"), found.time("t")) == ("x", 7, 1_772_442_000_000)
    assert (found.dollars("c"), found.is_true("b")) == (500_000_000, True)
    assert found.inside("o", "i").count("n") == 1
    assert [one.count("n") for one in found.entries("l")] == [1, 3]
    assert list(found) == ["a", "n", "t", "c", "b", "o", "l"]


@pytest.mark.parametrize("text", ["null", "[]", '"words"', "7", "true", "{}", '"2026"', "-1", "1e400", "[1]"])
def test_anything_else_is_empty(text: str) -> None:
    found = entry(f'{{"x":{text}}}')
    assert found.inside("x").count("y") == found.inside("x", "y", "z").count("n") == 0
    assert found.dollars("x") is None or text == "7"
    assert found.time("x") is None
    assert found.is_true("x") is (text == "true")
    assert not found.inside("x")


def test_the_first_field_that_is_there_counts() -> None:
    found = entry('{"a":null,"b":3,"c":4,"e":"","f":"x","t":0,"u":1772442000}')
    assert found.count("a", "b", "c") == 3
    assert found.text("e", "f") == "x"
    assert found.time("t", "u") == 1_772_442_000_000
    assert ("a" in found, "b" in found, "z" in found) == (False, True, False)


@pytest.mark.parametrize("amount", [-1, 10_001, "1", None, True])
def test_an_amount_that_cannot_be_is_none(amount: Any) -> None:
    import json

    assert entry(json.dumps({"c": amount})).dollars("c") is None


@pytest.mark.parametrize("data", [b"[1]", b"7", b"", b"{", b"null"])
def test_what_is_no_object_is_no_entry(data: bytes) -> None:
    assert Entry.of(data) is None


def test_a_list_is_read_as_crashes_leave_it() -> None:
    assert [one.count("n") for one in listed(b'\xef\xbb\xbf[{"n":1}]\0\0') or ()] == [1]
    assert listed(b"[]") == []
    assert listed(b'{"n":1}') is None
    assert entries_of(b"[1,") == []


def test_lines_without_the_needle_are_passed_over() -> None:
    found = list(lines(b'{"n":1}\n{"use":2}\n"use"\n', [b'"use"']))
    assert [(begin, one is not None and one.count("use")) for begin, one in found] == [(8, 2), (18, False)]


@pytest.mark.parametrize(
    ("given", "read", "written", "parts"),
    [(100, 60, 10, (30, 60, 10)), (100, 0, 0, (100, 0, 0)), (50, 60, 10, (0, 50, 0)), (65, 60, 10, (0, 60, 5))],
)
def test_parts_never_exceed_the_whole(given: int, read: int, written: int, parts: tuple[int, ...]) -> None:
    assert without_cached(given, read, written) == parts
    assert sum(parts) == given


def test_a_sum_is_no_larger_than_a_count_may_be() -> None:
    assert (added(1, 2), added(MAX_COUNT, 1)) == (3, MAX_COUNT)


def test_the_first_that_is_not_empty() -> None:
    assert of_first([entry("{}"), entry('{"n":1}')]).count("n") == 1
    assert not of_first([])
