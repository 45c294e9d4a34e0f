"""The parts of the tray app wired together: commands reach the engine, snapshots the faces, and the end is clean."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import get_ident
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tests.gui import samples
from tokenwatch.base.clock import FixedClock
from tokenwatch.base.errors import LedgerError
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.settings_reading import load
from tokenwatch.gui import app as app_module
from tokenwatch.gui.app import NO_TRAY, App
from tokenwatch.gui.icon import FOR_LIGHT_PANEL
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.surfaces import Surfaces
from tokenwatch.insight.breakdown import Question
from tokenwatch.system.instance import Instance

ROOT = Path(__file__).resolve().parents[2]


class FakeHost(QObject):
    """A search for a tray host whose end the test decides."""

    settled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.started = self.stopped = False

    def start(self) -> None:
        self.started = True

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.below(tmp_path)


@pytest.fixture
def host(qapp) -> FakeHost:
    return FakeHost()


@pytest.fixture
def tray_is_there(monkeypatch) -> Callable[[bool], None]:
    def be(there: bool) -> None:
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: there))

    be(True)
    return be


@pytest.fixture
def quits(monkeypatch, qapp: QApplication) -> list[int]:
    """Instead of ending pytest's application."""
    asked: list[int] = []
    monkeypatch.setattr(App, "quit", lambda self: asked.append(1))
    return asked


@pytest.fixture
def app(qapp, engine, service, paths, host, stand_ins, tray_is_there, quits) -> Iterator[App]:
    app = App(qapp, engine, paths, FixedClock(samples.NOW), Settings(theme="light"), service, host)
    yield app
    app.stop()


def test_in_the_background_no_window_opens(app: App, engine, host: FakeHost) -> None:
    app.start(None, background=True)
    assert engine.running
    assert host.started
    assert app.surfaces.window is None


def test_started_by_hand_the_window_opens(app: App) -> None:
    app.start(None)
    assert app.surfaces.window.isVisible()


def test_icon_waits_for_the_host(app: App, engine, host: FakeHost) -> None:
    app.start(None, background=True)
    assert app.tray is None
    host.settled.emit(True)
    assert app.tray.icon.isVisible()
    assert engine.reports[-1] == Health("tray")


def test_snapshot_reaches_tray_window_and_notifications(qtbot, app: App, engine, service, host: FakeHost) -> None:
    app.start(None)
    host.settled.emit(True)
    told = replace(samples.usual(), new_alerts=(samples.alert(),))
    engine.publish(told)
    qtbot.waitUntil(lambda: "3 working" in app.tray.icon.toolTip())
    assert app.surfaces.window.shown == [told]
    assert [each.alert for each in service.shown] == [samples.alert()]


def test_icon_that_comes_late_shows_the_latest_snapshot(qtbot, app: App, engine, host: FakeHost) -> None:
    app.start(None, background=True)
    with qtbot.waitSignal(app.bridge.snapshot_changed):
        engine.publish(samples.usual())
    host.settled.emit(True)
    assert "3 working" in app.tray.icon.toolTip()


def test_without_a_tray_the_window_opens_and_says_why(app: App, engine, host: FakeHost, tray_is_there) -> None:
    tray_is_there(False)
    app.start(None, background=True)
    host.settled.emit(False)
    assert app.surfaces.window.isVisible()
    assert engine.reports[-1] == Health("tray", HealthState.DEGRADED, NO_TRAY)


def test_without_a_tray_closing_the_window_quits(qtbot, app: App, host: FakeHost, tray_is_there, quits) -> None:
    tray_is_there(False)
    app.start(None, background=True)
    host.settled.emit(False)
    with qtbot.waitSignal(app.surfaces.window_closed):
        app.surfaces.window.close()
    assert quits == [1]


