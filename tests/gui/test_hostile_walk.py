"""A walk over every face with hostile text alone: what is painted, spoken, shown as a tip or in a menu is plain.

Owns the walk. What hostile text is, and a snapshot made of it, stand in samples.py; here are more and longer ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QRect, Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTextEdit,
    QWidget,
)

from tests.faults.conftest import Figure
from tests.faults.conftest import figure as figure
from tests.gui import samples
from tests.gui.faces import guessed, picture, settle
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.money import NANO
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.usage import Tokens
from tokenwatch.gui.icon import FOR_DARK_PANEL
from tokenwatch.gui.looked_for import LookedFor, short_path
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.screen_sharing import hide
from tokenwatch.gui.session_menu import SessionMenu
from tokenwatch.gui.settings_dialog import SettingsDialog
from tokenwatch.gui.settings_pages.plans import PlansPage
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.tray import Tray
from tokenwatch.gui.widgets.explanation_table import explanation_table
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.table_dialog import TableDialog
from tokenwatch.gui.window import DetailWindow, panels
from tokenwatch.gui.zone_names import ZoneNames
from tokenwatch.insight.breakdown import Breakdown, Detail, Row, SessionUse
from tokenwatch.insight.explain import Explanation, Priced
from tokenwatch.insight.price_list import ModelPrice

_CODES = [*range(1, 32), *range(127, 160), 0xAD, 0x200B, 0x200E, *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
MORE = (
    *samples.HOSTILE,
    "".join(f"a{chr(code)}b" for code in _CODES),
    "<b>" + "x" * 100_000,
    "word " * 20_000,
    "e" + "\u0301" * 500,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 60,
    "<html><meta http-equiv=refresh content='0;url=file:///etc/passwd'>",
    "&lt;img src=x&gt; &#60;b&#62; &quit",
    "\ue000private\U000f0000use\ufffe",
    "a\u2028b\u2029c\x85d",
)
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
LONGEST = 12_000
"""Nothing that is shown or spoken is longer, even where it lists every name; each is cut far below."""
PAGES = [panel.id for panel in panels()]


class Seen:
    """Every text, where it came from, and what is wrong with some of them."""

    def __init__(self) -> None:
        self.painted: set[str] = set()
        self.number = 0
        self.wrong: list[str] = []

    def text(self, where: str, text: str, *, lines: bool = False) -> None:
        if not text:
            return
        self.number += 1
        shown = text.replace("\n", " ") if lines else text
        bad = {one for one in shown if unicodedata.category(one) in INVISIBLE}
        if bad:
            self.wrong.append(f"{where}: {sorted(map(ascii, bad))} in {text[:80]!a}")
        if len(text) > LONGEST:
            self.wrong.append(f"{where}: {len(text)} characters")

    def tip(self, where: str, text: str) -> None:
        self.text(where, text, lines=True)
        if guessed(text):
            self.wrong.append(f"{where}: a tip that is taken for markup: {text[:80]!a}")

    def action(self, where: str, action: QAction) -> None:
        self.text(where, action.text())
        if action.toolTip() != action.iconText():  # which Qt takes for one, and no menu shows
            self.tip(where, action.toolTip())
        if "&quit" in action.text().replace("&&", ""):
            self.wrong.append(f"{where}: a name makes a key: {action.text()[:80]!a}")
        for inside in action.menu().actions() if action.menu() else ():
            self.action(where, inside)

    def walk(self, root: QWidget, name: str) -> None:
        settle()
        assert not picture(root).isNull()
        for part in (root, *root.findChildren(QWidget)):
            where = f"{name}, {type(part).__name__}"
            for text in (part.accessibleName(), part.accessibleDescription(), part.windowTitle()):
                self.text(where, text, lines=True)
            self.tip(where, part.toolTip())
            self.tip(where, part.statusTip())
            self.tip(where, part.whatsThis())
            if isinstance(part, QLabel):
                self.text(where, part.text(), lines=True)
                if part.text() and part.textFormat() != Qt.TextFormat.PlainText:
                    self.wrong.append(f"{where}: a label that guesses")
            elif isinstance(part, QTextEdit):
                self.wrong.append(f"{where}: a widget that knows markup")
            elif isinstance(part, QAbstractButton):
                self.text(where, part.text())
            elif isinstance(part, QLineEdit):
                self.text(where, part.text())
                self.text(where, part.placeholderText())
            elif isinstance(part, QComboBox):
                for number in range(part.count()):
                    self.text(where, part.itemText(number))
            elif isinstance(part, QAbstractItemView) and part.model() is not None:
                self._model(where, part.model(), QModelIndex())
            for action in part.actions():
                self.action(where, action)

    def _model(self, where: str, model: Any, above: QModelIndex) -> None:
        roles = Qt.ItemDataRole
        for row in range(model.rowCount(above)):
            for column in range(_columns(model, above)):
                index = model.index(row, column, above)
                for role in (roles.DisplayRole, roles.AccessibleTextRole, roles.AccessibleDescriptionRole):
                    found = model.data(index, role)
                    self.text(where, found if isinstance(found, str) else "", lines=True)
                for role in (roles.ToolTipRole, roles.StatusTipRole, roles.WhatsThisRole):
                    found = model.data(index, role)
                    self.tip(where, found if isinstance(found, str) else "")
            self._model(where, model, model.index(row, 0, above))
        for column in range(_columns(model, above)) if not above.isValid() else ():
            found = model.headerData(column, Qt.Orientation.Horizontal, roles.DisplayRole)
            self.text(where, found if isinstance(found, str) else "")


def _columns(model: Any, above: QModelIndex) -> int:
    return 1 if isinstance(model, QAbstractListModel) else int(model.columnCount(above))


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    """Also what is painted."""
    seen = Seen()
    draw_text: Callable[..., Any] = QPainter.drawText

    def recorded(painter: QPainter, *given: Any) -> Any:
        for each in given:
            if isinstance(each, str):
                seen.painted.add(each)
        return draw_text(painter, *given)

    monkeypatch.setattr(QPainter, "drawText", recorded)
    monkeypatch.setattr(samples, "HOSTILE", MORE)
    yield seen
    for text in seen.painted:
        seen.text("painted", text.replace("\u200d\u2026", "\u2026"))  # so Qt cuts words whose letters are joined
    assert seen.wrong == []


def hostile() -> Snapshot:
    """As in samples.py, and in the days of the month, its alerts and what is wrong."""
    found = samples.hostile()
    uses = tuple((text, 10**9) for text in MORE)
    month = samples.month()
    days = tuple(
        replace(day, by_agent=uses, listed_by_agent=uses, by_agent_tokens=tuple((text, 5) for text in MORE))
        for day in month.days
    )
    figures = replace(
        found.figures,
        month=replace(month, days=days),
        unpriced=tuple((text, 1) for text in MORE),
        lost=tuple(Health(text, HealthState.FAILING, text, samples.NOW) for text in MORE),
        ended=found.figures.sessions,
    )
    return replace(found, figures=figures, health=(*found.health, Health("ledger", HealthState.FAILING, MORE[-2])))


def rows() -> tuple[Row, ...]:
    counts = Tokens(1, 2, 3, 4, 5, 0)
    return tuple(
        Row(text, 3, counts, 10**9, 10**8, 1, ((text, 10**9),), covered=True, project=text, model=text)
        for text in MORE
    )


def detail(found: Any) -> Detail:
    uses = tuple(SessionUse(text, text, text, text, samples.NOW, samples.NOW, 10**9) for text in MORE)
    parts = tuple((text, text, 10**9) for text in MORE)
    return Detail(found, MORE[0], parts, ((date(2026, 6, 18), 10**9),), uses)


@pytest.mark.parametrize("sharing", [False, True], ids=["", "names hidden"])
def test_every_page_of_the_window(qtbot, theme: Theme, seen: Seen, sharing: bool, figure: Figure) -> None:
    window = DetailWindow(theme, zone=UTC, locale=QLocale.c(), interval_ms=1)
    qtbot.addWidget(window)
    window.resize(1200, 900)
    window.show()
    window.show_looked_for(
        [
            LookedFor(text, "Claude Code", "C", short_path(Path("/") / text.replace("\0", ""), Path("/")))
            for text in MORE
        ]
    )
    snapshot = hide(hostile()) if sharing else hostile()
    for page in PAGES:
        window.show_panel(page)
        window.show_snapshot(snapshot)
        settle()
        if page == "breakdown":
            asked = window.page(page).question  # type: ignore[union-attr]
            for by in ("project", "model", "agent", "session"):
                question = replace(asked, by=by)
                window.page(page)._ask_again(by=by)  # type: ignore[union-attr]
                window.show_answer(Breakdown(question, date(2026, 6, 1), date(2026, 6, 18), rows(), rows()[0], 0))
                window.show_answer(replace(detail(question), key=rows()[0].key))
                seen.walk(window, f"{page} by {by}")
        if page == "value":
            for text in MORE:
                plans = tuple(replace(plan, plan=replace(plan.plan, name=text)) for plan in samples.value().plans)
                window.show_answer(replace(samples.value(), plans=plans))
                seen.walk(window, page)
        seen.walk(window, page)
        window.show_failure(MORE[0])
        seen.walk(window, f"{page}, failed")
    assert len(seen.painted) > len(MORE)
    figure(f"window: {len(PAGES)} pages, {len(MORE)} names, {seen.number:,} texts, {len(seen.painted):,} painted")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_when_nothing_can_be_shown_but_why(qtbot, theme: Theme, seen: Seen, page: str) -> None:
    window = DetailWindow(theme, zone=UTC, locale=QLocale.c(), interval_ms=1)
    qtbot.addWidget(window)
    window.show()
    for text in MORE:
        window.show_snapshot(replace(samples.empty(), health=(Health(text, HealthState.FAILING, text, samples.NOW),)))
        window.show_panel(page)
        seen.walk(window, page)


def test_the_panel_at_the_icon(qtbot, theme: Theme, seen: Seen) -> None:
    panel = GlancePanel(theme, zone=UTC, locale=QLocale.c())
    qtbot.addWidget(panel)
    panel.show_snapshot(hostile())
    panel.show_at(QRect(10, 10, 22, 22))
    seen.walk(panel, "panel")
    for text in MORE:
        failing = (Health(text, HealthState.FAILING, text, samples.NOW),)
        panel.show_snapshot(replace(samples.unreadable(), health=failing))
        seen.walk(panel, "panel in trouble")


def test_the_icons_menu_and_tip(qtbot, seen: Seen) -> None:
    tray = Tray(FOR_DARK_PANEL, UTC, QLocale.c(), over_bus=True, interval_ms=1)
    for text in MORE:
        snapshot = hostile()
        first = replace(snapshot.figures.sessions[0], project=text, agent_name=text, waiting_for=text)
        tray.show_snapshot(replace(snapshot, figures=replace(snapshot.figures, sessions=(first,))))
        qtbot.wait(5)
        settle()
        seen.tip("icon", tray.icon.toolTip())
        for action in tray.menu.actions():
            seen.action("menu", action)


def test_the_menu_of_a_session_and_what_it_asks(qtbot, seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    menu = SessionMenu(over)
    asked: list[QMessageBox] = []

    def answered(box: QMessageBox) -> int:
        asked.append(box)
        box.show()
        seen.walk(box, "question")
        for text in (box.text(), box.informativeText(), box.detailedText()):
            seen.text("question", text, lines=True)
        if box.textFormat() != Qt.TextFormat.PlainText:
            seen.wrong.append("question: a box that guesses")
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answered)
    for session in hostile().figures.sessions:
        known = replace(session, pid=2**22 + 1, started_at=1, log="/nowhere")
        for action in menu.menu(known).actions():
            seen.action("session", action)
        for action in menu.menu(known).actions():
            if action.text().startswith("Stop"):
                action.trigger()
    assert asked


@pytest.mark.filterwarnings("ignore")
def test_every_page_of_the_settings(qtbot, theme: Theme, seen: Seen, tmp_path: Path) -> None:
    zones = ZoneNames({"TZ": "UTC"})
    try:
        dialog = SettingsDialog(
            Settings(), hostile().agents, theme, zones, paths=Paths.below(tmp_path), mistakes=MORE, locale=QLocale.c()
        )
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.show_snapshot(hostile())
        plans = next(page for page in dialog.pages if isinstance(page, PlansPage))
        plans.prices.show_prices([ModelPrice(text, NANO) for text in samples.HOSTILE], samples.HOSTILE[0])
        for number in range(len(dialog.pages)):
            dialog.list.choose(number)
            seen.walk(dialog, f"settings {dialog.pages[number].title}")
    finally:
        zones.close()


def test_where_a_figure_comes_from(qtbot, look: Look, seen: Seen) -> None:
    parts = tuple(Priced(text, text, text, text, text, 3, Tokens(1), 5, 1, 1, None) for text in MORE)
    for text in MORE[:3]:
        found = Explanation(text, samples.NOW, samples.NOW, parts, tuple((each, 1) for each in MORE), 1, text)
        dialog = TableDialog(look, explanation_table(found, look))
        qtbot.addWidget(dialog)
        dialog.show()
        seen.walk(dialog, "explanation")


def test_the_walk_would_notice(qtbot) -> None:
    """Each kind of mistake once."""
    seen, root = Seen(), QWidget()
    qtbot.addWidget(root)
    label = QLabel("<b>x</b>", root)
    label.setToolTip("<img src=x>")
    label.setAccessibleName("safe\u202egnp.exe")
    action = QAction("a &quit", root)
    root.addAction(action)
    QLineEdit("y" * (LONGEST + 1), root)
    seen.walk(root, "root")
    said = "\n".join(seen.wrong)
    for words in (
        "a label that guesses",
        "taken for markup",
        "u202e",
        "a name makes a key",
        f"{LONGEST + 1} characters",
    ):
        assert words in said, words
