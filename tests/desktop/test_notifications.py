"""Every kind of message about money, as the desktop's own daemons show it, and what its buttons do."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cli.test_money_commands import line
from tests.desktop.agent import Claude
from tests.desktop.conftest import SYSTEM_PYTHON, Desktop, until
from tests.pinned_clock import program_in_a_hurry
from tokenwatch.alerts.rules import budget, day, forecast, price_missing, runaway, source_lost
from tokenwatch.base.clock import to_ms
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Alert, BudgetUse, Burn, Figures, Forecast, ForecastState, Month, Usual
from tokenwatch.gui.notify_freedesktop import FreedesktopService
from tokenwatch.gui.notify_service import actions_of, chosen_action
from tokenwatch.gui.pacing import Notification

SETTINGS = Settings(budget=450 * NANO)
OUTLOOK = Forecast(ForecastState.NORMAL, p10=441 * NANO, p50=478 * NANO, p90=522 * NANO)


def figures(spent: int, **fields: object) -> Figures:
    first, last = date(2026, 6, 1), date(2026, 6, 30)
    month = Month("2026-06", first, last, date(2026, 6, 18), spent=spent * NANO, forecast=OUTLOOK)
    return Figures(at=1, month=replace(month, **fields))


def kinds() -> dict[str, Alert]:
    """Each kind of message as its rule makes it."""
    usual = {"usual": Usual(13 * NANO, 20 * NANO), "spent_today": 25_100_000_000}
    use = BudgetUse(
        "w", 50 * NANO, 41 * NANO, "week", "2026-W25", date(2026, 6, 15), date(2026, 6, 21), thresholds=(80,)
    )
    burning = replace(figures(100), burn=Burn(15 * NANO, 15 * NANO, 15 * NANO, 15 * NANO, ("codex", "s"), 9 * NANO))
    lost = Health("codex", HealthState.FAILING, "Permission denied <b>&amp;</b>.")
    return {
        "half": budget.RULE.check(figures(230), SETTINGS)[-1],
        "eighty": budget.RULE.check(figures(365), SETTINGS)[-1],
        "used up": budget.RULE.check(figures(451), SETTINGS)[-1],
        "week": budget.RULE.check(replace(figures(1), budgets=(use,)), SETTINGS)[-1],
        "projection": forecast.RULE.check(figures(300), SETTINGS)[-1],
        "dear day": day.RULE.check(figures(300, **usual), SETTINGS)[-1],
        "runaway": runaway.RULE.check(burning, SETTINGS)[-1],
        "price": price_missing.RULE.check(replace(figures(1), unpriced=(("new-model", 9),)), SETTINGS)[-1],
        "source": source_lost.RULE.check(replace(figures(1), lost=(lost,)), SETTINGS)[-1],
    }


@dataclass
class Talking:
    """Our service, speaking to the session's daemon."""

    service: FreedesktopService
    chosen: list[tuple[Alert, str]] = field(default_factory=list)
    health: list[Health] = field(default_factory=list)

    def show(self, alert: Alert, slot: str) -> None:
        self.service.show(Notification(alert, slot, replaces=False))


@pytest.fixture
def answering(desktop: Desktop) -> None:
    """The daemon, which may be slow to start, answers."""
    name, path = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
    desktop.run("gdbus", "call", "--session", "-d", name, "-o", path, "-m", f"{name}.GetServerInformation")


@pytest.fixture
def talking(desktop: Desktop) -> Iterator[Talking]:
    made = Talking(FreedesktopService(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]))
    made.service.start(lambda alert, key: made.chosen.append((alert, key)), made.health.append)
    yield made
    made.service.stop()


def test_dunst_shows_every_kind_and_every_action_comes_back(desktop: Desktop, talking: Talking) -> None:
    for name, alert in kinds().items():
        for number, (key, action) in enumerate(actions_of(alert)):
            before = len(desktop.notes())
            talking.show(alert, f"{name} {number}")
            until(lambda before=before: len(desktop.notes()) > before, name)
            note = max(desktop.notes(), key=lambda one: one["id"])
            assert note["summary"] == alert.title
            assert "<b>" not in note["body"]
            until(lambda: everything_is_displayed(desktop), f"{name} on the screen")  # the answer comes before that
            desktop.run("notifications", "invoke", key, str(note["id"]))
            until(lambda number=number, name=name: talking.chosen, f"{name}: {action.words}")
            about, chosen = talking.chosen.pop()
            assert about == alert
            assert chosen_action(about, chosen) == action


