"""The time zone of a person: by its IANA name, or the one this computer is set to.

Owns finding the zone and a name for it. Does not own cutting days or months (base/clock.py) or the setting
that names a zone (base/settings.py). Nothing is opened before a function is called.

The rules of the system zone are those of the C library: ``TZ`` wins (a name, a path to a zone file, or a
POSIX rule such as ``CET-1CEST,M3.5.0,M10.5.0/3``; empty means UTC; nonsense is ignored), then
``/etc/localtime``, whose link target names the zone. What cannot be named still changes with daylight saving
time: an unnamed zone file is read as it is, and on Windows or without any zone file the C library is asked for
each moment. It is never a fixed offset taken from today.
"""

from __future__ import annotations

import io
import os
import re
import struct
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

UNNAMED = "local"
"""The name of a system zone that has none of its own."""

_MAX_ZONE_FILE = 1 << 20
_POSIX_RULE = re.compile(r"(<[A-Za-z0-9+-]{3,12}>|[A-Za-z]{3,12})[+-]?\d{1,3}(:\d{1,2}){0,2}([<A-Za-z].{0,60})?")


def named(name: str) -> ZoneInfo | None:
    """The zone with this IANA name, or None if there is none. Never raises, whatever the text."""
    if not name or len(name) > 100 or not name.isascii():
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):  # hostile path, unknown name, a directory such as "Europe"
        return None


def name_of(zone: tzinfo) -> str:
    """The zone's IANA name, "UTC", or "local" for a system zone that has no name."""
    if zone is UTC:
        return "UTC"
    return getattr(zone, "key", None) or UNNAMED


def system_zone(environment: Mapping[str, str], root: Path = Path("/")) -> tzinfo:
    """The zone this computer is set to. ``root`` holds ``etc/localtime``; another one is for tests."""
    setting = environment.get("TZ")
    if setting is not None:
        zone = _of_variable(setting)
        if zone is not None:
            return zone
    localtime = root / "etc" / "localtime"
    return _of_link(localtime) or _of_file(localtime) or CLibraryZone()


class CLibraryZone(tzinfo):
    """Local time as the C library of this process has it, for each moment anew, daylight saving included."""

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        if dt is None:
            return None
        return timedelta(seconds=self._local(dt).tm_gmtoff or 0)

    def dst(self, dt: datetime | None) -> timedelta | None:
        if dt is None:
            return None
        # The library tells whether, not by how much; an hour is the custom, and nothing here relies on it.
        return timedelta(hours=1) if self._local(dt).tm_isdst > 0 else timedelta(0)

    def tzname(self, dt: datetime | None) -> str | None:
        return None if dt is None else self._local(dt).tm_zone

    def fromutc(self, dt: datetime) -> datetime:
        # A naive local time, whose fold the standard library sets where a clock hour comes twice.
        local = datetime.fromtimestamp(dt.replace(tzinfo=UTC).timestamp())  # noqa: DTZ006
        return local.replace(tzinfo=self)

    def _local(self, dt: datetime) -> time.struct_time:
        return time.localtime(dt.replace(tzinfo=None).timestamp())

    def __repr__(self) -> str:
        return "CLibraryZone()"


def _of_variable(setting: str) -> tzinfo | None:
    value = setting.removeprefix(":").strip()
    if value in ("", "UTC", "UTC0"):
        return UTC
    if value.startswith("/"):
        return _of_link(Path(value)) or _of_file(Path(value))
    return named(value) or _of_rule(value)


def _of_link(path: Path) -> ZoneInfo | None:
    """The zone named by a path into a zone database, or by the links that lead there.

    Links are followed one at a time: the first that names a zone is the one the user chose, while the last
    may be another name of it.
    """
    here = str(path)
    for _ in range(8):
        if "/zoneinfo" in here:
            name = re.sub(r"^.*/zoneinfo[^/]*/((posix|right)/)?", "", here)
            zone = named(name)
            if zone is not None:
                return zone
        try:
            target = os.readlink(here)  # noqa: PTH115 - the text of the link, not made absolute
        except (OSError, ValueError):
            return None
        here = os.path.normpath(os.path.join(os.path.dirname(here), target))  # noqa: PTH118, PTH120
    return None


def _of_file(path: Path) -> ZoneInfo | None:
    """The zone in a zone file without a name."""
    try:
        found = path.stat()
        if not path.is_file() or not 0 < found.st_size <= _MAX_ZONE_FILE:
            return None
        return _read(str(path), found.st_mtime_ns, found.st_size)
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=4)
def _read(path: str, modified: int, size: int) -> ZoneInfo | None:
    """Cached by what changes with the file, so asking for the zone each second costs one look at it."""
    return _parsed(Path(path).read_bytes())


@lru_cache(maxsize=4)
def _of_rule(rule: str) -> ZoneInfo | None:
    """A POSIX rule, read by the standard library as the tail of an otherwise empty zone file (RFC 9636)."""
    if not rule.isascii() or not _POSIX_RULE.fullmatch(rule):
        return None
    header = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    block = struct.pack(">lbB4s", 0, 0, 0, b"UTC\0")
    return _parsed(header + block + header + block + b"\n" + rule.encode() + b"\n")


class _Bytes(io.BytesIO):
    """Refuses to read beyond the end, where the standard library would look for a line feed for ever."""

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        if size is not None and len(data) < size:
            raise EOFError
        return data


def _parsed(data: bytes) -> ZoneInfo | None:
    try:
        return ZoneInfo.from_file(_Bytes(data))
    except (ValueError, LookupError, OverflowError, EOFError, AssertionError, TypeError, struct.error):
        return None
