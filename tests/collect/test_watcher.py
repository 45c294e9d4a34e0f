"""Watching: hints for what grows, appears and vanishes, and a reason when there can be none."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from watchdog.events import DirCreatedEvent, FileModifiedEvent
from watchdog.observers.api import BaseObserver, EventEmitter, EventQueue, ObservedWatch

from tests.collect.home import Home, toy_lines
from tokenwatch.collect.watcher import Watcher, refused

PATIENCE = 20.0
"""Seconds until an event that must come is missed."""

# The library warns when it comes upon a new folder twice: by its event, and while it walks the folder above.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked about the drive")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: what its watches tell")


class Ear:
    """What a watcher says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: list[Path] = []
        self.structure = 0

    def changed(self, path: Path) -> None:
        self.files.append(path)

    def tree(self) -> None:
        self.structure += 1

    def hears(self, path: Path) -> bool:
        """Whether the path is said to have changed, now or soon."""
        return eventually(lambda: path in self.files)

    def hears_of_structure(self) -> bool:
        return eventually(lambda: self.structure > 0)

    def forget(self) -> None:
        self.files.clear()
        self.structure = 0


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture
def ear(tmp_path: Path) -> Ear:
    return Ear(tmp_path.resolve())


@pytest.fixture
def listen(ear: Ear) -> Iterator[Callable[..., Watcher]]:
    made: list[Watcher] = []

    def make(*system: Callable[[], Any] | None) -> Watcher:
        made.append(Watcher(ear.changed, ear.tree, *system))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for watcher in made:
        watcher.stop()


@pytest.fixture
def root(ear: Ear) -> Path:
    folder = ear.root / "home" / "logs"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def watcher(listen: Callable[..., Watcher], root: Path) -> Watcher:
    """Watches ``root``."""
    made = listen()
    made.watch([root])
    assert made.polling == ""
    return made


def append(path: Path, data: bytes = b"{}\n") -> Path:
    with path.open("ab") as file:
        file.write(data)
    return path


# Files


def test_a_new_file_is_told(watcher: Watcher, root: Path, ear: Ear) -> None:
    assert ear.hears(append(root / "a.jsonl"))


def test_a_file_that_grows_is_told_each_time(watcher: Watcher, root: Path, ear: Ear) -> None:
    path = append(root / "a.jsonl")
    assert ear.hears(path)
    for _ in range(3):
        ear.forget()
        append(path)
        assert ear.hears(path)


def test_a_file_that_is_renamed_is_told_by_both_names(watcher: Watcher, root: Path, ear: Ear) -> None:
    path = append(root / "a.jsonl")
    assert ear.hears(path)
    ear.forget()
    path.rename(root / "b.jsonl")
    assert ear.hears(root / "b.jsonl") and ear.hears(path)


def test_a_file_that_is_moved_in_is_told(watcher: Watcher, root: Path, ear: Ear) -> None:
    append(ear.root / "a.jsonl").rename(root / "a.jsonl")
    assert ear.hears(root / "a.jsonl")


def test_a_file_that_is_deleted_is_told(watcher: Watcher, root: Path, ear: Ear) -> None:
    path = append(root / "a.jsonl")
    assert ear.hears(path)
    ear.forget()
    path.unlink()
    assert ear.hears(path)


def test_a_file_that_is_cut_is_told(watcher: Watcher, root: Path, ear: Ear) -> None:
    path = append(root / "a.jsonl")
    assert ear.hears(path)
    ear.forget()
    os.truncate(path, 0)
    assert ear.hears(path)


def test_a_file_in_a_folder_that_was_there_before_is_told(
    listen: Callable[..., Watcher], root: Path, ear: Ear
) -> None:
    (root / "x" / "y").mkdir(parents=True)
    listen().watch([root])
    assert ear.hears(append(root / "x" / "y" / "a.jsonl"))


# Folders


def test_a_new_folder_and_what_is_written_in_it_at_once_is_told(watcher: Watcher, root: Path, ear: Ear) -> None:
    (root / "x" / "y").mkdir(parents=True)
    path = append(root / "x" / "y" / "a.jsonl")
    assert ear.hears(path) and ear.hears_of_structure()
    ear.forget()
    append(path)
    assert ear.hears(path)


def test_a_folder_that_is_deleted_and_made_again_is_watched(watcher: Watcher, root: Path, ear: Ear) -> None:
    for _ in range(3):
        (root / "x").mkdir()
        path = append(root / "x" / "a.jsonl")
        assert ear.hears(path)
        shutil.rmtree(root / "x")
        ear.forget()


