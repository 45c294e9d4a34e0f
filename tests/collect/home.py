"""A home with a ledger that a scanner fills, and a toy agent whose log is as simple as a log can be.

Owns what the tests of scanning, importing and reading share. A line of the toy agent is ``<key> <tokens>``, and
anything may follow; its carry is the number of lines that were read so far.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.ledger.conftest import FlatPrice
from tokenwatch.base.clock import Clock, FixedClock
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Record, identity
from tokenwatch.collect.discover import Found, discover
from tokenwatch.collect.scanner import Scanner
from tokenwatch.ledger.change import Entered, Pricer
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries, SourceFacts, Sum
from tokenwatch.readers.protocol import Carry, Part, Reader, ReadResult, Root

NOW = 1_795_600_000_000
OLD = NOW - 86_400_000
"""Files are this old unless a test says otherwise: not written lately."""

NOT_A_LINE = "not a line"
MANY_STEPS = 10_000
NEVER = 1 << 60
"""So many bytes are worth a worker."""


class TickingClock(FixedClock):
    """Each look at the monotonic clock takes a while: a step ends after the first slice that it reads."""

    def __init__(self, now: int, seconds: float = 1.0) -> None:
        super().__init__(now)
        self._seconds = seconds

    def monotonic(self) -> float:
        self.advance(self._seconds)
        return super().monotonic()


class Toy:
    """A reader that remembers what it was given."""

    agent = Agent(id="toy", name="Toy", letter="T", provider="acme")

    def __init__(self, version: int = 1, factor: int = 1) -> None:
        self.version = version
        self.factor = factor
        self.given: list[tuple[str, int, Carry]] = []
        """(file, offset, carry) of every part."""

    @property
    def files(self) -> list[str]:
        """The files in the order in which their parts came."""
        return [name for name, _, _ in self.given]

    def roots(self, paths: Paths) -> Iterable[Root]:
        yield Root("toy", paths.home / "toy", lambda relative: relative.endswith((".jsonl", ".jsonl.zst")))

    def read(self, part: Part, carry: Carry) -> ReadResult:
        self.given.append((part.source.relative, part.offset, carry))
        context = Context(agent="toy", session=part.source.relative, model="m1")
        lines = part.data.split(b"\n")[:-1]
        records = []
        skipped = 0
        for line in lines:
            words = line.split(None, 2)
            if len(words) < 2 or not words[1].isdigit():
                skipped += 1
                continue
            key = identity("toy", words[0].decode())
            records.append(Record(context, key, 0, part.modified, output=int(words[1]) * self.factor))
        return ReadResult(
            records, str(int(carry or b"0") + len(lines)).encode(), skipped={NOT_A_LINE: skipped} if skipped else {}
        )

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return family

    def turns(self, part: Part, carry: Carry) -> Iterable[object]:
        return ()

    def claims(self, paths: Paths) -> Iterable[Path]:
        return ()

    def claim(self, path: Path, data: bytes) -> None:
        return None


class Home:
    """``restart`` and ``crash`` end one life of the program and begin the next; each ``scanner`` is a new one."""

    def __init__(
        self,
        root: Path,
        readers: Mapping[str, Reader] | None = None,
        clock: Clock | None = None,
        data: Path | None = None,
        remote: bool = False,
        **options: object,
    ) -> None:
        """``data``: where the ledger is, if not below ``root``; ``remote``: as if on a network file system.
        ``options`` are the scanner's."""
        self.remote = remote
        self.root = root
        self.paths = Paths.below(root)
        if data is not None:
            self.paths = replace(self.paths, data=data)
        self.paths.ensure(self.paths.data)
        self.toy = Toy()
        self.readers: dict[str, Reader] = dict(readers) if readers is not None else {"toy": self.toy}  # type: ignore[dict-item]
        self.clock = clock or FixedClock(NOW)
        self.options = {"worth_workers": NEVER, **options}
        self.price: Pricer = FlatPrice()
        self.begin()

    # Lives of the program

    def begin(self) -> None:
        settle = {agent_id: reader.settle for agent_id, reader in self.readers.items()}
        self.ledger = Ledger(self.paths.ledger, self.price, settle, remote=self.remote)
        self.scanner = self.new_scanner()

    def new_scanner(self, **options: object) -> Scanner:
        """Without a worker unless ``worth_workers`` says otherwise."""
        self.scanner = Scanner(self.ledger, self.readers, self.paths, self.clock, **{**self.options, **options})  # type: ignore[arg-type]
        return self.scanner

    def end(self) -> None:
        self.scanner.close()
        self.ledger.close()

    def restart(self) -> None:
        self.end()
        self.begin()

    def image(self) -> dict[str, bytes]:
        """The ledger's files as a killed program leaves them."""
        names = [self.paths.ledger.name, f"{self.paths.ledger.name}-wal"]
        return {name: (self.paths.data / name).read_bytes() for name in names if (self.paths.data / name).exists()}

    def crash(self, image: Mapping[str, bytes] | None = None) -> None:
        """Go on from the files as they are now, or were; nothing that the program had in memory is left."""
        kept = self.image() if image is None else image
        self.end()
        for path in self.paths.data.glob(f"{self.paths.ledger.name}*"):
            path.unlink()
        for name, data in kept.items():
            (self.paths.data / name).write_bytes(data)
        self.begin()

    # Logs

    def path(self, name: str) -> Path:
        return self.root / "toy" / name

    def write(self, name: str, data: bytes, modified: int = OLD) -> Path:
        """``modified`` is milliseconds."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, ns=(modified * 1_000_000, modified * 1_000_000))
        return path

    def append(self, name: str, data: bytes, modified: int = OLD) -> Path:
        path = self.path(name)
        with path.open("ab") as file:
            file.write(data)
        os.utime(path, ns=(modified * 1_000_000, modified * 1_000_000))
        return path

    def found(self, name: str) -> Found:
        found = discover(self.readers, self.paths).found
        return next(entry for entry in found if entry.source.relative == name)

    # Reading

    def read(self) -> Entered:
        """Everything that changed since the last time."""
        self.scanner.plan()
        return self.finish()

    def finish(self) -> Entered:
        entered = Entered()
        for _ in range(MANY_STEPS):
            if not self.scanner.pending:
                return entered
            entered += self.scanner.step()
        raise AssertionError("reading does not end")

    def steps(self, most: int) -> None:
        for _ in range(most):
            if self.scanner.pending:
                self.scanner.step()

    # What the ledger holds, as other programs see it

    def ask(self, question: Callable[[Queries], Any]) -> Any:
        queries = Queries(self.paths.ledger)
        try:
            return question(queries)
        finally:
            queries.close()

    @property
    def total(self) -> tuple[int, int]:
        """(responses, tokens)"""
        (found,) = self.ask(lambda queries: queries.sums()) or [None]
        return (0, 0) if found is None else (found.requests, found.tokens.total)

    @property
    def contents(self) -> list[Sum]:
        by = ("agent", "provider", "model", "project", "session", "branch")
        return sorted(self.ask(lambda queries: queries.sums(by=by, slots=True)), key=repr)

    @property
    def sources(self) -> list[SourceFacts]:
        return self.ask(lambda queries: queries.sources())

    @property
    def skipped(self) -> dict[str, dict[str, int]]:
        return self.ask(lambda queries: queries.skipped())


def toy_lines(first: int, last: int, *, padding: int = 0) -> bytes:
    """Lines with the keys ``first`` to ``last``, each of as many tokens as its key says."""
    rest = b" " + b"x" * padding if padding else b""
    return b"".join(b"k%d %d%b\n" % (number, number, rest) for number in range(first, last + 1))


def tokens(first: int, last: int) -> tuple[int, int]:
    """(responses, tokens) of those lines."""
    return last - first + 1, sum(range(first, last + 1))
