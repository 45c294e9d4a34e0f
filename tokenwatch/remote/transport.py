"""Transport: asking a provider's API over the network, and nothing else.

Owns the connection: fixed hosts, TLS with the system's certificates, no redirect, no proxy, no cookie, limits of time
and size, patience when the provider asks for it. Does not own what is asked (the clients beside it) or keys.

A key is a header of one request to one of :data:`HOSTS`; it is in no address, no error and no log. Only GET is used.
"""

from __future__ import annotations

import email.utils
import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import Any, Final, Protocol
from urllib.parse import urlencode

from tokenwatch import __version__
from tokenwatch.base.errors import AskLater, KeyRefused, RemoteError, Stopped
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr

log = logging.getLogger(__name__)

ANTHROPIC_HOST: Final = "api.anthropic.com"
OPENAI_HOST: Final = "api.openai.com"
PRICES_HOST: Final = "raw.githubusercontent.com"
RATES_HOST: Final = "api.frankfurter.dev"
"""Asked for public files, without a key."""

HOSTS: Final = frozenset((ANTHROPIC_HOST, OPENAI_HOST, PRICES_HOST, RATES_HOST))
"""Nobody else is ever asked. The tests reach these names at their own servers through ``connect``."""

USER_AGENT: Final = f"TokenWatch/{__version__}"
TIMEOUT: Final = 10.0
"""Seconds without anything from the other side."""
_WHOLE: Final = 60.0
"""Seconds for one answer as a whole, however slowly it drips."""
_LARGEST: Final = 16 * 1024 * 1024
_PIECE: Final = 64 * 1024
_ATTEMPTS: Final = 3
_LONGEST_WAIT: Final = 60.0
"""A provider that asks for more patience is asked again another time."""
_PAUSES: Final = (1.0, 4.0)
"""Seconds before the second and third attempt, when the provider names none."""

Connect = Callable[[str, float], HTTPConnection]
"""(host, seconds) to a connection that is not open yet."""

Query = Iterable[tuple[str, str]]


class Transport(Protocol):
    """What the clients need of the network. Raises a :class:`RemoteError`."""

    def get(self, host: str, path: str, query: Query, headers: Mapping[str, str]) -> Any:
        """The decoded JSON of the answer; numbers with a point are Decimals."""


class HttpsTransport:
    """Used by one thread; ``wait`` waits that many seconds and says whether to stop, as ``Event.wait`` does."""

    def __init__(
        self,
        wait: Callable[[float], bool],
        connect: Connect | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wait = wait
        self._connect = connect or over_tls
        self._monotonic = monotonic

    def get(self, host: str, path: str, query: Query, headers: Mapping[str, str]) -> Any:
        if host not in HOSTS:
            raise RemoteError(tr("{host} is no provider's address, so it is not asked.", host=plain(host, 60)))
        target = f"{path}?{urlencode(list(query))}"
        for attempt in range(_ATTEMPTS):
            if self._wait(0):
                raise Stopped(tr("{host} was not asked any more.", host=host))
            try:
                return self._ask(host, target, headers)
            except _TryAgain as again:
                pause = again.seconds if again.seconds is not None else _PAUSES[min(attempt, len(_PAUSES) - 1)]
                last = attempt == _ATTEMPTS - 1
                if last or pause > _LONGEST_WAIT:
                    raise again.error from None
                log.info("%s is asked again in %.0f s: %s", host, pause, again.error)
            if self._wait(pause):
                raise Stopped(tr("{host} was not asked any more.", host=host))
        raise AssertionError("the last attempt returns or raises")

    def _ask(self, host: str, target: str, headers: Mapping[str, str]) -> Any:
        connection = self._connect(host, TIMEOUT)
        try:
            connection.request("GET", target, headers={**_OURS, **headers})
            with connection.getresponse() as answer:
                body = self._body(host, answer)
                status, told = answer.status, {name.lower(): value for name, value in answer.getheaders()}
        except TimeoutError:
            raise _TryAgain(
                RemoteError(
                    tr("{host} did not answer within {seconds} seconds.", host=host, seconds=f"{TIMEOUT:.0f}")
                )
            ) from None
        except OSError as error:
            # Of the system's own words only the short ones: a certificate's may be a page.
            raise _TryAgain(
                RemoteError(tr("{host} could not be reached ({why}).", host=host, why=_reason(error)))
            ) from None
        except HTTPException as error:
            raise _TryAgain(
                RemoteError(tr("{host} broke off its answer ({why}).", host=host, why=type(error).__name__))
            ) from None
        finally:
            connection.close()
        return _understood(host, status, told, body)

    def _body(self, host: str, answer: HTTPResponse) -> bytes:
        pieces, size, until = [], 0, self._monotonic() + _WHOLE
        while piece := answer.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > _LARGEST:
                raise RemoteError(
                    tr(
                        "{host} answered with more than {most} MiB, which is not read.",
                        host=host,
                        most=_LARGEST >> 20,
                    )
                )
            if self._monotonic() > until:
                raise TimeoutError
        if answer.length:
            raise IncompleteRead(b"", answer.length)
        return b"".join(pieces)


_OURS: Final = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "identity"}


