"""Claude Code's transcripts: from lines to records.

Owns which lines hold a response and how its usage becomes tokens. Does not own decoding (claude_code_lines.py),
places (claude_code.py) or which entries of one response count (claude_code_family.py).

Decisions
---------
*Entries without a request id know how many user records came before them.* Context: some gateways send one constant
message id for all responses, and then only the user's words between two entries tell them apart. Decision: while
entries without a request id and with one message id follow each other, the user records between them are counted, and
the count is the entry's mark (see claude_code_family.py). Consequence: nothing else is searched for user records.

*Snapshots of one response that follow each other are merged here,* by the ledger's own law and only where nothing but
counts differ. Context: a response is written two or three times. Consequence: a third of the records to enter.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

import msgspec

from tokenwatch.base.digest import blake2b
from tokenwatch.base.money import NANO
from tokenwatch.base.usage import STANDARD, Amendment, Context, Rank, Record, identity
from tokenwatch.readers.claude_code_limits import limits_of
from tokenwatch.readers.claude_code_lines import (
    Line,
    Message,
    Usage,
    finished,
    id_of_line,
    is_special,
    lines,
    steps,
    tells_copy,
    user_records,
)
from tokenwatch.readers.jsonl import milliseconds, plain_value
from tokenwatch.readers.protocol import MALFORMED, Carry, Part, ReadResult

AGENT_ID: Final = "claude-code"
SYNTHETIC: Final = "<synthetic>"
"""The model of messages that the agent wrote itself; nobody was asked."""

PLACEHOLDER: Final = 29
"""Outputs up to this are placeholders if the response did not end: some versions log only how it began."""

_MOST_REPORTED: Final = 10_000
"""Dollars; a response that says it cost more is not believed."""


class _Carry(msgspec.Struct, array_like=True):
    """``last_time``: of the entry before. ``nameless``: its family, if it had no request id, and ``users``: the user
    records since the first of its kind."""

    last_time: int = 0
    nameless: int = 0
    users: int = 0


_pack: Final = msgspec.msgpack.Encoder().encode
_unpack: Final = msgspec.msgpack.Decoder(_Carry).decode


def read(part: Part, carry: Carry) -> ReadResult:
    """See ``protocol.Reader``."""
    reading = _Reading(part, _unpack(carry) if carry else _Carry())
    reading.run()
    quotas = limits_of(part.data, part.modified) if reading.errors else ()
    return ReadResult(reading.records, _pack(reading.carry), reading.amendments, reading.skipped, quotas)


class _Reading:
    """One part of a transcript."""

    def __init__(self, part: Part, carry: _Carry) -> None:
        self._data = part.data
        self._modified = part.modified
        self._session_of_file, self._agent_of_file = _names(part.source.relative)
        self._origin = identity(str(part.source.path))
        self._contexts: dict[tuple[object, ...], Context] = {}
        self._id_of_copy = ""
        self._counted_to = 0
        """Up to where user records were counted."""
        self.carry = carry
        self.records: list[Record] = []
        self.amendments: list[Amendment] = []
        self.skipped: dict[str, int] = {}
        self.errors = False
        """Whether an error was told, which may be a used-up limit."""

    def run(self) -> None:
        before: Line | None = None
        for begin, line in lines(self._data):
            if line is None:
                self.skipped[MALFORMED] = self.skipped.get(MALFORMED, 0) + 1
                continue
            kind = line.type
            if kind == "assistant":
                if before is not None and _supersedes(line, before):
                    before = line
                    continue
                if before is not None:
                    self._take(before, 0)
                    before = None
                message = line.message
                if line.requestId and message is not None and message.usage is not None and message.id:
                    before = line  # the next line may say the same, or more
                else:
                    self._take(line, begin)
                continue
            if before is not None:
                self._take(before, 0)
                before = None
            if kind == "progress":
                self._take_copy(line, begin)
            elif kind == "user" and line.toolUseResult:
                self._amend(line)
        if before is not None:
            self._take(before, 0)
        if self.carry.nameless:
            self.carry.users += user_records(self._data, self._counted_to, len(self._data))

    def _take(self, line: Line, begin: int) -> None:
        message = line.message
        if message is None or message.usage is None:
            return
        if not message.id:
            self.carry.nameless = 0
            self._add(line, message, message.usage, self._family_of_line(line, message, message.usage, begin), 0, 0)
        elif line.requestId:
            self.carry.nameless = 0
            self._add(line, message, message.usage, _family(message.id), _variant(line.requestId), 0)
        else:
            family = _family(message.id)
            mark = -1 - self._users_before(begin, family)
            self._add(line, message, message.usage, family, _variant_of_prompt(message.usage), mark)

    def _take_copy(self, line: Line, begin: int) -> None:
        """A parent's copy of what its sub-agent's file says, too; it counts only if that file is gone."""
        inner, agent_id, own_id = tells_copy(line)
        if inner is None or inner.message is None:
            return
        inner.sessionId, inner.cwd, inner.gitBranch = line.sessionId, line.cwd, line.gitBranch
        inner.agentId, inner.isSidechain = agent_id, True
        inner.timestamp = inner.timestamp or line.timestamp
        inner.type = None
        self._id_of_copy = own_id
        self._take(inner, begin)

    def _family_of_line(self, line: Line, message: Message, usage: Usage, begin: int) -> int:
        """Of an entry without a message's id: by its own id, else by all that it says."""
        own = self._id_of_copy
        if line.type is not None or not own:
            own = id_of_line(self._data[begin : self._data.find(b"\n", begin)])
        if own:
            return identity(AGENT_ID, "line", own)
        counts = (usage.input_tokens, usage.cache_read_input_tokens, *_writes(usage), usage.output_tokens)
        return identity(AGENT_ID, "entry", line.sessionId or "", line.timestamp or "", message.model or "", *counts)

    def _users_before(self, begin: int, family: int) -> int:
        carry = self.carry
        if carry.nameless == family:
            carry.users += user_records(self._data, self._counted_to, begin)
        else:
            carry.nameless, carry.users = family, 0
        self._counted_to = begin
        return carry.users

    def _amend(self, line: Line) -> None:
        """What a sub-agent's last response came to in the end, as its parent was told."""
        agent_id, usage = finished(line.toolUseResult)
        if usage is None or not agent_id:
            return
        lane = identity(AGENT_ID, line.sessionId or self._session_of_file, agent_id)
        write_5m, write_1h = _writes(usage)
        counts = (usage.input_tokens, usage.cache_read_input_tokens, write_5m, write_1h, usage.output_tokens)
        self.amendments.append(Amendment(AGENT_ID, lane, *counts))

    def _add(self, line: Line, message: Message, usage: Usage, family: int, variant: int, mark: int) -> None:
        if message.model == SYNTHETIC or line.isApiErrorMessage:
            self.errors = True
            return
        write_5m, write_1h = _writes(usage)
        output = usage.output_tokens
        prompt = usage.input_tokens + usage.cache_read_input_tokens + write_5m + write_1h
        final = message.stop_reason is not None
        record = Record(
            self._context(line, message, usage),
            family,
            variant,
            self._time(line.timestamp),
            usage.input_tokens,
            usage.cache_read_input_tokens,
            write_5m,
            write_1h,
            output,
            0,
            usage.server_tool_use.web_search_requests if usage.server_tool_use is not None else 0,
            _reported(line) if line.costUSD else None,
            not (prompt or output) or (not final and output <= PLACEHOLDER),
            final,
            mark,
        )
        self.records.append(record)
        if usage.iterations:
            self._add_steps(record, message, usage)

    def _add_steps(self, record: Record, message: Message, usage: Usage) -> None:
        """Calls within a response that its totals leave out: another model's advice, and compactions."""
        for number, (kind, model, step) in enumerate(steps(usage.iterations)):
            context = record.context
            if model and model != context.model:
                context = msgspec.structs.replace(context, model=model, provider=_provider(model), lane=0)
            write_5m, write_1h = _writes(step)
            self.records.append(
                Record(
                    context,
                    _family(f"{message.id or record.family}:{kind}:{number}"),
                    record.variant,
                    record.time,
                    step.input_tokens,
                    step.cache_read_input_tokens,
                    write_5m,
                    write_1h,
                    step.output_tokens,
                    mark=record.mark,
                )
            )

    def _time(self, timestamp: str | None) -> int:
        """When the response came; without a usable time that of the entry before, else of the file."""
        time = milliseconds(timestamp) if timestamp is not None else None
        if time is None:
            return self.carry.last_time or self._modified
        self.carry.last_time = time
        return time

    def _context(self, line: Line, message: Message, usage: Usage) -> Context:
        key = (
            line.type,
            line.sessionId,
            line.agentId,
            line.isSidechain,
            line.cwd,
            line.gitBranch,
            message.model,
            usage.speed,
            usage.service_tier,
            usage.inference_geo,
        )
        known = self._contexts.get(key)
        if known is None:
            known = self._contexts[key] = self._new_context(line, message.model or "", usage)
        return known

    def _new_context(self, line: Line, model: str, usage: Usage) -> Context:
        session = line.sessionId or self._session_of_file
        # A sub-agent's records carry its parent's session; the file's name tells whose they are.
        agent_id = line.agentId or self._agent_of_file
        side = bool(line.isSidechain or agent_id)
        return Context(
            agent=AGENT_ID,
            session=session,
            model=model,
            agent_id=agent_id,
            project=line.cwd or "",
            branch=line.gitBranch or "",
            provider=_provider(model),
            tier="fast" if usage.speed == "fast" else usage.service_tier or STANDARD,
            geo="us" if usage.inference_geo == "us" else "",
            rank=Rank.COPY if line.type is None else Rank.SUB_AGENT if side else Rank.MAIN,
            lane=identity(AGENT_ID, session, agent_id) if agent_id else 0,
            origin=self._origin,
        )


