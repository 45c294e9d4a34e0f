"""Bill of materials: which packages a bundle holds, in which versions, under which licences, and each file's hash.

Owns reading that from a bundle and comparing it with the pinned versions. Does not build anything.
"""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

OURS = "tokenwatch-tray"
NAME = "bill-of-materials.json"


def packages(bundle: Path) -> list[dict[str, str]]:
    """Name, version and licence of each Python package in the bundle, by name."""
    found = []
    for description in sorted((bundle / "_internal").glob("*.dist-info")):
        metadata = Distribution.at(description).metadata
        kinds = [text.rsplit(" :: ", 1)[-1] for text in metadata.get_all("Classifier") or [] if "License" in text]
        stated = metadata.get_all("License-Expression") or kinds or metadata.get_all("License") or ["not stated"]
        licence = ", ".join(text.splitlines()[0] for text in stated if text)
        found.append({"name": metadata["Name"], "version": metadata["Version"], "licence": licence})
    return sorted(found, key=lambda entry: entry["name"].lower())


def hashes(bundle: Path) -> dict[str, str]:
    """SHA-256 of each file, by its place in the bundle; links are their files."""
    return {
        path.relative_to(bundle).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(bundle.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.name != NAME
    }


def write(bundle: Path) -> dict[str, Any]:
    bill = {"packages": packages(bundle), "files": hashes(bundle)}
    (bundle / NAME).write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")
    return bill


def differences(bundle: Path) -> list[str]:
    """What is not as the bundle's own bill says."""
    told = json.loads((bundle / NAME).read_text(encoding="utf-8"))["files"]
    found = hashes(bundle)
    return sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name))


def unpinned(bundle: Path, constraints: Path) -> list[str]:
    """Packages whose version is not the one that is pinned with hashes."""
    pins = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", constraints.read_text(encoding="utf-8"), re.M))
    pinned = {_canonical(name): version for name, version in pins.items()}
    return [
        f"{entry['name']} {entry['version']}"
        for entry in packages(bundle)
        if entry["name"] != OURS and pinned.get(_canonical(entry["name"])) != entry["version"]
    ]


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
