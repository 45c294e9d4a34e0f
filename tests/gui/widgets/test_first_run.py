"""Before any agent was found: what is looked for and where, and one thing to do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui import samples
from tests.gui.faces import picture, settle
from tokenwatch.gui.looked_for import LookedFor
from tokenwatch.gui.widgets.first_run import FirstRun
from tokenwatch.gui.widgets.look import Look

FOUR = tuple(LookedFor(agent, name, letter, f"~/.{agent}/sessions") for agent, name, letter in samples.AGENTS)


@pytest.fixture
def first_run(qtbot, look: Look) -> FirstRun:
    first_run = FirstRun(look)
    qtbot.addWidget(first_run)
    first_run.resize(860, 600)
    first_run.show()
    settle()
    return first_run


def test_places_are_spoken(first_run: FirstRun) -> None:
    assert first_run.accessibleName() == "No coding agents found yet"
    first_run.show_agents(FOUR[:2])
    assert (
        "Looked for Claude Code in ~/.claude-code/sessions, Codex in ~/.codex/sessions; "
        "Running processes: none of the names known."
    ) in first_run.accessibleDescription()


def test_list_makes_room_for_its_rows(first_run: FirstRun) -> None:
    bare = first_run.sizeHint().height()
    first_run.show_agents(FOUR[:1])
    one = first_run.sizeHint().height()
    first_run.show_agents(FOUR)
    assert bare < one < first_run.sizeHint().height()


def test_more_agents_than_have_room_are_counted(first_run: FirstRun) -> None:
    first_run.show_agents(FOUR * 8)
    assert len(first_run.rows()) == 7
    assert len(first_run.agents()) == 32
    assert first_run.sizeHint().height() < 700


def test_button_asks_to_look_again_and_can_get_the_keyboard(qtbot, first_run: FirstRun) -> None:
    with qtbot.waitSignal(first_run.asked):
        first_run.button.click()
    first_run.activateWindow()
    first_run.focus_button()
    settle()
    assert first_run.button.hasFocus()
    assert first_run.button.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("wide", [320, 500, 860, 1600])
@pytest.mark.parametrize("agents", [(), FOUR, tuple(LookedFor(text, text, text, text) for text in samples.HOSTILE)])
def test_it_can_be_painted(first_run: FirstRun, wide: int, agents: tuple[LookedFor, ...]) -> None:
    first_run.show_agents(agents)
    first_run.resize(wide, first_run.sizeHint().height())
    assert not picture(first_run).isNull()
    both = first_run.button.geometry() | first_run.folder.geometry() | first_run.sample.geometry()
    assert abs(both.center().x() - wide / 2) <= 1
    assert first_run.rect().contains(both)


def test_all_agents_are_one_click_away(qtbot, first_run: FirstRun) -> None:
    first_run.show_agents(FOUR)
    assert not first_run.all.isVisible()
    many = tuple(LookedFor(f"a{number}", f"Agent {number}", "A", f"~/.a{number}") for number in range(31))
    first_run.show_agents(many)
    few = first_run.sizeHint().height()
    assert first_run.all.text() == "Show all 31"
    assert len(first_run.rows()) == 7
    QTest.keyClick(first_run.all, Qt.Key.Key_Space)
    assert first_run.rows() == many
    assert first_run.sizeHint().height() > few
    first_run.resize(860, first_run.sizeHint().height())
    settle()
    assert first_run.all.geometry().bottom() < first_run.height() - 60
    assert not picture(first_run).isNull()
    first_run.all.click()
    assert len(first_run.rows()) == 7


def test_folder_can_be_named(qtbot, first_run: FirstRun) -> None:
    with qtbot.waitSignal(first_run.folder_wanted):
        first_run.folder.click()


def test_sample_data_are_one_click_away(qtbot, first_run: FirstRun) -> None:
    with qtbot.waitSignal(first_run.sample_wanted):
        first_run.sample.click()
