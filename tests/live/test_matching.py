"""Processes, claims and logs are paired, and a doubtful pair is called a guess."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tokenwatch.live.matching import Link, Log, match
from tokenwatch.live.programs import ProcessInfo, Role
from tokenwatch.readers.protocol import LiveClaim

START = 1_795_000_000_000


def process(pid: int, began: int = 0, folder: str = "/shop", **more) -> ProcessInfo:
    """``began`` in seconds after START."""
    at = START + began * 1000
    return replace(ProcessInfo(pid, 1, at, start_ticks=str(at), cwd=folder, agent="ann", role=Role.SESSION), **more)


def log(session: str, began: int, latest: int, folder: str = "/shop", **more) -> Log:
    return Log("ann", session, frozenset({folder}), START + began * 1000, START + latest * 1000, "/logs/shop", **more)


def claim(of: ProcessInfo, session: str, status: str = "busy", since: int = 0) -> LiveClaim:
    return LiveClaim(
        "ann",
        of.pid,
        session,
        of.cwd,
        status,
        process_start=of.start_ticks,
        started_at=of.started_at,
        status_since=START + since * 1000,
    )


def pairs(links: list[Link]) -> dict[int, tuple[str, bool]]:
    return {link.process.pid: (link.session, link.sure) for link in links}


def test_a_claim_names_the_session() -> None:
    one = process(1)
    assert pairs(match([one], [claim(one, "s1")], [])) == {1: ("s1", True)}


def test_a_claim_of_another_start_is_not_used() -> None:
    one = process(1)
    stale = replace(claim(one, "s1"), process_start="1")
    assert pairs(match([one], [stale], [])) == {1: ("", False)}


def test_of_two_claims_of_one_process_the_later_counts() -> None:
    one = process(1)
    links = match([one], [claim(one, "new", since=9), claim(one, "old", since=1)], [])
    assert pairs(links) == {1: ("new", True)}


def test_a_cleared_session_goes_on_in_the_new_log() -> None:
    one = process(1)
    logs = [log("old", 0, 50), log("new", 60, 90)]
    assert pairs(match([one], [claim(one, "old", since=61)], logs)) == {1: ("new", True)}


def test_a_session_that_went_on_itself_keeps_its_claim() -> None:
    one = process(1)
    logs = [log("mine", 0, 95), log("other", 60, 90)]
    assert pairs(match([one], [claim(one, "mine", since=90)], logs)) == {1: ("mine", True)}


def test_a_new_log_beside_an_idle_session_is_not_taken_for_it() -> None:
    one = process(1)
    logs = [log("mine", 0, 50), log("script", 60, 65)]
    assert pairs(match([one], [claim(one, "mine", "idle", since=50)], logs)) == {1: ("mine", True)}


def test_a_log_that_another_process_claims_is_not_taken() -> None:
    one, two = process(1), process(2, 60)
    logs = [log("old", 0, 50), log("new", 60, 90)]
    links = match([one, two], [claim(one, "old", since=70), claim(two, "new", since=70)], logs)
    assert pairs(links) == {1: ("old", True), 2: ("new", True)}


def test_the_log_of_a_process_that_was_killed_is_not_taken_for_its_neighbours() -> None:
    one, gone = process(1), process(2, 55)
    logs = [log("mine", 0, 50), log("gone", 60, 90)]
    links = match([one], [claim(one, "mine", "idle", since=95), claim(gone, "gone", since=61)], logs)
    assert pairs(links) == {1: ("mine", True)}


def test_an_unclaimed_process_around_a_claimed_one_is_its_wrapper() -> None:
    outer, inner = process(1), process(2, nested_in=1)
    links = match([outer, inner], [claim(inner, "s1")], [])
    assert pairs(links) == {2: ("s1", True)}
    assert links[0].process.nested_in is None


def test_one_process_and_one_log_in_a_folder_belong_together() -> None:
    assert pairs(match([process(1)], [], [log("s1", 1, 9), log("far", 1, 9, "/other")])) == {1: ("s1", True)}


def test_a_log_that_did_not_grow_in_the_processs_life_is_not_its_own() -> None:
    assert pairs(match([process(1, 100)], [], [log("s1", 1, 9)])) == {1: ("", False)}


def test_of_two_logs_the_one_that_grew_last_is_a_guess() -> None:
    assert pairs(match([process(1)], [], [log("s1", 1, 9), log("s2", 20, 30)])) == {1: ("s2", False)}


def test_the_log_of_the_same_process_is_no_rival() -> None:
    one = process(1)
    logs = [log("s1", 1, 9, owner=(1, one.started_at)), log("s2", 20, 30)]
    assert pairs(match([one], [], logs)) == {1: ("s2", True)}


def test_two_processes_take_the_logs_that_began_after_them() -> None:
    links = match([process(1, 0), process(2, 50)], [], [log("first", 3, 80), log("second", 55, 70)])
    assert pairs(links) == {1: ("first", False), 2: ("second", False)}


def test_a_new_process_does_not_take_an_older_ones_log() -> None:
    one, two = process(1, 0), process(2, 50)
    logs = [log("first", 3, 80, owner=(1, one.started_at))]
    assert pairs(match([one, two], [], logs)) == {1: ("first", False), 2: ("", False)}
    assert pairs(match([one, two], [], [log("first", 3, 80)])) == {1: ("first", False), 2: ("", False)}


def test_the_only_process_without_a_log_may_work_in_another_folder() -> None:
    known = [log("s1", 1, 9), log("far", 20, 30, "/other")]
    assert pairs(match([process(1), process(2, 15, "/home")], [], known)) == {1: ("s1", True), 2: ("far", False)}


def test_a_log_elsewhere_that_is_older_is_not_taken() -> None:
    assert pairs(match([process(2, 15, "/home")], [], [log("far", 1, 30, "/other")])) == {2: ("", False)}


def test_beside_a_host_nothing_is_guessed() -> None:
    host = process(1, role=Role.HOST)
    links = match([host, process(2, 15, "/home")], [], [log("far", 20, 30, "/other")])
    assert pairs(links) == {2: ("", False)}


def test_of_two_processes_without_a_log_neither_takes_one_elsewhere() -> None:
    links = match([process(1, 0, "/home"), process(2, 15, "/home")], [], [log("far", 20, 30, "/other")])
    assert pairs(links) == {1: ("", False), 2: ("", False)}


def test_a_cleared_session_is_found_when_the_named_log_is_unknown() -> None:
    one = process(1)
    assert pairs(match([one], [claim(one, "old", since=61)], [log("new", 60, 90)])) == {1: ("new", True)}


def test_a_process_without_a_folder_has_no_log() -> None:
    assert pairs(match([process(1, folder="")], [], [log("s1", -5, 9, "")])) == {1: ("", False)}


def test_a_host_has_no_session() -> None:
    assert match([process(1, role=Role.HOST)], [], [log("s1", 1, 9)]) == []


@given(
    st.lists(st.tuples(st.integers(0, 100), st.sampled_from(["/a", "/b", ""])), max_size=6),
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100), st.sampled_from(["/a", "/b"])), max_size=6),
    st.lists(st.integers(0, 5), max_size=4),
)
def test_every_process_has_one_link_and_no_session_has_two(starts, logs, claimed) -> None:
    processes = [process(pid + 1, began, folder) for pid, (began, folder) in enumerate(starts)]
    known = [log(f"s{index}", began, began + more, folder) for index, (began, more, folder) in enumerate(logs)]
    claims = [claim(processes[index], f"c{index}") for index in set(claimed) if index < len(processes)]
    links = match(processes, claims, known)
    assert sorted(link.process.pid for link in links) == [one.pid for one in processes]
    named = [link.session for link in links if link.session]
    assert len(named) == len(set(named))
