"""Scripts of whatever may happen to logs and to the program: in the end the ledger holds what the logs ever said.

Hypothesis writes scripts of writing, renaming, copying, cutting, rewriting and deleting logs, and of looking,
reading, quitting and being killed. The model is a dictionary from the key of a response to the entries of it that
were certainly read, and one to those that were there to be read at any time; most of the time both are the same.

The environment variable TOKENWATCH_SCRIPTS says how many scripts to run.

What the scripts leave out, because identity does not cover it: a log that is rewritten in place and grows, with its
first 1,024 bytes and those before the old end unchanged; and rewriting within one tick of the file system's clock.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.collect.home import NOW, OLD, Home, TickingClock
from tests.faults.conftest import Figure
from tests.faults.conftest import figure as figure
from tokenwatch.base.clock import FixedClock
from tokenwatch.base.errors import LedgerError, LedgerFull
from tokenwatch.base.usage import Context, Record
from tokenwatch.collect import scanner
from tokenwatch.readers.claude_code import ClaudeCode

SCRIPTS = int(os.environ.get("TOKENWATCH_SCRIPTS", "150"))
STEPS = 40
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None

QUARTER = 900_000
BEGIN = OLD // QUARTER * QUARTER
HEAD = b'{"type":"summary","summary":"' + b"x" * 1100 + b'"}\n'


@dataclass(frozen=True)
class Entry:
    """One line of a log: an entry of the response ``key``, written so many minutes after the begin."""

    key: int
    output: int
    minute: int
    final: bool
    number: int
    """Of the line; no two are the same."""

    @property
    def time(self) -> int:
        return BEGIN + self.minute * 60_000

    @property
    def line(self) -> bytes:
        message = {
            "id": f"msg_{self.key}",
            "model": f"claude-{self.key}",
            "stop_reason": "end_turn" if self.final else None,
            "usage": {"input_tokens": 100 + self.key, "output_tokens": self.output},
        }
        said = {
            "type": "assistant",
            "sessionId": f"s{self.number % 3}",
            "timestamp": datetime.fromtimestamp(self.time / 1000, UTC).isoformat().replace("+00:00", "Z"),
            # Some gateways send no id of the request.
            **({} if self.key % 4 == 0 else {"requestId": f"req_{self.key}"}),
            "message": message,
            "cwd": "/work/acme",
            "uuid": f"u{self.number}",
        }
        return json.dumps(said, separators=(",", ":")).encode() + b"\n"


@dataclass
class Log:
    """What a file holds: whole lines, some of which may be broken, and perhaps the begin of another."""

    head: bytes
    entries: list[Entry | bytes] = field(default_factory=list)
    half: Entry | None = None
    cut: int = 0

    @property
    def said(self) -> list[Entry]:
        return [entry for entry in self.entries if isinstance(entry, Entry)]

    @property
    def content(self) -> bytes:
        whole = b"".join(entry.line if isinstance(entry, Entry) else entry for entry in self.entries)
        return self.head + whole + (self.half.line[: self.cut] if self.half else b"")

    def copy(self) -> Log:
        return Log(self.head, list(self.entries), self.half, self.cut)


class Killed(BaseException):
    """The program ends here; these are the ledger's files at this moment."""

    def __init__(self, image: dict[str, bytes]) -> None:
        super().__init__()
        self.image = image


class Price:
    """A nano-dollar a response; at the n-th of them something happens."""

    version = "one"
    nano = 1

    def __init__(self) -> None:
        self.left = 0
        self.deed: Callable[[], None] | None = None

    def after(self, number: int, deed: Callable[[], None] | None) -> None:
        self.left, self.deed = number, deed

    def cost(self, record: Record) -> Price:
        if self.deed is not None:
            self.left -= 1
            if self.left <= 0:
                deed, self.deed = self.deed, None
                deed()
        return self

    def rates(self, context: Context, day: int) -> None:
        return None  # each record is asked for


NAMES = ["p/a", "p/b", "p/sub/c", "q/d"]
names = st.sampled_from(NAMES)
entry = st.tuples(st.integers(0, 11), st.integers(0, 60), st.integers(0, 90), st.booleans())
drawn = st.lists(entry, min_size=1, max_size=4)
Drawn = Sequence[tuple[int, int, int, bool]]


