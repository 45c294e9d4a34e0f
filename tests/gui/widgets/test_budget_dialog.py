"""A rule of one's own: what it watches, how much, in which time; and rules that are taken away again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.faces import stops, unspoken
from tokenwatch.base.billing import Budget
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.gui.widgets.budget_dialog import BudgetDialog, with_budget, without_budget
from tokenwatch.gui.widgets.look import Look

AGENTS = (("codex", "Codex"), ("claude-code", "Claude Code"))
NONE = Settings()
OLD = Budget("budget1", 50 * NANO, "week", project="/home/dev/acme")


@pytest.fixture
def changes() -> list[Settings]:
    return []


def dialog_of(qtbot, look: Look, changes: list[Settings], settings: Settings = NONE, **about: str) -> BudgetDialog:
    dialog = BudgetDialog(look, settings, AGENTS, changes.append, **about)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_nothing_can_be_saved_before_an_amount_is_given(qtbot, look: Look, changes: list[Settings]) -> None:
    dialog = dialog_of(qtbot, look, changes)
    save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
    for text, good in (("", False), ("a lot", False), ("0", False), ("25", True), ("$1,204.50", True)):
        dialog.amount.setText(text)
        assert save.isEnabled() is good
    dialog.amount.setText("a lot")
    assert "Not an amount" in dialog.wrong.text()


def test_rule_is_typed_and_saved_by_keyboard(qtbot, look: Look, changes: list[Settings]) -> None:
    dialog = dialog_of(qtbot, look, changes)
    assert {dialog.about, dialog.amount, dialog.span, dialog.basis} <= set(stops(dialog))
    assert set(unspoken(dialog)) <= {"QPushButton"}  # which speak their text
    QTest.keyClicks(dialog.amount, "25")
    QTest.keyClick(dialog.span, Qt.Key.Key_Down)
    QTest.keyClick(dialog.about, Qt.Key.Key_Down)
    QTest.keyClick(dialog.amount, Qt.Key.Key_Return)
    (settings,) = changes
    assert settings.budgets == (Budget("budget1", 25 * NANO, "week", agent="codex"),)


@pytest.mark.parametrize(
    ("about", "agent", "project"),
    [
        ({"project": "/home/dev/acme"}, "", "/home/dev/acme"),
        ({"agent": "claude-code"}, "claude-code", ""),
        ({}, "", ""),
    ],
)
def test_it_is_about_what_it_was_opened_for(
    qtbot, look: Look, changes: list[Settings], about: dict[str, str], agent: str, project: str
) -> None:
    dialog = dialog_of(qtbot, look, changes, **about)
    dialog.amount.setText("10")
    given = dialog.given()
    assert given is not None
    assert (given.agent, given.project) == (agent, project)


def test_rule_is_taken_away(qtbot, look: Look, changes: list[Settings]) -> None:
    dialog = dialog_of(qtbot, look, changes, Settings(budgets=(OLD,)))
    assert "acme passes $50 a week" in dialog.removers["budget1"].accessibleName()
    dialog.removers["budget1"].click()
    assert changes[0].budgets == ()
    dialog.amount.setText("10")
    dialog.accept()
    assert [budget.amount for budget in changes[1].budgets] == [10 * NANO]


def test_every_rule_has_an_id_of_its_own() -> None:
    settings = with_budget(with_budget(Settings(), Budget("", NANO)), Budget("", 2 * NANO))
    assert [budget.id for budget in settings.budgets] == ["budget1", "budget2"]
    fewer = without_budget(settings, "budget1")
    assert [budget.id for budget in with_budget(fewer, Budget("", NANO)).budgets] == ["budget2", "budget1"]
