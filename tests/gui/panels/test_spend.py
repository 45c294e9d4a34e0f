"""The Spend page: the present month, past ones on request, and what is paid or what API prices would be."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QSignalSpy

from tests.gui import samples
from tests.gui.faces import settle
from tokenwatch.base.billing import Billing, Plan
from tokenwatch.base.limits import Quota
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import BudgetUse, ForecastState, Month, Restatement, Snapshot
from tokenwatch.base.usage import Tokens
from tokenwatch.gui import commands
from tokenwatch.gui.commands import PriceGiven
from tokenwatch.gui.panels.spend import PANEL, SpendPage
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.price_dialog import PriceDialog
from tokenwatch.gui.widgets.table_dialog import TableDialog
from tokenwatch.insight.backtest import Backtest, HowGood, Measures
from tokenwatch.insight.explain import Explanation, Priced, Request, Why


@pytest.fixture
def page(qtbot, look: Look) -> SpendPage:
    page = SpendPage(look)
    qtbot.addWidget(page)
    page.resize(912, 720)
    page.show()
    return page


def labels(page: SpendPage) -> list[str]:
    return [cell.label for cell in page.headlines.cells()]


def values(page: SpendPage) -> list[str]:
    return [cell.value for cell in page.headlines.cells()]


def may() -> Month:
    return replace(samples.month(), label="2026-05", first=date(2026, 5, 1), last=date(2026, 5, 31), days=())


def test_panel_describes_the_page() -> None:
    assert (PANEL.id, PANEL.title, PANEL.widget) == ("spend", "Spend", SpendPage)


def test_present_month(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    assert labels(page) == ["So far", "Projected for June", "Budget", "Chance of going over"]
    assert values(page) == ["$292.07", "$412", "$450", "13%"]
    assert page.stepper.label.text() == "June 2026"
    assert not page.stepper.after.isEnabled()
    assert page.chart_head.title() == "This month, day by day"
    assert [entry.text for entry in page.bars_head.legend()] == ["Claude Code", "opencode"]


def test_api_prices_are_labelled_and_have_neither_budget_nor_forecast(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    page.prices._buttons[1].click()
    assert labels(page) == ["At API prices", "Of it inside plans", "You pay", "Today"]
    assert page.chart_head._note == "at API prices, from the 1st"
    assert page.bars_head.title() == "Per day, at API prices"
    assert [entry.text for entry in page.chart_head.legend()] == ["so far"]
    assert "Codex" in [entry.text for entry in page.bars_head.legend()]


def test_past_month_is_asked_for_and_shown_when_it_comes(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    asked = QSignalSpy(page.month_wanted)
    page.stepper.before.click()
    assert [asked.at(0)[0], asked.count()] == [date(2026, 5, 1), 1]
    assert page.shown() is None
    assert page.stepper.label.text() == "May 2026"
    assert values(page) == ["··"] * 4
    page.show_month(replace(may(), first=date(2026, 4, 1)))  # an answer to another question
    assert page.shown() is None
    page.show_month(may())
    assert labels(page) == ["Spent in May", "Tokens", "Budget"]
    assert page.chart_head.title() == "The month, day by day"


def test_past_month_stays_while_snapshots_come(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    page.stepper.before.click()
    page.show_month(may())
    page.show_snapshot(samples.near_budget())
    assert page.shown() == may()


def test_stepping_forward_leads_back_to_the_present_month(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    for _ in range(6):
        page.stepper.before.click()
    assert page.stepper.label.text() == "December 2025"
    for _ in range(6):
        page.stepper.after.click()
    assert page.stepper.label.text() == "June 2026"
    assert page.shown() == samples.month()
    assert not page.stepper.after.isEnabled()


def test_nothing_is_known_at_first(page: SpendPage) -> None:
    page.show_snapshot(samples.loading())
    assert values(page) == ["··"] * 4
    assert not page.stepper.before.isEnabled()
    assert page.chart.legend() == ()
    page.stepper.stepped.emit(-1)
    assert page.stepper.label.text() == ""


def test_month_without_a_projection_says_so(page: SpendPage) -> None:
    page.show_snapshot(samples.too_early())
    assert values(page)[1] == "—"
    assert page.headlines.cells()[1].notes[0].text == "too early to project"


def test_month_over_budget(page: SpendPage) -> None:
    page.show_snapshot(samples.over_budget())
    last = page.headlines.cells()[3]
    assert (last.label, last.value, last.ink) == ("Over budget by", "$13.18", "bad")


def test_incomplete_month_is_at_least(page: SpendPage) -> None:
    page.show_snapshot(samples.error())
    assert values(page)[:2] == ["≥ $292.07", "≥ $412"]


def test_lower_cards_stand_below_each_other_where_it_is_narrow(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    settle()
    assert page.calendar.mapTo(page, page.calendar.rect().topLeft()).x() > page.bars.width()
    page.resize(500, 900)
    settle()
    assert page.calendar.mapTo(page, page.calendar.rect().topLeft()).y() > page.bars.height()


def test_huge_month_keeps_its_numbers_whole(page: SpendPage) -> None:
    page.show_snapshot(samples.huge())
    assert values(page) == ["$9,876,543", "$13.0M", "$10,000,000", "13%"]


# What else the page tells and does


@pytest.fixture
def commands_of(page: SpendPage) -> QSignalSpy:
    return QSignalSpy(page.command)


def with_notes(**fields: object) -> Snapshot:
    usual = samples.usual()
    return replace(usual, figures=replace(usual.figures, **fields))


def lines(page: SpendPage) -> list[str]:
    return [line.text for line in page.notes.lines()]


def test_without_anything_to_say_there_is_no_card(page: SpendPage) -> None:
    page.show_settings(Settings(billing=(("codex", Billing("plan", 1)),)))
    page.show_snapshot(with_notes(quotas=()))
    assert not page.notes_card.isVisible()


def test_other_budgets_and_models_without_a_price_are_listed(page: SpendPage, commands_of: QSignalSpy) -> None:
    day = date(2026, 6, 18)
    use = BudgetUse("acme", 50 * NANO, 41 * NANO, "week", "2026-W25", day, day, project="/home/dev/acme")
    page.show_snapshot(with_notes(budgets=(use,), unpriced=(("new-model", 12),), quotas=()))
    assert lines(page) == ["acme this week", "new-model has no price"]
    assert page.notes.lines()[0].right == "$41.00 of $50 · 82%"
    row = page.notes.rows()[1]
    assert row.links
    row.links[0].click()
    dialog = page.findChild(PriceDialog)
    assert dialog is not None
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Save).isEnabled()
    dialog.rates["input"].setText("1.25")
    dialog.rates["output"].setText("10")
    dialog.accept()
    assert commands_of.at(0) == [commands.PRICE, PriceGiven("new-model", "", (("input", "1.25"), ("output", "10")))]


def test_alias_goes_before_amounts_and_nonsense_cannot_be_saved(page: SpendPage) -> None:
    page.want_price("new-model")
    dialog = page.findChild(PriceDialog)
    assert dialog is not None
    save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
    dialog.rates["input"].setText("a lot")
    dialog.rates["output"].setText("10")
    assert not save.isEnabled()
    dialog.alias.setText("claude-opus-4-5")
    assert save.isEnabled()
    assert dialog.given() == PriceGiven("new-model", "claude-opus-4-5", ())
    dialog.reject()


def test_plan_that_the_logs_point_to_is_suggested_and_confirmed(page: SpendPage, commands_of: QSignalSpy) -> None:
    quota = Quota("openai", "plus", "5h", 34.0, None, samples.NOW)
    page.show_snapshot(with_notes(quotas=(quota,)))
    assert "seems to run on ChatGPT Plus, $20 a month" in lines(page)[0]
    for number, billing in enumerate((Billing("plan", 20 * NANO), Billing())):
        page.notes.rows()[0].links[number].click()
        name, settings = commands_of.at(commands_of.count() - 1)
        assert (name, settings.billing) == (commands.SETTINGS, (("codex", billing),))
        page.show_settings(settings)
        assert lines(page) == []
        page.show_settings(Settings())


def test_plan_in_a_currency_without_a_rate_is_said(page: SpendPage) -> None:
    page.show_settings(Settings(plans=(Plan("codex", name="Plus", fee=20 * NANO, currency="EUR"),)))
    page.show_snapshot(with_notes(quotas=()))
    assert lines(page) == ["The fee of Plus is not counted: no rate of EUR is known"]


def test_restated_month_says_when_and_what(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    page._stepped(-1)
    change = Restatement(samples.NOW, "2026-05", 0, 3_200_000_000, 12, "x")
    page.show_month(replace(may(), restated=(change,)))
    (line,) = page.notes.lines()
    assert line.text.startswith("Restated on ") and line.right == "$0.00 → $3.20"


@pytest.mark.parametrize("end", ["csv", "json"])
def test_export_is_the_month_that_is_shown(page: SpendPage, end: str) -> None:
    page.show_snapshot(samples.usual())
    spy = QSignalSpy(page.export_wanted)
    page.export_menu().actions()[("csv", "json").index(end)].trigger()
    name, text = spy.at(0)
    assert name == f"tokenwatch-2026-06.{end}"
    assert "292.07" in text or end == "csv"


def test_click_on_a_figure_asks_where_it_comes_from(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    spy = QSignalSpy(page.asked)
    page.headlines.opened.emit(0)
    page.bars.picked.emit(2)
    month = samples.month()
    day = month.days[2].day
    assert [spy.at(number)[0] for number in range(spy.count())] == [
        Why(month.first, month.today),
        Why(day, day),
    ]


def test_explanation_is_shown_as_a_table(page: SpendPage) -> None:
    page.show_snapshot(samples.usual())
    part = Priced("codex", "gpt-5", "openai", "", "", 3, Tokens(output=10), 5 * NANO, 0, 0, None)
    single = Request("0" * 32, samples.NOW, "codex", "s1", "gpt-5", Tokens(output=10), 5 * NANO)
    found = Explanation("2026-06-18", 0, 1, (part,), (("/home/x/log.jsonl", 3),), copies=2, single=(single,))
    page.show_explanation(found)
    dialog = page.findChild(TableDialog)
    assert dialog is not None
    texts = [dialog.grid.item(row, 0).text() for row in range(dialog.grid.rowCount())]
    assert texts[0].startswith("gpt-5 · ") and texts[1] == "Together" and texts[-1] == "/home/x/log.jsonl"
    assert texts[-2] == "one request, 18 Jun 14:32"
    header = dialog.grid.horizontalHeader()
    dialog.show()
    for column in range(1, dialog.grid.columnCount()):
        assert header.sectionSize(column) >= dialog.grid.sizeHintForColumn(column), "no figure is cut"
    dialog.close()


def test_past_error_stands_beside_the_chart_once_it_is_known(page: SpendPage) -> None:
    spy = QSignalSpy(page.asked)
    page.show_snapshot(samples.usual())
    assert spy.at(0)[0] == HowGood()
    found = Measures(21, 3, 0.19, 0.28, 0.2, 0.01, 0.78, 0.5, (0.1, 0.1, 0.1))
    page.show_answer(Backtest(date(2026, 3, 1), date(2026, 5, 31), found))
    assert page.chart_head._note == "adds up from the 1st; past projections missed by 19%"
    page.show_snapshot(samples.usual())
    assert spy.count() == 1


def test_months_may_begin_on_another_day(page: SpendPage) -> None:
    usual = samples.usual()
    month = replace(samples.month(), first=date(2026, 5, 15), last=date(2026, 6, 14))
    page.show_snapshot(replace(usual, figures=replace(usual.figures, month=month)))
    spy = QSignalSpy(page.month_wanted)
    page._stepped(-1)
    assert spy.at(0) == [date(2026, 4, 15)]


def test_figures_are_in_the_user_s_currency(page: SpendPage) -> None:
    page.look.use(Settings(currency="EUR", rates=(("EUR", 500_000_000),)))
    page.show_snapshot(samples.usual())
    assert values(page)[0] == "€146.04"


def test_change_of_pace_is_said(page: SpendPage) -> None:
    usual = samples.usual()
    outlook = replace(samples.month().forecast, state=ForecastState.PACE_CHANGED)
    month = replace(samples.month(), forecast=outlook)
    page.show_snapshot(replace(usual, figures=replace(usual.figures, month=month)))
    assert "the pace changed this week" in page.chart_head._note
