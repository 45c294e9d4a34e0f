"""What the writer remembers between transactions: only what saves asking, and never anything that is not so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import NOW, FlatPrice, reading, record
from tests.ledger.sound import check, counted
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.usage import Record
from tokenwatch.ledger import known
from tokenwatch.ledger.checkpoint import Reading
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Sum

Ask = Callable[[], Sum]


def numbers(path: Path) -> dict[str, int]:
    """How many rows the tables of names have."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("sources", "sessions", "contexts")
        }


# Ids


def test_a_name_that_comes_again_is_not_written_again(ledger: Ledger, ledger_path: Path) -> None:
    for number in range(3):
        ledger.enter([reading("a", record(number)), reading("b", record(10 + number))], NOW)
    assert numbers(ledger_path) == {"sources": 2, "sessions": 1, "contexts": 2}


def test_after_a_restart_names_are_found_again(ledger_path: Path, price: FlatPrice) -> None:
    entry = record(1, parent_session="mother", agent_id="a1")
    for number in range(3):
        ledger = Ledger(ledger_path, price, {})
        ledger.enter([reading("a", msgspec.structs.replace(entry, family=number))], NOW)
        ledger.close()
    assert numbers(ledger_path) == {"sources": 1, "sessions": 2, "contexts": 1}
    check(ledger_path)


