"""Transport: what it asks, what it refuses, and what each bad answer becomes."""

from __future__ import annotations

import ssl
from http.client import HTTPConnection, HTTPSConnection

import pytest

from tests.remote import fake_anthropic
from tests.remote.conftest import World
from tests.remote.fake_provider import Trouble, connector
from tokenwatch.base.errors import AskLater, KeyRefused, RemoteError, Stopped
from tokenwatch.remote.transport import HttpsTransport, over_tls

HOST = "api.anthropic.com"
PATH = "/v1/organizations/usage_report/claude_code"
HEADERS = {"x-api-key": fake_anthropic.KEY, "anthropic-version": "2023-06-01"}
QUERY = (("starting_at", "2026-10-01"),)


def get(world: World) -> object:
    return world.transport.get(HOST, PATH, QUERY, HEADERS)


def test_answer_is_decoded_and_the_key_is_only_in_its_header(world: World) -> None:
    assert get(world) == {"data": [], "has_more": False, "next_page": None}
    (asked,) = world.anthropic.asked
    assert asked.headers["x-api-key"] == fake_anthropic.KEY
    assert fake_anthropic.KEY not in repr((asked.path, asked.query))
    assert asked.headers["user-agent"].startswith("TokenWatch/")
    assert "cookie" not in asked.headers


@pytest.mark.parametrize(
    "host", ["example.org", "api.anthropic.com.evil.test", "127.0.0.1", "api.anthropic.com:8443"]
)
def test_no_other_host_is_asked(world: World, host: str) -> None:
    with pytest.raises(RemoteError, match="not asked"):
        world.transport.get(host, PATH, QUERY, HEADERS)


def test_the_network_is_reached_over_tls_that_the_system_trusts() -> None:
    connection = over_tls(HOST, 3.0)
    assert isinstance(connection, HTTPSConnection)
    assert (connection.host, connection.port, connection.timeout) == (HOST, 443, 3.0)
    assert connection._context.verify_mode is ssl.CERT_REQUIRED
    assert connection._context.check_hostname


def test_a_server_with_another_certificate_gets_no_key(world: World) -> None:
    def untrusting(host: str, seconds: float) -> HTTPConnection:
        connection = connector({HOST: world.anthropic.port})(host, seconds)
        connection._context = ssl.create_default_context()
        return connection

    with pytest.raises(RemoteError, match="certificate is not trusted"):
        HttpsTransport(world.wait, untrusting).get(HOST, PATH, QUERY, HEADERS)
    assert world.anthropic.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_refused_and_the_key_goes_nowhere(world: World, status: int) -> None:
    where = f"https://api.openai.com:{world.openai.port}/v1/organization/costs"
    world.anthropic.troubles = [Trouble(status, headers={"Location": where})]
    with pytest.raises(RemoteError, match="another address"):
        get(world)
    assert len(world.anthropic.asked) == 1
    assert world.openai.asked == []


def test_429_waits_as_long_as_it_says(world: World) -> None:
    world.anthropic.troubles = [Trouble(429, headers={"Retry-After": "7"})]
    get(world)
    assert world.waited == [7.0]


def test_429_may_name_a_date_by_the_providers_clock(world: World) -> None:
    headers = {"Date": "Thu, 01 Oct 2026 10:00:00 GMT", "Retry-After": "Thu, 01 Oct 2026 10:00:21 GMT"}
    world.anthropic.troubles = [Trouble(429, headers=headers)]
    get(world)
    assert world.waited == [21.0]


def test_429_without_a_time_is_tried_again_soon(world: World) -> None:
    world.anthropic.troubles = [Trouble(429), Trouble(429, headers={"Retry-After": "soon"})]
    get(world)
    assert world.waited == [1.0, 4.0]


def test_429_that_wants_too_much_patience_is_left_for_later(world: World) -> None:
    world.anthropic.troubles = [Trouble(429, headers={"Retry-After": "3600"})]
    with pytest.raises(AskLater) as caught:
        get(world)
    assert caught.value.seconds == 3600
    assert world.waited == []


