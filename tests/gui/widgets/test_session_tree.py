"""The table's rows: texts that add up, and a model that tells of single rows, so that folding and choice stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6 import QtGui
from PySide6.QtCore import QPersistentModelIndex, Qt

from tests.gui import samples
from tokenwatch.base.money import NANO
from tokenwatch.base.snapshot import Session, SubAgent
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_tree import ROW_ROLE, TIPS, TITLES, Column, SessionTreeModel, TreeRow, row_of

NOW = samples.NOW
ATLAS = samples.sessions()[1]


def texts(row: TreeRow) -> list[str]:
    return [row.text(column) for column in Column]


def test_row_of_a_waiting_session(look: Look) -> None:
    row = row_of(samples.sessions()[0], NOW, look)
    assert texts(row) == [
        "mobile-app", "Sonnet 4.5", "Waiting for you 4m", "Asks: db migrate", "48%", "—", "$3.11", "58m",
    ]  # fmt: skip
    assert (row.words, row.since, row.in_plan, row.by) == ("Waiting for you", "4m", True, "Claude Code")


def test_row_speaks_one_sentence(look: Look) -> None:
    assert row_of(ATLAS, NOW, look).sentence == (
        "atlas-api, Claude Code, claude-opus-4-5, working, 3 sub-agents, 18.6k tokens a minute, $6.42, 47m"
    )


def test_children_begin_with_the_session_itself_and_add_up(look: Look) -> None:
    priced = replace(ATLAS, sub_agents=tuple(replace(sub, cost=NANO) for sub in ATLAS.sub_agents))
    row = row_of(priced, NOW, look)
    assert [child.name for child in row.children] == ["itself", "explore", "tests", "sub-agent"]
    assert sum(child.per_minute for child in row.children) == pytest.approx(row.per_minute)
    assert row.children[0].cost == "$3.42"
    assert [child.last for child in row.children] == [False, False, False, True]


def test_part_without_a_known_price_is_not_guessed(look: Look) -> None:
    row = row_of(ATLAS, NOW, look)
    assert row.children[0].cost == "—"
    assert row.children[3].cost == "—"


def test_sub_agents_that_claim_more_than_the_whole_leave_nothing_negative(look: Look) -> None:
    greedy = replace(ATLAS, tokens_per_min=1.0, cost=NANO, sub_agents=(SubAgent("a", "a", "m", 99.0, 5 * NANO),))
    itself = row_of(greedy, NOW, look).children[0]
    assert (itself.per_minute, itself.rate, itself.cost) == (0.0, "—", "—")


@pytest.mark.parametrize("session", samples.hostile().figures.sessions, ids=range(10))
def test_hostile_row_is_plain_text_everywhere(look: Look, session: Session) -> None:
    row = row_of(session, NOW, look)
    for part in (row, *row.children):
        for text in (*texts(part), part.sentence, part.name, part.by):
            assert text.isprintable()
        assert not QtGui.Qt.mightBeRichText(part.tip)
        assert all(line.isprintable() for line in part.tip.split("\n"))


@pytest.fixture(scope="module")
def fonts(qapp) -> Look:
    return Look(Theme("light"))


@pytest.fixture
def model(qapp) -> SessionTreeModel:
    return SessionTreeModel()


def rows(look: Look, *sessions: Session) -> list[TreeRow]:
    return [row_of(session, NOW, look) for session in sessions]


def names(model: SessionTreeModel) -> list[str]:
    return [model.index(number, 0).data() for number in range(model.rowCount())]


def test_model_keeps_qts_rules(qtmodeltester, model: SessionTreeModel, look: Look) -> None:
    model.show(rows(look, *samples.sessions()))
    qtmodeltester.check(model)


def test_model_says_what_the_table_needs(model: SessionTreeModel, look: Look) -> None:
    model.show(rows(look, *samples.sessions()))
    atlas = model.index(1, 0)
    assert names(model) == ["mobile-app", "atlas-api", "ledger-cli", "site-docs", "infra-tf"]
    assert model.rowCount(atlas) == 4
    assert model.most_per_minute == 18_600
    child = model.index(1, Column.RATE, atlas)
    assert child.data() == "5.2k"
    assert child.parent() == atlas
    assert atlas.data(Qt.ItemDataRole.AccessibleTextRole).startswith("atlas-api, Claude Code, ")
    assert atlas.data(ROW_ROLE).name == "atlas-api"
    assert "/home/ada/work/atlas-api" in atlas.data(Qt.ItemDataRole.ToolTipRole)
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert tuple(titles) == TITLES
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == TIPS[0]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_changed_number_tells_of_its_row_only(qtbot, model: SessionTreeModel, look: Look) -> None:
    sessions = list(samples.sessions())
    model.show(rows(look, *sessions))
    told: list[int] = []
    model.dataChanged.connect(lambda first, last: told.append(first.row()))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    sessions[2] = replace(sessions[2], tokens_per_min=8_000.0)
    model.show(rows(look, *sessions))
    model.show(rows(look, *sessions))
    assert (told, resets) == ([2], [])


def test_rows_that_change_together_are_told_of_together(model: SessionTreeModel, look: Look) -> None:
    sessions = list(samples.sessions())
    model.show(rows(look, *sessions))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(
        lambda first, last: told.append((first.row(), last.row())) if not first.parent().isValid() else None
    )
    for number in (0, 1, 2, 4):
        sessions[number] = replace(sessions[number], tokens_per_min=1.0)
    model.show(rows(look, *sessions))
    assert told == [(0, 2), (4, 4)]


def test_one_row_can_be_changed_alone(model: SessionTreeModel, look: Look) -> None:
    model.show(rows(look, *samples.sessions()))
    model.change(row_of(replace(ATLAS, tokens_per_min=1.0, sub_agents=ATLAS.sub_agents[:1]), NOW, look))
    model.change(row_of(replace(ATLAS, session="gone"), NOW, look))
    assert model.index(1, Column.RATE).data() == "1"
    assert model.rowCount(model.index(1, 0)) == 2
    assert model.rowCount() == 5


def test_other_order_keeps_what_points_at_rows(model: SessionTreeModel, look: Look) -> None:
    sessions = list(samples.sessions())
    model.show(rows(look, *sessions))
    kept = QPersistentModelIndex(model.index(1, 0))
    child = QPersistentModelIndex(model.index(2, 0, model.index(1, 0)))
    model.show(rows(look, *reversed(sessions)))
    assert (kept.row(), kept.data()) == (3, "atlas-api")
    assert (child.data(), child.parent().data()) == ("tests", "atlas-api")


sessions_lists = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.booleans()), max_size=7, unique_by=lambda x: x[0]
)


@given(st.lists(sessions_lists, min_size=2, max_size=6))
def test_any_course_of_sessions_leaves_every_pointer_at_its_row(fonts: Look, course) -> None:
    model = SessionTreeModel()
    kept: dict[str, QPersistentModelIndex] = {}
    for step in course:
        shown = []
        for number, subs, fast in step:
            sub_agents = tuple(SubAgent(f"{number}-{sub}", f"sub {sub}") for sub in range(subs))
            shown.append(
                replace(
                    ATLAS,
                    session=f"s{number}",
                    project=f"p{number}",
                    sub_agents=sub_agents,
                    tokens_per_min=9.0 if fast else 0.0,
                )
            )
        model.show(rows(fonts, *shown))
        assert names(model) == [session.project for session in shown]
        for number, session in enumerate(shown):
            parent = model.index(number, 0)
            expected = 0 if not session.sub_agents else len(session.sub_agents) + 1
            assert model.rowCount(parent) == expected
            for child in range(expected):
                assert model.index(child, 0, parent).parent() == parent
        for name, index in kept.items():
            assert index.isValid() == (name in names(model))
            if index.isValid():
                assert index.data() == name
        kept = {name: QPersistentModelIndex(model.index(n, 0)) for n, name in enumerate(names(model))}


def test_processes_whose_session_is_not_known_are_rows_of_their_own(model: SessionTreeModel, look: Look) -> None:
    nameless = [replace(ATLAS, session="", pid=pid, sub_agents=()) for pid in (7, 8, 9)]
    model.show([row_of(one, NOW, look) for one in (*nameless, ATLAS)])
    assert model.rowCount() == 4
    pointer = QPersistentModelIndex(model.index(2, 0))
    model.show([row_of(one, NOW, look) for one in (ATLAS, nameless[2])])
    assert (model.rowCount(), pointer.row()) == (2, 1)
