"""Lives of the program that end hard: a process of its own, which forks them and waits for their end.

Run by test_kill.py as ``python -m tests.collect.lives <what> <folder> ...``; prints what it saw as JSON. It imports
everything once, so that a life costs milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.collect.home import NOW, OLD, Home, TickingClock, toy_lines
from tokenwatch.ledger.schema import open_for_reading

SECOND = 1000


def fork(life: Callable[[], object]) -> int:
    """The process in which ``life`` runs; it ends without tidying up."""
    process = os.fork()
    if process:
        return process
    try:
        life()
        os._exit(0)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)


def ended(process: int) -> int:
    """How it ended: its exit code, or below zero the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def facts(home: Home) -> list[Any]:
    connection = open_for_reading(home.paths.ledger)
    try:
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        (records,) = connection.execute("SELECT count(*) FROM records").fetchone()
    finally:
        connection.close()
    offsets = sorted(
        (Path(each.path).name, each.checkpoint.offset, each.checkpoint.carry.decode())
        for each in home.sources
        if Path(each.path).exists()
    )
    return [sound, records, home.total, offsets, [repr(each) for each in home.contents]]


# Ending at each call


class Calls:
    """Counts statements of the database and what is done to files; ends the process at the n-th call."""

    def __init__(self, last: int) -> None:
        self.left = last
        self.number = 0

    def count(self) -> None:
        self.number += 1
        if self.number == self.left:
            os._exit(9)

    def watch(self) -> None:
        connect = sqlite3.connect

        def connected(*arguments: Any, **more: Any) -> sqlite3.Connection:
            self.count()
            connection: sqlite3.Connection = connect(*arguments, **more)
            connection.set_trace_callback(lambda statement: self.count())
            return connection

        sqlite3.connect = connected  # type: ignore[assignment]
        for name in ("open", "read", "lseek", "replace"):
            setattr(os, name, self._counted(getattr(os, name)))

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **more: Any) -> Any:
            self.count()
            return call(*arguments, **more)

        return counted


def write_first(home: Home) -> None:
    home.write("a.jsonl", toy_lines(1, 4) + b"half a li")
    home.write("b.jsonl", toy_lines(10, 12))


def write_more(home: Home) -> None:
    """Growth, a rename, lines that another log holds already, and one that is new."""
    home.write("a.jsonl", toy_lines(1, 4) + b"half a line\n" + toy_lines(5, 6), OLD + SECOND)
    home.path("b.jsonl").unlink(missing_ok=True)
    home.write("c.jsonl", toy_lines(10, 13), OLD + SECOND)
    home.write("d.jsonl", toy_lines(3, 5) + toy_lines(20, 20), OLD + SECOND)


def every_call(folder: Path, *, remote: bool) -> dict[str, Any]:
    """For each n: a life that ends at its n-th call, and then one that reads on. ``remote``: see Home."""

    def life(root: Path, last: int) -> int:
        calls = Calls(last)

        def lived() -> None:
            calls.watch()
            home = Home(root, remote=remote)
            write_first(home)
            home.read()
            write_more(home)
            home.read()
            home.end()
            (root / "calls").write_text(str(calls.number))

        root.mkdir()
        return ended(fork(lived))

    def next_life(root: Path) -> Any:
        def lived() -> None:
            home = Home(root, remote=remote)
            write_more(home)
            home.read()
            home.end()
            (root / "facts").write_text(json.dumps(facts(home)))

        return json.loads((root / "facts").read_text()) if ended(fork(lived)) == 0 else None

    whole = folder / "whole"
    assert life(whole, 0) == 0
    calls, expected = int((whole / "calls").read_text()), next_life(whole)
    wrong = []
    for last in range(1, calls + 1):
        code, found = life(folder / str(last), last), next_life(folder / str(last))
        if code != 9 or found != expected:
            wrong.append([last, code, found])
    return {"calls": calls, "expected": expected, "wrong": wrong}


# Ending at any instant


def any_instant(folder: Path, lives: int, seed: int) -> dict[str, Any]:
    """Logs grow while the program is started and killed again and again."""
    chance = random.Random(seed)
    logs = Home(folder)
    logs.end()
    keys = 0
    killed = 0
    seconds = 0.02
    seen: list[int] = []

    def life() -> None:
        home = Home(folder, clock=TickingClock(NOW))  # each source is committed by itself
        while True:
            home.read()

    for _ in range(lives):
        for _ in range(chance.randrange(1, 6)):
            count = chance.randrange(1, 200)
            name = f"{chance.randrange(12)}.jsonl"
            if not logs.path(name).exists():
                logs.write(name, b"")
            logs.append(name, toy_lines(keys + 1, keys + count, padding=chance.choice((0, 0, 2000))), OLD + keys)
            keys += count
        process = fork(life)
        time.sleep(chance.uniform(0, seconds))
        os.kill(process, signal.SIGKILL)
        killed += ended(process) == -signal.SIGKILL
        if chance.random() < 0.5:  # else the next life is the first to open what this one left
            responses, _ = logs.total
            # About half of the lives get to enter something, however fast the computer is.
            seconds *= 0.8 if seen and responses > seen[-1] else 1.2
            seen.append(responses)
    logs.begin()
    logs.read()
    logs.end()
    found = facts(logs)
    return {"keys": keys, "killed": killed, "seen": seen, "sound": found[0], "records": found[1], "total": found[2]}


def main() -> None:
    what, folder, *more = sys.argv[1:]
    if what == "every call":
        print(json.dumps(every_call(Path(folder), remote=more == ["remote"])))
    else:
        print(json.dumps(any_instant(Path(folder), *map(int, more))))


if __name__ == "__main__":
    main()
