"""The plan of a run, kept in its work folder: what is read in which pieces, and how many parts it is dealt into.

A run that was stopped goes on by its plan; one of other files, other policy or other options is refused, since its
parts would not fit together.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.version import VERSION
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.scrub.source import CLAIM_KINDS, File, Kind
from quarterhour.workflows.scrub.steps import write_whole

_PLAN: Final = "plan.json"
_MOST_PARTS: Final = 2_000
#: The columns of so many lines stay in a processor's cache from one step to the next.
_CACHED: Final = 100_000
#: A part that is dealt has to be put together from every piece, so it is worth being larger.
_PUT_TOGETHER: Final = 200_000
#: The row groups of every file in runs.
Closed = Sequence[Sequence[tuple[int, ...]]]
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

    ``whole`` says that every piece holds all rows of its patients, and so is a part by itself: nothing is dealt.
    Otherwise rows are dealt into ``parts``, claims into ``claim_parts``.
    """

    version: str
    files: tuple[File, ...]
    options: dict[str, Any]
    pieces: tuple[Piece, ...]
    parts: int
    claim_parts: int
    lines_at_once: int
    whole: bool = False


def plan_of(files: Sequence[File], options: dict[str, Any], lines_at_once: int, closed: Closed | None = None) -> Plan:
    """Part the work so that a worker holds at most so many lines, about.

    ``closed`` are the row groups of every file in runs outside of which no patient of theirs recurs, if that is known.
    """
    if closed is not None and (whole := _whole(files, closed, lines_at_once)):
        return Plan(VERSION, tuple(files), options, tuple(whole), len(whole), 0, lines_at_once, whole=True)
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
        max(1, min(_MOST_PARTS, -(-lines // min(lines_at_once, _PUT_TOGETHER))))
        for lines in (rows, claim_lines * _A_CLAIM_LINE)
    )
    return Plan(VERSION, tuple(files), options, tuple(pieces), parts, claim_parts, lines_at_once)


def _whole(files: Sequence[File], closed: Closed, lines_at_once: int) -> list[Piece]:
    """Pieces of whole patients, each of as many runs as stay in a processor's cache."""
    pieces: list[Piece] = []
    for number, (file, runs) in enumerate(zip(files, closed, strict=True)):
        row, held, groups = 0, 0, list[int]()
        for run in runs:
            lines = sum(file.groups[place] for place in run)
            if groups and held + lines > min(lines_at_once, _CACHED):
                pieces.append(Piece(len(pieces), number, file.path, file.kind, row, tuple(groups)))
                row, held, groups = row + held, 0, []
            groups += run
            held += lines
        if groups:
            pieces.append(Piece(len(pieces), number, file.path, file.kind, row, tuple(groups)))
    return pieces


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
