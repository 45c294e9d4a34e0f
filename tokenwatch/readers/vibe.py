"""Mistral Vibe: where it keeps its sessions, how its processes look, and its reader.

Owns places, the agent's description and what the document of a session means. Other programs are called vibe: only a
script of that name in a folder of programs counts.

Facts: beside a session's messages stands a document that is written anew, with the running total of the session.
What was read from a cache is part of the prompt, and is told by newer versions only. A sub-agent has a folder and a
document of its own, below that of the session that started it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Agent, Context, Rank, Record, Signature, identity
from tokenwatch.readers.document import not_decoded
from tokenwatch.readers.entry import Entry, without_cached
from tokenwatch.readers.log_reader import LogReader
from tokenwatch.readers.places import homes
from tokenwatch.readers.protocol import Carry, Kind, Part, ReadResult, Root
from tokenwatch.readers.running_total import differences, snapshot

AGENT: Final = Agent(
    id="vibe",
    name="Mistral Vibe",
    short_name="Vibe",
    letter="V",
    provider="mistral",
    signature=Signature(
        scripts=(r"/bin/vibe$",),
        not_arguments=(
            "--setup",
            "--check-upgrade",
            "--version",
            "-v",
            "--help",
            "-h",
        ),
    ),
    unknown="It writes sums of sessions, not calls; older versions do not tell what was cached.",
)

_ABOUT: Final = "meta.json"
_SUB_AGENTS: Final = "agents"


class Vibe(LogReader):
    """The reader; see ``protocol.Reader``."""

    agent = AGENT

    def roots(self, paths: Paths) -> Iterable[Root]:
        for home in homes(paths, "VIBE_HOME", default=paths.home / ".vibe"):
            yield Root(AGENT.id, home / "logs" / "session", _is_session, Kind.DOCUMENT, depth=3)

    def read(self, part: Part, carry: Carry) -> ReadResult:
        document = Entry.of(part.data)
        if document is None:
            return not_decoded(part.data, carry)
        record = _record(part, document)
        return ReadResult([] if record is None else [record], carry)

    def settle(self, family: Sequence[Record], known: Callable[[str], bool]) -> Sequence[Record]:
        return differences(family)


READER: Final = Vibe()


def _is_session(relative: str) -> bool:
    """``<session>/meta.json`` or ``<session>/agents/<sub-agent>/meta.json``"""
    *folders, name = relative.split("/")
    return name == _ABOUT and (len(folders) == 1 or (len(folders) == 3 and folders[1] == _SUB_AGENTS))


def _record(part: Part, document: Entry) -> Record | None:
    stats = document.inside("stats")
    prompt, output = stats.count("session_prompt_tokens"), stats.count("session_completion_tokens")
    if not (prompt or output):
        return None
    given, read, _ = without_cached(prompt, stats.count("session_cached_tokens"), 0)
    *above, folder, _ = part.source.relative.split("/")
    config, place = document.inside("config"), document.inside("environment")
    alias = config.text("active_model")
    model = next((each for each in config.entries("models") if each.text("alias") == alias), Entry({}))
    is_sub_agent = above[-1:] == [_SUB_AGENTS]
    session = document.text("session_id") or folder
    context = Context(
        AGENT.id,
        session,
        (model.text("name") or alias) if alias else "",
        agent_id=session if is_sub_agent else "",
        parent_session=document.text("parent_session_id"),
        project=place.text("working_directory"),
        branch=document.text("git_branch"),
        provider=model.text("provider"),
        rank=Rank.SUB_AGENT if is_sub_agent else Rank.MAIN,
        # How much of the prompt was cached is not told by older versions.
        estimated=int("session_cached_tokens" not in stats),
    )
    record = Record(
        context,
        identity(AGENT.id, "session", session),
        0,
        document.time("end_time") or part.modified,
        given,
        read,
        output=output,
        cost_reported=stats.dollars("session_cost") or None,
    )
    return snapshot(record, begun=document.time("start_time"))
