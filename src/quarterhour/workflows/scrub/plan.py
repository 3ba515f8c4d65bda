"""The plan of a run, kept in its work folder: what is read in which pieces, and how many parts it is dealt into.

A run that was stopped goes on by its plan; one of other files, other policy or other options is refused, since its
parts would not fit together.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.version import VERSION
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.scrub.source import CLAIM_KINDS, File, Kind

_PLAN: Final = "plan.json"
_MOST_PARTS: Final = 2_000
#: A line of a claim, which is judged as a record, takes as much memory as so many rows.
_A_CLAIM_LINE: Final = 4


class Piece(msgspec.Struct, frozen=True):
    """What one worker reads at a go: a file, or some row groups of it. ``row`` is its first row in the file."""

    number: int
    file: int
    path: str
    kind: Kind
    row: int = 0
    groups: tuple[int, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """What decides the answer (``files``, ``options``), and how the work is parted, which does not.

    Rows are dealt into ``parts``, claims into ``claim_parts``.
    """

    version: str
    files: tuple[File, ...]
    options: dict[str, Any]
    pieces: tuple[Piece, ...]
    parts: int
    claim_parts: int
    lines_at_once: int


def plan_of(files: Sequence[File], options: dict[str, Any], lines_at_once: int) -> Plan:
    """Part the work so that a worker holds at most so many lines, about."""
    pieces: list[Piece] = []
    for number, file in enumerate(files):
        if file.failure is not None:
            continue
        if not file.groups:
            pieces.append(Piece(len(pieces), number, file.path, file.kind))
            continue
        row, first, held = 0, 0, 0
        for place, rows in enumerate(file.groups):
            held += rows
            if held >= lines_at_once or place == len(file.groups) - 1:
                groups = tuple(range(first, place + 1))
                pieces.append(Piece(len(pieces), number, file.path, file.kind, row, groups))
                row, first, held = row + held, place + 1, 0
    rows = sum(file.lines for file in files if file.kind not in CLAIM_KINDS)
    claim_lines = sum(file.lines for file in files if file.kind in CLAIM_KINDS)
    parts, claim_parts = (
        max(1, min(_MOST_PARTS, -(-lines // lines_at_once))) for lines in (rows, claim_lines * _A_CLAIM_LINE)
    )
    return Plan(VERSION, tuple(files), options, tuple(pieces), parts, claim_parts, lines_at_once)


def begin(folder: Path, plan: Plan, *, resume: bool) -> Plan:
    """Lay the plan down in a new work folder, or take up the one that lies there.

    Raises:
        BadRequest: if the folder holds a run and ``resume`` is not asked for, or a run of something else.

    """
    kept = folder / _PLAN
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(kept, msgspec.json.encode(plan))
        return plan
    if not resume:
        msg = f"{folder} holds a run that was not finished: --resume goes on with it; remove the folder to start anew"
        raise BadRequest(msg)
    try:
        found = msgspec.json.decode(kept.read_bytes(), type=Plan)
    except msgspec.DecodeError:
        raise BadRequest(f"{kept} is not the plan of a run; remove {folder} to start anew") from None
    for what, mine, theirs in (
        ("the version of quarterhour", plan.version, found.version),
        ("the files named", [file.path for file in plan.files], [file.path for file in found.files]),
        ("what stands in the files", plan.files, found.files),
        *((name.replace("_", " "), value, found.options.get(name)) for name, value in plan.options.items()),
    ):
        if mine != theirs:
            msg = f"{folder} holds a run with something else ({what}); remove the folder to start anew"
            raise BadRequest(msg)
    return found


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    draft = path.with_name(path.name + ".draft")
    draft.write_bytes(content)
    os.replace(draft, path)  # noqa: PTH105 - replaces what an earlier try left
