"""The store of the status line: what it tells, and that nothing is told once it was closed."""

from __future__ import annotations

from pathlib import Path

from tokenwatch.base.paths import Paths
from tokenwatch.gui.status_line_store import StatusLineStore

SETTINGS = '{"statusLine": {"type": "command", "command": "echo mine"}}'


def store_in(tmp_path: Path) -> tuple[StatusLineStore, Path]:
    (tmp_path / ".claude").mkdir()
    file = tmp_path / ".claude" / "settings.json"
    file.write_text(SETTINGS, encoding="utf-8")
    return StatusLineStore(Paths.below(tmp_path)), file


def test_it_tells_how_things_stand_and_changes_them(qtbot, tmp_path: Path) -> None:
    store, file = store_in(tmp_path)
    for deed, installed in ((store.ask, False), (store.install, True), (store.remove, False)):
        with qtbot.waitSignal(store.known) as signal:
            deed()
        assert (signal.args[0].installed, signal.args[0].trouble) == (installed, "")
    assert file.read_text(encoding="utf-8") == SETTINGS
    store.close()


def test_what_cannot_be_done_is_told(qtbot, tmp_path: Path) -> None:
    store, file = store_in(tmp_path)
    file.write_text("{", encoding="utf-8")
    with qtbot.waitSignal(store.known) as signal:
        store.install()
    assert "left alone" in signal.args[0].trouble
    store.close()


def test_closed_it_tells_nothing(qtbot, tmp_path: Path) -> None:
    store, _ = store_in(tmp_path)
    store.close()
    with qtbot.assertNotEmitted(store.known, wait=100):
        store.ask()
