"""Settings are read whatever the file holds; each mistake costs its own entry and gives a sentence."""

from __future__ import annotations

import os
import re
from datetime import UTC, date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.billing import Budget, Plan
from tokenwatch.base.money import NANO, from_dollars
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.base.settings_check import TOP_KEYS
from tokenwatch.base.settings_file import DEFAULT_TEXT
from tokenwatch.base.settings_reading import load, parse

posix = pytest.mark.skipif(os.name != "posix", reason="pipes in the file system are POSIX")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def only_problem(text: str) -> str:
    settings, problems = parse(text)
    assert settings == Settings()
    assert len(problems) == 1
    return problems[0]


def test_all_settings_are_read():
    text = """
budget_month_usd = 450.50
thresholds = [120, 80, 80]
notifications = false
theme = "dark"
icon = "mono"
timezone = "Europe/Berlin"
count_cache_reads = true
check_bills = true
agents_off = ["zed", "codex"]
digit = "sub_agents"
log_detail = "much"
keep_history_months = 13
motion = "off"
global_shortcut = true
[billing.codex]
mode = "plan"
fee_month_usd = 20
[billing.claude-code]
"""
    expected = Settings(
        budget=from_dollars("450.50"),
        thresholds=(80, 120),
        notifications=False,
        theme="dark",
        icon="mono",
        timezone="Europe/Berlin",
        billing=(("claude-code", Billing()), ("codex", Billing("plan", 20 * NANO))),
        count_cache_reads=True,
        check_bills=True,
        agents_off=("codex", "zed"),
        digit="sub_agents",
        log_detail="much",
        keep_months=13,
        motion="off",
        global_shortcut=True,
    )
    assert parse(text) == (expected, ())


@pytest.mark.parametrize("text", ["", "# nothing\n", "\n\n"])
def test_empty_file_means_defaults(text):
    assert parse(text) == (Settings(), ())


def test_commented_default_is_the_defaults():
    assert parse(DEFAULT_TEXT) == (Settings(), ())


@pytest.mark.parametrize("key", TOP_KEYS)
def test_commented_default_names_every_setting(key):
    assert key in DEFAULT_TEXT


