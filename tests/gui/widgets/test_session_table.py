"""The session table: columns that fit, folding that stays, rows to copy."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.gui import samples
from tests.gui.faces import Painted, Paints, focus, picture, settle
from tokenwatch.base.session import Activity, Doing
from tokenwatch.base.snapshot import Session, State
from tokenwatch.gui.portal import Wishes
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_cells import SUB_TALL, TALL
from tokenwatch.gui.widgets.session_table import HEADER_TALL, SessionTable
from tokenwatch.gui.widgets.session_tree import Column


@pytest.fixture
def table(qtbot, look: Look) -> SessionTable:
    table = SessionTable(look)
    qtbot.addWidget(table)
    table.resize(868, 320)
    table.show_sessions(samples.sessions(), samples.NOW)
    table.show()
    settle()
    return table


def columns(table: SessionTable) -> list[str]:
    return [column.name for column in Column if not table.isColumnHidden(column)]


def test_wide_table_shows_every_column_and_fills_its_width(table: SessionTable) -> None:
    table.resize(1300, 320)
    settle()
    assert len(columns(table)) == len(Column)
    assert table.header().length() == table.viewport().width()


def test_columns_leave_in_order_as_it_gets_narrow(table: SessionTable) -> None:
    lost: list[str] = []
    before = [column.name for column in Column]
    for wide in range(1300, 300, -40):
        table.resize(wide, 320)
        settle()
        now = columns(table)
        lost += [name for name in before if name not in now]
        before = now
        if table.columnWidth(Column.AGENT) > table._look.px(120):
            assert table.header().length() == table.viewport().width()
    assert lost == ["CONTEXT", "DETAILS", "MODEL"]


def test_where_room_is_short_an_agent_has_its_short_name_and_then_none(qtbot, look: Look, painted: Painted) -> None:
    table = SessionTable(look)
    qtbot.addWidget(table)
    one = replace(samples.sessions()[0], project="mobile-app", sub_agents=())
    table.show_sessions((one,), samples.NOW)
    table.resize(868, 120)
    table.show()
    shown = []
    for wide in range(400, 40, -4):
        table.header().resizeSection(Column.AGENT, wide)
        painted.texts.clear()
        picture(table)
        shown += [text for text in ("Claude Code", "Claude", "") if text in painted.texts or not text][:1]
    assert list(dict.fromkeys(shown)) == ["Claude Code", "Claude", ""]


def test_sub_agents_are_unfolded_and_count_into_the_height(table: SessionTable) -> None:
    assert table.isExpanded(table.rows().index(1, 0))
    assert table.sizeHint().height() == HEADER_TALL + 5 * TALL + (4 + 2) * SUB_TALL + 1


def test_with_many_sessions_sub_agents_begin_folded(qtbot, look: Look) -> None:
    table = SessionTable(look)
    qtbot.addWidget(table)
    many = tuple(replace(samples.sessions()[1], session=f"s{number}") for number in range(20))
    table.show_sessions(many, samples.NOW)
    assert not any(table.isExpanded(table.rows().index(number, 0)) for number in range(20))


def test_keys_fold_and_unfold(table: SessionTable) -> None:
    focus(table)
    table.setCurrentIndex(table.rows().index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert not table.isExpanded(table.rows().index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert table.isExpanded(table.rows().index(1, 0))


def test_click_left_of_a_name_folds(table: SessionTable) -> None:
    place = table.visualRect(table.rows().index(1, 0))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(18, place.center().y()))
    assert not table.isExpanded(table.rows().index(1, 0))


def test_folding_and_choice_stay_when_numbers_change(table: SessionTable) -> None:
    table.collapse(table.rows().index(1, 0))
    table.setCurrentIndex(table.rows().index(2, 0))
    busier = tuple(replace(session, tokens_per_min=session.tokens_per_min + 1000) for session in samples.sessions())
    table.show_sessions(busier, samples.NOW + 60_000)
    assert not table.isExpanded(table.rows().index(1, 0))
    assert table.isExpanded(table.rows().index(3, 0))
    assert table.currentIndex().row() == 2


def test_parts_that_are_folded_away_are_up_to_date_when_unfolded(table: SessionTable) -> None:
    sessions = list(samples.sessions())
    faster = tuple(replace(sub, tokens_per_min=6_100.0) for sub in sessions[1].sub_agents)
    sessions[1] = replace(sessions[1], sub_agents=faster)
    first = table.rows().index(1, 0)
    table.collapse(first)
    before = table.rows().top()[1].children
    table.show_sessions(sessions, samples.NOW)
    assert table.rows().top()[1].children is before  # nobody sees them
    table.expand(first)
    assert [child.rate for child in table.rows().top()[1].children[1:]] == ["6.1k"] * 3
    assert table.sizeHint().height() == HEADER_TALL + 5 * TALL + (4 + 2) * SUB_TALL + 1


def test_parts_that_come_and_go_count_also_while_folded(table: SessionTable) -> None:
    sessions = list(samples.sessions())
    table.collapse(table.rows().index(1, 0))
    sessions[1] = replace(sessions[1], sub_agents=sessions[1].sub_agents[:1])
    table.show_sessions(sessions, samples.NOW)
    assert table.rows().rowCount(table.rows().index(1, 0)) == 2
    sessions[1] = replace(sessions[1], sub_agents=())
    table.show_sessions(sessions, samples.NOW)
    assert table.rows().rowCount(table.rows().index(1, 0)) == 0


def test_row_can_be_copied_as_its_sentence(table: SessionTable) -> None:
    table.setCurrentIndex(table.rows().index(2, 0))
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("ledger-cli, Codex, gpt-5.1-codex, working, ")


def test_same_sessions_paint_nothing(table: SessionTable) -> None:
    with Paints() as paints:
        table.show_sessions(samples.sessions(), samples.NOW)
    assert paints.by == []


def test_waiting_row_alone_is_tinted(table: SessionTable, look: Look) -> None:
    image = picture(table)
    ground = {}
    for number, session in enumerate(samples.sessions()):
        place = table.visualRect(table.rows().index(number, 0))
        ground[session.project] = image.pixelColor(4, HEADER_TALL + place.center().y() + 4).name()
    assert ground.pop("mobile-app") == look.color("warnbg").name()
    assert set(ground.values()) == {look.color("card").name()}


@pytest.mark.parametrize("name", ["usual", "huge", "hostile", "error"])
@pytest.mark.parametrize("wide", [200, 868, 1600])
def test_any_sessions_can_be_painted(table: SessionTable, name: str, wide: int) -> None:
    table.show_sessions(samples.EVERY[name]().figures.sessions, samples.NOW)
    table.resize(wide, 320)
    focus(table)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert not picture(table).isNull()


def test_no_session_is_an_empty_table(table: SessionTable) -> None:
    table.show_sessions((), samples.NOW)
    assert table.sizeHint().height() == HEADER_TALL + 1
    assert not picture(table).isNull()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_goes_to_the_terminal_of_the_row(table: SessionTable, monkeypatch, key: Qt.Key) -> None:
    gone: list[str] = []
    monkeypatch.setattr(type(table.actions_menu), "go", lambda self, session: gone.append(session.project))
    one, *rest = samples.sessions()
    table.show_sessions((replace(one, pid=4711), *rest), samples.NOW)
    table.setCurrentIndex(table.rows().index(0, 0))
    QTest.keyClick(table, key)
    assert gone == [one.project]
    table.show_sessions((replace(one, pid=None), *rest), samples.NOW)
    QTest.keyClick(table, key)
    assert gone == [one.project]


def _waiting(session: Session) -> Session:
    return replace(session, state=State.WAITING)


def test_row_that_begins_to_wait_fades_its_tint_in_once(qtbot, table: SessionTable) -> None:
    cells, usual = table._cells, samples.sessions()
    assert not cells.fresh  # what waited from the first does not
    working = next(number for number, each in enumerate(usual) if each.state is State.WORKING)
    rows = [_waiting(each) if number == working else each for number, each in enumerate(usual)]
    table.show_sessions(rows, samples.NOW)
    assert (cells.fresh, cells.strength) == ({usual[working].key}, 0.0)
    qtbot.waitUntil(lambda: cells.strength == 1.0)
    table.show_sessions(rows, samples.NOW + 1000)
    assert cells.strength == 1.0


def test_no_row_fades_while_hidden_or_where_motion_is_not_wanted(qtbot, table: SessionTable) -> None:
    usual = samples.sessions()
    table.hide()
    table.show_sessions([_waiting(each) for each in usual], samples.NOW)
    assert not table._cells.fresh
    table.show_sessions(usual, samples.NOW)
    table.show()
    table._look.theme.obey(Wishes(animations=False))
    table.show_sessions([_waiting(each) for each in usual], samples.NOW)
    table._look.theme.obey(Wishes())
    assert not table._cells.fresh


def test_long_file_keeps_its_end_and_the_whole_in_the_tip(qtbot, look: Look, painted: Painted) -> None:
    path = "packages/server/src/authentication/providers/session_refresh.ts"
    one = replace(
        samples.sessions()[1], state=State.WORKING, doing=Doing(Activity.EDITING, "Edit", path), sub_agents=()
    )
    table = SessionTable(look)
    qtbot.addWidget(table)
    table.resize(868, 120)
    table.show_sessions((one,), samples.NOW)
    table.show()
    settle()
    picture(table)
    assert [run for run in painted.texts if "…" in run and run.startswith("E") and run.endswith(".ts")]
    index = table.rows().index(0, Column.DETAILS)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert path in str(index.data(role))
