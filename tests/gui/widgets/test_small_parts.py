"""Messages, notices, the import's line, the month stepper, sparklines and pages: small parts with words."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gui import samples
from tests.gui.faces import picture, settle
from tokenwatch.base.progress import Progress
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.base.text import plain
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.message import Message
from tokenwatch.gui.widgets.month_stepper import MonthStepper
from tokenwatch.gui.widgets.notice import NoticeCard, SlimNotice
from tokenwatch.gui.widgets.page import Page
from tokenwatch.gui.widgets.progress_line import ProgressLine
from tokenwatch.gui.widgets.sparkline import Spark, paint_spark
from tokenwatch.gui.widgets.text import Text

LONG = "Numbers leave them out until this is fixed. " * 20


@pytest.mark.parametrize("icon", ["", "pause"])
@pytest.mark.parametrize("wide", [100, 384, 900])
def test_message_has_room_for_its_lines_and_buttons(qtbot, look: Look, icon: str, wide: int) -> None:
    button = Button(look, "Resume", kind="primary")
    message = Message(look, buttons=(button,))
    qtbot.addWidget(message)
    message.resize(wide, 200)
    message.show()
    message.say("Paused since 14:10", LONG, icon)
    message.resize(wide, message.sizeHint().height())
    settle()
    assert message.accessibleName() == f"Paused since 14:10. {LONG}"
    assert 1 <= len(message.lines()) <= 3
    assert button.mapTo(message, button.rect().bottomLeft()).y() < message.height()
    assert not picture(message).isNull()


def test_slim_notice_is_there_while_there_is_something_to_say(qtbot, look: Look) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    notice = SlimNotice(look)
    notice.setParent(holder)
    holder.show()
    assert not notice.isVisible()
    notice.say("Codex's logs may not be opened.", "problem")
    assert notice.isVisible()
    assert notice.accessibleName() == notice.text() == "Codex's logs may not be opened."
    for deed in (
        lambda: QTest.mouseClick(notice, Qt.MouseButton.LeftButton),
        lambda: QTest.keyClick(notice, Qt.Key.Key_Return),
    ):
        with qtbot.waitSignal(notice.opened):
            deed()
    notice.say(LONG, "waiting")
    assert len(notice.lines()) == 2
    assert not picture(notice).isNull()
    notice.say("", "problem")
    assert not notice.isVisible()


def test_notice_card_offers_what_fits_its_kind(qtbot, look: Look) -> None:
    notice = NoticeCard(look)
    qtbot.addWidget(notice)
    notice.resize(700, 120)
    notice.say("The ledger cannot be used", "The disk is full.", hint="TokenWatch tries again", button="Try again")
    assert (notice.title(), notice.body()) == ("The ledger cannot be used", "The disk is full.")
    assert notice.accessibleDescription() == "The disk is full. TokenWatch tries again"
    assert notice.button.text() == "Try again"
    assert notice.hide_button.isHidden()
    notice.say("No place for the icon", "Nothing shows icons here.", bad=False)
    assert notice.button.isHidden()
    assert not notice.hide_button.isHidden()
    with qtbot.waitSignal(notice.dismissed):
        notice.hide_button.click()
    notice.say("", "")
    assert notice.isHidden()


def test_notice_card_grows_with_its_text_and_holds_its_buttons(qtbot, look: Look) -> None:
    notice = NoticeCard(look)
    qtbot.addWidget(notice)
    notice.resize(500, 120)
    notice.say("Title", "Short.", button="Try again")
    notice.show()
    short = notice.sizeHint().height()
    notice.say("Title", LONG, button="Try again")
    notice.resize(500, notice.sizeHint().height())
    settle()
    assert len(notice.lines()) == 4
    assert notice.sizeHint().height() > short
    assert notice.button.mapTo(notice, notice.button.rect().bottomLeft()).y() < notice.height()
    assert not picture(notice).isNull()


def test_import_line_says_how_far_it_is_and_vanishes(qtbot, look: Look) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    line = ProgressLine(look)
    line.setParent(holder)
    line.resize(200, 3)
    holder.show()
    line.show_progress(Progress(1, 4, "\x1b[31mred"))
    assert line.accessibleName() == "25% of the logs read, now [31mred"
    image = picture(line)
    assert image.pixelColor(20, 1) == look.color("acc")
    assert image.pixelColor(180, 1) == look.color("sunk")
    line.show_progress(None)
    assert not line.isVisible()


def test_stepper_names_the_month_between_two_arrows(qtbot, look: Look) -> None:
    stepper = MonthStepper(look)
    qtbot.addWidget(stepper)
    stepper.show_month(date(2026, 6, 1), newest=True)
    assert stepper.label.text() == "June 2026"
    assert stepper.label.textFormat() == Qt.TextFormat.PlainText
    assert (stepper.before.isEnabled(), stepper.after.isEnabled()) == (True, False)
    assert (stepper.before.accessibleName(), stepper.after.accessibleName()) == ("Month before", "Month after")
    for button, step in ((stepper.before, -1), (stepper.after, 1)):
        button.setEnabled(True)
        with qtbot.waitSignal(stepper.stepped) as signal:
            button.click()
        assert signal.args == [step]
    stepper.show_month(None, newest=True)
    assert not stepper.before.isEnabled()


SPARKS = [
    Spark((1.0, 2.0, 1.0)),
    Spark((1.0, 0.0, 3.0), steps=True, ink="okf"),
    Spark((1.0, 2.0), ahead=(3.0, 4.0), low=3.0, high=6.0, limit=5.0),
    Spark((0.0, 0.0)),
    Spark((1e18, 2e18), limit=1.0),
]


@pytest.mark.parametrize("spark", SPARKS)
def test_sparkline_stays_in_its_place(look: Look, spark: Spark) -> None:
    image = QImage(100, 60, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_spark(painter, look, QRectF(20, 20, 60, 20), spark)
    painter.end()
    inked = [(x, y) for x in range(100) for y in range(60) if image.pixelColor(x, y).alpha()]
    assert inked
    assert all(17 <= x <= 83 and 17 <= y <= 43 for x, y in inked)


def test_fewer_than_two_values_are_no_course(look: Look) -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_spark(painter, look, QRectF(0, 0, 40, 40), Spark((5.0,)))
    painter.end()
    assert not any(image.pixelColor(x, y).alpha() for x in range(40) for y in range(40))


class PlainPage(Page):
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Nothing of it."""