def test_comments_of_the_default_may_be_taken_away():
    text = re.sub(r"^# (?=\[|\w+ = )", "", DEFAULT_TEXT, flags=re.M)
    assert parse(text) == (
        Settings(
            billing=(("claude-code", Billing("plan", 100 * NANO)),),
            budgets=(Budget("acme", 50 * NANO, "week", project="acme"),),
            plans=(
                Plan(
                    "claude-code",
                    name="Claude Max 5x",
                    fee=100 * NANO,
                    since=date(2026, 3, 1),
                    until=date(2026, 9, 1),
                ),
            ),
            rates=(("EUR", 920_000_000),),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[budget]]\nperiod = 'week'", 'line 1: "budget" number 1: amount_usd must be set; it is not used.'),
        (
            "[[budget]]\namount_usd = 1\n[[budget]]\namount_usd = 2\nperiod = 'year'",
            'line 1: "budget" number 2: period must be one of "month", "week", "day"; it is not used.',
        ),
        (
            "[[plan]]\nagent = 'a'\nfee = 3",
            'line 1: "plan" number 1: "fee" is not a setting of it; it is not used.',
        ),
        (
            "[[plan]]\nagent = 'a'\nfrom = 2026-02-01\nuntil = 2026-02-01",
            'line 1: "plan" number 1: until must be after from; it is not used.',
        ),
        ("plan = 3", 'line 1: "plan" must be written as [[plan]]; it is not used.'),
        (
            "[rates]\neuro = 1",
            'line 2: "rates.euro" must be a currency by its three letters, such as "EUR"; it is not used.',
        ),
        ("[rates]\nEUR = 0", 'line 2: "rates.EUR" must be above 0 and at most 10,000,000; it is not used.'),
        ("own_cpu_percent = 101", 'line 1: "own_cpu_percent" must be a whole percentage from 0 to 100; 2 is used.'),
        (
            "keep_history_months = -1",
            'line 1: "keep_history_months" must be a whole number of months from 1 to 240, or 0 for all; '
            "all of it is kept.",
        ),
        ("agents_off = 'codex'", 'line 1: "agents_off" must be a list of names in quotes; every agent is read.'),
        ('digit = "two"', 'line 1: "digit" must be one of "working", "open", "sub_agents"; "working" is used.'),
        ('motion = "slow"', 'line 1: "motion" must be one of "system", "on", "off"; "system" is used.'),
        ("global_shortcut = 1", 'line 1: "global_shortcut" must be true or false; false is used.'),
        ("log_detail = 3", 'line 1: "log_detail" must be one of "little", "normal", "much"; "normal" is used.'),
        ("month_start_day = 29", 'line 1: "month_start_day" must be a day of the month from 1 to 28; 1 is used.'),
    ],
)
def test_mistake_in_a_row_costs_the_row(text, sentence):
    settings, mistakes = parse(text)
    assert mistakes == (f"settings.toml {sentence}",)
    assert (len(settings.plans), settings.rates, settings.month_start) == (0, (), 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '\nbudget_month_usd = "450"',
            'settings.toml line 2: "budget_month_usd" must be a number of dollars; no budget is set.',
        ),
        (
            "budget_month_usd = true",
            'settings.toml line 1: "budget_month_usd" must be a number of dollars; no budget is set.',
        ),
        (
            "budget_month_usd = -1",
            'settings.toml line 1: "budget_month_usd" must be between 0 and 10,000,000 dollars; no budget is set.',
        ),
        (
            "thresholds = [50.0]",
            'settings.toml line 1: "thresholds" must be a list of whole percentages; 50, 80 and 100 are used.',
        ),
        (
            'theme = "blue"',
            'settings.toml line 1: "theme" must be one of "system", "light", "dark"; "system" is used.',
        ),
        (
            'timezone = "Mars/Olympus"',
            'settings.toml line 1: "timezone" names no known time zone ("Mars/Olympus"); the system\'s zone is used.',
        ),
        ("notifications = 1", 'settings.toml line 1: "notifications" must be true or false; true is used.'),
        ("budget = 1", 'settings.toml line 1: "budget" must be written as [[budget]]; it is not used.'),
        ("treshold = 1", 'settings.toml line 1: "treshold" is not a setting; did you mean "thresholds"?'),
        (
            "billing = 1",
            'settings.toml line 1: "billing" must hold one table for each agent; every agent counts as metered.',
        ),
        (
            "[billing]\ncodex = 1",
            'settings.toml line 2: "billing.codex" must be a table with "mode" and "fee_month_usd"; '
            "the agent counts as metered.",
        ),
        ("a = 1\nb = = 2", "settings.toml line 2: this is not valid TOML, so defaults are used for all settings."),
        ("a = 1\nb = [\n", "settings.toml line 3: this is not valid TOML, so defaults are used for all settings."),
    ],
)
def test_mistake_gives_a_sentence_with_its_line(text, sentence):
    assert only_problem(text) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "budget_month_usd = nan",
        "budget_month_usd = inf",
        "budget_month_usd = 1e9999999999999999999",
        "budget_month_usd = 10000000.01",
        "budget_month_usd = [1]",
        f"budget_month_usd = {'9' * 5000}",
        "thresholds = 50",
        "thresholds = [0]",
        "thresholds = [1001]",
        "thresholds = [true]",
        f"thresholds = {list(range(1, 20))}",
        "icon = 1",
        "timezone = 1",
        'timezone = "../../etc/passwd"',
        'timezone = "Europe"',
    ],
)
def test_absurd_value_is_refused_with_one_sentence(text):
    assert "line 1" in only_problem(text) or "not valid TOML" in only_problem(text)


def test_mistake_costs_only_its_own_entry():
    settings, problems = parse('theme = "blue"\nicon = "mono"\n[billing.codex]\nmode = 1\nfee_month_usd = 20')
    assert settings == Settings(icon="mono", billing=(("codex", Billing("metered", 20 * NANO)),))
    assert [problem.split(":")[0] for problem in problems] == ["settings.toml line 1", "settings.toml line 4"]


def test_sentences_are_in_the_order_of_lines():
    _, problems = parse("zzz = 1\ntheme = 1\naaa = 1\nbudget_month_usd = -1")
    assert [problem.split()[2] for problem in problems] == ["1:", "2:", "3:", "4:"]


def test_zero_is_no_budget():
    assert parse("budget_month_usd = 0")[0].budget is None


def test_very_many_mistakes_are_counted():
    settings, problems = parse("".join(f"k{number} = 1\n" for number in range(3000)))
    assert settings == Settings()
    assert len(problems) == 21
    assert problems[-1] == "settings.toml: 2980 more mistakes."


def test_hostile_names_are_cleaned_in_sentences():
    problem = only_problem('"\\u202e\\u001b[31m' + "x" * 1000 + '" = 1')
    assert "\u202e" not in problem and "\x1b" not in problem and len(problem) < 250


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 30_000 + "]" * 30_000,
        "a = " + "{a=" * 10_000,
        "a." * 30_000 + "a = 1",
        '"a" . ' * 10_000 + "a = 1",
        "[" + "a." * 30_000 + "a]",
        "x = {" + "a." * 30_000 + "a = 1}",
        "[billing." + "a." * 20 + "a]\nb = 1",
        "a" * 60_000,
        '"' * 60_000,
        "x = [\n" + "1,\n" * 20_000 + "]",
        "\x00",
        "\r",
    ],
    ids=lambda text: text[:8],
)
def test_hostile_text_gives_defaults_and_a_sentence(text):
    settings, problems = parse(text)
    assert settings in (Settings(), Settings(billing=(("a", Billing()),)))
    assert len(problems) == 1


