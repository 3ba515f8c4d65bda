"""Those who do the work: this process by itself, or several, each with the policy and the rules loaded once."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any, Final

#: Does a task for every tuple of arguments, and gives the place of the tuple with what came of it, as it comes.
Crew = Callable[[Callable[..., Any], Sequence[tuple[Any, ...]]], Iterator[tuple[int, Any]]]
_KEPT: Final[dict[str, Any]] = {}


@contextmanager
def crew(processes: int, make: Callable[[], object], ways: object) -> Iterator[Crew]:
    """So many workers. A task gets its arguments and the ways, which every worker makes for itself by ``make``."""
    if processes == 1:
        yield lambda task, calls: ((place, task(*call, ways)) for place, call in enumerate(calls))
        return
    # Fresh processes: one that is copied from this would hold its memory and its locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(make,)) as pool:

        def work(task: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
            places = {pool.submit(_do, task, call): place for place, call in enumerate(calls)}
            try:
                for future in as_completed(places):
                    yield places.pop(future), future.result()
            finally:
                for future in places:
                    future.cancel()

        yield work


def _begin(make: Callable[[], object]) -> None:
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
