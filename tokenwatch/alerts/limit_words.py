"""What limits are called in alerts: "Codex week", "Claude 5-hour window".

Owns these words. Does not own conditions (rules/) or the words of the window (gui).
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.limits import LimitWindow, window_words
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr

_NAMES: Final = {"openai": "Codex", "anthropic": "Claude"}


def limit_name(window: LimitWindow) -> str:
    """Up to 24 characters, so that a title has room for what happened."""
    provider = _NAMES.get(window.provider) or plain(window.provider, 14)
    return tr("{provider} {window} limit", provider=provider, window=plain(window_words(window.window), 9))


def thing(window: LimitWindow) -> str:
    """Which window, for keys: ``openai-7d-2951234``."""
    return f"{plain(window.provider, 40)}-{plain(window.window, 20)}-{window.identity}".replace("/", "_")
