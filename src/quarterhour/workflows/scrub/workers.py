"""Those who do the work: threads of this process, or several processes, each with policy and rules loaded once."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any, Final

import pyarrow as pa

from quarterhour.workflows.scrub.wish import MOST_THREADS, Progress, Told

#: Does a task for every tuple of arguments, and gives the place of the tuple with what came of it, as it comes.
Crew = Callable[[Callable[..., Any], Sequence[tuple[Any, ...]]], Iterator[tuple[int, Any]]]
_KEPT: Final[dict[str, Any]] = {}


@contextmanager
def crew(processes: int, make: Callable[[], object], ways: object) -> Iterator[Crew]:
    """So many workers. A task gets its arguments and the ways, which every process makes for itself by ``make``."""
    if processes == 1:
        yield lambda task, calls: ((place, task(*call, ways)) for place, call in enumerate(calls))
    elif processes <= MOST_THREADS:
        with ThreadPoolExecutor(processes) as pool:
            yield lambda task, calls: _as_done([pool.submit(task, *call, ways) for call in calls])
    else:
        # Fresh processes: one that is copied from this would hold its memory and its locks.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(make,)) as pool:
            yield lambda task, calls: _as_done([pool.submit(_do, task, call) for call in calls])


def each(
    coming: Iterator[tuple[int, Any]], step: str, total: int | None, told: Told, lines: Callable[[Any], int]
) -> list[Any]:
    """What came of every task, in the order of the tasks."""
    found: dict[int, Any] = {}
    done = 0
    for place, result in coming:
        found[place] = result
        done += lines(result)
        told(Progress(step, done, total))
    return [found[place] for place in sorted(found)]


def _as_done(futures: Sequence[Future[Any]]) -> Iterator[tuple[int, Any]]:
    """Places and results as they come. What has come is let go of; if one fails, what has not begun is left."""
    places = {future: place for place, future in enumerate(futures)}
    try:
        for future in as_completed(list(places)):
            yield places.pop(future), future.result()
    finally:
        for future in places:
            future.cancel()


@contextmanager
def one_store() -> Iterator[None]:
    """Have Arrow take its memory where NumPy takes it, so that either can have what the other has let go of."""
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


def _begin(make: Callable[[], object]) -> None:
    pa.set_memory_pool(pa.system_memory_pool())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _KEPT["ways"] = make()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: Callable[..., Any], call: tuple[Any, ...]) -> Any:
    return task(*call, _KEPT["ways"])
