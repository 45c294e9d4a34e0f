"""Report JSON: reading what a provider answered, which may be anything.

Owns the checks that both clients share: whole numbers, money, days, pages. Does not own any provider's fields. What a
bill says may not be guessed, so whatever is not understood is an error with a sentence, never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tokenwatch.base.errors import RemoteError
from tokenwatch.base.money import from_dollars
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr

_MOST_PAGES: Final = 400
_MOST_TOKENS: Final = 10**15
_MOST_DOLLARS: Final = 10**9


class Answer:
    """The parts of a decoded answer of ``host``. Every method raises a :class:`RemoteError`."""

    def __init__(self, host: str) -> None:
        self.host = host

    def fields(self, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.odd(tr("an object is missing"))
        return value

    def rows(self, value: Any) -> list[Mapping[str, Any]]:
        if not isinstance(value, list):
            raise self.odd(tr("a list is missing"))
        return [self.fields(row) for row in value]

    def count(self, value: Any) -> int:
        """A whole number of tokens or requests; none written means none."""
        if value is None:
            return 0
        if type(value) is not int or not 0 <= value <= _MOST_TOKENS:
            raise self.odd(tr("a count is no whole number"))
        return value

    def text(self, value: Any) -> str:
        """A name, or nothing where the report does not tell it."""
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.odd(tr("a name is no text"))
        return plain(value)

    def nano(self, value: Any, *, per_dollar: int, currency: Any) -> int:
        """Money to nano-dollars. ``per_dollar`` is 1 for dollars and 100 for cents; a number or text of one."""
        if not isinstance(currency, str) or currency.lower() != "usd":
            raise self.odd(tr("an amount is in {currency} and not in dollars", currency=plain(currency, 12)))
        if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
            raise self.odd(tr("an amount is no number"))
        try:
            dollars = Decimal(value) / per_dollar
        except InvalidOperation:
            raise self.odd(tr("an amount is no number")) from None
        if not dollars.is_finite() or abs(dollars) > _MOST_DOLLARS:
            raise self.odd(tr("an amount is impossible"))
        return from_dollars(dollars)

    def utc_day(self, value: Any) -> date:
        """The UTC day that begins at a moment: RFC 3339 text or seconds since 1970."""
        try:
            if isinstance(value, str):
                moment = datetime.fromisoformat(value)
            elif type(value) is int:
                moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)
            else:
                raise ValueError
        except (ValueError, OverflowError):
            raise self.odd(tr("a day is missing")) from None
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        if moment.timetz().replace(tzinfo=None) != datetime.min.time():
            raise self.odd(tr("a day does not begin at midnight UTC"))
        return moment.date()

    def pages(self, ask: Callable[[str], Any]) -> Iterator[Mapping[str, Any]]:
        """The pages of a report. ``ask`` gives one for a cursor, the first for none."""
        cursor, seen = "", set[str]()
        while True:
            page = self.fields(ask(cursor))
            yield page
            if not page.get("has_more"):
                return
            cursor = self.text(page.get("next_page")) and str(page["next_page"])
            if not cursor or cursor in seen or len(seen) >= _MOST_PAGES:
                raise self.odd(tr("its pages do not end"))
            seen.add(cursor)

    def odd(self, what: str) -> RemoteError:
        return RemoteError(tr("{host} answered in a way that is not understood: {what}.", host=self.host, what=what))
