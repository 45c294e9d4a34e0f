"""Writing a person's own prices into their file: one entry more, all else stays as it was written.

Owns the text of an entry that was asked for in a dialog or on the command line. Does not own what the file may hold
(overrides.py). Raises :class:`SettingsError` for an entry that would not be understood, and when the file cannot be
written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import tomlkit

from tokenwatch.base.errors import SettingsError
from tokenwatch.base.text_file import replace_file
from tokenwatch.base.translation import tr
from tokenwatch.pricing import overrides


def add_alias(path: Path, model: str, target: str) -> None:
    """``model`` costs what ``target`` does. An alias that it has is replaced."""
    document = _document(path)
    if "aliases" not in document:
        document["aliases"] = tomlkit.table()
    document["aliases"][model] = target
    _write(path, tomlkit.dumps(document))


def add_price(path: Path, model: str, rates: Mapping[str, str], since: date | None = None) -> None:
    """``model`` costs these dollars per million tokens, by the names that the file has for them."""
    entry = tomlkit.table()
    entry["model"] = model
    if since is not None:
        entry["from"] = since
    for name, amount in rates.items():
        try:
            number = Decimal(amount.strip().removeprefix("$"))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number < 0:
            raise SettingsError(tr('"{amount}" is not a number of dollars.', amount=amount))
        entry[name] = tomlkit.value(f"{number:f}")
    document = _document(path)
    prices = document.get("price")
    if prices is None:
        prices = document["price"] = tomlkit.aot()
    prices.append(entry)
    _write(path, tomlkit.dumps(document))


def _document(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(tr("{file} cannot be read, so nothing was added to it.", file=path.name)) from error
    try:
        return tomlkit.parse(text)
    except Exception as error:  # tomlkit raises errors of many kinds for what is no TOML
        raise SettingsError(tr("{file} has a mistake, so nothing was added to it.", file=path.name)) from error


def _write(path: Path, text: str) -> None:
    before = overrides.read(path).problems
    problems = [each for each in overrides.parse(text, path.name).problems if each not in before]
    if problems:
        raise SettingsError(problems[0])
    try:
        replace_file(path, text)
    except OSError as error:
        raise SettingsError(
            tr("{file} could not be written ({why}).", file=path.name, why=error.strerror or error)
        ) from error
