"""A page of the settings as a person sees it, for tests."""

from __future__ import annotations

from typing import TypeVar

from tests.gui.faces import settle
from tokenwatch.base.settings import Settings
from tokenwatch.gui.settings_pages.page import SettingsPage

Page = TypeVar("Page", bound=SettingsPage)


def shown(qtbot, page: Page, settings: Settings = Settings()) -> Page:  # noqa: B008 - it is frozen
    qtbot.addWidget(page)
    page.show_settings(settings)
    page.resize(560, 420)
    page.show()
    settle()
    return page