class _TryAgain(Exception):
    """``seconds``: how long the provider wants us to wait; None if it did not say."""

    def __init__(self, error: RemoteError, seconds: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.seconds = seconds


def over_tls(host: str, seconds: float) -> HTTPConnection:
    """A connection that trusts what the system trusts."""
    import ssl

    import truststore

    return HTTPSConnection(host, timeout=seconds, context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


def _understood(host: str, status: int, told: Mapping[str, str], body: bytes) -> Any:
    """The JSON of a good answer; what a bad one means, raised."""
    if status == 200:
        return _json(host, body)
    said = _said(body)
    if 300 <= status < 400:
        raise RemoteError(tr("{host} points to another address, which is not followed.", host=host))
    if status == 401:
        raise KeyRefused(tr("{host} does not accept the key{why}.", host=host, why=said))
    if status == 403:
        raise KeyRefused(tr("{host} does not let this key read reports{why}.", host=host, why=said))
    if status == 429:
        seconds = _patience(told)
        often = tr("{host} was asked too often.", host=host)
        wait = f"{seconds or 0:.0f}"
        patient = tr("{host} was asked too often. It asks to wait {seconds} s.", host=host, seconds=wait)
        raise _TryAgain(AskLater(patient if seconds else often, seconds=seconds or 0.0), seconds)
    if status >= 500:
        raise _TryAgain(
            RemoteError(
                tr("{host} has trouble of its own (status {status}{said}).", host=host, status=status, said=said)
            ),
            _patience(told),
        )
    raise RemoteError(
        tr("{host} did not understand the question (status {status}{said}).", host=host, status=status, said=said)
    )


def _json(host: str, body: bytes) -> Any:
    try:
        return json.loads(body, parse_float=_decimal, parse_constant=_decimal)
    except (ValueError, RecursionError):
        raise RemoteError(tr("{host} answered with something that is not JSON.", host=host)) from None


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("not a number") from None
    if not number.is_finite() or abs(number.adjusted()) > 40:
        raise ValueError("not a number that could be true")
    return number


def _said(body: bytes) -> str:
    """`` (authentication_error)``: the kind of error as the provider calls it, never its message."""
    try:
        error = json.loads(body)["error"]
        kind = error.get("code") or error.get("type")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return ""
    return f" ({plain(kind, 40)})" if isinstance(kind, str) and kind.replace("_", "").isalnum() else ""


def _patience(told: Mapping[str, str]) -> float | None:
    """How many seconds the provider asks to wait: a number, or a date (RFC 9110, 10.2.3). None if it does not say."""
    wanted = told.get("retry-after", "").strip()
    if wanted.isascii() and wanted.isdigit():
        return float(wanted) if len(wanted) < 10 else _LONGEST_WAIT + 1
    try:
        # Both by its own clock, whatever ours says.
        wait = email.utils.parsedate_to_datetime(wanted) - email.utils.parsedate_to_datetime(told.get("date", ""))
    except (TypeError, ValueError):
        return None
    return max(0.0, wait.total_seconds())


def _reason(error: OSError) -> str:
    import ssl

    if isinstance(error, ssl.SSLCertVerificationError):
        return tr("its certificate is not trusted: {why}", why=plain(error.verify_message, 80))
    return plain(error.strerror or type(error).__name__, 80)
