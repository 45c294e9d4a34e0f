"""Price rows: what the models in use cost, where that is from, newer prices on request, and a price of one's own.

Owns these rows. Does not own prices (pricing), asking for them (gui/settings_store.py) or what follows from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from tokenwatch.base.format import money_price
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.commands import PRICE, UPDATE_PRICES
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.settings_store import SettingsStore
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.form import INSET, Form
from tokenwatch.gui.widgets.lettering import Run, draw, draw_right, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.session_text import short_model
from tokenwatch.gui.widgets.text import Text
from tokenwatch.insight.price_list import ModelPrice

_ROW: Final = 30
_COLUMNS: Final = (mark("Input"), mark("Output"), mark("Cache read"), mark("Cache write"))
_COLUMN: Final = 84
_LIST: Final = "genai-prices"
"""The name of what prices come from."""
_AGAIN_MS: Final = 2000
"""After a price was given or newer ones were asked for, until the list is asked for again."""


class PriceTable(QWidget):
    """A line for each model; one without a price says so. Hidden while there are none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._prices: tuple[ModelPrice, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.follow(self)
        self.hide()

    def show_prices(self, prices: Sequence[ModelPrice]) -> None:
        if tuple(prices) != self._prices:
            self._prices = tuple(prices)
            names = [tr(column) for column in _COLUMNS]
            said = [
                f"{self._name(price)}: " + ", ".join(map(" ".join, zip(names, self.texts(price), strict=False)))
                for price in self._prices
            ]
            self.setAccessibleName(tr("Per million tokens"))
            self.setAccessibleDescription("; ".join(said))
            self.updateGeometry()
            self.update()
        self.setVisible(bool(self._prices))

    def prices(self) -> tuple[ModelPrice, ...]:
        return self._prices

    def texts(self, price: ModelPrice) -> tuple[str, ...]:
        """What stands in the columns of amounts."""
        if not price.known:
            return (tr("no price"),)
        amounts = (price.input, price.output, price.cache_read, price.cache_write)
        return tuple("—" if each is None else money_price(each, self._look.numerals) for each in amounts)

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(_ROW) * (len(self._prices) + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, tall = painter_of(self), self._look, self._look.px(_ROW)
        painter.translate(INSET, 0)
        width = self.width() - 2 * INSET
        wide = min(look.px(_COLUMN), width / 6)
        names = width - len(_COLUMNS) * wide

        def right(number: int) -> float:
            return names + (number + 1) * wide

        head = QRectF(0, 0, width, tall)
        base = middle(look, head, 11, 500)
        draw(painter, look, 0, base, (Run(tr("Per million tokens"), 11, 500, "t2"),), names)
        for number, words in enumerate(_COLUMNS):
            draw_right(painter, look, right(number), base, (Run(tr(words), 11, 500, "t2"),), wide - 6)
        for number, price in enumerate(self._prices, 1):
            line = head.translated(0, number * tall)
            painter.fillRect(QRectF(0, line.top(), line.width(), 1), look.color("line"))
            base = middle(look, line, 12.5)
            own = Run(tr("your price"), 11, 400, "t2", 8) if price.own else Run("")
            draw(painter, look, 0, base, (Run(self._name(price), 12.5, 500), own), names - 8)
            texts = self.texts(price)
            for column, text in enumerate(texts):
                place = column if len(texts) > 1 else len(_COLUMNS) - 1
                draw_right(
                    painter, look, right(place), base, (Run(text, 12.5, 400, "t1" if price.known else "warn"),)
                )

    @staticmethod
    def _name(price: ModelPrice) -> str:
        return plain(short_model(price.model), 40)


class PriceRows:
    """``store`` None: there is no ledger to tell which models are used."""

    def __init__(self, look: Look, page: SettingsPage, form: Form, store: SettingsStore | None) -> None:
        self._look, self._page, self._store = look, page, store
        self.table = PriceTable(look)
        form.column.addWidget(self.table)
        self.version = Text(look, "")
        self.update = Button(look, tr("Update"))
        self.update.setAccessibleName(tr("Fetch newer prices now"))
        self.update.clicked.connect(lambda: self._command(UPDATE_PRICES, None))
        note = form.add(tr("Price list"), self.version, self.update, hint=tr("past days keep their price"))
        rows = [note.parentWidget()]
        self.own = Button(look, tr("Set for a model…"))
        self.own.clicked.connect(self._open)
        note = form.add(tr("Your own price"), self.own, hint=tr("discounts, gateways, local models"))
        rows.append(note.parentWidget())
        self.own.setEnabled(False)
        self._rows = [row for row in rows if row is not None]
        self._show_rows(store is not None)
        if store is not None:
            store.prices.connect(self.show_prices)

    def ask(self) -> None:
        if self._store is not None:
            self._store.ask_prices()

    def show_prices(self, prices: Sequence[ModelPrice], version: str) -> None:
        """Of the models in use; ``version``: the list's."""
        self.table.show_prices(prices)
        self.version.say(" ".join((_LIST, plain(version, 40))))
        self.own.setEnabled(bool(prices))
        self._show_rows(True)

    def _show_rows(self, shown: bool) -> None:
        """Where no ledger can be asked there is no list either."""
        for row in self._rows:
            row.setVisible(shown)

    def menu(self) -> QMenu:
        """The models in use; the caller shows it."""
        menu = QMenu(self._page)
        for price in self.table.prices():
            action = menu.addAction(plain(price.model, 60).replace("&", "&&"))
            action.triggered.connect(lambda _=False, model=price.model: self._set(model))
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.own.mapToGlobal(QPoint(0, self.own.height())))

    def _set(self, model: str) -> None:
        from tokenwatch.gui.widgets.price_dialog import PriceDialog

        dialog = PriceDialog(self._look, model, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._command(PRICE, dialog.given()))
        dialog.open()

    def _command(self, name: str, what: object) -> None:
        self._page.command.emit(name, what)
        QTimer.singleShot(_AGAIN_MS, self.table, self.ask)
