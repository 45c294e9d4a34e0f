"""History rows: how long history is kept, taking it along as a file, and deleting all of it.

Owns these rows and what is said before anything is lost. Does not own the deletion (engine/history.py), the file
(export/data_file.py) or the thread (gui/history_store.py).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tokenwatch.base.format import byte_size, whole
from tokenwatch.base.own_figures import OwnFigures
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.gui.history_store import HistoryStore
from tokenwatch.gui.settings_pages.consent import Consent
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.choice_button import ChoiceButton
from tokenwatch.gui.widgets.form import Form
from tokenwatch.gui.widgets.look import Look

MONTHS: Final = (0, 37, 25, 13, 6, 3)
"""How many months before the present one are offered; 0 is all."""


class HistoryRows:
    """``store`` None: there is nothing to export or delete here. ``keep`` is told another number of months."""

    def __init__(
        self, look: Look, form: Form, parent: QWidget, store: HistoryStore | None, keep: Callable[[int], None]
    ) -> None:
        self._look, self._parent, self._store, self._keep_for = look, parent, store, keep
        self._months = 0
        self.keep = ChoiceButton(look, [(str(months), _words(months)) for months in MONTHS])
        self.keep.chosen.connect(self._choose)
        self.size = form.add(tr("Keep history"), self.keep)
        self.keep.setAccessibleDescription(tr("Keep history"))
        self.export = Button(look, tr("Export my data…"))
        self.export.clicked.connect(self._choose_file)
        self.stop = Button(look, tr("Stop"), kind="link")
        self.stop.setAccessibleName(tr("Stop writing the file"))
        self.delete = Button(look, tr("Delete all history…"), kind="danger")
        self.delete.clicked.connect(self._ask_delete)
        form.put(self.export, self.stop, self.delete)
        self.state = form.say("", most=3)
        self.consent = Consent(look, form)
        self.export.setEnabled(store is not None)
        self.delete.setEnabled(store is not None)
        self.stop.setVisible(store is not None and store.writing)
        self.state.hide()
        if store is not None:
            self.stop.clicked.connect(store.stop_export)
            store.progress.connect(self._show_progress)
            store.exported.connect(self._show_exported)
            store.deleted.connect(self._show_deleted)
            store.failed.connect(self._show_failure)

    def show_months(self, months: int) -> None:
        self._months = months
        self.keep.choose(str(months), _words(months))

    def show_own(self, own: OwnFigures | None) -> None:
        if own is not None:
            self.size.say(tr("now {size}", size=byte_size(own.ledger, self._look.numerals)), "t2")

    def export_to(self, path: str) -> None:
        """Write everything to this file: JSON if its name ends so, else the requests as CSV."""
        if self._store is not None and path:
            self._say(tr("Writing {name}…", name=plain(Path(path).name, 60)))
            self.stop.show()
            self.export.setEnabled(False)
            self._store.export(Path(path))

    def _choose(self, chosen: str) -> None:
        months = int(chosen)
        if months and (not self._months or months < self._months):
            self.consent.ask(
                tr(
                    "Of history the present month and {count} before it are kept. What is older is deleted from "
                    "TokenWatch with its sums, now and as time goes on, and is not counted again. The files of your "
                    "agents are not touched. This cannot be undone.",
                    count=months,
                ),
                tr("Delete what is older"),
                lambda: self._keep_for(months),
                lambda: self.show_months(self._months),
            )
            return
        self.consent.withdraw()
        self._keep_for(months)

    def _ask_delete(self) -> None:
        self.consent.ask(
            tr(
                "Everything that TokenWatch has counted is deleted: requests, tokens, costs, when agents worked, "
                "limits, bills and alerts, with all backups. What agents wrote before now is not counted again. Your "
                "settings, prices and keys stay, and the files of your agents are never touched. This cannot be "
                "undone."
            ),
            tr("Delete all history"),
            self._delete,
        )

    def _delete(self) -> None:
        if self._store is not None:
            self._say(tr("Deleting…"))
            self.delete.setEnabled(False)
            self._store.delete()

    def _choose_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        forms = (tr("Everything, as JSON (*.json)"), tr("Requests, as comma-separated values (*.csv)"))
        dialog = QFileDialog(self._parent, tr("Export my data"), "", ";;".join(forms))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDefaultSuffix("json")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if chosen == forms[1] else "json"))
        dialog.selectFile("tokenwatch")
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def _show_progress(self, done: int, total: int) -> None:
        numerals = self._look.numerals
        self.stop.show()
        self.export.setEnabled(False)
        self._say(tr("{done} of {total} requests written…", done=whole(done, numerals), total=whole(total, numerals)))

    def _show_exported(self, name: str, requests: int) -> None:
        self._at_rest()
        if requests < 0:
            self._say(tr("Stopped. Nothing was written."))
        else:
            count = whole(requests, self._look.numerals)
            self._say(tr("{name} is written, with {count} requests.", name=plain(name, 60), count=count))

    def _show_deleted(self) -> None:
        self._at_rest()
        self._say(tr("All history is deleted. Counting goes on from now."))

    def _show_failure(self, why: str) -> None:
        self._at_rest()
        self._say(plain(why, 300), "bad")

    def _at_rest(self) -> None:
        self.stop.hide()
        self.export.setEnabled(True)
        self.delete.setEnabled(True)

    def _say(self, words: str, ink: str = "t2") -> None:
        self.state.say(words, ink)
        self.state.show()


def _words(months: int) -> str:
    return tr("{count} months", count=months) if months else tr("for ever")
