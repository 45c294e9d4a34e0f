"""Homes of agents, as fixtures keep them, put in place as agents have them.

Owns copying such a home and making its databases, which stand there as SQL text: ``<name>.sql`` becomes ``<name>``.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent / "fixtures" / "agents"


def fixture_homes() -> list[tuple[str, Path]]:
    """(agent id, home) of every recorded or written home."""
    return [
        (agent.name, home)
        for agent in sorted(FIXTURES.iterdir())
        for home in sorted(agent.iterdir())
        if home.is_dir()
    ]


def install(home: Path, target: Path) -> Path:
    """``target`` with what an agent left in ``home``."""
    shutil.copytree(home, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.json"))
    for text in sorted(target.rglob("*.sql")):
        path = text.with_suffix("")
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(text.read_text(encoding="utf-8"))
        text.unlink()
    return target
