"""What is inside what, by the total that stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.readers.arbitration import Disjoint, Logged, disjoint

WAYS = [(False, False), (False, True), (True, False), (True, True)]
counts = st.integers(1, 10**6)


def total_of(logged: Logged, cache_inside: bool, reasoning_inside: bool) -> int:
    cached = 0 if cache_inside else logged.cache_read + logged.cache_write
    return logged.input + logged.output + logged.apart + cached + (0 if reasoning_inside else logged.reasoning)


def sum_of(found: Disjoint) -> int:
    return found.input + found.cache_read + found.cache_write + found.output


def test_the_example_of_a_total_that_decides() -> None:
    logged = Logged(input=1207, output=1569, reasoning=281, cache_read=54_631, total=57_407)
    for cache_inside, reasoning_inside in WAYS:
        found = disjoint(logged, cache_inside=cache_inside, reasoning_inside=reasoning_inside)
        assert found == Disjoint(1207, 54_631, 0, 1569, 281)


@pytest.mark.parametrize("truth", WAYS)
@pytest.mark.parametrize("format_says", WAYS)
@given(given_=counts, output=counts, read=counts, written=counts, reasoning=counts, apart=st.integers(0, 9))
def test_the_total_decides_whatever_the_format_says(
    truth: tuple[bool, bool],
    format_says: tuple[bool, bool],
    given_: int,
    output: int,
    read: int,
    written: int,
    reasoning: int,
    apart: int,
) -> None:
    whole = given_ + (read + written if truth[0] else 0)
    logged = Logged(whole, output + (reasoning if truth[1] else 0), read, written, reasoning, apart)
    logged = Logged(*[getattr(logged, name) for name in logged.__struct_fields__[:-1]], total_of(logged, *truth))
    fits = [way for way in WAYS if total_of(logged, *way) == logged.total]
    found = disjoint(logged, cache_inside=format_says[0], reasoning_inside=format_says[1])
    assert found.sure
    assert sum_of(found) == logged.total
    if fits == [truth]:
        assert found == Disjoint(given_ + apart, read, written, output + reasoning, reasoning)


def test_a_total_that_fits_nothing_leaves_the_format_and_says_so() -> None:
    logged = Logged(input=100, output=10, cache_read=40, reasoning=5, total=999)
    assert disjoint(logged, cache_inside=True, reasoning_inside=False) == Disjoint(60, 40, 0, 15, 5, sure=False)


def test_without_a_total_the_format_holds() -> None:
    logged = Logged(input=100, output=10, cache_read=40, reasoning=5)
    assert disjoint(logged, cache_inside=False, reasoning_inside=True) == Disjoint(100, 40, 0, 10, 5)


@given(st.builds(Logged, *[st.integers(0, 10**10)] * 7), st.booleans(), st.booleans())
def test_parts_never_exceed_what_a_count_may_be(logged: Logged, cache_inside: bool, reasoning_inside: bool) -> None:
    found = disjoint(logged, cache_inside=cache_inside, reasoning_inside=reasoning_inside)
    for value in (found.input, found.cache_read, found.cache_write, found.output, found.reasoning):
        assert 0 <= value <= 10**10
    assert found.reasoning <= found.output
