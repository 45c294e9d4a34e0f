"""The month as a bar: what it says in each state, what it leads to, and that any month can be painted."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from tests.gui import samples
from tests.gui.faces import Paints, picture, settle
from tokenwatch.base.money import NANO
from tokenwatch.gui import words
from tokenwatch.gui.widgets import month_bar
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.month_bar import MonthBar


@pytest.fixture
def bar(qtbot, look: Look) -> MonthBar:
    bar = MonthBar(look)
    qtbot.addWidget(bar)
    bar.resize(384, bar.sizeHint().height())
    bar.show()
    settle()
    return bar


def shown(bar: MonthBar, name: str) -> MonthBar:
    bar.show_month(samples.EVERY[name]().figures.month)
    return bar


def inks(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize(
    ("name", "foot"),
    [
        ("usual", "On track · 13% chance of going over"),
        ("no_budget", "No budget set"),
        ("too_early", "Too early to project"),
        ("empty", "Too early to project"),
        ("over_budget", "$13.18 over · heading for $73 over"),
        ("loading", ""),
    ],
)
def test_words_below_the_bar(bar: MonthBar, name: str, foot: str) -> None:
    assert shown(bar, name).foot() == foot
    assert bar.accessibleDescription() == foot


def test_spoken_name_is_the_month_with_its_projection(bar: MonthBar) -> None:
    assert bar.accessibleName() == "This month: reading logs"
    shown(bar, "usual")
    assert bar.accessibleName() == "June $292.07 of $450, projected $412, range $371 to $468"
    shown(bar, "loading")
    assert bar.accessibleName() == "This month: reading logs"


def test_paused_bar_has_no_projection(bar: MonthBar) -> None:
    bar.show_month(samples.month(), "14:10")
    assert bar.foot() == "No projection while paused"


def test_near_and_over_the_budget_it_warns(bar: MonthBar, look: Look) -> None:
    def along(name: str) -> set[str]:
        image = picture(shown(bar, name))
        return {image.pixelColor(x, look.px(36) + 1).name() for x in range(16, 370)}

    assert look.color("acc").name() in along("usual")
    assert look.color("warnf").name() not in along("usual")
    assert look.color("warnf").name() in along("near_budget")
    assert look.color("acc").name() not in along("near_budget")
    assert {look.color("acc").name(), look.color("badf").name()} <= along("over_budget")
    assert look.color("badbg").name() in inks(picture(bar))


def test_more_spent_is_a_longer_bar(bar: MonthBar, look: Look) -> None:
    longest = 0
    for dollars in (50, 150, 250, 340):
        bar.show_month(replace(samples.month(), spent=dollars * NANO))
        image = picture(bar)
        y = look.px(36) + 3
        wide = sum(image.pixelColor(x, y) == look.color("acc") for x in range(image.width()))
        assert wide > longest
        longest = wide


def test_it_leads_on_by_click_and_key(qtbot, bar: MonthBar) -> None:
    with qtbot.waitSignal(bar.opened):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(bar.opened):
            QTest.keyClick(bar, key)
    with qtbot.assertNotEmitted(bar.opened):
        QTest.mouseClick(bar, Qt.MouseButton.RightButton)
        QTest.keyClick(bar, Qt.Key.Key_X)


def test_same_month_is_not_painted_again(bar: MonthBar) -> None:
    shown(bar, "usual")
    with Paints() as paints:
        shown(bar, "usual")
    assert paints.by == []


@pytest.mark.parametrize("name", samples.EVERY)
@pytest.mark.parametrize("wide", [120, 384, 700])
def test_any_month_can_be_painted(bar: MonthBar, name: str, wide: int) -> None:
    bar.resize(wide, bar.height())
    assert not picture(shown(bar, name)).isNull()
    bar.show_month(samples.EVERY[name]().figures.month, "14:10")
    assert not picture(bar).isNull()


def test_only_the_amount_is_strong_in_any_language(bar: MonthBar, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[str, int]] = []
    real = month_bar.draw_right

    def noting(painter, look, right, baseline, runs, *rest):
        drawn.extend((run.text, run.weight) for run in runs)
        return real(painter, look, right, baseline, runs, *rest)

    monkeypatch.setattr(month_bar, "draw_right", noting)
    german = {"{spent} of {budget}": "{spent} von {budget}"}
    monkeypatch.setattr(words, "tr", lambda text, **parts: german.get(text, text).format(**parts))
    shown(bar, "usual")
    picture(bar)
    assert ("$292.07", 600) in drawn
    assert any(text.startswith(" von $450 · ") and weight == 400 for text, weight in drawn)
