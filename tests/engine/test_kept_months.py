"""History is kept in whole months before the present one, as the user counts months."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.engine.conftest import NOW
from tokenwatch.base.clock import to_ms
from tokenwatch.base.settings import Settings
from tokenwatch.engine.kept_months import kept_since


def at(*moment: int, zone: object = UTC) -> int:
    return to_ms(datetime(*moment, tzinfo=zone))  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("settings", "since"),
    [
        (Settings(), 0),
        (Settings(keep_months=1), at(2026, 10, 1)),
        (Settings(keep_months=11), at(2025, 12, 1)),
        (Settings(keep_months=13), at(2025, 10, 1)),
        (Settings(keep_months=2, month_start=25), at(2026, 8, 25)),
    ],
)
def test_whole_months_are_kept_before_the_present_one(settings: Settings, since: int) -> None:
    assert kept_since(settings, NOW, UTC) == since


def test_months_begin_where_the_user_lives() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert kept_since(Settings(keep_months=1), NOW, berlin) == at(2026, 10, 1, zone=berlin)
