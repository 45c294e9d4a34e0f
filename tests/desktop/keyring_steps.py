"""Steps with the real keyring, for test_keyring.py: run inside a desktop session, the canary keys on standard input.

Each step prints one JSON object. Owns no assertion.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import date
from http.client import HTTPConnection
from typing import Any

from tests.remote.fake_anthropic import FakeAnthropic
from tests.remote.fake_openai import FakeOpenAI
from tests.remote.fake_provider import Trouble, serving
from tokenwatch.base.errors import KeyringError
from tokenwatch.remote.bill_check import check_bills
from tokenwatch.remote.secrets import Secrets
from tokenwatch.remote.transport import HttpsTransport

DAY = date(2026, 10, 5)


def state() -> Any:
    found = Secrets().keyring()
    return {"state": found.state, "name": found.name, "reason": found.reason}


def lock() -> Any:
    import secretstorage

    bus = secretstorage.dbus_init()
    collection = secretstorage.get_default_collection(bus)
    collection.lock()
    locked = collection.is_locked()
    bus.close()
    return {"locked": locked}


def read() -> Any:
    """What is kept, without asking anybody to unlock it."""
    found: dict[str, Any] = {}
    for provider in ("anthropic", "openai"):
        try:
            key = Secrets().key(provider)
            found[provider] = None if key is None else key.last_four
        except KeyringError as error:
            found[provider] = f"{type(error).__name__}: {error}"
    return found


def type_keys(keys: list[str]) -> Any:
    """As a person does on the page Accounts; what stands beside the fields then."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tokenwatch.gui.key_store import KeyStore
    from tokenwatch.gui.settings_pages.accounts import AccountsPage
    from tokenwatch.gui.theme import Theme
    from tokenwatch.gui.widgets.look import Look

    app = QApplication([])
    store = KeyStore()
    page = AccountsPage(Look(Theme("light")), store)
    page.show()

    def settle(seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        loop.exec()

    def until_said(row: Any, before: str) -> None:
        for _ in range(100):
            if row.note.text() != before:
                return
            settle(0.05)

    for _ in range(200):
        if page.state.text():
            break
        settle(0.05)
    notes = {"keyring": page.state.text()}
    for provider, key in zip(("anthropic", "openai"), keys, strict=True):
        row = page.rows[provider]
        before = row.note.text()
        row.field.setFocus()
        QTest.keyClicks(row.field, key)
        QTest.keyClick(row.field, Qt.Key.Key_Return)
        until_said(row, before)
        notes[provider] = row.note.text()
    notes["enabled"] = str(page.rows["anthropic"].field.isEnabled())
    store.close()
    page.deleteLater()
    app.processEvents()
    return notes


def remove() -> Any:
    for provider in ("anthropic", "openai"):
        Secrets().remove(provider)
    return read()


def check() -> Any:
    """Ask the fake providers with the keys that are kept."""
    anthropic, openai = FakeAnthropic(), FakeOpenAI()
    anthropic.charge(DAY, "1234", token_type="output_tokens", model="claude-opus-4-5")
    openai.charge(DAY, 5.5, "gpt-5.4, output")
    with serving(anthropic, openai) as connect:
        transport = HttpsTransport(lambda seconds: False, connect)
        checked = check_bills(Secrets(), transport, DAY, DAY, 0)
    amounts = [line.amount for report in checked.reports for line in report.lines]
    return {"asked": checked.asked, "amounts": amounts, "troubles": checked.troubles}


def crash(log: str) -> Any:
    """Every bad answer with all logging on, then a mistake of our own in the middle of a request."""
    logging.basicConfig(filename=log, level=logging.DEBUG)
    anthropic, openai = FakeAnthropic(), FakeOpenAI()
    told: list[str] = []
    with serving(anthropic, openai) as connect:
        transport = HttpsTransport(lambda seconds: False, connect)
        for trouble in (
            Trouble(401),
            Trouble(302),
            Trouble(500),
            Trouble(body=b"<"),
            Trouble(429),
            Trouble(cut=True),
        ):
            anthropic.troubles = [trouble] * 3
            told += check_bills(Secrets(), transport, DAY, DAY, 0, providers=["anthropic"]).troubles

    class Broken(HTTPConnection):
        def request(self, *given: Any, **more: Any) -> None:
            raise RuntimeError("a mistake in the middle of a request")

    broken = HttpsTransport(lambda seconds: False, lambda host, seconds: Broken(host))
    try:
        check_bills(Secrets(), broken, DAY, DAY, 0)
    except RuntimeError:
        logging.exception("a crash")
        traceback.print_exc()
    return {"troubles": told}


def main() -> None:
    step, *rest = sys.argv[1:]
    keys = json.loads(sys.stdin.read() or "[]")
    steps = {"state": state, "lock": lock, "read": read, "remove": remove, "check": check}
    if step == "type":
        answer = type_keys(keys)
    elif step == "crash":
        answer = crash(*rest)
    else:
        answer = steps[step]()
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
