"""``python -m tests.faults``: runs the tests of every fault and attack, and prints a table of their figures.

Owns the running and the table. With --quick each fault is tried a few times only. Ends with 1 if any test failed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import pytest

from tests.faults.matrix import ATTACKS, FAULTS, Row

SHORT = "/tmp" if Path("/tmp").is_dir() else None
TESTS = Path(__file__).resolve().parents[1]
WHOLE = {
    "SCRIPTS": 5000, "KILLS": 500, "DAMAGES": 500, "TORN": 1000, "FILLS": 100, "FUZZ": 1_000_000, "FILES": 50_000,
    "LINE_MIB": 256, "VERSIONS": 1, "CONNECTIONS": 10_000, "STARTS": 50, "SECONDS": 60, "ORDERS": 10_000,
}  # fmt: skip
"""How often; the test of kills runs twice."""


class Results:
    """What each test came to: its outcomes and figures, by "file::name" below the folder of tests."""

    def __init__(self) -> None:
        self.outcomes: dict[str, list[str]] = defaultdict(list)
        self.figures: dict[str, list[str]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.outcome == "passed":
            return
        name = report.nodeid.partition("[")[0].partition("tests/")[2]
        self.outcomes[name].append(report.outcome)
        self.figures[name] += [str(value) for key, value in report.user_properties if key == "figure"]

    def of(self, row: Row) -> tuple[int, int, int, list[str]]:
        """Passed, failed, skipped, figures."""
        names = [
            name for name in self.outcomes for wanted in row.tests if name == wanted or name.startswith(f"{wanted}::")
        ]
        outcomes = [outcome for name in names for outcome in self.outcomes[name]]
        figures = [figure for name in names for figure in self.figures[name]]
        return outcomes.count("passed"), outcomes.count("failed"), outcomes.count("skipped"), figures


def main(arguments: list[str]) -> int:
    if "--quick" not in arguments:
        for name, number in WHOLE.items():
            os.environ.setdefault(f"TOKENWATCH_{name}", str(number))
    rows = (*FAULTS, *ATTACKS)
    only = [word for word in arguments if not word.startswith("-")]
    if only:
        rows = tuple(row for row in rows if row.id in only)
    results, begin = Results(), time.monotonic()
    # Those with widgets last: what they leave is not to be cleared away in another test's thread.
    names = sorted({name for row in rows for name in row.tests}, key=lambda name: name.startswith("gui/"))
    wanted = [str(TESTS / name) for name in names]
    # Short paths: sockets in the folders of tests must not be too deep.
    with tempfile.TemporaryDirectory(prefix="tw-", dir=SHORT) as folder:
        options = ["-q", "--no-header", "-p", "no:cacheprovider", "--basetemp", str(Path(folder) / "t")]
        code = pytest.main([*options, *wanted], plugins=[results])
    lines = ["", "| # | what | passed | failed | skipped | figures |", "|---|---|---|---|---|---|"]
    for row in rows:
        passed, failed, skipped, figures = results.of(row)
        words = "; ".join([*figures, *([f"open: {row.open}"] if row.open else [])])
        lines.append(f"| {row.id} | {row.what} | {passed} | {failed} | {skipped} | {words} |")
    lines.append(f"\n{time.monotonic() - begin:.0f} seconds")
    print("\n".join(lines))
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
