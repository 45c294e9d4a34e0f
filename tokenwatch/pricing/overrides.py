"""Overrides: the user's and our own corrections of prices, read from TOML files.

Owns the format of those files, its checks with line numbers, and which entry holds for a model on a day. Does not
own the price table or applying factors (cost.py). The format is described at the top of
``resources/price_overrides.toml``.

An entry that cannot be used is refused with a sentence; all others hold. Entries are read one by one, so that also
a broken line costs only its own entry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import msgspec

from tokenwatch.base.text import plain
from tokenwatch.base.toml_lines import lines_of
from tokenwatch.base.translation import mark, tr
from tokenwatch.pricing.rates import HIGHEST, Band, Rates

_LARGEST_FILE: Final = 1_000_000
_HIGHEST_FACTOR: Final = 100
_TIERS: Final = ("standard", "fast", "priority", "flex", "batch")

_HEADER = re.compile(r"^\s*\[{1,2}\s*[\w.\"'-]+\s*\]{1,2}\s*(?:#.*)?$")
_SCOPE: Final = {"model", "provider", "tier", "from", "until"}
_RATES: Final = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output")
_LONG: Final = tuple(f"long_{name}" for name in _RATES)
_PRICE_KEYS: Final = _SCOPE | {*_RATES, *_LONG, "long_above", "web_search"}
_FACTOR_KEYS: Final = _SCOPE | {"geo", "times", "flat", "keep_cache_read"}


class Scope(msgspec.Struct, frozen=True):
    """For what an entry holds. ``models`` are names or patterns in lower case; empty text or None: any.

    ``since`` is the first UTC day, ``until`` the first one no more.
    """

    models: tuple[str, ...]
    provider: str = ""
    tier: str = ""
    since: date | None = None
    until: date | None = None

    def covers(self, names: Iterable[str], providers: Iterable[str], day: date) -> bool:
        return (
            (self.since is None or self.since <= day)
            and (self.until is None or day < self.until)
            and (not self.provider or self.provider in providers)
            and any(fnmatchcase(name, pattern) for name in names for pattern in self.models)
        )

    def named(self, names: Iterable[str]) -> bool:
        """Whether a name is written out, which beats a pattern."""
        return not set(self.models).isdisjoint(names)


class Price(msgspec.Struct, frozen=True):
    """All rates of a model. ``bands`` and ``web_search`` as in a :class:`~tokenwatch.pricing.rates.RateRow`."""

    scope: Scope
    bands: tuple[Band, ...]
    web_search: Fraction | None = None


class Factor(msgspec.Struct, frozen=True):
    """A multiple of all token rates, at a tier, at a place, or always if it names neither.

    ``flat``: without the long-context bands. ``keep_cache_read``: cache reads keep their price.
    """

    scope: Scope
    times: Fraction
    geo: str = ""
    flat: bool = False
    keep_cache_read: bool = False


class Alias(msgspec.Struct, frozen=True):
    """Another name of a model; ``pattern`` in lower case."""

    pattern: str
    model: str


class Overrides(msgspec.Struct, frozen=True):
    """The usable entries of one file, in its order, and what is wrong with the others."""

    prices: tuple[Price, ...] = ()
    factors: tuple[Factor, ...] = ()
    aliases: tuple[Alias, ...] = ()
    problems: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Whether the same prices hold, whatever is wrong with other entries."""
        if not isinstance(other, Overrides):
            return NotImplemented
        return (self.prices, self.factors, self.aliases) == (other.prices, other.factors, other.aliases)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.prices, self.factors, self.aliases))

    @property
    def days(self) -> frozenset[date]:
        """The days on which an entry begins or ends to hold."""
        scopes = [*(entry.scope for entry in self.prices), *(entry.scope for entry in self.factors)]
        return frozenset(day for scope in scopes for day in (scope.since, scope.until) if day)

    def alias(self, names: Iterable[str]) -> str:
        """The model that one of ``names`` stands for, or empty. A name written out beats a pattern."""
        names = tuple(names)
        fitting = [entry for entry in self.aliases if any(fnmatchcase(name, entry.pattern) for name in names)]
        fitting.sort(key=lambda entry: entry.pattern in names)
        return fitting[-1].model if fitting else ""

    def price(self, names: Iterable[str], providers: Iterable[str], day: date, tier: str) -> Price | None:
        """The entry that holds: of this tier before any tier, a name before a pattern, later days, later lines."""
        names, providers = tuple(names), tuple(providers)
        fitting = [
            entry
            for entry in self.prices
            if entry.scope.tier in ("", tier) and entry.scope.covers(names, providers, day)
        ]
        fitting.sort(
            key=lambda entry: (bool(entry.scope.tier), entry.scope.named(names), entry.scope.since or date.min)
        )
        return fitting[-1] if fitting else None

    def factor(
        self, names: Iterable[str], providers: Iterable[str], day: date, *, tier: str = "", geo: str = ""
    ) -> Factor | None:
        """The factor of just this tier, place or, with neither, of everything; chosen like a price."""
        names, providers = tuple(names), tuple(providers)
        fitting = [
            entry
            for entry in self.factors
            if entry.scope.tier == tier and entry.geo == geo and entry.scope.covers(names, providers, day)
        ]
        fitting.sort(key=lambda entry: (entry.scope.named(names), entry.scope.since or date.min))
        return fitting[-1] if fitting else None


