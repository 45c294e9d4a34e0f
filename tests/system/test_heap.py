"""What was freed goes back to the system, and only glibc is asked for that."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tokenwatch.system.heap import give_back, one_arena

_PROGRAM = """
import ctypes, os
from pathlib import Path
from tokenwatch.system.heap import give_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

system = ctypes.CDLL(None)
system.malloc.restype = ctypes.c_void_p
system.malloc.argtypes = [ctypes.c_size_t]
system.free.argtypes = [ctypes.c_void_p]
blocks = [system.malloc(4096) for _ in range(8192)]
for block in blocks:
    ctypes.memset(block, 1, 4096)
for block in blocks[:-1]:  # the last one keeps the top of the heap where it is
    system.free(block)
full = resident()
print(give_back(), full - resident())
"""


def _has_glibc() -> bool:
    return sys.platform == "linux" and hasattr(ctypes.CDLL(None), "malloc_trim")


@pytest.mark.skipif(not _has_glibc(), reason="only glibc keeps what was freed until it is asked")
def test_what_was_freed_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    gave, given = done.stdout.split()
    assert gave == "True"
    assert int(given) > 16 * 1024 * 1024  # of the 32 MiB


_ARENAS = """
import ctypes, sys, threading
from tokenwatch.system.heap import one_arena

system = ctypes.CDLL(None)
system.malloc.restype = ctypes.c_void_p
system.malloc.argtypes = [ctypes.c_size_t]
system.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
system.fdopen.restype = ctypes.c_void_p
if sys.argv[1] == "one":
    print(one_arena(), flush=True)
done = threading.Barrier(5)
def work():
    system.malloc(4096)
    done.wait()
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
done.wait()
stream = system.fdopen(1, b"w")
system.malloc_info(0, stream)
system.fflush(ctypes.c_void_p(stream))
"""


@pytest.mark.skipif(not _has_glibc(), reason="only glibc gives threads arenas of their own")
def test_threads_share_one_arena_when_that_was_asked_for() -> None:
    def arenas(how: str) -> int:
        command = [sys.executable, "-c", _ARENAS, how]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.count(
            "<heap nr="
        )

    assert arenas("many") > 1
    assert arenas("one") == 1


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_are_not_asked(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", None)
    assert not give_back() and not one_arena()


def test_another_c_library_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    assert not give_back() and not one_arena()
