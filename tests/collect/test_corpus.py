"""A made-up home of both agents, as large as a real one: whichever way it is read, its figures are those it was made
with.

The corpus counts while it writes; nothing here or in it shares code with the readers.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.collect.home import Home, TickingClock
from tokenwatch.base.clock import FixedClock
from tokenwatch.base.usage import Tokens
from tokenwatch.ledger.queries import Sum
from tokenwatch.readers.protocol import readers

NOW = 1_764_600_000_000
AGENTS = (".claude", ".codex")
NAMES = {"claude-code": "claude", "codex": "codex"}

Figures = dict[str, tuple[int, ...]]
"""What is counted (agent; agent and model; ...) -> its tokens in the order of the corpus, and requests in all."""


@dataclass(frozen=True)
class Corpus:
    root: Path
    figures: Figures
    together: Mapping[str, str]
    """Session of Claude Code -> the first of the sessions that hold one another's messages."""

    def files(self) -> list[Path]:
        return sorted(path for agent in AGENTS for path in (self.root / agent).rglob("*.jsonl"))


@pytest.fixture(scope="session", params=[1, 2, 3], ids=lambda seed: f"seed {seed}")
def corpus(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Corpus]:
    root = tmp_path_factory.mktemp("corpus")
    maker = shared / "corpus" / "make_corpus.py"
    options = ["--size", "100MB", "--seed", str(request.param), "--traps"]
    subprocess.run([sys.executable, maker, "--out", root, *options], check=True, capture_output=True)
    together = _together((root / ".claude" / "projects").rglob("*.jsonl"))
    yield Corpus(root, _figures_of(json.loads((root / "truth.json").read_bytes()), together), together)
    shutil.rmtree(root)


def _together(files: Iterable[Path]) -> dict[str, str]:
    """A resumed session repeats messages; those may be counted to any session that holds them."""
    first: dict[str, str] = {}

    def of(session: str) -> str:
        while first.setdefault(session, session) != session:
            session = first[session]
        return session

    holder: dict[bytes, str] = {}
    for path in sorted(files):
        data = path.read_bytes()
        found = re.search(rb'"sessionId":"([^"]+)"', data)
        session = found.group(1).decode() if found else path.stem
        for message in set(re.findall(rb'"id":"(msg_\w+)"', data)):
            one, other = sorted((of(holder.setdefault(message, session)), of(session)))
            first[other] = one
    return {session: of(session) for session in list(first)}


def _figures_of(truth: Mapping[str, Any], together: Mapping[str, str]) -> Figures:
    figures: Figures = {}
    for agent, facts in truth["agents"].items():
        figures[agent] = (*facts["totals"].values(), facts["events"])
        for model, values in facts["by_model"].items():
            figures[f"{agent} {model}"] = tuple(values.values())
        for day, models in facts["by_day"].items():
            for model, values in models.items():
                figures[f"{agent} {day} {model}"] = tuple(values.values())
        for session, values in facts["by_session"].items():
            _add(figures, f"{agent} session {together.get(session, session)}", tuple(values.values()))
    return figures


def _add(figures: Figures, name: str, values: tuple[int, ...]) -> None:
    before = figures.get(name, (0,) * len(values))
    figures[name] = tuple(one + other for one, other in zip(before, values, strict=True))


FIELDS: Mapping[str, Callable[[Tokens], tuple[int, ...]]] = {
    "claude": lambda t: (t.input, t.output, t.cache_write_5m, t.cache_write_1h, t.cache_read),
    "codex": lambda t: (t.prompt, t.cache_read, t.output, t.reasoning),
}


def told(home: Home, corpus: Corpus) -> Figures:
    """The same figures as the ledger holds them, when all was read."""
    assert not home.scanner.pending and home.scanner.failures == {}
    figures: Figures = {}
    sums: list[Sum] = home.ask(lambda queries: queries.sums(by=("agent", "model", "session"), slots=True))
    for each in sums:
        agent_id, model, session = each.group
        agent = NAMES[agent_id]
        values = FIELDS[agent](each.tokens)
        day = datetime.fromtimestamp(each.slot / 1000, UTC).date().isoformat()
        _add(figures, agent, (*values, each.requests))
        _add(figures, f"{agent} {model}", values)
        _add(figures, f"{agent} {day} {model}", values)
        _add(figures, f"{agent} session {corpus.together.get(session, session)}", values)
    return figures