def _supersedes(line: Line, before: Line) -> bool:
    """Whether ``line`` is a later snapshot of the same response that says all that ``before`` does, or more.

    If so it takes over the time of ``before``. Exactly what the ledger's merging would decide; in doubt it is left to
    that.
    """
    if line.requestId != before.requestId:
        return False
    new, old = line.message, before.message
    if new is None or old is None or new.id != old.id:
        return False
    use, used = new.usage, old.usage
    if use is None or used is None or use.output_tokens < used.output_tokens:
        return False
    if (
        use.input_tokens != used.input_tokens
        or use.cache_read_input_tokens != used.cache_read_input_tokens
        or use.cache_creation_input_tokens != used.cache_creation_input_tokens
        or use.cache_creation != used.cache_creation
        or (use.iterations and (is_special(use.iterations) or is_special(used.iterations)))
    ):
        return False
    if use.output_tokens == used.output_tokens and not _alike(line, before, new, old, use, used):
        return False
    stamp, earlier = line.timestamp, before.timestamp
    if (
        stamp is None
        or earlier is None
        or len(stamp) != len(earlier)
        or stamp < earlier
        or line.costUSD
        or before.costUSD
    ):
        return False
    line.timestamp = earlier
    return True


def _alike(line: Line, before: Line, new: Message, old: Message, use: Usage, used: Usage) -> bool:
    """Whether snapshots of one size differ in nothing but that the later one may be the end."""
    return (
        (new.stop_reason is not None or old.stop_reason is None)
        and line.sessionId == before.sessionId
        and line.agentId == before.agentId
        and line.isSidechain == before.isSidechain
        and line.cwd == before.cwd
        and line.gitBranch == before.gitBranch
        and use.speed == used.speed
        and use.service_tier == used.service_tier
        and use.inference_geo == used.inference_geo
        and use.server_tool_use == used.server_tool_use
    )


