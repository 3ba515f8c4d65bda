"""What a scrub's report says of claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from quarterhour.engine.run import Unchecked
from quarterhour.workflows.report import not_checked_rows
from quarterhour.workflows.scrub.claims.deal import DealtFile
from quarterhour.workflows.scrub.claims.judge import JudgedClaims

_LEVELS: Final = ("error", "warning")


def claim_rows(files: Mapping[int, DealtFile], judged: Sequence[JudgedClaims]) -> dict[int, dict[str, Any]]:
    """What the report says of every file of claims, by its place among all files."""
    found = {}
    for number, file in files.items():
        if file.of_claims is None:
            continue
        row = file.of_claims.row
        reasons: Counter[str] = Counter()
        for one in judged:
            reasons.update(one.left_out.get(number, {}))
        visits = row.get("visits", 0) + sum(one.visits.get(number, 0) for one in judged)
        found[number] = row | {"visits": visits, "not_judged": dict(sorted(reasons.items()))}
    return found


def slips_of(files: Mapping[int, DealtFile], span: int) -> tuple[list[tuple[int, str, str]], int]:
    """What could not be read in files of claims: place, column and message of some; and how many there are."""
    wrong = [(number, file.of_claims.wrong) for number, file in files.items() if file.of_claims]
    told = [(number * span + row - 1, column, message) for number, one in wrong for row, column, message in one.told]
    return told, sum(one.count for _, one in wrong)


def defects_of(files: Mapping[int, DealtFile]) -> dict[str, int]:
    """How many defects of X12 there are of every level."""
    levels: Counter[str] = Counter()
    for file in files.values():
        levels.update(file.of_claims.levels if file.of_claims else {})
    return {level: levels[level] for level in _LEVELS if levels[level]}


def not_checked_with(rows: Sequence[Mapping[str, Any]], judged: Sequence[JudgedClaims]) -> list[dict[str, Any]]:
    """What was not checked in visits and in claims, rule and reason once."""
    visits = [Unchecked(one["rule"], one["reason"], one["visits"]) for one in rows]
    return not_checked_rows([*visits, *(one for part in judged for one in part.unjudged)])
