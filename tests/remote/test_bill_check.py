"""A check of all accounts: who is asked, and that one trouble does not hide another's answer."""

from __future__ import annotations

from datetime import date

import pytest

from tests.remote import fake_anthropic, fake_openai
from tests.remote.conftest import World
from tests.remote.fake_provider import Trouble
from tests.remote.test_secrets import Memory, secrets_in
from tokenwatch.base.errors import Stopped
from tokenwatch.remote.bill_check import check_bills
from tokenwatch.remote.secrets import AdminKey, Secrets

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 2)


def both() -> Secrets:
    secrets = secrets_in(Memory())
    secrets.keep("anthropic", AdminKey(fake_anthropic.KEY))
    secrets.keep("openai", AdminKey(fake_openai.KEY))
    return secrets


def test_only_providers_with_a_key_are_asked(world: World) -> None:
    secrets = both()
    secrets.remove("anthropic")
    checked = check_bills(secrets, world.transport, FIRST, LAST, 5)
    assert checked.asked == ("openai",)
    assert [(report.provider, report.kind) for report in checked.reports] == [("openai", "usage"), ("openai", "cost")]
    assert world.anthropic.asked == []


def test_without_a_key_nobody_is_asked(world: World) -> None:
    assert check_bills(secrets_in(Memory()), world.transport, FIRST, LAST, 5).asked == ()
    assert world.anthropic.asked == world.openai.asked == []


def test_one_that_fails_does_not_hide_the_other(world: World) -> None:
    world.anthropic.unauthorized = True
    checked = check_bills(both(), world.transport, FIRST, LAST, 5)
    assert {report.provider for report in checked.reports} == {"openai"}
    (sentence,) = checked.troubles
    assert sentence.startswith("The bill of Anthropic could not be read: api.anthropic.com does not let this key")


def test_what_came_before_a_failure_is_kept(world: World) -> None:
    secrets = both()
    secrets.remove("openai")
    good = b'{"data": [], "has_more": false}'
    world.anthropic.troubles = [Trouble(body=good), *[Trouble(503)] * 3]
    checked = check_bills(secrets, world.transport, FIRST, LAST, 5)
    assert [report.kind for report in checked.reports] == ["usage"]
    assert len(checked.troubles) == 1


def test_no_keyring_is_said_once(world: World) -> None:
    checked = check_bills(Secrets(lambda: None), world.transport, FIRST, LAST, 5)
    assert len(checked.troubles) == 1
    assert "no system keyring" in checked.troubles[0]


def test_the_end_of_the_program_ends_it(world: World) -> None:
    world.stop_after = 0
    with pytest.raises(Stopped):
        check_bills(both(), world.transport, FIRST, LAST, 5)
