"""Once: the ledger brought up to date for a command that ends.

Owns the order of work without threads. Does not own output, or what runs now (look_once.py). When another instance
writes the ledger, its figures are read and nothing is scanned here.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from tokenwatch.base.clock import Clock
from tokenwatch.base.health import Health
from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import Progress
from tokenwatch.base.settings import Settings
from tokenwatch.engine.books import Books
from tokenwatch.ledger.queries import Queries
from tokenwatch.system.instance import Instance

OnProgress = Callable[[Progress | None], None]


class Once(msgspec.Struct, frozen=True):
    """``queries`` is None if there is no ledger to ask; ``warnings`` then says why."""

    books: Books
    owner: bool
    queries: Queries | None
    warnings: tuple[str, ...]
    health: tuple[Health, ...]


@contextmanager
def owned(paths: Paths) -> Iterator[bool]:
    """Whether this program may write the ledger, for as long as the block runs.

    Where nobody can have the lock it may try: opening the ledger then meets the same trouble, and says so.
    """
    instance = Instance(paths)
    owner = instance.acquire()
    try:
        yield owner or bool(instance.trouble)
    finally:
        if owner:
            instance.release()


@contextmanager
def bring_up_to_date(
    paths: Paths, clock: Clock, settings: Settings, on_progress: OnProgress | None = None
) -> Iterator[Once]:
    """Read what the logs hold into the ledger, then give access to it. Raises nothing for bad logs or ledgers."""
    with owned(paths) as owner:
        books = Books(paths, clock, settings, write=owner, helping=True)
        try:
            with _without_collection():
                books.open_anyhow()
            catch_up(books, on_progress)
            health = books.health()
            warnings = tuple(entry.reason for entry in health if entry.reason)
            yield Once(books, owner, books.queries, warnings, health)
        finally:
            books.close()


def catch_up(books: Books, on_progress: OnProgress | None = None) -> None:
    """Read everything that is there, if the ledger may be written; one that turns out damaged is replaced once."""
    _read_on(books, on_progress)
    if books.damaged and books.open():
        _read_on(books, on_progress)
    if on_progress is not None:
        on_progress(None)


def _read_on(books: Books, on_progress: OnProgress | None) -> None:
    books.reprice()
    with _without_collection():
        books.plan()
        while books.pending and not books.trouble:
            books.step()
            if on_progress is not None and books.scanner is not None:
                on_progress(books.scanner.progress)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Python does not look for circles, of which reading makes none, among all the records that it makes."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