@given(st.text())
def test_no_text_raises(text):
    settings, problems = parse(text)
    assert isinstance(settings, Settings)
    assert all(problem.startswith("settings.toml") for problem in problems)


toml_values = st.sampled_from(
    [
        "1",
        "-1",
        "1.5",
        "nan",
        "true",
        '"x"',
        '"plan"',
        "[]",
        "[1]",
        "{}",
        "{mode = 1}",
        "1979-05-27",
        "[[1]]",
        "'''\n'''",
    ]
)


@given(st.dictionaries(st.sampled_from([*TOP_KEYS, "x", "billing.codex", "billing.x.mode"]), toml_values, max_size=6))
def test_no_value_of_a_wrong_kind_raises(entries):
    settings, problems = parse("\n".join(f"{key} = {value}" for key, value in entries.items()))
    assert isinstance(settings, Settings)
    assert all(problem.endswith((".", "?")) for problem in problems)


def test_file_that_does_not_exist_means_defaults(file):
    assert load(file) == (Settings(), ())


def test_file_of_a_windows_editor_is_read(file):
    file.write_bytes(b'\xef\xbb\xbftheme = "dark"\r\nicon = 1\r\n')
    settings, problems = load(file)
    assert settings.theme == "dark"
    assert problems[0].startswith("settings.toml line 2:")


def test_file_that_is_not_utf8_means_defaults(file):
    file.write_bytes(b"theme = '\xff'")
    assert load(file) == (Settings(), ("The settings in settings.toml are not text in UTF-8, so defaults are used.",))


def test_huge_file_means_defaults(file):
    with file.open("wb") as sparse:
        sparse.truncate(10**12)
    assert load(file) == (
        Settings(),
        ("The settings in settings.toml are longer than 64 KiB, so defaults are used.",),
    )


def test_directory_means_defaults(file):
    file.mkdir()
    settings, problems = load(file)
    assert settings == Settings()
    assert len(problems) == 1 and "could not be read" in problems[0]


@posix
def test_pipe_does_not_hang(file):
    os.mkfifo(file)
    assert load(file) == (
        Settings(),
        ("The settings in settings.toml could not be read (it is not an ordinary file), so defaults are used.",),
    )


@posix
def test_link_in_a_circle_means_defaults(file):
    file.symlink_to(file)
    settings, problems = load(file)
    assert settings == Settings()
    assert "could not be read" in problems[0]


def test_file_where_a_folder_should_be_means_defaults(file):
    file.write_text("")
    settings, _ = load(file / "settings.toml")
    assert settings == Settings()


@posix
def test_reading_leaves_no_file_open(file):
    file.mkdir()
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    load(file)
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)


def test_agent_is_metered_unless_set():
    settings = Settings(billing=(("codex", Billing("plan", NANO)),))
    assert settings.billing_of("codex") == Billing("plan", NANO)
    assert settings.billing_of("other") == Billing("metered", 0)


def test_zone_is_the_one_that_is_set(tmp_path):
    paths = Paths.below(tmp_path, TZ="Asia/Tokyo")
    assert Settings(timezone="Europe/Berlin").zone(paths) == ZoneInfo("Europe/Berlin")


def test_zone_is_else_that_of_the_system(tmp_path):
    assert Settings().zone(Paths.below(tmp_path, TZ="Asia/Tokyo")) == ZoneInfo("Asia/Tokyo")
    assert Settings().zone(Paths.below(tmp_path, TZ="")) is UTC


@pytest.mark.parametrize(
    ("quiet", "at", "expected"),
    [
        ("20:00-08:00", 20 * 60, True),
        ("20:00-08:00", 8 * 60, False),
        ("20:00-08:00", 3 * 60, True),
        ("20:00 – 8:00", 12 * 60, False),
        ("12:30-13:15", 12 * 60 + 30, True),
        ("12:30-13:15", 13 * 60 + 15, False),
        ("", 0, False),
    ],
)
def test_quiet_hours_may_span_midnight(quiet: str, at: int, expected: bool) -> None:
    settings, mistakes = parse(f'quiet_hours = "{quiet}"')
    assert mistakes == ()
    assert settings.quiet_at(at) is expected


@pytest.mark.parametrize(
    "quiet", ['"20:00"', '"25:00-08:00"', '"20:60-08:00"', '"08:00-08:00"', "20", '"٢٠:٠٠-08:00"']
)
def test_quiet_hours_that_are_none_are_said(quiet: str) -> None:
    settings, mistakes = parse(f"quiet_hours = {quiet}")
    assert settings.quiet is None
    assert len(mistakes) == 1


def test_rules_that_are_off_are_a_list_of_names() -> None:
    assert parse('alerts_off = ["waiting", "budget", "waiting"]')[0].alerts_off == ("budget", "waiting")
    settings, mistakes = parse("alerts_off = [1]")
    assert settings.alerts_off == ()
    assert len(mistakes) == 1
