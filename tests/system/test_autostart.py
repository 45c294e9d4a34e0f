"""The entry that starts the program at login: the right program, whatever its path is called, and read back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tokenwatch.base.paths import Paths
from tokenwatch.system.autostart import Autostart, own_command, quoted, unquoted

SPECIAL = [*" %\"'\\`$&;|<>()*?#~=!", "ü", "%f", "a b", "\\\\", "--help"]


@pytest.fixture(params=["linux", "darwin"])
def paths(request: pytest.FixtureRequest, tmp_path: Path) -> Paths:
    return replace(Paths.below(tmp_path), platform=request.param)


def test_it_is_off_at_first_on_when_switched_and_off_again(paths: Paths) -> None:
    entry = Autostart(paths, ["/opt/tokenwatch", "--background"])
    assert not entry.on
    entry.switch(True)
    assert entry.on and entry.place is not None and entry.place.is_file()
    entry.switch(True)
    entry.switch(False)
    assert not entry.on and not entry.place.exists()
    entry.switch(False)


@pytest.mark.parametrize("special", SPECIAL)
def test_any_path_is_read_back_as_it_was(paths: Paths, special: str) -> None:
    command = (f"/opt/x{special}y/tokenwatch", "--background", special)
    entry = Autostart(paths, command)
    entry.switch(True)
    assert entry.command_in_entry() == command


@given(st.lists(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])), min_size=1))
def test_what_is_quoted_is_unquoted(command: list[str]) -> None:
    assert unquoted(quoted(command)) == tuple(command)


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux does GLib read desktop entries")
@pytest.mark.parametrize("special", SPECIAL)
def test_the_desktops_own_library_starts_just_this_program(tmp_path: Path, special: str) -> None:
    """GLib starts it, as a session does at login."""
    try:
        subprocess.run(["/usr/bin/python3", "-c", "import gi"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only on systems with GLib's bindings for Python")
    folder = tmp_path / f"a{special}b"
    folder.mkdir()
    program = folder / "run"
    said = tmp_path / "said"
    script = f'printf "%s\\n" "$@" > "{said}.part"\nmv "{said}.part" "{said}"\n'
    program.write_text(f"#!/bin/sh\n{script}")
    program.chmod(0o755)
    entry = Autostart(Paths.below(tmp_path), (str(program), "--background", special))
    entry.switch(True)
    starter = (
        "import gi, sys, time, os; gi.require_version('Gio', '2.0'); from gi.repository import Gio\n"
        "Gio.DesktopAppInfo.new_from_filename(sys.argv[1]).launch([], None)\n"
        "end = time.monotonic() + 20\n"
        "while not os.path.exists(sys.argv[2]) and time.monotonic() < end: time.sleep(0.02)"
    )
    subprocess.run(["/usr/bin/python3", "-c", starter, str(entry.place), str(said)], check=True)
    assert said.read_text() == f"--background\n{special}\n"


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path, line: str) -> None:
    entry = Autostart(Paths.below(tmp_path), ["/opt/tokenwatch"])
    entry.switch(True)
    assert entry.place is not None
    entry.place.write_text(f"{entry.place.read_text()}{line}\n")
    assert not entry.on


def test_an_entry_for_another_program_is_not_ours(paths: Paths) -> None:
    Autostart(paths, ["/somewhere/else"]).switch(True)
    assert not Autostart(paths, ["/opt/tokenwatch"]).on


def test_nonsense_in_its_place_is_no_entry(paths: Paths) -> None:
    entry = Autostart(paths, ["/opt/tokenwatch"])
    assert entry.place is not None
    entry.place.parent.mkdir(parents=True)
    for nonsense in (b"\xff\x00", b'Exec="unclosed', b"Exec=bare word", b"<plist><dict></dict></plist>", b""):
        entry.place.write_bytes(nonsense)
        assert not entry.on


def test_a_link_in_its_place_is_replaced_and_its_target_untouched(paths: Paths, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    target.write_text("mine")
    entry = Autostart(paths, ["/opt/tokenwatch"])
    assert entry.place is not None
    entry.place.parent.mkdir(parents=True)
    entry.place.symlink_to(target)
    entry.switch(True)
    assert target.read_text() == "mine"
    assert entry.on


def test_a_name_with_a_line_break_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="cannot be written"):
        Autostart(Paths.below(tmp_path), ["/opt/a\nExec=evil"]).switch(True)


def test_own_command_starts_this_program_in_the_background() -> None:
    command = own_command()
    assert command[-1] == "--background"
    assert Path(command[0]).is_file()
