"""What a transaction is: by the guide its ST names, else its group, else by the segments it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from quarterhour.interchange.x12.segments import NUMBER, Segments, last_before
from quarterhour.interchange.x12.values import IntArray, words

#: The implementation guides by the part of their id after the version.
GUIDES: Final = {
    "X222": "837P", "X098": "837P", "X223": "837I", "X096": "837I", "X224": "837D", "X097": "837D",
    "X221": "835", "X091": "835", "X214": "277CA", "X231": "999", "X212": "277", "X213": "277", "X093": "276",
    "X279": "270", "X217": "278", "X220": "834", "X218": "820",
}  # fmt: skip
CLAIM_KINDS: Final = ("837P", "837I", "837D")
#: A file that has an envelope and no transaction, and one in which the transaction is not said.
ENVELOPE: Final = "envelope"
#: Segments of an envelope, SE among them: what may stand between transactions.
IN_ENVELOPE: Final = np.zeros(256, dtype=np.bool_)
IN_ENVELOPE[[NUMBER[name] for name in ("ISA", "IEA", "GS", "GE", "SE", "TA1")]] = True
_SETS: Final = {"837": "837P", "835": "835", "999": "999", "997": "997", "277": "277"}


@dataclass(frozen=True, slots=True)
class Kind:
    """``name`` such as ``837P``; ``guide`` as ST03 or GS08 have it; ``version`` such as ``005010``."""

    name: str
    guide: str = ""

    @property
    def version(self) -> str:
        """The version of the guide, or nothing."""
        return self.guide[:6]


def transactions(parts: Segments) -> list[tuple[int, Kind]]:
    """The row each transaction begins at, and its kind; rows before the first one are an envelope's.

    Claims that stand outside any transaction count as one, whose kind their segments tell.
    """
    starts = parts.rows("ST")
    if not starts.size:
        name = _by_segments(parts, 0, len(parts))
        return [(0, Kind(name))] if name != ENVELOPE else []
    groups = parts.rows("GS")
    group = last_before(groups, starts, parts.rows("GE", "IEA", "ISA"))
    known: dict[tuple[int, ...], Kind] = {}
    found: list[tuple[int, Kind]] = []
    stops = np.append(starts[1:], len(parts)).tolist()
    for place, (row, sign) in enumerate(zip(starts.tolist(), _signs(parts, starts, group), strict=True)):
        kind = known.get(sign)
        if kind is None:
            kind = _kind(parts, row, int(groups[group[place]]) if group[place] >= 0 else None, stops[place])
            if kind.guide:
                known[sign] = kind
        found.append((row, kind))
    for row in outside(parts).tolist():
        after = np.searchsorted(starts, row)
        name = _by_segments(parts, row, int(starts[after]) if after < starts.size else len(parts))
        if name != ENVELOPE:
            found.append((row, Kind(name)))
    return sorted(found, key=lambda each: each[0])


def outside(parts: Segments) -> IntArray:
    """The first rows of stretches that stand outside any transaction and are no envelope's either."""
    turns = np.flatnonzero((parts.ident == NUMBER["ST"]) | IN_ENVELOPE[parts.ident])
    own, at = parts.ident[turns], np.arange(turns.size)
    # A TA1 neither begins nor ends one; any other segment of the envelope ends it, whether or not SE has done so.
    last = np.maximum.accumulate(np.where(own != NUMBER["TA1"], at, -1))
    inside = (last >= 0) & (own[last] == NUMBER["ST"])
    begins = np.append(0, turns[~inside] + 1)
    begins = begins[begins < len(parts)]
    found = parts.ident[begins]
    alone: IntArray = begins[~IN_ENVELOPE[found] & (found != NUMBER["ST"])]
    return alone


def _signs(parts: Segments, starts: IntArray, group: IntArray) -> list[tuple[int, ...]]:
    """What tells kinds apart, transaction by transaction, as numbers: the set, and the ends of both guide ids."""
    columns = [parts.words(starts, 1)]
    begin, end = parts.element(starts, 3)
    columns.append(words(parts.view, np.minimum(begin + 6, end), end))
    columns.append(words(parts.view, begin, end))
    columns.append(group.astype(np.uint64))
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _kind(parts: Segments, row: int, group: int | None, stop: int) -> Kind:
    """The kind of one transaction."""
    own = parts.string(row, 3).strip()
    groups = parts.string(group, 8).strip() if group is not None else ""
    number = parts.string(row, 1).strip()
    for guide in (own, groups):
        name = GUIDES.get(guide[6:10], "")
        if name[:3] == number or (name == "270" and number == "271"):
            return Kind(name if name != "270" else number, guide)
    name = _SETS.get(number, number)
    if name == "837P":
        by_segments = _by_segments(parts, row, stop)
        name = by_segments if by_segments in CLAIM_KINDS else name
    return Kind(name, own or groups)


def _by_segments(parts: Segments, start: int, stop: int) -> str:
    """A kind by the segments that stand in it."""
    present = np.bincount(parts.ident[start:stop], minlength=256)

    def has(*names: str) -> bool:
        return any(present[NUMBER[name]] for name in names)

    for name, signs in (
        ("837I", ("SV2", "CL1")), ("837D", ("SV3",)), ("837P", ("CLM", "SV1")), ("835", ("CLP", "SVC", "BPR")),
        ("277CA", ("STC",)), ("999", ("IK5", "IK3")), ("997", ("AK5", "AK3")),
    ):  # fmt: skip
        if has(*signs):
            return name
    return ENVELOPE
