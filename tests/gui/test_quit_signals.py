"""SIGTERM, SIGINT and SIGHUP wake Qt, and are given back afterwards."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tokenwatch.gui.quit_signals import QuitSignals

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a process cannot send itself these elsewhere")


@pytest.fixture
def signals(qtbot) -> Iterator[QuitSignals]:
    signals = QuitSignals()
    yield signals
    signals.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM)])
def test_signal_reaches_qt(qtbot, signals: QuitSignals, number: int) -> None:
    with qtbot.waitSignal(signals.received):
        os.kill(os.getpid(), number)


def test_other_signals_do_not_quit(qtbot, signals: QuitSignals) -> None:
    before = signal.signal(signal.SIGUSR1, lambda *_: None)
    try:
        with qtbot.assertNotEmitted(signals.received, wait=50):
            os.kill(os.getpid(), signal.SIGUSR1)
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_closing_gives_the_signals_back(qtbot) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    signals = QuitSignals()
    assert all(signal.getsignal(number) is not handler for number, handler in before.items())
    signals.close()
    assert {number: signal.getsignal(number) for number in before} == before
