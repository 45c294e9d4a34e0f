"""Every text of every surface passes the translator, and what comes back fits: in a made-up language of wide letters,
in German and in Chinese."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, QRect, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from tests.gui import samples
from tests.gui.faces import Painted, parts, settle
from tokenwatch.alerts.rule import rules
from tokenwatch.base import translation
from tokenwatch.base.health import Health
from tokenwatch.base.own_figures import OwnFigures
from tokenwatch.base.paths import Paths, resources
from tokenwatch.base.settings import Settings
from tokenwatch.base.settings_reading import parse
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.collect.reading import READER_FAILED
from tokenwatch.collect.tail import TOO_LONG
from tokenwatch.engine.checkup import left_out_sentence
from tokenwatch.gui import words
from tokenwatch.gui.icon import FOR_DARK_PANEL
from tokenwatch.gui.language import CONTEXT, translate
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.settings_dialog import SettingsDialog
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.tray import Tray
from tokenwatch.gui.widgets.breakdown_detail import BreakdownDetail
from tokenwatch.gui.widgets.card import CardHead
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.window import DetailWindow, panels
from tokenwatch.gui.zone_names import ZoneNames
from tokenwatch.insight.breakdown import Detail, Question, SessionUse
from tokenwatch.readers.antigravity import OTHER_FORM
from tokenwatch.readers.database.pages import TOO_LARGE
from tokenwatch.readers.protocol import MALFORMED

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "usual",
    "loading",
    "empty",
    "nothing_running",
    "over_budget",
    "near_budget",
    "error",
    "paused",
    "low_confidence",
)
PAGES = [panel.id for panel in panels()]

DATA = (
    "mobile-app", "atlas-api", "ledger-cli", "site-docs", "infra-tf", "db migrate", "feature/session-store", "main",
    "docs", "explore", "tests", "writer", "s-docs", "Claude Code", "Claude", "Codex", "opencode", "Gemini CLI",
    "Gemini", "Sonnet 4.5", "Opus 4.5", "Haiku 4.5", "GPT-5.1-Codex", "3 Pro", "TokenWatch", "Anthropic", "OpenAI",
    "Max", "Plus",
    "claude-code",
    "claude-sonnet-4-5", "claude-opus-4-5", "claude-haiku-4-5", "gpt-5.1-codex", "gemini-3-pro", "English", "Deutsch",
    "UTC", "CSV", "Esc", "Ctrl", "Shift", "Alt", "F5", "Etc", "/home/ada/work/", "Europe/Berlin", "~/.",
    "settings.toml", "ChatGPT Plus", "ChatGPT Pro 20x", "codex", "api.anthropic.com", "api.openai.com",
    "api.frankfurter.dev",
    "raw.githubusercontent.com", "MB",
    "sessions", "config", "tokenwatch", "opencode · Sonne…", "Enter",
)  # fmt: skip
"""What stands in the samples or is a name in every language."""

UNITS = re.compile(r"/min\b|[\d.,–≈$]+ ?[kMGT]?(/min|/h|h|m|d|s|px|%|×|¢)?\b")


def wide(text: str) -> str:
    """A made-up language: every letter outside ``{names}`` is its full-width form, which no font runs short of."""
    pieces = re.split(r"(\{[^}]*\})", text)
    return "".join(
        piece
        if piece.startswith("{")
        else "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in piece)
        for piece in pieces
    )


@pytest.fixture
def speaking() -> Iterator[Callable[[Callable[[str], str]], set[str]]]:
    """Speak through a function; gives the texts that it gave, as they come."""

    def speak(change: Callable[[str], str]) -> set[str]:
        said: set[str] = set()

        def heard(text: str) -> str:
            said.add(change(text))
            return change(text)

        translation.speak(heard)
        return said

    yield speak
    translation.speak(None)


def spoken(root: QWidget) -> list[str]:
    found = []
    for part in parts(root):
        found += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        if isinstance(part, QAbstractButton | QLabel):
            found.append(part.text())
        if isinstance(part, QLineEdit):
            found.append(part.placeholderText())
    return found


def english(texts: list[str], snapshot: Snapshot) -> list[str]:
    """Texts with words that nobody translated. The engine's sentences, of health and alerts, are English."""
    data = [*DATA]
    for rule in rules():
        details = rule.details(snapshot.figures, Settings())
        data += [f"{rule.words} {details}", rule.words, details, rule.stand(snapshot.figures, Settings())]
    for entry in snapshot.health:
        data.append(entry.reason)
    for alert in snapshot.alerts:
        data += [alert.title, alert.body]
    data.sort(key=len, reverse=True)
    sentences = " ".join(data)
    left = set()
    for text in texts:
        rest = text
        if text.strip("▲ …") in sentences:  # a line of a longer sentence
            continue
        for known in data:
            if known:
                rest = rest.replace(known, " ")
        rest = UNITS.sub(" ", rest)
        if re.search(r"[A-Za-z]{2,}", rest):
            left.add(text)
    return sorted(left)


