"""A store of alerts in memory that survives restarts of the evaluator, and figures of a made-up June."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from tokenwatch.base.alerts import Hold, Snooze
from tokenwatch.base.errors import LedgerFull
from tokenwatch.base.money import from_dollars
from tokenwatch.base.snapshot import Figures, Month, PastAlert


class Store:
    """Keeps what the ledger keeps; ``broken`` makes it refuse, before or after it kept them."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.log: dict[str, PastAlert] = {}
        self.held: dict[str, Hold] = {}
        self.snoozed: dict[str, Snooze] = {}
        self.broken = ""

    def fired(self, prefix: str) -> Mapping[str, int]:
        self.refuse("fired")
        return {key: at for key, at in self.keys.items() if key.startswith(prefix)}

    def mark(self, keys: Sequence[str], at: int, begun: Sequence[PastAlert] = ()) -> None:
        self.refuse("mark")
        for key in keys:
            self.keys.setdefault(key, at)
        for past in begun:
            told = past.told or (past.alert.key in self.log and self.log[past.alert.key].told)
            self.log[past.alert.key] = replace(past, told=told)
        self.refuse("after")

    def settle(self, ended: Mapping[str, int], holds: Mapping[str, Hold | None]) -> None:
        self.refuse("mark")
        for key, at in ended.items():
            if key in self.log:
                self.log[key] = replace(self.log[key], ended=at)
        for thing, hold in holds.items():
            self.held.pop(thing, None)
            if hold is not None:
                self.held[thing] = hold

    def holds(self) -> Mapping[str, Hold]:
        return dict(self.held)

    def snoozes(self) -> dict[str, Snooze]:
        return dict(self.snoozed)

    def snooze(self, rule: str, snooze: Snooze | None) -> None:
        self.snoozed.pop(rule, None)
        if snooze is not None:
            self.snoozed[rule] = snooze

    def past(self, most: int) -> tuple[PastAlert, ...]:
        return tuple(sorted(self.log.values(), key=lambda past: -past.alert.at)[:most])

    def read(self) -> None:
        self.log = {key: replace(past, read=True) for key, past in self.log.items()}

    def refuse(self, what: str) -> None:
        if self.broken == what:
            raise LedgerFull("The disk is full.")


@pytest.fixture(scope="session")
def new_store() -> type[Store]:
    """For tests that need many."""
    return Store


@pytest.fixture
def store() -> Store:
    return Store()


def june(dollars: object = 0, **fields: object) -> Figures:
    """Figures of 11 June in which ``dollars`` are spent."""
    month = {
        "label": "2026-06",
        "first": date(2026, 6, 1),
        "last": date(2026, 6, 30),
        "today": date(2026, 6, 11),
        "spent": from_dollars(str(dollars)),
    }
    return Figures(at=1, month=Month(**(month | fields)))


@pytest.fixture(scope="session", name="june")
def june_figures() -> Callable[..., Figures]:
    return june
