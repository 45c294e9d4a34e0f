"""The bill of materials lists what is pinned and installed, each with its licence's text."""

from __future__ import annotations

import importlib.util
import re
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from tokenwatch.base.licences import Bill, Package, bill

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    loader = SourceFileLoader("licences_script", str(ROOT / "scripts" / "licences"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pinned(script: ModuleType) -> dict[str, str]:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return {script.canonical(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.M)}


def test_every_version_is_the_pinned_one(script: ModuleType, pinned: dict[str, str]) -> None:
    listed = {script.canonical(package.name): package.version for package in bill().packages}
    assert len(listed) > 20
    assert {name: pinned.get(name) for name in listed} == listed


def test_what_is_installed_here_is_listed_as_it_is(script: ModuleType, pinned: dict[str, str]) -> None:
    installed = {name: package for name, package in script.needed().items() if name != script.OURS}
    if any(package.version != pinned.get(name, package.version) for name, package in installed.items()):
        pytest.skip("only on the pinned packages can the list be compared")
    listed = {script.canonical(package.name): package for package in bill().packages}
    of_linux = {name for name in installed if name in pinned}
    assert of_linux <= listed.keys()
    for name in of_linux:
        assert listed[name].licence == script.licence_of(installed[name]) != "not stated"
        texts = "\n\n".join(text.strip() + "\n" for text in script.texts_of(name, installed[name]))
        assert bill().text_of(listed[name]) == texts


def test_every_package_has_a_text() -> None:
    for package in bill().packages:
        assert len(bill().text_of(package)) > 500, package.name


def test_our_own_licence_is_found() -> None:
    assert bill().own == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_without_the_file_nothing_is_listed(tmp_path: Path) -> None:
    assert bill(tmp_path) == Bill()
    (tmp_path / "licences.json").write_text('{"packages": 3}')
    assert bill(tmp_path) == Bill()


def test_a_text_that_is_not_there_is_left_out() -> None:
    package = Package("a", "1", "MIT", (0, 7, -1))
    assert Bill("", (package,), ("text",)).text_of(package) == "text"
