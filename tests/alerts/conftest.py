"""A store of alerts in memory that survives restarts of the evaluator, and figures of a made-up June."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from tokenwatch.base.errors import LedgerFull
from tokenwatch.base.money import from_dollars
from tokenwatch.base.snapshot import Figures, Month


class Store:
    """Keeps keys like the ledger does; ``broken`` makes it refuse, before or after it kept them."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.broken = ""

    def fired(self, prefix: str) -> frozenset[str]:
        if self.broken == "fired":
            raise LedgerFull("The disk is full.")
        return frozenset(key for key in self.keys if key.startswith(prefix))

    def mark(self, keys: Sequence[str], at: int) -> None:
        if self.broken == "mark":
            raise LedgerFull("The disk is full.")
        for key in keys:
            self.keys.setdefault(key, at)
        if self.broken == "after":
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
