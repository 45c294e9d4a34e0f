"""Bill check: which providers are asked for which days, and what became of it.

Owns the order of a check: key, client, reports. Does not own when it happens (engine, cli) or keeping the reports.
One provider that fails does not keep the other from being asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from tokenwatch.base.bill import ANTHROPIC, BILLER_NAMES, BILLERS, BillReport
from tokenwatch.base.errors import KeyringError, RemoteError, Stopped
from tokenwatch.base.translation import tr
from tokenwatch.remote.anthropic_admin import AnthropicAdmin
from tokenwatch.remote.openai_costs import OpenAICosts
from tokenwatch.remote.secrets import AdminKey, Secrets
from tokenwatch.remote.transport import Transport


class Checked(msgspec.Struct, frozen=True):
    """``asked``: providers with a key. ``troubles``: one plain sentence each for what did not work."""

    asked: tuple[str, ...] = ()
    reports: tuple[BillReport, ...] = ()
    troubles: tuple[str, ...] = ()


def check_bills(
    secrets: Secrets,
    transport: Transport,
    first: date,
    last: date,
    now: int,
    *,
    ask: bool = False,
    providers: Iterable[str] = BILLERS,
) -> Checked:
    """Ask every provider whose key is kept. ``ask``: a person waits and may be asked to unlock the keyring.

    Raises :class:`Stopped` when the program ends.
    """
    asked, reports, troubles = [], list[BillReport](), list[str]()
    for provider in providers:
        try:
            key = secrets.key(provider, ask=ask)
            if key is None:
                continue
            asked.append(provider)
            reports += client_of(provider, transport, key).reports(first, last, now)
        except Stopped:
            raise
        except KeyringError as error:
            troubles.append(str(error))
            break  # the same for every provider
        except RemoteError as error:
            troubles.append(
                tr("The bill of {provider} could not be read: {error}", provider=BILLER_NAMES[provider], error=error)
            )
    return Checked(tuple(asked), tuple(reports), tuple(troubles))


def client_of(provider: str, transport: Transport, key: AdminKey) -> AnthropicAdmin | OpenAICosts:
    return AnthropicAdmin(transport, key) if provider == ANTHROPIC else OpenAICosts(transport, key)
