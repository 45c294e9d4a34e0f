"""The rule of imports: a package imports only from lower levels, and each foreign library has one door.

Every import counts, also inside functions and under TYPE_CHECKING: a layer that knows a higher one's types
depends on it all the same. Dynamic imports of a literal name count too.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tokenwatch"

LEVELS = {
    "base": 0,
    "readers": 1,
    "pricing": 1,
    "system": 1,
    "ledger": 2,
    "collect": 3,
    "live": 3,
    "insight": 3,
    "remote": 3,
    "export": 3,
    "alerts": 4,
    "engine": 5,
    "cli": 6,
    "demo": 6,
    "gui": 6,
}
FACE_CHOOSER = 7
"""``tokenwatch/__main__.py`` stands above all packages."""

DOORS = {
    "PySide6": ("gui/",),
    "shiboken6": ("gui/",),
    "keyring": ("remote/secrets.py",),
    "psutil": ("live/processes.py", "system/"),
    "watchdog": ("collect/watcher.py",),
    "genai_prices": ("pricing/table.py",),
    "sqlite3": ("ledger/", "readers/database/"),
    "dataclasses": (),  # values are msgspec structs: see the decision in base/usage.py
}
"""Library -> where it may be imported: a file, or a folder when it ends with a slash."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(tree: ast.AST, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """(line, absolute dotted name) of everything imported anywhere in ``tree``."""
    here = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = here[: len(here) - node.level + 1] if node.level else []
            origin = ".".join([*parts, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = ast.unparse(node.func).rsplit(".", 1)[-1]
            if function in ("import_module", "__import__", "exports") and isinstance(node.args[0].value, str):
                yield node.lineno, node.args[0].value


def level_of(relative: Path) -> int:
    return LEVELS[relative.parts[0]] if len(relative.parts) > 1 else FACE_CHOOSER


def violations(relative: Path, source: str) -> list[str]:
    """What the module at ``relative`` (below the package) imports against the rule."""
    is_package = relative.name == "__init__.py"
    module = ".".join(["tokenwatch", *relative.with_suffix("").parts])
    found = []
    for line, name in imports(ast.parse(source), module.removesuffix(".__init__"), is_package):
        top, *rest = name.split(".")
        if top in DOORS and not any(
            relative.as_posix().startswith(door) if door.endswith("/") else relative.as_posix() == door
            for door in DOORS[top]
        ):
            found.append(f"tokenwatch/{relative.as_posix()}:{line} imports {top}; only {', '.join(DOORS[top])} may")
        if top != "tokenwatch" or not rest or rest[0] == "__version__":
            continue
        own = relative.parts[0] if len(relative.parts) > 1 else ""
        if rest[0] == own:
            continue
        if rest[0] not in LEVELS or LEVELS[rest[0]] >= level_of(relative):
            found.append(f"tokenwatch/{relative.as_posix()}:{line} imports {name}, which is not on a lower level")
    return found


def test_every_package_has_a_level() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages <= set(LEVELS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_imports_only_what_it_may(path: Path) -> None:
    found = violations(path.relative_to(PACKAGE), path.read_text(encoding="utf-8"))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("base/text.py", "from tokenwatch.readers import protocol"),
        ("readers/codex_cli.py", "from tokenwatch.pricing.cost import Pricer"),
        ("collect/scanner.py", "import tokenwatch.live.processes"),
        ("collect/scanner.py", "from tokenwatch import live"),
        ("ledger/ledger.py", "def late():\n    from tokenwatch.insight import totals"),
        ("cli/main.py", "from tokenwatch.gui import app"),
        ("gui/tray.py", "from ..cli import main"),
        (
            "insight/totals.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import tokenwatch.engine.engine",
        ),
        ("engine/engine.py", "import importlib\nimportlib.import_module('tokenwatch.gui.app')"),
        ("ledger/__init__.py", "from ..engine import engine"),
        ("alerts/evaluate.py", "from tokenwatch.__main__ import main"),
        ("engine/engine.py", "from PySide6.QtCore import QObject"),
        ("__main__.py", "def main():\n    import PySide6"),
        ("remote/quotas.py", "import keyring"),
        ("live/sessions.py", "import psutil"),
        ("collect/tail.py", "from watchdog.events import FileSystemEvent"),
        ("pricing/cost.py", "import genai_prices"),
        ("readers/codex_cli.py", "import sqlite3"),
        ("insight/totals.py", "import sqlite3"),
    ],
)
def test_a_violation_is_found(where: str, source: str) -> None:
    assert violations(Path(where), source)


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("__main__.py", "def main():\n    from tokenwatch.gui.starting import run"),
        ("engine/compose.py", "from tokenwatch.alerts import evaluate\nfrom tokenwatch.engine import schedule"),
        ("gui/panels/live.py", "from PySide6.QtWidgets import QWidget\nfrom tokenwatch.gui.widgets import lanes"),
        ("live/processes.py", "import psutil"),
        ("system/power.py", "import psutil"),
        ("ledger/schema.py", "import sqlite3"),
        ("readers/database/file.py", "import sqlite3"),
        ("cli/main.py", "from tokenwatch import __version__"),
    ],
)
def test_what_is_allowed_is_not_a_violation(where: str, source: str) -> None:
    assert violations(Path(where), source) == []


def test_choosing_a_face_loads_no_heavy_library() -> None:
    """The command line starts without Qt, prices, watching or process tables."""
    heavy = ["PySide6", "genai_prices", "watchdog", "psutil", "keyring", "rich", "asyncio"]
    program = (
        "import sys, tokenwatch.__main__, tokenwatch.cli.main\n"
        f"print(*[name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == []
