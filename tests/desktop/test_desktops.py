"""Desktops that lack something, and a second start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.agent import Claude
from tests.desktop.conftest import ROOT, Desktop, until


def test_every_function_is_in_the_native_menu(desktop: Desktop, home: Path) -> None:
    with desktop.app(home, "--background") as app:
        app.wait_for_icon()
        menu = desktop.tray("menu", "tokenwatch")
        for entry in ("Open TokenWatch", "Pause", "Snooze", "Settings", "Quit"):
            assert entry in menu
        assert "0/min" in menu
        desktop.tray("trigger", "Quit", "tokenwatch")
        assert app.process.wait(10) == 0


def test_started_in_the_background_it_opens_no_window_and_builds_none(desktop: Desktop, home: Path) -> None:
    with desktop.app(home, "--background") as app:
        app.wait_for_icon()
        assert desktop.windows() == []
        desktop.tray("trigger", "Open TokenWatch", "tokenwatch")
        until(lambda: any("TokenWatch" in name for name in desktop.windows()), "the window")


def test_a_click_opens_the_panel_and_another_closes_it(desktop: Desktop, home: Path) -> None:
    with desktop.app(home, "--background") as app:
        app.wait_for_icon()
        desktop.tray("activate", "tokenwatch")
        until(desktop.windows, "the panel")
        desktop.tray("activate", "tokenwatch")
        until(lambda: not desktop.windows(), "the panel closed")


def test_a_second_start_shows_the_window_of_the_first(desktop: Desktop, home: Path) -> None:
    with desktop.app(home, "--background") as app:
        app.wait_for_icon()
        second = subprocess.run(
            [sys.executable, "-m", "tokenwatch"], env=app.environment, cwd=ROOT, timeout=30, check=False
        )
        assert second.returncode == 0
        until(lambda: any("TokenWatch" in name for name in desktop.windows()), "the first one's window")
        assert app.process.poll() is None


@pytest.mark.session("--no-tray", "--a11y")
def test_without_a_tray_the_window_opens_and_says_why(desktop: Desktop, home: Path) -> None:
    with desktop.app(home, "--background") as app:
        until(lambda: any("TokenWatch" in name for name in desktop.windows()), "the window", patience=60)
        until(lambda: any("No tray" in name for name in desktop.names()), "the reason")
        assert app.process.poll() is None


@pytest.mark.session("--no-tray")
def test_a_tray_that_comes_late_gets_the_icon(desktop: Desktop, home: Path) -> None:
    with desktop.app(home, "--background") as app:
        panel = subprocess.Popen(
            ["xfce4-panel", "--disable-wm-check", "--sm-client-disable"],
            env=desktop.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            app.wait_for_icon()
        finally:
            panel.kill()
            panel.wait()


@pytest.mark.session("--notifier", "none")
def test_without_a_notification_service_it_goes_on_and_says_so(desktop: Desktop, home: Path) -> None:
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("budget_month_usd = 1\n")
    claude = Claude.start(home)
    try:
        claude.registered("busy")
        claude.answers(10)
        with desktop.app(home, "--background") as app:
            app.wait_for_icon()
            claude.answers(2_000_000)
            until(lambda: app.status()["month"]["spent_usd"] > 1, "the response")
            until(lambda: "$50." in desktop.tooltip(), "the month in the tooltip")
        assert app.process.returncode == 0
    finally:
        claude.end()


@pytest.mark.session("--notifier", "xfce4-notifyd")
def test_another_notification_service_gets_the_same_words(desktop: Desktop, home: Path) -> None:
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("budget_month_usd = 100\n")
    claude = Claude.start(home)
    try:
        claude.registered("busy")
        claude.answers(10)
        with desktop.app(home, "--background") as app:
            app.wait_for_icon()
            until(lambda: "<1¢" in desktop.tooltip(), "the first response, of which nothing is told")
            claude.answers(2_400_000)
            note = until(desktop.notes, "a notification")[0]
            assert "Half the" in note["summary"]
    finally:
        claude.end()


def _shade(desktop: Desktop, name: str) -> int:
    """How light the window's navigation is, 0 to 255, on the screen."""
    from PySide6.QtGui import QImage

    path = desktop.folder / f"{name}.png"
    desktop.run("shot", str(path))
    number = desktop.run("xdotool", "search", "--onlyvisible", "--class", "tokenwatch").split()[0]
    place = dict(
        line.split("=") for line in desktop.run("xdotool", "getwindowgeometry", "--shell", number).splitlines()
    )
    return QImage(str(path)).pixelColor(int(place["X"]) + 8, int(place["Y"]) + 300).lightness()


@pytest.mark.session("--portal")
def test_windows_are_dark_from_the_start_where_the_desktop_is_and_follow_it(desktop: Desktop, home: Path) -> None:
    def want(scheme: str) -> None:
        desktop.run("gsettings", "set", "org.gnome.desktop.interface", "color-scheme", scheme)

    want("prefer-dark")
    with desktop.app(home):
        until(lambda: any("TokenWatch" in name for name in desktop.windows()), "the window")
        until(lambda: _shade(desktop, "dark") < 60, "a dark window")
        want("prefer-light")
        until(lambda: _shade(desktop, "light") > 200, "a light window")
        want("prefer-dark")
        until(lambda: _shade(desktop, "again") < 60, "a dark window again")
