"""The Qt binding keeps references: PySide6 6.12.0 drops one of None at each call and aborts before Python 3.12."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
BAD = "6.12.0"
CALLS = 500


def requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [line for lines in project.get("optional-dependencies", {}).values() for line in lines]
    return [Requirement(line) for line in [*project["dependencies"], *optional]]


def allows(requirement: Requirement, version: str) -> bool:
    return requirement.specifier.contains(version, prereleases=True)


def test_binding_keeps_references(qtbot) -> None:
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("x")
    assert sys.getrefcount(None) > before - CALLS // 10


def test_signals_keep_references(qtbot) -> None:
    from PySide6.QtCore import QObject, Signal

    class Sender(QObject):
        sent = Signal()

    sender = Sender()
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        sender.sent.emit()
    assert sys.getrefcount(True) > before - CALLS // 10


def test_project_refuses_the_leaking_version() -> None:
    binding = [each for each in requirements() if each.name.lower().startswith(("pyside6", "shiboken6"))]
    assert binding
    assert not [str(each) for each in binding if allows(each, BAD)]


@pytest.mark.parametrize("line", ["PySide6-Essentials>=6.8", "PySide6-Essentials>=6.8,!=6.12.1"])
def test_a_requirement_that_allows_it_is_found(line: str) -> None:
    assert allows(Requirement(line), BAD)


def test_pinned_versions_are_not_the_leaking_one() -> None:
    pinned = re.findall(
        r"(?im)^(?:pyside6[a-z-]*|shiboken6)==(\S+)",
        "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("constraints*.txt")),
    )
    assert pinned
    assert BAD not in pinned
