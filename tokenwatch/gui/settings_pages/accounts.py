"""Accounts page: admin keys with which providers can be asked for their bill; optional, and kept in the keyring only.

Owns the rows and what is typed. Does not own the keyring, which is asked on another thread (key_store.py).
"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from tokenwatch.base.bill import BILLER_NAMES
from tokenwatch.base.settings import Settings
from tokenwatch.base.translation import tr
from tokenwatch.gui.key_store import KeyStore
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.switch import Switch
from tokenwatch.gui.widgets.text import Text


class AccountsPage(SettingsPage):
    """``keys`` None: there is no keyring to ask."""

    def __init__(self, look: Look, keys: KeyStore | None) -> None:
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
        if keys is not None:
            keys.known.connect(self._show_key)
            keys.failed.connect(self._show_failure)
            keys.keyring.connect(self._show_keyring)
            keys.ask()
        else:
            self._show_keyring(tr("No keyring can be asked here."), False)

    def show_settings(self, settings: Settings) -> None:
        self.bills.setChecked(settings.check_bills)

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
