"""Saving settings: only what changed is touched, whole or not at all, for the owner's eyes only."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tokenwatch.base import settings_file
from tokenwatch.base.billing import Budget, Plan
from tokenwatch.base.errors import SettingsError
from tokenwatch.base.money import NANO
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.settings_file import DEFAULT_TEXT, save
from tokenwatch.base.settings_reading import load

posix = pytest.mark.skipif(os.name != "posix", reason="modes, links and pipes are POSIX")

WRITTEN_BY_HAND = """\
# my settings
theme = "dark"   # the only true colour

my_own_key = [1,
   2]  # kept

[billing.codex]   # from work
mode = "plan"
fee_month_usd = 20.00
note = "ends in May"

[billing.other]
mode = "metered"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def by_hand(file: Path) -> Path:
    file.parent.mkdir()
    file.write_text(WRITTEN_BY_HAND)
    return file


def folder(file: Path) -> set[str]:
    return {path.name for path in file.parent.iterdir()}


agents = st.sampled_from(["codex", "claude-code", "other", "with space", "a.b", "é"])
some_settings = st.builds(
    Settings,
    budget=st.none() | st.integers(1, 10**16),
    thresholds=st.sets(st.integers(1, 1000), max_size=10).map(lambda found: tuple(sorted(found))),
    notifications=st.booleans(),
    theme=st.sampled_from(["system", "light", "dark"]),
    icon=st.sampled_from(["auto", "light", "dark", "mono"]),
    timezone=st.sampled_from(["", "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"]),
    billing=st.dictionaries(
        agents,
        st.builds(
            Billing,
            mode=st.sampled_from(["metered", "plan", "overage"]),
            fee=st.integers(0, 10**14),
            included=st.integers(0, 10**12),
        ),
        max_size=4,
    ).map(lambda found: tuple(sorted(found.items()))),
    count_cache_reads=st.booleans(),
    check_bills=st.booleans(),
    alerts_off=st.sets(st.sampled_from(["budget", "day", "price-missing"])).map(lambda found: tuple(sorted(found))),
    quiet=st.none() | st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda pair: pair[0] != pair[1]),
    month_start=st.integers(1, 28),
    own_cpu_percent=st.integers(0, 100),
    agents_off=st.sets(agents).map(lambda found: tuple(sorted(found))),
    digit=st.sampled_from(["working", "open", "sub_agents"]),
    log_detail=st.sampled_from(["little", "normal", "much"]),
    keep_months=st.integers(0, 240),
    motion=st.sampled_from(["system", "on", "off"]),
    global_shortcut=st.booleans(),
    currency=st.sampled_from(["USD", "EUR", "JPY"]),
    rates=st.dictionaries(st.sampled_from(["EUR", "JPY"]), st.integers(1, 10**13)).map(
        lambda found: tuple(sorted(found.items()))
    ),
    update_prices=st.sampled_from(["never", "weekly"]),
    update_rates=st.sampled_from(["never", "weekly"]),
    budgets=st.lists(
        st.builds(
            Budget,
            id=st.sampled_from(["a", "b b", "ü"]),
            amount=st.integers(1, 10**15),
            span=st.sampled_from(["month", "week", "day"]),
            basis=st.sampled_from(["paid", "listed"]),
            agent=st.sampled_from(["", "codex"]),
            project=st.sampled_from(["", "acme", 'a "quoted" one']),
            thresholds=st.sampled_from([(), (10, 90)]),
        ),
        max_size=3,
        unique_by=lambda budget: budget.id,
    ).map(tuple),
    plans=st.lists(
        st.builds(
            Plan,
            agent=agents,
            provider=st.sampled_from(["", "openai"]),
            name=st.sampled_from(["", "Max 5x"]),
            mode=st.sampled_from(["metered", "plan", "overage"]),
            fee=st.integers(0, 10**14),
            currency=st.sampled_from(["USD", "EUR"]),
            since=st.none() | st.dates(date(2020, 1, 1), date(2025, 1, 1)),
            until=st.none() | st.dates(date(2025, 2, 1), date(2030, 1, 1)),
            included=st.integers(0, 10**12),
        ),
        max_size=3,
    ).map(tuple),
)


def test_first_save_writes_the_commented_default(file):
    save(file, Settings())
    assert file.read_text() == DEFAULT_TEXT


@posix
def test_file_is_readable_by_its_owner_only(file):
    old = os.umask(0)
    try:
        save(file, Settings())
    finally:
        os.umask(old)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@posix
def test_file_that_others_could_read_is_closed_to_them(by_hand):
    by_hand.chmod(0o644)
    save(by_hand, load(by_hand)[0])
    assert by_hand.stat().st_mode & 0o777 == 0o600


def test_saving_what_the_file_says_changes_no_byte(by_hand):
    save(by_hand, load(by_hand)[0])
    assert by_hand.read_text() == WRITTEN_BY_HAND


def test_only_the_line_of_a_changed_setting_changes(by_hand):
    save(by_hand, replace(load(by_hand)[0], theme="light"))
    assert by_hand.read_text() == WRITTEN_BY_HAND.replace('"dark"', '"light"')


