"""Sources are found below their roots, each once, and nothing else is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.collect.conftest import as_root, give_to_nobody
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent
from tokenwatch.collect.discover import Discovery, discover, find_one
from tokenwatch.readers.protocol import Encoding, Root

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and names of any bytes are POSIX")


def logs(relative: str) -> bool:
    return relative.endswith((".jsonl", ".jsonl.zst"))


class Toy:
    """Of a reader, what finding sources needs: its agent and roots."""

    def __init__(self, agent: str, folders: Iterable[Path], accepts: Callable[[str], bool] = logs) -> None:
        self.agent = Agent(agent, agent, "T", "")
        self._roots = [Root(agent, folder, accepts) for folder in folders]

    def roots(self, paths: Paths) -> list[Root]:
        return self._roots


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def look(home: Path, *folders: Path, accepts: Callable[[str], bool] = logs) -> Discovery:
    return discover({"toy": Toy("toy", folders or [home], accepts)}, Paths.below(home))


def names(found: Discovery) -> list[str]:
    return [entry.source.relative for entry in found.found]


def make(path: Path, content: bytes = b"{}\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_accepted_files_are_found_at_any_depth(home):
    for name in ("a.jsonl", "x/b.jsonl", "x/y/z/c.jsonl", "x/notes.txt"):
        make(home / name)
    assert sorted(names(look(home))) == ["a.jsonl", "x/b.jsonl", "x/y/z/c.jsonl"]


def test_source_carries_what_its_file_was_like(home):
    path = make(home / "x" / "a.jsonl", b"12345")
    (entry,) = look(home).found
    state = path.stat()
    assert (entry.source.agent, entry.source.path, entry.source.encoding) == ("toy", str(path), Encoding.PLAIN)
    assert (entry.device, entry.number, entry.size, entry.modified) == (
        state.st_dev,
        state.st_ino,
        5,
        state.st_mtime_ns,
    )


def test_root_that_does_not_exist_is_said_and_no_problem(home):
    found = look(home, home / "none")
    assert [(state.exists, state.reason) for state in found.roots] == [(False, "")]
    assert found.blocked == ()


def test_every_directory_is_named_for_whoever_watches(home):
    make(home / "x" / "y" / "a.txt")
    assert sorted(look(home).directories) == [str(home), str(home / "x"), str(home / "x" / "y")]


def test_too_deep_a_tree_is_not_followed(home):
    deep = home.joinpath(*"abcdefghijklmnopqrst")
    make(deep / "a.jsonl")
    make(deep.parents[10] / "b.jsonl")
    assert [Path(name).name for name in names(look(home))] == ["b.jsonl"]


def test_place_of_two_roots_is_read_once(home):
    make(home / "x" / "a.jsonl")
    assert len(look(home, home, home / "x", home).found) == 1
    assert len(set(look(home, home, home / "x").directories)) == len(look(home, home, home / "x").directories)


def test_root_inside_another_finds_what_that_one_does_not_accept(home):
    make(home / "x" / "a.jsonl")
    make(home / "x" / "b.log")
    readers = {
        "one": Toy("one", [home]),
        "two": Toy("two", [home / "x"], lambda relative: relative.endswith(".log")),
    }
    found = discover(readers, Paths.below(home))
    assert [(entry.source.agent, entry.source.relative) for entry in found.found] == [
        ("one", "x/a.jsonl"),
        ("two", "b.log"),
    ]


def test_file_with_two_names_is_read_once(home):
    os.link(make(home / "a.jsonl"), home / "b.jsonl")
    assert names(look(home)) == ["a.jsonl"]


# Compressed


def test_compressed_file_is_known_by_its_name(home):
    make(home / "a.jsonl.zst")
    assert [entry.source.encoding for entry in look(home).found] == [Encoding.ZSTD]


def test_compressed_file_beside_the_plain_one_is_left_out(home):
    make(home / "a.jsonl.zst")
    make(home / "a.jsonl")
    make(home / "b.jsonl.zst")
    assert sorted(names(look(home))) == ["a.jsonl", "b.jsonl.zst"]


# Links


@posix
def test_root_may_be_a_link(home, tmp_path):
    make(tmp_path / "elsewhere" / "a.jsonl")
    (home / "root").symlink_to(tmp_path / "elsewhere")
    (entry,) = look(home, home / "root").found
    assert entry.source.path == str(tmp_path / "elsewhere" / "a.jsonl")


@posix
def test_roots_that_links_make_one_place_are_read_once(home):
    make(home / "real" / "a.jsonl")
    (home / "link").symlink_to("real")
    assert len(look(home, home / "link", home / "real").found) == 1


@posix
@pytest.mark.parametrize("link", ["a", "z"])
def test_linked_directory_is_read_once_and_known_by_its_own_name(home, link):
    make(home / "m" / "a.jsonl")
    (home / link).symlink_to("m")
    assert names(look(home)) == ["m/a.jsonl"]


@posix
def test_linked_directory_hides_nothing_that_only_its_own_name_makes_a_source(home):
    make(home / "m" / "a.jsonl")
    (home / "z").symlink_to("m")
    assert names(look(home, accepts=lambda relative: relative.startswith("m/"))) == ["m/a.jsonl"]


@posix
def test_linked_file_is_read_once(home):
    make(home / "m.jsonl")
    (home / "a.jsonl").symlink_to("m.jsonl")
    assert names(look(home)) == ["m.jsonl"]


@posix
def test_link_may_give_a_file_the_name_that_makes_it_a_source(home):
    path = make(home / "store" / "a.data")
    (home / "a.jsonl").symlink_to(path)
    (entry,) = look(home).found
    assert (entry.source.path, entry.source.relative) == (str(path), "a.jsonl")


@posix
@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "/", "..", "../outside.jsonl", "nowhere", "a.jsonl"])
def test_link_out_of_the_root_or_to_nothing_is_not_followed(home, tmp_path, target):
    make(tmp_path / "outside.jsonl")
    (home / "a.jsonl").symlink_to(target)
    found = look(home)
    assert (names(found), found.directories, found.blocked) == ([], (str(home),), ())


@posix
def test_links_in_a_circle_end(home):
    make(home / "x" / "a.jsonl")
    (home / "x" / "up").symlink_to("..")
    (home / "x" / "self").symlink_to("self")
    (home / "x" / "y").symlink_to("z")
    (home / "x" / "z").symlink_to("y")
    assert names(look(home)) == ["x/a.jsonl"]


@posix
def test_root_whose_links_lead_in_a_circle_has_a_reason(home):
    (home / "root").symlink_to("root")
    (state,) = look(home, home / "root").roots
    assert state.exists
    assert "cannot be read" in state.reason


# What is no file, and what may not be read


@posix
@pytest.mark.parametrize("make_it", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_called_like_a_source_and_is_no_file_is_passed_over(home, make_it):
    make_it(home / "a.jsonl")
    found = look(home)
    assert (names(found), found.blocked) == ([], ())


@posix
@pytest.mark.parametrize("make_it", [os.mkfifo, Path.touch], ids=["pipe", "file"])
def test_root_that_is_no_folder_has_a_reason(home, make_it):
    make_it(home / "root")
    (state,) = look(home, home / "root").roots
    assert state.exists
    assert "cannot be read" in state.reason


@posix
def test_name_that_is_not_text_is_left_out_with_a_reason(home):
    make(home / "good.jsonl")
    try:
        Path(os.fsdecode(os.fsencode(home) + b"/bad\xff.jsonl")).touch()
    except OSError:
        pytest.skip("this file system refuses such names")
    found = look(home)
    assert names(found) == ["good.jsonl"]
    assert [reason.endswith("is left out: its name is not text in UTF-8.") for _, _, reason in found.blocked] == [
        True
    ]


IMPORTS = """
import sys
from pathlib import Path
from tests.collect.conftest import as_root, give_to_nobody
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent
from tokenwatch.collect.discover import discover
from tokenwatch.readers.protocol import Root
class Toy:
    agent = Agent("toy", "Toy", "T", "")

    def roots(self, paths):
        return [Root("toy", Path(sys.argv[1]), lambda relative: relative.endswith(".jsonl"))]
