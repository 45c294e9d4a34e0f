"""The demo as an engine: it says what faces need of one, marks its numbers as made up, and ends when told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tokenwatch.base.snapshot import Snapshot
from tokenwatch.demo import history, story
from tokenwatch.demo.playing import Playing

PATIENCE = 30.0


class Heard:
    """Snapshots as they come, to wait for."""

    def __init__(self) -> None:
        self._came = threading.Condition()
        self.snapshots: list[Snapshot] = []

    def __call__(self, snapshot: Snapshot) -> None:
        with self._came:
            self.snapshots.append(snapshot)
            self._came.notify_all()

    def wait(self, check: Callable[[Snapshot], bool]) -> Snapshot:
        with self._came:
            found = self._came.wait_for(lambda: next(filter(check, self.snapshots[-1:]), None), PATIENCE)
        assert found is not None, "not in time"
        return found


@pytest.fixture
def playing(tmp_path: Path) -> Iterator[Playing]:
    made = Playing(tmp_path, speed=600.0)
    yield made
    made.stop()


def test_every_snapshot_is_marked_as_made_up(playing: Playing) -> None:
    heard = Heard()
    playing.subscribe(heard)
    playing.start()
    heard.wait(lambda snapshot: snapshot.figures.counts.open >= 3)
    assert all(snapshot.sample for snapshot in heard.snapshots)
    assert playing.latest() is not None


def test_an_alert_says_on_the_desktop_that_it_is_made_up(playing: Playing) -> None:
    heard = Heard()
    playing.subscribe(heard)
    playing.start()
    heard.wait(lambda snapshot: any(one.new_alerts for one in heard.snapshots))
    told = [alert.title for snapshot in heard.snapshots for alert in snapshot.new_alerts]
    assert told and all(title.startswith("Sample: ") and len(title) <= 40 for title in told)


def test_pause_holds_and_resume_counts_what_came_meanwhile(playing: Playing) -> None:
    heard = Heard()
    playing.subscribe(heard)
    playing.start()
    heard.wait(lambda snapshot: snapshot.figures.counts.open >= 2)
    playing.pause()
    held = heard.wait(lambda snapshot: snapshot.paused_since is not None)
    playing.resume()
    after = heard.wait(lambda snapshot: snapshot.paused_since is None and snapshot.figures.at > held.figures.at)
    assert after.figures.month.tokens > held.figures.month.tokens


def test_a_past_month_can_be_asked_for(playing: Playing) -> None:
    heard = Heard()
    playing.subscribe(heard)
    playing.start()
    heard.wait(lambda snapshot: snapshot.figures.month is not None)
    month = playing.month(history.TODAY.replace(month=5, day=1)).result(PATIENCE)
    assert month.label == "2026-05" and month.metered > 0


def test_the_hour_begins_again(playing: Playing) -> None:
    heard = Heard()
    playing.subscribe(heard)
    playing.start()
    heard.wait(lambda snapshot: snapshot.figures.at >= story.NOW)
    again = heard.wait(lambda snapshot: snapshot.figures.at == story.BEGIN and len(heard.snapshots) > 3)
    assert again.figures.month.today == history.TODAY


def test_it_can_begin_at_the_moment_of_the_pictures(tmp_path: Path) -> None:
    made = Playing(tmp_path, speed=1.0, until=story.NOW)
    heard = Heard()
    made.subscribe(heard)
    made.start()
    first = heard.wait(lambda snapshot: True)
    made.stop()
    assert first.figures.at >= story.NOW and first.figures.counts.waiting == 1
