"""What may be done about a session: the entries, and that stopping asks first and checks who it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from tests.gui import samples
from tokenwatch.base.session import Session
from tokenwatch.gui.session_menu import SessionMenu
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_rows import SessionRows
from tokenwatch.gui.widgets.session_table import SessionTable

ATLAS = replace(samples.sessions()[1], session="abc-1", cwd="/code/atlas", log="/logs/atlas.jsonl", pid=7)


@pytest.fixture
def over(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def entries(menu: SessionMenu, session: Session) -> dict[str, bool]:
    return {action.text(): action.isEnabled() for action in menu.menu(session).actions() if action.text()}


def test_everything_may_be_done_about_a_session_with_a_process(over) -> None:
    known = replace(ATLAS, started_at=1)
    shown = entries(SessionMenu(over), known)
    assert all(shown.values())
    assert list(shown) == [
        "Where its figures come from",
        "Copy session id",
        "Open project folder",
        "Show log",
        "Go to its terminal",
        "Stop…",
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"session": ""}, "Where its figures come from"),
        ({"session": ""}, "Copy session id"),
        ({"cwd": ""}, "Open project folder"),
        ({"cwd": "//server/share"}, "Open project folder"),
        ({"cwd": "\\\\server\\share"}, "Open project folder"),
        ({"cwd": "code/atlas"}, "Open project folder"),
        ({"log": ""}, "Show log"),
        ({"pid": None}, "Go to its terminal"),
        ({"pid": None}, "Stop…"),
        ({"started_at": None}, "Stop…"),
    ],
)
def test_what_is_impossible_is_greyed(over, changed, words) -> None:
    assert entries(SessionMenu(over), replace(ATLAS, **({"started_at": 1} | changed)))[words] is False


def test_the_id_is_copied(over) -> None:
    SessionMenu(over).copy(ATLAS)
    assert QGuiApplication.clipboard().text() == "abc-1"


@pytest.fixture
def child() -> Iterator[subprocess.Popen[bytes]]:
    words = [sys.executable, "-c", "import signal, time; signal.signal(2, signal.SIG_DFL); time.sleep(600)"]
    made = subprocess.Popen(words)
    yield made
    made.kill()
    made.wait()


def answer(button: str) -> None:
    """Press a button of the box that opens next."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if one.text().replace("&", "") == button).click()

    QTimer.singleShot(200, press)


def running(child: subprocess.Popen[bytes]) -> Session:
    began = round(psutil.Process(child.pid).create_time() * 1000)
    return replace(ATLAS, pid=child.pid, started_at=began)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot interrupt another program")
def test_stopping_asks_and_then_interrupts(qtbot, over, child) -> None:
    answer("Stop")
    SessionMenu(over).stop(running(child))
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=30_000)


def test_stopping_can_be_called_off(over, child) -> None:
    answer("Cancel")
    SessionMenu(over).stop(running(child))
    assert child.poll() is None


def test_another_process_is_left_alone_and_that_is_said(qtbot, over, child) -> None:
    menu = SessionMenu(over)
    menu.said.disconnect()
    answer("Stop")
    with qtbot.waitSignal(menu.said, timeout=30_000) as said:
        menu.stop(replace(running(child), started_at=1))
    assert said.args == ["It has ended already."]
    assert child.poll() is None


@pytest.mark.parametrize("kind", [SessionTable, SessionRows])
@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_the_menu_opens_by_mouse_and_by_keyboard(qtbot, look: Look, kind, reason) -> None:
    view = kind(look)
    qtbot.addWidget(view)
    view.resize(600, 300)
    more = () if kind is SessionTable else (5,)
    view.show_sessions([ATLAS], samples.NOW, *more)
    view.show()
    first = view.model().index(0, 0)
    view.setCurrentIndex(first)
    opened = []
    view.actions_menu.menu = lambda session, facts: opened.append(session.session) or _NoMenu()
    place = view.visualRect(first).center()
    view.contextMenuEvent(QContextMenuEvent(reason, place, view.mapToGlobal(place)))
    assert opened == ["abc-1"]


class _NoMenu:
    def popup(self, place) -> None:
        assert place is not None
