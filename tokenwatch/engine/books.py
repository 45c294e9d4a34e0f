"""Books: the ledger with what fills it and what is asked of it, opened as far as possible.

Owns opening the ledger (or doing without, or only reading it), bringing it up to date, and what trouble it has. Knows
no figure of the moment: those are core.py's. Everything that a report needs, and nothing that only faces do.
"""

from __future__ import annotations

import contextlib
import logging
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tokenwatch.base.clock import Clock, Period, day_of, month_of
from tokenwatch.base.errors import LedgerDamaged, LedgerError
from tokenwatch.base.health import Health, HealthState
from tokenwatch.base.paths import Paths
from tokenwatch.base.progress import Progress
from tokenwatch.base.restatement import Restatement
from tokenwatch.base.settings import Settings
from tokenwatch.base.text import plain
from tokenwatch.base.translation import tr
from tokenwatch.collect.discover import Found, discover
from tokenwatch.collect.places import looked_in
from tokenwatch.collect.scanner import LATELY_SECONDS, STEP_SECONDS, Grown, Scanner
from tokenwatch.engine import checkup
from tokenwatch.engine.kept_months import kept_since
from tokenwatch.engine.status_line_book import StatusLineBook
from tokenwatch.ledger.change import Difference, Entered
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries
from tokenwatch.ledger.remembered import Remembered
from tokenwatch.ledger.rescue import check, check_after_crash, restore
from tokenwatch.pricing.cost import Pricer
from tokenwatch.readers.protocol import Reader, readers
from tokenwatch.system.file_system import mounts, remote_kind

if TYPE_CHECKING:
    from tokenwatch.remote.bill_check import Checked

log = logging.getLogger(__name__)


