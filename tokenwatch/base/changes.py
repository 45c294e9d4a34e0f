"""Changes: what is new in this version, in the words of CHANGELOG.md.

Owns reading that file, which a wheel and a packaged program have among their resources and a source tree beside them,
and making plain text of it. Does not own showing it. Without the file there is nothing to read.
"""

from __future__ import annotations

import re
from pathlib import Path

from tokenwatch import __version__
from tokenwatch.base.paths import resources

NAME = "CHANGELOG.md"


def changes(folder: Path | None = None, version: str = __version__) -> str:
    """What changed in ``version`` and before it; empty if it is not known. ``folder``: another one than resources."""
    folder = folder or resources()
    for place in (folder / NAME, folder.parent / NAME):
        try:
            return plain_changes(place.read_text(encoding="utf-8"), version)
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def plain_changes(text: str, version: str) -> str:
    """From the heading of ``version`` on, or everything if it has none: one line for each bullet, without marks."""
    found = re.search(rf"^## {re.escape(version)}\b", text, re.MULTILINE)
    lines = text[found.start() if found else 0 :].replace("\r\n", "\n")
    lines = re.sub(r"\n {2,}(?=\S)", " ", lines)  # a bullet goes on
    lines = re.sub(r"^- ", "• ", lines, flags=re.MULTILINE)
    lines = re.sub(r"^#+ ", "", lines, flags=re.MULTILINE)
    return lines.replace("`", "").strip() + "\n"
