"""Names of time zones are read once, elsewhere than on the Qt thread, and every one of them can be used."""

from __future__ import annotations

import threading

from PySide6.QtTest import QSignalSpy

from tokenwatch.base.zone import named
from tokenwatch.gui import zone_names
from tokenwatch.gui.zone_names import ZoneNames


def read(qtbot, **environment: str) -> ZoneNames:
    zones = ZoneNames(environment)
    with qtbot.waitSignal(zones.ready):
        zones.load()
    zones.close()
    return zones


def test_names_are_known_after_reading(qtbot) -> None:
    zones = ZoneNames({"TZ": "Europe/Berlin"})
    assert (zones.names(), zones.own()) == ((), "")
    with qtbot.waitSignal(zones.ready):
        zones.load()
    assert zones.own() == "Europe/Berlin"
    assert {"Europe/Berlin", "America/New_York", "Asia/Tokyo"} <= set(zones.names())


def test_every_name_is_a_zone_and_comes_once_with_utc_first(qtbot) -> None:
    names = read(qtbot, TZ="UTC").names()
    assert names[0] == "UTC"
    assert list(names[1:]) == sorted(set(names[1:]))
    assert all(named(name) is not None for name in names[::25])


def test_zone_without_a_name_is_not_named(qtbot) -> None:
    assert read(qtbot, TZ="CET-1CEST,M3.5.0,M10.5.0/3").own() == ""


def test_they_are_read_once_and_on_another_thread(qtbot, monkeypatch) -> None:
    threads: list[int] = []
    monkeypatch.setattr(
        zone_names.zoneinfo, "available_timezones", lambda: threads.append(threading.get_ident()) or {"UTC"}
    )
    zones = ZoneNames({"TZ": "UTC"})
    ready = QSignalSpy(zones.ready)
    for _ in range(3):
        zones.load()
    qtbot.waitUntil(lambda: ready.count() == 1)
    zones.load()
    zones.close()
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()


def test_closing_what_never_read_is_harmless(qapp) -> None:
    ZoneNames({}).close()
