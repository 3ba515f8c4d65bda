"""The kernels, interpreted for a visit or a few and compiled for many, from the same source.

Numba is an extra: without it everything runs interpreted, with the same results. Compiled forms are cached on disk.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable
from typing import Any, Final

import numpy as np

#: From so many rows on, compiling (or loading what was compiled) pays for itself.
ENOUGH: Final = 20_000
#: Of many rows at most one in so many is part of what is found, about; of few every one may be.
_FOUND_OF, _FEW_FOUND = 8, 64


def kernel(function: Callable[..., Any], rows: int) -> tuple[Callable[..., Any], bool]:
    """The kernel to use for that many rows, and whether it wants arrays (True) or lists (False)."""
    if rows >= ENOUGH and importlib.util.find_spec("numba"):
        return _compile(function), True
    return function, False


@functools.cache
def _compile(function: Callable[..., Any]) -> Callable[..., Any]:
    import numba

    compiled: Callable[..., Any] = numba.njit(cache=True, nogil=True)(function)
    return compiled


def first_room(rows: int) -> int:
    """Room for what a kernel may find among so many rows: mostly enough, and it says when it is not."""
    return min(rows, _FEW_FOUND + rows // _FOUND_OF)


def run(
    function: Callable[..., Any], rows: int, *arguments: Any, fills: tuple[int, ...]
) -> tuple[Any, list[np.ndarray]]:
    """Run a kernel on array arguments, then new sequences of the lengths ``fills`` for it to fill.

    Returns what the kernel returned and the filled sequences as arrays.
    """
    chosen, wants_arrays = kernel(function, rows)
    if wants_arrays:
        filled: list[Any] = [np.zeros(length, dtype=np.int64) for length in fills]
        result = chosen(*(np.asarray(a) if isinstance(a, list | memoryview) else a for a in arguments), *filled)
        return result, filled
    plain = [a.tolist() if isinstance(a, np.ndarray) else a for a in arguments]
    lists = [[0] * length for length in fills]
    result = chosen(*plain, *lists)
    return result, [np.array(one, dtype=np.int64) for one in lists]
