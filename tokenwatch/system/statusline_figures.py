"""Status line figures: what is kept of one status line of Claude Code, in a file for its session.

Owns what is kept: numbers about limits, context and cost, the session's id and the model's name. Paths, names of
projects and everything else is dropped. Does not own handing over (statusline_bridge.py) or reading what is kept
(collect/statusline.py). Runs beside the user's own command, in a process that nobody waits for.
"""

from __future__ import annotations

import json
import os
import time

_LARGEST = 1 << 20
_LONGEST_NAME = 64
_KEPT = ("rate_limits", "context_window", "cost")


def keep(folder: str, data: bytes) -> None:
    """Keep the figures of one run. Whatever is wrong with them, nothing is said: nobody would see it."""
    try:
        told = json.loads(data)
        session = told["session_id"]
        if not isinstance(session, str) or not session.replace("-", "").isalnum() or not session.isascii():
            return
        if len(session) > _LONGEST_NAME:
            return
        kept = {name: _numbers(told.get(name), 3) for name in _KEPT}
        model = told.get("model")
        name = model.get("id") if isinstance(model, dict) else ""
        now = time.time_ns() // 1_000_000
        path = os.path.join(folder, session + ".json")
        limits_at = _since(path, kept["rate_limits"], now)
        row: dict[str, object] = {
            **kept,
            "at": now,
            "limits_at": limits_at,
            "session": session,
            "model": str(name or "")[:_LONGEST_NAME],
        }
        _replace(path, json.dumps(row).encode("ascii"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return


def _numbers(value: object, depth: int) -> dict[str, object]:
    """The numbers in an object, and in the objects in it."""
    if not isinstance(value, dict) or not depth:
        return {}
    kept: dict[str, object] = {}
    for name, each in list(value.items())[:30]:
        if len(name) > _LONGEST_NAME:
            continue
        if isinstance(each, dict):
            kept[name] = _numbers(each, depth - 1)
        elif type(each) in (int, float) and abs(each) < 1e15:
            kept[name] = each
    return kept


def _since(path: str, limits: dict[str, object], now: int) -> int:
    """When these limits were first told: a session that only idles tells old ones again and again."""
    try:
        with open(path, "rb") as file:
            before = json.loads(file.read(_LARGEST))
        at = before["limits_at"]
        return int(at) if before["rate_limits"] == limits and type(at) is int and at <= now else now
    except (OSError, ValueError, TypeError, KeyError):
        return now


def _replace(path: str, content: bytes) -> None:
    part = f"{path}.{os.getpid()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(part, flags, 0o600)
    try:
        os.write(number, content)
    finally:
        os.close(number)
    os.replace(part, path)