def test_a_root_that_appears_later_is_told_and_then_watched(
    listen: Callable[..., Watcher], ear: Ear, root: Path
) -> None:
    watcher = listen()
    later = root / "later"
    watcher.watch([later])
    assert watcher.polling == ""
    later.mkdir()
    assert ear.hears_of_structure()
    watcher.watch([later])
    assert ear.hears(append(later / "a.jsonl"))


def test_a_root_far_below_what_exists_is_found_folder_by_folder(
    listen: Callable[..., Watcher], ear: Ear, root: Path
) -> None:
    watcher = listen()
    later = root / "x" / "y" / "z"
    for folder in (root / "x", root / "x" / "y", later):
        watcher.watch([later])
        ear.forget()
        folder.mkdir()
        assert ear.hears_of_structure()
    watcher.watch([later])
    assert ear.hears(append(later / "a.jsonl"))


@linux
def test_a_root_that_is_deleted_and_made_again_is_watched(watcher: Watcher, root: Path, ear: Ear) -> None:
    for _ in range(3):
        ear.forget()
        shutil.rmtree(root)
        assert ear.hears_of_structure()
        watcher.watch([root])
        root.mkdir()
        watcher.watch([root])
        assert ear.hears(append(root / "a.jsonl"))


@linux
def test_a_root_that_is_made_again_before_anybody_looked_is_watched(watcher: Watcher, root: Path, ear: Ear) -> None:
    for _ in range(3):
        ear.forget()
        shutil.rmtree(root)
        root.mkdir()
        assert ear.hears_of_structure()
        watcher.watch([root])
        assert ear.hears(append(root / "a.jsonl"))


@linux
def test_a_root_that_is_moved_away_and_made_again_is_watched(watcher: Watcher, root: Path, ear: Ear) -> None:
    aside = root.with_name("aside")
    root.rename(aside)
    root.mkdir()
    watcher.watch([root])
    append(aside / "old.jsonl")
    assert ear.hears(append(root / "a.jsonl"))
    assert not [path for path in ear.files if path.name == "old.jsonl"]


def test_a_root_that_is_asked_for_no_more_is_not_watched(watcher: Watcher, root: Path, ear: Ear) -> None:
    other = root.with_name("other")
    other.mkdir()
    watcher.watch([other])
    append(root / "a.jsonl")
    assert ear.hears(append(other / "b.jsonl"))
    assert root / "a.jsonl" not in ear.files


def test_a_root_inside_another_is_told_once(listen: Callable[..., Watcher], root: Path, ear: Ear) -> None:
    (root / "x").mkdir()
    listen().watch([root / "x", root, root])
    path = append(root / "x" / "a.jsonl")
    assert ear.hears(path)
    append(root / "last.jsonl")
    assert ear.hears(root / "last.jsonl")
    # One for its creation, one for its growth.
    assert ear.files.count(path) <= 2


@linux
def test_a_root_behind_a_link_is_told_by_its_real_path(listen: Callable[..., Watcher], root: Path, ear: Ear) -> None:
    link = ear.root / "link"
    link.symlink_to(root)
    listen().watch([link])
    assert ear.hears(append(link / "a.jsonl").resolve())


def test_watching_again_changes_nothing(watcher: Watcher, root: Path, ear: Ear) -> None:
    for _ in range(5):
        watcher.watch([root])
    path = append(root / "a.jsonl")
    assert ear.hears(path)
    append(root / "last.jsonl")
    assert ear.hears(root / "last.jsonl")
    assert ear.files.count(path) <= 2


def test_nothing_is_told_after_the_end(watcher: Watcher, root: Path, ear: Ear) -> None:
    watcher.stop()
    watcher.stop()
    append(root / "a.jsonl")
    time.sleep(0.2)
    assert ear.files == []


def test_watching_begins_again_after_the_end(watcher: Watcher, root: Path, ear: Ear) -> None:
    watcher.stop()
    watcher.watch([root])
    assert ear.hears(append(root / "a.jsonl"))


# Our own reading


def test_reading_a_log_tells_nothing(listen: Callable[..., Watcher], tmp_path: Path) -> None:
    home = Home(tmp_path / "user")
    path = home.write("x/a.jsonl", toy_lines(1, 100))
    ear = Ear(tmp_path.resolve())
    watcher = Watcher(ear.changed, ear.tree)
    watcher.watch([home.path("")])
    try:
        home.read()
        home.ledger.forget_checkpoints()
        home.read()
        last = append(path.with_name("last.jsonl"))
        assert ear.hears(last)
        assert set(ear.files) == {last}
        assert ear.structure == 0
    finally:
        watcher.stop()
        home.end()
    assert home.total[0] == 100


