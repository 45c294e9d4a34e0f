"""One owner per data directory, freed by its death, and reachable for one word and nothing else."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Figure, times
from tests.faults.conftest import figure as figure
from tokenwatch.base.paths import Paths
from tokenwatch.system.instance import Instance

ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS, ROUNDS = times("CONNECTIONS", 1000), times("STARTS", 2)
STARTS = 20

OWNER = """
import sys
from pathlib import Path
from tokenwatch.base.paths import Paths
from tokenwatch.system.instance import Instance
if len(sys.argv) > 2:
    print("ready", flush=True)
    sys.stdin.readline()
instance = Instance(Paths.below(Path(sys.argv[1])))
print(instance.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.below(tmp_path)


@pytest.fixture(params=[True, False], ids=["local socket", "loopback"])
def local(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def instance(paths: Paths, local: bool) -> Iterator[Instance]:
    instance = Instance(paths, local_sockets=local)
    assert instance.acquire()
    yield instance
    instance.release()


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    """With a word more it says "ready", and goes on when it is sent a line."""
    command = [sys.executable, "-c", OWNER, str(home), *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_second_instance_does_not_get_the_lock(instance: Instance, paths: Paths) -> None:
    second = Instance(paths)
    assert not second.acquire()
    assert not second.owner
    assert second.trouble == ""


def test_owner_that_asks_again_keeps_the_lock(instance: Instance) -> None:
    assert instance.acquire()
    assert instance.owner


def test_released_lock_is_free(instance: Instance, paths: Paths) -> None:
    instance.release()
    second = Instance(paths)
    assert second.acquire()
    second.release()


def test_releasing_twice_is_harmless(instance: Instance) -> None:
    instance.release()
    instance.release()
    assert not instance.owner


def test_another_process_does_not_get_the_lock(instance: Instance, tmp_path: Path) -> None:
    with start(tmp_path) as process:
        assert answer(process) == "False"


def test_killed_owner_frees_the_lock(paths: Paths, tmp_path: Path) -> None:
    with start(tmp_path) as process:
        assert answer(process) == "True"
        assert not Instance(paths).acquire()
        process.kill()
    second = Instance(paths)
    assert second.acquire()
    second.release()


def test_of_many_that_start_at_once_one_gets_the_lock_and_when_it_is_killed_another(
    tmp_path: Path, figure: Figure
) -> None:
    for number in range(ROUNDS):
        processes = [start(tmp_path / str(number), "wait") for _ in range(STARTS)]
        try:
            assert {answer(process) for process in processes} == {"ready"}
            for process in processes:
                assert process.stdin is not None
                process.stdin.write("go\n")
                process.stdin.flush()
            answers = [answer(process) for process in processes]
            assert sorted(answers) == ["False"] * (STARTS - 1) + ["True"]
            owner = processes[answers.index("True")]
            owner.kill()
            owner.wait()
            with start(tmp_path / str(number)) as later:
                assert answer(later) == "True"
        finally:
            for process in processes:
                process.communicate()
    figure(f"{ROUNDS} times {STARTS} starts: 1 owner each time, and the next one after it was killed")


def test_folder_that_cannot_be_made_is_a_trouble_not_an_owner(tmp_path: Path) -> None:
    (tmp_path / ".local").write_text("a file where a folder should be")
    instance = Instance(Paths.below(tmp_path))
    assert not instance.acquire()
    assert "cannot be locked" in instance.trouble


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_lock_that_is_a_link_is_refused_and_its_target_untouched(paths: Paths, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("mine")
    paths.ensure(paths.data)
    (paths.data / "instance.lock").symlink_to(target)
    instance = Instance(paths)
    assert not instance.acquire()
    assert instance.trouble
    assert target.read_text() == "mine"


def test_second_start_shows_the_firsts_window(instance: Instance, paths: Paths, local: bool) -> None:
    shown = threading.Event()
    assert instance.listen(shown.set)
    assert Instance(paths, local_sockets=local).ask_first()
    assert shown.is_set()


def test_asking_when_nobody_listens_is_answered_no(instance: Instance, paths: Paths, local: bool) -> None:
    assert not Instance(paths, local_sockets=local).ask_first()


def test_only_the_owner_may_listen(paths: Paths) -> None:
    assert not Instance(paths).listen(lambda: None)


def test_listening_ends_with_the_lock(instance: Instance, paths: Paths, local: bool) -> None:
    instance.listen(lambda: None)
    instance.release()
    assert not Instance(paths, local_sockets=local).ask_first()
    assert [path.name for path in paths.data.iterdir()] == ["instance.lock"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no local sockets here")
def test_socket_of_a_crashed_owner_is_replaced(paths: Paths) -> None:
    paths.ensure(paths.data)
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(paths.data / "instance.sock"))
    instance = Instance(paths)
    instance.acquire()
    assert instance.listen(lambda: None)
    assert Instance(paths).ask_first()
    instance.release()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no local sockets here")
def test_folder_too_deep_for_a_socket_works_by_loopback(tmp_path: Path) -> None:
    paths = Paths.below(tmp_path / ("deep" * 30))
    instance = Instance(paths)
    instance.acquire()
    assert instance.listen(lambda: None)
    assert Instance(paths).ask_first()
    instance.release()


@pytest.mark.skipif(os.name != "posix", reason="rights are kept otherwise elsewhere")
def test_nobody_else_may_read_what_is_written(instance: Instance, paths: Paths) -> None:
    instance.listen(lambda: None)
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (paths.data, *paths.data.iterdir())}
    assert {name for name, mode in found.items() if mode & 0o077} == set()


def connect(paths: Paths, local: bool) -> socket.socket:
    if local:
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(paths.data / "instance.sock"))
    else:
        port = (paths.data / "instance.port").read_text().split()[0]
        connection = socket.create_connection(("127.0.0.1", int(port)))
    connection.settimeout(10)
    return connection


@pytest.mark.parametrize(
    "said",
    [b"", b"hide\n", b"show more\n", b"SHOW\n", bytes(range(190, 254)), b"x" * 10_000, b"show \xff\n", b"\0show\n"],
)
def test_anything_but_the_word_does_nothing(instance: Instance, paths: Paths, local: bool, said: bytes) -> None:
    shown: list[int] = []
    instance.listen(lambda: shown.append(1))
    with connect(paths, local) as connection:
        try:
            connection.sendall(said)
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(16) == b""
        except OSError:
            pass  # the listener had heard enough, and may have hung up before all was said
    assert shown == []
    assert Instance(paths, local_sockets=local).ask_first()
    assert shown == [1]


def test_over_loopback_the_word_alone_is_not_enough(paths: Paths) -> None:
    shown: list[int] = []
    instance = Instance(paths, local_sockets=False)
    instance.acquire()
    instance.listen(lambda: shown.append(1))
    with connect(paths, local=False) as connection:
        connection.sendall(b"show\n")
        assert connection.recv(16) == b""
    instance.release()
    assert shown == []


def test_many_connections_that_say_nothing_do_no_harm(
    instance: Instance, paths: Paths, local: bool, figure: Figure
) -> None:
    instance.listen(lambda: None)
    for _ in range(CONNECTIONS):
        connect(paths, local).close()
    assert Instance(paths, local_sockets=local).ask_first()
    figure(f"{CONNECTIONS:,} connections by {'a socket' if local else 'loopback'}: it answers")


def test_nonsense_in_the_port_file_is_answered_no(instance: Instance, paths: Paths) -> None:
    for content in (b"", b"abc", b"99999999 x", b"\xff\xfe", b"0 x"):
        (paths.data / "instance.port").write_bytes(content)
        assert not Instance(paths, local_sockets=False).ask_first()
