"""The Alerts page: what holds, every rule with its switch, what was told; all of it by keyboard and in any state."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QSignalSpy

from tests.gui import samples
from tests.gui.faces import markup, settle, unspoken
from tokenwatch.alerts.rule import rules
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Action, Alert, AlertCounts, PastAlert, Snapshot, Urgency
from tokenwatch.gui import commands
from tokenwatch.gui.panels.alerts import PANEL, AlertsPage
from tokenwatch.gui.widgets.look import Look

DAY = 86_400_000
BUDGET = Alert(
    "budget/2026-06/1/80",
    "budget",
    "80% of the June budget used",
    "$360.40 of $450 on day 24.",
    at=samples.NOW - 3_600_000,
    actions=(Action("open", "Open Spend", "spend"), Action("remind", "Remind at 90%", "90")),
)
LOST = Alert("source-lost/codex", "source-lost", "Codex’s logs cannot be read", "Permission denied.", at=samples.NOW)


def shown(*past: PastAlert, alerts: tuple[Alert, ...] = (), **fields: object) -> Snapshot:
    return replace(samples.usual(), alerts=alerts, past_alerts=past, **fields)


@pytest.fixture
def page(qtbot, look: Look) -> AlertsPage:
    page = AlertsPage(look)
    qtbot.addWidget(page)
    page.resize(912, 760)
    page.show()
    page.show_settings(Settings(budget=450 * 10**9))
    return page


def asked(spy: QSignalSpy) -> list[tuple[str, object]]:
    return [tuple(spy.at(number)) for number in range(spy.count())]


def test_panel_describes_the_page() -> None:
    assert (PANEL.id, PANEL.title, PANEL.widget) == ("alerts", "Alerts", AlertsPage)


def test_every_rule_has_a_row_with_how_it_stands(page: AlertsPage) -> None:
    page.show_snapshot(shown())
    rows = page.rows.rows()
    assert set(rows) == {rule.id for rule in rules()}
    assert rows["budget"].line().details == "of $450"
    assert rows["budget"].line().stand == "65%"
    assert all(row.line().on and not row.line().active for row in rows.values())


def test_nothing_active_shows_no_bar_and_an_empty_list_says_so(page: AlertsPage) -> None:
    page.show_snapshot(shown())
    assert not page.bar.isVisible()
    assert page.list.entries() == ()
    assert not page.read.isVisible()


def test_what_holds_stands_on_top_and_in_its_row(page: AlertsPage) -> None:
    page.show_snapshot(shown(alerts=(BUDGET, LOST)))
    assert page.bar.isVisible()
    assert page.bar.text() == "2 active: 80% of the June budget used; Codex’s logs cannot be read"
    assert page.rows.rows()["budget"].line().active


@pytest.mark.parametrize("number", [0, 1, 2])
def test_snooze_is_asked_for_each_rule_that_is_active(page: AlertsPage, number: int) -> None:
    page.show_snapshot(shown(alerts=(BUDGET, LOST)))
    spy = QSignalSpy(page.command)
    page.bar.buttons[number].click()
    span = ("1800", "3600", "day")[number]
    assert asked(spy) == [(commands.SNOOZE, ("budget", span)), (commands.SNOOZE, ("source-lost", span))]


def test_snoozed_rule_says_until_when_and_can_be_woken(page: AlertsPage) -> None:
    page.show_snapshot(shown(snoozed=(("budget", samples.NOW + 3_600_000),)))
    row = page.rows.rows()["budget"]
    assert "snoozed until" in row.switch.accessibleDescription()
    spy = QSignalSpy(page.command)
    row.wake.click()
    assert asked(spy) == [(commands.SNOOZE, ("budget", ""))]


def test_switch_turns_a_rule_off_and_on(page: AlertsPage) -> None:
    page.show_snapshot(shown())
    spy = QSignalSpy(page.command)
    page.rows.rows()["runaway"].switch.click()
    ((name, settings),) = asked(spy)
    assert (name, settings.alerts_off) == (commands.SETTINGS, ("runaway",))
    page.show_settings(settings)
    assert not page.rows.rows()["runaway"].line().on
    page.rows.rows()["runaway"].switch.click()
    assert asked(spy)[-1][1].alerts_off == ()


def test_quiet_hours_are_chosen_and_own_ones_are_shown(page: AlertsPage) -> None:
    spy = QSignalSpy(page.command)
    page.quiet.chosen.emit("1320-420")
    assert asked(spy)[0][1].quiet == (22 * 60, 7 * 60)
    page.show_settings(Settings(quiet=(605, 700)))
    assert page.quiet.text() == "Quiet hours: 10:05–11:40"
    page.quiet.chosen.emit("")
    assert asked(spy)[-1][1].quiet is None


def test_history_is_day_by_day_with_what_is_new(page: AlertsPage) -> None:
    old = PastAlert(replace(LOST, at=samples.NOW - 3 * DAY), ended=samples.NOW, told=True, read=True)
    page.show_snapshot(shown(PastAlert(BUDGET, told=True), old))
    first, second = page.list.entries()
    assert first.accessibleName().startswith("New: 80% of the June budget used")
    assert "Over at" in second.accessibleName()
    assert page.read.isVisible()


def test_link_of_an_entry_does_its_first_action(page: AlertsPage) -> None:
    page.show_snapshot(shown(PastAlert(BUDGET)))
    spy = QSignalSpy(page.command)
    (entry,) = page.list.entries()
    assert entry.link is not None
    entry.link.click()
    assert asked(spy) == [(commands.ACT, ("open", "spend"))]


RUNAWAY = Alert(
    "fan-out/codex/s1/0",
    "fan-out",
    "atlas-api: 40 sub-agents run",
    "Started within ten minutes.",
    at=samples.NOW,
    replaces="fan-out/codex/s1",
    actions=(Action("go", "Go to terminal", "codex/s1"), Action("mute", "Expected, mute this", "fan-out/codex/s1")),
)


def test_every_action_of_an_entry_has_a_link(page: AlertsPage) -> None:
    page.show_snapshot(shown(PastAlert(RUNAWAY)))
    spy = QSignalSpy(page.command)
    (entry,) = page.list.entries()
    assert [link.text() for link in entry.links] == ["Go to terminal", "Mute"]
    settle()
    assert entry.links[1].geometry().bottom() < entry.height()
    assert not entry.links[0].geometry().intersects(entry.links[1].geometry())
    for link in entry.links:
        link.click()
    assert asked(spy) == [(commands.ACT, ("go", "codex/s1")), (commands.ACT, ("mute", "fan-out/codex/s1"))]


def test_what_is_muted_is_said_and_can_be_told_again(page: AlertsPage) -> None:
    page.show_snapshot(shown(PastAlert(RUNAWAY)))
    page.show_snapshot(shown(PastAlert(RUNAWAY), snoozed=(("fan-out/codex/s1", 2**50),)))
    (entry,) = page.list.entries()
    assert "Muted." in entry.accessibleName()
    assert entry.links[1].text() == "Unmute"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (AlertCounts(), "History"),
        (AlertCounts(begun=7), "History 7 this month"),
        (AlertCounts(begun=7, muted=2), "History 7 this month, 2 muted"),
    ],
)
def test_history_says_how_many_alerts_and_mutes_the_month_had(
    page: AlertsPage, counts: AlertCounts, said: str
) -> None:
    page.show_snapshot(shown(alert_counts=counts))
    assert page.list_head.accessibleName() == said


def test_marking_read_and_a_test_are_asked_for(page: AlertsPage) -> None:
    page.show_snapshot(shown(PastAlert(BUDGET)))
    spy = QSignalSpy(page.command)
    page.read.click()
    page.test.click()
    page.notifications.click()
    assert [name for name, _ in asked(spy)] == [commands.READ, commands.TEST, commands.SETTINGS]


def test_desktop_without_notifications_is_said(page: AlertsPage) -> None:
    health = (Health("notifications", HealthState.DEGRADED, "Notifications cannot be shown: nobody answers."),)
    page.show_snapshot(replace(shown(), health=health))
    assert page.state.text() == health[0].reason


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_text_is_never_markup(page: AlertsPage, text: str) -> None:
    alert = Alert("k", "budget", text, text * 20, Urgency.CRITICAL, samples.NOW, actions=(Action("go", text, text),))
    page.show_snapshot(shown(PastAlert(alert), alerts=(alert,)))
    settle()
    assert markup(page) == []


def test_everything_the_keyboard_reaches_is_spoken(page: AlertsPage) -> None:
    page.show_snapshot(shown(PastAlert(BUDGET), alerts=(BUDGET,)))
    settle()
    assert unspoken(page) == []


@pytest.mark.parametrize("width", [480, 760, 1600])
def test_page_fits_narrow_and_wide(page: AlertsPage, width: int) -> None:
    many = tuple(PastAlert(replace(BUDGET, key=str(number), at=samples.NOW - number * DAY)) for number in range(80))
    page.show_snapshot(shown(*many, alerts=(BUDGET,) * 12))
    page.resize(width, 700)
    settle()
    assert len(page.list.entries()) == 40
    assert page.minimumSizeHint().width() <= 720


def test_hidden_money_is_not_in_the_rows(page: AlertsPage) -> None:
    page.look.hide(True)
    page.show_snapshot(shown())
    assert all(row.line().stand == "" for row in page.rows.rows().values())


def test_history_on_a_narrow_page_keeps_every_line(page: AlertsPage) -> None:
    body = "Most: infra-tf (Gemini CLI), $2.40 in the last hour. At this pace the budget of $450 lasts 50 hours."
    actions = (Action("Go to the terminal", "go", "x"),)
    past = tuple(
        PastAlert(
            Alert(f"runaway/{number}", "runaway", "Spending $4.59 an hour", body, at=samples.NOW, actions=actions)
        )
        for number in range(12)
    )
    page.show_snapshot(replace(samples.usual(), past_alerts=past))
    page.resize(640, 500)
    settle()
    entries = page.list.entries()
    assert len(entries) == 12
    assert all(entry.minimumHeight() >= entry.heightForWidth(entry.width()) for entry in entries)
    assert page.minimumSizeHint().height() > 12 * page.look.px(47)
