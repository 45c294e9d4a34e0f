"""What the notice says: the first trouble at length, the others by name, and who was at work when it began."""

from __future__ import annotations

from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.interval import Lane
from tokenwatch.gui.trouble_words import trouble_words, warning_title
from tokenwatch.gui.widgets.look import Look

SINCE = samples.NOW - 1_800_000
LOST = Health("claude-code", HealthState.FAILING, "Permission denied.", SINCE)


def words(look: Look, *found: Health, lanes: tuple[Lane, ...] = (), sources: int = 0) -> tuple[str, str]:
    """Where no session is listed."""
    usual = samples.usual()
    look.know(usual.agents)
    figures = replace(usual.figures, lanes=lanes, sessions=())
    return trouble_words(found, replace(usual, figures=figures, sources=sources), look)


def test_logs_that_cannot_be_read_are_named_with_since_when(look: Look) -> None:
    title, text = words(look, LOST)
    assert title == "Claude Code’s logs cannot be read"
    assert text == "Permission denied. Since 14:02."


def test_it_is_said_that_the_others_are_fine(look: Look) -> None:
    assert words(look, LOST, sources=3)[1].endswith(" The other 3 sources are fine.")
    assert words(look, LOST, sources=1)[1].endswith(" The other source is fine.")
    assert "fine" not in words(look, Health("ledger", HealthState.FAILING, "Full."), sources=3)[1]


def test_who_was_at_work_is_left_to_the_table_where_there_is_one(look: Look) -> None:
    snapshot = samples.error()
    assert "Last seen" not in trouble_words((LOST,), snapshot, look)[1]


def test_who_was_at_work_when_it_began_is_named(look: Look) -> None:
    lanes = (
        Lane("1", "claude-code", "atlas-api", ((SINCE - 900_000, SINCE - 1000),)),
        Lane("2", "claude-code", "mobile-app", (), ((SINCE - 2000, SINCE - 1000),)),
        Lane("3", "claude-code", "long-ago", ((SINCE - 9_000_000, SINCE - 8_000_000),)),
        Lane("4", "codex", "ledger-cli", ((SINCE - 2000, SINCE),)),
    )
    assert words(look, LOST, lanes=lanes)[1].endswith(" Last seen: atlas-api, mobile-app.")
    assert "Last seen" not in words(look, replace(LOST, since=None), lanes=lanes)[1]


def test_others_are_named_and_own_parts_have_titles(look: Look) -> None:
    also = Health("codex", HealthState.FAILING, "Gone.")
    assert words(look, LOST, also)[1].endswith(" Also: Codex.")
    ledger = Health("ledger", HealthState.FAILING, "The disk is full.")
    assert words(look, ledger) == ("The ledger cannot be used", "The disk is full.")
    assert words(look, Health("engine", HealthState.FAILING, "Why."))[0]
    assert warning_title("settings") == "The settings file has a mistake"
    assert warning_title("other") == "A part of TokenWatch works only in part"
