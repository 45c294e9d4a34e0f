"""A folder that cannot be opened: found on disk, described with what mends it, and offered in the window."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy

from tests.gui import samples
from tests.gui.faces import picture, settle, stops
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.rights import may_not_be_read
from tokenwatch.base.settings import Settings
from tokenwatch.gui import commands
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.unreadable import Unreadable, UnreadableFolders, unreadable
from tokenwatch.gui.window import DetailWindow

posix = pytest.mark.skipif(os.name != "posix", reason="rights are written so on POSIX systems")
LOST = Unreadable("~/.claude/projects", "root", "drwx------", 'sudo chown -R "$USER" ~/.claude/projects')


@pytest.fixture
def closed(tmp_path: Path, monkeypatch) -> Path:
    """A folder that may not be opened. Root may open everything, so it is asked in another's name."""
    folder = tmp_path / ".claude" / "projects"
    folder.mkdir(parents=True)
    folder.chmod(0)
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: real(path, mode) and bool(Path(path).stat().st_mode & 0o400))
    return folder


@posix
def test_folder_without_rights_is_described(tmp_path: Path, closed: Path) -> None:
    found = unreadable([tmp_path / ".claude" / "transcripts", closed], tmp_path)
    assert found is not None
    assert (found.folder, found.rights) == ("~/.claude/projects", "d---------")
    assert found.command == "chmod u+rX ~/.claude/projects"
    assert found.owner


@posix
@pytest.mark.skipif(os.name == "posix" and os.getuid() != 0, reason="only root can give folders away")
def test_the_card_and_the_sentence_name_the_same_command(tmp_path: Path, closed: Path) -> None:
    os.chown(closed, 65534, 65534)
    found = unreadable([closed], tmp_path)
    assert found is not None
    assert found.command == 'sudo chown -R "$USER" ~/.claude/projects'
    assert may_not_be_read(str(closed)).endswith(f'Allow it with: sudo chown -R "$USER" {closed}')


@posix
def test_folder_above_is_named_if_that_is_what_is_closed(tmp_path: Path, closed: Path) -> None:
    found = unreadable([closed / "one" / "two"], tmp_path)
    assert found is not None
    assert found.folder == "~/.claude/projects"


@posix
def test_readable_and_missing_folders_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    assert unreadable([tmp_path / "open", tmp_path / "missing" / "below"], tmp_path) is None


@posix
@pytest.mark.parametrize("name", ["with space", "$(reboot)", "a;b", "it's"])
def test_command_means_that_folder_whatever_it_is_called(tmp_path: Path, monkeypatch, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    folder.chmod(0)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder)
    found = unreadable([folder], tmp_path)
    assert found is not None
    here = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(["sh", "-c", found.command], env=here, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert folder.stat().st_mode & 0o700 == 0o500


@posix
def test_name_with_invisible_characters_gets_no_command(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "a\u202eb"
    folder.mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder)
    found = unreadable([folder], tmp_path)
    assert found is not None
    assert found.command == ""
    assert "\u202e" not in found.folder


def failing(part: str, since: int = 1) -> Health:
    return Health(part, HealthState.FAILING, "permission denied", since)


def test_folders_are_looked_at_once_for_each_failure(qtbot, tmp_path: Path) -> None:
    asked: list[object] = []
    parent = QObject()
    folders = UnreadableFolders(Paths.below(tmp_path), asked.append, parent)
    usual = samples.usual()
    for health in ((), (failing("claude-code"),), (failing("claude-code"),), (failing("claude-code", 2),), ()):
        folders.follow(replace(usual, health=health))
    assert len(asked) == 3


@posix
def test_what_is_found_is_told_by_agent(qtbot, tmp_path: Path, closed: Path) -> None:
    parent = QObject()
    folders = UnreadableFolders(Paths.below(tmp_path), lambda look: look(), parent)
    with qtbot.waitSignal(folders.found) as told:
        folders.follow(replace(samples.usual(), health=(failing("claude-code"),)))
    assert told.args[0]["claude-code"].folder == "~/.claude/projects"


@pytest.fixture
def window(qtbot) -> DetailWindow:
    window = DetailWindow(Theme("light"), zone=UTC, locale=QLocale.c(), interval_ms=0)
    qtbot.addWidget(window)
    window.resize(1100, 720)
    window.show_settings(Settings(agents_off=("amp",)))
    window.show()
    window.show_snapshot(replace(samples.error(), health=(failing("claude-code"),)))
    window.show_unreadable({"claude-code": LOST})
    settle()
    return window


def test_notice_says_whose_folder_it_is_and_copies_the_command(window: DetailWindow) -> None:
    notice = window.notice
    assert [value for _, value, _ in notice.facts()] == [LOST.folder, "root, rights drwx------", LOST.command]
    assert LOST.command in notice.accessibleDescription()
    assert {notice.button, notice.copy, notice.choose, notice.stop} <= set(stops(window))
    assert notice.copy.geometry().center().y() < notice.button.mapTo(notice, notice.button.rect().topLeft()).y()
    assert notice.rect().contains(notice.copy.geometry())
    notice.copy.click()
    assert QGuiApplication.clipboard().text() == LOST.command
    assert not picture(window).isNull()


def test_notice_leads_to_the_folders_and_stops_watching(window: DetailWindow) -> None:
    sources, told = QSignalSpy(window.sources_requested), QSignalSpy(window.command)
    window.notice.choose.click()
    assert sources.count() == 1
    window.notice.stop.click()
    name, settings = told.at(0)
    assert (name, settings.agents_off) == (commands.SETTINGS, ("amp", "claude-code"))


def test_notice_that_is_about_nobodys_folder_offers_nothing(window: DetailWindow) -> None:
    window.show_snapshot(replace(samples.usual(), health=(failing("ledger"),)))
    settle()
    notice = window.notice
    assert notice.facts() == ()
    assert not any(button.isVisible() for button in (notice.copy, notice.choose, notice.stop))


def test_hidden_names_hide_the_folder_too(window: DetailWindow) -> None:
    window.show_snapshot(replace(samples.error(), health=(failing("claude-code"),), hidden=True))
    settle()
    assert window.notice.facts() == ()


@pytest.fixture(autouse=True)
def rights_given_back(tmp_path: Path):
    yield
    for folder in tmp_path.rglob("*"):
        if folder.is_dir():
            folder.chmod(0o700)
    shutil.rmtree(tmp_path, ignore_errors=True)
