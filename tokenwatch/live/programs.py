"""Programs: whether a path and its arguments are one of the agents, and which processes only wrap another.

Owns the reading of an agent's signature. Pure: asks no operating system (processes.py does), knows no agent by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Final

import msgspec
from msgspec.structs import replace

from tokenwatch.base.usage import Signature

_INTERPRETERS: Final = re.compile(r"(?:node|nodejs|bun|deno|python[0-9.]*|pythonw|pypy[0-9.]*)")
_SUFFIXES: Final = (".exe", ".cmd", ".js", ".mjs", ".cjs")
_INLINE: Final = frozenset({"-c", "-e", "--eval", "-p", "--print"})
"""Options of interpreters whose program is text, not a file."""

_WITH_VALUE: Final = frozenset({"-r", "--require", "--import", "--loader", "--experimental-loader", "-W", "-X", "-C"})
_DESKTOP: Final = re.compile(r"/WindowsApps/[^/]+/|/app-[0-9][^/]*/[^/]+\.exe$", re.IGNORECASE)
"""Where Windows keeps desktop programs from its store and their usual installer: they may share an agent's name."""

_MOST_ANCESTORS: Final = 64
_LAUNCH_MS: Final = 2_000
"""A launcher starts its program within this time; a model that starts an agent takes longer."""


class Role(StrEnum):
    """What a process is to an agent."""

    NONE = "none"
    """Not this agent's program at all."""
    SESSION = "session"
    HOST = "host"
    """Hosts many sessions, which are counted by their logs."""
    OTHER = "other"
    """The agent's program in a use that is no session: a subcommand, an update, a background service."""


class ProcessInfo(msgspec.Struct, frozen=True):
    """A process of this computer. Times are milliseconds since 1970 UTC.

    ``start_ticks`` is field 22 of Linux' /proc/<pid>/stat as text, empty elsewhere. ``argv`` can hold prompts and
    secrets: it is emptied before a process is handed on, and never shown. ``nested_in`` is the pid of the session of
    the same agent that started this one. ``newest_child`` is when the youngest child process began. ``arguments`` is
    a hash that only tells whether two processes were given the same ones.
    """

    pid: int
    ppid: int
    started_at: int
    start_ticks: str = ""
    exe: str = ""
    argv: tuple[str, ...] = ()
    cwd: str = ""
    terminal: str = ""
    agent: str = ""
    role: Role = Role.NONE
    interpreted: bool = False
    relaunches: bool = False
    arguments: int = 0
    parent_session: str = ""
    """The session of another process that this one says it works for."""
    team: str = ""
    """The team of which this one says it is a member."""
    member: str = ""
    """What it is called there."""
    kind: str = ""
    """What kind of agent its team's file says it is."""
    nested_in: int | None = None
    newest_child: int | None = None

    def __repr__(self) -> str:
        """Without ``argv``: what is written down may be read by others."""
        shown = ((name, getattr(self, name)) for name in self.__struct_fields__ if name != "argv")
        return f"ProcessInfo({', '.join(f'{name}={value!r}' for name, value in shown)})"


def matches(signature: Signature, process: ProcessInfo) -> bool:
    """Whether the process is a session of the agent with this signature."""
    return role_of(signature, process.exe, process.argv) is Role.SESSION


def role_of(signature: Signature, exe: str, argv: Sequence[str]) -> Role:
    """What a program is to an agent: by the executable's path, argv[0], or the script that an interpreter runs.

    Later arguments never make it an agent, because a prompt may contain anything; they only tell its use.
    """
    return Program.of(exe, argv).role(signature)


def arguments_of(signature: Signature, exe: str, argv: Sequence[str]) -> int:
    """A hash of a program's own arguments, without interpreter and script: equal for a launcher and what it starts.

    Only of this run: Python's hashes are keyed anew in each.
    """
    return Program.of(exe, argv).arguments(signature)


