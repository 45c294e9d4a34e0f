"""The Limits page: what is known, what is not, estimates marked as such, and the bill."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from tests.gui import samples
from tests.gui.faces import markup, picture, settle
from tokenwatch.base.bill import DIFFERENCE_WORDS, Difference
from tokenwatch.base.limits import LimitWindow, PastWindow
from tokenwatch.gui.limit_words import limit_badge, pace_words, reset_words, verdict
from tokenwatch.gui.panels.limits import PANEL, LimitsPage
from tokenwatch.gui.widgets.look import Look
from tokenwatch.insight.explain import Why

NOW, HOUR = samples.NOW, samples.HOUR_MS
CLAUDE_5H, CLAUDE_WEEK, CODEX_5H, CODEX_WEEK = samples.limits()


@pytest.fixture
def page(qtbot, look: Look) -> LimitsPage:
    page = LimitsPage(look)
    qtbot.addWidget(page)
    page.resize(912, 900)
    page.show()
    return page


def show(page: LimitsPage, *windows: LimitWindow) -> None:
    usual = samples.usual()
    page.show_snapshot(replace(usual, figures=replace(usual.figures, limits=windows)))
    settle()


def test_panel_describes_the_page() -> None:
    assert (PANEL.id, PANEL.title, PANEL.widget) == ("limits", "Limits", LimitsPage)


def test_what_needs_a_person_stands_first_also_when_that_changes(page: LimitsPage) -> None:
    show(page, CLAUDE_5H, CLAUDE_WEEK, CODEX_5H)
    assert list(page.cards()) == ["anthropic", "openai"]
    show(page, CLAUDE_5H, CLAUDE_WEEK, CODEX_5H, CODEX_WEEK)
    cards = page.cards()
    assert list(cards) == ["openai", "anthropic"]
    assert cards["openai"].y() < cards["anthropic"].y()
    show(page, CLAUDE_5H, CLAUDE_WEEK, CODEX_5H)
    assert list(page.cards()) == ["anthropic", "openai"]
    assert page.cards()["anthropic"].y() < page.cards()["openai"].y()


def test_usual_shows_a_card_for_each_provider(page: LimitsPage) -> None:
    page.look.know(samples.AGENTS)
    page.show_snapshot(samples.usual())
    assert list(page.cards()) == ["openai", "anthropic"]  # the week of Codex runs out early
    codex, claude = page.cards().values()
    assert [row.title for row in claude.rows.rows()] == ["5-hour window", "Week"]
    assert [row.sentence for row in codex.rows.rows()] == [
        "5-hour window, 34% used, on pace, resets 17:52, in 3h 20m",
        "Week, 74% used, 28 points ahead, resets Mon 08:32, in 3d 18h",
    ]
    assert codex.head.verdict() == "Runs out Fri ~18:00, 2d 14h before reset"
    assert codex.course.summary() == "Week so far: 74%, out Fri ~18:00"
    assert claude.peaks.summary() == "28 past windows, 2 of them used up"
    assert ("ledger-cli 65%", "of this week’s new tokens") in codex.facts.facts()
    assert not page.nothing_card.isVisible()
    assert "opencode" in page.others.text()


def test_agents_that_nobody_uses_are_not_named(page: LimitsPage) -> None:
    found = samples.usual()
    page.show_snapshot(replace(found, agents=(("amp", "Amp", "A"), *found.agents)))
    assert page.others.text().startswith("opencode")
    page.show_snapshot(replace(found, figures=replace(found.figures, sessions=())))
    assert page.others.text() == ""
    assert not page.others_card.isVisible()


def test_nothing_known_says_where_limits_come_from(page: LimitsPage) -> None:
    show(page)
    assert page.nothing_card.isVisible()
    assert "Settings > Accounts" in page.nothing.accessibleName()
    assert page.cards() == {}


def test_loading_says_so(page: LimitsPage) -> None:
    page.show_snapshot(samples.loading())
    assert page.nothing.accessibleName().startswith("Reading logs")


def test_a_window_that_has_reset_has_no_number(page: LimitsPage) -> None:
    over = replace(CODEX_5H, used_percent=None, resets_at=NOW - HOUR, pace_points=None, started_at=None)
    show(page, over)
    (row,) = page.cards()["openai"].rows.rows()
    assert (row.figure, row.used) == ("—", None)
    assert row.sentence == "5-hour window, has reset, not read since, reset 13:32, 1h ago"
    assert not page.cards()["openai"].course.isVisible()


def test_an_estimate_is_labelled_and_has_no_percentage(page: LimitsPage) -> None:
    block = LimitWindow(
        "anthropic", "", "5h", None, NOW + HOUR, NOW, started_at=NOW - 4 * HOUR, estimated=True, tokens=1_240_000,
        past=(PastWindow(NOW - 20 * HOUR, 3_400_000.0),),
    )  # fmt: skip
    show(page, block)
    card = page.cards()["anthropic"]
    (row,) = card.rows.rows()
    assert (row.title, row.figure, row.used, row.estimated) == ("5-hour block", "1.24M", None, True)
    assert "estimate from own counts" in row.pace
    assert row.reset == "ends about 15:32, in 1h"
    assert "estimated" in card.head.accessibleDescription()
    assert card.peaks.summary() == "1 past blocks, estimated; the largest 3.40M"


def test_old_readings_say_from_when_they_are(look: Look) -> None:
    old = replace(CODEX_WEEK, as_of=NOW - 3 * HOUR)
    assert pace_words(old, NOW, look)[0].endswith(", as of 11:32")


@pytest.mark.parametrize(
    ("points", "lasts", "words"),
    [
        (0.4, False, "on pace"),
        (-1.2, True, "on pace, lasts until reset"),
        (-4.0, True, "4 points in hand, lasts until reset"),
        (3.0, False, "3 points ahead"),
        (None, False, ""),
    ],
)
def test_pace_in_words(look: Look, points: float | None, lasts: bool, words: str) -> None:
    window = replace(CODEX_5H, pace_points=points, lasts=lasts, runs_out_at=None)
    assert pace_words(window, NOW, look) == (words, False)


def test_used_up_warns(look: Look) -> None:
    assert pace_words(replace(CODEX_5H, used_percent=100.0), NOW, look) == ("used up", True)
    assert verdict((replace(CODEX_5H, used_percent=100.0, runs_out_at=None),), NOW, look) == ("Used up", True)


def test_all_that_last_are_said_to(look: Look) -> None:
    assert verdict((replace(CLAUDE_5H, lasts=True), replace(CLAUDE_WEEK, lasts=True)), NOW, look)[0] == (
        "Lasts until reset"
    )
    assert reset_words(replace(CODEX_5H, resets_at=None), NOW, look) == ""


def test_badge_is_the_limit_that_needs_a_look() -> None:
    assert limit_badge((CODEX_5H, CODEX_WEEK)) == ("74%", "waiting")
    assert limit_badge((CODEX_5H,)) == ("", "")
    assert limit_badge((replace(CODEX_5H, used_percent=None),)) == ("", "")


def test_bill_is_shown_with_its_reasons_and_coverage(page: LimitsPage) -> None:
    page.show_snapshot(samples.usual())
    lines = [(line.left.strip(), line.right) for line in page.bill.lines()]
    assert ("Anthropic, May 2026", "") in lines
    assert ("Billed on 31 days, UTC", "$261.40") in lines
    assert (DIFFERENCE_WORDS[Difference.DISCOUNT], "−$0.50") in lines
    assert ("Coverage: counted here of what was billed", "99%") in lines
    assert any(line.note == "0.6% apart" for line in page.bill.lines())
    assert "Anthropic, May 2026" in page.bill.accessibleDescription()


def test_no_bill_says_how_to_get_one(page: LimitsPage) -> None:
    page.show_snapshot(samples.nothing_running())
    show(page)
    page.bill.show_checks((), NOW)
    assert "Settings > Accounts" in page.bill.accessibleDescription()


def test_cards_come_and_go(page: LimitsPage) -> None:
    show(page, CLAUDE_5H, CODEX_5H)
    show(page, CODEX_5H)
    assert list(page.cards()) == ["openai"]
    show(page, CLAUDE_5H, CODEX_5H)
    assert [page.column.indexOf(card) for card in (page.cards()["anthropic"], page.cards()["openai"])] == [1, 2]


def test_look_again_asks_for_it(page: LimitsPage) -> None:
    asked = QSignalSpy(page.refresh_requested)
    page.refresh.click()
    assert asked.count() == 1


def test_charts_can_be_walked_and_read(page: LimitsPage) -> None:
    page.show_snapshot(samples.usual())
    settle()
    card = page.cards()["anthropic"]
    for chart in (card.course, card.peaks):
        assert chart.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert chart.table().rows
        chart.go_to(0, speak=True)
        assert chart.current() is not None
        assert chart.accessibleName() == chart.current().sentence


@pytest.mark.parametrize("name", list(samples.EVERY))
@pytest.mark.parametrize("wide", [420, 912, 1400])
def test_every_state_can_be_painted(page: LimitsPage, name: str, wide: int) -> None:
    snapshot = samples.EVERY[name]()
    page.look.know(snapshot.agents)
    page.show_snapshot(snapshot)
    page.resize(wide, max(600, page.sizeHint().height()))
    settle()
    assert markup(page) == []
    assert not picture(page).isNull()


def test_windows_are_explained_by_click_and_key(page: LimitsPage) -> None:
    page.show_snapshot(samples.usual())
    settle()
    asked = QSignalSpy(page.asked)
    codex = page.cards()["openai"]
    QTest.mouseClick(codex.rows, Qt.MouseButton.LeftButton)
    QTest.keyClick(codex.rows, Qt.Key.Key_Return)
    begun = min(window.started_at for window in (CODEX_5H, CODEX_WEEK) if window.started_at is not None)
    today = datetime.fromtimestamp(NOW / 1000, page.look.zone).date()
    why = Why(datetime.fromtimestamp(begun / 1000, page.look.zone).date(), today, "codex")
    assert [asked.at(number)[0] for number in range(asked.count())] == [why, why]
    show(page, replace(CLAUDE_5H, started_at=None))
    QTest.keyClick(page.cards()["anthropic"].rows, Qt.Key.Key_Space)
    assert asked.at(2)[0] == Why(today, today, "claude-code")
