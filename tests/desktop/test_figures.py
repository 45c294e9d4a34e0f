"""What agents do is on the screen: the same figures in the tooltip, the panel, the window and the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.agent import Claude
from tests.desktop.conftest import App, Desktop, until


@pytest.fixture
def claude(corpus_home: Path) -> Iterator[Claude]:
    made = Claude.start(corpus_home)
    yield made
    made.end()


def month_in(text: str) -> str:
    """``$12.34`` of ``November $12.34 ...``"""
    found = re.search(
        r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\D*(\$[\d,.k]+)",
        text,
    )
    return found[1] if found else ""


def requests(app: App) -> int:
    return int(json.loads(app.command("report", "--json"))["totals"]["requests"])


def spent(app: App) -> float:
    return float(app.status()["month"]["spent_usd"])


@pytest.mark.session("--a11y")
def test_an_appended_line_changes_every_face_to_the_same_figures(
    desktop: Desktop, corpus_home: Path, claude: Claude
) -> None:
    claude.registered("busy")
    claude.answers(10)
    with desktop.app(corpus_home) as app:
        app.wait_for_icon()
        until(lambda: "1 working" in desktop.tooltip(), "one agent at work")
        truth = json.loads((corpus_home / "truth.json").read_text())["agents"]
        logged = sum(agent["events"] for agent in truth.values()) + 1
        until(lambda: requests(app) == logged, f"{logged} requests imported")
        before = spent(app)
        desktop.tray("activate", "tokenwatch")
        for _ in range(4):
            claude.answers(400_000, fresh=1_000_000)  # 5 + 10 dollars
        after = until(lambda: spent(app) > before + 59 and spent(app), "the spending of four responses")
        assert after == pytest.approx(before + 4 * 15, abs=0.05)
        shown = f"${after:,.2f}" if after < 1000 else f"${after:,.0f}"
        until(lambda: shown in desktop.tooltip(), f"{shown} in the tooltip")
        # The panel and the window stand open; each tells the month by itself.
        until(lambda: sum(shown in name for name in desktop.names()) >= 2, f"{shown} in panel and window")
        rate = app.status()["rate"]["tokens_per_min"]["5m"]
        assert rate > 1_000_000
        assert "M tokens/min" in desktop.tooltip()


def test_the_icon_tells_busy_waiting_and_idle_apart(desktop: Desktop, corpus_home: Path, claude: Claude) -> None:
    claude.registered("busy")
    with desktop.app(corpus_home) as app:
        app.wait_for_icon()
        icons = {}
        for status, words in (("busy", "1 working"), ("waiting", "1 waiting"), ("idle", "1 idle")):
            claude.registered(status, **({"waitingFor": "permission prompt"} if status == "waiting" else {}))
            until(lambda words=words: words in desktop.tooltip(), words)
            # The icon follows within a second.
            until(
                lambda status=status: desktop.icon(status) not in icons.values(), f"an icon of its own for {status}"
            )
            icons[status] = desktop.icon(status)
            session = next(entry for entry in app.status()["sessions"] if entry["pid"] == claude.process.pid)
            assert (session["confidence"], session["project"]) == ("exact", "atlas-api")
        claude.end()
        until(lambda: "no agents" in desktop.tooltip().lower() or "0 working" in desktop.tooltip(), "nobody left")


def test_passing_a_part_of_the_budget_is_told_once_also_after_a_restart(desktop: Desktop, home: Path) -> None:
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("budget_month_usd = 100\n")
    claude = Claude.start(home)
    try:
        claude.registered("busy")
        claude.answers(10)
        with desktop.app(home) as app:
            app.wait_for_icon()
            until(lambda: app.status()["month"]["spent_usd"] > 0, "the first response")
            assert desktop.notes() == []
            claude.answers(2_800_000, fresh=2_400_000)  # 70 + 12 dollars: past 50 and 80 percent at once
            note = until(desktop.notes, "a notification")[0]
            assert "80%" in note["summary"] and "$82." in note["body"]
            claude.answers(10)
            until(lambda: app.status()["sessions"][0]["tokens"]["output"] == 2_800_020, "another response")
            assert len(desktop.notes()) == 1
        with desktop.app(home) as app:
            app.wait_for_icon()
            claude.answers(10)
            until(lambda: app.status()["sessions"][0]["tokens"]["output"] == 2_800_030, "another response")
            assert len(desktop.notes()) == 1
    finally:
        claude.end()


def test_a_first_import_is_silent(desktop: Desktop, corpus_home: Path) -> None:
    settings = corpus_home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("budget_month_usd = 1\n")
    with desktop.app(corpus_home) as app:
        app.wait_for_icon()
        until(lambda: spent(app) > 1 and "$" in desktop.tooltip(), "the month over its budget")
        until(lambda: month_in(desktop.tooltip()), "the month in the tooltip")
        assert desktop.notes() == []