def test_page_begins_with_its_title_and_takes_the_notice_below(qtbot, look: Look) -> None:
    page = PlainPage(look, "Live")
    qtbot.addWidget(page)
    page.head.add(Button(look, "Pause"))
    page.head.say("Thu 18 Jun")
    first, notice = Button(look, "First"), NoticeCard(look)
    page.column.addWidget(first)
    page.hold(notice)
    notice.say("Title", "Body.")
    page.resize(600, 300)
    page.show()
    settle()
    assert (page.head.accessibleName(), page.head.accessibleDescription()) == ("Live", "Thu 18 Jun")
    assert page.head.geometry().bottom() < notice.geometry().top()
    assert notice.geometry().bottom() < first.geometry().top()
    assert not picture(page).isNull()


def test_page_of_no_kind_shows_nothing(qtbot, look: Look) -> None:
    page = Page(look, "Live")
    qtbot.addWidget(page)
    with pytest.raises(NotImplementedError):
        page.show_snapshot(samples.usual())
    page.show_month(samples.month())  # whoever never asked ignores an answer
    page.show_looked_for(())


@pytest.mark.parametrize("text", [plain(text) for text in samples.HOSTILE])
def test_text_is_painted_as_it_is_and_spoken(qtbot, look: Look, text: str) -> None:
    words = Text(look, text, most=3)
    qtbot.addWidget(words)
    for wide in (30, 200, 600):
        words.resize(wide, words.heightForWidth(wide))
        assert not picture(words).isNull()
    assert words.accessibleName() == words.text() == text


def test_text_of_several_lines_gets_taller_as_it_gets_narrower(look: Look) -> None:
    words = Text(look, LONG, most=6, below=4)
    assert words.heightForWidth(200) > words.heightForWidth(2000)
    assert words.heightForWidth(30) == words.heightForWidth(40)
    assert Text(look, "x", tall=34).heightForWidth(100) == 34
    assert Text(look, LONG).heightForWidth(50) == Text(look, "x").heightForWidth(50)


def test_other_words_and_ink(look: Look) -> None:
    words = Text(look, "fine", ink="t2")
    words.say("wrong", "bad")
    assert (words.text(), words.ink()) == ("wrong", "bad")
    words.say("still wrong")
    assert words.ink() == "bad"
