"""What happened while nobody looked is told once, until it was read."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tokenwatch.base.money import NANO
from tokenwatch.base.snapshot import Away
from tokenwatch.gui.widgets.away_card import AwayCard
from tokenwatch.gui.widgets.look import Look

MINUTE = 60_000
AWAY = Away(
    0,
    130 * MINUTE,
    working_ms=220 * MINUTE,
    waiting_ms=12 * MINUTE,
    tokens=1_240_000,
    listed=42 * NANO // 10,
    finished=2,
)


@pytest.fixture
def card(qtbot, look: Look) -> AwayCard:
    made = AwayCard(look)
    qtbot.addWidget(made)
    made.resize(800, 60)
    return made


def test_it_tells_in_whole_sentences(card: AwayCard) -> None:
    card.show_away(AWAY)
    assert not card.isHidden()
    assert card.accessibleName() == "While you were away for 2h 10m"
    assert card.accessibleDescription() == (
        "Agents worked 3h 40m together. They waited 12m for you. 1.24M new tokens, $4.20 at API prices. 2 finished."
    )
    assert not card.grab().isNull()


def test_once_read_it_stays_away_until_the_next_time(card: AwayCard) -> None:
    card.show_away(AWAY)
    card.button.click()
    assert card.isHidden()
    card.show_away(replace(AWAY, tokens=5))
    assert card.isHidden()
    card.show_away(replace(AWAY, since=200 * MINUTE, until=300 * MINUTE))
    assert not card.isHidden()


def test_nothing_happened_is_not_told(card: AwayCard) -> None:
    card.show_away(Away(0, 130 * MINUTE))
    assert card.isHidden()
    card.show_away(None)
    assert card.isHidden()


def test_amounts_are_hidden_while_the_screen_is_shared(card: AwayCard, look: Look) -> None:
    look.hide(True)
    card.show_away(AWAY)
    assert "$" not in card.accessibleDescription()
