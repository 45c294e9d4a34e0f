"""The panel's rows: two lines for each session, the rest counted, and nothing painted that did not change."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui import samples
from tests.gui.faces import Paints, focus, picture, settle
from tokenwatch.base.snapshot import State
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_rows import MORE, ROW, More, Row, SessionRows, more_of, row_of

NOW = samples.NOW


@pytest.fixture
def rows(qtbot, look: Look) -> SessionRows:
    rows = SessionRows(look)
    qtbot.addWidget(rows)
    rows.show_sessions(samples.sessions(), NOW, 9)
    rows.resize(384, rows.sizeHint().height())
    rows.show()
    settle()
    return rows


def test_two_lines_of_each_session(look: Look) -> None:
    found = [row_of(session, NOW, look) for session in samples.sessions()]
    assert [(row.project, row.model, row.subs, row.rate) for row in found[:2]] == [
        ("mobile-app", "Claude · Sonnet 4.5", "", "—"),
        ("atlas-api", "Claude · Opus 4.5", "+3 sub", "18.6k"),
    ]
    assert [(row.status, row.money) for row in found] == [
        ("Waiting 4m · db migrate", "in plan · 58m"),
        ("Working · feature/session-store", "$6.42 · 47m"),
        ("Working", "in plan · 22m"),
        ("Working · docs", "$1.87 · 1h 12m"),
        ("Idle 11m · finished its turn", "$0.74 · 2h 5m"),
    ]


def test_session_without_price_or_start(look: Look) -> None:
    bare = replace(samples.sessions()[1], cost=None, started_at=None, model="", agent_name="")
    row = row_of(bare, NOW, look)
    assert (row.money, row.model) == ("no price", "Claude")


def test_rest_is_counted_by_state(look: Look) -> None:
    rest = more_of(samples.sessions(), look)
    assert (rest.text, rest.rate) == ("5 more: 3 working, 1 waiting, 1 idle", "31.8k")
    assert rest.sentence == "5 more: 3 working, 1 waiting, 1 idle, 31.8k"
    starting = (replace(samples.sessions()[0], state=State.STARTING),)
    assert more_of(starting, look).text == "1 more: 1 working"


def test_as_many_rows_as_there_is_room_for(rows: SessionRows) -> None:
    rows.show_sessions(samples.sessions(), NOW, 5)
    assert len(rows.rows()) == 5
    rows.show_sessions(samples.sessions(), NOW, 4)
    assert [type(row) for row in rows.rows()] == [Row, Row, Row, More]
    assert rows.sizeHint().height() == 3 * ROW + MORE
    rows.show_sessions(samples.sessions(), NOW, 1)
    assert [type(row) for row in rows.rows()] == [Row, More]


def test_rows_are_spoken(rows: SessionRows) -> None:
    assert rows.accessibleName() == "Running agents"
    said = rows.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("atlas-api, Claude Code, claude-opus-4-5, working, 3 sub-agents, ")


def test_row_opens_by_click_and_key(qtbot, rows: SessionRows) -> None:
    focus(rows)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.opened):
        QTest.keyClick(rows, Qt.Key.Key_Return)
    with qtbot.waitSignal(rows.opened):
        place = rows.visualRect(rows.model().index(2, 0)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_only_the_row_that_changed_is_told_of(rows: SessionRows) -> None:
    told: list[int] = []
    resets: list[int] = []
    rows.model().dataChanged.connect(lambda first, last: told.append(first.row()))
    rows.model().modelReset.connect(lambda: resets.append(1))
    sessions = list(samples.sessions())
    sessions[3] = replace(sessions[3], tokens_per_min=1.0)
    rows.show_sessions(sessions, NOW, 9)
    assert (told, resets) == ([3], [])
    rows.show_sessions(sessions[1:], NOW, 9)
    assert resets == [1]


def test_same_sessions_paint_nothing(rows: SessionRows) -> None:
    with Paints() as paints:
        rows.show_sessions(samples.sessions(), NOW, 9)
    assert paints.by == []


def test_model_keeps_qts_rules(qtmodeltester, rows: SessionRows) -> None:
    qtmodeltester.check(rows.model())


@pytest.mark.parametrize("name", ["usual", "huge", "hostile"])
@pytest.mark.parametrize("wide", [120, 384, 900])
def test_any_sessions_can_be_painted(rows: SessionRows, name: str, wide: int) -> None:
    rows.show_sessions(samples.EVERY[name]().figures.sessions, NOW, 8)
    rows.resize(wide, rows.sizeHint().height())
    focus(rows)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert not picture(rows).isNull()
    assert all(row.sentence.isprintable() for row in rows.rows())
