"""Table dialog: a chart's data as an ordinary table, for those who read rather than look.

Owns the dialog. Does not own the data; cells are plain text.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.scroll_bar import thin
from tokenwatch.gui.widgets.table import Table

_LEAST: Final = 560
_MOST: Final = 900
_SPARE: Final = 16


class TableDialog(QDialog):
    """Esc closes it."""

    def __init__(self, look: Look, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(table.title)
        self.grid = QTableWidget(len(table.rows), len(table.headers), self)
        self.grid.setHorizontalHeaderLabels(list(table.headers))
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.setShowGrid(False)
        self.grid.verticalHeader().hide()
        self.grid.setAccessibleName(table.title)
        for row, texts in enumerate(table.rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.grid.setItem(row, column, item)
        header = self.grid.horizontalHeader()
        header.setHighlightSections(False)
        self.grid.setFont(look.font(12.5))
        header.setFont(look.font(11, 500))
        self.grid.verticalHeader().setDefaultSectionSize(look.px(26))
        self.grid.setFrameShape(QTableWidget.Shape.NoFrame)
        thin(self.grid, look)
        # Figures are never cut; a long name is, once the dialog is as wide as a table may be.
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        columns = range(len(table.headers))
        wide = sum(max(self.grid.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in columns)
        wide += self.grid.verticalScrollBar().sizeHint().width() + look.px(_SPARE)
        self.resize(max(look.px(_LEAST), min(wide, look.px(_MOST))), look.px(420))
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.addWidget(self.grid)
