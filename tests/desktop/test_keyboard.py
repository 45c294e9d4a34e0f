"""Everything with the keyboard alone, in a real desktop, as assistive technology hears it. The demo is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.conftest import SYSTEM_PYTHON, Desktop, until

pytestmark = pytest.mark.session("--a11y", "--size", "1280x900")


def tree(desktop: Desktop) -> list[dict[str, Any]]:
    script = Path(__file__).with_name("read_tree.py")
    return list(json.loads(desktop.run(SYSTEM_PYTHON, script, "tokenwatch")))


def focused(desktop: Desktop) -> dict[str, Any]:
    """What has the keyboard. Of a table or list Qt also calls the current cell focused, wherever the keyboard is."""
    found = [node for node in tree(desktop) if node["focused"] and node["showing"]]
    widgets = [node for node in found if node["role"] not in {"table cell", "list item", "tree item"}]
    return next(iter([*widgets, *found]), {"role": "", "name": ""})


def press(desktop: Desktop, *keys: str) -> None:
    desktop.run("xdotool", "key", "--delay", "40", *keys)


def shown(desktop: Desktop, words: str) -> bool:
    return any(words in node["name"] + node["description"] for node in tree(desktop) if node["showing"])


def test_a_walk_through_everything(desktop: Desktop, home: Path) -> None:
    with desktop.app(home, "demo") as app:
        app.wait_for_icon()
        until(lambda: shown(desktop, "Running agents"), "the window with its agents")
        # Every page by its number, and what only it has.
        pages = {
            2: "Tokens per day",
            3: "What the tokens were used for",
            4: "Limits of",
            5: "What if",
            6: "History",
            1: "Last hour:",
        }
        for number, words in pages.items():
            press(desktop, f"ctrl+{number}")
            until(lambda words=words: shown(desktop, words), f"page {number} with {words}")
        # Once round the page with Tab: every stop has a name, and the parts come in the order of the design.
        names: list[str] = []
        for _ in range(40):
            press(desktop, "Tab")
            here = focused(desktop)
            assert here["name"], f"a stop without a name: {here}, after {names}"
            if here["name"] in names[:1]:
                break
            names.append(here["name"])
        else:
            pytest.fail(f"Tab never comes back: {names}")
        spoken = " | ".join(names)
        order = ["Agents: ", "Last hour"]
        places = [next((n for n, name in enumerate(names) if part in name), -1) for part in order]
        assert -1 not in places, spoken
        # Keys of the window.
        press(desktop, "ctrl+p")
        until(lambda: shown(desktop, "Paused since"), "the pause")
        press(desktop, "ctrl+p")
        until(lambda: not shown(desktop, "Paused since"), "its end")
        press(desktop, "ctrl+h")
        until(lambda: shown(desktop, "Project 1"), "hidden names")
        press(desktop, "ctrl+h")
        until(lambda: not shown(desktop, "Project 1"), "names again")
        press(desktop, "ctrl+3", "ctrl+f")
        until(lambda: focused(desktop)["name"] == "Find", "the search field")
        desktop.run("xdotool", "type", "site")
        until(lambda: shown(desktop, "1 project"), "one project found")
        # The settings, and back.
        press(desktop, "Escape", "ctrl+comma")
        until(lambda: shown(desktop, "Monthly budget"), "the settings")
        press(desktop, "Escape")
        until(lambda: not any("Settings" in name for name in desktop.windows()), "the settings closed")
        press(desktop, "Escape")
        until(lambda: not desktop.windows(), "the window closed to the tray")


def test_the_panel_by_keyboard(desktop: Desktop, home: Path) -> None:
    with desktop.app(home, "demo") as app:
        app.wait_for_icon()
        until(desktop.windows, "the window")
        press(desktop, "Escape")
        until(lambda: not desktop.windows(), "the window closed")
        desktop.tray("activate", "tokenwatch")
        until(lambda: shown(desktop, "Running agents"), "the panel")
        stops = []
        for _ in range(12):
            press(desktop, "Tab")
            stops.append(focused(desktop)["name"])
        assert all(stops), stops
        assert {"Running agents", "Limits", "Open window", "Pause", "Snooze", "Settings"} <= set(stops), stops
        press(desktop, "Escape")
        until(lambda: not desktop.windows(), "the panel closed")


def _says_all(name: str) -> bool:
    return all(part in name for part in ("infra-tf, Gemini CLI", "working", "tokens a minute", "$"))


def test_what_assistive_technology_hears(desktop: Desktop, home: Path) -> None:
    with desktop.app(home, "demo") as app:
        app.wait_for_icon()
        until(lambda: shown(desktop, "Running agents"), "the window")
        # The list comes with the first look at processes, and a row's figures as the story goes on.
        until(lambda: any(_says_all(node["name"]) for node in tree(desktop)), "a row that says all")
        found = tree(desktop)
        nameless = [node for node in found if node["focusable"] and node["showing"] and not node["name"]]
        assert nameless == [], nameless[:5]
        assert any(node["name"].startswith("Last hour: at most") for node in found)
        # The navigation: one of several that is chosen, and commands.
        roles = {node["name"]: node["role"] for node in found if node["showing"]}
        assert {roles["Spend"], roles["Breakdown"]} == {"check box"}
        assert {roles["Settings"], roles["Pause"]} == {"push button"}
        assert roles["Running agents"] == "tree"
