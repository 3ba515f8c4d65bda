"""What is slow to make from files of this package and always the same, kept as JSON in the user's cache folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

_T = TypeVar("_T")


def _file(name: str) -> Path | None:
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = (Path(base) if base else Path.home() / ".cache") / "quarterhour" / "lexicon"
    except RuntimeError:  # no home folder
        return None
    return folder / f"{name}.json"


def kept(name: str, kind: type[_T], make: Callable[[], _T]) -> _T:
    """What is kept as ``name``, or what ``make`` makes, which is kept from then on where the folder can be written.

    ``name`` holds a digest of all it is made from and the number of its form.
    """
    file = _file(name)
    if file is not None:
        try:
            return msgspec.json.decode(file.read_bytes(), type=kind)
        except (OSError, ValueError):
            pass
    made = make()
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}.tmp")
            draft.write_bytes(msgspec.json.encode(made))
            draft.replace(file)
        except OSError:
            pass
    return made
