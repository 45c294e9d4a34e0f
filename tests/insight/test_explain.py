"""Explain: the parts of a figure beside the prices that hold for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest

from tests.ledger.conftest import HOUR, reading, record
from tokenwatch.base.usage import Estimate, Record
from tokenwatch.insight.explain import Why, explain, explain_request, explain_session
from tokenwatch.ledger.ledger import Ledger
from tokenwatch.ledger.queries import Queries
from tokenwatch.pricing.cost import Pricer

DAY = date(2026, 11, 20)
NOON = 1_795_176_000_000


def use(number: int, **changes: object) -> Record:
    return record(number, **{"model": "gpt-5.1", "time": NOON, **changes})


@pytest.fixture(scope="module")
def pricer(tmp_path_factory: pytest.TempPathFactory) -> Pricer:
    return Pricer(tmp_path_factory.mktemp("prices") / "prices.toml")


@pytest.fixture
def asked(tmp_path: Path, pricer: Pricer) -> Iterator[Queries]:
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger(path, pricer, {})
    long_sum = {"input": 1_000_000, "estimated": Estimate.SUM, "model": "gpt-5.5"}
    ledger.enter(
        [
            reading("/a", use(1), use(2, model="unheard-of"), use(3, **long_sum), use(4, time=NOON - 48 * HOUR)),
            reading("/b", use(1), use(5, session="child", parent_session="s1", agent_id="child", uncertain=True)),
        ],
        NOON,
    )
    ledger.close()
    queries = Queries(path)
    yield queries
    queries.close()


def test_a_day_is_explained_by_its_parts(asked: Queries, pricer: Pricer) -> None:
    found = explain(asked, pricer, Why(DAY, DAY), UTC)
    assert [(part.model, part.requests) for part in found.parts] == [
        ("gpt-5.5", 1),
        ("gpt-5.1", 2),
        ("unheard-of", 1),
    ]
    assert (found.what, found.requests, found.unpriced, found.uncertain, found.copies) == ("2026-11-20", 4, 1, 1, 1)
    assert dict(found.sources) == {"/a": 3, "/b": 1}
    assert found.single == ()


def test_a_sum_is_shown_with_the_price_that_it_was_given(asked: Queries, pricer: Pricer) -> None:
    part = explain(asked, pricer, Why(DAY, DAY), UTC).parts[0]
    assert part.row is not None
    assert len(part.row.bands) == 1
    assert part.row.nano(1_000_000, 5, 0, 0, 3) == part.listed


def test_filters_narrow_it_and_name_it(asked: Queries, pricer: Pricer) -> None:
    found = explain(asked, pricer, Why(None, DAY, agent="toy", model="gpt-5.1", project="/work/acme"), UTC)
    assert (found.requests, found.what) == (3, "2026-11-20, toy, gpt-5.1, /work/acme")
    assert explain(asked, pricer, Why(project="/else"), UTC).parts == ()


def test_a_session_is_explained_with_what_it_spawned(asked: Queries, pricer: Pricer) -> None:
    found = explain_session(asked, pricer, "s1", UTC)
    assert found is not None
    assert (found.what, found.requests, found.copies) == ("s1", 5, 1)
    child = explain_session(asked, pricer, "child", UTC)
    assert child is not None and child.requests == 1
    assert explain_session(asked, pricer, "none", UTC) is None


def test_the_dearest_requests_are_named_and_explained_by_their_number(asked: Queries, pricer: Pricer) -> None:
    found = explain(asked, pricer, Why(DAY, DAY), UTC, most=2)
    assert [request.model for request in found.single] == ["gpt-5.5", "gpt-5.1"]
    (told,) = explain_request(asked, found.single[0].number)
    assert (told.listed, told.sources) == (found.single[0].listed, ("/a",))
    twice = next(one for one in explain(asked, pricer, Why(DAY, DAY), UTC, 9).single if one.tokens.output == 1)
    (told,) = explain_request(asked, twice.number)
    assert told.sources == ("/a", "/b")
