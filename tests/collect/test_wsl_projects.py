"""Agents inside WSL that work on a drive of Windows: their projects bear the names that Windows gives."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tokenwatch.base.usage import Context, Record
from tokenwatch.collect.discover import Found
from tokenwatch.collect.reading import readings
from tokenwatch.collect.wsl_projects import named_by_windows, turns_of_windows, with_windows_projects
from tokenwatch.readers.protocol import ReadResult, Source, TurnEvent, TurnKind, readers

INSIDE = "\\\\wsl.localhost\\Ubuntu\\home\\ana\\.claude\\projects\\x\\a.jsonl"


@pytest.mark.parametrize(
    ("project", "named"),
    [
        ("/mnt/c/Users/ana/shop", "C:\\Users\\ana\\shop"),
        ("/mnt/d/shop/", "D:\\shop"),
        ("/mnt/c", "C:\\"),
        ("/mnt/c/", "C:\\"),
        ("/mnt/backup/shop", "/mnt/backup/shop"),
        ("/mnt/C/shop", "/mnt/C/shop"),
        ("/home/ana/mnt/c/shop", "/home/ana/mnt/c/shop"),
        ("/mnt", "/mnt"),
        ("", ""),
    ],
)
def test_a_folder_on_a_drive_bears_the_drives_name(project: str, named: str) -> None:
    assert named_by_windows(project) == named


def result(*projects: str) -> ReadResult:
    return ReadResult([Record(Context("toy", "s", "m", project=project), 1, 0, 5) for project in projects])


def test_only_what_is_read_inside_wsl_is_renamed() -> None:
    here = result("/mnt/c/shop")
    assert with_windows_projects(here, "/home/ana/.claude/a.jsonl") is here
    assert with_windows_projects(here, "\\\\server\\share\\a.jsonl") is here
    renamed = with_windows_projects(result("/mnt/c/shop", "/home/ana/shop"), INSIDE)
    assert [record.context.project for record in renamed.records] == ["C:\\shop", "/home/ana/shop"]


def test_the_live_state_is_told_the_same_name() -> None:
    event = TurnEvent(TurnKind.PROMPT, "s", 5, project="/mnt/c/shop")
    assert [event.project for event in turns_of_windows(iter((event,)), INSIDE)] == ["C:\\shop"]
    assert turns_of_windows((event,), "/home/ana/a.jsonl") == [event]


@pytest.mark.skipif(sys.platform == "win32", reason="a file name with backslashes stands for one on a share")
def test_a_log_inside_wsl_is_read_with_the_project_that_windows_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    log = Path("\\\\wsl$\\Ubuntu\\home\\ana\\.qwen\\a.jsonl")
    log.write_text(
        '{"uuid":"q1","sessionId":"s","timestamp":"2026-03-02T09:00:00Z","type":"assistant","cwd":"/mnt/c/shop",'
        '"model":"m","usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":2,"totalTokenCount":12}}\n'
    )
    state = log.stat()
    source = Source("qwen-code", str(log), "p/chats/a.jsonl")
    found = Found(source, state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
    ((reading, _, _),) = readings(readers()["qwen-code"], found, None)
    assert [record.context.project for record in reading.records] == ["C:\\shop"]
