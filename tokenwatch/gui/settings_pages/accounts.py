"""Accounts page: what TokenWatch may learn from providers, if wanted - their bills and Claude Code's limits.

Owns the rows of keys, what is typed into them, and what became of the last check. Does not own the keyring, which is
asked on another thread (key_store.py), the rows about the status line (status_line_rows.py) or the checks themselves.
Typing a key keeps it; checks are switched on apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tokenwatch.base.bill import BILLER_NAMES, BillCheck
from tokenwatch.base.format import money
from tokenwatch.base.health import Health
from tokenwatch.base.settings import Settings
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.commands import CHECK_BILLS
from tokenwatch.gui.key_store import KeyStore
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.settings_pages.status_line_rows import StatusLineRows
from tokenwatch.gui.status_line_store import StatusLineStore
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.text import Text


class AccountsPage(SettingsPage):
    """``keys`` None: there is no keyring to ask. ``status_lines`` None: there are no settings of Claude Code."""

    def __init__(self, look: Look, keys: KeyStore | None, status_lines: StatusLineStore | None = None) -> None:
        super().__init__(look, tr("Accounts"), "key")
        self._keys = keys
        self.form.say(
            tr(
                "Optional: TokenWatch works from local logs alone. An admin key lets it compare its count with the "
                "provider’s bill. Keys are kept in the system’s keyring, never in a file."
            )
        )
        self.rows: dict[str, AccountRow] = {}
        for provider, name in BILLER_NAMES.items():
            row = AccountRow(look, name)
            row.field.entered.connect(lambda typed, provider=provider: self._store(provider, typed))
            row.remove.clicked.connect(lambda _=False, provider=provider: self._remove(provider))
            row.note = self.form.add(name, row.field, row.remove)
            self.rows[provider] = row
            row.show_key("")
        self.form.rule()
        self.state = self.form.say("")
        self.bills = Switch(look, tr("Check bills"))
        self.bills.clicked.connect(lambda on: self.change(check_bills=on))
        self.form.add(tr("Check bills"), self.bills, hint=tr("a few times a day, with the keys above"))
        self.check_now = Button(look, tr("Check now"))
        self.check_now.clicked.connect(lambda: self.command.emit(CHECK_BILLS, None))
        self.take_file = Button(look, tr("Import a file…"))
        self.take_file.setToolTip(tr("A CSV file exported from the Claude Console or the OpenAI platform"))
        self.take_file.clicked.connect(self._choose_file)
        self.form.put(self.check_now, self.take_file)
        self.last = self.form.say("")
        self.form.rule()
        self.status_line = StatusLineRows(look, self.form, status_lines)
        if keys is not None:
            keys.known.connect(self._show_key)
            keys.failed.connect(self._show_failure)
            keys.keyring.connect(self._show_keyring)
            keys.ask()
        else:
            self._show_keyring(tr("No keyring can be asked here."), False)

    def show_settings(self, settings: Settings) -> None:
        self.bills.setChecked(settings.check_bills)
        self.check_now.setEnabled(settings.check_bills)

    def show_checks(self, checks: Sequence[BillCheck], health: Sequence[Health]) -> None:
        """What became of the last check: what went wrong, else the newest bill beside what was counted."""
        wrong = next((entry.reason for entry in health if entry.part == "accounts" and entry.reason), "")
        known = [check for check in checks if check.known_days]
        if wrong:
            self.last.say(plain(wrong, 300), "bad")
        elif known:
            said = (
                tr(
                    "{provider}, {month}: billed {billed}, here {here}.",
                    provider=BILLER_NAMES.get(check.provider, plain(check.provider, 30)),
                    month=f"{check.first:%Y-%m}",
                    billed=money(check.billed, self.look.numerals),
                    here=money(check.here, self.look.numerals),
                )
                for check in known
            )
            self.last.say(" ".join(said), "t2")
        else:
            self.last.say(tr("No bill is known yet."), "t2")

    def _choose_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, tr("Import a bill"), "", tr("CSV files (*.csv *.tsv *.txt)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.command.emit(CHECK_BILLS, Path(path)))
        dialog.open()

    def _store(self, provider: str, typed: str) -> None:
        if self._keys is not None and typed:
            self._keys.store(provider, typed)
        self.rows[provider].field.set_value("")

    def _remove(self, provider: str) -> None:
        if self._keys is not None:
            self._keys.remove(provider)

    def _show_key(self, provider: str, last_four: str) -> None:
        if provider in self.rows:
            self.rows[provider].show_key(last_four)

    def _show_failure(self, provider: str, why: str) -> None:
        if provider in self.rows:
            self.rows[provider].refuse(why)

    def _show_keyring(self, words: str, usable: bool) -> None:
        self.state.say(words)
        for row in self.rows.values():
            row.field.setEnabled(usable)


class AccountRow:
    """The parts of one provider's row."""

    def __init__(self, look: Look, name: str) -> None:
        self.field = Field(
            look, tr("Admin key of {provider}", provider=name), 210, str.strip, lambda typed: typed or ""
        )
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(tr("admin key"))
        self.field.set_value("")
        self.remove = Button(look, tr("Remove"), kind="link")
        self.note: Text | None = None

    def show_key(self, last_four: str) -> None:
        self.field.setVisible(not last_four)
        self.remove.setVisible(bool(last_four))
        if self.note is not None:
            self.note.say(tr("Admin key, ends {last}", last=last_four) if last_four else tr("not connected"), "t2")

    def refuse(self, why: str) -> None:
        if self.note is not None:
            self.note.say(why, "bad")
