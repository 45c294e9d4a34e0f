"""Roo Code: where its extension keeps tasks; their format is tested beside (test_cline_tasks.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tokenwatch.base.paths import Paths
from tokenwatch.readers.protocol import Kind
from tokenwatch.readers.roo_code import READER

INNER = Path("rooveterinaryinc.roo-cline", "tasks")


@pytest.mark.parametrize(
    ("platform", "user"),
    [
        ("linux", ".config/Code/User"),
        ("darwin", "Library/Application Support/Code/User"),
        ("win32", "AppData/Roaming/Code/User"),
    ],
)
def test_tasks_are_looked_for_in_the_editors_storage(tmp_path: Path, platform: str, user: str) -> None:
    (root,) = READER.roots(replace(Paths.below(tmp_path), platform=platform))
    assert root.path == tmp_path / user / "globalStorage" / INNER
    assert (root.kind, root.depth) == (Kind.DOCUMENT, 1)
    assert root.accepts("1/ui_messages.json") and not root.accepts("1/api_conversation_history.json")


def test_profiles_and_remote_hosts_are_looked_into(tmp_path: Path) -> None:
    profile = tmp_path / ".config" / "Code" / "User" / "profiles" / "0a1b" / "globalStorage"
    server = tmp_path / ".vscode-server" / "data" / "User"
    profile.mkdir(parents=True)
    server.mkdir(parents=True)
    found = [root.path for root in READER.roots(Paths.below(tmp_path))]
    assert found == [
        tmp_path / ".config" / "Code" / "User" / "globalStorage" / INNER,
        profile / INNER,
        server / "globalStorage" / INNER,
    ]


def test_it_has_no_program_of_its_own() -> None:
    assert READER.agent.signature.programs == ()
