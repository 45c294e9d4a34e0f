"""Reported runs that got out of hand, played again on a fake clock: which rule tells, how soon; and thirty days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from tests.alerts.conftest import Store
from tests.engine.conftest import TOY, MovableClock
from tokenwatch.alerts.evaluate import Evaluator
from tokenwatch.alerts.rule import rules
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.base.snapshot import Figures
from tokenwatch.base.usage import Context, Record
from tokenwatch.engine.compose import Used, sessions
from tokenwatch.insight.meter import Meter
from tokenwatch.insight.recent_minutes import RecentMinutes
from tokenwatch.insight.recent_use import RecentUse
from tokenwatch.insight.session_spend import SessionSpend
from tokenwatch.ledger.change import Change
from tokenwatch.live.programs import ProcessInfo, Role
from tokenwatch.live.sessions import LiveTracker
from tokenwatch.live.states import counts
from tokenwatch.readers.process_only import ProcessOnly
from tokenwatch.readers.protocol import TurnEvent, TurnKind

K = TurnKind
START = 1_795_000_000_000
MINUTE = 60_000
HOUR = 60 * MINUTE
NANO = 10**9
RUNAWAY = {"fan-out", "unattended", "compaction-churn", "repeats", "cold-cache", "error-storm", "rate-high"}


@dataclass
class Play:
    """One session whose events and responses are told as they happen; every rule judges once a minute."""

    home: Path
    clock: MovableClock = field(default_factory=lambda: MovableClock(START))
    told: list[tuple[float, str]] = field(default_factory=list)
    """(minutes since the begin, rule) of each notification."""
    usual_cost: int | None = None
    number: int = 0
    cost: int = 0

    def __post_init__(self) -> None:
        process = ProcessInfo(7, 1, START - HOUR, cwd="/code/shop", agent=TOY.id, role=Role.SESSION)
        readers = {TOY.id: ProcessOnly(TOY)}
        self.tracker = LiveTracker(readers, Paths.below(self.home), self.clock, lambda: (process,))
        self.spend, self.meter, self.recent, self.minutes = SessionSpend(), Meter(), RecentUse(), RecentMinutes()
        self.rules = [rule for rule in rules() if rule.group == "agents"]
        self.evaluator = Evaluator(self.rules, Store())
        self.judged_at = START

    @property
    def now(self) -> int:
        return self.clock.now()

    def event(self, kind: TurnKind, sub: str = "", **more) -> Play:
        event = TurnEvent(kind, "s1", self.now, agent_id=sub, project="/code/shop", model="m1", **more)
        self.tracker.feed(TOY.id, f"/logs/{sub or 's1'}.jsonl", self.now, [event])
        return self

    def response(self, dollars: float, sub: str = "", **counts_of: int) -> Play:
        self.number += 1
        context = Context(TOY.id, "s1", "m1", agent_id=sub, project="/code/shop")
        record = Record(context, self.number, 0, self.now, **({"output": 100} | counts_of))
        nano = round(dollars * NANO)
        change = Change(record, record.tokens.new, record.cache_read, nano)
        session = self.recent.add(record)
        self.spend.add(session, record, change.new_tokens, change.cache_read, nano)
        self.meter.add(record.time, TOY.id, session, sub, change.new_tokens, nano, True)
        self.minutes.add(record.time, change.new_tokens, nano)
        self.cost += nano
        return self

    def turn(self, dollars: float = 0.02, seconds: float = 30, **more) -> Play:
        """One response that calls a tool, and its result ``seconds`` later."""
        ref = str(self.number)
        more = {"tool": "Bash", "call": self.number + 1} | more
        self.response(dollars).event(K.TOOL_OPEN, ref=ref, **more)
        return self.wait(seconds).event(K.TOOL_CLOSED, ref=ref)

    def wait(self, seconds: float, every: int = MINUTE) -> Play:
        end = self.now + round(seconds * 1000)
        while self.judged_at + every <= end:
            # A look just before, or this one would seem to come after a sleep.
            self.clock.set(max(self.now, self.judged_at + every) - 1000)
            self.tracker.tick()
            self.clock.set(self.now + 1000)
            self.judge()
        self.clock.set(end)
        return self

    def judge(self) -> None:
        self.judged_at = self.now
        opened = self.tracker.tick()
        used = Used(cost=self.cost)
        rows = sessions(
            opened,
            {TOY.id: TOY},
            lambda *_: used,
            self.recent,
            self.meter,
            Settings(),
            lambda _: None,
            self.now,
            self.spend,
        )
        figures = Figures(
            self.now,
            counts=counts(opened),
            sessions=rows,
            rate=self.meter.rate(self.now),
            usual_cost=self.usual_cost,
            active_hours=self.minutes.active_hours(self.now),
        )
        for alert in self.evaluator.evaluate(figures, Settings(), self.now, silent=False).new:
            self.told.append(((self.now - START) / MINUTE, alert.rule))

    def first(self, rule: str) -> float | None:
        return next((at for at, name in self.told if name == rule), None)


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    yield Play(tmp_path).event(K.PROMPT)


# Cases


def hundreds_of_sub_agents(play: Play) -> None:
    for number in range(300):
        play.event(K.PROMPT, sub=f"a{number}").response(0.08, sub=f"a{number}").wait(1)


def same_request_for_hours(play: Play) -> None:
    for _ in range(120):
        play.turn(0.05, 60, call=7)


def compacted_over_and_over(play: Play) -> None:
    for _ in range(27):
        play.turn(0.1).turn(0.1).event(K.COMPACTED).wait(240)


def polls_that_cost_more_than_work(play: Play) -> None:
    for _ in range(60):
        play.turn(0.1, 20, tool="wait")


def a_loop_that_outlives_its_cache(play: Play) -> None:
    for _ in range(6):
        play.event(K.PROMPT, typed=False).response(2.0, cache_write_5m=400_000).event(K.TURN_CLOSED).wait(1800)
        play.event(K.PROMPT, typed=False).response(2.0, cache_write_5m=400_000).wait(60)


def replies_while_the_lid_is_closed(play: Play) -> None:
    for _ in range(40):
        play.event(K.PROMPT, typed=False).response(0.37).wait(300)


def requests_that_fail(play: Play) -> None:
    for _ in range(30):
        play.event(K.FAILED).wait(15)


def far_above_the_usual(play: Play) -> None:
    play.usual_cost = 5 * NANO
    for _ in range(60):
        play.turn(0.5, 30)


CASES: list[tuple[Callable[[Play], None], str, float]] = [
    (hundreds_of_sub_agents, "fan-out", 1),
    (same_request_for_hours, "repeats", 6),
    (same_request_for_hours, "unattended", 62),
    (compacted_over_and_over, "compaction-churn", 12),
    (polls_that_cost_more_than_work, "repeats", 2),
    (a_loop_that_outlives_its_cache, "cold-cache", 130),
    (replies_while_the_lid_is_closed, "unattended", 71),
    (requests_that_fail, "error-storm", 4),
    (far_above_the_usual, "rate-high", 16),
]


@pytest.mark.parametrize(("case", "rule", "minutes"), CASES)
def test_a_run_that_got_out_of_hand_is_told_in_time(play, case, rule, minutes) -> None:
    case(play)
    at = play.first(rule)
    assert at is not None, play.told
    assert at <= minutes


@pytest.mark.parametrize("case", [case for case, _, _ in CASES])
def test_it_is_told_seldom(play, case) -> None:
    case(play)
    runaway = [(at, rule) for at, rule in play.told if rule in RUNAWAY]
    for rule in RUNAWAY - {"unattended"}:
        times = [at for at, name in runaway if name == rule]
        assert all(later - earlier >= 10 for earlier, later in pairwise(times)), times


def test_thirty_ordinary_days_give_at_most_one_alert(tmp_path: Path) -> None:
    chance = Random(4)
    play = Play(tmp_path, usual_cost=8 * NANO)
    for _ in range(30):
        morning = play.now
        for _ in range(chance.randint(8, 20)):  # pieces of work a day
            play.event(K.PROMPT)
            for _ in range(chance.randint(1, 25)):
                play.turn(chance.uniform(0.01, 0.12), chance.uniform(5, 45))
                if chance.random() < 0.02:
                    for name in range(chance.randint(1, 4)):
                        sub = f"a{play.number}{name}"
                        play.event(K.PROMPT, sub=sub).response(0.05, sub=sub).wait(20).event(K.TURN_CLOSED, sub=sub)
                if chance.random() < 0.02:
                    play.event(K.FAILED)
            if chance.random() < 0.1:
                play.event(K.COMPACTED)
            play.response(0.05).event(K.TURN_CLOSED).wait(chance.uniform(60, 1800))
        play.wait(max(0, (morning + 24 * HOUR - play.now) / 1000), every=HOUR)
    assert [rule for _, rule in play.told if rule in RUNAWAY][1:] == []
