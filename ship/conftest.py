"""The program that is tried, as ``--program`` names it, in the desktop session of the tests."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from ship.bundle import BUNDLE
from tests.conftest import recorded_home as recorded_home
from tests.conftest import shared as shared
from tests.desktop.conftest import Desktop
from tests.desktop.conftest import desktop as plain_desktop
from tests.desktop.conftest import home as home
from tests.desktop.conftest import pytest_configure as pytest_configure

__all__ = ["home", "plain_desktop", "recorded_home", "shared"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--program", default=str(BUNDLE / "tokenwatch"), help="the TokenWatch that is tried")


@pytest.fixture
def program(request: pytest.FixtureRequest) -> str:
    path: str = request.config.getoption("--program")
    assert Path(path).exists(), f"{path} is not there; make bundle builds it"
    return path


@pytest.fixture
def desktop(plain_desktop: Desktop, program: str) -> Desktop:
    return dataclasses.replace(plain_desktop, program=(program,))
