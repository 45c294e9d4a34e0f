"""Appearance page: the colours of the windows and of the tray icon.

Owns these two. Does not own the colours themselves (gui/theme.py, gui/icon.py).
"""

from __future__ import annotations

from tokenwatch.base.settings import Settings
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.icon_choice import IconChoice
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.segments import Segments


class AppearancePage(SettingsPage):
    def __init__(self, look: Look) -> None:
        super().__init__(look, "Appearance", "sliders")
        self.theme = Segments(look, (("system", "System"), ("light", "Light"), ("dark", "Dark")), "Theme")
        self.theme.chosen.connect(lambda theme: self.change(theme=theme))
        self.tray = IconChoice(look)
        self.tray.chosen.connect(lambda icon: self.change(icon=icon))
        self.form.add("Theme", self.theme)
        self.form.add("Tray icon", self.tray)

    def show_settings(self, settings: Settings) -> None:
        self.theme.choose(settings.theme)
        self.tray.choose(settings.icon)
