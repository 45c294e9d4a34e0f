"""Starting: the graphical face as a program of its own - the application, its settings and language, its end.

Owns that. Does not own the parts of the face or how they are wired (app.py), nor what comes before Qt is loaded: the
choice of this face, who is first with the data (system/first.py) and the first numbers (engine/head_start.py).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from tokenwatch.base.clock import Clock
from tokenwatch.base.paths import APP, Paths
from tokenwatch.base.rates_file import with_fetched
from tokenwatch.base.settings import Settings
from tokenwatch.base.settings_reading import load
from tokenwatch.engine.head_start import HeadStart
from tokenwatch.engine.later import LaterEngine
from tokenwatch.gui.app import App
from tokenwatch.gui.bridge import EngineLike
from tokenwatch.gui.language import speak
from tokenwatch.gui.words import NAME
from tokenwatch.system.heap import one_arena
from tokenwatch.system.instance import Instance
from tokenwatch.system.log_file import LogFile

if TYPE_CHECKING:
    from tokenwatch.collect.source_worker_process import WorkerProcess

_SWITCH_SECONDS: Final = 0.001
"""After which a thread that computes lets the Qt thread have the interpreter; usually five times as long, which a
frame does not have to spare."""


def run(
    paths: Paths,
    clock: Clock,
    instance: Instance,
    ahead: HeadStart | None = None,
    importing: WorkerProcess | None = None,
    *,
    background: bool = False,
) -> int:
    """Run the tray app until it is told to quit; the exit code.

    ``instance`` holds the data directory and is released at the end; ``ahead`` was begun for the first numbers,
    ``importing`` to fill the ledger. ``background``: open no window.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    one_arena()
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
        app = App(application, LaterEngine(paths, clock, settings, ahead, importing), paths, clock, settings)
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
