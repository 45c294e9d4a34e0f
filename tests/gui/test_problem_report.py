"""The report of a problem says what mends it, and nothing by which anybody or any project is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from tests.gui import samples
from tokenwatch import __version__
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.gui.problem_report import masked, problem_report
from tokenwatch.gui.report_dialog import report_dialog
from tokenwatch.gui.theme import Theme

HOME = Path("/home/ada")


def report(snapshot=None, settings: Settings | None = None) -> str:
    return problem_report(
        snapshot, settings or Settings(), HOME, {"XDG_CURRENT_DESKTOP": "XFCE"}, qt="6.9", screens=[(1280, 800, 2.0)]
    )


def test_it_has_versions_and_the_desktop() -> None:
    text = report()
    assert f"TokenWatch {__version__}" in text
    assert "Qt 6.9" in text
    assert "XDG_CURRENT_DESKTOP=XFCE" in text
    assert "Screen 1280x800 at 200%" in text


def test_it_has_the_health_without_the_path() -> None:
    log = "/home/ada/.claude/projects/-home-ada-work-secret/x.jsonl"
    reason = f"{log} may not be read. Allow it with: chmod u+r '/a b/c d'"
    snapshot = replace(samples.usual(), health=(Health("claude-code", HealthState.FAILING, reason),))
    text = report(snapshot)
    assert "claude-code is failing: ~/… may not be read. Allow it with: chmod u+r '…'" in text
    assert "secret" not in text


@pytest.mark.parametrize("name", sorted(samples.EVERY))
def test_no_project_session_or_amount_of_any_sample_is_in_it(name: str) -> None:
    snapshot = samples.EVERY[name]()
    text = report(snapshot, Settings(budget=123_456 * 10**9, folders=(("codex", ("/home/ada/secret",)),)))
    for session in (*snapshot.figures.sessions, *snapshot.figures.ended):
        assert session.project not in text
        assert session.session not in text
    assert "$" not in text
    assert "123" not in text.partition("# State")[0].partition("# Settings")[2]
    assert "secret" not in text


def test_of_private_settings_only_that_they_are_set() -> None:
    text = report(settings=Settings(timezone="Europe/Berlin", theme="dark"))
    assert "timezone is set" in text
    assert "Berlin" not in text
    assert "theme = 'dark'" in text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("/home/ada/My Work/x.db is damaged or no database.", "~/… is damaged or no database."),
        ("C:\\Users\\ada\\log.jsonl cannot be read: denied.", "… cannot be read: denied."),
        ("~/.codex/sessions cannot be read.", "~/… cannot be read."),
        ("Zeile 3: acme fehlt.", "Zeile 3: … fehlt."),
        ("12 tokens/min and/or more.", "12 tokens/min and/or more."),
        ("Ada and ada.", "Ada and …."),
        ("/home/ada/项目/x 无法读取。请重试。", "~/… 无法读取。 请重试。"),
    ],
)
def test_paths_and_names_are_masked(text: str, left: str) -> None:
    assert masked(text, HOME, ["acme"]) == left


@given(st.lists(st.text(alphabet="abcXYZ .-_é", min_size=4, max_size=12).filter(str.strip), min_size=1, max_size=4))
def test_no_directory_of_a_path_is_left(parts: list[str]) -> None:
    folders = [f"q{number}q{part.strip(' .')}" for number, part in enumerate(parts)]
    text = masked(f"/home/ada/{'/'.join(folders)}/x.jsonl may not be read.", HOME)
    for number, _ in enumerate(folders):
        assert f"q{number}q" not in text


def test_the_dialog_lets_it_be_read_changed_copied_and_saved(qtbot, tmp_path: Path) -> None:
    dialog = report_dialog(None, Theme("light"), samples.usual(), Settings(), Paths.below(tmp_path))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.text.isReadOnly()
    assert dialog.note.isVisible()
    dialog.text.setPlainText("only this")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "only this"
    with qtbot.waitSignal(dialog.save_wanted) as saved:
        dialog.save_wanted.emit("there.txt", dialog.text.toPlainText())
    assert saved.args == ["there.txt", "only this"]
