"""One month, one set of figures: tray, panel, window, export, ``status --json`` and ``report --json`` say the same.

The logs, the ledger, the commands and the widgets are the real ones; only the screen is not.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtTest import QSignalSpy

from tests.cli.test_money_commands import line
from tests.gui.faces import parts
from tests.pinned_clock import PinnedClock, command_at
from tokenwatch.base.clock import to_ms
from tokenwatch.base.currency import numerals
from tokenwatch.base.format import money, money_forecast, money_range, money_set
from tokenwatch.base.money import json_dollars
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings_reading import load
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.engine.look_once import snapshot
from tokenwatch.gui.panel import GlancePanel
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.window import DetailWindow
from tokenwatch.gui.words import menu_lines, tooltip

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.now(UTC)
CLOCK = PinnedClock(to_ms(NOW))
"""Each face and command looks for itself; for all of them it is the same moment."""

SETTINGS = """
budget_month_usd = 300
timezone = "UTC"

[[plan]]
agent = "codex"
name = "ChatGPT Plus"
fee_month = 20
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty days of Claude Code, metered, and a plan for Codex."""
    home = tmp_path_factory.mktemp("month")
    at = NOW - timedelta(seconds=2)  # never in the future, at any time of the day
    lines = [line(n, at - timedelta(days=n), "claude-opus-4-5", 150_000 + 9_000 * (n % 5)) for n in range(40)]
    log = home / ".claude" / "projects" / "-acme" / "5e551011-0000-4000-8000-000000000001.jsonl"
    log.parent.mkdir(parents=True)
    log.write_text("\n".join(lines) + "\n")
    settings = home / ".config" / "tokenwatch" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS)
    return home


def command(home: Path, *arguments: str) -> Any:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TZ": "UTC", "LANG": "C.UTF-8"}
    done = subprocess.run(
        command_at(CLOCK.now(), *arguments, "--json"),
        capture_output=True, text=True, cwd=ROOT, env=environment, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def taken(home: Path) -> Snapshot:
    paths = Paths.below(home, TZ="UTC")
    settings, mistakes = load(paths.settings)
    assert mistakes == ()
    return snapshot(paths, CLOCK, settings)


@pytest.fixture
def faces(
    qtbot, home: Path, taken: Snapshot
) -> Iterator[tuple[tuple[str, str], str, list[str], QSignalSpy, DetailWindow]]:
    """The tray's words, the panel's and the window's figures, and what the window exports."""
    settings, _ = load(Paths.below(home).settings)
    theme, english = Theme("light"), QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    said = tooltip(taken, UTC, english, settings), "\n".join(menu_lines(taken, UTC, english, settings))
    panel, window = GlancePanel(theme, zone=UTC, locale=english), DetailWindow(theme, zone=UTC, locale=english)
    for face in (panel, window):
        qtbot.addWidget(face)
        face.show_settings(settings)
        face.show_snapshot(taken)
        face.show()
    window.show_panel("spend")
    page = window.page("spend")
    spy = QSignalSpy(page.export_wanted)
    yield (
        said,
        " ".join(f"{part.accessibleName()} {part.accessibleDescription()}" for part in parts(panel)),
        [cell.value for cell in page.headlines.cells()],
        spy,
        window,
    )


def test_every_face_tells_the_same_month(home: Path, taken: Snapshot, faces) -> None:
    said, panel, window, spy, whole = faces
    month = taken.figures.month
    assert month is not None
    assert month.fees == 20 * 10**9 and month.metered > 0
    english = numerals(load(Paths.below(home).settings)[0])
    spent, budget = money(month.spent, english), money_set(month.budget or 0, english)
    middle = money_forecast(month.forecast.p50 or 0, english)
    wide = money_range(month.forecast.p10 or 0, month.forecast.p90 or 0, english)
    tip, menu = said
    for figure in (spent, budget, middle, wide):
        assert figure in tip
        assert figure in menu
    # Panel and window.
    for figure in (spent, budget, middle, wide.replace("–", " to ")):  # as it is spoken
        assert figure in panel
    assert window == [spent, middle, budget, window[3]]
    # The command line.
    told = command(home, "status")["month"]
    assert told["spent_usd"] == json_dollars(month.spent)
    assert told["fees_usd"] == json_dollars(month.fees)
    assert told["metered_usd"] == json_dollars(month.metered)
    assert told["list_value_usd"] == json_dollars(month.listed)
    assert told["budget_usd"] == 300.0
    assert told["chance_over_budget"] == month.forecast.chance_over_budget
    projected = {name: json_dollars(getattr(month.forecast, name) or 0) for name in ("p10", "p50", "p90")}
    assert told["projected_usd"] == projected
    report = command(home, "report", "--since", month.first.isoformat())
    assert report["totals"]["cost_usd"] == told["list_value_usd"]
    assert report["totals"]["tokens"]["total"] == month.tokens
    forecast = command(home, "forecast")
    assert {name: forecast["projected_usd"][name] for name in projected} == projected
    # The export, in both forms.
    page = whole.page("spend")
    for action in page.export_menu().actions():
        action.trigger()
    rows = list(csv.DictReader(io.StringIO(spy.at(0)[1])))
    assert sum(Decimal(row["paid_usd"]) for row in rows) == Decimal(month.spent) / 10**9
    assert sum(Decimal(row["list_value_usd"] or 0) for row in rows) == Decimal(month.listed) / 10**9
    exported = json.loads(spy.at(1)[1])["month"]
    assert exported["projected_usd"] == projected
    shared = set(told) & set(exported)
    assert {name: exported[name] for name in shared} == {name: told[name] for name in shared}
    assert set(exported) >= {"spent_usd", "fees_usd", "metered_usd", "list_value_usd", "projected_usd", "budget_usd"}
