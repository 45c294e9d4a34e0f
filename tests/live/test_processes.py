"""Real processes of this computer are found, told apart and forgotten."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tokenwatch.base.usage import Agent, Signature
from tokenwatch.live.processes import Processes, ProcessInfo, Role

# A name of our own: real agents may run on this computer, and other tests beside this one.
NAME = f"agent{os.getpid()}"
AGENT = Agent(
    "ann",
    "Ann",
    "A",
    "x",
    Signature(programs=(NAME,), paths=(rf"/{NAME}/versions/[^/]+$",), not_arguments=("doctor",), hosts=("serve",)),
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="programs are made from the system's own sleep")

Start = Callable[..., subprocess.Popen]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    begun: list[subprocess.Popen] = []

    def run(*argv: str | Path, **more) -> subprocess.Popen:
        begun.append(subprocess.Popen([str(word) for word in argv], cwd=tmp_path, **more))
        return begun[-1]

    yield run
    for process in begun:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A native program with the agent's name, which ignores nothing and waits."""
    target = tmp_path / NAME
    shutil.copy(shutil.which("sleep"), target)
    return target


def until(look: Callable[[], object]) -> object:
    deadline = time.monotonic() + 30
    while not (found := look()):
        assert time.monotonic() < deadline, "did not happen"
        time.sleep(0.01)
    return found


def by_pid(look: Processes) -> dict[int, ProcessInfo]:
    return {process.pid: process for process in look()}


def test_a_native_program_is_found_with_its_facts(start, program, tmp_path) -> None:
    before = time.time() * 1000
    child = start(program, "600")
    found = by_pid(Processes([AGENT]))[child.pid]
    assert found.agent == "ann"
    assert found.role is Role.SESSION
    assert found.ppid == os.getpid()
    assert found.nested_in is None
    assert Path(found.cwd) == tmp_path
    assert before - 1_100 <= found.started_at <= time.time() * 1000 + 1_100


@pytest.mark.skipif(sys.platform != "linux", reason="ticks since boot exist on Linux only")
def test_start_ticks_are_field_22(start, program) -> None:
    child = start(program, "600")
    fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
    assert by_pid(Processes([AGENT]))[child.pid].start_ticks == fields[19]


def test_a_versioned_file_behind_a_link_is_found(start, tmp_path) -> None:
    target = tmp_path / NAME / "versions" / "2.1.197"
    target.parent.mkdir(parents=True)
    shutil.copy(shutil.which("sleep"), target)
    link = tmp_path / "anything"
    link.symlink_to(target)
    child = start(link, "600")
    assert child.pid in by_pid(Processes([AGENT]))


def test_a_python_script_is_found_by_its_name(start, tmp_path) -> None:
    script = tmp_path / NAME
    script.write_text(f"#!{sys.executable}\nprint(flush=True)\nimport time\ntime.sleep(600)\n")
    script.chmod(0o755)
    child = start(script, stdout=subprocess.PIPE)
    child.stdout.readline()
    found = by_pid(Processes([AGENT]))[child.pid]
    assert found.interpreted


def test_arguments_are_not_handed_on(start, tmp_path) -> None:
    script = tmp_path / NAME
    script.write_text("print(flush=True)\nimport time\ntime.sleep(600)\n")
    child = start(sys.executable, script, "canary-in-the-prompt", stdout=subprocess.PIPE)
    child.stdout.readline()
    look = Processes([AGENT])
    found = by_pid(look)[child.pid]
    assert found.argv == ()
    assert "canary" not in repr(vars(look))


@pytest.mark.parametrize(
    "words",
    [("--agent-id", "ada@checkout", "--team-name", "checkout"), ("--agent-name=ada", "--team-name=checkout")],
    ids=["two words", "one word"],
)
def test_a_member_of_a_team_is_known_by_its_options(start, tmp_path, words) -> None:
    signature = Signature(
        programs=(NAME,), team_options=("--team-name",), member_options=("--agent-name", "--agent-id")
    )
    script = tmp_path / NAME
    script.write_text("print(flush=True)\nimport time\ntime.sleep(600)\n")
    child = start(sys.executable, script, *words, stdout=subprocess.PIPE)
    child.stdout.readline()
    found = by_pid(Processes([Agent("ann", "Ann", "A", "x", signature)]))[child.pid]
    assert (found.team, found.member) == ("checkout", "ada")


