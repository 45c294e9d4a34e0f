"""Which window or pane is brought forward, and what is said where that cannot be."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import pytest

from tokenwatch.system.terminal import above, go_to

ME = os.getpid()
X11 = {"DISPLAY": ":0"}


class Programs:
    """Answers by the beginning of a command line; remembers what was asked."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, words: Sequence[str]) -> str | None:
        line = " ".join(words)
        self.asked.append(line)
        return next((answer for begin, answer in self.answers.items() if line.startswith(begin)), None)


def test_the_chain_begins_with_the_process_and_goes_up() -> None:
    chain = above(ME)
    assert chain[0] == ME
    assert os.getppid() in chain or os.getppid() <= 1
    assert above(2**22 + 1) == []


def test_a_window_of_a_process_above_is_activated() -> None:
    programs = Programs({"xdotool search --onlyvisible --pid " + str(above(ME)[-1]): "77\n78\n", "xdotool": ""})
    assert go_to(ME, X11, "linux", programs) == ""
    assert programs.asked[-1] == "xdotool windowactivate 78"


def test_the_window_manager_is_asked_where_it_knows() -> None:
    programs = Programs({"wmctrl -lp": f"0x01 0 1 host other\n0x02 0 {ME} host mine\n", "wmctrl -ia": ""})
    assert go_to(ME, X11, "linux", programs) == ""
    assert programs.asked[-1] == "wmctrl -ia 0x02"


def test_a_pane_of_tmux_is_selected_and_its_terminal_raised() -> None:
    programs = Programs({"tmux list-panes": f"1 %1 $0\n{ME} %5 $1\n", "tmux list-clients": "", "tmux": ""})
    said = go_to(ME, X11, "linux", programs)
    assert "tmux select-pane -t %5" in programs.asked
    assert said.startswith("Its pane in tmux was selected.")


@pytest.mark.parametrize(
    ("environment", "answers", "words"),
    [
        ({}, {}, "no graphical session"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, {}, "Wayland"),
        (X11, {}, "Install xdotool"),
        (X11, {"xdotool version": "3"}, "No window"),
    ],
)
def test_where_it_cannot_be_that_is_said(environment, answers, words) -> None:
    assert words in go_to(ME, environment, "linux", Programs(answers))


def test_macos_asks_for_permission() -> None:
    assert go_to(ME, {}, "darwin", Programs({"osascript": ""})) == ""
    assert "Accessibility" in go_to(ME, {}, "darwin", Programs({}))


def test_an_agent_that_has_ended() -> None:
    assert go_to(2**22 + 1, X11, "linux", Programs({})) == "The agent has ended."
