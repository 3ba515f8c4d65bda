"""Defects of a file of X12 that are what a rule says of the claim: the rule's finding tells what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

#: By the name of a sort of defect, the rule that sees the same in the claim.
_SAME: Final[Mapping[str, str]] = {
    "claim-charge-unbalanced": "CLM201",
    "line-repeated": "CLM207",
    "original-reference-missing": "CLM220",
}


def mark_said(inputs: Sequence[dict[str, Any]], findings: Iterable[Mapping[str, Any]]) -> None:
    """Give each defect that a finding about the same segment says as well the ``rule`` of the finding."""
    defects: dict[tuple[str | None, str, int], dict[str, Any]] = {
        (one["path"], _SAME[defect["name"]], defect["segment"]): defect
        for one in inputs
        if "kinds" in one
        for defect in one["defects"]
        if defect["name"] in _SAME
    }
    if not defects:
        return
    for finding in findings:
        where = finding["where"]
        defect = defects.get((where["path"], finding["rule"], where.get("segment", 0)))
        if defect is not None:
            defect["rule"] = finding["rule"]
