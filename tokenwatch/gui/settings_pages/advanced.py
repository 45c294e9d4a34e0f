"""Advanced page: start at login, a shortcut, token rate, time zone, own use, log, settings file, history, defaults.

Owns these. Does not own the names of time zones (gui/zone_names.py) or the file (base/settings_file.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QCompleter

from tokenwatch.base.format import percent
from tokenwatch.base.own_figures import OwnFigures
from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import Progress
from tokenwatch.base.settings import Settings
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.commands import READ_AGAIN
from tokenwatch.gui.global_shortcut import GlobalShortcut
from tokenwatch.gui.looked_for import short_path
from tokenwatch.gui.settings_pages.consent import Consent
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.settings_pages.shortcut_row import ShortcutRow
from tokenwatch.gui.settings_store import SettingsStore
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.choice_button import ChoiceButton
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.segments import Segments
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.text import Text
from tokenwatch.gui.zone_names import ZoneNames

_MOST_MISTAKES = 6
_FEW: Final = 3
"""So many snapshots without progress mean that there is nothing left to read."""
_LEAVE = mark("Correct the file and look again (F5 in the window). Until then defaults stand for these.")


STATUS: Final = " ".join(("tokenwatch", "status", "--json"))
"""What scripts ask."""
LIMITS: Final = (1, 2, 5, 10, 0)
"""Percent of one core that are offered; 0 is no limit."""


def _limit(percent: int) -> str:
    return tr("{percent}% of one core", percent=percent) if percent else tr("no limit")


class AdvancedPage(SettingsPage):
    """``paths`` say where the settings are kept; None, where they are not. ``store`` None: no entry can be made."""

    def __init__(
        self,
        look: Look,
        paths: Paths | None,
        zones: ZoneNames,
        store: SettingsStore | None = None,
        shortcut: GlobalShortcut | None = None,
    ) -> None:
        super().__init__(look, tr("Advanced"), "settings")
        self._zones = zones
        self._store = store
        self._asked = 0
        """Snapshots without progress since a person asked for all logs to be read."""
        self.login = Switch(look, tr("Start at login"))
        self.login.setEnabled(False)
        self.login.clicked.connect(self._switch_login)
        self._login_hint = self.form.add(tr("Start at login"), self.login, hint=tr("hidden in the tray"))
        self.shortcut = ShortcutRow(look, self.form, shortcut, lambda on: self.change(global_shortcut=on))
        self.cache_reads = Switch(look, tr("Count cache reads into the token rate"))
        self.cache_reads.clicked.connect(lambda on: self.change(count_cache_reads=on))
        self.zone = Field(look, tr("Time zone"), 190, self._read_zone, lambda name: name or "")
        self.zone.entered.connect(lambda name: self.change(timezone=name))
        self.form.add(tr("Token rate"), self.cache_reads, hint=tr("counts tokens read from a cache, too"))
        self.form.add(tr("Time zone"), self.zone, hint=tr("for days and months"))
        self.limit = ChoiceButton(look, [(str(percent), _limit(percent)) for percent in LIMITS])
        self.limit.setAccessibleDescription(tr("Processor limit"))
        self.limit.chosen.connect(lambda percent: self.change(own_cpu_percent=int(percent)))
        self.own = self.form.add(tr("Processor limit"), self.limit)
        details = (("little", tr("Little")), ("normal", tr("Normal")), ("much", tr("Much")))
        self.detail = Segments(look, details, tr("Log detail"))
        self.detail.chosen.connect(lambda detail: self.change(log_detail=detail))
        self.form.add(tr("Log detail"), self.detail, hint=tr("never what was said"))
        self.form.rule()
        self.path = Text(look, short_path(paths.settings, paths.home) if paths else "", px=12, mono=True)
        self.copy = Button(look, tr("Copy path"), icon="copy")
        self.command_line = Text(look, STATUS, px=12, mono=True)
        self.copy_command = Button(look, tr("Copy"), icon="copy")
        self.copy_command.setAccessibleName(tr("Copy command"))
        self.copy_command.clicked.connect(lambda: QGuiApplication.clipboard().setText(STATUS))
        self.form.add(tr("Command line"), self.command_line, self.copy_command)
        if paths is not None:
            whole = str(paths.settings)
            self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(whole))
            self.form.add(tr("Settings file"), self.path, self.copy)
            self.data = Text(look, short_path(paths.data, paths.home), px=12, mono=True)
            self.open = Button(look, tr("Open"), kind="link")
            self.open.setAccessibleName(tr("Open the data folder"))
            folder = QUrl.fromLocalFile(str(paths.data))
            self.open.clicked.connect(lambda: QDesktopServices.openUrl(folder))
            self.form.add(tr("Data folder"), self.data, self.open)
        self.mistakes = [self.form.say("", ink="bad", most=3) for _ in range(_MOST_MISTAKES)]
        self._leave = self.form.say(tr(_LEAVE))
        self.form.rule()
        self.reset = Button(look, tr("Reset all settings"))
        self.reset.clicked.connect(self._reset)
        self.again = Button(look, tr("Rebuild history from logs…"))
        self.again.clicked.connect(self._ask_again)
        self.again.setEnabled(store is not None)
        self.form.put(self.again, self.reset)
        self.reading = self.form.say("", most=2)
        self.reading.hide()
        self.consent = Consent(look, self.form)
        self.show_mistakes(())
        if store is not None:
            store.login.connect(self._show_login)
            store.ask_login()
        zones.ready.connect(self._offer_zones)
        self._offer_zones()

    def show_settings(self, settings: Settings) -> None:
        self.shortcut.choose(settings.global_shortcut)
        self.cache_reads.setChecked(settings.count_cache_reads)
        self.zone.set_value(settings.timezone)
        self.limit.choose(str(settings.own_cpu_percent), _limit(settings.own_cpu_percent))
        self.detail.choose(settings.log_detail)
        self.reset.setEnabled(settings != Settings())

    def show_own(self, own: OwnFigures | None) -> None:
        """What TokenWatch itself takes now."""
        if own is not None and own.cpu_percent is not None:
            self.own.say(tr("now {percent}%", percent=f"{own.cpu_percent:.1f}"), "warn" if own.slower > 1 else "t2")

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

    def show_progress(self, progress: Progress | None) -> None:
        """How far the logs are read, once a person asked for it."""
        if not self.again.isEnabled() and self._store is not None:
            if progress is not None:
                self._say_reading(tr("{percent} of the logs read", percent=percent(progress.fraction)))
            elif self._asked == _FEW:
                self._say_reading(tr("All logs were read again."))
                self.again.setEnabled(True)
            self._asked = 0 if progress is not None else self._asked + 1

    def _ask_again(self) -> None:
        self.consent.ask(
            tr(
                "Every log that is still there is read from its beginning. What was counted stays as it is and is "
                "not counted twice, also what no log holds any more; what was missed is added. With large logs this "
                "takes minutes, and the figures stay usable meanwhile."
            ),
            tr("Read all logs again"),
            self._read_again,
        )

    def _read_again(self) -> None:
        self._asked = 0
        self.again.setEnabled(False)
        self._say_reading(tr("All logs are read again…"))
        self.command.emit(READ_AGAIN, None)

    def _say_reading(self, words: str) -> None:
        self.reading.say(words)
        self.reading.show()

    def _switch_login(self, on: bool) -> None:
        self.login.setEnabled(False)  # until it was read back
        if self._store is not None:
            self._store.start_at_login(on)

    def _show_login(self, on: bool, trouble: str) -> None:
        self.login.setEnabled(True)
        self.login.setChecked(on)
        self._login_hint.say(plain(trouble, 200) or tr("hidden in the tray"), "bad" if trouble else "t2")

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
            **{name: getattr(defaults, name) for name in Settings.__struct_fields__},
        )
