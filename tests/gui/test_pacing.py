"""At most one notification a minute, the newest of each kind, and none that is no longer true."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.gui import samples
from tokenwatch.base.snapshot import Alert, Urgency
from tokenwatch.gui.pacing import GAP_SECONDS, SAME_KIND_SECONDS, Pacing


def alert(key: str, rule: str = "", replaces: str = "", urgency: Urgency = Urgency.NORMAL) -> Alert:
    return replace(samples.alert(), key=key, rule=rule or key, replaces=replaces, urgency=urgency)


def offer(pacing: Pacing, *alerts: Alert) -> tuple[str, ...]:
    return pacing.offer(alerts, frozenset(each.key for each in alerts))


def taken(pacing: Pacing, now: float) -> str | None:
    notification = pacing.take(now)
    return None if notification is None else notification.alert.key


def test_first_is_shown_at_once() -> None:
    pacing = Pacing()
    assert pacing.wait(0) is None
    offer(pacing, alert("a"))
    assert pacing.wait(0) == 0
    assert taken(pacing, 0) == "a"
    assert taken(pacing, 1000) is None


def test_second_waits_for_its_minute() -> None:
    pacing = Pacing()
    offer(pacing, alert("a"), alert("b"))
    assert taken(pacing, 100) == "a"
    assert pacing.wait(110) == GAP_SECONDS - 10
    assert taken(pacing, 100 + GAP_SECONDS - 1) is None
    assert taken(pacing, 100 + GAP_SECONDS) == "b"


def test_most_urgent_goes_first_then_the_oldest() -> None:
    pacing = Pacing()
    offer(
        pacing, alert("low", urgency=Urgency.LOW), alert("one"), alert("two"), alert("now", urgency=Urgency.CRITICAL)
    )
    assert [taken(pacing, 100.0 * turn) for turn in range(4)] == ["now", "one", "two", "low"]


def test_newer_of_one_kind_takes_the_place_of_the_one_that_waits() -> None:
    pacing = Pacing()
    offer(pacing, alert("first"), alert("80", "budget"), alert("90", "budget"))
    assert taken(pacing, 0) == "first"
    assert taken(pacing, 100) == "90"
    assert taken(pacing, 200) is None


def test_same_kind_within_ten_minutes_replaces_the_former() -> None:
    pacing = Pacing()
    for now, replaces in ((0.0, False), (SAME_KIND_SECONDS, True), (2 * SAME_KIND_SECONDS + 1, False)):
        offer(pacing, alert(f"a{now}", "rate"))
        notification = pacing.take(now)
        assert notification is not None
        assert notification.replaces is replaces


def test_former_that_is_no_longer_true_stays_until_its_successor_comes() -> None:
    pacing = Pacing()
    offer(pacing, alert("80", "budget", "month"))
    taken(pacing, 0)
    assert pacing.offer((alert("100", "budget", "month"),), frozenset({"100"})) == ()
    notification = pacing.take(GAP_SECONDS)
    assert notification is not None
    assert (notification.replaces, notification.withdraws) == (True, False)


def test_former_that_is_neither_true_nor_replaced_goes_first() -> None:
    pacing = Pacing()
    offer(pacing, alert("one", "rate"))
    taken(pacing, 0)
    pacing.offer((alert("two", "rate"),), frozenset({"two"}))
    notification = pacing.take(SAME_KIND_SECONDS + 1)
    assert notification is not None
    assert (notification.replaces, notification.withdraws) == (False, True)


def test_former_goes_when_its_successor_is_no_longer_true_either() -> None:
    pacing = Pacing()
    offer(pacing, alert("80", "budget", "month"))
    taken(pacing, 0)
    pacing.offer((alert("100", "budget", "month"),), frozenset({"100"}))
    assert pacing.offer((), frozenset()) == ("month",)
    assert taken(pacing, 100) is None


def test_alerts_that_say_so_replace_each_other_at_any_time() -> None:
    pacing = Pacing()
    offer(pacing, alert("80", "budget", "month"))
    assert taken(pacing, 0) == "80"
    offer(pacing, alert("100", "budget", "month"))
    notification = pacing.take(9 * SAME_KIND_SECONDS)
    assert notification is not None
    assert notification.replaces
    assert notification.slot == "month"


def test_one_that_holds_no_more_is_withdrawn() -> None:
    pacing = Pacing()
    offer(pacing, alert("a"))
    taken(pacing, 0)
    assert pacing.offer((), frozenset({"a"})) == ()
    assert pacing.offer((), frozenset()) == ("a",)
    assert pacing.offer((), frozenset()) == ()


def test_one_that_holds_no_more_before_its_turn_is_never_shown() -> None:
    pacing = Pacing()
    offer(pacing, alert("a"), alert("b"))
    taken(pacing, 0)
    pacing.offer((), frozenset({"a"}))
    assert taken(pacing, 100) is None


def test_one_that_only_happened_is_not_withdrawn() -> None:
    pacing = Pacing()
    pacing.offer((alert("finished"),), frozenset())
    assert taken(pacing, 0) == "finished"
    assert pacing.offer((), frozenset()) == ()


def test_clearing_drops_what_waits() -> None:
    pacing = Pacing()
    offer(pacing, alert("a"))
    pacing.clear()
    assert pacing.wait(0) is None


@given(st.lists(st.tuples(st.integers(0, 50), st.lists(st.integers(0, 8), max_size=4)), max_size=40))
def test_never_two_in_one_minute(steps: list[tuple[int, list[int]]]) -> None:
    pacing = Pacing()
    now, shown = 0.0, []
    for seconds, kinds in steps:
        now += seconds
        offer(pacing, *(alert(f"{now} {kind}", f"rule {kind}") for kind in kinds))
        if pacing.take(now) is not None:
            shown.append(now)
    assert all(later - earlier >= GAP_SECONDS for earlier, later in pairwise(shown))