class Script(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        # Logs on the disk, whose file system uses numbers of files again; the ledger in memory, which is fast.
        self.root, self.data = (Path(tempfile.mkdtemp(prefix="tokenwatch-", dir=place)) for place in (None, MEMORY))
        self.logs: dict[str, Log] = {}
        self.denied: dict[str, Log] = {}
        self.read: dict[int, set[Entry]] = {}
        self.there: dict[int, set[Entry]] = {}
        self.lines = 0
        self.writes = 0

    @initialize(
        held=st.booleans(),
        one_a_step=st.booleans(),
        same_head=st.booleans(),
        first=st.dictionaries(names, st.lists(entry, min_size=1, max_size=9), min_size=1, max_size=4),
    )
    def begin(self, held: bool, one_a_step: bool, same_head: bool, first: dict[str, Drawn]) -> None:
        """``held``: as in a long import, what several steps read is committed together.

        ``same_head``: the first bytes of all files are equal, so that only their ends tell them apart.
        """
        self.head = HEAD if same_head else b""
        if held:
            self.patch.setattr(scanner, "WORTH_IT", 1)
        self.home = Home(
            self.root,
            data=self.data,
            readers={"claude-code": ClaudeCode()},
            clock=TickingClock(NOW, 0.11 if held else 1.0) if one_a_step else FixedClock(NOW),
        )
        self.price = Price()
        self.home.price = self.price
        self.home.restart()
        for name, drawn in first.items():
            self.append(name, drawn, broken=False)
        self.home.scanner.plan()

    def teardown(self) -> None:
        try:
            if hasattr(self, "home"):
                for name in list(self.denied):
                    self.allow(name)
                self.scan()
                self.home.ledger.forget_checkpoints()
                self.scan()
                self.home.end()
        finally:
            self.patch.undo()
            shutil.rmtree(self.root)
            shutil.rmtree(self.data)

    # The model

    def compare(self) -> None:
        told: dict[int, tuple[int, int, int]] = {}
        for each in self.home.ask(lambda queries: queries.sums(by=("model",), slots=True)):
            key = int(each.group[0].removeprefix("claude-"))
            assert key not in told, f"{key} is counted in two quarters of an hour"
            told[key] = (each.requests, each.tokens.output, each.slot)
            assert each.tokens.input == 100 + key
        assert self.read.keys() <= told.keys() <= self.there.keys()
        for key, (requests, output, slot) in told.items():
            read, there = self.read.get(key, set()), self.there[key]
            assert requests == 1
            assert output in {entry.output for entry in there}
            assert output >= max((entry.output for entry in read), default=0)
            assert slot in {entry.time // QUARTER * QUARTER for entry in there}
            assert slot <= min((entry.time for entry in read), default=NOW)

    def entries(self, drawn: Drawn) -> list[Entry]:
        made = []
        for key, output, minute, final in drawn:
            self.lines += 1
            made.append(Entry(key, output, minute, final, self.lines))
        return made

    def all_is_read(self) -> None:
        for log in self.logs.values():
            for entry in log.said:
                self.read.setdefault(entry.key, set()).add(entry)

    def path(self, name: str) -> Path:
        return self.root / ".claude" / "projects" / f"{name}.jsonl"

    def written(self, name: str) -> None:
        """The file was changed: its time says so, and its lines are there to be read."""
        self.writes += 1
        time = (OLD + self.writes * 1000) * 1_000_000
        path = self.path(name)
        os.utime(path, ns=(time, time))
        assert path.read_bytes() == self.logs[name].content
        for entry in self.logs[name].said:
            self.there.setdefault(entry.key, set()).add(entry)

    def log(self, name: str) -> Log:
        """The log of this name, a new one if there is none."""
        if name not in self.logs:
            self.logs[name] = Log(self.head)
            self.append_bytes(name, self.head)
        return self.logs[name]

    def append_bytes(self, name: str, data: bytes) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(data)
        self.written(name)

    def overwrite(self, name: str, log: Log) -> None:
        """In place: the file keeps its number."""
        self.logs[name] = log
        self.path(name).write_bytes(log.content)
        self.written(name)

    # What agents and people do to logs

    def perhaps(self, seen: bool) -> None:
        """Before lines are destroyed: they were all seen, or some may not have been."""
        if seen:
            self.scan()

    @rule(name=names, drawn=drawn, broken=st.booleans())
    def append(self, name: str, drawn: Drawn, broken: bool) -> None:
        if name in self.denied:
            return
        log = self.log(name)
        data = self.end_half(log, broken)
        came = self.entries(drawn)
        log.entries += came
        self.append_bytes(name, data + b"".join(entry.line for entry in came))

    @rule(name=names, drawn=drawn, broken=st.booleans(), share=st.floats(0, 1))
    def append_half(self, name: str, drawn: Drawn, broken: bool, share: float) -> None:
        if name in self.denied:
            return
        log = self.log(name)
        data = self.end_half(log, broken)
        *came, half = self.entries(drawn)
        log.entries += came
        log.half, log.cut = half, max(1, round(share * (len(half.line) - 2)))
        self.append_bytes(name, data + b"".join(entry.line for entry in came) + half.line[: log.cut])

    def end_half(self, log: Log, broken: bool) -> bytes:
        """What ends the half line: the rest of it, or, after a crash of the agent, only the end of the line."""
        if log.half is None:
            return b""
        half, cut, log.half = log.half, log.cut, None
        log.entries.append(half.line[:cut] + b"\n" if broken else half)
        return b"\n" if broken else half.line[cut:]

    @rule(name=names, broken=st.booleans())
    def finish_half(self, name: str, broken: bool) -> None:
        if name in self.logs and self.logs[name].half is not None:
            self.append_bytes(name, self.end_half(self.logs[name], broken))

    @rule(name=names, other=names, at=st.integers(0, 20))
    def duplicate_line(self, name: str, other: str, at: int) -> None:
        """An agent that goes on with a session copies its lines."""
        if name in self.logs and self.logs[name].said and other not in self.denied:
            said = self.logs[name].said
            entry = said[at % len(said)]
            log = self.log(other)
            data = self.end_half(log, broken=False)
            log.entries.append(entry)
            self.append_bytes(other, data + entry.line)

    @rule(name=names, other=names, seen=st.booleans())
    def rename(self, name: str, other: str, seen: bool) -> None:
        self.perhaps(seen)
        if name in self.logs and other != name and other not in self.denied:
            self.path(other).parent.mkdir(parents=True, exist_ok=True)
            self.path(name).replace(self.path(other))
            self.logs[other] = self.logs.pop(name)

    @rule(name=names, other=names, keep_time=st.booleans(), seen=st.booleans())
    def copy(self, name: str, other: str, keep_time: bool, seen: bool) -> None:
        """A backup beside the original, over what was there."""
        self.perhaps(seen)
        if name in self.logs and other != name and other not in self.denied:
            self.path(other).parent.mkdir(parents=True, exist_ok=True)
            self.logs[other] = self.logs[name].copy()
            (shutil.copy2 if keep_time else shutil.copy)(self.path(name), self.path(other))
            if not keep_time:
                self.written(other)

    @rule(name=names, other=names, drawn=st.just([]) | drawn, times=st.integers(1, 4), seen=st.booleans())
    def copy_and_truncate(self, name: str, other: str, drawn: Drawn, times: int, seen: bool) -> None:
        """Rotation of a file that stays open; it may have grown beyond its old end before anybody looks."""
        self.perhaps(seen)
        self.copy(name, other, keep_time=False, seen=False)
        if name in self.logs:
            self.overwrite(name, Log(self.head, list(self.entries([*drawn] * times))))

    @rule(name=names, drop=st.sets(st.integers(0, 12), min_size=1), drawn=st.just([]) | drawn, seen=st.booleans())
    def rewrite(self, name: str, drop: set[int], drawn: Drawn, seen: bool) -> None:
        """Some lines go, some come at the end."""
        self.perhaps(seen)
        if name in self.logs:
            kept = [entry for at, entry in enumerate(self.logs[name].entries) if at not in drop]
            self.overwrite(name, Log(self.head, [*kept, *self.entries(drawn)]))

    @rule(name=names, drop=st.sets(st.integers(0, 12)), drawn=drawn, seen=st.booleans())
    def replace(self, name: str, drop: set[int], drawn: Drawn, seen: bool) -> None:
        """Written beside the original and put in its place, as careful programs do."""
        self.perhaps(seen)
        if name in self.logs:
            kept = [entry for at, entry in enumerate(self.logs[name].entries) if at not in drop]
            self.logs[name] = Log(self.head, [*self.entries(drawn), *kept])
            beside = self.path(name).with_suffix(".part")
            beside.write_bytes(self.logs[name].content)
            beside.replace(self.path(name))
            self.written(name)

    @rule(name=names, at=st.integers(0, 20))
    def correct_a_line(self, name: str, at: int) -> None:
        """In place and without a change of the size, after everything was read and before anything else happens."""
        self.scan()
        log = self.logs.get(name)
        if log is None or not log.said or log.half is not None:
            return
        at %= len(log.entries)
        entry = log.entries[at]
        if isinstance(entry, Entry) and entry.output % 10 < 9:
            better = Entry(entry.key, entry.output + 1, entry.minute, entry.final, entry.number)
            self.overwrite(name, Log(self.head, [*log.entries[:at], better, *log.entries[at + 1 :]]))
            self.scan()

    @rule(name=names, seen=st.booleans())
    def delete(self, name: str, seen: bool) -> None:
        self.perhaps(seen)
        if name in self.logs:
            self.path(name).unlink()
            del self.logs[name]

    @rule(name=names)
    def deny(self, name: str) -> None:
        """No mode stops the super-user, but a folder in the place of the file does."""
        if name in self.logs:
            path = self.path(name)
            path.rename(path.with_suffix(".aside"))
            path.mkdir()
            self.denied[name] = self.logs.pop(name)

    @precondition(lambda self: self.denied)
    @rule(name=names)
    def allow(self, name: str) -> None:
        if name in self.denied:
            path = self.path(name)
            path.rmdir()
            path.with_suffix(".aside").rename(path)
            self.logs[name] = self.denied.pop(name)

    # What the program does, and what is done to it

    @rule()
    def look(self) -> None:
        self.home.scanner.plan()

    @rule(number=st.integers(1, 3))
    def step(self, number: int) -> None:
        self.home.steps(number)

    @rule()
    def scan(self) -> None:
        self.price.after(0, None)
        self.home.read()
        assert self.home.scanner.failures == {}
        self.all_is_read()
        self.compare()

    @rule(name=names)
    def hint(self, name: str) -> None:
        self.home.scanner.hint([self.path(name)])

    @rule()
    def restart(self) -> None:
        self.home.restart()

    @rule()
    def forget_checkpoints(self) -> None:
        self.home.ledger.forget_checkpoints()

    @rule(at=st.integers(1, 8), grown=st.dictionaries(names, drawn, min_size=1, max_size=3), look=st.booleans())
    def kill(self, at: int, grown: dict[str, Drawn], look: bool) -> None:
        """While it enters the n-th response; or where it stands, if there are fewer."""
        for name, drawn in grown.items():
            self.append(name, drawn, broken=False)
        if look:
            self.home.scanner.plan()

        def die() -> None:
            raise Killed(self.home.image())

        self.price.after(at, die)
        image = None
        try:
            self.home.steps(3)
        except Killed as killed:
            image = killed.image
        self.price.after(0, None)
        self.home.crash(image)

    @rule(at=st.integers(1, 8), grown=st.dictionaries(names, drawn, min_size=1, max_size=3), look=st.booleans())
    def fill_the_disk(self, at: int, grown: dict[str, Drawn], look: bool) -> None:
        for name, drawn in grown.items():
            self.append(name, drawn, broken=False)
        if look:
            self.home.scanner.plan()

        def refuse() -> None:
            raise LedgerFull("There is no space left for the ledger.")

        self.price.after(at, refuse)
        try:
            self.home.steps(3)
        except LedgerError:
            # There is room again; what was not entered, or was undone, is read without another look.
            self.home.finish()
            if look:
                self.all_is_read()
                self.compare()
        self.price.after(0, None)


def test_whatever_happens_the_ledger_holds_what_the_logs_said(figure: Figure) -> None:
    run_state_machine_as_test(
        Script,
        settings=settings(
            max_examples=SCRIPTS,
            stateful_step_count=STEPS,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    figure(f"{SCRIPTS:,} scripts of up to {STEPS} deeds: 0 differ")