"""
LOOK = """
found = discover({"toy": Toy()}, Paths.below(Path(sys.argv[1])))
for entry in found.found: print("found", entry.source.relative)
for state in found.roots: print("root", state.exists, state.reason)
for agent, path, reason in found.blocked: print("blocked", reason)
"""


def test_folder_that_may_not_be_read_is_said_and_the_rest_is_found(open_folder, as_nobody):
    make(open_folder / "a.jsonl")
    make(open_folder / "my secret" / "b.jsonl")
    (open_folder / "my secret").chmod(0)
    secret = open_folder / "my secret"
    give_to_nobody(secret)
    assert as_nobody(IMPORTS, LOOK, open_folder).splitlines() == [
        "found a.jsonl",
        "root True ",
        f"blocked {secret} may not be read. Allow it with: chmod u+rX '{secret}'",
    ]


def test_root_that_may_not_be_read_has_its_reason(open_folder, as_nobody):
    root = open_folder / "root"
    root.mkdir(mode=0)
    give_to_nobody(root)
    reason = f"{root} may not be read. Allow it with: chmod u+rX {root}"
    assert as_nobody(IMPORTS, LOOK, root).splitlines() == [f"root True {reason}", f"blocked {reason}"]


@as_root
def test_folder_of_another_in_ones_own_is_asked_for_as_the_windows_card_does(open_folder, as_nobody):
    make(open_folder / "root" / "theirs" / "b.jsonl")
    (open_folder / "root" / "theirs").chmod(0)
    give_to_nobody(open_folder / "root")
    theirs = open_folder / "root" / "theirs"
    reason = f'{theirs} may not be read. Allow it with: sudo chown -R "$USER" {theirs}'
    assert as_nobody(IMPORTS, LOOK, open_folder / "root").splitlines() == ["root True ", f"blocked {reason}"]


@as_root
def test_folder_of_another_elsewhere_is_not_asked_for(open_folder, as_nobody):
    root = open_folder / "root"
    root.mkdir(mode=0)
    reason = f"{root} may not be read: it belongs to root."
    assert as_nobody(IMPORTS, LOOK, root).splitlines() == [f"root True {reason}", f"blocked {reason}"]


def test_root_behind_a_folder_that_may_not_be_entered_has_a_reason(open_folder, as_nobody):
    make(open_folder / "closed" / "root" / "a.jsonl")
    (open_folder / "closed").chmod(0)
    (said,) = as_nobody(IMPORTS, LOOK, open_folder / "closed" / "root").splitlines()
    assert said.startswith("root True ") and "may not be read" in said


# One hint


def test_hinted_file_is_found_like_by_a_walk(home):
    make(home / "x" / "a.jsonl")
    assert find_one(Root("toy", home, logs), home / "x" / "a.jsonl") == look(home).found[0]


@pytest.mark.parametrize("name", ["none.jsonl", "a.txt", "folder.jsonl", "../outside.jsonl"])
def test_hint_that_leads_to_no_source_is_none(home, tmp_path, name):
    make(home / "a.txt")
    (home / "folder.jsonl").mkdir()
    make(tmp_path / "outside.jsonl")
    assert find_one(Root("toy", home, logs), home / name) is None


def test_hint_below_a_root_that_does_not_exist_is_none(home):
    assert find_one(Root("toy", home / "none", logs), home / "a.jsonl") is None


def test_hint_of_a_compressed_file_beside_the_plain_one_is_none(home):
    make(home / "a.jsonl")
    make(home / "a.jsonl.zst")
    assert find_one(Root("toy", home, logs), home / "a.jsonl.zst") is None


@posix
def test_hint_through_links_names_the_place_itself(home, tmp_path):
    path = make(tmp_path / "real" / "x" / "a.jsonl")
    (home / "root").symlink_to(tmp_path / "real")
    entry = find_one(Root("toy", home / "root", logs), home / "root" / "x" / "a.jsonl")
    assert (entry.source.path, entry.source.relative) == (str(path), "x/a.jsonl")


@posix
@pytest.mark.parametrize("target", ["/etc/passwd", "a.jsonl", "../outside.jsonl"])
def test_hint_of_a_link_out_of_the_root_is_none(home, tmp_path, target):
    make(tmp_path / "outside.jsonl")
    (home / "a.jsonl").symlink_to(target)
    assert find_one(Root("toy", home, logs), home / "a.jsonl") is None
