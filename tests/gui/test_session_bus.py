"""A connection to D-Bus: real messages over a socket whose other end is a tiny bus of the test."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from jeepney import Message, new_error, new_method_return, new_signal
from jeepney.wrappers import DBusAddress

from tests.gui.tiny_bus import TinyBus
from tokenwatch.gui import session_bus
from tokenwatch.gui.session_bus import BusError, SessionBus

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="D-Bus is spoken over local sockets")

PATH = "/org/example"
NAME = "org.example.Service"


@pytest.fixture
def bus(tiny: TinyBus) -> Iterator[SessionBus]:
    bus = SessionBus.connect(tiny.address)
    yield bus
    bus.close()


def signal(member: str, *body: int) -> Message:
    return new_signal(DBusAddress(PATH, interface=NAME), member, "u" * len(body), body)


def test_call_gives_the_answer(tiny: TinyBus, bus: SessionBus) -> None:
    tiny.reply = lambda call: [new_method_return(call, "su", (call.body[0] + "!", 7))]
    assert bus.call(NAME, PATH, NAME, "Say", "s", ("hello",)) == ("hello!", 7)


def test_refused_call_keeps_the_connection(tiny: TinyBus, bus: SessionBus) -> None:
    tiny.reply = lambda call: [new_error(call, "org.example.No")]
    with pytest.raises(BusError, match="refused Say") as caught:
        bus.call(NAME, PATH, NAME, "Say")
    assert not caught.value.gone


def test_service_that_does_not_answer_is_given_up(tiny: TinyBus, bus: SessionBus, monkeypatch) -> None:
    monkeypatch.setattr(session_bus, "CALL_SECONDS", 0.05)
    tiny.reply = lambda call: []
    with pytest.raises(BusError, match="does not answer") as caught:
        bus.call(NAME, PATH, NAME, "Say")
    assert not caught.value.gone


def test_lost_bus_is_gone(tiny: TinyBus, bus: SessionBus) -> None:
    tiny.hang_up()
    with pytest.raises(BusError) as caught:
        bus.call(NAME, PATH, NAME, "Say")
    assert caught.value.gone
    with pytest.raises(BusError) as caught:
        list(bus.signals())
    assert caught.value.gone


def test_signals_listened_for_are_heard_even_between_call_and_answer(tiny: TinyBus, bus: SessionBus) -> None:
    bus.listen(NAME, PATH, NAME)
    assert tiny.calls[-1] == "AddMatch"
    tiny.reply = lambda call: [signal("Chosen", 5), new_method_return(call), signal("Closed", 6)]
    bus.call(NAME, PATH, NAME, "Say")
    heard: list[tuple[str, tuple[int, ...]]] = []
    while len(heard) < 2:
        heard += bus.signals()
    assert heard == [("Chosen", (5,)), ("Closed", (6,))]


def test_without_signals_nothing_is_waited_for(bus: SessionBus) -> None:
    assert list(bus.signals()) == []


def test_signals_of_others_are_not_heard(tiny: TinyBus, bus: SessionBus) -> None:
    bus.listen(NAME, PATH, NAME)
    other = new_signal(DBusAddress("/elsewhere", interface=NAME), "Chosen", "u", (1,))
    tiny.reply = lambda call: [other, new_method_return(call)]
    bus.call(NAME, PATH, NAME, "Say")
    assert list(bus.signals()) == []


@pytest.mark.parametrize(
    "address", ["", "unix:path=/nonexistent/bus", "tcp:host=localhost,port=1", "nonsense", "unix:", ";;", "unix:a=b"]
)
def test_address_without_a_bus_is_an_error_of_ours(address: str) -> None:
    with pytest.raises(BusError) as caught:
        SessionBus.connect(address)
    assert caught.value.gone


def test_a_bus_that_is_not_there_is_said_without_the_systems_number(tmp_path) -> None:
    with pytest.raises(BusError) as caught:
        SessionBus.connect(f"unix:path={tmp_path / 'none'}")
    assert str(caught.value) == "the session bus cannot be reached (No such file or directory)"