# What the system does not tell


@posix
def test_a_folder_on_another_computer_is_watched_and_polled(
    listen: Callable[..., Watcher], root: Path, ear: Ear
) -> None:
    """What this computer writes there is told; what another one writes is not."""
    mounted = {"/": "ext4", str(root): "nfs4"}
    watcher = listen(None, lambda: None, lambda: mounted)
    watcher.watch([root])
    assert watcher.polling.startswith(f"{root} is on a network file system (nfs4)")
    assert ear.hears(append(root / "a.jsonl"))
    mounted[str(root)] = "ext4"
    watcher.watch([root])
    assert watcher.polling == ""


@posix
def test_a_single_folder_on_another_computer_is_polled_too(listen: Callable[..., Watcher], root: Path) -> None:
    watcher = listen(None, lambda: None, lambda: {str(root.parent): "cifs"})
    watcher.watch([], [root])
    assert "(cifs)" in watcher.polling


# What the system refuses


class Emitter(EventEmitter):
    """Refuses folders as it is told, else watches nothing and tells what a test puts in its queue."""

    refused: dict[str, OSError]
    started: list[ObservedWatch]

    def on_thread_start(self) -> None:
        for part, error in self.refused.items():
            if part in ("*", self.watch.path):
                raise error
        self.started.append(self.watch)

    def queue_events(self, timeout: float) -> None:
        self.stopped_event.wait(timeout)


class Observer(BaseObserver):
    """Of the real library, with such emitters."""

    def __init__(self) -> None:
        kind = type("Emitter", (Emitter,), {"refused": {}, "started": []})
        super().__init__(kind)
        self.refused: dict[str, OSError] = kind.refused
        self.started: list[ObservedWatch] = kind.started

    @property
    def queue(self) -> EventQueue:
        return self.event_queue

    def tell(self, folder: Path, event: Any) -> None:
        """As if the emitter of a folder had seen the event."""
        for emitter in self.emitters:
            if emitter.watch.path == str(folder):
                emitter.queue_event(event)


FULL = OSError(errno.ENOSPC, "inotify watch limit reached")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            FULL,
            "The system's limit of watched folders is reached, so logs are looked at every 5 seconds instead. "
            "Raise it with: sudo sysctl fs.inotify.max_user_watches=524288",
        ),
        (
            OSError(errno.EMFILE, "inotify instance limit reached"),
            "The system's limit of file watchers is reached, so logs are looked at every 5 seconds instead.",
        ),
        (
            OSError(errno.EIO, "Input/output error"),
            "{root} cannot be watched (Input/output error), so logs are looked at every 5 seconds instead.",
        ),
    ],
)
def test_a_folder_that_cannot_be_watched_gets_a_sentence_and_is_tried_again(
    listen: Callable[..., Watcher], root: Path, ear: Ear, error: OSError, sentence: str
) -> None:
    observer = Observer()
    observer.refused["*"] = error
    watcher = listen(lambda: observer)
    for _ in range(3):
        watcher.watch([root])
        assert watcher.polling == sentence.format(root=root)
    observer.refused.clear()
    watcher.watch([root])
    assert watcher.polling == ""
    observer.tell(root, FileModifiedEvent(str(root / "a.jsonl")))
    observer.tell(root, DirCreatedEvent(str(root / "x")))
    assert ear.hears(root / "a.jsonl") and ear.hears_of_structure()
    assert ear.files == [root / "a.jsonl"]


def test_no_observer_at_all_is_said_and_tried_again(listen: Callable[..., Watcher], root: Path) -> None:
    answers: list[OSError | BaseObserver] = [OSError(errno.EMFILE, "inotify instance limit reached"), Observer()]

    def make() -> BaseObserver:
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    watcher = listen(make)
    watcher.watch([root])
    assert watcher.polling.startswith("The system's limit of file watchers is reached")
    watcher.watch([root])
    assert watcher.polling == ""


def test_one_folder_that_cannot_be_watched_leaves_the_others(
    listen: Callable[..., Watcher], root: Path, ear: Ear
) -> None:
    other = root.with_name("other")
    other.mkdir()
    observer = Observer()
    observer.refused[str(root)] = OSError(errno.EIO, "Input/output error")
    watcher = listen(lambda: observer)
    watcher.watch([root, other])
    assert str(root) in watcher.polling
    observer.tell(other, FileModifiedEvent(str(other / "a.jsonl")))
    assert ear.hears(other / "a.jsonl")


