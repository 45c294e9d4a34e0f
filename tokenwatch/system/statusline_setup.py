"""Status line setup: putting the bridge into the user's settings of Claude Code, and taking it out again.

Owns the one entry ``statusLine`` of that file, its backup, and remembering the command that was there before. Does
not own what the bridge does, or asking the user, who must have agreed: only here is an agent's file ever written.

Only the entry is exchanged in the text; every other character stays. A file that is not understood is left alone.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from tokenwatch.base.errors import SettingsError
from tokenwatch.base.paths import Paths
from tokenwatch.base.translation import tr
from tokenwatch.system import statusline_bridge
from tokenwatch.system.statusline_bridge import PREVIOUS

ENTRY: Final = "statusLine"
_ORIGINAL: Final = "original.json"
"""The entry that was there before, as a whole, beside the kept figures."""
_LARGEST: Final = 4 << 20
_MOST_BACKUPS: Final = 5


class Bridge(msgspec.Struct, frozen=True):
    """Whether the bridge is in the settings file. ``trouble`` is why it can be neither put in nor taken out."""

    installed: bool
    file: Path
    previous: str = ""
    """The command that was there before, and still runs."""
    trouble: str = ""


def bridge(paths: Paths) -> Bridge:
    """How things stand. Never raises."""
    file = paths.claude_settings
    try:
        text = _text(file)
        entry = _settings(text, file).get(ENTRY) if text is not None else None
    except SettingsError as error:
        return Bridge(False, file, trouble=str(error))
    if _is_ours(entry, paths):
        return Bridge(True, file, _kept_command(paths))
    return Bridge(False, file, _command(entry))


def install(paths: Paths) -> Bridge:
    """Put the bridge in, in front of the command that is there. Again is harmless. Raises SettingsError."""
    file = paths.claude_settings
    if not file.parent.is_dir():
        raise SettingsError(tr("Claude Code keeps no settings here: {folder} does not exist.", folder=file.parent))
    text = _text(file)
    before = _settings(text, file).get(ENTRY) if text is not None else None
    if _is_ours(before, paths):
        return bridge(paths)
    if before is not None and not _command(before):
        raise SettingsError(
            tr('"{entry}" in {file} is not a command, so it is left alone.', entry=ENTRY, file=file.name)
        )
    _back_up(paths, text)
    folder = _folder(paths)
    _write(folder / _ORIGINAL, json.dumps(before).encode())
    _write(folder / PREVIOUS, _command(before).encode())
    # What belongs to the line but is not the command stays: its padding, how often it is refreshed.
    entry = {**(before or {}), "type": "command", "command": command_of(paths)}
    _exchange(file, text, entry)
    return bridge(paths)


def remove(paths: Paths) -> Bridge:
    """Take the bridge out and put back what was there before. Not there is harmless. Raises SettingsError."""
    file = paths.claude_settings
    text = _text(file)
    if text is None or not _is_ours(_settings(text, file).get(ENTRY), paths):
        return bridge(paths)
    try:
        original = json.loads((paths.status_lines / _ORIGINAL).read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsError(
            tr(
                "What was the status line before is not known any more, so {file} is left alone. Change it by hand.",
                file=file,
            )
        ) from error
    _back_up(paths, text)
    _exchange(file, text, original if isinstance(original, dict) else None)
    for name in (_ORIGINAL, PREVIOUS):
        (paths.status_lines / name).unlink(missing_ok=True)
    return bridge(paths)


def command_of(paths: Paths) -> str:
    """The command that starts the bridge: as quickly as this installation can."""
    folder = str(paths.status_lines)
    if getattr(sys, "frozen", False):
        words = [sys.executable, "statusline", folder]
    else:
        words = [sys.executable, "-I", "-S", os.path.abspath(statusline_bridge.__file__), folder]
    return shlex.join(words) if paths.platform != "win32" else subprocess.list2cmdline(words)


def _is_ours(entry: Any, paths: Paths) -> bool:
    """Also of another installation: what starts with our file or command and keeps its figures in our folder."""
    command = _command(entry)
    try:
        words = shlex.split(command, posix=paths.platform != "win32")
    except ValueError:
        return False
    ours = any("statusline_bridge" in word for word in words) or "statusline" in words
    return ours and words[-1].strip('"') == str(paths.status_lines)


def _command(entry: Any) -> str:
    command = entry.get("command") if isinstance(entry, dict) and entry.get("type", "command") == "command" else None
    return command if isinstance(command, str) else ""


def _kept_command(paths: Paths) -> str:
    try:
        return (paths.status_lines / PREVIOUS).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


# The file


def _text(file: Path) -> str | None:
    """The file's text, None if there is none."""
    try:
        with file.open("rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise SettingsError(tr("{file} is not an ordinary file, so it is left alone.", file=file))
            content = opened.read(_LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(
            tr("{file} could not be read ({why}), so it is left alone.", file=file, why=error.strerror)
        ) from error
    if len(content) > _LARGEST:
        raise SettingsError(tr("{file} is larger than settings are, so it is left alone.", file=file))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise SettingsError(tr("{file} is not text in UTF-8, so it is left alone.", file=file)) from None


def _settings(text: str, file: Path) -> dict[str, Any]:
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise SettingsError(
            tr("{file} is not the JSON that Claude Code writes, so it is left alone.", file=file)
        ) from None
    if not isinstance(found, dict):
        raise SettingsError(tr("{file} does not hold settings, so it is left alone.", file=file))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands there twice")
    return found


def _exchange(file: Path, text: str | None, entry: dict[str, Any] | None) -> None:
    """Set or drop the entry in the file. Nothing is written unless exactly that would change."""
    before = _settings(text, file) if text is not None else {}
    after = _with_entry(text if text is not None else "{}\n", entry)
    wanted = {name: value for name, value in before.items() if name != ENTRY} | ({ENTRY: entry} if entry else {})
    if _settings(after, file) != wanted:
        raise SettingsError(tr("{file} is written in a way that is not understood, so it is left alone.", file=file))
    if _text(file) != text:
        raise SettingsError(tr("{file} was changed meanwhile. Try again.", file=file))
    target = file.resolve()  # a link into someone's collection of settings stays a link
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o600
    _write(target, after.encode("utf-8"), mode)


def _with_entry(text: str, entry: dict[str, Any] | None) -> str:
    """The text with the entry exchanged, added at the end, or taken out with its comma."""
    span = _members(text)
    found = next(((start, value, end) for name, start, value, end in span if name == ENTRY), None)
    written = "" if entry is None else json.dumps(entry, ensure_ascii=False)
    if found is not None and entry is not None:
        return text[: found[1]] + written + text[found[2] :]
    if found is not None:
        return _without(text, span, found[0], found[2])
    if entry is None:
        return text
    if not span:
        brace = text.index("{") + 1
        return f'{text[:brace]}\n  "{ENTRY}": {written}\n{text[text.rindex("}") :]}'
    start, end = span[-1][1], span[-1][3]
    indent = text[text.rfind("{" if len(span) == 1 else ",", 0, start) + 1 : start]
    return f'{text[:end]},{indent}"{ENTRY}": {written}{text[end:]}'


def _without(text: str, span: list[tuple[str, int, int, int]], start: int, end: int) -> str:
    number = next(index for index, member in enumerate(span) if member[1] == start)
    if len(span) == 1:
        return text[: text.index("{") + 1] + text[text.rindex("}") :]
    if number:
        return text[: span[number - 1][3]] + text[end:]
    return text[:start] + text[span[1][1] :]


def _members(text: str) -> list[tuple[str, int, int, int]]:
    """(name, where the name begins, where the value begins and ends) of the outermost object of good JSON."""
    decode, found = json.JSONDecoder().raw_decode, []
    at = _skip(text, text.index("{") + 1)
    while text[at] != "}":
        start = at
        name, at = decode(text, at)
        at = _skip(text, _skip(text, at) + 1)  # the colon
        value = at
        _, at = decode(text, at)
        found.append((str(name), start, value, at))
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at


# Our own folder


def _folder(paths: Paths) -> Path:
    paths.ensure(paths.data)
    return paths.ensure(paths.status_lines)


def _back_up(paths: Paths, text: str | None) -> None:
    """Keep the file as it was; the oldest backups go."""
    if text is None:
        return
    folder = _folder(paths)
    kept = sorted(folder.glob("settings-*.backup"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for path in kept[: max(0, len(kept) - _MOST_BACKUPS + 1)]:
        path.unlink(missing_ok=True)
    _write(folder / f"settings-{secrets.token_hex(4)}.backup", text.encode("utf-8"))


def _write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace the file as a whole. Raises SettingsError."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        number = os.open(part, flags, mode)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if os.name == "posix":
                part.chmod(mode)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            tr("{path} could not be written ({why}).", path=path, why=error.strerror or error)
        ) from error
