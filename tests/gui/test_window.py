"""The window turns pages, feeds only the one in sight, paints nothing while hidden and says what is wrong."""

from __future__ import annotations

import weakref
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QTest

from tests.gui import samples
from tests.gui.faces import Paints, markup, parts, picture, settle, stops, unspoken
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.headline import HeadlineStrip
from tokenwatch.gui.widgets.table_dialog import TableDialog
from tokenwatch.gui.window import DetailWindow, panels
from tokenwatch.insight.explain import Explanation

every = pytest.mark.parametrize("name", samples.EVERY)
every_page = pytest.mark.parametrize("page", [panel.id for panel in panels()])


@pytest.fixture
def window(qtbot, theme: Theme) -> DetailWindow:
    window = DetailWindow(theme, zone=UTC, locale=QLocale.c(), interval_ms=30)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def opened(window: DetailWindow) -> DetailWindow:
    window.show()
    window.show_snapshot(samples.usual())
    settle()
    return window


def rest(qtbot, window: DetailWindow) -> None:
    """Wait until the next snapshot counts at once."""
    qtbot.waitUntil(lambda: not window._throttle.resting)


def show(qtbot, window: DetailWindow, snapshot: Snapshot) -> None:
    rest(qtbot, window)
    window.show_snapshot(snapshot)
    settle()


def with_health(*health: Health) -> Snapshot:
    return replace(samples.usual(), health=health)


def test_pages_come_in_the_order_of_the_navigation() -> None:
    found = panels()
    assert [panel.id for panel in found][:2] == ["live", "spend"]
    assert [panel.order for panel in found] == sorted(panel.order for panel in found)
    assert len({panel.id for panel in found}) == len(found)


def test_window_begins_with_the_first_page_and_makes_no_other(window: DetailWindow) -> None:
    assert window.current_panel() == "live"
    assert window.page("live") is not None
    assert window.page("spend") is None


def test_told_so_it_begins_with_the_numbers_and_shows_the_rest_a_frame_later(qtbot, window: DetailWindow) -> None:
    window.begin_with_numbers()
    window.show()
    snapshot = samples.usual()
    window.show_snapshot(snapshot)
    page = window.page("live")
    whole = [cell.value for cell in page.headlines.cells()]
    assert whole
    assert page.table.isHidden() or not page.table.model().rowCount()
    qtbot.waitUntil(lambda: window._shown is not None)
    assert page.table.model().rowCount() == len(snapshot.figures.sessions)
    assert [cell.value for cell in page.headlines.cells()] == whole


def test_other_pages_are_made_ahead_but_not_while_logs_are_imported(qtbot, window: DetailWindow) -> None:
    window.show()
    show(qtbot, window, samples.importing())
    window._make_ahead()
    assert window.page("spend") is None
    show(qtbot, window, samples.usual())
    window._make_ahead()
    assert window.page("spend") is not None