def _names(relative: str) -> tuple[str, str]:
    """(session, sub-agent) as far as a transcript's place tells: ``<session>/subagents/agent-<id>.jsonl``."""
    folders = relative.split("/")
    stem = folders[-1].removesuffix(".jsonl")
    if not stem.startswith("agent-"):
        return stem, ""
    session = folders[folders.index("subagents") - 1] if "subagents" in folders[1:] else ""
    return session, stem.removeprefix("agent-")


def _family(key: str) -> int:
    data = f"{AGENT_ID}\x1f{key}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def _variant(request: str) -> int:
    """Tells the few requests of one message id apart."""
    return crc32(request.encode("utf-8", "surrogatepass")) + 1


def _variant_of_prompt(usage: Usage) -> int:
    """Below zero, or zero for a prompt of nothing, which says nothing yet."""
    prompt = (usage.input_tokens, usage.cache_read_input_tokens, *_writes(usage))
    return -1 - crc32(repr(prompt).encode()) if any(prompt) else 0


def _writes(usage: Usage) -> tuple[int, int]:
    """Cache writes for 5 minutes and 1 hour; what the split leaves out is for 5 minutes."""
    split = usage.cache_creation
    if split is None:
        return usage.cache_creation_input_tokens, 0
    write_5m, write_1h = split.ephemeral_5m_input_tokens, split.ephemeral_1h_input_tokens
    rest = usage.cache_creation_input_tokens - write_5m - write_1h
    return (write_5m + rest if rest > 0 else write_5m), write_1h


def _provider(model: str) -> str:
    """Who serves the model, as far as its name tells: any may stand behind a gateway."""
    return "anthropic" if model.startswith("claude") else ""


def _reported(line: Line) -> int | None:
    """What old versions wrote that the response cost, in nano-dollars."""
    found = plain_value(line.costUSD)
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= _MOST_REPORTED:
        return None
    return round(found * NANO)
