"""Anthropic's Admin API as its documents describe it: see fake_provider.py."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from tests.remote.fake_provider import Asked, FakeProvider, Refused, days, grouped

KEY = "sk-ant-admin01-CANARY-never-to-be-seen-7F2Q"
_GROUPS = {
    "account_id", "api_key_id", "context_window", "inference_geo", "model", "service_account_id", "service_tier",
    "speed", "workspace_id",
}  # fmt: skip
_COUNTS = ["uncached", "cache_5m", "cache_1h", "cache_read", "output", "searches"]
_COST_GROUPS = {"workspace_id", "description", "inference_geo"}


class FakeAnthropic(FakeProvider):
    """``used``: rows of day, model, service_tier and counts; ``charged``: rows of day and a cost; ``people``: records
    of the Claude Code report by day."""

    host = "api.anthropic.com"

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[date, list[dict[str, Any]]] = {}
        self.charged: dict[date, list[dict[str, Any]]] = {}
        self.people: dict[date, list[dict[str, Any]]] = {}
        self.unauthorized = False

    def use(self, day: date, model: str, tier: str = "standard", **counts: int) -> None:
        self.used.setdefault(day, []).append({"model": model, "service_tier": tier, **counts})

    def charge(self, day: date, cents: str, **more: Any) -> None:
        self.charged.setdefault(day, []).append({"amount": cents, "cost_type": "tokens", **more})

    def answer(self, asked: Asked) -> Any:
        if not asked.headers.get("x-api-key", "").startswith("sk-ant-admin"):
            raise Refused(401, "authentication_error", "invalid x-api-key")
        if "authorization" in asked.headers:
            raise Refused(400, "invalid_request_error", "two ways of signing in")
        if asked.headers.get("anthropic-version") != "2023-06-01":
            raise Refused(400, "invalid_request_error", "anthropic-version is missing")
        if not asked.headers.get("user-agent", "").startswith("TokenWatch/"):
            raise Refused(400, "invalid_request_error", "say who you are")
        if self.unauthorized:
            raise Refused(403, "permission_error")
        match asked.path:
            case "/v1/organizations/usage_report/messages":
                return self._usage(asked)
            case "/v1/organizations/cost_report":
                return self._cost(asked)
            case "/v1/organizations/usage_report/claude_code":
                return self._claude_code(asked)
        raise Refused(404, "not_found_error")

    def refusal(self, refused: Refused) -> Any:
        return {"type": "error", "error": {"type": refused.kind, "message": str(refused)}, "request_id": "req_1"}

    def _usage(self, asked: Asked) -> Any:
        self.only(asked, "starting_at", "ending_at", "bucket_width", "limit", "page", "group_by", "models")
        width = asked.value("bucket_width") or "1d"
        if width != "1d":
            raise Refused(400, "invalid_request_error", "this server has days only")
        by = asked.values("group_by")
        if set(by) - _GROUPS:
            raise Refused(400, "invalid_request_error", "group_by")
        limit = self.limit(asked, 7, 31)
        buckets = [self._bucket(day, [_usage_row(row, by) for row in grouped(self.used.get(day, []), by, _COUNTS)])
                   for day in days(*_span(asked))]  # fmt: skip
        return self.page(asked, buckets, limit, _page)

    def _cost(self, asked: Asked) -> Any:
        self.only(asked, "starting_at", "ending_at", "bucket_width", "limit", "page", "group_by")
        if asked.value("bucket_width") not in ("", "1d"):
            raise Refused(400, "invalid_request_error", "bucket_width")
        by = asked.values("group_by")
        if set(by) - _COST_GROUPS or "description" not in by:
            raise Refused(400, "invalid_request_error", "group_by")
        limit = self.limit(asked, 7, 31)
        buckets = [self._bucket(day, [_cost_row(row) for row in self.charged.get(day, [])])
                   for day in days(*_span(asked))]  # fmt: skip
        return self.page(asked, buckets, limit, _page)

    def _claude_code(self, asked: Asked) -> Any:
        self.only(asked, "starting_at", "limit", "page")
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", asked.value("starting_at")):
            raise Refused(400, "invalid_request_error", "starting_at is a day")
        limit = self.limit(asked, 20, 1000)
        return self.page(asked, self.people.get(date.fromisoformat(asked.value("starting_at")), []), limit, _page)

    def _bucket(self, day: date, results: list[Any]) -> Any:
        until = day + timedelta(days=1)
        return {"starting_at": f"{day}T00:00:00Z", "ending_at": f"{until}T00:00:00Z", "results": results, "new": {}}


def person(email: str, paid: str = "api", **models: tuple[int, int, int, int]) -> dict[str, Any]:
    """A record of the Claude Code report; a model's numbers are input, output, cache read and cache creation."""
    return {
        "date": "2026-10-01T00:00:00Z",
        "actor": {"type": "user_actor", "email_address": email},
        "organization_id": "org",
        "customer_type": paid,
        "terminal_type": "vscode",
        "core_metrics": {"num_sessions": 1, "lines_of_code": {"added": 1, "removed": 0}},
        "tool_actions": {"edit_tool": {"accepted": 1, "rejected": 0}},
        "model_breakdown": [
            {
                "model": model.replace("_", "-"),
                "tokens": {"input": n[0], "output": n[1], "cache_read": n[2], "cache_creation": n[3]},
                "estimated_cost": {"amount": 12, "currency": "USD"},
            }
            for model, n in models.items()
        ],
    }


def _page(data: list[Any], following: str | None) -> Any:
    return {"data": data, "has_more": following is not None, "next_page": following}


def _span(asked: Asked) -> tuple[date, date]:
    moments = []
    for name in ("starting_at", "ending_at"):
        try:
            moments.append(datetime.fromisoformat(asked.value(name)))
        except ValueError:
            raise Refused(400, "invalid_request_error", f"{name} is no RFC 3339 time") from None
        if moments[-1].tzinfo is None:
            raise Refused(400, "invalid_request_error", f"{name} has no zone")
    if moments[0] >= moments[1]:
        raise Refused(400, "invalid_request_error", "ends before it starts")
    return moments[0].date(), moments[1].date()


def _usage_row(row: dict[str, Any], by: list[str]) -> Any:
    dimensions = {name: row.get(name) if name in by else None for name in sorted(_GROUPS)}
    return {
        **dimensions,
        "uncached_input_tokens": row["uncached"],
        "cache_creation": {
            "ephemeral_5m_input_tokens": row["cache_5m"],
            "ephemeral_1h_input_tokens": row["cache_1h"],
        },
        "cache_read_input_tokens": row["cache_read"],
        "output_tokens": row["output"],
        "server_tool_use": {"web_search_requests": row["searches"]},
        "a_field_of_tomorrow": [1, {"x": None}],
    }


def _cost_row(row: dict[str, Any]) -> Any:
    usual = dict.fromkeys(
        ("token_type", "model", "service_tier", "context_window", "inference_geo", "workspace_id", "description")
    )
    return {**usual, "currency": "USD", **row}
