"""The files somebody names: folders walked, standard input read, each file by itself, none stopping the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.interchange.errors import Defect, Unreadable
from quarterhour.interchange.visit_json import Reading, read, read_values
from quarterhour.workflows.errors import BadRequest

STANDARD_INPUT: Final = "-"
_LINES: Final = frozenset({".jsonl", ".ndjson"})
#: In a folder only these are looked at; a file named by itself is always read.
_IN_FOLDERS: Final = frozenset({".json", *_LINES})
_VISIT: Final = "visit"


class Input(msgspec.Struct, frozen=True):
    """One input as it was read. ``kind`` is None where nothing of it could be; ``path`` None for a Python value."""

    path: str | None
    kind: str | None
    reading: Reading = Reading((), ())

    @property
    def lines(self) -> int:
        """How many services its visits have."""
        return sum(len(one.visit.services) for one in self.reading.visits)


def of_values(values: Sequence[Any] | Any, *, payer_needed: bool) -> Input:
    """Visit records that are Python values.

    Raises:
        BadRequest: for a path, which is ``check_paths``' to read.

    """
    if isinstance(values, str | bytes | os.PathLike):
        raise BadRequest("expected visit records, got a text; a file is read by the command, quarterhour check PATH")
    try:
        return Input(None, _VISIT, read_values(values, payer_needed=payer_needed))
    except Unreadable as error:
        return Input(None, None, _nothing(error))


def of_paths(paths: Iterable[str | Path], *, payer_needed: bool) -> tuple[list[Input], list[str]]:
    """Read the files named, those in folders included; and the files of folders that were left aside by their name.

    Raises:
        BadRequest: if standard input is named twice.

    """
    named = [str(path) for path in paths]
    if named.count(STANDARD_INPUT) > 1:
        raise BadRequest("standard input can be read once")
    inputs: list[Input] = []
    aside: list[str] = []
    for name in named:
        if name != STANDARD_INPUT and Path(name).is_dir():
            for path in _walk(Path(name)):
                if path.suffix.lower() in _IN_FOLDERS:
                    inputs.append(_one(str(path), payer_needed=payer_needed))
                else:
                    aside.append(str(path))
        else:
            inputs.append(_one(name, payer_needed=payer_needed))
    return inputs, aside


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in order, hidden ones left out; links to folders are not followed."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(at) / name for name in sorted(files) if not name.startswith("."))


def _one(name: str, *, payer_needed: bool) -> Input:
    try:
        content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        return Input(name, _VISIT, read(content, lines=Path(name).suffix.lower() in _LINES, payer_needed=payer_needed))
    except FileNotFoundError:
        return Input(name, None, Reading((), (Defect("no such file or folder"),)))
    except OSError as error:
        return Input(name, None, Reading((), (Defect(f"cannot be read: {error.strerror or type(error).__name__}"),)))
    except Unreadable as error:
        return Input(name, None, _nothing(error))


def _nothing(error: Unreadable) -> Reading:
    return Reading((), (Defect(error.message, None, error.line, error.column),))
