"""What a Linux desktop reads about the program is valid, by the desktops' own checkers."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ship import icons
from tokenwatch.system.autostart import _LABEL

RESOURCES = Path(__file__).resolve().parents[1] / "resources"


def checked(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.fail(f"{command[0]} is not installed here (Debian: desktop-file-utils, appstream)", pytrace=False)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_desktop_entry_is_valid() -> None:
    assert "error" not in checked("desktop-file-validate", str(RESOURCES / "tokenwatch.desktop"))


def test_the_description_for_software_centres_is_valid() -> None:
    assert "successful" in checked("appstreamcli", "validate", "--no-net", str(RESOURCES / "tokenwatch.metainfo.xml"))


def test_the_program_has_one_id_everywhere() -> None:
    """In the metainfo and its file's name, of the app on macOS, and of what starts it at login there."""
    top = RESOURCES.parent
    (told,) = re.findall(r"<id>(.+)</id>", (RESOURCES / "tokenwatch.metainfo.xml").read_text(encoding="utf-8"))
    assert told == _LABEL
    for name in ("build.spec", "ship/deb.py", "ship/try_deb", "ship/appimage"):
        assert told in (top / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("size", icons.SIZES)
def test_an_icon_of_each_size_is_drawn(size: int, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    path = tmp_path / "icon.png"
    icons.draw(path, size)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (size, size)
    assert image.pixelColor(size // 2, size // 2).alpha() == 255
    assert image.pixelColor(0, 0).alpha() < 255
