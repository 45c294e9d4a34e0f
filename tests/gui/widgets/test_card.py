"""Cards: their first line leaves out what does not fit, and shows where the keyboard is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.gui import samples
from tests.gui.faces import focus, picture, settle
from tokenwatch.gui.widgets.card import SCALE, Card, CardHead, LegendEntry
from tokenwatch.gui.widgets.day_bars import DayBars
from tokenwatch.gui.widgets.look import Look

LEGEND = (
    LegendEntry("so far", "line"),
    LegendEntry("projected", "dashes"),
    LegendEntry("half the time", strength=0.3),
    LegendEntry("Waiting", "hatch", "warnf"),
    LegendEntry("Codex", agent="codex", value="$4.20"),
    LegendEntry("less", "scale", value="more"),
)


def test_head_speaks_its_title_and_legend(qtbot, look: Look) -> None:
    head = CardHead(look, "Last hour")
    qtbot.addWidget(head)
    head.say("Per day", "metered", LEGEND)
    assert head.accessibleName() == "Per day metered"
    assert "Codex $4.20" in head.accessibleDescription()
    assert head.title() == "Per day"
    assert head.legend() == LEGEND


def test_head_can_be_painted_at_any_width(qtbot, look: Look) -> None:
    head = CardHead(look, "Per day")
    qtbot.addWidget(head)
    head.say("Per day", "metered", LEGEND)
    for wide in (60, 120, 200, 400, 900):
        head.resize(wide, 34)
        assert not picture(head).isNull()


def test_legend_without_room_beside_the_title_stands_whole_below_it(qtbot, look: Look) -> None:
    head = CardHead(look, "Per day")
    qtbot.addWidget(head)
    head.say("Per day", "", LEGEND[:1])
    for wide in (900, 260, 190, 150):
        head.resize(wide, head.sizeHint().height())
        head.say("Per day", "a note", LEGEND[:6])
        assert not picture(head).isNull()  # which sizes it, hidden as it is
        below = [entry for line in head.lines() for entry in line]
        assert below in ([], list(LEGEND[:6]))
        assert head.sizeHint().height() == look.px(34) + look.px(20) * len(head.lines())
    assert len(head.lines()) == 5


def test_scale_goes_from_nothing_to_all() -> None:
    assert SCALE[0] == 0
    assert SCALE[-1] == 1
    assert list(SCALE) == sorted(SCALE)


def test_card_shows_that_the_keyboard_is_on_its_chart(qtbot, look: Look) -> None:
    chart = DayBars(look)
    chart.show_month(samples.month())
    card = Card(look, chart, CardHead(look, "Per day"))
    qtbot.addWidget(card)
    card.resize(500, 300)
    card.show()
    settle()
    plain = picture(card)
    focus(chart)
    assert picture(card).pixelColor(250, 1) == look.color("acc")
    chart.clearFocus()
    assert picture(card) == plain


def test_square_body_does_not_cover_the_rounded_corners(qtbot, look: Look) -> None:
    body = QWidget()
    body.setAutoFillBackground(True)
    body.setPalette(Qt.GlobalColor.red)
    card = Card(look, body, pad=0)
    qtbot.addWidget(card)
    card.resize(200, 100)
    card.show()
    settle()
    image = picture(card)
    for x, y in ((0, 0), (199, 0), (0, 99), (199, 99)):
        assert image.pixelColor(x, y) == look.color("bg")
    assert image.pixelColor(100, 50).red() > 200
