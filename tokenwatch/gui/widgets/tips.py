"""Tips: tool tips that show exactly their text, whatever stands in it.

Owns their escaping. Does not own the words, which must have been cleaned. Qt takes a tip for markup if it looks like
some and cannot be told not to; so one that does is made markup that says the same.
"""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def tip(text: str) -> str:
    """For ``setToolTip``, ``showText`` and the role of tool tips."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<qt>{escape(text, quote=False)}</qt>".replace("\n", "<br>")
