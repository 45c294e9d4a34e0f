"""The sentences that faces share: the same three numbers, a range with every projection, no hostile text."""

from __future__ import annotations

import unicodedata
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QLocale

from tests.gui import samples
from tokenwatch.base.format import Numerals
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.money import NANO, from_dollars
from tokenwatch.base.snapshot import AgentCounts, Forecast, ForecastState, Session, Snapshot, State
from tokenwatch.gui import words

ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)
PLAIN = QLocale.c()

every_sample = pytest.mark.parametrize("name", samples.EVERY)


def tooltip(snapshot: Snapshot) -> list[str]:
    return words.tooltip(snapshot, UTC, PLAIN).split("\n")


def test_tooltip_says_the_three_numbers() -> None:
    assert tooltip(samples.usual()) == [
        "TokenWatch: 3 working, 1 waiting for you, 1 idle",
        "31.8k tokens/min",
        "June $292.07 of $450, projected $412 ($371–$468)",
    ]


def test_accessible_name_says_them_as_one_sentence() -> None:
    assert words.accessible_name(samples.usual(), PLAIN) == (
        "TokenWatch: 3 working, 1 waiting for you, 1 idle; 31.8k tokens a minute; "
        "June $292.07 of $450, projected $412, range $371 to $468"
    )


def test_menu_begins_with_them() -> None:
    assert words.menu_lines(samples.usual(), UTC, PLAIN) == (
        "3 working, 1 waiting, 1 idle · 31.8k/min",
        "June $292.07 of $450, projected $412 ($371–$468)",
    )


def test_what_is_paid_by_use_and_has_no_price_makes_the_month_at_least() -> None:
    snapshot = samples.usual()
    assert snapshot.figures.month is not None
    month = replace(snapshot.figures.month, unpriced_requests=3, unpriced_paid=0)
    assert words.spent_words(month) == "$292.07 of $450"
    assert words.spent_words(replace(month, unpriced_paid=1)) == "≥ $292.07 of $450"


@every_sample
def test_tooltip_has_at_most_three_lines(name: str) -> None:
    lines = tooltip(samples.EVERY[name]())
    assert 1 <= len(lines) <= 3
    assert all(lines)


def test_tooltip_holds_no_text_from_logs() -> None:
    usual, hostile = samples.usual(), samples.hostile()
    counts = hostile.figures.counts
    same = replace(hostile, figures=replace(hostile.figures, counts=usual.figures.counts))
    assert counts != usual.figures.counts
    assert tooltip(same) == tooltip(usual)


def test_nobody_running_is_said() -> None:
    assert tooltip(samples.nothing_running())[:2] == ["TokenWatch: no agents running", "0 tokens/min"]


def test_starting_sessions_alone_are_called_running() -> None:
    assert words.counts_words(AgentCounts(open=2)) == "2 running"


def test_before_the_first_figures_logs_are_being_read() -> None:
    assert tooltip(samples.loading()) == ["TokenWatch: reading logs"]


def test_before_the_first_look_nobody_is_counted() -> None:
    snapshot = samples.looking()
    assert tooltip(snapshot)[0] == "TokenWatch: looking for agents"
    assert words.menu_lines(snapshot, UTC, PLAIN)[0].startswith("Looking for agents · ")
    assert words.accessible_name(snapshot, PLAIN).startswith("TokenWatch: looking for agents; ")


def test_paused_says_since_when_and_projects_nothing() -> None:
    assert tooltip(samples.paused()) == [
        "TokenWatch: paused since 14:10",
        "June $292.07 of $450 when paused",
    ]
    assert words.menu_lines(samples.paused(), UTC, PLAIN) == (
        "Paused since 14:10",
        "June $292.07 of $450 when paused",
    )


def test_first_import_says_how_much_is_read() -> None:
    assert tooltip(samples.importing())[1] == "31.8k tokens/min · 62% of the logs read"


def test_without_a_budget_none_is_named() -> None:
    assert tooltip(samples.no_budget())[2] == "June $292.07, projected $412 ($371–$468)"


