"""Whether a window can be shown: no display, a display that does not answer, one that does."""

from __future__ import annotations

import ctypes
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tokenwatch.system import display
from tokenwatch.system.display import trouble


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Path]:
    """The path of a socket on which something answers."""
    path = tmp_path / "display"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        yield path


def test_no_variables_mean_no_display() -> None:
    assert trouble({}, "linux").startswith("There is no display")


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_always_have_one(platform: str) -> None:
    assert trouble({}, platform) == ""


def test_a_platform_that_draws_nowhere_needs_none() -> None:
    assert "display" not in trouble({"QT_QPA_PLATFORM": "offscreen"}, "linux")


def test_a_list_of_platforms_is_judged_by_the_first() -> None:
    assert "There is no display" in trouble({"QT_QPA_PLATFORM": "xcb;offscreen"}, "linux")


@pytest.mark.parametrize("name", [":60999", "unix:60999", "nonsense", "localhost:60999", "localhost:1"])
def test_an_x_display_where_nothing_answers_is_none(name: str) -> None:
    assert trouble({"DISPLAY": name}, "linux") == "The display cannot be reached: nothing answers at DISPLAY."


def test_a_wayland_display_where_nothing_answers_is_none(tmp_path: Path) -> None:
    environment = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert trouble(environment, "linux") == "The display cannot be reached: nothing answers at WAYLAND_DISPLAY."


def test_a_wayland_display_that_answers_is_one(listening: Path) -> None:
    environment = {"WAYLAND_DISPLAY": listening.name, "XDG_RUNTIME_DIR": str(listening.parent)}
    assert "display" not in trouble(environment, "linux")


def test_a_wayland_display_may_be_a_whole_path(listening: Path) -> None:
    assert "display" not in trouble({"WAYLAND_DISPLAY": str(listening)}, "linux")


def test_an_x_display_at_a_path_is_one(listening: Path) -> None:
    path = listening.rename(listening.with_name("x:0"))
    assert "display" not in trouble({"DISPLAY": str(path)}, "linux")


def test_an_x_display_answers_when_wayland_does_not(listening: Path) -> None:
    path = listening.rename(listening.with_name("x:0"))
    assert "display" not in trouble({"WAYLAND_DISPLAY": "gone", "DISPLAY": str(path)}, "linux")


def test_a_missing_library_is_named_with_its_package() -> None:
    said = display._missing((("libnosuchthing.so.9", "libnosuchthing9"), *display._LIBRARIES))
    assert said == "Qt cannot show a window without libnosuchthing.so.9. On Debian: apt-get install libnosuchthing9"


def test_the_libraries_asked_for_exist_where_qt_runs() -> None:
    for name, _ in (*display._LIBRARIES, *display._X_LIBRARIES):
        ctypes.CDLL(name)
