"""How far a long run has come, on standard error: a bar on a terminal, now and then a line everywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from quarterhour.cli.output import message

if TYPE_CHECKING:
    from quarterhour.workflows.scrub import Progress
    from quarterhour.workflows.scrub.wish import Told

#: Seconds between two lines.
_PAUSE: Final = 5.0


@contextmanager
def shown() -> Iterator[Told]:
    """Show what is told."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        clock = _Clock()
        tasks: dict[str, Any] = {}

        def told(progress: Progress) -> None:
            if progress.step not in tasks:
                tasks[progress.step] = bars.add_task(progress.step, total=progress.total, rate="")
            rate = _rate(progress.done, clock.passed(progress.step))
            bars.update(tasks[progress.step], completed=progress.done, rate=rate)

        yield told


class _Clock:
    """How long the present step has taken: it began when the one before it told for the last time."""

    def __init__(self) -> None:
        self._step, self._begun, self._last = "", time.monotonic(), time.monotonic()

    def passed(self, step: str) -> float:
        """Seconds since the step began."""
        if step != self._step:
            self._step, self._begun = step, self._last
        self._last = time.monotonic()
        return self._last - self._begun


class _Lines:
    """A line when a step begins to tell, every few seconds, and when it is done."""

    def __init__(self) -> None:
        self._clock, self._step, self._told = _Clock(), "", 0.0

    def __call__(self, progress: Progress) -> None:
        """Tell, if it is time to."""
        passed, now = self._clock.passed(progress.step), time.monotonic()
        if progress.step == self._step and now - self._told < _PAUSE and progress.done != progress.total:
            return
        self._step, self._told = progress.step, now
        left = ""
        if progress.total and 0 < progress.done < progress.total:
            left = f", about {passed * (progress.total / progress.done - 1):.0f} s left"
        whole = f" of {progress.total:,}" if progress.total else ""
        message(f"{progress.step}: {progress.done:,}{whole}, {_rate(progress.done, passed)}{left}")


def _rate(done: int, seconds: float) -> str:
    return f"{done / max(seconds, 0.001):,.0f} a second"
