"""Limits of providers: pace against time, when they run out, and only what is known."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QLocale

from tests.gui import samples
from tests.gui.faces import markup, picture
from tokenwatch.base.limits import Quota
from tokenwatch.gui.theme import Theme
from tokenwatch.gui.widgets.look import Look
from tokenwatch.gui.widgets.quota_rows import MOST, QuotaRows, quota_row

NOW, HOUR = samples.NOW, samples.HOUR_MS
WEEK = Quota("openai", "plus", "7d", 74.0, NOW + 90 * HOUR, NOW)


def test_limit_ahead_of_its_pace_says_when_it_runs_out(look: Look) -> None:
    row = quota_row(WEEK, NOW, look)
    assert (row.name, row.window, row.warns) == ("Codex", "week", True)
    assert row.elapsed == pytest.approx(78 / 168)
    # 74% in 78 hours leaves 27.4 hours for the other 26%: Friday 17:56, which is an estimate.
    assert row.status == "out Fri ~18:00"
    assert row.sentence == "Codex week 74% used, out Fri ~18:00"


def test_soon_is_told_to_ten_minutes_without_the_day(look: Look) -> None:
    five_hour = Quota("anthropic", "max", "5h", 90.0, NOW + 2 * HOUR, NOW)
    assert quota_row(five_hour, NOW, look).status == "out ~14:50"


def test_estimate_is_round_on_the_clock_of_a_zone_with_half_hours() -> None:
    look = Look(Theme("light"), ZoneInfo("Asia/Kolkata"), QLocale.c())
    assert quota_row(WEEK, NOW, look).status == "out Fri ~23:00"


def test_limit_within_its_pace_says_when_it_is_reset(look: Look) -> None:
    row = quota_row(replace(WEEK, used_percent=30.0), NOW, look)
    assert (row.status, row.warns) == ("resets 3d 18h", False)


def test_beginning_of_a_window_says_nothing_of_its_pace(look: Look) -> None:
    young = replace(WEEK, used_percent=20.0, resets_at=NOW + 166 * HOUR)
    assert quota_row(young, NOW, look).status == "resets 6d 22h"


def test_used_up_limit_warns_and_says_when_it_is_reset(look: Look) -> None:
    row = quota_row(replace(WEEK, used_percent=100.0), NOW, look)
    assert (row.status, row.warns) == ("resets 3d 18h", True)


def test_old_reading_says_from_when_it_is(look: Look) -> None:
    assert quota_row(replace(WEEK, as_of=NOW - 7 * HOUR), NOW, look).status == "as of 07:32"


def test_reading_whose_window_has_passed_says_so(look: Look) -> None:
    assert quota_row(replace(WEEK, resets_at=NOW - 1), NOW, look).status == "has reset"
    assert quota_row(replace(WEEK, resets_at=None), NOW, look).status == ""


@pytest.fixture(scope="module")
def fonts(qapp) -> Look:
    return Look(Theme("light"), UTC, QLocale.c())


@given(
    st.builds(
        Quota,
        st.text(max_size=50),
        st.just(""),
        st.sampled_from(["7d", "5h", "opus", ""]),
        st.floats(-100, 1e6),
        st.none() | st.integers(NOW - 10**10, NOW + 10**10),
        st.integers(NOW - 10**9, NOW),
    )
)
def test_any_reading_gives_a_row(fonts: Look, quota: Quota) -> None:
    row = quota_row(quota, NOW, fonts)
    assert row.used >= 0
    assert row.elapsed is None or 0 <= row.elapsed < 1
    assert row.sentence.isprintable()


@pytest.fixture
def rows(qtbot, look: Look) -> QuotaRows:
    rows = QuotaRows(look)
    qtbot.addWidget(rows)
    rows.resize(384, 100)
    return rows


def test_no_limit_takes_no_room(rows: QuotaRows) -> None:
    rows.show_quotas(samples.quotas(), NOW)
    assert rows.sizeHint().height() > 0
    rows.show_quotas((), NOW)
    assert rows.sizeHint().height() == 0
    assert not rows.isVisible()


def test_fullest_limits_stay_in_the_order_given(rows: QuotaRows) -> None:
    many = tuple(replace(WEEK, provider=f"p{number}", used_percent=float(number * 7 % 50)) for number in range(12))
    rows.show_quotas(many, NOW)
    fullest = sorted(many, key=lambda quota: -quota.used_percent)[:MOST]
    assert [row.name.lower() for row in rows.rows()] == [quota.provider for quota in many if quota in fullest]


def test_limits_are_spoken_and_hostile_ones_are_no_markup(rows: QuotaRows) -> None:
    rows.show_quotas(samples.quotas(), NOW)
    assert rows.accessibleName() == "Limits"
    assert "Codex week 74% used, out Fri ~18:00" in rows.accessibleDescription()
    rows.show_quotas(samples.hostile().figures.quotas, NOW)
    assert markup(rows) == []


@pytest.mark.parametrize("name", ["usual", "huge", "hostile"])
@pytest.mark.parametrize("wide", [100, 384, 800])
def test_rows_can_be_painted(rows: QuotaRows, name: str, wide: int) -> None:
    rows.show_quotas(samples.EVERY[name]().figures.quotas, NOW)
    rows.resize(wide, rows.sizeHint().height())
    assert not picture(rows).isNull()
