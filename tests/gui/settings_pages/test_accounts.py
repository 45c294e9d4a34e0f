"""The Accounts page: keys that never show, checks that are switched on apart, and consent before anything changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit

from tests.gui import samples
from tests.gui.faces import markup, parts, picture, settle
from tests.remote import fake_anthropic
from tests.remote.test_secrets import Memory, secrets_in
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.gui.commands import CHECK_BILLS
from tokenwatch.gui.key_store import KeyStore
from tokenwatch.gui.settings_pages.accounts import AccountsPage
from tokenwatch.gui.status_line_store import StatusLineStore
from tokenwatch.gui.widgets.look import Look
from tokenwatch.remote.secrets import Secrets

SETTINGS = '{"model": "opus", "statusLine": {"type": "command", "command": "echo mine"}}'


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def page(qtbot, look: Look, memory: Memory, tmp_path: Path):
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".claude" / "settings.json").write_text(SETTINGS, encoding="utf-8")
    keys, lines = KeyStore(lambda: secrets_in(memory)), StatusLineStore(Paths.below(tmp_path))
    with qtbot.waitSignals([keys.keyring, lines.known]):
        page = AccountsPage(look, keys, lines)
    qtbot.addWidget(page)
    page.resize(560, 640)
    page.show()
    page.show_settings(Settings())
    settle()
    yield page
    keys.close()
    lines.close()


def typed(qtbot, page: AccountsPage, key: str, provider: str = "anthropic") -> None:
    row = page.rows[provider]
    row.field.setFocus()
    QTest.keyClicks(row.field, key)
    with qtbot.waitSignals([page._keys.known, page._keys.failed], raising=False, timeout=1500):
        QTest.keyClick(row.field, Qt.Key.Key_Return)
    settle()


def said(page: AccountsPage) -> str:
    found = [part.accessibleName() + part.accessibleDescription() + part.toolTip() for part in parts(page)]
    return " ".join([*found, *(part.text() for part in parts(page) if isinstance(part, QLineEdit))])


def test_a_key_goes_into_the_keyring_and_shows_its_last_four_characters(qtbot, page, memory: Memory) -> None:
    assert page.rows["anthropic"].field.echoMode() == QLineEdit.EchoMode.Password
    typed(qtbot, page, fake_anthropic.KEY)
    assert memory.kept == {("TokenWatch", "anthropic-admin-key"): fake_anthropic.KEY}
    assert page.rows["anthropic"].note.text() == "Admin key, ends 7F2Q"
    assert "CANARY" not in said(page)
    with qtbot.waitSignal(page._keys.known):
        page.rows["anthropic"].remove.click()
    assert memory.kept == {}
    assert page.rows["anthropic"].note.text() == "not connected"


def test_what_is_no_key_is_refused_and_not_kept(qtbot, page, memory: Memory) -> None:
    typed(qtbot, page, "sk-ant-api03-CANARY-is-not-an-admin-key")
    assert memory.kept == {}
    assert "begins with sk-ant-admin" in page.rows["anthropic"].note.text()
    assert "CANARY" not in said(page)


def test_without_a_keyring_no_key_can_be_typed_and_it_says_how_to_get_one(qtbot, look: Look) -> None:
    keys = KeyStore(lambda: Secrets(lambda: None))
    with qtbot.waitSignal(keys.keyring):
        page = AccountsPage(look, keys)
    qtbot.addWidget(page)
    settle()
    assert not page.rows["openai"].field.isEnabled()
    assert "install gnome-keyring" in page.state.text()
    keys.close()


def test_keeping_a_key_switches_nothing_on(qtbot, page) -> None:
    changed = QSignalSpy(page.changed)
    typed(qtbot, page, fake_anthropic.KEY)
    assert changed.count() == 0
    assert not page.check_now.isEnabled()
    page.bills.click()
    assert changed.at(0)[0] == {"check_bills": True}


def test_check_now_asks_for_it(page) -> None:
    page.show_settings(Settings(check_bills=True))
    asked = QSignalSpy(page.command)
    page.check_now.click()
    assert asked.at(0) == [CHECK_BILLS, None]


def test_last_check_says_what_went_wrong_or_what_it_found(page) -> None:
    page.show_checks((), ())
    assert page.last.text() == "No bill is known yet."
    page.show_checks(samples.bills()[1:], ())
    assert page.last.text() == "Anthropic, 2026-05: billed $261.40, here $259.87."
    page.show_checks(samples.bills(), (Health("accounts", HealthState.DEGRADED, "The key was refused."),))
    assert (page.last.text(), page.last.ink()) == ("The key was refused.", "bad")


def test_nothing_of_claude_code_changes_without_a_second_press(qtbot, page, tmp_path: Path) -> None:
    file = tmp_path / ".claude" / "settings.json"
    rows = page.status_line
    assert rows.switch.isEnabled()
    assert not rows.switch.isChecked()
    rows.switch.click()
    assert rows.agree.isVisible()
    assert str(file) in rows.words.text()
    assert "echo mine" in rows.words.text()
    assert file.read_text(encoding="utf-8") == SETTINGS
    rows.leave.click()
    assert not rows.switch.isChecked()
    assert not rows.agree.isVisible()
    assert file.read_text(encoding="utf-8") == SETTINGS
    rows.switch.click()
    with qtbot.waitSignal(rows._store.known):
        rows.agree.click()
    assert "statusline_bridge" in file.read_text(encoding="utf-8")
    assert rows.words.text() == "On. Your own status line still runs: echo mine"
    rows.switch.click()
    with qtbot.waitSignal(rows._store.known):
        rows.agree.click()
    assert file.read_text(encoding="utf-8") == SETTINGS


def test_settings_that_are_not_understood_are_said(qtbot, page, tmp_path: Path) -> None:
    (tmp_path / ".claude" / "settings.json").write_text("{ // mine", encoding="utf-8")
    rows = page.status_line
    rows.switch.click()
    with qtbot.waitSignal(rows._store.known):
        rows.agree.click()
    assert "left alone" in rows.words.text()
    assert not rows.switch.isChecked()


def test_page_can_be_painted_in_every_state(page) -> None:
    page.status_line.switch.click()
    hostile = samples.hostile()
    page.show_checks(
        tuple(replace(bill, provider=text) for bill, text in zip(samples.bills() * 9, samples.HOSTILE, strict=False)),
        hostile.health,
    )
    settle()
    assert markup(page) == []
    assert not picture(page).isNull()
