"""What a scrub's report says of claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from quarterhour.engine.run import Unchecked
from quarterhour.workflows.report import not_checked_rows
from quarterhour.workflows.scrub.claims.deal import DealtFile
from quarterhour.workflows.scrub.claims.judge import JudgedClaims

_LEVELS: Final = ("error", "warning")
_NONE: Final[Counter[str]] = Counter()


class ClaimTotals:
    """Adds up what parts of the claims left."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.claims = 0
        self._visits: Counter[int] = Counter()
        self._left_out: dict[int, Counter[str]] = {}
        self._not_checked: dict[tuple[str, str], Unchecked] = {}

    def add(self, part: JudgedClaims) -> None:
        """Take in a part."""
        self.claims += part.claims
        self._visits.update(part.visits)
        for file, reasons in part.left_out.items():
            self._left_out.setdefault(file, Counter()).update(reasons)
        for one in part.not_checked:
            held = self._not_checked.get((one.rule, one.reason), Unchecked(one.rule, one.reason))
            self._not_checked[one.rule, one.reason] = Unchecked(
                one.rule, one.reason, held.visits + one.visits, held.claims + one.claims
            )

    def rows(self, files: Mapping[int, DealtFile]) -> dict[int, dict[str, Any]]:
        """What the report says of every file of claims, by its place among all files."""
        found = {}
        for number, file in files.items():
            if file.of_claims is None:
                continue
            row = file.of_claims.row
            visits = row.get("visits", 0) + self._visits[number]
            reasons = self._left_out.get(number, _NONE)
            found[number] = row | {"visits": visits, "not_judged": dict(sorted(reasons.items()))}
        return found

    def not_checked(self, visits: Iterable[Unchecked]) -> list[dict[str, Any]]:
        """What was not checked in visits and in claims, rule and reason once."""
        return not_checked_rows([*visits, *self._not_checked.values()])


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
