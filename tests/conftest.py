"""What every test gets: no unexpected warnings in the log, no screen, no deadline, and the shared material.

Owns the fixtures ``shared``, ``recorded_home`` and ``expected_logs``, and the rule that CI skips nothing. Does not
own fakes of a single package; those stand in the conftest beside their tests. Its own rules are tested in
test_conftest.py.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import stat
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# Before anything imports Qt. A desktop session that the tests start takes the variable away again.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No test depends on how fast the machine is: neither deadlines nor "generating data took too long".
settings.register_profile("tokenwatch", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tokenwatch")


_HERE = frozenset((None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", b"localhost", b"127.0.0.1"))


def stay_here(event: str, given: tuple[object, ...]) -> None:
    """An audit hook: a test that wants to reach another computer, or asks for its address, fails there and then."""
    if event == "socket.connect":
        address = given[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = given[0]
    else:
        return
    if host not in _HERE:
        raise RuntimeError(f"a test wanted to go online: {event} {host!r}")


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(stay_here)
    config.addinivalue_line(
        "markers",
        "expected_logs(*patterns): log records of WARNING or above that must appear, each as a regular expression",
    )


def missed_in_ci(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a skip is a failure: CI has all that tests need, but only one operating system."""
    if not report.skipped or not os.environ.get("CI") or hasattr(report, "wasxfail"):
        return ""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    return "" if reason.startswith("only on ") else f"skipped, which CI does not allow: {reason}"


def _no_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    missed = missed_in_ci(report)
    if missed:
        report.outcome = "failed"
        report.longrepr = missed


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _no_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _no_skip(report)
    return report


class ExpectedLogs(logging.Handler):
    """Collects log records of WARNING or above while a test runs, and knows which of them it announced.

    Call it with regular expressions; each must match at least one record's message by the end of the test.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._patterns: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def __call__(self, *patterns: str) -> None:
        self._patterns.extend(patterns)

    def verdict(self) -> str:
        """What is wrong, or nothing."""
        messages = [record.getMessage() for record in self.records]
        wrong = [
            f"unexpected {record.levelname} from {record.name}: {message}"
            for record, message in zip(self.records, messages, strict=True)
            if not any(re.search(pattern, message) for pattern in self._patterns)
        ]
        wrong += [
            f"expected a log record that matches {pattern!r}, there was none"
            for pattern in self._patterns
            if not any(re.search(pattern, message) for message in messages)
        ]
        return "\n".join(wrong)


@pytest.fixture(autouse=True)
def expected_logs(request: pytest.FixtureRequest) -> Iterator[ExpectedLogs]:
    """Every test: a log record of WARNING or above that was not announced fails it.

    Announce with ``@pytest.mark.expected_logs(r"pattern")`` or by calling the fixture.
    """
    logs = ExpectedLogs()
    for marker in request.node.iter_markers("expected_logs"):
        logs(*marker.args)
    root = logging.getLogger()
    root.addHandler(logs)
    try:
        yield logs
    finally:
        root.removeHandler(logs)
    wrong = logs.verdict()
    if wrong:
        pytest.fail(wrong, pytrace=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material beside the checkout: recordings, corpus, desktop session."""
    folder = ROOT.parent / "shared"
    if not (folder / "recordings").is_dir():
        reason = "the folder ../shared (recordings, corpus, desktop session) is not beside the checkout"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return folder


@pytest.fixture
def recorded_home(shared: Path, tmp_path: Path) -> Path:
    """A writable copy of the home directory that real agents left behind; times of files are kept."""
    home = tmp_path / "home"
    shutil.copytree(shared / "recordings" / "home", home)
    for path in (home, *home.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR | (stat.S_IXUSR if path.is_dir() else 0))
    return home
