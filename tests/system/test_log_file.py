"""The log file is told as much as the user wants, from the next line on, and is the owner's only."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
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


CRASH = """
import os, signal, sys
from pathlib import Path
from tokenwatch.base.paths import Paths
from tokenwatch.system.log_file import LogFile
if sys.argv[2] == "open":
    LogFile(Paths.below(Path(sys.argv[1]))).open()
os.kill(os.getpid(), signal.SIGSEGV)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: where images of memory go stands in one place")
@pytest.mark.parametrize("what", ["open", "not open"])
def test_a_crash_leaves_its_place_and_no_image_of_the_memory(tmp_path: Path, what: str) -> None:
    """Where one would be left here, it is left without the log file."""
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    command = ["sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh", sys.executable, "-c", CRASH, str(tmp_path), what]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGSEGV, done.stderr
    images = list(tmp_path.glob("core*"))
    if what == "open":
        assert images == []
        report = Path(f"{Paths.below(tmp_path).log}.crash").read_text(encoding="utf-8")
        assert "Segmentation fault" in report
    elif not pattern.startswith(("|", "/")) and "ulimit" not in done.stderr:
        assert images
