"""Secrets: what counts as a key, what of it shows, and each kind of keyring. The real one is in tests/desktop."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import traceback

import pytest
from keyring.backends.fail import Keyring as Fail
from keyring.errors import KeyringLocked as Locked

from tests.remote import fake_anthropic, fake_openai
from tokenwatch.base.errors import KeyringError, KeyringLocked
from tokenwatch.remote.secrets import AdminKey, KeyringState, Secrets, checked, installed

KEYS = {"anthropic": fake_anthropic.KEY, "openai": fake_openai.KEY}


class Memory:
    """A keyring in memory. ``failure`` is raised at every call."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.failure = failure

    def _may(self) -> None:
        if self.failure is not None:
            raise self.failure

    def get_password(self, service: str, user: str) -> str | None:
        self._may()
        return self.kept.get((service, user))

    def set_password(self, service: str, user: str, text: str) -> None:
        self._may()
        self.kept[(service, user)] = text

    def delete_password(self, service: str, user: str) -> None:
        self._may()
        del self.kept[(service, user)]


def secrets_in(memory: Memory) -> Secrets:
    return Secrets(lambda: (memory, "The test's keyring"))


@pytest.mark.parametrize("provider", KEYS)
def test_a_key_is_kept_read_and_removed(provider: str) -> None:
    memory = Memory()
    secrets = secrets_in(memory)
    assert secrets.key(provider) is None
    secrets.keep(provider, checked(provider, f"  {KEYS[provider]}\n"))
    assert memory.kept == {("TokenWatch", f"{provider}-admin-key"): KEYS[provider]}
    key = secrets.key(provider)
    assert key is not None
    assert key.reveal() == KEYS[provider]
    secrets.remove(provider)
    assert memory.kept == {}
    secrets.remove(provider)


@pytest.mark.parametrize(
    ("provider", "text"),
    [
        ("anthropic", "sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("anthropic", fake_openai.KEY),
        ("openai", "sk-proj-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("openai", ""),
        ("anthropic", "sk-ant-admin01"),
        ("anthropic", fake_anthropic.KEY + "\r\nX-Evil: 1"),
        ("anthropic", fake_anthropic.KEY + "‮"),
        ("anthropic", "sk-ant-admin01" + "a" * 500),
    ],
)
def test_what_is_no_admin_key_is_refused_without_repeating_it(provider: str, text: str) -> None:
    with pytest.raises(ValueError, match="key of") as caught:
        checked(provider, text)
    assert len(text) < 16 or text[16:] not in str(caught.value)


def test_a_key_shows_its_last_four_characters_only() -> None:
    key = AdminKey(fake_anthropic.KEY)
    assert key.last_four == "7F2Q"
    assert repr(key) == str(key) == f"{key}" == "AdminKey(…7F2Q)"


@pytest.mark.parametrize("how", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_key_is_not_copied(how) -> None:
    with pytest.raises(TypeError, match="not copied"):
        how(AdminKey(fake_anthropic.KEY))


def test_no_keyring_means_accounts_are_off_and_says_how_to_get_one() -> None:
    secrets = Secrets(lambda: None)
    state = secrets.keyring()
    assert state.state is KeyringState.ABSENT
    assert "install gnome-keyring" in state.reason
    with pytest.raises(KeyringError, match="no system keyring"):
        secrets.keep("openai", AdminKey(fake_openai.KEY))
    with pytest.raises(KeyringError, match="no system keyring"):
        secrets.key("openai")


def test_a_keyring_that_fails_is_said_without_its_words() -> None:
    failing = secrets_in(Memory(RuntimeError(f"cannot store {fake_openai.KEY}")))
    with pytest.raises(KeyringError, match="RuntimeError") as caught:
        failing.keep("openai", AdminKey(fake_openai.KEY))
    told = "".join(traceback.format_exception(caught.value))
    assert fake_openai.KEY not in told


def test_a_keyring_that_was_not_unlocked_is_locked() -> None:
    with pytest.raises(KeyringLocked, match="was not unlocked"):
        secrets_in(Memory(Locked("dismissed"))).key("openai", ask=True)


def test_something_else_in_the_keyring_is_not_used() -> None:
    memory = Memory()
    memory.kept[("TokenWatch", "openai-admin-key")] = "hunter2-hunter2-hunter2"
    with pytest.raises(KeyringError, match="not an admin key") as caught:
        secrets_in(memory).key("openai")
    assert "hunter2" not in str(caught.value)


def test_without_a_session_bus_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert installed("linux") is None


def test_a_variable_does_not_choose_another_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    found = installed("linux")
    assert found is None or not isinstance(found[0], Fail)
    assert Secrets().keyring().state is KeyringState.ABSENT


def test_importing_loads_no_keyring() -> None:
    program = "import sys, tokenwatch.remote.secrets; print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
