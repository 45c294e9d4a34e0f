"""What the rows work out of what they saw: latencies, gaps, and which paint event is whole."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import ROWS
from benchmarks.append import first_with
from benchmarks.first_start import longest_gap, total_of
from benchmarks.processes import family, memory, used
from benchmarks.watching import UNKNOWN, Paint

MS = 1_000_000


def test_a_line_is_on_the_screen_with_the_first_paint_event_that_holds_it() -> None:
    written = [(0 * MS, 10), (5 * MS, 30), (6 * MS, 60)]
    ats = [2 * MS, 8 * MS, 9 * MS, 20 * MS]
    sums = [10, 30, 25, 60]  # a sum that sinks, as minutes leave the series, undoes nothing
    assert first_with(written, ats, sums) == [2.0, 3.0, 14.0]


def test_the_longest_gap_is_looked_for_between_two_moments() -> None:
    frames = [0, 50 * MS, 66 * MS, 90 * MS, 200 * MS]
    assert longest_gap(frames, 55 * MS, 95 * MS) == 110.0
    assert longest_gap(frames, 55 * MS, 85 * MS) == 24.0
    with pytest.raises(SystemExit, match="void"):
        longest_gap([], 0, 1)


def test_only_a_paint_event_with_three_numbers_is_whole() -> None:
    def paint(*cells: str) -> Paint:
        return Paint(1, 0, None, None, cells)

    assert paint("3", "1.2k", "$1", "$2", "$412").whole
    assert paint("3", "1.2k", UNKNOWN, "$2", "$412").whole
    assert not paint("3", "1.2k", "$1", "$2", UNKNOWN).whole
    assert not paint(UNKNOWN, "1.2k", "$412").whole
    assert not paint().whole


def test_a_total_has_no_count_twice() -> None:
    assert total_of("claude", {"input_tokens": 1, "output_tokens": 2, "cache_read": 3}) == 6
    codex = {"input_tokens": 10, "cached_input_tokens": 4, "output_tokens": 3, "reasoning_output_tokens": 2}
    assert total_of("codex", codex) == 13


def test_processes_are_measured_with_their_children() -> None:
    import os
    import subprocess
    import sys
    from pathlib import Path

    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("only Linux tells it in /proc")
    alone, _ = memory(os.getpid())
    before = used(os.getpid())
    process = subprocess.Popen([sys.executable, "-c", "print(flush=True); input()"], stdin=-1, stdout=-1)
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdout.readline()
        assert process.pid in family(os.getpid())
        assert memory(os.getpid())[0] > alone
        assert used(os.getpid()).cpu > before.cpu
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def test_every_row_has_a_name_of_its_own() -> None:
    assert {"cold_import", "warm_report", "app_start", "first_start", "append", "idle", "memory", "queries"} <= set(
        ROWS
    )
