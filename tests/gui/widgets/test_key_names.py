"""Keys are called as the language of the face calls them, the same everywhere."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from tests.gui import samples
from tests.gui.faces import parts, settle
from tokenwatch.base import translation
from tokenwatch.gui.language import catalogues, speak
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.settings_pages.about import AboutPage
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.key_names import key_name
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.window import DetailWindow, panels


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    speak(qapp, "de")
    yield
    speak(qapp, "en")
    translation.speak(None)


def test_keys_in_english() -> None:
    named = ["Ctrl+Shift+S", "F5", "T", "Enter", "Esc", "← →", "Alt+← → ↑ ↓"]
    assert [key_name(keys) for keys in named] == named


def test_keys_in_german(german: None) -> None:
    assert key_name("Ctrl+Shift+S") == "Strg+Umschalt+S"
    assert key_name("Alt+← →") == "Alt+← →"
    assert key_name("Ctrl+← →") == "Strg+← →"


def test_no_german_face_names_a_key_in_english(qtbot, german: None) -> None:
    theme = Theme("light")
    window, panel = DetailWindow(theme, locale=QLocale("de"), interval_ms=0), GlancePanel(theme, locale=QLocale("de"))
    about = AboutPage(Look(theme), ["Live", "Spend"])
    faces = (window, panel, about)
    for face in faces:
        qtbot.addWidget(face)
    for page in panels():
        window.show_panel(page.id)
    window.show_snapshot(samples.usual())
    panel.show_snapshot(samples.usual())
    settle()
    shown = [part for face in faces for part in parts(face)]
    texts = [text for part in shown for text in (part.toolTip(), part.accessibleDescription())]
    assert [text for text in texts if re.search(r"Ctrl|Shift", text)] == []
    assert sum("Strg+" in text for text in texts) > 10
    assert about.keys[0][1] == "Strg+1 bis 2"


@pytest.mark.parametrize("catalogue", sorted(catalogues().glob("*.qm")), ids=lambda path: path.stem)
def test_no_text_names_a_modifier_itself(catalogue: Path) -> None:
    source = catalogue.with_suffix(".ts")
    texts = [part.text or "" for part in ET.parse(source).iter() if part.tag in ("source", "translation")]
    assert len(texts) > 1000
    assert [text for text in texts if re.search(r"\b(Ctrl|Strg|Shift|Umschalt|Alt)\b ?\+|⌘", text)] == []
