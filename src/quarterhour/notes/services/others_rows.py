"""Rows of a table of services that belong to another discipline than the one that signs: "SLP 92507 18 min" in a note
of physical therapy on a joint session.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.notes.wording.gates import gate
from quarterhour.notes.wording.patterns import folded

_ROW: Final = folded(r"[ \t]*(pt|ot|slp) {1,2}(?:9[267]\d{3}|g0\d{3})\b")
_CODED: Final = folded(r"(?:pt|ot|slp)(?: | {2})(?:97|92|96|g0)")
_SIGNED: Final = folded(r"\b(?:(pta?|dpt)|(otr|cota|otd|ot)|(slp|ccc))\b")
_CODED_GATE: Final = gate(_CODED)
_SIGNATURE: Final = 160  # code points at the end of a note


def rows_of_others(low: str, lines: Sequence[tuple[int, int]], gates: int) -> frozenset[int]:
    """Where such rows begin; none where all are of one discipline, or of none that signs alone."""
    if not gates & _CODED_GATE:
        return frozenset()
    rows = {start: row[1] for start, end in lines if (row := _ROW.match(low, start, end)) is not None}
    found = _SIGNED.finditer(low, max(0, len(low) - _SIGNATURE))
    signed = {one.lastindex or 1 for one in found if low.rfind("\n", 0, one.start()) + 1 not in rows}
    if len(signed) != 1:
        return frozenset()
    own = ("pt", "ot", "slp")[signed.pop() - 1]
    if own not in rows.values():
        return frozenset()
    return frozenset(start for start, whose in rows.items() if whose != own)
