"""The wheel is whole: every module and every resource is in it, and it finds its resources once unpacked."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "CHANGELOG.md")
FOLDERS = ("tokenwatch", "resources")


def copy_of_sources(top: Path) -> Path:
    """The tree that is built from, so that building leaves nothing behind in the checkout."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, top / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, top / name)
    return top


def expected(folders: Iterable[str] = FOLDERS) -> set[str]:
    """Where each file of the sources stands in the wheel."""
    inside = {"tokenwatch": "tokenwatch", "resources": "tokenwatch/resources"}
    return {
        f"{inside[folder]}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, built with what is installed here and without the network."""
    work = tmp_path_factory.mktemp("wheel")
    top = copy_of_sources(work / "top")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    done = subprocess.run(
        [*command, "--disable-pip-version-check", "--wheel-dir", str(work), str(top)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = work.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(work / "unpacked")
    return work / "unpacked"


def test_it_holds_every_module_and_resource(unpacked: Path) -> None:
    inside = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert expected() | {"tokenwatch/resources/CHANGELOG.md"} <= inside


def test_it_holds_nothing_else_but_its_description(unpacked: Path) -> None:
    inside = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert [
        name
        for name in sorted(inside - expected() - {"tokenwatch/resources/CHANGELOG.md"})
        if ".dist-info/" not in name
    ] == []


def test_the_program_in_it_finds_its_resources(unpacked: Path) -> None:
    program = f"import sys; sys.path.insert(0, {str(unpacked)!r}); from tokenwatch.base.paths import resources; "
    done = subprocess.run(
        [sys.executable, "-I", "-c", program + "print(resources())"], capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()) == unpacked / "tokenwatch" / "resources"


def test_the_command_starts_the_face_chooser(unpacked: Path) -> None:
    (description,) = unpacked.glob("*.dist-info")
    assert "tokenwatch = tokenwatch.__main__:main" in (description / "entry_points.txt").read_text(encoding="utf-8")
    assert (description / "licenses" / "LICENSE").is_file()
