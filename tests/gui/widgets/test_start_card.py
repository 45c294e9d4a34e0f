"""At the first start a budget and a plan are offered in one step, and neither is demanded."""

from __future__ import annotations

import pytest

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.base.money import NANO
from tokenwatch.gui.panels.live import LivePage
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.start_card import StartCard


@pytest.fixture
def card(qtbot, look: Look) -> StartCard:
    made = StartCard(look)
    qtbot.addWidget(made)
    made.offer([("claude-code", "Claude Code"), ("codex", "Codex")])
    made.resize(820, 110)
    made.show()
    settle()
    return made


def test_budget_and_plan_are_told_together(qtbot, card: StartCard) -> None:
    card.budget.setText("450")
    card.agent.choose("codex")
    card.agent.chosen.emit("codex")
    assert card.fee.isVisible()
    card.fee.setText("20")
    with qtbot.waitSignal(card.entered) as told:
        card.save.click()
    assert told.args == [450 * NANO, "codex", 20 * NANO]


def test_a_budget_alone_is_enough(qtbot, card: StartCard) -> None:
    card.budget.setText("$99.50")
    with qtbot.waitSignal(card.entered) as told:
        card.save.click()
    assert told.args == [995 * NANO // 10, "", 0]


def test_nonsense_is_not_told(qtbot, card: StartCard) -> None:
    card.budget.setText("a lot")
    with qtbot.assertNotEmitted(card.entered):
        card.save.click()
    assert card.budget.wrong()


def test_it_can_be_declined(qtbot, card: StartCard) -> None:
    with qtbot.waitSignal(card.declined):
        card.later.click()


@pytest.fixture
def page(qtbot, look: Look) -> LivePage:
    made = LivePage(look)
    qtbot.addWidget(made)
    made.resize(860, 640)
    made.show()
    return made


def test_the_page_offers_it_once_agents_are_there(page: LivePage) -> None:
    page.show_snapshot(samples.usual())
    assert page.start.isHidden()
    page.offer_start(True)
    page.show_snapshot(samples.empty())
    assert page.start.isHidden()
    page.show_snapshot(samples.usual())
    assert not page.start.isHidden()
    assert ("codex", "Codex") in page.start.agent.choices()


def test_an_answer_ends_the_offer(qtbot, page: LivePage) -> None:
    page.offer_start(True)
    page.show_snapshot(samples.usual())
    with qtbot.waitSignal(page.started) as told:
        page.start.later.click()
    assert told.args == [None, "", 0]
    page.show_snapshot(samples.nothing_running())
    page.show_snapshot(samples.usual())
    assert page.start.isHidden()