def test_window_closed_while_the_tray_was_looked_for_does_not_come_back(
    qtbot, app: App, host: FakeHost, tray_is_there, quits
) -> None:
    tray_is_there(False)
    app.start(None)
    with qtbot.waitSignal(app.surfaces.window_closed):
        app.surfaces.window.close()
    assert quits == []
    host.settled.emit(False)
    assert quits == [1]
    assert app.surfaces.window is None


def test_with_a_tray_closing_the_window_does_not_quit(qtbot, app: App, host: FakeHost, quits) -> None:
    app.start(None)
    host.settled.emit(True)
    with qtbot.waitSignal(app.surfaces.window_closed):
        app.surfaces.window.close()
    assert quits == []


def test_pause_turns_into_resume(qtbot, app: App, engine, host: FakeHost) -> None:
    app.start(None, background=True)
    host.settled.emit(True)
    app.tray.pause_toggled.emit()
    with qtbot.waitSignal(app.bridge.snapshot_changed):
        engine.publish(samples.paused())
    app.tray.pause_toggled.emit()
    assert [call for call in engine.calls if call in ("pause", "resume")] == ["pause", "resume"]


def test_commands_of_every_face_reach_the_engine(qtbot, app: App, engine, service, host: FakeHost) -> None:
    app.start(None, background=True)
    host.settled.emit(True)
    app.tray.snooze_requested.emit()
    app.tray.panel_wanted.emit(QRect())
    app.surfaces.panel.snooze_requested.emit()
    service.choose(replace(samples.alert(), actions=()), "snooze:1")
    qtbot.waitUntil(lambda: engine.calls.count("snooze") == 3)
    assert "visible True" in engine.calls


def test_click_on_a_notification_opens_its_page(qtbot, app: App, service) -> None:
    app.start(None, background=True)
    service.choose(replace(samples.alert(), rule="budget"), "default")
    qtbot.waitUntil(lambda: app.surfaces.window is not None)
    assert app.surfaces.window.pages == ["spend"]


def test_health_of_notifications_is_reported(qtbot, app: App, engine, service) -> None:
    service.say(Health("notifications", HealthState.DEGRADED, "Nobody answers."))
    qtbot.waitUntil(lambda: bool(engine.reports))
    assert engine.reports[-1].part == "notifications"


def test_month_is_asked_of_the_engine_and_shown(qtbot, app: App, engine) -> None:
    app.start(None)
    engine.months[date(2026, 5, 1)] = samples.month()
    app.surfaces.window.month_wanted.emit(date(2026, 5, 1))
    qtbot.waitUntil(lambda: app.surfaces.window.months == [samples.month()])


def test_quit_in_the_menu_quits(app: App, host: FakeHost, quits) -> None:
    app.start(None, background=True)
    host.settled.emit(True)
    app.tray.quit_requested.emit()
    assert quits == [1]


@pytest.mark.skipif(os.name != "posix", reason="a process cannot send itself this elsewhere")
def test_sigterm_quits(qtbot, app: App, quits) -> None:
    app.start(None, background=True)
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: quits == [1])


def test_stopping_stops_every_part_and_twice_is_harmless(app: App, engine, service, host: FakeHost) -> None:
    app.start(None)
    host.settled.emit(True)
    app.stop()
    app.stop()
    assert (engine.running, service.stopped, host.stopped) == (False, True, True)
    assert engine.calls.count("stop") == 1
    assert not app.tray.icon.isVisible()


def test_tray_host_found_after_the_end_makes_no_icon(app: App, host: FakeHost) -> None:
    app.start(None, background=True)
    app.stop()
    host.settled.emit(True)
    assert app.tray is None


def test_mistakes_in_the_settings_are_reported(app: App, engine) -> None:
    app.start(None, ("settings.toml line 3: no.",), background=True)
    assert Health("settings", HealthState.DEGRADED, "settings.toml line 3: no.") in engine.reports


