"""What Codex's rollouts tell of turns, tools and sub-agents."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.conftest import lines
from tests.readers.test_codex_cli import CHILD, PARENT, SPAWNED, TIME, line, meta, name, turn
from tokenwatch.readers.codex_cli import READER
from tokenwatch.readers.protocol import Part, Source, TurnEvent, TurnKind


def part(*came: Any, thread: str = PARENT) -> Part:
    return Part(Source("codex", f"/r/{name(thread)}", name(thread)), lines(*came), 0, TIME + 99)


def events(*came: Any, carry: bytes = b"", thread: str = PARENT) -> list[TurnEvent]:
    return list(READER.turns(part(*came, thread=thread), carry))


def kinds(*came: Any) -> list[TurnKind]:
    return [event.kind for event in events(*came)]


def note(kind: str, at: float = 1, **more: Any) -> dict[str, Any]:
    return line("event_msg", at, type=kind, **more)


def item(kind: str, at: float = 1, **more: Any) -> dict[str, Any]:
    return line("response_item", at, type=kind, **more)


def test_a_turn_from_start_to_end() -> None:
    came = (
        meta(),
        note("task_started", turn_id="t1", model_context_window=272_000),
        turn("m1"),
        note("user_message", message="secret"),
        item("function_call", call_id="c1", name="shell", arguments="secret"),
        item("function_call_output", call_id="c1", output="secret"),
        note("task_complete", turn_id="t1", last_agent_message="secret"),
    )
    assert kinds(*came) == [
        TurnKind.TURN_OPEN,
        TurnKind.PROMPT,
        TurnKind.TOOL_OPEN,
        TurnKind.TOOL_CLOSED,
        TurnKind.TURN_CLOSED,
    ]
    opened, _, called, *_ = events(*came)
    assert (opened.ref, opened.context_window, opened.session, opened.agent_id) == ("t1", 272_000, PARENT, "")
    assert (called.ref, called.tool, called.model, called.project, called.branch) == (
        "c1",
        "shell",
        "m1",
        "/home/ana/api",
        "dev",
    )
    assert "secret" not in repr(events(*came))


@pytest.mark.parametrize("kind", ["function_call", "custom_tool_call", "local_shell_call"])
def test_every_kind_of_tool_call_opens_and_closes(kind: str) -> None:
    assert kinds(item(kind, call_id="c"), item(f"{kind}_output", call_id="c")) == [
        TurnKind.TOOL_OPEN,
        TurnKind.TOOL_CLOSED,
    ]


@pytest.mark.parametrize(
    ("came", "kind"),
    [
        (note("turn_started", turn_id="t"), TurnKind.TURN_OPEN),
        (note("turn_complete", turn_id="t"), TurnKind.TURN_CLOSED),
        (note("turn_aborted", turn_id="t", reason="replaced"), TurnKind.TURN_CLOSED),
        (note("turn_aborted", reason="interrupted"), TurnKind.INTERRUPTED),
        (note("context_compacted"), TurnKind.COMPACTED),
    ],
)
def test_other_names_of_the_same(came: Any, kind: TurnKind) -> None:
    assert kinds(came) == [kind]


@pytest.mark.parametrize(
    "came",
    [note("token_count", info=None), item("message", role="user"), b'{"type":"event_msg"', line("event_msg", 1)],
)
def test_what_is_no_turn_tells_nothing(came: Any) -> None:
    assert kinds(came) == []


def test_a_sub_agent_names_who_spawned_it() -> None:
    (event,) = events(meta(CHILD, **SPAWNED), note("task_started", turn_id="t"), thread=CHILD)
    assert (event.session, event.agent_id, event.parent_session) == (CHILD, CHILD, PARENT)


def test_who_it_is_comes_from_the_carry_when_the_first_line_is_elsewhere() -> None:
    carry = READER.read(part(meta(CHILD, **SPAWNED), turn("m7")), b"").carry
    (event,) = events(note("task_started", turn_id="t"), carry=carry, thread=CHILD)
    assert (event.agent_id, event.parent_session, event.model) == (CHILD, PARENT, "m7")


@pytest.mark.parametrize(
    "who",
    [
        {"source": {"subagent": "review"}},
        {"source": {"subagent": "compact"}},
        {"thread_source": "memory_consolidation"},
    ],
)
def test_codexs_own_workers_are_no_agents(who: Any) -> None:
    assert events(meta(CHILD, **who), note("task_started", turn_id="t"), thread=CHILD) == []


def test_a_persons_fork_is_a_session_of_its_own() -> None:
    (event,) = events(meta(CHILD, forked_from_id=PARENT), note("task_started", turn_id="t"), thread=CHILD)
    assert (event.session, event.agent_id, event.parent_session) == (CHILD, "", "")