class _Refused(Exception):
    """An entry cannot be used: the key it is about, and why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def read(path: Path) -> Overrides:
    """The overrides in the file ``path``; none if there is no such file. Never raises for what it holds."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        return Overrides()
    except OSError as error:
        return Overrides(
            problems=(
                tr("{file} cannot be read ({why}): your prices are not used.", file=path.name, why=error.strerror),
            )
        )
    if len(raw) > _LARGEST_FILE:
        return Overrides(problems=(tr("{file} is larger than 1 MB: your prices are not used.", file=path.name),))
    try:
        return parse(raw.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        return Overrides(problems=(tr("{file} is not UTF-8 text: your prices are not used.", file=path.name),))


def parse(text: str, name: str) -> Overrides:
    """The overrides in ``text``. ``name`` is the file's name, for the sentences."""
    prices: list[Price] = []
    factors: list[Factor] = []
    aliases: list[Alias] = []
    problems: list[str] = []

    def refuse(line: int, reason: str, what: str = "") -> None:
        what = what or tr("it is not used")
        problems.append(tr("{file}, line {line}: {reason}; {what}.", file=name, line=line, reason=reason, what=what))

    for begin, chunk in _chunks(text):
        try:
            content = tomllib.loads(chunk, parse_float=Decimal)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            line, reason = _syntax(str(error), chunk)
            refuse(begin + line - 1, reason, tr("this entry is not used"))
            continue
        for kind, value in content.items():
            if kind == "aliases" and isinstance(value, dict):
                for pattern, model in value.items():
                    if isinstance(model, str) and model.strip() and pattern.strip():
                        aliases.append(Alias(pattern.strip().lower(), model.strip()))
                    else:
                        line = _line(begin, chunk, kind, pattern)
                        refuse(
                            line,
                            tr("{pattern} must name a model, in quotes", pattern=_shown(pattern)),
                            tr("this alias is not used"),
                        )
            elif kind in ("price", "factor") and isinstance(value, list):
                lost = tr("this price is not used") if kind == "price" else tr("this factor is not used")
                for entry in value:
                    try:
                        if kind == "price":
                            prices.append(_price(entry))
                        else:
                            factors.append(_factor(entry))
                    except _Refused as refused:
                        refuse(_line(begin, chunk, kind, refused.key), str(refused), lost)
            else:
                why = tr("{kind} is not known here", kind=_shown(kind))
                if kind in ("price", "factor"):
                    why = tr("{kind} is not known here (write [[{name}]])", kind=_shown(kind), name=kind)
                refuse(_line(begin, chunk, kind), why)
    return Overrides(tuple(prices), tuple(factors), tuple(aliases), tuple(problems))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """(first line, text) of each table of the file, so that each can be read on its own."""
    lines = text.replace("\r\n", "\n").split("\n")
    starts = [0, *(number for number, line in enumerate(lines) if number and _HEADER.match(line)), len(lines)]
    for start, end in pairwise(starts):
        yield start + 1, "\n".join(lines[start:end]) + "\n"


def _line(begin: int, chunk: str, *entry: str) -> int:
    """The line of an entry, or else of the table that it stands in. Searched only for what is refused."""
    lines = lines_of(chunk)
    return begin + lines.get(entry, lines.get(entry[:1], 1)) - 1


def _syntax(message: str, chunk: str) -> tuple[int, str]:
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(found[1]) if found else chunk.rstrip().count("\n") + 1
    reason = plain(message[: found.start()] if found else message.replace("(at end of document)", "")).rstrip(". ")
    return line, tr("not valid TOML ({reason})", reason=reason)


def _shown(text: object) -> str:
    return f'"{plain(text, 40)}"'


def _known_keys(entry: Any, known: set[str]) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise _Refused("", tr("an entry must be a table"))
    for key in entry:
        if key not in known:
            raise _Refused(key, tr("{key} is not a known key", key=_shown(key)))
    return entry


def _scope(entry: dict[str, Any], *, default: tuple[str, ...] = ()) -> Scope:
    models = entry.get("model", list(default))
    models = [models] if isinstance(models, str) else models
    if not isinstance(models, list) or not models or not all(isinstance(m, str) and m.strip() for m in models):
        raise _Refused("model", tr("model must be a name, or a list of names, in quotes"))
    provider, tier = entry.get("provider", ""), entry.get("tier", "")
    if not isinstance(provider, str):
        raise _Refused("provider", tr("provider must be a name in quotes"))
    if tier not in ("", *_TIERS):
        raise _Refused("tier", tr("tier must be one of {names}", names=", ".join(_TIERS)))
    since, until = _day(entry, "from"), _day(entry, "until")
    if since and until and until <= since:
        raise _Refused("until", tr("until must be after from"))
    return Scope(tuple(model.strip().lower() for model in models), provider.strip().lower(), tier, since, until)


def _day(entry: dict[str, Any], key: str) -> date | None:
    value = entry.get(key)
    if value is None:
        return None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise _Refused(key, tr("{key} must be a day such as 2026-01-31, without quotes", key=key))
    return value


def _amount(entry: dict[str, Any], key: str, highest: int, what: str) -> Fraction | None:
    value = entry.get(key)
    if value is None:
        return None
    number = Decimal(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None
    if number is None or not number.is_finite() or not 0 <= number <= highest:
        raise _Refused(key, tr("{key} must be {what} from 0 to {highest}", key=key, what=tr(what), highest=highest))
    # 1e-999999 is a number too, but its exact fraction would take megabytes.
    return Fraction(round(number, 12))


def _price(entry: Any) -> Price:
    entry = _known_keys(entry, _PRICE_KEYS)
    scope = _scope(entry)
    dollars = mark("dollars per million tokens,")
    given = {key: _amount(entry, key, HIGHEST, dollars) for key in (*_RATES, *_LONG)}
    for key in ("input", "output"):
        if given[key] is None:
            raise _Refused("", tr("{key} is missing", key=key))
    bands = [Band(0, _rates(given, ""))]
    above = entry.get("long_above")
    if above is not None:
        if type(above) is not int or not 0 < above <= 10**9:
            raise _Refused("long_above", tr("long_above must be a number of tokens"))
        for key in ("long_input", "long_output"):
            if given[key] is None:
                raise _Refused("long_above", tr("long_above needs {key}", key=key))
        bands.append(Band(above, _rates(given, "long_")))
    elif stray := next((key for key in _LONG if given[key] is not None), ""):
        raise _Refused(stray, tr("{key} needs long_above", key=stray))
    searches = _amount(entry, "web_search", HIGHEST, mark("dollars per thousand searches,"))
    return Price(scope, tuple(bands), searches)


def _rates(given: dict[str, Fraction | None], prefix: str) -> Rates:
    """What is not given costs what its parent does: reads and writes as input, 1-hour writes as other writes."""
    fresh, read, write, long_write, output = (given[prefix + name] for name in _RATES)
    write = fresh if write is None else write
    return Rates(fresh, fresh if read is None else read, write, write if long_write is None else long_write, output)


def _factor(entry: Any) -> Factor:
    entry = _known_keys(entry, _FACTOR_KEYS)
    scope = _scope(entry, default=("*",) if "provider" in entry else ())
    times = _amount(entry, "times", _HIGHEST_FACTOR, mark("a number"))
    if times is None:
        raise _Refused("", tr("times is missing"))
    geo = entry.get("geo", "")
    if not isinstance(geo, str):
        raise _Refused("geo", tr("geo must be a name in quotes"))
    if scope.tier and geo:
        raise _Refused("geo", tr("a factor holds for a tier or for a geo, not for both"))
    return Factor(scope, times, geo.strip().lower(), _switch(entry, "flat"), _switch(entry, "keep_cache_read"))


def _switch(entry: dict[str, Any], key: str) -> bool:
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise _Refused(key, tr("{key} must be true or false", key=key))
    return value