def test_429_again_and_again_ends(world: World) -> None:
    world.anthropic.troubles = [Trouble(429, headers={"Retry-After": "0"})] * 9
    with pytest.raises(AskLater):
        get(world)
    assert len(world.anthropic.asked) == 3


def test_5xx_is_tried_again(world: World) -> None:
    world.anthropic.troubles = [Trouble(500), Trouble(529)]
    get(world)
    assert world.waited == [1.0, 4.0]


def test_5xx_that_stays_is_said(world: World) -> None:
    world.anthropic.troubles = [Trouble(503, b"<html>")] * 3
    with pytest.raises(RemoteError, match="trouble of its own \\(status 503\\)"):
        get(world)


def test_silence_ends_after_the_time_limit(world: World) -> None:
    world.anthropic.troubles = [Trouble(silent=0.6)] * 3
    hasty = connector({HOST: world.anthropic.port}, seconds=0.05)
    with pytest.raises(RemoteError, match="did not answer within"):
        HttpsTransport(world.wait, hasty).get(HOST, PATH, QUERY, HEADERS)


def test_an_answer_that_drips_is_given_up(world: World) -> None:
    world.anthropic.troubles = [Trouble(body=b"{}" + b" " * 200_000)] * 3
    ticks = iter(range(0, 10_000, 50))
    transport = HttpsTransport(world.wait, world.connect, lambda: float(next(ticks)))
    with pytest.raises(RemoteError, match="did not answer within"):
        transport.get(HOST, PATH, QUERY, HEADERS)


def test_half_an_answer_is_asked_for_again(world: World) -> None:
    world.anthropic.troubles = [Trouble(body=b'{"data": [', cut=True)]
    assert get(world)


def test_nobody_there_is_said(world: World) -> None:
    with pytest.raises(RemoteError, match="could not be reached"):
        HttpsTransport(world.wait, connector({HOST: 1})).get(HOST, PATH, QUERY, HEADERS)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"{", b'{"a": NaN}', b'{"a": 1e999}', b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}", b"\xff"],
    ids=["empty", "html", "half", "nan", "endless", "deep", "digits", "bytes"],
)
def test_what_is_not_json_is_said(world: World, body: bytes) -> None:
    world.anthropic.troubles = [Trouble(body=body)]
    with pytest.raises(RemoteError, match="not JSON"):
        get(world)


def test_an_endless_answer_is_not_read(world: World) -> None:
    world.anthropic.troubles = [Trouble(body=b" " * (17 << 20))]
    with pytest.raises(RemoteError, match="more than 16 MiB"):
        get(world)


@pytest.mark.parametrize(("status", "words"), [(401, "does not accept"), (403, "does not let this key")])
def test_a_refused_key_is_said_at_once(world: World, status: int, words: str) -> None:
    body = b'{"type": "error", "error": {"type": "authentication_error", "message": "key sk-ant-admin01-X is bad"}}'
    world.anthropic.troubles = [Trouble(status, body)]
    with pytest.raises(KeyRefused, match=words) as caught:
        get(world)
    assert "authentication_error" in str(caught.value)
    assert "sk-ant" not in str(caught.value)
    assert len(world.anthropic.asked) == 1


def test_stopping_ends_the_waiting(world: World) -> None:
    world.anthropic.troubles = [Trouble(429, headers={"Retry-After": "50"})] * 3
    world.stop_after = 1
    with pytest.raises(Stopped):
        get(world)
    assert len(world.anthropic.asked) == 1


@pytest.mark.parametrize("trouble", [Trouble(500), Trouble(401), Trouble(302), Trouble(body=b"x"), Trouble(cut=True)])
def test_no_error_tells_the_key(world: World, trouble: Trouble) -> None:
    world.anthropic.troubles = [trouble] * 3
    with pytest.raises(RemoteError) as caught:
        get(world)
    seen, error = [], caught.value
    while error is not None:
        seen += [str(error), repr(error), repr(error.__dict__)]
        error = None if error.__suppress_context__ else error.__cause__ or error.__context__
    assert fake_anthropic.KEY not in " ".join(seen)