def shown_window(
    qtbot, page: str, snapshot: Snapshot, locale: QLocale, size: tuple[int, int, int] = (1100, 720, 100)
) -> DetailWindow:
    theme = Theme("light")
    theme.fit(size[2], "normal", False)
    window = DetailWindow(theme, zone=UTC, locale=locale, interval_ms=0)
    qtbot.addWidget(window)
    window.resize(size[0], size[1])
    window.show_panel(page)
    window.show_looked_for([LookedFor(agent, name, letter, "~/.") for agent, name, letter in samples.AGENTS])
    window.show()
    window.show_snapshot(snapshot)
    window.show_answer(samples.value())
    settle()
    window.grab()
    return window


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_the_window_is_translated(qtbot, speaking, painted: Painted, page: str, name: str) -> None:
    speaking(wide)
    snapshot = samples.EVERY[name]()
    window = shown_window(qtbot, page, snapshot, QLocale.c())
    assert english(painted.texts + spoken(window), snapshot) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_the_panel_is_translated(qtbot, speaking, painted: Painted, name: str) -> None:
    speaking(wide)
    panel = GlancePanel(Theme("light"), zone=UTC, locale=QLocale.c())
    qtbot.addWidget(panel)
    snapshot = samples.EVERY[name]()
    panel.show_snapshot(snapshot)
    panel.show_at(QRect())
    settle()
    panel.grab()
    assert english(painted.texts + spoken(panel), snapshot) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_the_tray_is_translated(qapp, speaking, name: str) -> None:
    speaking(wide)
    snapshot = samples.EVERY[name]()
    tray = Tray(FOR_DARK_PANEL, UTC, QLocale.c(), over_bus=False, interval_ms=0)
    tray.show_snapshot(snapshot)
    settle()
    texts = [action.text() for action in tray.menu.actions()]
    texts += [words.tooltip(snapshot, UTC, QLocale.c()), words.accessible_name(snapshot, QLocale.c())]
    assert english(texts, snapshot) == []


def dialog_of(qtbot, tmp_path: Path) -> SettingsDialog:
    looked = [LookedFor(agent, name, letter, "~/.") for agent, name, letter in samples.AGENTS]
    settings = Settings(
        budget=450 * 10**9, quiet=(1200, 480), agents_off=("codex",), keep_months=13,
        folders=(("claude-code", ("~/",)),),
    )  # fmt: skip
    dialog = SettingsDialog(
        settings, samples.AGENTS, Theme("light"), ZoneNames({}),
        paths=replace(Paths.below(tmp_path), platform="win32"), looked_for=looked, health=(Health("codex"),),
        locale=QLocale.c(),
    )  # fmt: skip
    dialog.show_own(OwnFigures(2.5, 2, 95_000_000, 45, 41_000_000, slower=2))
    dialog.privacy.history.delete.setEnabled(True)
    dialog.privacy.history.delete.click()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_every_text_of_the_settings_is_translated(qtbot, speaking, painted: Painted, tmp_path: Path) -> None:
    speaking(wide)
    dialog = dialog_of(qtbot, tmp_path)
    for number in range(len(dialog.pages)):
        dialog.list.choose(number)
        settle()
        dialog.grab()
    paths = (str(tmp_path), "~/", "tokenwatch status")
    texts = [text for text in painted.texts + spoken(dialog) if not any(path in text for path in paths)]
    assert english(texts, samples.usual()) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_speaks_the_language_of_the_face(speaking, name: str) -> None:
    speaking(wide)
    snapshot = samples.EVERY[name]()
    settings = Settings(budget=200 * 10**9, thresholds=(50, 80, 100))
    texts = []
    for rule in rules():
        texts += [translation.tr(rule.words), rule.details(snapshot.figures, settings)]
        texts.append(rule.stand(snapshot.figures, settings))
        for alert in rule.check(snapshot.figures, settings):
            texts += [alert.title, alert.body, *(translation.tr(action.words) for action in alert.actions)]
    untouched = replace(snapshot, alerts=(), health=())
    assert english(texts, untouched) == []


