"""Theme: the colours, fonts and palette of all windows, light and dark, following the system while it may.

Owns the design's colour tokens, which of the two sets counts now, the QPalette made from it, and fonts with tabular
digits. Does not own the tray icon's colours (icon.py): those follow the panel, not the windows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from tokenwatch.base.settings import Motion, Rows
from tokenwatch.base.settings import Theme as Choice
from tokenwatch.gui.motion import system_is_still
from tokenwatch.gui.portal import Wishes


class Colours(msgspec.Struct, frozen=True):
    """The tokens of the design. A name ending in ``f`` is a fill, in ``bg`` a tint behind a row."""

    bg: QColor
    side: QColor
    card: QColor
    sunk: QColor
    line: QColor
    line2: QColor
    t1: QColor
    t2: QColor
    t3: QColor
    acc: QColor
    accbg: QColor
    warn: QColor
    warnf: QColor
    warnbg: QColor
    bad: QColor
    badf: QColor
    badbg: QColor
    ok: QColor
    okf: QColor
    on: QColor
    agents: tuple[QColor, ...]
    """Fills of the slots 1 to 8."""


def _colours(text: str) -> Colours:
    *tokens, agents = (part.split() for part in text.strip().splitlines())
    named = {name: QColor(value) for name, value in (pair.split("=") for line in tokens for pair in line)}
    return Colours(**named, agents=tuple(map(QColor, agents)))


LIGHT: Final = _colours("""
bg=#FFFFFF side=#F5F6F8 card=#FFFFFF sunk=#F0F2F5 line=#E2E5EA line2=#CBD0D8
t1=#16181D t2=#4E5563 t3=#666D7A acc=#3556D4 accbg=#E9EDFC on=#FFFFFF
warn=#875400 warnf=#DB920C warnbg=#FDF3DF bad=#BA2440 badf=#D43A55 badbg=#FCEAED ok=#1B7A4B okf=#2A9D64
#C45019 #748BE4 #16936B #862B74 #B58900 #7A4A2B #4B5563 #C93A7E
""")
DARK: Final = _colours("""
bg=#15171B side=#1A1C21 card=#1C1F25 sunk=#252931 line=#2B2F38 line2=#414753
t1=#ECEEF2 t2=#B2B9C5 t3=#929AA8 acc=#8FA8FF accbg=#252D4A on=#14161A
warn=#F3BC56 warnf=#EBA937 warnbg=#352A15 bad=#FF8A96 badf=#F4606F badbg=#3B1E24 ok=#5FCB93 okf=#3DB57C
#E8793F #7B9BFF #4FDDA6 #B06AA6 #FFE08A #C79A6B #B9C2CF #F49AC1
""")

PATTERNS: Final = (
    *(Qt.BrushStyle.SolidPattern,) * 4,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense6Pattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.VerPattern,
)
"""How slots 1 to 8 are filled, so that the later four are told apart without colour."""

ALL_PATTERNS: Final = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.HorPattern,
    *PATTERNS[4:],
)
"""As :data:`PATTERNS`, with one for every slot but the first, whose plain fill is the eighth mark."""

_ROWS: Final[dict[Rows, int]] = {"compact": -4, "normal": 0, "roomy": 6}
OTHER: Final = 6
"""The slot (from 0) that agents beyond the eighth share."""

_OWN_SLOTS: Final = ("claude", "codex", "opencode", "gemini")
OWN_SLOTS: Final = len(_OWN_SLOTS)
"""Slots up to this one have the same agents everywhere."""
_SCHEMES: Final = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
_USUAL_FONT_PX: Final = 13


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(fill: QColor) -> QColor:
    """White or near-black, whichever is read better on ``fill``: for an agent's letter."""
    return max((LIGHT.on, DARK.on), key=lambda ink: contrast(ink, fill))


