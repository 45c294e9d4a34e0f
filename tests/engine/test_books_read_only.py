"""A ledger that may be read and not written, as another user meets it: the super-user may write anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import Desk, MovableClock
from tokenwatch.engine.books import Books
from tokenwatch.engine.once import catch_up

NOBODY = 65534

AS_NOBODY = f"""
import os, sys
from pathlib import Path
from tests.engine.conftest import Desk
from tokenwatch.engine.books import Books
from tokenwatch.engine.once import catch_up, owned
desk = Desk.found(Path(sys.argv[1]))
Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers)  # loads what nobody may not read
if os.getuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
with owned(desk.paths) as owner:
    books = Books(desk.paths, desk.clock, desk.settings, write=owner, by_id=desk.readers)
    books.open_anyhow()
    catch_up(books)
print(books.trouble)
print([entry.tokens.total for entry in books.queries.sums()] if books.queries else None)
print({{entry.part: entry.state.value for entry in books.health()}})
"""

APP_AS_NOBODY = f"""
import os, sys
from pathlib import Path
from tests.engine.conftest import Desk
from tokenwatch.engine.core import Core
desk = Desk.found(Path(sys.argv[1]))
def shown():
    core = Core(desk.paths, desk.clock, desk.settings, by_id=desk.readers)
    core.open()
    month = core.snapshot(()).figures.month
    trouble = core.books.trouble
    core.close()
    return trouble, month and month.tokens
shown()  # loads what nobody may not read
if os.getuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
print(*shown(), "", sep="\\n")
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only on POSIX are there file modes")


@pytest.fixture
def open_desk() -> Iterator[Desk]:
    """A desk of the user without rights, with 10 tokens in its ledger and 20 more in its logs."""
    folder = Path(tempfile.mkdtemp()).resolve()
    desk = Desk(folder / "home", MovableClock())
    desk.use(1, 10)
    books = Books(desk.paths, desk.clock, desk.settings, by_id=desk.readers)
    assert books.open()
    catch_up(books)
    books.close()
    desk.use(2, 20)
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    yield desk
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


def look(desk: Desk, script: str = AS_NOBODY) -> tuple[str, str, str]:
    """Trouble, totals and states as a user without rights gets them."""
    command = [sys.executable, "-c", script, str(desk.folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2])
    assert done.returncode == 0, done.stderr
    trouble, totals, states = done.stdout.splitlines()
    return trouble, totals, states


def refused(desk: Desk) -> str:
    return f"{desk.paths.ledger} may not be written (Permission denied), so nothing new is counted."


def lock(desk: Desk, *, folder: bool = True, ledger: bool = True) -> None:
    if ledger:
        desk.paths.ledger.chmod(0o400)
    if folder:
        desk.paths.data.chmod(0o500)


def test_in_a_read_only_folder_the_figures_of_before_are_shown(open_desk: Desk) -> None:
    lock(open_desk)
    trouble, totals, states = look(open_desk)
    assert trouble == refused(open_desk)
    assert totals == "[10]"
    assert "'ledger': 'failing', 'pricing': 'fine'" in states


def test_the_app_shows_them_too(open_desk: Desk) -> None:
    lock(open_desk)
    assert look(open_desk, APP_AS_NOBODY) == (refused(open_desk), "10", "")


def test_a_ledger_file_that_may_not_be_written_is_said(open_desk: Desk) -> None:
    lock(open_desk, folder=False)
    trouble, totals, _ = look(open_desk)
    assert trouble == refused(open_desk)
    assert totals == "[10]"


def test_a_folder_without_a_ledger_that_may_not_be_written_is_said(open_desk: Desk) -> None:
    open_desk.paths.ledger.unlink()
    lock(open_desk, ledger=False)
    trouble, totals, _ = look(open_desk)
    assert trouble == refused(open_desk)
    assert totals == "None"


def test_a_folder_that_may_not_be_entered_is_said(open_desk: Desk) -> None:
    open_desk.paths.data.chmod(0)
    trouble, totals, _ = look(open_desk)
    assert trouble == refused(open_desk)
    assert totals == "None"


def test_a_folder_of_somebody_else_is_said(open_desk: Desk) -> None:
    if os.getuid() != 0:
        pytest.skip("only on an account that may give files away")
    os.chown(open_desk.paths.data, 0, 0)
    open_desk.paths.data.chmod(0o755)
    trouble, totals, _ = look(open_desk)
    assert trouble == f"{open_desk.paths.data} cannot be used: Operation not permitted."
    assert totals == "[10]"


def test_when_it_may_be_written_again_counting_catches_up(open_desk: Desk) -> None:
    lock(open_desk)
    assert look(open_desk)[1] == "[10]"
    open_desk.paths.data.chmod(0o700)
    open_desk.paths.ledger.chmod(0o600)
    assert look(open_desk)[:2] == ("", "[30]")
