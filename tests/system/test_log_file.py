"""The log file is told as much as the user wants, from the next line on, and is the owner's only."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import LogDetail
from tokenwatch.system.log_file import LogFile

log = logging.getLogger("tokenwatch.tests")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.below(tmp_path)


@pytest.fixture
def file(paths: Paths) -> Iterator[LogFile]:
    level = logging.getLogger("tokenwatch").level
    file = LogFile(paths)
    file.open()
    yield file
    file.close()
    logging.getLogger("tokenwatch").setLevel(level)


def tell(paths: Paths) -> list[str]:
    """The levels of what the file was told."""
    before = len(paths.log.read_text(encoding="utf-8"))
    log.debug("one")
    log.info("two")
    log.warning("three")
    said = paths.log.read_text(encoding="utf-8")[before:]
    return [line.split()[2] for line in said.splitlines()]


@pytest.mark.expected_logs("three")
@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ("little", ["WARNING"]),
        ("normal", ["INFO", "WARNING"]),
        ("much", ["DEBUG", "INFO", "WARNING"]),
    ],
)
def test_it_is_told_as_much_as_is_wanted(paths: Paths, file: LogFile, detail: LogDetail, told: list[str]) -> None:
    file.set_detail(detail)
    assert tell(paths) == told


@pytest.mark.expected_logs("three")
def test_what_was_wanted_before_it_is_opened_counts(paths: Paths, file: LogFile) -> None:
    file.close()
    file.set_detail("much")
    file.open()
    assert tell(paths) == ["DEBUG", "INFO", "WARNING"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_only_its_owner_may_read_it(paths: Paths, file: LogFile) -> None:
    assert paths.log.stat().st_mode & 0o777 == 0o600