def test_keys_and_navigation_turn_to_a_page(opened: DetailWindow) -> None:
    QTest.keyClick(opened, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.current_panel() == "spend"
    assert opened.sidebar.items()[1].isChecked()
    opened.sidebar.items()[0].click()
    assert opened.current_panel() == "live"


def test_unknown_page_changes_nothing(opened: DetailWindow) -> None:
    opened.show_panel("no such page")
    assert opened.current_panel() == "live"


def test_only_the_page_in_sight_gets_snapshots(qtbot, opened: DetailWindow) -> None:
    opened.show_panel("spend")
    live = opened.page("live")
    assert live is not None
    before = live._snapshot
    show(qtbot, opened, samples.paused())
    assert live._snapshot is before
    opened.show_panel("live")
    assert live._snapshot == samples.paused()


def test_hidden_window_takes_nothing_and_paints_nothing(window: DetailWindow) -> None:
    with Paints() as paints:
        window.show_snapshot(samples.usual())
    assert paints.by == []
    page = window.page("live")
    assert page is not None
    assert page._snapshot is None
    window.show()
    assert page._snapshot == samples.usual()


def test_window_hidden_again_takes_and_paints_nothing(opened: DetailWindow) -> None:
    opened.show_snapshot(samples.importing())
    assert opened._throttle.resting
    shown = opened.page("live")._snapshot
    opened.hide()
    with Paints() as paints:
        opened.show_snapshot(samples.paused())
        opened.set_zone(ZoneInfo("Asia/Tokyo"))
        assert not opened._throttle.resting  # nothing may come late
    assert paints.by == []
    assert opened.page("live")._snapshot is shown


def test_snapshots_that_come_fast_are_painted_once_in_the_interval(qtbot, opened: DetailWindow, monkeypatch) -> None:
    page = opened.page("live")
    assert page is not None
    taken: list[Snapshot] = []
    monkeypatch.setattr(page, "show_snapshot", taken.append)
    rest(qtbot, opened)
    sent = [replace(samples.usual(), sources=number) for number in range(8)]
    for snapshot in sent:
        opened.show_snapshot(snapshot)
    assert taken == sent[:1]
    rest(qtbot, opened)
    assert taken == [sent[0], sent[-1]]


def test_numbers_do_not_wait_for_the_rest(qtbot, opened: DetailWindow, monkeypatch) -> None:
    page = opened.page("live")
    assert page is not None
    taken: list[Snapshot] = []
    numbers: list[Snapshot] = []
    monkeypatch.setattr(page, "show_snapshot", taken.append)
    monkeypatch.setattr(page, "show_numbers", numbers.append)
    rest(qtbot, opened)
    sent = [replace(samples.usual(), sources=number) for number in range(3)]
    for snapshot in sent:
        opened.show_snapshot(snapshot)
    assert (taken, numbers) == (sent[:1], sent[1:])
    rest(qtbot, opened)
    assert taken == [sent[0], sent[2]]


def test_numbers_that_change_paint_nothing_else(qtbot, opened: DetailWindow) -> None:
    show(qtbot, opened, samples.usual())
    assert opened._throttle.resting
    figures = samples.usual().figures
    faster = replace(figures, rate=replace(figures.rate, tokens_5m=figures.rate.tokens_5m * 2))
    with Paints() as paints:
        opened.show_snapshot(replace(samples.usual(), figures=faster))
        settle()
    assert set(paints.by) == {"LivePage", "HeadlineStrip"}  # the page only below the strip


def test_equal_snapshot_paints_nothing(qtbot, opened: DetailWindow) -> None:
    rest(qtbot, opened)
    with Paints() as paints:
        opened.show_snapshot(samples.usual())
    assert paints.by == []


def test_one_number_that_changes_leaves_the_charts_alone(qtbot, opened: DetailWindow) -> None:
    figures = replace(samples.usual().figures, rate=replace(samples.usual().figures.rate, tokens_5m=40_000.0))
    rest(qtbot, opened)
    with Paints() as paints:
        opened.show_snapshot(replace(samples.usual(), figures=figures))
    assert "HeadlineStrip" in paints.by
    assert "RateChart" not in paints.by
    assert "SessionTable" not in paints.by


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier, "settings_requested"),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, "pause_toggled"),
        (
            Qt.Key.Key_S,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            "snooze_requested",
        ),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "refresh_requested"),
    ],
)
def test_keys_give_commands(qtbot, opened: DetailWindow, key, modifier, signal: str) -> None:
    with qtbot.waitSignal(getattr(opened, signal)):
        QTest.keyClick(opened, key, modifier)


def test_escape_closes(opened: DetailWindow) -> None:
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    assert not opened.isVisible()


def test_closed_window_is_freed(qtbot, theme: Theme) -> None:
    window = DetailWindow(theme, zone=UTC)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    for panel in panels():
        window.show_panel(panel.id)
    window.show_snapshot(samples.usual())
    settle()
    gone = weakref.ref(window)
    with qtbot.waitSignal(window.destroyed):
        window.close()
    del window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone() is None
    theme.set_choice("dark")  # nobody is left to hear it


