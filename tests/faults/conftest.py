"""How often each fault is tried, and the figures that the table of faults shows.

The environment variables TOKENWATCH_DAMAGES, _TORN, _FILLS, _FUZZ, _FILES, _LINE_MIB, _CONNECTIONS, _STARTS,
_SECONDS and _ORDERS raise the numbers; ``make faults`` does. A test tells its figure with
``figure("1,000 copies, 0 wrong")``.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

Figure = Callable[[str], None]


def times(name: str, few: int) -> int:
    """How often: ``few`` in the tests of each change, more if the variable says so."""
    return int(os.environ.get(f"TOKENWATCH_{name}", few))


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    return lambda words: record_property("figure", words)
