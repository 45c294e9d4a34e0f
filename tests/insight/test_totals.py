"""Totals: every grouping is what a plain count over the records gives, in the user's days, weeks and months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.insight.conftest import CENT, Book
from tokenwatch.base.usage import Record, Tokens
from tokenwatch.insight.totals import KEYS, THIS_MACHINE, TIMES, Group, Report, report
from tokenwatch.ledger.queries import DIMENSIONS

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
"""Half an hour of daylight saving."""

KATHMANDU = ZoneInfo("Asia/Kathmandu")
"""UTC+05:45."""

ZONES = [UTC, BERLIN, NEW_YORK, LORD_HOWE, KATHMANDU]
CHANGES = [
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
]
"""Around these, clocks change in one zone or another."""


def labels(found: Report) -> list[tuple[str, ...]]:
    return [tuple(value for _, value in group.by) for group in found.groups]


def asked(book: Book, *keys: str, since: str = "", until: str = "", **more: object) -> Report:
    return report(
        book.queries,
        keys,
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        book.zone,
        **more,  # type: ignore[arg-type]
    )


# Times


def test_days_are_local_of_23_and_25_hours(book: Book) -> None:
    book.zone = BERLIN
    book.use("2026-03-28 23:59", 1)
    book.use("2026-03-29 00:00", 2)  # 23 hours
    book.use("2026-03-29 23:59", 4)
    book.use("2026-03-30 00:00", 8)
    book.use("2026-10-25 00:00", 16)  # 25 hours
    book.use("2026-10-25 23:59", 32)
    book.use("2026-10-26 00:00", 64)
    found = {group.by[0][1]: group.tokens.total for group in asked(book, "day").groups}
    assert found == {
        "2026-03-28": 1,
        "2026-03-29": 6,
        "2026-03-30": 8,
        "2026-10-25": 48,
        "2026-10-26": 64,
    }


def test_weeks_begin_on_monday_also_over_the_turn_of_a_year(book: Book) -> None:
    for day in ("2026-12-27", "2026-12-28", "2027-01-03", "2027-01-04"):
        book.use(f"{day} 12:00", 1)
    assert {group.by[0][1]: group.requests for group in asked(book, "week").groups} == {
        "2026-12-21": 1,
        "2026-12-28": 2,
        "2027-01-04": 1,
    }


def test_months_are_local(book: Book) -> None:
    book.zone = NEW_YORK
    book.use("2026-10-31 23:59", 1)
    book.use("2026-11-01 00:00", 2)
    assert labels(asked(book, "month")) == [("2026-10",), ("2026-11",)]


@pytest.mark.parametrize(
    ("zone", "first", "expected"),
    [
        (BERLIN, "2026-10-25T00:00Z", ["02:00+0200", "02:00+0100", "03:00+0100", "04:00+0100"]),
        (NEW_YORK, "2026-11-01T05:00Z", ["01:00-0400", "01:00-0500", "02:00-0500", "03:00-0500"]),
        (BERLIN, "2026-03-29T00:00Z", ["01:00+0100", "03:00+0200", "04:00+0200", "05:00+0200"]),
        (KATHMANDU, "2026-10-25T00:15Z", ["06:00+0545", "07:00+0545", "08:00+0545", "09:00+0545"]),
        (UTC, "2026-10-25T00:00Z", ["00:00+0000", "01:00+0000", "02:00+0000", "03:00+0000"]),
    ],
)
def test_hours_have_labels_of_their_own_in_the_order_of_time(
    book: Book, zone: ZoneInfo, first: str, expected: list[str]
) -> None:
    book.zone = zone
    begin = datetime.fromisoformat(first)
    for hour in (3, 1, 0, 2):
        book.use(int((begin + timedelta(hours=hour)).timestamp() * 1000), 1)
    assert [label.split("T")[1] for (label,) in labels(asked(book, "hour"))] == expected


def test_hours_sort_before_what_else_is_asked_for(book: Book) -> None:
    book.zone = BERLIN
    for minute, agent in ((0, "bob"), (30, "ann"), (75, "bob"), (90, "ann")):
        book.use(
            int((datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=minute)).timestamp() * 1000), 1, agent
        )
    assert labels(asked(book, "hour", "agent")) == [
        ("2026-10-25T02:00+0200", "ann"),
        ("2026-10-25T02:00+0200", "bob"),
        ("2026-10-25T02:00+0100", "ann"),
        ("2026-10-25T02:00+0100", "bob"),
    ]


# Since and until


def test_since_and_until_are_local_days_and_included(book: Book) -> None:
    book.zone = BERLIN
    for when in ("2026-10-24 23:59", "2026-10-25 00:00", "2026-10-26 23:59", "2026-10-27 00:00"):
        book.use(when, 1)
    found = asked(book, "day", since="2026-10-25", until="2026-10-26")
    assert labels(found) == [("2026-10-25",), ("2026-10-26",)]
    assert (found.totals.requests, found.since, found.until) == (2, date(2026, 10, 25), date(2026, 10, 26))
    assert asked(book, since="2026-10-26").totals.requests == 2
    assert asked(book, until="2026-10-24").totals.requests == 1


def test_without_bounds_the_first_and_last_local_day_are_told(book: Book) -> None:
    book.zone = NEW_YORK
    book.use("2026-10-01 23:30", 1)
    book.use("2026-11-05 00:10", 1)
    for keys in ((), ("agent",), ("day",)):
        found = asked(book, *keys)
        assert (found.since, found.until) == (date(2026, 10, 1), date(2026, 11, 5))
    assert asked(book, since="2026-09-01").since == date(2026, 9, 1)
    assert asked(book, since="2026-09-01").until == date(2026, 11, 5)


def test_of_an_empty_ledger_nothing_is_told(book: Book) -> None:
    assert asked(book, "day") == Report(None, None, "UTC", Group(()), ())
    assert asked(book, "day", since="2026-11-01", until="2026-11-02").groups == ()


# What else


def test_a_project_is_its_folder_or_its_last_part(book: Book) -> None:
    for number, folder in enumerate(("/work/acme", "/home/acme/", "/work/acme-2", "C:\\code\\acme", "", "/acme/x")):
        book.use("2026-11-01 12:00", 10**number, project=folder)
    assert asked(book, project="acme").totals.tokens.total == 1 + 10 + 1000
    assert asked(book, project="/work/acme").totals.tokens.total == 1
    assert asked(book, "project", project="acme").totals.tokens.total == 1011
    assert labels(asked(book, "model", "project", project="/home/acme/")) == [("m1", "/home/acme/")]
    assert asked(book, project="cme").groups == ()


def test_agents_that_are_not_asked_for_are_left_out(book: Book) -> None:
    for number, agent in enumerate(("ann", "bob", "cid")):
        book.use("2026-11-01 12:00", 10**number, agent)
    found = asked(book, "agent", agents=["cid", "ann"])
    assert (labels(found), found.totals.tokens.total) == ([("ann",), ("cid",)], 101)


def test_costs_of_what_has_a_price_and_the_number_of_what_has_none(book: Book) -> None:
    book.use("2026-11-01 12:00", 5)
    book.use("2026-11-01 12:00", 7, model="unknown", uncertain=True)
    found = asked(book, "machine")
    by = (("machine", THIS_MACHINE),)
    assert found.groups == (Group(by, 2, Tokens(output=12), 5 * CENT, 1, 1),)
    assert found.totals == Group((), 2, Tokens(output=12), 5 * CENT, 1, 1)


@pytest.mark.parametrize("keys", [("year",), ("day", "Agent"), ("",)])
def test_an_unknown_key_is_refused_with_those_that_are_known(book: Book, keys: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="possible are hour, day, week, month, agent"):
        asked(book, *keys)


def test_a_zone_is_told_by_its_name(book: Book) -> None:
    book.zone = BERLIN
    assert asked(book).timezone == "Europe/Berlin"
    book.zone = timezone(timedelta(hours=2))
    assert asked(book).timezone == "UTC+02:00"


# Against a plain count

MONDAYS = timedelta(days=1)
LABELS: dict[str, Callable[[Record, datetime], str]] = {
    "hour": lambda record, at: at.strftime("%Y-%m-%dT%H:00%z"),
    "day": lambda record, at: at.strftime("%Y-%m-%d"),
    "week": lambda record, at: (at.date() - at.weekday() * MONDAYS).isoformat(),
    "month": lambda record, at: at.strftime("%Y-%m"),
    "machine": lambda record, at: THIS_MACHINE,
}


def label(key: str, record: Record, zone: ZoneInfo) -> str:
    if key in DIMENSIONS:
        return str(getattr(record.context, key))
    return LABELS[key](record, datetime.fromtimestamp(record.time // 1000, UTC).astimezone(zone))


GROUPINGS = [(), *combinations(KEYS, 1), *combinations(KEYS, 2), KEYS, tuple(reversed(KEYS))]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_grouping_is_what_the_records_come_to(book: Book, data: st.DataObject) -> None:
    if not book.entered:
        fill(book)
    zone = data.draw(st.sampled_from(ZONES))
    keys = data.draw(st.sampled_from(GROUPINGS))
    days = st.one_of(st.none(), st.dates(date(2026, 3, 27), date(2026, 11, 3)))
    since, until = data.draw(days), data.draw(days)
    agents = data.draw(st.sampled_from([(), ("ann",), ("ann", "bob"), ("nobody",)]))
    project = data.draw(st.sampled_from(["", "acme", "/work/acme", "none"]))
    meant = [entry for entry in book.entered if fits(entry, zone, since, until, agents, project)]

    found = report(book.queries, keys, since, until, zone, agents, project)

    groups = defaultdict(list)
    for entry in meant:
        groups[tuple((key, label(key, entry, zone)) for key in keys)].append(entry)
    assert set(found.groups) == {added(by, members) for by, members in groups.items()}
    assert len(found.groups) == len(groups)
    assert found.totals == added((), meant)
    order = [[moment_of(*pair) for pair in group.by] for group in found.groups]
    assert order == sorted(order)


def fill(book: Book) -> None:
    """Two days around each change of the clocks, every seventh minute or so."""
    for change in CHANGES:
        for number in range(60):
            at = int((change - timedelta(hours=20) + timedelta(minutes=47 * number)).timestamp() * 1000)
            book.use(
                at,
                number % 9 + 1,
                ("ann", "bob")[number % 2],
                model=("m1", "m2", "unknown")[number % 3],
                project=("/work/acme", "", "/home/acme", "/work/shop")[number % 4],
                session=f"s{number % 5}",
                branch=("main", "")[number % 2],
                provider=("acme", "")[number % 3 == 0],
                uncertain=number % 7 == 0,
            )


def fits(
    entry: Record, zone: ZoneInfo, since: date | None, until: date | None, agents: Sequence[str], project: str
) -> bool:
    day = datetime.fromtimestamp(entry.time // 1000, UTC).astimezone(zone).date()
    folder = entry.context.project
    return (
        (since is None or since <= day)
        and (until is None or day <= until)
        and (not agents or entry.agent in agents)
        and (not project or project in (folder, folder.rpartition("/")[2]))
    )


def added(by: tuple[tuple[str, str], ...], members: Sequence[Record]) -> Group:
    priced = [entry for entry in members if entry.context.model != "unknown"]
    return Group(
        by,
        len(members),
        sum((entry.tokens for entry in members), Tokens()),
        sum(entry.total for entry in priced) * CENT,
        len(members) - len(priced),
        sum(entry.uncertain for entry in members),
    )


def moment_of(key: str, value: str) -> str:
    return datetime.fromisoformat(value).astimezone(UTC).isoformat() if key == "hour" else value


def test_every_key_has_a_case_above() -> None:
    assert set(LABELS) | set(DIMENSIONS) == set(KEYS)
    assert set(TIMES) <= set(LABELS)
