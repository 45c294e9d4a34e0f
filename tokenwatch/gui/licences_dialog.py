"""Licences dialog: every package that TokenWatch is made of, with version, licence and the licence's text.

Owns the dialog. Does not own the list (base/licences.py).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tokenwatch.base.licences import Bill, bill
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.scroll_bar import thin
from tokenwatch.gui.words import NAME


class LicencesDialog(QDialog):
    """The arrow keys walk the packages, Tab leads to the text, Esc closes it."""

    def __init__(self, look: Look, parent: QWidget | None = None, shipped: Bill | None = None) -> None:
        super().__init__(parent)
        shipped = bill() if shipped is None else shipped
        self.setWindowTitle(tr("Licences"))
        self.resize(look.px(760), look.px(480))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Packages"))
        self.list.setFont(look.font(12.5))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Licence text"))
        self.text.setFont(look.font(11.5, mono=True))
        self._texts = [shipped.own]
        self._add(f"{NAME}: MIT")
        for package in shipped.packages:
            self._texts.append(shipped.text_of(package))
            self._add(f"{package.name} {package.version}: {package.licence}")
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.list)
        both.addWidget(self.text)
        both.setSizes([look.px(300), look.px(460)])
        column = QVBoxLayout(self)
        column.addWidget(both)
        for part in (self.list, self.text):
            thin(part, look)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    def _add(self, words: str) -> None:
        self.list.addItem(QListWidgetItem(plain(words, 120)))

    def _show(self, row: int) -> None:
        text = self._texts[row] if 0 <= row < len(self._texts) else ""
        self.text.setPlainText(text or tr("Its text is in its package."))
