"""What is special about agents whose databases hold one row a session: goose, Hermes, Crush, Zed; and Cursor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.conftest import Bench
from tests.readers.pieces import MODIFIED, Rows
from tokenwatch.base.paths import Paths
from tokenwatch.readers import crush, cursor, goose, hermes, zed
from tokenwatch.readers.protocol import MALFORMED, Kind, Part, Source, TurnKind

Make = Callable[[str], Bench]


def row(columns: tuple[str, ...], **values: Any) -> tuple[Any, ...]:
    return tuple(values.get(name) for name in columns)


def counts(bench: Bench) -> list[tuple[int, int, int, int]]:
    return [(record.input, record.cache_read, record.cache_write_5m, record.output) for record in bench.records]


def of_goose(updated: str, **values: Any) -> Rows:
    return Rows({"sessions": [row(goose._COLUMNS, id="s1", updated_at=updated, **values)]}, ["sessions"])


def test_goose_counts_what_the_running_total_grew_by(bench: Make) -> None:
    read = bench("goose")
    for updated, given, output in (("09:00:00", 100, 10), ("09:01:00", 300, 10), ("09:02:00", 350, 40)):
        said = of_goose(
            f"2026-03-02 {updated}",
            accumulated_input_tokens=given,
            accumulated_output_tokens=output,
            accumulated_total_tokens=given + output,
            accumulated_cache_read_tokens=given // 2,
            input_tokens=7,
        )
        read.read([("sessions.db", said)])
    assert counts(read) == [(50, 50, 0, 10), (100, 100, 0, 0), (25, 25, 0, 30)]
    assert [record.time for record in read.records] == [1_772_442_000_000, 1_772_442_060_000, 1_772_442_120_000]


def test_goose_without_counts_of_the_cache_is_an_estimate(bench: Make) -> None:
    said = of_goose("2026-03-02 09:00:00", accumulated_input_tokens=100, accumulated_output_tokens=10)
    (record,) = bench("goose").read([("sessions.db", said)]).records
    assert record.context.estimated == 1
    assert not record.uncertain


def test_goose_without_sums_is_at_least_the_last_call(bench: Make) -> None:
    said = of_goose("2026-03-02 09:00:00", input_tokens=100, output_tokens=10)
    (record,) = bench("goose").read([("sessions.db", said)]).records
    assert (record.total, record.uncertain) == (110, True)


@pytest.mark.parametrize(
    ("platform", "variables", "place"),
    [
        ("linux", {}, "/home/ana/.local/share/goose/sessions"),
        ("linux", {"GOOSE_PATH_ROOT": "/srv/goose"}, "/srv/goose/data/sessions"),
        ("darwin", {}, "/home/ana/Library/Application Support/Block/goose/sessions"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/Block/goose/data/sessions"),
    ],
)
def test_goose_keeps_its_sessions_where_the_system_says(platform: str, variables: dict[str, str], place: str) -> None:
    from msgspec.structs import replace

    paths = replace(Paths.below(Path("/home/ana"), **variables), platform=platform)
    assert place in {root.path.as_posix() for root in goose.READER.roots(paths)}


def of_hermes(**values: Any) -> Rows:
    columns = hermes._COLUMNS
    return Rows({"sessions": [row(columns, id="s1", started_at=1_772_442_000.5, **values)]}, ["sessions"])


def test_hermes_adds_cached_input_and_leaves_reasoning_in_the_output(bench: Make) -> None:
    said = of_hermes(
        input_tokens=10, output_tokens=20, cache_read_tokens=30, cache_write_tokens=40, reasoning_tokens=5
    )
    (record,) = bench("hermes").read([("state.db", said)]).records
    assert (record.total, record.reasoning, record.time) == (100, 5, MODIFIED)


@pytest.mark.parametrize(("actual", "expected"), [(0.5, 500_000_000), (None, 250_000_000)])
def test_hermes_says_what_it_paid_if_it_knows(bench: Make, actual: float | None, expected: int) -> None:
    said = of_hermes(input_tokens=1, actual_cost_usd=actual, estimated_cost_usd=0.25, ended_at=1_772_442_300)
    (record,) = bench("hermes").read([("state.db", said)]).records
    assert (record.cost_reported, record.time) == (expected, 1_772_442_300_000)


def of_crush(updated: int, prompt: int, completion: int, cost: float) -> Rows:
    values = {"prompt_tokens": prompt, "completion_tokens": completion, "cost": cost, "updated_at": updated}
    return Rows({"sessions": [row(crush._COLUMNS, id="s1", **values)]}, ["sessions"])


def test_crush_counts_each_call_that_was_seen_and_the_costs_growth(bench: Make) -> None:
    read = bench("crush")
    for moment, prompt, completion, cost in (
        (0, 100, 10, 0.5),
        (5, 200, 20, 0.75),
        (9, 200, 20, 0.75),
        (9, 90, 5, 1.0),
    ):
        read.read([("crush.db", of_crush(1_772_442_000 + moment, prompt, completion, cost))])
    assert [(record.input, record.output, record.cost_reported) for record in read.records] == [
        (100, 10, 500_000_000),
        (200, 20, 250_000_000),
        (90, 5, 250_000_000),
    ]
    assert all(record.context.estimated for record in read.records)


def test_crush_names_its_projects_in_a_list(tmp_path: Path) -> None:
    data = tmp_path / ".local" / "share" / "crush"
    data.mkdir(parents=True)
    projects = [
        {"path": "/home/ana/shop", "data_dir": ".crush"},
        {"path": "/home/ana/api", "data_dir": "/srv/crush"},
        {"path": "here", "data_dir": ".crush"},
        {"path": "/home/ana/none"},
        "nonsense",
    ]
    (data / "projects.json").write_text(json.dumps({"projects": projects}))
    places = [root.path for root in crush.READER.roots(Paths.below(tmp_path))]
    assert places == [tmp_path / ".crush", Path("/home/ana/shop/.crush"), Path("/srv/crush")]
    (data / "projects.json").write_text("{")
    assert [root.path for root in crush.READER.roots(Paths.below(tmp_path))] == [tmp_path / ".crush"]


def of_zed(thread: Any, kind: str = "json", updated: str = "2026-03-02T09:00:05+00:00") -> Rows:
    data = thread if isinstance(thread, bytes) else json.dumps(thread).encode()
    return Rows({"threads": [("z1", updated, kind, data, None)]}, ["threads"])


def test_zed_books_what_came_after_a_switch_on_the_new_model(bench: Make) -> None:
    read = bench("zed")
    for moment, model, output in ((1, "m1", 10), (2, "m1", 15), (3, "m2", 40)):
        thread = {"model": {"provider": "p", "model": model}, "cumulative_token_usage": {"output_tokens": output}}
        read.read([("threads.db", of_zed(thread, updated=f"2026-03-02T09:00:0{moment}+00:00"))])
    assert [(record.context.model, record.output) for record in read.records] == [("m1", 10), ("m1", 5), ("m2", 25)]


def test_zed_without_a_sum_is_at_least_the_last_calls(bench: Make) -> None:
    thread = {"request_token_usage": {"u1": {"input_tokens": 3}, "u2": {"output_tokens": 4}}}
    (record,) = bench("zed").read([("threads.db", of_zed(thread))]).records
    assert (record.input, record.output, record.uncertain) == (3, 4, True)


def test_zed_tells_what_it_cannot_decompress_and_is_not_blown_up(
    bench: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    if sys.version_info >= (3, 14):
        from compression.zstd import compress
    else:
        from backports.zstd import compress

    whole = compress(json.dumps({"cumulative_token_usage": {"output_tokens": 1}, "x": "y" * 5000}).encode())
    assert counts(bench("zed").read([("threads.db", of_zed(whole, "zstd"))])) == [(0, 0, 0, 1)]
    for bad in (b"\x00nonsense", whole[:-5], b""):
        read = bench("zed").read([("threads.db", of_zed(bad, "zstd"))])
        assert (read.records, read.skipped) == ([], {MALFORMED: 1})
    monkeypatch.setattr(zed, "_MOST", 1000)
    assert bench("zed").read([("threads.db", of_zed(whole, "zstd"))]).skipped == {MALFORMED: 1}


def test_cursor_tells_what_its_composers_do_and_counts_nothing(bench: Make) -> None:
    said = [
        (f"composerData:{name}", json.dumps({"status": status, "lastUpdatedAt": MODIFIED - age}))
        for name, status, age in (
            ("a", "generating", 0),
            ("b", "completed", 1000),
            ("c", "aborted", 1000),
            ("d\ntool", "generating", 0),
            ("old", "generating", 86_400_000),
        )
    ]
    composers = Rows({"composers": [*said, ("composerData:e", b"\xff"), ("composerData:f", None)]}, ["composers"])
    part = Part(Source("cursor", "/x", "state.vscdb", kind=Kind.DATABASE), b"", 0, MODIFIED, composers)
    assert [(event.session, event.kind) for event in cursor.READER.turns(part, b"")] == [
        ("a", TurnKind.TURN_OPEN),
        ("b", TurnKind.TURN_CLOSED),
        ("c", TurnKind.INTERRUPTED),
    ]
    assert bench("cursor").read([("state.vscdb", composers)]).records == []
