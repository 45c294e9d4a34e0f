"""Each entry of a TOML text is found in its line."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.toml_lines import lines_of


def test_entries_and_tables_have_their_lines():
    text = '# note\na = 1\n\n[t]\nb = 2\n[t.u]\n"c d" = 3\n'
    assert lines_of(text) == {("a",): 2, ("t",): 4, ("t", "b"): 5, ("t", "u"): 6, ("t", "u", "c d"): 7}


def test_entry_over_several_lines_begins_with_its_first():
    assert lines_of("a = [\n  1,\n  2,\n]\nb = 1\n") == {("a",): 1, ("b",): 5}


def test_what_looks_like_an_entry_inside_a_text_is_none():
    assert lines_of("a = '''\nb = 1\n[t]\n'''\nc = 1") == {("a",): 1, ("c",): 5}


def test_dotted_and_inline_entries_are_found():
    assert lines_of("t.a = 1\nu = {b = 2}") == {("t",): 1, ("t", "a"): 1, ("u",): 2, ("u", "b"): 2}


def test_table_counts_where_it_is_named_first():
    assert lines_of("[t.u]\na = 1\n[t]\nb = 1")[("t",)] == 1


def test_first_of_several_tables_counts():
    assert lines_of("[[t]]\na = 1\n[[t]]\na = 2") == {("t",): 1, ("t", "a"): 2}


def test_absurdly_deep_entries_are_left_out():
    assert len(lines_of(".".join("a" * 500) + " = 1")) < 20


def test_absurdly_long_value_ends_the_search():
    text = "a = 1\nb = [\n" + "1234567,\n" * 5000 + "]\nc = 1"
    assert lines_of(text) == {("a",): 1}


names = st.text("abc", min_size=1, max_size=3)
values = st.integers() | st.booleans() | st.just('"""\nx = 1\n"""') | st.just("[\n1,\n# note\n2]")


@given(st.dictionaries(names, values, max_size=5), st.dictionaries(names, st.dictionaries(names, values), max_size=3))
def test_every_entry_of_a_valid_text_is_found_where_its_name_stands(top, tables):
    def written(entries):
        return [f"{key} = {str(value).lower()}" for key, value in entries.items()]

    tables = {name: entries for name, entries in tables.items() if name not in top}
    text = "\n".join(
        written(top) + [line for name, entries in tables.items() for line in [f"[{name}]", *written(entries)]]
    )
    tomllib.loads(text)
    found = lines_of(text)
    assert set(found) == (
        {(key,) for key in top}
        | {(name,) for name in tables}
        | {(name, key) for name, entries in tables.items() for key in entries}
    )
    lines = text.split("\n")
    assert all(entry[-1] in lines[line - 1] for entry, line in found.items())
