"""Kilo Code: its program's messages are opencode's (test_opencode.py), its extension's tasks Roo Code's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.readers.conftest import MODIFIED, Bench
from tests.readers.pieces import Document
from tests.readers.test_cline_tasks import cut, request, small, task
from tokenwatch.base.paths import Paths
from tokenwatch.readers.kilo_code import READER
from tokenwatch.readers.protocol import Kind, Part, Source, TurnKind

AGENT = "kilo-code"
NAME = "7a5b0000-0000-4000-8000-000000000001/ui_messages.json"

Make = Callable[..., Bench]


def test_a_task_is_read_by_roos_rule(bench: Make) -> None:
    (record,) = bench().read([(NAME, task(request(apiProtocol="anthropic")))]).records
    assert (record.input, record.cache_read, record.agent) == (500, 7500, AGENT)


def test_requests_that_were_cut_count_once(bench: Make) -> None:
    read = bench().read([(NAME, task(small(100, 1), small(200, 2)))])
    assert len(read.read([(NAME, task(small(100, 1), cut(300, 10, 2)))]).records) == 2


def test_a_task_tells_what_it_waits_for() -> None:
    document = Document(json.dumps([{"ts": 1_772_442_000_000, "type": "ask", "ask": "command"}]).encode())
    part = Part(Source(AGENT, f"/{NAME}", NAME, kind=Kind.DOCUMENT), document, 0, MODIFIED)
    assert [event.kind for event in READER.turns(part, b"")] == [TurnKind.ASKS]


def test_the_extension_is_looked_for_in_the_editors_storage(tmp_path: Path) -> None:
    place = tmp_path / ".config" / "Code" / "User" / "globalStorage" / "kilocode.kilo-code" / "tasks"
    assert place in [root.path for root in READER.roots(Paths.below(tmp_path))]