def test_other_programs_are_not_found(start) -> None:
    child = start("sleep", "600")
    assert child.pid not in by_pid(Processes([AGENT]))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can start another user's process")
def test_another_users_process_is_not_looked_at(start) -> None:
    child = start(NAME, "600", executable=shutil.which("sleep"), user=65534)
    own = start(NAME, "600", executable=shutil.which("sleep"))
    found = by_pid(Processes([AGENT]))
    assert own.pid in found
    assert child.pid not in found


@pytest.mark.parametrize(("argument", "role"), [("doctor", None), ("serve", Role.HOST), ("-p", Role.SESSION)])
def test_the_subcommand_decides(start, tmp_path, argument, role) -> None:
    script = tmp_path / NAME
    script.write_text("print(flush=True)\nimport time\ntime.sleep(600)\n")
    child = start(sys.executable, script, argument, stdout=subprocess.PIPE)
    child.stdout.readline()
    found = by_pid(Processes([AGENT])).get(child.pid)
    assert (found.role if found else None) is role


def test_a_wrapper_and_its_program_are_one(start, program, tmp_path) -> None:
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / NAME
    script.write_text(
        "import subprocess, sys\n"
        f"child = subprocess.Popen([{str(program)!r}, '600'])\nprint(child.pid, flush=True)\n"
        "try:\n    sys.stdin.read()\nfinally:\n    child.kill()\n    child.wait()\n"
    )
    wrapper = start(sys.executable, script, stdout=subprocess.PIPE, stdin=subprocess.PIPE)
    inner = int(wrapper.stdout.readline())
    found = by_pid(Processes([AGENT]))
    wrapper.stdin.close()
    wrapper.wait()
    assert inner in found
    assert wrapper.pid not in found
    assert found[inner].nested_in is None


def test_a_program_started_through_a_shell_inside_is_nested(start, tmp_path) -> None:
    script = tmp_path / NAME
    # A session that starts a shell, which starts the same agent; the last one waits for its input to end.
    script.write_text(
        "import subprocess, sys\n"
        "if len(sys.argv) > 1:\n"
        f"    subprocess.run(['sh', '-c', '\"$0\" \"$1\"; exit', {sys.executable!r}, {str(script)!r}])\n"
        "else:\n    import os; print(os.getpid(), flush=True); sys.stdin.read()\n"
    )
    outer = start(sys.executable, script, "-p", stdout=subprocess.PIPE, stdin=subprocess.PIPE)
    inner = int(outer.stdout.readline())
    found = by_pid(Processes([AGENT]))
    outer.stdin.close()
    outer.wait()
    assert found[inner].nested_in == outer.pid
    assert found[outer.pid].newest_child >= found[outer.pid].started_at


def test_a_process_that_becomes_an_agent_is_found(start, program) -> None:
    child = start("sh", "-c", f"read line; exec {program} 600", stdin=subprocess.PIPE)
    look = Processes([AGENT])
    assert child.pid not in by_pid(look)
    child.stdin.write(b"\n")
    child.stdin.flush()
    until(lambda: child.pid in by_pid(look))


def test_an_ended_process_is_forgotten(start, program) -> None:
    child = start(program, "600")
    look = Processes([AGENT])
    assert child.pid in by_pid(look)
    child.kill()
    # Not waited for: it stays in the table as a zombie.
    until(lambda: child.pid not in by_pid(look))
    child.wait()
    look()
    assert not any(key[0] == child.pid for key in look._verdicts)


def test_a_second_look_asks_about_new_processes_only(start, program, monkeypatch) -> None:
    child = start(program, "600")
    look = Processes([AGENT])
    first = by_pid(look)[child.pid]
    judged = []
    monkeypatch.setattr(look, "_judge", lambda row: judged.append(row.pid))
    assert by_pid(look)[child.pid] == first
    assert child.pid not in judged


