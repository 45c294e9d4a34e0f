"""The glance panel shows what a snapshot says, fits on the screen, leads on, and does nothing while closed."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest

from tests.gui import samples
from tests.gui.faces import Paints, markup, picture, settle, stops, unspoken
from tokenwatch.base.progress import Progress
from tokenwatch.gui.panel import NARROW, TALLEST, WIDE, GlancePanel, place
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.session_rows import More, Row
from tokenwatch.insight.explain import Why

every = pytest.mark.parametrize("name", samples.EVERY)


@pytest.fixture
def panel(qtbot, theme: Theme) -> GlancePanel:
    panel = GlancePanel(theme, zone=UTC, locale=QLocale.c())
    qtbot.addWidget(panel)
    return panel


def opened(panel: GlancePanel, name: str = "usual") -> GlancePanel:
    panel.show_snapshot(samples.EVERY[name]())
    panel.show_at(QRect())
    settle()
    return panel


def rows(panel: GlancePanel) -> list[str]:
    return [row.project if isinstance(row, Row) else row.text for row in panel._rows.rows()]


# Where it opens

lengths = st.integers(100, 1200)


@given(
    st.builds(QRect, st.integers(0, 4000), st.integers(0, 3000), st.just(24), st.just(24)),
    lengths,
    lengths,
    st.builds(QRect, st.integers(0, 2000), st.integers(0, 1000), st.integers(1300, 3000), st.integers(1300, 2000)),
)
def test_panel_opens_wholly_on_the_screen(icon: QRect, width: int, height: int, free: QRect) -> None:
    assert free.contains(QRect(place(icon, width, height, free), QSize(width, height)))


def test_panel_opens_below_an_icon_at_the_top_and_above_one_at_the_bottom() -> None:
    free = QRect(0, 24, 1920, 1056)
    assert place(QRect(1500, 0, 24, 24), 384, 500, free) == QPoint(1319, 32)
    assert place(QRect(1500, 1060, 24, 24), 384, 500, free) == QPoint(1319, 552)


def test_panel_whose_icon_is_nowhere_opens_in_the_top_right_corner() -> None:
    assert place(QRect(), 384, 500, QRect(0, 0, 1920, 1080)) == QPoint(1527, 8)


def test_panel_is_as_wide_as_the_design_says_and_no_taller(panel: GlancePanel) -> None:
    for name in samples.EVERY:
        panel._shown = None
        opened(panel, name)
        assert panel.width() == WIDE
        assert panel.height() <= TALLEST
        panel.hide()


def test_large_text_makes_it_wider(qtbot) -> None:
    usual = QGuiApplication.font()
    large = QFont(usual)
    large.setPixelSize(17)
    QGuiApplication.setFont(large)
    try:
        panel = GlancePanel(Theme("light"), zone=UTC, locale=QLocale.c())
        qtbot.addWidget(panel)
        opened(panel)
        assert panel.width() > WIDE > NARROW
        assert not picture(panel).isNull()
    finally:
        QGuiApplication.setFont(usual)


# What it shows


def test_sessions_stand_in_the_order_of_the_snapshot(panel: GlancePanel) -> None:
    opened(panel)
    assert rows(panel) == ["mobile-app", "atlas-api", "ledger-cli", "site-docs", "infra-tf"]


def test_sessions_without_room_are_counted(panel: GlancePanel) -> None:
    opened(panel, "huge")
    last = panel._rows.rows()[-1]
    assert isinstance(last, More)
    assert last.text.startswith(f"{500 - len(panel._rows.rows()) + 1} more: ")


@pytest.mark.parametrize(
    ("name", "title", "body"),
    [
        ("empty", "No coding agents found yet", "Start one"),
        ("loading", "Reading logs", "The first numbers"),
        ("looking", "Looking for agents", "appear in a second"),
        ("nothing_running", "Nothing is running", "Last: atlas-api, Claude Code, last active 11:00, $6.42"),
        ("unreadable", "Nothing can be read now", "tries again by itself"),
    ],
)
def test_without_sessions_it_says_why(panel: GlancePanel, name: str, title: str, body: str) -> None:
    opened(panel, name)
    assert panel._nothing.isVisible()
    assert not panel._rows.isVisible()
    assert panel._nothing.accessibleName().startswith(f"{title}. ")
    assert body in panel._nothing.accessibleName()


def test_paused_panel_offers_to_resume_and_has_no_projection(qtbot, panel: GlancePanel) -> None:
    opened(panel, "paused")
    assert panel._paused.accessibleName().startswith("Paused since 14:10. ")
    assert panel._month.foot() == "No projection while paused"
    assert not panel._quotas.isVisible()
    assert panel._resume.hasFocus()
    with qtbot.waitSignal(panel.pause_toggled):
        panel._resume.click()
    assert panel._foot.pause.text() == "Resume"
    shown_ring = picture(panel._resume)
    panel._resume.clearFocus()
    assert picture(panel._resume) != shown_ring


def test_trouble_is_told_in_one_line(panel: GlancePanel) -> None:
    opened(panel, "error")
    assert panel._trouble.text().startswith("Claude Code's logs may not be opened: permission denied.")
    panel.hide()
    opened(panel, "unreadable")
    assert panel._trouble.text().endswith("And 3 more.")
    panel.hide()
    opened(panel, "usual")
    assert not panel._trouble.isVisible()


def test_while_nothing_is_known_there_are_only_the_three_numbers_and_a_bar(panel: GlancePanel) -> None:
    panel.show_snapshot(replace(samples.loading(), progress=Progress(62, 100)))
    panel.show_at(QRect())
    settle()
    assert panel._loading.isVisible()
    assert not any(part.isVisible() for part in (panel._month, panel._nothing, panel._foot))
    opened(panel)
    assert panel._foot.isVisible()


def test_first_import_shows_a_bar(panel: GlancePanel) -> None:
    opened(panel, "importing")
    assert panel._loading.isVisible()


def test_open_panel_follows_snapshots(panel: GlancePanel) -> None:
    opened(panel)
    panel.show_snapshot(samples.nothing_running())
    assert panel._nothing.isVisible()


def test_another_zone_changes_clock_times_at_once(panel: GlancePanel) -> None:
    opened(panel, "paused")
    panel.set_zone(ZoneInfo("Asia/Tokyo"))
    assert panel._paused.accessibleName().startswith("Paused since 23:10. ")


# Where it leads


def test_numbers_lead_to_the_page_that_explains_them(qtbot, panel: GlancePanel) -> None:
    for number, page in enumerate(("live", "live", "spend")):
        opened(panel)
        with qtbot.waitSignal(panel.open_window) as signal:
            panel._headlines.opened.emit(number)
        assert signal.args == [page]
        assert not panel.isVisible()


def test_click_on_a_session_leads_to_the_window(qtbot, panel: GlancePanel) -> None:
    opened(panel)
    place_of_first = panel._rows.visualRect(panel._rows.model().index(0)).center()
    with qtbot.waitSignal(panel.open_window) as signal:
        QTest.mouseClick(panel._rows.viewport(), Qt.MouseButton.LeftButton, pos=place_of_first)
    assert signal.args == ["live"]


def test_figures_of_money_are_explained_in_the_window(panel: GlancePanel) -> None:
    spy, month = QSignalSpy(panel.asked), samples.month()
    opened(panel)
    panel._headlines.opened.emit(2)
    opened(panel)
    QTest.mouseClick(panel._month, Qt.MouseButton.LeftButton)
    opened(panel)
    panel._rows.actions_menu.why_wanted.emit(replace(samples.sessions()[0], session="s1"))
    agent = samples.sessions()[0].agent
    assert [spy.at(number)[0] for number in range(spy.count())] == [
        Why(month.first, month.today),
        Why(month.first, month.today),
        Why(agent=agent, session="s1"),
    ]


def test_month_leads_to_spend_by_click_and_key(qtbot, panel: GlancePanel) -> None:
    opened(panel)
    with qtbot.waitSignal(panel.open_window) as signal:
        QTest.mouseClick(panel._month, Qt.MouseButton.LeftButton)
    assert signal.args == ["spend"]
    opened(panel)
    with qtbot.waitSignal(panel.open_window):
        QTest.keyClick(panel._month, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("open", "open_window"),
        ("pause", "pause_toggled"),
        ("snooze", "snooze_requested"),
        ("settings", "settings_requested"),
    ],
)
def test_buttons_at_the_foot_give_commands(qtbot, panel: GlancePanel, button: str, signal: str) -> None:
    opened(panel)
    with qtbot.waitSignal(getattr(panel, signal)):
        getattr(panel._foot, button).click()


@pytest.mark.parametrize(
    ("key", "shift", "signal"),
    [
        (Qt.Key.Key_P, False, "pause_toggled"),
        (Qt.Key.Key_S, True, "snooze_requested"),
        (Qt.Key.Key_Comma, False, "settings_requested"),
        (Qt.Key.Key_Q, False, "quit_requested"),
    ],
)
def test_keys_give_commands(qtbot, panel: GlancePanel, key, shift: bool, signal: str) -> None:
    opened(panel)
    modifiers = Qt.KeyboardModifier.ControlModifier
    if shift:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(getattr(panel, signal)):
        QTest.keyClick(panel, key, modifiers)


def test_escape_closes(panel: GlancePanel) -> None:
    opened(panel)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_keyboard_begins_at_the_sessions_and_reaches_everything(panel: GlancePanel) -> None:
    opened(panel)
    assert panel._rows.hasFocus()
    reached = {type(part).__name__ for part in stops(panel)}
    assert {"HeadlineStrip", "SessionRows", "MonthBar", "QuotaRows", "Button"} <= reached


# What it costs and what it can stand


def test_closed_panel_takes_nothing_and_paints_nothing(panel: GlancePanel) -> None:
    opened(panel)
    panel.close()
    with Paints() as paints:
        panel.show_snapshot(samples.nothing_running())
    assert paints.by == []
    assert panel._shown == samples.usual()


def test_same_snapshot_paints_nothing(panel: GlancePanel) -> None:
    opened(panel)
    snapshot = panel._snapshot
    assert snapshot is not None
    with Paints() as paints:
        panel.show_snapshot(snapshot)
        panel.show_snapshot(samples.usual())  # equal, but another object
    assert paints.by == []


@pytest.mark.parametrize("choice", ["light", "dark"])
@every
def test_every_snapshot_can_be_painted_and_spoken(qtbot, name: str, choice) -> None:
    panel = GlancePanel(Theme(choice), zone=UTC, locale=QLocale.c())
    qtbot.addWidget(panel)
    opened(panel, name)
    assert not picture(panel).isNull()
    assert markup(panel) == []
    assert unspoken(panel) == []


def test_the_qt_thread_opens_no_file(panel: GlancePanel, touched) -> None:
    opened(panel)
    picture(panel)
    snapshots = [samples.hostile(), samples.error(), samples.paused(), samples.loading(), samples.usual()]
    touched.begin()
    for snapshot in snapshots:
        panel.show_snapshot(snapshot)
        panel.grab()
    touched.end()
    assert touched.found == []


def test_nothing_of_its_round_shape_is_see_through(panel: GlancePanel) -> None:
    """Where nothing blends windows that would be black."""
    panel.show_snapshot(samples.usual())
    panel.show_at(QRect())
    settle()
    image, shape = picture(panel), panel.mask()
    assert not shape.contains(QPoint(0, 0)), "its corners are round"
    bottom = panel.height() - 1
    edge = [
        (x, y) for x in range(panel.width()) for y in range(panel.height()) if min(x, y, 383 - x, bottom - y) < 12
    ]
    assert {image.pixelColor(x, y).alpha() for x, y in edge if shape.contains(QPoint(x, y))} == {255}
