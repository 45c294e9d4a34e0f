"""Fakes for the faces: an engine that says what it is told to, and a notification service that only remembers.

Owns no values; those are in samples.py.
"""

from __future__ import annotations

import gc
import sys
import threading
import types
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.gui import samples
from tests.gui.tiny_bus import TinyBus
from tokenwatch.base.health import Health
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Month, Snapshot
from tokenwatch.gui.notify_service import OnChosen, OnHealth
from tokenwatch.gui.pacing import Notification
from tokenwatch.insight.breakdown import Breakdown, Detail, Question, Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.gui.faces import Painted
    from tokenwatch.gui.theme import Theme
    from tokenwatch.gui.widgets.look import Look

HERE = Path(__file__).parent


WITHOUT_A_SCREEN = (
    r"^This plugin does not support (raise\(\)|propagateSizeHints\(\)|grabbing the keyboard|setting window masks)",
    r"No such signal QPlatformNativeInterface::systemTrayWindowChanged",
)
"""What Qt warns of because there is neither a window manager nor a tray; any other warning fails the test."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*WITHOUT_A_SCREEN))


class FakeEngine:
    """The engine's interface; snapshots come from :meth:`publish`, on a thread as the real one's do."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.snoozed: list[tuple[str, str]] = []
        self.settings: list[Settings] = []
        self.reports: list[Health] = []
        self.questions: list[tuple[Question, str | None]] = []
        self.breakdown: Breakdown | Exception | None = None
        self.months: dict[date, Month | Exception] = {}
        self.running = False
        self._listeners: list[Callable[[Snapshot], None]] = []
        self._latest: Snapshot | None = None

    def start(self) -> None:
        self.calls.append("start")
        self.running = True

    def stop(self, timeout: float = 2.0) -> None:
        self.calls.append("stop")
        self.running = False

    def subscribe(self, callback: Callable[[Snapshot], None]) -> None:
        self._listeners.append(callback)

    def latest(self) -> Snapshot | None:
        return self._latest

    def refresh(self) -> None:
        self.calls.append("refresh")

    def pause(self) -> None:
        self.calls.append("pause")

    def resume(self) -> None:
        self.calls.append("resume")

    def snooze(self, rule: str = "", span: str = "3600") -> None:
        self.calls.append("snooze")
        self.snoozed.append((rule, span))

    def reload_prices(self) -> None:
        self.calls.append("reload_prices")

    def update_prices(self) -> None:
        self.calls.append("update_prices")

    def check_bills(self, file: Path | None = None) -> None:
        self.calls.append("check bills" if file is None else f"take {file.name}")

    def read_alerts(self) -> None:
        self.calls.append("read_alerts")

    def set_visible(self, visible: bool) -> None:
        self.calls.append(f"visible {visible}")

    def change_settings(self, settings: Settings) -> None:
        self.settings.append(settings)

    def report(self, health: Health) -> None:
        self.reports.append(health)

    def read_again(self) -> None:
        self.calls.append("read_again")

    def delete_history(self) -> Future[None]:
        """The test ends it."""
        self.calls.append("delete_history")
        self.deletion: Future[None] = Future()
        return self.deletion

    def month(self, first: date) -> Future[Month]:
        future: Future[Month] = Future()
        answer = self.months[first]

        def reply() -> None:
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)

        threading.Thread(target=reply).start()
        return future

    def ask(self, question: Question, key: str | None = None) -> Future[Breakdown | Detail]:
        future: Future[Breakdown | Detail] = Future()
        self.questions.append((question, key))
        answer = self.breakdown
        if isinstance(answer, Exception):
            future.set_exception(answer)
        elif key is None:
            future.set_result(answer or Breakdown(question, None, None, (), Row(""), 0))
        else:
            future.set_result(Detail(question, key))
        return future

    def publish(self, *snapshots: Snapshot) -> None:
        """Give them to the listeners, in order, from another thread, and wait until they were taken."""

        def run() -> None:
            for snapshot in snapshots:
                self._latest = snapshot
                for listener in self._listeners:
                    listener(snapshot)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()


class FakeService:
    """Remembers what it was to show; :meth:`choose` acts as a person who clicks."""

    def __init__(self) -> None:
        self.shown: list[Notification] = []
        self.withdrawn: list[str] = []
        self.started = self.stopped = False
        self.choose: OnChosen = lambda alert, action: None
        self.say: OnHealth = lambda health: None

    def start(self, on_chosen: OnChosen, on_health: OnHealth) -> None:
        self.started = True
        self.choose, self.say = on_chosen, on_health

    def show(self, notification: Notification) -> None:
        self.shown.append(notification)

    def withdraw(self, slot: str) -> None:
        self.withdrawn.append(slot)

    def stop(self, timeout: float = 1.0) -> None:
        self.stopped = True


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    from tokenwatch.gui.theme import Theme

    return Theme("light")


@pytest.fixture
def look(theme: Theme) -> Look:
    """What painted parts need, in English, UTC and the design's light colours."""
    from PySide6.QtCore import QLocale

    from tokenwatch.gui.widgets.look import Look

    look = Look(theme, UTC, QLocale.c())
    look.know(samples.AGENTS)
    return look


