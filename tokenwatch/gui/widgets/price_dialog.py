"""Price dialog: a price for a model that has none - another model's, or dollars per million tokens.

Owns the fields and what is missing in them. Does not own the file of prices or repricing.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.commands import PriceGiven
from tokenwatch.gui.widgets.look import Look

_RATES: Final = (
    ("input", mark("Input, per million tokens")),
    ("output", mark("Output")),
    ("cache_read", mark("Cache read, if another")),
    ("cache_write_5m", mark("Cache write, if another")),
)
_NEEDED: Final = ("input", "output")


class PriceDialog(QDialog):
    def __init__(self, look: Look, model: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setWindowTitle(tr("Price of {model}", model=plain(model, 40)))
        form = QFormLayout(self)
        self.alias = self._field(look, tr("Same price as"), "claude-sonnet-4-5")
        form.addRow(tr("Same price as"), self.alias)
        form.addRow(self._words(look, tr("or, in US dollars:")))
        self.rates = {name: self._field(look, tr(words), "0.00") for name, words in _RATES}
        for name, words in _RATES:
            form.addRow(tr(words), self.rates[name])
        form.addRow(self._words(look, tr("Earlier requests of this model get this price, too.")))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form.addRow(self.buttons)
        self._check()

    def given(self) -> PriceGiven:
        alias = self.alias.text().strip()
        rates = (
            () if alias else tuple((name, text) for name in self.rates if (text := self.rates[name].text().strip()))
        )
        return PriceGiven(self._model, alias, rates)

    def _field(self, look: Look, name: str, sample: str) -> QLineEdit:
        field = QLineEdit()
        field.setFont(look.font(12.5))
        field.setAccessibleName(name)
        field.setPlaceholderText(sample)
        field.textChanged.connect(self._check)
        return field

    def _words(self, look: Look, text: str) -> QLabel:
        from PySide6.QtCore import Qt

        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(look.font(11))
        return label

    def _check(self) -> None:
        """What is not complete cannot be saved."""
        if not hasattr(self, "buttons"):
            return
        given = dict(self.given().rates)
        complete = bool(self.given().alias) or (
            all(name in given for name in _NEEDED) and all(map(_is_amount, given.values()))
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(complete)


def _is_amount(text: str) -> bool:
    number = text.removeprefix("$").replace(".", "", 1)
    return number.isascii() and number.isdigit()