def agent_slots(agents: Sequence[tuple[str, str, str]]) -> dict[str, int]:
    """Agent id -> colour slot from 0. Four agents have their own; others get the next ones in the order given."""
    slots: dict[str, int] = {}
    after = len(_OWN_SLOTS)
    for agent_id, _, _ in agents:
        own = [slot for slot, start in enumerate(_OWN_SLOTS) if agent_id.startswith(start)]
        if own and own[0] not in slots.values():
            slots[agent_id] = own[0]
        elif agent_id not in slots:
            slots[agent_id] = after if after < len(PATTERNS) else OTHER
            after += 1
    return slots


def is_dark(scheme: Qt.ColorScheme, palette: QPalette) -> bool:
    """Whether a desktop is dark: as it says, or, when it says nothing, as its ``palette`` is."""
    return _looks_dark(palette) if scheme == Qt.ColorScheme.Unknown else scheme == Qt.ColorScheme.Dark


def _looks_dark(palette: QPalette) -> bool:
    role = QPalette.ColorRole
    return palette.color(role.Window).lightness() < palette.color(role.WindowText).lightness()


class Theme(QObject):
    """One for the whole program. :attr:`changed` says that colours, ``dark`` or fonts are others now."""

    changed = Signal()

    def __init__(self, choice: Choice = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: Choice = choice
        self._before = QGuiApplication.palette()
        """The palette that the platform came with, before ours."""
        self._wishes = Wishes()
        """What the desktop's portal says, where there is one."""
        self.motion: Motion = "system"
        """What the user wants; what is about to move asks :attr:`moves`."""
        self._text_size = 1.0
        self._scale = _font_scale()
        hints = QGuiApplication.styleHints()
        self.system_dark = self._system_is_dark()
        """What the system wants, whatever the user chose here; as of the last time that it was followed."""
        if choice != "system":
            hints.setColorScheme(_SCHEMES[choice])
        hints.colorSchemeChanged.connect(self._look_again)
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self._look_again)
        self.row_extra = 0
        """Pixels by which rows are taller or lower than usual."""
        self.patterns = False
        """Whether every agent's colour has a pattern."""
        self.dark = self._is_dark()
        self.high_contrast = self._contrast_wanted()
        self.colours = self._choose()

    @property
    def choice(self) -> Choice:
        return self._choice

    def set_choice(self, choice: Choice) -> None:
        """Follow the system, or stay light or dark."""
        if choice != self._choice:
            self._choice = choice
            hints = QGuiApplication.styleHints()
            if choice == "system":
                hints.unsetColorScheme()
            else:
                hints.setColorScheme(_SCHEMES[choice])
            self._look_again()

    def obey(self, wishes: Wishes) -> None:
        """What the desktop's portal says now, which counts more than what Qt found out."""
        self._wishes = wishes
        self._look_again()

    @property
    def moves(self) -> bool:
        """Whether anything may fade or slide: as the user set it, else not where the system wants it still."""
        return not (self._wishes.still or system_is_still()) if self.motion == "system" else self.motion == "on"

    def fit(self, text_size: int, rows: Rows, patterns: bool) -> None:
        """What the user finds readable: text in percent of the system's, how dense rows are, and patterns."""
        extra = _ROWS[rows]
        size = text_size / 100
        if (size, extra, patterns) != (self._text_size, self.row_extra, self.patterns):
            self._text_size, self.row_extra, self.patterns = size, extra, patterns
            self._scale = _font_scale() * size
            self.changed.emit()

    def agent_pattern(self, slot: int) -> Qt.BrushStyle:
        """How a slot is filled; with high contrast or on request the first ones have patterns, too."""
        return ALL_PATTERNS[slot] if self.patterns or self.high_contrast else PATTERNS[slot]

    def apply(self, application: QApplication) -> None:
        """Dress the application: one style everywhere, our palette, and both again when they change."""
        application.setStyle("Fusion")
        application.setPalette(self.palette())
        self.changed.connect(lambda: application.setPalette(self.palette()))

    def font(self, px: float, weight: int = 400) -> QFont:
        """The system's font at ``px`` (as of the design, at 100%) with digits of equal width."""
        font = QFont(QGuiApplication.font())
        font.setPixelSize(max(1, round(px * self._scale)))
        # Between two weights of a family the heavier one, as in the drawings; a variable font has both between.
        font.setWeight(QFont.Weight(weight + (weight % 100 == 50)))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def px(self, length: float) -> int:
        """A length of the design that grows with the text, in logical pixels."""
        return max(1, round(length * self._scale))

    def agent_fill(self, slot: int) -> QColor:
        return self.colours.agents[slot]

    def palette(self) -> QPalette:
        """Our colours as Qt's roles, so that every ordinary widget has them without a style sheet."""
        if self.high_contrast and self._wishes.dark in (None, _looks_dark(self._before)):
            return QPalette(self._before)
        colours = self.colours
        role = QPalette.ColorRole
        palette = QPalette(colours.side, colours.bg)
        for which, colour in {
            role.WindowText: colours.t1,
            role.Text: colours.t1,
            role.ButtonText: colours.t1,
            role.Base: colours.card,
            role.AlternateBase: colours.sunk,
            role.ToolTipBase: colours.t1,
            role.ToolTipText: colours.bg,
            role.PlaceholderText: colours.t3,
            role.Highlight: colours.accbg,
            role.HighlightedText: colours.t1,
            role.Accent: colours.acc,
            role.Link: colours.acc,
            role.LinkVisited: colours.acc,
            role.Light: colours.card,
            role.Midlight: colours.sunk,
            role.Mid: colours.line2,
            role.Dark: colours.line2,
            role.BrightText: colours.bad,
        }.items():
            palette.setColor(which, colour)
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, colours.t3)
        return palette

    def _look_again(self) -> None:
        dark, contrast_wanted = self._is_dark(), self._contrast_wanted()
        scale = _font_scale() * self._text_size
        if (dark, contrast_wanted, scale) != (self.dark, self.high_contrast, self._scale):
            if contrast_wanted and not self.high_contrast:
                QApplication.setPalette(QPalette())  # the platform's again, which may be another than at the start
                self._before = QGuiApplication.palette()
            self.dark, self.high_contrast, self._scale = dark, contrast_wanted, scale
            self.colours = self._choose()
            self.changed.emit()

    def _is_dark(self) -> bool:
        if self._choice != "system":
            return self._choice == "dark"
        self.system_dark = self._system_is_dark()
        return self.system_dark

    def _system_is_dark(self) -> bool:
        if self._wishes.dark is not None:
            return self._wishes.dark
        return is_dark(QGuiApplication.styleHints().colorScheme(), self._before)

    def _contrast_wanted(self) -> bool:
        return self._wishes.high_contrast or _wants_contrast()

    def _choose(self) -> Colours:
        return _contrasting(self._before, self._wishes.dark) if self.high_contrast else DARK if self.dark else LIGHT