# The catalogues


def catalogue(language: str) -> QTranslator:
    translator = QTranslator()
    path = resources() / "translations" / f"tokenwatch_{language}.qm"
    assert translator.load(str(path)), path
    return translator


def test_catalogues_are_up_to_date_and_finished() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "translations"), "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def source_texts() -> list[str]:
    found = re.findall(
        r"<source>(.*?)</source>", (resources() / "translations" / "tokenwatch_de.ts").read_text(), re.S
    )
    import html

    return [html.unescape(text) for text in found]


@pytest.mark.parametrize("language", ["de", "zh_CN"])
def test_compiled_catalogues_have_every_text_with_its_names(qapp, language: str) -> None:
    translator = catalogue(language)
    for text in source_texts():
        said = translator.translate(CONTEXT, text)
        assert said, text
        assert sorted(re.findall(r"\{\w+\}", said)) == sorted(re.findall(r"\{\w+\}", text)), text


@pytest.mark.parametrize(("language", "word"), [("de", "Einstellungen"), ("zh_CN", "设置")])
def test_the_window_speaks_the_language_that_is_loaded(qapp, language: str, word: str) -> None:
    translator = catalogue(language)
    QGuiApplication.installTranslator(translator)
    try:
        assert translate("Settings") == word
        assert translate("a text that nobody wrote") == "a text that nobody wrote"
    finally:
        QGuiApplication.removeTranslator(translator)


MISTAKES = """\
theme = "blue"
budget_month_usd = -1
thresholds = [0]
rows = 3
quiet_hours = "late"
timezone = "Mars/Crater"
rates = 1
billing = 2
folders = { codex = ["here"] }
colour = "red"
them = "dark"
[[budget]]
period = "year"
[[plan]]
agent = "codex"
fee_month = "much"
"""


@pytest.mark.parametrize("language", ["de", "zh_CN"])
def test_mistakes_in_the_settings_file_are_said_in_the_language(speaking, language: str) -> None:
    english_ones = parse(MISTAKES)[1]
    translator = catalogue(language)
    said = speaking(lambda text: translator.translate(CONTEXT, text) or text)
    ones = parse(MISTAKES)[1]
    assert len(ones) == len(english_ones) == 13
    assert said
    left = "\n".join(ones)
    for word in ("line ", "must ", "used", "setting ", "did you mean", "is not"):
        assert word in "\n".join(english_ones)
        assert word not in left
    assert all(re.search(r"Zeile \d+: " if language == "de" else r"第 \d+ 行: ", one) for one in ones)


@pytest.mark.parametrize("language", ["de", "zh_CN"])
def test_reasons_why_lines_were_not_counted_are_said_in_the_language(speaking, language: str) -> None:
    translator = catalogue(language)
    speaking(lambda text: translator.translate(CONTEXT, text) or text)
    for reason in (MALFORMED, READER_FAILED, TOO_LONG, TOO_LARGE, OTHER_FORM):
        sentence = left_out_sentence("Codex", {reason: 2})
        assert reason not in sentence
        assert translator.translate(CONTEXT, reason) in sentence


