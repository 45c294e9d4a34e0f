"""Foreign text is made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.text import LIMIT, plain, project_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("atlas-api", "atlas-api"),
        ("a\x1b[31mb", "a [31mb"),
        ("a\nb\r\n\tc", "a b c"),
        ("abc\u202edef", "abc def"),
        ("a\u200bb\ufeffc", "a b c"),
        ("a\u2028b", "a b"),
        ("a\ud800b", "a b"),
        ("e\u0301", "é"),
        ("\x00", ""),
        (None, "None"),
        (12, "12"),
    ],
)
def test_text_is_cleaned(raw, shown):
    assert plain(raw) == shown


def test_long_text_is_cut_with_a_mark():
    assert plain("a" * 500) == "a" * (LIMIT - 1) + "…"


def test_megabytes_are_cut_before_they_are_cleaned():
    assert len(plain("\u202ea" * 10_000_000)) <= LIMIT


@given(st.text(), st.integers(1, 50))
def test_nothing_dangerous_remains(raw, limit):
    shown = plain(raw, limit)
    assert len(shown) <= limit
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert shown == shown.strip()
    shown.encode()


@given(st.text())
def test_cleaning_twice_changes_nothing(raw):
    assert plain(plain(raw)) == plain(raw)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/dev/code/acme", "acme"),
        ("/home/dev/code/acme/", "acme"),
        ("C:\\Users\\dev\\acme\\", "acme"),
        ("/", "/"),
        ("", "unknown"),
        ("/home/\u202e", "unknown"),
        ("/home/a\x1bb", "a b"),
    ],
)
def test_project_is_the_last_part_of_the_directory(path, name):
    assert project_name(path) == name
