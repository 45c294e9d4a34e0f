"""What a reader may return: everything that logs can hold, and nothing else."""

from __future__ import annotations

import msgspec
import pytest

from tokenwatch.base.limits import Quota
from tokenwatch.base.usage import Amendment, Context, Record
from tokenwatch.collect.soundness import check
from tokenwatch.readers.jsonl import MAX_COUNT
from tokenwatch.readers.protocol import ReadResult

CONTEXT = Context(agent="toy", session="s1", model="m1", project="/work/\N{SNOWMAN}")
RECORD = Record(CONTEXT, -(2**63), 2**63 - 1, 0, *[MAX_COUNT] * 7, cost_reported=5, mark=-1)


@pytest.mark.parametrize(
    "result",
    [
        ReadResult(),
        ReadResult([RECORD], b"carry", [Amendment("toy", 1, 2, 3, 4, 5, 6)], {"torn": 1}),
        ReadResult((RECORD, msgspec.structs.replace(RECORD, output=0))),
        ReadResult(quotas=[Quota("openai", "plus", "5h", 12.5, None, 7)]),
    ],
)
def test_what_logs_can_hold_is_sound(result: ReadResult) -> None:
    check(result)


@pytest.mark.parametrize("field", ["input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning"])
@pytest.mark.parametrize("value", [-1, 10**11, 2**63, 2**70, 1.5, "12", None])
def test_a_count_that_is_none_is_refused(field: str, value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        check(ReadResult([RECORD, msgspec.structs.replace(RECORD, **{field: value})]))


@pytest.mark.parametrize("field", ["family", "variant"])
@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, "12", None])
def test_an_identity_that_is_none_is_refused(field: str, value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        check(ReadResult([msgspec.structs.replace(RECORD, **{field: value})]))


@pytest.mark.parametrize("field", ["session", "model", "project"])
def test_text_that_is_no_unicode_is_refused(field: str) -> None:
    context = msgspec.structs.replace(CONTEXT, **{field: "half \udc80"})
    with pytest.raises(ValueError):
        check(ReadResult([RECORD, msgspec.structs.replace(RECORD, context=context)]))


@pytest.mark.parametrize(
    "result", [None, [], "text", ReadResult(carry="text"), ReadResult([None]), ReadResult(quotas=["\udc80"])]
)
def test_what_is_no_result_is_refused(result: object) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        check(result)