def test_too_early_is_said_instead_of_a_number() -> None:
    assert tooltip(samples.too_early())[2] == "June $2.40 of $450, too early to project"


def test_little_data_gives_a_range_without_a_median() -> None:
    assert tooltip(samples.low_confidence())[2] == "June $292.07 of $450, projected $300–$600"


def test_missing_source_makes_the_total_a_least() -> None:
    assert tooltip(samples.error())[2].startswith("June ≥ $292.07 of $450")


@given(
    st.sampled_from(ForecastState),
    st.one_of(st.none(), st.integers(0, 10**15)),
    st.one_of(st.none(), st.integers(0, 10**15)),
    st.one_of(st.none(), st.integers(0, 10**15)),
)
def test_a_projection_never_stands_without_its_range(state: ForecastState, low: int, middle: int, high: int) -> None:
    said = words.projection_words(Forecast(state, low, None, middle, None, high))
    assert said == words.TOO_EARLY or "–" in said


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.13, "On track · 13% chance of going over"),
        (0.5, "May go over · 50% chance of going over"),
        (0.995, "Heading over · over 99% chance of going over"),
    ],
)
def test_outlook_goes_by_the_chance(chance: float, said: str) -> None:
    month = replace(samples.month(), forecast=replace(samples.forecast(), chance_over_budget=chance))
    assert words.outlook_words(month) == said


def test_outlook_over_budget_says_by_how_much() -> None:
    month = samples.over_budget().figures.month
    assert month is not None
    assert words.outlook_words(month) == "$13.18 over · heading for $73 over"


def test_outlook_without_a_budget_is_empty() -> None:
    assert words.outlook_words(replace(samples.month(), budget=None)) == ""


def test_outlook_too_early_is_said() -> None:
    assert words.outlook_words(replace(samples.month(), forecast=Forecast())) == "Too early to project"


def session(state: State, minutes: int | None = 4) -> Session:
    since = None if minutes is None else samples.NOW - minutes * 60_000
    return replace(samples.sessions()[0], state=state, since=since)


@pytest.mark.parametrize(
    ("state", "minutes", "said"),
    [
        (State.WAITING, 4, "Waiting for you 4m"),
        (State.WAITING, None, "Waiting for you"),
        (State.WAITING, -4, "Waiting for you 0s"),
        (State.IDLE, 72, "Idle 1h 12m"),
        (State.WORKING, 4, "Working"),
        (State.STARTING, 4, "Starting"),
        (State.BACKGROUND, 4, "Working in the background"),
        (State.ENDED, 4, "Finished"),
        (State.CRASHED, 4, "Ended unexpectedly"),
    ],
)
def test_state_in_words(state: State, minutes: int | None, said: str) -> None:
    assert words.state_words(session(state, minutes), samples.NOW) == said


def test_sessions_have_a_line_with_their_mark() -> None:
    assert [words.session_line(each, samples.NOW, PLAIN) for each in samples.sessions()] == [
        "◆ mobile-app waiting 4m",
        "● atlas-api +3 sub · 18.6k/min",
        "● ledger-cli · 7.9k/min",
        "● site-docs +1 sub · 5.3k/min",
        "○ infra-tf idle 11m",
    ]


def test_session_reads_as_one_sentence() -> None:
    assert words.session_sentence(samples.sessions()[1], samples.NOW, Numerals()) == (
        "atlas-api, Claude Code, claude-opus-4-5, working, 3 sub-agents, 18.6k tokens a minute, $6.42, 47m"
    )


def test_session_without_a_price_says_so() -> None:
    unpriced = replace(samples.sessions()[1], cost=None)
    assert "no price" in words.session_sentence(unpriced, samples.NOW, Numerals())


