"""Codex's lines: from bytes to the few fields that bear on usage.

Owns the names and kinds of those fields and two ways of decoding them, typed and loose, as claude_code_lines.py does.
Does not own what they mean (codex_cli_usage.py).
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec

from tokenwatch.readers.codex_cli_counts import Counts
from tokenwatch.readers.jsonl import (
    MAX_COUNT,
    Fields,
    count,
    decoded,
    each_hit,
    fields,
    line_fields,
    object_fields,
    plain_value,
    text,
)

TOKENS: Final = (b'"token_count"', b'"token_usage_record"')
"""Whole strings, with both quotes: text that quotes one, which has backslashes before them, is no hit."""

MODEL: Final = b'"model"'
META: Final = b'"session_meta"'

SESSION_META: Final = "session_meta"
TURN_CONTEXT: Final = "turn_context"
EVENT: Final = "event_msg"
USAGE_RECORD: Final = "token_usage_record"

_Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_COUNT)]
NOTHING: Final = msgspec.Raw()
_WANTED: Final = frozenset((SESSION_META, TURN_CONTEXT, EVENT, USAGE_RECORD))


class Usage(msgspec.Struct, gc=False):
    """Input includes what was cached and written to the cache; output includes reasoning."""

    input_tokens: _Count = 0
    cached_input_tokens: _Count = 0
    cache_write_input_tokens: _Count = 0
    output_tokens: _Count = 0
    reasoning_output_tokens: _Count = 0

    def counts(self) -> Counts:
        return (
            self.input_tokens,
            self.cached_input_tokens,
            self.cache_write_input_tokens,
            self.output_tokens,
            self.reasoning_output_tokens,
        )


class Info(msgspec.Struct, gc=False):
    total_token_usage: Usage | None = None
    last_token_usage: Usage | None = None


class Settings(msgspec.Struct, gc=False):
    model: str | None = None
    service_tier: str | None = None
    model_provider_id: str | None = None


class Payload(msgspec.Struct, gc=False):
    """What lines of the wanted types may hold, all in one."""

    type: str | None = None
    model: str | None = None
    cwd: str | None = None
    turn_id: str | None = None
    info: Info | None = None
    rate_limits: msgspec.Raw = NOTHING
    thread_settings: Settings | None = None
    thread_id: str | None = None
    response_id: str | None = None
    usage: Usage | None = None
    thread_token_usage: Usage | None = None


class Line(msgspec.Struct, gc=False):
    timestamp: str | None = None
    type: str | None = None
    ordinal: int | None = None
    payload: Payload | None = None


class Meta(msgspec.Struct, frozen=True, array_like=True):
    """Who a file's thread is. ``forked_from`` is a user's fork; ``spawned_by`` the thread whose sub-agent it is.

    ``internal``: a worker of the agent itself (review, compaction), which is billed and is no agent of its own.
    ``own_from`` is the ordinal of a sub-agent's first own line, if its file numbers lines. A fork that refers to its
    parent's file (``history_base``) copies nothing and needs none.
    """

    thread: str = ""
    forked_from: str = ""
    spawned_by: str = ""
    internal: bool = False
    nickname: str = ""
    time: str = ""
    cwd: str = ""
    branch: str = ""
    provider: str = ""
    own_from: int = 0

    @property
    def parent(self) -> str:
        return self.forked_from or self.spawned_by

    @property
    def agent_id(self) -> str:
        return self.thread if self.spawned_by or self.internal else ""


class _MetaLine(msgspec.Struct, gc=False):
    type: str | None = None
    timestamp: str | None = None
    payload: msgspec.Raw = NOTHING


_line: Final = msgspec.json.Decoder(Line).decode
_meta_line: Final = msgspec.json.Decoder(_MetaLine).decode
_REFUSED: Final = (ValueError, RecursionError)


def lines(data: bytes) -> list[tuple[int, Line | None]]:
    """(begin, line) of every line that may tell tokens or a model, in order; None for one that is no JSON."""
    return decoded(data, (*TOKENS, MODEL), _line, loose_line)


def first_meta(data: bytes) -> Meta | None:
    """The first ``session_meta`` line. A copy fork's file holds its parent's as well, further on."""
    for begin, end in each_hit(data, META):
        try:
            line = _meta_line(data[begin:end])
        except _REFUSED:
            found = line_fields(data[begin:end])
            if found is None:
                continue
            line = _MetaLine(_text(found.get("type")), _text(found.get("timestamp")), found.get("payload", NOTHING))
        if line.type == SESSION_META:
            return _meta(fields(line.payload), line.timestamp or "")
    return None


def _meta(found: Fields, time: str) -> Meta:
    source = fields(found.get("source"))
    sub = source.get("subagent")
    spawn = fields(fields(sub).get("thread_spawn"))
    kind = plain_value(found.get("thread_source"))
    spawned_by = _word(spawn.get("parent_thread_id")) or (
        _word(found.get("parent_thread_id")) if sub is not None or kind == "subagent" else ""
    )
    return Meta(
        thread=_word(found.get("id")),
        forked_from=_word(found.get("forked_from_id")),
        spawned_by=spawned_by,
        internal=(sub is not None and not spawn) or kind == "memory_consolidation",
        nickname=_word(found.get("agent_nickname")) or _word(spawn.get("agent_nickname")),
        time=_word(found.get("timestamp")) or time,
        cwd=_word(found.get("cwd")),
        branch=_word(fields(found.get("git")).get("branch")),
        provider=_word(found.get("model_provider")),
        own_from=count(plain_value(found.get("subagent_history_start_ordinal"))),
    )


def loose_line(found: Fields) -> Line | None:
    """As the typed decoder would have it, from values of any kind; None for lines of other types."""
    kind = _text(found.get("type"))
    if kind not in _WANTED:
        return None
    payload = object_fields(found.get("payload"))
    ordinal = plain_value(found.get("ordinal"))
    return Line(
        timestamp=_moment(found.get("timestamp")),
        type=kind,
        ordinal=ordinal if type(ordinal) is int else None,
        payload=None if payload is None else _payload(payload),
    )


def _payload(found: Fields) -> Payload:
    info, settings = object_fields(found.get("info")), object_fields(found.get("thread_settings"))
    return Payload(
        type=_text(found.get("type")),
        model=_text(found.get("model")),
        cwd=_text(found.get("cwd")),
        turn_id=_text(found.get("turn_id")),
        info=Info(_usage(info.get("total_token_usage")), _usage(info.get("last_token_usage")))
        if info is not None
        else None,
        rate_limits=found.get("rate_limits", NOTHING),
        thread_settings=_settings(settings) if settings is not None else None,
        thread_id=_text(found.get("thread_id")),
        response_id=_text(found.get("response_id")),
        usage=_usage(found.get("usage")),
        thread_token_usage=_usage(found.get("thread_token_usage")),
    )


def _settings(found: Fields) -> Settings:
    model, tier, provider = (_text(found.get(name)) for name in ("model", "service_tier", "model_provider_id"))
    return Settings(model, tier, provider)


def _usage(value: msgspec.Raw | None) -> Usage | None:
    found = object_fields(value)
    if found is None:
        return None
    return Usage(
        count(plain_value(found.get("input_tokens"))),
        count(plain_value(found.get("cached_input_tokens"))),
        count(plain_value(found.get("cache_write_input_tokens"))),
        count(plain_value(found.get("output_tokens"))),
        count(plain_value(found.get("reasoning_output_tokens"))),
    )


def _text(value: msgspec.Raw | None) -> str | None:
    found = plain_value(value)
    return text(found) if isinstance(found, str) else None


def _word(value: msgspec.Raw | None) -> str:
    return _text(value) or ""


def _moment(value: msgspec.Raw | None) -> str | None:
    found: Any = plain_value(value)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return str(found)
    return text(found) if isinstance(found, str) else None
