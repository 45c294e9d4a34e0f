"""OpenAI's usage and costs reports of an organisation.

Owns their addresses, parameters and fields (Administration API). Does not own the network (transport.py) or where the
key is kept (secrets.py).

Facts: days are UTC days, moments are seconds since 1970. A cost's amount is dollars, as a number or as text of one.
Costs have no model: their line item is free text, ``priority | gpt-5.6-sol, cached input, long context`` or
``web search tool calls``. ``input_tokens`` holds the cached and the cache-write tokens too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from tokenwatch.base.bill import OPENAI, BillLine, BillReport, Origin, Part, ReportKind, added
from tokenwatch.base.usage import STANDARD
from tokenwatch.remote.report_json import Answer
from tokenwatch.remote.secrets import AdminKey
from tokenwatch.remote.transport import OPENAI_HOST, Transport

_PATH: Final = "/v1/organization"
_COST_DAYS: Final = "180"
_USAGE_DAYS: Final = "31"
_LINE_ITEM: Final = re.compile(
    r"(?:(?P<tier>[a-z]+) \| )?(?P<model>[\w.:\-]+)(?: (?P<mode>text|audio|image))?, "
    r"(?P<part>input|cached input|cache write|output)(?:, (?P<more>[^|]*))?"
)
_PARTS: Final = {
    "input": Part.INPUT,
    "cached input": Part.CACHE_READ,
    "cache write": Part.CACHE_WRITE_5M,
    "output": Part.OUTPUT,
}


class OpenAICosts:
    """Raises a :class:`RemoteError`. Days are inclusive; ``now`` (milliseconds) becomes the reports' ``as_of``."""

    def __init__(self, transport: Transport, key: AdminKey) -> None:
        self._transport = transport
        self._key = key
        self._answer = Answer(OPENAI_HOST)

    def reports(self, first: date, last: date, now: int) -> Iterator[BillReport]:
        """All reports of these days, one after the other."""
        yield self.usage(first, last, now)
        yield self.cost(first, last, now)

    def usage(self, first: date, last: date, now: int) -> BillReport:
        answer, lines = self._answer, list[BillLine]()
        query = [*_span(first, last), ("bucket_width", "1d"), ("limit", _USAGE_DAYS)]
        query += [("group_by[]", name) for name in ("model", "batch", "service_tier")]
        for bucket in self._buckets("/usage/completions", query):
            day = answer.utc_day(bucket.get("start_time"))
            for row in answer.rows(bucket.get("results")):
                model = answer.text(row.get("model"))
                tier = usage_tier(answer.text(row.get("service_tier")), row.get("batch") is True)
                cached = answer.count(row.get("input_cached_tokens"))
                written = answer.count(row.get("input_cache_write_tokens"))
                counts = (
                    (Part.INPUT, max(0, answer.count(row.get("input_tokens")) - cached - written)),
                    (Part.CACHE_READ, cached),
                    (Part.CACHE_WRITE_5M, written),
                    (Part.OUTPUT, answer.count(row.get("output_tokens"))),
                    (Part.REQUESTS, answer.count(row.get("num_model_requests"))),
                )
                lines += [BillLine(day, model, part, tier, count) for part, count in counts if count]
        return self._report(ReportKind.USAGE, first, last, lines, now)

    def cost(self, first: date, last: date, now: int) -> BillReport:
        answer, lines = self._answer, list[BillLine]()
        query = [*_span(first, last), ("bucket_width", "1d"), ("limit", _COST_DAYS), ("group_by[]", "line_item")]
        for bucket in self._buckets("/costs", query):
            day = answer.utc_day(bucket.get("start_time"))
            for row in answer.rows(bucket.get("results")):
                amount = answer.fields(row.get("amount"))
                nano = answer.nano(amount.get("value"), per_dollar=1, currency=amount.get("currency"))
                model, part, tier = line_item(answer.text(row.get("line_item")))
                lines.append(BillLine(day, model, part, tier, nano))
        return self._report(ReportKind.COST, first, last, lines, now)

    def _buckets(self, path: str, query: Sequence[tuple[str, str]]) -> Iterator[Any]:
        def ask(cursor: str) -> Any:
            page = [("page", cursor)] if cursor else []
            headers = {"Authorization": f"Bearer {self._key.reveal()}"}
            return self._transport.get(OPENAI_HOST, _PATH + path, [*query, *page], headers)

        for page in self._answer.pages(ask):
            yield from self._answer.rows(page.get("data"))

    def _report(self, kind: ReportKind, first: date, last: date, lines: list[BillLine], now: int) -> BillReport:
        within = [line for line in lines if first <= line.day <= last]
        return BillReport(OPENAI, kind, Origin.API, first, last, added(within), now)


def line_item(text: str) -> tuple[str, Part, str]:
    """(model, part, tier) of a cost's line item. What is not a model's tokens keeps its text as the model."""
    found = _LINE_ITEM.fullmatch(text)
    if found is None or found["mode"] in ("audio", "image"):
        searched = text.lower().startswith("web search")
        return text, Part.WEB_SEARCH if searched else Part.OTHER, STANDARD
    return found["model"], _PARTS[found["part"]], usage_tier(found["tier"] or "", batch=False)


def usage_tier(tier: str, batch: bool) -> str:
    """OpenAI calls the usual tier ``default``; batches are told apart by a flag."""
    if batch:
        return "batch"
    return STANDARD if tier in ("", "default", "auto") else tier


def _span(first: date, last: date) -> list[tuple[str, str]]:
    return [("start_time", str(_seconds(first))), ("end_time", str(_seconds(last + timedelta(days=1))))]


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