@every_sample
def test_no_sentence_carries_hostile_characters(name: str) -> None:
    snapshot = samples.EVERY[name]()
    said = [
        *words.tooltip(snapshot, UTC, PLAIN).split("\n"),
        words.accessible_name(snapshot, PLAIN),
        *words.menu_lines(snapshot, UTC, PLAIN),
        words.quota_line(snapshot.figures.quotas, snapshot.figures.at),
        words.menu_trouble(snapshot),
        *(words.session_line(each, samples.NOW, PLAIN) for each in snapshot.figures.sessions[:20]),
        *(words.session_sentence(each, samples.NOW, Numerals()) for each in snapshot.figures.sessions[:20]),
    ]
    assert [
        text for text in said for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    ] == []
    assert max(map(len, said)) < 400


def test_limit_that_is_used_most_is_named() -> None:
    assert words.quota_line(samples.quotas(), samples.NOW) == "Codex week 74% · resets in 3d 18h"


def test_limit_that_was_reset_meanwhile_is_not_named() -> None:
    old = tuple(replace(quota, resets_at=samples.NOW - 1) for quota in samples.quotas())
    assert words.quota_line(old, samples.NOW) == ""
    assert words.quota_line((), samples.NOW) == ""


def test_limit_without_a_reset_time_is_named_without() -> None:
    assert words.quota_line((replace(samples.quotas()[0], resets_at=None),), samples.NOW) == "Claude 5-hour 62%"


@pytest.mark.parametrize(("provider", "name"), [("openai", "Codex"), ("anthropic", "Claude"), ("xAI", "xAI")])
def test_providers_are_written_as_people_do(provider: str, name: str) -> None:
    assert words.provider_name(provider) == name


def test_agents_troubles_come_before_our_own() -> None:
    snapshot = samples.error()
    ours = replace(snapshot.health[0], part="ledger", reason="The disk is full.")
    both = replace(snapshot, health=(ours, *snapshot.health))
    assert [entry.part for entry in words.troubles(both)] == ["claude-code", "ledger"]
    assert words.menu_trouble(both).startswith("▲ Claude Code's logs may not be opened")
    assert words.menu_trouble(samples.usual()) == ""


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "just now"),
        (0, "just now"),
        (9, "just now"),
        (40, "40s ago"),
        (60, "1 min ago"),
        (125, "2 min ago"),
        (3600, "1h ago"),
        (4320, "1h 12m ago"),
        (200_000, "2d 7h ago"),
    ],
)
def test_age_in_words(seconds: int, said: str) -> None:
    now = samples.NOW
    assert words.ago(now - seconds * 1000, now) == said
    assert words.updated(now - seconds * 1000, now) == f"updated {said}"


def test_clock_times_follow_the_locale() -> None:
    assert words.clock_time(samples.NOW, UTC, PLAIN) == "14:32"
    assert words.clock_time(samples.NOW, UTC, GERMAN) == "14:32"
    american = words.clock_time(samples.NOW, UTC, ENGLISH)
    assert american.startswith("2:32") and american.endswith("PM")


def test_numbers_follow_the_locale() -> None:
    assert words.spent_words(samples.month(), words.numerals_of(ENGLISH)) == "$292.07 of $450"
    german = words.spent_words(replace(samples.month(), spent=from_dollars("1292.5")), words.numerals_of(GERMAN))
    assert german.replace("\N{NO-BREAK SPACE}", " ").startswith("1.293 $ of 450")
    assert words.numerals_of(PLAIN) == words.ENGLISH


def test_every_locale_keeps_the_dollar_and_the_digits() -> None:
    for locale in QLocale.matchingLocales(
        QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
    ):
        said = words.spent_words(replace(samples.month(), spent=1234 * NANO), words.numerals_of(locale))
        assert "$" in said, locale.name()
        assert "234" in said, locale.name()


def test_half_working_parts_of_ours_are_warnings_and_late_notice_of_changes_is_not() -> None:
    parts = ("codex", "tray", "watcher", "ledger")
    health = tuple(Health(part, HealthState.DEGRADED, "why") for part in parts)
    warned = words.warnings(replace(samples.usual(), health=(*health, Health("pricing"))))
    assert [entry.part for entry in warned] == ["tray", "ledger"]
