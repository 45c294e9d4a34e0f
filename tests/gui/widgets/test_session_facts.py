"""What a session's row has no column for, said in its tool tip and above its actions."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tests.gui import samples
from tokenwatch.base.money import NANO
from tokenwatch.base.session import Confidence, Session, State, SubAgent
from tokenwatch.gui.session_menu import SessionMenu
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.session_facts import facts
from tokenwatch.gui.widgets.session_tree import row_of

NOW = samples.NOW
BARE = Session("codex", "s1", State.WORKING, Confidence.LIKELY)
MINUTE = 60_000


@pytest.mark.parametrize("confidence", Confidence)
def test_how_a_state_is_known_is_always_said(look: Look, confidence: Confidence) -> None:
    (said,) = facts(replace(BARE, confidence=confidence), NOW, look)
    assert said.startswith(("Known from", "A guess"))


def test_each_way_of_knowing_has_words_of_its_own(look: Look) -> None:
    said = {facts(replace(BARE, confidence=one), NOW, look)[0] for one in Confidence}
    assert len(said) == len(Confidence)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"last_prompt_at": NOW - 12 * MINUTE}, "You last typed at 14:20"),
        (
            {"last_prompt_at": NOW - 12 * MINUTE, "cost_since_prompt": 5 * NANO // 4},
            "You last typed at 14:20; since then $1.25 at API prices",
        ),
        ({"last_prompt_at": NOW - 24 * 60 * MINUTE}, "You last typed at 17 Jun, 14:32"),
        ({"cache_expires_at": NOW + 3 * MINUTE}, "Prompt cache until 14:35"),
        ({"cache_expires_at": NOW - 3 * MINUTE}, "Prompt cache ran out at 14:29"),
        ({"since": NOW - 90 * MINUTE}, "At work since 13:02"),
        ({"since": NOW - 90 * MINUTE, "state": State.WAITING}, "Waits since 13:02"),
        ({"since": NOW - 90 * MINUTE, "state": State.IDLE}, "Rests since 13:02"),
        ({"since": NOW, "state": State.BACKGROUND}, "Works in the background since 14:32"),
        ({"since": NOW, "state": State.STARTING}, "Began at 14:32"),
        ({"processes": 2}, "2 processes go on with this session"),
        ({"finished_sub_agents": (SubAgent("a"),)}, "1 sub-agent finished lately"),
        ({"finished_sub_agents": (SubAgent("a"), SubAgent("b"))}, "2 sub-agents finished lately"),
    ],
    ids=str,
)
def test_what_is_known_is_said(look: Look, fields: dict[str, object], said: str) -> None:
    assert facts(replace(BARE, **fields), NOW, look)[1:] == (said,)


def test_money_is_not_said_while_the_screen_is_shared(look: Look) -> None:
    spent = replace(BARE, last_prompt_at=NOW, cost_since_prompt=5 * NANO)
    look.hide(True)
    assert "5" not in facts(spent, NOW, look)[1].split("since then")[1]


def test_nothing_changes_while_only_time_passes(look: Look) -> None:
    spent = replace(BARE, last_prompt_at=NOW - MINUTE, cache_expires_at=NOW + MINUTE)
    assert facts(spent, NOW, look) == facts(spent, NOW + 59_000, look)


def test_they_stand_in_the_tool_tip_and_above_the_actions(qtbot, look: Look) -> None:
    session = replace(BARE, cwd="/code/atlas", cache_expires_at=NOW + MINUTE)
    tip = row_of(session, NOW, look).tip.split("\n")
    assert tip == ["/code/atlas", "Known from its process and its log", "Prompt cache until 14:33"]
    over = QWidget()
    qtbot.addWidget(over)
    menu = SessionMenu(over).menu(session, facts(session, NOW, look))
    first: list[QAction] = menu.actions()[:3]
    assert [action.text() for action in first] == [
        "Known from its process and its log",
        "Prompt cache until 14:33",
        "",
    ]
    assert not any(action.isEnabled() for action in first[:2])
    assert first[2].isSeparator()


def test_a_sub_agent_is_called_by_its_kind_and_says_who_started_it(look: Look) -> None:
    subs = (
        SubAgent("a", "", "m", kind="Explore"),
        SubAgent("b", "tests", "m", kind="Explore", parent="a"),
        SubAgent("c", "", "m", parent="b"),
        SubAgent("d", "", "m", parent="gone"),
    )
    rows = row_of(replace(BARE, sub_agents=subs), NOW, look).children[1:]
    assert [(row.name, row.by) for row in rows] == [
        ("Explore", "sub-agent"),
        ("tests", "sub-agent of Explore"),
        ("sub-agent", "sub-agent of tests"),
        ("sub-agent", ""),
    ]
