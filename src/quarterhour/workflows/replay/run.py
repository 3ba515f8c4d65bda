"""The run: deal the input into parts as a scrub does, compare every part, and put together what is otherwise."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from quarterhour.domain.money import Cents
from quarterhour.version import VERSION
from quarterhour.workflows.asked import FORMAT, iso
from quarterhour.workflows.replay.compare import Compared, compare_part
from quarterhour.workflows.replay.report import Otherwise, amounts_of, not_checked
from quarterhour.workflows.replay.sides import Side
from quarterhour.workflows.replay.wish import Asked, Ways, ways_of
from quarterhour.workflows.scrub import deal
from quarterhour.workflows.scrub.deal import Dealt
from quarterhour.workflows.scrub.inputs import errors_of, inputs_of
from quarterhour.workflows.scrub.plan import Piece, Plan, plan_of
from quarterhour.workflows.scrub.sinks import format_of, writer
from quarterhour.workflows.scrub.source import files_of
from quarterhour.workflows.scrub.steps import drafted
from quarterhour.workflows.scrub.wish import Told
from quarterhour.workflows.scrub.workers import crew, each


def run(paths: Sequence[str | Path], out: Path | None, asked: Asked, told: Told) -> dict[str, Any]:
    """Replay files; see ``quarterhour.replay``."""
    suffix = None if out is None else format_of(out)
    ways = ways_of(asked)
    wish = msgspec.structs.replace(asked.scrub, today=iso(ways.scrub.today))
    # Workers must not look at the clock or the version in force again.
    asked = msgspec.structs.replace(asked, scrub=wish, one=ways.one.version, other=ways.other.version)
    files, skipped = files_of(paths, ways.scrub.mapping, claims=False)
    plan = plan_of(files, {}, wish.lines_at_once)
    with (
        tempfile.TemporaryDirectory(prefix="quarterhour-replay-", dir=wish.work) as folder,
        crew(wish.processes, partial(ways_of, asked), ways) as works,
    ):
        calls = [(piece, plan, Path(folder)) for piece in plan.pieces]
        expected = sum(file.lines for file in files)
        dealt = each(works(_deal, calls), "reading", expected, told, lambda one: one.rows)
        rows = [
            Path(folder) / deal.rows_file(piece, nth) for piece, one in enumerate(dealt) for nth in range(one.files)
        ]
        parts = [(part, rows) for part in range(plan.parts)]
        lines = sum(one.rows for one in dealt)
        compared = each(works(compare_part, parts), "judging twice", lines, told, lambda one: one.sums.lines)
    otherwise = Otherwise(compared)
    if out is not None and suffix is not None:
        table = otherwise.table([file.path for file in files], ways.scrub.entries)
        with drafted(out) as draft, writer(draft, suffix, table.schema) as sink:
            sink(table)
    return _report(plan, dealt, compared, otherwise, ways, skipped, out)


def _deal(piece: Piece, plan: Plan, folder: Path, ways: Ways) -> Dealt:
    return deal.deal(piece, plan, folder, ways.scrub)


def _report(
    plan: Plan,
    dealt: Sequence[Dealt],
    compared: Sequence[Compared],
    otherwise: Otherwise,
    ways: Ways,
    skipped: list[str],
    out: Path | None,
) -> dict[str, Any]:
    errors, failures = errors_of(plan, dealt, [slip for one in compared for slip in one.slips])
    rules = [entry.code for entry in ways.scrub.entries]
    return {
        "format": FORMAT,
        "tool": {"name": "quarterhour", "version": VERSION, "today": ways.scrub.today.isoformat()},
        "from": _side(ways.one, 0),
        "to": _side(ways.other, ways.shift),
        "rules": rules,
        "inputs": inputs_of(plan, dealt),
        "skipped": skipped,
        "changes": None if out is None else str(out),
        "explained": [one | {"rules": [rules[place] for place in one["rules"]]} for one in otherwise.explained()],
        "not_checked": not_checked(compared),
        "errors": errors,
        "summary": {
            "visits": sum(one.sums.visits for one in compared),
            "lines": sum(one.sums.lines for one in compared),
            "charge": str(Cents(sum(one.sums.charge for one in compared))),
            "errors": failures + sum(one.slip_count for one in compared),
            **otherwise.summary(ways.scrub.entries),
        },
        "amounts": amounts_of(compared) if ways.amounts else None,
    }


def _side(side: Side, shift: int) -> dict[str, Any]:
    return {
        "named": side.named,
        "version": side.version,
        "hash": side.policy.digest,
        "as_of": side.policy.as_of(),
        "shift_days": shift,
    }
