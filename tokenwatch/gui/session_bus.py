"""Session bus: a plain, typed connection to D-Bus for a thread that may wait.

Owns the use of jeepney: calls with a time limit and the signals of one service. Does not own what is said. Never
used on the Qt thread, because every call may wait as long as :data:`CALL_SECONDS`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from tokenwatch.base.translation import tr

CALL_SECONDS: Final = 2.0
"""A service that does not answer within it counts as absent."""


class BusError(Exception):
    """There is no bus, the service is absent, or it refused. ``gone``: this connection is of no more use."""

    def __init__(self, reason: str, *, gone: bool) -> None:
        super().__init__(reason)
        self.gone = gone


def _words(error: BaseException) -> str:
    """What the system says of it, without its number."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


class SessionBus:
    """Used by one thread. Make it with :meth:`connect`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._signals: deque[Any] = deque(maxlen=256)

    @classmethod
    def connect(cls, address: str) -> SessionBus:
        """A connection to the bus at ``address`` (as in DBUS_SESSION_BUS_ADDRESS). Raises BusError."""
        from jeepney.auth import AuthenticationError
        from jeepney.io.blocking import open_dbus_connection

        if not address:
            raise BusError(tr("there is no session bus"), gone=True)
        try:
            return cls(open_dbus_connection(address, auth_timeout=CALL_SECONDS))
        # RuntimeError and ValueError: an address of a kind that cannot be used; StopIteration: one without content.
        except (OSError, RuntimeError, ValueError, StopIteration, AuthenticationError) as error:
            why = tr("the session bus cannot be reached ({error})", error=_words(error))
            raise BusError(why, gone=True) from error

    @property
    def name(self) -> str:
        """What the bus calls this connection, such as ":1.7"."""
        return str(self._connection.unique_name)

    def fileno(self) -> int:
        """For ``select``: readable when signals may have come."""
        return int(self._connection.sock.fileno())

    def call(
        self, service: str, path: str, interface: str, member: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> tuple[Any, ...]:
        """Call a method and wait for its answer. Raises BusError."""
        from jeepney import DBusAddress, MessageType, new_method_call

        address = DBusAddress(path, bus_name=service, interface=interface)
        message = new_method_call(address, member, signature or None, body)
        try:
            answer = self._connection.send_and_get_reply(message, timeout=CALL_SECONDS)
        except TimeoutError as error:
            raise BusError(tr("{service} does not answer", service=service), gone=False) from error
        except OSError as error:
            raise BusError(tr("the session bus is gone ({error})", error=_words(error)), gone=True) from error
        if answer.header.message_type is MessageType.error:
            raise BusError(tr("{service} refused {member}", service=service, member=member), gone=False)
        return tuple(answer.body)

    def listen(self, service: str, path: str, interface: str, about: str = "") -> None:
        """From now on :meth:`signals` gives what ``service`` sends there, first argument ``about`` if that is given.

        Raises BusError.
        """
        from jeepney import MatchRule, message_bus

        rule = MatchRule(type="signal", sender=service, path=path, interface=interface)
        if about:
            rule.add_arg_condition(0, about)
        self.call(
            message_bus.bus_name, message_bus.object_path, message_bus.interface, "AddMatch", "s", (rule.serialise(),)
        )
        # The bus has checked the sender; what arrives carries its unique name, which no rule of ours knows.
        self._connection.filter(MatchRule(type="signal", path=path, interface=interface), queue=self._signals)

    def signals(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """(member, body) of every signal that has come; does not wait. Raises BusError when the bus is gone."""
        from jeepney import HeaderFields

        while True:
            try:
                self._connection.recv_messages(timeout=0)
            except TimeoutError:
                break
            except OSError as error:
                raise BusError(tr("the session bus is gone ({error})", error=_words(error)), gone=True) from error
        while self._signals:
            message = self._signals.popleft()
            yield message.header.fields.get(HeaderFields.member, ""), tuple(message.body)

    def close(self) -> None:
        self._connection.close()
