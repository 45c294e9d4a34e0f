"""Table dialog: a chart's data as an ordinary table, for those who read rather than look.

Owns the dialog. Does not own the data; cells are plain text.
"""

from __future__ import annotations

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

from tokenwatch.gui.widgets.chart_base import Table
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.scroll_bar import thin


class TableDialog(QDialog):
    """Esc closes it."""

    def __init__(self, look: Look, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(table.title)
        self.resize(look.px(560), look.px(420))
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
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        self.grid.setFont(look.font(12.5))
        header.setFont(look.font(11, 500))
        self.grid.verticalHeader().setDefaultSectionSize(look.px(26))
        self.grid.setFrameShape(QTableWidget.Shape.NoFrame)
        thin(self.grid, look)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.addWidget(self.grid)
