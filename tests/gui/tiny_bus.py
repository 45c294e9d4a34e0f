"""A D-Bus of one client, in the test's own process: real messages over a real socket."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path

from jeepney import HeaderFields, Message, Parser, new_method_return

Reply = Callable[[Message], list[Message]]


class TinyBus:
    """Accepts one client; answers each call with what ``reply`` gives."""

    def __init__(self, path: Path) -> None:
        self.address = f"unix:path={path}"
        self.reply: Reply = lambda call: [new_method_return(call)]
        self.calls: list[str] = []
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        self._client: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._client, _ = self._server.accept()
            self._serve(self._client)
        except OSError:
            return

    def _serve(self, client: socket.socket) -> None:
        data = b""
        while b"BEGIN\r\n" not in data:
            got = client.recv(4096)
            if not got:
                return
            data += got
            if b"AUTH" in data and b"BEGIN" not in data:
                client.sendall(b"OK 1234deadbeef\r\n")
        parser = Parser()
        parser.add_data(data.split(b"BEGIN\r\n", 1)[1])
        serial = 0
        while True:
            call = parser.get_next_message()
            if call is None:
                got = client.recv(4096)
                if not got:
                    return
                parser.add_data(got)
                continue
            member = call.header.fields[HeaderFields.member]
            self.calls.append(member)
            answers = [new_method_return(call, "s", (":1.7",))] if member == "Hello" else self.reply(call)
            for answer in answers:
                serial += 1
                client.sendall(answer.serialise(serial=serial))

    def send(self, signal: Message) -> None:
        """A signal that no call asked for."""
        assert self._client is not None
        self._client.sendall(signal.serialise(serial=1_000_000))

    def hang_up(self) -> None:
        if self._client is not None:
            self._client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._server.close()
        if self._client is not None:
            self._client.close()
        self._thread.join(5)
