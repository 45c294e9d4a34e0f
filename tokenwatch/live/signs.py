"""Signs: what a session's events tell of a run that may have got out of hand.

Owns counting repeats, compactions, failures, polls and the time in turns since a person typed. Does not own what the
numbers mean (alerts) or tokens and money (insight). Bounded; of arguments it keeps one hash of the last call.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

import msgspec

from tokenwatch.base.session import Signs
from tokenwatch.readers.protocol import TurnEvent, TurnKind

SPAWNED_MS: Final = 10 * 60_000
COMPACTED_MS: Final = 30 * 60_000
POLLED_MS: Final = 30 * 60_000
FAILED_MS: Final = 5 * 60_000
LONGEST_GAP_MS: Final = 10 * 60_000
"""Between two events of one turn no more than this counts as work: the computer may have slept."""

_STEP_MS: Final = 60_000
"""Whole minutes, so that nothing changes at every look."""

_MOST_TIMES: Final = 256
_POLLS: Final = frozenset(
    ("wait", "wait_agent", "bashoutput", "taskoutput", "agentoutputtool", "check_command_status")
)
_RESPONDED: Final = frozenset((TurnKind.PROMPT, TurnKind.TOOL_CLOSED))
"""Each makes the model respond once more."""


def _times() -> deque[int]:
    return deque(maxlen=_MOST_TIMES)


class Run(msgspec.Struct):
    """One voice's events, taken in the order of the log."""

    last_prompt: int | None = None
    """When a person last typed something, as far as the log was read."""
    polls: deque[int] = msgspec.field(default_factory=_times)
    _turns_ms: int = 0
    _latest: int = 0
    _compactions: deque[int] = msgspec.field(default_factory=_times)
    _failures: deque[int] = msgspec.field(default_factory=_times)
    _call: int = 0
    _repeated: int = 0
    _responses: int = 0
    _between: int | None = None
    _compacted: bool = False

    def take(self, event: TurnEvent, time: int, in_turn: bool) -> None:
        """``time`` is not in the future; ``in_turn``: a turn was open before the event."""
        if in_turn and time > self._latest:
            self._turns_ms += min(time - self._latest, LONGEST_GAP_MS)
        self._latest = max(self._latest, time)
        self._responses += event.kind in _RESPONDED
        match event.kind:
            case TurnKind.PROMPT if event.typed:
                self.last_prompt, self._turns_ms = time, 0
                self._call = self._repeated = 0
            case TurnKind.TOOL_OPEN if event.tool.lower() in _POLLS:
                self.polls.append(time)
            case TurnKind.TOOL_OPEN if event.call:
                self._repeated = self._repeated + 1 if event.call == self._call else 1
                self._call = event.call
            case TurnKind.COMPACTED:
                self._between = self._responses if self._compacted else None
                self._compacted, self._responses = True, 0
                self._compactions.append(time)
            case TurnKind.FAILED:
                self._failures.append(time)

    def signs(self, now: int, in_turn: bool, spawned: Iterable[int], depth: int) -> Signs:
        """``spawned``: when sub-agents began; ``depth`` of those that run."""
        # The gap that is open now counts too, as far as it would count if it ended.
        gap = min(max(0, now - self._latest), LONGEST_GAP_MS) if in_turn and self._latest else 0
        return Signs(
            spawned=sum(now - SPAWNED_MS < began <= now for began in spawned),
            depth=depth,
            turns_ms=(self._turns_ms + gap) // _STEP_MS * _STEP_MS if self.last_prompt is not None else 0,
            compactions=_since(self._compactions, now - COMPACTED_MS),
            turns_between_compactions=self._between if _since(self._compactions, now - COMPACTED_MS) else None,
            repeated=self._repeated,
            errors=_since(self._failures, now - FAILED_MS),
        )


def _since(times: Iterable[int], begin: int) -> int:
    return sum(time > begin for time in times)
