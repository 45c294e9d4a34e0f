"""What a coding agent used: tokens, records and their identity, and the description of an agent.

Owns the vocabulary that every other package speaks (tokens, record, context, family, amendment, agent).
Does not own prices, storage, or any agent's log format.

Decisions
---------
*Values are frozen msgspec structs, not dataclasses.* Context: the values that cross threads are many kinds, and a
dataclass writes and compiles its methods in every start: half a millisecond a class, a tenth of a second for the
app. A first import makes several hundred thousand records and hands them between processes. Decision:
``msgspec.Struct(frozen=True)`` for every value; it is immutable and slotted like a frozen dataclass, its class is
made thirty times faster, it is built five times faster and packs itself to bytes. Consequence: they are copied with
``msgspec.structs.replace``; a class that leaves a field out of comparison or its text says so in a method.

*Identity has two halves.* Context: providers' ids are not always enough to tell one response from another
(a request id may be missing, a fork copies its parent's running totals), and the answer depends on log
entries that may be read later. Decision: ``family`` groups every entry that might be the same response,
``variant`` tells its candidates apart, and a reader's ``settle`` decides, from the whole set of a family's
entries and nothing else, which of them count. Consequence: order and repetition of reading change nothing.

*A record points to its context.* Context: session, project, branch and model repeat over thousands of records.
Decision: they are one :class:`Context` that a reader makes once for many records, as the ledger's tables have it.
Consequence: they are made, hashed, sent between processes and written once a stretch, not once a record.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tokenwatch.base.digest import blake2b

UNKNOWN: Final = ""
"""An attribute that the agent did not write. Shown as "unknown", never guessed."""

STANDARD: Final = "standard"
"""The ordinary service tier; also used when the log names none."""


class Tokens(msgspec.Struct, frozen=True, gc=False):
    """Five counts that never overlap; ``total`` is their sum. ``reasoning`` is a part of ``output``."""

    input: int = 0
    cache_read: int = 0
    cache_write_5m: int = 0
    cache_write_1h: int = 0
    output: int = 0
    reasoning: int = 0

    @property
    def total(self) -> int:
        return self.input + self.cache_read + self.cache_write_5m + self.cache_write_1h + self.output

    @property
    def new(self) -> int:
        """Tokens that were not read from a cache: the basis of the token rate."""
        return self.input + self.cache_write_5m + self.cache_write_1h + self.output

    @property
    def prompt(self) -> int:
        """Everything the model was given; decides long-context price tiers."""
        return self.input + self.cache_read + self.cache_write_5m + self.cache_write_1h

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(
            self.input + other.input,
            self.cache_read + other.cache_read,
            self.cache_write_5m + other.cache_write_5m,
            self.cache_write_1h + other.cache_write_1h,
            self.output + other.output,
            self.reasoning + other.reasoning,
        )


class Rank:
    """How good a place for attribution an entry was found in; the higher one names session and project."""

    COPY: Final = 0
    SUB_AGENT: Final = 1
    MAIN: Final = 2


class Estimate:
    """Whether counts are an estimate, because the agent does not write enough to be exact."""

    NONE: Final = 0
    COUNTS: Final = 1
    """The counts, how they are split, or when they were used."""
    SUM: Final = 2
    """They may be of several responses. A price that depends on the size of one request is then taken as of small
    ones: a sum at the price of long requests has been seen to be nearly twice the bill."""


class Context(msgspec.Struct, frozen=True, gc=False, array_like=True, omit_defaults=True):
    """What the records of one stretch of a source have in common: who used the tokens, where, and with which model.

    Readers make one and give it to many records. Text is raw from the log; whoever shows it cleans it first.
    """

    agent: str
    session: str
    model: str
    parent_session: str = ""
    """The session this one was spawned by or forked from; empty for a top-level session."""
    agent_id: str = ""
    """The sub-agent within its session; empty for the session itself."""
    project: str = ""
    """Working directory as the agent wrote it."""
    branch: str = ""
    provider: str = ""
    tier: str = STANDARD
    geo: str = ""
    """Where inference ran, if that changes the price (``us``)."""
    rank: int = Rank.MAIN
    lane: int = 0
    """Identity of (session, sub-agent) that an :class:`Amendment` can address; 0 for none."""
    origin: int = 0
    """For ``settle``: which file the entry stands in (hash), where that matters."""
    estimated: int = 0
    """One of :class:`Estimate`."""


class Record(msgspec.Struct, frozen=True, gc=False, array_like=True, omit_defaults=True):
    """The tokens of one response of a model, as one log entry tells it.

    ``time`` is milliseconds since 1970 (UTC). Counts are 0..10**10. ``cost_reported`` is nano-dollars as
    the agent itself wrote it, or None.
    """

    context: Context
    family: int
    """Signed 64 bits, see :func:`identity`. Entries of one family may be the same response."""
    variant: int
    """Signed 64 bits. Entries with equal family *and* variant are certainly the same response."""
    time: int
    input: int = 0
    cache_read: int = 0
    cache_write_5m: int = 0
    cache_write_1h: int = 0
    output: int = 0
    reasoning: int = 0
    web_search: int = 0
    cost_reported: int | None = None
    uncertain: bool = False
    """The agent wrote only a placeholder: the counts are a lower bound."""
    final: bool = True
    """False for a snapshot of a response that was not finished yet."""
    mark: int = 0
    """For ``settle``: a number whose meaning the reader defines. Above zero: it may not count even if it is alone."""

    @property
    def agent(self) -> str:
        return self.context.agent

    @property
    def session(self) -> str:
        return self.context.session

    @property
    def tokens(self) -> Tokens:
        return Tokens(
            self.input, self.cache_read, self.cache_write_5m, self.cache_write_1h, self.output, self.reasoning
        )

    @property
    def total(self) -> int:
        return self.input + self.cache_read + self.cache_write_5m + self.cache_write_1h + self.output


class Amendment(msgspec.Struct, frozen=True, gc=False, array_like=True, omit_defaults=True):
    """The finished counts of a response, found elsewhere than in its own log lines.

    It corrects the latest unfinished record of ``lane`` whose input side is equal and whose output is
    smaller. It is never a record of its own.
    """

    agent: str
    lane: int
    input: int
    cache_read: int
    cache_write_5m: int
    cache_write_1h: int
    output: int
    reasoning: int = 0


def identity(*parts: str | int) -> int:
    """A stable signed 64-bit hash of provider ids; equal in every process, version and system."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def larger(one: Record, other: Record) -> Record:
    """Merge two entries of one response; commutative, associative and idempotent.

    The entry with the larger (total, output) wins whole, because taking each count's maximum would invent
    a sum that no line ever held when cache writes move from the 5-minute to the 1-hour count. Ties go to
    the finished, then the better ranked entry, then to text order. The time is the earlier of the two.
    """
    if one == other:
        return one
    winner = max(one, other, key=_weight)
    time = min(one.time, other.time)
    return winner if winner.time == time else msgspec.structs.replace(winner, time=time)


