"""Cline: its program's sessions, whose two documents belong together, and where everything stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench
from tests.readers.pieces import Document
from tokenwatch.base.paths import Paths
from tokenwatch.readers.cline import READER
from tokenwatch.readers.protocol import Kind, Part, Source, TurnKind

AGENT = "cline"
SESSION = "1795904768504_vsp9d"
MESSAGES = f"{SESSION}/{SESSION}.messages.json"
ABOUT = f"{SESSION}/{SESSION}.json"
TIME = 1_795_904_769_046

Make = Callable[..., Bench]


def answer(own: str = "msg_1", output: int = 38, **metrics: Any) -> dict[str, Any]:
    counts = {"inputTokens": 1136, "outputTokens": output, "cacheReadTokens": 808, "cacheWriteTokens": 9}
    return {
        "id": own,
        "role": "assistant",
        "content": [{"type": "text", "text": "words"}],
        "ts": TIME,
        "modelInfo": {"id": "claude-sonnet-4-5", "provider": "anthropic"},
        "metrics": counts | metrics,
    }


def messages(*found: dict[str, Any], **more: Any) -> Document:
    return Document(json.dumps({"agent": "lead", "sessionId": SESSION, "messages": found} | more).encode())


def about(given: int = 2289, output: int = 77) -> Document:
    usage = {"inputTokens": given, "outputTokens": output, "cacheReadTokens": 1617, "cacheWriteTokens": 0}
    found = {"session_id": SESSION, "model": "m", "provider": "p", "cwd": "/home/ana/shop", "status": "completed"}
    both = {"usage": usage, "aggregateUsage": {"inputTokens": 99_999, "outputTokens": 99_999}}
    return Document(json.dumps(found | {"metadata": both}).encode())


def told(read: Bench) -> list[tuple[int, ...]]:
    found = [(one.input, one.cache_read, one.cache_write_5m, one.output) for one in read.records]
    return sorted(found, reverse=True)


def test_an_answer_is_a_response_in_the_folder_that_the_other_document_names(bench: Make) -> None:
    for pieces in permutations([(MESSAGES, messages(answer())), (ABOUT, about())]):
        read = bench().read(pieces)
        (record,) = read.records
        assert told(read) == [(319, 808, 9, 38)]
        assert (record.time, record.session, record.context.project) == (TIME, SESSION, "/home/ana/shop")
        assert (record.context.model, record.context.provider) == ("claude-sonnet-4-5", "anthropic")


def test_a_prompt_smaller_than_what_was_cached_leaves_it_out(bench: Make) -> None:
    read = bench().read([(MESSAGES, messages(answer(inputTokens=5)))])
    assert told(read) == [(5, 808, 9, 38)]


def test_the_sum_counts_only_if_no_answer_tells_anything(bench: Make) -> None:
    silent = messages(answer(inputTokens=0, outputTokens=0, cacheReadTokens=0, cacheWriteTokens=0))
    read = bench().read([(MESSAGES, silent), (ABOUT, about())])
    assert told(read) == [(672, 1617, 0, 77)]
    assert told(read.read([(ABOUT, about(2300, 80))])) == [(672, 1617, 0, 77), (11, 0, 0, 3)]
    assert told(read.read([(MESSAGES, messages(answer()))])) == [(319, 808, 9, 38)]


def test_an_answer_that_grows_counts_as_it_is_last(bench: Make) -> None:
    read = bench().read([(MESSAGES, messages(answer(output=3))), (MESSAGES, messages(answer(output=38)))])
    assert [record.output for record in read.records] == [38]


def test_a_member_of_a_team_is_a_sub_agent(bench: Make) -> None:
    (record,) = bench().read([(MESSAGES, messages(answer(), agent="reviewer"))]).records
    assert record.context.agent_id == "reviewer"


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ({"role": "user", "content": []}, TurnKind.PROMPT),
        ({"role": "assistant", "content": [{"type": "text"}]}, TurnKind.TURN_CLOSED),
        ({"role": "assistant", "content": [{"type": "tool_use", "name": "run_commands"}]}, TurnKind.TURN_OPEN),
        ({"role": "assistant", "content": [{"type": "tool_use", "name": "ask_question"}]}, TurnKind.ASKS),
    ],
)
def test_the_last_message_tells_what_the_session_does(last: dict[str, Any], kind: TurnKind) -> None:
    part = Part(Source(AGENT, f"/{MESSAGES}", MESSAGES, kind=Kind.DOCUMENT), messages(answer(), last), 0, MODIFIED)
    assert [(event.kind, event.session) for event in READER.turns(part, b"")] == [(kind, SESSION)]


def accepted(paths: Paths, path: Path) -> bool:
    return any(
        path.is_relative_to(root.path) and root.accepts(path.relative_to(root.path).as_posix())
        for root in READER.roots(paths)
    )


def test_tasks_and_sessions_are_looked_for_where_the_agent_keeps_them(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path)
    data = tmp_path / ".cline" / "data"
    extension = Path("User", "globalStorage", "saoudrizwan.claude-dev", "tasks", "1", "ui_messages.json")
    assert accepted(paths, data / "sessions" / MESSAGES)
    assert accepted(paths, data / "sessions" / ABOUT)
    assert not accepted(paths, data / "sessions" / SESSION / "other.json")
    assert accepted(paths, data / "tasks" / "1" / "ui_messages.json")
    assert accepted(paths, tmp_path / ".config" / "Code" / extension)
    assert not accepted(paths, tmp_path / ".config" / "VSCodium" / extension)
    (tmp_path / ".config" / "VSCodium" / "User").mkdir(parents=True)
    assert accepted(paths, tmp_path / ".config" / "VSCodium" / extension)


@pytest.mark.parametrize(
    ("variables", "place"),
    [
        ({"CLINE_SESSION_DATA_DIR": "s"}, "s"),
        ({"CLINE_DATA_DIR": "d"}, "d/sessions"),
        ({"CLINE_DIR": "c"}, "c/data/sessions"),
    ],
)
def test_variables_move_the_sessions(tmp_path: Path, variables: dict[str, str], place: str) -> None:
    paths = Paths.below(tmp_path, **{name: str(tmp_path / value) for name, value in variables.items()})
    assert accepted(paths, tmp_path / place / MESSAGES)
