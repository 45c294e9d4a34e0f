"""The Live page: what stands on it in each state, and how table and chart share its height."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QScrollArea

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import AgentCounts, Snapshot
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.panels.live import PANEL, LivePage
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_tree import Column
from tokenwatch.gui.widgets.table_dialog import TableDialog
from tokenwatch.insight.explain import Why


@pytest.fixture
def area(qtbot) -> QScrollArea:
    """The page's place in the window, without the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    qtbot.addWidget(area)
    area.resize(912, 720)
    return area


@pytest.fixture
def page(area: QScrollArea, look: Look) -> LivePage:
    page = LivePage(look)
    area.setWidget(page)
    area.show()
    return page


def shown(page: LivePage, snapshot: Snapshot) -> LivePage:
    page.show_snapshot(snapshot)
    settle()
    return page


def many(count: int) -> Snapshot:
    usual = samples.usual()
    base = usual.figures.sessions
    rows = tuple(replace(base[number % 5], session=f"s{number}") for number in range(count))
    figures = replace(usual.figures, sessions=rows, counts=AgentCounts(count, count, 0, 0, 0))
    return replace(usual, figures=figures)


def values(page: LivePage) -> list[str]:
    return [cell.value for cell in page.headlines.cells()]


def test_panel_describes_the_page() -> None:
    assert (PANEL.id, PANEL.title, PANEL.widget) == ("live", "Live", LivePage)


def test_usual_moment(page: LivePage) -> None:
    shown(page, samples.usual())
    assert page.head.note() == "Thu 18 Jun, 14:32"
    assert values(page) == ["5", "31.8k", "$9.76", "$14.83", "$412"]
    assert page.table_card.isVisible()
    assert not page.nothing_card.isVisible()
    assert not page.paused_card.isVisible()
    assert not page.first_run.isVisible()
    assert page.chart_head.title() == "Last hour"
    assert [entry.text for entry in page.chart_head.legend()] == ["Claude Code", "Codex", "opencode", "Waiting"]


@pytest.mark.parametrize(
    ("name", "title", "body"),
    [
        ("loading", "Reading logs", "The first numbers"),
        ("looking", "Looking for agents", "appear in a second"),
        ("nothing_running", "Nothing is running", "Last: atlas-api, Claude Code"),
        ("unreadable", "Nothing can be read now", "tries again by itself"),
    ],
)
def test_without_sessions_it_says_why(page: LivePage, name: str, title: str, body: str) -> None:
    shown(page, samples.EVERY[name]())
    assert page.nothing_card.isVisible()
    assert not page.table_card.isVisible()
    assert page.nothing.accessibleName().startswith(f"{title}. ")
    assert body in page.nothing.accessibleName()


def test_sources_without_any_session_yet_are_no_first_run(page: LivePage) -> None:
    shown(page, replace(samples.empty(), sources=2))
    assert page.nothing.accessibleName() == "Nothing is running. A session appears here as soon as an agent works."


def test_paused_page_offers_to_resume(qtbot, page: LivePage) -> None:
    shown(page, samples.paused())
    assert page.paused_card.isVisible()
    assert page.paused.accessibleName().startswith("Paused since 14:10. ")
    assert page.pause.text() == "Resume"
    for button in (page.resume, page.pause):
        with qtbot.waitSignal(page.pause_toggled):
            button.click()
    shown(page, samples.usual())
    assert page.pause.text() == "Pause"
    assert not page.paused_card.isVisible()


def test_first_run_names_what_is_looked_for_and_where(qtbot, page: LivePage) -> None:
    page.show_looked_for((LookedFor("codex", "Codex", "X", "~/.codex/sessions"),))
    shown(page, samples.empty())
    assert page.first_run.isVisible()
    assert not page.headlines.isVisible()
    assert not page.chart_card.isVisible()
    assert not page.refresh.isVisible()
    assert "Codex in ~/.codex/sessions" in page.first_run.accessibleDescription()
    assert page.look.agent_letter("codex") == "X"
    with qtbot.waitSignal(page.refresh_requested):
        page.first_run.button.click()


def test_first_run_puts_the_keyboard_on_looking_again_once(page: LivePage) -> None:
    shown(page, samples.empty())
    assert page.first_run.button.hasFocus()
    page.setFocus()
    shown(page, samples.empty())
    assert not page.first_run.button.hasFocus()


@pytest.mark.parametrize("name", ["usual", "loading", "nothing_running", "unreadable", "importing", "paused"])
def test_whoever_has_used_an_agent_never_sees_the_first_run(page: LivePage, name: str) -> None:
    shown(page, samples.EVERY[name]())
    assert not page.first_run.isVisible()


def test_logs_that_are_gone_are_no_first_run(page: LivePage) -> None:
    past = replace(samples.empty().figures, calendar=samples.calendar())
    shown(page, replace(samples.empty(), figures=past))
    assert not page.first_run.isVisible()


def test_agent_that_appears_ends_the_first_run(page: LivePage) -> None:
    shown(page, samples.empty())
    shown(page, samples.usual())
    assert not page.first_run.isVisible()
    assert page.headlines.isVisible()
    assert page.refresh.isVisible()