class Program(msgspec.Struct, frozen=True):
    """An executable and its arguments taken apart once, to be compared with every agent's signature."""

    exe: str
    """With ``/``."""
    names: frozenset[str]
    """Base names of argv[0] and the executable."""
    windows: bool
    interpreter: bool
    title: str
    """What a script calls its process; empty for anything else."""
    rest: tuple[str, ...]
    script: str = ""
    script_name: str = ""
    script_rest: tuple[str, ...] = ()

    @classmethod
    def of(cls, exe: str, argv: Sequence[str]) -> Program:
        exe = exe.replace("\\", "/").removesuffix(" (deleted)")  # an update took the file away, the process goes on
        first = argv[0] if argv else ""
        interpreter = runs_script(exe, argv)
        if interpreter:
            # A title that a script gave its process stands in argv[0] as a whole: "npm exec codex" is no codex.
            first = first if " " not in first else first.split(" ", 1)[0]
        at = _script_at(argv) if interpreter else None
        script = "" if at is None else argv[at].replace("\\", "/")
        return cls(
            exe=exe,
            names=frozenset((_program(first), _program(exe))) - {""},
            windows=_on_windows(exe),
            interpreter=interpreter,
            title=_program(first) if interpreter else "",
            rest=tuple(argv[1:]),
            script=script,
            script_name=_program(script),
            script_rest=() if at is None else tuple(argv[at + 1 :]),
        )

    def role(self, signature: Signature) -> Role:
        return self._recognised(signature)[0]

    def arguments(self, signature: Signature) -> int:
        """See :func:`arguments_of`."""
        return hash(self._recognised(signature)[1])

    def _recognised(self, signature: Signature) -> tuple[Role, tuple[str, ...]]:
        """What the program is to the agent, and its own arguments."""
        names = _names(signature, self.windows)
        placed = _searched(signature.paths, self.exe, self.windows)
        found, rest = placed or not self.names.isdisjoint(names), self.rest
        found = found or (bool(self.title) and self.title in signature.titles)
        if self.script and (
            placed or self.script_name in names or _searched(signature.scripts, self.script, _on_windows(self.script))
        ):
            # The program's own arguments begin after its script, also where its interpreter is known by its place.
            found, rest = True, self.script_rest
        if not found or not self.names.isdisjoint(signature.not_programs):
            return Role.NONE, rest
        if _DESKTOP.search(self.exe) or any(argument.startswith("--type=") for argument in rest):
            return Role.OTHER, rest  # a desktop program or a helper process of one
        if _begins_with(rest, signature.hosts):
            return Role.HOST, rest
        if signature.uses and not _used(rest, signature.uses):
            return Role.OTHER, rest
        return Role.OTHER if _begins_with(rest, signature.not_arguments) else Role.SESSION, rest


def option_value(argv: Sequence[str], options: Sequence[str]) -> str:
    """The value of the first of these options that is given; empty if none is. Never that of any other argument."""
    for at, word in enumerate(argv):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name in options:
            return value if equals else next(iter(argv[at + 1 : at + 2]), "")
    return ""


def runs_script(exe: str, argv: Sequence[str]) -> bool:
    """Whether the program is an interpreter of scripts."""
    name = _program(exe) or (_program(argv[0]) if argv else "")
    return _INTERPRETERS.fullmatch(name.lower()) is not None


def collapse(found: Mapping[int, ProcessInfo], parents: Mapping[int, int]) -> tuple[ProcessInfo, ...]:
    """Sessions without the wrappers around them; ``nested_in`` is set where one session started another.

    ``found`` holds the processes of all agents by pid, whatever their role; ``parents`` gives every process's parent.
    An interpreter, or a program that is known to start itself again, only launched the direct child that is the same
    agent and was given the same arguments, or began at once; any other child is a nested session. A host or service
    in between means that the session above did not start the one below for itself.
    """
    above = {pid: _ancestor(process, found, parents) for pid, process in found.items()}
    sessions = {pid: process for pid, process in found.items() if process.role is Role.SESSION}
    wrappers = {
        process.ppid
        for pid, process in sessions.items()
        if above[pid] == process.ppid and process.ppid in sessions and _launched(sessions[process.ppid], process)
    }
    kept = []
    for pid, process in sessions.items():
        if pid in wrappers:
            continue
        parent = above[pid]
        while parent in wrappers:
            parent = above[parent]
        kept.append(replace(process, nested_in=parent if parent in sessions else None))
    hosts = [process for process in found.values() if process.role is Role.HOST]
    return tuple(sorted([*kept, *hosts], key=lambda process: (process.started_at, process.pid)))


