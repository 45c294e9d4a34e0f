"""Appearance page: colours of the windows and the tray icon, sizes, density, patterns, motion and language.

Owns these. Does not own the colours themselves (gui/theme.py, gui/icon.py) or the catalogues (gui/language.py).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.settings import Settings
from tokenwatch.base.translation import tr
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.choice_button import ChoiceButton
from tokenwatch.gui.widgets.icon_choice import IconChoice
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.segments import Segments
from tokenwatch.gui.widgets.switch import Switch

SIZES: Final = (90, 100, 115, 130)
NAMES: Final = (("en", "English"), ("de", "Deutsch"), ("zh_CN", "简体中文"))
"""Languages, in their own."""


class AppearancePage(SettingsPage):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Appearance"), "sliders")
        themes = (("system", tr("System")), ("light", tr("Light")), ("dark", tr("Dark")))
        self.theme = Segments(look, themes, tr("Theme"))
        self.theme.chosen.connect(lambda theme: self.change(theme=theme))
        self.tray = IconChoice(look)
        self.tray.chosen.connect(lambda icon: self.change(icon=icon))
        self.digit = Segments(
            look,
            (("working", tr("who works")), ("open", tr("all open")), ("sub_agents", tr("with sub-agents"))),
            tr("The number counts"),
        )
        self.digit.chosen.connect(lambda digit: self.change(digit=digit))
        rows = (("compact", tr("Compact")), ("normal", tr("Normal")), ("roomy", tr("Roomy")))
        self.rows = Segments(look, rows, tr("Rows"))
        self.rows.chosen.connect(lambda rows: self.change(rows=rows))
        self.text_size = Segments(look, [(str(size), f"{size}%") for size in SIZES], tr("Text size"))
        self.text_size.chosen.connect(lambda size: self.change(text_size=int(size)))
        self.patterns = Switch(look, tr("Add patterns to the colours"))
        self.patterns.clicked.connect(lambda on: self.change(patterns=on))
        motion = (("system", tr("System")), ("on", tr("On")), ("off", tr("Off")))
        self.motion = Segments(look, motion, tr("Motion"))
        self.motion.chosen.connect(lambda motion: self.change(motion=motion))
        languages = (
            ("system", tr("As the system does")),
            ("en", "English"),
            ("de", "Deutsch"),
            ("zh_CN", "简体中文"),
        )
        self.language = ChoiceButton(look, languages)
        self.language.chosen.connect(lambda language: self.change(language=language))
        self.form.add(tr("Theme"), self.theme)
        self.form.add(tr("Tray icon"), self.tray)
        self.form.add(tr("The number counts"), self.digit)
        self.form.rule()
        self.form.add(tr("Rows"), self.rows)
        self.form.add(tr("Text size"), self.text_size)
        self.form.add(tr("Charts"), self.patterns, hint=tr("add patterns to the colours"))
        self.form.add(tr("Motion"), self.motion, hint=tr("the panel and new colours fade in"))
        self.form.add(tr("Language"), self.language)

    def show_settings(self, settings: Settings) -> None:
        self.theme.choose(settings.theme)
        self.tray.choose(settings.icon)
        self.digit.choose(settings.digit)
        self.rows.choose(settings.rows)
        nearest = min(SIZES, key=lambda size: abs(size - settings.text_size))
        self.text_size.choose(str(nearest))
        self.patterns.setChecked(settings.patterns)
        self.motion.choose(settings.motion)
        self.language.choose(settings.language)