def _contrasting(palette: QPalette, dark: bool | None) -> Colours:
    """The system's own colours in the place of ours; nothing is tinted, so shapes and words must carry states.

    A desktop that wants ``dark`` but hands out a light ``palette`` (or the other way round) gets black and white.
    """
    role = QPalette.ColorRole
    if dark in (None, _looks_dark(palette)):
        back, text = palette.color(role.Window), palette.color(role.WindowText)
        accent, on = palette.color(role.Highlight), palette.color(role.HighlightedText)
    else:
        ours = DARK if dark else LIGHT
        back, text = (QColor("#000000"), QColor("#FFFFFF")) if dark else (QColor("#FFFFFF"), QColor("#000000"))
        accent, on = ours.acc, ours.on
    return Colours(
        bg=back, side=back, card=back, sunk=back, line=text, line2=text, t1=text, t2=text, t3=text,
        acc=accent, accbg=back, warn=text, warnf=text, warnbg=back, bad=text, badf=text, badbg=back,
        ok=text, okf=text, on=on, agents=(text,) * len(PATTERNS),
    )  # fmt: skip


def _wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):  # Qt before 6.10 cannot tell
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _font_scale() -> float:
    """How much larger than usual the user wants text; small differences between desktops do not count."""
    scale = QFontInfo(QGuiApplication.font()).pixelSize() / _USUAL_FONT_PX
    return 1.0 if 0.88 <= scale <= 1.12 else min(2.0, max(0.8, scale))


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