def test_narrow_window_shows_only_icons_with_their_names_as_tooltips(opened: DetailWindow) -> None:
    wide = opened.sidebar.width()
    opened.resize(900, 600)
    settle()
    assert opened.sidebar.width() < wide / 2
    assert opened.sidebar.items()[0].toolTip() == "Live (Ctrl+1)"
    assert opened.sidebar.items()[0].accessibleName() == "Live, 5"


def test_trouble_is_told_on_every_page_with_a_way_to_try_again(qtbot, opened: DetailWindow) -> None:
    show(qtbot, opened, samples.error())
    assert opened.notice.isVisible()
    assert opened.notice.title() == "Claude Code’s logs cannot be read"
    assert "permission denied" in opened.notice.body()
    assert "Since 14:02" in opened.notice.body()
    assert not opened.notice.hide_button.isVisible()
    with qtbot.waitSignal(opened.refresh_requested):
        opened.notice.button.click()
    for page in ("spend", "live"):
        opened.show_panel(page)
        assert opened.notice.isVisible()
        assert opened.page(page).isAncestorOf(opened.notice)
    show(qtbot, opened, samples.usual())
    assert not opened.notice.isVisible()


def test_all_unreadable_agents_are_named(qtbot, opened: DetailWindow) -> None:
    show(qtbot, opened, samples.unreadable())
    assert "Also: Codex, opencode, Gemini CLI." in opened.notice.body()


def test_trouble_of_our_own_part_is_told_in_our_words(qtbot, opened: DetailWindow) -> None:
    show(qtbot, opened, with_health(Health("ledger", HealthState.FAILING, "The disk is full.")))
    assert opened.notice.title() == "The ledger cannot be used"
    assert opened.notice.body() == "The disk is full."


def test_half_working_part_is_told_until_it_is_hidden(qtbot, opened: DetailWindow) -> None:
    degraded = with_health(Health("tray", HealthState.DEGRADED, "No tray was found."))
    show(qtbot, opened, degraded)
    assert opened.notice.title() == "There is no place for the tray icon"
    assert not opened.notice.button.isVisible()
    opened.notice.hide_button.click()
    assert not opened.notice.isVisible()
    show(qtbot, opened, replace(degraded, sources=2))
    assert not opened.notice.isVisible()
    show(qtbot, opened, with_health(Health("tray", HealthState.DEGRADED, "Another reason.")))
    assert opened.notice.isVisible()


def test_mistake_in_the_settings_leads_to_them(qtbot, opened: DetailWindow) -> None:
    show(qtbot, opened, with_health(Health("settings", HealthState.DEGRADED, "settings.toml line 3: no.")))
    with qtbot.waitSignal(opened.settings_requested), qtbot.assertNotEmitted(opened.refresh_requested):
        opened.notice.button.click()


def test_late_notice_of_changes_is_not_worth_a_notice(qtbot, opened: DetailWindow) -> None:
    show(qtbot, opened, with_health(Health("watcher", HealthState.DEGRADED, "Looks every 5 seconds.")))
    assert not opened.notice.isVisible()


def test_first_import_shows_how_far_it_is(qtbot, opened: DetailWindow) -> None:
    assert not opened.progress.isVisible()
    show(qtbot, opened, samples.importing())
    assert opened.progress.isVisible()
    assert opened.progress.accessibleName() == "62% of the logs read, now Claude Code"
    assert opened.sidebar.state.texts() == ("Watching 4 sources", "62% of the logs read")


def test_navigation_counts_agents_and_marks_trouble(qtbot, opened: DetailWindow) -> None:
    item = opened.sidebar.items()[0]
    assert item._badge == "5"
    show(qtbot, opened, samples.error())
    assert (item._badge, item._mark) == ("", "problem")


