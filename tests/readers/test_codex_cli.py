"""Codex: each response once, whatever the file repeats, resets or copies."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import MODIFIED, Bench, lines
from tokenwatch.base.clock import to_datetime
from tokenwatch.base.limits import Quota
from tokenwatch.base.paths import Paths
from tokenwatch.readers.codex_cli import READER
from tokenwatch.readers.codex_cli_usage import thread_of

AGENT = "codex"
TIME = 1_772_445_600_000
"""2026-03-02T10:00:00Z"""

PARENT = "0190aaaa-0000-7000-8000-000000000001"
CHILD = "0190bbbb-0000-7000-8000-000000000002"

Make = Callable[..., Bench]
Vector = Sequence[int]
"""input, cached, output, reasoning"""


def stamp(seconds: float = 0) -> str:
    return to_datetime(TIME + round(seconds * 1000)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def line(kind: str, at: float, **payload: Any) -> dict[str, Any]:
    return {"timestamp": stamp(at), "type": kind, "payload": payload}


def meta(thread: str = PARENT, at: float = 0, **more: Any) -> dict[str, Any]:
    base = {"id": thread, "timestamp": stamp(at), "cwd": "/home/ana/api", "source": "cli", "model_provider": "openai"}
    return line("session_meta", at, **(base | {"git": {"branch": "dev"}} | more))


def turn(model: str = "gpt-5.2-codex", at: float = 0.2, **more: Any) -> dict[str, Any]:
    return line("turn_context", at, turn_id="t1", cwd="/home/ana/api", model=model, **more)


def tokens(vector: Vector, written: int | None = None) -> dict[str, int]:
    given, cached, output, reasoning = vector
    found = {
        "input_tokens": given,
        "cached_input_tokens": cached,
        "output_tokens": output,
        "reasoning_output_tokens": reasoning,
        "total_tokens": given + output,
    }
    return found if written is None else found | {"cache_write_input_tokens": written}


def event(total: Vector | None, last: Vector | None, at: float, **more: Any) -> dict[str, Any]:
    info: dict[str, Any] = {"model_context_window": 272_000}
    if total is not None:
        info["total_token_usage"] = tokens(total)
    if last is not None:
        info["last_token_usage"] = tokens(last)
    return line("event_msg", at, type="token_count", info=info, **({"rate_limits": None} | more))


def record(response: str, vector: Vector, at: float, thread: str = PARENT, **more: Any) -> dict[str, Any]:
    return line(
        "token_usage_record",
        at,
        thread_id=thread,
        response_id=response,
        usage=tokens(vector, 0),
        turn_id="t1",
        **more,
    )


def run(*steps: Vector, at: float = 6, begin: Vector = (0, 0, 0, 0)) -> list[dict[str, Any]]:
    """Events of responses one after another, ten seconds apart, with their running totals."""
    found, total = [], tuple(begin)
    for number, last in enumerate(steps):
        total = tuple(map(sum, zip(total, last, strict=True)))
        found.append(event(total, last, at + 10 * number))
    return found


A, B, C, D = (9000, 6000, 400, 150), (10000, 9000, 500, 100), (11000, 10500, 60, 0), (12000, 11000, 70, 30)


def name(thread: str) -> str:
    return f"2026/03/02/rollout-2026-03-02T11-00-00-{thread}.jsonl"


def outputs(read: Bench) -> list[int]:
    return [entry.output for entry in read.records]


def counted(read: Bench) -> list[tuple[int, ...]]:
    return [(entry.input, entry.cache_read, entry.output, entry.reasoning) for entry in read.records]


def test_the_documented_example_is_two_responses(bench: Make) -> None:
    limits = {
        "primary": {"used_percent": 12.5, "window_minutes": 300, "resets_at": 1772460000},
        "secondary": {"used_percent": 40.0, "window_minutes": 10080, "resets_at": 1772900000},
        "plan_type": "plus",
    }
    came = lines(
        meta(),
        line("event_msg", 0.1, type="task_started", turn_id="t1", model_context_window=272000),
        turn(),
        line("event_msg", 1, type="token_count", info=None, rate_limits=limits),
        event(A, A, 6),
        event(A, A, 6.5),
        event((19000, 15000, 900, 250), B, 12),
        line("event_msg", 12.1, type="task_complete", turn_id="t1"),
    )
    read = bench().read([(name(PARENT), came)])
    assert counted(read) == [(3000, 6000, 400, 150), (1000, 9000, 500, 100)]
    assert [entry.time for entry in read.records] == [TIME + 6_000, TIME + 12_000]
    context = read.records[0].context
    assert (context.session, context.model, context.project, context.branch, context.provider) == (
        PARENT,
        "gpt-5.2-codex",
        "/home/ana/api",
        "dev",
        "openai",
    )
    assert read.quotas == [
        Quota("openai", "plus", "5h", 12.5, 1772460000000, TIME + 1_000),
        Quota("openai", "plus", "7d", 40.0, 1772900000000, TIME + 1_000),
    ]


def test_the_documented_record_names_its_thread(bench: Make) -> None:
    usage = tokens((5000, 3000, 120, 40), 500)
    came = lines(
        meta(CHILD),
        line("token_usage_record", 6, thread_id=CHILD, response_id="resp_1", usage=usage, turn_id="t9"),
    )
    (entry,) = bench().read([(name(CHILD), came)]).records
    assert (entry.session, entry.input, entry.cache_read, entry.cache_write_5m, entry.output) == (
        CHILD,
        1500,
        3000,
        500,
        120,
    )


# Records and events


def test_a_record_and_its_event_are_one_response(bench: Make) -> None:
    came = lines(meta(), turn(), record("r1", A, 6), event(A, A, 6.1), record("r2", B, 12), *run(A, B, at=6)[1:])
    assert outputs(bench().read([(name(PARENT), came)])) == [400, 500]


def test_events_count_up_to_the_first_record(bench: Make) -> None:
    came = lines(meta(), turn(), *run(A, B), record("r3", C, 40), *run(A, B, C, at=20)[2:])
    assert outputs(bench().read([(name(PARENT), came)])) == [400, 500, 60]


def test_a_response_copied_into_a_fork_belongs_to_its_own_thread(bench: Make) -> None:
    child = lines(meta(CHILD, 50, forked_from_id=PARENT), record("r1", A, 6), record("r2", B, 60, CHILD))
    parent = lines(meta(), turn(), record("r1", A, 6))
    for pieces in ([(name(CHILD), child), (name(PARENT), parent)], [(name(PARENT), parent), (name(CHILD), child)]):
        read = bench().read(pieces)
        assert [(entry.session, entry.output) for entry in read.records] == [(PARENT, 400), (CHILD, 500)]


def test_turns_imported_from_another_agent_are_not_counted(bench: Make) -> None:
    foreign = {"turn_id": "external-import-turn-7"}
    came = lines(
        meta(),
        line("turn_context", 1, model="m", **foreign),
        event(A, A, 2),
        turn(at=3),
        event((19000, 15000, 900, 250), B, 4),
        line("token_usage_record", 5, thread_id=PARENT, response_id="r9", usage=tokens(C), **foreign),
    )
    assert outputs(bench().read([(name(PARENT), came)])) == [500]


# Repeats, resets, gaps


def test_a_refresh_of_limits_counts_nothing(bench: Make) -> None:
    came = lines(meta(), turn(), *run(A, B), *run(A, B, at=7)[1:], *run(A, B, at=90)[1:])
    assert outputs(bench().read([(name(PARENT), came)])) == [400, 500]


def test_a_counter_that_starts_again_counts_the_last_response(bench: Make) -> None:
    came = lines(meta(), turn(), *run(A, B), *run(C, D, at=60))
    assert outputs(bench().read([(name(PARENT), came)])) == [400, 500, 60, 70]


def test_a_counter_set_to_nothing_counts_nothing(bench: Make) -> None:
    came = lines(meta(), turn(), *run(A), event((0, 0, 0, 0), (0, 0, 0, 0), 40), *run(B, at=60))
    assert outputs(bench().read([(name(PARENT), came)])) == [400, 500]


def test_an_estimate_after_a_compaction_counts_nothing(bench: Make) -> None:
    estimate = event(A, (0, 0, 0, 0), 40)
    estimate["payload"]["info"]["last_token_usage"]["total_tokens"] = 14_000
    came = lines(meta(), turn(), *run(A), estimate, *run(A, B, at=50)[1:])
    assert outputs(bench().read([(name(PARENT), came)])) == [400, 500]


def test_a_lost_line_is_made_up_for_by_the_total(bench: Make) -> None:
    came = lines(meta(), turn(), *[entry for number, entry in enumerate(run(A, B, C)) if number != 1])
    assert outputs(bench().read([(name(PARENT), came)])) == [400, 560]


def test_a_file_that_goes_on_from_elsewhere_counts_only_its_own(bench: Make) -> None:
    came = lines(meta(), turn(), *run(B, C, begin=(100_000, 90_000, 7_000, 10)))
    assert outputs(bench().read([(name(PARENT), came)])) == [500, 60]


def test_counters_of_two_threads_in_one_file_are_kept_apart(bench: Make) -> None:
    one, two = run(A, B, C, at=6), run(D, B, A, at=8, begin=(500_000, 400_000, 9_000, 0))
    mixed = [entry for pair in zip(one, two, strict=True) for entry in pair]
    assert sum(outputs(bench().read([(name(PARENT), lines(meta(), turn(), *mixed))]))) == 960 + 970


def test_old_versions_that_tell_only_totals_are_counted_by_difference(bench: Make) -> None:
    totals = [entry["payload"]["info"]["total_token_usage"] for entry in run(A, B)]
    came = [line("event_msg", 6 + n, type="token_count", info={"total_token_usage": t}) for n, t in enumerate(totals)]
    assert outputs(bench().read([(name(PARENT), lines(meta(), turn(), *came))])) == [400, 500]


def test_events_that_tell_only_the_last_response_count_unless_they_repeat(bench: Make) -> None:
    came = [event(None, vector, 6 + number) for number, vector in enumerate((A, A, B))]
    assert outputs(bench().read([(name(PARENT), lines(meta(), turn(), *came))])) == [400, 500]


def test_no_part_is_more_than_the_input(bench: Make) -> None:
    came = lines(meta(), line("token_usage_record", 1, response_id="r", usage=tokens((10, 90, 5, 50), 90)))
    (entry,) = bench().read([(name(PARENT), came)]).records
    assert (entry.input, entry.cache_read, entry.cache_write_5m, entry.output, entry.reasoning) == (0, 10, 0, 5, 5)


# Models and tiers


def test_the_model_is_the_latest_turns(bench: Make) -> None:
    first, second = run(A, B)
    came = lines(meta(), turn("m1"), first, turn("m2", 10), turn("m3", 11), second)
    assert [entry.context.model for entry in bench().read([(name(PARENT), came)]).records] == ["m1", "m3"]


def test_without_a_turn_the_threads_settings_name_model_and_tier(bench: Make) -> None:
    settings = {"model": "m1", "service_tier": "flex", "model_provider_id": "azure"}
    applied = line("event_msg", 1, type="thread_settings_applied", thread_settings=settings)
    (entry,) = bench().read([(name(PARENT), lines(meta(), applied, *run(A)))]).records
    assert (entry.context.model, entry.context.tier, entry.context.provider) == ("m1", "flex", "azure")


def test_a_model_that_nobody_named_is_unknown(bench: Make) -> None:
    instructions = {"base_instructions": {"text": 'You are "model": gpt-5'}}
    (entry,) = bench().read([(name(PARENT), lines(meta(**instructions), *run(A)))]).records
    assert entry.context.model == ""


# Forks and sub-agents


def fork(*events: dict[str, Any], at: float = 100, **more: Any) -> bytes:
    return lines(meta(CHILD, at, **({"forked_from_id": PARENT} | more)), *events)


SPAWNED = {
    "forked_from_id": None,
    "source": {"subagent": {"thread_spawn": {"parent_thread_id": PARENT, "depth": 1, "agent_nickname": "Ada"}}},
}
OWN = run(C, D, at=140, begin=(19000, 15000, 900, 250))


def restamped(events: Sequence[dict[str, Any]], at: float) -> list[dict[str, Any]]:
    """Copied events as some versions write them: with the moment of the copy."""
    return [entry | {"timestamp": stamp(at + number / 1000)} for number, entry in enumerate(events)]


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize(
    "copied", [run(A, B), restamped(run(A, B), 100), run(A, B)[1:]], ids=["as was", "new times", "tail"]
)
@pytest.mark.parametrize("kind", [{}, SPAWNED], ids=["fork", "sub-agent"])
def test_a_copied_history_is_not_counted_again(bench: Make, order: int, copied: Any, kind: Any) -> None:
    parent = (name(PARENT), lines(meta(), turn(), *run(A, B)))
    child = (name(CHILD), fork(turn(at=100), *copied, *OWN, **kind))
    read = bench().read([parent, child] if order else [child, parent])
    assert [(entry.session, entry.output) for entry in read.records] == [
        (PARENT, 400),
        (PARENT, 500),
        (CHILD, 60),
        (CHILD, 70),
    ]


def test_a_fork_of_a_fork_counts_nothing_twice(bench: Make) -> None:
    grandchild = "0190cccc-0000-7000-8000-000000000003"
    pieces = [
        (name(PARENT), lines(meta(), turn(), *run(A, B))),
        (name(CHILD), fork(turn(at=100), *run(A, B), *OWN[:1])),
        (
            name(grandchild),
            lines(
                meta(grandchild, 200, forked_from_id=CHILD),
                *run(A, B),
                *OWN[:1],
                *run(D, at=240, begin=(30000, 25500, 960, 250)),
            ),
        ),
    ]
    for order in itertools.permutations(pieces):
        assert outputs(bench().read(order)) == [400, 500, 60, 70]


def test_without_the_parent_a_burst_at_the_fork_is_taken_for_a_copy(bench: Make) -> None:
    child = fork(*restamped(run(A, B), 100), turn(at=130), *OWN)
    assert outputs(bench().read([(name(CHILD), child)])) == [60, 70]


def test_without_the_parent_anything_else_counts(bench: Make) -> None:
    assert outputs(bench().read([(name(CHILD), fork(*run(A, B), *OWN))])) == [400, 500, 60, 70]


def test_what_two_children_of_a_lost_parent_share_counts_once(bench: Make) -> None:
    other = "0190dddd-0000-7000-8000-000000000004"
    twin = lines(meta(other, 120, forked_from_id=PARENT), *run(A, B))
    assert outputs(bench().read([(name(CHILD), fork(*run(A, B))), (name(other), twin)])) == [400, 500]


def test_a_parent_that_turns_up_without_the_events_lets_them_count(bench: Make) -> None:
    read = bench().read([(name(CHILD), fork(*restamped(run(A, B), 100), *OWN))])
    assert outputs(read) == [60, 70]
    read.read([(name(PARENT), lines(meta(), turn(), *run((7, 0, 7, 0))))])
    assert sorted(outputs(read)) == [7, 60, 70, 400, 500]


def test_a_fork_that_refers_to_its_parent_counts_from_the_first_event(bench: Make) -> None:
    base = {"history_mode": "paginated", "history_base": {"thread_id": PARENT, "end_ordinal_exclusive": 90}}
    child = [
        entry | {"ordinal": number}
        for number, entry in enumerate([meta(CHILD, 100, forked_from_id=PARENT, **base), *OWN])
    ]
    parent = (name(PARENT), lines(meta(), turn(), *run(A, B)))
    assert outputs(bench().read([parent, (name(CHILD), lines(*child))])) == [400, 500, 60, 70]


def test_lines_before_a_sub_agents_own_begin_are_not_counted(bench: Make) -> None:
    began = meta(CHILD, 100, **(SPAWNED | {"subagent_history_start_ordinal": 3}))
    child = [entry | {"ordinal": number} for number, entry in enumerate([began, *run(A, B), *OWN])]
    assert outputs(bench().read([(name(CHILD), lines(*child))])) == [60, 70]


def test_a_sub_agent_without_a_copied_history_counts_its_first_turn(bench: Make) -> None:
    child = lines(meta(CHILD, 100, **SPAWNED), meta(PARENT, 0), turn(at=101), *run(C, D, at=103))
    read = bench().read([(name(PARENT), lines(meta(), turn(), *run(A, B))), (name(CHILD), child)])
    assert outputs(read) == [400, 500, 60, 70]


def test_a_sub_agent_belongs_to_the_thread_that_spawned_it(bench: Make) -> None:
    (entry,) = (
        bench().read([(name(CHILD), lines(meta(CHILD, 100, **SPAWNED), turn(at=101), *run(C, at=200)))]).records
    )
    assert (entry.session, entry.context.parent_session, entry.context.agent_id) == (CHILD, PARENT, CHILD)


def test_siblings_with_equal_counts_are_two_responses(bench: Make) -> None:
    other = "0190dddd-0000-7000-8000-000000000004"
    pieces = [
        (name(thread), lines(meta(thread, at), turn(), *run(A, at=at + 6)))
        for thread, at in ((PARENT, 0), (other, 500))
    ]
    assert outputs(bench().read(pieces)) == [400, 400]


def test_an_archived_file_and_what_is_left_of_it_are_one_thread(bench: Make) -> None:
    whole = lines(meta(), turn(), *run(A, B, C))
    stub = lines(meta(), turn(), *run(A, B, C)[1:], *run(D, at=60, begin=(30000, 25500, 960, 250)))
    assert outputs(bench().read([(f"rollout-x-{PARENT}.jsonl", whole), (name(PARENT), stub)])) == [400, 500, 60, 70]


# Odd files


def test_a_file_without_its_first_line_is_known_by_its_name(bench: Make) -> None:
    (entry,) = bench().read([(name(PARENT), lines(turn(), *run(A)))]).records
    assert entry.session == PARENT


@pytest.mark.parametrize(
    ("relative", "thread"),
    [
        (name(PARENT), PARENT),
        (f"rollout-2026-03-02T11-00-00-{PARENT}.jsonl.zst", PARENT),
        (f"x/rollout-2026-03-02T11-00-00-{PARENT}_{CHILD}.jsonl", PARENT),
    ],
)
def test_the_thread_in_a_files_name(relative: str, thread: str) -> None:
    assert thread_of(relative) == thread


def test_numbers_as_text_are_counted(bench: Make) -> None:
    entry = event(A, A, 6)
    for part in entry["payload"]["info"].values():
        if isinstance(part, dict):
            part["output_tokens"] = str(part["output_tokens"])
    assert outputs(bench().read([(name(PARENT), lines(meta(), turn(), entry))])) == [400]


def test_a_missing_time_is_that_of_the_line_before_or_of_the_thread(bench: Make) -> None:
    late = run(A)[0]
    late["timestamp"] = None
    assert [entry.time for entry in bench().read([(name(PARENT), lines(meta(at=3), late))]).records] == [TIME + 3_000]
    assert [entry.time for entry in bench().read([(name(PARENT), lines(late))]).records] == [MODIFIED]


def test_a_torn_line_with_tokens_is_left_out_and_said(bench: Make) -> None:
    torn = lines(*run(A))[:-3] + b"\n"
    read = bench().read([(name(PARENT), lines(meta(), turn()) + torn)])
    assert (outputs(read), read.skipped) == ([], {"not valid JSON": 1})


# Limits


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"primary": {"used_percent": 7, "window_minutes": 10080}}, [("7d", 7.0, None)]),
        (
            {"primary": {"used_percent": 7.5, "window_minutes": 300, "resets_in_seconds": 60}},
            [("5h", 7.5, TIME + 61_000)],
        ),
        ({"limit_id": "codex", "secondary": {"used_percent": 0, "window_minutes": 90}}, [("90m", 0.0, None)]),
        ({"limit_id": "codex_spark", "primary": {"used_percent": 7, "window_minutes": 300}}, []),
        ({"primary": {"used_percent": "7", "window_minutes": 300}}, []),
        ({"primary": {"used_percent": True, "window_minutes": 300}}, []),
        ({"primary": {"used_percent": 7, "window_minutes": 0}}, []),
        ({"primary": [], "secondary": None}, []),
        ([], []),
    ],
)
def test_limits_are_named_by_their_length(bench: Make, limits: Any, expected: Any) -> None:
    came = lines(meta(), event(A, A, 1, rate_limits=limits))
    found = bench().read([(name(PARENT), came)]).quotas
    assert [(quota.window, quota.used_percent, quota.resets_at) for quota in found] == expected


def test_no_limits_do_not_replace_known_ones(bench: Make) -> None:
    known = {"primary": {"used_percent": 7, "window_minutes": 300}}
    one, two = run(A, B)
    one["payload"]["rate_limits"] = known
    (quota,) = bench().read([(name(PARENT), lines(meta(), one, two))]).quotas
    assert (quota.used_percent, quota.as_of) == (7.0, TIME + 6_000)


# Places


def roots(home: Path, **environment: str) -> list[str]:
    return [root.path.relative_to(home).as_posix() for root in READER.roots(Paths.below(home, **environment))]


def test_active_and_archived_rollouts_are_read(tmp_path: Path) -> None:
    assert roots(tmp_path) == [".codex/sessions", ".codex/archived_sessions"]
    assert roots(tmp_path, CODEX_HOME=f"{tmp_path}/x")[0] == "x/sessions"
    assert len(roots(tmp_path, CODEX_HOME=f"{tmp_path}/x, ~/y")) == 4


def test_what_is_a_rollout(tmp_path: Path) -> None:
    root = next(iter(READER.roots(Paths.below(tmp_path))))
    assert root.accepts(name(PARENT)) and root.accepts(name(PARENT) + ".zst")
    assert not root.accepts("2026/03/02/notes.jsonl")
    assert not root.accepts("session_index.jsonl")
