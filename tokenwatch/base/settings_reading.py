"""Reading the settings file: its text, its TOML, and the settings with a sentence for each mistake.

Owns those steps. Does not own which keys there are and what they may be (settings_check.py) or writing the file
(settings_file.py). A mistake in the file costs only the entry it stands in, which keeps its default.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from tokenwatch.base.errors import SettingsError
from tokenwatch.base.settings import Settings
from tokenwatch.base.toml_lines import place
from tokenwatch.base.translation import mark, tr

_MAX_FILE: Final = 64 * 1024
_MANY_DOTS: Final = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){30}""")
"""A key of absurdly many parts, for which the parser's time grows with the square of their number."""


def load(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings in the file and one plain sentence for each mistake. Never raises.

    A file that does not exist means defaults and is no mistake. One that cannot be read or is not TOML means
    defaults and one sentence.
    """
    try:
        text = read_text(path)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        why = error.strerror or tr("it is not an ordinary file")
        return Settings(), (
            tr("The settings in {file} could not be read ({why}), so defaults are used.", file=path.name, why=why),
        )
    except UnicodeDecodeError:
        return Settings(), (
            tr("The settings in {file} are not text in UTF-8, so defaults are used.", file=path.name),
        )
    except ValueError:
        most = f"{_MAX_FILE // 1024} KiB"
        return Settings(), (
            tr("The settings in {file} are longer than {most}, so defaults are used.", file=path.name, most=most),
        )
    return parse(text, path.name)


def parse(text: str, name: str = "settings.toml") -> tuple[Settings, tuple[str, ...]]:
    """As :func:`load`, from text; ``name`` is how the sentences call the file."""
    try:
        content = content_of(text)
    except SettingsError as error:
        return Settings(), (f"{place(name, error.line or 0)}: {error}",)
    from tokenwatch.base.settings_check import Check

    return Check(content, text, name).settings()


def content_of(text: str) -> dict[str, Any]:
    """The text as TOML, numbers with a point as Decimal. Raises SettingsError, with the line if that is known."""
    many = _MANY_DOTS.search(text)
    try:
        if many:
            raise SettingsError(tr(_NOT_TOML), line=text.count("\n", 0, many.start()) + 1)
        return tomllib.loads(text, parse_float=_decimal)
    except RecursionError as error:
        raise SettingsError(tr(_NOT_TOML)) from error
    except ValueError as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where.group(1)) if where else None
        if "end of document" in str(error):
            line = text.count("\n") + 1
        raise SettingsError(tr(_NOT_TOML), line=line) from error


def read_text(path: Path) -> str:
    """The file's text; OSError if it is not a readable ordinary file, ValueError if it is too long or not UTF-8."""
    # Without waiting for a pipe's other end; on Windows there is neither such a pipe nor the flag.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(_MAX_FILE + 1)
    finally:
        os.close(descriptor)
    if len(data) > _MAX_FILE:
        raise ValueError("too long")
    return data.decode("utf-8-sig").replace("\r\n", "\n")  # editors on Windows add a mark and carriage returns


_NOT_TOML: Final = mark("this is not valid TOML, so defaults are used for all settings.")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return Decimal("NaN")
