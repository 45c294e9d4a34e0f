"""Sources, folders, history, own use and licences in the settings: shown, switched, and nothing lost unasked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from tests.gui.faces import markup, picture, settle, stops, unspoken
from tests.gui.settings_pages.shown import shown
from tokenwatch.base.clock import FixedClock
from tokenwatch.base.health import Health
from tokenwatch.base.licences import Bill, Package
from tokenwatch.base.own_figures import OwnFigures
from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import Progress
from tokenwatch.base.settings import Settings
from tokenwatch.gui.commands import READ_AGAIN
from tokenwatch.gui.history_store import HistoryStore
from tokenwatch.gui.licences_dialog import LicencesDialog
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.settings_pages.about import AboutPage
from tokenwatch.gui.settings_pages.advanced import AdvancedPage
from tokenwatch.gui.settings_pages.appearance import AppearancePage
from tokenwatch.gui.settings_pages.privacy import PrivacyPage
from tokenwatch.gui.settings_pages.sources import SourcesPage
from tokenwatch.gui.settings_store import SettingsStore
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.zone_names import ZoneNames

LOOKED = (
    LookedFor("codex", "Codex", "X", "~/.codex/sessions"),
    LookedFor("claude-code", "Claude Code", "C", "~/.claude/projects"),
    LookedFor("kiro", "Kiro CLI", "K"),
)
OWN = OwnFigures(0.3, 2, 95_000_000, 45, 41_300_000)


def only(spy: QSignalSpy) -> tuple[dict, str]:
    assert spy.count() == 1
    fields, lost = spy.at(0)
    return fields, lost


@pytest.fixture
def store(qtbot, tmp_path: Path) -> Iterator[SettingsStore]:
    store = SettingsStore(Paths(tmp_path, {}, tmp_path / "data", tmp_path / "config", platform="linux"))
    yield store
    store.close()


# Sources


@pytest.fixture
def sources(qtbot, look: Look, store: SettingsStore) -> SourcesPage:
    return shown(qtbot, SourcesPage(look, LOOKED, (Health("claude-code"),), store))


def test_each_agent_has_a_switch_in_its_row(sources: SourcesPage) -> None:
    rows = [agent.id for agent in sources.list.rows()]
    assert rows == ["claude-code", "codex", "kiro"]
    tops = [sources.list.switches[agent].y() for agent in rows]
    assert tops == sorted(tops)
    assert sources.list.switches["codex"].accessibleName() == "Read Codex"
    assert unspoken(sources) == markup(sources) == []


def test_the_keyboard_walks_the_switches_from_above(sources: SourcesPage) -> None:
    walked = [part for part in stops(sources) if part in sources.list.switches.values()]
    assert walked == [sources.list.switches[agent.id] for agent in sources.list.rows()]
    sources.show_health((Health("codex"),))
    walked = [part for part in stops(sources) if part in sources.list.switches.values()]
    assert walked[0] is sources.list.switches["codex"]


def test_agents_that_are_not_here_are_listed_on_request(qtbot, look: Look) -> None:
    many = tuple(LookedFor(f"a{number:02}", f"Agent {number}", "A", "~/.a") for number in range(20))
    page = shown(qtbot, SourcesPage(look, many, (Health("a15"),)), Settings(agents_off=("a19",)))
    assert [agent.id for agent in page.list.rows()] == ["a15", "a19", "a00", "a01", "a02", "a03", "a04"]
    assert not page.list.switches["a10"].isVisible()
    assert page.all.text() == "Show all 20"
    low = page.list.sizeHint().height()
    page.all.click()
    settle()
    assert len(page.list.rows()) == 20
    assert page.list.switches["a10"].isVisible()
    assert page.list.sizeHint().height() > low
    page.all.click()
    assert len(page.list.rows()) == 7
    assert not picture(page).isNull()


def test_an_agent_is_switched_off_and_on(sources: SourcesPage) -> None:
    spy = QSignalSpy(sources.changed)
    sources.list.switches["codex"].click()
    assert only(spy) == ({"agents_off": ("codex",)}, "")
    sources.show_settings(Settings(agents_off=("claude-code", "codex")))
    assert sources.list.status(LOOKED[1]) == ("absent", "Switched off")
    assert "Codex: Switched off" in sources.list.accessibleDescription()
    spy = QSignalSpy(sources.changed)
    sources.list.switches["codex"].click()
    assert only(spy) == ({"agents_off": ("claude-code",)}, "")


def test_homes_inside_wsl_are_offered_on_windows_only(qtbot, look: Look, sources: SourcesPage) -> None:
    assert not sources.wsl.isVisible()
    page = shown(qtbot, SourcesPage(look, LOOKED, (), windows=True), Settings(wsl=True))
    assert page.wsl.isVisibleTo(page)
    assert page.wsl.isChecked()
    spy = QSignalSpy(page.changed)
    page.wsl.click()
    assert only(spy) == ({"wsl": False}, "")


# Folders


def test_a_folder_is_added_for_the_agent_that_is_chosen(sources: SourcesPage) -> None:
    assert [words for _, words in sources.folders.agent.choices()] == ["Codex", "Claude Code"]
    sources.folders.agent.choose("claude-code")
    spy = QSignalSpy(sources.changed)
    sources.folders.take("/mnt/backup")
    assert only(spy) == ({"folders": (("claude-code", ("/mnt/backup",)),)}, "")


def test_one_that_is_there_already_is_not_added_again(sources: SourcesPage) -> None:
    sources.show_settings(Settings(folders=(("codex", ("/mnt/a",)),)))
    spy = QSignalSpy(sources.changed)
    sources.folders.agent.choose("codex")
    sources.folders.take("/mnt/a")
    assert spy.count() == 0


def test_each_says_whether_it_exists_and_what_is_in_it(qtbot, sources: SourcesPage, tmp_path: Path) -> None:
    log = tmp_path / "backup" / ".claude" / "projects" / "acme" / "a.jsonl"
    log.parent.mkdir(parents=True)
    log.write_text("{}\n")
    (tmp_path / "other").mkdir()
    folders = tuple(str(tmp_path / name) for name in ("backup", "other", "gone"))
    sources.show_settings(Settings(folders=(("claude-code", folders),)))
    notes = sources.folders.notes
    qtbot.waitUntil(lambda: all(note.text() for note in notes.values()))
    assert [note.text() for note in notes.values()] == [
        "1 log", "No logs of this agent are in it.", "This folder does not exist.",
    ]  # fmt: skip
    assert unspoken(sources) == []


def test_a_folder_is_removed_and_can_be_had_back(sources: SourcesPage) -> None:
    sources.show_settings(Settings(folders=(("claude-code", ("/mnt/a", "/mnt/b")), ("codex", ("/mnt/a",)))))
    spy = QSignalSpy(sources.changed)
    sources.folders.removals[("codex", "/mnt/a")].click()
    fields, lost = only(spy)
    assert fields == {"folders": (("claude-code", ("/mnt/a", "/mnt/b")),)}
    assert lost == "/mnt/a is not looked in any more."


def test_hostile_folders_are_plain(qtbot, sources: SourcesPage) -> None:
    sources.show_settings(Settings(folders=(("<b>x</b>", ("/\u202e<img src=x>\n",)),)))
    settle()
    assert markup(sources) == []


# History


@pytest.fixture
def deletion() -> Future[None]:
    return Future()


@pytest.fixture
def history(qtbot, tmp_path: Path, deletion: Future[None]) -> Iterator[HistoryStore]:
    store = HistoryStore(lambda: deletion, tmp_path / "ledger.sqlite", FixedClock(0))
    yield store
    store.close()


@pytest.fixture
def privacy(qtbot, look: Look, history: HistoryStore) -> PrivacyPage:
    return shown(qtbot, PrivacyPage(look, history))


def test_keeping_less_is_asked_for_first(privacy: PrivacyPage) -> None:
    rows, spy = privacy.history, QSignalSpy(privacy.changed)
    rows.keep._take("13")
    assert spy.count() == 0
    assert rows.consent.words.isVisible()
    assert "13 before it are kept" in rows.consent.words.text()
    assert rows.consent.leave.hasFocus() or not rows.consent.leave.window().isActiveWindow()
    rows.consent.leave.click()
    assert spy.count() == 0
    assert rows.keep.text() == "for ever"
    rows.keep._take("13")
    rows.consent.agree.click()
    assert only(spy) == ({"keep_months": 13}, "")


def test_keeping_more_loses_nothing_and_is_not_asked_for(privacy: PrivacyPage) -> None:
    privacy.show_settings(Settings(keep_months=6))
    assert privacy.history.keep.text() == "6 months"
    for months in ("13", "0"):
        spy = QSignalSpy(privacy.changed)
        privacy.history.keep._take(months)
        assert only(spy) == ({"keep_months": int(months)}, "")


def test_a_number_of_months_that_is_not_offered_is_shown(privacy: PrivacyPage) -> None:
    privacy.show_settings(Settings(keep_months=7))
    assert privacy.history.keep.text() == "7 months"


def test_nothing_is_deleted_without_a_second_press(
    qtbot, privacy: PrivacyPage, history: HistoryStore, deletion: Future[None]
) -> None:
    rows = privacy.history
    rows.delete.click()
    words = rows.consent.words.text()
    for part in ("never touched", "cannot be undone", "backups", "keys stay"):
        assert part in words
    rows.consent.leave.click()
    assert not rows.consent.words.isVisible()
    rows.delete.click()
    rows.consent.agree.click()
    assert rows.state.text() == "Deleting…"
    with qtbot.waitSignal(history.deleted):
        deletion.set_result(None)
    assert rows.state.text() == "All history is deleted. Counting goes on from now."


def test_why_nothing_was_written_is_said(qtbot, privacy: PrivacyPage, history: HistoryStore, tmp_path: Path) -> None:
    with qtbot.waitSignal(history.failed):
        privacy.history.export_to(str(tmp_path / "mine.json"))
    assert privacy.history.state.ink() == "bad"
    assert privacy.history.export.isEnabled()


def test_how_far_it_is_is_said_and_it_can_be_stopped(privacy: PrivacyPage, history: HistoryStore) -> None:
    history.progress.emit(12_000, 340_000)
    assert privacy.history.state.text() == "12,000 of 340,000 requests written…"
    assert privacy.history.stop.isVisible()
    assert not privacy.history.export.isEnabled()
    privacy.history.stop.click()
    assert history._stopping.is_set()
    history.exported.emit("mine.csv", -1)
    assert privacy.history.state.text() == "Stopped. Nothing was written."
    history.exported.emit("mine.csv", 340_000)
    assert privacy.history.state.text() == "mine.csv is written, with 340,000 requests."
    assert not privacy.history.stop.isVisible()


def test_without_a_ledger_of_ones_own_nothing_can_be_deleted(qtbot, look: Look) -> None:
    page = shown(qtbot, PrivacyPage(look))
    assert not page.history.delete.isEnabled()
    assert not page.history.export.isEnabled()


def test_how_large_it_is_is_said(privacy: PrivacyPage) -> None:
    privacy.history.show_own(OWN)
    assert privacy.history.size.text() == "now 41 MB"


# Own use, log, login, number


@pytest.fixture
def advanced(qtbot, look: Look, store: SettingsStore) -> AdvancedPage:
    return shown(qtbot, AdvancedPage(look, Paths.below(Path("/home/ada")), ZoneNames({"TZ": "UTC"}), store))


def test_start_at_login_is_what_the_system_says(qtbot, advanced: AdvancedPage, store: SettingsStore) -> None:
    qtbot.waitUntil(advanced.login.isEnabled)
    assert not advanced.login.isChecked()
    with qtbot.waitSignal(store.login):
        advanced.login.click()
        assert not advanced.login.isEnabled()
    assert advanced.login.isChecked()
    store.login.emit(False, "That could not be changed: it is full.")
    assert not advanced.login.isChecked()
    assert advanced._login_hint.text() == "That could not be changed: it is full."


def test_the_limit_of_own_use_is_chosen(advanced: AdvancedPage) -> None:
    assert advanced.limit.text() == "2% of one core"
    spy = QSignalSpy(advanced.changed)
    advanced.limit._take("0")
    assert only(spy) == ({"own_cpu_percent": 0}, "")
    advanced.show_settings(Settings(own_cpu_percent=7))
    assert advanced.limit.text() == "7% of one core"
    advanced.show_own(OWN)
    assert advanced.own.text() == "now 0.3%"


def test_the_detail_of_the_log_is_chosen(advanced: AdvancedPage) -> None:
    advanced.show_settings(Settings(log_detail="little"))
    assert advanced.detail.value() == "little"
    spy = QSignalSpy(advanced.changed)
    advanced.detail._buttons[2].click()
    assert only(spy) == ({"log_detail": "much"}, "")


def test_whom_the_icon_counts_is_chosen(qtbot, look: Look) -> None:
    page = shown(qtbot, AppearancePage(look), Settings(digit="open"))
    assert page.digit.value() == "open"
    spy = QSignalSpy(page.changed)
    page.digit._buttons[2].click()
    assert only(spy) == ({"digit": "sub_agents"}, "")


# About


def test_about_says_what_the_program_takes(qtbot, look: Look) -> None:
    page = shown(qtbot, AboutPage(look, ["Live"]))
    page.show_own(None)
    assert page.own.text() == "It is measured every minute."
    page.show_own(OWN)
    assert page.own.text() == "0.3% of one processor core, 95 MB of memory, 45 open files, a ledger of 41 MB."
    page.show_own(OwnFigures(5.0, 2, 95_000_000, None, 0, slower=4))
    assert page.own.text().endswith("It looks less often now, because that is more than you allow.")


@pytest.fixture
def licences(qtbot, look: Look) -> LicencesDialog:
    shipped = Bill("Ours.", (Package("<b>a</b>", "1", "MIT", (0,)), Package("b", "2", "BSD")), ("Theirs.",))
    dialog = LicencesDialog(look, None, shipped)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    return dialog


def test_licences_are_walked_with_the_arrow_keys(licences: LicencesDialog) -> None:
    assert [licences.list.item(row).text() for row in range(3)] == ["TokenWatch: MIT", "<b>a</b> 1: MIT", "b 2: BSD"]
    texts = [licences.text.toPlainText()]
    for _ in range(2):
        QTest.keyClick(licences.list, Qt.Key.Key_Down)
        texts.append(licences.text.toPlainText())
    assert texts == ["Ours.", "Theirs.", "Its text is in its package."]
    assert unspoken(licences) == []
    QTest.keyClick(licences, Qt.Key.Key_Escape)
    assert not licences.isVisible()


def test_about_opens_the_licences_that_are_shipped(qtbot, look: Look) -> None:
    page = shown(qtbot, AboutPage(look, ["Live"]))
    page.licences.click()
    (dialog,) = page.findChildren(LicencesDialog)
    assert dialog.list.count() > 20
    dialog.close()


# History again


def test_logs_are_read_again_only_after_a_yes_and_it_says_how_far(qtbot, advanced: AdvancedPage) -> None:
    asked = QSignalSpy(advanced.command)
    advanced.again.click()
    assert advanced.consent.asking()
    advanced.consent.leave.click()
    assert asked.count() == 0
    advanced.again.click()
    advanced.consent.agree.click()
    assert [asked.at(0)[0], asked.count()] == [READ_AGAIN, 1]
    assert not advanced.again.isEnabled()
    advanced.show_progress(Progress(50, 100))
    assert advanced.reading.text() == "50% of the logs read"
    for _ in range(4):
        advanced.show_progress(None)
    assert advanced.reading.text() == "All logs were read again."
    assert advanced.again.isEnabled()


def test_how_far_the_first_import_is_is_not_said_there(qtbot, advanced: AdvancedPage) -> None:
    advanced.show_progress(Progress(50, 100))
    assert not advanced.reading.isVisible()