def everything_is_displayed(desktop: Desktop) -> bool:
    displayed = int(desktop.run("dunstctl", "count", "displayed"))
    return displayed >= sum(note["closed"] is None for note in desktop.notes())


@pytest.mark.session("--notifier", "xfce4-notifyd")
def test_xfce_shows_every_kind_with_its_words_and_buttons(
    desktop: Desktop, answering: None, talking: Talking
) -> None:
    for name, alert in kinds().items():
        before = len(desktop.notes())
        talking.show(alert, name)
        until(lambda before=before: len(desktop.notes()) > before, name)
        note = max(desktop.notes(), key=lambda one: one["id"])
        assert note["summary"] == alert.title
        assert list(note["actions"].values()) == [action.words for _, action in actions_of(alert)]
    assert talking.health == [Health("notifications")]


@pytest.mark.session("--notifier", "xfce4-notifyd", "--a11y")
def test_xfce_s_buttons_of_every_kind_can_be_pressed(desktop: Desktop, talking: Talking) -> None:
    for name, alert in kinds().items():
        for number, (_, action) in enumerate(actions_of(alert)):
            talking.show(alert, f"{name} {number}")
            press(desktop, action.words)
            until(lambda: talking.chosen, f"{name}: {action.words}")
            about, key = talking.chosen.pop()  # of the first button it is the key of a click, which that one is here
            assert about == alert
            assert chosen_action(about, key) == action
            until(lambda: all(note["closed"] is not None for note in desktop.notes()), f"{name} gone")


