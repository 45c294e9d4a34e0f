"""Settings page: what all pages of the settings share - title, form, and how a change is told.

Owns that. Does not own any setting, nor what follows from a change (gui/settings_dialog.py).
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tokenwatch.base.settings import Settings
from tokenwatch.gui.widgets.form import INSET, Form
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.text import Text


class SettingsPage(QWidget):
    """Subclasses give :meth:`show_settings`."""

    changed = Signal(dict, str)
    """Fields of :class:`Settings` with their new values; and, if something is lost by it, a sentence that says so."""

    command = Signal(str, object)
    """See ``gui/commands.py``."""

    def __init__(self, look: Look, title: str, icon: str) -> None:
        super().__init__()
        self.look = look
        self.title, self.icon = title, icon
        self.form = Form(look)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20 - INSET, 12, 20 - INSET, 16)
        self.column.setSpacing(4)
        self.column.addWidget(Text(look, title, px=15, weight=650, tall=30, indent=INSET))
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.setAccessibleName(title)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set now. Tells nothing."""
        raise NotImplementedError

    def change(self, lost: str = "", **fields: object) -> None:
        self.changed.emit(fields, lost)
