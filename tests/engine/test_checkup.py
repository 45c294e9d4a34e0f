"""From what the scanner met to the state of an agent and a plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tokenwatch.base import translation
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.usage import Agent
from tokenwatch.collect.discover import Discovery, RootState
from tokenwatch.collect.scanner import Failure
from tokenwatch.engine.checkup import agents, left_out_sentence

ANN = Agent("ann", "Ann", "A", "anyone")
BOB = Agent("bob", "Bob", "B", "anyone")
DESCRIBED = {"bob": BOB, "ann": ANN}


def discovery(*roots: RootState, blocked: tuple[tuple[str, str, str], ...] = ()) -> Discovery:
    return Discovery((), roots, (), blocked)


def root(agent: str = "ann", *, exists: bool = True, reason: str = "") -> RootState:
    return RootState(agent, Path(f"/home/{agent}"), exists, reason)


def judged(
    found: Discovery,
    failures: dict[str, Failure] | None = None,
    skipped: dict[str, int] | None = None,
    requests: int = 0,
) -> Health:
    (health,) = agents(
        DESCRIBED, found, failures or {}, {"ann": skipped} if skipped else {}, {"ann": requests} if requests else {}
    )
    return health


def test_an_agent_whose_logs_can_be_read_is_fine() -> None:
    assert judged(discovery(root())) == Health("ann")


def test_an_agent_that_is_not_here_is_not_judged() -> None:
    assert agents(DESCRIBED, discovery(root(exists=False)), {}, {}, {}) == ()


def test_an_agent_that_is_gone_but_was_counted_is_fine() -> None:
    assert judged(discovery(root(exists=False)), requests=3) == Health("ann")


def test_agents_come_in_the_order_in_which_they_are_described() -> None:
    found = agents(DESCRIBED, discovery(root("ann"), root("bob")), {}, {}, {})
    assert [health.part for health in found] == ["bob", "ann"]


def test_a_place_that_cannot_be_read_is_failing_and_says_why() -> None:
    health = judged(discovery(root(reason="/home/ann may not be read.")))
    assert (health.state, health.reason) == (HealthState.FAILING, "/home/ann may not be read.")


def test_one_place_of_two_is_enough_to_fail() -> None:
    health = judged(discovery(root(), root(reason="/home/ann may not be read.")))
    assert health.state is HealthState.FAILING


def test_what_may_be_copied_from_a_reason_is_the_end_of_the_sentence() -> None:
    why = "/a may not be read. Allow it with: chmod u+r /a"
    health = judged(discovery(root(reason=why), root(reason="No.")), skipped={"torn line": 3}, requests=9)
    assert health.reason.endswith("chmod u+r /a")


def test_another_agents_trouble_is_not_this_ones() -> None:
    found = agents(DESCRIBED, discovery(root("ann"), root("bob", reason="No.")), {}, {}, {})
    assert {health.part: health.state for health in found} == {
        "ann": HealthState.FINE,
        "bob": HealthState.FAILING,
    }


def test_a_file_that_cannot_be_read_is_degraded() -> None:
    health = judged(discovery(root()), failures={"/home/ann/x": Failure("ann", "/home/ann/x vanished.")})
    assert (health.state, health.reason) == (HealthState.DEGRADED, "/home/ann/x vanished.")


def test_a_folder_below_that_is_blocked_is_degraded() -> None:
    health = judged(discovery(root(), blocked=(("ann", "/home/ann/x", "/home/ann/x may not be read."),)))
    assert (health.state, health.reason) == (HealthState.DEGRADED, "/home/ann/x may not be read.")


def test_the_reason_of_a_place_is_said_once() -> None:
    why = "/home/ann may not be read."
    assert judged(discovery(root(reason=why), blocked=(("ann", "/home/ann", why),))).reason == why


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "/0."),
        (3, "3 places of Ann could not be read. The first: /0."),
    ],
)
def test_of_several_places_the_first_is_named_and_all_are_counted(number: int, words: str) -> None:
    failures = {f"/{index}": Failure("ann", f"/{index}.") for index in range(number)}
    assert judged(discovery(root()), failures=failures).reason == words


@pytest.mark.parametrize(
    ("left_out", "requests", "state"),
    [
        (1, 0, HealthState.DEGRADED),  # nothing was understood
        (1, 1, HealthState.FINE),
        (20, 1, HealthState.FINE),
        (21, 1, HealthState.DEGRADED),
        (21, 440, HealthState.FINE),
        (23, 440, HealthState.DEGRADED),
        (50, 1000, HealthState.FINE),
        (51, 1000, HealthState.DEGRADED),
    ],
)
def test_few_entries_left_out_are_mentioned_and_many_are_degraded(
    left_out: int, requests: int, state: HealthState
) -> None:
    health = judged(discovery(root()), skipped={"torn line": left_out}, requests=requests)
    assert health.state is state
    assert str(left_out) in health.reason


def test_entries_left_out_do_not_hide_a_place_that_cannot_be_read() -> None:
    health = judged(discovery(root(reason="No way in.")), skipped={"torn line": 3}, requests=9)
    assert health.state is HealthState.FAILING
    assert health.reason == "Not counted: 3 entries in the logs of Ann (torn line). No way in."


def test_one_reason_stands_without_a_number() -> None:
    assert left_out_sentence("Ann", {"torn line": 1}) == "Not counted: 1 entry in the logs of Ann (torn line)."


def test_several_reasons_are_counted_the_most_frequent_first_and_all_of_them_add_up() -> None:
    skipped = {"c": 1, "b": 2000, "a": 2000, "d": 1, "e": 1}
    assert left_out_sentence("Ann", skipped) == (
        "Not counted: 4,003 entries in the logs of Ann (2,000 a, 2,000 b, 3 for other reasons)."
    )


def test_three_reasons_are_all_named() -> None:
    assert "(3 a, 2 b, 1 c)" in left_out_sentence("Ann", {"a": 3, "b": 2, "c": 1})


def test_sentences_are_said_in_the_language_of_the_face() -> None:
    """The engine knows no language: a face that has one gives the translator."""
    said: list[str] = []

    def listen(text: str) -> str:
        said.append(text)
        return f"<{text}>"

    translation.speak(listen)
    try:
        sentence = left_out_sentence("Toy", {"torn": 2})
    finally:
        translation.speak(None)
    assert said == ["torn", "Not counted: {count} entries in the logs of {agent} ({why})."]
    assert sentence == "<Not counted: 2 entries in the logs of Toy (<torn>).>"