def _weight(record: Record) -> tuple[object, ...]:
    context = record.context
    return (
        record.total,
        record.output,
        record.final,
        not record.uncertain,
        not context.estimated,
        context.rank,
        context.session,
        context.agent_id,
        context.project,
        context.branch,
        context.model,
        context.tier,
        context.geo,
        context.provider,
        context.parent_session,
        record.cache_write_1h,
        record.cache_write_5m,
        record.input,
        record.reasoning,
        record.web_search,
        record.cost_reported is not None,
        record.cost_reported or 0,
        context.lane,
        context.origin,
        record.mark,
    )


class Signature(msgspec.Struct, frozen=True):
    """How a process of an agent looks. Patterns are matched on path and arguments, never on the bare name.

    ``programs``: base names of argv[0] or the executable, without ``.exe``/``.cmd``. ``paths``: regular
    expressions searched in the executable's path (with ``/``). ``scripts``: regular expressions searched in
    the script an interpreter runs (argv[1]). ``not_arguments``: first subcommands that make it no agent.
    ``hosts``: first subcommands of a process that hosts many sessions and is not one itself. ``uses``: the only
    first subcommands that make it an agent ("" stands for none), for programs that share their name with others.
    ``not_programs``: names under which the same file is a tool of the agent (a search, a sandbox), and no agent.
    ``titles``: names that a script gives its process, which hide its path; they count only where an interpreter runs.
    ``relaunches``: it starts itself again, so that a process of it may only be the launcher of its child.
    ``parent_options``, ``team_options`` and ``member_options``: options in which a process is told which session it
    works for, in which team, and what it is called there (before an ``@``); of all arguments only these are kept.
    """

    programs: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    not_arguments: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    relaunches: bool = False
    parent_options: tuple[str, ...] = ()
    team_options: tuple[str, ...] = ()
    member_options: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    not_programs: tuple[str, ...] = ()


class Agent(msgspec.Struct, frozen=True):
    """A coding tool, described once, in its reader file."""

    id: str
    name: str
    letter: str
    provider: str
    """Who serves its models unless the log says otherwise."""
    signature: Signature = msgspec.field(default_factory=Signature)
    short_name: str = ""
    unknown: str = ""
    """What it does not write, or only in part, as a plain sentence; empty if it writes all that is counted."""
