"""What tests of painted faces share: counting paint events, searching all parts for text that could be markup.

Owns no values (samples.py) and no fixtures (conftest.py).
"""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget


class Paints(QObject):
    """Counts paint events of the whole application while it is installed."""

    def __init__(self) -> None:
        super().__init__()
        self.by: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.by.append(type(watched).__name__)
        return False

    def __enter__(self) -> Paints:
        settle()
        self.by.clear()
        QApplication.instance().installEventFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        settle()
        QApplication.instance().removeEventFilter(self)


def settle() -> None:
    """Let layouts, paintings and deletions happen that wait in the event queue."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def parts(root: QWidget) -> list[QWidget]:
    return [root, *root.findChildren(QWidget)]


def guessed(tip: str) -> bool:
    """Whether Qt finds markup in a tool tip, except what gui/widgets/tips.py makes of plain text."""
    inside = tip.removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "")
    return bool(QtGui.Qt.mightBeRichText(tip)) and (not tip.startswith("<qt>") or "<" in inside)


def markup(root: QWidget) -> list[str]:
    """Every text of ``root`` and its parts that Qt would take for markup; there must be none."""
    found = []
    for part in parts(root):
        if isinstance(part, QLabel) and part.textFormat() != Qt.TextFormat.PlainText and part.text():
            found.append(f"{type(part).__name__}: {part.text()}")
        if guessed(part.toolTip()):
            found.append(f"tooltip of {type(part).__name__}: {part.toolTip()}")
    return found


def unspoken(root: QWidget) -> list[str]:
    """Parts that the keyboard reaches and that have nothing to be spoken."""
    return [
        type(part).__name__
        for part in parts(root)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(root) and not part.accessibleName()
    ]


def stops(root: QWidget) -> list[QWidget]:
    """What Tab goes through, from the first, as far as it can be seen."""
    found = []
    part = root.nextInFocusChain()
    while part is not root and len(found) < 1000:
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(root) and part.isEnabled():
            found.append(part)
        part = part.nextInFocusChain()
    return found


def focus(part: QWidget, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
    """Bring the keyboard to ``part`` of a window that is shown, as Tab does."""
    part.window().activateWindow()
    settle()
    part.clearFocus()
    part.setFocus(reason)
    settle()
    assert part.hasFocus()


class Painted:
    """The texts that are painted, and those of them that had to be cut."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.cut: list[str] = []
