"""Motion: a fade runs once, ends, and is not begun where the system wants none."""

from __future__ import annotations

import ctypes
import ctypes.util
from typing import Any

import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtTest import QSignalSpy

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.gui import panel as panel_module
from tokenwatch.gui.motion import Fade, system_is_still, windows_fade
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.portal import Wishes
from tokenwatch.gui.theme import Theme


def test_fade_goes_from_nothing_to_all_once_and_rests(qtbot) -> None:
    owner = QObject()
    fade = Fade(40, owner)
    spy = QSignalSpy(fade.moved)
    fade.start()
    assert fade.strength == 0.0
    qtbot.waitUntil(lambda: not fade.running)
    told = [spy.at(number)[0] for number in range(spy.count())]
    assert (told[0], told[-1], fade.strength) == (0.0, 1.0, 1.0)
    assert told == sorted(told)


def test_stopped_fade_is_at_its_end_and_says_so_once(qtbot) -> None:
    owner = QObject()
    fade = Fade(60_000, owner)
    fade.start()
    spy = QSignalSpy(fade.moved)
    fade.stop()
    fade.stop()
    assert (spy.count(), fade.strength, fade.running) == (1, 1.0, False)


@pytest.mark.parametrize(
    ("environment", "remote"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, False),
        ({"DISPLAY": ":1.0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"DISPLAY": "unix:0"}, False),
        ({"DISPLAY": "/private/tmp/launch/org.xquartz:0"}, False),
        ({"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "x"}, True),
        ({"DISPLAY": "terminal-7:0"}, True),
        ({"DISPLAY": ":10", "XRDP_SESSION": "1"}, True),
    ],
)
def test_a_linux_session_on_another_screen_keeps_still(environment: dict[str, str], remote: bool) -> None:
    assert system_is_still("linux", environment) is remote


class FakeWindows:
    """What Windows' calls answer, as its documentation has them: they write into what they are given."""

    def __init__(self, animations: int = 1, remote: int = 0, saver: int = 0) -> None:
        self.animations, self.remote, self.saver = animations, remote, saver

    def SystemParametersInfoW(self, action: int, size: int, value: Any, change: int) -> int:
        assert (action, size, change) == (0x1042, 0, 0)
        value._obj.value = self.animations
        return 1

    def GetSystemMetrics(self, index: int) -> int:
        assert index == 0x1000
        return self.remote

    def GetSystemPowerStatus(self, status: Any) -> int:
        status.raw = bytes([1, 1, 80, self.saver, *[0] * 8])
        return 1


@pytest.mark.parametrize(
    ("windows", "still"),
    [
        (FakeWindows(), False),
        (FakeWindows(animations=0), True),
        (FakeWindows(remote=1), True),
        (FakeWindows(saver=1), True),
    ],
)
def test_windows_keeps_still_by_setting_from_afar_and_to_save_its_battery(
    monkeypatch, windows: FakeWindows, still: bool
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: windows)
    assert system_is_still("win32") is still


class FakeObjectiveC:
    """Apple's runtime with the two classes that are asked: a real C function answers each message."""

    def __init__(self, answers: dict[bytes, bool]) -> None:
        self._names: list[bytes] = []
        self._answers = answers
        self.asked: list[tuple[bytes, bytes]] = []
        self.objc_msgSend = ctypes.CFUNCTYPE(ctypes.c_size_t, ctypes.c_size_t, ctypes.c_size_t)(self._send)
        self.objc_getClass = ctypes.CFUNCTYPE(ctypes.c_size_t, ctypes.c_char_p)(self._named)
        self.sel_registerName = ctypes.CFUNCTYPE(ctypes.c_size_t, ctypes.c_char_p)(self._named)

    def _named(self, name: bytes) -> int:
        self._names.append(name)
        return len(self._names)

    def _send(self, receiver: int, selector: int) -> int:
        owner, message = self._names[receiver - 1], self._names[selector - 1]
        self.asked.append((owner, message))
        return int(self._answers[message]) if message in self._answers else receiver


@pytest.mark.parametrize(("reduced", "saving"), [(False, False), (True, False), (False, True)])
def test_a_mac_keeps_still_by_setting_and_to_save_its_battery(monkeypatch, reduced: bool, saving: bool) -> None:
    runtime = FakeObjectiveC({b"accessibilityDisplayShouldReduceMotion": reduced, b"isLowPowerModeEnabled": saving})
    monkeypatch.setattr(ctypes.util, "find_library", {"objc": "/usr/lib/libobjc.dylib"}.get)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: runtime)
    assert system_is_still("darwin") is (reduced or saving)
    assert runtime.asked[:2] == [
        (b"NSWorkspace", b"sharedWorkspace"),
        (b"NSWorkspace", b"accessibilityDisplayShouldReduceMotion"),
    ]
    assert reduced or runtime.asked[2:] == [
        (b"NSProcessInfo", b"processInfo"),
        (b"NSProcessInfo", b"isLowPowerModeEnabled"),
    ]


def test_a_mac_without_its_runtime_moves(monkeypatch) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    assert not system_is_still("darwin")


@pytest.mark.parametrize("wishes", [Wishes(), Wishes(reduced_motion=True)])
def test_the_user_s_own_word_counts_more_than_the_system_s(qtbot, theme: Theme, wishes: Wishes) -> None:
    theme.obey(wishes)
    theme.motion = "on"
    assert theme.moves
    theme.motion = "off"
    assert not theme.moves


def test_windows_do_not_fade_where_the_platform_cannot(qtbot) -> None:
    assert not windows_fade()  # tests run offscreen


@pytest.mark.parametrize(
    ("wishes", "moves"),
    [(Wishes(), True), (Wishes(reduced_motion=True), False), (Wishes(animations=False), False)],
)
def test_theme_moves_unless_the_desktop_wants_it_still(qtbot, theme: Theme, wishes: Wishes, moves: bool) -> None:
    theme.obey(wishes)
    assert theme.moves is moves
    theme.obey(Wishes())


@pytest.fixture
def faded(monkeypatch) -> list[float]:
    """What the panel's window is told, on a platform that can fade windows."""
    told: list[float] = []
    monkeypatch.setattr(panel_module, "windows_fade", lambda: True)
    monkeypatch.setattr(GlancePanel, "setWindowOpacity", lambda self, strength: told.append(strength))
    return told


def test_panel_fades_in_when_it_opens_and_not_while_it_is_open(qtbot, theme: Theme, faded: list[float]) -> None:
    panel = GlancePanel(theme)
    qtbot.addWidget(panel)
    panel.show_snapshot(samples.usual())
    assert faded == []
    panel.show_at(QRect())
    assert faded[0] == 0.0
    qtbot.waitUntil(lambda: faded[-1] == 1.0)
    count = len(faded)
    panel.show_at(QRect())
    settle()
    assert len(faded) == count


def test_closed_panel_does_not_fade(qtbot, theme: Theme, faded: list[float]) -> None:
    panel = GlancePanel(theme)
    qtbot.addWidget(panel)
    panel.show_snapshot(samples.usual())
    panel.show_at(QRect())
    panel.close()
    assert faded[-1] == 1.0
    assert not panel._fade.running


def test_panel_is_there_at_once_where_motion_is_not_wanted(qtbot, theme: Theme, faded: list[float]) -> None:
    theme.obey(Wishes(reduced_motion=True))
    panel = GlancePanel(theme)
    qtbot.addWidget(panel)
    panel.show_snapshot(samples.usual())
    panel.show_at(QRect())
    settle()
    theme.obey(Wishes())
    assert faded == []
