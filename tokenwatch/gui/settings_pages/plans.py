"""Plans page: for each agent, whether its use is paid by use or covered by a flat plan, the plan's fee; then prices.

Owns the rows of agents. Does not own which agents there are, nor the rows of prices (price_rows.py) and currencies
(money_rows.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tokenwatch.base.format import money_set
from tokenwatch.base.settings import MAX_FEE_USD, Billing, Mode, Settings
from tokenwatch.base.text import plain
from tokenwatch.base.translation import mark, tr
from tokenwatch.gui.settings_pages.money_rows import MoneyRows
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.settings_pages.price_rows import PriceRows
from tokenwatch.gui.settings_store import SettingsStore
from tokenwatch.gui.widgets.amount_text import read_amount
from tokenwatch.gui.widgets.buttons import Button
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.form import INSET, LABEL, ROW, Form
from tokenwatch.gui.widgets.lettering import Run, draw, middle
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.marks import paint_tile
from tokenwatch.gui.widgets.mirror import painter_of
from tokenwatch.gui.widgets.rows_dialog import RowsDialog, plans_dialog
from tokenwatch.gui.widgets.segments import Segments
from tokenwatch.gui.widgets.text import Text

_ABOUT = mark("Use that a plan covers adds nothing to what you pay. The plan’s fee counts whole on the 1st.")
_NOBODY = mark("Agents appear here once one has been found.")
_FEE = mark("US dollars a month")
_MODES: tuple[tuple[Mode, str], ...] = (
    ("metered", mark("By use")),
    ("plan", mark("Plan")),
)
"""A plan with overage is a row of the table of plans (widgets/rows_dialog.py)."""


class PlansPage(SettingsPage):
    """``agents`` are (id, name, letter); agents that only the settings mention get rows too.

    ``found``: the ids of those that are here; the others get rows on request. None: all do.
    """

    def __init__(
        self,
        look: Look,
        agents: Sequence[tuple[str, str, str]],
        store: SettingsStore | None = None,
        found: Collection[str] | None = None,
    ) -> None:
        super().__init__(look, tr("Plans & prices"), "tag")
        self._settings = Settings()
        self._rows: dict[str, AgentRow] = {}
        self.form.say(tr(_ABOUT))
        self._nobody = self.form.say(tr(_NOBODY))
        self._others = [(agent, name) for agent, name, _ in agents if found is not None and agent not in found]
        for agent, name, _ in agents:
            if found is None or agent in found:
                self._add(agent, name)
        self.total = Text(look, ink="t2", tall=34, indent=INSET)
        self.column.insertWidget(2, self.total)
        rest = Form(look)
        self.column.insertWidget(3, rest)
        self.dated = Button(look, tr("Plans with dates…"))
        self.dated.clicked.connect(self._open_plans)
        self.all = Button(look, tr("Show all {count}", count=len(agents)), kind="link")
        self.all.clicked.connect(self._show_all)
        self.all.setVisible(bool(self._others))
        rest.put(self.dated, self.all)
        rest.rule()
        self.prices = PriceRows(look, self, rest, store)
        self.money = MoneyRows(look, self, rest)

    def rows(self) -> dict[str, AgentRow]:
        return dict(self._rows)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.money.show_settings(settings)
        names = dict(self._others)
        for agent, _ in settings.billing:
            self._add(agent, names.get(agent, agent))
        for agent, row in self._rows.items():
            row.show_billing(settings.billing_of(agent))
        self._nobody.setVisible(not self._rows)
        fees = sum(billing.fee for _, billing in settings.billing if billing.mode == "plan")
        self.total.say(
            tr("All plans: {money_set} a month", money_set=money_set(fees, self.look.numerals)) if fees else ""
        )
        self.total.setVisible(bool(fees))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.prices.ask()

    def _show_all(self) -> None:
        for agent, name in self._others:
            self._add(agent, name)
        self._others = []
        self.all.hide()
        self.show_settings(self._settings)

    def _open_plans(self) -> None:
        dialog: RowsDialog = plans_dialog(self.look, self._settings.plans, self)
        dialog.accepted.connect(lambda: self.change(plans=dialog.plans()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self, agent: str, name: str) -> None:
        if agent in self._rows:
            return
        row = AgentRow(self.look, agent, plain(name, 60))
        row.hint = self.form.add(row.label, row.mode, row.fee, hint=tr(_FEE))
        row.mode.chosen.connect(lambda mode, agent=agent: self._choose(agent, mode))
        row.fee.entered.connect(lambda fee, agent=agent: self._set(agent, Billing("plan", fee), ""))
        self._rows[agent] = row

    def _choose(self, agent: str, mode: Mode) -> None:
        before = self._settings.billing_of(agent)
        lost = ""
        if mode == "metered" and before.fee:
            fee = money_set(before.fee, self.look.numerals)
            lost = tr("The fee of {fee} for {name} is gone.", fee=fee, name=self._rows[agent].name)
        self._set(agent, Billing(mode, before.fee if mode == "plan" else 0), lost)

    def _set(self, agent: str, billing: Billing, lost: str) -> None:
        kept = dict(self._settings.billing)
        kept.pop(agent, None)
        if billing != Billing():
            kept[agent] = billing
        self.change(lost, billing=tuple(sorted(kept.items())))


class AgentRow:
    """The parts of one row: who, how its use is paid, and the fee, which only a plan has."""

    def __init__(self, look: Look, agent: str, name: str) -> None:
        self.name = name
        self.label = _AgentName(look, agent, name)
        self.mode = Segments(
            look, [(mode, tr(words)) for mode, words in _MODES], tr("How the use of {name} is paid", name=name)
        )
        self.fee = Field(
            look,
            tr("Monthly fee for {name} in US dollars", name=name),
            84,
            lambda text: read_amount(text, MAX_FEE_USD, look.numerals),
            lambda fee: money_set(fee or 0, look.numerals),
        )
        self.hint: Text | None = None

    def show_billing(self, billing: Billing) -> None:
        self.mode.choose(billing.mode)
        self.fee.set_value(billing.fee)
        for part in (self.fee, self.hint):
            if part is not None:
                part.setVisible(billing.mode == "plan")


class _AgentName(QWidget):
    """The agent's tile and its name."""

    def __init__(self, look: Look, agent: str, name: str) -> None:
        super().__init__()
        self._look, self._agent, self._name = look, agent, name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(LABEL), self._look.px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        look, frame = self._look, QRectF(self.rect())
        side = look.px(18)
        paint_tile(painter, look, QRectF(0, round(frame.center().y() - side / 2), side, side), self._agent, 10)
        base = middle(look, frame, 12.5, 500)
        draw(painter, look, side + 9, base, (Run(self._name, 12.5, 500),), self.width() - side - 9)