def press(desktop: Desktop, words: str) -> None:
    """Press a button of the message on the screen with the pointer."""
    script = Path(__file__).with_name("read_tree.py")

    seen: list[list[int]] = []

    def rests() -> bool:
        things = json.loads(desktop.run(SYSTEM_PYTHON, script, "notify"))
        seen[:] = [*seen[-1:], *(one["place"] for one in things if "button" in one["role"] and one["name"] == words)]
        time.sleep(0.3)
        return len(seen) == 2 and seen[0] == seen[1]  # a message slides in

    until(rests, f"the button {words}")
    left, top, wide, tall = seen[-1]
    desktop.run("xdotool", "mousemove", str(left + wide // 2), str(top + tall // 2), "click", "1")


@pytest.mark.session("--notifier", "none")
def test_without_a_daemon_it_is_said_at_once_and_nothing_waits(talking: Talking) -> None:
    begin = time.monotonic()
    for name, alert in kinds().items():
        talking.show(alert, name)
    assert time.monotonic() - begin < 1.0
    until(lambda: talking.health, "the health of notifications")
    assert talking.health[0].state is HealthState.DEGRADED


# In the whole program


@pytest.fixture
def claude(home: Path) -> Iterator[Claude]:
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('budget_month_usd = 100\nalerts_off = ["runaway", "usual-spend"]\n')
    made = Claude.start(home)
    made.registered("busy")
    made.answers(10)
    yield made
    made.end()


def passed(desktop: Desktop, claude: Claude, output: int, words: str) -> str:
    """The id of the message that follows."""
    claude.answers(output)
    until(lambda: any(words in note["summary"] for note in desktop.notes()), words)
    until(lambda: everything_is_displayed(desktop), f"{words} on the screen")
    return str(next(note["id"] for note in desktop.notes() if words in note["summary"]))


def test_half_the_budget_opens_spend(desktop: Desktop, home: Path, claude: Claude) -> None:
    with desktop.app(home, "--background") as app:
        app.wait_for_icon()
        until(lambda: "<1¢" in desktop.tooltip(), "the first response, of which nothing is told")
        note = passed(desktop, claude, 2_400_000, "Half the")
        desktop.run("notifications", "invoke", "default", note)
        until(lambda: any("TokenWatch" in name for name in desktop.windows()), "the window")


def test_reminding_at_ninety_percent_is_kept(desktop: Desktop, home: Path, claude: Claude) -> None:
    with desktop.app(home, "--background") as app:
        app.wait_for_icon()
        until(lambda: "<1¢" in desktop.tooltip(), "the first response, of which nothing is told")
        note = passed(desktop, claude, 3_300_000, "80%")
        desktop.run("notifications", "invoke", "Remind at 90%", note)
        settings = home / ".config" / "tokenwatch" / "settings.toml"
        until(lambda: "90" in settings.read_text(), "90 in the settings")
        assert "thresholds = [50, 80, 90, 100]" in settings.read_text()


@pytest.mark.session("--a11y")
def test_used_up_budget_is_urgent_and_can_be_raised(desktop: Desktop, home: Path, claude: Claude) -> None:
    with desktop.app(home, "--background") as app:
        app.wait_for_icon()
        until(lambda: "<1¢" in desktop.tooltip(), "the first response, of which nothing is told")
        note = passed(desktop, claude, 4_100_000, "used up")
        desktop.run("notifications", "invoke", "Raise budget…", note)
        until(lambda: any("budget" in name.lower() for name in desktop.names()), "the settings")


@pytest.mark.session("--notifier", "none", "--a11y")
def test_without_a_daemon_the_window_counts_and_lists_what_was_told(
    desktop: Desktop, home: Path, claude: Claude
) -> None:
    with desktop.app(home) as app:
        app.wait_for_icon()
        until(lambda: "<1¢" in desktop.tooltip(), "the first response, of which nothing is told")
        claude.answers(2_400_000)
        until(lambda: any("1 new" in name for name in desktop.names()), "the badge")


def test_figures_go_on_while_a_message_stands(desktop: Desktop, home: Path, claude: Claude) -> None:
    """Nothing waits for a person to answer."""
    with desktop.app(home, "--background") as app:
        app.wait_for_icon()
        until(lambda: "<1¢" in desktop.tooltip(), "the first response, of which nothing is told")
        passed(desktop, claude, 4_100_000, "used up")
        claude.answers(1_000_000)
        until(lambda: "$127." in desktop.tooltip(), "the next response in the tooltip")


MIDDAY = datetime(2026, 6, 15, 12, tzinfo=UTC)
HURRY = 240
"""Half an hour passes in seven and a half seconds."""


@pytest.fixture
def heading_over(home: Path) -> Path:
    """A home in which three dollars are spent every day, of seventy for the month."""
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('budget_month_usd = 70\nalerts_off = ["runaway", "usual-spend"]\n')
    log = home / ".claude" / "projects" / "-acme" / "5e551011-0000-4000-8000-000000000001.jsonl"
    log.parent.mkdir(parents=True)
    days = range(60, 0, -1)
    log.write_text(
        "".join(line(day, MIDDAY - timedelta(days=day), "claude-opus-4-5", 120_000) + "\n" for day in days)
    )
    return home


def test_heading_over_the_budget_is_told_once_after_half_an_hour(desktop: Desktop, heading_over: Path) -> None:
    desktop.program = program_in_a_hurry(to_ms(MIDDAY), HURRY)
    with desktop.app(heading_over, "--background") as app:
        begin = time.monotonic()
        app.wait_for_icon()
        until(lambda: "$42." in desktop.tooltip(), "what was spent in June so far")

        def notes() -> list[str]:
            return [note["summary"] for note in desktop.notes()]

        until(notes, "a message")
        assert time.monotonic() - begin > 1800 / HURRY, "the condition has held for half an hour by then"
        (title,) = notes()
        assert title.startswith("June is heading for $")
        (note,) = desktop.notes()
        assert note["body"].startswith("Budget $70, range $")
        until(lambda: everything_is_displayed(desktop), "it on the screen")
        desktop.run("notifications", "invoke", "open:0", str(note["id"]))
        until(lambda: any("TokenWatch" in name for name in desktop.windows()), "the window")
        time.sleep(3600 / HURRY)
        assert notes() == [title], "an hour later nothing more is told"
    with desktop.app(heading_over, "--background") as app:  # it is told of, also after a restart
        app.wait_for_icon()
        time.sleep(2400 / HURRY)
        assert notes() == [title]
