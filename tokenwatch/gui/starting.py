"""Starting: the graphical face as a program of its own - who is first with the data, the application, its end.

Owns that. Does not own the parts of the face or how they are wired (app.py), nor the choice of this face
(``__main__``).
"""

from __future__ import annotations

import sys
import time
from typing import Final

from PySide6.QtWidgets import QApplication

from tokenwatch.base.clock import Clock
from tokenwatch.base.paths import APP, Paths
from tokenwatch.base.rates_file import with_fetched
from tokenwatch.base.settings import Settings
from tokenwatch.base.settings_reading import load
from tokenwatch.gui.app import App
from tokenwatch.gui.bridge import EngineLike
from tokenwatch.gui.language import speak
from tokenwatch.gui.words import NAME
from tokenwatch.system.instance import Instance
from tokenwatch.system.log_file import LogFile

_FIRST_SECONDS: Final = 10.0
"""How long a start waits for a short command that holds the data directory."""
_TRY_SECONDS: Final = 0.2

_SWITCH_SECONDS: Final = 0.001
"""After which a thread that computes lets the Qt thread have the interpreter; usually five times as long, which a
frame does not have to spare."""


def run(paths: Paths, clock: Clock, background: bool = False) -> int:
    """Run the tray app until it is told to quit; the exit code. ``background``: open no window.

    If another instance runs with the same data directory, it is asked for its window, and this one ends.
    """
    instance = Instance(paths)
    first = _become_first(instance, background=background)
    if first is not None:
        return first
    from tokenwatch.engine.engine import Engine

    sys.setswitchinterval(_SWITCH_SECONDS)
    log = LogFile(paths)
    log.open()
    try:
        application = _application(paths)
        settings, problems = load(paths.settings)
        speak(application, settings.language)
        if problems:  # which can be told in the language only now
            settings, problems = load(paths.settings)
        log.set_detail(settings.log_detail)
        settings = with_fetched(settings, paths)
        app = App(application, Engine(paths, clock, settings, apart=True), paths, clock, settings)
        try:
            app.settings_used.connect(lambda changed: log.set_detail(changed.log_detail))
            app.surfaces.offer_start(not paths.settings.exists())
            app.start(instance, problems, background=background)
            return application.exec()
        finally:
            app.stop()
    finally:
        log.close()
        instance.release()


def run_demo(engine: EngineLike, paths: Paths, clock: Clock, settings: Settings) -> int:
    """Show made-up numbers until told to quit; the exit code. Another TokenWatch may run beside it."""
    application = _application(paths)
    speak(application, settings.language)
    app = App(application, engine, paths, clock, settings)
    try:
        app.start(None)
        return application.exec()
    finally:
        app.stop()


def _become_first(instance: Instance, *, background: bool) -> int | None:
    """None when the data directory is ours; else the exit code of a start that was not needed."""
    until = time.monotonic() + _FIRST_SECONDS
    while not instance.acquire():
        if instance.trouble:  # the ledger will have the same trouble, and the window can say so
            return None
        if not background and instance.ask_first():
            return 0
        if background and time.monotonic() > until - _FIRST_SECONDS / 2:
            return 0
        if time.monotonic() > until:
            sys.stderr.write("Another TokenWatch command is at work on the same data. Try again when it has ended.\n")
            return 1
        time.sleep(_TRY_SECONDS)
    return None


def _application(paths: Paths) -> QApplication:
    if paths.platform == "win32":
        _name_for_taskbar()
    QApplication.setApplicationName(APP)
    QApplication.setApplicationDisplayName(NAME)
    QApplication.setDesktopFileName(APP)
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    return application


def _name_for_taskbar() -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP)