class Touched:
    """What this thread opened, connected to or started between :meth:`begin` and :meth:`end`."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._thread = 0
        sys.addaudithook(self._hear)

    def begin(self) -> None:
        self.found.clear()
        self._thread = threading.get_ident()

    def end(self) -> None:
        self._thread = 0

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._thread == threading.get_ident() and event in _TOUCHING:
            self.found.append(f"{event} {arguments[0]!r}")


_TOUCHING = {"open", "os.listdir", "os.scandir", "sqlite3.connect", "socket.connect", "subprocess.Popen", "os.mkdir"}


@pytest.fixture(scope="session")
def audit() -> Touched:
    """One for all tests: an audit hook stays until the end of the process."""
    return Touched()


@pytest.fixture
def touched(audit: Touched) -> Iterator[Touched]:
    yield audit
    audit.end()


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """What Python frees is freed on this thread: a Qt object that another thread's collection destroys can crash."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def undressed(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test does to the application's colours is undone: there is one application for all tests."""
    yield
    if "qapp" in request.fixturenames:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QGuiApplication, QPalette

        QGuiApplication.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
        QGuiApplication.setPalette(QPalette())


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small widgets with the signals of the window and the settings dialog, for tests of who makes and feeds them."""
    from PySide6.QtCore import Signal
    from PySide6.QtWidgets import QDialog, QMainWindow

    class DetailWindow(QMainWindow):
        month_wanted = Signal(object)
        asked = Signal(object, object)
        export_wanted = Signal(str, str)
        started = Signal(object, str, object)
        sample_wanted = Signal()
        settings_requested = Signal()
        refresh_requested = Signal()
        sources_requested = Signal()
        pause_toggled = Signal()
        sharing_toggled = Signal()
        snooze_requested = Signal()
        command = Signal(str, object)

        def __init__(self, theme: object, zone: tzinfo) -> None:
            super().__init__()
            self.zone = zone
            self.settings: list[Settings] = []
            self.shown: list[Snapshot] = []
            self.pages: list[str] = []
            self.months: list[Month] = []
            self.looked_for: list[object] = []
            self.answers: list[object] = []
            self.offers: list[bool] = []
            self.failures: list[str] = []

        def begin_with_numbers(self) -> None:
            pass

        def offer_start(self, wanted: bool) -> None:
            self.offers.append(wanted)

        def show_answer(self, answer: object) -> None:
            self.answers.append(answer)

        def show_failure(self, why: str) -> None:
            self.failures.append(why)

        def set_zone(self, zone: tzinfo) -> None:
            self.zone = zone

        def show_settings(self, settings: Settings) -> None:
            self.settings.append(settings)

        def page(self, panel_id: str) -> None:
            return None

        def show_unreadable(self, folders: object) -> None:
            pass

        def show_looked_for(self, agents: object) -> None:
            self.looked_for.append(agents)

        def show_snapshot(self, snapshot: Snapshot) -> None:
            self.shown.append(snapshot)

        def show_panel(self, page: str) -> None:
            self.pages.append(page)

        def show_month(self, month: Month) -> None:
            self.months.append(month)

    class SettingsDialog(QDialog):
        saved = Signal(object)
        command = Signal(str, object)
        refresh_requested = Signal()
        problem_wanted = Signal()

        def __init__(
            self,
            settings: Settings,
            agents: object,
            theme: object,
            zones: object,
            paths: object,
            mistakes: object,
            looked_for: object,
            health: object,
            keys: object,
            status_lines: object,
            store: object,
            history: object,
            shortcut: object,
        ) -> None:
            super().__init__()
            self.settings, self.agents, self.paths, self.mistakes = settings, agents, paths, mistakes

        def show_settings(self, settings: Settings) -> None:
            self.settings = settings

        def show_mistakes(self, mistakes: object) -> None:
            self.mistakes = mistakes

        def show_snapshot(self, snapshot: Snapshot) -> None:
            self.checks, self.progress, self.own = snapshot.figures.bills, snapshot.progress, snapshot.own

    for name, widget in (("window", DetailWindow), ("settings_dialog", SettingsDialog)):
        module = types.ModuleType(f"tokenwatch.gui.{name}")
        setattr(module, widget.__name__, widget)
        monkeypatch.setitem(sys.modules, module.__name__, module)
    yield
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[TinyBus]:
    """A message bus of this test alone."""
    tiny = TinyBus(tmp_path / "bus")
    yield tiny
    tiny.close()


@pytest.fixture
def painted(monkeypatch) -> Painted:
    """From now on, whatever paints; so it is asked for before anything is shown."""
    from tests.gui.faces import Painted
    from tokenwatch.gui.widgets import lettering

    seen = Painted()
    real_draw, real_cut = lettering.draw, lettering.cut

    def cut(look, runs, limit):
        kept = real_cut(look, runs, limit)
        seen.cut.extend(run.text for run in runs if run.text and run not in kept)
        return kept

    def draw(painter, look, x, baseline, runs, limit=1e6):
        seen.texts.extend(run.text for run in runs)
        return real_draw(painter, look, x, baseline, runs, limit)

    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("tokenwatch.gui"):
            if getattr(module, "draw", None) is real_draw:
                monkeypatch.setattr(module, "draw", draw)
            if getattr(module, "cut", None) is real_cut:
                monkeypatch.setattr(module, "cut", cut)
    return seen
