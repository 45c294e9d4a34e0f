"""``reconcile``: as a user runs it with exported files, and with keys against the fake providers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run, environment_of
from tests.remote import fake_anthropic, fake_openai
from tests.remote.conftest import World
from tests.remote.fake_anthropic import FakeAnthropic
from tests.remote.fake_openai import FakeOpenAI
from tests.remote.fake_provider import serving
from tests.remote.test_secrets import Memory, secrets_in
from tokenwatch.base.bill import DIFFERENCE_WORDS, Difference
from tokenwatch.base.clock import FixedClock, to_ms
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings import Settings
from tokenwatch.cli.given import Given
from tokenwatch.cli.reconcile import Question, run
from tokenwatch.remote.secrets import AdminKey, Secrets
from tokenwatch.system.instance import Instance

OCTOBER = date(2026, 10, 1)
DAY = date(2026, 10, 5)
OPUS = "claude-opus-4-5-20251101"
HEAD = (
    "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type\n"
)
EXPORT = HEAD + "2026-10-05,Claude Opus 4.5,Default,k,message,≤ 200k,output,0.50,0.50,token\n"


def line(day: date, number: int, output: int) -> str:
    usage = {"input_tokens": 0, "output_tokens": output, "cache_read_input_tokens": 0}
    message = {"id": f"msg_{number}", "type": "message", "role": "assistant", "model": OPUS, "content": [],
               "stop_reason": "end_turn", "usage": usage}  # fmt: skip
    return json.dumps({
        "type": "assistant", "uuid": f"u-{number}", "timestamp": f"{day}T12:00:00.000Z", "sessionId": "s-1",
        "cwd": "/work/acme", "version": "2.1.150", "requestId": f"req_{number}", "message": message,
    })  # fmt: skip


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A home in which Claude Code used 10,000 output tokens ($0.25) on 5 October, and something in September."""
    folder = tmp_path / "home" / ".claude" / "projects" / "-work-acme"
    folder.mkdir(parents=True)
    (folder / "s-1.jsonl").write_text(f"{line(date(2026, 9, 1), 1, 1)}\n{line(DAY, 2, 10_000)}\n", encoding="utf-8")
    return tmp_path / "home"


@pytest.fixture
def world() -> Iterator[World]:
    anthropic, openai = FakeAnthropic(), FakeOpenAI()
    with serving(anthropic, openai) as connect:
        yield World(anthropic, openai, connect)


def asked(home: Path, world: World, secrets: Secrets, *, on: bool = True) -> tuple[str, ...]:
    """Run the command inside this process, with the fake network."""
    paths = Paths.below(home, **environment_of(home))
    now = to_ms(datetime(2026, 11, 15, 12, tzinfo=UTC))
    given = Given(paths, FixedClock(now), Settings(check_bills=on, timezone="UTC"))
    return run(given, Question(OCTOBER), as_json=True, secrets=secrets, transport=world.transport)


def both() -> Secrets:
    secrets = secrets_in(Memory())
    secrets.keep("anthropic", AdminKey(fake_anthropic.KEY))
    secrets.keep("openai", AdminKey(fake_openai.KEY))
    return secrets


def test_an_exported_file_is_compared_and_kept(run: Run, used: Path, tmp_path: Path) -> None:
    (tmp_path / "cost.csv").write_text(EXPORT, encoding="utf-8")
    first = run(used, "reconcile", "--month", "2026-10", "--json", "--import", str(tmp_path / "cost.csv"))
    assert (first.code, first.errors) == (0, "")
    (provider,) = first.json["providers"]
    assert provider["provider"] == "anthropic"
    assert (provider["billed_usd"], provider["here_usd"], provider["difference_usd"]) == (0.5, 0.25, 0.25)
    assert [entry["reason"] for entry in provider["differences"]] == ["unknown"]
    assert provider["imported"] is True
    (cell,) = provider["days"]
    assert (cell["day"], cell["here_tokens"]["output"]) == ("2026-10-05", 10_000)
    again = run(used, "reconcile", "--month", "2026-10", "--json")
    assert again.json["providers"] == first.json["providers"]
    assert "account checks are off" in again.json["warnings"][0]


