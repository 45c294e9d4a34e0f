"""Agents that are switched off, and folders that are added, count from the moment the settings say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.engine.conftest import NOW, Desk, Start

pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")


def test_an_agent_that_is_switched_off_is_not_read_and_read_on_later(desk: Desk, start: Start) -> None:
    desk.use(1, 10)
    running = start()
    running.until_tokens(10)
    off = replace(desk.settings, agents_off=("toy",))
    running.engine.change_settings(off)
    running.until(lambda snapshot: snapshot.sources == 0, "no sources")
    desk.use(2, 20)
    running.engine.refresh()
    assert running.until(lambda snapshot: snapshot.sources == 0).figures.month is not None
    running.engine.change_settings(replace(off, agents_off=()))
    running.until_tokens(30)


def test_its_sessions_are_not_shown_while_it_is_off(desk: Desk, start: Start) -> None:
    desk.write({"turn": "prompt", "s": "s1", "t": NOW})
    running = start()
    running.until(lambda snapshot: snapshot.figures.counts.open == 1, "one is open")
    running.engine.change_settings(replace(desk.settings, agents_off=("toy",)))
    running.until(lambda snapshot: snapshot.figures.counts.open == 0, "none is shown")
    running.engine.change_settings(desk.settings)
    running.until(lambda snapshot: snapshot.figures.counts.open == 1, "one is open again")


def test_a_folder_that_is_added_is_read_at_once(desk: Desk, start: Start, tmp_path: Path) -> None:
    running = start()
    running.until_read()
    log = tmp_path / "elsewhere" / ".toy" / "a.jsonl"
    log.parent.mkdir(parents=True)
    log.write_text(json.dumps({"id": 1, "t": NOW, "out": 7}) + "\n", encoding="utf-8")
    running.engine.change_settings(replace(desk.settings, folders=(("toy", (str(tmp_path / "elsewhere"),)),)))
    running.until_tokens(7)
