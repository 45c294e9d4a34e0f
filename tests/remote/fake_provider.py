"""Servers that answer as the providers' report APIs do: strict about headers, parameters and cursors, bad on demand.

Owns what both have in common: TLS, paging, trouble. The providers' own rules stand in fake_anthropic.py and
fake_openai.py. Their data are rows by UTC day that a test sets, and changes when it wants a late correction.
"""

from __future__ import annotations

import hashlib
import json
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tokenwatch.remote.transport import Connect

TLS = Path(__file__).resolve().parents[1] / "fixtures" / "tls"
"""A certificate for the providers' names, signed by an authority that only the tests trust."""


@dataclass(frozen=True)
class Asked:
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.query if key.removesuffix("[]") == name]

    def value(self, name: str) -> str:
        return next(iter(self.values(name)), "")


@dataclass(frozen=True)
class Trouble:
    """A bad answer, instead of the next good one."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    """The connection ends before the promised length."""
    silent: float = 0.0
    """Seconds without a word before the answer."""
    until: threading.Event | None = None
    """No word before this is set."""


class Refused(Exception):
    def __init__(self, status: int, kind: str, message: str = "no") -> None:
        super().__init__(message)
        self.status, self.kind = status, kind


class FakeProvider:
    """``most_a_page`` makes pages shorter than asked for, as a server may."""

    host = ""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.troubles: list[Trouble] = []
        self.most_a_page = 1000
        self.port = 0

    def answer(self, asked: Asked) -> Any:
        raise NotImplementedError

    def refusal(self, refused: Refused) -> Any:
        raise NotImplementedError

    # For both

    def page(self, asked: Asked, items: list[Any], limit: int, make: Any) -> Any:
        """One page of ``items``; its cursor is good for the same question only."""
        same = [pair for pair in asked.query if pair[0] != "page"]
        seal = hashlib.sha256(repr((asked.path, same)).encode()).hexdigest()[:20]
        cursors = {f"page_{hashlib.sha256(f'{seal}/{at}'.encode()).hexdigest()}": at for at in range(len(items) + 1)}
        cursor = asked.value("page")
        if cursor and cursor not in cursors:
            raise Refused(400, "invalid_request_error", "the cursor belongs to another question")
        start = cursors[cursor] if cursor else 0
        end = min(len(items), start + min(limit, self.most_a_page))
        following = next((name for name, at in cursors.items() if at == end), None) if end < len(items) else None
        return make(items[start:end], following)

    def only(self, asked: Asked, *names: str) -> None:
        for name, _ in asked.query:
            if name.removesuffix("[]") not in names:
                raise Refused(400, "invalid_request_error", f"unknown parameter {name}")

    def limit(self, asked: Asked, usual: int, most: int) -> int:
        text = asked.value("limit")
        number = int(text) if text.isdigit() else usual if not text else 0
        if not 1 <= number <= most:
            raise Refused(400, "invalid_request_error", "limit out of bounds")
        return number


def days(first: date, until: date) -> Iterator[date]:
    """From ``first`` to before ``until``."""
    return (first + timedelta(days=number) for number in range((until - first).days))


def grouped(rows: list[dict[str, Any]], by: list[str], amounts: list[str]) -> list[dict[str, Any]]:
    """Rows that agree in ``by`` added up; every other dimension is null."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = tuple(row.get(name) for name in by)
        total = found.setdefault(key, {**{name: row.get(name) for name in by}, **dict.fromkeys(amounts, 0)})
        for name in amounts:
            total[name] += row.get(name, 0)
    return list(found.values())


def _handler(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            split = urlsplit(self.path)
            query = tuple(parse_qsl(split.query, keep_blank_values=True))
            asked = Asked(split.path, query, {name.lower(): value for name, value in self.headers.items()})
            provider.asked.append(asked)
            trouble = provider.troubles.pop(0) if provider.troubles else None
            if trouble is not None:
                time.sleep(trouble.silent)
                if trouble.until is not None:
                    trouble.until.wait()
                self.say(trouble.status, trouble.body, trouble.headers, cut=trouble.cut)
                return
            try:
                status, body = 200, provider.answer(asked)
            except Refused as refused:
                status, body = refused.status, provider.refusal(refused)
            self.say(status, json.dumps(body).encode(), {})

        def say(self, status: int, body: bytes, headers: Mapping[str, str], *, cut: bool = False) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + (100 if cut else 0)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


@contextmanager
def serving(*providers: FakeProvider) -> Iterator[Connect]:
    """The providers at ports of this machine; gives what a transport connects with instead of the network."""
    servers = []
    for provider in providers:
        server = _Quiet(("127.0.0.1", 0), _handler(provider))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(TLS / "server.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        provider.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
    ports = {provider.host: provider.port for provider in providers}
    try:
        yield connector(ports)
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def connector(ports: Mapping[str, int], seconds: float | None = None) -> Connect:
    """Connects to a port here but checks the certificate for the name that was asked for."""
    trusting = ssl.create_default_context(cafile=str(TLS / "authority.pem"))

    def connect(host: str, timeout: float) -> HTTPConnection:
        return _Here(host, ports[host], trusting, seconds or timeout)

    return connect


class _Here(HTTPSConnection):
    def __init__(self, name: str, port: int, context: ssl.SSLContext, timeout: float) -> None:
        super().__init__(name, timeout=timeout, context=context)
        self._here = port

    def connect(self) -> None:
        plain = self._create_connection(("127.0.0.1", self._here), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)