class Books:
    """Used by one thread. ``write`` False: another instance owns the ledger, which is then only read."""

    def __init__(
        self,
        paths: Paths,
        clock: Clock,
        settings: Settings,
        *,
        write: bool = True,
        helping: bool = False,
        lately: float = LATELY_SECONDS,
        grown: Grown | None = None,
        by_id: Mapping[str, Reader] | None = None,
    ) -> None:
        self._paths = paths
        self._clock = clock
        self._write = write
        self._helping = helping
        self._lately = lately
        self._grown = grown
        self.settings = settings
        self.readers = dict(readers() if by_id is None else by_id)
        self.agents = {agent_id: reader.agent for agent_id, reader in self.readers.items()}
        self.pricer = Pricer(paths.price_overrides, fetched=paths.fetched_prices)
        self.ledger: Ledger | None = None
        self.queries: Queries | None = None
        self.scanner: Scanner | None = None
        self.status_lines = StatusLineBook(paths.status_lines)
        self.trouble = ""
        """Why the ledger cannot be used, or was not when last tried."""
        self._taken_back = 0
        self._changed_since: int | None = None
        """The earliest time (milliseconds) of which the ledger holds something back; None: of none."""
        self.restored = ""
        """What happened to a damaged ledger since the start, as plain sentences."""
        self.remote = ""
        """The kind of file system the ledger is on, if that is a remote one."""
        self.damaged = False
        """The ledger cannot be believed: it is not opened again before another was put in its place."""
        self.apart: Progress | None = None
        """How far another program is that fills the ledger."""
        self.caught_up = False
        """Whether every source that existed at the start has been read, or nothing will be read."""

    def open(self) -> bool:
        """Open the ledger. False if that is impossible now; :attr:`trouble` then says why."""
        if self.queries is not None:
            self.queries.close()  # it was only read until now
        try:
            if self._write:
                self._open_for_writing()
            self.queries = Remembered(self._paths.ledger) if self._write else Queries(self._paths.ledger)
        except LedgerError as error:
            self.trouble = str(error)
            self.close()
            return False
        self.trouble = ""
        self.caught_up = not self._write
        return True

    def look_on(self) -> bool:
        """Open the ledger that another program fills, for reading only; whether that is possible by now."""
        if self.queries is None:
            with contextlib.suppress(LedgerError):
                self.queries = Queries(self._paths.ledger)
        return self.queries is not None

    @property
    def progress(self) -> Progress | None:
        """Of what reads for this ledger, here or in another program."""
        return self.apart if self.scanner is None else self.scanner.progress

    def open_anyhow(self) -> None:
        """Open the ledger; if it may not be written (full disk, foreign folder), at least for reading."""
        if self.open() or not self._write:
            return
        trouble = self.trouble
        self._write = False
        self.open()
        self.trouble = trouble

    def _open_for_writing(self) -> None:
        try:
            self._paths.ensure(self._paths.data)
        except OSError as error:
            raise LedgerError(
                tr("{path} cannot be used: {why}.", path=self._paths.data, why=error.strerror or error)
            ) from error
        try:
            if not self.damaged:
                check_after_crash(self._paths.ledger)
                self.ledger = self._ledger()
        except LedgerDamaged:
            self.damaged = True
        if self.ledger is None:
            self._restore()
            self.ledger = self._ledger()
        self.scanner = Scanner(
            self.ledger,
            self.readers,
            self.places,
            self._clock,
            grown=self._grown,
            lately=self._lately,
            helping=self._helping,
        )

    def _ledger(self) -> Ledger:
        rules = {agent_id: reader.settle for agent_id, reader in self.readers.items()}
        self.remote = remote_kind(self._paths.data.resolve(), mounts())
        return Ledger(self._paths.ledger, self.pricer, rules, remote=bool(self.remote))

    def _restore(self) -> None:
        restored = restore(self._paths.ledger, self._paths.backups, self._clock.now())
        log.warning("%s", restored.sentence)
        self.restored = restored.sentence
        self.damaged = False

    def give_up(self, why: str) -> None:
        """The ledger was found damaged: let go of it. The next :meth:`open` puts a backup in its place."""
        self.trouble = why
        self.damaged = True
        self.close()

    def examine(self) -> None:
        """Check the whole ledger, which takes a while; a damaged one is replaced, and the logs are to be read on."""
        if self.ledger is None:
            return
        try:
            check(self._paths.ledger)
        except LedgerDamaged as error:
            self.give_up(str(error))
            self.open()
        except LedgerError as error:
            log.info("the ledger was not checked: %s", error)

    @property
    def places(self) -> Paths:
        """Paths with the folders that the settings add."""
        return looked_in(self._paths, self.settings)

    def close(self) -> None:
        """Let go of the ledger. What was not entered is read again at the next start."""
        if self.scanner is not None:
            self.scanner.close()
        for part in (self.queries, self.ledger):
            if part is not None:
                try:
                    part.close()
                except LedgerError as error:
                    log.info("the ledger was not closed in order: %s", error)
        self.scanner = self.queries = self.ledger = None

    def found(self) -> tuple[Found, ...]:
        """The sources that exist, as of the last whole scan, or looked for now if there was none."""
        if self.scanner is not None and self.scanner.discovery.roots:
            return self.scanner.discovery.found
        return discover(self.readers, self.places).found

    # Work

    @property
    def pending(self) -> bool:
        return self.scanner is not None and self.scanner.pending

    @property
    def again_in(self) -> float:
        """See :attr:`Scanner.again_in`."""
        return math.inf if self.scanner is None else self.scanner.again_in

    def plan(self) -> None:
        """Look which sources changed; :meth:`step` then reads them."""
        if self.scanner is not None:
            with self.excused():
                self._keep()
                self.scanner.look_in(self.places)
                self.scanner.plan()
                self._take_status_lines()
                self.caught_up = self.caught_up or not self.scanner.pending
            self.forget_sums()

    def _keep(self) -> None:
        """Delete what the user does not want to be kept any longer, once a month at most."""
        if self.settings.keep_months and self.ledger is not None and not self.ledger.starting_over:
            since = kept_since(self.settings, self._clock.now(), self.settings.zone(self._paths))
            if since > self.ledger.since:
                gone = self.ledger.forget_before(since)
                log.info("%d requests that were older than is wanted are deleted", gone)

    def hint(self, paths: Iterable[Path]) -> None:
        """These files are said to have changed."""
        changed = list(paths)
        if self.scanner is not None:
            with self.excused():
                self.scanner.hint(changed)
                if self.status_lines.concerns(changed):
                    self._take_status_lines()

    def step(self, seconds: float = STEP_SECONDS) -> Entered:
        """Read for about ``seconds``; what changed.

        A ledger that cannot be written is remembered as :attr:`trouble`; what was read is read again later.
        """
        entered = Entered()
        if self.scanner is not None:
            with self.excused():
                entered = self.scanner.step(seconds)
                self.trouble = ""
                self.caught_up = self.caught_up or not self.scanner.pending
            if entered.since is not None:
                self._changed_since = min(entered.since, self._changed_since or entered.since)
            self.forget_sums()
        return entered

    def take_bills(self, checked: Checked) -> Health:
        """Keep what providers reported; how their part is."""
        troubles = list(checked.troubles)
        if checked.reports:
            with self.excused():
                if self.ledger is not None:
                    self.ledger.enter_bills(checked.reports)
        if checked.reports and self.ledger is None:
            troubles.append(tr("The bill came while the ledger could not be written. It is asked for again later."))
        return Health("accounts", HealthState.DEGRADED if troubles else HealthState.FINE, " ".join(troubles))

    def _take_status_lines(self) -> None:
        if self.ledger is not None:
            self.status_lines.take_in(self.ledger, self._clock.now())

    def forget_sums(self) -> None:
        """What was asked of the ledger may be answered otherwise since the last commit, whoever made it."""
        if not isinstance(self.queries, Remembered) or self.ledger is None:
            return
        if self.trouble or self.ledger.taken_back != self._taken_back:
            self._taken_back, self._changed_since = self.ledger.taken_back, None
            self.queries.forget()
        elif self._changed_since is not None and not self.ledger.holding:
            self.queries.forget(self._changed_since)
            self._changed_since = None

    def reprice(self, *, everything: bool = False) -> bool:
        """Bring costs to the present prices if they changed since the ledger was last priced. True if any cost did.

        A newer table reprices what has no price and the present month; ``everything`` also what is past.
        """
        changed = 0
        if self.ledger is not None:
            with self.excused():
                before = self.ledger.prices
                if before != self.pricer.version or everything:
                    zone = self.settings.zone(self._paths)
                    first = self.month(zone).bounds(zone)[0]
                    restate = partial(self._restated, first=first, zone=zone) if before else None
                    changed = self.ledger.reprice(None if everything or not before else first, restate)
                    if isinstance(self.queries, Remembered):
                        self.queries.forget()
        return changed > 0

    def _restated(self, differences: Mapping[int, Difference], *, first: int, zone: tzinfo) -> Iterator[Restatement]:
        """What changed in months that were over before ``first`` (ms), month by month."""
        months: dict[str, Difference] = {}
        for slot, each in differences.items():
            if slot < first:
                label = month_of(day_of(slot, zone), self.settings.month_start).label
                months.setdefault(label, Difference()).add(each.before, each.after, each.requests)
        now = self._clock.now()
        for label, each in sorted(months.items()):
            yield Restatement(now, label, each.before, each.after, each.requests, self.pricer.version)

    def reload_prices(self, *, everything: bool = False) -> bool:
        """Read the files of prices again and reprice, as :meth:`reprice`."""
        self.pricer.reload()
        return self.reprice(everything=everything)

    @contextmanager
    def excused(self) -> Iterator[None]:
        """A ledger that fails inside is remembered as :attr:`trouble`; one that is damaged is let go of, too."""
        try:
            yield
        except LedgerError as error:
            if self.trouble != str(error):
                log.info("the ledger cannot be used: %s", error)
            self.trouble = str(error)
            if isinstance(error, LedgerDamaged):
                if self._write:
                    self.damaged = True
                self.close()

    # Health

    def health(self) -> tuple[Health, ...]:
        """Of every agent that is here, of the ledger and of prices; asks the ledger."""
        requests: dict[str, int] = {}
        skipped: dict[str, dict[str, int]] = {}
        unpriced: tuple[tuple[str, int], ...] = ()
        if self.queries is not None:
            with self.excused():
                requests = self.queries.requests()
                skipped = self.queries.skipped()
                unpriced = self.unpriced()
        return self.health_of(requests, skipped, tuple(model for model, _ in unpriced))

    def month(self, zone: tzinfo) -> Period:
        """The present month of spending."""
        return month_of(day_of(self._clock.now(), zone), self.settings.month_start)

    def unpriced(self) -> tuple[tuple[str, int], ...]:
        """(model, requests) of the present month without a price. Raises a LedgerError."""
        if self.queries is None:
            return ()
        zone = self.settings.zone(self._paths)
        return tuple(self.queries.unpriced_models(self.month(zone).bounds(zone)[0]))

    def health_of(
        self, requests: Mapping[str, int], skipped: Mapping[str, Mapping[str, int]], unpriced: tuple[str, ...]
    ) -> tuple[Health, ...]:
        """As :meth:`health`, from what was asked before."""
        result: list[Health] = []
        if self.scanner is not None:
            scanner = self.scanner
            result += checkup.agents(self.agents, scanner.discovery, scanner.failures, skipped, requests)
        result.append(self._health_of_ledger())
        result.append(_health_of_prices(self.pricer.problems, unpriced))
        return tuple(result)

    def _health_of_ledger(self) -> Health:
        if self.trouble:
            return Health("ledger", HealthState.FAILING, self.trouble)
        words = [self.restored] if self.restored else []
        if self.remote:
            words.append(
                tr(
                    "The ledger is on a network file system ({kind}): it is slower there, and only one computer "
                    "may use it at a time.",
                    kind=self.remote,
                )
            )
        return Health("ledger", HealthState.DEGRADED if words else HealthState.FINE, " ".join(words))


def _health_of_prices(problems: tuple[str, ...], unpriced: tuple[str, ...]) -> Health:
    words = list(problems[:1])
    if unpriced:
        names = ", ".join(plain(model, 40) or tr("unknown") for model in unpriced[:3])
        names += tr(" and {count} more", count=len(unpriced) - 3) if len(unpriced) > 3 else ""
        words.append(tr("No price is known for {models}; the tokens are counted, their cost is not.", models=names))
    return Health("pricing", HealthState.DEGRADED if words else HealthState.FINE, " ".join(words))
