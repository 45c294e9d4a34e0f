"""Look: what every painted part needs to draw itself: colours, fonts, agents' tiles, numerals and clock times.

Owns fonts kept by size and the texts of moments and days. Does not own the colours (gui/theme.py), sentences
(gui/words.py) or how numbers are written (base/format.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPixmap
from PySide6.QtWidgets import QWidget

from tokenwatch.base.clock import to_datetime
from tokenwatch.base.currency import numerals
from tokenwatch.base.settings import Settings
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.base.zone import system_zone
from tokenwatch.gui.theme import OTHER, OWN_SLOTS, Theme, agent_slots, ink_on
from tokenwatch.gui.words import clock_time, numerals_of

_DAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))

_SHORT_MONTHS = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"),
    mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip

_MOST_ADVANCES: Final = 4096
_MOST_PICTURES: Final = 256
_FontKey = tuple[float, int, bool, bool]


class Look(QObject):
    """One per window or panel; its parts share it. ``zone`` None means the zone this computer is set to."""

    def __init__(
        self, theme: Theme, zone: tzinfo | None = None, locale: QLocale | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.zone = zone or system_zone({})
        self.locale = locale or QLocale()
        self.numerals = numerals_of(self.locale)
        self.sample = False
        """Whether the numbers shown are made up, which every title says."""
        self.hidden = False
        """Whether names and money are hidden, because the screen is shared; see :meth:`hide`."""
        self._agents: tuple[tuple[str, str, str], ...] = ()
        self._slots: dict[str, int] = {}
        self._names: dict[str, tuple[str, str]] = {}
        self._fonts: dict[_FontKey, QFont] = {}
        self._metrics: dict[_FontKey, QFontMetricsF] = {}
        self.generation = 0
        """Another number whenever colours, fonts or lengths are others: what was made of them is stale then."""
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self._advances: dict[tuple[str, _FontKey], float] = {}
        """How wide texts are. To measure one takes longer than to paint it, and layouts ask again and again."""
        theme.changed.connect(self._forget)

    def use(self, settings: Settings) -> None:
        """Write money in the user's currency."""
        self.numerals = replace(numerals(settings, numerals_of(self.locale)), hidden=self.hidden)

    def follow(self, widget: QWidget, also: Callable[[], None] | None = None) -> None:
        """Measure and paint ``widget`` again whenever colours or fonts change."""
        # Bound methods of Qt objects: the connection ends with the widget, unlike one to a lambda.
        self.theme.changed.connect(widget.updateGeometry)
        self.theme.changed.connect(widget.update)
        if also is not None:
            self.theme.changed.connect(also)

    def hide(self, hidden: bool) -> None:
        """Write no amount of money from now on, or write them again."""
        if hidden != self.hidden:
            self.hidden = hidden
            self.numerals = replace(self.numerals, hidden=hidden)
            self.theme.changed.emit()  # everything is painted with other texts

    # Colours and lengths

    def color(self, name: str) -> QColor:
        """The colour with a name of the design: ``t1``, ``warnf``, ``line`` ..."""
        color: QColor = getattr(self.theme.colours, name)
        return color

    def faded(self, name: str, part: float) -> QColor:
        """That colour with ``part`` (0..1) of its strength."""
        color = QColor(self.color(name))
        color.setAlphaF(part)
        return color

    def row_mark(self, *, chosen: bool) -> QColor:
        """What lies behind an entry of the navigation: the chosen one, or the one below the pointer."""
        if self.patterned:
            return self.faded("t3", 0.13 if chosen else 0.07)
        return self.faded("line", 1.0 if chosen and self.theme.dark else 0.6 if chosen else 0.35)

    def px(self, length: float) -> int:
        """A length that grows with the text."""
        return self.theme.px(length)

    def row(self, length: float) -> int:
        """The height of a row, which follows what the user finds dense enough."""
        return self.theme.px(length) + self.theme.row_extra

    @property
    def border(self) -> int:
        """How thick the frames of cards, buttons and fields are."""
        return 2 if self.theme.high_contrast else 1

    @property
    def patterned(self) -> bool:
        """Whether patterns and outlines stand where tints would, because there are only two colours."""
        return self.theme.high_contrast

    def grid(self) -> QColor:
        """The lines of a chart's scale, which figures stand on."""
        return self.faded("line", 0.35) if self.patterned else self.color("line")

    # Agents

    def know(self, agents: Sequence[tuple[str, str, str]]) -> None:
        """Learn the agents of a snapshot: (id, name, letter) in the order found."""
        if tuple(agents) != self._agents:
            self._agents = tuple(agents)
            self._slots = agent_slots(agents)
            self._names = {agent: (plain(name, 40), plain(letter, 2)) for agent, name, letter in agents}

    def agent_order(self, agent: str) -> tuple[int, str]:
        """Sorts agents as their slots do, so that stacks keep their order."""
        return self._slots.get(agent, OTHER), agent

    def agent_fill(self, agent: str) -> QColor:
        return self.theme.agent_fill(self._slots.get(agent, OTHER))

    def has_own_fill(self, agent: str) -> bool:
        """Whether its colour is its own on every computer, not the next one that was free."""
        return self._slots.get(agent, OTHER) < OWN_SLOTS

    def agent_pattern(self, agent: str) -> Qt.BrushStyle:
        return self.theme.agent_pattern(self._slots.get(agent, OTHER))

    def agent_ink(self, agent: str) -> QColor:
        return ink_on(self.agent_fill(agent))

    def agent_name(self, agent: str) -> str:
        return self._names.get(agent, (plain(agent, 40), ""))[0]

    def agent_letter(self, agent: str) -> str:
        return self._names.get(agent, ("", ""))[1] or (plain(agent, 2)[:1].upper() or "?")

    # Fonts

    def font(self, px: float, weight: int = 400, *, mono: bool = False, tabular: bool = True) -> QFont:
        """The system's font at ``px`` of 100%, or its font for code. ``tabular``: with digits of equal width."""
        key = (px, weight, mono, tabular)
        if key not in self._fonts:
            font = self.theme.font(px, weight)
            if not tabular:
                font.unsetFeature(QFont.Tag("tnum"))
            if mono:
                font.setFamilies(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families())
            elif px >= 20:
                font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.5)
            self._fonts[key] = font
        return self._fonts[key]

    def metrics(self, px: float, weight: int = 400, *, mono: bool = False, tabular: bool = True) -> QFontMetricsF:
        key = (px, weight, mono, tabular)
        if key not in self._metrics:
            self._metrics[key] = QFontMetricsF(self.font(px, weight, mono=mono, tabular=tabular))
        return self._metrics[key]

    def advance(self, text: str, px: float, weight: int = 400, *, mono: bool = False, tabular: bool = True) -> float:
        """How wide ``text`` is, measured once."""
        key = (text, (px, weight, mono, tabular))
        wide = self._advances.get(key)
        if wide is None:
            if len(self._advances) >= _MOST_ADVANCES:
                self._advances.clear()
            wide = self.metrics(px, weight, mono=mono, tabular=tabular).horizontalAdvance(text)
            self._advances[key] = wide
        return wide

    # Pictures

    def picture(self, key: tuple[object, ...], make: Callable[[], QPixmap]) -> QPixmap:
        """A small picture, made once for each ``key`` as long as colours and lengths stay."""
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) >= _MOST_PICTURES:
                self._pictures.clear()
            found = self._pictures[key] = make()
        return found

    # Moments

    def moment(self, ms: int) -> datetime:
        """Milliseconds since 1970 as local time."""
        return to_datetime(ms, self.zone)

    def clock(self, ms: int) -> str:
        """14:32, in the locale's form."""
        return clock_time(ms, self.zone, self.locale)

    def weekday_and_clock(self, ms: int) -> str:
        """Fri 18:00"""
        return f"{tr(_DAYS[self.moment(ms).weekday()])} {self.clock(ms)}"

    def day_and_clock(self, ms: int) -> str:
        """Thu 18 Jun, 14:32"""
        there = self.moment(ms)
        return f"{tr(_DAYS[there.weekday()])} {self.day(there.date())}, {self.clock(ms)}"

    def when(self, ms: int, now: int) -> str:
        """14:32 today, otherwise 17 Jun, 14:32"""
        there = self.moment(ms).date()
        return self.clock(ms) if there == self.moment(now).date() else f"{self.day(there)}, {self.clock(ms)}"

    @staticmethod
    def day(day: date) -> str:
        """18 Jun"""
        return tr("{day} {month}", day=day.day, month=tr(_SHORT_MONTHS[day.month - 1]))

    @staticmethod
    def weekday(day: date) -> str:
        return tr(_DAYS[day.weekday()])

    def _forget(self) -> None:
        self._fonts.clear()
        self._metrics.clear()
        self._advances.clear()
        self._pictures.clear()
        self.generation += 1
