"""What events tell of a run that may have got out of hand."""

from __future__ import annotations

import pytest

from tokenwatch.base.session import Activity, Doing
from tokenwatch.live.doing import activity_of, doing_of
from tokenwatch.live.signs import LONGEST_GAP_MS, Run
from tokenwatch.live.states import Turns
from tokenwatch.readers.protocol import TurnEvent, TurnKind

NOW = 1_795_000_000_000
MINUTE = 60_000
K = TurnKind


class Voice:
    """Turns and their signs, fed as the memory feeds them."""

    def __init__(self) -> None:
        self.turns, self.run = Turns(), Run()

    def take(self, kind: TurnKind, minute: float = 0, **more) -> Voice:
        event = TurnEvent(kind, "s", NOW + round(minute * MINUTE), **more)
        in_turn = self.turns.phase.value == "open"
        assert self.turns.take(event, NOW + 10**9)
        self.run.take(event, event.time, in_turn)
        return self

    def at(self, minute: float = 0, spawned=(), depth: int = 0):
        in_turn = self.turns.phase.value == "open"
        return self.run.signs(NOW + round(minute * MINUTE), in_turn, spawned, depth)


def test_the_same_call_in_a_row_is_counted_until_another_comes() -> None:
    voice = Voice()
    for number in range(5):
        voice.take(K.TOOL_OPEN, ref=str(number), tool="Bash", call=7).take(K.TOOL_CLOSED, ref=str(number))
    assert voice.at().repeated == 5
    assert voice.take(K.TOOL_OPEN, ref="x", tool="Bash", call=8).at().repeated == 1


def test_a_persons_words_begin_the_count_again() -> None:
    voice = Voice().take(K.TOOL_OPEN, ref="a", call=7).take(K.TOOL_OPEN, ref="b", call=7)
    assert voice.take(K.PROMPT).at().repeated == 0


def test_time_in_turns_counts_from_the_last_typed_prompt() -> None:
    voice = Voice().take(K.PROMPT).take(K.TURN_CLOSED, 5).take(K.PROMPT, 20, typed=False)
    assert voice.at(23).turns_ms == 8 * MINUTE
    assert voice.run.last_prompt == NOW
    assert voice.take(K.PROMPT, 24).at(24).turns_ms == 0


def test_a_sleep_in_a_turn_is_no_work() -> None:
    voice = Voice().take(K.PROMPT).take(K.TOOL_OPEN, 500, ref="a")
    assert voice.at(500).turns_ms == LONGEST_GAP_MS
    assert voice.at(900).turns_ms == 2 * LONGEST_GAP_MS


def test_without_a_known_prompt_no_time_is_told() -> None:
    assert Voice().take(K.TOOL_OPEN, ref="a").take(K.TOOL_CLOSED, 9, ref="a").at(9).turns_ms == 0


def test_compactions_of_the_last_half_hour_and_what_lay_between_them() -> None:
    voice = Voice().take(K.COMPACTED, 0)
    assert (voice.at(1).compactions, voice.at(1).turns_between_compactions) == (1, None)
    voice.take(K.PROMPT, 2, typed=False).take(K.TOOL_CLOSED, 3, ref="a").take(K.COMPACTED, 20)
    assert (voice.at(20).compactions, voice.at(20).turns_between_compactions) == (2, 2)
    assert voice.at(31).compactions == 1
    assert (voice.at(60).compactions, voice.at(60).turns_between_compactions) == (0, None)


def test_failures_of_the_last_five_minutes() -> None:
    voice = Voice()
    for minute in (0, 1, 4):
        voice.take(K.FAILED, minute)
    assert [voice.at(minute).errors for minute in (4, 5.5, 20)] == [3, 2, 0]


def test_sub_agents_of_the_last_ten_minutes() -> None:
    began = [NOW, NOW + 5 * MINUTE, NOW - 20 * MINUTE]
    assert [Voice().at(minute, began).spawned for minute in (5, 11, 16)] == [2, 1, 0]


def test_polls_are_no_repeats() -> None:
    voice = Voice()
    for number in range(6):
        voice.take(K.TOOL_OPEN, 1, ref=str(number), tool="wait", call=3)
    assert (voice.at(1).repeated, len(voice.run.polls)) == (0, 6)


@pytest.mark.parametrize(
    ("tool", "activity"),
    [
        ("Read", Activity.READING),
        ("apply_patch", Activity.EDITING),
        ("Edit", Activity.EDITING),
        ("exec_command", Activity.RUNNING),
        ("run_shell_command", Activity.RUNNING),
        ("Bash", Activity.RUNNING),
        ("Grep", Activity.SEARCHING),
        ("WebFetch", Activity.FETCHING),
        ("Agent", Activity.DELEGATING),
        ("spawn_agent", Activity.DELEGATING),
        ("TodoWrite", Activity.PLANNING),
        ("mcp__thing__do", Activity.OTHER),
    ],
)
def test_a_tool_is_a_kind_of_work(tool, activity) -> None:
    assert activity_of(tool) is activity


def test_what_is_done_now_follows_the_calls() -> None:
    voice = Voice()
    assert doing_of(voice.turns) is None
    voice.take(K.PROMPT)
    assert doing_of(voice.turns) == Doing(Activity.THINKING, since=NOW)
    voice.take(K.TOOL_OPEN, 1, ref="a", tool="Edit", target="cart.py")
    assert doing_of(voice.turns) == Doing(Activity.EDITING, "Edit", "cart.py", NOW + MINUTE)
    voice.take(K.TOOL_CLOSED, 2, ref="a")
    assert doing_of(voice.turns) == Doing(Activity.THINKING, since=NOW + 2 * MINUTE)
    voice.take(K.TURN_CLOSED, 3)
    assert doing_of(voice.turns) is None
