"""Amp: where it kept its threads, how its processes look, and what a thread's document means.

Owns all that bears on this agent. Other programs are called amp: path or script decide. It keeps no registry of what
runs.

Facts: since the spring of 2026 threads live on the server, and the documents are history. A thread's ledger has an
event for each call, without what was read from a cache or written to it; that stands with the message that the call
gave. Counts do not overlap. Threads from before the ledger have only their messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Record, Signature, identity
from tokenwatch.readers.document import not_decoded
from tokenwatch.readers.entry import Entry
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import folders_of, xdg_data
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root

AGENT: Final = Agent(
    id="amp",
    name="Amp",
    short_name="Amp",
    letter="A",
    provider="amp",
    signature=Signature(
        paths=(
            r"/@(ampcode|sourcegraph)/[^/]+/bin/amp(\.exe)?$",
            r"/\.amp/(.*/)?bin/amp(\.exe)?$",
            r"/\.local/bin/amp$",
            r"/Cellar/amp[^/]*/(.*/)?amp$",
        ),
        scripts=(
            r"/@(ampcode|sourcegraph)/[^/]+/(.*/)?[^/]+\.js$",
            r"/bin/amp$",
        ),
        not_arguments=(
            "login",
            "logout",
            "update",
            "tools",
            "mcp",
            "doctor",
            "permissions",
            "skill",
            "skills",
            "usage",
            "help",
            "version",
            "--version",
            "-V",
            "--help",
            "-h",
        ),
    ),
    unknown="Threads since the spring of 2026 are kept on Amp's server and cannot be seen here.",
)

_EVENT: Final = 0
_MESSAGE: Final = 1
"""Marks: an event of the ledger, or a message, which counts only if the thread has no ledger."""


class Amp(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for home in folders_of(paths, "AMP_DATA_DIR") or [xdg_data(paths) / "amp"]:
            yield Root(AGENT.id, home / "threads", _is_thread, Kind.DOCUMENT, depth=0)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        thread = Entry.of(part.data)
        if thread is None:
            return not_decoded(part.data, carry)
        return ReadResult(list(_records(part, thread)), carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return [entry for entry in family if entry.mark == _EVENT] or family


READER: Final = Amp()


def _records(part: Part, thread: Entry) -> Iterator[Record]:
    session = thread.text("id") or part.source.relative.removesuffix(".json")
    family = identity(AGENT.id, "thread", session)
    project, branch = _place(thread)
    begun = thread.time("created") or part.modified
    answers = {}
    for message in thread.entries("messages"):
        usage, number = message.inside("usage"), message.count("messageId")
        if message.text("role") != "assistant" or not usage:
            continue
        answers[number] = usage
        context = Context(AGENT.id, session, usage.text("model"), project=project, branch=branch)
        time = usage.time("timestamp") or message.inside("meta").time("sentAt") or begun
        read, written = _cached(usage)
        output = usage.count("outputTokens")
        if usage.count("inputTokens") or read or written or output:
            variant = identity("message", number)
            given = usage.count("inputTokens")
            yield Record(context, family, variant, time, given, read, written, 0, output, mark=_MESSAGE)
    for place, event in enumerate(thread.inside("usageLedger").entries("events")):
        tokens, usage = event.inside("tokens"), Entry({})
        if "toMessageId" in event:
            # What was cached belongs to one call, also if several led to one message.
            usage = answers.pop(event.count("toMessageId"), usage)
        context = Context(AGENT.id, session, event.text("model"), project=project, branch=branch)
        read, written = _cached(usage)
        variant = identity("event", event.text("id") or place)
        output = tokens.count("output")
        time = event.time("timestamp") or begun
        yield Record(context, family, variant, time, tokens.count("input"), read, written, 0, output)


def _cached(usage: Entry) -> tuple[int, int]:
    """(read, written)"""
    return usage.count("cacheReadInputTokens"), usage.count("cacheCreationInputTokens")


def _place(thread: Entry) -> tuple[str, str]:
    """(project, branch) of the first folder that the thread worked in."""
    trees = thread.inside("env", "initial").entries("trees")
    if not trees:
        return "", ""
    parts = urlsplit(trees[0].text("uri"))
    path = unquote(parts.path) if parts.scheme == "file" else ""
    branch = trees[0].inside("repository").text("ref").removeprefix("refs/heads/")
    return (path[1:] if path[2:3] == ":" else path), branch


def _is_thread(relative: str) -> bool:
    return relative.startswith("T-") and relative.endswith(".json")