def test_saved_settings_count_at_once_and_are_written(qtbot, app: App, engine, host: FakeHost, paths: Paths) -> None:
    app.start(None, background=True)
    host.settled.emit(True)
    wanted = Settings(budget=450 * 10**9, theme="dark", icon="dark", notifications=False)
    app.surfaces.settings_saved.emit(wanted)
    assert engine.settings == [wanted]
    assert app.theme.dark
    assert app.tray._look == FOR_LIGHT_PANEL
    qtbot.waitUntil(lambda: load(paths.settings) == (wanted, ()))


def test_settings_that_cannot_be_written_count_and_are_reported(qtbot, app: App, engine, paths: Paths) -> None:
    paths.config.parent.mkdir(parents=True)
    paths.config.write_text("a file where the folder should be")
    app.surfaces.settings_saved.emit(Settings(budget=1))
    assert engine.settings == [Settings(budget=1)]
    qtbot.waitUntil(lambda: bool(engine.reports))
    assert engine.reports[-1].state is HealthState.DEGRADED
    assert "could not be saved" in engine.reports[-1].reason


def test_refreshing_reads_the_settings_file_again(qtbot, app: App, engine, paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    paths.settings.write_text('theme = "dark"\nbudget_month_usd = 5\n')
    app.start(None)
    app.surfaces.window.refresh_requested.emit()
    qtbot.waitUntil(lambda: bool(engine.settings))
    assert "refresh" in engine.calls
    assert engine.settings == [Settings(theme="dark", budget=5 * 10**9)]


def test_mistakes_reach_the_settings_dialog(app: App) -> None:
    app.start(None, ("settings.toml line 3: no.",), background=True)
    app.surfaces.open_settings()
    assert app.surfaces._dialog.mistakes == ("settings.toml line 3: no.",)
    assert app.surfaces._dialog.paths == app._paths


def test_keys_from_any_program_open_the_panel_and_close_it(app: App, host: FakeHost) -> None:
    app.start(None, background=True)
    app._shortcut.pressed.emit()  # before anybody knows of a tray, too
    assert app.surfaces.panel is not None
    assert app.surfaces.panel.isVisible()
    host.settled.emit(True)
    app._shortcut.pressed.emit()
    assert app.surfaces.panel is None


def test_the_settings_ask_for_keys_and_give_them_back(app: App, monkeypatch) -> None:
    followed: list[bool] = []
    monkeypatch.setattr(app._shortcut, "follow", followed.append)
    app.start(None, background=True)
    app.surfaces.settings_saved.emit(Settings(global_shortcut=True, motion="off"))
    assert followed == [False, True]
    assert not app.theme.moves
    app.surfaces.settings_saved.emit(Settings())
    assert followed == [False, True, False]
    assert app.theme.motion == "system"


def test_another_time_zone_counts_in_every_face(qtbot, app: App, host: FakeHost) -> None:
    app.start(None)
    host.settled.emit(True)
    app.surfaces.settings_saved.emit(Settings(theme="light", timezone="Asia/Tokyo"))
    qtbot.waitUntil(lambda: app.surfaces.window.zone == ZoneInfo("Asia/Tokyo"))
    assert app.tray._zone == ZoneInfo("Asia/Tokyo")


def test_zone_that_the_computer_moved_to_counts_when_a_face_opens(qtbot, app: App, monkeypatch) -> None:
    app.start(None, background=True)
    monkeypatch.setattr(Settings, "zone", lambda self, paths: ZoneInfo("Asia/Tokyo"))
    app.surfaces.open_window()
    qtbot.waitUntil(lambda: app.surfaces.window.zone == ZoneInfo("Asia/Tokyo"))


def test_what_is_looked_for_is_found_out_beside_the_qt_thread(qtbot, app: App, paths: Paths, monkeypatch) -> None:
    threads: list[int] = []
    known = (LookedFor("codex", "Codex", "X", "~/.codex"),)
    monkeypatch.setattr(app, "_find_places", lambda: (threads.append(get_ident()), app._places_found.emit(known)))
    app.start(None)
    qtbot.waitUntil(lambda: known in app.surfaces.window.looked_for)
    assert threads != [get_ident()]


def test_pause_and_snooze_in_the_window_reach_the_engine(qtbot, app: App, engine) -> None:
    app.start(None)
    with qtbot.waitSignal(app.bridge.snapshot_changed):
        engine.publish(samples.usual())
    app.surfaces.window.pause_toggled.emit()
    app.surfaces.window.snooze_requested.emit()
    assert {"pause", "snooze"} <= set(engine.calls)


def test_later_start_shows_the_window(qtbot, app: App, paths: Paths) -> None:
    first = Instance(paths)
    assert first.acquire()
    app.start(first, background=True)
    assert Instance(paths).ask_first()
    qtbot.waitUntil(lambda: app.surfaces.window is not None and app.surfaces.window.isVisible())
    first.release()


PROGRAM = """
import sys
from pathlib import Path
from tokenwatch.base.clock import SystemClock
from tokenwatch.base.paths import Paths
from tokenwatch.gui.starting import run
from tokenwatch.system.instance import Instance
paths = Paths.below(Path(sys.argv[1]))
instance = Instance(paths)
assert instance.acquire()
sys.exit(run(paths, SystemClock(), instance, background=True))
"""


@pytest.mark.skipif(os.name != "posix", reason="a process cannot be asked to end like this elsewhere")
def test_the_real_program_starts_in_the_background_and_ends_on_sigterm(qtbot, paths: Paths, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        qtbot.waitUntil(lambda: (paths.data / "instance.sock").exists() or process.poll() is not None, timeout=30_000)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, said) == (0, "")


def test_an_answer_of_the_ledger_reaches_the_window(qtbot, app: App, engine) -> None:
    app.start(None)
    window = app.surfaces.window
    window.asked.emit(Question("agent"), None)
    qtbot.waitUntil(lambda: len(window.answers) == 1)
    assert window.answers[0].question == Question("agent")
    engine.breakdown = LedgerError("The ledger is damaged.")
    window.asked.emit(Question("agent"), None)
    qtbot.waitUntil(lambda: window.failures == ["The ledger is damaged."])


def test_an_export_is_written_and_a_failure_is_told(qtbot, app: App, tmp_path: Path, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(Surfaces, "tell", lambda self, sentence: told.append(sentence))
    app.start(None, background=True)
    app.surfaces.export_wanted.emit(str(tmp_path / "out.csv"), "a,b\r\n1,2\r\n")
    qtbot.waitUntil((tmp_path / "out.csv").exists)
    app._export_failed.connect(told.append)
    app.surfaces.export_wanted.emit(str(tmp_path / "nowhere" / "out.csv"), "x")
    qtbot.waitUntil(lambda: bool(told))
    assert "out.csv could not be written" in told[0]
    assert (tmp_path / "out.csv").read_bytes() == b"a,b\r\n1,2\r\n"


def test_what_is_entered_at_the_first_start_is_kept_and_not_asked_again(qtbot, app: App, paths: Paths) -> None:
    app.surfaces.offer_start(True)
    app.start(None)
    window = app.surfaces.window
    window.started.emit(450 * 10**9, "codex", 20 * 10**9)
    qtbot.waitUntil(lambda: load(paths.settings)[0].budget == 450 * 10**9)
    assert load(paths.settings)[0].billing == (("codex", Billing("plan", 20 * 10**9)),)
    assert window.offers == [True, False]


def test_declining_at_the_first_start_leaves_a_file_with_the_defaults(qtbot, app: App, paths: Paths) -> None:
    app.start(None)
    app.surfaces.window.started.emit(None, "", 0)
    qtbot.waitUntil(paths.settings.exists)
    assert load(paths.settings)[0].budget is None


def test_sample_data_are_a_program_of_their_own(app: App, monkeypatch) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(app_module.QProcess, "startDetached", lambda program, words: started.append((program, words)))
    app.start(None)
    app.surfaces.window.sample_wanted.emit()
    assert started == [(sys.executable, ["-m", "tokenwatch", "demo"])]
