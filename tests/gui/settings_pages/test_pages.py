"""Each page of the settings shows what is set without telling, and tells what a person changed and lost by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest

from tests.gui import samples
from tests.gui.faces import markup, picture, settle, unspoken
from tests.gui.settings_pages.shown import shown
from tokenwatch.base.billing import Budget
from tokenwatch.base.money import NANO
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.snapshot import BudgetUse
from tokenwatch.gui.settings_pages.about import AboutPage
from tokenwatch.gui.settings_pages.advanced import AdvancedPage
from tokenwatch.gui.settings_pages.appearance import AppearancePage
from tokenwatch.gui.settings_pages.budget import BudgetPage, with_daily
from tokenwatch.gui.settings_pages.page import SettingsPage
from tokenwatch.gui.settings_pages.plans import PlansPage
from tokenwatch.gui.widgets.field import Field
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.zone_names import ZoneNames

SET = Settings(
    budget=450 * NANO,
    thresholds=(60, 90),
    notifications=False,
    theme="dark",
    icon="mono",
    timezone="Asia/Tokyo",
    billing=(("codex", Billing("plan", 20 * NANO)), ("zed", Billing("plan", 0))),
    count_cache_reads=True,
)


@pytest.fixture
def zones(qtbot) -> Iterator[ZoneNames]:
    zones = ZoneNames({"TZ": "Europe/Berlin"})
    with qtbot.waitSignal(zones.ready):
        zones.load()
    yield zones
    zones.close()


@pytest.fixture
def budget(qtbot, look: Look) -> BudgetPage:
    return shown(qtbot, BudgetPage(look), Settings())


@pytest.fixture
def plans(qtbot, look: Look) -> PlansPage:
    return shown(qtbot, PlansPage(look, samples.AGENTS), Settings())


@pytest.fixture
def appearance(qtbot, look: Look) -> AppearancePage:
    return shown(qtbot, AppearancePage(look), Settings())


@pytest.fixture
def advanced(qtbot, look: Look, zones: ZoneNames) -> AdvancedPage:
    return shown(qtbot, AdvancedPage(look, Paths.below(Path("/home/ada")), zones), Settings())


@pytest.fixture
def about(qtbot, look: Look) -> AboutPage:
    return shown(qtbot, AboutPage(look, ["Live", "Spend"]), Settings())


def enter(field: Field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def changes(page: SettingsPage) -> QSignalSpy:
    return QSignalSpy(page.changed)


def only(spy: QSignalSpy) -> tuple[dict, str]:
    assert spy.count() == 1
    fields, lost = spy.at(0)
    return fields, lost


@pytest.mark.parametrize("name", ["budget", "plans", "appearance", "advanced", "about"])
def test_page_shows_settings_without_telling_and_can_be_painted(request, name: str) -> None:
    page: SettingsPage = request.getfixturevalue(name)
    spy = changes(page)
    page.show_settings(SET)
    page.show_settings(Settings())
    page.show_settings(SET)
    settle()
    assert spy.count() == 0
    assert page.accessibleName() == page.title
    assert unspoken(page) == markup(page) == []
    light = picture(page)
    page.look.theme.set_choice("dark")
    settle()
    assert picture(page) != light


# Budget


def test_budget_page_shows_what_is_set(budget: BudgetPage) -> None:
    assert (budget.budget.text(), budget.notifications.isChecked()) == ("", True)
    budget.show_settings(SET)
    assert budget.budget.text() == "$450"
    assert [field.text() for field in budget.thresholds.fields()] == ["60%", "90%"]
    assert not budget.notifications.isChecked()


def test_budget_is_entered_in_dollars(budget: BudgetPage) -> None:
    spy = changes(budget)
    enter(budget.budget, "1,200.50")
    assert only(spy) == ({"budget": 1_200_500_000_000}, "")


def test_first_day_of_a_month_is_entered_beside_the_budget(budget: BudgetPage) -> None:
    assert budget.start.text() == "1"
    spy = changes(budget)
    enter(budget.start, "29")
    assert spy.count() == 0
    enter(budget.start, "15")
    assert only(spy) == ({"month_start": 15}, "")


def test_daily_budget_is_one_of_the_budgets(budget: BudgetPage) -> None:
    others = (Budget("acme", 60 * NANO, project="acme"), Budget("day", 30 * NANO, "day", "listed"))
    budget.show_settings(Settings(budgets=others))
    assert budget.daily.text() == ""
    spy = changes(budget)
    enter(budget.daily, "25")
    daily = Budget("daily", 25 * NANO, "day")
    assert only(spy) == ({"budgets": (*others, daily)}, "")
    budget.show_settings(Settings(budgets=(daily, *others)))
    assert budget.daily.text() == "$25"
    enter(budget.daily, "19.50")
    assert spy.at(1) == [{"budgets": (Budget("daily", 19_500_000_000, "day"), *others)}, ""]
    enter(budget.daily, "")
    assert spy.at(2) == [{"budgets": others}, "The budget of $25 is gone."]


def test_daily_budget_gets_a_name_that_no_other_has() -> None:
    weekly = Budget("daily", 9 * NANO, "week")
    assert with_daily(Settings(budgets=(weekly,)), 5 * NANO)[-1] == Budget("daily2", 5 * NANO, "day")
    assert with_daily(Settings(), None) == ()


def test_projection_and_waiting_are_told_unless_their_rules_are_off(budget: BudgetPage) -> None:
    assert budget.projection.isChecked() and budget.waiting.isChecked()
    spy = changes(budget)
    budget.projection.click()
    assert only(spy) == ({"alerts_off": ("forecast",)}, "")
    budget.show_settings(Settings(alerts_off=("forecast", "waiting")))
    assert not budget.projection.isChecked() and not budget.waiting.isChecked()
    budget.waiting.click()
    assert spy.at(1)[0] == {"alerts_off": ("forecast",)}


def test_other_budgets_are_listed_with_what_is_used_of_them(budget: BudgetPage) -> None:
    budget.look.know(samples.AGENTS)
    day = date(2026, 6, 18)
    month = BudgetUse("", 450 * NANO, 9 * NANO, "month", "2026-06", day, day)
    acme = BudgetUse("a", 120 * NANO, 68_100_000_000, "month", "2026-06", day, day, project="/home/ada/acme")
    codex = BudgetUse("c", 5 * NANO, 6 * NANO, "week", "2026-W25", day, day, "listed", agent="codex")
    budget.show_budgets((month, acme, codex))
    settle()
    assert budget.others.uses() == (acme, codex)
    assert [budget.others.name(use) for use in budget.others.uses()] == ["acme", "Codex, a week, at API prices"]
    assert budget.others.accessibleDescription().startswith("acme: $68.10 of $120; ")
    assert not picture(budget).isNull()
    budget.show_settings(Settings(screen_sharing=True))
    assert "acme" not in budget.others.accessibleDescription()
    assert "$" not in budget.others.accessibleDescription()
    budget.show_budgets((month,))
    assert not budget.others.isVisible()


def test_budget_that_is_taken_away_is_lost(budget: BudgetPage) -> None:
    for nothing in ("", "0"):
        budget.show_settings(SET)
        spy = changes(budget)
        enter(budget.budget, nothing)
        assert only(spy) == ({"budget": None}, "The budget of $450 is gone.")
        budget.show_settings(Settings())


def test_impossible_budget_changes_nothing_and_says_why(budget: BudgetPage) -> None:
    spy = changes(budget)
    enter(budget.budget, "99999999999")
    assert spy.count() == 0
    assert budget.budget.wrong() == "At most $10,000,000"


def test_percentage_that_is_taken_away_is_lost(budget: BudgetPage) -> None:
    spy = changes(budget)
    enter(budget.thresholds.fields()[1], "")
    assert only(spy) == ({"thresholds": (50, 100)}, "You are no longer told at 80%.")


def test_other_percentage_is_no_loss(budget: BudgetPage) -> None:
    spy = changes(budget)
    enter(budget.thresholds.fields()[1], "75")
    assert only(spy) == ({"thresholds": (50, 75, 100)}, "")


def test_notifications_are_switched(budget: BudgetPage) -> None:
    spy = changes(budget)
    budget.notifications.click()
    assert only(spy) == ({"notifications": False}, "")


# Plans


def test_plans_page_has_a_row_for_each_agent_and_those_only_the_settings_know(plans: PlansPage) -> None:
    assert list(plans.rows()) == [agent for agent, _, _ in samples.AGENTS]
    plans.show_settings(SET)
    assert list(plans.rows())[-1] == "zed"
    assert plans.rows()["codex"].mode.value() == "plan"
    assert plans.rows()["codex"].fee.text() == "$20"
    assert plans.rows()["claude-code"].mode.value() == "metered"
    assert plans.total.text() == "All plans: $20 a month"


def test_only_a_plan_has_a_fee(plans: PlansPage) -> None:
    plans.show_settings(SET)
    assert plans.rows()["codex"].fee.isVisible()
    assert not plans.rows()["claude-code"].fee.isVisible()


def test_agent_moves_to_a_plan_and_its_fee_is_entered(plans: PlansPage) -> None:
    spy = changes(plans)
    plans.rows()["codex"].mode._buttons[1].click()
    assert only(spy) == ({"billing": (("codex", Billing("plan", 0)),)}, "")
    plans.show_settings(Settings(billing=(("codex", Billing("plan", 0)),)))
    spy = changes(plans)
    enter(plans.rows()["codex"].fee, "19.99")
    assert only(spy) == ({"billing": (("codex", Billing("plan", 19_990_000_000)),)}, "")


def test_others_stay_as_they_are(plans: PlansPage) -> None:
    plans.show_settings(SET)
    spy = changes(plans)
    plans.rows()["claude-code"].mode._buttons[1].click()
    fields, _ = only(spy)
    assert fields["billing"] == (("claude-code", Billing("plan", 0)), *SET.billing)


def test_fee_that_goes_with_its_plan_is_lost(plans: PlansPage) -> None:
    plans.show_settings(SET)
    spy = changes(plans)
    plans.rows()["codex"].mode._buttons[0].click()
    fields, lost = only(spy)
    assert fields == {"billing": (("zed", Billing("plan", 0)),)}
    assert lost == "The fee of $20 for Codex is gone."


def test_impossible_fee_changes_nothing(plans: PlansPage) -> None:
    plans.show_settings(SET)
    spy = changes(plans)
    enter(plans.rows()["codex"].fee, "a lot")
    assert spy.count() == 0
    assert plans.rows()["codex"].hint.text() == "Not an amount, such as $450"


def test_without_agents_the_page_says_so(qtbot, look: Look) -> None:
    page = shown(qtbot, PlansPage(look, ()), Settings())
    assert page._nobody.isVisible()
    page.show_settings(SET)
    assert not page._nobody.isVisible()


def test_hostile_agents_have_plain_names(qtbot, look: Look) -> None:
    page = shown(qtbot, PlansPage(look, samples.hostile().agents), Settings())
    assert markup(page) == []
    assert all(row.name.isprintable() for row in page.rows().values())
    assert not picture(page).isNull()


def test_agents_that_are_not_here_get_rows_on_request(qtbot, look: Look) -> None:
    page = shown(qtbot, PlansPage(look, samples.AGENTS, found={"codex"}), Settings())
    assert list(page.rows()) == ["codex"]
    page.show_settings(Settings(billing=(("claude-code", Billing("plan", 100 * NANO)),)))
    assert page.rows()["claude-code"].name == "Claude Code"
    assert page.all.isVisible()
    page.all.click()
    settle()
    assert set(page.rows()) == {agent for agent, _, _ in samples.AGENTS}
    assert not page.all.isVisible()


# Appearance


def test_appearance_page_shows_and_tells_theme_and_icon(appearance: AppearancePage) -> None:
    appearance.show_settings(SET)
    assert (appearance.theme.value(), appearance.tray.value()) == ("dark", "mono")
    spy = changes(appearance)
    appearance.theme._buttons[1].click()
    appearance.tray._tiles["dark"].click()
    assert [tuple(spy.at(number)) for number in range(2)] == [({"theme": "light"}, ""), ({"icon": "dark"}, "")]


def test_appearance_page_shows_and_tells_motion(appearance: AppearancePage) -> None:
    appearance.show_settings(Settings(motion="off"))
    assert appearance.motion.value() == "off"
    spy = changes(appearance)
    appearance.motion._buttons[1].click()
    assert tuple(spy.at(0)) == ({"motion": "on"}, "")


# Advanced


def test_advanced_page_shows_what_is_set_and_where_it_is_kept(advanced: AdvancedPage) -> None:
    advanced.show_settings(SET)
    assert advanced.cache_reads.isChecked()
    assert advanced.zone.text() == "Asia/Tokyo"
    assert advanced.path.text() == "~/.config/tokenwatch/settings.toml"
    advanced.copy.click()
    assert QGuiApplication.clipboard().text() == str(Path("/home/ada/.config/tokenwatch/settings.toml"))
    advanced.copy_command.click()
    assert QGuiApplication.clipboard().text() == "tokenwatch status --json"


def test_zone_is_taken_by_name_in_any_case(advanced: AdvancedPage) -> None:
    assert advanced.zone.placeholderText() == "this computer’s: Europe/Berlin"
    spy = changes(advanced)
    enter(advanced.zone, "america/new york")
    assert only(spy) == ({"timezone": "America/New_York"}, "")
    assert advanced.zone.text() == "America/New_York"


def test_unknown_zone_is_refused(advanced: AdvancedPage) -> None:
    spy = changes(advanced)
    for nonsense in ("Mars/Base", "../../etc/passwd", "Europe"):
        enter(advanced.zone, nonsense)
    assert spy.count() == 0
    assert advanced.zone.wrong() == "Not a time zone, such as Europe/Berlin"


def test_emptied_zone_is_this_computers(advanced: AdvancedPage) -> None:
    advanced.show_settings(SET)
    spy = changes(advanced)
    enter(advanced.zone, "")
    assert only(spy) == ({"timezone": ""}, "")


def test_zones_are_offered_while_typing(advanced: AdvancedPage) -> None:
    completer = advanced.zone.completer()
    completer.setCompletionPrefix("tokyo")
    assert completer.currentCompletion() == "Asia/Tokyo"


def test_zone_that_was_completed_is_taken(advanced: AdvancedPage) -> None:
    spy = changes(advanced)
    advanced.zone.setFocus()
    QTest.keyClicks(advanced.zone, "tokyo")
    popup = advanced.zone.completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    QTest.keyClick(advanced.zone, Qt.Key.Key_Return)
    assert only(spy) == ({"timezone": "Asia/Tokyo"}, "")


def test_zone_cannot_be_typed_before_the_names_are_known(qtbot, look: Look) -> None:
    zones = ZoneNames({"TZ": "UTC"})
    page = shown(qtbot, AdvancedPage(look, None, zones), Settings())
    assert not page.zone.isEnabled()
    with qtbot.waitSignal(zones.ready):
        zones.load()
    assert page.zone.isEnabled()
    zones.close()


def test_cache_reads_are_switched(advanced: AdvancedPage) -> None:
    spy = changes(advanced)
    advanced.cache_reads.click()
    assert only(spy) == ({"count_cache_reads": True}, "")


def test_everything_can_be_reset_and_that_is_a_loss(advanced: AdvancedPage) -> None:
    assert not advanced.reset.isEnabled()
    advanced.show_settings(SET)
    spy = changes(advanced)
    advanced.reset.click()
    fields, lost = only(spy)
    assert Settings(**fields) == Settings()
    assert lost == "All settings are as they were at first."


def test_mistakes_in_the_file_are_listed(advanced: AdvancedPage) -> None:
    def listed() -> list[str]:
        return [words.text() for words in advanced.mistakes if words.isVisible()]

    assert listed() == []
    advanced.show_mistakes(("settings.toml line 3: no.", f"line 9: {samples.HOSTILE[0]}"))
    assert listed() == ["settings.toml line 3: no.", f"line 9: {samples.HOSTILE[0]}"]
    assert advanced._leave.isVisible()
    advanced.show_mistakes([f"line {number}: no." for number in range(20)])
    assert listed()[-1] == "And 15 more."
    advanced.show_mistakes(())
    assert listed() == []
    assert not advanced._leave.isVisible()


def test_without_a_file_no_path_is_shown(qtbot, look: Look, zones: ZoneNames) -> None:
    page = shown(qtbot, AdvancedPage(look, None, zones), Settings())
    assert not page.path.isVisible()
    assert not page.copy.isVisible()


# About


def test_about_page_lists_the_keys(about: AboutPage) -> None:
    assert about.keys[0] == ("Turn to Live, Spend", "Ctrl+1 to 2")
    assert "Pause watching, and resume: Ctrl+P" in about.table.accessibleDescription()
