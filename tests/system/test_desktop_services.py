"""What doctor says about the desktop, asked of a real bus on which nothing or something is there."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, MessageType, new_error, new_method_call, new_method_return
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tokenwatch.base.health import Health, HealthState
from tokenwatch.system.desktop_services import look, watches

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><servicedir>{services}</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""
BUS = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
Own = Callable[[str, object], None]


def by_part(found: tuple[Health, ...]) -> dict[str, Health]:
    return {entry.part: entry for entry in found}


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """The folder of services that the bus can start."""
    folder = tmp_path / "services"
    folder.mkdir()
    return folder


@pytest.fixture
def bus(tmp_path: Path, services: Path) -> Iterator[dict[str, str]]:
    """The environment of a graphical session whose bus is empty."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("dbus-daemon is not installed")
    config = tmp_path / "bus.conf"
    config.write_text(CONFIG.format(socket=tmp_path / "bus", services=services), encoding="utf-8")
    command = [program, "--config-file", str(config), "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        try:
            yield {"DISPLAY": ":0", "DBUS_SESSION_BUS_ADDRESS": address}
        finally:
            daemon.terminate()


@pytest.fixture
def own(bus: dict[str, str]) -> Iterator[Own]:
    """Owns a name on the bus and answers every property with one value, until the test ends."""
    connections: list[DBusConnection] = []
    threads: list[threading.Thread] = []

    def serve(connection: DBusConnection, value: object) -> None:
        while True:
            try:
                message = connection.receive()
            except (OSError, EOFError, ValueError):
                return
            if message.header.message_type is MessageType.method_call:
                answer = new_error(message, "test.Error") if value is None else None
                connection.send(answer or new_method_return(message, "v", (("b", value),)))

    def start(name: str, value: object) -> None:
        connection = open_dbus_connection(bus["DBUS_SESSION_BUS_ADDRESS"])
        connection.send_and_get_reply(new_method_call(BUS, "RequestName", "su", (name, 0)))
        connections.append(connection)
        threads.append(threading.Thread(target=serve, args=(connection, value)))
        threads[-1].start()

    yield start
    for connection in connections:
        connection.sock.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join()
    for connection in connections:
        connection.close()


def test_on_an_empty_bus_each_part_says_what_is_missing(bus: dict[str, str]) -> None:
    found = by_part(look(bus, "linux"))
    for part in ("tray", "notifications", "keyring"):
        assert found[part].state is HealthState.DEGRADED
        assert found[part].reason.endswith(".")


def test_a_tray_host_is_found(bus: dict[str, str], own: Own) -> None:
    own("org.kde.StatusNotifierWatcher", True)
    assert by_part(look(bus, "linux"))["tray"] == Health("tray")


def test_a_watcher_without_a_host_is_no_tray(bus: dict[str, str], own: Own) -> None:
    own("org.kde.StatusNotifierWatcher", False)
    assert by_part(look(bus, "linux"))["tray"].state is HealthState.DEGRADED


def test_a_watcher_that_answers_with_an_error_is_no_tray(bus: dict[str, str], own: Own) -> None:
    own("org.kde.StatusNotifierWatcher", None)
    assert by_part(look(bus, "linux"))["tray"].state is HealthState.DEGRADED


@pytest.mark.parametrize(
    ("part", "name"), [("notifications", "org.freedesktop.Notifications"), ("keyring", "org.freedesktop.secrets")]
)
def test_a_service_that_runs_is_found(bus: dict[str, str], own: Own, part: str, name: str) -> None:
    own(name, True)
    assert by_part(look(bus, "linux"))[part] == Health(part)


def test_a_service_that_the_bus_can_start_is_found(services: Path, bus: dict[str, str]) -> None:
    text = "[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/false\n"
    (services / "notes.service").write_text(text, encoding="utf-8")
    bus_call = open_dbus_connection(bus["DBUS_SESSION_BUS_ADDRESS"])
    bus_call.send_and_get_reply(new_method_call(BUS, "ReloadConfig"))
    bus_call.close()
    assert by_part(look(bus, "linux"))["notifications"] == Health("notifications")


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/bus", "nonsense", "unix:", "tcp:host=,port=0"])
def test_without_a_bus_each_part_says_so(tmp_path: Path, address: str) -> None:
    environment = {"DISPLAY": ":0", "DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(tmp_path)}
    found = by_part(look(environment, "linux"))
    assert {found[part].state for part in ("tray", "notifications", "keyring")} == {HealthState.DEGRADED}
    assert "No session bus answers" in found["tray"].reason


@pytest.mark.parametrize("greeting", [b"", b"OK 1234deadbeef1234deadbeef1234dead\r\n"])
def test_something_that_never_answers_is_given_up(tmp_path: Path, greeting: bytes) -> None:
    """It accepts, perhaps even lets us in, and then says no word."""
    accepted: list[socket.socket] = []

    def serve() -> None:
        accepted.append(server.accept()[0])
        accepted[0].sendall(greeting)

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "bus"))
        server.listen()
        thread = threading.Thread(target=serve)
        thread.start()
        found = by_part(look({"DISPLAY": ":0", "XDG_RUNTIME_DIR": str(tmp_path)}, "linux"))
        thread.join()
        accepted[0].close()
    assert found["tray"].state is HealthState.DEGRADED


def test_without_a_graphical_session_nothing_is_wrong() -> None:
    found = look({}, "linux")
    assert {entry.state for entry in found} == {HealthState.FINE}


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_have_all_parts(platform: str) -> None:
    assert {entry.state for entry in look({}, platform)} == {HealthState.FINE}


@pytest.mark.parametrize(
    ("folders", "state"), [(99, HealthState.FINE), (100, HealthState.DEGRADED), (5000, HealthState.DEGRADED)]
)
def test_watches_are_enough_or_not(tmp_path: Path, folders: int, state: HealthState) -> None:
    limit = tmp_path / "proc/sys/fs/inotify/max_user_watches"
    limit.parent.mkdir(parents=True)
    limit.write_text("100\n", encoding="ascii")
    assert watches(folders, tmp_path).state is state


def test_a_system_that_names_no_limit_has_none(tmp_path: Path) -> None:
    assert watches(10**9, tmp_path) == Health("watcher")
