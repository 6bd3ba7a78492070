"""A time limit on work in this thread: a text that drives a pattern into the ground must not hold up a run."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(Exception):
    """Raised inside the work when its seconds are over."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """TooLong after so many seconds of processor time, also inside a regular expression; a busy machine changes nothing. Only the
    main thread can be interrupted; elsewhere, and where the system has no timers, the work runs on."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise TooLong
