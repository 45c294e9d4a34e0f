"""Text dialog: a longer plain text to read, and on wish to copy or to save.

Owns the dialog. Does not own the text, nor writing a file, which whoever opened it does.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from tokenwatch.base.translation import tr
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.scroll_bar import thin
from tokenwatch.gui.widgets.text import Text


class TextDialog(QDialog):
    """``file``: the name under which the text may be saved; with one it can be changed before that. Esc closes it."""

    save_wanted = Signal(str, str)
    """The path that was chosen, and the text as it stands there."""

    def __init__(
        self, look: Look, title: str, text: str, parent: QWidget | None = None, *, note: str = "", file: str = ""
    ) -> None:
        super().__init__(parent)
        self._file = file
        self.setWindowTitle(title)
        self.resize(look.px(680), look.px(480))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(not file)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(title)
        self.text.setFont(look.font(12, mono=bool(file)))
        self.text.setPlainText(text)
        self.text.setTabStopDistance(QFontMetrics(self.text.font()).horizontalAdvance(" ") * 4)
        thin(self.text, look)
        column = QVBoxLayout(self)
        self.note = Text(look, note, px=12, ink="t2", most=3)
        self.note.setVisible(bool(note))
        column.addWidget(self.note)
        column.addWidget(self.text, 1)
        self.copy = Button(look, tr("Copy"), icon="copy")
        self.copy.clicked.connect(self._copy)
        self.save = Button(look, tr("Save…"))
        self.save.clicked.connect(self._choose_file)
        self.close_button = Button(look, tr("Close"))
        self.close_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.copy, self.save):
            button.setVisible(bool(file))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.windowTitle(), "", tr("Text (*.txt)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(self._file)
        dialog.fileSelected.connect(lambda path: self.save_wanted.emit(path, self.text.toPlainText()))
        dialog.open()
