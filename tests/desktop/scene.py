"""A scripted scene: ten agents of five kinds start, spawn, wait, crash and are killed; every face counts along.

Run by test_scene.py, where it can be among processes of its own: agents of other people would be counted, too.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.desktop.cast import Cast
from tests.desktop.conftest import App, Desktop, until
from tokenwatch.base.snapshot import AgentCounts
from tokenwatch.gui.words import counts_words
from tokenwatch.live.processes import Processes, Role
from tokenwatch.readers.protocol import readers

pytestmark = pytest.mark.skipif(os.name != "posix", reason="programs are made from the system's own sleep")

A, B, H = (f"9d6f2c1a-0000-4000-8000-00000000000{letter}" for letter in "abc")
NESTED = "9d6f2c1a-0000-4000-8000-00000000000d"
C, G = (f"0190aaaa-0000-7000-8000-00000000000{number}" for number in "12")


@pytest.fixture
def cast(home: Path) -> Iterator[Cast]:
    others = [one for one in Processes([reader.agent for reader in readers().values()])() if one.role is Role.SESSION]
    if others:
        pytest.skip(f"{len(others)} agents run on this computer that are not of this scene")
    made = Cast(home)
    yield made
    made.close()


@dataclass
class Faces:
    """Icon, tooltip, panel, window and command line of the running program."""

    desktop: Desktop
    app: App
    icons: dict[tuple[int, bool], bytes] = field(default_factory=dict)

    def say(self, working: int = 0, waiting: int = 0, idle: int = 0, subs: int = 0) -> None:
        """Every face says this, and the icon is the one of these numbers and of no others."""
        expected = AgentCounts(working + waiting + idle, working, waiting, idle, subs)
        told = {"open": expected.open, "working": working, "waiting": waiting, "idle": idle, "sub_agents": subs}
        seen: list[object] = []

        def agreed() -> bool:
            seen[:] = [self.app.status()["agents"]]
            return seen == [told]

        try:
            until(agreed, f"{told} in status --json")
        except pytest.fail.Exception:
            print(f"status --json says {seen}")
            raise
        words = counts_words(expected)
        until(lambda: words.lower() in self.desktop.tooltip().lower(), f"{words} in the tooltip")
        until(lambda: self.shown(expected) >= 2, f"{expected} in panel and window")
        key = (min(10, working), waiting > 0)
        others = [icon for other, icon in self.icons.items() if other != key]
        if key in self.icons:
            until(lambda: self.desktop.icon("now") == self.icons[key], f"the icon of {key}")
        else:
            until(lambda: self.desktop.icon("now") not in others, f"an icon of its own for {key}")
            self.icons[key] = self.desktop.icon("now")

    def shown(self, expected: AgentCounts) -> int:
        """In how many places of panel and window these counts stand, as assistive technology reads them."""
        names = [name.lower() for name in self.desktop.names()]
        words = counts_words(expected).lower()
        brief = counts_words(expected, brief=True).lower()
        subs = f"{expected.sub_agents} sub-agent" if expected.sub_agents else ""
        return sum((words in name or brief in name) and subs in name for name in names)


@pytest.mark.session("--a11y")
def test_every_face_counts_along(desktop: Desktop, home: Path, cast: Cast) -> None:
    with desktop.app(home) as app:
        app.wait_for_icon()
        desktop.tray("activate", "tokenwatch")
        faces = Faces(desktop, app)
        faces.say()

        # A Claude Code at work.
        a = cast.script("claude")
        cast.registered(a.pid, A, "busy")
        cast.transcript(A, "user")
        faces.say(working=1)

        # Another one that rests, and a Codex in a turn, which with the script that launched it is one.
        b = cast.program("claude", project="web")
        cast.registered(b.pid, B, "idle", project="web")
        codex, c = cast.launcher("codex", project="api")
        cast.rollout(C, "task_started")
        faces.say(working=2, idle=1)

        # Gemini CLI, opencode and aider, of which nothing but a process is known yet.
        gemini, _ = cast.launcher("gemini", project="docs")
        opencode = cast.program("opencode", project="site")
        aider = cast.script("aider", project="lib")
        faces.say(working=2, idle=4)

        # Two sub-agents, of which one finishes.
        for name in ("a1", "a2"):
            cast.transcript(A, "user", agent=name)
        faces.say(working=2, idle=4, subs=2)
        cast.transcript(A, "assistant", agent="a1", stop="end_turn")
        faces.say(working=2, idle=4, subs=1)

        # A person is asked, and answers.
        cast.registered(b.pid, B, "waiting", project="web", waitingFor="permission prompt")
        faces.say(working=2, waiting=1, idle=3, subs=1)
        (asking,) = [row for row in app.status()["sessions"] if row["state"] == "waiting"]
        assert (asking["session"], asking["waiting_for"], asking["confidence"]) == (B, "permission prompt", "exact")
        cast.registered(b.pid, B, "busy", project="web")
        faces.say(working=3, idle=3, subs=1)

        # A session starts another one as a program of its own: a sub-agent, not one more agent.
        nested = cast.nest(a)
        cast.registered(nested, NESTED, "busy")
        faces.say(working=3, idle=3, subs=2)
        os.kill(nested, signal.SIGKILL)
        faces.say(working=3, idle=3, subs=1)

        # Four more, so that ten run; the second Codex finished its turn.
        second = cast.program("codex", project="cli")
        cast.rollout(G, "task_started", "task_complete", project="cli")
        third = cast.program("claude", project="ops")
        cast.registered(third.pid, H, "busy", project="ops")
        cast.program("gemini", project="ml")
        cast.program("opencode", project="tools")
        faces.say(working=4, idle=6, subs=1)

        # One is killed in its turn, another one's pid is used again while its file still claims the old one.
        os.kill(c, signal.SIGKILL)
        cast.end(codex)
        faces.say(working=3, idle=6, subs=1)
        claimed, old = b.pid, cast.home / ".claude" / "sessions" / f"{b.pid}.json"
        cast.end(b)
        again = cast.with_pid(claimed, lambda: cast.program("claude", project="elsewhere"))
        if again is None:  # the system gives pids as it likes; then only the file of a dead process is left
            faces.say(working=2, idle=6, subs=1)
        else:
            assert old.exists()
            faces.say(working=2, idle=7, subs=1)
            (other,) = [row for row in app.status()["sessions"] if row["pid"] == claimed]
            assert (other["session"], other["state"]) == ("", "starting")

        # Everybody goes.
        for process in (second, third, gemini, opencode, aider, a):
            cast.end(process)
        cast.close()
        faces.say()