def _launched(parent: ProcessInfo, child: ProcessInfo) -> bool:
    if not (parent.interpreted or parent.relaunches):
        return False
    return parent.arguments == child.arguments or child.started_at - parent.started_at <= _LAUNCH_MS


def _ancestor(process: ProcessInfo, found: Mapping[int, ProcessInfo], parents: Mapping[int, int]) -> int | None:
    """The nearest process of the same agent above this one."""
    pid = process.ppid
    for _ in range(_MOST_ANCESTORS):
        candidate = found.get(pid)
        if candidate is not None and candidate.agent == process.agent and candidate.pid != process.pid:
            return pid
        if pid not in parents or parents[pid] == pid:
            return None
        pid = parents[pid]
    return None


def _program(path: str) -> str:
    """The base name of a program's path without the suffixes of systems and package managers."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    name = name.removeprefix("-")
    for suffix in _SUFFIXES:
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            name = name[: -len(suffix)]
            break
    return name.lower() if _on_windows(path) else name


def _searched(patterns: tuple[str, ...], path: str, any_case: bool) -> bool:
    return bool(patterns) and _pattern(patterns, any_case).search(path) is not None


def _on_windows(path: str) -> bool:
    return path[1:3] in (":/", ":\\") or path.startswith(("\\\\", "//"))


@cache
def _pattern(texts: tuple[str, ...], any_case: bool) -> re.Pattern[str]:
    """Any of them: one search, where every process is asked about every agent."""
    return re.compile("|".join(f"(?:{text})" for text in texts), re.IGNORECASE if any_case else 0)


@cache
def _names(signature: Signature, lower: bool) -> frozenset[str]:
    return frozenset(name.lower() if lower else name for name in signature.programs)


def _script_at(argv: Sequence[str]) -> int | None:
    """Where in ``argv`` of an interpreter its script stands; None if it runs text or waits for input."""
    at = 1
    while at < len(argv):
        word = argv[at]
        if word == "-m":
            return at + 1 if at + 1 < len(argv) else None
        if word in _INLINE:
            return None
        if not word.startswith("-"):
            if at == 1 and word == "run" and _program(argv[0]) in ("bun", "deno"):
                at += 1
                continue
            return at
        at += 2 if word in _WITH_VALUE else 1
    return None


def _begins_with(arguments: Sequence[str], commands: tuple[str, ...]) -> bool:
    """Whether one of ``commands`` (one or more words, or an option) is the subcommand.

    A word after an option may be the option's value or the subcommand; the first word that is certainly neither
    ends the search.
    """
    wanted = [tuple(command.split()) for command in commands]
    return any(
        tuple(arguments[at : at + len(words)]) == words for at in _places(arguments) for words in wanted if words
    )


def _used(arguments: Sequence[str], uses: tuple[str, ...]) -> bool:
    """Whether the subcommand is one of ``uses``; "" among them allows that there is none."""
    words = [arguments[at] for at in _places(arguments) if not arguments[at].startswith("-")]
    return _begins_with(arguments, uses) if words else "" in uses


def _places(arguments: Sequence[str]) -> Iterator[int]:
    after_option = True
    for at, word in enumerate(arguments):
        if word == "--":
            return
        option = word.startswith("-")
        yield at
        if not option and not after_option:
            return
        if not option and at == 0:
            return
        after_option = option and "=" not in word