def test_what_was_no_agent_for_long_is_read_again_now_and_then_only(start, program, monkeypatch) -> None:
    from tokenwatch.live import processes

    shell = start("sh", "-c", f"read line; exec {program} 600", stdin=subprocess.PIPE)
    agent = start(program, "600")
    table, passed_over = processes._table, []
    monkeypatch.setattr(processes, "_table", lambda old: (passed_over.append(set(old)), table(old))[1])
    look = Processes([AGENT])
    for _ in range(3 + processes._EACH):
        assert agent.pid in by_pid(look)
    assert [shell.pid in pids for pids in passed_over[:3]] == [False] * 3
    assert [shell.pid in pids for pids in passed_over[3:]].count(True) == processes._EACH - 1
    assert not any(agent.pid in pids for pids in passed_over)
    shell.stdin.write(b"\n")
    shell.stdin.flush()
    until(lambda: Path(f"/proc/{shell.pid}/comm").read_text().strip() == NAME[:15])
    assert any(shell.pid in by_pid(look) for _ in range(processes._EACH))


# Between looks


@pytest.fixture
def look() -> Processes:
    made = Processes([AGENT])
    made()
    made.changed()
    return made


def test_an_agent_that_begins_is_noticed_between_looks(start, program, look) -> None:
    child = start(program, "600")
    until(look.changed)
    assert child.pid in by_pid(look)
    for _ in range(10):
        assert not look.changed()


def test_another_program_that_begins_is_no_change(start, look) -> None:
    start("sleep", "600")
    for _ in range(10):
        assert not look.changed()


def test_a_shell_that_becomes_an_agent_soon_is_noticed(start, program, look) -> None:
    child = start("sh", "-c", f"read line; exec {program} 600", stdin=subprocess.PIPE)
    assert not look.changed()
    child.stdin.write(b"\n")
    child.stdin.flush()
    until(lambda: Path(f"/proc/{child.pid}/comm").read_text().strip() == NAME[:15])
    assert look.changed()


def test_one_that_was_new_at_a_look_is_examined_after_it(start, program, look) -> None:
    child = start("sh", "-c", f"read line; exec {program} 600", stdin=subprocess.PIPE)
    assert child.pid not in by_pid(look)
    child.stdin.write(b"\n")
    child.stdin.flush()
    until(look.changed)


def test_threads_of_an_agent_are_no_processes(start, tmp_path, look) -> None:
    script = tmp_path / NAME
    script.write_text(
        "import sys, threading, time\n"
        "print(flush=True)\n"
        "for line in sys.stdin:\n"
        "    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
        "    print(flush=True)\n"
    )
    child = start(sys.executable, script, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdout.readline()
    look()
    while look._young:
        assert not look.changed()
    child.stdin.write(b"\n")
    child.stdin.flush()
    child.stdout.readline()
    assert not look.changed()


@pytest.mark.parametrize("told", [True, False], ids=["told", "listed"])
def test_where_the_last_number_is_not_told_processes_are_listed(start, program, look, monkeypatch, told) -> None:
    if not told:
        monkeypatch.setattr(look._latest, "since", lambda: None)
    start("sleep", "600")
    assert not look.changed()
    start(program, "600")
    until(look.changed)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the number it gave last")
def test_without_any_new_process_nothing_is_read(look, monkeypatch) -> None:
    from tokenwatch.live import processes

    while look._young:
        look.changed()
    monkeypatch.setattr(look._latest, "since", lambda: range(0))
    for name in ("_pids", "_rows", "is_process"):
        monkeypatch.setattr(processes, name, lambda *_: pytest.fail("read"))
    assert not look.changed()


def test_only_new_processes_are_examined(start, look, monkeypatch) -> None:
    from tokenwatch.live import processes

    rows, examined = processes._rows, []
    monkeypatch.setattr(processes, "_rows", lambda pids: (examined.extend(pids), rows(pids))[1])
    old = start("sleep", "600")
    look()
    for _ in range(20):
        look.changed()
    examined.clear()
    new = start("sleep", "600")
    look.changed()
    assert new.pid in examined
    assert old.pid not in examined


def test_the_general_table_agrees_with_linux_own(start, program) -> None:
    from tokenwatch.live import processes

    child = start(program, "600")
    general = {row.pid: row for row in processes._psutil_rows([child.pid])}[child.pid]
    assert general.ppid == os.getpid()
    assert general.name == NAME[:15]
    assert not general.zombie
    found = by_pid(Processes([AGENT]))[child.pid]
    assert abs(general.start - found.started_at) <= 1_100
