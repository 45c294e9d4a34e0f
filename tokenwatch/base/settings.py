"""Settings: what the user may change, in a commented TOML file that can be edited by hand.

Owns names and defaults. Does not own reading the file (settings_reading.py), checking it (settings_check.py), writing
it (settings_file.py), where it is (paths.py), or the dialog that edits it.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Final, Literal

import msgspec

from tokenwatch.base.billing import DOLLARS, Budget, Lanes, Plan
from tokenwatch.base.billing import Billing as Billing
from tokenwatch.base.billing import Mode as Mode
from tokenwatch.base.paths import Paths
from tokenwatch.base.settings_values import MAX_BUDGET_USD as MAX_BUDGET_USD
from tokenwatch.base.settings_values import MAX_FEE_USD as MAX_FEE_USD
from tokenwatch.base.settings_values import MAX_THRESHOLD as MAX_THRESHOLD
from tokenwatch.base.settings_values import MAX_THRESHOLDS as MAX_THRESHOLDS
from tokenwatch.base.zone import named, system_zone

Theme = Literal["system", "light", "dark"]
Icon = Literal["auto", "light", "dark", "mono"]
Updates = Literal["never", "weekly"]
Rows = Literal["compact", "normal", "roomy"]
Language = Literal["system", "en", "de", "zh_CN"]
Motion = Literal["system", "on", "off"]
Digit = Literal["working", "open", "sub_agents"]
LogDetail = Literal["little", "normal", "much"]


class Settings(msgspec.Struct, frozen=True):
    """All settings with their defaults. Money is nano-dollars; in the file it is dollars."""

    budget: int | None = None
    """Nano-dollars per calendar month; None for no budget (0 in the file)."""
    thresholds: tuple[int, ...] = (50, 80, 100)
    """Whole percentages of the budget, ascending, each once."""
    notifications: bool = True
    theme: Theme = "system"
    icon: Icon = "auto"
    timezone: str = ""
    """An IANA name; empty for the system's zone."""
    billing: tuple[tuple[str, Billing], ...] = ()
    """(agent id, billing) in the order of ids, for agents the user set; see :meth:`billing_of`."""
    count_cache_reads: bool = False
    """Whether the token rate counts cache reads too."""
    text_size: int = 100
    """Percent of the system's."""
    rows: Rows = "normal"
    """How dense lists are."""
    patterns: bool = False
    """Whether every agent's colour has a pattern, too."""
    language: Language = "system"
    motion: Motion = "system"
    """Whether the panel and new colours fade in; the system may ask for none."""
    global_shortcut: bool = False
    """Whether the desktop is asked for keys that show the panel from any program."""
    screen_sharing: bool = False
    """Whether names and amounts of money are hidden, for as long as others see the screen."""
    check_bills: bool = False
    """Whether providers with an admin key are asked for their bill. Off: nothing goes online for it."""
    show_doing: bool = True
    """Whether it is shown what sessions do now, down to a file's name; it is never stored."""
    alerts_off: tuple[str, ...] = ()
    """Ids of the rules that are switched off, each once, in order."""
    quiet: tuple[int, int] | None = None
    """From when to when only what is urgent is told: minutes after midnight; None for never."""
    budgets: tuple[Budget, ...] = ()
    """Budgets besides the month's, in the order of the file."""
    plans: tuple[Plan, ...] = ()
    """Rows of the table of plans, in the order of the file; see :meth:`lanes`."""
    month_start: int = 1
    """The day of the month on which a month of spending begins, 1 to 28."""
    own_cpu_percent: int = 2
    """How much of one processor core TokenWatch may use before it looks less often; 0 for no limit."""
    currency: str = DOLLARS
    """In which money is shown; counted it is in dollars."""
    rates: tuple[tuple[str, int], ...] = ()
    """(currency, nano-units of it for a dollar) as the user set them, in the order of currencies."""
    update_prices: Updates = "never"
    """Whether prices are fetched; asking for it once is a consent of its own."""
    update_rates: Updates = "never"
    """Whether rates of currencies are fetched, for those that the user did not set."""
    folders: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(agent id, more folders to look for its logs in) in the order of ids, as the user wrote them."""
    wsl: bool = False
    """On Windows: whether homes inside WSL are looked through, too."""
    agents_off: tuple[str, ...] = ()
    """Ids of agents whose logs are not read and whose processes are not counted, each once, in order."""
    digit: Digit = "working"
    """What the tray icon's number counts: who works, every open session, or who works with their sub-agents."""
    log_detail: LogDetail = "normal"
    """How much the file tokenwatch.log is told."""
    keep_months: int = 0
    """How many months of history are kept before the present one; 0 for all of it."""
    fetched_rates: tuple[tuple[str, int], ...] = ()
    """As ``rates``, but not of the file: what was fetched, added by whoever knows it."""

    def __eq__(self, other: object) -> bool:
        """Whether the file says the same; what was fetched is no setting."""
        if not isinstance(other, Settings):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _OF_THE_FILE)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]

    def lanes(self) -> Lanes:
        """How use is paid on each day."""
        return Lanes(self.billing, self.plans, self.known_rates)

    @property
    def known_rates(self) -> dict[str, int]:
        """Nano-units of a currency for a dollar: what the user set goes before what was fetched."""
        return {**dict(self.fetched_rates), **dict(self.rates)}

    def billing_of(self, agent_id: str) -> Billing:
        """How ``agent_id`` is paid; metered without a fee unless set."""
        return dict(self.billing).get(agent_id, Billing())

    def quiet_at(self, minute: int) -> bool:
        """Whether this minute of the day lies in the quiet hours, which may span midnight."""
        if self.quiet is None:
            return False
        begin, end = self.quiet
        return begin <= minute < end if begin < end else minute >= begin or minute < end

    def zone(self, paths: Paths | None = None) -> tzinfo:
        """The time zone in which days and months are cut; without ``paths`` the real user's environment counts."""
        return named(self.timezone) or system_zone((paths or Paths.of_user()).environment)


_OF_THE_FILE: Final = tuple(name for name in Settings.__struct_fields__ if name != "fetched_rates")