def test_answered_month_reaches_the_page_that_asked(opened: DetailWindow) -> None:
    opened.show_panel("spend")
    page = opened.page("spend")
    assert page is not None
    page.stepper.before.click()
    opened.show_month(replace(samples.month(), first=date(2026, 5, 1), last=date(2026, 5, 31)))
    assert page.shown().first == date(2026, 5, 1)


def test_another_zone_changes_clock_times_at_once(opened: DetailWindow) -> None:
    page = opened.page("live")
    assert page is not None
    assert page.head.note() == "Thu 18 Jun, 14:32"
    opened.set_zone(ZoneInfo("Asia/Tokyo"))
    assert page.head.note() == "Thu 18 Jun, 23:32"


def test_places_reach_pages_made_before_and_after(window: DetailWindow) -> None:
    known = (LookedFor("codex", "Codex", "X", "~/.codex/sessions"),)
    window.show_looked_for(known)
    page = window.page("live")
    assert page is not None
    assert page.first_run.agents() == known


def test_focus_goes_from_navigation_to_actions_to_headlines_to_content(opened: DetailWindow) -> None:
    order = [type(part).__name__ for part in stops(opened)]
    page = opened.page("live")
    assert page is not None
    through = stops(opened)
    places = [through.index(part) for part in (page.refresh, page.pause, page.headlines, page.table, page.chart)]
    assert order[0] == "NavigationItem"
    assert places == sorted(places)


@every_page
@every
def test_every_snapshot_can_be_painted_and_spoken(qtbot, opened: DetailWindow, name: str, page: str) -> None:
    opened.show_panel(page)
    show(qtbot, opened, samples.EVERY[name]())
    assert not picture(opened).isNull()
    assert markup(opened) == []
    assert unspoken(opened) == []


@every_page
@pytest.mark.parametrize("name", ["usual", "hostile", "huge", "error"])
def test_small_dark_window_with_large_text_holds_together(qtbot, monkeypatch, name: str, page: str) -> None:
    usual = QGuiApplication.font()
    large = QFont(usual)
    large.setPixelSize(17)
    QGuiApplication.setFont(large)
    try:
        window = DetailWindow(Theme("dark"), zone=UTC, locale=QLocale.c())
        qtbot.addWidget(window)
        window.resize(860, 560)
        window.show_panel(page)
        window.show()
        window.show_snapshot(samples.EVERY[name]())
        settle()
        assert window.size().toTuple() == (860, 560)
        assert not picture(window).isNull()
        current = window.page(page)
        assert current is not None
        assert current.width() <= 860 - window.sidebar.width()
        for part in parts(current):
            if isinstance(part, Button | HeadlineStrip) and part.isVisibleTo(current):
                left = part.mapTo(current, part.rect().topLeft()).x()
                assert 0 <= left <= left + part.width() <= current.width()
    finally:
        QGuiApplication.setFont(usual)


@every_page
def test_the_qt_thread_opens_no_file(qtbot, opened: DetailWindow, touched, page: str) -> None:
    opened.show_panel(page)
    show(qtbot, opened, samples.usual())
    picture(opened)  # fonts and modules are loaded now
    snapshots = [samples.error(), samples.hostile(), samples.paused(), samples.importing(), samples.usual()]
    rest(qtbot, opened)
    touched.begin()
    for snapshot in snapshots:
        opened._snapshot = snapshot
        opened._update()
        opened.grab()
    touched.end()
    assert touched.found == []


def test_an_explanation_is_shown_once_over_the_page_that_is_shown(opened: DetailWindow) -> None:
    for page in ("spend", "breakdown", "live"):
        opened.show_panel(page)
    opened.show_answer(Explanation("2026-06-18", 0, 1))
    (dialog,) = opened.findChildren(TableDialog)
    assert dialog.parentWidget() is opened.page("live")
    dialog.close()
