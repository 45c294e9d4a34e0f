"""The numbers that rules about agents measure against, in one place.

Owns those constants and says where each comes from. Does not own the conditions (rules/) or money rules' numbers.

Sources: reported cases of runs that got out of hand (905 sub-agents in six minutes; the same call once a minute for
hours; 27 compactions in two hours after a sleep; polling that took 60 % of a day's tokens; a loop whose pause
outlives the cache), and what other agents' own breakers use: five equal calls, three compactions.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.money import NANO

MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE

WAITING_MS: Final = 2 * MINUTE
LONG_TURN_MS: Final = 10 * MINUTE
"""The end of a shorter turn is not worth a message."""

TOLD_FOR_MS: Final = 10 * MINUTE
"""For so long after it happened, that an agent finished is news."""

CRASH_TOLD_FOR_MS: Final = 30 * MINUTE

MOST_SPAWNED: Final = 15
"""New sub-agents in ten minutes under one session."""

MOST_RUNNING: Final = 40
MOST_DEPTH: Final = 1
"""Sub-agents that start sub-agents are one more."""

UNATTENDED_COST: Final = 5 * NANO
UNATTENDED_MS: Final = HOUR
"""Since a person last typed something; told again at each doubling."""

MOST_DOUBLINGS: Final = 12
MOST_COMPACTIONS: Final = 2
FEWEST_TURNS_BETWEEN: Final = 5
MOST_REPEATED: Final = 4
MOST_POLLED: Final = 0.3
COLD_RUNS: Final = 3
MOST_ERRORS: Final = 9
RATE_LEAST: Final = 10 * NANO
"""Per hour; below it no rate is alarming."""

RATE_TIMES_USUAL: Final = 4
RATE_HELD_MS: Final = 10 * MINUTE
ROUND_THE_CLOCK_HOURS: Final = 20
ROUND_THE_CLOCK_ALONE_MS: Final = 8 * HOUR

COOLDOWN_MS: Final = 10 * MINUTE
"""Between two messages of one rule about one session, and for how long it must be over before it may begin again."""

STEP: Final = 5 * NANO
"""A session that goes on is told of again after so much more money."""
