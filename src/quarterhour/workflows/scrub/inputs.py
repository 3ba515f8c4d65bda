"""What was read, file by file, and what could not be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quarterhour.workflows.scrub.deal import FILE_SPAN, Dealt
from quarterhour.workflows.scrub.judge import MOST_SLIPS
from quarterhour.workflows.scrub.plan import Plan


def rows_of(plan: Plan, dealt: Sequence[Dealt]) -> list[int]:
    """How many rows every file has."""
    rows = [0] * len(plan.files)
    for piece, one in zip(plan.pieces, dealt, strict=True):
        rows[piece.file] += one.rows
    return rows


def inputs_of(plan: Plan, dealt: Sequence[Dealt]) -> list[dict[str, Any]]:
    """What was read: every file with its rows and its unknown columns."""
    rows = rows_of(plan, dealt)
    unknown: dict[int, dict[str, str | None]] = {}
    for piece, one in zip(plan.pieces, dealt, strict=True):
        unknown.setdefault(piece.file, {}).update(one.unknown)
    return [
        {"path": file.path, "kind": file.kind, "rows": rows[number], "unknown_columns": unknown.get(number, {})}
        for number, file in enumerate(plan.files)
    ]


def failures_of(plan: Plan, dealt: Sequence[Dealt]) -> dict[int, str]:
    """The files of which nothing could be read, by their numbers, and why."""
    failures = {number: file.failure for number, file in enumerate(plan.files) if file.failure}
    return failures | {piece.file: one.failure for piece, one in zip(plan.pieces, dealt, strict=True) if one.failure}


def errors_of(
    plan: Plan, dealt: Sequence[Dealt], found_slips: Sequence[tuple[int, str, str]]
) -> tuple[list[dict[str, Any]], int]:
    """What could not be read, file by file, of each the first so many slips; and how many files failed as a whole."""
    failures = failures_of(plan, dealt)
    slips = sorted(found_slips)
    found: list[dict[str, Any]] = []
    for number, file in enumerate(plan.files):
        if number in failures:
            found.append({"path": file.path, "row": None, "column": None, "message": failures[number]})
        of_file = [slip for slip in slips if slip[0] // FILE_SPAN == number]
        found += [
            {"path": file.path, "row": place % FILE_SPAN + 1, "column": column or None, "message": message}
            for place, column, message in of_file[:MOST_SLIPS]
        ]
    return found, len(failures)
