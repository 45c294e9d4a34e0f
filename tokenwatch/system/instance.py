"""One program per data directory: a lock that dies with its owner, and a way to ask the owner for its window.

Owns the lock file and the one message. Does not own what "show" means (the face's callback) or the ledger.

Decisions
---------
*The lock is the operating system's, on an open file.* Context: a file that merely exists survives a crash, and
removing it first is a race. Decision: ``flock`` (``msvcrt.locking`` on Windows) on a file that is never deleted.
Consequence: the lock is free the moment its owner dies, however it dies.

*The message goes over a socket in the data directory, which only its owner may enter.* Where there are no such
sockets, or the path is too long for one, it goes over the loopback interface, and the sender proves with a secret
from a file in that directory that it may read it. Whatever arrives, at most 64 bytes are read and only one word is
understood.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.translation import tr

log = logging.getLogger(__name__)

_LOCK: Final = "instance.lock"
_SOCKET: Final = "instance.sock"
_PORT: Final = "instance.port"
_WORD: Final = b"show"
_ANSWER: Final = b"ok\n"
_MOST_BYTES: Final = 64
_SECONDS: Final = 1.0
_LONGEST_SOCKET_PATH: Final = 100
"""Bytes; the least that any system allows is 104, its final zero included."""


class Instance:
    """The right to write the data directory. Not for use by several threads at once."""

    def __init__(self, paths: Paths, *, local_sockets: bool = hasattr(socket, "AF_UNIX")) -> None:
        self._paths = paths
        self._folder = paths.data
        path = str(self._folder / _SOCKET)
        self._socket_path = path if local_sockets and len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH else ""
        self._lock: int | None = None
        self._server: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._secret = b""
        self.trouble = ""
        """Why the lock cannot be had by anyone, as a plain sentence; empty if it can."""

    @property
    def owner(self) -> bool:
        return self._lock is not None

    def acquire(self) -> bool:
        """Take the lock if it is free; True if it is ours now. Never waits and never raises."""
        if self._lock is not None:
            return True
        self.trouble = ""
        try:
            self._paths.ensure(self._folder)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
            lock = os.open(self._folder / _LOCK, flags, 0o600)
        except OSError as error:
            self.trouble = tr("{folder} cannot be locked: {why}.", folder=self._folder, why=error.strerror or error)
            return False
        try:
            _lock(lock)
        except (BlockingIOError, PermissionError):  # Windows says "permission denied" for a lock that is taken
            os.close(lock)
            return False
        except OSError as error:
            os.close(lock)
            self.trouble = tr("{folder} cannot be locked: {why}.", folder=self._folder, why=error.strerror or error)
            return False
        self._lock = lock
        with contextlib.suppress(OSError):  # only whoever asks how much it uses would miss it
            os.ftruncate(lock, 0)
            os.write(lock, b"\n%d\n" % os.getpid())
        return True

    def release(self) -> None:
        """Give the lock back and stop listening. Harmless if there is nothing to give back."""
        self._stop_listening()
        if self._lock is not None:
            os.close(self._lock)  # which frees the lock
            self._lock = None

    def listen(self, on_show: Callable[[], None]) -> bool:
        """Call ``on_show``, on a thread of ours, for each later start that asks. Only for the lock's owner.

        False if nothing can be heard here; the program then works without.
        """
        if self._lock is None or self._server is not None:
            return self._server is not None
        try:
            self._server = self._bind()
        except OSError as error:
            log.info("later starts cannot show this window: %s", error)
            return False
        self._thread = threading.Thread(
            target=self._serve, args=(self._server, on_show), name="tokenwatch-instance", daemon=True
        )
        self._thread.start()
        return True

    def ask_first(self) -> bool:
        """Ask the lock's owner to show its window; True if it answered."""
        try:
            with self._connect() as connection:
                connection.sendall(_WORD + self._secret + b"\n")
                return connection.recv(len(_ANSWER)) == _ANSWER
        except (OSError, ValueError):
            return False

    def _bind(self) -> socket.socket:
        if self._socket_path:
            with contextlib.suppress(FileNotFoundError):
                Path(self._socket_path).unlink()  # of an owner that crashed: the lock is ours, so nobody listens
            server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                server.bind(self._socket_path)
                Path(self._socket_path).chmod(0o600)
                server.listen()
            except OSError:
                server.close()
                raise
            return server
        server = socket.create_server(("127.0.0.1", 0))
        self._secret = b" " + os.urandom(16).hex().encode()
        try:
            self._write_port(server.getsockname()[1])
        except OSError:
            server.close()
            raise
        return server

    def _write_port(self, port: int) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        (self._folder / _PORT).unlink(missing_ok=True)
        with os.fdopen(os.open(self._folder / _PORT, flags, 0o600), "wb") as file:
            file.write(str(port).encode() + self._secret)

    def _connect(self) -> socket.socket:
        if self._socket_path:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(_SECONDS)
            try:
                connection.connect(self._socket_path)
            except OSError:
                connection.close()
                raise
            return connection
        with (self._folder / _PORT).open("rb") as file:
            port, _, secret = file.read(_MOST_BYTES).partition(b" ")
        if not self.owner:
            self._secret = b" " + secret
        return socket.create_connection(("127.0.0.1", int(port)), timeout=_SECONDS)

    def _serve(self, server: socket.socket, on_show: Callable[[], None]) -> None:
        expected = _WORD + self._secret
        while self._server is server:
            try:
                connection, _ = server.accept()
            except OSError:
                if self._server is not server:
                    return
                continue  # the other side was gone already
            with connection:
                try:
                    connection.settimeout(_SECONDS)
                    said = connection.recv(_MOST_BYTES)
                    from hmac import compare_digest  # only when somebody speaks: it loads OpenSSL

                    if compare_digest(said.rstrip(b"\n"), expected):
                        on_show()
                        connection.sendall(_ANSWER)
                except OSError:
                    continue

    def _stop_listening(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        with contextlib.suppress(OSError, ValueError), self._connect():
            pass  # wakes the thread from its waiting
        if self._thread is not None:
            self._thread.join(_SECONDS * 2)
            self._thread = None
        server.close()
        for name in (_SOCKET, _PORT):
            with contextlib.suppress(OSError):
                (self._folder / name).unlink()


def owner_of(paths: Paths) -> int | None:
    """The process that holds the lock, or held it last; None if that is not known."""
    try:
        with (paths.data / _LOCK).open("rb") as file:
            file.seek(1)  # on Windows the first byte cannot be read while it is locked
            said = file.read(_MOST_BYTES).strip()
    except OSError:
        return None
    return int(said) if said.isdigit() else None


if sys.platform == "win32":

    def _lock(file: int) -> None:
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: int) -> None:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
