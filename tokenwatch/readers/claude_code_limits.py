"""Claude Code's own words for a used-up limit, in its transcripts: when it resets.

Owns the one form that says a moment: ``Claude AI usage limit reached|<seconds since 1970>``, text of an API error.
Newer versions write prose with a time of day and no date, which is not guessed at. Does not own percentages: only the
status line has those (collect/status_lines.py).
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from tokenwatch.base.limits import Quota
from tokenwatch.readers.jsonl import hits, milliseconds

PROVIDER: Final = "anthropic"
_NEEDLE: Final = b"usage limit reached|"
_WORDS: Final = re.compile(r"Claude AI usage limit reached\|(\d{10})(?:\d{3})?")
_FIVE_HOURS_MS: Final = 5 * 3_600_000
_WEEK_MS: Final = 7 * 86_400_000


def limits_of(data: bytes, modified: int) -> tuple[Quota, ...]:
    """A reading of 100 % for each such message in these lines. ``modified`` (ms) is its time if it has none."""
    found = (_limit(data[begin:end], modified) for begin, end in hits(data, (_NEEDLE,)))
    return tuple(quota for quota in found if quota is not None)


def _limit(written: bytes, modified: int) -> Quota | None:
    try:
        line = msgspec.json.decode(written)
    except (ValueError, RecursionError):
        return None
    # A person or a model may write the same words; only Claude Code itself makes an API error of them.
    if not isinstance(line, dict) or line.get("isApiErrorMessage") is not True or line.get("type") != "assistant":
        return None
    told = next((match for text in _texts(line.get("message")) if (match := _WORDS.fullmatch(text.strip()))), None)
    resets_at = int(told[1]) * 1000 if told else 0
    at = milliseconds(line.get("timestamp"))
    at = modified if at is None else at
    left = resets_at - at
    if not 0 < left <= _WEEK_MS:
        return None
    # It does not say which limit. One that resets later than five hours from now cannot be that of five hours.
    return Quota(PROVIDER, "", "5h" if left <= _FIVE_HOURS_MS else "7d", 100.0, resets_at, at)


def _texts(message: Any) -> list[str]:
    content = message.get("content") if isinstance(message, dict) else None
    if isinstance(content, str):
        return [content]
    blocks = content if isinstance(content, list) else []
    texts = [block.get("text") for block in blocks[:10] if isinstance(block, dict)]
    return [text for text in texts if isinstance(text, str)]
