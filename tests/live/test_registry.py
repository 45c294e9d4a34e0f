"""Registry files are read with limits, and a claim counts only for the very process that made it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tokenwatch.live.processes import ProcessInfo, Role
from tokenwatch.live.registry import MOST_BYTES, MOST_FILES, Registry, read_small, verified
from tokenwatch.readers.protocol import LiveClaim

START = 1_795_000_000_000
PROCESS = ProcessInfo(77, 1, START, start_ticks="123456", agent="ann", role=Role.SESSION)
CLAIM = LiveClaim("ann", 77, "s1", process_start="123456", started_at=START + 900)


@pytest.fixture
def folder(stage) -> Path:
    folder = stage.home / ".ann" / "sessions"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def registry(stage) -> Registry:
    return Registry(stage.readers["ann"], stage.paths)


def write(folder: Path, pid: int, **more) -> Path:
    path = folder / f"{pid}.json"
    path.write_text(json.dumps({"pid": pid, "session": f"s{pid}"} | more), encoding="utf-8")
    return path


def test_claims_are_read(registry, folder) -> None:
    write(folder, 1)
    write(folder, 2, status="busy")
    assert [(claim.pid, claim.status) for claim in registry.claims()] == [(1, ""), (2, "busy")]
    assert registry.folders == {folder}


def test_an_unchanged_file_is_not_read_again(stage, registry, folder) -> None:
    write(folder, 1)
    registry.claims()
    registry.claims()
    assert len(stage.readers["ann"].asked) == 1


def test_a_changed_file_is_read_again(registry, folder) -> None:
    write(folder, 1, status="busy")
    registry.claims()
    write(folder, 1, status="waiting")
    assert [claim.status for claim in registry.claims()] == ["waiting"]


def test_a_removed_file_claims_nothing(registry, folder) -> None:
    path = write(folder, 1)
    registry.claims()
    path.unlink()
    assert registry.claims() == ()


def test_no_registry_is_no_claims(registry) -> None:
    assert registry.claims() == ()


def test_links_are_not_followed(registry, folder, tmp_path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text('{"pid": 1, "session": "x"}')
    (folder / "1.json").symlink_to(outside)
    (folder / "2.json").symlink_to("/dev/zero")
    (folder / "3.json").symlink_to("3.json")
    assert registry.claims() == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_does_not_stop_the_look(registry, folder) -> None:
    os.mkfifo(folder / "1.json")
    write(folder, 2)
    assert [claim.pid for claim in registry.claims()] == [2]
    assert read_small(folder / "1.json") is None


def test_a_folder_and_a_large_file_are_passed_over(registry, folder) -> None:
    (folder / "1.json").mkdir()
    write(folder, 2, cwd="x" * MOST_BYTES)
    (folder / "3.json").write_bytes(b"")
    assert registry.claims() == ()


def test_a_file_that_may_not_be_read_is_passed_over(folder) -> None:
    assert read_small(folder / "none.json") is None
    assert read_small(folder / "with\0zero.json") is None


def test_of_very_many_files_the_living_count(registry, folder) -> None:
    for pid in range(1, MOST_FILES + 50):
        path = write(folder, pid)
        os.utime(path, ns=(pid * 10**9, pid * 10**9))
    pids = {claim.pid for claim in registry.claims(pids=[1, 2])}
    assert len(pids) == MOST_FILES
    assert {1, 2, MOST_FILES + 49} <= pids


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.one_of(st.binary(max_size=200), st.recursive(st.none() | st.integers() | st.text(), st.lists).map(repr)))
def test_garbage_claims_nothing_and_raises_nothing(registry, folder, content) -> None:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    (folder / "1.json").write_bytes(data)
    assert registry.claims() == ()


def test_a_deeply_nested_file_claims_nothing(registry, folder) -> None:
    (folder / "1.json").write_bytes(b"[" * 60_000)
    assert registry.claims() == ()


def test_a_claim_for_another_agent_is_dropped(stage, folder) -> None:
    reader = stage.readers["ann"]
    reader.claim = lambda path, data: LiveClaim("bob", 1, "s")
    write(folder, 1)
    assert Registry(reader, stage.paths).claims() == ()


@pytest.mark.expected_logs("reader ann failed on its registry")
def test_a_failing_reader_is_said_once_and_the_look_goes_on(stage, folder, expected_logs) -> None:
    reader = stage.readers["ann"]

    def fail(path: Path, data: bytes) -> None:
        raise ValueError("no")

    reader.claim = fail
    write(folder, 1)
    write(folder, 2)
    registry = Registry(reader, stage.paths)
    assert registry.claims() == ()
    assert registry.claims() == ()
    assert len(expected_logs.records) == 1


def test_a_claim_with_the_same_start_is_verified() -> None:
    assert verified(CLAIM, PROCESS)


@pytest.mark.parametrize(
    "process",
    [
        None,
        replace(PROCESS, start_ticks="123457"),
        replace(PROCESS, agent="bob"),
        replace(PROCESS, role=Role.HOST),
        replace(PROCESS, pid=78),
    ],
    ids=["no process", "pid used again", "another program", "a host", "another pid"],
)
def test_a_claim_about_anything_else_is_not(process) -> None:
    assert not verified(CLAIM, process)


def test_without_ticks_the_process_must_be_older_than_the_claim() -> None:
    process = replace(PROCESS, start_ticks="")
    assert verified(CLAIM, process)
    assert verified(replace(CLAIM, started_at=START + 60_000), process), "an agent may take long to start"
    assert not verified(replace(CLAIM, started_at=START - 60_000), process)


def test_a_claim_without_any_start_is_not_verified() -> None:
    assert not verified(replace(CLAIM, process_start="", started_at=None), PROCESS)