def test_missing_source_is_named_beside_the_hatched_part(page: LivePage) -> None:
    shown(page, samples.error())
    assert page.chart_head._note == "the striped part is missing Claude Code"


def test_longer_span_can_be_chosen(page: LivePage) -> None:
    shown(page, samples.usual())
    QTest.keyClick(page.span, Qt.Key.Key_Right)
    assert page.chart_head.title() == "Last 6 hours"
    assert page.chart.summary().startswith("Last 6 hours: ")


def test_click_on_a_figure_of_money_asks_where_it_comes_from(page: LivePage) -> None:
    shown(page, samples.usual())
    spy = QSignalSpy(page.asked)
    for number in range(5):
        page.headlines.opened.emit(number)
    month = samples.month()
    today, whole = Why(month.today, month.today), Why(month.first, month.today)
    assert [spy.at(number)[0] for number in range(spy.count())] == [today, today, whole]


def test_enter_on_agents_and_on_the_rate_opens_what_makes_them_without_a_question(page: LivePage) -> None:
    shown(page, samples.usual())
    spy = QSignalSpy(page.asked)
    titles = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right):
        QTest.keyClick(page.headlines, key)
        QTest.keyClick(page.headlines, Qt.Key.Key_Return)
        dialog = page.findChildren(TableDialog)[-1]
        titles.append(dialog.windowTitle())
        assert dialog.grid.accessibleName() == dialog.windowTitle()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
    assert titles == ["Which agents are counted", "Where the token rate comes from"]
    assert spy.count() == 0


def test_rate_is_explained_as_the_settings_count_it(page: LivePage) -> None:
    shown(page, samples.usual())
    for counted in (False, True):
        page.show_settings(Settings(count_cache_reads=counted))
        page.headlines.opened.emit(1)
        dialog = page.findChildren(TableDialog)[-1]
        rows = {dialog.grid.item(row, 0).text(): row for row in range(dialog.grid.rowCount())}
        said = dialog.grid.item(rows["Cache reads"], 2).text()
        assert said == ("counted" if counted else "not counted")
        dialog.close()


def test_nothing_is_explained_while_no_number_is_shown(page: LivePage) -> None:
    for snapshot in (samples.paused(), samples.loading()):
        shown(page, snapshot)
        for number in range(2):
            page.headlines.opened.emit(number)
    assert page.findChildren(TableDialog) == []


def test_click_on_what_a_session_cost_asks_where_that_comes_from(page: LivePage) -> None:
    sessions = tuple(replace(each, session=f"s{number}") for number, each in enumerate(samples.sessions()))
    usual = samples.usual()
    shown(page, replace(usual, figures=replace(usual.figures, sessions=sessions)))
    spy = QSignalSpy(page.asked)
    index = page.table.rows().index(0, Column.AGENT)
    row = page.table.rows().row(index)
    session = next(each for each in sessions if each.key == row.key[:2])
    for column in (Column.AGENT, Column.COST):
        place = page.table.visualRect(index.siblingAtColumn(column)).center()
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [spy.at(number)[0] for number in range(spy.count())] == [Why(agent=session.agent, session=session.session)]


def test_table_that_fits_is_shown_whole_and_the_page_does_not_scroll(area: QScrollArea, page: LivePage) -> None:
    shown(page, samples.usual())
    assert page.table_card.height() >= page.table.sizeHint().height()
    assert page.height() == area.viewport().height()


def test_many_sessions_scroll_in_the_table_beside_a_chart_that_can_be_read(area: QScrollArea, page: LivePage) -> None:
    shown(page, many(40))
    assert page.table.sizeHint().height() > page.table_card.height()
    assert page.table.verticalScrollBar().maximum() > 0
    assert page.chart.height() >= page.chart.least_height(2)
    assert page.height() == area.viewport().height()


def test_folding_gives_the_height_back(page: LivePage) -> None:
    shown(page, samples.usual())
    before = page.table_card.height()
    page.table.collapse(page.table.rows().index(1, 0))
    settle()
    assert page.table_card.height() == before - 4 * page.look.px(22)


def test_short_window_scrolls_the_page_and_keeps_every_part(area: QScrollArea, page: LivePage) -> None:
    area.resize(700, 360)
    shown(page, samples.usual())
    assert page.height() > area.viewport().height()
    assert page.table_card.height() >= page.table.minimumSizeHint().height()
    assert page.chart.height() >= page.chart.least_height(2)


def test_agent_that_cannot_be_read_has_a_row_below_the_others(page: LivePage) -> None:
    snapshot = samples.error()
    shown(page, snapshot)
    assert page.lost.isVisible()
    assert [row.name for row in page.lost.rows()] == ["Claude Code"]
    assert page.lost.accessibleName().startswith("Claude Code, ")
    table = page.table_card
    assert table.height() >= page.lost.height() + page.table.minimumSizeHint().height()
    assert page.table.verticalScrollBar().maximum() == 0
    assert page.chart_head.legend() == ()
    shown(page, samples.usual())
    assert not page.lost.isVisible()
    assert page.chart_head.legend()
