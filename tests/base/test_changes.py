"""What is new is read from the file that is shipped, as plain text from the wanted version on."""

from __future__ import annotations

from pathlib import Path

from tokenwatch import __version__
from tokenwatch.base.changes import changes, plain_changes

TEXT = """# What changed

In the words of those who use it.

## 0.2.0

- Two things are `new`, which is
  more than one.
- Another.

## 0.1.0

The first version.
"""


def test_this_version_has_something_to_say() -> None:
    text = changes()
    assert text.startswith(__version__)
    assert "• " in text


def test_a_bullet_is_one_line_without_marks() -> None:
    assert plain_changes(TEXT, "0.2.0") == (
        "0.2.0\n\n• Two things are new, which is more than one.\n• Another.\n\n0.1.0\n\nThe first version.\n"
    )


def test_an_older_version_tells_nothing_of_newer_ones() -> None:
    assert plain_changes(TEXT, "0.1.0") == "0.1.0\n\nThe first version.\n"


def test_a_version_without_a_heading_shows_everything() -> None:
    assert plain_changes(TEXT, "0.3.0").startswith("What changed\n")


def test_without_the_file_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    assert changes(tmp_path / "inside") == ""


def test_it_lies_among_the_resources_or_beside_them(tmp_path: Path) -> None:
    inside = tmp_path / "resources"
    inside.mkdir()
    (tmp_path / "CHANGELOG.md").write_text("## 1\n\nbeside\n", encoding="utf-8")
    assert "beside" in changes(inside, "1")
    (inside / "CHANGELOG.md").write_text("## 1\n\ninside\n", encoding="utf-8")
    assert "inside" in changes(inside, "1")