@pytest.fixture
def home_of(tmp_path: Path) -> Iterator[Callable[..., Home]]:
    made: list[Home] = []

    def make(logs: Path | None = None, **options: Any) -> Home:
        """``logs`` holds the agents' folders; without it the home has none yet."""
        root = tmp_path / f"home {len(made)}"
        root.mkdir()
        if logs is not None:
            for agent in AGENTS:
                (root / agent).symlink_to(logs / agent)
        made.append(Home(root, readers=readers(), **options))
        return made[-1]

    yield make
    for home in made:
        home.end()
        shutil.rmtree(home.root)


def test_a_home_that_is_read_as_a_whole(home_of: Callable[..., Home], corpus: Corpus) -> None:
    home = home_of(corpus.root)
    home.read()
    assert told(home, corpus) == corpus.figures


@pytest.mark.parametrize("helping", [False, True], ids=["waiting", "helping"])
def test_a_home_that_is_read_with_a_worker(home_of: Callable[..., Home], corpus: Corpus, helping: bool) -> None:
    home = home_of(corpus.root, worth_workers=0, helping=helping)
    home.scanner.plan()
    home.scanner.step()
    assert psutil.Process().children()
    home.finish()
    assert told(home, corpus) == corpus.figures


def test_a_home_that_is_read_again_and_again(home_of: Callable[..., Home], corpus: Corpus) -> None:
    home = home_of(corpus.root)
    home.read()
    before = home.contents
    for again in (home.scanner.plan, home.restart):
        home.ledger.forget_checkpoints()
        assert {facts.checkpoint.offset for facts in home.sources} == {0}
        again()
        assert not home.read()
        assert home.contents == before
    assert told(home, corpus) == corpus.figures


def reverse(times: list[int]) -> None:
    times.reverse()


@pytest.mark.parametrize("order", [reverse, random.Random(7).shuffle], ids=["oldest first", "in any order"])
def test_a_home_that_is_read_in_another_order(
    home_of: Callable[..., Home], corpus: Corpus, order: Callable[[list[int]], None]
) -> None:
    """What was written last is read first, so files are given the times of others."""
    home = home_of()
    for agent in AGENTS:
        shutil.copytree(corpus.root / agent, home.root / agent)
    copy = Corpus(home.root, corpus.figures, corpus.together)
    files = sorted(copy.files(), key=lambda path: path.stat().st_mtime_ns)
    times = [path.stat().st_mtime_ns for path in files]
    order(times)
    for path, time in zip(files, times, strict=True):
        os.utime(path, ns=(time, time))
    home.read()
    assert told(home, copy) == corpus.figures


SLICES = 50


@pytest.mark.parametrize("clock", [FixedClock, TickingClock], ids=["many sources a step", "one source a step"])
def test_a_home_that_is_read_while_it_grows(
    home_of: Callable[..., Home], corpus: Corpus, clock: type[FixedClock]
) -> None:
    """In slices of any size, cut within lines, too; between two of them the program quits or is killed."""
    chance = random.Random(11)
    home = home_of(clock=clock(NOW))
    coming: list[list[tuple[Path, bytes]]] = [[] for _ in range(SLICES)]
    for path in corpus.files():
        data = path.read_bytes()
        pieces = chance.choice((1, 2, 3, 5, 20))
        cuts = [0, *sorted(chance.choices(range(len(data)), k=pieces - 1)), len(data)]
        when = sorted(chance.choices(range(SLICES), k=pieces))
        for (begin, end), at in zip(pairwise(cuts), when, strict=True):
            coming[at].append((home.root / path.relative_to(corpus.root), data[begin:end]))
    for slice_of_all in coming:
        for path, data in slice_of_all:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(data)
        home.scanner.plan()
        if chance.random() < 0.5:
            home.steps(chance.randrange(10))  # and is ended in the middle of its work
        else:
            home.finish()
        chance.choice((home.restart, home.crash))()
    home.read()
    assert told(home, corpus) == corpus.figures


@pytest.mark.parametrize("options", [{}, {"worth_workers": 1}], ids=["alone", "with a worker"])
def test_a_home_whose_import_is_killed_again_and_again(
    home_of: Callable[..., Home], corpus: Corpus, options: dict[str, Any]
) -> None:
    """Several steps are committed together, so that what was read since the last time is lost."""
    chance = random.Random(13)
    home = home_of(corpus.root, clock=TickingClock(NOW, 0.11), **options)
    lost = 0
    for _ in range(12):
        home.scanner.plan()
        home.steps(chance.randrange(1, 25))
        while home.scanner.pending and not home.ledger.holding:
            home.steps(1)  # a worker takes its time
        lost += len(home.ledger.marks) - len(home.sources)
        home.crash()
    home.read()
    assert told(home, corpus) == corpus.figures
    assert lost, "nothing was held when it was killed"
