"""The command line itself: options, mistakes, exit codes, closed pipes, Ctrl-C."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tokenwatch import __version__

from .conftest import ROOT, Run, command, environment_of


def test_version(run: Run, home: Path) -> None:
    ended = run(home, "--version")
    assert (ended.code, ended.out, ended.errors) == (0, f"TokenWatch {__version__}\n", "")


@pytest.mark.parametrize("name", ["status", "report", "doctor"])
def test_help_names_each_command_and_each_has_its_own(run: Run, home: Path, name: str) -> None:
    assert re.search(rf"^ +{name} ", run(home, "--help").out, re.MULTILINE)
    ended = run(home, name, "--help")
    assert (ended.code, ended.errors) == (0, "")
    assert ended.out.startswith(f"usage: tokenwatch {name}")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "nonsense"),
        (["status", "--jso"], "--jso"),
        (["report", "--json", "--csv"], "not allowed with"),
        (["report", "--by", "day,colour"], "cannot group by colour; possible are hour, day,"),
        (["report", "--by", ","], "needs at least one of"),
        (["report", "--since", "yesterday"], '"yesterday" is not a day such as 2026-11-01'),
        (["report", "--until", "2026-02-30"], '"2026-02-30" is not a day'),
        (["report", "--timezone", "../../etc/passwd"], "is not a time zone such as Europe/Berlin"),
        (["report", "--agent", "clippy"], '"clippy" is not an agent that is read'),
        (["report", "--since", "2026-11-02", "--until", "2026-11-01"], "--since is later than --until"),
        (["report", "--by", "\x1b[31m"], "cannot group by"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_one_sentence(
    run: Run, home: Path, arguments: list[str], words: str
) -> None:
    ended = run(home, *arguments)
    assert (ended.code, ended.out) == (2, "")
    (sentence,) = ended.sentences
    assert sentence.startswith("tokenwatch: ")
    assert words in sentence
    assert "\x1b" not in sentence


def test_nothing_is_written_for_a_wrong_command_line(run: Run, home: Path) -> None:
    run(home, "report", "--by", "colour")
    assert list(home.iterdir()) == []


def test_modules_in_the_current_directory_are_not_taken_for_ours(tmp_path: Path, home: Path) -> None:
    for name in ("argparse", "json", "usage", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('hijacked')\n", encoding="utf-8")
    program = "import sys; from tokenwatch.__main__ import main; sys.exit(main(['--version']))"
    done = subprocess.run(
        [command()[0], "-P", "-c", program],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment_of(home, PYTHONPATH=str(ROOT)),
    )
    assert done.stdout == f"TokenWatch {__version__}\n"


def test_a_reader_that_has_had_enough_is_no_error(home: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            command("report", "--json"), stdout=write, stderr=subprocess.PIPE, cwd=ROOT, env=environment_of(home)
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_ctrl_c_ends_a_watch_without_a_traceback(home: Path) -> None:
    with subprocess.Popen(
        command("status", "--watch"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment_of(home),
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert "tokens a minute" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert (process.wait(), process.stderr.read()) == (0, "")


def test_a_data_folder_that_cannot_be_made_is_one_sentence(run: Run, home: Path) -> None:
    (home / "data").write_text("a file", encoding="utf-8")
    ended = run(home, "report", XDG_DATA_HOME=str(home / "data"))
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.sentences) == 1
    assert "Traceback" not in ended.errors


def test_an_encoding_without_our_signs_is_no_error(run: Run, recorded_home: Path) -> None:
    ended = run(recorded_home, "report", PYTHONIOENCODING="ascii")
    assert (ended.code, "Traceback" in ended.errors) == (0, False)


def test_a_terminal_gets_a_table_of_its_width(recorded_home: Path) -> None:
    master, slave = pty.openpty()
    environment = environment_of(recorded_home, COLUMNS="90", TERM="xterm")
    process = subprocess.Popen(command("report"), stdout=slave, stderr=slave, cwd=ROOT, env=environment)
    os.close(slave)
    said = b""
    while True:
        try:
            said += os.read(master, 4096)
        except OSError:  # Linux reports the end of a terminal as an error
            break
    os.close(master)
    assert process.wait() == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.decode())
    assert "117,155" in text  # all that claude-opus-4-5 used
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 90
