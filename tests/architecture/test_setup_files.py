"""The files that set the project up: everything pinned with hashes, no addresses, and what they name exists."""

from __future__ import annotations

import configparser
import re
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PINNED = sorted(ROOT.glob("constraints*.txt"))
ADDRESS = re.compile(r"://|^\s*-(i|f)\b|--(index-url|extra-index-url|find-links|trusted-host)|\s@\s")


def addresses(text: str) -> list[str]:
    return [line for line in text.splitlines() if ADDRESS.search(line)]


def pins(text: str) -> list[tuple[Requirement, int]]:
    """(requirement, number of its hashes), continued lines joined."""
    lines = text.replace("\\\n", " ").splitlines()
    found = []
    for line in lines:
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=", line.strip())
            found.append((Requirement(requirement), len(hashes)))
    return found


each_file = pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)


@each_file
def test_pinned_files_hold_no_addresses(path: Path) -> None:
    assert addresses(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    ["--index-url https://example.org/simple", "--find-links wheels", "-f wheels", "a @ file:///tmp/a.whl"],
)
def test_an_address_is_found(line: str) -> None:
    assert addresses(f"a==1\n{line}\n") == [line]


@each_file
def test_every_pin_is_exact_and_has_hashes(path: Path) -> None:
    wrong = [
        str(requirement)
        for requirement, hashes in pins(path.read_text(encoding="utf-8"))
        if hashes == 0 or [spec.operator for spec in requirement.specifier] != ["=="]
    ]
    assert wrong == []


def test_every_requirement_for_linux_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    lines += [line for extra in project["project"]["optional-dependencies"].values() for line in extra]
    pinned = {
        canonicalize_name(requirement.name): str(next(iter(requirement.specifier))).removeprefix("==")
        for requirement, _ in pins((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    }
    for requirement in map(Requirement, lines):
        if requirement.marker and not requirement.marker.evaluate(
            {"sys_platform": "linux", "python_version": "3.11", "platform_machine": "x86_64"}
        ):
            continue
        version = pinned.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not pinned; run make lock"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement} but {version} is pinned"


def test_both_pinned_files_agree() -> None:
    versions: dict[str, set[str]] = {}
    for path in PINNED:
        for requirement, _ in pins(path.read_text(encoding="utf-8")):
            versions.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


@pytest.mark.parametrize("script", ["scripts/setup", ".ci/run"])
def test_scripts_can_be_run_and_have_no_mistakes_of_syntax(script: str) -> None:
    path = ROOT / script
    shell = path.read_text(encoding="utf-8").splitlines()[0].split("/")[-1].split()[-1]
    assert path.stat().st_mode & 0o111 == 0o111
    assert subprocess.run([shell, "-n", str(path)], capture_output=True, text=True).stderr == ""


def test_every_target_of_the_makefile_says_what_it_would_do() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert {"run", "test", "lint", "clean"} <= set(phony.split())
    for target in phony.split():
        done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip(), f"nothing stands behind make {target}"


def test_desktop_entry_starts_the_command_with_our_icon() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(ROOT / "resources" / "tokenwatch.desktop", encoding="utf-8")
    section = entry["Desktop Entry"]
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert section["Exec"].split()[0] in scripts
    assert (ROOT / "resources" / "icons" / f"{section['Icon']}.svg").is_file()


@pytest.mark.parametrize("path", sorted((ROOT / "resources").rglob("*.svg")), ids=lambda path: path.name)
def test_icons_are_pictures_without_scripts_or_links(path: Path) -> None:
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    tags = {element.tag.rsplit("}", 1)[-1] for element in root.iter()}
    assert not tags & {"script", "image", "a", "use", "foreignObject"}
