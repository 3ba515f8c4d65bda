"""Steps that a run takes once however often it is taken up again, and files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.policy.lasting import sync_file, sync_folder

_Result = TypeVar("_Result")


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Where to write what becomes ``path`` when all of it is written; what stood there before stands until then.

    What is written lasts before it has its name, so that a file of that name is whole even after the machine went down.
    """
    draft = path.with_name(path.name + ".draft")
    yield draft
    sync_file(draft)
    draft.replace(path)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    with drafted(path) as draft:
        draft.write_bytes(content)


def write_array(path: Path, rows: NDArray[Any]) -> None:
    """Write rows of numbers so that the file is there whole or not at all."""
    with drafted(path) as draft, draft.open("wb") as stream:
        np.save(stream, rows)


def once(done: Path, kind: type[_Result], work: Callable[[], _Result]) -> _Result:
    """What ``done`` says came of a step, or what comes of it now, which ``done`` then says.

    A step whose ``done`` cannot be read, as a disk may leave it, is taken again.
    """
    with suppress(FileNotFoundError, msgspec.DecodeError):
        return msgspec.json.decode(done.read_bytes(), type=kind)
    result = work()
    # The files the step names have their names for good before it names them.
    sync_folder(done.parent)
    write_whole(done, msgspec.json.encode(result))
    return result
