"""Another language is spoken at once: by the window, the settings and the menu, which stay where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.base import translation
from tokenwatch.base.clock import FixedClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.settings_reading import load
from tokenwatch.gui.app import App
from tokenwatch.gui.language import speak


class Host(QObject):
    settled = Signal(bool)

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass


@pytest.fixture
def app(qapp: QApplication, engine, service, tmp_path: Path, monkeypatch) -> Iterator[App]:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(App, "quit", lambda self: pytest.fail("it was to go on"))
    speak(qapp, "en")
    host = Host()
    app = App(qapp, engine, Paths.below(tmp_path), FixedClock(samples.NOW), Settings(language="en"), service, host)
    app.start(None)
    engine.publish(samples.usual())
    host.settled.emit(True)
    settle()
    yield app
    app.stop()
    speak(qapp, "en")
    translation.speak(None)


def change(app: App, **values: object) -> None:
    app.surfaces.settings_saved.emit(replace(app._settings, **values))
    for _ in range(3):
        settle()


def menu(app: App) -> list[str]:
    assert app.tray is not None
    return [action.text() for action in app.tray.menu.actions() if action.isVisible() and action.text()]


def titles(app: App) -> list[str]:
    window = app.surfaces.window
    assert window is not None
    return [item.accessibleName() for item in window.sidebar.items()]


def test_everything_open_speaks_it_where_it_was(qtbot, app: App) -> None:
    closed = QSignalSpy(app.surfaces.window_closed)
    window = app.surfaces.window
    assert window is not None
    window.show_panel("spend")
    window.resize(1010, 700)
    app.surfaces.open_settings()
    dialog = app.surfaces._dialog
    assert dialog is not None
    dialog.show_page(3)
    size = window.size()
    assert "Quit" in menu(app)
    change(app, language="de")
    turned = app.surfaces.window
    assert turned is not None
    assert turned is not window
    assert turned.isVisible()
    assert turned.current_panel() == "spend"
    assert turned.size() == size
    assert any("Ausgaben" in title for title in titles(app))
    assert app.surfaces._dialog is not None
    assert app.surfaces._dialog.isVisible()
    assert app.surfaces._dialog.current_page() == 3
    assert "Beenden" in menu(app)
    change(app, language="zh_CN")
    assert "退出" in menu(app)
    change(app, language="en")
    assert "Quit" in menu(app)
    assert any("Spend" in title for title in titles(app))
    assert closed.count() == 0
    assert len([each for each in QApplication.topLevelWidgets() if type(each).__name__ == "DetailWindow"]) == 1


def test_new_window_is_fed_and_asks_as_the_old_one_did(qtbot, app: App, engine) -> None:
    change(app, language="de")
    window = app.surfaces.window
    assert window is not None
    engine.publish(samples.over_budget())
    qtbot.waitUntil(lambda: window._snapshot == samples.over_budget())  # snapshots come ten times a second at most
    window.pause_toggled.emit()
    assert "pause" in engine.calls
    qtbot.waitUntil(lambda: load(app._paths.settings)[0].language == "de")


def test_other_settings_leave_the_window_as_it_is(qtbot, app: App) -> None:
    window = app.surfaces.window
    change(app, text_size=115)
    assert app.surfaces.window is window


def test_without_a_window_none_is_opened(qtbot, app: App) -> None:
    window = app.surfaces.window
    assert window is not None
    window.close()
    settle()
    assert app.surfaces.window is None
    change(app, language="de")
    assert app.surfaces.window is None
    app.surfaces.open_window()
    assert any("Ausgaben" in title for title in titles(app))
