"""Lines that matter are found, and counts and times are read however they are written."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.readers.jsonl import MAX_COUNT, MAX_TIME, MIN_TIME, count, hits, milliseconds, text

MOMENT = 1_764_000_000_123
"""2025-11-24T16:00:00.123Z"""


def lines(data: bytes, *needles: bytes) -> list[bytes]:
    return [data[begin:end] for begin, end in hits(data, needles)]


def test_lines_with_a_needle_are_found_once_and_in_order():
    data = b'{"x"}\n{"usage"} "usage"\n\n{"y"}\n{"info","usage"}\n'
    assert lines(data, b'"usage"', b'"info"') == [b'{"usage"} "usage"', b'{"info","usage"}']


def test_carriage_return_is_no_part_of_a_line():
    assert lines(b"a\r\nb\r\n", b"b") == [b"b"]


def test_last_line_may_lack_its_end():
    assert lines(b"a\nneedle", b"needle") == [b"needle"]


@pytest.mark.parametrize(("data", "needles"), [(b"", [b"a"]), (b"a\n", []), (b"\n\n", [b"a"]), (b"a", [b"aa"])])
def test_nothing_is_found_where_nothing_is(data, needles):
    assert list(hits(data, needles)) == []


@given(
    st.lists(st.sampled_from([b"a", b"b", b"c", b"\r", b"\n", b"\x00", b"\xff"]), max_size=60).map(b"".join),
    st.lists(st.sampled_from([b"a", b"ab", b"bc", b"\x00", b"\xff"]), max_size=3),
)
def test_fast_search_finds_what_a_slow_one_does(data, needles):
    slow = [line.removesuffix(b"\r") for line in data.split(b"\n") if any(needle in line for needle in needles)]
    assert lines(data, *needles) == slow


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (12, 12),
        ("12", 12),
        (" 12 ", 12),
        ("1e3", 1000),
        (12.9, 12),
        (0, 0),
        (MAX_COUNT, MAX_COUNT),
        (MAX_COUNT + 1, 0),
        (-5, 0),
        (None, 0),
        (True, 0),
        ("", 0),
        ("many", 0),
        ("9" * 5000, 0),
        (10**400, 0),
        (float("nan"), 0),
        (float("inf"), 0),
        (float("-inf"), 0),
        (1e400, 0),
        (2**63, 0),
        ([1], 0),
        ({}, 0),
        ("\ud800", 0),
    ],
)
def test_count(written, number):
    assert count(written) == number


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=3,
)


@given(json_values)
def test_no_value_raises_or_is_absurd(value):
    assert 0 <= count(value) <= MAX_COUNT
    assert type(count(value)) is int
    ms = milliseconds(value)
    assert ms is None or (type(ms) is int and MIN_TIME <= ms <= MAX_TIME)
    text(value).encode()


@pytest.mark.parametrize(("written", "kept"), [("é", "é"), ("a\ud800b", "a?b"), (None, ""), (1, ""), (["a"], "")])
def test_text_fits_the_ledger(written, kept):
    assert text(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "2025-11-24T16:00:00.123Z",
        "2025-11-24T16:00:00.123999Z",
        "2025-11-24T16:00:00.123456789Z",
        "2025-11-24 17:00:00.123+01:00",
        "20251124T160000.123Z",
        MOMENT,
        float(MOMENT),
        str(MOMENT),
        MOMENT * 1_000 + 999,
        MOMENT * 1_000_000,
        MOMENT / 1000,
        str(MOMENT / 1000),
    ],
)
def test_time_however_it_is_written(written):
    assert milliseconds(written) == MOMENT


def test_whole_seconds():
    assert milliseconds(1_764_000_000) == 1_764_000_000_000


@pytest.mark.parametrize("number", ["1711201512345", "1701121523456", "1710121512345"])
def test_number_that_looks_like_a_date_is_a_number(number):
    assert milliseconds(number) == int(number)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2025-11-24",
        "2025-11-24T16:00:00",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
        "2025-13-01T00:00:00Z",
        "x" * 100,
        0,
        -MOMENT,
        10**30,
        10**5000,
        float("nan"),
        float("inf"),
        "nan",
        True,
        None,
        [],
        "\ud800",
    ],
    ids=lambda value: "huge" if isinstance(value, int) and value > sys.maxsize else None,
)
def test_impossible_time_is_none(written):
    assert milliseconds(written) is None


@given(
    st.datetimes(datetime(2022, 1, 2), datetime(2099, 12, 30)),  # noqa: DTZ001 - the zone is drawn beside it
    st.integers(-23 * 60, 23 * 60),
)
def test_iso_time_is_exact_to_the_millisecond(moment, minutes):
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    exact = (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert milliseconds(aware.isoformat()) == exact


@given(st.integers(MIN_TIME, MAX_TIME))
def test_every_unit_gives_the_same_time(ms):
    assert (
        milliseconds(ms) == milliseconds(ms / 1000) == milliseconds(ms * 1000) == milliseconds(ms * 1_000_000) == ms
    )
