"""OpenClaw: pi's format, with mirrors that count for nothing and sessions that were renamed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import Bench, lines
from tests.readers.test_pi import SESSION, header, said
from tokenwatch.base.paths import Paths
from tokenwatch.readers.openclaw import READER

AGENT = "openclaw"
NAME = f"main/sessions/{SESSION}.jsonl"
Make = Callable[..., Bench]


def nameless(**more: Any) -> dict[str, Any]:
    entry = said("a1", **more)
    del entry["message"]["model"], entry["message"]["provider"]
    return entry


def test_the_model_is_the_one_that_was_set_last(bench: Make) -> None:
    snapshot = {
        "type": "custom",
        "customType": "model-snapshot",
        "data": {"provider": "openai", "modelId": "gpt-5.2"},
    }
    change = {"type": "model_change", "provider": "google", "modelId": "gemini-2.5-pro"}
    came = lines(header(), snapshot, nameless(response="r1"), change, nameless(response="r2"))
    found = [(record.context.provider, record.context.model) for record in bench().read([(NAME, came)]).records]
    assert sorted(found) == [("google", "gemini-2.5-pro"), ("openai", "gpt-5.2")]


@pytest.mark.parametrize("field", [{"model": "delivery-mirror"}, {"provider": "openclaw"}])
def test_a_mirror_of_what_was_sent_is_no_response(bench: Make, field: dict[str, str]) -> None:
    entry = said("a1")
    entry["message"] |= field
    assert bench().read([(NAME, lines(header(), entry))]).records == []


@pytest.mark.parametrize(
    ("name", "is_session"),
    [
        (f"main/sessions/{SESSION}.jsonl", True),
        (f"main/sessions/{SESSION}.jsonl.reset.2026-03-02T08-30-00.000Z", True),
        (f"main/sessions/{SESSION}.jsonl.deleted.2026-03-02T08-30-00.000Z", True),
        ("main/sessions/sessions.json", False),
        (f"main/sessions/{SESSION}.jsonl.lock", False),
        ("main/agent/models.jsonl", False),
    ],
)
def test_sessions_that_were_renamed_are_read_and_nothing_else(tmp_path: Path, name: str, is_session: bool) -> None:
    roots = list(READER.roots(Paths.below(tmp_path)))
    assert [root.path.parent.name for root in roots] == [".openclaw", ".clawdbot", ".moltbot", ".moldbot"]
    assert {root.accepts(name) for root in roots} == {is_session}


def test_a_renamed_session_counts_once(bench: Make) -> None:
    came = lines(header(), said("a1"))
    read = bench().read([(NAME, came), (NAME + ".reset.2026-03-02T08-30-00.000Z", came)])
    assert [record.session for record in read.records] == [SESSION]
