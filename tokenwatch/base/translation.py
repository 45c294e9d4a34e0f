"""Translation: the one door through which text for people passes, so that a face can speak another language.

Owns the mark on such text and the hook for a translator. Does not own catalogues or which language is spoken: a face
that has those calls :func:`speak` (gui/language.py); without one everything is English, as in the terminal.

Text is marked where it is written, as a literal, because the catalogues' keys are collected from the source. Values
go into ``{names}``; what they hold is never looked at again, so that text from logs cannot be a pattern.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_translate: Callable[[str], str] | None = None


def speak(translate: Callable[[str], str] | None) -> None:
    """From now on say everything through ``translate``, which may be called from any thread; None for English."""
    global _translate
    _translate = translate


def tr(text: str, /, **values: Any) -> str:
    """``text`` in the language of the face, with ``values`` in the place of its ``{names}``."""
    said = _translate(text) if _translate is not None else text
    return said.format(**values) if values else said


def mark(text: str, /) -> str:
    """The text itself: for a literal that is translated where it is shown, such as a constant."""
    return text
