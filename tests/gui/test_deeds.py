"""What an alert's action leads to, whether it was chosen on a notification or in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.alerts.rule import FIX, GO, MUTE, OPEN
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Snapshot
from tokenwatch.gui.deeds import Deeds


class Noted:
    """Stands for bridge, surfaces and notifier: keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *given: self.asked.append((name, *given))


class Desk:
    def __init__(self, paths: Paths) -> None:
        self.noted = Noted()
        self.snapshot: Snapshot | None = samples.usual()
        noted: Any = self.noted
        self.deeds = Deeds(noted, noted, noted, paths, Settings, lambda: self.snapshot)
        self.work: list[Callable[[], None]] = []
        self.told: list[str] = []
        self.deeds.file_work.connect(self.work.append)
        self.deeds.told.connect(self.told.append)


@pytest.fixture
def desk(qapp, tmp_path) -> Desk:
    return Desk(Paths.below(tmp_path))


def test_mute_holds_one_thing_back_for_good_and_again_lets_it_be_told(desk: Desk) -> None:
    desk.deeds.act(MUTE, "fan-out/codex/s1")
    assert desk.snapshot is not None
    desk.snapshot = replace(desk.snapshot, snoozed=(("fan-out/codex/s1", 2**50),))
    desk.deeds.act(MUTE, "fan-out/codex/s1")
    assert desk.noted.asked == [
        ("snooze", "fan-out/codex/s1", "always"),
        ("snooze", "fan-out/codex/s1", ""),
    ]


def test_go_leads_to_the_terminal_of_the_session(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.snapshot is not None
    row = next(one for one in desk.snapshot.figures.sessions if one.pid is not None)
    gone: list[int] = []
    monkeypatch.setattr("tokenwatch.system.terminal.go_to", lambda pid, *_: gone.append(pid) or "It cannot be.")
    desk.deeds.act(GO, f"{row.agent}/{row.session}")
    (work,) = desk.work
    work()
    assert (gone, desk.told, desk.noted.asked) == ([row.pid], ["It cannot be."], [])


@pytest.mark.parametrize("value", ["codex/nobody", ""])
def test_go_to_one_that_has_ended_opens_the_page_of_sessions(desk: Desk, value: str) -> None:
    desk.deeds.act(GO, value)
    desk.snapshot = None
    desk.deeds.act(GO, value)
    assert desk.noted.asked == [("open_window", "live")] * 2


@pytest.mark.parametrize(
    ("verb", "value", "asked"), [(OPEN, "spend", "spend"), (FIX, "codex", "live"), ("nonsense", "", "alerts")]
)
def test_other_actions_open_a_page(desk: Desk, verb: str, value: str, asked: str) -> None:
    desk.deeds.act(verb, value)
    assert desk.noted.asked == [("open_window", asked)]
