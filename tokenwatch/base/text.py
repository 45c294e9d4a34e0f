"""Cleaning of text that comes from logs, databases, processes or the network. All of it is hostile.

Owns what may reach a screen, a terminal or a file of ours. Does not own escaping for a given format.
"""

from __future__ import annotations

import unicodedata
from typing import Final

LIMIT: Final = 120

# Bidirectional controls, zero-width and other invisible characters, line and paragraph separators,
# tags and variation selectors that can hide text. C0, C1, surrogates and private use go by category.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(text: object, limit: int = LIMIT) -> str:
    """Text safe to show on one line: no control, bidi or invisible characters, NFC, cut to ``limit``."""
    raw = text if isinstance(text, str) else str(text)
    # Cut first: a hostile name may be megabytes long, and normalising is not free.
    raw = raw[: limit * 4]
    if raw.isascii() and raw.isprintable():  # most of all text, and there is nothing to clean in it
        kept = " ".join(raw.split())
        return kept if len(kept) <= limit else kept[: limit - 1] + "…"
    kept = "".join(c if unicodedata.category(c) not in _INVISIBLE else " " for c in raw)
    kept = " ".join(unicodedata.normalize("NFC", kept).split())
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"


def project_name(path: str) -> str:
    """The last part of a working directory, for people; "unknown" when the log has none."""
    cleaned = path.replace("\\", "/").rstrip("/")
    return plain(cleaned.rsplit("/", 1)[-1]) or ("/" if path and not cleaned else "unknown")


def in_project(directory: str, wanted: str) -> bool:
    """Whether a working directory is the project that a person names, by its path or its last part."""
    return directory == wanted or directory.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] == wanted
