"""What the settings dialog asks the disk: start at login, read back; and what a folder holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.conftest import reading, record
from tokenwatch.base.clock import SystemClock
from tokenwatch.base.paths import Paths
from tokenwatch.gui.settings_store import SettingsStore
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.pricing.cost import Pricer
from tokenwatch.system.autostart import Autostart


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path, {}, tmp_path / "data", tmp_path / "config", platform="linux")


@pytest.fixture
def store(qtbot, paths: Paths) -> Iterator[SettingsStore]:
    store = SettingsStore(paths)
    yield store
    store.close()


def test_start_at_login_is_switched_and_read_back(qtbot, store: SettingsStore, paths: Paths) -> None:
    for ask, on in ((store.ask_login, False), (lambda: store.start_at_login(True), True), (store.ask_login, True)):
        with qtbot.waitSignal(store.login) as signal:
            ask()
        assert signal.args == [on, ""]
    assert Autostart(paths).on
    with qtbot.waitSignal(store.login) as signal:
        store.start_at_login(False)
    assert signal.args == [False, ""]


def test_what_cannot_be_switched_is_told(qtbot, store: SettingsStore, paths: Paths) -> None:
    (paths.home / ".config").write_text("in the way")
    with qtbot.waitSignal(store.login) as signal:
        store.start_at_login(True)
    on, trouble = signal.args
    assert not on
    assert trouble.startswith("That could not be changed: ")


def test_prices_are_told_without_a_ledger_and_with_one(qtbot, store: SettingsStore, paths: Paths) -> None:
    with qtbot.waitSignal(store.prices) as signal:
        store.ask_prices()
    assert signal.args[0] == ()
    assert signal.args[1][0].isdigit()
    paths.ledger.parent.mkdir(parents=True)
    ledger = Ledger(paths.ledger, Pricer(paths.price_overrides), {})
    now = SystemClock().now()
    ledger.enter([reading("/a", record(1, model="claude-opus-4-5", provider="anthropic", time=now))], now)
    ledger.close()
    with qtbot.waitSignal(store.prices) as signal:
        store.ask_prices()
    assert [price.model for price in signal.args[0]] == ["claude-opus-4-5"]


@pytest.mark.parametrize(
    ("made", "exists", "logs"),
    [(None, False, 0), (".claude/settings.json", True, 0), (".claude/projects/acme/a.jsonl", True, 1)],
)
def test_a_folder_is_looked_into(
    qtbot, store: SettingsStore, tmp_path: Path, made: str | None, exists: bool, logs: int
) -> None:
    folder = tmp_path / "backup"
    if made is not None:
        (folder / made).parent.mkdir(parents=True)
        (folder / made).write_text("{}\n")
    with qtbot.waitSignal(store.folder) as signal:
        store.look_into("claude-code", str(folder))
    assert signal.args == ["claude-code", str(folder), exists, logs]


def test_the_home_may_be_named_by_its_sign(qtbot, store: SettingsStore, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    with qtbot.waitSignal(store.folder) as signal:
        store.look_into("claude-code", "~/backup")
    assert signal.args == ["claude-code", "~/backup", True, 0]


def test_an_agent_that_nobody_knows_has_no_logs(qtbot, store: SettingsStore, tmp_path: Path) -> None:
    with qtbot.waitSignal(store.folder) as signal:
        store.look_into("nobody", str(tmp_path))
    assert signal.args == ["nobody", str(tmp_path), True, 0]


def test_closed_it_tells_nothing(qtbot, store: SettingsStore) -> None:
    store.close()
    with qtbot.assertNotEmitted(store.login, wait=50):
        store.ask_login()
