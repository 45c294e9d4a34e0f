"""The zone of a person: by name, by the environment, or by this computer's zone file."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenwatch.base.zone import UNNAMED, CLibraryZone, name_of, named, system_zone

WINTER = datetime(2026, 1, 15, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 12, tzinfo=UTC)
posix = pytest.mark.skipif(os.name != "posix", reason="the C library's variable TZ and zone files are POSIX")


def offsets(zone) -> tuple[float, float]:
    """Hours ahead of UTC in winter and summer."""
    return tuple(moment.astimezone(zone).utcoffset() / timedelta(hours=1) for moment in (WINTER, SUMMER))


def zone_file(name: str) -> bytes:
    for folder in TZPATH:
        path = Path(folder) / name
        if path.is_file():
            return path.read_bytes()
    assert find_spec("tzdata"), "neither zone files nor the package tzdata"
    from importlib.resources import files

    return files("tzdata").joinpath("zoneinfo", name).read_bytes()


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    (tmp_path / "etc").mkdir()
    return tmp_path / "etc"


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
def test_zone_is_found_by_name(name):
    assert name_of(named(name)) == name


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Olympus", "Europe", "../../etc/passwd", "/etc/localtime", "a\x00b", "é", "x" * 1000, ".", "zone.tab"],
)
def test_no_zone_has_this_name(name):
    assert named(name) is None


@given(st.text())
def test_no_name_raises(name):
    zone = named(name)
    assert zone is None or zone.key == name


def test_utc_has_a_name():
    assert name_of(UTC) == "UTC"


def test_zone_without_a_name_is_local():
    assert name_of(CLibraryZone()) == UNNAMED


@pytest.mark.parametrize(
    ("setting", "zone"),
    [
        ("Europe/Berlin", ZoneInfo("Europe/Berlin")),
        (":Europe/Berlin", ZoneInfo("Europe/Berlin")),
        ("", UTC),
        ("UTC0", UTC),
        ("/usr/share/zoneinfo/Asia/Tokyo", ZoneInfo("Asia/Tokyo")),
        ("/usr/share/zoneinfo/posix/Asia/Tokyo", ZoneInfo("Asia/Tokyo")),
    ],
)
def test_variable_names_the_zone(setting, zone, tmp_path):
    assert system_zone({"TZ": setting}, tmp_path) == zone


@pytest.mark.parametrize(
    ("rule", "hours"),
    [
        ("CET-1CEST,M3.5.0,M10.5.0/3", (1, 2)),
        ("EST5EDT,M3.2.0,M11.1.0", (-5, -4)),
        ("<+0545>-5:45", (5.75, 5.75)),
        ("XYZ3", (-3, -3)),
    ],
)
def test_variable_holds_a_rule(rule, hours, tmp_path):
    assert offsets(system_zone({"TZ": rule}, tmp_path)) == hours


def test_variable_names_a_file_without_a_name(tmp_path):
    (tmp_path / "mine").write_bytes(zone_file("Asia/Tokyo"))
    zone = system_zone({"TZ": str(tmp_path / "mine")}, tmp_path)
    assert (name_of(zone), offsets(zone)) == (UNNAMED, (9, 9))


@pytest.mark.parametrize("nonsense", ["Mars/Olympus", "/no/such/file", "CET-1CEST,nonsense", "\x00", "A" * 1000])
def test_nonsense_in_the_variable_is_ignored(nonsense, etc):
    (etc / "localtime").symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert system_zone({"TZ": nonsense}, etc.parent) == ZoneInfo("Asia/Tokyo")


def test_link_names_the_zone(etc):
    (etc / "localtime").symlink_to("../usr/share/zoneinfo/Europe/Berlin")
    assert name_of(system_zone({}, etc.parent)) == "Europe/Berlin"


def test_link_over_links_names_the_zone_that_was_chosen(etc):
    (etc / "chosen").symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    (etc / "localtime").symlink_to("chosen")
    assert name_of(system_zone({}, etc.parent)) == "Europe/Berlin"


def test_copied_zone_file_has_no_name_but_changes_with_the_season(etc):
    (etc / "localtime").write_bytes(zone_file("Europe/Berlin"))
    zone = system_zone({}, etc.parent)
    assert (name_of(zone), offsets(zone)) == (UNNAMED, (1, 2))


def test_replaced_zone_file_counts_at_once(etc):
    for name, hours in (("Asia/Tokyo", (9, 9)), ("Europe/Berlin", (1, 2))):
        (etc / "localtime").write_bytes(zone_file(name))
        assert offsets(system_zone({}, etc.parent)) == hours


@pytest.mark.parametrize("content", [b"", b"TZif", b"nonsense" * 100, b"\x00" * 10_000], ids=len)
def test_damaged_zone_file_leads_to_the_c_library(etc, content):
    (etc / "localtime").write_bytes(content)
    assert isinstance(system_zone({}, etc.parent), CLibraryZone)


def test_zone_file_cut_anywhere_in_its_last_line_ends_the_reading(etc):
    whole = zone_file("Europe/Berlin")
    for cut in range(1, 60):
        (etc / "localtime").write_bytes(whole[:-cut])
        assert system_zone({}, etc.parent) is not None


@given(cut=st.integers(0, 4000), flip=st.none() | st.tuples(st.integers(0, 4000), st.integers(0, 255)))
def test_no_cut_or_flipped_zone_file_raises_or_hangs(cut, flip, tmp_path_factory):
    root = tmp_path_factory.mktemp("root")
    (root / "etc").mkdir()
    data = bytearray(zone_file("Europe/Berlin")[:cut])
    if flip and flip[0] < len(data):
        data[flip[0]] = flip[1]
    (root / "etc" / "localtime").write_bytes(data)
    assert system_zone({}, root) is not None


@pytest.mark.parametrize(
    "make", [os.mkdir, lambda path: path.symlink_to(path), lambda path: None], ids=["folder", "circle", "none"]
)
def test_without_a_zone_file_the_c_library_is_asked(etc, make):
    make(etc / "localtime")
    assert isinstance(system_zone({}, etc.parent), CLibraryZone)


@posix
def test_pipe_as_zone_file_does_not_hang(etc):
    os.mkfifo(etc / "localtime")
    assert isinstance(system_zone({}, etc.parent), CLibraryZone)


@posix
def test_c_library_knows_the_seasons_and_doubled_hours():
    """In a process of its own, whose variable TZ names a zone that is not this computer's."""
    program = """
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo
from tokenwatch.base.zone import CLibraryZone

ours, theirs = CLibraryZone(), ZoneInfo("Europe/Berlin")
moment = datetime(2026, 1, 1, tzinfo=UTC)
while moment.year < 2027:
    here, there = moment.astimezone(ours), moment.astimezone(theirs)
    assert here.replace(tzinfo=None) == there.replace(tzinfo=None), (here, there)
    assert (here.utcoffset(), here.dst(), here.tzname()) == (there.utcoffset(), there.dst(), there.tzname()), moment
    assert here.astimezone(UTC) == moment, moment
    moment += timedelta(minutes=30)
"""
    environment = {**os.environ, "TZ": "Europe/Berlin"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_c_library_without_a_moment_knows_nothing():
    zone = CLibraryZone()
    assert (zone.utcoffset(None), zone.dst(None), zone.tzname(None)) == (None, None, None)
