"""What is looked for, in words: each reader once, with the place where its agent keeps logs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.gui import samples
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent
from tokenwatch.gui.looked_for import LookedFor, looked_for, short_path
from tokenwatch.readers.protocol import Root


class Somewhere:
    """A reader as far as places are concerned."""

    def __init__(self, agent: str, *places: str) -> None:
        self.agent = Agent(agent, agent.capitalize(), agent[0].upper(), "acme")
        self._places = places

    def roots(self, paths: Paths) -> Iterable[Root]:
        for place in self._places:
            yield Root(self.agent.id, paths.home / place, lambda name: True)


def test_each_reader_is_named_with_its_first_place(tmp_path: Path) -> None:
    readers = {
        "one": Somewhere("one", ".one/logs"),
        "two": Somewhere("two", ".two", ".config/two", "/srv/two"),
        "none": Somewhere("none"),
    }
    assert looked_for(readers, Paths.below(tmp_path)) == (  # type: ignore[arg-type]
        LookedFor("one", "One", "O", str(Path("~/.one/logs"))),
        LookedFor("two", "Two", "T", f"{Path('~/.two')} and 2 more"),
        LookedFor("none", "None", "N", ""),
    )


def test_path_outside_the_home_directory_is_whole(tmp_path: Path) -> None:
    assert short_path(Path("/srv/logs"), tmp_path) == str(Path("/srv/logs"))
    assert short_path(tmp_path, tmp_path) == "~"


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_path_is_plain(tmp_path: Path, text: str) -> None:
    shown = short_path(tmp_path / text.replace("\x00", ""), tmp_path)
    assert shown.isprintable()
    assert len(shown) <= 200
