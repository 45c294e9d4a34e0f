"""While the screen is shared no name and no amount is anywhere on any face; counts and rates stay."""

from __future__ import annotations

from datetime import UTC

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QRect

from tests.gui import samples
from tests.gui.faces import Painted, parts, settle
from tokenwatch.base.format import HIDDEN
from tokenwatch.gui import words
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.screen_sharing import hide
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.window import DetailWindow

SECRETS = ("mobile-app", "atlas-api", "ledger-cli", "site-docs", "infra-tf", "db migrate", "feature/", "$")


@pytest.fixture
def painted(painted: Painted) -> list[str]:
    """Every text that is painted."""
    return painted.texts


def spoken(root) -> list[str]:
    """Of what is shown: a page that was made ahead is brought up to date before it is."""
    return [
        text
        for part in parts(root)
        if part.isVisibleTo(root)
        for text in (part.accessibleName(), part.accessibleDescription(), part.toolTip())
    ]


def leaks(texts: list[str]) -> list[str]:
    return [text for text in texts if any(secret in text for secret in SECRETS)]


def test_the_figures_stay(qapp) -> None:
    before, after = samples.usual(), hide(samples.usual())
    assert after.figures.counts == before.figures.counts
    assert after.figures.rate == before.figures.rate
    assert [session.state for session in after.figures.sessions] == [one.state for one in before.figures.sessions]
    assert [session.project for session in after.figures.sessions][:2] == ["Project 1", "Project 2"]


@pytest.mark.parametrize("page", ["live", "spend"])
@pytest.mark.parametrize("name", ["usual", "over_budget", "nothing_running", "paused"])
def test_the_window_shows_no_name_and_no_amount(qtbot, painted: list[str], name: str, page: str) -> None:
    window = DetailWindow(Theme("light"), zone=UTC, locale=QLocale.c(), interval_ms=0)
    qtbot.addWidget(window)
    window.resize(1100, 720)
    window.show_panel(page)
    window.show()
    window.show_snapshot(samples.EVERY[name]())
    settle()
    assert leaks(painted)  # the test sees what is painted
    window.show_snapshot(hide(samples.EVERY[name]()))
    qtbot.waitUntil(lambda: window._look.hidden)
    settle()
    painted.clear()
    window.grab()
    assert painted and leaks(painted + spoken(window)) == []


def test_the_panel_shows_no_name_and_no_amount(qtbot, painted: list[str]) -> None:
    panel = GlancePanel(Theme("dark"), zone=UTC, locale=QLocale.c())
    qtbot.addWidget(panel)
    panel.show_snapshot(hide(samples.usual()))
    panel.show_at(QRect())
    settle()
    painted.clear()
    panel.grab()
    assert HIDDEN in " ".join(painted)
    assert leaks(painted + spoken(panel)) == []


def test_the_tooltip_and_the_menu_show_none(qapp) -> None:
    hidden = hide(samples.usual())
    locale = QLocale.c()
    texts = [
        words.tooltip(hidden, UTC, locale),
        *words.menu_lines(hidden, UTC, locale),
        words.accessible_name(hidden, locale),
        *(words.session_line(session, samples.NOW, locale) for session in hidden.figures.sessions),
    ]
    assert leaks(texts) == []


def test_alerts_and_notifications_say_nothing(qapp) -> None:
    told = replace(samples.usual(), new_alerts=(samples.alert(),))
    hidden = hide(told)
    assert leaks([text for alert in (*hidden.alerts, *hidden.new_alerts) for text in (alert.title, alert.body)]) == []


def test_names_come_back(qtbot) -> None:
    window = DetailWindow(Theme("light"), zone=UTC, locale=QLocale.c(), interval_ms=0)
    qtbot.addWidget(window)
    window.show()
    window.show_snapshot(hide(samples.usual()))
    qtbot.waitUntil(lambda: window._look.hidden)
    window.show_snapshot(samples.usual())
    qtbot.waitUntil(lambda: not window._look.hidden)
    qtbot.waitUntil(lambda: not window.sidebar.sharing.isChecked())