def test_people_get_a_table_that_adds_up(run: Run, used: Path, tmp_path: Path) -> None:
    (tmp_path / "cost.csv").write_text(EXPORT, encoding="utf-8")
    ended = run(used, "reconcile", "--month", "2026-10", "--import", str(tmp_path / "cost.csv"))
    assert ended.code == 0
    assert "Anthropic, 2026-10, UTC days" in ended.out
    assert [row.split() for row in ended.out.splitlines() if row.lstrip().startswith(("2026-10-05", "Total"))] == [
        ["2026-10-05", "$0.50", "$0.25", "+$0.25"],
        ["Total", "$0.50", "$0.25", "+$0.25"],
    ]
    assert DIFFERENCE_WORDS[Difference.UNKNOWN] in ended.out


def test_without_any_bill_it_says_what_to_do(run: Run, used: Path) -> None:
    ended = run(used, "reconcile", "--month", "2026-10")
    assert ended.code == 0
    assert "Nothing is known of any bill for 2026-10" in ended.out
    assert "account checks are off" in ended.errors


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a,b\n1,2\n", "none of the exports"), (b"\xff\xfe\x00", "not text"), (None, "No such file")],
)
def test_a_file_that_is_no_export_is_said(
    run: Run, used: Path, tmp_path: Path, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / "x.csv").write_bytes(content)
    ended = run(used, "reconcile", "--import", str(tmp_path / "x.csv"))
    assert (ended.code, ended.out) == (1, "")
    assert words in ended.errors
    assert "Traceback" not in ended.errors


@pytest.mark.parametrize("month", ["2026", "2026-13", "october", "2026-10-05"])
def test_what_is_no_month_is_said(run: Run, home: Path, month: str) -> None:
    ended = run(home, "reconcile", "--month", month)
    assert ended.code == 2
    assert "is not a month such as 2026-10" in ended.errors


def test_with_keys_both_providers_are_asked(used: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.anthropic.use(DAY, OPUS, output=40_000)
    world.anthropic.charge(DAY, "100", token_type="output_tokens", model=OPUS)
    world.openai.charge(DAY, 3, "gpt-5.4, output")
    assert asked(used, world, both()) == ()
    anthropic, openai = json.loads(capsys.readouterr().out)["providers"]
    assert (anthropic["billed_usd"], anthropic["here_usd"], anthropic["coverage"]) == (1.0, 0.25, 0.25)
    assert [(entry["reason"], entry["usd"]) for entry in anthropic["differences"]] == [("elsewhere", 0.75)]
    assert (openai["billed_usd"], openai["here_usd"]) == (3.0, 0.0)


def test_switched_off_nobody_is_asked(used: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    asked(used, world, both(), on=False)
    assert "account checks are off" in json.loads(capsys.readouterr().out)["warnings"][0]
    assert world.anthropic.asked == world.openai.asked == []


def test_without_a_key_it_says_so(used: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    asked(used, world, secrets_in(Memory()))
    assert "No admin key is kept" in json.loads(capsys.readouterr().out)["warnings"][0]


def test_a_refused_key_is_a_warning_and_the_rest_is_shown(
    used: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.anthropic.unauthorized = True
    asked(used, world, both())
    printed = capsys.readouterr().out
    assert "does not let this key read reports" in json.loads(printed)["warnings"][0]
    assert [entry["provider"] for entry in json.loads(printed)["providers"]] == ["openai"]
    assert "CANARY" not in printed


def test_while_the_app_runs_it_is_shown_and_not_kept(
    used: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(used, world, secrets_in(Memory()), on=False)
    instance = Instance(Paths.below(used, **environment_of(used)))
    assert instance.acquire()
    try:
        capsys.readouterr()
        world.openai.charge(DAY, 3, "gpt-5.4, output")
        asked(used, world, both())
        shown = json.loads(capsys.readouterr().out)
        assert shown["providers"][1]["billed_usd"] == 3.0
        assert any("not kept" in sentence for sentence in shown["warnings"])
        asked(used, world, both(), on=False)
        assert json.loads(capsys.readouterr().out)["providers"] == []
    finally:
        instance.release()