def test_comments_and_unknown_keys_survive_a_new_setting(by_hand):
    save(by_hand, replace(load(by_hand)[0], budget=450 * NANO, icon="mono"))
    kept = set(WRITTEN_BY_HAND.splitlines()) - set(by_hand.read_text().splitlines())
    assert kept == set()


def test_plan_that_ends_takes_its_entries_along(by_hand):
    save(by_hand, replace(load(by_hand)[0], billing=()))
    content = tomllib.loads(by_hand.read_text())
    assert content["billing"] == {"codex": {"note": "ends in May"}}


@pytest.mark.parametrize(
    ("nano", "text"), [(450 * NANO, "450"), (19_990_000_000, "19.99"), (1, "0.000000001"), (10**16, "10000000")]
)
def test_money_is_written_as_a_person_would(file, nano, text):
    save(file, Settings(budget=nano))
    assert f"budget_month_usd = {text}\n" in file.read_text()


@given(settings=some_settings)
def test_what_is_saved_is_loaded(settings, tmp_path_factory):
    file = tmp_path_factory.mktemp("new") / "settings.toml"
    save(file, settings)
    assert load(file) == (settings, ())


@given(changes=st.lists(some_settings, min_size=1, max_size=4))
def test_any_change_of_a_file_made_by_hand_keeps_what_is_not_ours(changes, tmp_path_factory):
    file = tmp_path_factory.mktemp("old") / "settings.toml"
    file.write_text(WRITTEN_BY_HAND)
    for settings in changes:
        wanted = replace(
            settings, billing=tuple(sorted({**dict(settings.billing), "codex": Billing("plan")}.items()))
        )
        save(file, wanted)
        assert load(file)[0] == wanted
    content = tomllib.loads(file.read_text())
    assert content["my_own_key"] == [1, 2]
    assert content["billing"]["codex"]["note"] == "ends in May"
    assert all(comment in file.read_text() for comment in ("# my settings", "# kept", "# from work"))
    assert folder(file) == {"settings.toml"}


shapes = st.sampled_from(
    [
        "billing.codex = {mode = 'plan'}",
        "billing = {codex = {mode = 'plan', fee_month_usd = 1}}",
        "[billing]\ncodex.mode = 'plan'",
        "billing = 5",
        "billing.codex = 5",
        "[[billing]]\nmode = 'plan'",
        "[a]\n[billing.codex]\n[b]\nx = 1",
        "thresholds = [\n  50, # half\n  80\n]",
        "budget_month_usd = '450'",
        "theme = 'dark'\r\nicon = 'mono'",
        "\ufefftheme = 'dark'",
        "not toml at all",
        "a." * 5000 + "a = 1",
        "a = " + "[" * 5000 + "]" * 5000,
        "a = " + "{b = " * 500 + "1" + "}" * 500,
        "\x00",
        "",
    ]
)


@given(text=shapes, settings=some_settings)
def test_whatever_is_there_the_new_settings_are_saved(text, settings, tmp_path_factory):
    file = tmp_path_factory.mktemp("any") / "settings.toml"
    file.write_bytes(text.encode())
    save(file, settings)
    assert load(file)[0] == settings
    # What could not be kept in place is kept beside it.
    kept = file.with_name("settings.toml.unreadable")
    assert not kept.exists() or kept.read_bytes() == text.encode()


@pytest.mark.parametrize(
    "content", [b"theme = \xff", b"= = =", b"x" * 100_000], ids=["not UTF-8", "not TOML", "huge"]
)
def test_file_that_cannot_be_edited_is_kept_beside_the_new_one(file, content):
    file.parent.mkdir()
    file.write_bytes(content)
    save(file, Settings(theme="dark"))
    assert load(file) == (Settings(theme="dark"), ())
    kept = file.with_name("settings.toml.unreadable")
    assert kept.read_bytes() == content
    assert os.name != "posix" or kept.stat().st_mode & 0o077 == 0


def test_failure_leaves_the_old_file_and_nothing_else(by_hand, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings_file.os, "fsync", full)
    with pytest.raises(SettingsError, match=r"settings\.toml \(No space left on device\)"):
        save(by_hand, Settings())
    assert by_hand.read_text() == WRITTEN_BY_HAND
    assert folder(by_hand) == {"settings.toml"}


@posix
def test_link_to_the_file_stays_a_link(by_hand, tmp_path):
    link = tmp_path / "settings.toml"
    link.symlink_to(by_hand)
    save(link, Settings(theme="light"))
    assert link.is_symlink()
    assert load(by_hand)[0].theme == "light"


@posix
@pytest.mark.parametrize(
    "make", [os.mkdir, os.mkfifo, lambda path: path.symlink_to(path)], ids=["folder", "pipe", "circle"]
)
def test_what_is_no_file_is_refused_in_one_sentence(file, make):
    file.parent.mkdir()
    make(file)
    with pytest.raises(SettingsError, match=r"^The settings could not be saved to settings\.toml \(.+\)\.$"):
        save(file, Settings())
    assert folder(file) == {"settings.toml"}


def test_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "config").write_text("")
    with pytest.raises(SettingsError, match="could not be saved"):
        save(tmp_path / "config" / "settings.toml", Settings())
