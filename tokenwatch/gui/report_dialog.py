"""Report dialog: the report of a problem, to read, change, copy and save.

Owns gathering what only a face knows: Qt and the screens. Does not own the text (problem_report.py).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.translation import tr
from tokenwatch.gui.problem_report import problem_report
from tokenwatch.gui.text_dialog import TextDialog
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.look import Look


def report_dialog(
    parent: QWidget, theme: Theme, snapshot: Snapshot | None, settings: Settings, paths: Paths
) -> TextDialog:
    """A dialog that was not shown yet and deletes itself when it is closed."""
    screens = [
        (screen.size().width(), screen.size().height(), screen.devicePixelRatio())
        for screen in QGuiApplication.screens()
    ]
    text = problem_report(snapshot, settings, paths.home, paths.environment, qt=qVersion(), screens=screens)
    note = tr(
        "TokenWatch sends nothing. Read the text and change it as you like; then copy or save it, and send it "
        "yourself. Names of projects and paths are left out."
    )
    dialog = TextDialog(
        Look(theme, None, None, parent), tr("Report a problem"), text, parent, note=note, file="tokenwatch-report.txt"
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