def test_a_limit_that_is_reached_below_a_root_is_noticed_and_all_is_watched_when_there_is_room(
    listen: Callable[..., Watcher], root: Path
) -> None:
    """The library refuses only a root aloud; any other folder without a watch is told by nobody."""
    observer = Observer()
    refusals: list[OSError | None] = [FULL]
    watcher = listen(lambda: observer, lambda: refusals[0])
    for _ in range(3):
        watcher.watch([root])
        assert watcher.polling.startswith("The system's limit of watched folders is reached")
    assert [watch.path for watch in observer.started] == [str(root)]
    refusals[0] = None
    for _ in range(3):
        watcher.watch([root])
        assert watcher.polling == ""
    assert [watch.path for watch in observer.started] == [str(root), str(root)]


def test_where_nothing_is_to_be_watched_no_limit_matters(listen: Callable[..., Watcher], root: Path) -> None:
    watcher = listen(Observer, lambda: FULL)
    watcher.watch([root / "later"])
    assert watcher.polling == ""


@linux
def test_the_system_is_asked_for_a_watch_and_keeps_nothing() -> None:
    before = len(os.listdir("/proc/self/fd"))
    assert refused() is None
    assert len(os.listdir("/proc/self/fd")) == before


LIMITED = """
import sys, time
from pathlib import Path
from tokenwatch.collect.watcher import Watcher

root, limit = Path(sys.argv[1]), Path("/proc/sys/user/max_inotify_watches")
heard = set()
watcher = Watcher(heard.add, lambda: None)

def write(name):
    for folder in root.iterdir():
        (folder / name).touch()
    return {folder / name for folder in root.iterdir()}

limit.write_text("10")
watcher.watch([root])
print(watcher.polling)
limit.write_text("1000")
watcher.watch([root])
print(repr(watcher.polling))
missed = write("now")
until = time.monotonic() + 20
while missed - heard and time.monotonic() < until:
    time.sleep(0.01)
print(len(missed - heard))
watcher.stop()
"""


@linux
def test_a_real_limit_is_noticed_and_when_it_is_raised_all_is_watched(root: Path) -> None:
    for number in range(40):
        (root / str(number)).mkdir()
    command = ["unshare", "--user", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("only on systems where a program may have limits of its own")
    done = subprocess.run([*command, sys.executable, "-c", LIMITED, root], capture_output=True, text=True, check=True)
    reached, after, missed = done.stdout.splitlines()
    assert reached.startswith("The system's limit of watched folders is reached")
    assert (after, missed) == ("''", "0")


def test_a_watch_that_cannot_be_taken_away_is_forgotten(
    listen: Callable[..., Watcher], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    observer = Observer()
    watcher = listen(lambda: observer)
    watcher.watch([root])
    for error in (KeyError(root), OSError(errno.EINVAL, "Invalid argument")):

        def refuse(watch: ObservedWatch, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(observer, "unschedule", refuse)
        shutil.rmtree(root)
        watcher.watch([root])
        root.mkdir()
        watcher.watch([root])
        assert watcher.polling == ""


def test_an_observer_that_died_is_replaced(listen: Callable[..., Watcher], root: Path, ear: Ear) -> None:
    observers: list[Observer] = []

    def make() -> Observer:
        observers.append(Observer())
        return observers[-1]

    watcher = listen(make)
    watcher.watch([root])
    observers[0].stop()
    observers[0].join()
    watcher.watch([root])
    observers[1].tell(root, FileModifiedEvent(str(root / "a.jsonl")))
    assert ear.hears(root / "a.jsonl")


IMPORTS = """
import sys
from pathlib import Path
from tokenwatch.collect.watcher import Watcher
import watchdog.observers
"""
LOOK = """
root = Path(sys.argv[1])
watcher = Watcher(print, print)
watcher.watch([root])
print(watcher.polling)
root.chmod(0o700)
watcher.watch([root])
print(repr(watcher.polling))
watcher.stop()
"""


@linux
def test_a_root_that_may_not_be_read_is_said_and_watched_when_it_may(
    open_folder: Path, as_nobody: Callable[..., str]
) -> None:
    root = open_folder / "logs"
    root.mkdir()
    if os.getuid() == 0:
        os.chown(root, 65534, 65534)
    root.chmod(0)
    said = as_nobody(IMPORTS, LOOK, root).splitlines()
    assert said == [
        f"{root} cannot be watched (Permission denied), so logs are looked at every 5 seconds instead.",
        "''",
    ]