def ours(cut: list[str], said: set[str]) -> list[str]:
    """Which of the texts that were cut are ours, also with values in the place of names."""
    patterns = [
        re.compile(
            "".join(".+" if piece.startswith("{") else re.escape(piece) for piece in re.split(r"(\{\w+\})", text))
        )
        for text in said
        if len(re.sub(r"\{\w+\}|[^\w]", "", text)) >= 3
    ]
    return sorted({text for text in cut if any(pattern.fullmatch(text) for pattern in patterns)})


SIZES = [(1100, 720, 100), (1100, 720, 130), (860, 560, 100), (860, 560, 130), (720, 480, 100)]
"""Width, height and size of text; the last two are as small as the window can be made."""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_no_text_of_ours_is_cut(
    qtbot, speaking, painted: Painted, language: str, size: tuple[int, int, int], page: str
) -> None:
    translator = catalogue(language) if language != "en" else QTranslator()
    said = speaking(lambda text: translator.translate(CONTEXT, text) or text)
    window = shown_window(qtbot, page, samples.usual(), QLocale(language), size)
    assert (window.width(), window.height()) == size[:2]
    assert ours(painted.cut, said) == []
    for head in window.findChildren(CardHead):
        if head.isVisible():
            assert head.height() >= head.sizeHint().height(), head.title()


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_the_length_of_a_short_session_is_not_cut(qtbot, speaking, painted: Painted, language: str) -> None:
    translator = catalogue(language) if language != "en" else QTranslator()
    said = speaking(lambda text: translator.translate(CONTEXT, text) or text)
    short = SessionUse("codex", "s1", "/home/ada/api", "gpt-5.1-codex", samples.NOW, samples.NOW, 5)
    part = BreakdownDetail(Look(Theme("light"), UTC, QLocale(language)))
    qtbot.addWidget(part)
    part.resize(838, 200)  # as in a window of 1,100 px
    part.show_detail(Detail(Question("model"), "gpt-5.1-codex", sessions=(short,)))
    part.show()
    settle()
    part.grab()
    assert (translator.translate(CONTEXT, "under 15 min") or "under 15 min") in said
    assert ours(painted.cut, said) == []


@pytest.mark.parametrize("name", ["usual", "paused", "nothing_running", "over_budget"])
@pytest.mark.parametrize("language", ["de", "zh_CN"])
def test_no_text_of_the_panel_is_cut(qtbot, speaking, painted: Painted, language: str, name: str) -> None:
    translator = catalogue(language)
    said = speaking(lambda text: translator.translate(CONTEXT, text) or text)
    panel = GlancePanel(Theme("light"), zone=UTC, locale=QLocale(language))
    qtbot.addWidget(panel)
    panel.show_snapshot(samples.EVERY[name]())
    panel.show_at(QRect())
    settle()
    panel.grab()
    assert ours(painted.cut, said) == []


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_no_text_of_the_settings_is_cut(qtbot, speaking, painted: Painted, tmp_path: Path, language: str) -> None:
    translator = catalogue(language) if language != "en" else QTranslator()
    said = speaking(lambda text: translator.translate(CONTEXT, text) or text)
    dialog = dialog_of(qtbot, tmp_path)
    for number in range(len(dialog.pages)):
        dialog.list.choose(number)
        settle()
        dialog.grab()
    assert ours(painted.cut, said) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [90, 115, 130])
def test_no_text_of_ours_is_cut_at_other_text_sizes(qtbot, speaking, painted: Painted, size: int, page: str) -> None:
    said = speaking(str)
    theme = Theme("light")
    theme.fit(size, "normal", False)
    window = DetailWindow(theme, zone=UTC, locale=QLocale.c(), interval_ms=0)
    qtbot.addWidget(window)
    window.resize(round(1100 * size / 100), round(720 * size / 100))
    window.show_panel(page)
    window.show()
    window.show_snapshot(samples.usual())
    window.show_answer(samples.value())
    settle()
    window.grab()
    assert ours(painted.cut, said) == []
