"""Reconciling: each class of difference alone, that they always add up, and that nothing here is rescaled."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insight.conftest import CENT, Book, book_in
from tokenwatch.base.bill import BillCheck, BillLine, BillReport, Difference, Origin, ReportKind
from tokenwatch.base.clock import to_ms
from tokenwatch.base.settings import Billing, Settings
from tokenwatch.insight.reconcile import Here, Reconciled, checks, reconcile, same_model

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
DAY = date(2026, 10, 5)
OPUS = "claude-opus-4-5-20251101"
MAKERS = {"ann": "anthropic", "oli": "openai", "any": ""}


def made(
    kind: ReportKind, *lines: tuple[str, str, int] | BillLine, tier: str = "standard", **more: object
) -> BillReport:
    """A report with lines of (model, part, amount) on one day."""
    found = tuple(
        line if isinstance(line, BillLine) else BillLine(DAY, line[0], line[1], tier, line[2]) for line in lines
    )
    fields = {"provider": "anthropic", "origin": Origin.API, "first": FIRST, "last": LAST, "as_of": 1, **more}
    return BillReport(kind=kind, lines=found, **fields)  # type: ignore[arg-type]


def usage(*lines: tuple[str, str, int] | BillLine, **more: object) -> BillReport:
    return made(ReportKind.USAGE, *lines, **more)  # type: ignore[arg-type]


def cost(*lines: tuple[str, str, int] | BillLine, **more: object) -> BillReport:
    return made(ReportKind.COST, *lines, **more)  # type: ignore[arg-type]


@pytest.fixture
def book(tmp_path):
    """Use of long before, so that October is known."""
    with book_in(tmp_path) as opened:
        opened.use("2026-09-01 12:00", 1, model="m")
        yield opened


def about(settings: Settings | None = None, today: str = "2026-11-15 12:00") -> Here:
    return Here(settings or Settings(), MAKERS, to_ms(datetime.fromisoformat(today).replace(tzinfo=UTC)))


def found(book: Book, *reports: BillReport, provider: str = "anthropic", here: Here | None = None) -> Reconciled:
    book.ledger.enter_bills(reports)
    known = book.queries.bill_days(FIRST, LAST)
    result = reconcile(book.queries, known, provider, FIRST, LAST, here or about())
    assert result is not None
    adds_up(result.check)
    return result


def adds_up(check: BillCheck) -> None:
    assert sum(nano for _, nano in check.differences) == check.billed - check.here


def reasons(result: Reconciled) -> dict[Difference, int]:
    return dict(result.check.differences)


def test_nothing_known_is_nothing_to_say(book: Book) -> None:
    assert reconcile(book.queries, [], "anthropic", FIRST, LAST, about()) is None
    assert checks(book.queries, FIRST, LAST, about()) == ()


def test_the_same_on_both_sides_has_no_difference(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model=OPUS)
    result = found(book, usage((OPUS, "output", 100)), cost((OPUS, "output", 100 * CENT)))
    assert reasons(result) == {}
    assert (result.check.billed, result.check.here, result.check.coverage) == (100 * CENT, 100 * CENT, 1.0)


def test_names_of_one_model_meet(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model="claude-opus-4-5")
    result = found(book, usage((OPUS, "output", 100)), cost(("Claude Opus 4.5", "output", 100 * CENT)))
    assert reasons(result) == {}
    assert [cell.model for cell in result.cells] == [OPUS]


def test_what_others_used_is_elsewhere_and_lowers_the_coverage(book: Book) -> None:
    book.use("2026-10-05 12:00", 60, model=OPUS)
    result = found(book, usage((OPUS, "output", 100)), cost((OPUS, "output", 100 * CENT)))
    assert reasons(result) == {Difference.ELSEWHERE: 40 * CENT}
    assert result.check.coverage == 0.6
    assert result.check.here == 60 * CENT


def test_a_model_that_was_never_used_here_is_elsewhere(book: Book) -> None:
    result = found(book, usage((OPUS, "output", 9)), cost((OPUS, "output", 9 * CENT)))
    assert reasons(result) == {Difference.ELSEWHERE: 9 * CENT}


def test_what_no_bill_knows_is_not_billed(book: Book) -> None:
    book.use("2026-10-05 12:00", 7, model=OPUS)
    assert reasons(found(book, usage(), cost())) == {Difference.NOT_BILLED: -7 * CENT}


def test_what_is_used_in_a_plan_is_on_no_bill_and_in_no_difference(book: Book) -> None:
    book.use("2026-10-05 12:00", 7, model=OPUS)
    plan = Settings(billing=(("ann", Billing("plan", 0)),))
    result = found(book, usage(), cost(), here=about(plan))
    assert reasons(result) == {}
    assert (result.check.here, result.check.plan_tokens) == (0, 7)


def test_before_the_first_record_nobody_counted(book: Book) -> None:
    august = (date(2026, 8, 1), date(2026, 8, 31))
    line = BillLine(date(2026, 8, 3), OPUS, "output", "standard", 5 * CENT)
    book.ledger.enter_bills([cost(line, first=august[0], last=august[1])])
    check = reconcile(book.queries, book.queries.bill_days(*august), "anthropic", *august, about())
    assert check is not None
    assert reasons(check) == {Difference.BEFORE: 5 * CENT}


def test_today_is_provisional(book: Book) -> None:
    result = found(
        book, usage((OPUS, "output", 9)), cost((OPUS, "output", 9 * CENT)), here=about(today="2026-10-05 23:00")
    )
    assert reasons(result) == {Difference.PROVISIONAL: 9 * CENT}


def test_use_without_a_price_is_said(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model="unknown")
    result = found(book, usage(("unknown", "output", 100)), cost(("unknown", "output", 500 * CENT)))
    assert reasons(result) == {Difference.UNPRICED: 500 * CENT}
    assert result.cells[0].unpriced == 1


def test_the_same_tokens_for_less_are_a_discount(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model=OPUS)
    result = found(book, usage((OPUS, "output", 100)), cost((OPUS, "output", 80 * CENT)))
    assert reasons(result) == {Difference.DISCOUNT: -20 * CENT}


def test_the_same_tokens_for_more_are_dearer(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model=OPUS)
    result = found(book, usage((OPUS, "output", 100)), cost((OPUS, "output", 110 * CENT)))
    assert reasons(result) == {Difference.DEARER: 10 * CENT}


def test_less_than_half_a_cent_is_rounding(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model=OPUS)
    result = found(book, usage((OPUS, "output", 100)), cost((OPUS, "output", 100 * CENT - 7)))
    assert reasons(result) == {Difference.ROUNDING: -7}


def test_batches_cost_less(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model=OPUS)
    result = found(book, usage((OPUS, "output", 100), tier="batch"), cost((OPUS, "output", 50 * CENT), tier="batch"))
    assert reasons(result) == {Difference.BATCH: -50 * CENT}


def test_priority_is_used_and_in_no_cost_report(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model=OPUS)
    result = found(book, usage((OPUS, "output", 100), tier="priority"), cost())
    assert reasons(result) == {Difference.PRIORITY: -100 * CENT}


def test_charges_for_tools_are_no_tokens(book: Book) -> None:
    result = found(book, usage(), cost(("code_execution", "other", 3 * CENT)))
    assert reasons(result) == {Difference.TOOLS: 3 * CENT}


def test_searches_belong_to_the_models_that_searched(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model=OPUS)
    searched = usage((OPUS, "output", 100), (OPUS, "web_search", 3), ("claude-haiku-4-5", "web_search", 1))
    result = found(book, searched, cost((OPUS, "output", 100 * CENT), ("", "web_search", 4 * CENT)))
    assert reasons(result) == {Difference.TOOLS: 3 * CENT, Difference.ELSEWHERE: 1 * CENT}


def test_amounts_alone_are_not_explained(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model=OPUS)
    result = found(book, cost((OPUS, "output", 130 * CENT)))
    assert reasons(result) == {Difference.UNKNOWN: 30 * CENT}
    assert result.check.coverage is None


def test_usage_alone_gives_the_coverage_and_no_money(book: Book) -> None:
    book.use("2026-10-05 12:00", 50, model=OPUS)
    result = found(book, usage((OPUS, "output", 200)))
    assert (result.check.known_days, result.check.billed, result.check.coverage) == (0, 0, 0.25)


def test_days_are_those_of_utc(book: Book) -> None:
    book.use("2026-10-05 00:00", 1, model=OPUS)
    book.use("2026-10-05 23:59", 2, model=OPUS)
    book.use("2026-10-06 00:00", 4, model=OPUS)
    result = found(book, usage(), cost())
    assert {cell.day.day: cell.here.total for cell in result.cells} == {5: 3, 6: 4}


def test_a_late_correction_changes_the_comparison(book: Book) -> None:
    book.use("2026-10-05 12:00", 100, model=OPUS)
    before = found(book, usage((OPUS, "output", 100)), cost((OPUS, "output", 100 * CENT)))
    after = found(book, usage((OPUS, "output", 120), as_of=2), cost((OPUS, "output", 120 * CENT), as_of=2))
    assert (reasons(before), reasons(after)) == ({}, {Difference.ELSEWHERE: 20 * CENT})


@pytest.mark.parametrize(
    ("agent", "provider", "model", "whose"),
    [
        ("ann", "", "m", "anthropic"),
        ("ann", "amazon-bedrock", "m", ""),
        ("oli", "", "m", "openai"),
        ("any", "", "gpt-5.4", "openai"),
        ("any", "", "openrouter/claude-x", "anthropic"),
        ("any", "", "kimi-k2", ""),
        ("unheard-of", "openai", "m", "openai"),
    ],
)
def test_records_stand_beside_the_bill_of_their_provider(
    book: Book, agent: str, provider: str, model: str, whose: str
) -> None:
    book.use("2026-10-05 12:00", 5, agent=agent, provider=provider, model=model)
    for name in ("anthropic", "openai"):
        result = found(book, cost(provider=name), provider=name)
        assert result.check.here == (5 * CENT if name == whose else 0)


def test_claude_code_of_the_organisation_counts_people(book: Book) -> None:
    people = made(ReportKind.CLAUDE_CODE, ("", "people", 4), tier="api")
    assert found(book, cost(), people).check.people == 4


def test_people_alone_are_no_bill(book: Book) -> None:
    people = made(ReportKind.CLAUDE_CODE, ("", "people", 4), tier="api")
    book.ledger.enter_bills([people])
    known = book.queries.bill_days(FIRST, LAST)
    assert reconcile(book.queries, known, "anthropic", FIRST, LAST, about()) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Claude Haiku 4.5", "claude-haiku-4-5-20251001"),
        ("gpt-5.4-2026-03-05", "gpt-5.4"),
        ("claude-sonnet-4-5[1m]", "claude-sonnet-4-5"),
        ("anthropic/claude-opus-4.5", "claude-opus-4-5@20251101"),
        ("claude-3-5-haiku-latest", "claude-3-5-haiku"),
    ],
)
def test_same_model(one: str, other: str) -> None:
    assert same_model(one) == same_model(other)


@pytest.mark.parametrize(("one", "other"), [("gpt-5.4", "gpt-5.4-mini"), ("claude-opus-4-5", "claude-opus-4-6")])
def test_other_models_stay_apart(one: str, other: str) -> None:
    assert same_model(one) != same_model(other)


amount = st.integers(0, 500)
side = st.tuples(amount, amount, amount)
tiers = st.sampled_from(["standard", "batch", "priority"])


@given(here=side, billed=side, prices=st.tuples(*[st.integers(0, 3 * CENT)] * 3), tools=amount, tier=tiers)
def test_the_classes_always_add_up(tmp_path_factory, here, billed, prices, tools, tier) -> None:
    parts = ("input", "cache_read", "output")
    with book_in(tmp_path_factory.mktemp("book")) as book:
        book.use("2026-09-01 12:00", 1, model="m")
        book.use("2026-10-05 12:00", here[2], model=OPUS, input=here[0], cache_read=here[1])
        result = found(
            book,
            usage(*((OPUS, part, count) for part, count in zip(parts, billed, strict=True)), tier=tier),
            cost(
                *((OPUS, part, count * price) for part, count, price in zip(parts, billed, prices, strict=True)),
                ("storage", "other", tools),
                tier=tier,
            ),
        )
        assert result.check.here == sum(here) * CENT
        assert result.check.coverage is None or 0 <= result.check.coverage <= 1
