"""Advanced page: what counts into the token rate, the time zone, the settings file, and the way back to defaults.

Owns these. Does not own the names of time zones (gui/zone_names.py) or the file (base/settings_file.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCompleter

from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.looked_for import short_path
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.text import Text
from tokenwatch.gui.zone_names import ZoneNames

_MOST_MISTAKES = 6
_LEAVE = mark("Correct the file and look again (F5 in the window). Until then defaults stand for these.")


class AdvancedPage(SettingsPage):
    """``paths`` say where the settings are kept; None, where they are not."""

    def __init__(self, look: Look, paths: Paths | None, zones: ZoneNames) -> None:
        super().__init__(look, tr("Advanced"), "settings")
        self._zones = zones
        self.cache_reads = Switch(look, tr("Count cache reads into the token rate"))
        self.cache_reads.clicked.connect(lambda on: self.change(count_cache_reads=on))
        self.zone = Field(look, tr("Time zone"), 190, self._read_zone, lambda name: name or "")
        self.zone.entered.connect(lambda name: self.change(timezone=name))
        self.form.add(tr("Token rate"), self.cache_reads, hint=tr("counts tokens read from a cache, too"))
        self.form.add(tr("Time zone"), self.zone, hint=tr("for days and months"))
        self.form.rule()
        self.path = Text(look, short_path(paths.settings, paths.home) if paths else "", px=12, mono=True)
        self.copy = Button(look, tr("Copy path"), icon="copy")
        if paths is not None:
            whole = str(paths.settings)
            self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(whole))
            self.form.add(tr("Settings file"), self.path, self.copy)
        self.mistakes = [self.form.say("", ink="bad", most=3) for _ in range(_MOST_MISTAKES)]
        self._leave = self.form.say(tr(_LEAVE))
        self.form.rule()
        self.reset = Button(look, tr("Reset all settings"))
        self.reset.clicked.connect(self._reset)
        self.form.put(self.reset)
        self.show_mistakes(())
        zones.ready.connect(self._offer_zones)
        self._offer_zones()

    def show_settings(self, settings: Settings) -> None:
        self.cache_reads.setChecked(settings.count_cache_reads)
        self.zone.set_value(settings.timezone)
        self.reset.setEnabled(settings != Settings())

    def show_mistakes(self, mistakes: Sequence[str]) -> None:
        """Plain sentences about the settings file."""
        shown = [plain(mistake, 300) for mistake in mistakes[:_MOST_MISTAKES]]
        if len(mistakes) > _MOST_MISTAKES:
            shown[-1] = tr("And {len} more.", len=len(mistakes) - _MOST_MISTAKES + 1)
        shown += [""] * (_MOST_MISTAKES - len(shown))
        for words, text in zip(self.mistakes, shown, strict=True):
            words.say(text)
            words.setVisible(bool(text))
        self._leave.setVisible(bool(mistakes))

    def _offer_zones(self) -> None:
        names, own = self._zones.names(), self._zones.own()
        self.zone.setEnabled(bool(names))
        self.zone.setPlaceholderText(tr("this computer’s: {own}", own=own) if own else tr("this computer’s"))
        if names:
            completer = QCompleter(list(names), self.zone)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setMaxVisibleItems(10)
            self.zone.setCompleter(completer)

    def _read_zone(self, text: str) -> str:
        wanted = text.strip().casefold().replace(" ", "_")
        if not wanted:
            return ""
        found = next((name for name in self._zones.names() if name.casefold() == wanted), None)
        if found is None:
            raise ValueError(tr("Not a time zone, such as Europe/Berlin"))
        return found

    def _reset(self) -> None:
        defaults = Settings()
        self.change(
            tr("All settings are as they were at first."),
            **{name: getattr(defaults, name) for name in Settings.__dataclass_fields__},
        )
