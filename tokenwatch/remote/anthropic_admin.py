"""Anthropic's Admin API: the usage, cost and Claude Code reports of an organisation.

Owns their addresses, parameters and fields (Usage and Cost Admin API, version 2023-06-01). Does not own the network
(transport.py) or where the key is kept (secrets.py).

Facts: days are UTC days. A cost's amount is text in cents. Priority tier is in the usage report and never in the cost
report; code execution the other way round. Dimensions that were not asked for are null, as are those that do not
apply. The Claude Code report is of one day, and names people: only their number is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from tokenwatch.base.bill import ANTHROPIC, BillLine, BillReport, Origin, Part, ReportKind, added
from tokenwatch.base.usage import STANDARD
from tokenwatch.remote.report_json import Answer
from tokenwatch.remote.secrets import AdminKey
from tokenwatch.remote.transport import ANTHROPIC_HOST, Transport

VERSION: Final = "2023-06-01"
_PATH: Final = "/v1/organizations"
_DAYS_A_PAGE: Final = "31"
_PEOPLE_A_PAGE: Final = "1000"

_COST_PARTS: Final = {
    "uncached_input_tokens": Part.INPUT,
    "cache_read_input_tokens": Part.CACHE_READ,
    "cache_creation.ephemeral_5m_input_tokens": Part.CACHE_WRITE_5M,
    "cache_creation.ephemeral_1h_input_tokens": Part.CACHE_WRITE_1H,
    "output_tokens": Part.OUTPUT,
}
_COST_KINDS: Final = {"web_search": Part.WEB_SEARCH}


class AnthropicAdmin:
    """Raises a :class:`RemoteError`. Days are inclusive; ``now`` (milliseconds) becomes the reports' ``as_of``."""

    def __init__(self, transport: Transport, key: AdminKey) -> None:
        self._transport = transport
        self._key = key
        self._answer = Answer(ANTHROPIC_HOST)

    def reports(self, first: date, last: date, now: int) -> Iterator[BillReport]:
        """All reports of these days, one after the other."""
        yield self.usage(first, last, now)
        yield self.cost(first, last, now)
        yield self.claude_code(first, last, now)

    def usage(self, first: date, last: date, now: int) -> BillReport:
        answer, lines = self._answer, list[BillLine]()
        query = [*_span(first, last), ("bucket_width", "1d"), ("limit", _DAYS_A_PAGE)]
        query += [("group_by[]", "model"), ("group_by[]", "service_tier")]
        for bucket in self._buckets("/usage_report/messages", query):
            day = answer.utc_day(bucket.get("starting_at"))
            for row in answer.rows(bucket.get("results")):
                model, tier = answer.text(row.get("model")), _tier(answer.text(row.get("service_tier")))
                written = answer.fields(row.get("cache_creation") or {})
                tools = answer.fields(row.get("server_tool_use") or {})
                counts = (
                    (Part.INPUT, row.get("uncached_input_tokens")),
                    (Part.CACHE_READ, row.get("cache_read_input_tokens")),
                    (Part.CACHE_WRITE_5M, written.get("ephemeral_5m_input_tokens")),
                    (Part.CACHE_WRITE_1H, written.get("ephemeral_1h_input_tokens")),
                    (Part.OUTPUT, row.get("output_tokens")),
                    (Part.WEB_SEARCH, tools.get("web_search_requests")),
                )
                lines += [BillLine(day, model, part, tier, answer.count(count)) for part, count in counts if count]
        return self._report(ReportKind.USAGE, first, last, lines, now)

    def cost(self, first: date, last: date, now: int) -> BillReport:
        answer, lines = self._answer, list[BillLine]()
        query = [*_span(first, last), ("bucket_width", "1d"), ("limit", _DAYS_A_PAGE), ("group_by[]", "description")]
        for bucket in self._buckets("/cost_report", query):
            day = answer.utc_day(bucket.get("starting_at"))
            for row in answer.rows(bucket.get("results")):
                amount = answer.nano(row.get("amount"), per_dollar=100, currency=row.get("currency"))
                kind = answer.text(row.get("cost_type"))
                part = _COST_PARTS.get(answer.text(row.get("token_type")), Part.OTHER)
                part = _COST_KINDS.get(kind, part)
                model = answer.text(row.get("model"))
                if part is Part.OTHER and not model:
                    model = kind or answer.text(row.get("description"))
                lines.append(BillLine(day, model, part, _tier(answer.text(row.get("service_tier"))), amount))
        return self._report(ReportKind.COST, first, last, lines, now)

    def claude_code(self, first: date, last: date, now: int) -> BillReport:
        lines = list[BillLine]()
        for number in range((last - first).days + 1):
            lines += self._claude_code_day(first + timedelta(days=number))
        return self._report(ReportKind.CLAUDE_CODE, first, last, lines, now)

    def _claude_code_day(self, day: date) -> list[BillLine]:
        answer, lines = self._answer, list[BillLine]()
        people: dict[str, set[str]] = {}
        for row in self._buckets(
            "/usage_report/claude_code", [("starting_at", day.isoformat()), ("limit", _PEOPLE_A_PAGE)]
        ):
            paid = answer.text(row.get("customer_type")) or "api"
            actor = answer.fields(row.get("actor") or {})
            who = answer.text(actor.get("email_address")) or answer.text(actor.get("api_key_name"))
            people.setdefault(paid, set()).add(who)
            for used in answer.rows(row.get("model_breakdown") or []):
                model, tokens = answer.text(used.get("model")), answer.fields(used.get("tokens") or {})
                counts = (
                    (Part.INPUT, tokens.get("input")),
                    (Part.CACHE_READ, tokens.get("cache_read")),
                    (Part.CACHE_WRITE, tokens.get("cache_creation")),
                    (Part.OUTPUT, tokens.get("output")),
                )
                lines += [BillLine(day, model, part, paid, answer.count(count)) for part, count in counts if count]
        lines += [BillLine(day, "", Part.PEOPLE, paid, len(names)) for paid, names in people.items()]
        return lines

    def _buckets(self, path: str, query: Sequence[tuple[str, str]]) -> Iterator[Any]:
        def ask(cursor: str) -> Any:
            page = [("page", cursor)] if cursor else []
            headers = {"x-api-key": self._key.reveal(), "anthropic-version": VERSION}
            return self._transport.get(ANTHROPIC_HOST, _PATH + path, [*query, *page], headers)

        for page in self._answer.pages(ask):
            yield from self._answer.rows(page.get("data"))

    def _report(self, kind: ReportKind, first: date, last: date, lines: list[BillLine], now: int) -> BillReport:
        within = [line for line in lines if first <= line.day <= last]
        return BillReport(ANTHROPIC, kind, Origin.API, first, last, added(within), now)


def _span(first: date, last: date) -> list[tuple[str, str]]:
    until = last + timedelta(days=1)
    return [("starting_at", f"{first}T00:00:00Z"), ("ending_at", f"{until}T00:00:00Z")]


def _tier(text: str) -> str:
    return text or STANDARD