@pytest.mark.parametrize(
    "other",
    [
        {"session": "s2"},
        {"model": "m2"},
        {"parent_session": "s9"},
        {"agent_id": "a1"},
        {"project": "/work/shop"},
        {"branch": "dev"},
        {"provider": "acme"},
        {"tier": "fast"},
        {"geo": "us"},
        {"rank": 1},
        {"lane": 7},
        {"origin": 7},
        {"agent": "ann"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_whatever_differs_makes_another_context_also_after_a_restart(
    ledger_path: Path, price: FlatPrice, other: dict[str, object]
) -> None:
    ledger = Ledger(ledger_path, price, {})
    ledger.enter([reading("a", record(1))], NOW)
    ledger.close()
    ledger = Ledger(ledger_path, price, {})
    ledger.enter([reading("a", record(2, **other), record(3))], NOW)
    ledger.close()
    assert numbers(ledger_path)["contexts"] == 2
    kept = {found.output: found.context for found, _ in counted(ledger_path)}
    assert kept == {1: record(1).context, 2: record(2, **other).context, 3: record(3).context}


def test_a_session_is_one_of_its_agent(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter([reading("a", record(1)), reading("b", record(2, agent="ann"))], NOW)
    assert numbers(ledger_path)["sessions"] == 2


def test_marks_tell_how_every_source_was_left(ledger_path: Path, price: FlatPrice) -> None:
    ledger = Ledger(ledger_path, price, {})
    ledger.enter([reading("a", offset=10), reading("a", offset=20), reading("b", offset=5)], NOW)
    for made in (ledger, Ledger(ledger_path, price, {})):
        assert {path: mark.size for path, mark in made.marks.items()} == {"a": 20, "b": 5}
        made.forget_checkpoints()
        assert {path: mark.size for path, mark in made.marks.items()} == {"a": -1, "b": -1}
        made.enter([reading("a", offset=20), reading("b", offset=5)], NOW)
        made.close()


def test_after_something_was_undone_marks_and_ids_are_those_of_the_file(ledger: Ledger, ledger_path: Path) -> None:
    ledger.enter([reading("a", record(1), offset=10)], NOW)
    with pytest.raises(LedgerError):
        ledger.enter([reading("a", record(2, session="s2"), offset=20), reading("b", record(3, input=2**70))], NOW)
    assert {path: mark.size for path, mark in ledger.marks.items()} == {"a": 10}
    ledger.enter([reading("c", record(4, session="s3"))], NOW)
    ledger.enter([reading("b", record(3, session="s2"))], NOW)
    check(ledger_path, now=NOW)
    assert numbers(ledger_path) == {"sources": 3, "sessions": 3, "contexts": 3}


# What is forgotten


def test_what_is_forgotten_is_asked_for_again(
    ledger_path: Path, price: FlatPrice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_KEPT", 3)
    ledger = Ledger(ledger_path, price, {})
    ledger.rest()
    for again in range(3):
        for number in range(10):
            ledger.enter([reading("a", record(100 * again + number, session=f"s{number}"))], NOW)
    ledger.close()
    assert numbers(ledger_path) == {"sources": 1, "sessions": 10, "contexts": 10}
    check(ledger_path, now=NOW)


def test_families_of_more_records_than_are_remembered_are_asked_for(
    ledger_path: Path, price: FlatPrice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_MOST_FAMILIES", 5)
    ledger = Ledger(ledger_path, price, {})
    for again in range(2):
        for number in range(10):
            ledger.enter([reading("a", record(number, output=again + 1))], NOW)
    assert ledger._known.families is None
    ledger.close()
    assert [found.output for found, _ in counted(ledger_path)] == [2] * 10


def unless_copied(family: Sequence[Record], is_known: Callable[[str], bool]) -> Sequence[Record]:
    return [entry for entry in family if not entry.mark or not is_known(entry.context.parent_session)]


@pytest.mark.parametrize("rests", [False, True], ids=["first import", "later"])
@pytest.mark.parametrize("restarts", [False, True], ids=["in one life", "in two"])
def test_a_session_that_becomes_known_is_noticed_whatever_was_forgotten(
    ledger_path: Path, price: FlatPrice, rests: bool, restarts: bool
) -> None:
    ledger = Ledger(ledger_path, price, {"toy": unless_copied})
    ledger.enter([reading("child", record(1, session="child", parent_session="mother", mark=1))], NOW)
    if rests:
        ledger.rest()
    if restarts:
        ledger.close()
        ledger = Ledger(ledger_path, price, {"toy": unless_copied})
    assert len(counted(ledger_path)) == 1
    ledger.enter([reading("mother", record(2, session="mother"))], NOW)
    ledger.close()
    assert [found.session for found, _ in counted(ledger_path)] == ["mother"]
    check(ledger_path, {"toy": unless_copied}, NOW)


def test_a_session_that_is_only_named_as_a_parent_is_not_known(ledger_path: Path, price: FlatPrice) -> None:
    for _ in range(2):
        ledger = Ledger(ledger_path, price, {"toy": unless_copied})
        ledger.enter([reading("child", record(1, session="child", parent_session="mother", mark=1))], NOW)
        ledger.enter([reading("other", record(2, session="other", parent_session="mother"))], NOW)
        ledger.close()
    assert len(counted(ledger_path)) == 2


# The law


steps = st.lists(
    st.one_of(
        st.sampled_from(["hold", "commit", "rest", "restart", "over", "forget", "fail"]),
        st.tuples(
            st.sampled_from("abc"), st.integers(0, 5), st.integers(0, 2), st.integers(0, 9), st.sampled_from("stu")
        ),
    ),
    max_size=25,
)


@given(came=steps)
@settings(max_examples=40)
def test_whatever_happened_before_the_ledger_is_what_was_read(
    tmp_path_factory: pytest.TempPathFactory, came: list[object]
) -> None:
    """The model is a list of what is committed; what is held may be undone by a failure."""
    folder = tmp_path_factory.mktemp("law")
    path, rules = folder / "ledger.sqlite", {"toy": unless_copied}
    ledger = Ledger(path, FlatPrice(), rules)
    committed: list[Reading] = []
    held: list[Reading] = []
    hold = False
    for step in came:
        if isinstance(step, tuple):
            source, number, variant, output, session = step
            parent = "s" if session == "u" else ""
            entry = record(
                number,
                variant=variant,
                output=output,
                session=session,
                parent_session=parent,
                mark=int(session == "u"),
            )
            held.append(reading(source, entry))
            ledger.enter([held[-1]], NOW, hold=hold)
        elif step == "hold":
            hold = not hold
            continue
        elif step == "fail":
            with pytest.raises(LedgerError):
                ledger.enter([reading("d", record(9, input=2**70))], NOW)
            held = []
            continue
        elif step == "restart":
            ledger.close()
            ledger = Ledger(path, FlatPrice(), rules)
        elif step == "rest":
            ledger.rest()
            continue
        elif step == "over":
            ledger.start_over(sorted(ledger.marks))
            ledger.enter(committed + held, NOW)
            ledger.started_over()
        elif step == "forget":
            ledger.forget_checkpoints()
        else:
            ledger.commit()
        if not (isinstance(step, tuple) and hold):
            committed, held = committed + held, []
    ledger.close()
    committed += held
    check(path, rules, NOW)
    fresh = Ledger(folder / "fresh.sqlite", FlatPrice(), rules)
    fresh.enter(committed, NOW)
    fresh.close()
    assert counted(path) == counted(folder / "fresh.sqlite")
