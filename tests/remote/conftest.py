"""Both providers' fake servers, and clients that reach them as if they were the network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.remote import fake_anthropic, fake_openai
from tests.remote.fake_anthropic import FakeAnthropic
from tests.remote.fake_openai import FakeOpenAI
from tests.remote.fake_provider import serving
from tokenwatch.remote.anthropic_admin import AnthropicAdmin
from tokenwatch.remote.openai_costs import OpenAICosts
from tokenwatch.remote.secrets import AdminKey
from tokenwatch.remote.transport import Connect, HttpsTransport


@dataclass
class World:
    """``waited`` holds every pause that a transport wanted; none is really made."""

    anthropic: FakeAnthropic
    openai: FakeOpenAI
    connect: Connect
    waited: list[float] = field(default_factory=list)
    stop_after: float | None = None

    def wait(self, seconds: float) -> bool:
        if seconds:
            self.waited.append(seconds)
        return self.stop_after is not None and sum(self.waited) >= self.stop_after

    @property
    def transport(self) -> HttpsTransport:
        return HttpsTransport(self.wait, self.connect)

    def ask_anthropic(self, key: str = fake_anthropic.KEY) -> AnthropicAdmin:
        return AnthropicAdmin(self.transport, AdminKey(key))

    def ask_openai(self, key: str = fake_openai.KEY) -> OpenAICosts:
        return OpenAICosts(self.transport, AdminKey(key))


@pytest.fixture
def world() -> Iterator[World]:
    anthropic, openai = FakeAnthropic(), FakeOpenAI()
    with serving(anthropic, openai) as connect:
        yield World(anthropic, openai, connect)
