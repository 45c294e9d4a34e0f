"""The fake servers themselves: a client that does it wrong must not get through."""

from __future__ import annotations

from typing import Any

import pytest

from tests.remote import fake_anthropic, fake_openai
from tests.remote.conftest import World
from tokenwatch.base.errors import RemoteError

ANTHROPIC = {"x-api-key": fake_anthropic.KEY, "anthropic-version": "2023-06-01"}
OPENAI = {"Authorization": f"Bearer {fake_openai.KEY}"}
SPAN = [("starting_at", "2026-10-01T00:00:00Z"), ("ending_at", "2026-11-01T00:00:00Z")]
SECONDS = [("start_time", "1790812800"), ("end_time", "1793491200")]
USAGE, COST = "/v1/organizations/usage_report/messages", "/v1/organizations/cost_report"
PEOPLE = "/v1/organizations/usage_report/claude_code"


@pytest.mark.parametrize(
    ("path", "query", "headers", "status"),
    [
        (USAGE, SPAN, {"x-api-key": fake_anthropic.KEY}, 400),
        (USAGE, SPAN, {**ANTHROPIC, "anthropic-version": "2023-01-01"}, 400),
        (USAGE, SPAN, {**ANTHROPIC, "Authorization": "Bearer x"}, 400),
        (USAGE, [("starting_at", "2026-10-01")], ANTHROPIC, 400),
        (USAGE, [*SPAN, ("limit", "32")], ANTHROPIC, 400),
        (USAGE, [*SPAN, ("limit", "0")], ANTHROPIC, 400),
        (USAGE, [*SPAN, ("group_by[]", "colour")], ANTHROPIC, 400),
        (USAGE, [*SPAN, ("since", "1")], ANTHROPIC, 400),
        (USAGE, [*SPAN, ("page", "page_made_up")], ANTHROPIC, 400),
        (COST, [*SPAN, ("bucket_width", "1h"), ("group_by[]", "description")], ANTHROPIC, 400),
        (COST, [*SPAN, ("group_by[]", "model")], ANTHROPIC, 400),
        (PEOPLE, [("starting_at", "2026-10-01T00:00:00Z")], ANTHROPIC, 400),
        (PEOPLE, [("starting_at", "2026-10-01"), ("limit", "1001")], ANTHROPIC, 400),
        ("/v1/messages", SPAN, ANTHROPIC, 404),
    ],
)
def test_anthropic_is_strict(world: World, path: str, query: Any, headers: Any, status: int) -> None:
    with pytest.raises(RemoteError, match=f"status {status}"):
        world.transport.get("api.anthropic.com", path, query, headers)


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/v1/organization/costs", [], 400),
        ("/v1/organization/costs", [("start_time", "2026-10-01")], 400),
        ("/v1/organization/costs", [*SECONDS, ("limit", "181")], 400),
        ("/v1/organization/costs", [*SECONDS, ("bucket_width", "1h")], 400),
        ("/v1/organization/costs", [*SECONDS, ("group_by", "model")], 400),
        ("/v1/organization/usage/completions", [*SECONDS, ("limit", "32")], 400),
        ("/v1/organization/usage/completions", [*SECONDS, ("group_by[]", "line_item")], 400),
        ("/v1/organization/usage/images", SECONDS, 404),
    ],
)
def test_openai_is_strict(world: World, path: str, query: Any, status: int) -> None:
    with pytest.raises(RemoteError, match=f"status {status}"):
        world.transport.get("api.openai.com", path, query, OPENAI)


def test_a_cursor_is_good_for_its_own_question_only(world: World) -> None:
    world.anthropic.most_a_page = 2
    page = world.transport.get("api.anthropic.com", USAGE, SPAN, ANTHROPIC)
    cursor = ("page", page["next_page"])
    assert world.transport.get("api.anthropic.com", USAGE, [*SPAN, cursor], ANTHROPIC)["data"]
    with pytest.raises(RemoteError, match="status 400"):
        world.transport.get("api.anthropic.com", USAGE, [*SPAN, ("limit", "5"), cursor], ANTHROPIC)


def test_limit_is_seven_days_unless_asked_for(world: World) -> None:
    assert len(world.transport.get("api.anthropic.com", USAGE, SPAN, ANTHROPIC)["data"]) == 7
    assert len(world.transport.get("api.openai.com", "/v1/organization/costs", SECONDS, OPENAI)["data"]) == 7
