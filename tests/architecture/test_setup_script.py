"""scripts/setup with stand-ins for Python, apt-get and sudo, which write down how they were called.

The real ones run whenever somebody says ``make run`` in a fresh checkout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("scripts/setup", "pyproject.toml", "setup.py", "constraints.txt", "constraints-macos.txt")

PYTHON = """case "$1" in
--version) echo "Python 3.11.9" ;;
-c) exit ${UNSUITABLE:-0} ;;
-m) echo "python $*" >>"$CALLS"
    [ "$2" != venv ] || { mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; }
    [ "$2" != pip ] || exit ${PIP_FAILS:-0} ;;
esac
"""
STAND_INS = {
    "python": PYTHON,
    "dpkg-query": '[ -z "${LIBRARIES-}" ] || echo "$LIBRARIES"\n',
    "apt-get": 'echo "apt-get $*" >>"$CALLS"\n',
    "id": "echo ${USER_ID:-0}\n",
    "sudo": '[ -n "${SUDO-}" ] || exit 1\n[ "$1" = -n ] && shift\necho "sudo $1" >>"$CALLS"\nexec "$@"\n',
    "uname": "echo ${SYSTEM:-Linux}\n",
}


@dataclass(frozen=True)
class Done:
    code: int
    errors: str
    calls: list[str]


Setup = Callable[..., Done]


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A fresh checkout, as far as the script looks at it."""
    folder = tmp_path / "top"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def setup(top: Path, tmp_path: Path) -> Setup:
    """Run the script; variables decide how the stand-ins behave. Gives the calls of this run only."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, body in STAND_INS.items():
        (programs / name).write_text(f"#!/bin/sh\n{body}", encoding="utf-8")
        (programs / name).chmod(0o755)

    def run(**variables: str) -> Done:
        calls = tmp_path / "calls"
        calls.write_text("", encoding="utf-8")
        environment = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHON": str(programs / "python"),
            "CALLS": str(calls),
            "LIBRARIES": "installed",
        }
        done = subprocess.run(
            [str(top / "scripts" / "setup")], capture_output=True, text=True, env={**environment, **variables}
        )
        return Done(done.returncode, done.stderr, calls.read_text(encoding="utf-8").splitlines())

    return run


def test_packages_are_installed_by_hash_and_the_project_without_looking_further(setup: Setup) -> None:
    done = setup()
    assert done.code == 0
    venv, packages, project = done.calls
    assert venv == "python -m venv .venv"
    assert packages.startswith("python -m pip install")
    assert packages.endswith("--require-hashes -r constraints.txt")
    assert project.endswith("--no-deps --no-build-isolation --config-settings editable_mode=compat --editable .")


def test_macos_gets_its_own_packages_too(setup: Setup) -> None:
    assert any(call.endswith("-r constraints-macos.txt") for call in setup(SYSTEM="Darwin").calls)


def test_the_second_run_does_nothing(setup: Setup) -> None:
    setup()
    assert setup() == Done(0, "", [])


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml", "scripts/setup"])
def test_it_runs_again_when_something_changed(setup: Setup, top: Path, name: str) -> None:
    setup()
    with (top / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    done = setup()
    assert any("-r constraints.txt" in call for call in done.calls)
    assert not any("venv" in call.split() for call in done.calls)


def test_after_a_failure_it_tries_again(setup: Setup) -> None:
    assert setup(PIP_FAILS="1").code != 0
    done = setup()
    assert (done.code, len(done.calls)) == (0, 2)


def test_an_old_python_is_refused_in_a_sentence(setup: Setup) -> None:
    done = setup(UNSUITABLE="1")
    assert (done.code, done.calls) == (1, [])
    assert "is not Python 3.11 or newer" in done.errors


def test_without_any_suitable_python_it_says_how_to_name_one(setup: Setup, tmp_path: Path) -> None:
    for name in ("python3", "python3.13", "python3.12", "python3.11"):
        shutil.copy(tmp_path / "bin" / "python", tmp_path / "bin" / name)
    done = setup(PYTHON="", UNSUITABLE="1")
    assert (done.code, done.calls) == (1, [])
    assert "PYTHON=/path/to/python3" in done.errors


def test_root_installs_the_libraries_that_are_missing(setup: Setup) -> None:
    done = setup(LIBRARIES="")
    assert done.code == 0
    update, install = done.calls[:2]
    assert update == "apt-get update -qq"
    assert install.startswith("apt-get install -y")
    assert "libxcb-cursor0" in install.split()


def test_sudo_is_used_when_it_asks_for_no_password(setup: Setup) -> None:
    calls = setup(LIBRARIES="", USER_ID="1000", SUDO="yes").calls
    assert "sudo apt-get" in calls
    assert any(call.startswith("apt-get install") for call in calls)


def test_without_rights_the_line_to_run_is_printed_and_the_rest_goes_on(setup: Setup) -> None:
    done = setup(LIBRARIES="", USER_ID="1000")
    assert done.code == 0
    (line,) = [line for line in done.errors.splitlines() if "sudo apt-get install -y" in line]
    assert "libegl1" in line.split()
    assert not any("apt-get" in call for call in done.calls)
    assert any("--require-hashes" in call for call in done.calls)


@pytest.fixture
def desktop(top: Path) -> Path:
    """The tests' desktop session beside the checkout, with programs missing until it is run as root."""
    script = top.parent / "shared" / "desktop" / "install"
    script.parent.mkdir(parents=True)
    script.write_text(
        '#!/bin/sh\n[ "${1-}" != --check ] || exit 1\necho "desktop install" >>"$CALLS"\n', encoding="utf-8"
    )
    script.chmod(0o755)
    return script


@pytest.mark.usefixtures("desktop")
def test_root_installs_what_tests_of_the_desktop_need(setup: Setup) -> None:
    assert "desktop install" in setup().calls


@pytest.mark.usefixtures("desktop")
def test_without_rights_the_line_for_the_desktop_is_printed(setup: Setup) -> None:
    done = setup(USER_ID="1000")
    assert "sudo ../shared/desktop/install" in done.errors
    assert "desktop install" not in done.calls
