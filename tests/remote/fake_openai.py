"""OpenAI's usage and costs API as its documents describe it: see fake_provider.py."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.remote.fake_provider import Asked, FakeProvider, Refused, days, grouped

KEY = "sk-admin-CANARY-never-to-be-seen-either-9Z4K"
_GROUPS = {"project_id", "user_id", "api_key_id", "model", "batch", "service_tier"}
_COST_GROUPS = {"project_id", "line_item", "api_key_id", "user_id", "api_source"}
_COUNTS = ["input", "cached", "written", "output", "requests"]


class FakeOpenAI(FakeProvider):
    """``used``: rows of day, model, batch, service_tier and counts; ``charged``: rows of day, value and line item."""

    host = "api.openai.com"

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[date, list[dict[str, Any]]] = {}
        self.charged: dict[date, list[dict[str, Any]]] = {}
        self.unauthorized = False

    def use(self, day: date, model: str, *, batch: bool = False, tier: str = "default", **counts: int) -> None:
        self.used.setdefault(day, []).append({"model": model, "batch": batch, "service_tier": tier, **counts})

    def charge(self, day: date, value: float | str, item: str, currency: str = "usd") -> None:
        self.charged.setdefault(day, []).append({"value": value, "line_item": item, "currency": currency})

    def answer(self, asked: Asked) -> Any:
        if not asked.headers.get("authorization", "").startswith("Bearer sk-admin-"):
            raise Refused(401, "invalid_api_key")
        if self.unauthorized:
            raise Refused(403, "missing_scope", "You have insufficient permissions: api.usage.read")
        match asked.path:
            case "/v1/organization/costs":
                return self._costs(asked)
            case "/v1/organization/usage/completions":
                return self._usage(asked)
        raise Refused(404, "not_found")

    def refusal(self, refused: Refused) -> Any:
        return {"error": {"message": str(refused), "type": "invalid_request_error", "param": None,
                          "code": refused.kind}}  # fmt: skip

    def _usage(self, asked: Asked) -> Any:
        self.only(asked, "start_time", "end_time", "bucket_width", "limit", "page", "group_by", "models", "batch")
        if asked.value("bucket_width") not in ("", "1d"):
            raise Refused(400, "invalid_value")
        by = self._by(asked, _GROUPS)
        found = []
        for day in days(*_span(asked)):
            rows = [_usage_row(row, by) for row in grouped(self.used.get(day, []), by, _COUNTS)]
            found.append(_bucket(day, rows))
        return self.page(asked, found, self.limit(asked, 7, 31), _page)

    def _costs(self, asked: Asked) -> Any:
        self.only(asked, "start_time", "end_time", "bucket_width", "limit", "page", "group_by", "project_ids")
        if asked.value("bucket_width") not in ("", "1d"):
            raise Refused(400, "invalid_value")
        by = self._by(asked, _COST_GROUPS)
        found = []
        for day in days(*_span(asked)):
            rows = [
                {
                    "object": "organization.costs.result",
                    "amount": {"value": row["value"], "currency": row["currency"]},
                    "line_item": row["line_item"] if "line_item" in by else None,
                    "project_id": None,
                    "organization_id": "org-1",
                    "quantity": None,
                }
                for row in self.charged.get(day, [])
            ]
            found.append(_bucket(day, rows))
        return self.page(asked, found, self.limit(asked, 7, 180), _page)

    def _by(self, asked: Asked, allowed: set[str]) -> list[str]:
        by = asked.values("group_by")
        if set(by) - allowed:
            raise Refused(400, "invalid_value", "group_by")
        return by


def seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _bucket(day: date, results: list[Any]) -> Any:
    until = seconds(day + timedelta(days=1))
    return {"object": "bucket", "start_time": seconds(day), "end_time": until, "results": results}


def _page(data: list[Any], following: str | None) -> Any:
    return {"object": "page", "data": data, "has_more": following is not None, "next_page": following}


def _span(asked: Asked) -> tuple[date, date]:
    moments = []
    for name in ("start_time", "end_time"):
        if not asked.value(name).isdigit():
            raise Refused(400, "invalid_value", name)
        moments.append(datetime.fromtimestamp(int(asked.value(name)), UTC))
    if moments[0] >= moments[1]:
        raise Refused(400, "invalid_value", "ends before it starts")
    return moments[0].date(), moments[1].date()


def _usage_row(row: dict[str, Any], by: list[str]) -> Any:
    dimensions = {name: row.get(name) if name in by else None for name in sorted(_GROUPS)}
    return {
        **dimensions,
        "object": "organization.usage.completions.result",
        "input_tokens": row["input"],
        "input_cached_tokens": row["cached"],
        "input_cache_write_tokens": row["written"],
        "input_uncached_tokens": row["input"] - row["cached"] - row["written"],
        "output_tokens": row["output"],
        "num_model_requests": row["requests"],
        "input_audio_tokens": 0,
        "a_field_of_tomorrow": None,
    }
