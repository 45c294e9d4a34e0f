"""The rules that conftest.py lays on every test: no unexpected log records, and no skips in CI."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

CASES = """
import logging
import pytest

log = logging.getLogger("inner")

def test_unexpected_warning():
    log.warning("disk on fire")

def test_quiet_levels():
    log.info("all is well")

@pytest.mark.expected_logs("on f.re")
def test_announced_by_marker():
    log.warning("disk on fire")

def test_announced_by_fixture(expected_logs):
    expected_logs("on f.re")
    log.error("disk on fire")

@pytest.mark.expected_logs("on fire")
def test_announced_but_absent():
    pass

@pytest.mark.expected_logs("on fire")
def test_announced_and_another():
    log.warning("disk on fire")
    log.warning("disk is wet")

def test_skip():
    pytest.skip("no such tool")

@pytest.mark.skipif(True, reason="no such marker")
def test_marked_skip():
    pass

def test_other_system():
    pytest.skip("only on Windows")

@pytest.mark.xfail(reason="known", strict=True)
def test_expected_failure():
    assert False
"""

SKIPPED_MODULE = "import pytest\npytest.importorskip('no_such_library')\n"


def outcomes(folder: Path, **environment: str) -> dict[str, str]:
    """Outcome of each inner test, its teardown included: an error there counts more than "passed"."""
    inner = folder / "tests"
    inner.mkdir()
    shutil.copy(CONFTEST, inner)
    (inner / "test_cases.py").write_text(CASES, encoding="utf-8")
    (inner / "test_skipped_module.py").write_text(SKIPPED_MODULE, encoding="utf-8")
    variables = {name: value for name, value in os.environ.items() if name != "CI" and "PYTEST" not in name}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-rA",
            "-q",
            "--color=no",
            "-p",
            "no:cacheprovider",
            "--continue-on-collection-errors",
        ],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**variables, **environment},
    )
    said = re.findall(r"^(PASSED|FAILED|ERROR|SKIPPED|XFAIL) (?:\[\d+\] )?(\S+)", done.stdout, re.MULTILINE)
    found: dict[str, str] = {}
    for outcome, where in said:
        name = where.rsplit("::", 1)[-1]
        if found.get(name) not in ("FAILED", "ERROR"):
            found[name] = outcome
    return found


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return outcomes(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def in_ci(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return outcomes(tmp_path_factory.mktemp("ci"), CI="true")


@pytest.mark.parametrize(
    "name", ["test_unexpected_warning", "test_announced_but_absent", "test_announced_and_another"]
)
def test_a_log_that_is_not_as_announced_fails(at_home: dict[str, str], name: str) -> None:
    assert at_home[name] in ("FAILED", "ERROR")


@pytest.mark.parametrize("name", ["test_quiet_levels", "test_announced_by_marker", "test_announced_by_fixture"])
def test_a_log_that_is_as_announced_passes(at_home: dict[str, str], name: str) -> None:
    assert at_home[name] == "PASSED"


@pytest.mark.parametrize("name", ["test_skip", "test_marked_skip", "tests/test_skipped_module.py"])
def test_a_skip_fails_in_ci(in_ci: dict[str, str], name: str) -> None:
    assert in_ci[name] in ("FAILED", "ERROR")


@pytest.mark.parametrize("name", ["test_skip", "test_marked_skip"])
def test_a_skip_is_no_failure_elsewhere(at_home: dict[str, str], name: str) -> None:
    assert at_home.get(name) not in ("FAILED", "ERROR", "PASSED")


def test_what_another_system_tests_may_be_skipped_in_ci(in_ci: dict[str, str]) -> None:
    assert "test_other_system" not in in_ci


def test_an_expected_failure_is_none_in_ci(in_ci: dict[str, str]) -> None:
    assert in_ci["test_expected_failure"] == "XFAIL"
