"""Language: the catalogue of the language that the windows speak, and Qt's own beside it.

Owns which one is loaded and that all text passes through it. Does not own the text (base/translation.py) or the
catalogues, which ``scripts/translations`` makes from the source and from ``resources/translations``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from tokenwatch.base import currency, translation
from tokenwatch.base.paths import resources
from tokenwatch.base.settings import Language
from tokenwatch.gui.words import numerals_of

CONTEXT: Final = "tokenwatch"
"""The one context of our catalogues: a text means the same wherever it stands."""

_RIGHT_TO_LEFT: Final = Qt.LayoutDirection.RightToLeft


def speak(application: QApplication, language: Language) -> None:
    """Speak ``language`` from now on, in texts that are made from now on; "system" asks the locale."""
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    locale = QLocale() if language == "system" else QLocale(language)
    application.setLayoutDirection(locale.textDirection())
    if locale.language() not in (QLocale.Language.English, QLocale.Language.C):
        own = QTranslator(application)
        if own.load(locale, "tokenwatch", "_", str(catalogues())):
            application.installTranslator(own)
            theirs = QTranslator(application)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if theirs.load(locale, "qtbase", "_", folder):
                application.installTranslator(theirs)
    translation.speak(translate)
    currency.write_as(numerals_of(QLocale()))


def translate(text: str) -> str:
    """``text`` in the language that is loaded; itself where the catalogue does not have it."""
    return QCoreApplication.translate(CONTEXT, text)


def catalogues() -> Path:
    """The folder of our catalogues."""
    return resources() / "translations"


def mirrored(application: QApplication) -> bool:
    """Whether windows are laid out from right to left."""
    return application.layoutDirection() == _RIGHT_TO_LEFT
