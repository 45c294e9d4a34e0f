"""Oh My Pi: pi's format, with a title before the header and sub-agents' files in their session's folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.readers.conftest import Bench, lines
from tests.readers.test_pi import FORK, SESSION, header, said
from tokenwatch.base.paths import Paths
from tokenwatch.base.usage import Rank
from tokenwatch.readers.omp import READER

AGENT = "omp"
Make = Callable[..., Bench]


def test_a_title_before_the_header_hides_nothing(bench: Make) -> None:
    came = lines({"type": "title", "title": "words"}, header(), said("a1", response="msg_X"))
    (record,) = bench().read([("-shop/2026-03-02T09-00-00-000Z_x.jsonl", came)]).records
    assert (record.session, record.output, record.context.agent) == (SESSION, 80, AGENT)


def test_a_sub_agent_belongs_to_the_session_whose_folder_it_is_in(bench: Make) -> None:
    name = f"-shop/2026-03-02T09-00-00-000Z_{SESSION}/0-Explore.jsonl"
    (record,) = bench().read([(name, lines(header(FORK), said("a1")))]).records
    assert (record.session, record.context.agent_id, record.context.rank) == (SESSION, FORK, Rank.SUB_AGENT)


def test_sessions_are_looked_for_in_its_own_folder(tmp_path: Path) -> None:
    assert [root.path for root in READER.roots(Paths.below(tmp_path))] == [tmp_path / ".omp" / "agent" / "sessions"]
