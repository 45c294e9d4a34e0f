"""What may not be read is said with the command that helps, or with whose it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tokenwatch.base.rights import closed_part, may_not_be_read

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are written so on POSIX systems")


@pytest.fixture
def closed(tmp_path: Path, monkeypatch) -> Path:
    """A folder that may not be opened. Root may open everything, so the answer is made up."""
    folder = tmp_path / "my logs"
    folder.mkdir()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder and real(path, mode))
    return folder


def test_the_folder_above_is_what_is_allowed(closed: Path) -> None:
    (closed / "a.jsonl").touch()
    said = may_not_be_read(str(closed / "a.jsonl"))
    assert said == f"{closed / 'a.jsonl'} may not be read. Allow it with: chmod u+rX '{closed}'"


def test_a_file_needs_no_right_to_enter(tmp_path: Path, monkeypatch) -> None:
    log = tmp_path / "a.jsonl"
    log.touch()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != log)
    assert may_not_be_read(str(log)) == f"{log} may not be read. Allow it with: chmod u+r {log}"


def test_what_the_rights_allow_gets_no_command(tmp_path: Path) -> None:
    """As where a system forbids by other means than rights."""
    assert closed_part(tmp_path) is None
    assert may_not_be_read(str(tmp_path)) == f"{tmp_path} may not be read."
